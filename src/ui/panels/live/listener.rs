//! The panel of the listener: where it listens, what came, what was refused and why.

use egui::{Align, Rangef, ScrollArea, Sense, Ui, vec2};

use super::head::Head;
use super::parts::{fact_row_ui, heading_ui, padded, stop_ui, value_ui};
use crate::state::{Action, ListenAction, Listener, ListenerPhase, LiveAction};
use crate::text::{Text, format, live as say};
use crate::ui::theme::{self, S8, S12, S16, S24};
use crate::ui::widgets::{
    Button, Column, Line, MISSING, Tone, banner, caption, cell, columns, hairline, header_row,
    named, paint_line, wrapped,
};
use crate::ui::{Actions, Cx, icons};

const HEIGHT: f32 = 28.0;
/// Time, from, reason.
const COLUMNS: [Column; 3] = [
    Column::new(84.0, 0.0, 8, Align::Min),
    Column::new(160.0, 0.0, 7, Align::Min),
    Column::new(200.0, 1.0, 9, Align::Min),
];
/// Refused requests that are listed, newest first.
const LISTED: usize = 100;

#[derive(Debug)]
pub(super) struct ListenerRows {
    /// Icon, tone, words.
    pill: (&'static str, Tone, &'static str),
    address: String,
    /// What the console is told; `None` while nothing listens.
    url: Option<String>,
    signs: (Tone, &'static str),
    received: String,
    last: String,
    refused: String,
    archive_fault: Option<String>,
    /// Time, from, reason.
    list: Vec<[String; 3]>,
}

pub(super) fn rows(listener: &Listener, text: &Text) -> ListenerRows {
    let (lang, words) = (text.lang, text.live);
    let address = listener
        .bound
        .map_or_else(|| listener.address.clone(), |addr| addr.to_string());
    let newest = listener.refused.iter().rev().take(LISTED);
    ListenerRows {
        pill: match listener.phase {
            ListenerPhase::Starting => (icons::CLOCK, Tone::Run, words.listener_starting),
            ListenerPhase::Listening => (icons::GLOBE, Tone::Run, words.listening),
            ListenerPhase::Off => (icons::STOP, Tone::Unk, words.listener_off),
            ListenerPhase::Failed => (icons::WARNING, Tone::Fail, words.listener_failed),
        },
        url: listener.bound.map(|addr| format!("http://{addr}/")),
        address,
        signs: if listener.checks_sign {
            (Tone::Ok, words.signs_checked)
        } else {
            (Tone::Part, words.signs_unchecked)
        },
        received: format::count(listener.received),
        last: listener.last_unix.map_or_else(
            || MISSING.to_owned(),
            |unix| format::date_time(unix, text.zone),
        ),
        refused: format::count(listener.refused_in_all),
        archive_fault: listener
            .archive_fault
            .as_ref()
            .map(|why| say::archive_fault(lang, why)),
        list: newest
            .map(|(unix, from, why)| {
                let time = format::clock(*unix, text.zone);
                [time, from.to_string(), say::refusal(lang, why)]
            })
            .collect(),
    }
}

pub(super) fn listener_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let listener = &cx.state.live.listener;
    let rows = rows(listener, cx.text);
    let facts = [rows.address.clone()];
    let head = Head {
        icon: icons::GLOBE,
        tone: rows.pill.1,
        title: cx.text.live.listener_title,
        pill: (rows.pill.0, rows.pill.2),
        facts: &facts,
    };
    head.show(ui, cx, |ui| {
        if listener.is_on() {
            if stop_ui(ui, cx, cx.text.live.stop).clicked() {
                out.push(Action::Live(LiveAction::Listen(ListenAction::Stop)));
            }
        } else if ui.add(Button::new(cx.text.live.listen_again)).clicked() {
            out.push(Action::Live(LiveAction::Listen(ListenAction::Open)));
        }
    });
    ScrollArea::vertical()
        .id_salt("listener")
        .auto_shrink(false)
        .show(ui, |ui| {
            padded(ui, |ui| body_ui(ui, cx, &rows, out));
        });
}

fn body_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &ListenerRows, out: &mut Actions) {
    ui.add_space(S16);
    if let Some(why) = &rows.archive_fault {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            banner(ui, (icons::WARNING, Tone::Fail), why, |_| ());
        });
        ui.add_space(S12);
    }
    facts_ui(ui, cx, rows, out);
    ui.add_space(S24);
    refused_ui(ui, cx, rows);
    ui.add_space(S24);
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &ListenerRows, out: &mut Actions) {
    let (words, p) = (cx.text.live, cx.palette);
    let plain = |icon| (icon, Tone::Plain);
    fact_row_ui(ui, cx, (plain(icons::LINK), words.callback_url), |ui| {
        match &rows.url {
            Some(url) => value_ui(ui, cx, (words.callback_url, url), out),
            None => _ = caption(ui, MISSING),
        }
        wrapped(ui, words.any_path, theme::small(), p.text_3);
    });
    let (tone, told) = rows.signs;
    fact_row_ui(ui, cx, ((icons::KEY, tone), words.sign_check), |ui| {
        wrapped(ui, told, theme::small(), p.text);
    });
    fact_row_ui(ui, cx, (plain(icons::ARROW_DOWN), words.received), |ui| {
        let told = format!("{} · {}", rows.received, words.stored_first);
        wrapped(ui, &told, theme::small(), p.text);
    });
    fact_row_ui(ui, cx, (plain(icons::CLOCK), words.last_received), |ui| {
        wrapped(ui, &rows.last, theme::small(), p.text);
    });
}

fn refused_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &ListenerRows) {
    let words = cx.text.live;
    heading_ui(ui, words.refused, &rows.refused);
    if rows.list.is_empty() {
        caption(ui, words.none_refused);
        return;
    }
    let places = places(ui.available_width());
    let names = [words.time, words.from, words.reason];
    let heads: Vec<(&str, Align)> = names.into_iter().map(|name| (name, Align::Min)).collect();
    header_row(ui, &heads, &places);
    for row in &rows.list {
        refusal_ui(ui, cx, row, &places);
    }
}

fn places(width: f32) -> Vec<Option<Rangef>> {
    let places = columns(width + 2.0 * S8, &COLUMNS);
    let flush = |place: Rangef| Rangef::new(place.min - S8, place.max - S8);
    places.into_iter().map(|place| place.map(flush)).collect()
}

fn refusal_ui(ui: &mut Ui, cx: &Cx<'_>, row: &[String; 3], places: &[Option<Rangef>]) {
    let p = cx.palette;
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, egui::Role::Row, &row.join(", "));
    let fonts = [theme::mono(), theme::mono(), theme::small()];
    let mut cut = false;
    for ((text, place), font) in row.iter().zip(places).zip(fonts) {
        if let Some(place) = cell(rect, *place) {
            let line = Line::new(text, font, p.text_2);
            cut |= paint_line(ui.painter(), place, Align::Min, &line).cut;
        }
    }
    hairline(ui);
    if cut {
        response.on_hover_text(row.join("\n"));
    }
}
