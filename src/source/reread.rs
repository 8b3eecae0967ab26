//! The bytes of one record again, from where they were found.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::decode;
use crate::job::Cancel;
use crate::model::{RawRef, Reason};

use super::look::Look;
use super::pread::{read_vec, words};
use super::reader::text_of;
use super::spool::Spool;

/// How much is unpacked before looking whether the person cancelled.
const STEP: u64 = 1 << 20;

type Text = Box<dyn Read + Send>;

/// Makes sure that what was read is still the same record.
pub(super) fn checked(read: io::Result<Vec<u8>>, raw: &RawRef) -> Result<Vec<u8>, Reason> {
    let len = usize::try_from(raw.len).unwrap_or(usize::MAX);
    let bytes = read.map_err(|error| Reason::Unreadable { why: words(&error) })?;
    if bytes.len() == len && decode::checksum(&bytes, raw.wrapping) == Some(raw.checksum) {
        Ok(bytes)
    } else {
        Err(Reason::Changed)
    }
}

/// `len` bytes from `offset` on, or fewer where the text ends.
pub(super) fn slice(text: &[u8], offset: u64, len: usize) -> Vec<u8> {
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    let rest = text.get(start..).unwrap_or_default();
    rest.get(..len).unwrap_or(rest).to_vec()
}

/// `len` bytes of a file whose bytes are its text.
pub(super) fn from_plain(path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>> {
    match open_file(path)? {
        Some(file) => read_vec(&file, offset, len),
        None => Ok(Vec::new()),
    }
}

/// The text of a packed file, from its start.
pub(super) fn open_packed(path: &Path, look: Look) -> io::Result<Text> {
    match open_file(path)? {
        Some(file) => text_of(Box::new(file), look),
        None => Ok(Box::new(io::empty())),
    }
}

/// Something else may have taken the file's place, and opening a pipe would wait.
fn open_file(path: &Path) -> io::Result<Option<File>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    File::open(path).map(Some)
}

/// A text that has no shortcut to its middle, kept as far as it was needed so far: each part of
/// it is unpacked once, however many of its records are read again.
#[derive(Default)]
pub(super) struct Unpacked(Mutex<State>);

#[derive(Default)]
enum State {
    #[default]
    Unopened,
    Begun(Begun),
    /// There was no room to keep it: every record is looked for from the start.
    NoRoom,
}

struct Begun {
    /// What is still packed.
    rest: Text,
    spool: Spool,
    /// Bytes in `spool`.
    len: u64,
    ended: bool,
}

/// How far one step came.
enum Step {
    Read(Vec<u8>),
    GoOn,
    NoRoom,
}

impl Unpacked {
    /// `len` bytes from `offset` on, or fewer where the text ends; `open` gives the text from its
    /// start. Other readers get their turn between two steps, so that none waits for long.
    pub(super) fn read(
        &self,
        open: impl Fn() -> io::Result<Text>,
        (offset, len): (u64, usize),
        cancel: &Cancel,
    ) -> io::Result<Vec<u8>> {
        loop {
            match self.step(&open, offset, len)? {
                Step::Read(bytes) => return Ok(bytes),
                Step::GoOn => go_on(cancel)?,
                Step::NoRoom => return streamed(open()?, offset, len, cancel),
            }
        }
    }

    fn step(
        &self,
        open: impl Fn() -> io::Result<Text>,
        offset: u64,
        len: usize,
    ) -> io::Result<Step> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let step = match &mut *state {
            State::Unopened => {
                *state = State::Begun(Begun::new(open()?));
                Step::GoOn
            }
            State::Begun(begun) => begun.step(offset, len)?,
            State::NoRoom => Step::NoRoom,
        };
        if matches!(step, Step::NoRoom) {
            *state = State::NoRoom;
        }
        Ok(step)
    }
}

impl fmt::Debug for Unpacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unpacked").finish_non_exhaustive()
    }
}

impl Begun {
    fn new(rest: Text) -> Self {
        Self {
            rest,
            spool: Spool::default(),
            len: 0,
            ended: false,
        }
    }

    fn step(&mut self, offset: u64, len: usize) -> io::Result<Step> {
        let end = offset.saturating_add(len as u64);
        if self.ended || end <= self.len {
            return self.spool.read(offset, len).map(Step::Read);
        }
        let mut bytes = Vec::new();
        let read = (&mut self.rest).take(STEP).read_to_end(&mut bytes);
        if self.spool.append(&bytes).is_err() {
            return Ok(Step::NoRoom);
        }
        self.len += bytes.len() as u64;
        match read {
            Ok(0) => self.end(),
            // Damage behind the record is met again by whoever needs what follows.
            Err(error) if self.len < end => return Err(error),
            Ok(_) | Err(_) => {}
        }
        Ok(Step::GoOn)
    }

    /// Lets the file go: the spool has all of it.
    fn end(&mut self) {
        self.ended = true;
        self.rest = Box::new(io::empty());
    }
}

/// `len` bytes of a text, after unpacking and dropping all before them.
fn streamed(mut text: Text, offset: u64, len: usize, cancel: &Cancel) -> io::Result<Vec<u8>> {
    let mut left = offset;
    while left > 0 {
        go_on(cancel)?;
        let skipped = io::copy(&mut (&mut text).take(left.min(STEP)), &mut io::sink())?;
        if skipped == 0 {
            break;
        }
        left -= skipped;
    }
    let mut bytes = Vec::new();
    text.take(len as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn go_on(cancel: &Cancel) -> io::Result<()> {
    if cancel.is_cancelled() {
        return Err(io::Error::other("cancelled"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use crate::job::{Wake, spawn};

    const LEN: usize = 5 << 20;

    fn text() -> Vec<u8> {
        (0..=250).cycle().take(LEN).collect()
    }

    /// Opens the text, and counts how often.
    fn counting(opened: &AtomicUsize) -> impl Fn() -> io::Result<Text> {
        || {
            opened.fetch_add(1, Ordering::Relaxed);
            Ok(Box::new(Cursor::new(text())))
        }
    }

    fn part(offset: usize) -> Vec<u8> {
        text()[offset..offset + 9].to_vec()
    }

    #[test]
    fn a_text_is_unpacked_once_for_all_its_readers() {
        let (unpacked, opened) = (Arc::new(Unpacked::default()), Arc::new(AtomicUsize::new(0)));
        let readers = [LEN - 9, 7, LEN / 2, (1 << 20) - 4].map(|offset| {
            let (unpacked, opened) = (Arc::clone(&unpacked), Arc::clone(&opened));
            let reader = spawn("reader", Wake::none(), move |outbox, cancel| {
                let read = unpacked.read(counting(&opened), (offset as u64, 9), &cancel);
                let _owner_gone = outbox.send(read);
            });
            (offset, reader)
        });
        for (offset, reader) in readers {
            assert_eq!(reader.recv().unwrap().unwrap(), part(offset));
        }
        assert_eq!(opened.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn no_more_is_unpacked_than_was_asked_for() {
        let unpacked = Unpacked::default();
        let open = || -> io::Result<Text> {
            let damaged = Cursor::new(text()).chain(Broken);
            Ok(Box::new(damaged))
        };
        let read = |offset: usize| unpacked.read(open, (offset as u64, 9), &Cancel::default());
        assert_eq!(read(LEN - 9).unwrap(), part(LEN - 9));
        assert!(read(LEN - 1).is_err());
        assert_eq!(read(3).unwrap(), part(3));
    }

    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("damaged"))
        }
    }

    #[test]
    fn without_room_each_record_is_read_from_the_start() {
        let (unpacked, opened) = (Unpacked(Mutex::new(State::NoRoom)), AtomicUsize::new(0));
        for offset in [LEN - 9, 0] {
            let place = (offset as u64, 9);
            let bytes = unpacked.read(counting(&opened), place, &Cancel::default());
            assert_eq!(bytes.unwrap(), part(offset));
        }
        assert_eq!(opened.into_inner(), 2);
    }

    #[test]
    fn what_a_cancelled_reader_unpacked_serves_the_next() {
        let (unpacked, opened) = (Unpacked::default(), AtomicUsize::new(0));
        let cancel = Cancel::default();
        cancel.cancel();
        let place = (LEN as u64 - 9, 9);
        assert!(unpacked.read(counting(&opened), place, &cancel).is_err());
        let bytes = unpacked.read(counting(&opened), place, &Cancel::default());
        assert_eq!(bytes.unwrap(), part(LEN - 9));
        assert_eq!(opened.into_inner(), 1);
    }
}
