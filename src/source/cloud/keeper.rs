//! The way of what was pulled: into the archive, and only then to rows and to whoever listens.

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::archive::{Archive, Kind, Page, Received, Stored};
use crate::job::{Gone, Outbox};
use crate::model::{
    ArchiveFault, Batch, CallFault, Compression, Encoding, LiveNews, LiveSpec, Profile, Shape,
    SourceEnd, SourceEvent, SourceId, SourceInfo,
};
use crate::source::archived::{self, problem_of, rows_of};
use crate::source::catalog::Catalog;
use crate::source::live::Around;

use super::action::Action;
use super::client::Client;

/// Why a live source ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Cancelled,
    /// It was told as news already.
    Failed,
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Self {
        Self::Cancelled
    }
}

/// Who tells the owner of a live source what happens.
pub(super) struct Teller<'a> {
    outbox: &'a Outbox<SourceEvent>,
    pub(super) source: SourceId,
    /// Time that went into making rows: what waiting for the network takes is not reading.
    decoding: Cell<Duration>,
}

impl<'a> Teller<'a> {
    /// Numbers the source, makes its records readable again, and announces it.
    pub(super) fn open(
        outbox: &'a Outbox<SourceEvent>,
        (catalog, archive): (&Catalog, &Path),
        (name, spec): (&str, LiveSpec),
    ) -> Result<Self, Gone> {
        let source = catalog.new_id();
        catalog.keep(source, archived::entry(archive));
        outbox.send(SourceEvent::Opened(SourceInfo {
            id: source,
            name: name.to_owned(),
            path: None,
            total_bytes: None,
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Documents,
            live: Some(spec),
        }))?;
        Ok(Self {
            outbox,
            source,
            decoding: Cell::default(),
        })
    }

    pub(super) fn news(&self, news: LiveNews) -> Result<(), Gone> {
        let source = self.source;
        self.outbox.send(SourceEvent::Live { source, news })
    }

    pub(super) fn failed(&self, action: &'static str, fault: CallFault) -> Result<(), Gone> {
        self.news(LiveNews::Failed { action, fault })
    }

    /// The archive of this source; a fault is told.
    pub(super) fn archive(&self, path: &Path) -> Result<Archive, Stop> {
        Archive::open(path).map_err(|why| self.archive_failed(why))
    }

    pub(super) fn archive_failed(&self, why: ArchiveFault) -> Stop {
        match self.news(LiveNews::ArchiveFailed { why }) {
            Ok(()) => Stop::Failed,
            Err(Gone) => Stop::Cancelled,
        }
    }

    pub(super) fn end(self, result: &Result<(), Stop>) {
        let end = match result {
            Ok(()) => SourceEnd::Complete,
            Err(Stop::Cancelled) => SourceEnd::Cancelled,
            Err(Stop::Failed) => SourceEnd::Failed,
        };
        // Nobody to tell: the job was dropped, which is how it is cancelled.
        let _told = self.outbox.send(SourceEvent::Ended {
            source: self.source,
            end,
            elapsed: self.decoding.get(),
        });
    }
}

/// One thing that came in an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) kind: Kind,
    pub(super) task_id: &'a str,
    /// A detail that will not change any more.
    pub(super) ended: bool,
}

fn received<'a>(
    pieces: &[Piece<'a>],
    (account, from): (&'a str, &'a str),
    (request_id, unix_ms): (&'a str, i64),
) -> Vec<Received<'a>> {
    let received = pieces.iter().map(|piece| Received {
        bytes: piece.bytes,
        kind: piece.kind,
        account,
        from,
        request_id,
        task_id: piece.task_id,
        ended: piece.ended,
        unix_ms,
    });
    received.collect()
}

/// What the archive calls a profile's application: `profile/subappid`.
pub(in crate::source) fn account_of(profile: &Profile) -> String {
    let id = profile.sub_app_id;
    let id = id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!("{}/{id}", profile.name)
}

/// Stores what came, and makes rows of it.
pub(super) struct Keeper {
    archive: Archive,
    /// `profile/subappid`.
    pub(super) account: String,
    endpoint: String,
    bytes: u64,
}

impl Keeper {
    /// What signs a profile's calls, and where their answers are kept: nothing is asked that could
    /// not be kept. A fault is told, as one of `action` when the keys are to blame.
    pub(super) fn with_client(
        teller: &Teller<'_>,
        profile: &Profile,
        around: &Around,
        action: Action,
    ) -> Result<(Self, Client), Stop> {
        let client = match around.client(profile) {
            Ok(client) => client,
            Err(fault) => {
                teller.failed(action.name(), fault)?;
                return Err(Stop::Failed);
            }
        };
        let archive = teller.archive(&around.archive)?;
        Ok((Self::new(archive, profile), client))
    }

    fn new(archive: Archive, profile: &Profile) -> Self {
        Self {
            archive,
            account: account_of(profile),
            endpoint: profile.endpoint.clone(),
            bytes: 0,
        }
    }

    pub(super) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// How long the archive may be busy with another program.
    pub(super) fn set_patience(&self, patience: Duration) -> Result<(), ArchiveFault> {
        self.archive.set_patience(patience)
    }

    /// Durable when it returns, for each piece in its order.
    pub(super) fn store(
        &mut self,
        pieces: &[Piece<'_>],
        (request_id, unix_ms): (&str, i64),
    ) -> Result<Vec<Stored>, ArchiveFault> {
        let from = (self.account.as_str(), self.endpoint.as_str());
        let received = received(pieces, from, (request_id, unix_ms));
        self.archive.store(&received)
    }

    /// The same for a page of a list, together with where the list goes on.
    pub(super) fn store_page(
        &mut self,
        pieces: &[Piece<'_>],
        request_id: &str,
        page: &Page<'_>,
    ) -> Result<Vec<Stored>, ArchiveFault> {
        let from = (self.account.as_str(), self.endpoint.as_str());
        let received = received(pieces, from, (request_id, page.unix_ms));
        self.archive.store_page(&received, page)
    }

    /// Stores pieces and tells their rows.
    pub(super) fn keep(
        &mut self,
        teller: &Teller<'_>,
        pieces: &[Piece<'_>],
        stamp: (&str, i64),
    ) -> Result<Vec<Stored>, Stop> {
        let stored = self
            .store(pieces, stamp)
            .map_err(|why| teller.archive_failed(why))?;
        let records = stored.iter().zip(pieces);
        let records = records.map(|(stored, piece)| (stored.delivery, piece.bytes));
        self.tell(teller, &records.collect::<Vec<_>>())?;
        Ok(stored)
    }

    /// Tells the rows of what is stored.
    pub(super) fn tell(
        &mut self,
        teller: &Teller<'_>,
        records: &[(i64, &[u8])],
    ) -> Result<(), Gone> {
        if records.is_empty() {
            return Ok(());
        }
        let began = Instant::now();
        let decoded = rows_of(records);
        teller.decoding.update(|so_far| so_far + began.elapsed());
        let bytes = records.iter().map(|(_, bytes)| bytes.len() as u64);
        self.bytes += bytes.sum::<u64>();
        let problems = decoded.problems.into_iter();
        let problems = problems.map(|problem| problem_of(problem, teller.source));
        teller.outbox.send(SourceEvent::Batch(Batch {
            source: teller.source,
            problems: problems.collect(),
            segment: decoded.segment,
            text_lines: 0,
            bytes_read: self.bytes,
        }))
    }
}
