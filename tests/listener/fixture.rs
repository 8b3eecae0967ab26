//! A listener on a free port with an archive of its own, and what it told.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use vodscope::archive::{Archive, Range, Record};
use vodscope::job::{Job, Received, Wake};
use vodscope::model::{
    ListenSpec, LiveNews, Problem, Reason, Refusal, Row, Secret, SourceEnd, SourceEvent,
};
use vodscope::source::Catalog;
use vodscope::source::listener::{Limits, Listener};

pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Fixture {
    pub(crate) catalog: Catalog,
    pub(crate) job: Job<SourceEvent>,
    pub(crate) addr: SocketAddr,
    pub(crate) archive: PathBuf,
    _folder: TempDir,
}

/// Everything that was told up to the end.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) rows: Vec<Row>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) news: Vec<LiveNews>,
    pub(crate) events: usize,
    pub(crate) end: Option<SourceEnd>,
}

/// Limits that make misbehaviour short.
pub(crate) fn hasty() -> Limits {
    Limits {
        head: Duration::from_millis(400),
        body: Duration::from_millis(600),
        ..Limits::default()
    }
}

pub(crate) fn start() -> Fixture {
    start_with(None, Limits::default())
}

pub(crate) fn start_with(sign_key: Option<&str>, limits: Limits) -> Fixture {
    let folder = TempDir::new().unwrap();
    let archive = folder.path().join("data").join("archive.sqlite3");
    let (catalog, any) = (Catalog::default(), SocketAddr::from(([127, 0, 0, 1], 0)));
    let job = listener(any, sign_key, &archive, limits).start(&catalog, Wake::none());
    let addr = listening(&job).unwrap();
    Fixture {
        catalog,
        job,
        addr,
        archive,
        _folder: folder,
    }
}

pub(crate) fn listener(
    addr: SocketAddr,
    sign_key: Option<&str>,
    archive: &Path,
    limits: Limits,
) -> Listener {
    Listener {
        spec: ListenSpec { addr },
        sign_key: sign_key.map(Secret::new),
        archive: archive.to_owned(),
        limits,
    }
}

/// The address, once it can be reached.
pub(crate) fn listening(job: &Job<SourceEvent>) -> Option<SocketAddr> {
    loop {
        match job.recv_timeout(PATIENCE) {
            Received::Item(SourceEvent::Live {
                news: LiveNews::Listening { addr },
                ..
            }) => return Some(addr),
            Received::Item(_) => {}
            Received::Waiting => panic!("it neither listens nor ends"),
            Received::Ended => return None,
        }
    }
}

impl Fixture {
    /// Stops it, and gives what was told that nobody has fetched yet.
    pub(crate) fn end(&self) -> Told {
        self.job.cancel();
        let mut told = Told::default();
        while let Some(event) = self.job.recv() {
            told.add(event);
        }
        told
    }

    /// Everything in the archive.
    pub(crate) fn records(&self) -> Vec<Record> {
        records(&self.archive)
    }
}

/// Everything in an archive.
pub(crate) fn records(path: &Path) -> Vec<Record> {
    let archive = Archive::open(path).unwrap();
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.last().map_or(0, |record| record.delivery);
        let next = archive.next(after, &Range::default(), 1 << 20).unwrap();
        if next.is_empty() {
            return records;
        }
        records.extend(next);
    }
}

impl Told {
    pub(crate) fn add(&mut self, event: SourceEvent) {
        self.events += 1;
        match event {
            SourceEvent::Batch(batch) => {
                self.rows.extend(batch.segment.rows);
                self.problems.extend(batch.problems);
            }
            SourceEvent::Live { news, .. } => self.news.push(news),
            SourceEvent::Ended { end, .. } => self.end = Some(end),
            _ => {}
        }
    }

    /// How many callbacks were said to have been stored.
    pub(crate) fn received(&self) -> u64 {
        let counts = self.news.iter().map(|news| match news {
            LiveNews::Received { count, .. } => *count,
            _ => 0,
        });
        counts.sum()
    }

    /// How many requests were said to have been refused.
    pub(crate) fn refused(&self) -> u64 {
        let counts = self.news.iter().map(|news| match news {
            LiveNews::Refused { count, .. } => *count,
            _ => 0,
        });
        counts.sum()
    }

    /// Why the requests that are listed as problems were refused.
    pub(crate) fn refusals(&self) -> Vec<Refusal> {
        let refusals = self
            .problems
            .iter()
            .filter_map(|problem| match &problem.reason {
                Reason::Refused { why, .. } => Some(why.clone()),
                _ => None,
            });
        refusals.collect()
    }
}

/// A callback as the service sends it; `salt` stands in for what differs between redeliveries.
pub(crate) fn callback(number: usize, salt: usize) -> String {
    format!(
        concat!(
            r#"{{"EventType":"FileDeleted","FileDeleteEvent":{{"FileIdSet":["{number}"],"#,
            r#""FileDeleteResultInfo":[]}},"T":{salt}}}"#
        ),
        number = number,
        salt = salt,
    )
}
