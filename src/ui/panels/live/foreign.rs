//! What came in an answer's place, as text: to be looked at, never followed.

use egui::{Id, ScrollArea, Ui};

use super::parts::link_ui;
use crate::model::Foreign;
use crate::text::pulling;
use crate::ui::Cx;
use crate::ui::theme::{self, S4};
use crate::ui::widgets::{caption, memo, sunken, wrapped};

const HIGHEST: f32 = 240.0;
/// Text beyond this is kept and not drawn: a page of markup would slow every frame.
const SHOWN_CHARS: usize = 65_536;

/// A link that opens the bytes below it.
pub(super) fn foreign_ui(ui: &mut Ui, cx: &Cx<'_>, foreign: &Foreign) {
    let id = Id::unique(("what came", foreign.bytes.as_ptr().addr()));
    let open: bool = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let words = cx.text.live;
    let name = if open {
        words.hide_came
    } else {
        words.show_came
    };
    if link_ui(ui, name) {
        ui.data_mut(|data| data.insert_temp(id, !open));
    }
    if open {
        ui.add_space(S4);
        caption(ui, &pulling::came(cx.text.lang, foreign));
        ui.add_space(S4);
        bytes_ui(ui, cx, foreign);
    }
}

fn bytes_ui(ui: &mut Ui, cx: &Cx<'_>, foreign: &Foreign) {
    let stamp = u64::try_from(foreign.bytes.as_ptr().addr()).unwrap_or_default();
    let text = memo(ui, "what came", stamp, || readable(&foreign.bytes));
    sunken(ui, |ui| {
        ui.set_width(ui.available_width());
        ScrollArea::vertical()
            .id_salt(stamp)
            .max_height(HIGHEST)
            .show(ui, |ui| {
                wrapped(ui, &text, theme::mono_small(), cx.palette.text_2);
            });
    });
}

/// The bytes as text; what is no text, or would move the cursor, as a sign.
fn readable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let shown = text.chars().take(SHOWN_CHARS);
    shown
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn bytes_that_are_no_text_are_signs() {
        assert_eq!(
            readable(b"<html>\n\x1b[31m\xff"),
            "<html>\n\u{FFFD}[31m\u{FFFD}"
        );
    }
}
