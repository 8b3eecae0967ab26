//! Everything else the event says: moderation, ids that lead on, notes, and members without a part
//! of their own.

use egui::{Align, Rect, Sense, Ui, pos2, vec2};

use crate::model::{Detail, Fact, Link, Moderation, Relation};
use crate::state::{Action, DetailAction, ListAction};
use crate::text::{Text, detail as say, format, sentence};
use crate::ui::theme::{self, S4, S8, S16};
use crate::ui::widgets::{
    Button, CopyAsk, Line, Offers, Tone, label, lead, memo, paint_line, row_ground, tag,
    value_menu, wrapped,
};
use crate::ui::{Actions, Cx, icons};

use super::headed;
use super::values::{copy, copy_path, icon_ui};

const ROW: f32 = 24.0;
/// The members' part of the width.
const MEMBER_SHARE: f32 = 0.42;

/// The outcome of a moderation task, as short parts.
fn moderation_parts(moderation: &Moderation, text: &Text) -> Vec<(&'static str, String)> {
    let words = text.detail;
    let told = |name, value: Option<String>| {
        value
            .filter(|value| !value.is_empty())
            .map(|value| (name, value))
    };
    let segments =
        (moderation.segment_count > 0).then(|| say::segments(text.lang, moderation.segment_count));
    [
        told(words.suggestion, moderation.suggestion.clone()),
        told(words.label, moderation.label.clone()),
        told(words.form, moderation.form.clone()),
        told(words.confidence, moderation.confidence.map(format::plain)),
        told(words.segments, segments),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a moderation task of its own found.
pub(super) fn moderation_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(detail) = cx.detail() else { return };
    let Some(moderation) = &detail.moderation else {
        return;
    };
    let parts = memo(ui, "moderation", cx.detail_stamp(), || {
        moderation_parts(moderation, cx.text)
    });
    let p = cx.palette;
    lead(ui, cx.text.detail.moderation);
    ui.add_space(S4);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(S8, S4);
        if moderation.is_hit() {
            tag(ui, cx.text.verdicts.moderation_hit, Tone::Part);
        }
        for (name, value) in parts.iter() {
            label(ui, &Line::new(name, theme::small(), p.text_3));
            label(ui, &Line::new(value, theme::mono(), p.text));
            ui.add_space(S8);
        }
    });
    ui.add_space(S16);
}

/// Ids that lead to other events.
pub(super) fn links_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail().filter(|detail| !detail.links.is_empty()) else {
        return;
    };
    lead(ui, cx.text.detail.links);
    ui.add_space(S4);
    for link in &detail.links {
        ui.push_id((link.relation as u8, &link.id), |ui| {
            link_ui(ui, cx, link, out);
        });
    }
    ui.add_space(S16);
}

fn link_ui(ui: &mut Ui, cx: &Cx<'_>, link: &Link, out: &mut Actions) {
    let words = cx.text.detail;
    let name = match link.relation {
        Relation::Procedure => words.link_procedure,
        Relation::Review => words.link_review,
        Relation::File => words.link_file,
        Relation::Session => words.link_session,
    };
    ui.horizontal(|ui| {
        ui.set_min_height(ROW);
        ui.spacing_mut().item_spacing.x = S8;
        label(ui, &Line::new(name, theme::small(), cx.palette.text_3));
        let known = cx.state.index.find(&link.id).is_some();
        let icon = if known {
            icons::ARROW_RIGHT
        } else {
            icons::FUNNEL_SIMPLE
        };
        let button = Button::link(&link.id).icon(icon);
        if ui
            .add(button)
            .on_hover_text(say::filter_for(cx.text.lang, &link.id))
            .clicked()
        {
            out.push(Action::List(follow(link, known)));
        }
    });
}

/// To the task itself where it is loaded; else to whatever names the id.
fn follow(link: &Link, known: bool) -> ListAction {
    match link.relation {
        Relation::Procedure | Relation::Review if known => {
            ListAction::SelectTaskId(link.id.clone())
        }
        _ => ListAction::SetText(link.id.clone()),
    }
}

/// What a person should know before trusting the record.
pub(super) fn notes_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(detail) = cx.detail().filter(|detail| !detail.notes.is_empty()) else {
        return;
    };
    let notes = memo(ui, "notes", cx.detail_stamp(), || -> Vec<String> {
        let notes = detail.notes.iter();
        notes
            .map(|note| sentence::note(cx.text.lang, note))
            .collect()
    });
    let p = cx.palette;
    lead(ui, cx.text.detail.notes);
    ui.add_space(S4);
    for note in notes.iter() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            icon_ui(ui, icons::INFO, p.text_3);
            wrapped(ui, note, theme::small(), p.text_2);
        });
        ui.add_space(S4);
    }
    ui.add_space(S16);
}

/// The members no other part shows, by name and value.
pub(super) fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail().filter(|detail| !detail.facts.is_empty()) else {
        return;
    };
    let count = format::len(detail.facts.len());
    headed(ui, (cx.text.detail.facts, &count), |ui| {
        let button = Button::ghost(cx.text.detail.copy_all).icon(icons::COPY);
        if ui.add(button).clicked() {
            copy(out, cx.text.detail.facts, &as_text(detail));
        }
    });
    ui.add_space(S4);
    let size = vec2(ui.available_width(), ROW * detail.facts.len() as f32);
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    // There may be thousands: only what is in sight is drawn.
    let seen = ui.clip_rect().y_range();
    for (index, fact) in detail.facts.iter().enumerate() {
        let top = area.top() + ROW * index as f32;
        let rect = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), ROW));
        if rect.bottom() >= seen.min && rect.top() <= seen.max {
            fact_ui(ui, cx, (rect, index), fact, out);
        }
    }
    ui.add_space(S16);
}

fn as_text(detail: &Detail) -> String {
    let lines = detail
        .facts
        .iter()
        .map(|fact| format!("{}\t{}\n", fact.path, fact.value));
    lines.collect()
}

fn fact_ui(ui: &Ui, cx: &Cx<'_>, (rect, index): (Rect, usize), fact: &Fact, out: &mut Actions) {
    let p = cx.palette;
    let id = ui.scope_id().with(("fact", index));
    let response = ui.interact(rect, id, Sense::click());
    let spoken = format!("{}: {}", fact.path, fact.value);
    crate::ui::widgets::named(&response, egui::Role::Row, &spoken);
    row_ground(ui, rect, &response, false);
    let middle = rect.left() + rect.width() * MEMBER_SHARE;
    let member = rect.with_max_x(middle - S8);
    let path = Line::new(&fact.path, theme::small(), p.text_2).middle();
    let member = paint_line(ui.painter(), member, Align::Min, &path);
    let value = Line::new(&fact.value, theme::mono(), p.text);
    let value = paint_line(ui.painter(), rect.with_min_x(middle), Align::Min, &value);
    let offers = Offers {
        path: true,
        raw: true,
        ..Offers::default()
    };
    match value_menu(&response, cx.text.chrome, offers) {
        Some(CopyAsk::ShowInRaw) => out.push(Action::Detail(DetailAction::ShowInRaw(fact.node))),
        Some(CopyAsk::CopyPath) => copy_path(cx, fact.node, out),
        Some(_) => copy(out, &fact.path, &fact.value),
        None if response.double_clicked() => {
            out.push(Action::Detail(DetailAction::ShowInRaw(fact.node)));
        }
        None => {}
    }
    if member.cut || value.cut {
        response.on_hover_text(&spoken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::ui::panels::detail::testing::text;

    #[test]
    fn a_moderation_tells_only_what_it_knows() {
        let moderation = Moderation {
            suggestion: Some("block".to_owned()),
            label: Some("Porn".to_owned()),
            segment_count: 3,
            ..Moderation::default()
        };
        let parts = moderation_parts(&moderation, &text(Lang::En));
        let lines: Vec<String> = parts
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        assert_eq!(
            lines,
            ["Suggestion block", "Label Porn", "segments 3 segments"]
        );
    }

    #[test]
    fn a_file_is_filtered_for_and_a_task_selected() {
        let link = |relation| Link {
            relation,
            id: "1".to_owned(),
        };
        let selects =
            |relation, known| matches!(follow(&link(relation), known), ListAction::SelectTaskId(_));
        assert!(selects(Relation::Procedure, true));
        assert!(!selects(Relation::Procedure, false));
        assert!(!selects(Relation::File, true));
    }
}
