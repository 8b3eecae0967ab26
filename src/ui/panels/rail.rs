//! The rail at the left: how many tasks, which sources, and the facets to narrow by.

pub(crate) mod drawer;
mod facets;
mod line;
mod sources;

use egui::{Align, Frame, Layout as Flow, Margin, ScrollArea, Ui, UiBuilder, Vec2, vec2};

use crate::state::{Action, AppAction, Dialog, ListAction, OpenAction};
use crate::store::Facet;
use crate::text::format;
use crate::ui::icons;
use crate::ui::theme::{HAIRLINE, S4, S8, S12};
use crate::ui::widgets::{IconButton, hairline, icon_button};
use crate::ui::{Actions, Cx};
use line::{Lead, RailLine};

/// The facets in the order they stand, sources aside.
const FACETS: [Facet; 5] = [
    Facet::Verdict,
    Facet::EventType,
    Facet::Code,
    Facet::Kind,
    Facet::Template,
];

pub(crate) fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    // The scroll bar lies in the padding, beside the counts.
    let padding = Frame::new().inner_margin(Margin::symmetric(8, 0));
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        padding.show(ui, |ui| groups_ui(ui, cx, out));
    });
}

fn groups_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.add_space(S8);
    tasks_ui(ui, cx, out);
    divider(ui);
    sources::sources_ui(ui, cx, out);
    for facet in FACETS {
        if !cx.state.list.view.facets.of(facet).is_empty() {
            divider(ui);
            facets::facet_ui(ui, cx, facet, out);
        }
    }
    ui.add_space(S12);
}

/// All tasks: leads out of every filter.
fn tasks_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let count = format::len(cx.state.list.view.total);
    let line = RailLine {
        lead: Lead::Page(icons::LIST_BULLETS),
        name: cx.text.rail.tasks,
        count: &count,
        current: true,
        ..RailLine::default()
    };
    if line.show(ui, cx).response.clicked() {
        out.push(Action::List(ListAction::ClearQuery));
    }
}

fn divider(ui: &mut Ui) {
    ui.add_space(S8 - HAIRLINE);
    hairline(ui);
    ui.add_space(S8 + 1.0);
}

/// A strip of icons, where the rail does not fit or is not wanted.
pub(crate) fn rail_collapsed_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let rect = ui.max_rect().shrink2(vec2(0.0, S8));
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Flow::top_down(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(S4);
        strip_ui(ui, cx, out);
    });
}

fn strip_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.rail;
    let tasks = IconButton::new(icons::LIST_BULLETS, words.tasks).selected(true);
    if ui.add(tasks).clicked() {
        out.push(Action::List(ListAction::ClearQuery));
    }
    let line = vec2(24.0, 1.0);
    let (rule, _) = ui.allocate_exact_size(line + vec2(0.0, S8), egui::Sense::hover());
    let stroke = egui::Stroke::new(HAIRLINE, cx.palette.line_strong);
    ui.painter().hline(rule.x_range(), rule.center().y, stroke);
    if icon_button(ui, icons::FILES, words.add_source).clicked() {
        out.push(Action::Open(OpenAction::PickFiles));
    }
    if !cx.state.sources.problems.is_empty()
        && icon_button(ui, icons::WARNING, words.problems).clicked()
    {
        out.push(Action::App(AppAction::Show(Dialog::LoadReport)));
    }
    let on = !cx.state.list.query.is_empty();
    let funnel = IconButton::new(icons::FUNNEL_SIMPLE, words.expand).selected(on);
    let expand = ui.add(funnel).clicked();
    ui.with_layout(Flow::bottom_up(Align::Center), |ui| {
        if icon_button(ui, icons::SIDEBAR_SIMPLE, words.expand).clicked() || expand {
            out.push(Action::App(AppAction::ToggleRail));
        }
    });
}
