//! Widths in a face whose characters are all as wide as each other, or twice as wide.

/// How many narrow characters a text is wide.
pub fn width_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// How many narrow characters one character is wide.
pub fn width(c: char) -> usize {
    const WIDE: [std::ops::RangeInclusive<u32>; 9] = [
        0x1100..=0x115F,
        0x2E80..=0xA4CF,
        0xAC00..=0xD7A3,
        0xF900..=0xFAFF,
        0xFE30..=0xFE4F,
        0xFF00..=0xFF60,
        0xFFE0..=0xFFE6,
        0x1F300..=0x1FAFF,
        0x20000..=0x3FFFD,
    ];
    let code = u32::from(c);
    let is_wide = code >= 0x1100 && WIDE.iter().any(|range| range.contains(&code));
    1 + usize::from(is_wide)
}

/// The text with its middle left out, so that it is at most `room` wide.
pub fn cut_middle(text: &str, room: usize) -> String {
    let half = room.saturating_sub(1) / 2;
    let head = taken(text.chars(), room.saturating_sub(1) - half);
    let tail = taken(text.chars().rev(), half);
    let head: String = text.chars().take(head).collect();
    let skipped = text.chars().count().saturating_sub(tail);
    let tail: String = text.chars().skip(skipped).collect();
    format!("{head}…{tail}")
}

/// How many characters fit.
fn taken(chars: impl Iterator<Item = char>, room: usize) -> usize {
    let mut left = room;
    chars
        .take_while(|c| {
            let fits = width(*c) <= left;
            left = left.saturating_sub(width(*c));
            fits
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_long_value_stay() {
        assert_eq!(
            cut_middle("https://a.example/b/source.mp4", 13),
            "https:…ce.mp4"
        );
    }

    #[test]
    fn wide_characters_take_two_places() {
        let cut = cut_middle("高等数学第七讲极限与连续", 9);
        assert_eq!(cut, "高等…连续");
        assert!(width_of(&cut) <= 9);
    }
}
