//! What a row of the list says, in words and numbers; made for the rows in sight only.

use super::super::live::RingWords;
use super::times::Times;
use crate::knowledge::error_code::{self, Vocabulary};
use crate::knowledge::sub_task;
use crate::knowledge::template::{TemplateKind, preset};
use crate::model::{Format, NO_DEFINITION, Outcome, RowFlags, SubRow, Verdict};
use crate::store::{Index, TaskView};
use crate::text::sentence::{RowCounts, row_verdict};
use crate::text::{Text, format, frame};
use crate::ui::Cx;

/// How many of the things that failed a row names.
const MOST_NAMES: usize = 2;

/// One row of the list.
pub(super) struct Row<'a> {
    pub(super) verdict: Verdict,
    /// The file's name, or what stands for it.
    pub(super) name: &'a str,
    /// The event names its file.
    pub(super) named: bool,
    pub(super) words: String,
    /// What the moderation hit is called, where there is one.
    pub(super) flagged: Option<&'static str>,
    /// The task's id, else the file's, with its middle left out; empty without one.
    pub(super) id: String,
    pub(super) duration: Option<String>,
    pub(super) time: Option<String>,
    /// How wide the times of all rows in sight stand.
    pub(super) time_width: f32,
    /// `×3`, when it was delivered more than once.
    pub(super) deliveries: Option<String>,
    pub(super) marked: bool,
    pub(super) sub_rows: &'a [SubRow],
    /// Progress of a running task, from 0 to 1.
    pub(super) progress: Option<f32>,
    /// Only its summary was listed: nobody knows yet, or ever, how it went.
    pub(super) summary_only: bool,
    /// How it stands with the event in a borrowed queue.
    pub(super) ring: Option<RingWords>,
}

impl Row<'_> {
    /// As it is read aloud.
    pub(super) fn spoken(&self) -> String {
        let ring = self.ring.as_ref().map(|ring| ring.spoken.as_str());
        let parts = [Some(self.name), Some(&self.words), self.flagged, ring];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What hovering adds: what had to be cut, and what the flag means.
    pub(super) fn hint(&self, cut: bool) -> Option<String> {
        let whole = cut.then(|| format!("{}\n{}", self.name, self.words));
        match (whole, self.flagged) {
            (Some(whole), Some(flag)) => Some(format!("{whole}\n{flag}")),
            (whole, flag) => whole.or(flag.map(str::to_owned)),
        }
    }
}

pub(super) fn row<'a>(cx: &Cx<'a>, task: &TaskView<'a>, times: Times) -> Row<'a> {
    let text = cx.text;
    let counts = counts(task.sub_rows);
    let percent = counts.percent.filter(|_| task.verdict == Verdict::Running);
    let id = [task.task_id, task.file_id]
        .into_iter()
        .find(|id| !id.is_empty());
    let flagged = task.flags.contains(RowFlags::MODERATION_HIT);
    let summary = summary_words(cx, task);
    Row {
        verdict: task.verdict,
        name: name(task, text),
        named: !task.file_name.is_empty(),
        words: summary.map_or_else(|| verdict_words(&cx.state.index, task, text), str::to_owned),
        flagged: flagged.then_some(text.verdicts.moderation_hit),
        id: id.map_or_else(String::new, format::short_id),
        duration: task
            .duration_secs
            .map(|secs| format::duration(f64::from(secs))),
        time: task
            .time()
            .map(|time| times.words(i64::from(time), text.zone)),
        time_width: times.width,
        deliveries: (task.deliveries > 1).then(|| format!("×{}", task.deliveries)),
        marked: cx.state.list.marked.contains(&task.idx),
        sub_rows: task.sub_rows,
        progress: percent.map(|percent| f32::from(percent) / 100.0),
        summary_only: summary.is_some(),
        ring: ring(cx, task),
    }
}

/// What stands for the verdict of a task that a pull has listed and not fetched.
fn summary_words(cx: &Cx<'_>, task: &TaskView<'_>) -> Option<&'static str> {
    if task.format != Format::TaskList {
        return None;
    }
    if let Some(pull) = cx.state.live.pull(task.source) {
        return Some(if pull.phase.is_under_way() {
            cx.text.live.waiting_for_detail
        } else {
            cx.text.live.no_detail
        });
    }
    let source = cx.state.sources.get(task.source)?;
    source.info.live.as_ref().map(|_| cx.text.live.no_detail)
}

fn ring(cx: &Cx<'_>, task: &TaskView<'_>) -> Option<RingWords> {
    let ring = cx.state.live.ring_of(task, cx.state.millis)?;
    Some(RingWords::of(ring, cx.text))
}

/// The file's name; for an event that tells none, its type.
fn name<'a>(task: &TaskView<'a>, text: &Text) -> &'a str {
    let names = [task.file_name, task.event_type];
    let told = names.into_iter().find(|name| !name.is_empty());
    told.unwrap_or(text.list.unnamed)
}

/// The verdict in words: "2 of 6 failed: 1080p, Cover".
pub(super) fn verdict_words(index: &Index, task: &TaskView<'_>, text: &Text) -> String {
    if task.verdict == Verdict::Unknown {
        // The type stands in the name's place already.
        if task.file_name.is_empty() && !task.event_type.is_empty() {
            return text.list.no_outcome.to_owned();
        }
        return frame::event_of_type(text.lang, task.event_type);
    }
    let counts = counts(task.sub_rows);
    let failed = if task.verdict.has_failure() {
        what_failed(index, task, text)
    } else {
        String::new()
    };
    row_verdict(text.lang, task.verdict, counts, &failed)
}

fn counts(sub_rows: &[SubRow]) -> RowCounts {
    let count = |wanted| sub_rows.iter().filter(|sub| sub.outcome == wanted).count();
    RowCounts {
        total: sub_rows.len(),
        ok: count(Outcome::Succeeded),
        bad: count(Outcome::Failed),
        percent: percent(sub_rows),
    }
}

/// The average progress of those that tell theirs.
fn percent(sub_rows: &[SubRow]) -> Option<u8> {
    let told = |sub: &&SubRow| sub.progress <= 100;
    let sum: u32 = sub_rows
        .iter()
        .filter(told)
        .map(|sub| u32::from(sub.progress))
        .sum();
    let count = u32::try_from(sub_rows.iter().filter(told).count()).ok()?;
    u8::try_from(sum.checked_div(count)?).ok()
}

/// When all failed for one reason, the reason; else the things that failed.
fn what_failed(index: &Index, task: &TaskView<'_>, text: &Text) -> String {
    if task.verdict == Verdict::Failed
        && let Some(code) = common_code(index, task)
    {
        return code_words(code, task.event_type, text);
    }
    let failed = task
        .sub_rows
        .iter()
        .filter(|sub| sub.outcome == Outcome::Failed);
    let mut names: Vec<&str> = Vec::new();
    for sub in failed {
        let name = thing(sub, index.name(sub.kind), text);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len() > MOST_NAMES;
    names.truncate(MOST_NAMES);
    if more {
        names.push("…");
    }
    names.join(text.lang.pick(", ", "、"))
}

/// The code that all failed sub-tasks share, or the task's own where there are none.
fn common_code<'a>(index: &'a Index, task: &TaskView<'a>) -> Option<&'a str> {
    let failed = |sub: &&SubRow| sub.outcome == Outcome::Failed;
    let mut codes = task
        .sub_rows
        .iter()
        .filter(failed)
        .map(|sub| index.name(sub.code));
    let first = match codes.next() {
        Some(code) => code,
        None => task.code,
    };
    let same = codes.all(|code| code == first);
    (same && !first.is_empty()).then_some(first)
}

/// English keeps the code's own last part; Chinese says it in a few words where it is known.
pub(super) fn code_words(code: &str, event_type: &str, text: &Text) -> String {
    let number = code.parse().ok();
    let ext = if number.is_none() { Some(code) } else { None };
    let known = error_code::explain(number, ext, Vocabulary::of_type(event_type));
    let own = error_code::short_name(code);
    match known {
        Some(known) if number.is_some() => known.short_label(text.lang),
        Some(known) => text.lang.pick(own, known.short_label(text.lang)),
        None => own,
    }
    .to_owned()
}

/// What a sub-task makes, as short as people say it: the resolution of a transcode, else its kind.
fn thing<'a>(sub: &SubRow, kind: &'a str, text: &Text) -> &'a str {
    let family = TemplateKind::of_sub_task(sub.set, kind);
    if family == Some(TemplateKind::Transcode) && sub.definition != NO_DEFINITION {
        let known = preset(TemplateKind::Transcode, i64::from(sub.definition));
        if let Some(last) = known.and_then(|known| known.name.en.rsplit(' ').next()) {
            return last;
        }
    }
    sub_task::short(sub.set, kind, text.lang)
}
