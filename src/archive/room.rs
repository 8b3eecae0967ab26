//! Whether there is room, asked before something comes that has to be kept.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use crate::model::ArchiveFault;

use super::Archive;
use super::fault::of_io;

/// More than a batch of events takes as a rule, with the pages that hold it.
const ROOM: usize = 1 << 20;

impl Archive {
    /// Fails where the disk is full or cannot be written: what is pulled now could not be kept.
    pub fn check_room(&self) -> Result<(), ArchiveFault> {
        let Some(path) = self.connection.path() else {
            return Ok(());
        };
        let probe = probe(Path::new(path));
        let written = write(&probe);
        // Where it could not even be made there is nothing to remove.
        let _removed = fs::remove_file(&probe);
        written.map_err(|error| of_io(&error))
    }
}

/// A file of this process beside the archive.
fn probe(archive: &Path) -> PathBuf {
    let mut name = archive.file_name().unwrap_or_default().to_owned();
    name.push(format!("-room-{}", process::id()));
    archive.with_file_name(name)
}

fn write(probe: &Path) -> io::Result<()> {
    let mut file = File::create(probe)?;
    file.write_all(&vec![0; ROOM])?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_for_room_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.sqlite3");
        let archive = Archive::open(&path).unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let before = count();
        assert_eq!(archive.check_room(), Ok(()));
        assert_eq!(count(), before);
    }

    #[test]
    fn a_place_that_cannot_be_written_has_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.sqlite3");
        let archive = Archive::open(&path).unwrap();
        fs::create_dir(probe(Path::new(archive.connection.path().unwrap()))).unwrap();
        assert_eq!(archive.check_room(), Err(ArchiveFault::Folder));
    }
}
