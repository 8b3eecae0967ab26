//! All keys and what they do.

use egui::{Align, Layout as Flow, ScrollArea, Ui, vec2};

use crate::state::{Action, AppAction};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::theme::{self, S4, S8, S12, S24};
use crate::ui::widgets::{Line, caption, hairline, icon_button, key_cap, label, title};
use crate::ui::{Actions, Cx};

const COLUMN: f32 = 320.0;
const ROW: f32 = 24.0;

pub(super) fn keys_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.set_width(2.0 * COLUMN + S24);
    head_ui(ui, cx, cx.text.dialogs.keys_title, out);
    hairline(ui);
    let most = ui.ctx().content_rect().height() - 160.0;
    let area = ScrollArea::vertical().max_height(most);
    area.min_scrolled_height(most).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = S24;
            let (left, right) = groups(cx);
            for column in [left, right] {
                let flow = Flow::top_down(Align::Min);
                ui.allocate_ui_with_layout(vec2(COLUMN, 0.0), flow, |ui| {
                    ui.set_width(COLUMN);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for group in &column {
                        group_ui(ui, cx, group);
                    }
                });
            }
        });
    });
}

/// The title of a dialog with its cross.
pub(super) fn head_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, out: &mut Actions) {
    ui.horizontal(|ui| {
        title(ui, name);
        ui.with_layout(Flow::right_to_left(Align::Center), |ui| {
            if icon_button(ui, icons::X, cx.text.chrome.close).clicked() {
                out.push(Action::App(AppAction::CloseDialog));
            }
        });
    });
}

/// Commands of one kind under their heading.
struct Group {
    title: &'static str,
    commands: Vec<Command>,
}

fn groups(cx: &Cx<'_>) -> ([Group; 2], [Group; 2]) {
    use Command as C;
    let words = cx.text.dialogs;
    let all = |keep: fn(Command) -> u8, wanted: u8| -> Vec<Command> {
        let listed = Command::ALL.into_iter().filter(|c| !c.strokes().is_empty());
        listed.filter(|command| keep(*command) == wanted).collect()
    };
    let kind = |command: Command| match command {
        C::MoveUp
        | C::MoveDown
        | C::PageUp
        | C::PageDown
        | C::First
        | C::Last
        | C::EnterDetail
        | C::Leave
        | C::Tab(_)
        | C::PreviousFailed
        | C::NextFailed => 0,
        C::FocusQuery | C::FailedOnly | C::FilterFor | C::FilterOut | C::Mark => 1,
        C::CopyId
        | C::CopyValue
        | C::CopyPath
        | C::NextHit
        | C::PreviousHit
        | C::Fold
        | C::Unfold => 2,
        _ => 3,
    };
    let group = |title, wanted| Group {
        title,
        commands: all(kind, wanted),
    };
    (
        [group(words.moving, 0), group(words.filtering, 1)],
        [group(words.copying, 2), group(words.opening, 3)],
    )
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, group: &Group) {
    ui.add_space(S12);
    caption(ui, group.title);
    ui.add_space(S4);
    for command in &group.commands {
        row_ui(ui, cx, *command);
    }
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, command: Command) {
    let p = cx.palette;
    let flow = Flow::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(vec2(COLUMN, ROW), flow, |ui| {
        ui.spacing_mut().item_spacing.x = S4;
        for (index, stroke) in command.strokes().iter().rev().enumerate() {
            if index > 0 {
                label(ui, &Line::new(cx.text.dialogs.or, theme::small(), p.text_3));
            }
            for cap in stroke.caps().iter().rev() {
                key_cap(ui, cap);
            }
        }
        ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = S8;
            label(
                ui,
                &Line::new(&command.name(cx.text), theme::body(), p.text),
            );
        });
    });
}
