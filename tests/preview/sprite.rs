//! Cells of sprite sheets without a file that tells where they are.

use vodscope::model::{SpritePlace, SpriteSheetLayout};

fn layout(sheets: u32) -> SpriteSheetLayout {
    SpriteSheetLayout {
        cell_width: 142,
        cell_height: 80,
        cells_per_sheet: 100,
        sheets,
        duration_secs: Some(2345.0),
        interval_secs: Some(10.0),
    }
}

#[test]
fn cells_run_in_rows_over_the_sheets() {
    let layout = layout(3);
    let place = |cell| layout.place(cell).map(|place| (place.sheet, place.at));
    assert_eq!(place(0), Some((0, 0)));
    assert_eq!(place(99), Some((0, 99)));
    assert_eq!(place(100), Some((1, 0)));
    assert_eq!(layout.rectangle(0, 1420, 800), Some([0, 0, 142, 80]));
    assert_eq!(layout.rectangle(9, 1420, 800), Some([1278, 0, 142, 80]));
    assert_eq!(layout.rectangle(10, 1420, 800), Some([0, 80, 142, 80]));
    assert_eq!(layout.rectangle(99, 1420, 800), Some([1278, 720, 142, 80]));
}

#[test]
fn columns_follow_from_the_sheets_width() {
    // A few pixels at the edge make no column.
    assert_eq!(
        layout(1).rectangle(7, 7 * 142 + 100, 800),
        Some([0, 80, 142, 80])
    );
}

#[test]
fn a_sheet_has_no_cells_where_it_ends() {
    assert_eq!(layout(1).rectangle(10, 1420, 159), None);
    assert_eq!(layout(1).rectangle(0, 100, 800), None);
    assert_eq!(layout(1).rectangle(0, 0, 0), None);
}

#[test]
fn the_last_sheet_holds_the_rest() {
    assert_eq!(layout(3).cell_count(), 235);
    assert_eq!(layout(3).place(234), Some(SpritePlace { sheet: 2, at: 34 }));
    assert_eq!(layout(3).place(235), None);
    // The event's own numbers win over an interval that does not fit them.
    assert_eq!(layout(2).cell_count(), 200);
    assert_eq!(layout(1).cell_count(), 100);
}

#[test]
fn a_single_sheet_need_not_be_full() {
    let layout = SpriteSheetLayout {
        duration_secs: Some(600.0),
        ..layout(1)
    };
    assert_eq!(layout.cell_count(), 60);
    assert_eq!(layout.place(60), None);
    assert_eq!(layout.end_secs(59), Some(600.0));
}

#[test]
fn no_cell_reaches_beyond_the_end_of_the_video() {
    let uneven = SpriteSheetLayout {
        duration_secs: Some(605.0),
        ..layout(1)
    };
    assert_eq!(uneven.time_secs(60), Some(600.0));
    assert_eq!(uneven.end_secs(60), Some(605.0));
    assert_eq!(uneven.end_secs(59), Some(600.0));
    // Nine sheets are not one cell every ten seconds of so short a video.
    let crowded = layout(9);
    assert_eq!(crowded.cell_count(), 900);
    assert!(crowded.is_estimated());
    assert_eq!(crowded.end_secs(899), Some(2345.0));
}

#[test]
fn times_follow_the_interval_where_it_is_known() {
    let layout = layout(3);
    assert_eq!(layout.time_secs(12), Some(120.0));
    assert_eq!(layout.cell_at(129.9), Some(12));
    assert_eq!(layout.cell_at(1e12), Some(234));
    assert_eq!(layout.cell_at(-5.0), Some(0));
    assert!(!layout.is_estimated());
}

#[test]
fn times_are_spread_evenly_and_marked_when_nothing_better_is_known() {
    let layout = SpriteSheetLayout {
        interval_secs: None,
        duration_secs: Some(600.0),
        ..layout(3)
    };
    assert_eq!(layout.cell_count(), 300);
    assert_eq!(layout.time_secs(100), Some(200.0));
    assert_eq!(layout.cell_at(201.0), Some(100));
    assert!(layout.is_estimated());
}

#[test]
fn numbers_that_make_no_sense_give_no_cells_and_no_times() {
    let empty = SpriteSheetLayout {
        cell_width: 0,
        cell_height: 0,
        cells_per_sheet: 0,
        sheets: u32::MAX,
        duration_secs: Some(f64::NAN),
        interval_secs: Some(0.0),
    };
    assert_eq!(empty.cell_count(), 0);
    assert_eq!(empty.place(0), None);
    assert_eq!(empty.rectangle(0, 100, 100), None);
    assert_eq!((empty.time_secs(3), empty.cell_at(3.0)), (None, None));
    let vast = SpriteSheetLayout {
        cells_per_sheet: u32::MAX,
        interval_secs: Some(f64::INFINITY),
        duration_secs: None,
        ..layout(9)
    };
    assert_eq!(vast.cell_count(), u32::MAX);
    assert_eq!(vast.time_secs(3), None);
    assert_eq!(vast.rectangle(u32::MAX, 143, u32::MAX), None);
}
