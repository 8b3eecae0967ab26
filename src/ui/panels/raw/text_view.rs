//! Draws the text as it was received.

use std::sync::Arc;

use egui::text::CCursor;
use egui::{Align, Galley, Id, Rect, Response, Role, Sense, Ui, pos2};

use crate::state::{Action, AppAction, Pane, RawAction, TextLine};
use crate::ui::theme::{self, MARKER, RADIUS_CHIP, S16};
use crate::ui::widgets::{Line, VirtualList, focus_ring, named, paint_line};
use crate::ui::{Actions, Cx};

use super::tree_view::{columns, extent, gutter, paint_hit};
use super::{Opened, around, marks, scrolled};

pub(super) fn text_ui(ui: &mut Ui, cx: &Cx<'_>, opened: &Opened, out: &mut Actions) {
    let pane = &cx.state.raw;
    let tree = &opened.detail.tree;
    let rect = ui.available_rect_before_wrap();
    let numbers = pane.text_lines.iter().rev().find_map(|line| line.number);
    let gutter = gutter(ui, numbers.unwrap_or(0));
    let fitting = columns(ui, rect.width() - gutter - 2.0 * S16);
    if fitting != pane.columns {
        out.push(Action::Raw(RawAction::SetColumns(fitting)));
    }
    let extent = extent(rect, pane.text_lines.len());
    let offset = extent.clamp(pane.text_scroll);
    let list = VirtualList {
        row_height: extent.row_height,
        len: extent.len,
        offset: pane.text_scroll,
        name: cx.text.raw.text,
        reveal: pane
            .reveal
            .then(|| around(&extent, offset, pane.text_cursor)),
    };
    let shown = list.show(ui, |ui, index, rect| {
        if let Some(line) = pane.text_lines.get(index) {
            let place = Place {
                cx,
                text: &tree.text,
                index,
                line,
                gutter,
            };
            place.line_ui(ui, rect, out);
        }
    });
    marks::marks_ui(ui, cx, tree, rect);
    scrolled(cx, pane.text_scroll, &shown, out);
}

/// One line and where it is.
struct Place<'a> {
    cx: &'a Cx<'a>,
    text: &'a str,
    index: usize,
    line: &'a TextLine,
    gutter: f32,
}

impl Place<'_> {
    fn line_ui(&self, ui: &Ui, rect: Rect, out: &mut Actions) {
        let p = self.cx.palette;
        let shown = slice(self.text, &self.line.range);
        let is_cursor = self.index == self.cx.state.raw.text_cursor;
        let response = self.interact(ui, rect, is_cursor);
        named(&response, Role::ListItem, shown);
        if is_cursor {
            ui.painter().rect_filled(rect, 0, p.bg_selected);
            let marker = rect.with_max_x(rect.left() + MARKER);
            ui.painter().rect_filled(marker, 0, p.accent);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0, p.bg_hover);
        }
        if let Some(number) = self.line.number {
            let number = number.to_string();
            let place = rect.with_max_x(rect.left() + self.gutter);
            let line = Line::new(&number, theme::mono_small(), p.text_3);
            paint_line(ui.painter(), place, Align::Max, &line);
        }
        let galley = ui
            .painter()
            .layout_no_wrap(shown.to_owned(), theme::mono(), p.text);
        let left = rect.left() + self.gutter + S16;
        let at = pos2(left, rect.center().y - galley.size().y / 2.0);
        self.hits(ui, shown, &galley, at);
        ui.painter().galley(at, galley, p.text);
        focus_ring(ui, &response, RADIUS_CHIP);
        if response.clicked() {
            out.push(Action::Raw(RawAction::SelectLine(self.index)));
            if self.cx.state.focus != Pane::Detail {
                out.push(Action::App(AppAction::SetFocus(Pane::Detail)));
            }
        }
    }

    fn interact(&self, ui: &Ui, rect: Rect, is_cursor: bool) -> Response {
        let sense = if is_cursor {
            Sense::click()
        } else {
            Sense::CLICK
        };
        ui.interact(rect, Id::unique(("raw text line", self.index)), sense)
    }

    fn hits(&self, ui: &Ui, shown: &str, galley: &Arc<Galley>, at: egui::Pos2) {
        let pane = &self.cx.state.raw;
        let range = &self.line.range;
        let first = pane.text_hits.partition_point(|hit| hit.end <= range.start);
        let here = pane.text_hits.iter().enumerate().skip(first);
        for (index, hit) in here.take_while(|(_, hit)| hit.start < range.end) {
            let chars = |byte: u32| {
                let byte = usize::try_from(byte.clamp(range.start, range.end) - range.start);
                let head = byte.ok().and_then(|byte| shown.get(..byte));
                head.map_or(0, |head| head.chars().count())
            };
            let x = |byte: u32| at.x + galley.pos_from_cursor(CCursor::new(chars(byte))).left();
            let place = Rect::from_x_y_ranges(
                x(hit.start)..=x(hit.end),
                at.y - 1.0..=at.y + galley.size().y + 1.0,
            );
            let current = pane.text_hit == Some(index);
            paint_hit(ui.painter(), place, self.cx.palette, current);
        }
    }
}

fn slice<'a>(text: &'a str, range: &std::ops::Range<u32>) -> &'a str {
    let start = usize::try_from(range.start).unwrap_or(usize::MAX);
    let end = usize::try_from(range.end).unwrap_or(usize::MAX);
    text.get(start..end).unwrap_or_default()
}
