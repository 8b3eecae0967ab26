//! The window before anything is opened: three ways to begin, samples, what can be read.

use egui::{
    Align, CursorIcon, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::logo::paint_logo;
use super::place::within;
use crate::model::{SourceSpec, Verdict};
use crate::state::{Action, OpenAction};
use crate::text::sentence;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::theme::{
    self, HAIRLINE, ICON_CONTROL, ICON_EMPTY, RADIUS_CARD, RADIUS_CHIP, S4, S8, S12, S16, S24,
};
use crate::ui::widgets::{
    GlyphStyle, Line, caption, focus_ring, key_cap, label, named, paint_line, verdict_glyph,
};
use crate::ui::{Actions, Cx};

const WIDTH: f32 = 744.0;
const GAP: f32 = 32.0;
const CARD: f32 = 168.0;
const ROW: f32 = 32.0;
const MARK: f32 = 36.0;
/// How many recent files there is room for.
const MOST_RECENT: usize = 5;

pub(crate) fn first_run_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            let spare = (ui.available_height() - 520.0).max(0.0);
            ui.add_space(spare * 0.33 + S16);
            ui.vertical_centered(|ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                head_ui(ui, cx);
                column_ui(ui, |ui| {
                    cards_ui(ui, cx, out);
                    ui.add_space(S24 + S8);
                    lists_ui(ui, cx, out);
                });
                ui.add_space(S24 + S4);
                promise_ui(ui, cx);
            });
        });
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let p = cx.palette;
    let (mark, _) = ui.allocate_exact_size(Vec2::splat(MARK), Sense::hover());
    paint_logo(ui.painter(), mark, p);
    ui.add_space(S16);
    let words = cx.text.load;
    label(ui, &Line::new(words.headline, theme::display(), p.text));
    ui.add_space(S4);
    label(ui, &Line::new(words.subline, theme::body(), p.text_2));
    ui.add_space(S24 + S8);
}

/// Content of the design's width, or of what room there is.
fn column_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let width = WIDTH.min(ui.available_width() - 2.0 * S16);
    let size = vec2(width, 0.0);
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        content(ui);
    });
}

fn cards_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let (words, accounts) = (cx.text.load, cx.text.accounts);
    let cards = [
        Card {
            icon: icons::FOLDER_OPEN,
            title: words.open_card,
            text: words.open_card_text,
            command: Command::Open,
        },
        Card {
            icon: icons::CLIPBOARD_TEXT,
            title: words.paste_card,
            text: words.paste_card_text,
            command: Command::Paste,
        },
        Card {
            icon: icons::CLOUD_ARROW_DOWN,
            title: accounts.card_title,
            text: accounts.card_text,
            command: Command::Pull,
        },
    ];
    let size = vec2(ui.available_width(), CARD);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = (row.width() - 2.0 * S16) / cards.len() as f32;
    for (at, card) in cards.into_iter().enumerate() {
        let left = row.left() + (width + S16) * at as f32;
        let place = Rect::from_min_size(pos2(left, row.top()), vec2(width, CARD));
        let response = card_ui(ui, cx, place, &card);
        if response.clicked() {
            out.extend(card.command.action(cx));
        }
        if card.command == Command::Open {
            focus_once(ui, &response);
        }
    }
}

/// A way to begin.
struct Card {
    icon: &'static str,
    title: &'static str,
    text: &'static str,
    command: Command,
}

fn card_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, card: &Card) -> Response {
    let p = cx.palette;
    let id = ui.scope_id().with(card.title);
    let response = ui.interact(rect, id, Sense::click());
    named(&response, Role::Button, card.title);
    let fill = if response.hovered() {
        p.bg_hover
    } else {
        p.bg_raised
    };
    let border = Stroke::new(HAIRLINE, p.line_strong);
    ui.painter()
        .rect(rect, RADIUS_CARD, fill, border, StrokeKind::Inside);
    focus_ring(ui, &response, RADIUS_CARD);
    let down = egui::Layout::top_down(Align::Min);
    within(ui, rect.shrink(S16), down, |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        label(
            ui,
            &Line::new(card.icon, theme::icon(ICON_EMPTY), p.accent_text),
        );
        ui.add_space(S12);
        label(ui, &Line::new(card.title, theme::lead(), p.text));
        ui.add_space(S4);
        // Text that can be selected would take the click.
        let text = egui::RichText::new(card.text).font(theme::small());
        let text = egui::Label::new(text.color(p.text_2)).wrap();
        ui.add(text.selectable(false));
        caps_ui(ui, rect, card.command);
    });
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn caps_ui(ui: &mut Ui, card: Rect, command: Command) {
    let Some(stroke) = command.strokes().first() else {
        return;
    };
    let from = pos2(
        card.left() + S16,
        card.bottom() - S16 - theme::KEY_CAP_HEIGHT,
    );
    let place = Rect::from_min_size(from, vec2(160.0, theme::KEY_CAP_HEIGHT));
    within(
        ui,
        place,
        egui::Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = S4;
            for cap in stroke.caps() {
                key_cap(ui, &cap);
            }
        },
    );
}

/// The first card has the keyboard when the window opens.
fn focus_once(ui: &Ui, response: &Response) {
    let id = Id::unique("first run was focused");
    let done = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    if !done {
        response.request_focus();
        ui.data_mut(|data| data.insert_temp(id, true));
    }
}

fn lists_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let width = (ui.available_width() - GAP) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        list_column(ui, width, |ui| samples_ui(ui, cx, out));
        list_column(ui, width, |ui| {
            if cx.state.settings.recent.is_empty() {
                reads_ui(ui, cx);
            } else {
                recent_ui(ui, cx, out);
            }
        });
    });
}

fn list_column(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    let layout = egui::Layout::top_down(Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        content(ui);
    });
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    caption(ui, text);
    ui.add_space(S4);
    let y = ui.cursor().top();
    let line = Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter().hline(ui.max_rect().x_range(), y, line);
}

/// The icon of a row.
#[derive(Clone, Copy)]
enum Mark {
    Icon(&'static str),
    Glyph(Verdict),
}

/// A line of one of the two lists.
struct Entry<'a> {
    mark: Mark,
    title: &'a str,
    note: &'a str,
}

fn entry_ui(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry<'_>, sense: Sense) -> Response {
    let p = cx.palette;
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let clickable = sense.senses_click();
    let role = if clickable { Role::Button } else { Role::Label };
    named(&response, role, entry.title);
    if clickable && response.hovered() {
        ui.painter().rect_filled(rect, RADIUS_CHIP, p.bg_hover);
    }
    let line = Stroke::new(HAIRLINE, p.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let icon_rect = Rect::from_center_size(
        pos2(rect.left() + ICON_CONTROL / 2.0, rect.center().y),
        Vec2::splat(ICON_CONTROL),
    );
    match entry.mark {
        Mark::Icon(icon) => {
            let icon = Line::new(icon, theme::icon(ICON_CONTROL), p.text_2);
            paint_line(ui.painter(), icon_rect, Align::Center, &icon);
        }
        Mark::Glyph(verdict) => {
            verdict_glyph(ui.painter(), icon_rect, verdict, p, GlyphStyle::Row);
        }
    }
    let note = Line::new(entry.note, theme::mono_small(), p.text_3);
    let noted = paint_line(ui.painter(), rect, Align::Max, &note).rect;
    let words = Rect::from_x_y_ranges(
        rect.left() + ICON_CONTROL + S8..=noted.left() - S8,
        rect.y_range(),
    );
    let title = Line::new(entry.title, theme::body(), p.text).middle();
    paint_line(ui.painter(), words, Align::Min, &title);
    focus_ring(ui, &response, RADIUS_CHIP);
    response
}

fn samples_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.load;
    heading_ui(ui, cx, words.samples);
    let samples = [
        (Verdict::Ok, words.sample_documented, words.one_task),
        (Verdict::PartlyFailed, words.sample_failed, words.one_task),
        (Verdict::Unknown, words.sample_night, words.many_tasks),
    ];
    for (index, (verdict, title, note)) in samples.into_iter().enumerate() {
        let entry = Entry {
            mark: Mark::Glyph(verdict),
            title,
            note,
        };
        let response = entry_ui(ui, cx, &entry, Sense::click());
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response.clicked() {
            out.push(Action::Open(OpenAction::Sample(index)));
        }
    }
}

fn reads_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.load;
    heading_ui(ui, cx, words.reads);
    let kinds = [
        (icons::FILE_CODE, words.reads_events, words.json),
        (
            icons::BRACKETS_CURLY,
            words.reads_answers,
            words.pull_events,
        ),
        (
            icons::CLOCK_COUNTER_CLOCKWISE,
            words.reads_old,
            words.old_members,
        ),
        (icons::STACK, words.reads_compressed, words.gz_zst),
    ];
    for (icon, title, note) in kinds {
        let mark = Mark::Icon(icon);
        entry_ui(ui, cx, &Entry { mark, title, note }, Sense::hover());
    }
}

fn recent_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    heading_ui(ui, cx, cx.text.load.recent);
    for file in cx.state.settings.recent.iter().take(MOST_RECENT) {
        let name = file.path.file_name().unwrap_or(file.path.as_os_str());
        let entry = Entry {
            mark: Mark::Icon(icons::FILE_CODE),
            title: &name.to_string_lossy(),
            note: &sentence::ago(cx.text.lang, file.opened, cx.state.now_unix),
        };
        let response = entry_ui(ui, cx, &entry, Sense::click());
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response
            .on_hover_text(file.path.to_string_lossy())
            .clicked()
        {
            let spec = SourceSpec::Path(file.path.clone());
            out.push(Action::Open(OpenAction::Specs(vec![spec])));
        }
    }
}

fn promise_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let p = cx.palette;
    let text = cx.text.load.promise;
    let width = crate::ui::widgets::line_width(ui.painter(), text, theme::small());
    let size = vec2(ICON_CONTROL + S8 + width + 1.0, 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    named(&response, Role::Label, text);
    let icon = Line::new(icons::SHIELD_CHECK, theme::icon(ICON_CONTROL), p.text_3);
    paint_line(ui.painter(), rect, Align::Min, &icon);
    let words = rect.with_min_x(rect.left() + ICON_CONTROL + S8);
    let line = Line::new(text, theme::small(), p.text_3);
    paint_line(ui.painter(), words, Align::Min, &line);
}
