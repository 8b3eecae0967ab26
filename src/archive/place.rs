//! Where the archive is, and that only its owner may look into it.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::model::ArchiveFault;

use super::fault::of_io;

/// The environment variable that names another file.
pub const PATH_VARIABLE: &str = "VODSCOPE_ARCHIVE";

/// The file the environment names, else the one in the user's data folder; `None` without a home.
pub fn default_path() -> Option<PathBuf> {
    let named = std::env::var_os(PATH_VARIABLE).filter(|path| !path.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let dirs = ProjectDirs::from("", "", "vodscope")?;
        Some(dirs.data_dir().join("archive.sqlite3"))
    })
}

/// Makes folder and file where they are missing.
pub(super) fn prepare(path: &Path) -> std::result::Result<(), ArchiveFault> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), make_folder)
        .and_then(|()| make_file(path))
        .map_err(|error| of_io(&error))
}

/// Whether there is an archive; an empty file is none yet.
pub(super) fn is_there(path: &Path) -> std::result::Result<bool, ArchiveFault> {
    match fs::metadata(path) {
        Ok(found) => Ok(found.len() > 0),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(of_io(&error)),
    }
}

fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// SQLite gives the files it puts beside this one the same mode.
fn make_file(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.create(true).append(true).open(path);
    opened.map(drop)
}
