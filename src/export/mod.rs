//! Writing records out, one a line and as they came. A file is there whole or not at all, and
//! takes the place of another only when the caller says so.
//!
//! What the records are and where they come from is the caller's affair.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::job::Cancel;
use crate::model::{ExportFault, Exported};

mod archived;
mod base64;
mod beside;
mod line;

pub use archived::{ArchiveExport, ExportNews, export_archive};
pub use beside::{is_database, sync_folder};
pub use line::{Line, Spelling, line_of, one_line};

use beside::Output;

/// Where records are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Stdout,
    File { path: PathBuf, existing: Existing },
}

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Keep,
    Replace,
}

/// One record, as its source gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Sound(Vec<u8>),
    /// Its bytes are lost; the others are written all the same.
    Damaged,
}

/// Writes records one a line. `told` hears after each how much was written so far.
pub fn export(
    target: &Target,
    items: impl Iterator<Item = Result<Item, ExportFault>>,
    cancel: &Cancel,
    told: impl FnMut(&Exported),
) -> Result<Exported, ExportFault> {
    match target {
        Target::Stdout => stream(BufWriter::new(io::stdout()), items, cancel, told),
        Target::File { path, existing } => match Output::open(path, *existing)? {
            Output::Stream(out) => stream(out, items, cancel, told),
            Output::Beside(mut beside) => {
                let exported = write_all(beside.writer(), items, cancel, told)?;
                beside.finish()?;
                Ok(exported)
            }
        },
    }
}

/// To where nothing can be taken back.
fn stream(
    mut out: impl Write,
    items: impl Iterator<Item = Result<Item, ExportFault>>,
    cancel: &Cancel,
    told: impl FnMut(&Exported),
) -> Result<Exported, ExportFault> {
    let written = write_all(&mut out, items, cancel, told).and_then(|exported| {
        out.flush().map_err(|error| fault_of(&error))?;
        Ok(exported)
    });
    written.map_err(|fault| match fault {
        ExportFault::Closed => ExportFault::Closed,
        fault => ExportFault::Incomplete(Box::new(fault)),
    })
}

fn write_all(
    out: &mut impl Write,
    items: impl Iterator<Item = Result<Item, ExportFault>>,
    cancel: &Cancel,
    mut told: impl FnMut(&Exported),
) -> Result<Exported, ExportFault> {
    let mut exported = Exported::default();
    for item in items {
        if cancel.is_cancelled() {
            return Err(ExportFault::Cancelled);
        }
        match item? {
            Item::Sound(bytes) => write_one(out, &bytes, &mut exported)?,
            Item::Damaged => exported.damaged += 1,
        }
        told(&exported);
    }
    if cancel.is_cancelled() {
        return Err(ExportFault::Cancelled);
    }
    Ok(exported)
}

fn write_one(
    out: &mut impl Write,
    record: &[u8],
    exported: &mut Exported,
) -> Result<(), ExportFault> {
    let line = line_of(record);
    if line.bytes.trim_ascii().is_empty() {
        exported.blank += 1;
        return Ok(());
    }
    let written = out.write_all(&line.bytes);
    let written = written.and_then(|()| out.write_all(b"\n"));
    written.map_err(|error| fault_of(&error))?;
    exported.records += 1;
    exported.bytes += line.bytes.len() as u64 + 1;
    match line.spelling {
        Spelling::AsReceived => {}
        Spelling::Compact => exported.compacted += 1,
        Spelling::Wrapped => exported.wrapped += 1,
    }
    Ok(())
}

fn fault_of(error: &io::Error) -> ExportFault {
    let why = error.to_string();
    match error.kind() {
        io::ErrorKind::AlreadyExists => ExportFault::Exists,
        io::ErrorKind::IsADirectory => ExportFault::Folder,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ExportFault::NoFolder,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ExportFault::DiskFull,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ExportFault::ReadOnly { why }
        }
        io::ErrorKind::BrokenPipe => ExportFault::Closed,
        _ => ExportFault::Other { why },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn sound(text: &str) -> Item {
        Item::Sound(text.as_bytes().to_vec())
    }

    fn to(path: &Path, existing: Existing) -> Target {
        let path = path.to_owned();
        Target::File { path, existing }
    }

    fn written(
        target: &Target,
        items: Vec<Result<Item, ExportFault>>,
    ) -> Result<Exported, ExportFault> {
        export(target, items.into_iter(), &Cancel::default(), |_| {})
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
        let mut names: Vec<_> = entries
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn records_are_lines_and_what_is_left_out_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.ndjson");
        let items = vec![
            Ok(sound(" {\"a\" : 1.0} ")),
            Ok(Item::Damaged),
            Ok(sound("\n")),
            Ok(sound("{\n  \"b\": 2\n}\n")),
            Ok(sound("no\nJSON")),
        ];
        let exported = written(&to(&path, Existing::Keep), items).unwrap();
        let expected = " {\"a\" : 1.0} \n{\"b\":2}\n{\"received_text\":\"no\\nJSON\"}\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        let counted = Exported {
            records: 3,
            bytes: expected.len() as u64,
            damaged: 1,
            blank: 1,
            compacted: 1,
            wrapped: 1,
        };
        assert_eq!(exported, counted);
        assert_eq!(names(folder.path()), ["events.ndjson"]);
    }

    #[test]
    fn a_file_that_is_there_is_replaced_only_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.ndjson");
        fs::write(&path, "kept").unwrap();
        let kept = written(&to(&path, Existing::Keep), vec![Ok(sound("1"))]);
        assert_eq!(kept, Err(ExportFault::Exists));
        assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
        written(&to(&path, Existing::Replace), vec![Ok(sound("1"))]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "1\n");
        assert_eq!(names(folder.path()), ["events.ndjson"]);
    }

    #[test]
    fn a_database_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.sqlite3");
        fs::write(&path, "SQLite format 3\0and what it holds").unwrap();
        let log = folder.path().join("archive.sqlite3-wal");
        fs::write(&log, "log").unwrap();
        for path in [path, log] {
            let before = fs::read(&path).unwrap();
            let refused = written(&to(&path, Existing::Replace), vec![Ok(sound("1"))]);
            assert_eq!(refused, Err(ExportFault::Database));
            assert_eq!(fs::read(&path).unwrap(), before);
        }
    }

    #[test]
    fn a_file_that_came_up_meanwhile_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.ndjson");
        let target = to(&path, Existing::Keep);
        let items = [Ok(sound("1"))].into_iter();
        let done = export(&target, items, &Cancel::default(), |_| {
            fs::write(&path, "theirs").unwrap();
        });
        assert_eq!(done, Err(ExportFault::Exists));
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(names(folder.path()), ["events.ndjson"]);
    }

    #[test]
    fn what_breaks_off_leaves_no_file_and_the_old_one_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.ndjson");
        let target = to(&path, Existing::Replace);
        let broken = written(&target, vec![Ok(sound("1")), Err(ExportFault::NoArchive)]);
        assert_eq!(broken, Err(ExportFault::NoArchive));
        assert_eq!(names(folder.path()), [""; 0]);
        fs::write(&path, "kept").unwrap();
        let cancel = Cancel::default();
        let items = [Ok(sound("1")), Ok(sound("2"))].into_iter();
        let cancelled = export(&target, items, &cancel, |_| cancel.cancel());
        assert_eq!(cancelled, Err(ExportFault::Cancelled));
        assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
        assert_eq!(names(folder.path()), ["events.ndjson"]);
    }

    #[test]
    fn a_folder_in_the_files_place_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let fault = written(&to(folder.path(), Existing::Replace), vec![Ok(sound("1"))]);
        assert_eq!(fault, Err(ExportFault::Folder));
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/events.ndjson");
        let fault = written(&to(&path, Existing::Keep), vec![Ok(sound("1"))]);
        assert_eq!(fault, Err(ExportFault::NoFolder));
    }

    /// Not even root makes files there.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_and_a_place_that_takes_no_files_are_said() {
        let full = to(Path::new("/dev/full"), Existing::Keep);
        let fault = written(&full, vec![Ok(sound("1"))]);
        let full = Box::new(ExportFault::DiskFull);
        assert_eq!(fault, Err(ExportFault::Incomplete(full)));
        let no_place = to(Path::new("/sys/kernel/events.ndjson"), Existing::Keep);
        let fault = written(&no_place, vec![Ok(sound("1"))]);
        assert!(
            matches!(fault, Err(ExportFault::ReadOnly { .. })),
            "{fault:?}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_the_file_behind_it_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        written(&to(&link, Existing::Replace), vec![Ok(sound("1"))]).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "1\n");
    }
}
