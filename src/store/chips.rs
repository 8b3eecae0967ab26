//! The text form of a query: parsing never fails, and what is printed reads back the same.

use std::fmt;
use std::ops::Range;

use crate::model::{RowFlags, SourceId, Verdict};

use super::query::{Chip, FacetValue, Query, RequiredFlags, Sense, TextTerm};

const FLAGS: [(&str, RowFlags); 7] = [
    ("cover", RowFlags::HAS_COVER),
    ("moderation_hit", RowFlags::MODERATION_HIT),
    ("missing_sub_task", RowFlags::SUB_TASK_MISSING),
    ("escaped", RowFlags::ESCAPED),
    ("abridged", RowFlags::ABRIDGED),
    ("begin_is_create", RowFlags::BEGIN_IS_CREATE),
    ("repaired", RowFlags::REPAIRED),
];

impl Query {
    /// Reads the text form. What is no known chip is a word to search for.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (token, after) = Token::take(rest);
            query.add(token);
            rest = after.trim_start();
        }
        query
    }

    fn add(&mut self, token: Token) {
        match token.meaning() {
            Meaning::Chip(chip) => {
                self.chips.retain(|other| other.value != chip.value);
                self.chips.push(chip);
            }
            Meaning::Time(time) => self.time = Some(time),
            Meaning::Flag(flag) => self.flags.0 |= flag.0,
            Meaning::Word | Meaning::Without if token.text.is_empty() => {}
            Meaning::Without => self.without.push(TextTerm(token.text)),
            Meaning::Word => self.words.push(TextTerm(token.text)),
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chips = self.chips.iter().map(Chip::to_string);
        let time = self
            .time
            .iter()
            .map(|t| format!("time:{}..{}", t.start, t.end));
        let words = self.words.iter().map(TextTerm::to_string);
        let without = self.without.iter().filter(|word| !word.0.is_empty());
        let without = without.map(|word| format!("-{}", in_quotes(&word.0)));
        let parts = chips.chain(time).chain(flag_chips(self.flags));
        let parts = parts.chain(words).chain(without);
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        f.write_str(&parts.join(" "))
    }
}

fn flag_chips(flags: RequiredFlags) -> impl Iterator<Item = String> {
    FLAGS
        .into_iter()
        .filter(move |(_, flag)| flags.0 & flag.0 != 0)
        .map(|(name, _)| format!("has:{name}"))
}

impl fmt::Display for Chip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.sense == Sense::Exclude {
            "-"
        } else {
            ""
        };
        write!(f, "{sign}{}", self.value)
    }
}

impl fmt::Display for FacetValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verdict(verdict) => write!(f, "verdict:{}", verdict.name()),
            Self::EventType(name) => write!(f, "type:{}", quoted(name)),
            Self::Code(name) => write!(f, "code:{}", quoted(name)),
            Self::Kind(name) => write!(f, "kind:{}", quoted(name)),
            Self::Template {
                family: None,
                definition,
            } => write!(f, "template:{definition}"),
            Self::Template {
                family: Some(family),
                definition,
            } => write!(f, "template:{}", quoted(&format!("{family}/{definition}"))),
            Self::Source(source) => write!(f, "source:{}", source.0),
        }
    }
}

impl fmt::Display for TextTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = Token {
            text: self.0.clone(),
            quotes: Quotes::None,
        };
        match bare.meaning() {
            Meaning::Word if self.0.is_empty() => Ok(()),
            Meaning::Word => f.write_str(&quoted(&self.0)),
            _ => f.write_str(&in_quotes(&self.0)),
        }
    }
}

/// The text, in quotes where it would not read back as one token.
fn quoted(text: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && c != '"';
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        in_quotes(text)
    }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

enum Meaning {
    Chip(Chip),
    Time(Range<u32>),
    Flag(RowFlags),
    Word,
    Without,
}

struct Token {
    text: String,
    quotes: Quotes,
}

/// Whether it began with a quote, so that it is a word whatever it says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    None,
    Word,
    /// After a minus.
    Without,
}

impl Quotes {
    fn of(text: &str) -> (Self, &str) {
        match text.strip_prefix('-') {
            Some(rest) if rest.starts_with('"') => (Self::Without, rest),
            _ if text.starts_with('"') => (Self::Word, text),
            _ => (Self::None, text),
        }
    }
}

impl Token {
    /// The token at the start of `text` and what follows it.
    fn take(text: &str) -> (Self, &str) {
        let (quotes, body) = Quotes::of(text);
        let (mut text, mut inside) = (String::new(), false);
        let mut chars = body.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => inside = !inside,
                '\\' if inside => text.extend(chars.next().map(|(_, c)| c)),
                c if c.is_whitespace() && !inside => {
                    let rest = body.get(at..).unwrap_or_default();
                    return (Self { text, quotes }, rest);
                }
                c => text.push(c),
            }
        }
        (Self { text, quotes }, "")
    }

    fn meaning(&self) -> Meaning {
        match self.quotes {
            Quotes::Word => return Meaning::Word,
            Quotes::Without => return Meaning::Without,
            Quotes::None => {}
        }
        let (sense, body) = match self.text.strip_prefix('-') {
            Some(body) => (Sense::Exclude, body),
            None => (Sense::Include, self.text.as_str()),
        };
        let Some((key, value)) = body.split_once(':') else {
            return Meaning::Word;
        };
        if let Some(value) = facet_value(key, value) {
            return Meaning::Chip(Chip { value, sense });
        }
        let constraint = match (sense, key) {
            (Sense::Include, "time") => span(value).map(Meaning::Time),
            (Sense::Include, "has") => flag(value).map(Meaning::Flag),
            _ => None,
        };
        constraint.unwrap_or(Meaning::Word)
    }
}

fn facet_value(key: &str, value: &str) -> Option<FacetValue> {
    let name = || value.to_owned();
    match key {
        "verdict" => Verdict::from_name(value).map(FacetValue::Verdict),
        "type" | "event_type" => Some(FacetValue::EventType(name())),
        "code" => Some(FacetValue::Code(name())),
        "kind" => Some(FacetValue::Kind(name())),
        "template" => template(value),
        "source" => number(value).map(|id| FacetValue::Source(SourceId(id))),
        _ => None,
    }
}

fn template(value: &str) -> Option<FacetValue> {
    let (family, definition) = match value.rsplit_once('/') {
        Some((family, definition)) => (Some(family.to_owned()), definition),
        None => (None, value),
    };
    Some(FacetValue::Template {
        family,
        definition: number(definition)?,
    })
}

/// Two ends in unix seconds; a missing one is open.
fn span(value: &str) -> Option<Range<u32>> {
    let (start, end) = value.split_once("..")?;
    let end_of = |text: &str, open: u32| match text {
        "" => Some(open),
        text => number(text),
    };
    Some(end_of(start, 0)?..end_of(end, u32::MAX)?)
}

fn flag(value: &str) -> Option<RowFlags> {
    let found = FLAGS.iter().find(|(name, _)| *name == value);
    found.map(|(_, flag)| *flag)
}

/// Digits alone: a sign would be lost when the chip is printed.
fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::{FacetValue, Query, Sense, TextTerm};

    #[test]
    fn what_is_no_chip_is_a_word() {
        let query =
            Query::parse("-draft a:b verdict:fine template:x time:soon has:luck \"kind:x\"");
        let words: Vec<&str> = query.words.iter().map(|word| word.0.as_str()).collect();
        let expected = [
            "-draft",
            "a:b",
            "verdict:fine",
            "template:x",
            "time:soon",
            "has:luck",
            "kind:x",
        ];
        assert_eq!(words, expected);
        assert!(query.chips.is_empty());
    }

    #[test]
    fn the_later_of_two_opposite_chips_counts() {
        let query = Query::parse("kind:A -kind:A");
        let value = FacetValue::Kind("A".to_owned());
        assert_eq!(query.chips.len(), 1);
        assert_eq!(query.sense_of(&value), Some(Sense::Exclude));
    }

    #[test]
    fn a_minus_before_a_quote_excludes_a_word() {
        let query = Query::parse("-\"kind:x\" a -\"\" -b");
        assert_eq!(query.without, [TextTerm("kind:x".to_owned())]);
        assert_eq!(query.to_string(), "a -b -\"kind:x\"");
        assert_eq!(Query::parse(&query.to_string()), query);
    }

    #[test]
    fn an_open_quote_runs_to_the_end() {
        assert_eq!(Query::parse("\"a b").words[0].0, "a b");
        assert_eq!(
            Query::parse("code:\"a b").chips[0].to_string(),
            "code:\"a b\""
        );
    }
}
