//! The bar at the top: opening, pulling, the query, language, theme, settings.

mod badge;
mod open;
mod pull;
mod query;

use egui::{Align, Layout as Flow, Sense, Stroke, Ui, vec2};

use super::logo::paint_logo;
use crate::model::{Lang, ThemeChoice};
use crate::state::{Action, AppAction, Dialog, OpenAction};
use crate::ui::icons;
use crate::ui::theme::{self, HAIRLINE, S8, S12, S16};
use crate::ui::widgets::{
    Button, IconButton, Line, MenuItem, icon_button, label, menu_below, menu_item, segmented,
};
use crate::ui::{Actions, Cx, Layout};

/// Where the buttons begin when there is room to align them with the list.
const BUTTONS_FROM: f32 = 164.0;
const MARK: f32 = 20.0;

pub(crate) fn top_bar_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let layout = Layout::of_width(ui.ctx().content_rect().width());
    let rect = ui.max_rect().shrink2(vec2(S16, 0.0));
    let builder = egui::UiBuilder::new()
        .max_rect(rect)
        .layout(Flow::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = S8;
        if layout == Layout::Narrow {
            rail_button(ui, cx, out);
        }
        name_ui(ui, cx, layout);
        ui.spacing_mut().item_spacing.x = 4.0;
        open::open_ui(ui, cx, out);
        paste_ui(ui, cx, out);
        pull::pull_ui(ui, cx, out);
        ui.add_space(S12);
        ui.spacing_mut().item_spacing.x = S8;
        ui.with_layout(Flow::right_to_left(Align::Center), |ui| {
            right_ui(ui, cx, out);
            ui.add_space(S8);
            query::query_ui(ui, cx, layout, out);
        });
    });
}

fn rail_button(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    if icon_button(ui, icons::SIDEBAR_SIMPLE, cx.text.rail.expand).clicked() {
        out.push(Action::App(AppAction::ToggleRail));
    }
}

fn name_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout) {
    let (mark, _) = ui.allocate_exact_size(vec2(MARK, MARK), Sense::hover());
    paint_logo(ui.painter(), mark, cx.palette);
    let name = Line::new(cx.text.chrome.app, theme::lead(), cx.palette.text);
    label(ui, &name);
    if layout == Layout::Narrow {
        return;
    }
    let from = ui.max_rect().left() - S16 + BUTTONS_FROM;
    ui.add_space((from - ui.cursor().left()).max(0.0));
    let line = Stroke::new(HAIRLINE, cx.palette.line_strong);
    let middle = ui.max_rect().center().y;
    ui.painter().vline(from, middle - 8.0..=middle + 8.0, line);
    ui.add_space(S12);
}

fn paste_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let button = Button::new(cx.text.chrome.paste).icon(icons::CLIPBOARD_TEXT);
    let response = ui.add(button).on_hover_text(cx.text.keys.paste);
    if response.clicked() {
        out.push(Action::Open(OpenAction::RequestPaste));
    }
}

/// From the right: settings, theme, language, the promise.
fn right_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.chrome;
    if icon_button(ui, icons::GEAR_SIX, words.settings).clicked() {
        out.push(Action::App(AppAction::Show(Dialog::Settings)));
    }
    theme_ui(ui, cx, out);
    let selected = cx.text.lang.pick(0, 1);
    let chosen = segmented(ui, words.language, &["EN", "中文"], selected);
    if let Some(index) = chosen {
        let lang = if index == 0 { Lang::En } else { Lang::Zh };
        out.push(Action::App(AppAction::SetLang(lang)));
    }
    badge::badge_ui(ui, cx);
}

fn theme_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.chrome;
    let icon = if cx.palette.dark {
        icons::MOON
    } else {
        icons::SUN
    };
    let response = ui.add(IconButton::new(icon, words.theme));
    let chosen = menu_below(&response, |ui| theme_menu(ui, cx)).flatten();
    if let Some(theme) = chosen {
        out.push(Action::App(AppAction::SetTheme(theme)));
    }
}

fn theme_menu(ui: &mut Ui, cx: &Cx<'_>) -> Option<ThemeChoice> {
    let words = cx.text.chrome;
    let choices = [
        (ThemeChoice::System, words.theme_system, icons::DESKTOP),
        (ThemeChoice::Light, words.theme_light, icons::SUN),
        (ThemeChoice::Dark, words.theme_dark, icons::MOON),
    ];
    let mut chosen = None;
    for (theme, name, icon) in choices {
        let checked = cx.state.settings.theme == theme;
        let item = MenuItem::new(name).icon(icon).checked(checked);
        if menu_item(ui, item).clicked() {
            chosen = Some(theme);
        }
    }
    chosen
}
