//! Tasks that list no sub-tasks: what they produced hangs on one sub-task named after the task,
//! so that their products are shown where all products are. A task without products gets none.

use super::output::{add_metadata, kind_of, output, outputs};
use super::reader::Reader;
use super::sub_task::{State, said};
use crate::model::{NodeId, Outcome, Output, OutputKind, SubTask, Verdict};

/// Lists in the payload itself, beside `Output`.
const PRODUCT_LISTS: &[&str] = &["PlayInfoSet", "FileInfo", "FileInfoSet"];

/// Tasks whose payload names files they did not make.
const MAKES_NOTHING: &[&str] = &[
    "DeleteFile",
    "FileDelete",
    "FileDeleted",
    "NewFileUpload",
    "Persistence",
    "RestoreMedia",
];

/// The one job of a simple task with the state it tells of itself; `None` when it made nothing.
pub(super) fn job(
    reader: &mut Reader<'_>,
    payload: NodeId,
    event_type: &str,
    state: &State,
    verdict: Verdict,
) -> Option<SubTask> {
    let kind = task_name(event_type);
    if MAKES_NOTHING.contains(&kind) {
        return None;
    }
    let mut outputs = products(reader, payload, kind_of(kind));
    if tells_product_metadata(event_type)
        && let Some(first) = outputs.first_mut()
        && let Some(meta) = reader.object(payload, "MetaData")
    {
        add_metadata(reader, meta, first);
    }
    let definition = reader.integer(payload, "Definition");
    (!outputs.is_empty()).then(|| SubTask {
        kind: kind.to_owned(),
        outcome: outcome_of(verdict),
        status: said(state.status.clone()),
        err_code: state.err_code(),
        err_code_text: state.err_code_text(),
        err_code_ext: said(state.code_ext.clone()),
        message: said(state.message.clone()),
        definition: definition.filter(|definition| *definition != 0),
        outputs,
        node: payload,
        ..SubTask::default()
    })
}

/// What the files and pictures of a task tell one by one, where the task itself tells nothing.
pub(super) fn item_states(reader: &mut Reader<'_>, payload: NodeId) -> Vec<State> {
    let lists = ["FileInfo", "FileInfoSet", "PicInfoSet", "SnapshotInfoSet"];
    let items: Vec<_> = lists
        .iter()
        .flat_map(|list| reader.items(payload, list))
        .collect();
    let states = items.into_iter().map(|item| State::peek(reader, item));
    states.filter(|state| !state.is_silent()).collect()
}

/// The task behind an event's name: `EditMediaComplete` tells of an `EditMedia`.
pub(super) fn task_name(event_type: &str) -> &str {
    let name = event_type.strip_suffix("Event").unwrap_or(event_type);
    name.strip_suffix("Complete").unwrap_or(name)
}

/// Whether `MetaData` beside `Output` describes what was made, not what it was made from.
pub(super) fn tells_product_metadata(event_type: &str) -> bool {
    matches!(
        task_name(event_type),
        "EditMedia" | "ComposeMedia" | "RebuildMedia" | "QualityEnhance"
    )
}

fn outcome_of(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Ok => Outcome::Succeeded,
        Verdict::PartlyFailed | Verdict::Failed => Outcome::Failed,
        Verdict::Running => Outcome::Running,
        Verdict::Unknown => Outcome::Unknown,
    }
}

fn products(reader: &mut Reader<'_>, payload: NodeId, kind: OutputKind) -> Vec<Output> {
    let mut products = Vec::new();
    if let Some(output) = reader.object(payload, "Output") {
        products.extend(outputs(reader, output, kind));
    }
    for list in PRODUCT_LISTS {
        for item in reader.items(payload, list) {
            products.extend(output(reader, item, kind));
            if let Some(inner) = reader.object(item, "Output") {
                products.extend(outputs(reader, inner, kind));
            }
        }
    }
    let is_pictures = matches!(kind, OutputKind::Snapshots | OutputKind::Sprites);
    if is_pictures && let Some(mut pictures) = output(reader, payload, kind) {
        // At this level these name the source, not the pictures.
        pictures.file_id = None;
        pictures.url = None;
        if !pictures.pictures.is_empty() || pictures.vtt_url.is_some() {
            products.push(pictures);
        }
    }
    products.extend(published(reader, payload));
    products
}

/// The page a video was published to.
fn published(reader: &mut Reader<'_>, payload: NodeId) -> Option<Output> {
    let url = reader.text(payload, "WechatUrl")?;
    Some(Output {
        kind: OutputKind::Other,
        url: Some(url),
        node: payload,
        ..Output::default()
    })
}
