//! How the times of the rows in sight are written: all in one column of one width.

use egui::Ui;

use crate::model::{Civil, Zone};
use crate::store::TaskView;
use crate::text::format;
use crate::ui::Cx;
use crate::ui::theme;
use crate::ui::widgets::{Extent, line_width};

type Day = (i16, i8, i8);

/// Rows of the newest day need no date; where another day is in sight, the column has room for it.
#[derive(Clone, Copy)]
pub(super) struct Times {
    newest: Option<Day>,
    /// How wide the column is, in points.
    pub(super) width: f32,
}

impl Times {
    pub(super) fn of(ui: &Ui, cx: &Cx<'_>, row_height: f64) -> Self {
        let newest = newest_day(cx);
        let dated =
            times_in_sight(ui, cx, row_height).any(|time| day(time, cx.text.zone) != newest);
        let widest = if dated { "00-00 00:00:00" } else { "00:00:00" };
        let width = line_width(ui.painter(), widest, theme::mono_small()) + 1.0;
        Self { newest, width }
    }

    pub(super) fn words(self, unix: i64, zone: Zone) -> String {
        if day(unix, zone) == self.newest {
            format::clock(unix, zone)
        } else {
            format::month_day_clock(unix, zone)
        }
    }
}

fn newest_day(cx: &Cx<'_>) -> Option<Day> {
    let histogram = &cx.state.list.view.histogram;
    let last = histogram.bars.len().checked_sub(1)?;
    day(i64::from(histogram.bar_start(last)), cx.text.zone)
}

fn times_in_sight<'a>(ui: &Ui, cx: &Cx<'a>, row_height: f64) -> impl Iterator<Item = i64> + 'a {
    let (list, index) = (&cx.state.list, &cx.state.index);
    let extent = Extent {
        row_height,
        len: list.view.len(),
        view: f64::from(ui.available_height()),
    };
    let rows = extent.rows(list.scroll);
    let tasks = rows.filter_map(move |row| index.task(list.view.task_at(row)?));
    tasks.filter_map(|task: TaskView<'_>| task.time().map(i64::from))
}

fn day(unix: i64, zone: Zone) -> Option<Day> {
    Civil::at(unix, zone).map(|civil| (civil.year, civil.month, civil.day))
}
