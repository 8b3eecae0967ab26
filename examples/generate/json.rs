//! Writes JSON as it comes, in one of the spellings that readers must accept.

use std::io::Write as _;

/// How the same document is spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) indent: Indent,
    /// Everything outside ASCII as `\uXXXX`.
    pub(crate) ascii: bool,
    /// `/` as `\/`.
    pub(crate) slash: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Indent {
    #[default]
    None,
    Spaces(usize),
    Tab,
}

pub(crate) struct Json {
    style: Style,
    depth: usize,
    /// Nothing stands before the next member or element.
    first: bool,
    pub(crate) text: Vec<u8>,
}

impl Json {
    pub(crate) fn new(style: Style) -> Self {
        Self {
            style,
            depth: 0,
            first: true,
            text: Vec::with_capacity(1 << 17),
        }
    }

    /// Forgets the text; what follows is indented by `depth`.
    pub(crate) fn restart(&mut self, depth: usize) {
        self.text.clear();
        self.depth = depth;
        self.first = true;
        self.indent();
    }

    pub(crate) fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.nested((b'{', b'}'), members);
    }

    pub(crate) fn array(&mut self, elements: impl FnOnce(&mut Self)) {
        self.nested((b'[', b']'), elements);
    }

    fn nested(&mut self, (open, close): (u8, u8), inside: impl FnOnce(&mut Self)) {
        self.text.push(open);
        self.depth += 1;
        self.first = true;
        inside(self);
        self.depth -= 1;
        if !self.first {
            self.new_line();
        }
        self.text.push(close);
        self.first = false;
    }

    /// Starts the next member.
    pub(crate) fn key(&mut self, name: &str) -> &mut Self {
        self.element();
        self.text.push(b'"');
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"\":");
        if self.style.indent != Indent::None {
            self.text.push(b' ');
        }
        self
    }

    /// Starts the next element of an array.
    pub(crate) fn element(&mut self) -> &mut Self {
        if !self.first {
            self.text.push(b',');
        }
        self.first = false;
        self.new_line();
        self
    }

    fn new_line(&mut self) {
        if self.style.indent != Indent::None {
            self.text.push(b'\n');
        }
        self.indent();
    }

    fn indent(&mut self) {
        let (unit, count) = match self.style.indent {
            Indent::None => return,
            Indent::Spaces(count) => (b' ', count * self.depth),
            Indent::Tab => (b'\t', self.depth),
        };
        self.text.resize(self.text.len() + count, unit);
    }

    pub(crate) fn null(&mut self) {
        self.text.extend_from_slice(b"null");
    }

    pub(crate) fn int(&mut self, value: u64) {
        self.formatted(format_args!("{value}"));
    }

    /// A number with nine decimals, given in billionths.
    pub(crate) fn billionths(&mut self, value: u64) {
        let (whole, part) = (value / 1_000_000_000, value % 1_000_000_000);
        self.formatted(format_args!("{whole}.{part:09}"));
    }

    fn formatted(&mut self, value: std::fmt::Arguments<'_>) {
        // Writing to a Vec cannot fail.
        self.text.write_fmt(value).unwrap_or_default();
    }

    pub(crate) fn string(&mut self, value: &str) {
        self.text.push(b'"');
        let mut plain_from = 0;
        for (at, byte) in value.bytes().enumerate() {
            if self.is_plain(byte) {
                continue;
            }
            // Bytes inside a character never start an escape, so both cuts are on its edge.
            if let Some(plain) = value.get(plain_from..at) {
                self.text.extend_from_slice(plain.as_bytes());
                let special = value.get(at..).and_then(|rest| rest.chars().next());
                plain_from = at + special.map_or(1, char::len_utf8);
                self.escaped(special.unwrap_or_default());
            }
        }
        let rest = value.get(plain_from..).unwrap_or_default();
        self.text.extend_from_slice(rest.as_bytes());
        self.text.push(b'"');
    }

    fn is_plain(&self, byte: u8) -> bool {
        match byte {
            b'"' | b'\\' | 0..0x20 => false,
            b'/' => !self.style.slash,
            0x80.. => !self.style.ascii,
            _ => true,
        }
    }

    fn escaped(&mut self, character: char) {
        match character {
            '"' | '\\' | '/' => {
                self.text.push(b'\\');
                self.text
                    .extend_from_slice(character.to_string().as_bytes());
            }
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    self.formatted(format_args!("\\u{unit:04x}"));
                }
            }
        }
    }

    pub(crate) fn strings<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) {
        self.array(|json| {
            for value in values {
                json.element().string(value);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(style: Style, value: &str) -> String {
        let mut json = Json::new(style);
        json.string(value);
        String::from_utf8(json.text).unwrap()
    }

    #[test]
    fn quotes_backslashes_and_controls_are_escaped() {
        assert_eq!(
            written(Style::default(), "a\"b\\c\n/"),
            r#""a\"b\\c\u000a/""#
        );
    }

    #[test]
    fn ascii_and_slash_spell_the_same_text() {
        let style = Style {
            ascii: true,
            slash: true,
            ..Style::default()
        };
        assert_eq!(written(style, "动/🐼x"), r#""\u52a8\/\ud83d\udc3cx""#);
    }

    #[test]
    fn indentation_follows_depth() {
        let style = Style {
            indent: Indent::Spaces(2),
            ..Style::default()
        };
        let mut json = Json::new(style);
        json.object(|json| {
            json.key("a").array(|json| json.element().int(1));
            json.key("b").array(|_| {});
        });
        let text = String::from_utf8(json.text).unwrap();
        assert_eq!(text, "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}");
    }
}
