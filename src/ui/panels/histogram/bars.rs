//! Where the bars of a histogram lie, and how they are painted.

use egui::{Color32, CornerRadius, Painter, Rect, Stroke, pos2};

use crate::store::{Bar, Histogram};
use crate::ui::theme::{HAIRLINE, Palette};

/// A bar alone would otherwise fill the whole strip.
const WIDEST: f32 = 24.0;
/// A task among thousands still shows.
const LOWEST: f32 = 1.0;

/// A histogram laid out in a rectangle.
pub(super) struct Bars<'a> {
    pub(super) of: &'a Histogram,
    rect: Rect,
    /// Width of a bar with its gap.
    step: f32,
}

impl<'a> Bars<'a> {
    pub(super) fn new(rect: Rect, of: &'a Histogram) -> Self {
        Self {
            of,
            rect,
            step: step(rect.width(), of.bars.len()),
        }
    }

    /// The bar at a place, or the nearest one.
    pub(super) fn nearest(&self, x: f32) -> usize {
        let last = self.of.bars.len().saturating_sub(1);
        let bar = ((x - self.rect.left()) / self.step).floor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast saturates, and the number of bars is small"
        )]
        let bar = bar.max(0.0) as usize;
        bar.min(last)
    }

    pub(super) fn paint(&self, painter: &Painter, p: &Palette) {
        let highest = self
            .of
            .bars
            .iter()
            .map(|bar| bar.total())
            .max()
            .unwrap_or(1);
        for (index, bar) in self.of.bars.iter().enumerate() {
            self.paint_bar(painter, index, (*bar, highest.max(1)), p);
        }
    }

    fn paint_bar(&self, painter: &Painter, index: usize, (bar, highest): (Bar, u32), p: &Palette) {
        let gap = if self.step >= 5.0 { 1.5 } else { 0.5 };
        let left = self.rect.left() + index as f32 * self.step;
        let mut bottom = self.rect.bottom();
        let parts = [
            (bar.failed, p.fail.fill),
            (bar.partly_failed, p.part.fill),
            (bar.ok + bar.other, p.hist),
        ];
        for (count, color) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let share = count as f32 / highest as f32;
            let height = (share * self.rect.height()).max(LOWEST);
            let top = (bottom - height).max(self.rect.top());
            let rect = Rect::from_min_max(pos2(left, top), pos2(left + self.step - gap, bottom));
            painter.rect_filled(rect, CornerRadius::ZERO, color);
            bottom = top;
        }
    }

    /// Marks the bars from the first to the last.
    pub(super) fn paint_band(&self, painter: &Painter, (first, last): (usize, usize), p: &Palette) {
        let x = |bar: usize| self.rect.left() + bar as f32 * self.step;
        let band = Rect::from_x_y_ranges(x(first)..=x(last + 1), self.rect.y_range());
        let fill: Color32 = p.accent.gamma_multiply(0.16);
        painter.rect_filled(band, CornerRadius::ZERO, fill);
        let edge = Stroke::new(HAIRLINE, p.accent);
        painter.vline(band.left(), band.y_range(), edge);
        painter.vline(band.right(), band.y_range(), edge);
    }
}

/// Width of a bar with its gap, when `count` of them share `width`.
pub(super) fn step(width: f32, count: usize) -> f32 {
    (width / count.max(1) as f32).min(WIDEST)
}
