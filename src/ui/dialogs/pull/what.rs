//! What to pull: tasks, which changes nothing, or events, which are borrowed at a price.

use std::sync::Arc;

use egui::{
    Align, CursorIcon, Galley, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::super::field::gap;
use super::super::parts::{name_ui, notice_ui, paint_radio};
use super::edit;
use crate::state::{DialogField, PullMode};
use crate::ui::theme::{
    self, HAIRLINE, ICON_INLINE, RADIUS_CARD, RADIUS_CHIP, S4, S8, S12, TAG_HEIGHT,
};
use crate::ui::widgets::{Line, Tone, focus_ring, line_width, paint_line};
use crate::ui::{Actions, Cx, icons};

const RADIO: f32 = 21.0;
const WORDS: f32 = 37.0;
const TITLE: f32 = 20.0;

/// One of the two ways.
struct Card {
    mode: PullMode,
    title: &'static str,
    tag: &'static str,
    tone: Tone,
    text: &'static str,
}

fn cards(cx: &Cx<'_>) -> [Card; 2] {
    let words = cx.text.accounts;
    [
        Card {
            mode: PullMode::Tasks,
            title: words.tasks,
            tag: words.read_only,
            tone: Tone::Ok,
            text: words.tasks_text,
        },
        Card {
            mode: PullMode::Queue,
            title: words.queue,
            tag: words.borrows,
            tone: Tone::Part,
            text: words.queue_text,
        },
    ]
}

pub(super) fn what_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    name_ui(ui, cx, cx.text.accounts.what_to_pull);
    let cards = cards(cx);
    let width = (ui.available_width() - S12) / 2.0;
    let texts = cards.each_ref().map(|card| {
        let (font, color) = (theme::small(), cx.palette.text_2);
        let text = card.text.to_owned();
        ui.painter().layout(text, font, color, width - WORDS - S12)
    });
    let highest = texts.iter().map(|text| text.size().y).fold(0.0, f32::max);
    let size = vec2(ui.available_width(), S12 + TITLE + 6.0 + highest + S12);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    let [tasks, queue] = texts;
    let places = [
        row.with_max_x(row.left() + width),
        row.with_min_x(row.right() - width),
    ];
    for ((card, place), text) in cards.iter().zip(places).zip([tasks, queue]) {
        card_ui(ui, cx, (place, card), text, out);
    }
}

fn card_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    (rect, card): (Rect, &Card),
    text: Arc<Galley>,
    out: &mut Actions,
) {
    let p = cx.palette;
    let selected = cx.state.live.dialog.mode == card.mode;
    let id = ui.scope_id().with(("what", card.title));
    let response = ui.interact(rect, id, Sense::click());
    let spoken = format!("{}, {}", card.title, card.tag);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, &spoken));
    let fill = if response.hovered() && !selected {
        p.bg_hover
    } else {
        p.bg_raised
    };
    let border = if selected {
        Stroke::new(2.0, p.accent)
    } else {
        Stroke::new(HAIRLINE, p.line_strong)
    };
    ui.painter()
        .rect(rect, RADIUS_CARD, fill, border, StrokeKind::Inside);
    let title = Rect::from_min_size(
        pos2(rect.left(), rect.top() + S12),
        vec2(rect.width(), TITLE),
    );
    let center = pos2(rect.left() + RADIO, title.center().y);
    paint_radio(ui.painter(), center, selected, p);
    paint_title(ui, cx, title, card);
    let at = pos2(rect.left() + WORDS, title.bottom() + 6.0);
    ui.painter().galley(at, text, p.text_2);
    focus_ring(ui, &response, RADIUS_CARD);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.clicked() && !selected {
        edit(out, DialogField::Mode(card.mode));
    }
}

/// The name with its tag; the one that has a price also has a sign.
fn paint_title(ui: &Ui, cx: &Cx<'_>, rect: Rect, card: &Card) {
    let painter = ui.painter();
    let title = Line::new(card.title, theme::strong(), cx.palette.text);
    let place = rect.with_min_x(rect.left() + WORDS);
    let words = paint_line(painter, place, Align::Min, &title).rect;
    let warns = card.tone == Tone::Part;
    let icon = if warns { ICON_INLINE + S4 } else { 0.0 };
    let width = icon + line_width(painter, card.tag, theme::caption()) + 13.0;
    let from = pos2(words.right() + S8, rect.center().y - TAG_HEIGHT / 2.0);
    let tag = Rect::from_min_size(from, vec2(width, TAG_HEIGHT));
    let (ground, color) = card.tone.colors(cx.palette);
    painter.rect_filled(tag, RADIUS_CHIP, ground);
    if warns {
        let center = pos2(tag.left() + 6.0 + ICON_INLINE / 2.0, tag.center().y);
        let mark = Rect::from_center_size(center, Vec2::splat(ICON_INLINE + S8));
        let line = Line::new(icons::WARNING, theme::icon(ICON_INLINE), color);
        paint_line(painter, mark, Align::Center, &line);
    }
    let line = Line::new(card.tag, theme::caption(), color);
    paint_line(
        painter,
        tag.with_min_x(tag.left() + icon),
        Align::Center,
        &line,
    );
}

/// What borrowing costs, told before the first pull; and that it may be for nothing.
pub(super) fn price_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.accounts;
    notice_ui(ui, (icons::WARNING, Tone::Part), words.queue_price, |_| {});
    if is_push(cx) {
        ui.add_space(S8);
        notice_ui(ui, (icons::PROHIBIT, Tone::Fail), words.queue_push, |_| {});
    }
    if cx.state.live.is_borrowing() {
        gap(ui);
        notice_ui(ui, (icons::TRAY, Tone::Part), words.queue_open, |_| {});
    }
}

/// Whether the tested application pushes its events, so that none wait in a queue.
pub(super) fn is_push(cx: &Cx<'_>) -> bool {
    let tested = cx.state.live.dialog.test.passed();
    tested.is_some_and(|tested| tested.config.mode == "PUSH")
}
