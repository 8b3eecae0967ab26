//! Commands by name: type a part of it, choose with the arrows, run with Enter.

use egui::{
    Align, FontSelection, Id, Key, Margin, Modifiers, Rect, Role, Sense, TextEdit, Ui, vec2,
};

use crate::state::{Action, AppAction};
use crate::ui::command::{Command, Stroke};
use crate::ui::theme::{self, ICON_CONTROL, INPUT_HEIGHT, RADIUS_CHIP, S4, S8};
use crate::ui::widgets::{Line, hairline, paint_line, small};
use crate::ui::{Actions, Cx};

const WIDTH: f32 = 520.0;
const HEIGHT: f32 = 340.0;
const ROW: f32 = 30.0;

/// What is typed and which line is chosen; forgotten when the palette closes.
#[derive(Clone, Default)]
struct Typed {
    text: String,
    chosen: usize,
    /// The frame it was last drawn in.
    frame: u64,
}

pub(super) fn palette_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    ui.set_width(WIDTH);
    ui.spacing_mut().item_spacing.y = S4;
    let id = Id::unique("palette typed");
    let mut typed = typed(ui, id);
    let found = found(cx, &typed.text);
    let run = keyboard(ui, &mut typed, found.len());
    field_ui(ui, cx, &mut typed);
    hairline(ui);
    let clicked = rows_ui(ui, cx, &found, &typed);
    ui.data_mut(|data| data.insert_temp(id, typed.clone()));
    let chosen = if run {
        found.get(typed.chosen)
    } else {
        clicked.and_then(|at| found.get(at))
    };
    if let Some((_, action)) = chosen {
        out.push(Action::App(AppAction::CloseDialog));
        out.push(action.clone());
    }
}

fn typed(ui: &Ui, id: Id) -> Typed {
    let frame = ui.ctx().cumulative_frame_nr();
    let kept: Option<Typed> = ui.data(|data| data.get_temp(id));
    let mut typed = kept
        .filter(|typed| typed.frame + 1 >= frame)
        .unwrap_or_default();
    typed.frame = frame;
    typed
}

/// The commands that can run now and whose name holds every typed word.
fn found(cx: &Cx<'_>, text: &str) -> Vec<(Command, Action)> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |command: &Command| {
        let name = command.name(cx.text).to_lowercase();
        words.iter().all(|word| name.contains(word.as_str()))
    };
    let commands = Command::ALL
        .into_iter()
        .filter(|command| *command != Command::Palette);
    commands
        .filter(fits)
        .filter_map(|command| Some((command, command.action(cx)?)))
        .collect()
}

/// Moves the choice; whether Enter was pressed.
fn keyboard(ui: &Ui, typed: &mut Typed, count: usize) -> bool {
    let (up, down, enter) = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        (
            pressed(Key::ArrowUp),
            pressed(Key::ArrowDown),
            pressed(Key::Enter),
        )
    });
    let last = count.saturating_sub(1);
    typed.chosen = typed.chosen.min(last);
    if up {
        typed.chosen = typed.chosen.checked_sub(1).unwrap_or(last);
    }
    if down {
        typed.chosen = if typed.chosen >= last {
            0
        } else {
            typed.chosen + 1
        };
    }
    enter
}

fn field_ui(ui: &mut Ui, cx: &Cx<'_>, typed: &mut Typed) {
    let hint = egui::RichText::new(cx.text.dialogs.palette_hint).color(cx.palette.text_3);
    let field = TextEdit::singleline(&mut typed.text)
        .id(Id::unique("palette field"))
        .font(FontSelection::FontId(theme::body()))
        .margin(Margin::symmetric(8, 0))
        .align(egui::Align2::LEFT_CENTER)
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, INPUT_HEIGHT));
    let response = ui.add(field);
    let name = cx.text.chrome.palette;
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(Role::TextInput, true, name);
        info.hint_text = Some(cx.text.dialogs.palette_hint.to_owned());
        info
    });
    response.request_focus();
    if response.changed() {
        typed.chosen = 0;
    }
}

/// Draws the commands; the one that was clicked.
fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, found: &[(Command, Action)], typed: &Typed) -> Option<usize> {
    let mut clicked = None;
    egui::ScrollArea::vertical()
        .max_height(HEIGHT)
        .min_scrolled_height(HEIGHT)
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if found.is_empty() {
                ui.add_space(S8);
                small(ui, cx.text.dialogs.palette_empty);
            }
            for (index, (command, _)) in found.iter().enumerate() {
                if row_ui(ui, cx, *command, index == typed.chosen) {
                    clicked = Some(index);
                }
            }
        });
    clicked
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, command: Command, chosen: bool) -> bool {
    let p = cx.palette;
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = command.name(cx.text);
    response.widget_info(|| egui::WidgetInfo::selected(Role::MenuItem, true, chosen, &name));
    if chosen {
        ui.painter().rect_filled(rect, RADIUS_CHIP, p.bg_selected);
        if !ui.clip_rect().contains_rect(rect) {
            response.scroll_to_me(None);
        }
    } else if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS_CHIP, p.bg_hover);
    }
    let inner = rect.shrink2(vec2(S8, 0.0));
    let icon = Line::new(command.icon(), theme::icon(ICON_CONTROL), p.text_2);
    paint_line(ui.painter(), inner, Align::Min, &icon);
    let words = Rect::from_x_y_ranges(
        inner.left() + ICON_CONTROL + S8..=inner.right(),
        inner.y_range(),
    );
    paint_line(
        ui.painter(),
        words,
        Align::Min,
        &Line::new(&name, theme::body(), p.text),
    );
    let keys = command
        .strokes()
        .first()
        .copied()
        .map(Stroke::line)
        .unwrap_or_default();
    paint_line(
        ui.painter(),
        inner,
        Align::Max,
        &Line::new(&keys, theme::mono_small(), p.text_3),
    );
    response.clicked()
}
