//! One record as a flat tree that keeps everything: order, repeated members, number texts, spans.
//!
//! Nothing here knows what a member means, and nothing here recurses.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::scan::{DEPTH_LIMIT, Fault, Kind, ScanError, Scanner, unescape};
use crate::model::{JsonNode, JsonTree, JsonValue, NodeId, Reason};

/// The longest text whose offsets fit a node's span.
const TEXT_LIMIT: u64 = u32::MAX as u64;

/// Parses one JSON document: strictly, and with nothing before or after it.
///
/// Half of a surrogate pair cannot be kept in a string: it becomes U+FFFD, see [`is_replaced`].
pub fn parse(bytes: &[u8]) -> Result<JsonTree, Reason> {
    tree_of(checked_text(bytes)?.to_owned())
}

/// Parses the JSON spelled inside a JSON string: `bytes` stand between its quotes.
/// The tree's text, which the spans count in, is the unescaped one.
pub fn parse_escaped(bytes: &[u8]) -> Result<JsonTree, Reason> {
    tree_of(unescape(checked_text(bytes)?))
}

/// Whether a string node lost something: its escapes spell half of a surrogate pair.
pub fn is_replaced(tree: &JsonTree, node: &JsonNode) -> bool {
    let JsonValue::String(value) = &node.value else {
        return false;
    };
    let meant = value.matches(char::REPLACEMENT_CHARACTER).count();
    meant > 0 && meant > spelled_replacements(text_at(tree, node))
}

/// The value below `id` as JSON, indented by two spaces, numbers as they are written.
pub fn to_pretty(tree: &JsonTree, id: NodeId) -> String {
    Printer::new(tree, true).print(id)
}

/// The value below `id` as JSON on one line, numbers as they are written.
pub fn to_compact(tree: &JsonTree, id: NodeId) -> String {
    Printer::new(tree, false).print(id)
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
    let nodes = Builder::new(&text)
        .build()
        .map_err(|error| reason(&text, error))?;
    let mut tree = JsonTree { text, nodes };
    mark_repeated_names(&mut tree);
    Ok(tree)
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

/// Lays the nodes down in document order.
struct Builder<'a> {
    scanner: Scanner<'a>,
    nodes: Vec<JsonNode>,
    open: Vec<NodeId>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            scanner: Scanner::new(text),
            nodes: Vec::new(),
            open: Vec::new(),
        }
    }

    fn build(mut self) -> Result<Vec<JsonNode>, ScanError> {
        self.value(None)?;
        while let Some(container) = self.open.last().copied() {
            if !self.next_child(container)? {
                self.close(container);
            }
        }
        self.scanner.finish()?;
        Ok(self.nodes)
    }

    /// Reads the container's next child; false when there is none left.
    fn next_child(&mut self, container: NodeId) -> Result<bool, ScanError> {
        let is_object = self
            .node_mut(container)
            .is_some_and(|node| node.value == JsonValue::Object);
        if !is_object {
            let more = self.scanner.next_item()?;
            if more {
                self.value(None)?;
            }
            return Ok(more);
        }
        match self.scanner.next_member()? {
            Some(name) => {
                self.value(Some(name.unescape().into()))?;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// Reads a scalar, or enters a container.
    fn value(&mut self, name: Option<Box<str>>) -> Result<(), ScanError> {
        let kind = self.scanner.peek()?;
        let start = offset(self.scanner.offset());
        let value = self.read(kind)?;
        let id = offset(self.nodes.len());
        let parent = self.open.last().copied();
        let is_container = matches!(value, JsonValue::Array | JsonValue::Object);
        self.nodes.push(JsonNode {
            name,
            value,
            parent,
            end: id.saturating_add(1),
            child_count: 0,
            depth: u16::try_from(self.open.len()).unwrap_or(u16::MAX),
            repeats_name: false,
            span: start..offset(self.scanner.offset()),
        });
        if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
            parent.child_count = parent.child_count.saturating_add(1);
        }
        if is_container {
            self.open.push(id);
        }
        Ok(())
    }

    fn read(&mut self, kind: Kind) -> Result<JsonValue, ScanError> {
        Ok(match kind {
            Kind::Object => {
                self.scanner.enter_object()?;
                JsonValue::Object
            }
            Kind::Array => {
                self.scanner.enter_array()?;
                JsonValue::Array
            }
            Kind::String => JsonValue::String(self.scanner.string()?.unescape().into()),
            Kind::Number => JsonValue::Number(self.scanner.number()?.into()),
            Kind::True | Kind::False => {
                self.scanner.skip_value()?;
                JsonValue::Bool(kind == Kind::True)
            }
            Kind::Null => {
                self.scanner.skip_value()?;
                JsonValue::Null
            }
        })
    }

    fn close(&mut self, container: NodeId) {
        let end = offset(self.nodes.len());
        let text_end = offset(self.scanner.offset());
        if let Some(node) = self.node_mut(container) {
            node.end = end;
            node.span.end = text_end;
        }
        self.open.pop();
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut JsonNode> {
        self.nodes.get_mut(usize::try_from(id).ok()?)
    }
}

/// Offsets and ids fit: the text's length was checked, and each node takes a byte at least.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn mark_repeated_names(tree: &mut JsonTree) {
    for id in repeated_names(tree) {
        let node = usize::try_from(id)
            .ok()
            .and_then(|at| tree.nodes.get_mut(at));
        if let Some(node) = node {
            node.repeats_name = true;
        }
    }
}

fn repeated_names(tree: &JsonTree) -> Vec<NodeId> {
    let mut repeated = Vec::new();
    let mut seen = HashSet::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        if node.value != JsonValue::Object || node.child_count < 2 {
            continue;
        }
        seen.clear();
        for child in tree.children(offset(at)) {
            let name = tree.node(child).and_then(|child| child.name.as_deref());
            if !seen.insert(name) {
                repeated.push(child);
            }
        }
    }
    repeated
}

fn text_at<'t>(tree: &'t JsonTree, node: &JsonNode) -> &'t str {
    let start = usize::try_from(node.span.start).unwrap_or(usize::MAX);
    let end = usize::try_from(node.span.end).unwrap_or(usize::MAX);
    tree.text.get(start..end).unwrap_or_default()
}

/// A container that is being printed.
struct Open {
    end: NodeId,
    bracket: char,
    has_children: bool,
}

/// Writes nodes in their order; `open` holds the containers that are not closed yet.
struct Printer<'t> {
    tree: &'t JsonTree,
    pretty: bool,
    open: Vec<Open>,
    out: String,
}

impl<'t> Printer<'t> {
    fn new(tree: &'t JsonTree, pretty: bool) -> Self {
        Self {
            tree,
            pretty,
            open: Vec::new(),
            out: String::new(),
        }
    }

    fn print(mut self, root: NodeId) -> String {
        let end = self.tree.node(root).map_or(root, |node| node.end);
        for id in root..end {
            let Some(node) = self.tree.node(id) else {
                break;
            };
            if id != root {
                self.begin_child(node);
            }
            self.value(node);
            self.close_at(id.saturating_add(1));
        }
        self.out
    }

    fn begin_child(&mut self, node: &JsonNode) {
        if let Some(container) = self.open.last_mut() {
            if container.has_children {
                self.out.push(',');
            }
            container.has_children = true;
        }
        self.new_line();
        if let Some(name) = &node.name {
            quote(&mut self.out, name);
            self.out.push_str(if self.pretty { ": " } else { ":" });
        }
    }

    fn value(&mut self, node: &JsonNode) {
        match &node.value {
            JsonValue::Null => self.out.push_str("null"),
            JsonValue::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            JsonValue::Number(text) => self.out.push_str(text),
            // What half a surrogate pair meant is lost in the value: only the text has it.
            JsonValue::String(_) if is_replaced(self.tree, node) => {
                self.out.push_str(text_at(self.tree, node));
            }
            JsonValue::String(text) => quote(&mut self.out, text),
            JsonValue::Array => self.begin_container(node, '[', ']'),
            JsonValue::Object => self.begin_container(node, '{', '}'),
        }
    }

    fn begin_container(&mut self, node: &JsonNode, open: char, bracket: char) {
        self.out.push(open);
        if node.child_count == 0 {
            self.out.push(bracket);
            return;
        }
        self.open.push(Open {
            end: node.end,
            bracket,
            has_children: false,
        });
    }

    /// Closes the containers whose last descendant stands before `next`.
    fn close_at(&mut self, next: NodeId) {
        while let Some(container) = self.open.pop_if(|container| container.end <= next) {
            self.new_line();
            self.out.push(container.bracket);
        }
    }

    fn new_line(&mut self) {
        if self.pretty {
            self.out.push('\n');
            for _ in &self.open {
                self.out.push_str("  ");
            }
        }
    }
}

/// A JSON string: only what must be escaped is.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() && c.is_ascii() => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{is_replaced, parse, parse_escaped, text_at, to_compact, to_pretty};
    use crate::model::{JsonTree, JsonValue, Reason};

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
        let tree = parse_escaped(br#"{\"a\":\"line\\nbreak \u4e2d\"}"#).unwrap();
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
            let _ = parse_escaped(&bytes);
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
