//! The dialog about what is kept on this machine: how much, for how long, and deleting of it.

mod delete;
mod question;

use egui::{Align, Layout, Rect, Sense, Ui, pos2, vec2};

use super::field::{Select, choose_ui, gap};
use super::parts::{columns_ui, name_ui, note_ui, notice_ui};
use super::sheet::{Moment, Sheet, buttons_ui};
use crate::model::{ArchiveSettings, ArchiveStats, ExportProgress};
use crate::state::{Action, AppAction, ArchiveAction, ArchiveSpan, ExportAction, LiveAction};
use crate::text::{Text, accounts as say, exporting, format, live};
use crate::ui::panels::place::within;
use crate::ui::theme::{self, INPUT_HEIGHT, S8};
use crate::ui::widgets::{
    Button, Line, MISSING, Tone, label, named, paint_line, progress_line, spinner,
};
use crate::ui::{Actions, Cx, icons};

const WIDTH: f32 = 518.0;
const GB: u64 = 1_000_000_000;
const KEEP_DAYS: [u32; 6] = [7, 30, 60, 90, 180, 365];
const KEEP_GB: [u64; 6] = [1, 2, 5, 10, 20, 50];
const LIST_DAYS: [u32; 5] = [0, 1, 3, 7, 30];
const COUNTERS: f32 = 40.0;

fn ask(action: ArchiveAction) -> Action {
    Action::Live(LiveAction::Archive(action))
}

pub(super) fn archive_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let sheet = Sheet {
        name: "archive",
        title: cx.text.accounts.archive_title,
        width: WIDTH,
    };
    let body = |ui: &mut Ui, moment: Moment, out: &mut Actions| {
        stats_ui(ui, cx);
        note_ui(ui, cx, cx.text.accounts.archive_promise);
        gap(ui);
        keep_ui(ui, cx, out);
        gap(ui);
        part_ui(ui, cx, out);
        gap(ui);
        delete::delete_ui(ui, cx, moment, out);
    };
    let foot = |ui: &mut Ui, _: Moment, out: &mut Actions| {
        buttons_ui(ui, |ui| close_ui(ui, cx, out), |_| {});
    };
    sheet.show(ui, (cx, out), body, foot);
}

fn close_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    if ui.add(Button::new(cx.text.accounts.done)).clicked() {
        out.push(Action::App(AppAction::CloseDialog));
    }
}

/// Names and values of what is held.
fn counters(stats: &ArchiveStats, text: &Text) -> Vec<(&'static str, String)> {
    let words = text.accounts;
    let date = |unix: Option<i64>| match unix {
        Some(unix) => format::date(unix, text.zone),
        None => MISSING.to_owned(),
    };
    vec![
        (words.events, format::count(stats.events)),
        (words.deliveries, format::count(stats.deliveries)),
        (words.on_disk, format::size(stats.bytes_on_disk)),
        (words.oldest, date(stats.oldest_unix)),
        (words.newest, date(stats.newest_unix)),
    ]
}

fn stats_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.accounts;
    match &cx.state.live.archive.stats {
        None => {
            spinner(ui, words.reading_archive);
        }
        Some(Ok(stats)) if stats.deliveries == 0 => {
            let line = Line::new(words.archive_empty, theme::body(), cx.palette.text_2);
            label(ui, &line);
        }
        Some(Ok(stats)) => counters_ui(ui, cx, &counters(stats, cx.text)),
        Some(Err(why)) => {
            let why = live::archive_fault(cx.text.lang, why);
            notice_ui(ui, (icons::WARNING, Tone::Fail), &why, |_| {});
        }
    }
}

fn counters_ui(ui: &mut Ui, cx: &Cx<'_>, counters: &[(&str, String)]) {
    let p = cx.palette;
    let size = vec2(ui.available_width(), COUNTERS);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = row.width() / counters.len().max(1) as f32;
    for (at, (name, value)) in counters.iter().enumerate() {
        let left = row.left() + width * at as f32;
        let place = Rect::from_min_size(pos2(left, row.top()), vec2(width, COUNTERS));
        let id = ui.scope_id().with(("counter", *name));
        let response = ui.interact(place, id, Sense::hover());
        named(&response, egui::Role::Label, &format!("{name}: {value}"));
        let (top, bottom) = place.split_top_bottom_at_fraction(0.4);
        let line = Line::new(name, theme::caption(), p.text_3);
        paint_line(ui.painter(), top, Align::Min, &line);
        let line = Line::new(value, theme::mono(), p.text);
        paint_line(ui.painter(), bottom, Align::Min, &line);
    }
}

fn third(ui: &Ui) -> f32 {
    (ui.available_width() - 2.0 * super::parts::GAP) / 3.0
}

fn keep_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let (text, settings) = (cx.text, cx.state.settings.archive);
    columns_ui(ui, [third(ui); 3], |ui, at| {
        let changed = match at {
            0 => days_ui(ui, cx, &settings),
            1 => bytes_ui(ui, cx, &settings),
            _ => start_ui(ui, cx, &settings),
        };
        out.extend(changed.map(|settings| ask(ArchiveAction::Keep(settings))));
    });
    if let Some(settings) = &cx.state.live.archive.keeping {
        let question = say::keep_less(text.lang, settings);
        question::question_ui(ui, cx, (&question, text.accounts.keep_yes), out);
    }
}

fn days_ui(ui: &mut Ui, cx: &Cx<'_>, settings: &ArchiveSettings) -> Option<ArchiveSettings> {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.keep_for);
    let now = settings.keep_days;
    let days = KEEP_DAYS.map(|days| (days, say::days(cx.text.lang, days)));
    let chosen = say::days(cx.text.lang, now);
    let select = Select {
        name: words.keep_for,
        chosen: &chosen,
    };
    let keep_days = choose_ui(ui, select, &days, now)?;
    Some(ArchiveSettings {
        keep_days,
        ..*settings
    })
}

fn bytes_ui(ui: &mut Ui, cx: &Cx<'_>, settings: &ArchiveSettings) -> Option<ArchiveSettings> {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.keep_at_most);
    let now = settings.keep_bytes;
    let sizes = KEEP_GB.map(|gb| (gb * GB, say::gigabytes(gb * GB)));
    let chosen = say::gigabytes(now);
    let select = Select {
        name: words.keep_at_most,
        chosen: &chosen,
    };
    let keep_bytes = choose_ui(ui, select, &sizes, now)?;
    Some(ArchiveSettings {
        keep_bytes,
        ..*settings
    })
}

fn start_ui(ui: &mut Ui, cx: &Cx<'_>, settings: &ArchiveSettings) -> Option<ArchiveSettings> {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.list_at_start);
    let named = |days: u32| match days {
        0 => words.nothing.to_owned(),
        days => say::last_days(cx.text.lang, days),
    };
    let now = settings.list_days;
    let days = LIST_DAYS.map(|days| (days, named(days)));
    let chosen = named(now);
    let select = Select {
        name: words.list_at_start,
        chosen: &chosen,
    };
    let list_days = choose_ui(ui, select, &days, now)?;
    Some(ArchiveSettings {
        list_days,
        ..*settings
    })
}

/// Which part of it, and what to do with that part.
fn part_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    let archive = &cx.state.live.archive;
    let holds = |stats: &ArchiveStats| stats.deliveries > 0;
    let stats = archive.stats.as_ref();
    let holds_any = stats.is_some_and(|stats| stats.as_ref().is_ok_and(holds));
    name_ui(ui, cx, words.archive_span);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        let size = vec2(third(ui), INPUT_HEIGHT);
        let down = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(size, down, |ui| span_ui(ui, cx, out));
        ui.add_space(super::parts::GAP - S8);
        let list = Button::new(words.list_now).icon(icons::LIST_BULLETS);
        if ui.add_enabled(holds_any, list).clicked() {
            out.push(ask(ArchiveAction::List(archive.span.days())));
        }
        let is_free = holds_any && archive.exporting.is_none();
        let export = Button::new(words.export).icon(icons::EXPORT);
        if ui.add_enabled(is_free, export).clicked() {
            out.push(ask(ArchiveAction::Export(ExportAction::Ask)));
        }
    });
    if let Some(progress) = &archive.exporting {
        exporting_ui(ui, cx, progress, out);
    }
}

fn span_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    let named = |span: ArchiveSpan| match span.days() {
        Some(days) => say::last_days(cx.text.lang, days),
        None => words.list_all.to_owned(),
    };
    let now = cx.state.live.archive.span;
    let chosen = named(now);
    let select = Select {
        name: words.archive_span,
        chosen: &chosen,
    };
    let spans = ArchiveSpan::EACH.map(|span| (span, named(span)));
    if let Some(span) = choose_ui(ui, select, &spans, now) {
        out.push(ask(ArchiveAction::Export(ExportAction::Choose(span))));
    }
}

fn exporting_ui(ui: &mut Ui, cx: &Cx<'_>, progress: &ExportProgress, out: &mut Actions) {
    let words = cx.text.accounts;
    ui.add_space(S8);
    let part = progress.read as f32 / progress.total.max(1) as f32;
    progress_line(ui, part, words.exporting);
    let size = vec2(ui.available_width(), theme::BUTTON_HEIGHT);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    within(ui, row, Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::ghost(words.stop_export)).clicked() {
            out.push(ask(ArchiveAction::Export(ExportAction::Cancel)));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let told = exporting::progress(cx.text.lang, progress);
            label(ui, &Line::new(&told, theme::small(), cx.palette.text_2));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Zone};

    #[test]
    fn what_is_held_is_counted() {
        let stats = ArchiveStats {
            deliveries: 12_004,
            events: 11_420,
            bytes_on_disk: 94_700_000,
            oldest_unix: Some(1_794_600_000),
            newest_unix: None,
        };
        let text = Text::new(Lang::En, Zone::Utc);
        let told = counters(&stats, &text);
        let values: Vec<&str> = told.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["11,420", "12,004", "94.7 MB", "2026-11-13", "–"]);
    }
}
