//! Why a call came to nothing, as short as a dialog has room for: what was said, what it means,
//! what to do.

use egui::{Ui, Vec2, vec2};

use super::parts::icon_and_words;
use crate::knowledge::api_error;
use crate::model::CallFault;
use crate::state::{Action, AppAction};
use crate::text::{Text, live as say};
use crate::ui::theme::{self, S4, S8};
use crate::ui::widgets::{Button, CopyAsk, CopyIcon, Copyable, Line, Offers, copyable, wrapped};
use crate::ui::{Actions, Cx, icons};

/// A fault in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FaultRows {
    /// Code and message of the service verbatim; of any other fault our own sentence.
    pub(super) told: String,
    /// What it means, what to do, and who does it.
    pub(super) remedy: Vec<String>,
    pub(super) request_id: String,
    /// What came in an answer's place.
    pub(super) came: Option<String>,
}

/// Builds the words; `action` is the call that failed.
pub(super) fn rows(fault: &CallFault, action: &str, text: &Text) -> FaultRows {
    let told = say::call_fault(text.lang, fault);
    match fault {
        CallFault::Api(error) => {
            let mut remedy = Vec::new();
            if let Some(known) = api_error::explain(&error.code, Some(action)) {
                remedy.push(known.meaning.get(text.lang).to_owned());
                remedy.push(known.advice.get(text.lang).to_owned());
                let who = known.who_acts.words(text.lang);
                let name = text.accounts.who_acts;
                remedy.push(
                    text.lang
                        .pick(format!("{name}: {who}"), format!("{name}：{who}")),
                );
            }
            // A signature is refused for its time when a clock is off.
            let late = error.code.starts_with("AuthFailure.SignatureExpire");
            let ahead = error.clock_ahead_secs.filter(|_| late);
            remedy.extend(ahead.map(|secs| say::clock_off(text.lang, secs)));
            FaultRows {
                told,
                remedy,
                request_id: error.request_id.clone(),
                came: None,
            }
        }
        CallFault::NotAnAnswer(foreign) => FaultRows {
            told,
            came: Some(String::from_utf8_lossy(&foreign.bytes).into_owned()),
            ..FaultRows::default()
        },
        _ => FaultRows {
            told,
            ..FaultRows::default()
        },
    }
}

pub(super) fn fault_ui(ui: &mut Ui, cx: &Cx<'_>, fault: &FaultRows, out: &mut Actions) {
    let (p, words) = (cx.palette, cx.text.accounts);
    icon_and_words(ui, (icons::WARNING, p.fail.text), |ui| {
        wrapped(ui, &fault.told, theme::small_strong(), p.fail.text);
        for sentence in &fault.remedy {
            ui.add_space(S4);
            wrapped(ui, sentence, theme::small(), p.text);
        }
        if !fault.request_id.is_empty() {
            ui.add_space(S4);
            request_ui(ui, cx, &fault.request_id, out);
        }
        if let Some(came) = &fault.came
            && ui.add(Button::link(words.copy_came)).clicked()
        {
            out.push(copy(words.came, came));
        }
    });
}

fn request_ui(ui: &mut Ui, cx: &Cx<'_>, id: &str, out: &mut Actions) {
    let (p, name) = (cx.palette, cx.text.accounts.request_id);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(S8, 0.0);
        ui.spacing_mut().interact_size = Vec2::ZERO;
        let key = Line::new(name, theme::caption(), p.text_3);
        crate::ui::widgets::label(ui, &key);
        let value = Copyable {
            name,
            line: Line::new(id, theme::mono_small(), p.text_2).middle(),
            icon: CopyIcon::Always,
            offers: Offers::default(),
            words: cx.text.chrome,
        };
        if copyable(ui, &value) == Some(CopyAsk::Copy) {
            out.push(copy(name, id));
        }
    });
}

/// Puts a text on the clipboard and says so.
pub(super) fn copy(what: &str, text: &str) -> Action {
    Action::App(AppAction::Copy {
        what: what.to_owned(),
        text: text.to_owned(),
    })
}
