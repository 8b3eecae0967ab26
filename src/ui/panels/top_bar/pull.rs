//! The button that pulls from an account; its caret opens the other ways to get events.

use egui::{Align, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::command::{Command, Stroke as Keys};
use crate::ui::icons;
use crate::ui::theme::{self, BUTTON_HEIGHT, HAIRLINE, ICON_CONTROL, RADIUS_BUTTON};
use crate::ui::widgets::{
    Line, MenuItem, focus_ring, line_width, menu_below, menu_item, named, paint_line,
};
use crate::ui::{Actions, Cx};

const PADDING: f32 = 10.0;
const GAP: f32 = 6.0;
const CARET: f32 = 28.0;

/// In the order of the menu.
const WAYS: [Command; 4] = [
    Command::Pull,
    Command::Borrow,
    Command::Listen,
    Command::Archive,
];

pub(super) fn pull_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    let width = line_width(ui.painter(), words.pull, theme::small_strong());
    let main = (PADDING + ICON_CONTROL + GAP + width).ceil();
    let size = vec2(main + CARET, BUTTON_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let (left, right) = rect.split_left_right_at_x(rect.left() + main);
    let pull = half(ui, left, words.pull);
    let more = half(ui, right, words.pull_more);
    paint(ui, cx, rect, (&pull, &more));
    if pull.clicked() {
        out.extend(Command::Pull.action(cx));
    }
    pull.on_hover_text(words.pull_title);
    menu_below(&more, |ui| menu_ui(ui, cx, out));
}

fn half(ui: &Ui, rect: Rect, name: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("pull", name)), Sense::click());
    named(&response, Role::Button, name);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One button to the eye.
fn paint(ui: &Ui, cx: &Cx<'_>, rect: Rect, (pull, more): (&Response, &Response)) {
    let p = cx.palette;
    let painter = ui.painter();
    let border = Stroke::new(HAIRLINE, p.line_strong);
    painter.rect(rect, RADIUS_BUTTON, p.bg_raised, border, StrokeKind::Inside);
    for half in [pull, more].into_iter().filter(|half| half.hovered()) {
        let inner = half.rect.shrink(HAIRLINE);
        painter.rect_filled(inner, RADIUS_BUTTON, p.bg_hover);
    }
    let inner = pull.rect.with_min_x(pull.rect.left() + PADDING);
    let mark = inner.with_max_x(inner.left() + ICON_CONTROL);
    let icon = Line::new(icons::CLOUD_ARROW_DOWN, theme::icon(ICON_CONTROL), p.text);
    paint_line(painter, mark.expand2(vec2(4.0, 0.0)), Align::Center, &icon);
    let words = Line::new(cx.text.accounts.pull, theme::small_strong(), p.text);
    let from = pos2(mark.right() + GAP, inner.top());
    let place = Rect::from_min_max(from, inner.max + vec2(2.0, 0.0));
    paint_line(painter, place, Align::Min, &words);
    let caret = Line::new(icons::CARET_DOWN, theme::icon(12.0), p.text);
    paint_line(painter, more.rect, Align::Center, &caret);
    focus_ring(ui, pull, RADIUS_BUTTON);
    focus_ring(ui, more, RADIUS_BUTTON);
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    for command in WAYS {
        let name = command.name(cx.text);
        let keys = command.strokes().first().copied().map(Keys::line);
        let keys = keys.unwrap_or_default();
        let item = MenuItem::new(&name).icon(command.icon()).key(&keys);
        if menu_item(ui, item).clicked() {
            out.extend(command.action(cx));
        }
    }
}
