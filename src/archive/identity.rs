//! What makes two deliveries the same event: their content, without what a delivery adds to it.
//!
//! The members left out are cut textually; the others count byte for byte.

use memchr::memchr2;
use sha2::{Digest as _, Sha256};

use super::Kind;

/// The handle changes with each pull, signature and expiry with each callback.
const OF_DELIVERY: &[&[u8]] = &[b"EventHandle", b"Sign", b"T"];
/// The number of the call that asked.
const OF_ANSWER: &[&[u8]] = &[b"RequestId"];

/// SHA-256 of an event's content; of all bytes when they are no JSON object.
pub(super) fn content_hash(bytes: &[u8], kind: Kind) -> [u8; 32] {
    let left_out = if kind.is_asked() {
        OF_ANSWER
    } else {
        OF_DELIVERY
    };
    let mut hash = Sha256::new();
    if let Some(members) = members(bytes) {
        // An object and a text with the same bytes in a row are not the same.
        hash.update(b"{");
        for (name, value) in kept(&members, left_out) {
            update(&mut hash, name, value, left_out);
        }
    } else {
        hash.update(b"=");
        hash.update(bytes);
    }
    hash.finalize().into()
}

/// Adds a member. An answer's number may stand inside `Response`.
fn update(hash: &mut Sha256, name: &[u8], value: &[u8], left_out: &[&[u8]]) {
    for part in [b"\"".as_slice(), name, b"\":"] {
        hash.update(part);
    }
    let inner = (left_out == OF_ANSWER && name == b"Response").then(|| members(value));
    match inner.flatten() {
        Some(inner) => {
            hash.update(b"{");
            for (name, value) in kept(&inner, left_out) {
                update(hash, name, value, left_out);
            }
            hash.update(b"}");
        }
        None => hash.update(value),
    }
    hash.update(b",");
}

/// A member's name as it is written, and its value.
type Member<'t> = (&'t [u8], &'t [u8]);

fn kept<'m, 't>(
    members: &'m [Member<'t>],
    left_out: &'m [&'m [u8]],
) -> impl Iterator<Item = Member<'t>> + use<'m, 't> {
    let all = members.iter().copied();
    all.filter(move |(name, _)| !left_out.contains(name))
}

/// The members of an object; `None` when the text is no object, as far as brackets and strings
/// tell.
fn members(text: &[u8]) -> Option<Vec<Member<'_>>> {
    let mut found = Vec::new();
    let mut rest = text.trim_ascii().strip_prefix(b"{")?.trim_ascii_start();
    if rest.first() == Some(&b'}') {
        return (rest.len() == 1).then_some(found);
    }
    loop {
        let (name, after) = rest.split_at_checked(string_len(rest)?)?;
        let after = after.trim_ascii_start().strip_prefix(b":")?;
        let after = after.trim_ascii_start();
        let (value, after) = after.split_at_checked(value_len(after)?)?;
        found.push((name.get(1..name.len() - 1)?, value));
        let after = after.trim_ascii_start();
        match after.first()? {
            b',' => rest = after.get(1..)?.trim_ascii_start(),
            b'}' => return (after.len() == 1).then_some(found),
            _ => return None,
        }
    }
}

fn value_len(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'"' => string_len(text),
        b'{' | b'[' => nested_len(text),
        _ => {
            let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']');
            let len = text.iter().position(is_end)?;
            let scalar = text.get(..len)?.trim_ascii_end();
            (!scalar.is_empty()).then_some(scalar.len())
        }
    }
}

fn nested_len(text: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        match text.get(at)? {
            b'"' => {
                at += string_len(text.get(at..)?)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Quotes included.
fn string_len(text: &[u8]) -> Option<usize> {
    let mut at = text.first().filter(|byte| **byte == b'"').map(|_| 1)?;
    loop {
        let rest = text.get(at..)?;
        let found = memchr2(b'"', b'\\', rest)?;
        if rest.get(found) == Some(&b'"') {
            return Some(at + found + 1);
        }
        at += found + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, content_hash};

    fn pulled(text: &str) -> [u8; 32] {
        content_hash(text.as_bytes(), Kind::Pulled)
    }

    fn detail(text: &str) -> [u8; 32] {
        content_hash(text.as_bytes(), Kind::TaskDetail)
    }

    #[test]
    fn handle_signature_and_expiry_do_not_count() {
        let plain = pulled(r#"{"EventType":"A","B":{"T":1}}"#);
        for text in [
            r#"{"EventHandle":"x","EventType":"A","B":{"T":1}}"#,
            r#"{"EventType":"A","EventHandle":"\"},{","B":{"T":1}}"#,
            r#"{"EventType":"A","B":{"T":1},"Sign":"0","T":1700000600}"#,
            " {\"EventType\" : \"A\",\n\"B\":{\"T\":1} , \"T\" : 7 }\n",
        ] {
            assert_eq!(pulled(text), plain, "{text}");
        }
    }

    #[test]
    fn everything_else_counts() {
        let plain = pulled(r#"{"EventType":"A","B":{"T":1}}"#);
        for text in [
            r#"{"EventType":"A","B":{"T":2}}"#,
            r#"{"EventType":"A","B":{}}"#,
            r#"{"EventType":"A","B":{"T":1},"RequestId":"r"}"#,
            r#"{"B":{"T":1},"EventType":"A"}"#,
            r#"{"EventType":"A","B":{"T":1}"#,
            r#"{"EventType":"A","B":{"T":1}}}"#,
        ] {
            assert_ne!(pulled(text), plain, "{text}");
        }
    }

    #[test]
    fn an_answer_is_the_same_whoever_asked() {
        let first = detail(r#"{"Response":{"Status":"FINISH","RequestId":"a"}}"#);
        assert_eq!(
            detail(r#"{"Response":{"Status":"FINISH","RequestId":"b"}}"#),
            first
        );
        assert_ne!(
            detail(r#"{"Response":{"Status":"WAITING","RequestId":"a"}}"#),
            first
        );
        assert_ne!(
            detail(r#"{"Response":{"Status":"FINISH","EventHandle":"a"}}"#),
            first
        );
    }

    #[test]
    fn what_is_no_object_counts_as_a_whole() {
        let texts = [
            "",
            "{",
            "{}",
            "{}x",
            "[]",
            "text",
            "{\"a",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":}",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{\"a\":[}",
            "{\"\\",
            "{\"T\":1",
            "{\"T\":2",
            "{\"T\":\"\\",
        ];
        let hashes: std::collections::HashSet<_> = texts.into_iter().map(pulled).collect();
        assert_eq!(hashes.len(), texts.len());
    }
}
