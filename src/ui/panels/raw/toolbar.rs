//! The bar above the tree: search, tree or text, depth, copy.

use egui::{Align, Layout, Ui};

use crate::state::{Action, Depth, RawAction, RawMode, SearchOption};
use crate::text::raw as sentence;
use crate::ui::theme::S8;
use crate::ui::widgets::{Button, IconButton, MenuItem, dropdown, menu_item, segmented};
use crate::ui::{Actions, Cx, icons};

use super::search_box::search_box_ui;
use super::toggles::{Toggle, toggles, toggles_width};

/// The search box takes what is left, between these.
const SEARCH: std::ops::RangeInclusive<f32> = 130.0..=268.0;
/// Below this width the copy button is only an icon.
const NARROW: f32 = 620.0;

pub(super) fn toolbar_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.spacing_mut().item_spacing.x = S8;
    let narrow = ui.available_width() < NARROW;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        copy_json(ui, cx, narrow, out);
        if cx.state.raw.mode == RawMode::Tree {
            depth(ui, cx, out);
        }
        mode(ui, cx, out);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            search(ui, cx, out);
        });
    });
}

fn search(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.raw;
    let labels = ["Aa", words.keys, words.values];
    let options = toggles_width(ui, &labels) + S8;
    let width = (ui.available_width() - options - 2.0 * S8).clamp(*SEARCH.start(), *SEARCH.end());
    search_box_ui(ui, cx, width, out);
    let search = &cx.state.raw.search;
    let options = [
        ("Aa", words.match_case, search.match_case),
        (words.keys, words.in_keys, search.in_keys),
        (words.values, words.in_values, search.in_values),
    ];
    let items = options.map(|(label, name, on)| Toggle { label, name, on });
    // Keys and values are told apart in the tree only.
    let shown = match cx.state.raw.mode {
        RawMode::Tree => items.as_slice(),
        RawMode::Text => items.get(..1).unwrap_or_default(),
    };
    let pressed = toggles(ui, words.search_options, shown);
    let option = match pressed {
        Some(0) => SearchOption::MatchCase,
        Some(1) => SearchOption::Keys,
        Some(_) => SearchOption::Values,
        None => return,
    };
    out.push(Action::Raw(RawAction::ToggleOption(option)));
}

fn mode(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.raw;
    let modes = [RawMode::Tree, RawMode::Text];
    let at = usize::from(cx.state.raw.mode == RawMode::Text);
    let chosen = segmented(ui, words.view, &[words.tree, words.text], at);
    if let Some(mode) = chosen.and_then(|at| modes.get(at)) {
        out.push(Action::Raw(RawAction::SetMode(*mode)));
    }
}

fn depth(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let now = cx.state.raw.depth;
    let label = depth_words(cx, now);
    dropdown(ui, Button::new(&label), |ui| {
        for depth in Depth::ALL {
            let words = depth_words(cx, depth);
            let item = MenuItem::new(&words).checked(depth == now);
            if menu_item(ui, item).clicked() {
                out.push(Action::Raw(RawAction::SetDepth(depth)));
            }
        }
    });
}

fn depth_words(cx: &Cx<'_>, depth: Depth) -> String {
    match depth {
        Depth::Levels(levels) => sentence::depth(cx.text.lang, levels),
        Depth::All => cx.text.raw.depth_all.to_owned(),
    }
}

fn copy_json(ui: &mut Ui, cx: &Cx<'_>, narrow: bool, out: &mut Actions) {
    let words = cx.text.raw;
    let response = if narrow {
        ui.add(IconButton::new(icons::COPY, words.copy_json))
    } else {
        ui.add(Button::new(words.copy_json).icon(icons::COPY))
    };
    let what = match cx.state.raw.mode {
        RawMode::Tree => words.copy_json_tree,
        RawMode::Text => words.copy_json_text,
    };
    if response.on_hover_text(what).clicked() {
        out.push(Action::Raw(RawAction::CopyJson));
    }
}
