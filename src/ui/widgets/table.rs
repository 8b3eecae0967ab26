//! Hairline tables: columns that share the width, and rows that can be selected.

use egui::{
    Align, CornerRadius, CursorIcon, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo,
    vec2,
};

use super::focus::focus_ring;
use super::text::{Line, paint_line};
use crate::ui::theme::{self, HAIRLINE, MARKER, S8, palette};

/// What a column asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) min: f32,
    /// Its part of the room that is left; 0 keeps it at `min`.
    pub(crate) weight: f32,
    /// In a narrow table the lowest goes first, and of equals the last.
    pub(crate) importance: u8,
    pub(crate) align: Align,
}

impl Column {
    pub(crate) const fn new(min: f32, weight: f32, importance: u8, align: Align) -> Self {
        Self {
            min,
            weight,
            importance,
            align,
        }
    }
}

/// The place of each column in `width`, from 0; `None` for those that had to go.
pub(crate) fn columns(width: f32, wanted: &[Column]) -> Vec<Option<Rangef>> {
    let kept = kept(width, wanted);
    let chosen = || wanted.iter().zip(&kept).filter(|(_, kept)| **kept);
    let least: f32 = chosen().map(|(column, _)| column.min).sum();
    let weights: f32 = chosen().map(|(column, _)| column.weight).sum();
    let spare = (width - least).max(0.0);
    let unit = if weights > 0.0 { spare / weights } else { 0.0 };
    let mut left = 0.0;
    wanted
        .iter()
        .zip(&kept)
        .map(|(column, kept)| {
            kept.then(|| {
                let start = left;
                left += column.min + column.weight * unit;
                Rangef::new(start, left)
            })
        })
        .collect()
}

/// Which columns fit, the most important of them always.
fn kept(width: f32, wanted: &[Column]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let importance = |index: &usize| wanted.get(*index).map_or(0, |column| column.importance);
    order.sort_by_key(|index| std::cmp::Reverse(importance(index)));
    let mut used = 0.0;
    let mut kept = vec![false; wanted.len()];
    for (rank, index) in order.into_iter().enumerate() {
        let (Some(column), Some(keep)) = (wanted.get(index), kept.get_mut(index)) else {
            continue;
        };
        used += column.min;
        if used > width && rank > 0 {
            break;
        }
        *keep = true;
    }
    kept
}

/// A cell of a row, without its padding; `None` where the column is not shown.
pub(crate) fn cell(row: Rect, column: Option<Rangef>) -> Option<Rect> {
    let column = column?;
    let across = Rangef::new(row.left() + column.min, row.left() + column.max);
    let place = Rect::from_x_y_ranges(across, row.y_range());
    Some(place.shrink2(vec2(S8, 0.0)))
}

pub(crate) const HEADER_HEIGHT: f32 = 28.0;

/// The names of the columns.
pub(crate) fn header_row(
    ui: &mut Ui,
    names: &[(&str, Align)],
    places: &[Option<Rangef>],
) -> Response {
    let size = vec2(ui.available_width(), HEADER_HEIGHT);
    let (row, response) = ui.allocate_exact_size(size, Sense::hover());
    let p = palette(ui);
    for (index, ((name, align), place)) in names.iter().zip(places).enumerate() {
        let Some(rect) = cell(row, *place) else {
            continue;
        };
        let line = Line::new(name, theme::caption(), p.text_3);
        let painted = paint_line(ui.painter(), rect, *align, &line);
        let id = response.id.with(index);
        let head = ui.interact(rect, id, Sense::hover());
        head.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name));
        if painted.cut {
            head.on_hover_text(*name);
        }
    }
    bottom_line(ui, row);
    response
}

/// A row to paint cells into; it is selected with a click or Enter.
pub(crate) fn table_row(ui: &mut Ui, height: f32, selected: bool, name: &str) -> (Rect, Response) {
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Row, response.enabled(), selected, name));
    row_ground(ui, rect, &response, selected);
    (rect, response.on_hover_cursor(CursorIcon::PointingHand))
}

/// The ground, hairline, marker and focus ring of a row.
pub(crate) fn row_ground(ui: &Ui, rect: Rect, response: &Response, selected: bool) {
    let p = palette(ui);
    let ground = if selected {
        Some(p.bg_selected)
    } else {
        response.hovered().then_some(p.bg_hover)
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, ground);
    }
    bottom_line(ui, rect);
    if selected {
        let marker = rect.with_max_x(rect.left() + MARKER);
        ui.painter()
            .rect_filled(marker, CornerRadius::ZERO, p.accent);
    }
    if response.has_focus() {
        // Inside the row: its neighbours would paint over a ring outside.
        let inner = response
            .clone()
            .with_new_rect(rect.shrink(theme::FOCUS_RING));
        focus_ring(ui, &inner, CornerRadius::ZERO);
    }
}

fn bottom_line(ui: &Ui, rect: Rect) {
    let line = Stroke::new(HAIRLINE, palette(ui).line);
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter().hline(rect.x_range(), y, line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(min: f32, weight: f32, importance: u8) -> Column {
        Column {
            min,
            weight,
            importance,
            align: Align::Min,
        }
    }

    fn at(min: f32, max: f32) -> Rangef {
        Rangef::new(min, max)
    }

    #[test]
    fn spare_room_goes_to_the_columns_with_weight() {
        let wanted = [
            column(100.0, 3.0, 2),
            column(50.0, 0.0, 1),
            column(50.0, 1.0, 1),
        ];
        let places = columns(400.0, &wanted);
        assert_eq!(
            places,
            [
                Some(at(0.0, 250.0)),
                Some(at(250.0, 300.0)),
                Some(at(300.0, 400.0))
            ]
        );
    }

    #[test]
    fn the_least_important_columns_go_first_and_of_equals_the_last() {
        let wanted = [
            column(100.0, 1.0, 9),
            column(80.0, 0.0, 1),
            column(80.0, 0.0, 5),
            column(80.0, 0.0, 1),
        ];
        let shown = |width| -> Vec<bool> {
            columns(width, &wanted)
                .iter()
                .map(Option::is_some)
                .collect()
        };
        assert_eq!(shown(340.0), [true, true, true, true]);
        assert_eq!(shown(339.0), [true, true, true, false]);
        assert_eq!(shown(200.0), [true, false, true, false]);
    }

    #[test]
    fn the_most_important_column_stays_even_when_nothing_fits() {
        let places = columns(20.0, &[column(100.0, 1.0, 1), column(100.0, 1.0, 2)]);
        assert_eq!(places, [None, Some(at(0.0, 100.0))]);
    }
}
