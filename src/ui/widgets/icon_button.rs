//! Square buttons that show an icon only.

use egui::{Align, Color32, CursorIcon, Response, Role, Sense, Ui, Vec2, Widget, WidgetInfo};

use super::focus::focus_ring;
use super::text::{Line, paint_line};
use crate::ui::theme::{
    self, ICON_BUTTON, ICON_BUTTON_SMALL, ICON_CONTROL, RADIUS_BUTTON, palette,
};

/// A square button with an icon; its name is spoken, and shown on hover.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IconButton<'a> {
    icon: &'static str,
    name: &'a str,
    size: f32,
    selected: bool,
}

impl<'a> IconButton<'a> {
    pub(crate) fn new(icon: &'static str, name: &'a str) -> Self {
        Self {
            icon,
            name,
            size: ICON_BUTTON,
            selected: false,
        }
    }

    pub(crate) fn small(mut self) -> Self {
        self.size = ICON_BUTTON_SMALL;
        self
    }

    /// Shows that what the button switches is on.
    pub(crate) fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    fn paint(&self, ui: &Ui, response: &Response) {
        let p = palette(ui);
        let (fill, color) = if !response.enabled() {
            (Color32::TRANSPARENT, p.text_2)
        } else if self.selected {
            (p.bg_selected, p.accent_text)
        } else if response.hovered() {
            (p.bg_hover, p.text)
        } else {
            (Color32::TRANSPARENT, p.text_2)
        };
        ui.painter().rect_filled(response.rect, RADIUS_BUTTON, fill);
        let line = Line::new(self.icon, theme::icon(ICON_CONTROL), color);
        paint_line(ui.painter(), response.rect, Align::Center, &line);
        focus_ring(ui, response, RADIUS_BUTTON);
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (_, response) = ui.allocate_exact_size(Vec2::splat(self.size), Sense::click());
        response.widget_info(|| {
            if self.selected {
                WidgetInfo::selected(Role::Button, response.enabled(), true, self.name)
            } else {
                WidgetInfo::labeled(Role::Button, response.enabled(), self.name)
            }
        });
        if ui.is_rect_visible(response.rect) {
            self.paint(ui, &response);
        }
        response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text(self.name)
    }
}

/// An icon button of the usual size.
pub(crate) fn icon_button(ui: &mut Ui, icon: &'static str, name: &str) -> Response {
    ui.add(IconButton::new(icon, name))
}

/// An icon button inside rows and cards.
pub(crate) fn icon_button_small(ui: &mut Ui, icon: &'static str, name: &str) -> Response {
    ui.add(IconButton::new(icon, name).small())
}
