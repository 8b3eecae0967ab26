//! Pictures and other files: what the event points to, without fetching any of it.

use egui::{Align, Layout, Rect, Role, Sense, Ui, Vec2, vec2};

use super::super::values::{copy, within};
use crate::knowledge::sub_task;
use crate::knowledge::template::{TemplateKind, describe};
use crate::model::{Detail, NodeId, Output, OutputKind, ResultSet, SubTask};
use crate::state::{Action, DetailAction};
use crate::text::{Text, format, outputs as sentences};
use crate::ui::theme::{self, ICON_CONTROL, RADIUS_CHIP, S4, S8, S12};
use crate::ui::widgets::{
    CopyAsk, CopyIcon, Copyable, Line, Offers, copyable, icon_button_small, label, named,
    paint_line, row_ground, section, value_menu,
};
use crate::ui::{Actions, Cx, icons};

const ROW: f32 = 52.0;
const SLOT: Vec2 = vec2(64.0, 36.0);

/// One product that is not a rendition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FileRow {
    icon: &'static str,
    /// What it is, and of which template.
    title: String,
    /// Count, size, picture: what the event tells of it.
    facts: String,
    /// The first is shown; all are copied.
    urls: Vec<String>,
    sub_task: usize,
    node: NodeId,
}

/// Every product that the table does not list, in event order.
pub(super) fn files(detail: &Detail, text: &Text) -> Vec<FileRow> {
    let mut out = Vec::new();
    for (index, sub) in detail.sub_tasks.iter().enumerate() {
        let listed =
            |output: &&Output| !matches!(output.kind, OutputKind::Rendition | OutputKind::Adaptive);
        let rows = sub.outputs.iter().filter(listed);
        out.extend(rows.map(|output| FileRow {
            icon: icon(output.kind),
            title: title(sub, text),
            facts: facts(output, text),
            urls: urls(output),
            sub_task: index,
            node: output.node,
        }));
    }
    out
}

fn icon(kind: OutputKind) -> &'static str {
    match kind {
        OutputKind::Cover | OutputKind::Snapshots => icons::IMAGE,
        OutputKind::Sprites | OutputKind::AnimatedGraphics => icons::FILM_STRIP,
        OutputKind::Rendition | OutputKind::Adaptive | OutputKind::Other => icons::FILE,
    }
}

fn title(sub: &SubTask, text: &Text) -> String {
    let kind = sub_task::label(sub.set, &sub.kind, text.lang);
    match (sub.definition, sub.set) {
        (Some(definition), ResultSet::Media) => {
            let family = TemplateKind::of_sub_task(sub.set, &sub.kind);
            let name = describe(family, definition, text.lang);
            format!("{kind} {definition} {name}")
        }
        // A template of these is of many kinds at once: its name would say less.
        (Some(definition), _) => format!("{kind} {definition}"),
        (None, _) => kind,
    }
}

fn facts(output: &Output, text: &Text) -> String {
    let lang = text.lang;
    let pictures = output.pictures.len();
    let is_picture = matches!(output.kind, OutputKind::Snapshots | OutputKind::Sprites);
    let size = output.size_bytes.filter(|size| *size > 0);
    let secs = output.duration_secs.filter(|secs| *secs > 0.0);
    let parts = [
        (is_picture || pictures > 1).then(|| sentences::images(lang, pictures)),
        output
            .sprite_cells
            .map(|cells| sentences::cells(lang, cells)),
        output.interval.clone(),
        super::cells::resolution((output.width, output.height)),
        output.container.clone(),
        secs.map(format::duration),
        size.map(format::size),
        output
            .vtt_url
            .as_ref()
            .map(|_| text.outputs.web_vtt.to_owned()),
        Some(text.detail.not_fetched.to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn urls(output: &Output) -> Vec<String> {
    let pictures = output.pictures.iter().map(|picture| &picture.url);
    let all = pictures.chain(&output.url).chain(&output.vtt_url);
    let mut out: Vec<String> = Vec::new();
    for url in all {
        if !url.is_empty() && !out.contains(url) {
            out.push(url.clone());
        }
    }
    out
}

pub(super) fn files_ui(ui: &mut Ui, cx: &Cx<'_>, files: &[FileRow], out: &mut Actions) {
    section(
        ui,
        cx.text.detail.other_outputs,
        cx.text.outputs.pictures_why,
        |_| (),
    );
    ui.add_space(S8);
    for file in files {
        file_ui(ui, cx, file, out);
    }
}

fn file_ui(ui: &mut Ui, cx: &Cx<'_>, file: &FileRow, out: &mut Actions) {
    let p = cx.palette;
    let selected = cx.state.detail.sub_task == Some(file.sub_task);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    named(
        &response,
        Role::Row,
        &format!("{}, {}", file.title, file.facts),
    );
    row_ground(ui, rect, &response, selected);
    let slot = Rect::from_center_size(rect.left_center() + vec2(SLOT.x / 2.0 + S4, 0.0), SLOT);
    ui.painter().rect_filled(slot, RADIUS_CHIP, p.bg_track);
    let icon = Line::new(file.icon, theme::icon(ICON_CONTROL), p.text_3);
    paint_line(ui.painter(), slot, Align::Center, &icon);
    let words = rect
        .with_min_x(slot.right() + S12)
        .with_max_x(rect.center().x);
    let (top, bottom) = words
        .shrink2(vec2(0.0, 8.0))
        .split_top_bottom_at_fraction(0.5);
    let title = Line::new(&file.title, theme::strong(), p.text);
    paint_line(ui.painter(), top, Align::Min, &title);
    let facts = Line::new(&file.facts, theme::small(), p.text_3);
    paint_line(ui.painter(), bottom, Align::Min, &facts);
    let right = rect
        .with_min_x(words.right() + S12)
        .with_max_x(rect.right() - S4);
    let layout = Layout::right_to_left(Align::Center);
    ui.push_id((file.node, file.sub_task), |ui| {
        within(ui, ("url", right), layout, |ui| url_ui(ui, cx, file, out));
    });
    match value_menu(&response, cx.text.chrome, raw_only()) {
        Some(CopyAsk::Copy) => copy(out, cx.text.outputs.url, &file.urls.join("\n")),
        Some(CopyAsk::ShowInRaw) => {
            out.push(Action::Detail(DetailAction::ShowInRaw(file.node)));
        }
        _ => {}
    }
    if response.clicked() {
        let choice = Some(file.sub_task).filter(|_| !selected);
        out.push(Action::Detail(DetailAction::SelectSubTask(choice)));
    }
}

fn raw_only() -> Offers {
    Offers {
        raw: true,
        ..Offers::default()
    }
}

fn url_ui(ui: &mut Ui, cx: &Cx<'_>, file: &FileRow, out: &mut Actions) {
    let words = cx.text.outputs;
    let Some(first) = file.urls.first() else {
        let line = Line::new(words.no_url, theme::small(), cx.palette.text_3);
        label(ui, &line);
        return;
    };
    if file.urls.len() > 1 && icon_button_small(ui, icons::FILES, words.copy_urls).clicked() {
        copy(out, words.url, &file.urls.join("\n"));
    }
    let value = Copyable {
        name: words.url,
        line: Line::new(first, theme::mono_small(), cx.palette.text_2).middle(),
        icon: CopyIcon::Always,
        offers: raw_only(),
        words: cx.text.chrome,
    };
    match copyable(ui, &value) {
        Some(CopyAsk::Copy) => copy(out, words.url, first),
        Some(CopyAsk::ShowInRaw) => {
            out.push(Action::Detail(DetailAction::ShowInRaw(file.node)));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{sample, text};
    use super::*;
    use crate::model::Lang;

    fn lines(lang: Lang) -> String {
        let files = files(&sample("03-every-result.json"), &text(lang));
        let line = |file: &FileRow| {
            let first = file.urls.first().map_or("", String::as_str);
            format!(
                "{} | {} | {} {first}",
                file.title,
                file.facts,
                file.urls.len()
            )
        };
        files.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn pictures_are_counted_and_never_fetched() {
        insta::assert_snapshot!(lines(Lang::En));
        insta::assert_snapshot!(lines(Lang::Zh));
    }
}
