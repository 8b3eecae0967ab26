//! The opened sources: how much of each is read, and what could not be.

use egui::{Align, Layout as Flow, Rect, Ui, UiBuilder, vec2};

use super::super::names;
use super::facets::{head_ui, more_ui};
use super::line::{Lead, RailLine, beside};
use crate::model::{LiveSpec, Verdict};
use crate::state::{
    Action, AppAction, Dialog, ListAction, LiveAction, OpenAction, Phase, PullPhase, SourceAction,
    SourceState,
};
use crate::store::{Facet, FacetValue, Sense};
use crate::text::{format, frame};
use crate::ui::icons;
use crate::ui::theme::{RADIUS_BAR, S8};
use crate::ui::widgets::{IconButton, icon_button_small};
use crate::ui::{Actions, Cx};

/// How many sources stand there before "more" is asked for.
const FEW: usize = 6;
const BUTTON: f32 = 24.0;

pub(super) fn sources_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let head = head_ui(ui, cx, cx.text.rail.sources);
    add_ui(ui, cx, head, out);
    let sources = &cx.state.sources.list;
    let expanded = cx.state.list.expanded.contains(&Facet::Source);
    let few = if expanded { sources.len() } else { FEW };
    for source in sources.iter().take(few) {
        ui.push_id(source.info.id.0, |ui| source_ui(ui, cx, source, out));
    }
    more_ui(ui, cx, (Facet::Source, FEW), sources.len(), out);
    problems_ui(ui, cx, out);
}

fn add_ui(ui: &mut Ui, cx: &Cx<'_>, head: Rect, out: &mut Actions) {
    let builder = UiBuilder::new()
        .max_rect(head)
        .layout(Flow::right_to_left(Align::Center));
    let mut ui = ui.new_child(builder);
    if icon_button_small(&mut ui, icons::PLUS, cx.text.rail.add_source).clicked() {
        out.push(Action::Open(OpenAction::PickFiles));
    }
}

fn source_ui(ui: &mut Ui, cx: &Cx<'_>, source: &SourceState, out: &mut Actions) {
    let value = FacetValue::Source(source.info.id);
    let count = format::len(source.records + source.unreadable);
    let name = names::source_name(source.info.id, cx);
    let spoken = format!("{}: {name}", cx.text.rail.of_source);
    let reading = source.phase == Phase::Reading;
    let second = has_panel(cx, source) || can_follow(source) && !reading;
    let line = RailLine {
        lead: lead(cx, source),
        name: &name,
        spoken: &spoken,
        count: &count,
        sense: cx.state.list.query.sense_of(&value),
        buttons: BUTTON * if second { 2.0 } else { 1.0 },
        ..RailLine::default()
    };
    let shown = line.show(ui, cx);
    if let Some(rect) = shown.buttons {
        buttons_ui(ui, cx, rect, (source, &name), out);
    }
    paint_progress(ui, cx, shown.response.rect, source);
    if shown.response.clicked() {
        let sense = Sense::Include;
        out.push(Action::List(ListAction::Toggle { value, sense }));
    }
    beside(&shown.response, &hint(cx, source));
}

fn can_follow(source: &SourceState) -> bool {
    let is_file = source.info.path.is_some() && source.info.live.is_none();
    is_file && source.phase != Phase::Following
}

/// Whether it has a panel that stands in the detail's place.
fn has_panel(cx: &Cx<'_>, source: &SourceState) -> bool {
    let (live, id) = (&cx.state.live, source.info.id);
    let queue = live.queue.as_ref().map(|queue| queue.source);
    live.pull(id).is_some() || queue == Some(id) || live.listener.source == Some(id)
}

/// A pull under way looks like a running task.
fn lead(cx: &Cx<'_>, source: &SourceState) -> Lead {
    let pull = cx.state.live.pull(source.info.id);
    if pull.is_some_and(|pull| pull.phase == PullPhase::Running) {
        return Lead::Glyph(Verdict::Running);
    }
    Lead::Icon(match &source.info.live {
        None => icon(source),
        Some(LiveSpec::Tasks { .. }) => icons::CLOUD_ARROW_DOWN,
        Some(LiveSpec::Queue { .. }) => icons::TRAY,
        Some(LiveSpec::Listen(_)) => icons::GLOBE,
        Some(LiveSpec::Archive { .. }) => icons::CLOCK_COUNTER_CLOCKWISE,
    })
}

fn icon(source: &SourceState) -> &'static str {
    match source.phase {
        Phase::Following => icons::EYE,
        Phase::Reading => icons::ARROW_DOWN,
        Phase::Ended(_) if source.info.path.is_none() => icons::CLIPBOARD_TEXT,
        Phase::Ended(_) => icons::FILE_CODE,
    }
}

/// Where it is, how large, and what is being done with it.
fn hint(cx: &Cx<'_>, source: &SourceState) -> String {
    let place = source.info.path.as_ref().map_or_else(
        || names::source_name(source.info.id, cx),
        |path| path.to_string_lossy().into_owned(),
    );
    let stats = cx.state.live.archive.stats.as_ref();
    let stats = stats.and_then(|stats| stats.as_ref().ok());
    let bytes = match (&source.info.live, stats) {
        (Some(LiveSpec::Archive { .. }), Some(stats)) => stats.bytes_on_disk,
        _ => source.bytes_read,
    };
    let size = format::size(bytes);
    let is_live = source.info.live.is_some();
    let phase = match source.phase {
        Phase::Reading | Phase::Following if is_live => "",
        Phase::Reading => cx.text.chrome.reading,
        Phase::Following => cx.text.chrome.following,
        Phase::Ended(_) => "",
    };
    format!("{place}\n{size} {phase}").trim_end().to_owned()
}

/// From the right: close or stop, then follow, or show its panel.
fn buttons_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rect: Rect,
    (source, name): (&SourceState, &str),
    out: &mut Actions,
) {
    let (words, id) = (cx.text.rail, source.info.id);
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Flow::right_to_left(Align::Center));
    let mut ui = ui.new_child(builder);
    ui.spacing_mut().item_spacing.x = 0.0;
    let mut button = |icon, words: &str| {
        let spoken = format!("{words}: {name}");
        ui.add(IconButton::new(icon, &spoken).small()).clicked()
    };
    if source.phase == Phase::Reading {
        if button(icons::STOP, words.stop_source) {
            out.push(Action::Source(SourceAction::Cancel(id)));
        }
    } else if button(icons::X, words.close_source) {
        out.push(Action::Source(SourceAction::Close(id)));
    }
    if has_panel(cx, source) {
        if button(icons::ARROW_SQUARE_OUT, cx.text.live.show_panel) {
            out.push(Action::Live(LiveAction::Show(Some(id))));
        }
    } else if can_follow(source)
        && source.phase != Phase::Reading
        && button(icons::EYE, words.follow_source)
    {
        out.push(Action::Source(SourceAction::Follow(id)));
    }
}

/// A thin line under the name while the source is read.
fn paint_progress(ui: &Ui, cx: &Cx<'_>, row: Rect, source: &SourceState) {
    let Some(part) = source.progress().filter(|_| source.phase == Phase::Reading) else {
        return;
    };
    let line = row.shrink2(vec2(S8, 0.0));
    let line = line.with_min_y(line.bottom() - 2.0);
    ui.painter()
        .rect_filled(line, RADIUS_BAR, cx.palette.bg_track);
    let done = line.with_max_x(line.left() + line.width() * part);
    ui.painter()
        .rect_filled(done, RADIUS_BAR, cx.palette.accent);
}

fn problems_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let count = cx.state.sources.problems.len();
    if count == 0 {
        return;
    }
    let open = cx.state.dialog == Some(Dialog::LoadReport);
    let name = frame::unreadable(cx.text.lang, count);
    let line = RailLine {
        lead: Lead::Icon(icons::WARNING),
        name: &name,
        spoken: &format!("{}: {name}", cx.text.load.report),
        warns: true,
        current: open,
        ..RailLine::default()
    };
    if line.show(ui, cx).response.clicked() {
        let action = if open {
            AppAction::CloseDialog
        } else {
            AppAction::Show(Dialog::LoadReport)
        };
        out.push(Action::App(action));
    }
}
