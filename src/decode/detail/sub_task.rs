//! The sub-tasks a task flow lists, in all of its result lists.

use super::facts::facts_below;
use super::moderation::moderation;
use super::output::{kind_of, outputs};
use super::reader::Reader;
use crate::decode::verdict::{Claims, outcome};
use crate::model::{Fact, NodeId, Note, OutputKind, ResultSet, SubTask};

/// Lists of sub-tasks, with the `Type` of items that name none.
const LISTS: &[(&str, ResultSet, &str)] = &[
    ("MediaProcessResultSet", ResultSet::Media, ""),
    (
        "ComplexAdaptiveDynamicStreamingTaskResultSet",
        ResultSet::Media,
        "AdaptiveDynamicStreaming",
    ),
    ("SubTaskSet", ResultSet::Media, ""),
    ("AiContentReviewResultSet", ResultSet::ContentReview, ""),
    ("AiAnalysisResultSet", ResultSet::Analysis, ""),
    ("AiRecognitionResultSet", ResultSet::Recognition, ""),
];

/// What a task or sub-task tells about how it went, as it is written: "" is kept, for an empty
/// ErrCodeExt says that there was no error.
#[derive(Default)]
pub(super) struct State {
    pub(super) status: Option<String>,
    /// ErrCode as it is written.
    pub(super) code: Option<String>,
    pub(super) code_ext: Option<String>,
    pub(super) message: Option<String>,
}

impl State {
    pub(super) fn read(reader: &mut Reader<'_>, at: NodeId) -> Self {
        for name in ["Status", "ErrCode", "ErrCodeExt", "Message"] {
            let told = reader.find(at, name);
            if let Some(id) = told.filter(|id| reader.text_of(*id).is_some()) {
                reader.mark(id);
            }
        }
        Self::peek(reader, at)
    }

    /// Reads without showing: the members stay facts.
    pub(super) fn peek(reader: &mut Reader<'_>, at: NodeId) -> Self {
        let mut text = |name| {
            let id = reader.find(at, name)?;
            reader.text_of(id).map(str::to_owned)
        };
        Self {
            status: text("Status"),
            code: text("ErrCode"),
            code_ext: text("ErrCodeExt"),
            message: text("Message"),
        }
    }

    pub(super) fn claims(&self) -> Claims<'_> {
        Claims {
            status: self.status.as_deref(),
            err_code: self.code.as_deref(),
            err_code_ext: self.code_ext.as_deref(),
        }
    }

    /// Whether it tells neither a status nor a code.
    pub(super) fn is_silent(&self) -> bool {
        self.status.is_none() && self.code.is_none() && self.code_ext.is_none()
    }

    /// The claims of an item whose code is all it tells: then the code is its status.
    pub(super) fn item_claims(&self) -> Claims<'_> {
        Claims {
            status: self.status.as_deref().or(self.code.as_deref()),
            ..self.claims()
        }
    }

    /// ErrCode as a number; simple events of the 2.0 format write it as their status.
    pub(super) fn err_code(&self) -> Option<i64> {
        let code = self.code.as_deref().or(self.status.as_deref());
        code?.trim().parse().ok()
    }

    /// ErrCode as it is written, when it is no number.
    pub(super) fn err_code_text(&self) -> Option<String> {
        let code = self.code.clone().filter(|code| !code.is_empty());
        code.filter(|_| self.err_code().is_none())
    }
}

/// A text that is not empty.
pub(super) fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// All sub-tasks in event order.
pub(super) fn sub_tasks(reader: &mut Reader<'_>, payload: NodeId) -> Vec<SubTask> {
    let mut sub_tasks = Vec::new();
    for (list, set, kind) in LISTS {
        for item in reader.items(payload, list) {
            if reader.is_object(item) {
                sub_tasks.push(sub_task(reader, item, *set, kind));
            }
        }
    }
    sub_tasks.sort_by_key(|sub_task| sub_task.node);
    sub_tasks
}

fn sub_task(reader: &mut Reader<'_>, item: NodeId, set: ResultSet, default_kind: &str) -> SubTask {
    let told = reader.first_text(item, &["Type", "TaskType", "type"]);
    let job = job(reader, item);
    let kind = told.unwrap_or_else(|| {
        let member = if job == item { "" } else { reader.name_of(job) };
        let kind = member.strip_suffix("Task").unwrap_or(member);
        if kind.is_empty() { default_kind } else { kind }.to_owned()
    });
    if job != item {
        note_other_member(reader, job, &kind);
    }
    read_job(
        reader,
        item,
        job,
        SubTask {
            set,
            kind,
            ..SubTask::default()
        },
    )
}

/// The one object `…Task` of a 3.0 item; a 2.0 item is its own.
fn job(reader: &Reader<'_>, item: NodeId) -> NodeId {
    let wraps = |id: &NodeId| reader.is_object(*id) && reader.name_of(*id).ends_with("Task");
    reader.tree.children(item).find(wraps).unwrap_or(item)
}

fn read_job(reader: &mut Reader<'_>, item: NodeId, job: NodeId, start: SubTask) -> SubTask {
    let state = State::read(reader, job);
    let begin = reader.time(job, "BeginProcessTime");
    let finish = reader.time(job, "FinishTime");
    let outcome = outcome(&state.claims(), begin.is_some() || finish.is_some());
    let progress = reader
        .number(job, "Progress")
        .or_else(|| reader.number(item, "Progress"));
    let input = reader.find(job, "Input");
    let output = reader.object(job, "Output");
    let mut sub_task = SubTask {
        outcome,
        err_code: state.err_code(),
        err_code_text: state.err_code_text(),
        err_code_ext: said(state.code_ext),
        status: said(state.status),
        message: said(state.message),
        progress,
        begin,
        finish,
        node: item,
        ..start
    };
    sub_task.definition = input.and_then(|input| reader.integer(input, "Definition"));
    if let Some(output) = output {
        read_output(reader, output, &mut sub_task);
    }
    sub_task.input = input.map_or_else(Vec::new, |input| input_facts(reader, input));
    sub_task
}

fn read_output(reader: &mut Reader<'_>, output: NodeId, sub_task: &mut SubTask) {
    compare_definitions(reader, output, sub_task);
    sub_task.moderation = moderation(reader, output);
    let kind = match sub_task.set {
        ResultSet::Media | ResultSet::Analysis => kind_of(&sub_task.kind),
        ResultSet::Recognition => OutputKind::Other,
        // A judgement points to pictures and lists of the source; it makes nothing.
        ResultSet::ContentReview => return,
    };
    sub_task.outputs = outputs(reader, output, kind);
    if sub_task.set == ResultSet::Media {
        // Outputs often name template 0 where the input names the real one.
        for output in &mut sub_task.outputs {
            output.definition = sub_task.definition.or(output.definition);
        }
    }
}

fn compare_definitions(reader: &mut Reader<'_>, output: NodeId, sub_task: &mut SubTask) {
    let told = reader
        .integer(output, "Definition")
        .filter(|told| *told != 0);
    let (Some(input), Some(output)) = (sub_task.definition, told) else {
        sub_task.definition = sub_task.definition.or(told);
        return;
    };
    if input != output {
        let kind = sub_task.kind.clone();
        reader.note(Note::DefinitionDiffers {
            kind,
            input,
            output,
        });
    }
}

fn input_facts(reader: &mut Reader<'_>, input: NodeId) -> Vec<Fact> {
    if let Some(text) = reader.text_of(input) {
        reader.mark(input);
        return vec![Fact {
            path: "Input".to_owned(),
            value: text.to_owned(),
            node: input,
        }];
    }
    facts_below(reader, input)
}

/// Notes a `…Task` member that is named otherwise than its `Type` asks for.
fn note_other_member(reader: &mut Reader<'_>, job: NodeId, kind: &str) {
    let found = reader.name_of(job);
    let documented = documented_member(kind);
    if found != documented && !found.is_empty() {
        let found = found.to_owned();
        reader.note(Note::Alias {
            found,
            taken_for: documented,
        });
    }
}

/// The documented member of a `Type`: the type without dots, with a few irregular ones.
fn documented_member(kind: &str) -> String {
    let stem = match kind {
        "AnimatedGraphics" => "AnimatedGraphic",
        "ImageSprites" => "ImageSprite",
        _ => kind.strip_suffix("Recognition").unwrap_or(kind),
    };
    stem.replace('.', "") + "Task"
}
