//! Searching in the raw tab: what is found, and going from hit to hit.

use std::ops::Range;

use crate::model::{JsonTree, NodeId};

use super::steps::Step;
use super::{RawMode, RawPane, SearchOption, line_at, search};

impl RawPane {
    /// The number of hits below a node, itself left out.
    pub fn hits_below(&self, tree: &JsonTree, id: NodeId) -> usize {
        let end = tree.node(id).map_or(0, |node| node.end);
        let before = |limit: NodeId| self.hits.partition_point(|hit| *hit < limit);
        before(end).saturating_sub(before(id.saturating_add(1)))
    }

    /// Which of how many hits the cursor is on.
    pub fn hit_count(&self) -> (Option<usize>, usize) {
        match self.mode {
            RawMode::Tree => (self.hits.binary_search(&self.cursor).ok(), self.hits.len()),
            RawMode::Text => (self.text_hit, self.text_hits.len()),
        }
    }

    pub(super) fn set_search(&mut self, tree: &JsonTree, text: String) {
        let (from, folding) = self
            .origin
            .get_or_insert_with(|| (self.cursor, self.folding.clone()))
            .clone();
        self.folding = folding;
        self.search.text = text;
        self.find(tree);
        self.go_to(tree, from);
        match self.mode {
            RawMode::Tree => {
                let first = self.hits.partition_point(|hit| *hit < from);
                let hit = self.hits.get(first).or(self.hits.first()).copied();
                self.go_to(tree, hit.unwrap_or(from));
            }
            RawMode::Text => self.step_text_hit(tree, Step::Next),
        }
    }

    pub(super) fn toggle_option(&mut self, tree: &JsonTree, option: SearchOption) {
        self.search.toggle(option);
        self.find(tree);
    }

    /// Looks for the search text anew.
    pub(super) fn find(&mut self, tree: &JsonTree) {
        let matcher = self.search.matcher();
        self.text_hit = None;
        self.hits = search::nodes(tree, matcher.as_ref(), &self.search);
        self.text_hits = match self.mode {
            RawMode::Text => search::ranges(&tree.text, matcher.as_ref()),
            RawMode::Tree => Vec::new(),
        };
    }

    pub(super) fn step_hit(&mut self, tree: &JsonTree, step: Step) {
        self.reveal = true;
        if self.mode == RawMode::Text {
            return self.step_text_hit(tree, step);
        }
        let hit = step.from(&self.hits, |hit| hit.cmp(&self.cursor));
        if let Some(hit) = hit.and_then(|at| self.hits.get(at)).copied() {
            self.go_to(tree, hit);
        }
    }

    fn step_text_hit(&mut self, tree: &JsonTree, step: Step) {
        let at_line = |hit: &Range<u32>| line_at(&self.text_lines, hit.start);
        let order = match self.text_hit.and_then(|at| self.text_hits.get(at)) {
            Some(now) => step.from(&self.text_hits, |hit| hit.start.cmp(&now.start)),
            None => step.from(&self.text_hits, |hit| {
                at_line(hit).cmp(&self.text_cursor).then(step.beyond())
            }),
        };
        if let Some(hit) = order.and_then(|at| self.text_hits.get(at)) {
            self.text_cursor = at_line(hit);
            self.cursor = node_at(tree, hit.start);
            self.text_hit = order;
        }
    }
}

/// The value that a byte of the text belongs to, or whose name it belongs to.
fn node_at(tree: &JsonTree, byte: u32) -> NodeId {
    let begun = tree.nodes.partition_point(|node| node.span.start <= byte);
    let last = begun.saturating_sub(1);
    let inside = tree
        .nodes
        .get(last)
        .is_some_and(|node| node.child_count == 0 && byte < node.span.end);
    let at = if inside { last } else { begun };
    NodeId::try_from(at.min(tree.nodes.len().saturating_sub(1))).unwrap_or(0)
}
