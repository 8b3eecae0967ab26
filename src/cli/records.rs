//! Where the bytes of what arrived go besides the archive: one record a line.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Stdout, Write};
use std::path::Path;

use super::args::OutArgs;
use super::console::Console;
use super::ended::Ended;
use crate::export::{Spelling, is_database, line_of, sync_folder};
use crate::model::Exported;
use crate::text::exporting;

/// A file or standard output.
#[derive(Debug)]
pub(super) struct Records {
    to: To,
    /// How many records had to be spelled anew for a line.
    spelled: Exported,
}

#[derive(Debug)]
enum To {
    Stdout(BufWriter<Stdout>),
    File(BufWriter<File>),
    /// A device or a pipe: it keeps nothing that could be made durable.
    Stream(BufWriter<File>),
}

impl Records {
    /// What `--out` names, if it stands there.
    pub(super) fn open(args: &OutArgs, console: &mut Console) -> Result<Option<Self>, Ended> {
        let Some(path) = &args.out else {
            return Ok(None);
        };
        if is_database(path) {
            let path = path.display();
            console.say(
                format!("{path} is a database, such as the archive itself, and is left alone. Give another name"),
                format!("{path} 是数据库（例如归档本身），不会被改动。请换一个名称"),
            );
            return Err(Ended::NotBegun);
        }
        match To::open(path, args.append) {
            Ok(to) => Ok(Some(Self::new(to))),
            Err(error) => {
                explain(path, &error, console);
                Err(Ended::NotBegun)
            }
        }
    }

    fn new(to: To) -> Self {
        Self {
            to,
            spelled: Exported::default(),
        }
    }

    /// Writes one record as it is, on one line.
    pub(super) fn write(&mut self, record: &[u8]) -> io::Result<()> {
        let line = line_of(record);
        if line.bytes.trim_ascii().is_empty() {
            return Ok(());
        }
        match line.spelling {
            Spelling::AsReceived => {}
            Spelling::Compact => self.spelled.compacted += 1,
            Spelling::Wrapped => self.spelled.wrapped += 1,
        }
        let writer = self.to.writer();
        writer.write_all(&line.bytes)?;
        writer.write_all(b"\n")
    }

    /// Says what was done to records for each to stand on one line.
    pub(super) fn tell(&self, console: &mut Console) {
        if let Some(spelled) = exporting::spelled(console.lang, &self.spelled) {
            console.tell(&spelled);
        }
    }

    /// Returns when what was written is on disk; of standard output and pipes, when it has been
    /// handed over.
    pub(super) fn make_durable(&mut self) -> io::Result<()> {
        self.to.writer().flush()?;
        match &self.to {
            To::File(file) => file.get_ref().sync_data(),
            To::Stdout(_) | To::Stream(_) => Ok(()),
        }
    }
}

impl To {
    fn open(path: &Path, append: bool) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        }
        let keeps_nothing = fs::metadata(path).is_ok_and(|found| !found.is_file());
        if keeps_nothing {
            let file = OpenOptions::new().write(true).open(path)?;
            return Ok(Self::Stream(BufWriter::new(file)));
        }
        let mut options = OpenOptions::new();
        if append {
            options.read(true).append(true).create(true);
        } else {
            options.write(true).create_new(true);
        }
        let mut file = options.open(path)?;
        if append {
            end_line(&mut file)?;
        }
        file.sync_all()?;
        sync_folder(path)?;
        Ok(Self::File(BufWriter::new(file)))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(out) => out,
            Self::File(file) | Self::Stream(file) => file,
        }
    }
}

/// A file that was cut off inside a line must not join its last record with the next.
fn end_line(file: &mut File) -> io::Result<()> {
    if file.metadata()?.len() == 0 {
        return Ok(());
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    if last == *b"\n" {
        return Ok(());
    }
    file.write_all(b"\n")
}

fn explain(path: &Path, error: &io::Error, console: &mut Console) {
    let path = path.display();
    if error.kind() == io::ErrorKind::AlreadyExists {
        console.say(
            format!("{path} is there already. Give another name, or --append to add to it"),
            format!("{path} 已存在。请换一个名称，或用 --append 追加"),
        );
    } else {
        console.say(
            format!("Cannot write {path}: {error}"),
            format!("无法写入 {path}：{error}"),
        );
    }
}

/// Says why writing failed; nothing of a reader that has seen enough.
pub(super) fn unwritten(error: &io::Error, console: &mut Console) -> Ended {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ended::Done;
    }
    console.say(
        format!("Cannot write the output: {error}. What arrived is in the archive"),
        format!("无法写出结果：{error}。收到的内容都在归档中"),
    );
    Ended::Partly
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.ndjson");
        fs::write(&path, "kept").unwrap();
        let fault = To::open(&path, false).unwrap_err();
        assert_eq!(fault.kind(), io::ErrorKind::AlreadyExists);
        let mut added = Records::new(To::open(&path, true).unwrap());
        added.write(b"{\n}").unwrap();
        added.make_durable().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "kept\n{}\n");
    }
}
