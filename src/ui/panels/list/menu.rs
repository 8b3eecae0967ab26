//! What can be done with a row: its context menu.

use egui::{Popup, Response, Ui};

use crate::state::{Action, AppAction, ListAction};
use crate::store::{Sense, TaskView};
use crate::ui::command::Command;
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
            file_entries(ui, cx, task.file_id, out);
        }
        if menu_item(ui, MenuItem::new(mark).icon(icons::BOOKMARK_SIMPLE)).clicked() {
            out.push(Action::List(ListAction::ToggleMark));
        }
        about_task_ui(ui, cx, out);
    });
}

/// What can be asked of the cloud about the selected task, and sending it again.
pub(in crate::ui::panels) fn about_task_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    for command in ABOUT_TASK {
        command_entry(ui, cx, command, out);
    }
}

const ABOUT_TASK: [Command; 4] = [
    Command::LookUpTask,
    Command::WatchTask,
    Command::LookUpFile,
    Command::Replay,
];

/// The row under the menu is the selected one, which the command acts on.
fn command_entry(ui: &mut Ui, cx: &Cx<'_>, command: Command, out: &mut Actions) {
    let Some(action) = command.action(cx) else {
        return;
    };
    let name = command.name(cx.text);
    if menu_item(ui, MenuItem::new(&name).icon(command.icon())).clicked() {
        out.push(action);
    }
}

/// The tasks of the file alone, or all others.
fn file_entries(ui: &mut Ui, cx: &Cx<'_>, file_id: &str, out: &mut Actions) {
    let words = cx.text.list;
    for (name, icon, sense) in [
        (words.filter_file, icons::PLUS, Sense::Include),
        (words.filter_out_file, icons::MINUS, Sense::Exclude),
    ] {
        if menu_item(ui, MenuItem::new(name).icon(icon)).clicked() {
            let text = file_id.to_owned();
            out.push(Action::List(ListAction::FilterText { text, sense }));
        }
    }
}

fn copy(what: &str, text: &str) -> Action {
    Action::App(AppAction::Copy {
        what: what.to_owned(),
        text: text.to_owned(),
    })
}
