//! What dropping the files that hover over the window would open.

use egui::{Align, Rect, Sense, Shape, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::state::HoveredFile;
use crate::text::{format, frame};
use crate::ui::Cx;
use crate::ui::icons;
use crate::ui::theme::{
    self, HAIRLINE, ICON_CONTROL, MARKER, RADIUS_CARD, RADIUS_DIALOG, S4, S8, S12, S20,
};
use crate::ui::widgets::{Line, label, paint_line};

const WIDTH: f32 = 480.0;
const ROW: f32 = 36.0;
/// More files than this are only counted.
const MOST_ROWS: usize = 10;
const BIG_ICON: f32 = 40.0;

pub(crate) fn drop_target_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let p = cx.palette;
    let area = ui.max_rect().shrink(9.0);
    ui.painter().rect_filled(area, RADIUS_DIALOG, p.bg_selected);
    dashed_border(ui, area, Stroke::new(MARKER, p.accent));
    let files = &cx.state.sources.hovering;
    let rows = files.len().min(MOST_ROWS) + usize::from(files.len() > MOST_ROWS);
    let height = 140.0 + rows as f32 * ROW;
    let place = Rect::from_center_size(area.center(), vec2(WIDTH, height));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        ui.vertical_centered(|ui| content_ui(ui, cx));
    });
}

fn content_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let (p, files) = (cx.palette, &cx.state.sources.hovering);
    ui.spacing_mut().item_spacing = Vec2::splat(S4);
    let icon = theme::icon(BIG_ICON);
    label(ui, &Line::new(icons::FILE_ARROW_DOWN, icon, p.accent_text));
    ui.add_space(S8);
    let readable = files.iter().filter(|file| file.readable).count();
    let title = frame::drop_title(cx.text.lang, readable, files.len());
    label(ui, &Line::new(&title, theme::display(), p.text));
    label(
        ui,
        &Line::new(cx.text.load.drop_text, theme::body(), p.text_2),
    );
    ui.add_space(S20);
    files_ui(ui, cx, files);
}

fn files_ui(ui: &mut Ui, cx: &Cx<'_>, files: &[HoveredFile]) {
    let p = cx.palette;
    let hidden = files.len().saturating_sub(MOST_ROWS);
    let rows = files.len() - hidden + usize::from(hidden > 0);
    let size = vec2(WIDTH, rows as f32 * ROW);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let border = Stroke::new(HAIRLINE, p.line);
    let inside = egui::StrokeKind::Inside;
    ui.painter()
        .rect(rect, RADIUS_CARD, p.bg_raised, border, inside);
    let row_at = |index: usize| {
        let top = rect.top() + index as f32 * ROW;
        Rect::from_min_size(pos2(rect.left(), top), vec2(WIDTH, ROW))
    };
    for (index, file) in files.iter().take(MOST_ROWS).enumerate() {
        if index > 0 {
            ui.painter()
                .hline(rect.x_range(), row_at(index).top(), border);
        }
        paint_file(ui, cx, row_at(index), file);
    }
    if hidden > 0 {
        let more = frame::more(cx.text.lang, hidden);
        let line = Line::new(&more, theme::small(), p.text_3);
        let place = row_at(MOST_ROWS).shrink2(vec2(S12, 0.0));
        paint_line(ui.painter(), place, Align::Min, &line);
    }
}

fn paint_file(ui: &Ui, cx: &Cx<'_>, row: Rect, file: &HoveredFile) {
    let p = cx.palette;
    let inner = row.shrink2(vec2(S12, 0.0));
    let (icon, icon_color, name_color) = if file.readable {
        (icons::FILE_CODE, p.text_2, p.text)
    } else {
        (icons::PROHIBIT, p.part.text, p.part.text)
    };
    let icon = Line::new(icon, theme::icon(ICON_CONTROL), icon_color);
    paint_line(ui.painter(), inner, Align::Min, &icon);
    let size = file.size_bytes.map(format::size).unwrap_or_default();
    let (note, font) = if file.readable {
        (size.as_str(), theme::mono())
    } else {
        (cx.text.load.not_json, theme::small())
    };
    let note = Line::new(note, font, p.text_3);
    let noted = paint_line(ui.painter(), inner, Align::Max, &note).rect;
    let from = inner.left() + ICON_CONTROL + S8;
    let name = Rect::from_x_y_ranges(from..=noted.left() - S8, inner.y_range());
    let line = Line::new(&file.name, theme::body(), name_color).middle();
    paint_line(ui.painter(), name, Align::Min, &line);
}

fn dashed_border(ui: &Ui, rect: Rect, stroke: Stroke) {
    let mut path = Vec::new();
    let corners = [
        (rect.right_top(), -0.25_f32, vec2(-1.0, 1.0)),
        (rect.right_bottom(), 0.0, vec2(-1.0, -1.0)),
        (rect.left_bottom(), 0.25, vec2(1.0, -1.0)),
        (rect.left_top(), 0.5, vec2(1.0, 1.0)),
    ];
    let radius = f32::from(RADIUS_DIALOG.nw);
    for (corner, from, inwards) in corners {
        let center = corner + inwards * radius;
        path.extend((0_u8..=6).map(|step| {
            let turn = from + 0.25 * f32::from(step) / 6.0;
            center + radius * Vec2::angled(turn * std::f32::consts::TAU)
        }));
    }
    path.extend(path.first().copied());
    ui.painter()
        .extend(Shape::dashed_line(&path, stroke, 9.0, 6.0));
}
