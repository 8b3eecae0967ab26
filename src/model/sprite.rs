//! Where the cells of sprite sheets are when no `WebVTT` file tells: the event names the size of
//! a cell, how many are on a sheet, and the sheets.

/// Cells run in rows from the top left, sheet after sheet, evenly through the video. The last
/// sheet may hold fewer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpriteSheetLayout {
    pub cell_width: u32,
    pub cell_height: u32,
    /// On each sheet but the last: `TotalCount`.
    pub cells_per_sheet: u32,
    pub sheets: u32,
    /// Of the whole video.
    pub duration_secs: Option<f64>,
    /// Between two cells, where the template tells.
    pub interval_secs: Option<f64>,
}

/// One cell: which sheet, and which place on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpritePlace {
    pub sheet: u32,
    /// Counted from the sheet's top left.
    pub at: u32,
}

impl SpriteSheetLayout {
    /// All cells. Nobody says how full the last sheet is: it follows from the interval where that
    /// is known and is otherwise taken for full.
    pub fn cell_count(&self) -> u32 {
        let most = self.most();
        match (self.interval(), self.duration()) {
            (Some(interval), Some(duration)) => needed(duration, interval).min(most),
            _ => most,
        }
    }

    /// Where a cell is; `None` past the last one.
    pub fn place(&self, cell: u32) -> Option<SpritePlace> {
        (cell < self.cell_count()).then_some(())?;
        Some(SpritePlace {
            sheet: cell.checked_div(self.cells_per_sheet)?,
            at: cell.checked_rem(self.cells_per_sheet)?,
        })
    }

    /// x, y, width and height of a place on a sheet of this size in pixels; `None` where the sheet
    /// does not reach.
    pub fn rectangle(&self, at: u32, sheet_width: u32, sheet_height: u32) -> Option<[u32; 4]> {
        let columns = sheet_width.checked_div(self.cell_width)?;
        let x = at.checked_rem(columns)?.checked_mul(self.cell_width)?;
        let y = at.checked_div(columns)?.checked_mul(self.cell_height)?;
        let bottom = y.checked_add(self.cell_height)?;
        let is_on_sheet = self.cell_height > 0 && bottom <= sheet_height;
        is_on_sheet.then_some([x, y, self.cell_width, self.cell_height])
    }

    /// The time a cell stands for; `None` when neither interval nor duration is known.
    pub fn time_secs(&self, cell: u32) -> Option<f64> {
        Some(f64::from(cell) * self.step()?)
    }

    /// When the next cell's time begins, or the video ends.
    pub fn end_secs(&self, cell: u32) -> Option<f64> {
        let next = f64::from(cell) + 1.0;
        let end = next * self.step()?;
        Some(self.duration().map_or(end, |duration| end.min(duration)))
    }

    /// The cell that stands for a time, the last one for any later.
    pub fn cell_at(&self, secs: f64) -> Option<u32> {
        let last = self.cell_count().checked_sub(1)?;
        Some(whole((secs / self.step()?).floor()).min(last))
    }

    /// Whether times are spread evenly over the duration for want of an interval.
    pub fn is_estimated(&self) -> bool {
        self.interval().is_none()
    }

    fn step(&self) -> Option<f64> {
        let count = f64::from(self.cell_count());
        self.interval().or_else(|| {
            let step = self.duration()? / count;
            (step.is_finite() && step > 0.0).then_some(step)
        })
    }

    /// One at which the video ends before the last sheet begins is not that of these sheets.
    fn interval(&self) -> Option<f64> {
        let before_last = self.most().saturating_sub(self.cells_per_sheet);
        let reaches_last = |secs: f64| {
            let needed = self.duration().map(|duration| needed(duration, secs));
            needed.is_none_or(|needed| needed > before_last)
        };
        self.interval_secs
            .filter(|secs| secs.is_finite() && *secs > 0.0 && reaches_last(*secs))
    }

    /// Cells when every sheet is full.
    fn most(&self) -> u32 {
        self.cells_per_sheet.saturating_mul(self.sheets)
    }

    fn duration(&self) -> Option<f64> {
        self.duration_secs
            .filter(|secs| secs.is_finite() && *secs > 0.0)
    }
}

/// Cells that a video needs.
fn needed(duration: f64, interval: f64) -> u32 {
    whole((duration / interval).ceil())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` takes what is too large or too small for the nearest number"
)]
fn whole(number: f64) -> u32 {
    number as u32
}
