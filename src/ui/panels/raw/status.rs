//! Where the event stands in its file, and how large it is.

use egui::{Align, Layout, Ui};

use crate::model::Wrapping;
use crate::text::{format, raw as sentence};
use crate::ui::theme::{self, ICON_INLINE, S16};
use crate::ui::widgets::{Line, label, memo};
use crate::ui::{Cx, icons};

use super::{Opened, stamp};

/// The words of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Words {
    file: String,
    line: String,
    bytes: String,
    escaped: bool,
    unknown: Option<String>,
    size: String,
}

pub(super) fn status_ui(ui: &mut Ui, cx: &Cx<'_>, opened: &Opened) {
    let key = stamp((cx.detail_stamp(), "status"));
    let words = memo(ui, "raw status", key, || words(cx, opened));
    let p = cx.palette;
    ui.spacing_mut().item_spacing.x = S16;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        label(ui, &Line::new(&words.size, theme::mono_small(), p.text_3));
        if let Some(unknown) = &words.unknown {
            ui.spacing_mut().item_spacing.x = 6.0;
            label(ui, &Line::new(unknown, theme::caption(), p.part.text));
            label(
                ui,
                &Line::new(icons::FLAG, theme::icon(ICON_INLINE), p.part.text),
            );
            ui.spacing_mut().item_spacing.x = S16;
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if !words.file.is_empty() {
                let file = Line::new(&words.file, theme::mono_small(), p.text_2);
                label(ui, &file.middle());
            }
            for text in [&words.line, &words.bytes] {
                if !text.is_empty() {
                    label(ui, &Line::new(text, theme::mono_small(), p.text_3));
                }
            }
            if words.escaped {
                let text = cx.text.raw.decoded_from;
                label(ui, &Line::new(text, theme::caption(), p.text_3));
            }
        });
    });
}

fn words(cx: &Cx<'_>, opened: &Opened) -> Words {
    let lang = cx.text.lang;
    let loaded = cx.state.detail.loaded();
    let task = loaded.and_then(|loaded| cx.state.index.task(loaded.task));
    let raw = opened.detail.raw.or(task.map(|task| task.raw));
    let len = u64::try_from(opened.detail.tree.text.len()).unwrap_or(u64::MAX);
    let unknown = opened.facts.unknown_count;
    Words {
        file: raw.map_or_else(String::new, |raw| {
            cx.state.sources.name(raw.source).to_owned()
        }),
        line: task.map_or_else(String::new, |task| sentence::line(lang, task.line)),
        bytes: raw.map_or_else(String::new, |raw| {
            sentence::bytes(lang, raw.offset, raw.len)
        }),
        escaped: raw.is_some_and(|raw| raw.wrapping != Wrapping::Plain),
        unknown: (unknown > 0).then(|| sentence::unknown_fields(lang, unknown)),
        size: format!("{} B", format::count(len)),
    }
}
