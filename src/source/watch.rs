//! Whether a followed file has grown, been written anew, or been replaced.

use std::fs::{self, File, Metadata};
use std::io::Result;
use std::path::Path;

use super::pread::read_vec;

/// Bytes by which a file is recognised: a new one may have the old one's number and be longer.
const FINGERPRINT: usize = 1 << 10;

/// What a look at the file told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    Nothing,
    Grown,
    /// Written anew: what was not read of the old text is gone.
    Cut,
    /// Another file stands under its path; the old one is still open.
    Rotated,
}

/// What a file was like at the last look.
pub(super) struct Watch {
    identity: Identity,
    /// The length it had.
    seen: u64,
    /// Its first bytes.
    fingerprint: Vec<u8>,
}

impl Watch {
    pub(super) fn new(file: &File) -> Result<Self> {
        Ok(Self {
            identity: identity_of(&file.metadata()?),
            seen: 0,
            fingerprint: Vec::new(),
        })
    }

    /// The length the file had at the last look.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// Looks again: at the open file first, so that all of it is read before its successor.
    pub(super) fn news(&mut self, file: &File, path: &Path) -> Result<News> {
        let len = file.metadata()?.len();
        let beginning = read_vec(file, 0, self.fingerprint.len())?;
        if len < self.seen || beginning != self.fingerprint {
            return Ok(News::Cut);
        }
        if len > self.seen {
            self.seen = len;
            let wanted = usize::try_from(len).unwrap_or(FINGERPRINT);
            self.fingerprint = read_vec(file, 0, wanted.min(FINGERPRINT))?;
            return Ok(News::Grown);
        }
        // Between two files there may be none under the path.
        let rotated = fs::metadata(path).is_ok_and(|now| identity_of(&now) != self.identity);
        Ok(if rotated {
            News::Rotated
        } else {
            News::Nothing
        })
    }
}

/// What stays the same while a file grows, and differs between two files.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity_of(file: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
type Identity = Option<std::time::SystemTime>;

#[cfg(not(unix))]
fn identity_of(file: &Metadata) -> Identity {
    file.created().ok()
}
