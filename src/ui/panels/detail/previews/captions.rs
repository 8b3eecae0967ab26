//! What stands over a group of pictures and under each of them.

use std::sync::Arc;

use egui::Ui;

use super::Numbered;
use super::tile::request;
use crate::state::{GroupKind, PictureGroup, PictureItem, PictureState, Previews, Sampling};
use crate::text::{Text, format, outputs, previews as say};
use crate::ui::Cx;
use crate::ui::widgets::memo;

/// The group in a word or two.
pub(super) fn title(kind: &GroupKind, text: &Text) -> &'static str {
    let words = text.previews;
    match kind {
        GroupKind::SourceCover => words.source_cover,
        GroupKind::Cover => words.cover,
        GroupKind::Snapshots(_) => words.snapshots,
        GroupKind::Sprites(_) => words.sprites,
        GroupKind::AnimatedGraphics => words.animated,
        GroupKind::AiCovers => words.ai_covers,
        GroupKind::Highlights => words.highlights,
        GroupKind::Evidence => words.evidence,
    }
}

/// "`SampleSnapshot` 10, every 50 s": which sub-task made it, and how.
pub(super) fn origin(group: &PictureGroup, text: &Text) -> String {
    let lang = text.lang;
    let how = match &group.kind {
        GroupKind::Cover | GroupKind::SourceCover => group
            .items
            .first()
            .and_then(time)
            .map(|time| say::at(lang, &time)),
        GroupKind::Snapshots(Sampling::EverySecs(secs)) => Some(say::every_secs(lang, *secs)),
        GroupKind::Snapshots(Sampling::EveryPercent(share)) => {
            Some(say::every_percent(lang, *share))
        }
        GroupKind::Sprites(facts) => facts.cells.map(|cells| outputs::cells_a_sheet(lang, cells)),
        GroupKind::AnimatedGraphics => Some(say::file_count(lang, group.items.len())),
        _ => None,
    };
    let parts = [group.made_by(lang), how.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(lang.pick(", ", "，"))
}

/// [`origin`], written once for each group and language.
pub(super) fn kept_origin(ui: &Ui, cx: &Cx<'_>, (number, group): Numbered<'_>) -> Arc<String> {
    let stamp = cx.state.previews.changes << 2 | cx.text.lang as u64;
    memo(ui, ("origin", number), stamp, || origin(group, cx.text))
}

/// "12 images: 8 shown, 2 loading, 1 refused": what has come of them in the sizes of this wall.
pub(super) fn counts(
    previews: &Previews,
    group: &PictureGroup,
    pixels: u32,
    text: &Text,
) -> String {
    let mut tally = say::Tally {
        images: group.items.len(),
        ..say::Tally::default()
    };
    for item in &group.items {
        match previews.state(&request(previews, (group, item), pixels).key) {
            PictureState::Ready(_) => tally.shown += 1,
            PictureState::Loading { .. } => tally.loading += 1,
            PictureState::Failed(fault) if say::is_kept_back(fault) => tally.kept_back += 1,
            PictureState::Failed(fault) if say::is_refusal(fault) => tally.refused += 1,
            PictureState::Failed(_) => tally.failed += 1,
            PictureState::Waiting => {}
        }
    }
    say::tally(text.lang, &tally)
}

/// Its place in the video, marked where the event does not tell it.
fn time(item: &PictureItem) -> Option<String> {
    let time = format::duration(item.time_secs?);
    let mark = if item.time_estimated { "≈ " } else { "" };
    Some(format!("{mark}{time}"))
}

/// Left under a picture: its time, its stretch, or what was found in it.
pub(super) fn under(item: &PictureItem, text: &Text) -> String {
    if let Some(time) = time(item) {
        return time;
    }
    if let Some((from, to)) = item.range_secs {
        return say::range(from, to);
    }
    match (&item.label, item.confidence) {
        (Some(label), _) => label.clone(),
        (None, Some(confidence)) => say::confidence(text.lang, confidence),
        (None, None) => String::new(),
    }
}

/// Everything the event tells of a picture, a line each, for its tooltip.
pub(super) fn facts(item: &PictureItem, text: &Text) -> String {
    let lang = text.lang;
    let lines = [
        time(item).map(|time| say::at(lang, &time)),
        item.range_secs.map(|(from, to)| say::range(from, to)),
        item.suggestion.clone(),
        item.label.clone(),
        item.confidence.map(|value| say::confidence(lang, value)),
        item.expires
            .map(|unix| say::kept_until(lang, &format::date_time(unix, text.zone))),
        Some(item.url.to_string()),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}
