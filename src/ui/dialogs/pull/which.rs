//! Which tasks: those of a span of time, one by its id, or those of a file.

use egui::{Popup, PopupCloseBehavior, Ui};

use super::super::field::{Field, Select, choose_ui, combo_ui, select_ui, text_ui};
use super::super::parts::{GAP, check_ui, columns_ui, name_ui, note_ui, notice_ui, wrong_ui};
use super::{ask, edit, fault, fault_words};
use crate::model::CLOUD_MEMORY_SECS;
use crate::state::{DialogAction, DialogFault, DialogField, Scope, TaskPulling, parse_time};
use crate::text::{accounts as say, format, pulling};
use crate::ui::theme::{S4, S8, S12};
use crate::ui::widgets::{Button, MenuItem, Tone, menu_item, segmented};
use crate::ui::{Actions, Cx, icons};

const SINCE: &str = "since";
const UNTIL: &str = "until";
const ID: &str = "looked up";
/// The widths of To, Status and Rate; From takes the rest.
const FIELDS: [f32; 3] = [72.0, 170.0, 104.0];
const RATES: [u32; 5] = [5, 10, 20, 50, 100];

pub(super) fn which_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    unfinished_ui(ui, cx, out);
    scope_ui(ui, cx, out);
    ui.add_space(S12);
    match cx.state.live.dialog.scope {
        Scope::Span => span_ui(ui, cx, out),
        Scope::Task => {
            let words = cx.text.accounts;
            id_ui(ui, cx, (words.task_id, ""), out);
        }
        Scope::File => {
            let words = cx.text.accounts;
            id_ui(ui, cx, (words.file_id, words.file_id_hint), out);
        }
    }
}

/// The application's pulls of lists that can go on, one at a time.
fn unfinished_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let dialog = &cx.state.live.dialog;
    let goes_on = |pulling: &TaskPulling| {
        let same = dialog.profile().is_ok_and(|profile| {
            let of = &pulling.profile;
            (&of.name, of.sub_app_id) == (&profile.name, profile.sub_app_id)
        });
        same && pulling.phase.is_under_way()
    };
    let Some(unfinished) = dialog.unfinished.front() else {
        return;
    };
    if cx.state.live.pulls.iter().any(goes_on) {
        return;
    }
    let (text, words) = (cx.text, cx.text.accounts);
    let told = pulling::unfinished(text.lang, unfinished, cx.state.now_unix, text.zone);
    notice_ui(
        ui,
        (icons::CLOCK_COUNTER_CLOCKWISE, Tone::Run),
        &told,
        |ui| {
            ui.add_space(S8);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = S8;
                if ui
                    .add(Button::new(words.resume).icon(icons::PLAY))
                    .clicked()
                {
                    out.push(ask(DialogAction::Resume));
                }
                if ui.add(Button::ghost(words.start_over)).clicked() {
                    out.push(ask(DialogAction::StartOver));
                }
                let others = dialog.unfinished.len() - 1;
                if others > 0 {
                    let more = pulling::other_unfinished(text.lang, others);
                    if ui.add(Button::ghost(&more)).clicked() {
                        out.push(ask(DialogAction::NextUnfinished));
                    }
                }
            });
        },
    );
    ui.add_space(S12);
}

fn scope_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    let scopes = [Scope::Span, Scope::Task, Scope::File];
    let names = [words.scope_span, words.scope_task, words.scope_file];
    let now = cx.state.live.dialog.scope;
    let selected = scopes.iter().position(|scope| *scope == now).unwrap_or(0);
    let chosen = segmented(ui, words.which_tasks, &names, selected);
    if let Some(scope) = chosen.and_then(|index| scopes.get(index)) {
        edit(out, DialogField::Scope(*scope));
    }
}

fn id_ui(ui: &mut Ui, cx: &Cx<'_>, (name, note): (&str, &str), out: &mut Actions) {
    let wrong = fault(cx) == Some(DialogFault::Id);
    let rest = FIELDS[2] + GAP;
    let width = ui.available_width() - rest;
    columns_ui(ui, [width, FIELDS[2]], |ui, at| match at {
        0 => {
            name_ui(ui, cx, name);
            let field = Field::new(ID, name).icon(icons::HASH);
            if let Some(id) = text_ui(ui, field, &cx.state.live.dialog.id) {
                edit(out, DialogField::Id(id));
            }
            // An empty field is no mistake yet: the button says why it waits.
            if !note.is_empty() && !wrong {
                note_ui(ui, cx, note);
            }
        }
        _ => rate_ui(ui, cx, out),
    });
}

fn span_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let fault = fault(cx);
    let [until, status, rate] = FIELDS;
    let since = ui.available_width() - until - status - rate - 3.0 * GAP;
    columns_ui(ui, [since, until, status, rate], |ui, at| match at {
        0 => since_ui(ui, cx, fault, out),
        1 => until_ui(ui, cx, fault, out),
        2 => status_ui(ui, cx, out),
        _ => rate_ui(ui, cx, out),
    });
    let of_span = |fault: &DialogFault| {
        matches!(
            fault,
            DialogFault::Since | DialogFault::Until | DialogFault::EmptySpan
        )
    };
    if let Some(fault) = fault.filter(of_span) {
        wrong_ui(ui, cx, fault_words(fault, cx.text));
    } else if beyond_memory(cx) {
        note_ui(ui, cx, cx.text.accounts.memory_hint);
    }
}

fn since_ui(ui: &mut Ui, cx: &Cx<'_>, fault: Option<DialogFault>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.from);
    let wrong = matches!(fault, Some(DialogFault::Since | DialogFault::EmptySpan));
    let field = Field::new(SINCE, words.from)
        .icon(icons::CLOCK)
        .wrong(wrong);
    let since = &cx.state.live.dialog.since;
    let spans = [
        ("1h", words.last_hour),
        ("6h", words.last_6_hours),
        ("24h", words.last_day),
        ("72h", words.last_3_days),
    ];
    let (typed, chosen) = combo_ui(ui, (field, since), words.from_times, |ui| {
        let mut chosen = None;
        for (span, name) in spans {
            let item = MenuItem::new(name).key(span).checked(since == span);
            if menu_item(ui, item).clicked() {
                chosen = Some(span.to_owned());
            }
        }
        chosen
    });
    if let Some(since) = chosen.or(typed) {
        edit(out, DialogField::Since(since));
    }
    if let Some(unix) = since_unix(cx).filter(|_| !wrong) {
        note_ui(ui, cx, &format::date_time(unix, cx.text.zone));
    }
}

fn since_unix(cx: &Cx<'_>) -> Option<i64> {
    let since = &cx.state.live.dialog.since;
    parse_time(since, cx.state.settings.zone, cx.state.now_unix)
}

/// Whether more is asked for than the cloud remembers.
fn beyond_memory(cx: &Cx<'_>) -> bool {
    since_unix(cx).is_some_and(|since| since < cx.state.now_unix - CLOUD_MEMORY_SECS)
}

fn until_ui(ui: &mut Ui, cx: &Cx<'_>, fault: Option<DialogFault>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.to);
    let wrong = matches!(fault, Some(DialogFault::Until | DialogFault::EmptySpan));
    let field = Field::new(UNTIL, words.to).wrong(wrong);
    if let Some(until) = text_ui(ui, field, &cx.state.live.dialog.until) {
        edit(out, DialogField::Until(until));
    }
}

fn status_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.status);
    let statuses = [
        ("FINISH", words.status_finish),
        ("PROCESSING", words.status_processing),
        ("WAITING", words.status_waiting),
    ];
    let chosen = &cx.state.live.dialog.statuses;
    let names = statuses.iter().filter(|(value, _)| chosen.contains(value));
    let names: Vec<&str> = names.map(|(_, name)| *name).collect();
    let shown = if names.is_empty() {
        words.status_all.to_owned()
    } else {
        names.join(cx.text.lang.pick(", ", "、"))
    };
    let select = Select {
        name: words.status,
        chosen: &shown,
    };
    let response = select_ui(ui, select);
    // Several can be ticked, so that it stays open.
    let menu = Popup::menu(&response).gap(S4);
    let menu = menu.close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    menu.show(|ui| {
        for (value, name) in statuses {
            if check_ui(ui, name, chosen.contains(&value)).clicked() {
                edit(out, DialogField::Status(value));
            }
        }
    });
}

fn rate_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.rate);
    let now = cx.state.live.dialog.profile.rate_per_second;
    let shown = say::per_second(cx.text.lang, now);
    let select = Select {
        name: words.rate,
        chosen: &shown,
    };
    let rates = RATES.map(|rate| (rate, say::per_second(cx.text.lang, rate)));
    if let Some(rate) = choose_ui(ui, select, &rates, now) {
        edit(out, DialogField::Rate(rate));
    }
}
