//! Buttons that open a menu, and what stands in it.

use egui::{Align, Color32, Popup, Rangef, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::button::Button;
use super::focus::focus_ring;
use super::text::{Line, line_width, paint_line};
use crate::ui::icons;
use crate::ui::theme::{self, ICON_CONTROL, RADIUS_CHIP, S4, S8, palette};

/// A button that opens a menu below it; the content's result while the menu is open.
pub(crate) fn dropdown<R>(
    ui: &mut Ui,
    button: Button<'_>,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let response = ui.add(button.caret());
    menu_below(&response, content)
}

/// The menu of any control that opens one when clicked.
pub(crate) fn menu_below<R>(response: &Response, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    Popup::menu(response)
        .gap(S4)
        .show(content)
        .map(|shown| shown.inner)
}

/// One entry of a menu.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MenuItem<'a> {
    label: &'a str,
    icon: Option<&'static str>,
    key: &'a str,
    checked: bool,
}

impl<'a> MenuItem<'a> {
    pub(crate) fn new(label: &'a str) -> Self {
        Self {
            label,
            icon: None,
            key: "",
            checked: false,
        }
    }

    pub(crate) fn icon(mut self, icon: &'static str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The shortcut, as written on keys.
    pub(crate) fn key(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    /// Marks the present choice.
    pub(crate) fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }

    fn mark(&self) -> &'static str {
        if self.checked {
            icons::CHECK
        } else {
            self.icon.unwrap_or_default()
        }
    }
}

const HEIGHT: f32 = 28.0;
const NARROWEST: f32 = 140.0;

/// Draws an entry; a click also closes the menu.
pub(crate) fn menu_item(ui: &mut Ui, item: MenuItem<'_>) -> Response {
    let words = line_width(ui.painter(), item.label, theme::body());
    let key = line_width(ui.painter(), item.key, theme::mono_small());
    let width = S8 + ICON_CONTROL + S8 + words + 2.0 * S8 + key + S8;
    let (rect, response) = ui.allocate_at_least(vec2(width.max(NARROWEST), HEIGHT), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::MenuItem, response.enabled(), item.checked, item.label)
    });
    paint_item(ui, rect, &response, item);
    if response.clicked() {
        ui.close();
    }
    response
}

fn paint_item(ui: &Ui, rect: Rect, response: &Response, item: MenuItem<'_>) {
    let p = palette(ui);
    let hot = response.hovered() && response.enabled();
    let ground = if hot {
        p.bg_hover
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, RADIUS_CHIP, ground);
    let (text, quiet) = if response.enabled() {
        (p.text, p.text_3)
    } else {
        (p.text_2, p.text_3)
    };
    let inner = rect.shrink2(vec2(S8, 0.0));
    let paint = |from: f32, align, line: Line<'_>| {
        let across = Rangef::new(inner.left() + from, inner.right());
        let place = Rect::from_x_y_ranges(across, inner.y_range());
        paint_line(ui.painter(), place, align, &line);
    };
    let mark = Line::new(item.mark(), theme::icon(ICON_CONTROL), quiet);
    paint(0.0, Align::Min, mark);
    let words = Line::new(item.label, theme::body(), text);
    paint(ICON_CONTROL + S8, Align::Min, words);
    let key = Line::new(item.key, theme::mono_small(), quiet);
    paint(0.0, Align::Max, key);
    focus_ring(ui, response, RADIUS_CHIP);
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::harness;

    #[test]
    fn an_entry_is_chosen_once_and_closes_its_menu() {
        let chosen = Cell::new(0);
        let mut harness = harness(|ui| {
            dropdown(ui, Button::new("Export"), |ui| {
                let item = MenuItem::new("As CSV").key("Ctrl+E");
                chosen.set(chosen.get() + u32::from(menu_item(ui, item).clicked()));
            });
        });
        assert!(harness.query_by_label("As CSV").is_none());
        harness.get_by_label("Export").click();
        harness.run();
        harness.get_by_label("As CSV").click();
        harness.run();
        assert!(harness.query_by_label("As CSV").is_none());
        drop(harness);
        assert_eq!(chosen.get(), 1);
    }
}
