//! One task as a program reads it: the stable members of `docs/cli.md`.
//!
//! What an event does not say is `null`, never 0 and never "".

use serde::Serialize;

use crate::decode;
use crate::job::Cancel;
use crate::model::{
    Detail, Lang, Media, Output, OutputKind, RawRef, Reason, SubTask, Verdict, Zone,
};
use crate::store::TaskView;
use crate::text::{format, sentence};

use super::load::Loaded;

#[derive(Debug, Serialize)]
pub(super) struct Record {
    pub(super) task_id: Option<String>,
    pub(super) event_type: Option<String>,
    pub(super) format: &'static str,
    pub(super) verdict: Verdict,
    pub(super) status: Option<String>,
    pub(super) err_code: Option<i64>,
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
    kind: String,
    definition: Option<i64>,
    status: Option<String>,
    err_code: Option<i64>,
    err_code_ext: Option<String>,
    message: Option<String>,
    begin: Option<String>,
    finish: Option<String>,
    progress: Option<f64>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OutputRecord {
    kind: &'static str,
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
    decode::detail::detail(&bytes, raw.format, raw.escaped)
}

impl Record {
    /// A task's newest event in full; what the row tells is kept when it cannot be read again.
    pub(super) fn new(loaded: &Loaded, task: &TaskView<'_>) -> Self {
        let (detail, unread) = match detail(loaded, &task.raw) {
            Ok(detail) => (detail, None),
            Err(reason) => (Detail::default(), Some(sentence::reason(Lang::En, &reason))),
        };
        let notes = detail.notes.iter().map(|note| sentence::note(Lang::En, note));
        Self {
            task_id: present(task.task_id),
            event_type: present(task.event_type),
            format: task.format.name(),
            verdict: task.verdict,
            status: present(task.status),
            err_code: detail.err_code,
            message: detail.message.filter(|m| !m.is_empty()),
            file_id: present(task.file_id),
            file_name: present(task.file_name),
            media: detail.media.as_ref().map(MediaRecord::new),
            sub_tasks: detail.sub_tasks.iter().map(SubTaskRecord::new).collect(),
            outputs: detail.sub_tasks.iter().flat_map(|sub| &sub.outputs).flat_map(outputs).collect(),
            cover_urls: detail.cover_urls.clone(),
            deliveries: task.deliveries,
            notes: notes.chain(unread).collect(),
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

impl MediaRecord {
    fn new(media: &Media) -> Self {
        Self {
            duration_secs: media.duration_secs,
            size_bytes: media.size_bytes,
            bitrate_bps: media.bitrate_bps,
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
            kind: sub.kind.clone(),
            definition: sub.definition,
            status: sub.status.clone().filter(|s| !s.is_empty()),
            err_code: sub.err_code,
            err_code_ext: sub.err_code_ext.clone().filter(|e| !e.is_empty()),
            message: sub.message.clone().filter(|m| !m.is_empty()),
            begin: time(sub.begin),
            finish: time(sub.finish),
            progress: sub.progress,
        }
    }
}

/// An output as one record, or one for each of its pictures.
fn outputs(output: &Output) -> Vec<OutputRecord> {
    let record = OutputRecord {
        kind: kind_name(output.kind),
        definition: output.definition,
        url: output.url.clone().filter(|url| !url.is_empty()),
        width: output.width,
        height: output.height,
        bitrate_bps: output.bitrate_bps,
        size_bytes: output.size_bytes,
        duration_secs: output.duration_secs,
    };
    if output.pictures.is_empty() {
        return vec![record];
    }
    let picture = |url: &String| OutputRecord {
        url: Some(url.clone()),
        ..record.clone()
    };
    output.pictures.iter().map(|p| picture(&p.url)).collect()
}

fn kind_name(kind: OutputKind) -> &'static str {
    match kind {
        OutputKind::Rendition => "rendition",
        OutputKind::Adaptive => "adaptive",
        OutputKind::AnimatedGraphics => "animated_graphics",
        OutputKind::Cover => "cover",
        OutputKind::Snapshots => "snapshots",
        OutputKind::Sprites => "sprites",
        OutputKind::Other => "other",
    }
}
