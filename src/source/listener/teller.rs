//! Turns what was stored into rows, and tells the owner of the listener everything in order.

use std::collections::VecDeque;
use std::mem::take;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use crate::archive::Archive;
use crate::job::Outbox;
use crate::model::{
    ArchiveFault, Batch, LiveNews, Problem, Reason, Refusal, Segment, SourceEvent, SourceId,
};
use crate::source::archived::{problem_of, rows_of};

use super::desk::{Arrival, News};

/// Bytes that are read again from the archive for one batch.
const BATCH_BYTES: usize = 2 << 20;

pub(super) struct Teller<'a> {
    source: SourceId,
    archive: PathBuf,
    outbox: &'a Outbox<SourceEvent>,
    /// Callbacks that could not be read again yet.
    later: VecDeque<RangeInclusive<i64>>,
    /// Why they could not, as it was told.
    fault: Option<ArchiveFault>,
    bytes_read: u64,
}

impl<'a> Teller<'a> {
    pub(super) fn new(source: SourceId, archive: PathBuf, outbox: &'a Outbox<SourceEvent>) -> Self {
        Self {
            source,
            archive,
            outbox,
            later: VecDeque::new(),
            fault: None,
            bytes_read: 0,
        }
    }

    /// Tells everything: rows first, then what is counted.
    pub(super) fn tell(&mut self, mut news: News) {
        self.later();
        self.rows(&news.stored);
        self.later.append(&mut news.later);
        self.later();
        if let Some((from, count)) = news.received {
            self.news(LiveNews::Received { from, count });
        }
        self.refusals(take(&mut news.listed));
        for (from, why, count) in news.refused {
            self.news(LiveNews::Refused { from, why, count });
        }
        if let Some(why) = news.fault {
            self.news(LiveNews::ArchiveFailed { why });
        }
    }

    pub(super) fn news(&self, news: LiveNews) {
        self.send(SourceEvent::Live {
            source: self.source,
            news,
        });
    }

    /// Something is wrong with the listener as a whole.
    pub(super) fn problem(&self, reason: Reason) {
        let problem = self.whole(reason, String::new());
        self.batch(Segment::default(), vec![problem]);
    }

    fn rows(&mut self, stored: &[Arrival]) {
        if stored.is_empty() {
            return;
        }
        let records = stored
            .iter()
            .map(|one| (one.delivery, one.bytes.as_slice()));
        let records: Vec<(i64, &[u8])> = records.collect();
        let decoded = rows_of(&records);
        let lens = stored.iter().map(|one| one.bytes.len() as u64);
        self.bytes_read += lens.sum::<u64>();
        let problems = decoded.problems.into_iter();
        let problems = problems.map(|problem| problem_of(problem, self.source));
        let problems = problems.collect();
        self.batch(decoded.segment, problems);
    }

    /// Callbacks whose bytes are in the archive only, a few at a time.
    fn later(&mut self) {
        if self.later.is_empty() {
            return;
        }
        // After a failure they stay in line: the archive has them, and is asked again.
        let fault = self.read_later().err();
        if fault != self.fault {
            self.fault.clone_from(&fault);
            if let Some(why) = fault {
                self.news(LiveNews::ArchiveFailed { why });
            }
        }
    }

    fn read_later(&mut self) -> Result<(), ArchiveFault> {
        let archive = Archive::open(&self.archive)?;
        while !self.later.is_empty() {
            let mut arrivals = Vec::new();
            let mut bytes = 0;
            while bytes < BATCH_BYTES
                && let Some(delivery) = self.later.front().map(|run| *run.start())
            {
                // It may have been deleted by its age or by the person meanwhile.
                if let Some(read) = archive.read(delivery)? {
                    bytes += read.len();
                    arrivals.push(Arrival {
                        delivery,
                        bytes: read,
                    });
                }
                drop_first(&mut self.later);
            }
            self.rows(&arrivals);
        }
        Ok(())
    }

    fn refusals(&self, listed: Vec<(SocketAddr, Refusal, String)>) {
        if listed.is_empty() {
            return;
        }
        let problems = listed.into_iter().map(|(from, why, excerpt)| {
            let reason = Reason::Refused { from, why };
            self.whole(reason, excerpt)
        });
        self.batch(Segment::default(), problems.collect());
    }

    /// A problem that stands at no place of the archive.
    fn whole(&self, reason: Reason, excerpt: String) -> Problem {
        Problem {
            source: self.source,
            line: 0,
            offset: 0,
            len: 0,
            reason,
            excerpt,
        }
    }

    fn batch(&self, segment: Segment, problems: Vec<Problem>) {
        self.send(SourceEvent::Batch(Batch {
            source: self.source,
            segment,
            problems,
            text_lines: 0,
            bytes_read: self.bytes_read,
        }));
    }

    fn send(&self, event: SourceEvent) {
        // Nobody to tell: the job was dropped, which also cancels it.
        let _told = self.outbox.send(event);
    }
}

fn drop_first(runs: &mut VecDeque<RangeInclusive<i64>>) {
    let Some(first) = runs.pop_front() else {
        return;
    };
    let (start, end) = first.into_inner();
    if start < end {
        runs.push_front(start + 1..=end);
    }
}
