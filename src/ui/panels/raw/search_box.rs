//! The search box of the raw tab: text, which hit of how many, and a step to either side.

use egui::{Align, Id, Key, Rect, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, vec2};

use crate::state::{Action, AppAction, Pane, RawAction, RawMode};
use crate::text::{raw as sentence, sentence as sentences};
use crate::ui::theme::{
    self, FOCUS_RING, HAIRLINE, ICON_CONTROL, ICON_INLINE, INPUT_HEIGHT, RADIUS_BUTTON,
    RADIUS_CHIP, S4, S8,
};
use crate::ui::widgets::{Line, focus_ring, line_width, named, paint_line};
use crate::ui::{Actions, Cx, icons};

/// Draws the box, `width` wide.
pub(super) fn search_box_ui(ui: &mut Ui, cx: &Cx<'_>, width: f32, out: &mut Actions) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, INPUT_HEIGHT), Sense::hover());
    let p = cx.palette;
    let border = Stroke::new(HAIRLINE, p.line_strong);
    ui.painter()
        .rect(rect, RADIUS_BUTTON, p.bg_raised, border, StrokeKind::Inside);
    let glass = rect
        .with_max_x(rect.left() + S8 + ICON_CONTROL)
        .with_min_x(rect.left() + S8);
    let line = Line::new(icons::MAGNIFYING_GLASS, theme::icon(ICON_CONTROL), p.text_3);
    paint_line(ui.painter(), glass, Align::Center, &line);
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(rect).id_salt("raw search box"));
    let right = count_and_steps(ui, cx, rect, out);
    let field = rect.with_min_x(glass.right() + S8 - 2.0).with_max_x(right);
    edit(ui, cx, rect, field, out);
}

/// The count and the two carets at the right; where they begin.
fn count_and_steps(ui: &Ui, cx: &Cx<'_>, rect: Rect, out: &mut Actions) -> f32 {
    if cx.state.raw.search.text.is_empty() {
        return rect.right() - S8;
    }
    let words = cx.text.raw;
    let mut right = rect.right() - S4;
    let steps = [
        (icons::CARET_DOWN, words.next_hit, RawAction::NextHit),
        (icons::CARET_UP, words.previous_hit, RawAction::PreviousHit),
    ];
    for (icon, name, action) in steps {
        let place = Rect::from_min_max(
            egui::pos2(right - STEP, rect.top() + S4),
            egui::pos2(right, rect.bottom() - S4),
        );
        if step(ui, cx, place, icon, name) {
            out.push(Action::Raw(action));
        }
        right -= STEP;
    }
    let count = count_words(cx);
    let font = theme::mono_small();
    let width = line_width(ui.painter(), &count, font.clone()) + 1.0;
    let place = rect.with_max_x(right - S4).with_min_x(right - S4 - width);
    let line = Line::new(&count, font, cx.palette.text_3);
    paint_line(ui.painter(), place, Align::Max, &line);
    place.left() - S4
}

const STEP: f32 = 18.0;

fn step(ui: &Ui, cx: &Cx<'_>, place: Rect, icon: &str, name: &str) -> bool {
    let response = ui.interact(place, ui.scope_id().with(name), Sense::click());
    named(&response, Role::Button, name);
    let p = cx.palette;
    let color = if response.hovered() { p.text } else { p.text_2 };
    let line = Line::new(icon, theme::icon(ICON_INLINE), color);
    paint_line(ui.painter(), place, Align::Center, &line);
    focus_ring(ui, &response, RADIUS_CHIP);
    response.on_hover_text(name).clicked()
}

fn count_words(cx: &Cx<'_>) -> String {
    let lang = cx.text.lang;
    match cx.state.raw.hit_count() {
        (_, 0) => cx.text.raw.no_hits.to_owned(),
        (Some(hit), total) => sentences::n_of_m(lang, hit + 1, total),
        (None, total) => sentence::hits(lang, total),
    }
}

fn edit(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, field: Rect, out: &mut Actions) {
    let words = cx.text.raw;
    let name = match cx.state.raw.mode {
        RawMode::Tree => words.search,
        RawMode::Text => words.search_text,
    };
    let mut text = cx.state.raw.search.text.clone();
    let hint = egui::RichText::new(name)
        .color(cx.palette.text_3)
        .font(theme::body());
    let edit = TextEdit::singleline(&mut text)
        .id(Id::unique("raw search"))
        .font(theme::mono())
        .text_color(cx.palette.text)
        .frame(egui::Frame::NONE)
        .margin(egui::Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .hint_text(hint);
    let response = ui.put(field, edit);
    named(&response, Role::SearchInput, name);
    if response.changed() {
        out.push(Action::Raw(RawAction::SetSearch(text)));
    }
    if cx.state.raw.focus_search {
        response.request_focus();
        out.push(Action::Raw(RawAction::SearchFocused));
    }
    if response.gained_focus() {
        out.push(Action::App(AppAction::SetFocus(Pane::Detail)));
    }
    if response.has_focus() {
        ring(ui, cx, rect);
    }
    // Enter takes the keyboard away from a single line; stepping through hits keeps it.
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        let back = ui.input(|input| input.modifiers.shift);
        let action = if back {
            RawAction::PreviousHit
        } else {
            RawAction::NextHit
        };
        out.push(Action::Raw(action));
        response.request_focus();
    }
}

fn ring(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let border = Stroke::new(HAIRLINE, cx.palette.accent);
    let ring = Stroke::new(FOCUS_RING, cx.palette.accent_line);
    ui.painter()
        .rect_stroke(rect, RADIUS_BUTTON, border, StrokeKind::Inside);
    ui.painter()
        .rect_stroke(rect, RADIUS_BUTTON, ring, StrokeKind::Outside);
}
