//! The table of a task's sub-tasks.

use std::io::{self, Write};

use crate::cli::{moderation, output};
use crate::knowledge::{sub_task, template};
use crate::model::{Detail, Lang, Note, Outcome, Output, OutputKind, SubTask};
use crate::text::{Text, format};

use super::{bitrate, code_of};

pub(super) fn table(detail: &Detail, text: &Text, out: &mut dyn Write) -> io::Result<()> {
    if detail.sub_tasks.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", text.detail.sub_tasks)?;
    let header = [
        text.detail.sub_task,
        text.detail.template,
        text.detail.status,
        text.detail.took_column,
        text.detail.result,
    ];
    let unit_unknown = detail.notes.contains(&Note::BitrateUnit);
    let row = |sub| row(sub, text, unit_unknown);
    let rows: Vec<Vec<String>> = detail.sub_tasks.iter().map(row).collect();
    output::table(&header, &rows, out)
}

fn row(sub: &SubTask, text: &Text, unit_unknown: bool) -> Vec<String> {
    let missing = || format::MISSING.to_owned();
    let took = sub
        .begin
        .zip(sub.finish)
        .and_then(|(begin, finish)| finish.checked_sub(begin));
    let took = took.filter(|secs| *secs >= 0);
    let result = result(sub, text.lang, unit_unknown);
    vec![
        sub_task::label(sub.set, &sub.kind, text.lang),
        template_words(sub, text.lang).unwrap_or_else(missing),
        outcome(sub.outcome, text).to_owned(),
        took.map_or_else(missing, |secs| format::duration(secs as f64)),
        result
            .filter(|result| !result.is_empty())
            .unwrap_or_else(missing),
    ]
}

fn outcome(outcome: Outcome, text: &Text) -> &'static str {
    match outcome {
        Outcome::Succeeded => text.verdicts.sub_succeeded,
        Outcome::Failed => text.verdicts.sub_failed,
        Outcome::Running => text.verdicts.sub_running,
        Outcome::Waiting => text.verdicts.sub_waiting,
        Outcome::Unknown => text.verdicts.sub_unknown,
    }
}

/// The number with its preset's name. Kinds without templates of their own keep the bare number.
fn template_words(sub: &SubTask, lang: Lang) -> Option<String> {
    let number = sub.definition?;
    let kind = template::TemplateKind::of_sub_task(sub.set, &sub.kind);
    Some(match kind.filter(|_| number > 0) {
        Some(kind) => {
            let name = template::describe(Some(kind), number, lang);
            format!("{number} · {name}")
        }
        None => number.to_string(),
    })
}

fn result(sub: &SubTask, lang: Lang, unit_unknown: bool) -> Option<String> {
    if sub.outcome == Outcome::Failed {
        return code_of(sub);
    }
    if let Some(moderation) = &sub.moderation {
        return Some(moderation::judged(moderation, lang));
    }
    let output = sub.outputs.first()?;
    let resolution = resolution(output).filter(|_| output.kind != OutputKind::Sprites);
    let known_bitrate = output.bitrate_bps.filter(|bps| *bps > 0);
    let parts = [
        resolution,
        known_bitrate.map(|bps| bitrate(bps, unit_unknown)),
        pictures(output, lang),
        output.url.clone(),
    ];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

fn resolution(output: &Output) -> Option<String> {
    let (width, height) = output.width.zip(output.height)?;
    (width > 0 && height > 0).then(|| format::resolution(width, height))
}

/// "4 pictures"; of sprite sheets with the size of a cell, which is all that the event tells.
fn pictures(output: &Output, lang: Lang) -> Option<String> {
    // A cover is its URL.
    let n = match output.pictures.len() {
        0 => return None,
        _ if output.kind == OutputKind::Cover => return None,
        n => format::len(n),
    };
    let en = if n == "1" { "picture" } else { "pictures" };
    let words = lang.pick(format!("{n} {en}"), format!("{n} 张图"));
    if output.kind != OutputKind::Sprites {
        return Some(words);
    }
    let cells = output.sprite_cells.filter(|cells| *cells > 0);
    let size = resolution(output);
    Some(match (cells, size) {
        (Some(cells), Some(size)) => lang.pick(
            format!("{words} of {cells} cells, {size} each"),
            format!("{words}，每张 {cells} 格，每格 {size}"),
        ),
        (None, Some(size)) => lang.pick(
            format!("{words}, cells of {size}"),
            format!("{words}，每格 {size}"),
        ),
        (Some(cells), None) => lang.pick(
            format!("{words} of {cells} cells"),
            format!("{words}，每张 {cells} 格"),
        ),
        (None, None) => words,
    })
}
