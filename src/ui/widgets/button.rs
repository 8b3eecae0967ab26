//! Buttons with words.

use std::sync::Arc;

use egui::{
    Color32, CursorIcon, Galley, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget,
    pos2, vec2,
};

use super::focus::{focus_ring, named};
use crate::ui::icons;
use crate::ui::theme::{
    self, BUTTON_HEIGHT, HAIRLINE, ICON_CONTROL, Palette, RADIUS_BUTTON, palette,
};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    /// The one thing to do next.
    Primary,
    #[default]
    Default,
    /// Without a border, beside others.
    Ghost,
    /// Leads somewhere; stands in a line of text.
    Link,
}

/// A button with words: `ui.add(Button::primary("Open").icon(icons::FOLDER_OPEN))`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Button<'a> {
    label: &'a str,
    icon: Option<&'static str>,
    kind: ButtonKind,
    caret: bool,
    name: &'a str,
}

impl<'a> Button<'a> {
    pub(crate) fn new(label: &'a str) -> Self {
        Self {
            label,
            icon: None,
            kind: ButtonKind::Default,
            caret: false,
            name: label,
        }
    }

    pub(crate) fn primary(label: &'a str) -> Self {
        Self::new(label).kind(ButtonKind::Primary)
    }

    pub(crate) fn ghost(label: &'a str) -> Self {
        Self::new(label).kind(ButtonKind::Ghost)
    }

    pub(crate) fn link(label: &'a str) -> Self {
        Self::new(label).kind(ButtonKind::Link)
    }

    pub(crate) fn kind(mut self, kind: ButtonKind) -> Self {
        self.kind = kind;
        self
    }

    pub(crate) fn icon(mut self, icon: &'static str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Says with a caret that a menu opens.
    pub(crate) fn caret(mut self) -> Self {
        self.caret = true;
        self
    }

    /// A spoken name other than the label.
    pub(crate) fn name(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    fn padding(&self) -> Vec2 {
        match self.kind {
            ButtonKind::Link => vec2(0.0, 2.0),
            _ => vec2(PADDING, 0.0),
        }
    }

    fn height(&self, words: &Galley) -> f32 {
        match self.kind {
            ButtonKind::Link => words.size().y + 4.0,
            _ => BUTTON_HEIGHT,
        }
    }
}

const PADDING: f32 = 10.0;
const ICON_GAP: f32 = 6.0;
const CARET: f32 = 12.0;

/// The pieces of a button from left to right, each as wide as it is counted.
struct Pieces {
    galleys: Vec<(Arc<Galley>, f32)>,
    width: f32,
    height: f32,
}

impl Pieces {
    fn new(ui: &Ui, button: &Button<'_>) -> Self {
        let layout = |text: &str, font| {
            let color = Color32::PLACEHOLDER;
            ui.painter().layout_no_wrap(text.to_owned(), font, color)
        };
        // An icon counts as the square it is drawn for; its advance is wider.
        let icon = |icon: &str, size| (layout(icon, theme::icon(size)), size);
        let words = layout(button.label, theme::small_strong());
        let height = button.height(&words);
        let words_width = words.size().x;
        let leading = button.icon.map(|name| icon(name, ICON_CONTROL));
        let caret = button.caret.then(|| icon(icons::CARET_DOWN, CARET));
        let galleys: Vec<_> = leading
            .into_iter()
            .chain([(words, words_width)])
            .chain(caret)
            .collect();
        let gaps = ICON_GAP * galleys.len().saturating_sub(1) as f32;
        let width = galleys.iter().map(|(_, width)| width).sum::<f32>() + gaps;
        Self {
            galleys,
            width,
            height,
        }
    }

    fn paint(self, ui: &Ui, rect: Rect, color: Color32) {
        let mut x = rect.center().x - self.width / 2.0;
        for (galley, width) in self.galleys {
            let center = pos2(x + width / 2.0, rect.center().y);
            let place = center - galley.size() / 2.0;
            ui.painter()
                .galley_with_override_text_color(place, galley, color);
            x += width + ICON_GAP;
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let pieces = Pieces::new(ui, &self);
        let size = vec2(pieces.width + 2.0 * self.padding().x, pieces.height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        named(&response, Role::Button, self.name);
        if ui.is_rect_visible(rect) {
            let look = Look::of(self.kind, &response, palette(ui));
            look.paint(ui, rect);
            pieces.paint(ui, rect, look.text);
            if self.kind == ButtonKind::Link && response.hovered() {
                let line = Stroke::new(HAIRLINE, look.text);
                ui.painter()
                    .hline(rect.x_range(), rect.bottom() - 3.0, line);
            }
            focus_ring(ui, &response, RADIUS_BUTTON);
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

/// The colours of a button in its present state.
#[derive(Clone, Copy)]
struct Look {
    fill: Color32,
    border: Color32,
    text: Color32,
}

impl Look {
    fn of(kind: ButtonKind, response: &Response, p: &Palette) -> Self {
        if !response.enabled() {
            return Self::disabled(kind, p);
        }
        let hot = response.hovered() || response.is_pointer_button_down_on();
        let pick = |calm, hovered| if hot { hovered } else { calm };
        let (fill, border, text) = match kind {
            ButtonKind::Primary => {
                let fill = pick(p.accent, p.accent_hover);
                (fill, fill, p.on_accent)
            }
            ButtonKind::Default => (pick(p.bg_raised, p.bg_hover), p.line_strong, p.text),
            ButtonKind::Ghost => (
                pick(Color32::TRANSPARENT, p.bg_hover),
                Color32::TRANSPARENT,
                pick(p.text_2, p.text),
            ),
            ButtonKind::Link => (Color32::TRANSPARENT, Color32::TRANSPARENT, p.accent_text),
        };
        Self { fill, border, text }
    }

    fn disabled(kind: ButtonKind, p: &Palette) -> Self {
        let bare = matches!(kind, ButtonKind::Ghost | ButtonKind::Link);
        let pick = |color| if bare { Color32::TRANSPARENT } else { color };
        Self {
            fill: pick(p.bg_sunken),
            border: pick(p.line_strong),
            // egui fades whatever is disabled; this fades to the colour of disabled text.
            text: p.text_2,
        }
    }

    fn paint(self, ui: &Ui, rect: Rect) {
        let border = Stroke::new(HAIRLINE, self.border);
        ui.painter()
            .rect(rect, RADIUS_BUTTON, self.fill, border, StrokeKind::Inside);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui::Key;
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::theme::ICON_BUTTON_SMALL;
    use crate::ui::widgets::testing::harness;
    use crate::ui::widgets::{icon_button, icon_button_small};

    #[test]
    fn a_button_is_pressed_by_its_name() {
        let clicks = Cell::new(0);
        let mut harness = harness(|ui| {
            let button = Button::primary("Open").icon(icons::FOLDER_OPEN);
            clicks.set(clicks.get() + u32::from(ui.add(button).clicked()));
        });
        harness.get_by_label("Open").click();
        harness.run();
        drop(harness);
        assert_eq!(clicks.get(), 1);
    }

    #[test]
    fn the_keyboard_reaches_and_presses_a_button() {
        let clicks = Cell::new(0);
        let mut harness = harness(|ui| {
            ui.add(Button::new("First"));
            let second = icon_button(ui, icons::GEAR_SIX, "Settings");
            clicks.set(clicks.get() + u32::from(second.clicked()));
        });
        for key in [Key::Tab, Key::Tab, Key::Enter] {
            harness.key_press(key);
            harness.run();
        }
        drop(harness);
        assert_eq!(clicks.get(), 1);
    }

    #[test]
    fn a_disabled_button_does_nothing() {
        let clicks = Cell::new(0);
        let mut harness = harness(|ui| {
            let response = ui.add_enabled(false, Button::new("Stop"));
            clicks.set(clicks.get() + u32::from(response.clicked()));
        });
        harness.get_by_label("Stop").click();
        harness.run();
        drop(harness);
        assert_eq!(clicks.get(), 0);
    }

    #[test]
    fn buttons_have_the_height_of_the_scale() {
        let mut harness = harness(|ui| {
            ui.add(Button::new("Open").icon(icons::FOLDER_OPEN).caret());
            icon_button_small(ui, icons::COPY, "Copy");
        });
        harness.run();
        let size = |label| harness.get_by_label(label).rect().size();
        assert!((size("Open").y - BUTTON_HEIGHT).abs() < 0.01);
        assert!((size("Copy").x - ICON_BUTTON_SMALL).abs() < 0.01);
    }
}
