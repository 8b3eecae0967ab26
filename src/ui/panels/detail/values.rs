//! Values that can be copied, followed into the raw text, or filtered by.

use egui::{Align, CursorIcon, Popup, Rect, Role, Sense, Ui, Vec2, vec2};

use crate::model::{JsonTree, NodeId, Zone};
use crate::state::{Action, AppAction, DetailAction, ListAction, PathStyle, path_text};
use crate::text::format;
use crate::ui::theme::{self, ICON_INLINE, RADIUS_CHIP, S4, S8};
use crate::ui::widgets::{
    CopyAsk, CopyIcon, Copyable, Line, MenuItem, Offers, copyable, focus_ring, menu_item, named,
    paint_line,
};
use crate::ui::{Actions, Cx, icons};

/// Puts a text on the clipboard and says so.
pub(super) fn copy(out: &mut Actions, what: &str, text: &str) {
    out.push(Action::App(AppAction::Copy {
        what: what.to_owned(),
        text: text.to_owned(),
    }));
}

/// A value as it is drawn, and what it stands for.
pub(super) struct Value<'a> {
    pub(super) name: &'a str,
    pub(super) line: Line<'a>,
    /// What copying gives; differs from what is drawn where that is formatted.
    pub(super) text: &'a str,
    pub(super) node: Option<NodeId>,
}

/// Draws a value with its copy icon and its menu.
pub(super) fn value_ui(ui: &mut Ui, cx: &Cx<'_>, value: &Value<'_>, out: &mut Actions) {
    let asked = copyable(
        ui,
        &Copyable {
            name: value.name,
            line: value.line.clone(),
            icon: CopyIcon::Hover,
            offers: Offers {
                path: value.node.is_some(),
                filter: false,
                raw: value.node.is_some(),
            },
            words: cx.text.chrome,
        },
    );
    match (asked, value.node) {
        (Some(CopyAsk::Copy), _) => copy(out, value.name, value.text),
        (Some(CopyAsk::CopyPath), Some(node)) => copy_path(cx, node, out),
        (Some(CopyAsk::ShowInRaw), Some(node)) => {
            out.push(Action::Detail(DetailAction::ShowInRaw(node)));
        }
        _ => {}
    }
}

/// The path of a member is copied as `JSONPath`.
fn copy_path(cx: &Cx<'_>, node: NodeId, out: &mut Actions) {
    if let Some(detail) = cx.detail() {
        let path = path_text(&detail.tree, node, PathStyle::JsonPath);
        copy(out, cx.text.detail.path, &path);
    }
}

/// Draws an id by its name, with a copy icon, and a menu that lists what else bears it.
pub(super) fn id_ui(ui: &mut Ui, cx: &Cx<'_>, (name, id): (&str, &str), out: &mut Actions) {
    let p = cx.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        let key = Line::new(name, theme::small(), p.text_3);
        crate::ui::widgets::label(ui, &key);
        let line = Line::new(id, theme::mono(), p.text_2).middle();
        let room = ui.available_width() - ICON_INLINE - S8;
        let (galley, cut) = line.fit(ui.painter(), room);
        let (rect, mut response) = ui.allocate_exact_size(galley.size(), Sense::click());
        named(&response, Role::Label, id);
        ui.painter().galley(rect.min, galley, p.text_2);
        if cut {
            response = response.on_hover_text(id);
        }
        Popup::context_menu(&response).show(|ui| id_menu(ui, cx, (name, id), out));
        if copy_icon(ui, cx, name) {
            copy(out, name, id);
        }
    });
}

fn id_menu(ui: &mut Ui, cx: &Cx<'_>, (name, id): (&str, &str), out: &mut Actions) {
    let words = cx.text.chrome;
    if menu_item(ui, MenuItem::new(words.copy).icon(icons::COPY)).clicked() {
        copy(out, name, id);
    }
    if menu_item(ui, MenuItem::new(words.filter_for).icon(icons::PLUS)).clicked() {
        out.push(Action::List(ListAction::SetText(id.to_owned())));
    }
    let Some(node) = cx.detail().and_then(|detail| node_of(&detail.tree, id)) else {
        return;
    };
    if menu_item(ui, MenuItem::new(words.copy_path).icon(icons::HASH)).clicked() {
        copy_path(cx, node, out);
    }
    let raw = MenuItem::new(words.show_in_raw).icon(icons::BRACKETS_CURLY);
    if menu_item(ui, raw).clicked() {
        out.push(Action::Detail(DetailAction::ShowInRaw(node)));
    }
}

/// Where the event first names the id; it may be known from another delivery alone.
fn node_of(tree: &JsonTree, id: &str) -> Option<NodeId> {
    let nodes = 0..NodeId::try_from(tree.nodes.len()).unwrap_or(NodeId::MAX);
    nodes
        .into_iter()
        .find(|node| tree.text_of(*node) == Some(id))
}

fn copy_icon(ui: &mut Ui, cx: &Cx<'_>, name: &str) -> bool {
    let size = Vec2::splat(ICON_INLINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("{} {name}", cx.text.chrome.copy);
    named(&response, Role::Button, &name);
    let p = cx.palette;
    let color = if response.hovered() { p.text } else { p.text_3 };
    let line = Line::new(icons::COPY, theme::icon(ICON_INLINE), color);
    paint_line(ui.painter(), rect.expand(S4), Align::Center, &line);
    focus_ring(ui, &response, RADIUS_CHIP);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_text(name).clicked()
}

/// A time, in both of the zones people compare by, for hovering.
pub(super) fn both_zones(unix: i64) -> String {
    let utc = format::date_time(unix, Zone::Utc);
    let beijing = format::date_time(unix, Zone::Beijing);
    format!("{utc}\n{beijing}")
}

/// Draws into a part of the pane without moving on.
pub(super) fn within<R>(
    ui: &mut Ui,
    (salt, rect): (&'static str, Rect),
    layout: egui::Layout,
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    let builder = egui::UiBuilder::new()
        .id_salt(salt)
        .max_rect(rect)
        .layout(layout);
    content(&mut ui.new_child(builder))
}

/// An icon in the size of the text beside it.
pub(super) fn icon_ui(ui: &mut Ui, icon: &str, color: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(ICON_INLINE), Sense::hover());
    let line = Line::new(icon, theme::icon(ICON_INLINE), color);
    paint_line(
        ui.painter(),
        rect.expand2(vec2(S4, 0.0)),
        Align::Center,
        &line,
    );
}
