//! Says at all times whether looking changes anything.

use egui::{Align, Rect, Sense, Ui, pos2, vec2};

use crate::state::ConfirmLock;
use crate::ui::Cx;
use crate::ui::icons;
use crate::ui::theme::{self, ICON_CONTROL, RADIUS_CHIP, S8, S24};
use crate::ui::widgets::{Line, Tone, focus_ring, line_width, named, paint_line};

const HEIGHT: f32 = 24.0;
const GAP: f32 = 6.0;

/// What the badge says and why.
struct Said {
    icon: &'static str,
    tone: Tone,
    words: &'static str,
    why: &'static str,
}

fn said(cx: &Cx<'_>) -> Said {
    let live = &cx.state.live;
    if live.is_borrowing() && live.confirm_lock() == Some(ConfirmLock::Unlocked) {
        Said {
            icon: icons::LOCK_SIMPLE_OPEN,
            tone: Tone::Fail,
            words: cx.text.accounts.borrowing_confirm,
            why: cx.text.accounts.borrowing_confirm_why,
        }
    } else if live.is_borrowing() {
        Said {
            icon: icons::LOCK_SIMPLE_OPEN,
            tone: Tone::Part,
            words: cx.text.accounts.borrowing,
            why: cx.text.accounts.borrowing_why,
        }
    } else {
        Said {
            icon: icons::LOCK_SIMPLE,
            tone: Tone::Plain,
            words: cx.text.chrome.read_only,
            why: cx.text.chrome.read_only_why,
        }
    }
}

pub(super) fn badge_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let said = said(cx);
    let (ground, color) = said.tone.colors(cx.palette);
    let width = line_width(ui.painter(), said.words, theme::small());
    let size = vec2(S8 + ICON_CONTROL + GAP + width + S8 + 1.0, HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::focusable_noninteractive());
    named(&response, egui::Role::Label, said.words);
    ui.painter().rect_filled(rect, RADIUS_CHIP, ground);
    let icon = Line::new(said.icon, theme::icon(ICON_CONTROL), color);
    let text = Line::new(said.words, theme::small(), color);
    let inner = rect.shrink2(vec2(S8, 0.0));
    paint_line(ui.painter(), inner, Align::Min, &icon);
    let from = pos2(inner.left() + ICON_CONTROL + GAP, inner.top());
    let place = Rect::from_min_max(from, rect.max + vec2(S24, 0.0));
    paint_line(ui.painter(), place, Align::Min, &text);
    focus_ring(ui, &response, RADIUS_CHIP);
    response.on_hover_text(said.why);
}
