//! Text spelled inside other text: what it means, and where its parts stand.

use std::borrow::Cow;
use std::ops::Range;

use super::scan::unescape;
use crate::model::Wrapping;

/// One way of spelling text inside text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    /// With backslashes, as in a JSON string or in what a database prints.
    Escaped,
    /// Each quote doubled, as in a quoted cell of a table.
    Doubled,
}

/// The layers a record is to be taken out of, the outermost first.
pub(crate) fn layers(wrapping: Wrapping) -> &'static [Layer] {
    match wrapping {
        Wrapping::Plain => &[],
        Wrapping::Escaped => &[Layer::Escaped],
        Wrapping::EscapedTwice => &[Layer::Escaped, Layer::Escaped],
        Wrapping::Doubled => &[Layer::Doubled],
        Wrapping::DoubledEscaped => &[Layer::Doubled, Layer::Escaped],
    }
}

/// The wrapping with one more layer inside; `None` when that is one too many.
pub(crate) fn deeper(wrapping: Wrapping, layer: Layer) -> Option<Wrapping> {
    Some(match (wrapping, layer) {
        (Wrapping::Plain, Layer::Escaped) => Wrapping::Escaped,
        (Wrapping::Plain, Layer::Doubled) => Wrapping::Doubled,
        (Wrapping::Escaped, Layer::Escaped) => Wrapping::EscapedTwice,
        (Wrapping::Doubled, Layer::Escaped) => Wrapping::DoubledEscaped,
        _ => return None,
    })
}

/// The JSON that text wrapped like this means.
pub(crate) fn unwrapped(text: &str, wrapping: Wrapping) -> Cow<'_, str> {
    let mut meant = Cow::Borrowed(text);
    for layer in layers(wrapping) {
        meant = Cow::Owned(layer.undo(&meant));
    }
    meant
}

/// Where a place in what the text means stands in the text.
pub(crate) fn locate(text: &str, wrapping: Wrapping, offset: usize) -> usize {
    let layers = layers(wrapping);
    let mut texts = vec![Cow::Borrowed(text)];
    for layer in layers {
        let meant = texts.last().map(|text| layer.undo(text));
        texts.extend(meant.map(Cow::Owned));
    }
    let mut part = offset..offset;
    for (layer, text) in layers.iter().zip(&texts).rev() {
        part = layer.locate(text, &part);
    }
    part.start
}

impl Layer {
    /// What the text means.
    pub(crate) fn undo(self, raw: &str) -> String {
        match self {
            Self::Escaped => unescape(raw),
            Self::Doubled => raw.replace("\"\"", "\""),
        }
    }

    /// Where a part of what the text means stands in the text.
    pub(crate) fn locate(self, raw: &str, part: &Range<usize>) -> Range<usize> {
        let mut start = None;
        let mut meant_len = 0;
        let mut at = 0;
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            if start.is_none() && meant_len >= part.start {
                start = Some(at);
            }
            if meant_len >= part.end {
                break;
            }
            let (raw_len, len) = self.piece(rest);
            at += raw_len;
            meant_len += len;
        }
        start.unwrap_or(at)..at
    }

    /// The spelled and the meant length of the first character.
    fn piece(self, rest: &str) -> (usize, usize) {
        match self {
            Self::Escaped => escaped_piece(rest),
            Self::Doubled if rest.starts_with("\"\"") => (2, 1),
            Self::Doubled => first_character(rest),
        }
    }
}

fn escaped_piece(rest: &str) -> (usize, usize) {
    let Some(escape) = rest.strip_prefix('\\') else {
        return first_character(rest);
    };
    let raw_len = if escape.starts_with('u') {
        let is_pair = rest
            .get(..12)
            .is_some_and(|pair| unescape(pair).chars().count() == 1);
        if is_pair { 12 } else { 6.min(rest.len()) }
    } else {
        1 + escape.chars().next().map_or(0, char::len_utf8)
    };
    let meant = unescape(rest.get(..raw_len).unwrap_or_default());
    (raw_len, meant.len())
}

fn first_character(rest: &str) -> (usize, usize) {
    let len = rest.chars().next().map_or(1, char::len_utf8);
    (len, len)
}

#[cfg(test)]
mod tests {
    use super::{Layer, Wrapping, deeper, layers, unwrapped};

    const EVERY: [Wrapping; 5] = [
        Wrapping::Plain,
        Wrapping::Escaped,
        Wrapping::EscapedTwice,
        Wrapping::Doubled,
        Wrapping::DoubledEscaped,
    ];

    #[test]
    fn every_wrapping_is_made_of_its_layers() {
        for wrapping in EVERY {
            let made = layers(wrapping)
                .iter()
                .try_fold(Wrapping::Plain, |made, layer| deeper(made, *layer));
            assert_eq!(made, Some(wrapping));
        }
        assert_eq!(deeper(Wrapping::EscapedTwice, Layer::Escaped), None);
        assert_eq!(deeper(Wrapping::Escaped, Layer::Doubled), None);
    }

    #[test]
    fn every_wrapping_means_the_same() {
        let meant = "{\"a\":\"b\\\"c\"}";
        for (text, wrapping) in [
            (meant, Wrapping::Plain),
            (r#"{\"a\":\"b\\\"c\"}"#, Wrapping::Escaped),
            (r#"{\\\"a\\\":\\\"b\\\\\\\"c\\\"}"#, Wrapping::EscapedTwice),
            (r#"{""a"":""b\""c""}"#, Wrapping::Doubled),
            (r#"{\""a\"":\""b\\\""c\""}"#, Wrapping::DoubledEscaped),
        ] {
            assert_eq!(unwrapped(text, wrapping), meant, "{wrapping:?}");
        }
    }

    #[test]
    fn parts_are_found_in_the_spelled_text() {
        let found = |layer: Layer, raw: &str, part| {
            let range = layer.locate(raw, &part);
            raw.get(range).unwrap().to_owned()
        };
        assert_eq!(found(Layer::Doubled, r#"ü""a""b"#, 2..5), r#"""a"""#);
        assert_eq!(found(Layer::Escaped, r#"\u00fc\"a\"b"#, 2..5), r#"\"a\""#);
        assert_eq!(
            found(Layer::Escaped, r"\üx\ud83d\ude00y", 2..7),
            r"x\ud83d\ude00"
        );
        assert_eq!(found(Layer::Escaped, r"it\'s", 2..4), r"\'s");
    }
}
