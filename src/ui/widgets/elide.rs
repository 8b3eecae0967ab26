//! Shortens text to a width, at its end or in its middle, and remembers the middle cuts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Id, Painter};

const ELLIPSIS: char = '…';
/// No screen is as wide as this many characters; laying out more only takes time.
const MOST_CHARS: usize = 1_000;
/// More cuts than many screens need; then the memory starts anew.
const MOST_REMEMBERED: usize = 2_000;

/// One line of at most `width`, cut at its end where it is longer.
pub(super) fn at_end(
    painter: &Painter,
    text: &str,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(head_of(text).to_owned(), font, color);
    job.wrap.max_width = width.max(0.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    painter.layout_job(job)
}

/// One line of at most `width`, cut in its middle where it is longer, and whether it was cut.
pub(super) fn in_middle(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    width: f32,
) -> (Arc<Galley>, bool) {
    let text = &*ends_of(text);
    let whole = single(painter, text.to_owned(), font, color);
    if whole.size().x <= width {
        return (whole, false);
    }
    let cut = remembered(painter, text, font, width, || {
        let dots = single(painter, ELLIPSIS.to_string(), font, color);
        cut_middle(text, &advances(&whole), width - dots.size().x)
    });
    (single(painter, cut, font, color), true)
}

/// The part of a text that can be seen at all.
fn head_of(text: &str) -> &str {
    let end = text.char_indices().nth(MOST_CHARS).map(|(at, _)| at);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The same for a cut in the middle: only the ends of an endless text are looked at.
fn ends_of(text: &str) -> Cow<'_, str> {
    let head = head_of(text);
    if head.len() == text.len() {
        return Cow::Borrowed(text);
    }
    let tail = text.chars().rev().take(MOST_CHARS).collect::<Vec<_>>();
    Cow::Owned(head.chars().chain(tail.into_iter().rev()).collect())
}

fn single(painter: &Painter, text: String, font: &FontId, color: Color32) -> Arc<Galley> {
    painter.layout_job(LayoutJob::simple_singleline(text, font.clone(), color))
}

/// The width of each character of a single line.
fn advances(galley: &Galley) -> Vec<f32> {
    let glyphs = galley.rows.iter().flat_map(|row| row.glyphs.iter());
    glyphs.map(|glyph| glyph.advance_width).collect()
}

/// The longest head and tail, about as wide as each other, that fit into `room` with dots between.
fn cut_middle(text: &str, advances: &[f32], room: f32) -> String {
    let chars: Vec<char> = text.chars().collect();
    let advance = |index: usize| advances.get(index).copied().unwrap_or_default();
    let (mut head, mut tail) = (0, chars.len());
    let (mut head_width, mut tail_width) = (0.0, 0.0);
    while head < tail {
        let (next_head, next_tail) = (advance(head), advance(tail - 1));
        let fits = |next: f32| head_width + tail_width + next <= room;
        let head_first = head_width < tail_width;
        if fits(next_head) && (head_first || !fits(next_tail)) {
            head += 1;
            head_width += next_head;
        } else if fits(next_tail) {
            tail -= 1;
            tail_width += next_tail;
        } else {
            break;
        }
    }
    let (start, end) = (chars.iter().take(head), chars.iter().skip(tail));
    start.chain([&ELLIPSIS]).chain(end).collect()
}

#[derive(Clone, Default)]
struct Cuts(HashMap<Id, String>);

fn remembered(
    painter: &Painter,
    text: &str,
    font: &FontId,
    width: f32,
    cut: impl FnOnce() -> String,
) -> String {
    let id = Id::unique("middle cuts");
    // Fonts and scale change the widths, hence the pixels per point.
    let scale = painter.pixels_per_point().to_bits();
    let key = Id::unique((text, font, width.to_bits(), scale));
    let known = painter.ctx().data_mut(|data| {
        let cuts: &mut Cuts = data.get_temp_mut_or_default(id);
        cuts.0.get(&key).cloned()
    });
    known.unwrap_or_else(|| {
        let made = cut();
        painter.ctx().data_mut(|data| {
            let cuts: &mut Cuts = data.get_temp_mut_or_default(id);
            if cuts.0.len() >= MOST_REMEMBERED {
                cuts.0.clear();
            }
            cuts.0.insert(key, made.clone());
        });
        made
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST_CHARS, cut_middle, ends_of, head_of};

    #[test]
    fn head_and_tail_share_the_room() {
        let text = "0123456789.mp4";
        assert_eq!(cut_middle(text, &[1.0; 14], 9.0), "0123…9.mp4");
        assert_eq!(cut_middle(text, &[1.0; 14], 0.0), "…");
    }

    #[test]
    fn endless_text_is_looked_at_only_at_its_ends() {
        let text = "a".repeat(100_000) + "z";
        assert_eq!(head_of(&text).len(), MOST_CHARS);
        let ends = ends_of(&text);
        assert_eq!(ends.len(), 2 * MOST_CHARS);
        assert!(ends.ends_with("az"));
        assert_eq!(ends_of("short"), "short");
    }

    #[test]
    fn wide_characters_count_by_their_width() {
        let text = "高等数学abcd";
        let widths = [2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0];
        assert_eq!(cut_middle(text, &widths, 6.0), "高…abcd");
    }
}
