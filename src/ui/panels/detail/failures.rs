//! Why a task failed: one entry a failure, with what is known of its code and what the event itself
//! shows about it.

use std::collections::BTreeSet;

use crate::knowledge::error_code::{Explanation, Retry, Vocabulary, WhoActs, explain};
use crate::knowledge::findings::{FindingKind, findings};
use crate::knowledge::sub_task;
use crate::model::{Detail, NodeId, Outcome, SubTask};
use crate::text::{Text, detail as say, format};

use super::sub_rows::code;
use super::template_words::{latest_asked_secs, template_words};

/// One failure.
#[derive(Debug)]
pub(super) struct Failure {
    /// `None`: the task itself.
    pub(super) sub_task: Option<usize>,
    pub(super) node: NodeId,
    pub(super) name: String,
    /// The API's own name, where `name` is a translation.
    pub(super) api_name: String,
    /// "100040 FHD 1080p"; "10, at 3600 s".
    pub(super) asked: String,
    /// As it is searched for; empty when the event gives none.
    pub(super) code: String,
    pub(super) meaning: String,
    /// Verbatim.
    pub(super) message: Option<String>,
    pub(super) known: Option<Known>,
    /// What else the event shows: a heading and a sentence.
    pub(super) checks: Vec<(&'static str, String)>,
}

/// What is known about a code.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) cause: String,
    /// Whether the event itself shows the cause.
    pub(super) cause_is_seen: bool,
    pub(super) who: &'static str,
    /// Added to the one who acts.
    pub(super) who_note: &'static str,
    pub(super) retry: Retry,
    pub(super) retry_words: &'static str,
    pub(super) advice: &'static str,
}

/// All failures of an event.
#[derive(Debug)]
pub(super) struct Failures {
    pub(super) list: Vec<Failure>,
    /// "2 failures, 2 different codes".
    pub(super) caption: String,
}

/// Builds the failures, that of the task itself first.
pub(super) fn rows(detail: &Detail, text: &Text) -> Failures {
    let subs = detail.sub_tasks.iter().enumerate();
    let failed = subs.filter(|(_, sub)| sub.outcome == Outcome::Failed);
    let mut list: Vec<Failure> = failed
        .map(|(at, sub)| of_sub_task(detail, (at, sub), text))
        .collect();
    let own =
        of_task(detail, text).filter(|own| list.iter().all(|failure| failure.code != own.code));
    list.splice(0..0, own);
    let codes: BTreeSet<&str> = list.iter().map(|failure| failure.code.as_str()).collect();
    let caption = say::failures(text.lang, list.len(), codes.len());
    Failures { list, caption }
}

fn of_sub_task(detail: &Detail, (at, sub): (usize, &SubTask), text: &Text) -> Failure {
    let term = text.lang.pick(None, sub_task::term_zh(sub.set, &sub.kind));
    let explained = super::sub_rows::explanation(detail, sub);
    let beyond = beyond_end(detail, sub, text);
    Failure {
        sub_task: Some(at),
        node: sub.node,
        name: term.unwrap_or(&sub.kind).to_owned(),
        api_name: term.map_or(String::new(), |_| sub.kind.clone()),
        asked: asked(sub, text),
        code: code(sub).unwrap_or_default(),
        meaning: meaning(explained, text),
        message: sub.message.clone(),
        known: explained.map(|explained| known(explained, beyond, text)),
        checks: checks(detail, (sub, explained), text),
    }
}

fn of_task(detail: &Detail, text: &Text) -> Option<Failure> {
    let number = detail.err_code.filter(|code| *code != 0);
    let ext = detail.err_code_ext.clone().filter(|ext| !ext.is_empty());
    let code = ext.or(number.map(|code| code.to_string()))?;
    let vocabulary = Vocabulary::of_type(&detail.event_type);
    let explained = explain(number, detail.err_code_ext.as_deref(), vocabulary);
    Some(Failure {
        sub_task: None,
        node: 0,
        name: text.detail.task_itself.to_owned(),
        api_name: String::new(),
        asked: detail.event_type.clone(),
        code,
        meaning: meaning(explained, text),
        message: detail.message.clone(),
        known: explained.map(|explained| known(explained, None, text)),
        checks: Vec::new(),
    })
}

fn asked(sub: &SubTask, text: &Text) -> String {
    let words = template_words(sub, text);
    match sub.definition {
        Some(definition) if words.is_empty() => definition.to_string(),
        // Words that are no name are set apart from the number.
        Some(definition) if latest_asked_secs(sub).is_some() => {
            format!("{definition}{}{words}", text.lang.pick(", ", "，"))
        }
        Some(definition) => format!("{definition} {words}"),
        None => words,
    }
}

fn meaning(explained: Option<&Explanation>, text: &Text) -> String {
    let known = explained.map(|explained| explained.meaning.get(text.lang));
    known.unwrap_or(text.detail.code_unknown).to_owned()
}

/// `seen`: what the event shows as the cause, which beats the general one.
fn known(explained: &Explanation, seen: Option<String>, text: &Text) -> Known {
    let caller = explained.who_acts == WhoActs::Caller;
    Known {
        cause_is_seen: seen.is_some(),
        cause: seen.unwrap_or_else(|| explained.likely_cause.get(text.lang).to_owned()),
        who: explained.who_acts.words(text.lang),
        who_note: if caller { text.detail.who_set_it } else { "" },
        retry: explained.retry,
        retry_words: explained.retry.words(text.lang),
        advice: explained.advice.get(text.lang),
    }
}

/// "Cover asked at 1h00m00s, but the source ends at 59m46s."
fn beyond_end(detail: &Detail, sub: &SubTask, text: &Text) -> Option<String> {
    let asked = latest_asked_secs(sub)?;
    let end = detail.media.as_ref()?.duration_secs?;
    let what = sub_task::short(sub.set, &sub.kind, text.lang);
    let said = || {
        say::beyond_end(
            text.lang,
            what,
            &format::duration(asked),
            &format::duration(end),
        )
    };
    (asked > end).then(said)
}

fn checks(
    detail: &Detail,
    (sub, explained): (&SubTask, Option<&Explanation>),
    text: &Text,
) -> Vec<(&'static str, String)> {
    let mut checks = Vec::new();
    let of_source = explained.is_some_and(|known| known.who_acts == WhoActs::Uploader);
    let short = of_source.then(|| ended_short(detail, text)).flatten();
    let cross = missing_stream(detail, sub, text).or(short);
    checks.extend(cross.map(|words| (text.detail.cross_check, words)));
    if sub.kind == "CoverBySnapshot" && detail.cover_urls.is_empty() {
        checks.push((
            text.detail.side_effect,
            text.detail.no_cover_flow.to_owned(),
        ));
    }
    checks
}

/// The outputs that end before the source does, by how much the shortest does.
fn ended_short(detail: &Detail, text: &Text) -> Option<String> {
    let mut names = Vec::new();
    let mut by = 0.0_f64;
    for finding in findings(detail) {
        let FindingKind::DurationDrift { secs } = finding.what else {
            continue;
        };
        let sub = detail.sub_tasks.get(finding.place.sub_task);
        let output = sub.and_then(|sub| sub.outputs.get(finding.place.output));
        if let (Some(output), true) = (output, secs < 0.0) {
            let sides = output.width.zip(output.height);
            names.push(sides.map_or_else(
                || text.detail.output.to_owned(),
                |(width, height)| format::short_side(width, height),
            ));
            by = by.max(-secs);
        }
    }
    (!names.is_empty()).then(|| say::ended_short(text.lang, &names, &format::duration(by)))
}

/// What streams the source has, when the code says that one is missing.
fn missing_stream(detail: &Detail, sub: &SubTask, text: &Text) -> Option<String> {
    let ext = sub.err_code_ext.as_deref()?;
    let media = detail.media.as_ref()?;
    let (video, audio) = (media.video_streams.len(), media.audio_streams.len());
    let says_none = ext.contains(".No") && video + audio > 0;
    says_none.then(|| say::source_streams(text.lang, video, audio))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::model::Lang;
    use crate::ui::panels::detail::testing::{sample, text};

    fn lines(file: &str, lang: Lang) -> String {
        let failures = rows(&sample(file), &text(lang));
        let mut out = format!("{}\n", failures.caption);
        for failure in &failures.list {
            let number = failure.sub_task.map_or(0, |at| at + 1);
            writeln!(
                out,
                "#{number} {} {} {}",
                failure.name, failure.api_name, failure.asked
            )
            .unwrap();
            writeln!(
                out,
                "  {}\n  {}\n  {:?}",
                failure.code, failure.meaning, failure.message
            )
            .unwrap();
            if let Some(known) = &failure.known {
                writeln!(out, "  {}\n  {} {}", known.cause, known.who, known.who_note).unwrap();
                writeln!(out, "  {}: {}", known.retry_words, known.advice).unwrap();
            }
            for (name, check) in &failure.checks {
                writeln!(out, "  {name}: {check}").unwrap();
            }
        }
        out
    }

    #[test]
    fn each_failure_says_who_acts_and_what_the_event_shows() {
        insta::assert_snapshot!(lines("04-partly-failed.json", Lang::En));
    }

    #[test]
    fn failures_speak_chinese() {
        insta::assert_snapshot!(lines("04-partly-failed.json", Lang::Zh));
    }

    #[test]
    fn failures_with_one_code_say_so() {
        insta::assert_snapshot!(lines("05-all-failed.json", Lang::En));
    }

    #[test]
    fn an_error_of_the_task_itself_is_a_failure() {
        insta::assert_snapshot!(lines("07-missing-sub-task.json", Lang::En));
    }

    #[test]
    fn a_good_task_has_none() {
        assert!(
            rows(&sample("03-every-result.json"), &text(Lang::En))
                .list
                .is_empty()
        );
    }
}
