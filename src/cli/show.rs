//! `vodscope show`: one task in full, for a person or for a program.

mod sub_tasks;

use std::io::{self, Write};

use crate::knowledge::error_code::{self, Explanation, Vocabulary};
use crate::knowledge::sub_task;
use crate::model::{Detail, Lang, Media, Note, Outcome, SubTask, Verdict, Zone};
use crate::store::TaskView;
use crate::text::{Text, format, sentence};

use super::args::{ShowArgs, ShowFormat};
use super::load::Loaded;
use super::record::{Record, detail};
use super::{Found, complain, moderation, output};

pub(super) fn print(
    args: &ShowArgs,
    loaded: &Loaded,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<Found> {
    let found = loaded.index.find(&args.task_id);
    let Some(task) = found.and_then(|idx| loaded.index.task(idx)) else {
        complain(&lang.pick(
            format!(
                "No task {} in what was read; `vodscope list` prints the ones there are",
                args.task_id
            ),
            format!(
                "读取的内容中没有任务 {}；可用 `vodscope list` 列出全部任务",
                args.task_id
            ),
        ));
        return Ok(Found::No);
    };
    match args.format {
        ShowFormat::Json => output::json_line(&Record::new(loaded, &task), out)?,
        ShowFormat::Text => {
            let mut text = Vec::new();
            person(loaded, &task, lang, &mut text)?;
            for line in String::from_utf8_lossy(&text).lines() {
                writeln!(out, "{}", output::visible(line))?;
            }
        }
    }
    Ok(Found::Yes)
}

fn person(loaded: &Loaded, task: &TaskView<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let text = Text::new(lang, Zone::Beijing);
    let detail = match detail(loaded, &task.raw) {
        Ok(detail) => detail,
        Err(reason) => return writeln!(out, "{}", sentence::reason(lang, &reason)),
    };
    head(loaded, task, &detail, &text, out)?;
    if let Some(media) = &detail.media {
        writeln!(out, "\n{}: {}", text.detail.source, media_line(media))?;
    }
    if let Some(judgement) = moderation::of_its_own(&detail) {
        let words = moderation::judged(judgement, lang);
        writeln!(out, "\n{}: {words}", text.detail.moderation)?;
    }
    sub_tasks::table(&detail, &text, out)?;
    failures(&detail, &text, out)?;
    // A missing sub-task was told of as a failure.
    let notes = detail
        .notes
        .iter()
        .filter(|note| **note != Note::SubTaskMissing);
    for note in notes {
        writeln!(out, "• {}", sentence::note(lang, note))?;
    }
    Ok(())
}

fn head(
    loaded: &Loaded,
    task: &TaskView<'_>,
    detail: &Detail,
    text: &Text,
    out: &mut dyn Write,
) -> io::Result<()> {
    let outcomes: Vec<Outcome> = detail.sub_tasks.iter().map(|sub| sub.outcome).collect();
    let name = [task.file_name, task.task_id, task.event_type];
    writeln!(
        out,
        "{}",
        name.into_iter()
            .find(|n| !n.is_empty())
            .unwrap_or(text.list.unnamed)
    )?;
    let verdict = sentence::verdict(
        text.lang,
        detail.verdict,
        &outcomes,
        detail.sub_task_missing,
    );
    writeln!(out, "{verdict}")?;
    if let Some(flagged) = moderation::flag_line(detail, text) {
        writeln!(out, "{flagged}")?;
    }
    let code = detail
        .err_code
        .filter(|code| *code != 0)
        .map(|code| code.to_string());
    let ended = !matches!(task.verdict, Verdict::Running | Verdict::Unknown);
    let finished = task.finish.filter(|_| ended);
    let finished = finished.map(|unix| format::date_time(i64::from(unix), text.zone));
    let place = format!(
        "{}:{}:{}",
        loaded.path(task.source),
        task.line,
        task.raw.offset
    );
    let lines = [
        ("TaskId", Some(task.task_id.to_owned())),
        ("FileId", Some(task.file_id.to_owned())),
        ("EventType", Some(task.event_type.to_owned())),
        ("Status", Some(task.status.to_owned())),
        ("ErrCode", code),
        ("Message", detail.message.clone()),
        (text.list.finished, finished),
        (text.load.file, Some(place)),
    ];
    for (name, value) in lines {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            writeln!(out, "  {name}: {value}")?;
        }
    }
    Ok(())
}

fn media_line(media: &Media) -> String {
    let resolution = media
        .width
        .zip(media.height)
        .filter(|(w, h)| *w > 0 && *h > 0);
    [
        media.duration_secs.map(format::duration),
        resolution.map(|(w, h)| format::resolution(w, h)),
        media
            .bitrate_bps
            .map(|bps| bitrate(bps, media.bitrate_unit_unknown)),
        media.size_bytes.map(format::size),
        media.container.clone(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// With its unit, where the event leaves no doubt about it.
fn bitrate(bps: u64, unit_unknown: bool) -> String {
    if unit_unknown {
        bps.to_string()
    } else {
        format::bitrate(bps)
    }
}

fn code_of(sub: &SubTask) -> Option<String> {
    let ext = sub.err_code_ext.clone().filter(|ext| !ext.is_empty());
    let number = sub.err_code.filter(|code| *code != 0);
    ext.or_else(|| number.map(|code| code.to_string()))
        .or_else(|| sub.err_code_text.clone())
}

fn failures(detail: &Detail, text: &Text, out: &mut dyn Write) -> io::Result<()> {
    let vocabulary = Vocabulary::of_type(&detail.event_type);
    let failed = detail
        .sub_tasks
        .iter()
        .filter(|sub| sub.outcome == Outcome::Failed);
    for sub in failed {
        let code = code_of(sub).unwrap_or_else(|| format::MISSING.to_owned());
        let kind = sub_task::label(sub.set, &sub.kind, text.lang);
        writeln!(out, "\n✗ {kind} {code}")?;
        let known = error_code::explain(sub.err_code, sub.err_code_ext.as_deref(), vocabulary);
        explain(known, text, out)?;
        if let Some(message) = sub.message.as_deref().filter(|m| !m.is_empty()) {
            writeln!(out, "  Message: {message}")?;
        }
    }
    if detail.sub_task_missing {
        writeln!(out, "\n✗ {}", text.detail.missing_sub_task)?;
        let (code, ext) = (detail.err_code, detail.err_code_ext.as_deref());
        explain(error_code::explain(code, ext, vocabulary), text, out)?;
    }
    writeln!(out)
}

fn explain(known: Option<&Explanation>, text: &Text, out: &mut dyn Write) -> io::Result<()> {
    let Some(known) = known else {
        return writeln!(out, "  {}", text.detail.code_unknown);
    };
    let lang = text.lang;
    writeln!(out, "  {}", known.meaning.get(lang))?;
    writeln!(
        out,
        "  {}: {}",
        text.detail.likely_cause,
        known.likely_cause.get(lang)
    )?;
    writeln!(
        out,
        "  {}: {}",
        text.detail.who_acts,
        known.who_acts.words(lang)
    )?;
    writeln!(out, "  {}: {}", text.detail.retry, known.retry.words(lang))
}
