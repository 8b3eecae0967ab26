//! The head of the detail pane: which task, how it went, when, and its ids.

use egui::{Align, Layout, Rect, Sense, Ui, pos2, vec2};

use crate::model::{Detail, Outcome, Verdict};
use crate::state::{Action, DetailAction, ListAction, Move};
use crate::store::TaskView;
use crate::text::{Text, detail as say, format, sentence};
use crate::ui::theme::{self, S8, S12, S20};
use crate::ui::widgets::{
    Button, GlyphStyle, IconButton, Line, Stepped, Tone, badge, badge_width, label, line_width,
    memo, menu_below, pill_width, stepper, tag, tag_width, verdict_icon, verdict_pill,
};
use crate::ui::{self, Actions, Cx, icons};

use super::super::list::about_task_ui;
use super::failures;
use super::sub_rows::{self, Span};
use super::values::{both_zones, id_ui, within};

const HEIGHT: f32 = 108.0;
const HEIGHT_NARROW: f32 = 68.0;
const GLYPH: f32 = 20.0;
/// Room the controls at the right take, and without the button for evidence.
const CONTROLS: f32 = 256.0;
const CONTROLS_FEW: f32 = 132.0;

/// What the head says beside names and ids.
#[derive(Debug)]
pub(super) struct HeadRows {
    pub(super) verdict: String,
    /// The word before the time, and the time.
    pub(super) time: Option<(&'static str, i64, String)>,
    /// All of it in one line, with a time without its year.
    pub(super) brief: String,
    /// "took 16m58s" and "0.28× media length".
    pub(super) facts: Vec<String>,
    pub(super) moderation_hit: bool,
    /// Whether there is evidence of a failure to hand on.
    pub(super) has_failures: bool,
}

/// Builds the head's sentences.
pub(super) fn rows(detail: &Detail, text: &Text) -> HeadRows {
    let outcomes: Vec<Outcome> = detail.sub_tasks.iter().map(|sub| sub.outcome).collect();
    let span = sub_rows::span(detail);
    let time = time(detail, span, text);
    let facts = took(detail, span, text);
    HeadRows {
        verdict: sentence::verdict(
            text.lang,
            detail.verdict,
            &outcomes,
            detail.sub_task_missing,
        ),
        brief: brief(time.as_ref(), &facts),
        time,
        facts,
        moderation_hit: is_flagged(detail),
        has_failures: !failures::rows(detail, text).list.is_empty(),
    }
}

fn time(detail: &Detail, span: Option<Span>, text: &Text) -> Option<(&'static str, i64, String)> {
    let words = text.detail;
    let running = detail.verdict == Verdict::Running;
    let ended = detail.finish.or(span.and_then(|span| span.finish));
    let (word, unix) = match ended.filter(|_| !running) {
        Some(unix) => (words.ended, unix),
        None => match (detail.begin.or(span.map(|span| span.begin)), detail.create) {
            (Some(begin), _) => (words.began, begin),
            (None, create) => (words.created, create?),
        },
    };
    Some((word, unix, format::date_time(unix, text.zone)))
}

/// "ended 11-21 13:58:03 +08:00 · took 16m58s".
fn brief(time: Option<&(&'static str, i64, String)>, facts: &[String]) -> String {
    let time = time.map(|(word, _, time)| {
        let without_year = time.split_once('-').map_or(time.as_str(), |(_, rest)| rest);
        format!("{word} {without_year}")
    });
    let parts: Vec<String> = time.into_iter().chain(facts.iter().cloned()).collect();
    parts.join(" · ")
}

fn took(detail: &Detail, span: Option<Span>, text: &Text) -> Vec<String> {
    let whole = detail
        .begin
        .zip(detail.finish)
        .map(|(begin, finish)| finish - begin);
    let secs = whole
        .or(span.and_then(Span::secs))
        .filter(|secs| *secs >= 0);
    let Some(secs) = secs.filter(|_| detail.verdict != Verdict::Running) else {
        return Vec::new();
    };
    let mut facts = vec![say::took(text.lang, secs)];
    facts.extend(sub_rows::ratio(secs, detail).map(|ratio| say::of_media(text.lang, &ratio)));
    facts
}

fn is_flagged(detail: &Detail) -> bool {
    let subs = detail
        .sub_tasks
        .iter()
        .filter_map(|sub| sub.moderation.as_ref());
    subs.chain(&detail.moderation)
        .any(crate::model::Moderation::is_hit)
}

pub(super) fn header_ui(ui: &mut Ui, cx: &Cx<'_>, layout: ui::Layout, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    let head = memo(ui, "head", cx.detail_stamp(), || rows(detail, cx.text));
    let loaded = cx.state.detail.loaded();
    let task = loaded.and_then(|loaded| cx.state.index.task(loaded.task));
    let head = Head {
        detail,
        rows: &head,
        task,
    };
    let narrow = layout == ui::Layout::Narrow;
    let height = if narrow { HEIGHT_NARROW } else { HEIGHT };
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let area = area.shrink2(vec2(S20, 0.0));
    if narrow {
        head.narrow_ui(ui, cx, area, out);
    } else {
        head.wide_ui(ui, cx, area, out);
    }
}

struct Head<'a> {
    detail: &'a Detail,
    rows: &'a HeadRows,
    task: Option<TaskView<'a>>,
}

fn line_at(area: Rect, center: f32, height: f32) -> Rect {
    let top = area.top() + center - height / 2.0;
    Rect::from_min_max(pos2(area.left(), top), pos2(area.right(), top + height))
}

fn leftward() -> Layout {
    Layout::right_to_left(Align::Center)
}

fn rightward() -> Layout {
    Layout::left_to_right(Align::Center)
}

impl Head<'_> {
    fn wide_ui(&self, ui: &mut Ui, cx: &Cx<'_>, area: Rect, out: &mut Actions) {
        let first = line_at(area, 28.0, 28.0);
        let name = first.with_max_x(first.right() - self.controls());
        within(ui, ("name", name), rightward(), |ui| {
            self.name_ui(ui, cx, self.tags_width(ui, cx), out);
            self.tags_ui(ui, cx);
        });
        within(ui, ("controls", first), leftward(), |ui| {
            controls_ui(ui, cx, self.rows, out);
        });
        within(
            ui,
            ("facts", line_at(area, 60.0, 22.0)),
            rightward(),
            |ui| {
                verdict_pill(ui, self.detail.verdict, &self.rows.verdict);
                ui.add_space(S12);
                self.facts_ui(ui, cx);
            },
        );
        within(ui, ("ids", line_at(area, 88.0, 18.0)), rightward(), |ui| {
            self.ids_ui(ui, cx, out);
        });
    }

    fn narrow_ui(&self, ui: &mut Ui, cx: &Cx<'_>, area: Rect, out: &mut Actions) {
        let first = line_at(area, 25.0, 28.0);
        let name = first.with_max_x(first.right() - self.controls());
        within(ui, ("name", name), rightward(), |ui| {
            let pill = pill_width(ui.painter(), &self.rows.verdict) + S8;
            self.name_ui(ui, cx, pill + self.tags_width(ui, cx), out);
            verdict_pill(ui, self.detail.verdict, &self.rows.verdict);
            ui.add_space(S8);
            self.tags_ui(ui, cx);
        });
        within(ui, ("controls", first), leftward(), |ui| {
            controls_ui(ui, cx, self.rows, out);
        });
        let second = line_at(area, 57.0, 18.0);
        let brief = Line::new(&self.rows.brief, theme::small(), cx.palette.text_2);
        let width = line_width(ui.painter(), brief.text(), theme::small()) + 1.0;
        let facts = second.with_min_x(second.right() - width.min(second.width() / 2.0));
        within(ui, ("facts", facts), leftward(), |ui| {
            let shown = label(ui, &brief);
            if let Some((_, unix, _)) = &self.rows.time {
                shown.on_hover_text(both_zones(*unix));
            }
        });
        let ids = second.with_max_x(facts.left() - S12);
        within(ui, ("ids", ids), rightward(), |ui| self.ids_ui(ui, cx, out));
    }

    fn controls(&self) -> f32 {
        if self.rows.has_failures {
            CONTROLS
        } else {
            CONTROLS_FEW
        }
    }

    /// The name, leaving `rest` points for what stands beside it.
    fn name_ui(&self, ui: &mut Ui, cx: &Cx<'_>, rest: f32, out: &mut Actions) {
        verdict_icon(
            ui,
            self.detail.verdict,
            GLYPH,
            GlyphStyle::Header,
            &self.rows.verdict,
        );
        ui.add_space(S8);
        let title = self.title();
        let room = (ui.available_width() - rest).max(120.0);
        let line = Line::new(title, theme::title(), cx.palette.text).middle();
        ui.scope(|ui| {
            ui.set_max_width(room);
            let value = super::values::Value {
                name: cx.text.detail.file_name,
                line,
                text: title,
                node: None,
                searchable: self.detail.file_name.is_some(),
            };
            super::values::value_ui(ui, cx, &value, out);
        });
        ui.add_space(S8);
    }

    fn title(&self) -> &str {
        let told = self
            .detail
            .file_name
            .as_deref()
            .filter(|name| !name.is_empty());
        let known = self
            .task
            .map(|task| task.file_name)
            .filter(|name| !name.is_empty());
        told.or(known)
            .or(self.detail.task_id.as_deref())
            .unwrap_or(&self.detail.event_type)
    }

    /// What stands beside the name, with the gaps.
    fn tags_width(&self, ui: &Ui, cx: &Cx<'_>) -> f32 {
        let mut width = S8;
        if let Some(task) = self.task.filter(|task| task.deliveries > 1) {
            let words = say::deliveries(cx.text.lang, task.deliveries);
            width += badge_width(ui.painter(), &words) + S8;
        }
        if self.rows.moderation_hit {
            width += tag_width(ui.painter(), cx.text.verdicts.moderation_hit) + S8;
        }
        width
    }

    fn tags_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        if let Some(task) = self.task.filter(|task| task.deliveries > 1) {
            badge(ui, &say::deliveries(cx.text.lang, task.deliveries));
            ui.add_space(S8);
        }
        if self.rows.moderation_hit {
            tag(ui, cx.text.verdicts.moderation_hit, Tone::Part);
        }
    }

    fn facts_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let p = cx.palette;
        let small = |ui: &mut Ui, text: &str| label(ui, &Line::new(text, theme::small(), p.text_2));
        let quiet = |ui: &mut Ui, text: &str| label(ui, &Line::new(text, theme::small(), p.text_3));
        ui.spacing_mut().item_spacing.x = S8;
        if let Some((word, unix, time)) = &self.rows.time {
            let shown = format!("{word} {time}");
            small(ui, &shown).on_hover_text(both_zones(*unix));
            let ago = sentence::ago(cx.text.lang, *unix, cx.state.now_unix);
            quiet(ui, &ago);
        }
        for fact in &self.rows.facts {
            quiet(ui, "·");
            small(ui, fact);
        }
    }

    fn ids_ui(&self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
        let known = self
            .task
            .map(|task| task.file_id)
            .filter(|id| !id.is_empty());
        let file_id = self.detail.file_id.as_deref().or(known);
        if let Some(id) = self.detail.task_id.as_deref() {
            let rest = if file_id.is_some() { 230.0 } else { 0.0 };
            ui.scope(|ui| {
                ui.set_max_width((ui.available_width() - rest).max(120.0));
                id_ui(ui, cx, ("TaskId", id), out);
            });
            ui.add_space(S20);
        }
        if let Some(id) = file_id {
            id_ui(ui, cx, ("FileId", id), out);
        }
        if self.detail.task_id.is_none() && file_id.is_none() {
            label(
                ui,
                &Line::new(&self.detail.event_type, theme::mono(), cx.palette.text_2),
            );
        }
    }
}

/// What else can be done with the task.
fn more_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let more = ui.add(IconButton::new(
        icons::DOTS_THREE,
        cx.text.accounts.more_of_task,
    ));
    menu_below(&more, |ui| about_task_ui(ui, cx, out));
}

fn controls_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &HeadRows, out: &mut Actions) {
    let words = cx.text.detail;
    more_ui(ui, cx, out);
    ui.add_space(S8);
    if rows.has_failures {
        let evidence = Button::new(words.copy_evidence).icon(icons::COPY);
        if ui.add(evidence).clicked() {
            out.push(Action::Detail(DetailAction::CopyEvidence(None)));
        }
        ui.add_space(S8);
    }
    let line = cx.state.list.selected_line();
    let last = cx.state.list.view.len().saturating_sub(1);
    let enabled = [
        line.is_some_and(|at| at > 0),
        line.is_some_and(|at| at < last),
    ];
    match stepper(ui, [words.previous, words.next], enabled) {
        Some(Stepped::Previous) => out.push(Action::List(ListAction::Move(Move::Up))),
        Some(Stepped::Next) => out.push(Action::List(ListAction::Move(Move::Down))),
        None => {}
    }
}
