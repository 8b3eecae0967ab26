//! The tabs of the detail pane with their counts.

use egui::{
    Align, CornerRadius, CursorIcon, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use crate::model::{Detail, Outcome};
use crate::state::{Action, DetailAction, Tab};
use crate::text::sentence;
use crate::ui::theme::{self, HAIRLINE, S8, S20};
use crate::ui::widgets::{Line, focus_ring, line_width, memo, paint_line};
use crate::ui::{Actions, Cx};

const HEIGHT: f32 = 36.0;
const GAP: f32 = 20.0;
const UNDERLINE: f32 = 2.0;

/// A tab's name and what it counts.
#[derive(Debug)]
struct TabRow {
    tab: Tab,
    name: &'static str,
    count: String,
    /// Whether the count is one of failures.
    failed: bool,
}

pub(super) fn tabs_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    let states = states(cx);
    let stamp = cx.detail_stamp() << 8 | u64::from(states.min(255));
    let rows = memo(ui, "tabs", stamp, || rows(detail, states, cx));
    let size = vec2(ui.available_width(), HEIGHT);
    let (strip, _) = ui.allocate_exact_size(size, Sense::hover());
    let line = Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter()
        .hline(strip.x_range(), strip.bottom() - 0.5, line);
    let mut left = strip.left() + S20;
    for row in rows.iter() {
        let rect = Rect::from_min_size(egui::pos2(left, strip.top()), vec2(width(ui, row), HEIGHT));
        if tab_ui(ui, cx, rect, row).clicked() {
            out.push(Action::Detail(DetailAction::SetTab(row.tab)));
        }
        left = rect.right() + GAP;
    }
}

fn states(cx: &Cx<'_>) -> u32 {
    let loaded = cx.state.detail.loaded();
    let task = loaded.and_then(|loaded| cx.state.index.task(loaded.task));
    task.map_or(0, |task| task.states)
}

fn rows(detail: &Detail, states: u32, cx: &Cx<'_>) -> Vec<TabRow> {
    let words = cx.text.detail;
    let total = detail.sub_tasks.len();
    let failed = detail.sub_tasks.iter();
    let failed = failed.filter(|sub| sub.outcome == Outcome::Failed).count();
    let outputs: usize = detail.sub_tasks.iter().map(|sub| sub.outputs.len()).sum();
    let number = |n: usize| if n == 0 { String::new() } else { n.to_string() };
    Tab::ALL
        .into_iter()
        .map(|tab| {
            let (name, count) = match tab {
                Tab::Overview => (words.overview, String::new()),
                Tab::SubTasks if failed > 0 => (
                    words.sub_tasks,
                    sentence::n_of_m(cx.text.lang, failed, total),
                ),
                Tab::SubTasks => (words.sub_tasks, number(total)),
                Tab::Outputs => (words.outputs, number(outputs)),
                Tab::Previews => (cx.text.previews.tab, number(cx.state.previews.count)),
                Tab::History => (words.history, states.to_string()),
                Tab::Raw => (words.raw, String::new()),
            };
            let failed = tab == Tab::SubTasks && failed > 0;
            TabRow {
                tab,
                name,
                count,
                failed,
            }
        })
        .collect()
}

fn width(ui: &Ui, row: &TabRow) -> f32 {
    let name = line_width(ui.painter(), row.name, theme::strong());
    if row.count.is_empty() {
        return name;
    }
    name + S8 + line_width(ui.painter(), &row.count, theme::mono_small())
}

fn tab_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &TabRow) -> Response {
    let p = cx.palette;
    let selected = cx.state.detail.tab == row.tab;
    let id = ui.scope_id().with(("tab", row.tab as u8));
    let response = ui.interact(rect.expand2(vec2(S8, 0.0)), id, Sense::click());
    let name = format!("{} {}", row.name, row.count);
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, name.trim_end()));
    let color = if selected || response.hovered() {
        p.text
    } else {
        p.text_2
    };
    let line = Line::new(row.name, theme::strong(), color);
    let painted = paint_line(
        ui.painter(),
        rect.expand2(vec2(2.0, 0.0)).translate(vec2(2.0, 0.0)),
        Align::Min,
        &line,
    );
    let count = if row.failed { p.fail.text } else { p.text_3 };
    let room = rect
        .with_min_x(painted.rect.right() + S8)
        .with_max_x(rect.right() + S8);
    let line = Line::new(&row.count, theme::mono_small(), count);
    paint_line(ui.painter(), room, Align::Min, &line);
    if selected {
        let underline = rect.with_min_y(rect.bottom() - UNDERLINE);
        ui.painter()
            .rect_filled(underline, CornerRadius::ZERO, p.accent);
    }
    focus_ring(ui, &response, theme::RADIUS_CHIP);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
