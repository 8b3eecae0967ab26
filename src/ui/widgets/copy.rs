//! A value that can be copied, and what else can be done with it.

use egui::{Align, CursorIcon, Popup, Rect, Response, Role, Sense, Ui, UiBuilder, Vec2, vec2};

use super::focus::{focus_ring, named};
use super::menu::{MenuItem, menu_item};
use super::text::{Line, paint_line};
use crate::text::Chrome;
use crate::ui::icons;
use crate::ui::theme::{self, ICON_INLINE, RADIUS_CHIP, S4, palette};

/// What was asked to be done with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CopyAsk {
    Copy,
    CopyPath,
    FilterFor,
    FilterOut,
    ShowInRaw,
}

/// What can be done with a value besides copying it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offers {
    pub(crate) path: bool,
    pub(crate) filter: bool,
    pub(crate) raw: bool,
}

/// When the copy icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CopyIcon {
    /// Under the pointer, or with the keyboard.
    Hover,
    Always,
}

/// A value as it is shown.
#[derive(Clone, Debug)]
pub(crate) struct Copyable<'a> {
    /// What the value is: "TaskId".
    pub(crate) name: &'a str,
    pub(crate) line: Line<'a>,
    pub(crate) icon: CopyIcon,
    pub(crate) offers: Offers,
    pub(crate) words: &'a Chrome,
}

/// The context menu of a value; the choice, when one was made.
pub(crate) fn value_menu(response: &Response, words: &Chrome, offers: Offers) -> Option<CopyAsk> {
    let shown = Popup::context_menu(response).show(|ui| value_entries(ui, words, offers));
    shown.and_then(|shown| shown.inner)
}

/// The entries of that menu, for one that is opened otherwise or needs time to know its offers.
pub(crate) fn value_entries(ui: &mut Ui, words: &Chrome, offers: Offers) -> Option<CopyAsk> {
    let entries = [
        (true, words.copy, icons::COPY, CopyAsk::Copy),
        (offers.path, words.copy_path, icons::HASH, CopyAsk::CopyPath),
        (
            offers.filter,
            words.filter_for,
            icons::PLUS,
            CopyAsk::FilterFor,
        ),
        (
            offers.filter,
            words.filter_out,
            icons::MINUS,
            CopyAsk::FilterOut,
        ),
        (
            offers.raw,
            words.show_in_raw,
            icons::BRACKETS_CURLY,
            CopyAsk::ShowInRaw,
        ),
    ];
    let mut chosen = None;
    for (offered, label, icon, ask) in entries {
        if offered && menu_item(ui, MenuItem::new(label).icon(icon)).clicked() {
            chosen = Some(ask);
        }
    }
    chosen
}

/// Draws a value with its copy icon and its context menu; cut to the room there is.
pub(crate) fn copyable(ui: &mut Ui, value: &Copyable<'_>) -> Option<CopyAsk> {
    let icon_room = ICON_INLINE + 6.0;
    let (galley, cut) = value
        .line
        .fit(ui.painter(), ui.available_width() - icon_room);
    let size = vec2(
        galley.size().x + icon_room,
        galley.size().y.max(ICON_INLINE),
    );
    let (rect, area) = ui.allocate_exact_size(size, Sense::hover());
    let builder = UiBuilder::new().max_rect(rect).id_salt(area.id);
    let ui = &mut ui.new_child(builder);
    let text = rect.with_max_x(rect.left() + galley.size().x);
    let response = ui.interact(text, ui.scope_id().with("value"), Sense::CLICK);
    named(&response, Role::Label, value.line.text());
    paint_line(
        ui.painter(),
        text.expand2(vec2(1.0, 0.0)),
        Align::Min,
        &value.line,
    );
    let copied = copy_icon(ui, rect, value, area.contains_pointer());
    let asked = value_menu(&response, value.words, value.offers);
    if cut {
        response.on_hover_text(value.line.text());
    }
    if copied { Some(CopyAsk::Copy) } else { asked }
}

fn copy_icon(ui: &Ui, rect: Rect, value: &Copyable<'_>, under_pointer: bool) -> bool {
    let center = rect.right_center() - vec2(ICON_INLINE / 2.0, 0.0);
    let place = Rect::from_center_size(center, Vec2::splat(ICON_INLINE));
    let id = ui.scope_id().with("copy");
    let response = ui.interact(place.expand(S4 / 2.0), id, Sense::click());
    let name = format!("{} {}", value.words.copy, value.name);
    named(&response, Role::Button, &name);
    let shows = value.icon == CopyIcon::Always || under_pointer || response.has_focus();
    if shows {
        let p = palette(ui);
        let color = if response.hovered() { p.text } else { p.text_3 };
        let line = Line::new(icons::COPY, theme::icon(ICON_INLINE), color);
        paint_line(ui.painter(), place, Align::Center, &line);
    }
    focus_ring(ui, &response, RADIUS_CHIP);
    response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(name)
        .clicked()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::model::{Lang, Zone};
    use crate::text::Text;
    use crate::ui::widgets::testing::harness;

    fn ask(act: impl FnOnce(&mut egui_kittest::Harness<'_>)) -> Option<CopyAsk> {
        let asked = Cell::new(None);
        let words = Text::new(Lang::En, Zone::Utc).chrome;
        let mut harness = harness(|ui| {
            let value = Copyable {
                name: "FileId",
                line: Line::new("5285890784310055217", theme::mono(), palette(ui).text),
                icon: CopyIcon::Always,
                offers: Offers {
                    filter: true,
                    ..Offers::default()
                },
                words,
            };
            if let Some(ask) = copyable(ui, &value) {
                asked.set(Some(ask));
            }
        });
        act(&mut harness);
        harness.run();
        drop(harness);
        asked.get()
    }

    #[test]
    fn the_icon_copies() {
        let asked = ask(|harness| harness.get_by_label("Copy FileId").click());
        assert_eq!(asked, Some(CopyAsk::Copy));
    }

    #[test]
    fn the_menu_offers_what_is_possible_and_nothing_else() {
        let asked = ask(|harness| {
            harness
                .get_by_label("5285890784310055217")
                .click_secondary();
            harness.run();
            assert!(harness.query_by_label("Show in Raw").is_none());
            harness.get_by_label("Filter out").click();
        });
        assert_eq!(asked, Some(CopyAsk::FilterOut));
    }
}
