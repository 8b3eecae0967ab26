//! Which containers are unfolded.

use crate::model::{JsonTree, JsonValue, NodeId};

use super::lines::is_container;

/// How deep the tree is unfolded at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    Levels(u16),
    All,
}

impl Depth {
    pub const ALL: [Self; 5] = [
        Self::Levels(1),
        Self::Levels(2),
        Self::Levels(3),
        Self::Levels(4),
        Self::All,
    ];
}

impl Default for Depth {
    fn default() -> Self {
        Self::Levels(2)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Folded,
    Unfolded,
}

/// One flag for each node.
#[derive(Clone, Debug, Default)]
pub struct Folding {
    open: Vec<bool>,
}

/// A failed part is unfolded whole when it has no more values than this.
const UNFOLDED_WHOLE: u32 = 60;

impl Folding {
    pub(super) fn to_depth(tree: &JsonTree, depth: Depth) -> Self {
        let open = tree.nodes.iter().map(|node| {
            is_container(node)
                && match depth {
                    Depth::Levels(levels) => node.depth < levels,
                    Depth::All => true,
                }
        });
        Self {
            open: open.collect(),
        }
    }

    /// The chosen depth, and the first failed sub-task open to the reason of its failure.
    pub(super) fn initial(tree: &JsonTree, depth: Depth) -> Self {
        let mut folding = Self::to_depth(tree, depth);
        if let Some(node) = first_failed(tree) {
            folding.show(tree, node);
            folding.open_part(tree, node);
        }
        folding
    }

    pub fn is_open(&self, id: NodeId) -> bool {
        usize::try_from(id).is_ok_and(|at| self.open.get(at).copied().unwrap_or(false))
    }

    pub(super) fn open(&mut self, tree: &JsonTree, id: NodeId) {
        if tree.node(id).is_some_and(is_container) {
            self.set(id, Fold::Unfolded);
        }
    }

    pub(super) fn toggle(&mut self, id: NodeId) {
        let fold = if self.is_open(id) {
            Fold::Folded
        } else {
            Fold::Unfolded
        };
        self.set(id, fold);
    }

    pub(super) fn set_siblings(&mut self, tree: &JsonTree, id: NodeId, fold: Fold) {
        let parent = tree.node(id).and_then(|node| node.parent);
        let siblings: Vec<NodeId> = match parent {
            Some(parent) => tree.children(parent).collect(),
            None => vec![id],
        };
        for sibling in siblings {
            if tree.node(sibling).is_some_and(is_container) {
                self.set(sibling, fold);
            }
        }
    }

    /// Unfolds everything around a node.
    pub(super) fn show(&mut self, tree: &JsonTree, id: NodeId) {
        let mut at = id;
        while let Some(parent) = tree.node(at).and_then(|node| node.parent) {
            self.set(parent, Fold::Unfolded);
            at = parent;
        }
    }

    /// The node itself, or the outermost folded container around it.
    pub(super) fn shown(&self, tree: &JsonTree, id: NodeId) -> NodeId {
        let path = tree.path(id);
        let hidden_by = path.iter().find(|at| **at != id && !self.is_open(**at));
        hidden_by.copied().unwrap_or(id)
    }

    fn open_part(&mut self, tree: &JsonTree, id: NodeId) {
        let end = tree.node(id).map_or(id, |node| node.end);
        let depth = tree.node(id).map_or(0, |node| node.depth);
        let whole = end - id <= UNFOLDED_WHOLE;
        for at in id..end {
            let near = tree.node(at).is_some_and(|node| node.depth <= depth + 1);
            if whole || near {
                self.open(tree, at);
            }
        }
    }

    fn set(&mut self, id: NodeId, fold: Fold) {
        let flag = usize::try_from(id)
            .ok()
            .and_then(|at| self.open.get_mut(at));
        if let Some(flag) = flag {
            *flag = fold == Fold::Unfolded;
        }
    }
}

/// The first item of a list that says it failed, itself or in the object below it.
fn first_failed(tree: &JsonTree) -> Option<NodeId> {
    let ids = 0..NodeId::try_from(tree.nodes.len()).unwrap_or(NodeId::MAX);
    ids.filter(|id| is_item(tree, *id))
        .find(|id| says_failed(tree, *id) || tree.children(*id).any(|at| says_failed(tree, at)))
}

fn is_item(tree: &JsonTree, id: NodeId) -> bool {
    let parent = tree.node(id).and_then(|node| node.parent);
    parent
        .and_then(|parent| tree.node(parent))
        .is_some_and(|parent| parent.value == JsonValue::Array)
}

fn says_failed(tree: &JsonTree, id: NodeId) -> bool {
    let word = |name: &str| tree.member(id, name).and_then(|at| tree.text_of(at));
    let code = word("ErrCodeExt").or(word("errCodeExt"));
    word("Status")
        .or(word("status"))
        .is_some_and(|status| status.eq_ignore_ascii_case("FAIL"))
        || code.is_some_and(|code| !matches!(code, "" | "SUCCESS" | "0"))
}
