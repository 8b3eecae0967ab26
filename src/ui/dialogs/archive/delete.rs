//! Deleting what arrived between two times: typed, told as it was understood, asked about.

use egui::Ui;

use super::super::field::{Field, combo_ui, field_id, text_ui};
use super::super::parts::{columns_ui, halves, name_ui, note_ui, wrong_ui};
use super::super::sheet::{Moment, buttons_ui};
use super::ask;
use super::question::question_ui;
use crate::state::{ArchiveAction, ArchiveRange, DeleteAction, DeleteStep, RangeFault};
use crate::text::{Text, accounts as say, archive as told, live};
use crate::ui::theme::{self, S4, S8, S12};
use crate::ui::widgets::{Button, Line, MenuItem, hairline, label, menu_item, spinner, wrapped};
use crate::ui::{Actions, Cx, icons};

const SINCE: &str = "delete since";
const UNTIL: &str = "delete until";
/// Offered as ends; 0 is everything.
const AGES_DAYS: [u32; 5] = [90, 30, 7, 1, 0];

fn act(action: DeleteAction) -> crate::state::Action {
    ask(ArchiveAction::Deletion(action))
}

pub(super) fn delete_ui(ui: &mut Ui, cx: &Cx<'_>, moment: Moment, out: &mut Actions) {
    let deletion = &cx.state.live.archive.deletion;
    // A field gives the keyboard away when it takes Enter.
    let typing = [SINCE, UNTIL].map(field_id);
    let focused = ui.memory(egui::Memory::focused);
    let entered = moment.entered && focused.is_some_and(|id| typing.contains(&id));
    hairline(ui);
    ui.add_space(S12);
    fields_ui(ui, cx, out);
    understood_ui(ui, cx);
    note_ui(ui, cx, cx.text.accounts.delete_times);
    ui.add_space(S8);
    buttons_ui(
        ui,
        |ui| ask_ui(ui, cx, entered, out),
        |ui| beside_ui(ui, cx),
    );
    if deletion.step == DeleteStep::Asked
        && let Ok(range) = deletion.range
    {
        let count = deletion.held.as_ref().and_then(|held| held.as_ref().ok());
        let count = count.map(|held| held.deliveries);
        let question = told::delete_question(cx.text.lang, &arrived(cx.text, range), count);
        let yes = cx.text.accounts.delete_yes;
        question_ui(ui, cx, (&question, yes), out);
    }
}

fn arrived(text: &Text, range: ArchiveRange) -> String {
    told::arrived(text.lang, text.zone, (range.since_unix, range.until_unix))
}

fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let deletion = &cx.state.live.archive.deletion;
    let (mut since, mut until) = (None, None);
    columns_ui(ui, halves(ui), |ui, at| match at {
        0 => since = since_ui(ui, cx),
        _ => until = until_ui(ui, cx),
    });
    // An age that was chosen says both.
    let (since, until) = match (since, until) {
        (None, None) => return,
        (_, Some(Until::Age(until))) => (String::new(), until),
        (Some(since), _) => (since, deletion.until.clone()),
        (None, Some(Until::Typed(until))) => (deletion.since.clone(), until),
    };
    out.push(act(DeleteAction::Choose { since, until }));
}

/// How the second field was changed.
enum Until {
    Typed(String),
    /// Chosen below it.
    Age(String),
}

fn since_ui(ui: &mut Ui, cx: &Cx<'_>) -> Option<String> {
    let (words, deletion) = (cx.text.accounts, &cx.state.live.archive.deletion);
    name_ui(ui, cx, words.delete_since);
    let wrong = matches!(deletion.range, Err(RangeFault::Since | RangeFault::Empty));
    let field = Field::new(SINCE, words.delete_since)
        .hint(words.delete_since_hint)
        .icon(icons::CLOCK)
        .wrong(wrong);
    text_ui(ui, field, &deletion.since)
}

fn until_ui(ui: &mut Ui, cx: &Cx<'_>) -> Option<Until> {
    let (words, deletion) = (cx.text.accounts, &cx.state.live.archive.deletion);
    name_ui(ui, cx, words.delete_until);
    let wrong = matches!(deletion.range, Err(RangeFault::Until | RangeFault::Empty));
    let field = Field::new(UNTIL, words.delete_until)
        .hint(words.delete_until_hint)
        .icon(icons::CLOCK)
        .wrong(wrong);
    let text = &deletion.until;
    let (typed, age) = combo_ui(ui, (field, text), words.delete_ages, |ui| ages_ui(ui, cx));
    age.map(Until::Age).or(typed.map(Until::Typed))
}

fn ages_ui(ui: &mut Ui, cx: &Cx<'_>) -> Option<String> {
    let deletion = &cx.state.live.archive.deletion;
    let mut chosen = None;
    for days in AGES_DAYS {
        let until = match days {
            0 => String::new(),
            days => format!("{days}d"),
        };
        let name = say::older_than(cx.text.lang, days);
        let is_now = deletion.since.is_empty() && deletion.until == until;
        let item = MenuItem::new(&name).key(&until).checked(is_now);
        if menu_item(ui, item).clicked() {
            chosen = Some(until);
        }
    }
    chosen
}

/// How the fields were understood and how much that is, or what is wrong with them.
fn understood_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let (text, deletion) = (cx.text, &cx.state.live.archive.deletion);
    let range = match deletion.range {
        Ok(range) => range,
        Err(fault) => return wrong_ui(ui, cx, fault_words(fault, text)),
    };
    let arrived = arrived(text, range);
    let line = match &deletion.held {
        Some(Ok(held)) => told::held(text.lang, &arrived, (held.deliveries, held.bytes)),
        Some(Err(why)) => return wrong_ui(ui, cx, &live::archive_fault(text.lang, why)),
        None => told::counting(text.lang, &arrived),
    };
    ui.add_space(S4);
    wrapped(ui, &line, theme::small(), cx.palette.text);
}

fn fault_words(fault: RangeFault, text: &Text) -> &'static str {
    let words = text.accounts;
    match fault {
        RangeFault::Since => words.fault_since,
        RangeFault::Until => words.fault_until,
        RangeFault::Empty => words.fault_span,
    }
}

fn ask_ui(ui: &mut Ui, cx: &Cx<'_>, entered: bool, out: &mut Actions) {
    let deletion = &cx.state.live.archive.deletion;
    let button = Button::new(cx.text.accounts.delete_ask).icon(icons::TRASH);
    let is_free = deletion.deletable().is_some();
    let clicked = ui.add_enabled(is_free, button).clicked();
    if clicked || (entered && is_free) {
        out.push(act(DeleteAction::Ask));
    }
}

fn beside_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.accounts;
    let deleting = cx.state.live.archive.deletion.step == DeleteStep::Deleting;
    let note = if deleting {
        spinner(ui, words.deleting);
        words.deleting
    } else {
        words.delete_note
    };
    label(ui, &Line::new(note, theme::small(), cx.palette.text_2));
}
