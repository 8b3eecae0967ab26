//! The query box: chips of what the list is narrowed to, and words to search for.

use egui::{
    Align, FontSelection, Frame, Id, Layout as Flow, Margin, Rect, Stroke, StrokeKind, TextEdit,
    Ui, vec2,
};

use super::super::names;
use super::super::place::within;
use crate::state::{Action, AppAction, ListAction, Pane};
use crate::store::{Chip as Filter, FacetValue, Sense};
use crate::text::{frame, sentence};
use crate::ui::command::raw_open;
use crate::ui::icons;
use crate::ui::theme::{
    self, CHIP_HEIGHT, FOCUS_RING, HAIRLINE, ICON_CONTROL, QUERY_HEIGHT, RADIUS_BUTTON, S4, S8,
};
use crate::ui::widgets::{
    Chip, ChipAsk, ChipMark, Line, Tone, chip_width, icon_button_small, key_cap, label, query_chip,
    tag,
};
use crate::ui::{Actions, Cx, Layout};

/// What the words keep, however many chips there are.
const LEAST_WORDS: f32 = 40.0;

/// The id of the field, so that the keyboard can find it.
fn field_id() -> Id {
    Id::unique("query field")
}

/// Fills the room that is left in a row laid out from the right.
pub(super) fn query_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout, out: &mut Actions) {
    let size = vec2(ui.available_width(), QUERY_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    paint_box(ui, cx, rect);
    let inner = rect.shrink2(vec2(10.0, 0.0));
    within(ui, inner, Flow::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = S8;
        right_ui(ui, cx, layout, out);
        ui.with_layout(Flow::left_to_right(Align::Center), |ui| {
            let icon = Line::new(
                icons::MAGNIFYING_GLASS,
                theme::icon(ICON_CONTROL),
                cx.palette.text_2,
            );
            label(ui, &icon);
            ui.spacing_mut().item_spacing.x = 6.0;
            chips_ui(ui, cx, out);
            field_ui(ui, cx, out);
        });
    });
}

fn paint_box(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let p = cx.palette;
    let focused = ui.memory(|memory| memory.has_focus(field_id()));
    let border = if focused { p.accent } else { p.line_strong };
    let painter = ui.painter();
    let border = Stroke::new(HAIRLINE, border);
    painter.rect(rect, RADIUS_BUTTON, p.bg_raised, border, StrokeKind::Inside);
    if focused {
        let ring = Stroke::new(FOCUS_RING, p.accent_line);
        painter.rect_stroke(rect, RADIUS_BUTTON, ring, StrokeKind::Outside);
    }
}

/// From the right: the key, the cross, the counts.
fn right_ui(ui: &mut Ui, cx: &Cx<'_>, layout: Layout, out: &mut Actions) {
    let list = &cx.state.list;
    // In the raw tab the key is for the search there; chips need the room more.
    let cramped = layout == Layout::Narrow && !list.query.is_empty();
    if !raw_open(cx) && !cramped {
        key_cap(ui, "/");
    }
    if list.query.is_empty() && list.text.is_empty() {
        return;
    }
    if icon_button_small(ui, icons::X, cx.text.chrome.clear_query).clicked() {
        out.push(Action::List(ListAction::ClearQuery));
    }
    if layout != Layout::Narrow {
        let counts = sentence::n_of_m(cx.text.lang, list.view.len(), list.view.total);
        let p = cx.palette;
        label(ui, &Line::new(&counts, theme::small(), p.text_2));
    }
}

/// A condition as it is drawn.
struct Shown {
    mark: ChipMark,
    key: &'static str,
    value: String,
    of: Condition,
}

/// What a chip stands for.
enum Condition {
    Filter(Filter),
    Time,
}

fn shown(cx: &Cx<'_>) -> Vec<Shown> {
    let list = &cx.state.list;
    let filters = list.query.chips.iter().map(|chip| Shown {
        mark: mark(chip),
        key: names::chip_key(chip.value.facet(), cx.text),
        value: names::chip_value(&chip.value, cx),
        of: Condition::Filter(chip.clone()),
    });
    let time = list.query.time.iter().map(|time| Shown {
        mark: ChipMark::None,
        key: cx.text.chrome.chip_time,
        value: frame::span(
            cx.text.lang,
            i64::from(time.start),
            i64::from(time.end),
            cx.text.zone,
        ),
        of: Condition::Time,
    });
    filters.chain(time).collect()
}

fn mark(chip: &Filter) -> ChipMark {
    match (&chip.value, chip.sense) {
        (_, Sense::Exclude) => ChipMark::Minus,
        (FacetValue::Verdict(verdict), Sense::Include) => ChipMark::Verdict(*verdict),
        (_, Sense::Include) => ChipMark::None,
    }
}

fn chips_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let all = shown(cx);
    let room = ui.available_width() - LEAST_WORDS;
    let widths = widths(ui, cx, &all, room);
    for (shown, widest) in all.iter().zip(&widths) {
        let chip = shown.chip(cx, *widest);
        if let Some(ask) = query_chip(ui, &chip) {
            answer(cx, &shown.of, ask, out);
        }
    }
    let hidden = all.len() - widths.len();
    if hidden > 0 {
        let rest = all.iter().skip(widths.len());
        let names: Vec<String> = rest.map(|s| format!("{}: {}", s.key, s.value)).collect();
        tag(ui, &format!("+{hidden}"), Tone::Accent).on_hover_text(names.join("\n"));
    }
}

impl Shown {
    fn chip(&self, cx: &Cx<'_>, widest: f32) -> Chip<'_> {
        Chip {
            mark: self.mark,
            key: self.key,
            value: &self.value,
            remove_name: cx.text.chrome.remove_filter,
            widest,
        }
    }
}

/// How wide each chip may be. All are shown in full where there is room, else cut, and counted
/// only where they would be too short to be read.
fn widths(ui: &Ui, cx: &Cx<'_>, chips: &[Shown], room: f32) -> Vec<f32> {
    /// Narrower than this says nothing.
    const LEAST: f32 = 104.0;
    const GAP: f32 = 6.0;
    /// For the number of those that are not shown.
    const MORE: f32 = 40.0;
    let whole = |shown: &Shown| chip_width(ui.painter(), &shown.chip(cx, f32::INFINITY)) + GAP;
    let whole: Vec<f32> = chips.iter().map(whole).collect();
    let mut shown = whole.len();
    let needed = |shown: usize| -> f32 {
        let least = whole.iter().take(shown).map(|width| width.min(LEAST + GAP));
        least.sum::<f32>() + if shown < whole.len() { MORE } else { 0.0 }
    };
    while shown > 1 && needed(shown) > room {
        shown -= 1;
    }
    let mut spare = (room - needed(shown)).max(0.0);
    let each = whole.iter().take(shown).map(|width| {
        let least = width.min(LEAST + GAP);
        let more = (width - least).min(spare);
        spare -= more;
        least + more - GAP
    });
    each.collect()
}

fn answer(cx: &Cx<'_>, condition: &Condition, ask: ChipAsk, out: &mut Actions) {
    let Condition::Filter(filter) = condition else {
        out.push(Action::List(ListAction::SetTime(None)));
        return;
    };
    out.push(Action::List(ListAction::Remove(filter.value.clone())));
    if ask == ChipAsk::Edit {
        let text = format!("{filter} {}", cx.state.list.text);
        let text = text.trim_end().to_owned();
        out.push(Action::List(ListAction::SetText(text)));
        out.push(Action::App(AppAction::SetFocus(Pane::Query)));
    }
}

fn field_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let mut text = cx.state.list.text.clone();
    let hint = if cx.state.list.query.chips.is_empty() {
        cx.text.chrome.query_hint
    } else {
        ""
    };
    let hint = egui::RichText::new(hint).color(cx.palette.text_3);
    let field = TextEdit::singleline(&mut text)
        .id(field_id())
        .frame(Frame::NONE)
        .margin(Margin::symmetric(2, 0))
        .font(FontSelection::FontId(theme::body()))
        .hint_text(hint)
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(ui.available_width() - S4)
        .min_size(vec2(0.0, CHIP_HEIGHT));
    let response = ui.add(field);
    response.widget_info(|| {
        let mut info =
            egui::WidgetInfo::text_edit(true, &cx.state.list.text, &text, hint_plain(cx));
        info.label = Some(cx.text.chrome.query_name.to_owned());
        info
    });
    if response.changed() {
        out.push(Action::List(ListAction::SetText(text)));
    }
    focus(cx, &response, out);
}

fn hint_plain<'a>(cx: &Cx<'a>) -> &'a str {
    cx.text.chrome.query_hint
}

/// Keeps the state's idea of the focus and the field's own in step.
fn focus(cx: &Cx<'_>, response: &egui::Response, out: &mut Actions) {
    let wanted = cx.state.focus == Pane::Query;
    if response.lost_focus() {
        if wanted {
            out.push(Action::App(AppAction::SetFocus(Pane::List)));
        }
    } else if response.has_focus() && !wanted {
        if response.gained_focus() {
            out.push(Action::App(AppAction::SetFocus(Pane::Query)));
        } else {
            response.surrender_focus();
        }
    } else if wanted && !response.has_focus() {
        response.request_focus();
    }
}
