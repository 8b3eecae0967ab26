//! Text that is received or unpacked only once, kept so that its records can be read again: in
//! memory while it is short, then in a private temporary file that vanishes with the program.

use std::fs::{File, OpenOptions};
use std::io::{Result, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::model::Reason;

use super::pread::{read_vec, words};
use super::reread::slice;

/// Bytes that are kept in memory.
const IN_MEMORY: usize = 16 << 20;

#[derive(Debug, Default)]
pub(super) struct Spool(Mutex<Kept>);

#[derive(Debug)]
enum Kept {
    Memory(Vec<u8>),
    File(File),
}

impl Default for Kept {
    fn default() -> Self {
        Self::Memory(Vec::new())
    }
}

impl Spool {
    /// Keeps the next bytes of the text.
    pub(super) fn append(&self, bytes: &[u8]) -> std::result::Result<(), Reason> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.append(bytes).map_err(|error| Reason::Unreadable {
            why: format!("no room to keep what arrived: {}", words(&error)),
        })
    }

    /// `len` bytes from `offset` on, or fewer where the text ends.
    pub(super) fn read(&self, offset: u64, len: usize) -> Result<Vec<u8>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Kept::File(file) => read_vec(file, offset, len),
            Kept::Memory(text) => Ok(slice(text, offset, len)),
        }
    }
}

impl Kept {
    fn append(&mut self, bytes: &[u8]) -> Result<()> {
        if let Self::Memory(text) = self {
            if text.len() + bytes.len() <= IN_MEMORY {
                text.extend_from_slice(bytes);
                return Ok(());
            }
            let mut file = temporary_file()?;
            file.write_all(text)?;
            *self = Self::File(file);
        }
        match self {
            Self::File(file) => {
                // Reading at an offset moves the cursor on some systems.
                file.seek(SeekFrom::End(0))?;
                file.write_all(bytes)
            }
            Self::Memory(_) => Ok(()),
        }
    }
}

/// A file of our own that nobody else can read and that has no name once it is open.
fn temporary_file() -> Result<File> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("vodscope-{}-{number}.tmp", process::id());
    create_nameless(&std::env::temp_dir().join(name))
}

#[cfg(unix)]
fn create_nameless(path: &Path) -> Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    std::fs::remove_file(path)?;
    Ok(file)
}

#[cfg(windows)]
fn create_nameless(path: &Path) -> Result<File> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .custom_flags(DELETE_ON_CLOSE)
        .open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_outgrows_memory_is_read_from_the_file() {
        let spool = Spool::default();
        let block: Vec<u8> = (0..=250).cycle().take(1 << 20).collect();
        for _ in 0..20 {
            spool.append(&block).unwrap();
            assert_eq!(spool.read(3, 5).unwrap(), [3, 4, 5, 6, 7]);
        }
        assert!(matches!(*spool.0.lock().unwrap(), Kept::File(_)));
        let last = (19 << 20) + 100;
        assert_eq!(spool.read(last, 3).unwrap(), [100, 101, 102]);
        assert_eq!(spool.read((20 << 20) - 1, 9).unwrap().len(), 1);
    }
}
