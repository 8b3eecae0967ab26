//! A JSON document as it was received: order, duplicate members, number texts and byte spans kept.

use std::ops::Range;

/// A node's place in [`JsonTree::nodes`]; the root is 0.
pub type NodeId = u32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonValue {
    Null,
    Bool(bool),
    /// The number as it is written: never through `f64`.
    Number(Box<str>),
    /// The unescaped string.
    String(Box<str>),
    Array,
    Object,
}

/// One value. Nodes stand in document order: a container's children follow it directly,
/// and `end` is the id after its last descendant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonNode {
    /// The member name, when the parent is an object.
    pub name: Option<Box<str>>,
    pub value: JsonValue,
    pub parent: Option<NodeId>,
    pub end: NodeId,
    pub child_count: u32,
    pub depth: u16,
    /// Whether an earlier sibling has the same name: the later one counts, both are shown.
    pub repeats_name: bool,
    /// The value's bytes in [`JsonTree::text`].
    pub span: Range<u32>,
}

/// A parsed document together with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonTree {
    pub text: String,
    pub nodes: Vec<JsonNode>,
}

impl JsonTree {
    pub fn node(&self, id: NodeId) -> Option<&JsonNode> {
        self.nodes.get(usize::try_from(id).ok()?)
    }

    /// The children of a container in document order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).map_or(0, |node| node.end);
        let mut next = id.saturating_add(1);
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let child = next;
            next = self.node(child)?.end;
            Some(child)
        })
    }

    /// The last member of that name: what counts when a name is repeated.
    pub fn member(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id)
            .filter(|child| self.node(*child).and_then(|n| n.name.as_deref()) == Some(name))
            .last()
    }

    /// The value as text when it is a string; numbers as they are written.
    pub fn text_of(&self, id: NodeId) -> Option<&str> {
        match &self.node(id)?.value {
            JsonValue::String(text) | JsonValue::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Steps from the root to the node: member names, or indices in arrays.
    pub fn path(&self, id: NodeId) -> Vec<NodeId> {
        let mut steps = vec![id];
        let mut at = id;
        while let Some(parent) = self.node(at).and_then(|node| node.parent) {
            steps.push(parent);
            at = parent;
        }
        steps.reverse();
        steps
    }

    /// The place of a node among its siblings.
    pub fn index_in_parent(&self, id: NodeId) -> Option<usize> {
        let parent = self.node(id)?.parent?;
        self.children(parent).position(|child| child == id)
    }
}
