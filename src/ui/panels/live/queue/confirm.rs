//! Confirming: off until the application's id was typed, and what it does.

use egui::{Align, FontSelection, Key, Layout, Margin, Sense, Stroke, TextEdit, Ui, Vec2, vec2};

use super::ask;
use crate::state::{ConfirmLock, Queue, QueueAction};
use crate::text::borrowing;
use crate::ui::panels::live::parts::{heading_ui, leftward, rightward};
use crate::ui::panels::place::within;
use crate::ui::theme::{
    self, HAIRLINE, ICON_CONTROL, INPUT_HEIGHT, RADIUS_CARD, S4, S8, S12, S16, S20,
};
use crate::ui::widgets::{Button, Line, label, wrapped};
use crate::ui::{Actions, Cx, icons};

/// Width of the field and the button.
const FIELD: f32 = 168.0;

/// That events can be deleted now, and how to end it: always in sight, and never cut.
pub(super) fn unlocked_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    const HEIGHT: f32 = 40.0;
    let live = &cx.state.live;
    if !live.is_borrowing() || live.confirm_lock() != Some(ConfirmLock::Unlocked) {
        return;
    }
    let (p, words) = (cx.palette, cx.text.live);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(rect, 0.0, p.fail.bg);
    let border = Stroke::new(HAIRLINE, p.fail.soft);
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter().hline(rect.x_range(), y, border);
    within(ui, rect.shrink2(vec2(S20, 0.0)), leftward(), |ui| {
        let lock = Button::new(words.disable_confirm).icon(icons::LOCK_SIMPLE);
        if ui.add(lock).clicked() {
            out.push(ask(QueueAction::DisableConfirm));
        }
        ui.with_layout(rightward(), |ui| {
            ui.spacing_mut().item_spacing.x = S8;
            let icon = theme::icon(ICON_CONTROL);
            label(ui, &Line::new(icons::LOCK_SIMPLE_OPEN, icon, p.fail.text));
            let on = Line::new(words.confirm_enabled, theme::strong(), p.fail.text);
            label(ui, &on);
            let note = Line::new(words.confirm_enabled_note, theme::small(), p.text);
            label(ui, &note);
        });
    });
}

pub(super) fn confirm_ui(ui: &mut Ui, cx: &Cx<'_>, queue: &Queue, out: &mut Actions) {
    let words = cx.text.live;
    let Some(lock) = cx.state.live.confirm_lock().filter(|_| queue.is_open()) else {
        return;
    };
    let unlocked = lock == ConfirmLock::Unlocked;
    let caption = if unlocked {
        words.confirm_on
    } else {
        words.confirm_off
    };
    heading_ui(ui, words.confirm, caption);
    let (icon, title, text) = match lock {
        ConfirmLock::Locked { .. } => {
            let how = words.confirm_how;
            (icons::LOCK_SIMPLE, words.confirm_deletes, how)
        }
        ConfirmLock::NoSubAppId => {
            let why = words.confirm_no_app;
            (icons::LOCK_SIMPLE, words.confirm_deletes, why)
        }
        ConfirmLock::Unlocked => {
            let how = words.confirm_enabled_how;
            (icons::LOCK_SIMPLE_OPEN, words.confirm_deletes, how)
        }
    };
    box_ui(ui, cx, unlocked, |ui| {
        let field = match lock {
            ConfirmLock::Locked { .. } => FIELD + S16,
            ConfirmLock::Unlocked | ConfirmLock::NoSubAppId => 0.0,
        };
        words_ui(ui, cx, icon, (title, text), field);
        ui.with_layout(Layout::top_down(Align::Max), |ui| match lock {
            ConfirmLock::Locked { sub_app_id } => typed_ui(ui, cx, (queue, sub_app_id), out),
            ConfirmLock::Unlocked | ConfirmLock::NoSubAppId => {}
        });
    });
}

fn box_ui(ui: &mut Ui, cx: &Cx<'_>, unlocked: bool, content: impl FnOnce(&mut Ui)) {
    let p = cx.palette;
    let (fill, line) = if unlocked {
        (p.fail.bg, p.fail.soft)
    } else {
        (p.bg_sunken, p.line)
    };
    egui::Frame::new()
        .fill(fill)
        .stroke(Stroke::new(HAIRLINE, line))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            ui.set_width(ui.available_width());
            ui.horizontal_top(content);
        });
}

/// `field` points are kept for what stands beside the words.
fn words_ui(ui: &mut Ui, cx: &Cx<'_>, icon: &str, (title, text): (&str, &str), field: f32) {
    let p = cx.palette;
    label(ui, &Line::new(icon, theme::icon(20.0), p.text_2));
    ui.add_space(S12);
    let room = (ui.available_width() - field).max(120.0);
    ui.vertical(|ui| {
        ui.set_width(room);
        wrapped(ui, title, theme::strong(), p.text);
        ui.add_space(S4);
        wrapped(ui, text, theme::small(), p.text_2);
    });
    if field > 0.0 {
        ui.add_space(S16);
    }
}

fn typed_ui(ui: &mut Ui, cx: &Cx<'_>, (queue, id): (&Queue, u64), out: &mut Actions) {
    let words = cx.text.live;
    let mut typed = queue.typed_id.clone();
    let hint = borrowing::type_id(cx.text.lang, id);
    let hint = egui::RichText::new(hint).color(cx.palette.text_3);
    let field = TextEdit::singleline(&mut typed)
        .id_salt("sub-app id")
        .font(FontSelection::FontId(theme::mono()))
        .hint_text(hint)
        .margin(Margin::symmetric(8, 6))
        .desired_width(FIELD - 16.0)
        .min_size(vec2(FIELD, INPUT_HEIGHT));
    let response = ui.add(field);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(true, &queue.typed_id, &typed, "");
        info.label = Some(words.type_id_name.to_owned());
        info
    });
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let changed = response.changed();
    let right = typed.trim() == id.to_string();
    if changed {
        out.push(ask(QueueAction::TypeId(typed)));
    }
    ui.add_space(S8);
    let pressed = ui.add_enabled(right, Button::new(words.enable_confirm));
    if right && (entered || pressed.clicked()) {
        out.push(ask(QueueAction::EnableConfirm));
    }
}
