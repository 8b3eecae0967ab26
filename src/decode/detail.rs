//! One record in full: every format of the service read into the one [`Detail`].
//!
//! The record becomes a tree that keeps everything; a `Reader` asks it for members by their
//! documented names and remembers what was asked for. What no dedicated part shows ends in
//! [`Detail::facts`], so that nothing a record says is lost; null, "" and empty lists say nothing.
//! Only text that is not JSON is refused: a member of an unexpected shape costs that member alone.

mod context;
mod facts;
mod links;
mod media;
mod media_info;
mod moderation;
mod names;
mod output;
mod place;
mod reader;
mod simple;
mod sub_task;

use std::collections::HashSet;
use std::sync::Arc;

use self::place::Place;
use self::reader::Reader;
use self::sub_task::{State, said};
use super::reach::Reach;
use super::tree;
use super::verdict::{Judgement, is_early, outcome, verdict};
use crate::model::{
    Detail, Format, JsonTree, Media, Moderation, NodeId, Note, OutputKind, Reason, Request,
    ResultSet, SourceCover, SubTask, Wrapping,
};

/// Reads the bytes of one record as they stand in their source.
///
/// A task that lists no sub-tasks but made something (an edited file, sprites of 2017) gets one
/// sub-task named after the task. What a media file owns stands below one sub-task of unknown
/// outcome for each kind of product.
pub fn detail(bytes: &[u8], format: Format, wrapping: Wrapping) -> Result<Detail, Reason> {
    let tree = tree::parse_wrapped(bytes, wrapping)?;
    let mut detail = detail_of(&tree, format);
    detail.tree = Arc::new(tree);
    Ok(detail)
}

fn detail_of(tree: &JsonTree, format: Format) -> Detail {
    let is_v2 = matches!(format, Format::V2 | Format::V2Pull | Format::V2Task);
    let mut reader = Reader::new(tree, is_v2);
    let place = place::place(&mut reader, format);
    let mut detail = Detail {
        format,
        ..Detail::default()
    };
    read_ids(&mut reader, place.payload, &mut detail);
    read_times(&mut reader, &place, &mut detail);
    detail.request = request(&mut reader, place.payload);
    detail.media = source_media(&mut reader, &place);
    read_course(&mut reader, &place, &mut detail);
    detail.moderation = own_moderation(&mut reader, place.payload);
    let basics = basics(&mut reader, place.payload);
    detail.cover_urls = cover_urls(&mut reader, &[place.payload, basics], &detail.sub_tasks);
    detail.source_cover = source_cover(&mut reader, &[basics, place.payload]);
    detail.links = links::links(&mut reader, place.payload, detail.file_id.as_deref());
    detail.facts = facts::facts(&mut reader, place.payload);
    detail.event_type = place.event_type;
    detail.event_handle = place.event_handle;
    detail.notes = notes(reader, format, detail.sub_task_missing);
    detail
}

/// Where the media's own description stands; the payload itself when it has none.
/// Old records wrap it twice.
fn basics(reader: &mut Reader<'_>, payload: NodeId) -> NodeId {
    let outer = reader
        .object(payload, "MediaBasicInfo")
        .or_else(|| reader.object(payload, "BasicInfo"))
        .unwrap_or(payload);
    reader.object(outer, "MediaBasicInfo").unwrap_or(outer)
}

fn read_ids(reader: &mut Reader<'_>, payload: NodeId, detail: &mut Detail) {
    let basics = basics(reader, payload);
    detail.task_id = reader.text(payload, "TaskId");
    detail.file_id = file_id(reader, payload);
    detail.file_name = reader
        .text(payload, "FileName")
        .or_else(|| reader.text(basics, "Name"))
        .or_else(|| {
            let output = reader.object(payload, "Output")?;
            reader.text(output, "MediaName")
        });
    detail.file_url = reader
        .text(payload, "FileUrl")
        .or_else(|| reader.text(basics, "MediaUrl"));
}

/// The media the event is about: told in the payload, in its description, or as what went in or out.
fn file_id(reader: &mut Reader<'_>, payload: NodeId) -> Option<String> {
    if let Some(id) = reader.text(payload, "FileId") {
        return Some(id);
    }
    for part in ["MediaBasicInfo", "Input", "Output"] {
        let part = reader.object(payload, part);
        if let Some(id) = part.and_then(|part| reader.text(part, "FileId")) {
            return Some(id);
        }
    }
    if let Some(id) = reader.text(payload, "SrcFileId") {
        return Some(id);
    }
    let listed = reader.texts(payload, "FileIdSet").into_iter().next();
    listed.or_else(|| {
        let mut files = reader.items(payload, "FileInfo");
        files.extend(reader.items(payload, "FileInfoSet"));
        reader.text(*files.first()?, "FileId")
    })
}

/// Only task answers tell when the whole task was created, began and ended.
fn read_times(reader: &mut Reader<'_>, place: &Place, detail: &mut Detail) {
    let at = place.envelope;
    let is_answer = matches!(
        detail.format,
        Format::TaskDetail | Format::TaskList | Format::V2Task
    );
    if is_answer {
        detail.create = reader.time(at, "CreateTime");
        detail.begin = reader.time(at, "BeginProcessTime");
        detail.finish = reader.time(at, "FinishTime");
    }
    detail.progress = reader.number(place.payload, "Progress");
}

fn request(reader: &mut Reader<'_>, payload: NodeId) -> Request {
    let session_context = reader.text(payload, "SessionContext");
    Request {
        notify_mode: reader.text(payload, "TasksNotifyMode"),
        priority: reader.integer(payload, "TasksPriority"),
        session_id: reader.text(payload, "SessionId"),
        session_context_decoded: session_context.as_deref().and_then(context::decode),
        session_context,
        operator: reader.text(payload, "Operator"),
        operation_type: reader.text(payload, "OperationType"),
    }
}

fn source_media(reader: &mut Reader<'_>, place: &Place) -> Option<Media> {
    if simple::tells_product_metadata(&place.task) {
        return None;
    }
    if let Some(meta) = reader.object(place.payload, "MetaData") {
        return Some(media::media(reader, meta));
    }
    // Transcodes of 2017 tell the duration alone.
    let duration = reader.number(place.payload, "Duration")?;
    Some(Media {
        duration_secs: Some(duration),
        ..Media::default()
    })
}

/// How the task went, and its sub-tasks.
fn read_course(reader: &mut Reader<'_>, place: &Place, detail: &mut Detail) {
    let mut state = state(reader, place, detail.format);
    detail.sub_tasks = match detail.format {
        Format::MediaInfo => media_info::sections(reader, place.payload),
        _ => sub_task::sub_tasks(reader, place.payload),
    };
    // A refused request says nothing about a task.
    if detail.format != Format::ApiError {
        let reach = Reach::of(detail.format, &place.task, place.payload != place.envelope);
        let judgement = judge(&mut state, &detail.sub_tasks, reach, || {
            simple::item_states(reader, place.payload)
        });
        detail.verdict = judgement.verdict;
        detail.sub_task_missing = judgement.sub_task_missing;
    }
    if detail.sub_tasks.is_empty() {
        let job = simple::job(reader, place.payload, &place.task, &state, detail.verdict);
        detail.sub_tasks.extend(job);
    }
    detail.err_code = state.err_code();
    detail.err_code_ext = said(state.code_ext);
    detail.status = said(state.status);
    detail.message = said(state.message);
}

/// The verdict by the task's own words and its sub-tasks. Where it is silent and has none, its
/// files and pictures tell; the first one that failed then speaks for the task.
fn judge(
    state: &mut State,
    sub_tasks: &[SubTask],
    reach: Reach,
    items: impl FnOnce() -> Vec<State>,
) -> Judgement {
    if !state.is_silent() || !sub_tasks.is_empty() {
        let outcomes = sub_tasks.iter().map(|sub_task| sub_task.outcome);
        return verdict(&state.claims(), outcomes, reach);
    }
    let items = items();
    let outcomes: Vec<_> = items
        .iter()
        .map(|item| outcome(&item.item_claims(), false))
        .collect();
    let failed = items.iter().position(|item| item.item_claims().is_error());
    let Some(spokesman) = items.into_iter().nth(failed.unwrap_or(0)) else {
        return Judgement::default();
    };
    let judgement = verdict(&spokesman.item_claims(), outcomes, reach);
    state.message = said(state.message.take()).or(spokesman.message);
    state.code = spokesman.code.or(spokesman.status);
    state.code_ext = spokesman.code_ext;
    Judgement {
        sub_task_missing: false,
        ..judgement
    }
}

/// What the task says of itself; task answers say some of it around the payload.
fn state(reader: &mut Reader<'_>, place: &Place, format: Format) -> State {
    if let Some(error) = place.error {
        return State {
            code_ext: reader.text(error, "Code"),
            message: reader.text(error, "Message"),
            ..State::default()
        };
    }
    if format == Format::ApiError {
        return State {
            code: reader.scalar(place.envelope, "code"),
            message: reader.text(place.envelope, "Message"),
            ..State::default()
        };
    }
    let mut state = State::read(reader, place.payload);
    if matches!(format, Format::TaskDetail | Format::V2Task) {
        let outer = State::read(reader, place.envelope);
        let own = state.status.take();
        let both = outer.status.as_deref().zip(own.as_deref());
        state.status = if both.is_some_and(|(outer, own)| is_early(outer, own)) {
            own
        } else {
            said(outer.status).or(own)
        };
        state.code = told_by(state.code, outer.code);
        state.code_ext = told_by(state.code_ext, outer.code_ext);
        state.message = said(state.message).or(outer.message);
    }
    state
}

/// The payload's own text, else the one around it; an empty one says at least that there is none.
fn told_by(own: Option<String>, outer: Option<String>) -> Option<String> {
    match own {
        Some(own) if !own.is_empty() => Some(own),
        own => outer.or(own),
    }
}

/// The judgement of a moderation that is a task of its own, or that a media file carries.
fn own_moderation(reader: &mut Reader<'_>, payload: NodeId) -> Option<Moderation> {
    if let Some(output) = reader.object(payload, "Output") {
        return moderation::moderation(reader, output);
    }
    let review = reader.object(payload, "ReviewInfo")?;
    let review = reader.object(review, "MediaReviewInfo")?;
    moderation::moderation(reader, review)
}

/// Covers the event names and covers its sub-tasks made, each once.
fn cover_urls(reader: &mut Reader<'_>, places: &[NodeId], sub_tasks: &[SubTask]) -> Vec<String> {
    let told = places.iter().filter_map(|at| reader.text(*at, "CoverUrl"));
    let mut urls: Vec<String> = told.collect();
    let made = sub_tasks
        .iter()
        .filter(|sub_task| sub_task.set == ResultSet::Media)
        .flat_map(|sub_task| &sub_task.outputs)
        .filter(|output| output.kind == OutputKind::Cover);
    urls.extend(made.filter_map(|output| output.url.clone()));
    let mut seen = HashSet::new();
    urls.retain(|url| seen.insert(url.clone()));
    urls
}

/// The cover the media has already. Nothing that a sub-task made is among it.
fn source_cover(reader: &mut Reader<'_>, places: &[NodeId]) -> Option<SourceCover> {
    let named = |at: &NodeId| {
        let url = reader.peek_text(*at, "CoverUrl")?;
        Some(SourceCover { url, node: *at })
    };
    places.iter().find_map(named)
}

fn notes(mut reader: Reader<'_>, format: Format, sub_task_missing: bool) -> Vec<Note> {
    if format == Format::Mps {
        reader.note(Note::OtherProduct);
    }
    if sub_task_missing {
        reader.note(Note::SubTaskMissing);
    }
    // Of these the documentation is not known in full: what is new in them cannot be told.
    let tells_unknown = !reader.is_v2 && !matches!(format, Format::Mps | Format::ApiError);
    facts::add_notes(&mut reader, tells_unknown);
    reader.into_notes()
}
