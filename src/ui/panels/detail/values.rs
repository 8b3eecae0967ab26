//! Values that can be copied, followed into the raw text, or filtered by.

use egui::{Align, CursorIcon, Popup, Rect, Role, Sense, Ui, Vec2, vec2};

use crate::model::{JsonTree, NodeId, TaskPull, Zone};
use crate::state::{Action, AppAction, DetailAction, ListAction, LiveAction, PathStyle, path_text};
use crate::store::Sense as FilterSense;
use crate::text::format;
use crate::ui::theme::{self, ICON_INLINE, RADIUS_CHIP, S4, S8};
use crate::ui::widgets::{
    CopyAsk, CopyIcon, Copyable, Line, MenuItem, Offers, copyable, focus_ring, menu_item, named,
    paint_line, value_entries,
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
    /// Whether tasks can be found by it: an id or a name.
    pub(super) searchable: bool,
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
                filter: value.searchable,
                raw: value.node.is_some(),
            },
            words: cx.text.chrome,
        },
    );
    let of = Subject {
        name: value.name,
        text: value.text,
        node: value.node,
    };
    if let Some(asked) = asked {
        of.answer(cx, asked, out);
    }
}

/// What a menu is about.
struct Subject<'a> {
    name: &'a str,
    text: &'a str,
    node: Option<NodeId>,
}

impl Subject<'_> {
    fn answer(&self, cx: &Cx<'_>, asked: CopyAsk, out: &mut Actions) {
        match (asked, self.node) {
            (CopyAsk::FilterFor, _) => out.push(self.filter(FilterSense::Include)),
            (CopyAsk::FilterOut, _) => out.push(self.filter(FilterSense::Exclude)),
            (CopyAsk::CopyPath, Some(node)) => copy_path(cx, node, out),
            (CopyAsk::ShowInRaw, Some(node)) => {
                out.push(Action::Detail(DetailAction::ShowInRaw(node)));
            }
            (CopyAsk::Copy | CopyAsk::CopyPath | CopyAsk::ShowInRaw, _) => {
                copy(out, self.name, self.text);
            }
        }
    }

    fn filter(&self, sense: FilterSense) -> Action {
        let text = self.text.to_owned();
        Action::List(ListAction::FilterText { text, sense })
    }
}

/// The path of a member is copied as `JSONPath`.
pub(super) fn copy_path(cx: &Cx<'_>, node: NodeId, out: &mut Actions) {
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
    let node = cx.detail().and_then(|detail| node_of(&detail.tree, id));
    let offers = Offers {
        path: node.is_some(),
        filter: true,
        raw: node.is_some(),
    };
    let text = id;
    if let Some(asked) = value_entries(ui, cx.text.chrome, offers) {
        Subject { name, text, node }.answer(cx, asked, out);
    }
    look_up_entry(ui, cx, (name, id), out);
}

/// Asks the account for the task or the file of that id.
fn look_up_entry(ui: &mut Ui, cx: &Cx<'_>, (name, id): (&str, &str), out: &mut Actions) {
    let words = cx.text.accounts;
    let (words, pull) = match name {
        "TaskId" => (words.look_up_task, TaskPull::Task(id.to_owned())),
        "FileId" => (words.look_up_file, TaskPull::File(id.to_owned())),
        _ => return,
    };
    let item = MenuItem::new(words).icon(icons::CLOUD_ARROW_DOWN);
    if menu_item(ui, item).clicked() {
        out.push(Action::Live(LiveAction::LookUp(pull)));
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
