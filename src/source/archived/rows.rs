//! Stored events to rows whose offsets are places in the archive.
//!
//! Each event is decoded as if it stood alone, whatever its neighbours are. Most are one line of
//! JSON: those are decoded many at a time, and once more by themselves when something is wrong.

use std::collections::HashMap;

use memchr::memchr;

use crate::archive::offset_of;
use crate::decode::{self, Decoded, LocalProblem};
use crate::model::{NameId, Problem, Reason, Row, RowFlags, Segment, SourceId};

/// A delivery's number, and the bytes that arrived.
type Stored<'a> = (i64, &'a [u8]);

/// The rows and problems of stored events, in their order. Lines count from 0 within each event.
pub(in crate::source) fn rows_of(stored: &[Stored<'_>]) -> Decoded {
    let mut joiner = Joiner::default();
    for run in stored.chunk_by(|a, b| is_line(a.1) && is_line(b.1)) {
        joiner.run(run);
    }
    let mut decoded = joiner.whole;
    for row in &mut decoded.segment.rows {
        row.flags.insert(RowFlags::ARCHIVED);
    }
    decoded
}

/// A problem of [`rows_of`] as one of a source.
pub(in crate::source) fn problem_of(problem: LocalProblem, source: SourceId) -> Problem {
    Problem {
        source,
        line: problem.line.saturating_add(1),
        offset: problem.offset,
        len: problem.len,
        reason: problem.reason,
        excerpt: problem.excerpt,
    }
}

fn is_line(bytes: &[u8]) -> bool {
    memchr(b'\n', bytes).is_none() && !is_blank(bytes)
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// Puts together what was decoded apart.
#[derive(Default)]
struct Joiner {
    whole: Decoded,
    /// Of the names in `whole`; empty until there is something to add.
    ids: HashMap<Box<str>, NameId>,
}

impl Joiner {
    fn run(&mut self, run: &[Stored<'_>]) {
        if let [one] = run {
            self.alone(*one);
        } else if let Some(decoded) = together(run) {
            self.add(decoded);
        } else {
            let (left, right) = run.split_at(run.len() / 2);
            self.run(left);
            self.run(right);
        }
    }

    fn alone(&mut self, (delivery, bytes): Stored<'_>) {
        let offset = offset_of(delivery, 0);
        let mut decoded = decode::decode_documents(bytes, offset);
        if is_blank(bytes) {
            decoded.problems.push(LocalProblem {
                line: 0,
                offset,
                len: bytes.len() as u64,
                reason: Reason::Empty,
                excerpt: String::new(),
            });
        }
        self.add(decoded);
    }

    fn add(&mut self, mut decoded: Decoded) {
        self.whole.problems.append(&mut decoded.problems);
        if self.whole.segment.rows.is_empty() {
            self.whole.segment = decoded.segment;
        } else if !decoded.segment.rows.is_empty() {
            self.append(decoded.segment);
        }
    }

    fn append(&mut self, segment: Segment) {
        let names = self.adopt(segment.names);
        let whole = &mut self.whole.segment;
        let text_start = narrow(whole.text.len());
        let sub_start = narrow(whole.sub_rows.len());
        let renamed = |id: NameId| names.get(usize::from(id)).copied().flatten();
        let mut rows = segment.rows;
        for row in &mut rows {
            row.text_start = row.text_start.saturating_add(text_start);
            row.sub_start = row.sub_start.saturating_add(sub_start);
            for id in [&mut row.event_type, &mut row.status, &mut row.code] {
                *id = renamed(*id).unwrap_or_else(|| {
                    row.flags.insert(RowFlags::ABRIDGED);
                    0
                });
            }
        }
        let mut sub_rows = segment.sub_rows;
        for sub in &mut sub_rows {
            sub.kind = renamed(sub.kind).unwrap_or(0);
            sub.code = renamed(sub.code).unwrap_or(0);
        }
        whole.rows.append(&mut rows);
        whole.sub_rows.append(&mut sub_rows);
        whole.text.push_str(&segment.text);
    }

    /// The ids of a segment's names in the whole; `None` for those there is no room for.
    fn adopt(&mut self, names: Vec<Box<str>>) -> Vec<Option<NameId>> {
        if self.ids.is_empty() {
            let own = self.whole.segment.names.iter().zip(0..);
            self.ids = own.map(|(name, id)| (name.clone(), id)).collect();
        }
        names.into_iter().map(|name| self.id(name)).collect()
    }

    fn id(&mut self, name: Box<str>) -> Option<NameId> {
        if let Some(id) = self.ids.get(&name) {
            return Some(*id);
        }
        let names = &mut self.whole.segment.names;
        let id = NameId::try_from(names.len()).ok()?;
        names.push(name.clone());
        self.ids.insert(name, id);
        Some(id)
    }
}

/// Events of one line each, decoded in one go; `None` when one of them is not all rows.
fn together(run: &[Stored<'_>]) -> Option<Decoded> {
    let mut text = Vec::with_capacity(run.iter().map(|(_, bytes)| bytes.len() + 1).sum());
    let mut starts = Vec::with_capacity(run.len());
    for (_, bytes) in run {
        starts.push(text.len() as u64);
        text.extend_from_slice(bytes);
        text.push(b'\n');
    }
    let mut decoded = decode::decode_lines(&text, 0);
    let is_read = decoded.problems.is_empty()
        && decoded.text_lines == 0
        && decoded.open_head.is_none()
        && decoded.open_tail.is_none();
    let mut read_up_to = 0;
    for row in &mut decoded.segment.rows {
        let at = starts.partition_point(|start| *start <= row.offset) - 1;
        let ((delivery, bytes), start) = (run.get(at)?, starts.get(at)?);
        // No event was left out, and none goes on in the next one.
        if at > read_up_to || !holds(bytes, row, *start) {
            return None;
        }
        read_up_to = at + 1;
        row.offset = offset_of(*delivery, row.offset - start);
        row.line = 0;
    }
    (is_read && read_up_to == run.len()).then_some(decoded)
}

/// Whether a row's bytes are within the event that starts there.
fn holds(event: &[u8], row: &Row, start: u64) -> bool {
    row.offset - start + u64::from(row.len) <= event.len() as u64
}

fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(n: u32) -> String {
        format!(
            r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"t{n}","Status":"FINISH","ErrCode":0,"Message":"","FileId":"5","MediaProcessResultSet":[{{"Type":"Kind{n}","TranscodeTask":null}}]}}}}"#
        )
    }

    fn stored(texts: &[String]) -> Vec<Stored<'_>> {
        (1..).zip(texts.iter().map(String::as_bytes)).collect()
    }

    /// Every row as its place, its TaskId, and what its status is called.
    fn told(decoded: &Decoded) -> Vec<(u64, String, String)> {
        let segment = &decoded.segment;
        let row = |row: &Row| {
            let status = segment.name(row.status).to_owned();
            (row.offset, segment.task_id(row).to_owned(), status)
        };
        segment.rows.iter().map(row).collect()
    }

    fn expected(numbers: &[u32]) -> Vec<(u64, String, String)> {
        let row = |n: &u32| {
            let place = offset_of(i64::from(*n), 0);
            (place, format!("t{n}"), "FINISH".to_owned())
        };
        numbers.iter().map(row).collect()
    }

    #[test]
    fn rows_are_placed_in_the_archive() {
        let texts = [1, 2, 3].map(event);
        let decoded = rows_of(&stored(&texts));
        assert_eq!(told(&decoded), expected(&[1, 2, 3]));
        assert_eq!(decoded.problems, []);
    }

    #[test]
    fn a_broken_event_costs_no_other() {
        let mut texts = [1, 2, 3, 4, 5].map(event);
        texts[1] = "{\"EventType\":\"A\",".to_owned();
        texts[3] = "no event".to_owned();
        let decoded = rows_of(&stored(&texts));
        assert_eq!(told(&decoded), expected(&[1, 3, 5]));
        let places = decoded.problems.iter().map(|problem| problem.offset);
        assert_eq!(
            places.collect::<Vec<_>>(),
            [offset_of(2, 0), offset_of(4, 0)]
        );
    }

    #[test]
    fn an_event_in_two_deliveries_is_what_each_half_is_alone() {
        let whole = event(1);
        for middle in 1..whole.len() {
            let (left, right) = whole.split_at(middle);
            let texts = [event(1), left.to_owned(), right.to_owned(), event(4)];
            let together = rows_of(&stored(&texts));
            let alone = stored(&texts).into_iter().map(|one| rows_of(&[one]));
            let alone: Vec<_> = alone.collect();
            let rows: Vec<_> = alone.iter().flat_map(told).collect();
            assert_eq!(told(&together), rows, "{middle}");
            let problems = alone.into_iter().flat_map(|one| one.problems);
            assert_eq!(together.problems, problems.collect::<Vec<_>>(), "{middle}");
        }
    }

    #[test]
    fn events_over_many_lines_and_empty_ones_are_told() {
        let pretty = event(2).replace(',', ",\n");
        let texts = [event(1), pretty, String::new(), event(4), event(5)];
        let decoded = rows_of(&stored(&texts));
        assert_eq!(told(&decoded), expected(&[1, 2, 4, 5]));
        let kinds = decoded.segment.rows.iter().map(|row| {
            let sub = &decoded.segment.sub_rows(row)[0];
            decoded.segment.name(sub.kind).to_owned()
        });
        assert_eq!(
            kinds.collect::<Vec<_>>(),
            ["Kind1", "Kind2", "Kind4", "Kind5"]
        );
        let reasons = decoded.problems.iter().map(|problem| &problem.reason);
        assert_eq!(reasons.collect::<Vec<_>>(), [&Reason::Empty]);
    }
}
