//! Language, theme, zone, scale, what is remembered, and how pictures are fetched.

mod budgets;
mod draft;
mod editor;
mod hosts;
mod pictures;

pub(super) use draft::{edit_host, leave};

use egui::{Align, Layout as Flow, Ui, vec2};

use super::field::gap;
use super::sheet::{Moment, Sheet, buttons_ui};
use crate::model::{Lang, ThemeChoice, Zone};
use crate::state::{Action, AppAction, ArchiveAction, LiveAction};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::theme::{self, S8, S12};
use crate::ui::widgets::{Button, IconButton, Line, caption, hairline, label, mono, segmented};
use crate::ui::{Actions, Cx};

const WIDTH: f32 = 600.0;
const ROW: f32 = 36.0;

pub(super) fn settings_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let sheet = Sheet {
        name: "settings",
        title: cx.text.dialogs.settings_title,
        width: WIDTH,
    };
    let body = |ui: &mut Ui, _: Moment, out: &mut Actions| {
        window_ui(ui, cx, out);
        gap(ui);
        hairline(ui);
        gap(ui);
        pictures::pictures_ui(ui, cx, out);
    };
    let foot = |ui: &mut Ui, _: Moment, out: &mut Actions| {
        buttons_ui(ui, |ui| done_ui(ui, cx, out), |_| {});
    };
    sheet.show(ui, (cx, out), body, foot);
}

fn done_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    if ui.add(Button::new(cx.text.accounts.done)).clicked() {
        out.push(Action::App(AppAction::CloseDialog));
    }
}

fn window_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.chrome;
    row_ui(ui, cx, words.language, |ui| language_ui(ui, cx, out));
    row_ui(ui, cx, words.theme, |ui| theme_ui(ui, cx, out));
    row_ui(ui, cx, words.zone, |ui| zone_ui(ui, cx, out));
    row_ui(ui, cx, words.ui_scale, |ui| scale_ui(ui, cx, out));
    row_ui(ui, cx, words.open_recent, |ui| recent_ui(ui, cx, out));
    let archive = cx.text.accounts.archive_row;
    row_ui(ui, cx, archive, |ui| archive_ui(ui, cx, out));
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, control: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), ROW);
    let flow = Flow::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, flow, |ui| {
        ui.spacing_mut().item_spacing.x = S8;
        control(ui);
        ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
            label(ui, &Line::new(name, theme::body(), cx.palette.text));
        });
    });
}

fn language_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let selected = cx.text.lang.pick(0, 1);
    let names = ["English", "中文"];
    let name = format!("{} ({})", cx.text.chrome.language, cx.text.chrome.settings);
    if let Some(index) = segmented(ui, &name, &names, selected) {
        let lang = if index == 0 { Lang::En } else { Lang::Zh };
        out.push(Action::App(AppAction::SetLang(lang)));
    }
}

/// One of several values by the place of its name.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    (values, names): ([T; 3], [&str; 3]),
    now: T,
) -> Option<T> {
    let selected = values.iter().position(|value| *value == now).unwrap_or(0);
    let index = segmented(ui, name, &names, selected)?;
    values.get(index).copied()
}

fn theme_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.chrome;
    let themes = [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark];
    let names = [words.theme_system, words.theme_light, words.theme_dark];
    let chosen = choice(ui, words.theme, (themes, names), cx.state.settings.theme);
    if let Some(theme) = chosen {
        out.push(Action::App(AppAction::SetTheme(theme)));
    }
}

fn zone_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.chrome;
    let zones = [Zone::Local, Zone::Utc, Zone::Beijing];
    let names = [words.zone_local, words.zone_utc, words.zone_beijing];
    if let Some(zone) = choice(ui, words.zone, (zones, names), cx.text.zone) {
        out.push(Action::App(AppAction::SetZone(zone)));
    }
}

/// Laid out from the right: larger, the number, smaller.
fn scale_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.chrome;
    let percent = format!("{:.0} %", cx.state.settings.ui_scale * 100.0);
    if ui
        .add(IconButton::new(icons::PLUS, words.zoom_in))
        .clicked()
    {
        out.extend(Command::ZoomIn.action(cx));
    }
    mono(ui, &percent);
    if ui
        .add(IconButton::new(icons::MINUS, words.zoom_out))
        .clicked()
    {
        out.extend(Command::ZoomOut.action(cx));
    }
    ui.add_space(S12);
    if ui.add(Button::link(words.zoom_reset)).clicked() {
        out.extend(Command::ZoomReset.action(cx));
    }
}

fn recent_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.dialogs;
    if cx.state.settings.recent.is_empty() {
        caption(ui, words.recent_none);
    } else if ui.add(Button::new(words.forget_recent)).clicked() {
        out.push(Action::App(AppAction::ForgetRecent));
    }
}

/// What is kept on this machine has a dialog of its own.
fn archive_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    if ui.add(Button::new(cx.text.accounts.archive_show)).clicked() {
        out.push(Action::Live(LiveAction::Archive(ArchiveAction::Open)));
    }
}
