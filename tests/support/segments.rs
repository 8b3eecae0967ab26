//! Builds segments row by row, the way decoded blocks look.

use vodscope::model::{
    NO_DEFINITION, NameId, Outcome, ResultSet, Row, RowFlags, Segment, SubRow, Verdict,
};

/// One event to be put into a segment; everything not named is empty.
#[derive(Clone, Debug)]
pub struct Event {
    pub task_id: String,
    pub file_id: String,
    pub file_name: String,
    pub extra_ids: Vec<String>,
    pub type_name: String,
    pub status: String,
    pub code: String,
    pub verdict: Verdict,
    pub flags: RowFlags,
    pub begin: u32,
    pub finish: u32,
    pub checksum: u64,
    pub subs: Vec<Sub>,
}

#[derive(Clone, Debug)]
pub struct Sub {
    pub kind: String,
    pub code: String,
    pub definition: Option<u32>,
    pub set: ResultSet,
    pub outcome: Outcome,
}

/// A finished task of that id.
pub fn event(task_id: &str) -> Event {
    Event {
        task_id: task_id.to_owned(),
        file_id: String::new(),
        file_name: String::new(),
        extra_ids: Vec::new(),
        type_name: "ProcedureStateChanged".to_owned(),
        status: "FINISH".to_owned(),
        code: String::new(),
        verdict: Verdict::Ok,
        flags: RowFlags::default(),
        begin: 0,
        finish: 0,
        checksum: 1,
        subs: Vec::new(),
    }
}

/// A sub-task of that kind that succeeded.
pub fn sub(kind: &str, definition: u32) -> Sub {
    Sub {
        kind: kind.to_owned(),
        code: String::new(),
        definition: Some(definition),
        set: ResultSet::Media,
        outcome: Outcome::Succeeded,
    }
}

/// A sub-task of that kind that failed with that code.
pub fn failed_sub(kind: &str, definition: u32, code: &str) -> Sub {
    Sub {
        code: code.to_owned(),
        outcome: Outcome::Failed,
        ..sub(kind, definition)
    }
}

impl Event {
    pub fn file(self, file_id: &str, file_name: &str) -> Self {
        Self {
            file_id: file_id.to_owned(),
            file_name: file_name.to_owned(),
            ..self
        }
    }

    pub fn linked_to(mut self, id: &str) -> Self {
        self.extra_ids.push(id.to_owned());
        self
    }

    pub fn of_type(self, event_type: &str) -> Self {
        Self {
            type_name: event_type.to_owned(),
            ..self
        }
    }

    pub fn running(self) -> Self {
        Self {
            status: "PROCESSING".to_owned(),
            verdict: Verdict::Running,
            ..self
        }
    }

    pub fn verdict(self, verdict: Verdict) -> Self {
        Self { verdict, ..self }
    }

    pub fn code(self, code: &str) -> Self {
        Self {
            code: code.to_owned(),
            ..self
        }
    }

    pub fn time(self, begin: u32, finish: u32) -> Self {
        Self {
            begin,
            finish,
            ..self
        }
    }

    pub fn checksum(self, checksum: u64) -> Self {
        Self { checksum, ..self }
    }

    pub fn flags(self, flags: RowFlags) -> Self {
        Self { flags, ..self }
    }

    pub fn subs(self, subs: impl Into<Vec<Sub>>) -> Self {
        Self {
            subs: subs.into(),
            ..self
        }
    }
}

/// A segment with these events, one a line.
pub fn segment<'a>(events: impl IntoIterator<Item = &'a Event>) -> Segment {
    let mut segment = Segment::default();
    for event in events {
        push(&mut segment, event);
    }
    segment
}

/// Adds an event to a segment.
pub fn push(segment: &mut Segment, event: &Event) {
    let line = number(segment.rows.len());
    let text_start = number(segment.text.len());
    let sub_start = number(segment.sub_rows.len());
    let extra = event
        .extra_ids
        .iter()
        .fold(String::new(), |text, id| text + "\0" + id);
    segment.text += &event.task_id;
    segment.text += &event.file_id;
    segment.text += &event.file_name;
    segment.text += &extra;
    for sub in &event.subs {
        let sub = sub_row(segment, sub);
        segment.sub_rows.push(sub);
    }
    let row = Row {
        offset: u64::from(line) * 1_000,
        checksum: event.checksum,
        len: 999,
        line,
        text_start,
        name_len: number(event.file_name.len()),
        task_id_len: small(event.task_id.len()),
        file_id_len: small(event.file_id.len()),
        extra_len: small(extra.len()),
        sub_len: small(event.subs.len()),
        sub_start,
        begin: event.begin,
        finish: event.finish,
        duration_secs: -1.0,
        event_type: name(segment, &event.type_name),
        status: name(segment, &event.status),
        code: name(segment, &event.code),
        flags: event.flags,
        verdict: event.verdict,
        ..Row::default()
    };
    segment.rows.push(row);
}

fn sub_row(segment: &mut Segment, sub: &Sub) -> SubRow {
    SubRow {
        definition: sub.definition.unwrap_or(NO_DEFINITION),
        kind: name(segment, &sub.kind),
        code: name(segment, &sub.code),
        set: sub.set,
        outcome: sub.outcome,
        progress: 255,
    }
}

fn name(segment: &mut Segment, name: &str) -> NameId {
    let found = segment.names.iter().position(|n| **n == *name);
    let place = found.unwrap_or_else(|| {
        segment.names.push(name.into());
        segment.names.len() - 1
    });
    small(place)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn small(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
