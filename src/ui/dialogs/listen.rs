//! The dialog that starts the receiver of callbacks.

use std::net::SocketAddr;

use egui::Ui;

use super::fault::copy;
use super::field::{Field, field_id, focus_first, gap, text_ui};
use super::parts::{check_ui, icon_and_words, name_ui, note_ui, notice_ui, wrong_ui};
use super::secret::{forget, secret_ui};
use super::sheet::{Moment, Sheet, buttons_ui};
use crate::state::{Action, ListenAction, Listener, ListenerPhase, LiveAction};
use crate::text::accounts as say;
use crate::ui::theme::{self, S8};
use crate::ui::widgets::{
    Button, CopyAsk, CopyIcon, Copyable, Line, Offers, Tone, copyable, label,
};
use crate::ui::{Actions, Cx, icons};

const WIDTH: f32 = 478.0;
const ADDRESS: &str = "listen address";
const SIGN_KEY: &str = "sign key";

fn ask(action: ListenAction) -> Action {
    Action::Live(LiveAction::Listen(action))
}

pub(super) fn listen_ui(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let sheet = Sheet {
        name: "listen",
        title: cx.text.accounts.listen_title,
        width: WIDTH,
    };
    let body = |ui: &mut Ui, moment: Moment, out: &mut Actions| body_ui(ui, cx, moment, out);
    let foot = |ui: &mut Ui, moment: Moment, out: &mut Actions| foot_ui(ui, cx, moment, out);
    sheet.show(ui, (cx, out), body, foot);
}

fn body_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    if moment.opening {
        forget(ui.ctx(), &[SIGN_KEY]);
    }
    address_ui(ui, cx, out);
    gap(ui);
    sign_key_ui(ui, cx, out);
    gap(ui);
    url_ui(ui, cx, out);
    // Nothing is typed into an address that is listened at.
    if !cx.state.live.listener.is_on() {
        focus_first(ui, ADDRESS, moment.opening);
    } else if moment.opening {
        ui.memory_mut(|memory| memory.surrender_focus(field_id(ADDRESS)));
    }
}

fn address_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let (words, listener) = (cx.text.accounts, &cx.state.live.listener);
    name_ui(ui, cx, words.address);
    let wrong = listener.addr().is_none();
    let field = Field::new(ADDRESS, words.address)
        .icon(icons::GLOBE)
        .wrong(wrong);
    let typed = ui.add_enabled_ui(!listener.is_on(), |ui| {
        text_ui(ui, field, &listener.address)
    });
    if let Some(address) = typed.inner {
        out.push(ask(ListenAction::Address(address)));
    }
    if wrong {
        wrong_ui(ui, cx, words.fault_address);
    } else {
        note_ui(ui, cx, words.address_hint);
    }
    if listener.would_be_exposed() {
        ui.add_space(S8);
        notice_ui(ui, (icons::WARNING, Tone::Part), words.exposed_why, |ui| {
            ui.add_space(S8);
            let ticked = check_ui(ui, words.expose, listener.exposed);
            if ticked.clicked() {
                out.push(ask(ListenAction::Expose(!listener.exposed)));
            }
        });
    }
}

fn sign_key_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let (words, listener) = (cx.text.accounts, &cx.state.live.listener);
    name_ui(ui, cx, words.sign_key);
    let field = Field::new(SIGN_KEY, words.sign_key)
        .hint(words.sign_key_hint)
        .icon(icons::KEY);
    let typed = ui.add_enabled_ui(!listener.is_on(), |ui| {
        secret_ui(ui, field, &listener.sign_key)
    });
    if let Some(key) = typed.inner {
        out.push(ask(ListenAction::SignKey(key)));
    }
    note_ui(ui, cx, words.sign_key_note);
}

/// The URL that callbacks are sent to.
fn url(addr: SocketAddr) -> String {
    format!("http://{addr}/")
}

/// What stands in the console, and whether the cloud could reach it.
fn url_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let (words, listener) = (cx.text.accounts, &cx.state.live.listener);
    let Some(addr) = listener.bound.or(listener.addr()) else {
        return;
    };
    name_ui(ui, cx, words.notification_url);
    // Every address of this machine is none that could be called.
    if addr.ip().is_unspecified() {
        let line = Line::new(words.any_address_note, theme::small(), cx.palette.text_2);
        label(ui, &line);
        return;
    }
    let url = url(addr);
    let value = Copyable {
        name: words.notification_url,
        line: Line::new(&url, theme::mono(), cx.palette.text).middle(),
        icon: CopyIcon::Always,
        offers: Offers::default(),
        words: cx.text.chrome,
    };
    if copyable(ui, &value) == Some(CopyAsk::Copy) {
        out.push(copy(words.notification_url, &url));
    }
    if addr.ip().is_loopback() {
        note_ui(ui, cx, words.loopback_note);
    }
}

fn foot_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    buttons_ui(
        ui,
        |ui| start_ui(ui, cx, moment, out),
        |ui| said_ui(ui, cx, &cx.state.live.listener),
    );
}

/// Why it cannot begin yet.
fn waits_for(cx: &Cx<'_>) -> Option<&'static str> {
    let (words, listener) = (cx.text.accounts, &cx.state.live.listener);
    if listener.addr().is_none() {
        return Some(words.fault_address);
    }
    (!listener.can_start()).then_some(words.fault_exposed)
}

fn start_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    let words = cx.text.accounts;
    if cx.state.live.listener.is_on() {
        let stop = Button::new(words.listen_stop).icon(icons::STOP);
        if ui.add(stop).clicked() {
            out.push(ask(ListenAction::Stop));
        }
        return;
    }
    let waits_for = waits_for(cx);
    let button = Button::primary(words.listen_start).icon(icons::GLOBE);
    let mut start = ui.add_enabled(waits_for.is_none(), button);
    if let Some(why) = waits_for {
        start = start.on_disabled_hover_text(why);
    }
    if waits_for.is_none() && (start.clicked() || moment.entered) {
        out.push(ask(ListenAction::Start));
    }
}

fn said_ui(ui: &mut Ui, cx: &Cx<'_>, listener: &Listener) {
    let (p, words) = (cx.palette, cx.text.accounts);
    let bound = listener.bound.map(|addr| addr.to_string());
    let (said, color) = match listener.phase {
        ListenerPhase::Off => (words.listen_promise.to_owned(), p.text_3),
        ListenerPhase::Starting => (words.listen_starting.to_owned(), p.text_2),
        ListenerPhase::Listening => {
            let at = bound.as_deref().unwrap_or(&listener.address);
            (say::listening_at(cx.text.lang, at), p.ok.text)
        }
        ListenerPhase::Failed => (words.listen_failed.to_owned(), p.fail.text),
    };
    if listener.phase == ListenerPhase::Failed {
        icon_and_words(ui, (icons::WARNING, color), |ui| {
            label(ui, &Line::new(&said, theme::small(), color));
        });
    } else {
        label(ui, &Line::new(&said, theme::small(), color));
    }
}
