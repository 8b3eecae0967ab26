//! Reading a file at an offset, without a cursor that threads would have to share.

use std::fs::File;
use std::io::{Error, ErrorKind, Result};

/// Fills `buffer` from `offset` on as far as the file goes; gives the bytes read.
pub(super) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..)
        && !rest.is_empty()
    {
        match read_once(file, rest, offset.saturating_add(filled as u64)) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The bytes from `offset` on: `len` of them, or fewer at the end of the file.
pub(super) fn read_vec(file: &File, offset: u64, len: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    let filled = read_at(file, &mut bytes, offset)?;
    bytes.truncate(filled);
    Ok(bytes)
}

/// Bytes of a file, in memory that is used again for the next ones: nothing is zeroed twice.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// At least `filled` long; what stands behind that is left from before.
    memory: Vec<u8>,
    filled: usize,
}

impl Room {
    /// Forgets the bytes, and memory beyond `kept`.
    pub(super) fn clear(&mut self, kept: usize) {
        self.filled = 0;
        if self.memory.len() > kept {
            self.memory = Vec::new();
        }
    }

    /// Adds up to `len` bytes from `offset` on; gives how many there were.
    pub(super) fn read(&mut self, file: &File, offset: u64, len: usize) -> Result<usize> {
        let end = self.filled + len;
        if self.memory.len() < end {
            self.memory.resize(end, 0);
        }
        let free = self.memory.get_mut(self.filled..end).unwrap_or_default();
        let count = read_at(file, free, offset)?;
        self.filled += count;
        Ok(count)
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.filled = self.filled.min(len);
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.memory.get(..self.filled).unwrap_or_default()
    }
}

/// What the system says of an error, without its number.
pub(super) fn words(error: &Error) -> String {
    let text = error.to_string();
    match text.rfind(" (os error ") {
        Some(at) => text.get(..at).unwrap_or_default().to_owned(),
        None => text,
    }
}

#[cfg(unix)]
fn read_once(file: &File, buffer: &mut [u8], offset: u64) -> Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_once(file: &File, buffer: &mut [u8], offset: u64) -> Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::Room;

    #[test]
    fn used_memory_shows_nothing_of_what_it_held() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"0123456789").unwrap();
        let mut room = Room::default();
        assert_eq!(room.read(&file, 0, 8).unwrap(), 8);
        assert_eq!(room.read(&file, 8, 8).unwrap(), 2);
        assert_eq!(room.bytes(), b"0123456789");
        room.truncate(4);
        assert_eq!(room.bytes(), b"0123");
        room.clear(1_000);
        assert_eq!(room.read(&file, 7, 8).unwrap(), 3);
        assert_eq!(room.bytes(), b"789");
        room.clear(4);
        assert!(room.memory.is_empty());
    }
}
