//! A file that is written beside its place and put there when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::model::ExportFault;

use super::{Existing, fault_of};

/// Names that are tried for the file beside, when others are taken.
const TRIES: u32 = 1_000;

/// Where an export goes.
#[derive(Debug)]
pub(super) enum Output {
    Beside(Beside),
    /// A device or a pipe: it keeps nothing that could be put in place.
    Stream(BufWriter<File>),
}

/// A file under another name, removed when it is not put in its place.
#[derive(Debug)]
pub(super) struct Beside {
    file: BufWriter<File>,
    temporary: Temporary,
    place: PathBuf,
    existing: Existing,
}

/// Whether the file is a SQLite database, or a part of one that stands beside it.
#[must_use]
pub fn is_database(path: &Path) -> bool {
    const MARK: &[u8] = b"SQLite format 3\0";
    let begins = |path: &Path| {
        let mut head = [0; MARK.len()];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
        read.is_ok() && head == MARK
    };
    let name = path.to_string_lossy();
    let parts = ["-wal", "-shm", "-journal"];
    let whole = parts.into_iter().find_map(|part| name.strip_suffix(part));
    begins(path) || whole.is_some_and(|whole| begins(Path::new(whole)))
}

impl Output {
    pub(super) fn open(path: &Path, existing: Existing) -> Result<Self, ExportFault> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(ExportFault::Folder),
            Ok(found) if !found.is_file() => {
                let file = OpenOptions::new().write(true).open(path);
                let file = file.map_err(|error| fault_of(&error))?;
                Ok(Self::Stream(BufWriter::new(file)))
            }
            Ok(_) if existing == Existing::Keep => Err(ExportFault::Exists),
            Ok(_) if is_database(path) => Err(ExportFault::Database),
            _ => Beside::open(path, existing).map(Self::Beside),
        }
    }
}

impl Beside {
    fn open(path: &Path, existing: Existing) -> Result<Self, ExportFault> {
        // The file behind a link is replaced, not the link.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let (file, temporary) = Temporary::new(&folder_of(&place))?;
        if let Ok(found) = fs::metadata(&place) {
            let set = file.set_permissions(found.permissions());
            set.map_err(|error| fault_of(&error))?;
        }
        Ok(Self {
            file: BufWriter::new(file),
            temporary,
            place,
            existing,
        })
    }

    pub(super) fn writer(&mut self) -> &mut impl Write {
        &mut self.file
    }

    /// Returns when what was written is on disk and in its place.
    pub(super) fn finish(mut self) -> Result<(), ExportFault> {
        self.put_in_place().map_err(|error| fault_of(&error))?;
        sync_folder(&self.place).map_err(|error| ExportFault::Unsure {
            why: error.to_string(),
        })
    }

    fn put_in_place(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        match self.existing {
            Existing::Replace => fs::rename(&self.temporary.0, &self.place),
            Existing::Keep => self.temporary.take_free_place(&self.place),
        }
    }
}

#[derive(Debug)]
struct Temporary(PathBuf);

impl Temporary {
    fn new(folder: &Path) -> Result<(File, Self), ExportFault> {
        let id = process::id();
        for at in 0..TRIES {
            let path = folder.join(format!(".vodscope-{id}-{at}.partial"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((file, Self(path))),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(fault_of(&error)),
            }
        }
        Err(ExportFault::Crowded)
    }

    /// Unlike a rename, a second name is given only where none stands.
    fn take_free_place(&self, place: &Path) -> io::Result<()> {
        match fs::hard_link(&self.0, place) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some file systems know no second names.
            Err(_) if fs::symlink_metadata(place).is_ok() => {
                Err(io::ErrorKind::AlreadyExists.into())
            }
            Err(_) => fs::rename(&self.0, place),
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // In its place by now, or of no use.
        let _removed = fs::remove_file(&self.0);
    }
}

fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|name| !name.as_os_str().is_empty());
    folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Returns when the name of a new file is durable in its folder.
#[cfg(unix)]
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

/// Returns when the name of a new file is durable in its folder, which is left to the system here.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
