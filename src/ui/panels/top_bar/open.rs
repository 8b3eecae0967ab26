//! The button that opens files, and its menu of other things to open.

use std::path::Path;

use egui::Ui;

use crate::model::SourceSpec;
use crate::state::{Action, OpenAction};
use crate::ui::command::{Command, Stroke};
use crate::ui::icons;
use crate::ui::widgets::{Button, MenuItem, caption, dropdown, hairline, menu_item};
use crate::ui::{Actions, Cx};

/// The menu would otherwise be as wide as its dividing line may be.
const WIDTH: f32 = 240.0;

pub(super) fn open_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let button = Button::new(cx.text.chrome.open).icon(icons::FOLDER_OPEN);
    dropdown(ui, button, |ui| menu_ui(ui, cx, out));
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.set_max_width(WIDTH);
    let words = cx.text.chrome;
    let key = Command::Open.strokes().first().copied().map(Stroke::line);
    let entries = [
        (words.open_files, icons::FILE, OpenAction::PickFiles),
        (
            words.open_folder,
            icons::FOLDER_OPEN,
            OpenAction::PickFolder,
        ),
        (words.open_samples, icons::FILES, OpenAction::Samples),
    ];
    for (name, icon, action) in entries {
        let is_files = matches!(action, OpenAction::PickFiles);
        let key = key.as_deref().filter(|_| is_files).unwrap_or_default();
        if menu_item(ui, MenuItem::new(name).icon(icon).key(key)).clicked() {
            out.push(Action::Open(action));
        }
    }
    recent_ui(ui, cx, out);
}

fn recent_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let recent = &cx.state.settings.recent;
    if recent.is_empty() {
        return;
    }
    hairline(ui);
    caption(ui, cx.text.chrome.open_recent);
    for file in recent {
        let item = MenuItem::new(file_name(&file.path)).icon(icons::CLOCK_COUNTER_CLOCKWISE);
        let response = menu_item(ui, item);
        let response = response.on_hover_text(file.path.to_string_lossy());
        if response.clicked() {
            let spec = SourceSpec::Path(file.path.clone());
            out.push(Action::Open(OpenAction::Specs(vec![spec])));
        }
    }
}

fn file_name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("?")
}
