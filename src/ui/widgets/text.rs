//! Text in the sizes of the type scale: lines that are cut to fit, numbers that align.

use std::sync::Arc;

use egui::{Align, Color32, FontId, Galley, Painter, Rect, Response, Role, Sense, Ui, pos2};

use super::elide;
use super::focus::named;
use crate::ui::theme::{self, Palette, palette};

/// Stands for what an event does not say.
pub(crate) const MISSING: &str = "–";

/// Where a line that is too long loses its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    End,
    /// For file names and ids, whose ends matter.
    Middle,
}

/// One line of text.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    text: &'a str,
    font: FontId,
    color: Color32,
    cut: Cut,
}

impl<'a> Line<'a> {
    pub(crate) fn new(text: &'a str, font: FontId, color: Color32) -> Self {
        Self {
            text,
            font,
            color,
            cut: Cut::End,
        }
    }

    /// Cuts in the middle instead of at the end.
    pub(crate) fn middle(mut self) -> Self {
        self.cut = Cut::Middle;
        self
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The line cut to `width`, and whether it was.
    pub(crate) fn fit(&self, painter: &Painter, width: f32) -> (Arc<Galley>, bool) {
        match self.cut {
            Cut::End => {
                let font = self.font.clone();
                let galley = elide::at_end(painter, self.text, font, self.color, width);
                let cut = galley.elided;
                (galley, cut)
            }
            Cut::Middle => elide::in_middle(painter, self.text, &self.font, self.color, width),
        }
    }
}

/// Where a line came to stand, and whether it had to be cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Painted {
    pub(crate) rect: Rect,
    pub(crate) cut: bool,
}

/// Paints a line into `rect`, vertically centred.
pub(crate) fn paint_line(painter: &Painter, rect: Rect, align: Align, line: &Line<'_>) -> Painted {
    let (galley, cut) = line.fit(painter, rect.width());
    let size = galley.size();
    let x = align.align_size_within_range(size.x, rect.x_range()).min;
    let place = Rect::from_min_size(pos2(x, rect.center().y - size.y / 2.0), size);
    painter.galley(place.min, galley, line.color);
    Painted { rect: place, cut }
}

/// How wide a line of text is.
pub(crate) fn line_width(painter: &Painter, text: &str, font: FontId) -> f32 {
    let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x
}

/// Paints a right-aligned number, or the sign that there is none.
pub(crate) fn paint_number(
    painter: &Painter,
    rect: Rect,
    number: Option<&str>,
    p: &Palette,
) -> Painted {
    let color = if number.is_some() { p.text } else { p.text_3 };
    let line = Line::new(number.unwrap_or(MISSING), theme::mono(), color);
    paint_line(painter, rect, Align::Max, &line)
}

/// One line, cut to the width there is and shown whole on hover.
pub(crate) fn label(ui: &mut Ui, line: &Line<'_>) -> Response {
    let (galley, cut) = line.fit(ui.painter(), ui.available_width());
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, line.color);
    named(&response, Role::Label, line.text);
    if cut {
        response.on_hover_text(line.text)
    } else {
        response
    }
}

/// Text that wraps and can be selected.
pub(crate) fn wrapped(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let text = egui::RichText::new(text).font(font).color(color);
    ui.add(egui::Label::new(text).wrap().selectable(true))
}

pub(crate) fn title(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).text;
    label(ui, &Line::new(text, theme::title(), color))
}

pub(crate) fn lead(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).text;
    label(ui, &Line::new(text, theme::lead(), color))
}

pub(crate) fn strong(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).text;
    label(ui, &Line::new(text, theme::strong(), color))
}

/// Secondary text.
pub(crate) fn small(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).text_2;
    label(ui, &Line::new(text, theme::small(), color))
}

/// Captions and units.
pub(crate) fn caption(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).text_3;
    label(ui, &Line::new(text, theme::caption(), color))
}

pub(crate) fn mono(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).text;
    label(ui, &Line::new(text, theme::mono(), color))
}
