//! The second step of what cannot be taken back.

use egui::Ui;

use super::super::parts::notice_ui;
use super::ask;
use crate::state::ArchiveAction;
use crate::ui::theme::{S4, S8};
use crate::ui::widgets::{Button, Tone};
use crate::ui::{Actions, Cx, icons};

/// After so many frames it has its place; until then it is scrolled to.
const SETTLED: u32 = 3;

/// It comes up with the keyboard at the way out.
pub(super) fn question_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (question, yes): (&str, &str),
    out: &mut Actions,
) {
    ui.add_space(S8);
    let times = times_drawn(ui);
    notice_ui(ui, (icons::WARNING, Tone::Fail), question, |ui| {
        ui.add_space(S8);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            let button = Button::new(yes).icon(icons::TRASH);
            if ui.add(button).clicked() {
                out.push(ask(ArchiveAction::SayYes));
            }
            let cancel = ui.add(Button::ghost(cx.text.chrome.cancel));
            if times == 1 {
                cancel.request_focus();
            }
            if cancel.clicked() {
                out.push(ask(ArchiveAction::CallOff));
            }
        });
    });
    ui.add_space(S4);
    if times <= SETTLED {
        ui.scroll_to_cursor(None);
    }
}

/// How often the question was drawn since it came up, this time included.
fn times_drawn(ui: &Ui) -> u32 {
    let id = crate::ui::dialogs::id("archive question");
    let frame = ui.ctx().cumulative_frame_nr();
    let before: Option<(u64, u32)> = ui.data(|data| data.get_temp(id));
    let goes_on = before.filter(|(last, _)| last + 1 >= frame);
    let times = goes_on.map_or(1, |(_, times)| times.saturating_add(1));
    ui.data_mut(|data| data.insert_temp(id, (frame, times)));
    times
}
