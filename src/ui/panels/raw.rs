//! The raw tab: the event as it was received, as a tree or as text, with what is known beside it.

mod crumbs;
mod facts;
mod hints;
mod marks;
mod menu;
mod rows;
mod search_box;
mod status;
mod text_view;
mod toggles;
mod toolbar;
mod tree_view;

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use egui::{Frame, Margin, Panel, Ui};

use crate::model::Detail;
use crate::state::{Action, RawAction, RawMode};
use crate::ui::theme::HAIRLINE;
use crate::ui::widgets::{Extent, ListResponse, memo};
use crate::ui::{Actions, Cx};

use facts::Facts;

const TOOLBAR: f32 = 50.0;
const CRUMBS: f32 = 32.0;
const STATUS: f32 = 28.0;
const PADDING: i8 = 20;

/// An event and what was found in it once.
#[derive(Clone)]
struct Opened {
    detail: Arc<Detail>,
    facts: Arc<Facts>,
}

pub(super) fn raw_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else {
        return;
    };
    let opened = Opened {
        detail: Arc::clone(detail),
        facts: memo(ui, "raw facts", cx.detail_stamp(), || Facts::of(detail)),
    };
    let margin = Margin::symmetric(PADDING, 0);
    let bar = |fill| Frame::new().fill(fill).inner_margin(margin);
    strip("raw toolbar", Edge::Top, TOOLBAR)
        .frame(bar(cx.palette.bg_panel))
        .show(ui, |ui| toolbar::toolbar_ui(ui, cx, out));
    let crumbs = strip("raw crumbs", Edge::Top, CRUMBS)
        .frame(bar(cx.palette.bg_sunken))
        .show(ui, |ui| crumbs::crumbs_ui(ui, cx, &opened, out));
    let status = strip("raw status", Edge::Bottom, STATUS)
        .frame(bar(cx.palette.bg_panel))
        .show(ui, |ui| status::status_ui(ui, cx, &opened));
    let line = egui::Stroke::new(HAIRLINE, cx.palette.line);
    let (above, below) = (crumbs.response.rect, status.response.rect);
    match cx.state.raw.mode {
        RawMode::Tree => tree_view::tree_ui(ui, cx, &opened, out),
        RawMode::Text => text_view::text_ui(ui, cx, &opened, out),
    }
    for y in [above.top(), above.bottom(), below.top()] {
        ui.painter().hline(above.x_range(), y, line);
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Top,
    Bottom,
}

fn strip(id: &'static str, edge: Edge, height: f32) -> Panel {
    let panel = match edge {
        Edge::Top => Panel::top(id),
        Edge::Bottom => Panel::bottom(id),
    };
    panel
        .exact_size(height)
        .resizable(false)
        .show_separator_line(false)
}

/// Tells the state where the list was scrolled to, when that changed.
fn scrolled(cx: &Cx<'_>, was: f64, list: &ListResponse, out: &mut Actions) {
    let pane = &cx.state.raw;
    if pane.reveal {
        out.push(Action::Raw(RawAction::Revealed(pane.generation)));
    }
    if (list.offset - was).abs() > f64::EPSILON {
        out.push(Action::Raw(RawAction::Scroll(list.offset)));
    }
    if list.page != pane.page {
        out.push(Action::Raw(RawAction::SetPage(list.page)));
    }
}

/// Changes when anything does that `parts` are made of.
fn stamp(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// Lines that stay in sight on either side of the cursor.
const CONTEXT: usize = 3;

/// The line to bring into sight so that the cursor's has others around it.
fn around(extent: &Extent, offset: f64, cursor: usize) -> usize {
    let below = (cursor + CONTEXT).min(extent.len.saturating_sub(1));
    let above = cursor.saturating_sub(CONTEXT);
    let moves = |line: usize| (extent.reveal(offset, line) - offset).abs() > f64::EPSILON;
    let downwards = extent.reveal(offset, cursor) > offset;
    match (extent.page() > 2 * CONTEXT, moves(below), moves(above)) {
        (false, _, _) | (true, false, false) => cursor,
        (true, true, up) if !up || downwards => below,
        _ => above,
    }
}
