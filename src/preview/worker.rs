//! One of the threads of the desk: from a wish to its pixels.

use std::sync::Arc;

use super::address::Address;
use super::board::{Note, Task};
use super::cache::Cached;
use super::decode::{Decoded, decode};
use super::desk::{Closed, Shared};
use super::fetch::{FetchEnd, Fetcher};
use super::policy::Policy;
use crate::job::{Outbox, guarded};
use crate::model::{
    PictureContent, PictureFault, PictureInfo, PictureKey, PictureNews, cue_bytes, now_unix,
};

pub(super) struct Worker<'a> {
    shared: &'a Shared,
    outbox: &'a Outbox<Note>,
    /// Made anew for each policy, and with it its connections.
    fetcher: Option<(u64, Fetcher)>,
}

/// A file, from wherever it came.
struct Source {
    file: Cached,
    /// 0 when nobody was asked.
    status: u16,
    address: Address,
}

impl<'a> Worker<'a> {
    pub(super) fn new(shared: &'a Shared, outbox: &'a Outbox<Note>) -> Self {
        Self {
            shared,
            outbox,
            fetcher: None,
        }
    }

    pub(super) fn run(&mut self) {
        while let Some(task) = self.shared.next_task() {
            let end = guarded(|| self.work(&task));
            let end = end.unwrap_or_else(|why| {
                // A worker that falls takes one picture with it, not the others.
                self.fail(&task, &PictureFault::Damaged { why })
            });
            self.shared.change(|board| board.finish(&task));
            if end.is_err() {
                return;
            }
        }
    }

    fn work(&mut self, task: &Task) -> Result<(), Closed> {
        match self.source(task) {
            Ok(source) => self.give(task, &source),
            Err(FetchEnd::Cancelled) => Ok(()),
            Err(FetchEnd::Fault(fault)) => self.fail(task, &fault),
        }
    }

    fn source(&mut self, task: &Task) -> Result<Source, FetchEnd> {
        if let Some(fault) = &task.known {
            return Err(FetchEnd::Fault(fault.clone()));
        }
        let address = Address::parse(&task.url).map_err(FetchEnd::Fault)?;
        task.policy.may_ask(&address).map_err(FetchEnd::Fault)?;
        if let Some(unix) = task.expires.filter(|unix| *unix <= now_unix()) {
            return Err(FetchEnd::Fault(PictureFault::Expired { unix }));
        }
        if let Some(file) = self.cached(task, &address) {
            let status = 0;
            return Ok(Source {
                file,
                status,
                address,
            });
        }
        self.tell_loading(task, 0, None);
        self.fetch(task, address)
    }

    /// What is kept of a host that it was redirected to counts only while that host is allowed.
    fn cached(&self, task: &Task, address: &Address) -> Option<Cached> {
        let cached = self.shared.cache.as_ref()?.get(address)?;
        let end = cached.redirected.as_deref().map(Address::parse);
        let is_allowed = |policy: &Policy, end: &Address| policy.may_ask(end).is_ok();
        match end {
            None => Some(cached),
            Some(Ok(end)) if is_allowed(&task.policy, &end) => Some(cached),
            Some(_) => None,
        }
    }

    fn fetch(&mut self, task: &Task, address: Address) -> Result<Source, FetchEnd> {
        let mut client = self.fetcher_for(task).map_err(FetchEnd::Fault)?;
        let mut progress = |received, total| self.tell_loading(task, received, total);
        let fetched = client.fetch(&address, &task.cancel, &mut progress);
        self.fetcher = Some((task.round, client));
        let fetched = fetched?;
        Ok(Source {
            file: Cached {
                content_type: fetched.content_type,
                body: fetched.body,
                redirected: fetched.redirected,
            },
            status: fetched.status,
            address,
        })
    }

    fn fetcher_for(&mut self, task: &Task) -> Result<Fetcher, PictureFault> {
        match self.fetcher.take() {
            Some((round, fetcher)) if round == task.round => Ok(fetcher),
            _ => Fetcher::with_doors(
                Arc::clone(&task.policy),
                &self.shared.ways,
                self.shared.doors.clone(),
            ),
        }
    }

    /// Decodes the file in each size that is wanted.
    fn give(&self, task: &Task, source: &Source) -> Result<(), Closed> {
        let mut is_kept = source.status == 0;
        while let Some(key) = self.shared.change(|board| board.claim(task)) {
            let Some(permit) = self.shared.may_decode(task)? else {
                return Ok(());
            };
            let decoded = guarded(|| decoded(task, &key, source));
            let decoded = decoded.unwrap_or_else(|why| Err(PictureFault::Damaged { why }));
            let Decoded { info, content } = match decoded {
                Ok(decoded) => decoded,
                Err(fault) => {
                    drop(permit);
                    self.fail_one(task, key, &fault)?;
                    return self.fail(task, &fault);
                }
            };
            if !is_kept {
                is_kept = true;
                self.keep(task, source)?;
            }
            let bytes = byte_len(&content);
            if !self.shared.may_give(task, bytes)? {
                return Ok(());
            }
            // Not before its pixels have room: else each worker could hold some beyond it.
            drop(permit);
            let info = PictureInfo {
                format: info.0,
                width: info.1,
                height: info.2,
                bytes: u64::try_from(source.file.body.len()).unwrap_or(u64::MAX),
                status: source.status,
                redirected: source.file.redirected.clone(),
                cached: source.status == 0,
            };
            self.tell(task, bytes, PictureNews::Ready { key, info, content })?;
        }
        Ok(())
    }

    /// Only what could be decoded is kept.
    fn keep(&self, task: &Task, source: &Source) -> Result<(), Closed> {
        let Some(cache) = &self.shared.cache else {
            return Ok(());
        };
        match cache.put(&source.address, &source.file, task.expires) {
            Ok(None) => Ok(()),
            Ok(Some(bytes)) => self.tell(task, 0, PictureNews::CacheSize { bytes }),
            Err(error) => {
                // The picture is there all the same; it is fetched again next time.
                log::warn!("a picture cannot be kept in the cache: {error}");
                Ok(())
            }
        }
    }

    /// Fails every size that is wanted.
    fn fail(&self, task: &Task, fault: &PictureFault) -> Result<(), Closed> {
        self.shared.change(|board| board.remember(task, fault));
        while let Some(key) = self.shared.change(|board| board.claim(task)) {
            self.fail_one(task, key, fault)?;
        }
        Ok(())
    }

    fn fail_one(&self, task: &Task, key: PictureKey, fault: &PictureFault) -> Result<(), Closed> {
        let fault = fault.clone();
        self.tell(task, 0, PictureNews::Failed { key, fault })
    }

    /// Left out while the owner is behind: a download must not wait for it.
    fn tell_loading(&self, task: &Task, received: u64, total: Option<u64>) {
        let keys: Vec<_> = self.shared.lock().pending(task).cloned().collect();
        for key in keys {
            let news = PictureNews::Loading {
                key,
                received,
                total,
            };
            // When nobody listens the download is cancelled, too.
            let _heard = self.shared.is_heard().then(|| self.tell(task, 0, news));
        }
    }

    fn tell(&self, task: &Task, bytes: u64, news: PictureNews) -> Result<(), Closed> {
        self.shared.tell(self.outbox, task.round, bytes, news)
    }
}

fn decoded(task: &Task, key: &PictureKey, source: &Source) -> Result<Decoded, PictureFault> {
    let Source { file, address, .. } = source;
    let base = file.redirected.as_deref().unwrap_or(address.url());
    decode(&file.body, base, &file.content_type, key.size, &task.limits)
}

fn byte_len(content: &PictureContent) -> u64 {
    match content {
        PictureContent::Still(pixels) => pixels.byte_len(),
        PictureContent::Animation { frames, .. } => {
            frames.iter().map(|frame| frame.pixels.byte_len()).sum()
        }
        PictureContent::Cues(cues) => cue_bytes(cues),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use image::{ImageFormat, RgbaImage};
    use tempfile::TempDir;

    use super::super::board::Board;
    use super::super::desk::DeskSetup;
    use super::*;
    use crate::job::{Cancel, Job, Wake, spawn};
    use crate::model::{PictureRequest, PictureSize};

    const URL: &str = "https://a.cn/a.png";
    /// More than may wait, whatever else does.
    const FULL: u64 = 1 << 40;

    fn source() -> Source {
        let mut body = std::io::Cursor::new(Vec::new());
        let picture = RgbaImage::new(20, 20);
        picture.write_to(&mut body, ImageFormat::Png).unwrap();
        Source {
            file: Cached {
                content_type: "image/png".to_owned(),
                body: body.into_inner(),
                redirected: None,
            },
            status: 200,
            address: Address::parse(URL).unwrap(),
        }
    }

    /// A picture that was decoded while there is no room for its pixels.
    struct Waiting {
        shared: Arc<Shared>,
        job: Job<Note>,
        _cache: TempDir,
    }

    impl Waiting {
        fn begin() -> Self {
            let cache = tempfile::tempdir().unwrap();
            let shared = Arc::new(Shared::new(DeskSetup {
                cache: Some(cache.path().to_owned()),
                ..DeskSetup::default()
            }));
            shared.change(|board| {
                board.want(vec![PictureRequest {
                    key: PictureKey {
                        url: URL.into(),
                        size: PictureSize::Whole,
                    },
                    expires: None,
                }]);
                assert!(board.make_wait(FULL));
            });
            let task = shared.next_task().unwrap();
            let given = Arc::clone(&shared);
            let job = spawn("waiting", Wake::none(), move |outbox, _| {
                let worker = Worker::new(&given, &outbox);
                // When the desk closes it gives nothing; any other end is as good.
                let _closed = worker.give(&task, &source());
            });
            let waiting = Self {
                shared,
                job,
                _cache: cache,
            };
            // It is kept on disk as soon as it is decoded.
            let kept = waiting.job.recv().unwrap().news;
            assert!(matches!(kept, PictureNews::CacheSize { .. }), "{kept:?}");
            // It may be about to ask for room.
            for _ in 0..50 {
                assert_eq!(waiting.decoding(), 1, "its pixels are somewhere");
                Cancel::default().sleep(Duration::from_millis(1));
            }
            waiting
        }

        fn decoding(&self) -> usize {
            self.shared.lock().decoding
        }
    }

    #[test]
    fn pixels_count_as_being_decoded_until_they_have_room() {
        let waiting = Waiting::begin();
        waiting.shared.change(|board| {
            board.taken(Note {
                round: 0,
                bytes: FULL,
                news: PictureNews::CacheSize { bytes: 0 },
            })
        });
        let news = waiting.job.recv().unwrap().news;
        assert!(matches!(news, PictureNews::Ready { .. }), "{news:?}");
        assert_eq!(waiting.decoding(), 0);
    }

    #[test]
    fn what_is_wanted_no_more_waits_for_no_room() {
        let waiting = Waiting::begin();
        waiting.shared.change(|board| board.want(Vec::new()));
        assert!(waiting.job.recv().is_none(), "nothing is given");
        assert_eq!(waiting.decoding(), 0);
    }

    #[test]
    fn a_desk_that_closes_leaves_nobody_waiting() {
        let waiting = Waiting::begin();
        waiting.shared.change(Board::close);
        assert!(waiting.job.recv().is_none(), "nothing is given");
        assert_eq!(waiting.decoding(), 0);
    }
}
