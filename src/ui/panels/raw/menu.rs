//! What can be done with a line of the tree, and the menu of paths.

use egui::{
    Align, Painter, Popup, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::model::JsonTree;
use crate::state::{Action, PathStyle, RawAction, path_text};
use crate::store::Sense as FilterSense;
use crate::text::width::{cut_middle, width_of};
use crate::ui::theme::{self, HAIRLINE, KEY_CAP_HEIGHT, Palette, RADIUS_BAR, RADIUS_CHIP, S4, S8};
use crate::ui::widgets::{Line, MenuItem, focus_ring, hairline, menu_item, paint_line};
use crate::ui::{Actions, Cx, icons};

use super::rows::Row;

/// The context menu of a line. Opening it has put the cursor there.
pub(super) fn line_menu(response: &Response, cx: &Cx<'_>, row: &Row, out: &mut Actions) {
    Popup::context_menu(response).show(|ui| {
        if let Some(action) = line_entries(ui, cx, row) {
            out.push(Action::Raw(RawAction::Select(row.line.node)));
            out.push(Action::Raw(action));
        }
    });
}

fn line_entries(ui: &mut Ui, cx: &Cx<'_>, row: &Row) -> Option<RawAction> {
    ui.set_max_width(CONTEXT_WIDTH);
    let (words, chrome) = (cx.text.raw, cx.text.chrome);
    let path = |style| RawAction::CopyPath(style);
    let copies = [
        (words.copy_value, icons::COPY, "y y", RawAction::CopyValue),
        (
            words.json_path,
            icons::HASH,
            "y p",
            path(PathStyle::JsonPath),
        ),
        (
            words.json_pointer,
            icons::HASH,
            "",
            path(PathStyle::JsonPointer),
        ),
        (words.jq, icons::HASH, "", path(PathStyle::Jq)),
    ];
    let mut chosen = None;
    let mut entry = |ui: &mut Ui, (label, icon, key, action)| {
        let item = MenuItem::new(label).icon(icon).key(key);
        if menu_item(ui, item).clicked() {
            chosen = Some(action);
        }
    };
    for copy in copies {
        entry(ui, copy);
    }
    if is_scalar(cx, row) {
        for (label, icon, key, sense) in [
            (chrome.filter_for, icons::PLUS, "=", FilterSense::Include),
            (chrome.filter_out, icons::MINUS, "−", FilterSense::Exclude),
        ] {
            entry(ui, (label, icon, key, RawAction::Filter(sense)));
        }
    }
    hairline(ui);
    let fold = (
        words.fold_siblings,
        icons::CARET_RIGHT,
        "",
        RawAction::FoldSiblings,
    );
    let unfold = (
        words.unfold_siblings,
        icons::CARET_DOWN,
        "",
        RawAction::UnfoldSiblings,
    );
    entry(ui, fold);
    entry(ui, unfold);
    chosen
}

fn is_scalar(cx: &Cx<'_>, row: &Row) -> bool {
    let text = cx
        .detail()
        .and_then(|detail| detail.tree.text_of(row.line.node));
    text.is_some_and(|text| !text.is_empty())
}

/// The menu below "Copy path": the paths as they would be copied, the value, and the filter.
pub(super) fn path_menu(ui: &mut Ui, cx: &Cx<'_>, tree: &JsonTree, out: &mut Actions) {
    ui.set_max_width(MENU_WIDTH);
    let words = cx.text.raw;
    let cursor = cx.state.raw.cursor;
    let styles = [
        (words.json_path, PathStyle::JsonPath, "y p"),
        (words.json_pointer, PathStyle::JsonPointer, ""),
        (words.jq, PathStyle::Jq, ""),
    ];
    for (label, style, key) in styles {
        let shown = path_text(tree, cursor, style);
        if entry_ui(
            ui,
            Entry {
                label,
                shown: &shown,
                key,
            },
        )
        .clicked()
        {
            out.push(Action::Raw(RawAction::CopyPath(style)));
        }
    }
    hairline(ui);
    let value = tree.text_of(cursor).unwrap_or("…");
    let entry = Entry {
        label: words.value,
        shown: value,
        key: "y y",
    };
    if entry_ui(ui, entry).clicked() {
        out.push(Action::Raw(RawAction::CopyValue));
    }
    if tree.text_of(cursor).is_some_and(|text| !text.is_empty()) {
        filter_entries(ui, cx, out);
    }
}

fn filter_entries(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    for (label, key, sense) in [
        (cx.text.raw.apply_as_filter, "=", FilterSense::Include),
        (cx.text.chrome.filter_out, "−", FilterSense::Exclude),
    ] {
        let shown = "";
        if entry_ui(ui, Entry { label, shown, key }).clicked() {
            out.push(Action::Raw(RawAction::Filter(sense)));
        }
    }
}

/// An entry that shows what it would copy.
#[derive(Clone, Copy)]
struct Entry<'a> {
    label: &'a str,
    shown: &'a str,
    key: &'a str,
}

const ENTRY: f32 = 28.0;
const CONTEXT_WIDTH: f32 = 220.0;
const MENU_WIDTH: f32 = 320.0;
/// Characters of a path or value in the menu.
const SHOWN: usize = 26;

fn entry_ui(ui: &mut Ui, entry: Entry<'_>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(MENU_WIDTH, ENTRY), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, entry.label));
    let p = theme::palette(ui);
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, RADIUS_CHIP, p.bg_selected);
    }
    let inner = rect.shrink2(vec2(S8, 0.0));
    let label = Line::new(entry.label, theme::body(), p.text);
    paint_line(ui.painter(), inner, Align::Min, &label);
    let right = paint_keys(ui.painter(), inner, entry.key, p);
    let flat = entry.shown.replace(['\n', '\r', '\t'], " ");
    let shown = if width_of(&flat) > SHOWN {
        cut_middle(&flat, SHOWN)
    } else {
        flat
    };
    let room = inner.with_max_x(right - S4);
    let value = Line::new(&shown, theme::mono_small(), p.text_3);
    paint_line(ui.painter(), room, Align::Max, &value);
    focus_ring(ui, &response, RADIUS_CHIP);
    if response.clicked() {
        ui.close();
    }
    response
}

/// Keys to press one after the other, as caps at the right; where the first begins.
fn paint_keys(painter: &Painter, inner: Rect, keys: &str, p: &Palette) -> f32 {
    let mut right = inner.right();
    for key in keys.split_whitespace().rev() {
        let size = vec2(KEY_CAP_HEIGHT, KEY_CAP_HEIGHT);
        let center = pos2(right - size.x / 2.0, inner.center().y);
        let cap = Rect::from_center_size(center, size);
        let border = Stroke::new(HAIRLINE, p.line_strong);
        painter.rect_stroke(cap, RADIUS_BAR, border, StrokeKind::Inside);
        let line = Line::new(key, theme::mono_small(), p.text_2);
        paint_line(painter, cap, Align::Center, &line);
        right = cap.left() - S4;
    }
    right
}
