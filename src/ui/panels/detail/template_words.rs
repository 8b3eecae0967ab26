//! What a sub-task was asked to do, in a few words beside its template number.

use crate::knowledge::template::{TemplateKind, describe};
use crate::model::{Output, OutputKind, Rung, SubTask};
use crate::text::{Text, detail as say};

/// "HD 720p", "HLS, 4 rungs", "at 3600 s".
pub(super) fn template_words(sub: &SubTask, text: &Text) -> String {
    if let Some(position) = position(sub, text) {
        return position;
    }
    let Some(definition) = sub.definition else {
        return String::new();
    };
    let kind = TemplateKind::of_sub_task(sub.set, &sub.kind);
    let name = describe(kind, definition, text.lang);
    let adaptive = |output: &&Output| output.kind == OutputKind::Adaptive;
    match sub.outputs.iter().find(adaptive).map(video_rungs) {
        Some(n @ 1..) => format!(
            "{name}{}{}",
            text.lang.pick(", ", " "),
            say::rungs(text.lang, n)
        ),
        _ => name.to_owned(),
    }
}

/// The rungs with a picture; sound of its own is not counted.
pub(super) fn video_rungs(output: &Output) -> usize {
    let has_picture = |rung: &&Rung| rung.kind.as_deref() != Some("audio");
    output.rungs.iter().filter(has_picture).count()
}

/// Where in the media a cover was asked for.
fn position(sub: &SubTask, text: &Text) -> Option<String> {
    let value = input(sub, "PositionValue")?;
    match input(sub, "PositionType")? {
        "Time" => Some(say::at_secs(text.lang, value)),
        "Percent" => Some(say::at_percent(text.lang, value)),
        _ => None,
    }
}

/// The latest moment of the media the sub-task was asked to look at, in seconds.
pub(super) fn latest_asked_secs(sub: &SubTask) -> Option<f64> {
    if input(sub, "PositionType") == Some("Time") {
        return input(sub, "PositionValue")?.parse().ok();
    }
    let facts = sub.input.iter().filter_map(|fact| {
        if fact.path.starts_with("ExtTimeOffsetSet[") {
            fact.value.strip_suffix('s')?.parse().ok()
        } else if fact.path.starts_with("TimeOffsetSet[") {
            // Told in milliseconds.
            fact.value.parse::<f64>().ok().map(|millis| millis / 1000.0)
        } else {
            None
        }
    });
    facts.reduce(f64::max)
}

fn input<'a>(sub: &'a SubTask, path: &str) -> Option<&'a str> {
    let fact = sub.input.iter().find(|fact| fact.path == path)?;
    Some(fact.value.as_str())
}
