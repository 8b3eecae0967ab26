//! How much room pictures may take, in memory and on disk.

use egui::Ui;

use super::pictures::ask;
use crate::model::PictureSettings;
use crate::state::PreviewAction;
use crate::text::{format, pictures as say};
use crate::ui::dialogs::field::{Select, choose_ui};
use crate::ui::dialogs::parts::{GAP, columns_ui, name_ui};
use crate::ui::theme::{self, S8};
use crate::ui::widgets::{Button, Line, label};
use crate::ui::{Actions, Cx, icons};

const MIB: u64 = 1 << 20;
const TEXTURES: [u64; 5] = [64 * MIB, 128 * MIB, 256 * MIB, 512 * MIB, 1024 * MIB];
const CACHE: [u64; 6] = [
    128 * MIB,
    256 * MIB,
    512 * MIB,
    1024 * MIB,
    2048 * MIB,
    4096 * MIB,
];

pub(super) fn budgets_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    let PictureSettings {
        texture_bytes,
        cache_bytes,
        ..
    } = cx.state.settings.pictures;
    let third = (ui.available_width() - 2.0 * GAP) / 3.0;
    columns_ui(ui, [third; 3], |ui, at| match at {
        0 => {
            let chosen = budget_ui(ui, cx, words.textures, (&TEXTURES, texture_bytes));
            out.extend(chosen.map(|texture_bytes| {
                ask(PreviewAction::SetBudgets {
                    texture_bytes,
                    cache_bytes,
                })
            }));
        }
        1 => {
            let chosen = budget_ui(ui, cx, words.cache, (&CACHE, cache_bytes));
            out.extend(chosen.map(|cache_bytes| {
                ask(PreviewAction::SetBudgets {
                    texture_bytes,
                    cache_bytes,
                })
            }));
        }
        _ => now_ui(ui, cx, out),
    });
}

fn budget_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, (offered, now): (&[u64], u64)) -> Option<u64> {
    name_ui(ui, cx, name);
    let values: Vec<_> = offered
        .iter()
        .map(|bytes| (*bytes, say::budget(*bytes)))
        .collect();
    let chosen = say::budget(now);
    let chosen = Select {
        name,
        chosen: &chosen,
    };
    choose_ui(ui, chosen, &values, now)
}

/// What the cache holds, and the button that empties it.
fn now_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.pictures;
    name_ui(ui, cx, words.cache_now);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        ui.set_min_height(theme::INPUT_HEIGHT);
        let held = cx.state.previews.cache_bytes;
        let size = held.map_or_else(|| words.cache_unknown.to_owned(), format::size);
        label(ui, &Line::new(&size, theme::mono(), cx.palette.text));
        let button = Button::new(words.clear_cache).icon(icons::TRASH);
        if ui.add_enabled(held != Some(0), button).clicked() {
            out.push(ask(PreviewAction::ClearCache));
        }
    });
}
