//! A line of the rail: icon or glyph, name, count, and the bar behind them.

use egui::{
    Align, CursorIcon, Rect, RectAlign, Response, Role, Sense, Stroke, Tooltip, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use crate::model::Verdict;
use crate::store::Sense as FilterSense;
use crate::ui::Cx;
use crate::ui::theme::{
    self, HAIRLINE, ICON_CONTROL, ICON_INLINE, MARKER, RADIUS_BUTTON, RADIUS_CHIP, S8,
};
use crate::ui::widgets::{
    GlyphStyle, Line, Painted, facet_bar, focus_ring, paint_line, verdict_glyph,
};

const HEIGHT: f32 = 24.0;
const PAGE_HEIGHT: f32 = 28.0;

/// What a line begins with.
#[derive(Clone, Copy, Default)]
pub(super) enum Lead {
    #[default]
    None,
    /// The icon of a page of the window, larger than others.
    Page(&'static str),
    Icon(&'static str),
    Glyph(Verdict),
}

/// A line of the rail.
#[derive(Clone, Copy, Default)]
pub(super) struct RailLine<'a> {
    pub(super) lead: Lead,
    pub(super) name: &'a str,
    /// Spoken instead of the name where that says too little.
    pub(super) spoken: &'a str,
    pub(super) count: &'a str,
    /// How long the bar behind it is, from 0 to 1.
    pub(super) share: Option<f32>,
    pub(super) sense: Option<FilterSense>,
    /// Points at the right that buttons take while the line is hovered.
    pub(super) buttons: f32,
    pub(super) warns: bool,
    /// What the window shows now.
    pub(super) current: bool,
}

/// A line as it was drawn.
pub(super) struct Shown {
    pub(super) response: Response,
    /// Where buttons go; empty while the line is not hovered.
    pub(super) buttons: Option<Rect>,
    /// The name did not fit.
    pub(super) cut: bool,
}

impl RailLine<'_> {
    pub(super) fn show(&self, ui: &mut Ui, cx: &Cx<'_>) -> Shown {
        let height = if self.is_page() { PAGE_HEIGHT } else { HEIGHT };
        let size = vec2(ui.available_width(), height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let on = self.current || self.sense == Some(FilterSense::Include);
        response.widget_info(|| {
            let name = if self.spoken.is_empty() {
                self.name
            } else {
                self.spoken
            };
            let name = format!("{name}, {}", self.count);
            let name = name.trim_end_matches(", ");
            WidgetInfo::selected(Role::Button, true, on, name)
        });
        let under_pointer = ui.rect_contains_pointer(rect);
        self.paint_ground(ui, cx, rect.shrink2(vec2(0.0, 1.0)), under_pointer);
        let buttons = (self.buttons > 0.0 && (under_pointer || response.has_focus()))
            .then(|| self.buttons_rect(ui, rect));
        let cut = self.paint_words(ui, cx, rect, buttons);
        focus_ring(ui, &response, RADIUS_CHIP);
        Shown {
            response: response.on_hover_cursor(CursorIcon::PointingHand),
            buttons,
            cut,
        }
    }

    fn is_page(&self) -> bool {
        matches!(self.lead, Lead::Page(_))
    }

    fn paint_ground(&self, ui: &Ui, cx: &Cx<'_>, rect: Rect, under_pointer: bool) {
        let (p, painter) = (cx.palette, ui.painter());
        if under_pointer && !self.current {
            painter.rect_filled(rect, RADIUS_CHIP, p.bg_hover);
        }
        if let Some(share) = self.share {
            facet_bar(painter, rect, share, p.bg_track);
        }
        if self.current {
            painter.rect_filled(rect, RADIUS_BUTTON, p.bg_selected);
        } else if self.sense == Some(FilterSense::Include) {
            painter.rect_filled(rect, RADIUS_CHIP, p.bg_selected);
            let marker = rect.with_max_x(rect.left() + MARKER);
            painter.rect_filled(marker, 0.0, p.accent);
        }
    }

    fn count_width(&self, ui: &Ui) -> f32 {
        crate::ui::widgets::line_width(ui.painter(), self.count, theme::mono_small())
    }

    fn buttons_rect(&self, ui: &Ui, rect: Rect) -> Rect {
        let right = rect.right() - S8 - self.count_width(ui) - 4.0;
        Rect::from_min_max(
            pos2(right - self.buttons, rect.top()),
            pos2(right, rect.bottom()),
        )
    }

    fn paint_words(&self, ui: &Ui, cx: &Cx<'_>, rect: Rect, buttons: Option<Rect>) -> bool {
        let p = cx.palette;
        let inner = rect.shrink2(vec2(S8, 0.0));
        let included = self.sense == Some(FilterSense::Include);
        let color = if self.warns {
            p.part.text
        } else if self.is_page() || included {
            p.text
        } else {
            p.text_2
        };
        let name_from = inner.left() + self.paint_lead(ui, cx, inner, color);
        let count_color = if included { p.accent_text } else { p.text_2 };
        let count = Line::new(self.count, theme::mono_small(), count_color);
        let counted = paint_line(ui.painter(), inner, Align::Max, &count);
        let right = buttons.map_or(counted.rect.left() - S8, |buttons| buttons.left());
        let font = match (self.is_page(), included) {
            (true, _) => theme::strong(),
            (false, true) => theme::small_strong(),
            (false, false) => theme::small(),
        };
        let name = Line::new(self.name, font, color);
        let name = if matches!(self.lead, Lead::Icon(_)) {
            name.middle()
        } else {
            name
        };
        let place = Rect::from_x_y_ranges(name_from..=right, rect.y_range());
        let painted = paint_line(ui.painter(), place, Align::Min, &name);
        if self.sense == Some(FilterSense::Exclude) {
            strike(ui, cx, painted);
        }
        painted.cut
    }

    /// Paints the icon or glyph; how far the name stands from the left.
    fn paint_lead(&self, ui: &Ui, cx: &Cx<'_>, inner: Rect, color: egui::Color32) -> f32 {
        let size = if self.is_page() {
            ICON_CONTROL
        } else {
            ICON_INLINE
        };
        let center = pos2(inner.left() + size / 2.0, inner.center().y);
        let place = Rect::from_center_size(center, Vec2::splat(size));
        let icon = |icon: &str, color| {
            let icon = Line::new(icon, theme::icon(size), color);
            paint_line(ui.painter(), place, Align::Center, &icon);
        };
        match self.lead {
            Lead::None => return 0.0,
            Lead::Page(name) => icon(name, cx.palette.accent_text),
            Lead::Icon(name) => icon(name, color),
            Lead::Glyph(verdict) => {
                verdict_glyph(ui.painter(), place, verdict, cx.palette, GlyphStyle::Row);
            }
        }
        size + if self.is_page() { 8.0 } else { 6.0 }
    }
}

/// Shows a hint at the right of the rail, where it covers no other line.
pub(super) fn beside(response: &Response, hint: &str) {
    let mut tooltip = Tooltip::for_enabled(response);
    tooltip.popup = tooltip.popup.align(RectAlign::RIGHT_START).gap(12.0);
    tooltip.show(|ui| ui.label(hint));
}

fn strike(ui: &Ui, cx: &Cx<'_>, painted: Painted) {
    let line = Stroke::new(HAIRLINE, cx.palette.text_2);
    let rect = painted.rect;
    ui.painter()
        .hline(rect.x_range(), rect.center().y + 0.5, line);
}
