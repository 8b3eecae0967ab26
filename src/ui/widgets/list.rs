//! A list that draws only the rows in sight and knows its place exactly, however long it is.

use std::ops::Range;

use egui::emath::GuiRounding as _;
use egui::{Id, Rect, Response, Role, Sense, Ui, UiBuilder, pos2, vec2};

use super::focus::named;
use super::scroll::{Extent, Thumb, points};
use crate::ui::theme::{Palette, RADIUS_CHIP, palette};

/// A list of rows of one height, filling what room there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VirtualList<'a> {
    pub(crate) row_height: f64,
    pub(crate) len: usize,
    /// How far it is scrolled, in points.
    pub(crate) offset: f64,
    /// Spoken name.
    pub(crate) name: &'a str,
    /// A row that has to be in sight now.
    pub(crate) reveal: Option<usize>,
}

/// Where the list stands after this frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ListResponse {
    pub(crate) offset: f64,
    pub(crate) visible: Range<usize>,
    /// How many whole rows fit.
    pub(crate) page: usize,
    pub(crate) at_end: bool,
}

const BAR_WIDTH: f32 = 8.0;
const THIN_BAR: f32 = 4.0;

impl VirtualList<'_> {
    /// Draws the rows in sight; `row` gets a `Ui` of its own for each.
    pub(crate) fn show(
        self,
        ui: &mut Ui,
        mut row: impl FnMut(&mut Ui, usize, Rect),
    ) -> ListResponse {
        let rect = ui.available_rect_before_wrap();
        let whole = ui.allocate_rect(rect, Sense::hover());
        named(&whole, Role::List, self.name);
        let extent = Extent {
            row_height: self.row_height,
            len: self.len,
            view: f64::from(rect.height().max(0.0)),
        };
        let mut offset = extent.clamp(self.offset);
        if let Some(index) = self.reveal {
            offset = extent.reveal(offset, index);
        }
        let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(self.name));
        ui.shrink_clip_rect(rect);
        offset = extent.clamp(offset - wheel(&ui, rect));
        offset = drag(&ui, rect, &extent, offset);
        let visible = extent.rows(offset);
        for index in visible.clone() {
            let place = row_rect(&ui, rect, &extent, (offset, index));
            let builder = UiBuilder::new().max_rect(place).id_salt(index);
            row(&mut ui.new_child(builder), index, place);
        }
        bar(&ui, rect, &extent, offset);
        ListResponse {
            offset,
            visible,
            page: extent.page(),
            at_end: offset >= extent.end(),
        }
    }
}

fn row_rect(ui: &Ui, rect: Rect, extent: &Extent, (offset, index): (f64, usize)) -> Rect {
    let top = rect.top() + points(extent.row_top(offset, index));
    let top = top.round_to_pixels(ui.pixels_per_point());
    let size = vec2(rect.width(), points(extent.row_height));
    Rect::from_min_size(pos2(rect.left(), top), size)
}

/// How far the wheel asks to go; taken, so that nothing around the list scrolls too.
fn wheel(ui: &Ui, rect: Rect) -> f64 {
    if !ui.is_enabled() || !ui.rect_contains_pointer(rect) {
        return 0.0;
    }
    ui.input_mut(|input| f64::from(std::mem::take(&mut input.smooth_scroll_delta.y)))
}

fn bar_rect(rect: Rect) -> Rect {
    rect.with_min_x(rect.right() - BAR_WIDTH)
}

fn bar_id(ui: &Ui) -> Id {
    ui.scope_id().with("scroll bar")
}

fn thumb_rect(rect: Rect, thumb: Thumb) -> Rect {
    let top = rect.top() + points(thumb.top);
    let place = bar_rect(rect);
    Rect::from_x_y_ranges(place.x_range(), top..=top + points(thumb.height))
}

/// The offset after what the pointer does with the scroll bar.
fn drag(ui: &Ui, rect: Rect, extent: &Extent, offset: f64) -> f64 {
    let Some(thumb) = extent.thumb(offset) else {
        return offset;
    };
    let thumb = thumb_rect(rect, thumb);
    // Rows come after and would lie over the bar: it is drawn, and asked again, after them.
    let Some(response) = ui.ctx().read_response(bar_id(ui)) else {
        return offset;
    };
    let grip = response.id.with("grip");
    if response.drag_started() {
        let origin = ui.input(|input| input.pointer.press_origin());
        let held = origin.filter(|origin| thumb.contains(*origin));
        let held = held.map(|origin| origin.y - thumb.top());
        ui.data_mut(|data| data.insert_temp(grip, held));
    }
    let held: Option<f32> = ui.data(|data| data.get_temp(grip)).flatten();
    match (held, response.interact_pointer_pos()) {
        (Some(held), Some(pointer)) if response.dragged() => {
            extent.offset_at(f64::from(pointer.y - held - rect.top()))
        }
        (_, Some(pointer)) if response.clicked() => page_towards(extent, offset, pointer.y, thumb),
        _ => offset,
    }
}

/// A click beside the thumb moves by one window.
fn page_towards(extent: &Extent, offset: f64, pointer: f32, thumb: Rect) -> f64 {
    let step = if pointer < thumb.top() {
        -extent.view
    } else if pointer > thumb.bottom() {
        extent.view
    } else {
        0.0
    };
    extent.clamp(offset + step)
}

fn bar(ui: &Ui, rect: Rect, extent: &Extent, offset: f64) {
    let Some(thumb) = extent.thumb(offset) else {
        return;
    };
    // Not focusable: the list itself is moved with the keyboard.
    let response = ui.interact(bar_rect(rect), bar_id(ui), Sense::CLICK | Sense::DRAG);
    paint_thumb(ui, thumb_rect(rect, thumb), &response, palette(ui));
}

fn paint_thumb(ui: &Ui, thumb: Rect, response: &Response, p: &Palette) {
    let hot = response.hovered() || response.dragged();
    let width = if hot { BAR_WIDTH } else { THIN_BAR };
    let color = if response.dragged() {
        p.text_3
    } else if hot {
        p.text_off
    } else {
        p.line_strong
    };
    let place = thumb.with_min_x(thumb.right() - width).shrink(1.0);
    ui.painter().rect_filled(place, RADIUS_CHIP, color);
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::harness;

    const ROWS: usize = 1_000_000;

    struct Shown {
        offset: Cell<f64>,
        last: RefCell<Option<ListResponse>>,
    }

    impl Shown {
        fn at(offset: f64) -> Self {
            Self {
                offset: Cell::new(offset),
                last: RefCell::new(None),
            }
        }

        fn harness(&self) -> Harness<'_> {
            harness(|ui| {
                let list = VirtualList {
                    row_height: 44.0,
                    len: ROWS,
                    offset: self.offset.get(),
                    name: "Tasks",
                    reveal: None,
                };
                let response = list.show(ui, |ui, index, rect| {
                    let id = ui.scope_id().with("row");
                    let row = ui.interact(rect, id, Sense::click());
                    named(&row, Role::ListItem, &format!("row {index}"));
                });
                self.offset.set(response.offset);
                self.last.replace(Some(response));
            })
        }

        fn visible(&self) -> Range<usize> {
            self.last.borrow().as_ref().unwrap().visible.clone()
        }
    }

    fn wheel_by(harness: &mut Harness<'_>, points: f32) {
        harness.hover_at(pos2(200.0, 200.0));
        harness.run();
        harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            modifiers: Modifiers::NONE,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
        });
        harness.run();
    }

    #[test]
    fn only_rows_in_sight_exist() {
        let shown = Shown::at(0.0);
        let mut harness = shown.harness();
        harness.run();
        let nodes = harness.get_all_by_role(Role::ListItem).count();
        assert_eq!(nodes, shown.visible().len());
        assert!(nodes < 15, "{nodes}");
        harness.get_by_label("row 0");
    }

    #[test]
    fn the_end_is_reached_and_the_wheel_still_moves_by_points() {
        let shown = Shown::at(f64::MAX);
        let mut harness = shown.harness();
        harness.run();
        harness.get_by_label("row 999999");
        let end = shown.offset.get();
        wheel_by(&mut harness, 1.0);
        let moved = end - shown.offset.get();
        assert!((moved - 1.0).abs() < 1e-3, "{moved}");
    }

    #[test]
    fn dragging_the_thumb_to_the_bottom_shows_the_last_row() {
        let shown = Shown::at(0.0);
        let mut harness = shown.harness();
        harness.run();
        let list = harness.get_by_label("Tasks").rect();
        let grip = pos2(list.right() - 4.0, list.top() + 6.0);
        harness.drag_at(grip);
        harness.run();
        harness.hover_at(pos2(grip.x, list.bottom() + 40.0));
        harness.run();
        harness.drop_at(pos2(grip.x, list.bottom() + 40.0));
        harness.run();
        harness.get_by_label("row 999999");
    }

    #[test]
    fn a_click_on_the_track_pages() {
        let shown = Shown::at(0.0);
        let mut harness = shown.harness();
        harness.run();
        let list = harness.get_by_label("Tasks").rect();
        let pos = pos2(list.right() - 4.0, list.bottom() - 20.0);
        harness.drag_at(pos);
        harness.drop_at(pos);
        harness.run();
        let paged = shown.offset.get();
        assert!((paged - f64::from(list.height())).abs() < 1e-3, "{paged}");
    }
}
