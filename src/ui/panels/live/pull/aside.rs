//! At the side of a pull: what came of it so far, what the cloud forgets, what is kept here.

use egui::{Align, Rect, Role, Sense, Ui, Vec2, vec2};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::rows::share;
use crate::model::{Format, Outcome, SourceId, Verdict};
use crate::state::{Action, ArchiveAction, LiveAction, TaskPulling};
use crate::store::{Index, TaskView};
use crate::text::{Text, format, pulling};
use crate::ui::panels::live::parts::{heading_ui, side_row_ui};
use crate::ui::panels::names::verdict_name;
use crate::ui::theme::{self, ICON_CONTROL, S8, S24};
use crate::ui::widgets::{
    Button, GlyphStyle, Line, bar, label, memo, mono, named, outcome_glyph, paint_line,
    verdict_glyph, wrapped,
};
use crate::ui::{Actions, Cx};

pub(super) fn aside_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling, out: &mut Actions) {
    so_far_ui(ui, cx, pull);
    ui.add_space(S24);
    forgets_ui(ui, cx, pull);
    ui.add_space(S24);
    kept_ui(ui, cx, out);
    ui.add_space(S24);
}

/// Tasks that came with a source, by how they ended; what is known of them may have come before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SoFar {
    verdicts: [u64; Verdict::ALL.len()],
    without_detail: u64,
}

impl SoFar {
    pub(super) fn of(index: &Index, source: SourceId) -> Self {
        let mut counts = Self::default();
        let tasks = index.tasks_from(source).into_iter();
        for task in tasks.filter_map(|idx| index.task(idx)) {
            let Some(verdict) = detailed(index, &task) else {
                counts.without_detail += 1;
                continue;
            };
            if let Some(count) = counts.verdicts.get_mut(verdict.index()) {
                *count += 1;
            }
        }
        counts
    }

    /// Name and count of each, unknown ones only where there are any.
    pub(super) fn rows(&self, text: &Text) -> Vec<(Option<Verdict>, &'static str, String)> {
        let verdicts = Verdict::ALL.into_iter().zip(self.verdicts);
        let shown = verdicts.filter(|(verdict, n)| *verdict != Verdict::Unknown || *n > 0);
        let named = shown.map(|(verdict, n)| {
            let name = verdict_name(verdict, text);
            (Some(verdict), name, format::count(n))
        });
        let rest = format::count(self.without_detail);
        named
            .chain([(None, text.live.without_detail, rest)])
            .collect()
    }
}

/// How a task went by its newest detail; a summary that tells a later time says less.
fn detailed(index: &Index, task: &TaskView<'_>) -> Option<Verdict> {
    if task.format != Format::TaskList {
        return Some(task.verdict);
    }
    if task.rows == 1 {
        return None;
    }
    let rows = index.rows_of(task.idx);
    let detail = rows.iter().find(|row| row.format != Format::TaskList);
    detail.map(|row| row.verdict)
}

fn so_far_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling) {
    heading_ui(ui, cx.text.live.so_far, "");
    let (index, source) = (&cx.state.index, pull.source);
    let salt = ("so far", source.0);
    let counts = memo(ui, salt, stamp(cx), || SoFar::of(index, source));
    for (verdict, name, count) in counts.rows(cx.text) {
        let row = side_row_ui(ui, cx, "", |ui| {
            mono(ui, &count);
        });
        let center = row.left_center() + vec2(ICON_CONTROL / 2.0, 0.0);
        let place = Rect::from_center_size(center, Vec2::splat(ICON_CONTROL));
        match verdict {
            Some(verdict) => {
                verdict_glyph(ui.painter(), place, verdict, cx.palette, GlyphStyle::Row);
            }
            None => outcome_glyph(ui.painter(), place, Outcome::Waiting, cx.palette),
        }
        let words = Line::new(name, theme::small(), cx.palette.text_2);
        let room = row.with_min_x(place.right() + S8);
        paint_line(ui.painter(), room, Align::Min, &words);
        let response = ui.interact(row, ui.scope_id().with(name), Sense::hover());
        named(&response, Role::Label, &format!("{name}: {count}"));
    }
}

/// Counting walks all tasks, so it waits a second, and longer the more there are.
fn stamp(cx: &Cx<'_>) -> u64 {
    const TASKS_A_SECOND: u64 = 100_000;
    let index = &cx.state.index;
    let tasks = u64::try_from(index.task_count()).unwrap_or(u64::MAX);
    let every = 1_000 * (1 + tasks / TASKS_A_SECOND);
    let moving = cx.state.sources.is_reading();
    let mut hasher = DefaultHasher::new();
    if moving {
        (cx.state.millis / every).hash(&mut hasher);
    } else {
        index.row_count().hash(&mut hasher);
    }
    moving.hash(&mut hasher);
    hasher.finish()
}

fn forgets_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling) {
    let p = cx.palette;
    heading_ui(ui, cx.text.live.cloud_forgets, cx.text.live.cloud_memory);
    let size = vec2(ui.available_width(), 8.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let progress = &pull.progress;
    let part = share(progress.leaving_soon, progress.listed);
    let ended = !pull.phase.is_under_way();
    let words = pulling::leaving_soon(cx.text.lang, progress.leaving_soon, ended);
    named(&response, Role::Image, &words);
    bar(ui.painter(), rect, part, p.part.fill, p);
    ui.add_space(S8);
    wrapped(ui, &words, theme::small(), p.text_2);
}

fn kept_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.live;
    heading_ui(ui, words.kept_here, "");
    let stats = cx.state.live.archive.stats.as_ref();
    let size = stats
        .and_then(|stats| stats.as_ref().ok())
        .map(|stats| format::size(stats.bytes_on_disk));
    side_row_ui(ui, cx, words.archive, |ui| {
        if let Some(size) = &size {
            mono(ui, size);
            return;
        }
        let name = format!("{}: {}", words.archive, words.show_archive);
        let button = Button::link(words.show_archive).name(&name);
        if ui.add(button).clicked() {
            out.push(Action::Live(LiveAction::Archive(ArchiveAction::Open)));
        }
    });
    let keep = pulling::retention(cx.text.lang, &cx.state.settings.archive);
    for (name, value) in [
        (words.retention, keep.as_str()),
        (words.next_pull, words.continues_here),
    ] {
        side_row_ui(ui, cx, name, |ui| {
            label(ui, &Line::new(value, theme::small(), cx.palette.text));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Zone};

    #[test]
    fn unknown_verdicts_are_listed_only_where_there_are_any() {
        let text = Text::new(Lang::En, Zone::Utc);
        let mut counts = SoFar::default();
        let names = |counts: &SoFar| counts.rows(&text).len();
        assert_eq!(names(&counts), 5);
        counts.verdicts[Verdict::Unknown.index()] = 1;
        assert_eq!(names(&counts), 6);
    }
}
