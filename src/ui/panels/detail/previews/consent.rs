//! Whom the pictures would be asked from, and the question whether they may be.

use std::net::IpAddr;

use egui::{Align, Frame, Layout, Margin, RichText, Ui, Vec2, vec2};

use crate::model::Consent;
use crate::state::{Action, HostNeed, PreviewAction};
use crate::text::previews as say;
use crate::ui::theme::{self, S4, S8, S12};
use crate::ui::widgets::{Button, Line, MenuItem, dropdown, label, menu_item};
use crate::ui::{Actions, Cx, icons};

/// Hosts that are asked about in a line of their own.
const LINES: usize = 3;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Question<'a> {
    /// All default domains of the service at once.
    Vod {
        hosts: usize,
        pictures: usize,
    },
    Host(&'a HostNeed),
    /// The host was allowed, and it leads into a private network.
    Private {
        host: &'a str,
        address: IpAddr,
    },
}

/// The questions in the order they are asked: the service's own domains first.
fn questions<'a>(undecided: impl Iterator<Item = &'a HostNeed>) -> Vec<Question<'a>> {
    let (vod, others): (Vec<&HostNeed>, Vec<&HostNeed>) = undecided.partition(|need| need.is_vod);
    let mut questions = Vec::new();
    if !vod.is_empty() {
        questions.push(Question::Vod {
            hosts: vod.len(),
            pictures: vod.iter().map(|need| need.pictures).sum(),
        });
    }
    questions.extend(others.into_iter().map(Question::Host));
    questions
}

pub(super) fn consent_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    if !cx.state.settings.pictures.fetch {
        strip_ui(ui, cx, |ui| off_ui(ui, cx, out));
        return;
    }
    let previews = &cx.state.previews;
    let mut questions = questions(previews.undecided());
    let private = previews.private();
    questions.extend(private.map(|(host, address)| Question::Private { host, address }));
    if questions.is_empty() {
        return;
    }
    strip_ui(ui, cx, |ui| {
        for question in questions.iter().take(LINES) {
            question_ui(ui, cx, question, out);
        }
        let more = questions.len().saturating_sub(LINES);
        if more > 0 {
            let words = say::more_hosts(cx.text.lang, more);
            label(ui, &Line::new(&words, theme::small(), cx.palette.text_2));
        }
    });
}

/// A strip over the whole width.
fn strip_ui(ui: &mut Ui, cx: &Cx<'_>, content: impl FnOnce(&mut Ui)) {
    Frame::new()
        .fill(cx.palette.bg_selected)
        .inner_margin(Margin::symmetric(20, 8))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(S12, S4);
            ui.set_width(ui.available_width());
            content(ui);
        });
}

fn off_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.previews;
    line_ui(ui, cx, (words.off, words.off_why), |ui| {
        if ui.add(Button::new(cx.text.pictures.switch_on)).clicked() {
            out.push(Action::Preview(PreviewAction::SetFetch(true)));
        }
    });
}

fn question_ui(ui: &mut Ui, cx: &Cx<'_>, question: &Question<'_>, out: &mut Actions) {
    let words = cx.text.previews;
    let lang = cx.text.lang;
    let (title, asks) = match question {
        Question::Vod { hosts, pictures } => {
            (words.ask_first, say::vod_asks(lang, *hosts, *pictures))
        }
        Question::Host(need) if need.redirected => (
            words.ask_redirect,
            say::host_asks(lang, &need.host, need.pictures),
        ),
        Question::Private { host, address } => (
            words.ask_private,
            say::private_asks(lang, host, &address.to_string()),
        ),
        Question::Host(need) => (
            words.ask_first,
            say::host_asks(lang, &need.host, need.pictures),
        ),
    };
    line_ui(ui, cx, (title, &asks), |ui| {
        answers_ui(ui, cx, question, out);
    });
}

/// Two lines of words, and controls at the right.
fn line_ui(ui: &mut Ui, cx: &Cx<'_>, (title, why): (&str, &str), controls: impl FnOnce(&mut Ui)) {
    let p = cx.palette;
    ui.horizontal(|ui| {
        let icon = Line::new(
            icons::SHIELD_CHECK,
            theme::icon(theme::ICON_CONTROL),
            p.accent_text,
        );
        label(ui, &icon);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = S8;
            controls(ui);
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                label(ui, &Line::new(title, theme::small_strong(), p.text));
                // Never cut: whose host it is may stand at the end.
                let why = RichText::new(why).font(theme::small()).color(p.text_2);
                ui.add(egui::Label::new(why).wrap());
            });
        });
    });
}

/// From right to left, since they stand at the right.
fn answers_ui(ui: &mut Ui, cx: &Cx<'_>, question: &Question<'_>, out: &mut Actions) {
    let (words, previews) = (cx.text.pictures, cx.text.previews);
    dropdown(ui, Button::ghost(previews.more), |ui| {
        let never = MenuItem::new(words.never).icon(icons::PROHIBIT);
        if menu_item(ui, never).clicked() {
            out.push(answer(question, Consent::Never));
        }
        let copy = MenuItem::new(previews.copy_urls).icon(icons::COPY);
        if menu_item(ui, copy).clicked() {
            out.push(Action::Preview(PreviewAction::CopyUrls(None)));
        }
    });
    let always = match question {
        Question::Vod { .. } => previews.allow_vod,
        Question::Host(_) => words.allow_always,
        Question::Private { host, .. } => {
            if ui.add(Button::new(previews.allow_private)).clicked() {
                let allowed = PreviewAction::AllowPrivate((*host).to_owned());
                out.push(Action::Preview(allowed));
            }
            return;
        }
    };
    if ui.add(Button::new(always)).clicked() {
        out.push(answer(question, Consent::Always));
    }
    let once = ui.add(Button::new(words.allow_once));
    if once.on_hover_text(words.once_lasts).clicked() {
        out.push(answer(question, Consent::Once));
    }
}

fn answer(question: &Question<'_>, consent: Consent) -> Action {
    Action::Preview(match question {
        Question::Vod { .. } => PreviewAction::AllowVod(consent),
        Question::Host(need) => PreviewAction::Allow {
            host: need.host.clone(),
            consent,
        },
        Question::Private { host, .. } => PreviewAction::Allow {
            host: (*host).to_owned(),
            consent,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(host: &str, pictures: usize, is_vod: bool) -> HostNeed {
        HostNeed {
            host: host.to_owned(),
            pictures,
            is_vod,
            redirected: false,
            consent: None,
        }
    }

    #[test]
    fn the_default_domains_are_one_question_and_stand_first() {
        let needs = [
            need("img.savanna-doc.cn", 9, false),
            need("1.vod2.myqcloud.com", 3, true),
            need("2.vod-qcloud.com", 4, true),
        ];
        let asked = questions(needs.iter());
        let vod = Question::Vod {
            hosts: 2,
            pictures: 7,
        };
        assert_eq!(asked, [vod, Question::Host(needs.first().unwrap())]);
    }
}
