//! Records that stand in other text with their quotes spelled otherwise, as databases, tables and
//! logs print them: where one begins, where it ends, and reading it.

mod track;

use super::builder::Builder;
use super::place::Place;
use super::resync::{Candidate, starts_record};
use super::spelling::{Layer, layers, unwrapped};
use super::summary::{Rejected, document};
use crate::model::Wrapping;

pub(crate) use track::{Step, Track};

/// Enough of a record to see its first member.
const BEGINNING: usize = 256;

/// What a brace begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    Wrapped(Wrapping),
    /// No wrapped record.
    Other,
    /// The text ends too early to say.
    Unclear,
}

/// What begins with the brace that the text begins with.
pub(crate) fn opening(text: &[u8]) -> Opening {
    let Some(inside) = text.strip_prefix(b"{") else {
        return Opening::Other;
    };
    let rest = past_blanks(inside);
    let slashes = rest.iter().take_while(|byte| **byte == b'\\').count();
    let mut after = rest.iter().skip(slashes);
    match (after.next(), after.next()) {
        (None, _) if slashes <= 3 => Opening::Unclear,
        (Some(b'"'), None) if slashes <= 1 => Opening::Unclear,
        (Some(b'"'), Some(b'"')) if slashes == 1 => Opening::Wrapped(Wrapping::DoubledEscaped),
        (Some(b'"'), Some(b'"')) if slashes == 0 => doubled(rest.get(2..).unwrap_or_default()),
        (Some(b'"'), _) if slashes == 1 => Opening::Wrapped(Wrapping::Escaped),
        (Some(b'"'), _) if slashes == 3 => Opening::Wrapped(Wrapping::EscapedTwice),
        _ => Opening::Other,
    }
}

/// A plain object may begin with a member that has no name.
fn doubled(after: &[u8]) -> Opening {
    match after.trim_ascii_start().first() {
        None => Opening::Unclear,
        Some(b':') => Opening::Other,
        Some(_) => Opening::Wrapped(Wrapping::Doubled),
    }
}

/// Behind white space, spelled or not.
fn past_blanks(text: &[u8]) -> &[u8] {
    let mut rest = text.trim_ascii_start();
    loop {
        let slashes = rest.iter().take_while(|byte| **byte == b'\\').count();
        match rest.get(slashes) {
            Some(b'n' | b'r' | b't') if (1..=2).contains(&slashes) => {
                let after = rest.get(slashes + 1..).unwrap_or_default();
                rest = after.trim_ascii_start();
            }
            _ => return rest,
        }
    }
}

/// Whether a wrapped record that starts like an event begins here.
pub(crate) fn starts_event(text: &[u8]) -> bool {
    let Opening::Wrapped(wrapping) = opening(text) else {
        return false;
    };
    let beginning = text.get(..BEGINNING).unwrap_or(text);
    let valid = beginning
        .utf8_chunks()
        .next()
        .map_or("", |chunk| chunk.valid());
    starts_record(unwrapped(valid, wrapping).as_bytes()) == Candidate::Yes
}

/// Whether a whole wrapped record stands somewhere in the text.
pub(crate) fn stands_in(text: &[u8]) -> bool {
    memchr::memchr_iter(b'{', text).any(|at| {
        let rest = text.get(at..).unwrap_or_default();
        match opening(rest) {
            Opening::Wrapped(wrapping) => {
                matches!(
                    Track::new(at, wrapping).advance(text, false),
                    Step::Closed(_)
                )
            }
            Opening::Other | Opening::Unclear => false,
        }
    })
}

/// Reads the events that stand wrapped in some text; the place is the text's. False when there
/// are none, and nothing is added then.
pub(crate) fn events_in(builder: &mut Builder, text: &str, place: Place<'_>) -> bool {
    let mut found = false;
    let mut from = 0;
    while let Some(ahead) = text.get(from..).and_then(|rest| rest.find('{')) {
        let at = from + ahead;
        from = at + 1;
        let rest = text.get(at..).unwrap_or_default().as_bytes();
        let Opening::Wrapped(wrapping) = opening(rest) else {
            continue;
        };
        if !starts_event(rest) {
            continue;
        }
        if let Step::Closed(end) = Track::new(at, wrapping).advance(text.as_bytes(), true) {
            let place = place.deeper(text, &(at..end));
            let raw = text.get(at..end).unwrap_or_default();
            if read(builder, raw, place, wrapping).is_ok() {
                found = true;
                from = end;
            }
        }
    }
    found
}

/// Reads a wrapped document that stands at this place; on rejection nothing is added.
pub(crate) fn read(
    builder: &mut Builder,
    raw: &str,
    place: Place<'_>,
    wrapping: Wrapping,
) -> Result<(), Rejected> {
    read_layers(builder, raw, place, layers(wrapping))
}

fn read_layers(
    builder: &mut Builder,
    raw: &str,
    place: Place<'_>,
    layers: &[Layer],
) -> Result<(), Rejected> {
    let Some((layer, inner)) = layers.split_first() else {
        return document(builder, raw, place);
    };
    let first_member = String::new();
    let Some(place) = place.spelled_in(*layer, raw) else {
        return Err(Rejected::NotAnEvent { first_member });
    };
    read_layers(builder, &layer.undo(raw), place, inner)
}

/// Reads the JSON that a string in a document means, which may itself be wrapped once more.
pub(crate) fn read_string(
    builder: &mut Builder,
    raw: &str,
    place: Place<'_>,
) -> Result<(), Rejected> {
    let first_member = String::new();
    let Some(place) = place.spelled_in(Layer::Escaped, raw) else {
        return Err(Rejected::NotAnEvent { first_member });
    };
    let text = Layer::Escaped.undo(raw);
    let again = match opening(text.trim_ascii_start().as_bytes()) {
        Opening::Wrapped(Wrapping::Escaped) => place.spelled_in(Layer::Escaped, &text),
        _ => None,
    };
    match again {
        Some(again) => document(builder, &Layer::Escaped.undo(&text), again),
        None => document(builder, &text, place),
    }
}

#[cfg(test)]
mod tests {
    use super::{Opening, Step, Track, Wrapping, opening, starts_event};

    #[test]
    fn beginnings_tell_the_wrapping() {
        for (text, wrapping) in [
            (r#"{\"a\":1}"#, Wrapping::Escaped),
            (r#"{\n  \"a\":1}"#, Wrapping::Escaped),
            (r#"{\\\"a\\\":1}"#, Wrapping::EscapedTwice),
            (r#"{\\n\\\"a\\\":1}"#, Wrapping::EscapedTwice),
            (r#"{""a"":1}"#, Wrapping::Doubled),
            ("{\n  \"\"a\"\":1}", Wrapping::Doubled),
            (r#"{\""a\"":1}"#, Wrapping::DoubledEscaped),
        ] {
            assert_eq!(
                opening(text.as_bytes()),
                Opening::Wrapped(wrapping),
                "{text}"
            );
            let mut track = Track::new(0, wrapping);
            let text = format!("{text} more");
            let closed = Step::Closed(text.len() - 5);
            assert_eq!(track.advance(text.as_bytes(), false), closed, "{text}");
        }
        for text in [
            r#"{"a":1}"#,
            r#"{"":1}"#,
            r#"{"" : 1}"#,
            "{}",
            r"{\d+}",
            r#"{\\"a"#,
        ] {
            assert_eq!(opening(text.as_bytes()), Opening::Other, "{text}");
        }
        for text in ["{", "{ ", r"{\", r#"{\""#, r#"{""#, r#"{"""#] {
            assert_eq!(opening(text.as_bytes()), Opening::Unclear, "{text}");
        }
    }

    #[test]
    fn events_are_known_by_their_first_member() {
        assert!(starts_event(br#"{\n  \"EventType\":\"x\""#));
        assert!(starts_event(br#"{""EventHandle"":1"#));
        assert!(!starts_event(br#"{""name"":1"#));
        assert!(!starts_event(br#"{"EventType":1"#));
    }
}
