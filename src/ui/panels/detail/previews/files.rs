//! Files that are played elsewhere: their addresses, to copy or to open. They are never fetched
//! or decoded here.

use egui::{Align, Layout, Role, Sense, Ui, vec2};

use crate::knowledge::sub_task;
use crate::model::ResultSet;
use crate::state::{Action, PreviewAction, VideoFile};
use crate::text::format;
use crate::ui::panels::place::within;
use crate::ui::theme::{self, S8, S12};
use crate::ui::widgets::{Line, icon_button_small, label, named, paint_line, row_ground, section};
use crate::ui::{Actions, Cx, icons};

const ROW: f32 = 28.0;
const NAME: f32 = 220.0;

pub(super) fn files_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let files = &cx.state.previews.files;
    if files.is_empty() {
        return;
    }
    let words = cx.text.previews;
    section(ui, words.files, words.files_why, |_| ());
    ui.add_space(S8);
    for file in files.iter() {
        file_ui(ui, cx, file, out);
    }
}

fn file_ui(ui: &mut Ui, cx: &Cx<'_>, file: &VideoFile, out: &mut Actions) {
    let p = cx.palette;
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let name = name(cx, file);
    named(&response, Role::Row, &name);
    row_ground(
        ui,
        rect,
        &response,
        cx.state.detail.sub_task == Some(file.sub_task),
    );
    let left = rect.with_max_x(rect.left() + NAME);
    let line = Line::new(&name, theme::body(), p.text);
    paint_line(ui.painter(), left, Align::Min, &line);
    let right = rect.with_min_x(left.right() + S12);
    ui.push_id((file.node, file.sub_task), |ui| {
        within(ui, right, Layout::right_to_left(Align::Center), |ui| {
            url_ui(ui, cx, file, out);
        });
    });
}

fn url_ui(ui: &mut Ui, cx: &Cx<'_>, file: &VideoFile, out: &mut Actions) {
    let words = cx.text.previews;
    let ask = |action| Action::Preview(action);
    if icon_button_small(ui, icons::PLAY, words.open_in_player).clicked() {
        out.push(ask(PreviewAction::OpenOutside(file.url.clone())));
    }
    if icon_button_small(ui, icons::COPY, cx.text.pictures.copy_url).clicked() {
        out.push(ask(PreviewAction::CopyUrl(file.url.clone())));
    }
    ui.add_space(S8);
    let url = Line::new(&file.url, theme::mono_small(), cx.palette.text_2).middle();
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| label(ui, &url));
}

/// "Transcode 100030, mp4, 1280×720, 12 MB".
fn name(cx: &Cx<'_>, file: &VideoFile) -> String {
    let kind = sub_task::label(ResultSet::Media, &file.task_kind, cx.text.lang);
    let made_by = match file.definition {
        Some(definition) => format!("{kind} {definition}"),
        None => kind,
    };
    let size = match (file.width, file.height) {
        (Some(width), Some(height)) => Some(format::resolution(width, height)),
        _ => None,
    };
    let parts = [
        Some(made_by),
        file.container.clone(),
        size,
        file.bytes.map(format::size),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}
