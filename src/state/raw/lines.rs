//! The lines of the tree: numbered as if everything were unfolded, so that a number names the
//! same line whatever is folded.

use crate::model::{JsonNode, JsonTree, JsonValue, NodeId};

use super::Folding;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A value without members.
    Leaf,
    Open,
    Close,
    /// A container on one line.
    Folded,
}

/// One shown line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeLine {
    pub node: NodeId,
    pub kind: LineKind,
    /// Counted from 1 in the indented text of the whole event.
    pub number: u32,
}

/// Where each node begins in the indented text.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// How many containers that take a closing line begin before each node, and in all.
    containers: Vec<u32>,
}

impl Numbers {
    pub(super) fn of(tree: &JsonTree) -> Self {
        let mut before = 0;
        let mut containers = Vec::with_capacity(tree.nodes.len() + 1);
        for node in &tree.nodes {
            containers.push(before);
            before += u32::from(is_container(node));
        }
        containers.push(before);
        Self { containers }
    }

    /// The line a node begins on.
    pub fn first_line(&self, tree: &JsonTree, id: NodeId) -> Option<u32> {
        let depth = u32::from(tree.node(id)?.depth);
        // Every container before the node has closed, but for those around it.
        Some(1 + id + self.before(id)?.saturating_sub(depth))
    }

    /// The line a node ends on.
    pub fn last_line(&self, tree: &JsonTree, id: NodeId) -> Option<u32> {
        let end = tree.node(id)?.end;
        let lines = (end - id) + (self.before(end)? - self.before(id)?);
        Some(self.first_line(tree, id)? + lines - 1)
    }

    /// How many lines the whole event takes.
    pub fn line_count(&self, tree: &JsonTree) -> u32 {
        self.last_line(tree, 0).unwrap_or(0)
    }

    fn before(&self, id: NodeId) -> Option<u32> {
        self.containers.get(usize::try_from(id).ok()?).copied()
    }
}

/// Whether a node has members to fold.
pub(super) fn is_container(node: &JsonNode) -> bool {
    node.child_count > 0 && matches!(node.value, JsonValue::Array | JsonValue::Object)
}

/// The lines that are not folded away, in order.
pub(super) fn visible(tree: &JsonTree, numbers: &Numbers, folding: &Folding) -> Vec<TreeLine> {
    let mut out = Vec::new();
    let mut unclosed: Vec<(NodeId, NodeId)> = Vec::new();
    let mut id = 0;
    while let Some(node) = tree.node(id) {
        close(tree, numbers, &mut unclosed, id, &mut out);
        let kind = kind_of(node, folding, id);
        out.push(TreeLine {
            node: id,
            kind,
            number: numbers.first_line(tree, id).unwrap_or(0),
        });
        if kind == LineKind::Open {
            unclosed.push((id, node.end));
        }
        // A folded container's descendants are skipped, whatever their number.
        let next = if kind == LineKind::Folded {
            node.end
        } else {
            id + 1
        };
        id = next.max(id + 1);
    }
    close(tree, numbers, &mut unclosed, NodeId::MAX, &mut out);
    out
}

fn kind_of(node: &JsonNode, folding: &Folding, id: NodeId) -> LineKind {
    match (is_container(node), folding.is_open(id)) {
        (false, _) => LineKind::Leaf,
        (true, false) => LineKind::Folded,
        (true, true) => LineKind::Open,
    }
}

/// Adds the closing lines of the containers that end at or before `at`.
fn close(
    tree: &JsonTree,
    numbers: &Numbers,
    unclosed: &mut Vec<(NodeId, NodeId)>,
    at: NodeId,
    out: &mut Vec<TreeLine>,
) {
    while let Some((node, _)) = unclosed.pop_if(|(_, end)| *end <= at) {
        out.push(TreeLine {
            node,
            kind: LineKind::Close,
            number: numbers.last_line(tree, node).unwrap_or(0),
        });
    }
}
