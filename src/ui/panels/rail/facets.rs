//! A facet: its values with their counts; a click narrows the list to one.

use egui::{Align, Layout as Flow, Rect, Sense, Ui, UiBuilder, vec2};

use super::super::names;
use super::line::{Lead, RailLine, Shown, beside};
use crate::state::{Action, ListAction};
use crate::store::{Facet, FacetCount, FacetValue, Sense as FilterSense};
use crate::text::{format, frame};
use crate::ui::icons;
use crate::ui::theme::{self, S8};
use crate::ui::widgets::{IconButton, Line, memo, named, paint_line};
use crate::ui::{Actions, Cx};

/// How many values stand there before "more" is asked for.
const FEW: usize = 5;
const HEAD: f32 = 24.0;
const BUTTON: f32 = 20.0;

/// A value in words, made when the list or the language changes.
struct Labelled {
    name: String,
    spoken: String,
    count: String,
    share: f32,
    hint: Option<String>,
}

pub(super) fn facet_ui(ui: &mut Ui, cx: &Cx<'_>, facet: Facet, out: &mut Actions) {
    let entries = cx.state.list.view.facets.of(facet);
    let expanded = cx.state.list.expanded.contains(&facet);
    let few = if facet == Facet::Verdict || expanded {
        entries.len()
    } else {
        FEW
    };
    let shown = entries.get(..few.min(entries.len())).unwrap_or_default();
    head_ui(ui, cx, names::facet_name(facet, cx.text));
    let stamp = stamp(cx, entries, few);
    let labels = memo(ui, ("facet", facet.index()), stamp, || {
        labels(cx, shown, facet)
    });
    for (entry, label) in shown.iter().zip(labels.iter()) {
        value_ui(ui, cx, entry, label, out);
    }
    if facet != Facet::Verdict {
        more_ui(ui, cx, (facet, FEW), entries.len(), out);
    }
}

fn stamp(cx: &Cx<'_>, entries: &[FacetCount], few: usize) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = std::hash::DefaultHasher::new();
    for entry in entries.iter().take(few) {
        (&entry.value, entry.count).hash(&mut hasher);
    }
    (cx.text.lang as u8, cx.state.sources.list.len(), few).hash(&mut hasher);
    hasher.finish()
}

fn labels(cx: &Cx<'_>, entries: &[FacetCount], facet: Facet) -> Vec<Labelled> {
    let most = entries
        .iter()
        .map(|entry| entry.count)
        .max()
        .unwrap_or(1)
        .max(1);
    let label = |entry: &FacetCount| {
        let name = names::value_name(&entry.value, cx);
        Labelled {
            spoken: format!("{}: {name}", names::facet_name(facet, cx.text)),
            name,
            count: format::count(u64::from(entry.count)),
            share: entry.count as f32 / most as f32,
            hint: names::value_hint(&entry.value, cx.text),
        }
    };
    entries.iter().map(label).collect()
}

/// The heading of a group of lines.
pub(super) fn head_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str) -> Rect {
    let size = vec2(ui.available_width(), HEAD);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, egui::Role::Heading, name);
    let line = Line::new(name, theme::caption(), cx.palette.text_2);
    paint_line(ui.painter(), rect.shrink2(vec2(S8, 0.0)), Align::Min, &line);
    rect
}

fn value_ui(ui: &mut Ui, cx: &Cx<'_>, entry: &FacetCount, label: &Labelled, out: &mut Actions) {
    let lead = match &entry.value {
        FacetValue::Verdict(verdict) => Lead::Glyph(*verdict),
        _ => Lead::None,
    };
    let line = RailLine {
        lead,
        name: &label.name,
        spoken: &label.spoken,
        count: &label.count,
        share: Some(label.share),
        sense: entry.sense,
        buttons: 2.0 * BUTTON,
        ..RailLine::default()
    };
    let shown = line.show(ui, cx);
    if let Some(sense) = asked(ui, cx, &shown, &label.name) {
        let value = entry.value.clone();
        out.push(Action::List(ListAction::Toggle { value, sense }));
    }
    if let Some(hint) = label
        .hint
        .as_deref()
        .or(shown.cut.then_some(label.name.as_str()))
    {
        beside(&shown.response, hint);
    }
}

/// What a click on the line or on its buttons asks for.
fn asked(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown, name: &str) -> Option<FilterSense> {
    let button = shown
        .buttons
        .and_then(|rect| buttons_ui(ui, cx, rect, name));
    if button.is_some() || !shown.response.clicked() {
        return button;
    }
    let alt = ui.input(|input| input.modifiers.alt);
    Some(if alt {
        FilterSense::Exclude
    } else {
        FilterSense::Include
    })
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, name: &str) -> Option<FilterSense> {
    let words = cx.text.rail;
    let builder = UiBuilder::new()
        .max_rect(rect)
        .id_salt(("facet buttons", name))
        .layout(Flow::right_to_left(Align::Center));
    let mut ui = ui.new_child(builder);
    ui.spacing_mut().item_spacing.x = 0.0;
    let choices = [
        (icons::MINUS, words.exclude, FilterSense::Exclude),
        (icons::PLUS, words.include, FilterSense::Include),
    ];
    let mut chosen = None;
    for (icon, words, sense) in choices {
        let spoken = format!("{words}: {name}");
        if ui.add(IconButton::new(icon, &spoken).small()).clicked() {
            chosen = Some(sense);
        }
    }
    chosen
}

/// The line that shows all values where only a few stand.
pub(super) fn more_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (facet, few): (Facet, usize),
    count: usize,
    out: &mut Actions,
) {
    if count <= few {
        return;
    }
    let more = frame::more(cx.text.lang, count - few);
    let expanded = cx.state.list.expanded.contains(&facet);
    let name = if expanded { cx.text.rail.fewer } else { &more };
    let spoken = format!("{}: {name}", names::facet_name(facet, cx.text));
    let line = RailLine {
        name,
        spoken: &spoken,
        ..RailLine::default()
    };
    if line.show(ui, cx).response.clicked() {
        out.push(Action::List(ListAction::ExpandFacet(facet)));
    }
}
