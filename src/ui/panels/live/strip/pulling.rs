//! A running pull of tasks: how far it is, how fast, and for how long.

use egui::{Align, Rect, Ui, Vec2, pos2, vec2};

use super::ground;
use crate::state::{Action, LiveAction, PullPhase, TaskPulling};
use crate::text::{Text, pulling};
use crate::ui::panels::live::pull::{done, share};
use crate::ui::theme::{self, ICON_CONTROL, S8, S12};
use crate::ui::widgets::{Line, Tone, paint_line, paint_tag, running_glyph};
use crate::ui::{Actions, Cx};

const PULL_HEIGHT: f32 = 68.0;

/// A running pull in words.
#[derive(Debug, PartialEq)]
pub(in crate::ui::panels::live) struct PullStrip {
    pub(in crate::ui::panels::live) title: &'static str,
    pub(in crate::ui::panels::live) count: String,
    pub(in crate::ui::panels::live) part: f32,
    pub(in crate::ui::panels::live) account: String,
    pub(in crate::ui::panels::live) rate: String,
}

pub(in crate::ui::panels::live) fn rows(
    pull: &TaskPulling,
    now_unix: i64,
    text: &Text,
) -> PullStrip {
    let (lang, progress) = (text.lang, &pull.progress);
    let done = done(progress);
    let application = pull.profile.sub_app_id;
    let account = application.map_or_else(
        || pull.profile.name.clone(),
        |id| format!("{} / {id}", pull.profile.name),
    );
    let paused = pull.phase == PullPhase::Paused;
    PullStrip {
        title: if paused {
            text.live.pull_paused
        } else {
            text.live.pulling_tasks
        },
        count: pulling::done_of(lang, done, progress.listed),
        part: share(done, progress.listed),
        account,
        rate: if paused {
            String::new()
        } else {
            pulling::rate_left(lang, pull.rate(now_unix), pull.secs_left(now_unix))
        },
    }
}

pub(super) fn pulling_ui(ui: &mut Ui, cx: &Cx<'_>, pull: &TaskPulling, out: &mut Actions) {
    let strip = rows(pull, cx.state.now_unix, cx.text);
    let name = format!("{}, {}, {}", strip.title, strip.account, strip.count);
    let (rect, response) = ground(ui, &cx.palette.run, PULL_HEIGHT, &name);
    paint_pull(ui, cx, rect.shrink2(vec2(S12, 0.0)), &strip);
    if response.on_hover_text(cx.text.live.show_panel).clicked() {
        out.push(Action::Live(LiveAction::Show(Some(pull.source))));
    }
}

fn paint_pull(ui: &Ui, cx: &Cx<'_>, inner: Rect, strip: &PullStrip) {
    let (p, painter) = (cx.palette, ui.painter());
    let first = Rect::from_min_size(inner.min + vec2(0.0, 8.0), vec2(inner.width(), 20.0));
    let mark = Rect::from_center_size(
        first.left_center() + vec2(ICON_CONTROL / 2.0, 0.0),
        Vec2::splat(ICON_CONTROL),
    );
    running_glyph(painter, mark, Some(strip.part), p);
    let title = Line::new(strip.title, theme::strong(), p.run.text);
    let at = first.with_min_x(mark.right() + S8);
    let titled = paint_line(painter, at, Align::Min, &title).rect;
    let tag = pos2(titled.right() + S8, first.center().y);
    paint_tag(painter, tag, cx.text.live.read_only, Tone::Ok, p);
    let count = Line::new(&strip.count, theme::mono(), p.text);
    paint_line(painter, first, Align::Max, &count);
    let track = Rect::from_min_size(inner.min + vec2(0.0, 34.0), vec2(inner.width(), 4.0));
    painter.rect_filled(track, theme::RADIUS_BAR, p.run.soft);
    let part = track.with_max_x(track.left() + track.width() * strip.part);
    painter.rect_filled(part, theme::RADIUS_BAR, p.run.fill);
    let last = Rect::from_min_size(inner.min + vec2(0.0, 44.0), vec2(inner.width(), 16.0));
    let rate = Line::new(&strip.rate, theme::small(), p.text_2);
    let rated = paint_line(painter, last, Align::Max, &rate).rect;
    let account = Line::new(&strip.account, theme::small(), p.text_2).middle();
    paint_line(
        painter,
        last.with_max_x(rated.left() - S8),
        Align::Min,
        &account,
    );
}
