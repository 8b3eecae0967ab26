//! One row for each distinct state of the task, newest first.

use crate::model::{RawRef, Verdict};
use crate::state::{Change, HistoryEntry, Sources};
use crate::store::RowView;
use crate::text::{Text, format, outputs as sentences, sentence};

use super::super::values::both_zones;

/// A state as it was delivered.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct StateRow {
    pub(super) time: String,
    pub(super) time_hint: String,
    pub(super) place: String,
    /// Where the same bytes were delivered besides, the last first.
    pub(super) repeated_at: Vec<String>,
    pub(super) verdict: Verdict,
    pub(super) status: String,
    /// `×2`, when it was delivered more than once.
    pub(super) repeats: String,
    pub(super) repeats_hint: String,
    /// How much changed, or why that is not known.
    pub(super) note: String,
    pub(super) unreadable: Option<String>,
    pub(super) changes: Vec<ChangeRow>,
}

/// A member that differs from the state before.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ChangeRow {
    pub(super) path: String,
    /// The path inside the payload, where all changes lie in it.
    pub(super) short_path: String,
    /// `None`: it was not there.
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

impl StateRow {
    /// The row as it is read aloud.
    pub(super) fn spoken(&self) -> String {
        let parts = [
            &self.time,
            &self.place,
            &self.status,
            &self.repeats_hint,
            &self.note,
        ];
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).collect();
        let told = parts.into_iter().filter(|part| !part.is_empty());
        told.collect::<Vec<_>>().join(", ")
    }
}

impl ChangeRow {
    fn of(change: &Change, common: &str) -> Self {
        let short = change.path.strip_prefix(common).unwrap_or(&change.path);
        Self {
            path: change.path.clone(),
            short_path: short.to_owned(),
            old: change.old.clone(),
            new: change.new.clone(),
        }
    }

    /// `Status: "PROCESSING" → "FINISH"`.
    pub(super) fn as_text(&self, absent: &str) -> String {
        let side = |side: &Option<String>| side.as_deref().unwrap_or(absent).to_owned();
        format!("{}: {} → {}", self.path, side(&self.old), side(&self.new))
    }
}

/// The rows of the states in `entries`; `deliveries` are all events of the task.
pub(super) fn rows(
    entries: &[HistoryEntry],
    deliveries: &[RowView<'_>],
    sources: &Sources,
    text: &Text,
) -> Vec<StateRow> {
    let newest_day = deliveries
        .iter()
        .find_map(time)
        .map(|time| format::date(time, text.zone));
    let maker = Maker {
        deliveries,
        sources,
        text,
        newest_day,
        common: common_path(entries),
    };
    let last = entries.len().saturating_sub(1);
    entries
        .iter()
        .enumerate()
        .map(|(index, entry)| maker.row(entry, index == last))
        .collect()
}

struct Maker<'a> {
    deliveries: &'a [RowView<'a>],
    sources: &'a Sources,
    text: &'a Text,
    newest_day: Option<String>,
    common: &'a str,
}

impl Maker<'_> {
    fn row(&self, entry: &HistoryEntry, first: bool) -> StateRow {
        let same = self.same(&entry.raw);
        let time = same.first().and_then(|row| time(row));
        let mut places = same.iter().map(|row| self.place(row));
        let lang = self.text.lang;
        let repeated = Some(same.len()).filter(|n| *n > 1);
        let unreadable = entry.detail.as_ref().err();
        StateRow {
            time: time.map_or_else(|| format::MISSING.to_owned(), |time| self.clock(time)),
            time_hint: time.map(both_zones).unwrap_or_default(),
            place: places.next().unwrap_or_default(),
            repeated_at: places.collect(),
            verdict: same.first().map(|row| row.verdict).unwrap_or_default(),
            status: status(same.first().map_or("", |row| row.status)),
            repeats: repeated.map(|n| format!("×{n}")).unwrap_or_default(),
            repeats_hint: repeated
                .map(|n| sentences::deliveries(lang, n))
                .unwrap_or_default(),
            note: self.note(entry, first),
            unreadable: unreadable.map(|reason| sentence::reason(lang, reason)),
            changes: self.changes(entry),
        }
    }

    fn changes(&self, entry: &HistoryEntry) -> Vec<ChangeRow> {
        let changes = entry.changes.iter();
        changes
            .map(|change| ChangeRow::of(change, self.common))
            .collect()
    }

    /// Deliveries of this very state, the last first.
    fn same(&self, raw: &RawRef) -> Vec<&RowView<'_>> {
        let rows = self.deliveries.iter();
        rows.filter(|row| row.raw.checksum == raw.checksum)
            .collect()
    }

    fn place(&self, row: &RowView<'_>) -> String {
        sentences::place(self.text.lang, self.sources.name(row.source), row.line)
    }

    fn clock(&self, time: i64) -> String {
        let zone = self.text.zone;
        if self.newest_day.as_deref() == Some(format::date(time, zone).as_str()) {
            format::clock(time, zone)
        } else {
            format::month_day_clock(time, zone)
        }
    }

    fn note(&self, entry: &HistoryEntry, first: bool) -> String {
        let words = self.text.detail;
        if entry.detail.is_err() {
            return self.text.history.not_read.to_owned();
        }
        match entry.changes.len() {
            0 if first => words.first_state.to_owned(),
            0 => words.no_change.to_owned(),
            n => sentences::fields_changed(self.text.lang, n),
        }
    }
}

/// What stands before the payload's members, such as `ProcedureStateChangeEvent.`, where all
/// changes lie in it.
fn common_path(entries: &[HistoryEntry]) -> &str {
    let paths = || {
        entries
            .iter()
            .flat_map(|entry| &entry.changes)
            .map(|change| &change.path)
    };
    let head = paths()
        .map(|path| payload_path(path))
        .max_by_key(|head| head.len());
    head.filter(|head| paths().all(|path| path.starts_with(head)))
        .unwrap_or_default()
}

fn payload_path(path: &str) -> &str {
    let end = path.find("Event.").map_or(0, |at| at + "Event.".len());
    path.get(..end).unwrap_or_default()
}

fn status(told: &str) -> String {
    if told.is_empty() {
        return format::MISSING.to_owned();
    }
    told.to_owned()
}

/// The latest time the event tells; when it was delivered is in no event.
fn time(row: &RowView<'_>) -> Option<i64> {
    row.finish.or(row.begin).map(i64::from)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::decode;
    use crate::model::{Lang, Reason, SourceId, Zone};
    use crate::state::changes;
    use crate::store::{Index, TaskIdx};

    /// The bundled history as an index, and its states as they would be read again.
    fn history() -> (Index, Vec<HistoryEntry>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
        let bytes = std::fs::read(folder.join("10-history.ndjson")).unwrap();
        let decoded = decode::decode_lines(&bytes, 0);
        let mut index = Index::new();
        index.ingest(SourceId(0), decoded.segment);
        let mut entries: Vec<HistoryEntry> = Vec::new();
        for row in index.rows_of(TaskIdx(0)) {
            if entries
                .iter()
                .any(|entry| entry.raw.checksum == row.raw.checksum)
            {
                continue;
            }
            let from = usize::try_from(row.raw.offset).unwrap();
            let record = &bytes[from..from + row.raw.len as usize];
            let detail =
                decode::detail::detail(record, row.raw.format, row.raw.wrapping).map(Arc::new);
            entries.push(HistoryEntry {
                raw: row.raw,
                detail,
                changes: Vec::new(),
            });
        }
        for at in 1..entries.len() {
            let older = entries[at].detail.clone().unwrap();
            let newer = entries[at - 1].detail.clone().unwrap();
            entries[at - 1].changes = changes(&older.tree, &newer.tree);
        }
        (index, entries)
    }

    fn lines(lang: Lang, entries: &[HistoryEntry], index: &Index) -> String {
        let text = Text::new(lang, Zone::Beijing);
        let deliveries = index.rows_of(TaskIdx(0));
        let rows = rows(entries, &deliveries, &Sources::default(), &text);
        let line = |row: &StateRow| {
            let first = row.changes.first();
            let change = first
                .map(|change| change.as_text("absent"))
                .unwrap_or_default();
            let also = row
                .repeated_at
                .iter()
                .map(|place| format!("\n  also {place}"));
            format!("{}{}\n    {change}", row.spoken(), also.collect::<String>())
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_state_is_listed_once_with_what_changed() {
        let (index, entries) = history();
        insta::assert_snapshot!(lines(Lang::En, &entries, &index));
        insta::assert_snapshot!(lines(Lang::Zh, &entries, &index));
    }

    #[test]
    fn a_state_that_cannot_be_read_says_why() {
        let (index, mut entries) = history();
        entries[0].detail = Err(Reason::Changed);
        entries[0].changes.clear();
        let text = Text::new(Lang::En, Zone::Utc);
        let rows = rows(
            &entries,
            &index.rows_of(TaskIdx(0)),
            &Sources::default(),
            &text,
        );
        assert_eq!(rows[0].note, "This state cannot be read again");
        assert!(rows[0].unreadable.is_some());
    }
}
