//! Draws the tree: line numbers, guides, values with their colours, remarks, and what is found.

use std::sync::Arc;

use egui::text::CCursor;
use egui::{
    Align, Color32, EventFilter, FontId, Galley, Id, Painter, Rangef, Rect, Response, Role, Sense,
    Stroke, Ui, pos2, vec2,
};

use crate::state::{Action, AppAction, LineKind, Matcher, Pane, RawAction};
use crate::ui::theme::{
    self, HAIRLINE, ICON_INLINE, MARKER, Palette, RADIUS_BAR, RADIUS_CHIP, S8, S16,
};
use crate::ui::widgets::{
    Extent, Line, Tone, VirtualList, focus_ring, line_width, memo, named, paint_line, paint_tag,
};
use crate::ui::{Actions, Cx, icons};

use super::rows::{Ink, Piece, Row, Sheet, Weight};
use super::{Opened, around, marks, menu, scrolled, stamp};

pub(super) const LINE: f32 = 20.0;
const INDENT: f32 = 20.0;
/// From the line numbers to the middle of the first caret, and on to the text.
const CARET: f32 = 21.0;
const TEXT: f32 = 11.0;
/// Rows are built for so many lines around those in sight at once.
const BATCH: usize = 32;

/// What every line is drawn with.
struct Pen<'a> {
    cx: &'a Cx<'a>,
    matcher: Arc<Option<Matcher>>,
    /// Width of the line numbers.
    gutter: f32,
}

pub(super) fn tree_ui(ui: &mut Ui, cx: &Cx<'_>, opened: &Opened, out: &mut Actions) {
    let pane = &cx.state.raw;
    let tree = &opened.detail.tree;
    let rect = ui.available_rect_before_wrap();
    let pen = Pen {
        cx,
        matcher: memo(ui, "raw matcher", pane.generation, || pane.search.matcher()),
        gutter: gutter(ui, pane.numbers.line_count(tree)),
    };
    let extent = extent(rect, pane.lines.len());
    let offset = extent.clamp(pane.scroll);
    let cursor = pane.cursor_line(tree).filter(|_| pane.reveal);
    let reveal = cursor.map(|line| around(&extent, offset, line));
    let range = batch(&extent, offset, reveal);
    let columns = columns(ui, rect.width() - pen.gutter - CARET - TEXT - S16);
    let key = stamp((
        pane.generation,
        cx.detail_stamp(),
        cx.state.detail.sub_task,
        columns,
    ));
    let sheet = Sheet {
        detail: &opened.detail,
        pane,
        facts: &opened.facts,
        text: cx.text,
        columns,
        sub_task: cx.state.detail.sub_task,
    };
    let first = range.start;
    let built = memo(ui, "raw rows", stamp((key, first, range.end)), || {
        sheet.rows(range)
    });
    let list = VirtualList {
        row_height: extent.row_height,
        len: extent.len,
        offset: pane.scroll,
        name: cx.text.raw.tree,
        reveal,
    };
    let shown = list.show(ui, |ui, index, rect| {
        // A leap of the wheel can pass what was built.
        let late = || sheet.rows(index..index + 1);
        match index.checked_sub(first).and_then(|at| built.get(at)) {
            Some(row) => line_ui(ui, &pen, row, rect, out),
            None => late()
                .iter()
                .for_each(|row| line_ui(ui, &pen, row, rect, out)),
        }
    });
    marks::marks_ui(ui, cx, tree, rect);
    scrolled(cx, pane.scroll, &shown, out);
}

/// As wide as the longest line number, with room at its left.
pub(super) fn gutter(ui: &Ui, lines: u32) -> f32 {
    let digits = lines.to_string().len().max(3);
    S16 + line_width(ui.painter(), &"0".repeat(digits), theme::mono_small())
}

/// How many narrow characters fit into a width.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates; the width of a pane in characters is small"
)]
pub(super) fn columns(ui: &Ui, width: f32) -> usize {
    let narrow = line_width(ui.painter(), "0", theme::mono()).max(1.0);
    (width.max(0.0) / narrow) as usize
}

/// The lines in sight, and some more at both ends.
fn batch(extent: &Extent, offset: f64, reveal: Option<usize>) -> std::ops::Range<usize> {
    let offset = reveal.map_or(offset, |index| extent.reveal(offset, index));
    let rows = extent.rows(offset);
    let start = rows.start.saturating_sub(BATCH) / BATCH * BATCH;
    let end = (rows.end + 2 * BATCH) / BATCH * BATCH;
    start..end.min(extent.len)
}

/// So many lines in so much room.
pub(super) fn extent(rect: Rect, len: usize) -> Extent {
    Extent {
        row_height: f64::from(LINE),
        len,
        view: f64::from(rect.height().max(0.0)),
    }
}

fn line_ui(ui: &Ui, pen: &Pen<'_>, row: &Row, rect: Rect, out: &mut Actions) {
    let pane = &pen.cx.state.raw;
    let is_cursor = row.line.node == pane.cursor && row.line.kind != LineKind::Close;
    let response = interact(ui, row, rect, is_cursor);
    keep_focus(ui, pen, &response, is_cursor);
    pen.ground(ui.painter(), rect, &response, is_cursor);
    pen.number(ui.painter(), row, rect, is_cursor);
    pen.guides(ui.painter(), row, rect);
    caret_ui(ui, pen, row, rect, out);
    pen.words(ui.painter(), row, rect);
    focus_ring(ui, &response, RADIUS_CHIP);
    clicks(pen.cx, &response, row, out);
    menu::line_menu(&response, pen.cx, row, out);
    if let Some(whole) = &row.whole {
        response.on_hover_text_at_pointer(egui::RichText::new(whole).font(theme::mono()));
    }
}

fn interact(ui: &Ui, row: &Row, rect: Rect, is_cursor: bool) -> Response {
    let id = Id::unique(("raw line", row.line.node, row.line.kind == LineKind::Close));
    // One stop for Tab; from there the arrows move.
    let sense = if is_cursor {
        Sense::click()
    } else {
        Sense::CLICK
    };
    let response = ui.interact(rect, id, sense);
    named(&response, Role::TreeItem, &row.name);
    response
}

/// The keyboard stays with the cursor when that moves.
fn keep_focus(ui: &Ui, pen: &Pen<'_>, response: &Response, is_cursor: bool) {
    if !is_cursor {
        return;
    }
    let key = Id::unique("raw line with focus");
    let last: Option<Id> = ui.data(|data| data.get_temp(key));
    let focused = ui.memory(egui::Memory::focused);
    if pen.cx.state.raw.reveal && focused.is_some() && focused == last {
        response.request_focus();
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(key, response.id));
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    }
}

fn clicks(cx: &Cx<'_>, response: &Response, row: &Row, out: &mut Actions) {
    if response.clicked() || response.secondary_clicked() {
        out.push(Action::Raw(RawAction::Select(row.line.node)));
        if cx.state.focus != Pane::Detail {
            out.push(Action::App(AppAction::SetFocus(Pane::Detail)));
        }
    }
    if response.double_clicked() && row.line.kind != LineKind::Leaf {
        out.push(Action::Raw(RawAction::Toggle(row.line.node)));
    }
}

fn caret_ui(ui: &Ui, pen: &Pen<'_>, row: &Row, rect: Rect, out: &mut Actions) {
    let words = pen.cx.text.raw;
    let (icon, name) = match row.line.kind {
        LineKind::Open => (icons::CARET_DOWN, words.fold),
        LineKind::Folded => (icons::CARET_RIGHT, words.unfold),
        LineKind::Leaf | LineKind::Close => return,
    };
    let center = pos2(pen.caret_x(rect, row.depth), rect.center().y);
    let place = Rect::from_center_size(center, vec2(S16, LINE));
    let id = Id::unique(("raw caret", row.line.node));
    let response = ui.interact(place, id, Sense::CLICK);
    named(&response, Role::Button, &format!("{name} {}", row.name));
    let p = pen.cx.palette;
    let color = if response.hovered() { p.text } else { p.text_3 };
    let line = Line::new(icon, theme::icon(CARET_ICON), color);
    paint_line(ui.painter(), place, Align::Center, &line);
    if response.clicked() {
        out.push(Action::Raw(RawAction::Toggle(row.line.node)));
    }
}

/// Between a summary's words and the edge of its ground.
const SUMMARY_PADDING: f32 = 5.0;
const CARET_ICON: f32 = ICON_INLINE - 2.0;

impl Pen<'_> {
    fn caret_x(&self, rect: Rect, depth: u16) -> f32 {
        rect.left() + self.gutter + CARET + INDENT * f32::from(depth)
    }

    fn ground(&self, painter: &Painter, rect: Rect, response: &Response, is_cursor: bool) {
        let p = self.cx.palette;
        if is_cursor {
            painter.rect_filled(rect, 0, p.bg_selected);
            let marker = rect.with_max_x(rect.left() + MARKER);
            painter.rect_filled(marker, 0, p.accent);
        } else if response.hovered() {
            painter.rect_filled(rect, 0, p.bg_hover);
        }
    }

    fn number(&self, painter: &Painter, row: &Row, rect: Rect, is_cursor: bool) {
        let p = self.cx.palette;
        let color = if is_cursor { p.text_2 } else { p.text_3 };
        let place = rect.with_max_x(rect.left() + self.gutter);
        let number = row.line.number.to_string();
        let line = Line::new(&number, theme::mono_small(), color);
        paint_line(painter, place, Align::Max, &line);
    }

    fn guides(&self, painter: &Painter, row: &Row, rect: Rect) {
        let stroke = Stroke::new(HAIRLINE, self.cx.palette.line);
        for level in 0..row.depth {
            let x = self.caret_x(rect, level);
            if x < rect.right() {
                painter.vline(x, rect.y_range(), stroke);
            }
        }
    }

    fn words(&self, painter: &Painter, row: &Row, rect: Rect) {
        let mut x = self.caret_x(rect, row.depth) + TEXT;
        let mut boxed: Option<Rangef> = None;
        let mut placed = Vec::with_capacity(row.pieces.len());
        for piece in &row.pieces {
            let color = color_of(piece.ink, self.cx.palette);
            let galley = painter.layout_no_wrap(piece.text.clone(), theme::mono(), color);
            if piece.ink.is_boxed() == boxed.is_none() {
                x += SUMMARY_PADDING;
            }
            let end = x + galley.size().x;
            if piece.ink.is_boxed() {
                let start = boxed.map_or(x, |range| range.min);
                boxed = Some(Rangef::new(start, end));
            }
            placed.push((piece, galley, x));
            x = end;
        }
        self.summary_ground(painter, rect, boxed);
        for (piece, galley, x) in placed {
            let at = pos2(x.round(), rect.center().y - galley.size().y / 2.0);
            self.hits(painter, row, piece, (&galley, at));
            painter.galley(at, galley, Color32::PLACEHOLDER);
        }
        self.remarks(painter, row, rect.with_min_x(x + S16));
    }

    /// A folded container stands on a ground of its own.
    fn summary_ground(&self, painter: &Painter, rect: Rect, across: Option<Rangef>) {
        if let Some(across) = across {
            let place = Rect::from_x_y_ranges(across.expand(SUMMARY_PADDING), rect.y_range());
            let ground = self.cx.palette.bg_track;
            painter.rect_filled(place.shrink2(vec2(0.0, 1.5)), RADIUS_CHIP, ground);
        }
    }

    /// Marks every occurrence of what is searched for; those under the cursor get a border.
    fn hits(
        &self,
        painter: &Painter,
        row: &Row,
        piece: &Piece,
        (galley, at): (&Galley, egui::Pos2),
    ) {
        let Some(matcher) = self.matcher.as_ref() else {
            return;
        };
        let search = &self.cx.state.raw.search;
        let wanted = match piece.ink {
            Ink::Name => search.in_keys,
            Ink::Str | Ink::Num | Ink::Lit => search.in_values,
            _ => false,
        };
        if !wanted {
            return;
        }
        let current = row.line.node == self.cx.state.raw.cursor;
        for found in matcher.find(&piece.text) {
            let chars = |byte: usize| {
                piece
                    .text
                    .get(..byte)
                    .map_or(0, |head| head.chars().count())
            };
            let x = |byte: usize| at.x + galley.pos_from_cursor(CCursor::new(chars(byte))).left();
            let place = Rect::from_x_y_ranges(
                x(found.start)..=x(found.end),
                at.y - 1.0..=at.y + galley.size().y + 1.0,
            );
            paint_hit(painter, place, self.cx.palette, current);
        }
    }

    fn remarks(&self, painter: &Painter, row: &Row, room: Rect) {
        let p = self.cx.palette;
        let mut room = room.with_max_x(room.right() - S16);
        for remark in &row.remarks {
            if room.width() < S16 {
                return;
            }
            let used = match remark.weight {
                Weight::Tag => paint_tag(painter, room.left_center(), &remark.text, Tone::Plain, p),
                Weight::Hint | Weight::Warning => {
                    let color = if remark.weight == Weight::Hint {
                        p.text_3
                    } else {
                        p.part.text
                    };
                    let line = Line::new(&remark.text, remark_font(), color);
                    paint_line(painter, room, Align::Min, &line).rect
                }
            };
            room = room.with_min_x(used.right() + S8);
        }
    }
}

/// As small as a caption, but no heavier than the values.
fn remark_font() -> FontId {
    FontId {
        size: theme::caption().size,
        ..theme::body()
    }
}

/// The ground of an occurrence; the current one has a border too.
pub(super) fn paint_hit(painter: &Painter, place: Rect, p: &Palette, current: bool) {
    painter.rect_filled(place, RADIUS_BAR, p.hit);
    if current {
        let border = Stroke::new(HAIRLINE, p.part.fill);
        painter.rect_stroke(
            place.expand(1.0),
            RADIUS_BAR,
            border,
            egui::StrokeKind::Inside,
        );
    }
}

fn color_of(ink: Ink, p: &Palette) -> Color32 {
    match ink {
        Ink::Name => p.text,
        Ink::Mark => p.text_3,
        Ink::Index | Ink::Folded => p.text_2,
        Ink::Str => p.str_,
        Ink::Num => p.num,
        Ink::Lit => p.lit,
        Ink::FoldedFailure => p.fail.text,
    }
}
