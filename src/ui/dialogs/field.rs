//! Fields to type into and to choose from, in one look.

use egui::{
    Align, CursorIcon, FontSelection, Frame, Id, Layout, Margin, Rect, Response, RichText, Role,
    Sense, Stroke, StrokeKind, TextBuffer, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::ui::icons;
use crate::ui::panels::place::within;
use crate::ui::theme::{
    self, FOCUS_RING, HAIRLINE, ICON_CONTROL, INPUT_HEIGHT, Palette, RADIUS_BUTTON, S4, palette,
};
use crate::ui::widgets::{Line, MenuItem, focus_ring, menu_below, menu_item, named, paint_line};

const CARET: f32 = 12.0;
/// Room at the right of a field that offers choices.
const CARET_ROOM: f32 = 28.0;
const PADDING: f32 = 8.0;

/// A field of one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub(super) id: &'static str,
    /// What is spoken.
    pub(super) name: &'a str,
    pub(super) hint: &'a str,
    pub(super) icon: Option<&'static str>,
    pub(super) wrong: bool,
    /// Room kept free at the right.
    pub(super) right: f32,
    pub(super) password: bool,
}

impl<'a> Field<'a> {
    pub(super) fn new(id: &'static str, name: &'a str) -> Self {
        Self {
            id,
            name,
            hint: "",
            icon: None,
            wrong: false,
            right: 0.0,
            password: false,
        }
    }

    pub(super) fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    pub(super) fn icon(self, icon: &'static str) -> Self {
        let icon = Some(icon);
        Self { icon, ..self }
    }

    pub(super) fn wrong(self, wrong: bool) -> Self {
        Self { wrong, ..self }
    }

    /// Draws it over the whole width there is, and takes what is typed into `text`.
    pub(super) fn show(self, ui: &mut Ui, text: &mut dyn TextBuffer) -> Response {
        let size = vec2(ui.available_width(), INPUT_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let id = field_id(self.id);
        paint_box(ui, rect, Look::of(ui, id, self.wrong));
        let inner = rect.shrink2(vec2(PADDING, 0.0));
        let inner = inner.with_max_x(inner.right() - self.right);
        within(ui, inner, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = S4 + 2.0;
            if let Some(icon) = self.icon {
                super::parts::icon_ui(ui, icon, palette(ui).text_2);
            }
            self.edit_ui(ui, id, text)
        })
    }

    fn edit_ui(&self, ui: &mut Ui, id: Id, text: &mut dyn TextBuffer) -> Response {
        let p = palette(ui);
        let hint = RichText::new(self.hint)
            .font(theme::small())
            .color(p.text_3);
        let edit = TextEdit::singleline(text)
            .id(id)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .font(FontSelection::FontId(theme::mono()))
            .text_color(p.text)
            .password(self.password)
            .hint_text(hint)
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(ui.available_width())
            .min_size(vec2(0.0, INPUT_HEIGHT - 2.0));
        let response = ui.add(edit);
        let shown = shown(self.password, text.as_str());
        response.widget_info(|| {
            let enabled = response.enabled();
            let mut info = WidgetInfo::text_edit(enabled, &shown, &shown, self.hint);
            info.label = Some(self.name.to_owned());
            info
        });
        response
    }
}

/// What may be told of the text to a screen reader.
fn shown(password: bool, text: &str) -> String {
    if password {
        "•".repeat(text.chars().count())
    } else {
        text.to_owned()
    }
}

/// The id of a field, so that the keyboard can be given to it.
pub(super) fn field_id(id: &str) -> Id {
    Id::unique(("dialog field", id))
}

/// Draws a field; the new text, when it was changed.
pub(super) fn text_ui(ui: &mut Ui, field: Field<'_>, text: &str) -> Option<String> {
    let mut typed = text.to_owned();
    let response = field.show(ui, &mut typed);
    (response.changed() && typed != text).then_some(typed)
}

/// A field that also offers choices below it. `choices` speaks for the caret.
pub(super) fn combo_ui<R>(
    ui: &mut Ui,
    (field, text): (Field<'_>, &str),
    choices: &str,
    menu: impl FnOnce(&mut Ui) -> Option<R>,
) -> (Option<String>, Option<R>) {
    let right = field.right + CARET_ROOM - PADDING;
    let rect = next_rect(ui);
    let typed = text_ui(ui, Field { right, ..field }, text);
    let place = rect.with_min_x(rect.right() - CARET_ROOM);
    let id = field_id(field.id).with("choices");
    let response = ui.interact(place, id, Sense::click());
    named(&response, Role::Button, choices);
    paint_caret(ui, place, response.hovered());
    focus_ring(ui, &response, RADIUS_BUTTON);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    let chosen = menu_below(&response, menu).flatten();
    (typed, chosen)
}

/// Where the next field will stand.
pub(super) fn next_rect(ui: &Ui) -> Rect {
    let size = vec2(ui.available_width(), INPUT_HEIGHT);
    Rect::from_min_size(ui.cursor().min, size)
}

/// A control that opens choices: its spoken name and what is chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Select<'a> {
    pub(super) name: &'a str,
    pub(super) chosen: &'a str,
}

/// Draws it over the whole width there is.
pub(super) fn select_ui(ui: &mut Ui, select: Select<'_>) -> Response {
    let p = palette(ui);
    let size = vec2(ui.available_width(), INPUT_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let spoken = format!("{}: {}", select.name, select.chosen);
    named(&response, Role::ComboBox, &spoken);
    let look = Look {
        fill: if response.hovered() {
            p.bg_hover
        } else {
            p.bg_raised
        },
        border: p.line_strong,
        focused: false,
    };
    paint_box(ui, rect, look);
    let words = rect.shrink2(vec2(PADDING, 0.0));
    let words = words.with_max_x(rect.right() - CARET_ROOM + S4);
    let line = Line::new(select.chosen, theme::small(), p.text);
    paint_line(ui.painter(), words, Align::Min, &line);
    let caret = rect.with_min_x(rect.right() - CARET_ROOM);
    paint_caret(ui, caret, response.hovered());
    focus_ring(ui, &response, RADIUS_BUTTON);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// How the box of a field looks.
#[derive(Clone, Copy)]
struct Look {
    fill: egui::Color32,
    border: egui::Color32,
    focused: bool,
}

impl Look {
    fn of(ui: &Ui, id: Id, wrong: bool) -> Self {
        let p: &Palette = palette(ui);
        let focused = ui.memory(|memory| memory.has_focus(id));
        let border = match (wrong, focused) {
            (true, _) => p.fail.fill,
            (false, true) => p.accent,
            (false, false) => p.line_strong,
        };
        Self {
            fill: p.bg_raised,
            border,
            focused,
        }
    }
}

fn paint_box(ui: &Ui, rect: Rect, look: Look) {
    let painter = ui.painter();
    let border = Stroke::new(HAIRLINE, look.border);
    painter.rect(rect, RADIUS_BUTTON, look.fill, border, StrokeKind::Inside);
    if look.focused {
        let ring = Stroke::new(FOCUS_RING, palette(ui).accent_line);
        painter.rect_stroke(rect, RADIUS_BUTTON, ring, StrokeKind::Outside);
    }
}

fn paint_caret(ui: &Ui, rect: Rect, hovered: bool) {
    let p = palette(ui);
    let color = if hovered { p.text } else { p.text_2 };
    let line = Line::new(icons::CARET_DOWN, theme::icon(CARET), color);
    paint_line(ui.painter(), rect, Align::Center, &line);
}

/// What is known of what stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It was not asked about.
    Untold,
    /// The service knows it.
    Found,
    /// The service does not.
    Missing,
}

/// Marks a field, at its right end.
pub(super) fn paint_mark(ui: &Ui, rect: Rect, mark: Mark, from_right: f32) {
    let right = rect.right() - from_right;
    let place = Rect::from_x_y_ranges(right - ICON_CONTROL..=right, rect.y_range());
    let p = palette(ui);
    let (icon, color) = match mark {
        Mark::Untold => (icons::QUESTION, p.text_3),
        Mark::Found => (icons::CHECK, p.ok.text),
        Mark::Missing => (icons::WARNING, p.part.text),
    };
    let line = Line::new(icon, theme::icon(ICON_CONTROL), color);
    paint_line(
        ui.painter(),
        place.expand2(vec2(S4, 0.0)),
        Align::Center,
        &line,
    );
}

/// Gives the keyboard to a field when the dialog comes up.
pub(super) fn focus_first(ui: &Ui, id: &str, opening: bool) {
    if opening {
        ui.memory_mut(|memory| memory.request_focus(field_id(id)));
    }
}

/// A line of fields begins below the last one.
pub(super) fn gap(ui: &mut Ui) {
    ui.add_space(super::parts::GAP);
}

/// One of several values that are offered below a control.
pub(super) fn choose_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    select: Select<'_>,
    values: &[(T, String)],
    now: T,
) -> Option<T> {
    let response = select_ui(ui, select);
    menu_below(&response, |ui| {
        let mut chosen = None;
        for (value, name) in values {
            let item = MenuItem::new(name).checked(*value == now);
            if menu_item(ui, item).clicked() {
                chosen = Some(*value);
            }
        }
        chosen
    })
    .flatten()
}
