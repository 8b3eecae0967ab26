//! The list without rows: still reading, nothing readable, or all filtered out.

use egui::{Rect, Ui, pos2, vec2};

use super::super::names;
use crate::model::LiveSpec;
use crate::state::{Action, AppAction, Dialog, ListAction, Phase, PullPhase, SourceState};
use crate::store::{Chip, Facet, Sense};
use crate::text::frame;
use crate::ui::icons;
use crate::ui::theme::{S8, S12};
use crate::ui::widgets::{Button, empty_state, paint_skeleton};
use crate::ui::{Actions, Cx};

pub(super) fn empty_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let view = &cx.state.list.view;
    if view.total > 0 {
        no_match_ui(ui, cx, out);
    } else if expects_rows(cx) || cx.state.sources.opening > 0 {
        skeleton_ui(ui, cx);
    } else {
        nothing_ui(ui, cx, out);
    }
}

/// Whether rows will come soon; a queue, a listener or a paused pull may wait for days.
fn expects_rows(cx: &Cx<'_>) -> bool {
    let brings = |source: &SourceState| match source.info.live {
        None | Some(LiveSpec::Archive { .. }) => true,
        Some(LiveSpec::Queue { .. } | LiveSpec::Listen(_)) => false,
        Some(LiveSpec::Tasks { .. }) => {
            let pull = cx.state.live.pull(source.info.id);
            pull.is_some_and(|pull| pull.phase == PullPhase::Running)
        }
    };
    let sources = cx.state.sources.list.iter();
    let mut reading = sources.filter(|source| source.phase == Phase::Reading);
    reading.any(brings)
}

/// Rows to come, in their final shape.
fn skeleton_ui(ui: &Ui, cx: &Cx<'_>) {
    let rect = ui.available_rect_before_wrap();
    let row = 44.0;
    for index in 0_u8..8 {
        let top = rect.top() + f32::from(index) * row;
        let bar = |from: f32, down: f32, width: f32, height: f32| {
            let min = pos2(rect.left() + from, top + down);
            Rect::from_min_size(min, vec2(width, height))
        };
        for place in [
            bar(S12, 6.0, 16.0, 14.0),
            bar(36.0, 6.0, 170.0, 12.0),
            bar(36.0, 27.0, 110.0, 9.0),
        ] {
            paint_skeleton(ui.painter(), place, cx.palette);
        }
    }
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.list;
    if cx.state.sources.problems.is_empty() {
        empty_state(ui, icons::TRAY, (words.waiting, ""), |_| ());
        return;
    }
    let said = (words.nothing_read, words.nothing_read_hint);
    empty_state(ui, icons::WARNING, said, |ui| {
        if ui.add(Button::new(cx.text.load.report)).clicked() {
            out.push(Action::App(AppAction::Show(Dialog::LoadReport)));
        }
    });
}

fn no_match_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.list;
    let culprit = culprit(cx);
    let hint = culprit.as_ref().map_or_else(
        || words.no_match_hint.to_owned(),
        |culprit| frame::excluded_by(cx.text.lang, &culprit.name),
    );
    let said = (words.no_match, hint.as_str());
    empty_state(ui, icons::FUNNEL_SIMPLE, said, |ui| {
        ui.spacing_mut().item_spacing.y = S8;
        if let Some(culprit) = culprit {
            let label = frame::remove_named(cx.text.lang, &culprit.name);
            if ui.add(Button::primary(&label)).clicked() {
                out.extend(culprit.without);
            }
        }
        if ui.add(Button::new(words.clear_all)).clicked() {
            out.push(Action::List(ListAction::ClearQuery));
        }
    });
}

/// A part of the query without which something would match.
struct Culprit {
    name: String,
    without: Vec<Action>,
}

/// A facet's counts ignore its own chips: where they are not nothing, its chips are the reason.
fn culprit(cx: &Cx<'_>) -> Option<Culprit> {
    let list = &cx.state.list;
    let excludes = |facet: &Facet| {
        list.view
            .facets
            .of(*facet)
            .iter()
            .any(|entry| entry.count > 0)
    };
    let facet = Facet::ALL
        .into_iter()
        .filter(|facet| of_facet(cx, *facet).next().is_some());
    if let Some(facet) = { facet }.find(excludes) {
        return Some(of_chips(cx, facet));
    }
    let list_action = |action| vec![Action::List(action)];
    if !list.text.trim().is_empty() {
        return Some(Culprit {
            name: format!("“{}”", list.text.trim()),
            without: list_action(ListAction::SetText(String::new())),
        });
    }
    let time = list.query.time.as_ref()?;
    let (from, to) = (i64::from(time.start), i64::from(time.end));
    let span = frame::span(cx.text.lang, from, to, cx.text.zone);
    Some(Culprit {
        name: format!("{}: {span}", cx.text.chrome.chip_time),
        without: list_action(ListAction::SetTime(None)),
    })
}

fn of_facet<'a>(cx: &Cx<'a>, facet: Facet) -> impl Iterator<Item = &'a Chip> {
    let chips = cx.state.list.query.chips.iter();
    chips.filter(move |chip| chip.value.facet() == facet)
}

fn of_chips(cx: &Cx<'_>, facet: Facet) -> Culprit {
    let name = |chip: &Chip| {
        let sign = if chip.sense == Sense::Exclude {
            "−"
        } else {
            ""
        };
        let key = names::chip_key(facet, cx.text);
        let value = names::chip_value(&chip.value, cx);
        format!("{sign}{key}: {value}")
    };
    let names: Vec<String> = of_facet(cx, facet).map(name).collect();
    let remove = |chip: &Chip| Action::List(ListAction::Remove(chip.value.clone()));
    Culprit {
        name: names.join(cx.text.lang.pick(", ", "、")),
        without: of_facet(cx, facet).map(remove).collect(),
    }
}
