//! The rows of the sub-tasks, as the overview and the sub-task tab draw them.

use crate::knowledge::error_code::{Explanation, Vocabulary, explain, short_name};
use crate::knowledge::sub_task;
use crate::model::{Detail, Moderation, NodeId, Outcome, Output, OutputKind, SubTask};
use crate::text::{Text, detail as say, format};

use super::template_words::template_words;

/// When the work on a task began and ended, as its sub-tasks tell; Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) begin: i64,
    /// The latest end told.
    pub(super) finish: Option<i64>,
}

impl Span {
    pub(super) fn secs(self) -> Option<i64> {
        Some(self.finish? - self.begin)
    }
}

/// From the first begin to the last end of all sub-tasks.
pub(super) fn span(detail: &Detail) -> Option<Span> {
    let subs = || detail.sub_tasks.iter();
    Some(Span {
        begin: subs().filter_map(|sub| sub.begin).min()?,
        finish: subs().filter_map(|sub| sub.finish).max(),
    })
}

/// A time as a multiple of the media's length.
pub(super) fn ratio(secs: i64, detail: &Detail) -> Option<String> {
    let media = detail
        .media
        .as_ref()?
        .duration_secs
        .filter(|secs| *secs > 0.0)?;
    Some(format::ratio(secs as f64 / media))
}

/// How a result reads beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResultTone {
    Plain,
    Failed,
    Flagged,
}

/// One sub-task as it is drawn.
#[derive(Debug)]
pub(super) struct SubRow {
    pub(super) outcome: Outcome,
    pub(super) name: String,
    /// The API's own name, where `name` is a translation.
    pub(super) api_name: String,
    pub(super) definition: String,
    pub(super) template: String,
    pub(super) result: String,
    pub(super) tone: ResultTone,
    pub(super) took: Option<String>,
    pub(super) ratio: Option<String>,
    pub(super) begin: Option<i64>,
    pub(super) finish: Option<i64>,
    /// Part that is done, while it runs.
    pub(super) progress: Option<f32>,
    pub(super) longest: bool,
    pub(super) node: NodeId,
}

/// All sub-tasks, and what is said of them together.
#[derive(Debug)]
pub(super) struct SubRows {
    pub(super) rows: Vec<SubRow>,
    pub(super) span: Option<Span>,
    /// "4 of 6 succeeded, slowest `Transcode` 16m54s".
    pub(super) caption: String,
    /// "16m58s in all, 0.28× of 59m46s".
    pub(super) total: String,
    /// How long the task waited, or that this is unknown.
    pub(super) queue_wait: String,
}

/// Builds the rows.
pub(super) fn rows(detail: &Detail, text: &Text) -> SubRows {
    let longest = longest(detail);
    let subs = detail.sub_tasks.iter().enumerate();
    let rows = subs.map(|(at, sub)| SubRow {
        longest: longest == Some(at),
        ..row(detail, sub, text)
    });
    let span = span(detail);
    SubRows {
        rows: rows.collect(),
        span,
        caption: caption(detail, longest, text),
        total: total(detail, span, text),
        queue_wait: queue_wait(detail, span, text),
    }
}

fn row(detail: &Detail, sub: &SubTask, text: &Text) -> SubRow {
    let term = text.lang.pick(None, sub_task::term_zh(sub.set, &sub.kind));
    let took = took(sub);
    let (result, tone) = result(detail, sub, text);
    SubRow {
        outcome: sub.outcome,
        name: term.unwrap_or(&sub.kind).to_owned(),
        api_name: term.map_or(String::new(), |_| sub.kind.clone()),
        definition: sub.definition.map_or(String::new(), |n| n.to_string()),
        template: template_words(sub, text),
        result,
        tone,
        took: took.map(say::whole_secs),
        ratio: took.and_then(|secs| ratio(secs, detail)),
        begin: sub.begin,
        finish: sub.finish,
        progress: progress(sub),
        longest: false,
        node: sub.node,
    }
}

fn took(sub: &SubTask) -> Option<i64> {
    let secs = sub.finish? - sub.begin?;
    (secs >= 0).then_some(secs)
}

#[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
fn progress(sub: &SubTask) -> Option<f32> {
    let share = sub.progress.filter(|_| sub.outcome == Outcome::Running)? / 100.0;
    Some(share.clamp(0.0, 1.0) as f32)
}

/// The one that took longest, when there is something to compare it with.
fn longest(detail: &Detail) -> Option<usize> {
    let subs = detail.sub_tasks.iter().enumerate();
    let timed: Vec<(usize, i64)> = subs
        .filter_map(|(at, sub)| Some((at, took(sub)?)))
        .collect();
    let longest = timed.iter().max_by_key(|(_, secs)| *secs)?;
    (timed.len() > 1).then_some(longest.0)
}

/// The explanation of a sub-task's code in its task's vocabulary.
pub(super) fn explanation(detail: &Detail, sub: &SubTask) -> Option<&'static Explanation> {
    let vocabulary = Vocabulary::of_type(&detail.event_type);
    explain(sub.err_code, sub.err_code_ext.as_deref(), vocabulary)
}

/// The code as people search for it: the extended one, else the number as written.
pub(super) fn code(sub: &SubTask) -> Option<String> {
    let ext = sub.err_code_ext.clone();
    let number = sub
        .err_code
        .filter(|code| *code != 0)
        .map(|code| code.to_string());
    ext.or(number).or_else(|| sub.err_code_text.clone())
}

fn error_name(detail: &Detail, sub: &SubTask, text: &Text) -> String {
    let known = explanation(detail, sub).map(|known| known.short_label(text.lang).to_owned());
    let code = || code(sub).map(|code| short_name(&code).to_owned());
    known
        .or_else(code)
        .unwrap_or_else(|| text.verdicts.sub_failed.to_owned())
}

fn result(detail: &Detail, sub: &SubTask, text: &Text) -> (String, ResultTone) {
    let plain = |words: String| (words, ResultTone::Plain);
    match sub.outcome {
        Outcome::Failed => (error_name(detail, sub, text), ResultTone::Failed),
        Outcome::Running => plain(running(sub, text)),
        Outcome::Waiting => plain(text.verdicts.sub_waiting.to_owned()),
        Outcome::Succeeded | Outcome::Unknown => match &sub.moderation {
            Some(moderation) => judged(moderation, text),
            None => plain(products(&sub.outputs, text)),
        },
    }
}

fn running(sub: &SubTask, text: &Text) -> String {
    match sub.progress {
        Some(percent) => format!("{} {} %", text.verdicts.sub_running, format::plain(percent)),
        None => text.verdicts.sub_running.to_owned(),
    }
}

fn judged(moderation: &Moderation, text: &Text) -> (String, ResultTone) {
    let hit = moderation.is_hit();
    let mut parts = Vec::new();
    parts.extend(moderation.suggestion.clone());
    parts.extend(moderation.label.clone().filter(|label| !label.is_empty()));
    if moderation.segment_count > 0 {
        parts.push(say::segments(text.lang, moderation.segment_count));
    }
    let tone = if hit {
        ResultTone::Flagged
    } else {
        ResultTone::Plain
    };
    (parts.join(" · "), tone)
}

fn products(outputs: &[Output], text: &Text) -> String {
    match outputs {
        [] => String::new(),
        [output] => product(output, text),
        several => say::outputs(text.lang, several.len()),
    }
}

fn product(output: &Output, text: &Text) -> String {
    let pictures = output.pictures.len();
    match output.kind {
        OutputKind::Sprites => say::sheets(text.lang, pictures, output.sprite_cells),
        OutputKind::Snapshots => say::images(text.lang, pictures),
        OutputKind::Adaptive => size(output).unwrap_or_default(),
        OutputKind::AnimatedGraphics => size(output).or(resolution(output)).unwrap_or_default(),
        OutputKind::Cover => [resolution(output), extension(output)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        OutputKind::Rendition => rendition(output),
        OutputKind::Other => extension(output).or(size(output)).unwrap_or_default(),
    }
}

fn rendition(output: &Output) -> String {
    let rate = output
        .bitrate_bps
        .filter(|bps| *bps > 0)
        .map(format::bitrate);
    let parts: Vec<String> = [resolution(output), rate].into_iter().flatten().collect();
    if parts.is_empty() {
        return size(output).unwrap_or_default();
    }
    parts.join(" · ")
}

fn resolution(output: &Output) -> Option<String> {
    let (width, height) = (output.width?, output.height?);
    (width > 0 && height > 0).then(|| format::resolution(width, height))
}

fn size(output: &Output) -> Option<String> {
    output
        .size_bytes
        .filter(|bytes| *bytes > 0)
        .map(format::size)
}

fn extension(output: &Output) -> Option<String> {
    let url = output.url.as_deref()?;
    let path = url.split(['?', '#']).next()?;
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    Some(extension.to_ascii_lowercase())
}

fn caption(detail: &Detail, longest: Option<usize>, text: &Text) -> String {
    let subs = &detail.sub_tasks;
    let ok = subs
        .iter()
        .filter(|sub| sub.outcome == Outcome::Succeeded)
        .count();
    let mut caption = say::succeeded(text.lang, ok, subs.len());
    let slowest = longest.and_then(|at| subs.get(at));
    if let Some((sub, secs)) = slowest.and_then(|sub| Some((sub, took(sub)?))) {
        let name = sub_task::label(sub.set, &sub.kind, text.lang);
        caption += &say::slowest(text.lang, &name, &say::whole_secs(secs));
    }
    caption
}

fn total(detail: &Detail, span: Option<Span>, text: &Text) -> String {
    let running = detail
        .sub_tasks
        .iter()
        .any(|sub| matches!(sub.outcome, Outcome::Running | Outcome::Waiting));
    let Some(secs) = span
        .and_then(Span::secs)
        .filter(|secs| *secs >= 0 && !running)
    else {
        return String::new();
    };
    let mut words = say::in_all(text.lang, secs);
    let media = detail.media.as_ref().and_then(|media| media.duration_secs);
    if let Some((ratio, media)) = ratio(secs, detail).zip(media) {
        words += &say::times_media(text.lang, &ratio, &format::duration(media));
    }
    words
}

fn queue_wait(detail: &Detail, span: Option<Span>, text: &Text) -> String {
    let Some(span) = span else {
        return text.detail.no_times.to_owned();
    };
    match detail.create.map(|create| span.begin - create) {
        Some(secs @ 0..) => say::queue_wait(text.lang, secs),
        _ => text.detail.queue_wait_unknown.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::model::Lang;
    use crate::ui::panels::detail::testing::{sample, text};

    /// The rows as lines of text.
    fn lines(file: &str, lang: Lang) -> String {
        let rows = rows(&sample(file), &text(lang));
        let mut out = format!("{}\n{}\n{}\n", rows.caption, rows.total, rows.queue_wait);
        for row in &rows.rows {
            let took = row.took.as_deref().unwrap_or("–");
            let ratio = row.ratio.as_deref().unwrap_or("–");
            let longest = if row.longest { " longest" } else { "" };
            writeln!(
                out,
                "{:?} {} {} | {} {} | {} ({:?}) | {took} {ratio}{longest}",
                row.outcome,
                row.name,
                row.api_name,
                row.definition,
                row.template,
                row.result,
                row.tone
            )
            .unwrap();
        }
        out
    }

    #[test]
    fn failed_rows_name_their_error() {
        insta::assert_snapshot!(lines("04-partly-failed.json", Lang::En));
    }

    #[test]
    fn chinese_names_stand_before_the_api_names() {
        insta::assert_snapshot!(lines("04-partly-failed.json", Lang::Zh));
    }

    #[test]
    fn every_kind_of_result_has_words() {
        insta::assert_snapshot!(lines("03-every-result.json", Lang::En));
    }

    #[test]
    fn running_rows_tell_how_far_they_are() {
        insta::assert_snapshot!(lines("06-running.json", Lang::En));
    }

    #[test]
    fn a_hit_is_flagged_not_failed() {
        insta::assert_snapshot!(lines("08-moderation-hit.json", Lang::En));
    }
}
