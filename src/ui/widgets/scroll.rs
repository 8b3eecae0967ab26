//! Where rows of equal height lie when there may be ten million of them.
//!
//! Offsets are `f64`: as `f32` they lose single points beyond some hundred thousand rows.

use std::ops::Range;

/// Rows of one height behind a window of one height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent {
    pub(crate) row_height: f64,
    pub(crate) len: usize,
    /// Height of the window onto the rows.
    pub(crate) view: f64,
}

/// Where a scroll bar's thumb lies in its track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Thumb {
    pub(crate) top: f64,
    pub(crate) height: f64,
}

impl Extent {
    /// Shorter thumbs cannot be grabbed.
    const SHORTEST_THUMB: f64 = 24.0;

    /// Height of all rows.
    pub(crate) fn total(&self) -> f64 {
        self.row_height * self.len as f64
    }

    /// The offset at which the last row stands at the bottom.
    pub(crate) fn end(&self) -> f64 {
        (self.total() - self.view).max(0.0)
    }

    /// The nearest offset there is.
    pub(crate) fn clamp(&self, offset: f64) -> f64 {
        offset.clamp(0.0, self.end())
    }

    /// The rows of which something shows.
    pub(crate) fn rows(&self, offset: f64) -> Range<usize> {
        let first = whole(offset / self.row_height);
        let last = whole(((offset + self.view) / self.row_height).ceil());
        first.min(self.len)..last.min(self.len)
    }

    /// The top of a row below the top of the window; negative when it lies above.
    pub(crate) fn row_top(&self, offset: f64, index: usize) -> f64 {
        index as f64 * self.row_height - offset
    }

    /// How many whole rows the window holds, at least one.
    pub(crate) fn page(&self) -> usize {
        whole(self.view / self.row_height).max(1)
    }

    /// The nearest offset at which a row shows whole.
    pub(crate) fn reveal(&self, offset: f64, index: usize) -> f64 {
        let top = index as f64 * self.row_height;
        let lowest = top + self.row_height - self.view;
        // A window lower than a row shows the row's top.
        self.clamp(offset.max(lowest).min(top))
    }

    /// The thumb in a track as high as the window; nothing when all rows show.
    pub(crate) fn thumb(&self, offset: f64) -> Option<Thumb> {
        if self.end() <= 0.0 {
            return None;
        }
        let share = self.view * self.view / self.total();
        let height = share.max(Self::SHORTEST_THUMB).min(self.view);
        let top = (self.view - height) * (offset / self.end());
        Some(Thumb { top, height })
    }

    /// The offset that puts the thumb's top there.
    pub(crate) fn offset_at(&self, thumb_top: f64) -> f64 {
        let height = self.thumb(0.0).map_or(self.view, |thumb| thumb.height);
        let travel = self.view - height;
        if travel <= 0.0 {
            return 0.0;
        }
        self.clamp(thumb_top / travel * self.end())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is wanted: the result is bounded by the number of rows"
)]
fn whole(rows: f64) -> usize {
    rows as usize
}

/// Points on the screen, where `f32` is exact enough.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only for distances inside the window"
)]
pub(super) fn points(distance: f64) -> f32 {
    distance as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: Extent = Extent {
        row_height: 44.0,
        len: 10_000_000,
        view: 700.0,
    };

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6
    }

    #[test]
    fn the_wheel_moves_single_points_at_the_end_of_ten_million_rows() {
        let end = MANY.end();
        let moved = MANY.clamp(end - 1.0);
        assert!(near(end - moved, 1.0));
        let last = MANY.len - 1;
        let sunk = MANY.row_top(moved, last) - MANY.row_top(end, last);
        assert!(near(sunk, 1.0), "{sunk}");
    }

    #[test]
    fn the_end_shows_the_last_row_at_the_bottom() {
        let end = MANY.clamp(f64::MAX);
        assert_eq!(MANY.rows(end).end, MANY.len);
        let bottom = MANY.row_top(end, MANY.len - 1) + MANY.row_height;
        assert!(near(bottom, MANY.view), "{bottom}");
    }

    #[test]
    fn the_thumb_maps_linearly_onto_the_rows() {
        let thumb = MANY.thumb(0.0).unwrap();
        let travel = MANY.view - thumb.height;
        assert!(near(thumb.height, Extent::SHORTEST_THUMB));
        assert!(near(MANY.offset_at(0.0), 0.0));
        assert!(near(MANY.offset_at(travel / 2.0), MANY.end() / 2.0));
        assert!(near(MANY.offset_at(travel), MANY.end()));
        for offset in [0.0, 1.0e6, 3.3e8, MANY.end()] {
            let top = MANY.thumb(offset).unwrap().top;
            assert!(near(MANY.offset_at(top), offset), "{offset}");
        }
    }

    #[test]
    fn revealing_moves_no_more_than_needed() {
        let rows = Extent {
            row_height: 44.0,
            len: 100,
            view: 440.0,
        };
        assert!(near(rows.reveal(0.0, 9), 0.0));
        assert!(near(rows.reveal(0.0, 10), 44.0));
        assert!(near(rows.reveal(2_000.0, 3), 132.0));
        assert!(near(rows.reveal(0.0, 99), rows.end()));
    }

    #[test]
    fn few_rows_need_no_thumb_and_do_not_scroll() {
        let rows = Extent {
            row_height: 44.0,
            len: 3,
            view: 440.0,
        };
        assert_eq!(rows.thumb(0.0), None);
        assert_eq!(rows.rows(rows.clamp(900.0)), 0..3);
        assert!(near(rows.offset_at(100.0), 0.0));
    }

    #[test]
    fn no_rows_are_no_trouble() {
        let none = Extent {
            row_height: 44.0,
            len: 0,
            view: 440.0,
        };
        assert_eq!(none.rows(0.0), 0..0);
        assert!(near(none.clamp(10.0), 0.0));
    }
}
