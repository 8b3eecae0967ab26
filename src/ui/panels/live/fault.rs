//! Why a call gave no answer: what the service said, what it means, who acts, what to do.

use egui::{Ui, Vec2};

use super::foreign;
use super::parts::{pair_ui, value_ui};
use crate::knowledge::api_error;
use crate::model::{CallFault, Foreign};
use crate::text::{Text, live as say};
use crate::ui::theme::{self, ICON_CONTROL, S4, S8, S12};
use crate::ui::widgets::{Line, Tone, card, label, sunken, tag, wrapped};
use crate::ui::{Actions, Cx, icons};

const KEY_WIDTH: f32 = 88.0;

/// A fault in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FaultRows {
    /// The service's code, verbatim; empty for what is none of its errors.
    pub(super) code: String,
    /// The service's own words; for any other fault, ours.
    pub(super) message: String,
    pub(super) meaning: Option<&'static str>,
    pub(super) who: Option<&'static str>,
    pub(super) advice: Option<&'static str>,
    pub(super) retry: Option<&'static str>,
    /// How far the clock is off, where that matters.
    pub(super) clock: Option<String>,
    pub(super) request_id: String,
    pub(super) foreign: Option<Foreign>,
}

/// Builds the words; `action` is the call that failed.
pub(super) fn rows(fault: &CallFault, action: &str, text: &Text) -> FaultRows {
    let lang = text.lang;
    let CallFault::Api(error) = fault else {
        return FaultRows {
            message: say::call_fault(lang, fault),
            foreign: foreign_of(fault),
            ..FaultRows::default()
        };
    };
    let known = api_error::explain(&error.code, Some(action));
    let is_clock = error.code.starts_with("AuthFailure.SignatureExpire");
    let ahead = error.clock_ahead_secs.filter(|_| is_clock);
    FaultRows {
        code: error.code.clone(),
        message: error.message.clone(),
        meaning: known.map(|known| known.meaning.get(lang)),
        who: known.map(|known| known.who_acts.words(lang)),
        advice: known.map(|known| known.advice.get(lang)),
        retry: known.map(|known| known.retry.words(lang)),
        clock: ahead.map(|secs| say::clock_off(lang, secs)),
        request_id: error.request_id.clone(),
        foreign: None,
    }
}

fn foreign_of(fault: &CallFault) -> Option<Foreign> {
    match fault {
        CallFault::NotAnAnswer(foreign) => Some(foreign.clone()),
        _ => None,
    }
}

/// A card about the fault that ended something.
pub(super) fn card_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (action, fault): (&str, &FaultRows),
    out: &mut Actions,
) {
    let p = cx.palette;
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            let icon = Line::new(icons::WARNING, theme::icon(ICON_CONTROL), p.fail.text);
            label(ui, &icon);
            label(ui, &Line::new(action, theme::strong(), p.text));
            label(ui, &Line::new(&fault.code, theme::mono(), p.fail.text));
        });
        ui.add_space(S8);
        words_ui(ui, cx, fault, out);
    });
    ui.add_space(S12);
}

/// Everything known of a fault.
pub(super) fn words_ui(ui: &mut Ui, cx: &Cx<'_>, fault: &FaultRows, out: &mut Actions) {
    let (p, words) = (cx.palette, cx.text.live);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    if let Some(meaning) = fault.meaning {
        wrapped(ui, meaning, theme::body(), p.text);
        ui.add_space(S8);
    }
    if fault.code.is_empty() {
        wrapped(ui, &fault.message, theme::body(), p.text);
        ui.add_space(S8);
    } else if !fault.message.is_empty() {
        pair_ui(ui, cx, (words.said, KEY_WIDTH), |ui| {
            sunken(ui, |ui| {
                wrapped(ui, &fault.message, theme::mono_small(), p.text_2);
            });
        });
    }
    if let Some(clock) = &fault.clock {
        wrapped(ui, clock, theme::body(), p.part.text);
        ui.add_space(S8);
    }
    remedy_ui(ui, cx, fault);
    if !fault.request_id.is_empty() {
        pair_ui(ui, cx, (words.request_id, KEY_WIDTH), |ui| {
            value_ui(ui, cx, (words.request_id, &fault.request_id), out);
        });
    }
    if let Some(foreign) = &fault.foreign {
        foreign::foreign_ui(ui, cx, foreign);
    }
}

fn remedy_ui(ui: &mut Ui, cx: &Cx<'_>, fault: &FaultRows) {
    let words = cx.text.live;
    if let Some(who) = fault.who {
        pair_ui(ui, cx, (words.who_acts, KEY_WIDTH), |ui| {
            tag(ui, who, Tone::Plain);
        });
    }
    for (name, told) in [(words.remedy, fault.advice), (words.retry, fault.retry)] {
        if let Some(told) = told {
            pair_ui(ui, cx, (name, KEY_WIDTH), |ui| {
                wrapped(ui, told, theme::small(), cx.palette.text);
            });
        }
    }
    ui.add_space(S4);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ApiError, Lang, NetworkFault, Zone};

    fn api(code: &str, ahead: Option<i64>) -> CallFault {
        CallFault::Api(ApiError {
            code: code.to_owned(),
            message: "as it came".to_owned(),
            request_id: "3f0c".to_owned(),
            clock_ahead_secs: ahead,
        })
    }

    #[test]
    fn an_error_of_the_service_says_who_acts_and_what_to_do() {
        for lang in [Lang::En, Lang::Zh] {
            let text = Text::new(lang, Zone::Utc);
            let fault = api("AuthFailure.UnauthorizedOperation", None);
            let told = rows(&fault, "DescribeTasks", &text);
            assert_eq!(told.message, "as it came");
            assert!(told.who.is_some() && told.advice.is_some(), "{told:?}");
        }
    }

    #[test]
    fn a_clock_is_blamed_only_where_it_is_to_blame() {
        let text = Text::new(Lang::En, Zone::Utc);
        let late = api("AuthFailure.SignatureExpire", Some(400));
        assert!(rows(&late, "DescribeTasks", &text).clock.is_some());
        let other = api("InternalError", Some(400));
        assert_eq!(rows(&other, "DescribeTasks", &text).clock, None);
    }

    #[test]
    fn a_broken_network_has_no_code() {
        let text = Text::new(Lang::En, Zone::Utc);
        let fault = CallFault::Network {
            kind: NetworkFault::Dns,
            why: "no such host".to_owned(),
        };
        let told = rows(&fault, "DescribeTasks", &text);
        assert_eq!((told.code.as_str(), told.meaning), ("", None));
        assert!(told.message.contains("no such host"));
    }
}
