//! What can be done with a row: its context menu.

use egui::{Popup, Response};

use crate::state::{Action, AppAction, ListAction};
use crate::store::TaskView;
use crate::ui::icons;
use crate::ui::widgets::{MenuItem, menu_item};
use crate::ui::{Actions, Cx};

pub(super) fn row_menu(cx: &Cx<'_>, task: &TaskView<'_>, response: &Response, out: &mut Actions) {
    let words = cx.text.list;
    let marked = cx.state.list.marked.contains(&task.idx);
    let mark = if marked { words.unmark } else { words.mark };
    Popup::context_menu(response).show(|ui| {
        let ids = [
            (words.copy_task_id, words.task_id, task.task_id),
            (words.copy_file_id, "FileId", task.file_id),
        ];
        for (name, what, id) in ids.into_iter().filter(|(.., id)| !id.is_empty()) {
            if menu_item(ui, MenuItem::new(name).icon(icons::COPY)).clicked() {
                out.push(copy(what, id));
            }
        }
        if !task.file_id.is_empty() {
            let item = MenuItem::new(words.filter_file).icon(icons::FUNNEL_SIMPLE);
            if menu_item(ui, item).clicked() {
                out.push(Action::List(ListAction::SetText(task.file_id.to_owned())));
            }
        }
        if menu_item(ui, MenuItem::new(mark).icon(icons::BOOKMARK_SIMPLE)).clicked() {
            out.push(Action::List(ListAction::ToggleMark));
        }
    });
}

fn copy(what: &str, text: &str) -> Action {
    Action::App(AppAction::Copy {
        what: what.to_owned(),
        text: text.to_owned(),
    })
}
