//! One task as a program reads it: the stable members of `docs/cli.md`.
//!
//! What an event does not say is `null`, never 0 and never "".

use serde::Serialize;

use crate::decode;
use crate::job::Cancel;
use crate::model::{
    Detail, Format, Lang, Media, Note, Output, RawRef, Reason, SubTask, Verdict, Zone,
};
use crate::store::TaskView;
use crate::text::{format, sentence};

use super::load::Loaded;
use super::moderation;

/// The members that are single values, as columns of a CSV.
pub(super) const FLAT_MEMBERS: [&str; 19] = [
    "task_id",
    "event_type",
    "format",
    "verdict",
    "status",
    "err_code",
    "message",
    "file_id",
    "file_name",
    "media.duration_secs",
    "media.size_bytes",
    "media.bitrate_bps",
    "media.width",
    "media.height",
    "media.container",
    "deliveries",
    "source.path",
    "source.line",
    "source.offset",
];

#[derive(Debug, Serialize)]
pub(super) struct Record {
    pub(super) task_id: Option<String>,
    pub(super) event_type: Option<String>,
    pub(super) format: &'static str,
    pub(super) verdict: Verdict,
    pub(super) status: Option<String>,
    pub(super) err_code: Option<Code>,
    pub(super) message: Option<String>,
    pub(super) file_id: Option<String>,
    pub(super) file_name: Option<String>,
    pub(super) media: Option<MediaRecord>,
    pub(super) sub_tasks: Vec<SubTaskRecord>,
    pub(super) outputs: Vec<OutputRecord>,
    pub(super) cover_urls: Vec<String>,
    pub(super) deliveries: u32,
    pub(super) notes: Vec<String>,
    pub(super) source: SourceRecord,
}

/// An error code: a number, or the text that stands in its place.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Code {
    Number(i64),
    Text(String),
}

#[derive(Debug, Serialize)]
pub(super) struct MediaRecord {
    duration_secs: Option<f64>,
    size_bytes: Option<u64>,
    bitrate_bps: Option<u64>,
    width: Option<u64>,
    height: Option<u64>,
    container: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct SubTaskRecord {
    kind: Option<String>,
    definition: Option<i64>,
    status: Option<String>,
    err_code: Option<Code>,
    err_code_ext: Option<String>,
    message: Option<String>,
    begin: Option<String>,
    finish: Option<String>,
    progress: Option<f64>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OutputRecord {
    /// Of the sub-task that made it: without it the definition would mean nothing.
    kind: Option<String>,
    definition: Option<i64>,
    url: Option<String>,
    width: Option<u64>,
    height: Option<u64>,
    bitrate_bps: Option<u64>,
    size_bytes: Option<u64>,
    duration_secs: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct SourceRecord {
    path: String,
    line: u64,
    offset: u64,
}

/// The event behind a reference, read again.
pub(super) fn detail(loaded: &Loaded, raw: &RawRef) -> Result<Detail, Reason> {
    let bytes = loaded.catalog.reread(raw, &Cancel::default())?;
    decode::detail::detail(&bytes, raw.format, raw.wrapping)
}

impl Record {
    /// A task's newest event in full; what the row tells is kept when it cannot be read again.
    pub(super) fn new(loaded: &Loaded, task: &TaskView<'_>) -> Self {
        let (detail, unread) = match detail(loaded, &task.raw) {
            Ok(detail) => (detail, None),
            Err(reason) => (Detail::default(), Some(sentence::reason(Lang::En, &reason))),
        };
        let units = Units::of(task.format);
        // Where the unit of bitrates is open they are `null` here: there are no raw numbers to speak of.
        let notes = detail
            .notes
            .iter()
            .filter(|note| **note != Note::BitrateUnit);
        let notes = notes.map(|note| sentence::note(Lang::En, note));
        let flagged = moderation::hits(&detail).map(|hit| moderation::note(&hit));
        let notes: Vec<String> = flagged.chain(notes).chain(unread).collect();
        let made = detail.sub_tasks.iter();
        Self {
            task_id: present(task.task_id),
            event_type: present(task.event_type),
            format: task.format.name(),
            verdict: task.verdict,
            status: present(task.status),
            err_code: code(detail.err_code, task.code),
            message: detail.message.filter(|m| !m.is_empty()),
            file_id: present(task.file_id),
            file_name: present(task.file_name),
            media: detail
                .media
                .as_ref()
                .map(|media| MediaRecord::new(media, units)),
            sub_tasks: detail.sub_tasks.iter().map(SubTaskRecord::new).collect(),
            outputs: made.flat_map(|sub| outputs(sub, units)).collect(),
            cover_urls: detail.cover_urls.clone(),
            deliveries: task.deliveries,
            notes,
            source: SourceRecord {
                path: loaded.path(task.source).to_owned(),
                line: task.line,
                offset: task.raw.offset,
            },
        }
    }
}

fn present(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn code(number: Option<i64>, text: &str) -> Option<Code> {
    let number = number.or_else(|| text.parse().ok());
    number
        .map(Code::Number)
        .or_else(|| present(text).map(Code::Text))
}

/// Whether a bitrate can be told in bits per second.
#[derive(Clone, Copy)]
enum Units {
    Known,
    /// 2.0 events are documented with one unit and sent with another.
    Open,
}

impl Units {
    fn of(format: Format) -> Self {
        match format {
            Format::V2 | Format::V2Pull | Format::V2Task => Self::Open,
            _ => Self::Known,
        }
    }

    fn bitrate(self, bps: Option<u64>) -> Option<u64> {
        bps.filter(|_| matches!(self, Self::Known))
    }
}

impl MediaRecord {
    fn new(media: &Media, units: Units) -> Self {
        Self {
            duration_secs: media.duration_secs,
            size_bytes: media.size_bytes,
            bitrate_bps: units.bitrate(media.bitrate_bps),
            width: media.width,
            height: media.height,
            container: media.container.clone().filter(|c| !c.is_empty()),
        }
    }
}

impl SubTaskRecord {
    fn new(sub: &SubTask) -> Self {
        let time = |unix: Option<i64>| unix.map(|unix| format::iso(unix, Zone::Utc));
        Self {
            kind: present(&sub.kind),
            definition: sub.definition,
            status: sub.status.clone().filter(|s| !s.is_empty()),
            err_code: code(
                sub.err_code,
                sub.err_code_text.as_deref().unwrap_or_default(),
            ),
            err_code_ext: sub.err_code_ext.clone().filter(|e| !e.is_empty()),
            message: sub.message.clone().filter(|m| !m.is_empty()),
            begin: time(sub.begin),
            finish: time(sub.finish),
            progress: sub.progress,
        }
    }
}

fn outputs(sub: &SubTask, units: Units) -> Vec<OutputRecord> {
    let records = |output| output_records(&sub.kind, output, units);
    sub.outputs.iter().flat_map(records).collect()
}

/// An output as one record, or one for each of its pictures.
fn output_records(kind: &str, output: &Output, units: Units) -> Vec<OutputRecord> {
    let record = OutputRecord {
        kind: present(kind),
        definition: output.definition,
        url: output.url.clone().filter(|url| !url.is_empty()),
        width: output.width,
        height: output.height,
        bitrate_bps: units.bitrate(output.bitrate_bps),
        size_bytes: output.size_bytes,
        duration_secs: output.duration_secs,
    };
    if output.pictures.is_empty() {
        return vec![record];
    }
    let picture = |url: &str| OutputRecord {
        url: present(url),
        ..record.clone()
    };
    output.pictures.iter().map(|p| picture(&p.url)).collect()
}
