//! An archive of its own, a profile for the service, and what a live source told.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vodscope::archive::{Archive, Range};
use vodscope::job::{Received, Wake};
use vodscope::model::{
    Batch, BorrowedBatch, Confirmed, Lang, LiveCommand, LiveNews, LiveSpec, OriginChoice, Profile,
    SourceEnd, SourceEvent, TaskProgress, TaskPull,
};
use vodscope::source::Catalog;
use vodscope::source::credentials::{self, Places, Vault};
use vodscope::source::live::{self, Around, Live};
use vodscope::store::Index;

use crate::vod_service::{SECRET_ID, SECRET_KEY, SUB_APP_ID, Service};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Bench {
    pub(crate) around: Around,
    pub(crate) profile: Profile,
    folder: Arc<TempDir>,
}

impl Bench {
    pub(crate) fn new(service: &Service) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::default();
        vault.put(
            "here",
            credentials::typed(SECRET_ID, SECRET_KEY, "").unwrap(),
        );
        Self {
            around: Around {
                archive: folder.path().join("archive.sqlite3"),
                places: Places::of_system(),
                vault,
                lang: Lang::En,
                catalog: Catalog::default(),
            },
            profile: Profile {
                name: "here".to_owned(),
                origin: OriginChoice::Typed,
                sub_app_id: Some(SUB_APP_ID),
                endpoint: service.endpoint(),
                region: None,
                rate_per_second: 1_000,
            },
            folder: Arc::new(folder),
        }
    }

    pub(crate) fn pull(&self, pull: TaskPull) -> Watched {
        let profile = self.profile.clone();
        self.start(LiveSpec::Tasks { profile, pull })
    }

    /// The same archive and account in another run of the program.
    pub(crate) fn again(&self) -> Self {
        let vault = Vault::default();
        let keys = credentials::typed(SECRET_ID, SECRET_KEY, "");
        vault.put("here", keys.unwrap());
        Self {
            around: Around {
                vault,
                catalog: Catalog::default(),
                ..self.around.clone()
            },
            profile: self.profile.clone(),
            folder: Arc::clone(&self.folder),
        }
    }

    pub(crate) fn borrow(&self) -> Watched {
        let profile = self.profile.clone();
        self.start(LiveSpec::Queue { profile })
    }

    pub(crate) fn start(&self, spec: LiveSpec) -> Watched {
        Watched {
            live: live::start(spec, None, &self.around, Wake::none()),
            told: Told::default(),
            _folder: Arc::clone(&self.folder),
        }
    }

    /// The bytes of everything in the archive.
    pub(crate) fn archived(&self) -> Vec<Vec<u8>> {
        archived(&self.around.archive)
    }
}

pub(crate) fn archived(path: &Path) -> Vec<Vec<u8>> {
    let Some(archive) = Archive::open_existing(path).unwrap() else {
        return Vec::new();
    };
    let records = archive.next(0, &Range::default(), usize::MAX).unwrap();
    records.into_iter().map(|record| record.bytes).collect()
}

/// A live source, and everything it has told so far.
pub(crate) struct Watched {
    pub(crate) live: Live,
    pub(crate) told: Told,
    /// The archive stays for as long as the source runs.
    _folder: Arc<TempDir>,
}

#[derive(Default)]
pub(crate) struct Told {
    pub(crate) index: Index,
    pub(crate) news: Vec<LiveNews>,
    pub(crate) end: Option<SourceEnd>,
    /// What the end said of the time.
    pub(crate) elapsed: Duration,
}

impl Watched {
    pub(crate) fn order(&self, command: LiveCommand) {
        self.live.orders.give(command).unwrap();
    }

    /// Takes in what is told until `enough`.
    pub(crate) fn until(&mut self, enough: impl Fn(&Told) -> bool) {
        let started = Instant::now();
        while !enough(&self.told) {
            assert!(started.elapsed() < PATIENCE, "{:?}", self.told.news);
            match self.live.job.recv_timeout(Duration::from_millis(50)) {
                Received::Item(event) => self.told.take(event),
                Received::Waiting => {}
                Received::Ended => {
                    assert!(enough(&self.told), "ended: {:?}", self.told.news);
                    return;
                }
            }
        }
    }

    pub(crate) fn run_to_end(&mut self) -> &Told {
        self.until(|told| told.end.is_some());
        &self.told
    }
}

impl Told {
    fn take(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Batch(batch) => self.batch(batch),
            SourceEvent::Live { news, .. } => self.news.push(news),
            SourceEvent::Ended { end, elapsed, .. } => {
                self.end = Some(end);
                self.elapsed = elapsed;
            }
            SourceEvent::Opened(_)
            | SourceEvent::Restarted { .. }
            | SourceEvent::CaughtUp { .. } => {}
        }
    }

    fn batch(&mut self, batch: Batch) {
        assert_eq!(batch.problems, []);
        self.index.ingest(batch.source, batch.segment);
    }

    pub(crate) fn batches(&self) -> Vec<&BorrowedBatch> {
        let mut batches = Vec::new();
        for news in &self.news {
            if let LiveNews::Borrowed(batch) = news {
                batches.push(batch);
            }
        }
        batches
    }

    pub(crate) fn confirmed(&self) -> Vec<&Confirmed> {
        let mut told = Vec::new();
        for news in &self.news {
            if let LiveNews::Confirmed(confirmed) = news {
                told.push(confirmed);
            }
        }
        told
    }

    pub(crate) fn progress(&self) -> TaskProgress {
        let progress = self.news.iter().rev().find_map(|news| match news {
            LiveNews::Progress(progress) => Some(*progress),
            _ => None,
        });
        progress.unwrap_or_default()
    }

    pub(crate) fn count(&self, wanted: impl Fn(&LiveNews) -> bool) -> usize {
        self.news.iter().filter(|news| wanted(news)).count()
    }
}
