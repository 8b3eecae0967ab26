//! Prints a part of a tree as JSON again, numbers as they are written.

use std::fmt::Write as _;

use super::{is_replaced, text_at};
use crate::model::{JsonNode, JsonTree, JsonValue, NodeId};

/// The value below `id` as JSON, indented by two spaces, numbers as they are written.
pub fn to_pretty(tree: &JsonTree, id: NodeId) -> String {
    Printer::new(tree, true).print(id)
}

/// The value below `id` as JSON on one line, numbers as they are written.
pub fn to_compact(tree: &JsonTree, id: NodeId) -> String {
    Printer::new(tree, false).print(id)
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
