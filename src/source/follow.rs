//! A file that grows: read on from its last complete line, through truncation and rotation.
//!
//! Packed and transcoded files do not grow in place; they are read once, like any other.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use memchr::memrchr;

use crate::model::{Reason, RowFlags, Shape, SourceId};

use super::block::Block;
use super::emitter::{Emitter, Stop};
use super::file::{self, Probe};
use super::lines::Span;
use super::look::{PREFIX_BYTES, is_binary, look};
use super::opening::Opening;
use super::pread::{read_vec, words};
use super::stitch::{Documents, Stitcher};
use super::watch::{News, Watch};

/// How much is read back at a time in search of the last line's end.
const STEP: usize = 64 << 10;

pub(super) fn open(opening: &Opening, path: &Path) {
    if path.is_dir() {
        return file::open(opening, path);
    }
    match file::probe_empty(path) {
        Ok(probe) if is_binary(&probe.beginning) => opening.refuse(path, Reason::NoJson),
        Ok(probe) if !probe.look.is_plain() => file::read(opening, path, probe),
        Ok(probe) => follow(opening, path, probe),
        Err(reason) => opening.refuse(path, reason),
    }
}

fn follow(opening: &Opening, path: &Path, probe: Probe) {
    let identity = opening.identity(path);
    let followed = Followed {
        opening,
        path,
        id: identity.id,
    };
    opening
        .catalog
        .keep(identity.id, file::entry(path, probe.look));
    let info = identity.info(probe.look, Some(probe.len));
    opening.source(info, RowFlags::default(), |emitter| {
        let mut tail = followed.tail(probe.file)?;
        loop {
            tail.read_until_replaced(emitter)?;
            emitter.restarted()?;
            tail = followed.wait_for_file()?;
        }
    });
}

/// A path that is followed through every file that stands under it.
#[derive(Clone, Copy)]
struct Followed<'a> {
    opening: &'a Opening,
    path: &'a Path,
    id: SourceId,
}

impl<'a> Followed<'a> {
    fn tail(self, file: File) -> Result<Tail<'a>, Stop> {
        let file = Arc::new(file);
        self.opening.catalog.hold(self.id, Arc::clone(&file));
        Ok(Tail {
            followed: self,
            watch: Watch::new(&file).map_err(failed)?,
            file,
            body: None,
            position: 0,
            told: None,
        })
    }

    /// Between two files there may be none for a while.
    fn wait_for_file(self) -> Result<Tail<'a>, Stop> {
        loop {
            let is_file = fs::metadata(self.path).is_ok_and(|found| found.is_file());
            if is_file && let Ok(file) = File::open(self.path) {
                return self.tail(file);
            }
            self.nap()?;
        }
    }

    fn nap(self) -> Result<(), Stop> {
        if self.opening.cancel.sleep(self.opening.reading.poll) {
            return Ok(());
        }
        Err(Stop::Cancelled)
    }
}

/// One file under the followed path, and how far it has been read.
struct Tail<'a> {
    followed: Followed<'a>,
    file: Arc<File>,
    watch: Watch,
    /// Set once there is enough to tell the shape.
    body: Option<Body>,
    /// Everything before it is decoded.
    position: u64,
    /// The length at which catching up was last said.
    told: Option<u64>,
}

enum Body {
    Lines(Stitcher),
    Documents(Documents),
}

impl Tail<'_> {
    fn read_until_replaced(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        let mut leaving = false;
        loop {
            emitter.go_on()?;
            let path = self.followed.path;
            match self.watch.news(&self.file, path).map_err(failed)? {
                News::Grown => self.read_on(emitter)?,
                News::Nothing => self.idle(emitter)?,
                News::Cut => {
                    self.followed.opening.catalog.release(&self.file);
                    return self.finish(emitter);
                }
                // Its writer may not have noticed yet, and write a last line.
                News::Rotated if !leaving => {
                    leaving = true;
                    self.followed.nap()?;
                }
                News::Rotated => {
                    self.read_rest(emitter)?;
                    return self.finish(emitter);
                }
            }
        }
    }

    /// Says once that everything is read, then waits.
    fn idle(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        if self.told != Some(self.watch.seen()) {
            self.read_settled_line(emitter)?;
            self.told = Some(self.watch.seen());
            emitter.caught_up()?;
        }
        self.followed.nap()
    }

    /// Reads what is complete.
    fn read_on(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        if self.body.is_none() && self.last_line_end()?.is_none() {
            return Ok(());
        }
        self.begin()?;
        match self.body {
            Some(Body::Documents(_)) => self.read_documents(emitter),
            _ => match self.last_line_end()? {
                Some(end) => self.read_lines(end, emitter),
                None => Ok(()),
            },
        }
    }

    /// Reads what is left of a file that nobody will write to any more.
    fn read_rest(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        if self.position == self.watch.seen() {
            return Ok(());
        }
        self.begin()?;
        match self.body {
            Some(Body::Documents(_)) => self.read_documents(emitter),
            _ => self.read_lines(self.watch.seen(), emitter),
        }
    }

    /// Tells the shape by what is there, before anything is decoded.
    fn begin(&mut self) -> Result<(), Stop> {
        if self.body.is_some() {
            return Ok(());
        }
        let (look, _) = look(&self.read(0, PREFIX_BYTES)?);
        let Followed { opening, path, id } = self.followed;
        opening.catalog.keep(id, file::entry(path, look));
        self.position = file::text_start(look);
        self.body = Some(match look.shape {
            Shape::Documents => Body::Documents(Documents::new(self.position, 1)),
            Shape::Lines | Shape::LogLines => Body::Lines(Stitcher::new()),
        });
        Ok(())
    }

    fn read_lines(&mut self, end: u64, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        let Some(Body::Lines(stitcher)) = &mut self.body else {
            return Ok(());
        };
        let span = Span {
            file: Arc::clone(&self.file),
            start: self.position,
            end,
            reading: self.followed.opening.reading,
            cancel: emitter.cancel().clone(),
        };
        match span.read(stitcher, emitter) {
            Ok(()) => self.position = end,
            // The next look tells.
            Err(Stop::Failed(Reason::Shrunk)) => {}
            Err(stop) => return Err(stop),
        }
        Ok(())
    }

    fn read_documents(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        while self.position < self.watch.seen() {
            emitter.go_on()?;
            let step = self.followed.opening.reading.block_bytes as u64;
            let len = step.min(self.watch.seen() - self.position);
            let bytes = self.read(self.position, usize::try_from(len).unwrap_or(STEP))?;
            let Some(Body::Documents(documents)) = &mut self.body else {
                return Ok(());
            };
            if bytes.is_empty() {
                break;
            }
            self.position += bytes.len() as u64;
            emitter.set_bytes_read(self.position);
            documents.push(&bytes, emitter)?;
        }
        Ok(())
    }

    /// The last record of a finished file often lacks its line feed: once the file rests, a last
    /// line that is whole is read. One that is not waits for the rest, and is no problem yet.
    fn read_settled_line(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        let len = usize::try_from(self.watch.seen() - self.position).unwrap_or(usize::MAX);
        if len == 0 || len > self.followed.opening.reading.block_bytes {
            return Ok(());
        }
        let begun = self.body.is_some();
        self.begin()?;
        if !begun && matches!(self.body, Some(Body::Documents(_))) {
            return self.read_documents(emitter);
        }
        let bytes = self.read(self.position, len)?;
        let block = Block::decode(&bytes, self.position);
        let Some(Body::Lines(stitcher)) = &mut self.body else {
            return Ok(());
        };
        if block.is_whole() {
            stitcher.block(block, emitter)?;
            self.position += bytes.len() as u64;
        }
        Ok(())
    }

    fn finish(&mut self, emitter: &mut Emitter<'_>) -> Result<(), Stop> {
        match self.body.take() {
            Some(Body::Lines(mut stitcher)) => stitcher.finish(emitter),
            Some(Body::Documents(documents)) => documents.finish(emitter),
            None => Ok(()),
        }
    }

    /// Where the last complete line that has not been read ends.
    fn last_line_end(&self) -> Result<Option<u64>, Stop> {
        let mut end = self.watch.seen();
        while end > self.position {
            let start = end.saturating_sub(STEP as u64).max(self.position);
            let len = usize::try_from(end - start).unwrap_or(STEP);
            let bytes = self.read(start, len)?;
            if let Some(at) = memrchr(b'\n', &bytes) {
                return Ok(Some(start + at as u64 + 1));
            }
            end = start;
        }
        Ok(None)
    }

    fn read(&self, offset: u64, len: usize) -> Result<Vec<u8>, Stop> {
        read_vec(&self.file, offset, len).map_err(failed)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` gives")]
fn failed(error: std::io::Error) -> Stop {
    Stop::Failed(Reason::Unreadable { why: words(&error) })
}
