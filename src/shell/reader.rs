//! Reads records again on a thread of its own: details, histories, stretches to repair.

use std::sync::Arc;

use crate::decode;
use crate::job::{Cancel, Newest, Wake};
use crate::model::{Detail, RawRef, Reason, SourceSpec};
use crate::source::Catalog;
use crate::state::{HistoryEntry, Loaded, Stretch, changes};
use crate::store::TaskIdx;

/// What can be asked of the reader. A newer request of the same kind replaces an older one.
#[derive(Debug)]
pub(super) enum Request {
    Detail {
        ticket: u64,
        task: TaskIdx,
        raw: RawRef,
    },
    History {
        ticket: u64,
        raws: Vec<RawRef>,
    },
    Repair(Stretch),
}

#[derive(Debug)]
pub(super) enum Answer {
    Detail(Loaded),
    Unreadable {
        ticket: u64,
        reason: Reason,
    },
    History {
        ticket: u64,
        entries: Vec<HistoryEntry>,
    },
    Repaired(SourceSpec),
    NotRepaired(Option<Reason>),
}

/// Two workers: a history is asked for while its detail may still be on the way.
pub(super) struct Reader {
    details: Newest<Request, Answer>,
    others: Newest<Request, Answer>,
}

impl Reader {
    pub(super) fn start(catalog: Catalog, wake: Wake) -> Self {
        let other_catalog = catalog.clone();
        Self {
            details: Newest::start("detail", wake.clone(), move |request, cancel| {
                answer(&catalog, request, cancel)
            }),
            others: Newest::start("history", wake, move |request, cancel| {
                answer(&other_catalog, request, cancel)
            }),
        }
    }

    pub(super) fn ask(&mut self, request: Request) {
        match request {
            Request::Detail { .. } => self.details.ask(request),
            Request::History { .. } | Request::Repair(_) => self.others.ask(request),
        }
    }

    pub(super) fn try_recv(&self) -> Option<Answer> {
        self.details.try_recv().or_else(|| self.others.try_recv())
    }
}

fn answer(catalog: &Catalog, request: Request, cancel: &Cancel) -> Answer {
    match request {
        Request::Detail { ticket, task, raw } => match read(catalog, &raw, cancel) {
            Ok(detail) => Answer::Detail(Loaded {
                ticket,
                task,
                detail: Arc::new(detail),
            }),
            Err(reason) => Answer::Unreadable { ticket, reason },
        },
        Request::History { ticket, raws } => Answer::History {
            ticket,
            entries: history(catalog, raws, cancel),
        },
        Request::Repair(stretch) => repair(catalog, stretch, cancel),
    }
}

/// The event behind a reference, checked to be the one that was indexed.
pub(super) fn read(catalog: &Catalog, raw: &RawRef, cancel: &Cancel) -> Result<Detail, Reason> {
    let bytes = catalog.reread(raw, cancel)?;
    let mut detail = decode::detail::detail(&bytes, raw.format, raw.wrapping)?;
    detail.raw = Some(*raw);
    Ok(detail)
}

/// Every state with what changed since the one before; `raws` are newest first.
fn history(catalog: &Catalog, raws: Vec<RawRef>, cancel: &Cancel) -> Vec<HistoryEntry> {
    let read_all = raws
        .into_iter()
        .map(|raw| (raw, read(catalog, &raw, cancel).map(Arc::new)));
    let mut entries: Vec<HistoryEntry> = read_all
        .map(|(raw, detail)| HistoryEntry {
            raw,
            detail,
            changes: Vec::new(),
        })
        .collect();
    let older: Vec<Option<Arc<Detail>>> = entries
        .iter()
        .skip(1)
        .map(|entry| entry.detail.as_ref().ok().cloned())
        .collect();
    for (entry, before) in entries.iter_mut().zip(older) {
        if let (Ok(now), Some(before)) = (&entry.detail, before) {
            entry.changes = changes(&before.tree, &now.tree);
        }
    }
    entries
}

fn repair(catalog: &Catalog, stretch: Stretch, cancel: &Cancel) -> Answer {
    let read = catalog.read_stretch(stretch.source, stretch.offset, stretch.len, cancel);
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(reason) => return Answer::NotRepaired(Some(reason)),
    };
    match decode::repair(&String::from_utf8_lossy(&bytes)) {
        Some(repaired) => Answer::Repaired(SourceSpec::Repaired {
            name: stretch.name,
            repairs: repaired.repairs,
            text: repaired.text.into(),
        }),
        None => Answer::NotRepaired(None),
    }
}
