//! Which keys sign: one row a place, with what was found there.

use egui::{
    Align, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::super::parts::{name_ui, notice_ui, paint_radio};
use super::places::{ORDER, Row, rows};
use super::{edit, keys};
use crate::knowledge::permission::viewer_policy;
use crate::model::OriginChoice;
use crate::state::{Action, AppAction, DialogField};
use crate::text::pulling;
use crate::ui::theme::{
    self, HAIRLINE, ICON_CONTROL, ICON_INLINE, RADIUS_BUTTON, RADIUS_CHIP, S4, S8,
};
use crate::ui::widgets::{Button, Line, Tone, caption, focus_ring, paint_line};
use crate::ui::{Actions, Cx, icons};

const ROW: f32 = 32.0;
/// Where the parts of a row begin.
const RADIO: f32 = 21.0;
const ICON: f32 = 45.0;
const NAME: f32 = 61.0;
const PLACE: f32 = 174.0;
/// What was found keeps this much at the right.
const FOUND: f32 = 140.0;

pub(super) fn credentials_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.credentials);
    let rows = rows(&cx.state.live.dialog, cx.text);
    let height = ROW * ORDER.len() as f32;
    let size = vec2(ui.available_width(), height);
    let (table, _) = ui.allocate_exact_size(size, Sense::hover());
    for (at, row) in rows.iter().enumerate() {
        let top = table.top() + ROW * at as f32;
        let place = Rect::from_min_size(pos2(table.left(), top), vec2(table.width(), ROW));
        if row_ui(ui, cx, place, row) && !row.selected {
            edit(out, DialogField::Origin(row.choice));
        }
        if at > 0 {
            let line = Stroke::new(HAIRLINE, cx.palette.line);
            ui.painter().hline(table.x_range(), top, line);
        }
    }
    let border = Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter()
        .rect_stroke(table, RADIUS_BUTTON, border, StrokeKind::Inside);
    if cx.state.live.dialog.profile.origin == OriginChoice::Typed {
        keys::keys_ui(ui, cx, out);
    }
    if let Some((profile, why)) = &cx.state.live.dialog.forget_fault {
        let words = pulling::keys_not_forgotten(cx.text.lang, profile, why);
        ui.add_space(S8);
        notice_ui(ui, (icons::WARNING, Tone::Fail), &words, |_| {});
    }
    promise_ui(ui, cx, out);
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row) -> bool {
    let p = cx.palette;
    let id = ui.scope_id().with(("origin", row.name));
    let response = ui.interact(rect, id, Sense::click());
    let spoken = [row.name, &row.place, &row.found];
    let spoken: Vec<&str> = spoken.into_iter().filter(|part| !part.is_empty()).collect();
    let spoken = spoken.join(", ");
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, row.selected, &spoken));
    let ground = match (row.selected, response.hovered()) {
        (true, _) => Some(p.bg_selected),
        (false, true) => Some(p.bg_hover),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        let inner = rect.shrink2(vec2(HAIRLINE, 0.0));
        ui.painter().rect_filled(inner, RADIUS_CHIP, ground);
    }
    let center = pos2(rect.left() + RADIO, rect.center().y);
    paint_radio(ui.painter(), center, row.selected, p);
    paint_words(ui, cx, rect, row);
    paint_found(ui, cx, rect, row);
    focus_ring(ui, &response, RADIUS_CHIP);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    let response = if row.more.is_empty() {
        response
    } else {
        response.on_hover_text(format!("{}\n{}", row.place, row.more))
    };
    response.clicked()
}

fn paint_words(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row) {
    let p = cx.palette;
    let center = pos2(rect.left() + ICON, rect.center().y);
    let mark = Rect::from_center_size(center, Vec2::splat(ICON_CONTROL + S8));
    let icon = Line::new(icon(row.choice), theme::icon(ICON_CONTROL), p.text_2);
    paint_line(ui.painter(), mark, Align::Center, &icon);
    let name = Line::new(row.name, theme::small(), p.text);
    let at = |from: f32, to: f32| {
        Rect::from_x_y_ranges(rect.left() + from..=rect.left() + to, rect.y_range())
    };
    paint_line(ui.painter(), at(NAME, PLACE - S8), Align::Min, &name);
    let font = match row.choice {
        OriginChoice::Typed => theme::small(),
        _ => theme::mono_small(),
    };
    let place = Line::new(&row.place, font, p.text_2).middle();
    let room = at(PLACE, rect.width() - FOUND);
    paint_line(ui.painter(), room, Align::Min, &place);
}

fn paint_found(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row) {
    let p = cx.palette;
    let right = rect.right() - S8;
    let told = row.usable && row.selected;
    let edge = if told {
        right - ICON_INLINE - S8
    } else {
        right - S4
    };
    let place = Rect::from_x_y_ranges(rect.right() - FOUND + S8..=edge, rect.y_range());
    let (font, color) = if told {
        (theme::mono_small(), p.text)
    } else {
        (theme::small(), p.text_2)
    };
    paint_line(
        ui.painter(),
        place,
        Align::Max,
        &Line::new(&row.found, font, color),
    );
    if told {
        let mark = Rect::from_x_y_ranges(right - ICON_INLINE - S4..=right, rect.y_range());
        let check = Line::new(icons::CHECK, theme::icon(ICON_INLINE), p.ok.text);
        paint_line(ui.painter(), mark, Align::Center, &check);
    }
}

fn icon(choice: OriginChoice) -> &'static str {
    match choice {
        OriginChoice::First => icons::LIST_BULLETS,
        OriginChoice::Environment => icons::TERMINAL_WINDOW,
        OriginChoice::TccliFile => icons::FILE,
        OriginChoice::SdkFile => icons::FILE_CODE,
        OriginChoice::Keyring => icons::KEY,
        OriginChoice::Typed => icons::TEXT_T,
    }
}

/// What is promised about secrets, and a policy for a key that can delete nothing.
fn promise_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    ui.add_space(S4);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(S4, 0.0);
        ui.spacing_mut().interact_size.y = 16.0;
        caption(ui, words.secrets_promise);
        if ui.add(Button::link(words.copy_policy)).clicked() {
            out.push(Action::App(AppAction::Copy {
                what: words.policy_name.to_owned(),
                text: viewer_policy(None),
            }));
        }
    });
}
