//! One record as a flat tree that keeps everything: order, repeated members, number texts, spans.
//!
//! Nothing here knows what a member means, and nothing here recurses.

mod build;
mod print;

use super::scan::{DEPTH_LIMIT, Fault, ScanError};
use super::spelling;
use crate::model::{JsonNode, JsonTree, JsonValue, Reason, Wrapping};

pub use print::{to_compact, to_pretty};

/// The longest text whose offsets fit a node's span.
const TEXT_LIMIT: u64 = u32::MAX as u64;

/// Parses one JSON document: strictly, and with nothing before or after it.
///
/// Half of a surrogate pair cannot be kept in a string: it becomes U+FFFD, see [`is_replaced`].
pub fn parse(bytes: &[u8]) -> Result<JsonTree, Reason> {
    tree_of(checked_text(bytes)?.to_owned())
}

/// Parses the JSON that stands in other text: the tree's text, which the spans count in, is what
/// that text means.
pub fn parse_wrapped(bytes: &[u8], wrapping: Wrapping) -> Result<JsonTree, Reason> {
    tree_of(spelling::unwrapped(checked_text(bytes)?, wrapping).into_owned())
}

/// Whether a string node lost something: its escapes spell half of a surrogate pair.
pub fn is_replaced(tree: &JsonTree, node: &JsonNode) -> bool {
    let JsonValue::String(value) = &node.value else {
        return false;
    };
    let meant = value.matches(char::REPLACEMENT_CHARACTER).count();
    meant > 0 && meant > spelled_replacements(text_at(tree, node))
}

fn checked_text(bytes: &[u8]) -> Result<&str, Reason> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Reason::NotUtf8 {
            column: column(bytes, at),
            byte: bytes.get(at).copied().unwrap_or_default(),
        }
    })
}

/// How often a raw string says U+FFFD of its own accord.
fn spelled_replacements(raw: &str) -> usize {
    let escaped = raw.to_ascii_lowercase().matches("\\ufffd").count();
    raw.matches(char::REPLACEMENT_CHARACTER).count() + escaped
}

fn tree_of(text: String) -> Result<JsonTree, Reason> {
    if u32::try_from(text.len()).is_err() {
        return Err(Reason::TooLong { limit: TEXT_LIMIT });
    }
    let nodes = build::nodes(&text).map_err(|error| reason(&text, error))?;
    Ok(JsonTree { text, nodes })
}

fn reason(text: &str, error: ScanError) -> Reason {
    match error.fault {
        Fault::Expected(expected) => Reason::Syntax {
            expected,
            column: column(text.as_bytes(), error.offset),
        },
        Fault::CutOff { inside } => Reason::CutOff { inside },
        Fault::TooDeep => Reason::TooDeep { limit: DEPTH_LIMIT },
    }
}

/// The byte column, from 1, of an offset within its line.
fn column(bytes: &[u8], offset: usize) -> u64 {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    u64::try_from(before.len() - line_start + 1).unwrap_or(u64::MAX)
}

fn text_at<'t>(tree: &'t JsonTree, node: &JsonNode) -> &'t str {
    let start = usize::try_from(node.span.start).unwrap_or(usize::MAX);
    let end = usize::try_from(node.span.end).unwrap_or(usize::MAX);
    tree.text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{is_replaced, parse, parse_wrapped, text_at, to_compact, to_pretty};
    use crate::model::{JsonTree, JsonValue, Reason, Wrapping};

    fn tree(text: &str) -> JsonTree {
        parse(text.as_bytes()).unwrap()
    }

    fn value_text(value: &JsonValue) -> Option<&str> {
        match value {
            JsonValue::Number(text) => Some(text),
            JsonValue::Null => Some("null"),
            JsonValue::Bool(true) => Some("true"),
            JsonValue::Bool(false) => Some("false"),
            _ => None,
        }
    }

    #[test]
    fn order_numbers_and_repeated_members_are_kept() {
        let tree = tree(r#"{"b":12345678901234567890,"a":1.50,"b":"x"}"#);
        let root: Vec<_> = tree
            .children(0)
            .filter_map(|id| tree.node(id))
            .map(|node| (node.name.as_deref().unwrap(), node.repeats_name))
            .collect();
        assert_eq!(root, [("b", false), ("a", false), ("b", true)]);
        assert_eq!(tree.text_of(1), Some("12345678901234567890"));
        assert_eq!(tree.text_of(2), Some("1.50"));
        assert_eq!(tree.member(0, "b"), Some(3));
    }

    #[test]
    fn nodes_know_their_place() {
        let tree = tree("{\n \"a\": [1, {\"b\": []}],\n \"c\": null }");
        let shape: Vec<_> = tree
            .nodes
            .iter()
            .map(|n| (text_at(&tree, n), n.parent, n.end, n.child_count, n.depth))
            .collect();
        assert_eq!(
            shape,
            [
                (tree.text.as_str(), None, 6, 2, 0),
                ("[1, {\"b\": []}]", Some(0), 5, 2, 1),
                ("1", Some(1), 3, 0, 2),
                ("{\"b\": []}", Some(1), 5, 1, 2),
                ("[]", Some(3), 5, 0, 3),
                ("null", Some(0), 6, 0, 1),
            ]
        );
    }

    #[test]
    fn faults_say_where_in_their_line() {
        let reason = |text: &[u8]| parse(text).unwrap_err();
        assert_eq!(
            reason(b"{\n  \"a\": x}"),
            Reason::Syntax {
                expected: "a value",
                column: 8
            }
        );
        assert_eq!(reason(b"{\"a\":[1"), Reason::CutOff { inside: "array" });
        assert_eq!(
            reason(b"{\n\"\xff\"}"),
            Reason::NotUtf8 {
                column: 2,
                byte: 0xff
            }
        );
        assert_eq!(
            reason("[".repeat(200_000).as_bytes()),
            Reason::TooDeep { limit: 1024 }
        );
        assert!(matches!(reason(b"{} {}"), Reason::Syntax { .. }));
        assert_eq!(reason(b""), Reason::CutOff { inside: "value" });
    }

    #[test]
    fn json_inside_a_string_is_unescaped_first() {
        let text = br#"{\"a\":\"line\\nbreak \u4e2d\"}"#;
        let tree = parse_wrapped(text, Wrapping::Escaped).unwrap();
        assert_eq!(tree.text, "{\"a\":\"line\\nbreak 中\"}");
        assert_eq!(tree.text_of(1), Some("line\nbreak 中"));
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced_and_said() {
        let tree = tree(r#"["\ud83d","\ufffd","\ud83d\ude00","�"]"#);
        let replaced: Vec<_> = tree.nodes.iter().map(|n| is_replaced(&tree, n)).collect();
        assert_eq!(replaced, [false, true, false, false, false]);
        assert_eq!(to_compact(&tree, 0), r#"["\ud83d","�","😀","�"]"#);
    }

    #[test]
    fn printing_keeps_numbers_order_and_repeats() {
        let tree = tree(r#"{"z":1e+2,"a":[],"z":{"t":"a\"\u0001\n"},"l":[1,[2]]}"#);
        assert_eq!(
            to_compact(&tree, 0),
            r#"{"z":1e+2,"a":[],"z":{"t":"a\"\u0001\n"},"l":[1,[2]]}"#
        );
        assert_eq!(to_pretty(&tree, 3), "{\n  \"t\": \"a\\\"\\u0001\\n\"\n}");
        assert_eq!(to_compact(&tree, 6), "1");
    }

    proptest! {
        #[test]
        fn any_bytes_are_parsed_or_refused(bytes in any::<Vec<u8>>()) {
            let _ = parse(&bytes);
            for wrapping in [Wrapping::EscapedTwice, Wrapping::DoubledEscaped] {
                let _ = parse_wrapped(&bytes, wrapping);
            }
        }

        #[test]
        fn printing_and_parsing_agree(text in r#"[\[\]{}",:0-9a\\u \n-]{0,40}"#) {
            if let Ok(tree) = parse(text.as_bytes()) {
                for printed in [to_compact(&tree, 0), to_pretty(&tree, 0)] {
                    let again = parse(printed.as_bytes()).unwrap();
                    prop_assert_eq!(to_compact(&again, 0), to_compact(&tree, 0));
                }
                for node in &tree.nodes {
                    if let Some(text) = value_text(&node.value) {
                        prop_assert_eq!(text_at(&tree, node), text);
                    }
                }
            }
        }
    }
}
