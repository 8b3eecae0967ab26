//! The path to the cursor, step by step, and its copies.

use egui::{Align, CursorIcon, Layout, Popup, Role, Sense, Ui, vec2};

use crate::model::{JsonTree, NodeId};
use crate::state::{Action, RawAction, is_plain_name, quoted};
use crate::text::width::{cut_middle, width_of};
use crate::ui::theme::{self, ICON_INLINE, RADIUS_CHIP, S4, S8};
use crate::ui::widgets::{Button, Line, focus_ring, line_width, memo, named, paint_line};
use crate::ui::{Actions, Cx, icons};

use super::{Opened, menu, stamp};

/// A step of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Crumb {
    node: NodeId,
    text: String,
}

/// Longer names are cut in their middle.
const LONGEST: usize = 34;
/// Between two steps.
const GAP: f32 = S4 + 12.0 + S4;

pub(super) fn crumbs_ui(ui: &mut Ui, cx: &Cx<'_>, opened: &Opened, out: &mut Actions) {
    let tree = &opened.detail.tree;
    let cursor = cx.state.raw.cursor;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let button = Button::link(cx.text.raw.copy_path).icon(icons::COPY);
        let response = ui.add(button);
        Popup::menu(&response)
            .gap(S8)
            .show(|ui| menu::path_menu(ui, cx, tree, out));
        ui.add_space(S8);
        let key = stamp((cx.detail_stamp(), cursor));
        let crumbs = memo(ui, "raw crumbs", key, || crumbs(tree, cursor));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            path_ui(ui, cx, &crumbs, out);
        });
    });
}

fn crumbs(tree: &JsonTree, cursor: NodeId) -> Vec<Crumb> {
    let steps = tree.path(cursor).into_iter();
    steps
        .map(|node| Crumb {
            node,
            text: step_text(tree, node),
        })
        .collect()
}

fn step_text(tree: &JsonTree, id: NodeId) -> String {
    let name = tree.node(id).and_then(|node| node.name.as_deref());
    let text = match name {
        Some(name) if is_plain_name(name) => name.to_owned(),
        Some(name) => quoted(name, '"'),
        None => match tree.index_in_parent(id) {
            Some(index) => format!("[{index}]"),
            None => "$".to_owned(),
        },
    };
    if width_of(&text) > LONGEST {
        cut_middle(&text, LONGEST)
    } else {
        text
    }
}

fn path_ui(ui: &mut Ui, cx: &Cx<'_>, crumbs: &[Crumb], out: &mut Actions) {
    let (first, skipped) = fitting(ui, crumbs);
    for (index, crumb) in crumbs.iter().enumerate() {
        if index > 0 && index <= skipped {
            if index == 1 {
                separator(ui, cx);
                plain(ui, cx, "…");
            }
            continue;
        }
        if index > 0 {
            separator(ui, cx);
        }
        crumb_ui(ui, cx, crumb, index + 1 == first, out);
    }
}

/// The number of steps, and how many after the first are left out for want of room.
fn fitting(ui: &Ui, crumbs: &[Crumb]) -> (usize, usize) {
    let width = |text: &str| line_width(ui.painter(), text, theme::mono_small()) + GAP;
    let widths: Vec<f32> = crumbs.iter().map(|crumb| width(&crumb.text)).collect();
    let room = ui.available_width();
    let mut total: f32 = widths.iter().sum();
    let mut skipped = 0;
    let mut dots = 0.0;
    for step in widths.iter().skip(1).take(crumbs.len().saturating_sub(2)) {
        if total + dots <= room {
            break;
        }
        total -= step;
        dots = width("…");
        skipped += 1;
    }
    (crumbs.len(), skipped)
}

fn crumb_ui(ui: &mut Ui, cx: &Cx<'_>, crumb: &Crumb, is_last: bool, out: &mut Actions) {
    let p = cx.palette;
    let width = line_width(ui.painter(), &crumb.text, theme::mono_small()) + 1.0;
    let room = width.min(ui.available_width().max(1.0));
    let (rect, response) = ui.allocate_exact_size(vec2(room, theme::TAG_HEIGHT), Sense::click());
    named(&response, Role::Link, &crumb.text);
    let color = if is_last || response.hovered() {
        p.text
    } else {
        p.text_2
    };
    let line = Line::new(&crumb.text, theme::mono_small(), color);
    paint_line(ui.painter(), rect, Align::Min, &line);
    focus_ring(ui, &response, RADIUS_CHIP);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        out.push(Action::Raw(RawAction::Reveal(crumb.node)));
    }
}

fn separator(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(GAP, theme::TAG_HEIGHT), Sense::hover());
    let font = theme::icon(ICON_INLINE - 4.0);
    let line = Line::new(icons::CARET_RIGHT, font, cx.palette.text_3);
    // The icon's ink stands left of its middle.
    let place = rect.translate(vec2(1.5, 0.0));
    paint_line(ui.painter(), place, Align::Center, &line);
}

fn plain(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    let width = line_width(ui.painter(), text, theme::mono_small()) + 1.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::TAG_HEIGHT), Sense::hover());
    let line = Line::new(text, theme::mono_small(), cx.palette.text_3);
    paint_line(ui.painter(), rect, Align::Min, &line);
}
