//! What the live panels share: pills, buttons, pairs, copied values.

use egui::{
    Align, CursorIcon, Frame, Layout, Margin, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, vec2,
};

use super::super::place::within;
use crate::state::{Action, AppAction};
use crate::ui::theme::{
    self, BUTTON_HEIGHT, HAIRLINE, ICON_CONTROL, ICON_INLINE, PILL_HEIGHT, RADIUS_BUTTON,
    RADIUS_CHIP, S4, S8,
};
use crate::ui::widgets::{
    Button, CopyAsk, CopyIcon, Copyable, Line, Offers, Tone, copyable, focus_ring, hairline, label,
    line_width, named, paint_line, section,
};
use crate::ui::{Actions, Cx, icons};

pub(super) fn rightward() -> Layout {
    Layout::left_to_right(Align::Center)
}

pub(super) fn leftward() -> Layout {
    Layout::right_to_left(Align::Center)
}

/// A short statement with its icon.
pub(super) fn pill_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (icon, words): (&str, &str),
    tone: Tone,
) -> Response {
    let (ground, color) = tone.colors(cx.palette);
    let width = line_width(ui.painter(), words, theme::small_strong()).ceil();
    let size = vec2(S8 + ICON_INLINE + 6.0 + width + S8 + 1.0, PILL_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, words);
    ui.painter().rect_filled(rect, RADIUS_CHIP, ground);
    let inner = rect.shrink2(vec2(S8, 0.0));
    let mark = inner.with_max_x(inner.left() + ICON_INLINE);
    let icon = Line::new(icon, theme::icon(ICON_INLINE), color);
    paint_line(ui.painter(), mark, Align::Center, &icon);
    let words = Line::new(words, theme::small_strong(), color);
    let place = inner.with_min_x(mark.right() + 6.0).expand2(vec2(1.0, 0.0));
    paint_line(ui.painter(), place, Align::Min, &words);
    response
}

/// Ends what hides or changes something; the same wherever it stands.
pub(super) fn stop_ui(ui: &mut Ui, cx: &Cx<'_>, words: &str) -> Response {
    stop_named_ui(ui, cx, (words, words))
}

/// The same, spoken otherwise where several stand side by side.
pub(super) fn stop_named_ui(ui: &mut Ui, cx: &Cx<'_>, (words, name): (&str, &str)) -> Response {
    let p = cx.palette;
    let width = line_width(ui.painter(), words, theme::small_strong()).ceil();
    let size = vec2(10.0 + ICON_CONTROL + 6.0 + width + 11.0, BUTTON_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    named(&response, Role::Button, name);
    let fill = if response.hovered() {
        p.fail.bg
    } else {
        p.bg_raised
    };
    let border = Stroke::new(HAIRLINE, p.fail.soft);
    ui.painter()
        .rect(rect, RADIUS_BUTTON, fill, border, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(10.0, 0.0));
    let mark = inner.with_max_x(inner.left() + ICON_CONTROL);
    let icon = Line::new(icons::STOP, theme::icon(ICON_CONTROL), p.fail.text);
    paint_line(ui.painter(), mark, Align::Center, &icon);
    let line = Line::new(words, theme::small_strong(), p.fail.text);
    let place = inner.with_min_x(mark.right() + 6.0).expand2(vec2(1.0, 0.0));
    paint_line(ui.painter(), place, Align::Min, &line);
    focus_ring(ui, &response, RADIUS_BUTTON);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Insets a part as far as the head's text.
pub(super) fn padded<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin::symmetric(20, 0);
    let frame = Frame::new().inner_margin(margin);
    frame.show(ui, content).inner
}

/// A heading with its caption, and the gap below.
pub(super) fn heading_ui(ui: &mut Ui, title: &str, caption: &str) {
    section(ui, title, caption, |_| ());
    ui.add_space(S8);
}

/// Something of the list at the side: a name, and a value at the right edge.
pub(super) fn side_row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    value: impl FnOnce(&mut Ui),
) -> Rect {
    const HEIGHT: f32 = 25.0;
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let name = Line::new(name, theme::small(), cx.palette.text_2);
    within(ui, rect, leftward(), |ui| {
        value(ui);
        ui.with_layout(rightward(), |ui| label(ui, &name));
    });
    let line = Stroke::new(HAIRLINE, cx.palette.line);
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter().hline(rect.x_range(), y, line);
    rect
}

/// A heading at the left and what belongs to it, which may wrap.
pub(super) fn pair_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (name, width): (&str, f32),
    content: impl FnOnce(&mut Ui),
) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(width, 16.0), Sense::hover());
        within(ui, rect, rightward(), |ui| {
            label(ui, &Line::new(name, theme::small(), cx.palette.text_3));
        });
        ui.vertical(content);
    });
    ui.add_space(S8);
}

/// One value of a table without columns: icon, name, value, line below.
pub(super) fn fact_row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (mark, name): ((&str, Tone), &str),
    content: impl FnOnce(&mut Ui),
) {
    const NAME: f32 = 96.0;
    ui.add_space(S4);
    ui.horizontal_top(|ui| {
        let (_, color) = mark.1.colors(cx.palette);
        let (rect, _) = ui.allocate_exact_size(vec2(ICON_INLINE + S8, 18.0), Sense::hover());
        within(ui, rect, rightward(), |ui| {
            label(ui, &Line::new(mark.0, theme::icon(ICON_INLINE), color));
        });
        let (rect, _) = ui.allocate_exact_size(vec2(NAME, 18.0), Sense::hover());
        within(ui, rect, rightward(), |ui| {
            label(ui, &Line::new(name, theme::small(), cx.palette.text_2));
        });
        ui.vertical(|ui| {
            // As far down as the name, which is centred in its line.
            ui.add_space(1.5);
            ui.spacing_mut().interact_size.y = 15.0;
            content(ui);
        });
    });
    ui.add_space(S4);
    hairline(ui);
}

/// Puts a text on the clipboard and says so.
pub(super) fn copy(out: &mut Actions, what: &str, text: &str) {
    out.push(Action::App(AppAction::Copy {
        what: what.to_owned(),
        text: text.to_owned(),
    }));
}

/// A value in full that can be copied.
pub(super) fn value_ui(ui: &mut Ui, cx: &Cx<'_>, (name, value): (&str, &str), out: &mut Actions) {
    let asked = copyable(
        ui,
        &Copyable {
            name,
            line: Line::new(value, theme::mono(), cx.palette.text_2).middle(),
            icon: CopyIcon::Always,
            offers: Offers::default(),
            words: cx.text.chrome,
        },
    );
    if asked == Some(CopyAsk::Copy) {
        copy(out, name, value);
    }
}

/// A RequestId by its ends; a click copies all of it.
pub(super) fn request_id_ui(ui: &mut Ui, cx: &Cx<'_>, id: &str, out: &mut Actions) {
    if id.is_empty() {
        return;
    }
    let what = cx.text.live.request_id;
    let name = format!("{} {what} {id}", cx.text.chrome.copy);
    let short = short_request_id(id);
    let width = line_width(ui.painter(), &short, theme::mono()) + 2.0;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 18.0), Sense::click());
    named(&response, Role::Button, &name);
    let color = if response.hovered() {
        cx.palette.text
    } else {
        cx.palette.text_3
    };
    let line = Line::new(&short, theme::mono(), color);
    paint_line(ui.painter(), rect, Align::Max, &line);
    focus_ring(ui, &response, RADIUS_CHIP);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.on_hover_text(name).clicked() {
        copy(out, what, id);
    }
}

/// `3f0c…a91e`.
fn short_request_id(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    match (chars.get(..4), chars.len().checked_sub(4)) {
        (Some(head), Some(from)) if chars.len() > 12 => {
            let tail = chars.get(from..).unwrap_or_default();
            head.iter().chain(&['…']).chain(tail).collect()
        }
        _ => id.to_owned(),
    }
}

/// A link at the end of a line.
pub(super) fn link_ui(ui: &mut Ui, words: &str) -> bool {
    ui.add(Button::link(words)).clicked()
}

/// Whole seconds that are left, the last one counted until it is over.
pub(super) fn whole_secs(millis: u64) -> u64 {
    millis.div_ceil(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_keeps_both_ends() {
        let id = "335bdaa3-db0e-46ce-9946-51941d9cb0f5";
        assert_eq!(short_request_id(id), "335b…b0f5");
        assert_eq!(short_request_id("r-1"), "r-1");
    }

    #[test]
    fn a_second_that_runs_still_counts() {
        assert_eq!([1, 1_000, 1_001, 0].map(whole_secs), [1, 1, 2, 0]);
    }
}
