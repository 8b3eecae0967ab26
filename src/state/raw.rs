//! The raw tab: what of an event's JSON is unfolded, searched for, and under the cursor.
//!
//! Everything drawn is derived here when something changes; drawing only reads it.

mod copy;
mod folding;
mod hits;
mod lines;
mod path;
mod search;
mod steps;
mod text_lines;

pub use folding::{Depth, Fold, Folding};
pub use lines::{LineKind, Numbers, TreeLine};
pub use path::{PathStyle, is_plain_name, path_text, quoted};
pub use search::{Matcher, Search, SearchOption};
pub use text_lines::{TextLine, line_at};

use std::ops::Range;

use crate::model::{JsonTree, NodeId};
use crate::store::Sense;

use super::{AppState, Effect, Move};
use steps::{Step, moved};

/// How the event is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawMode {
    #[default]
    Tree,
    /// The text as it was received.
    Text,
}

/// What happens in the raw tab. Where no node is named, it concerns the one under the cursor.
#[derive(Clone, Debug, PartialEq)]
pub enum RawAction {
    SetMode(RawMode),
    SetSearch(String),
    ToggleOption(SearchOption),
    /// The keyboard asks for the search box.
    FocusSearch,
    /// The search box has the keyboard now.
    SearchFocused,
    NextHit,
    PreviousHit,
    SetDepth(Depth),
    Select(NodeId),
    /// A line of the text, counted from 0.
    SelectLine(usize),
    MoveCursor(Move),
    /// Folds the node, or goes to its parent when there is nothing to fold.
    Fold,
    /// Unfolds the node, or goes to its first child when it is unfolded.
    Unfold,
    Toggle(NodeId),
    FoldSiblings,
    UnfoldSiblings,
    /// Unfolds whatever hides the node, and goes there.
    Reveal(NodeId),
    CopyValue,
    CopyPath(PathStyle),
    /// The whole event: indented from the tree, as received from the text.
    CopyJson,
    /// Narrows the list to tasks with the value in an id or a name, or to those without it.
    Filter(Sense),
    /// The list of lines was scrolled to this many points from its top.
    Scroll(f64),
    /// The cursor of that generation of the pane was brought into sight.
    Revealed(u64),
    /// How many lines fit, as drawn.
    SetPage(usize),
    /// How many narrow characters fit beside each other in the text.
    SetColumns(usize),
}

/// What the raw tab shows.
#[derive(Debug, Default)]
pub struct RawPane {
    pub mode: RawMode,
    pub search: Search,
    /// Nodes that match, in document order.
    pub hits: Vec<NodeId>,
    /// Where the text matches; only kept while the text is shown.
    pub text_hits: Vec<Range<u32>>,
    pub text_hit: Option<usize>,
    pub depth: Depth,
    /// The lines of the tree that are not folded away.
    pub lines: Vec<TreeLine>,
    pub numbers: Numbers,
    /// The lines of the text; only made when the text is shown.
    pub text_lines: Vec<TextLine>,
    pub cursor: NodeId,
    pub text_cursor: usize,
    pub scroll: f64,
    pub text_scroll: f64,
    /// The cursor was moved and has to come into sight.
    pub reveal: bool,
    /// The search box is to take the keyboard.
    pub focus_search: bool,
    pub page: usize,
    pub columns: usize,
    /// Rises whenever anything above changes but the scroll places.
    pub generation: u64,
    folding: Folding,
    /// Where typing in the search box began: every letter starts from there anew.
    origin: Option<(NodeId, Folding)>,
}

pub(super) fn update(state: &mut AppState, action: RawAction) -> Vec<Effect> {
    let Some(loaded) = state.detail.loaded().cloned() else {
        return Vec::new();
    };
    let tree = &loaded.detail.tree;
    match action {
        RawAction::CopyValue => copy::value(state, tree),
        RawAction::CopyPath(style) => copy::path(state, tree, style),
        RawAction::CopyJson => copy::event(state, tree),
        RawAction::Filter(sense) => copy::filter(state, tree, sense),
        other => {
            state.raw.apply(tree, other);
            Vec::new()
        }
    }
}

/// Starts over with another event. Mode, search and depth stay.
pub(super) fn reset(state: &mut AppState, tree: &JsonTree) {
    state.raw.reset(tree);
}

impl RawPane {
    /// Shows another tree from its top.
    pub fn reset(&mut self, tree: &JsonTree) {
        self.numbers = Numbers::of(tree);
        self.folding = Folding::initial(tree, self.depth);
        self.text_lines = Vec::new();
        self.origin = None;
        (self.cursor, self.text_cursor) = (0, 0);
        (self.scroll, self.text_scroll) = (0.0, 0.0);
        self.reveal = false;
        self.read_text(tree);
        self.find(tree);
        self.refresh(tree);
    }

    /// The line of the cursor among those shown.
    pub fn cursor_line(&self, tree: &JsonTree) -> Option<usize> {
        match self.mode {
            RawMode::Tree => self.line_of(tree, self.cursor),
            RawMode::Text => Some(self.text_cursor),
        }
    }

    /// The shown line that a node begins on; `None` when it is folded away.
    pub fn line_of(&self, tree: &JsonTree, id: NodeId) -> Option<usize> {
        let number = self.numbers.first_line(tree, id)?;
        let found = self.lines.binary_search_by_key(&number, |line| line.number);
        found.ok()
    }

    /// The shown line of a node, or of the folded container that hides it.
    pub fn shown_line(&self, tree: &JsonTree, id: NodeId) -> Option<usize> {
        self.line_of(tree, self.folding.shown(tree, id))
    }

    fn apply(&mut self, tree: &JsonTree, action: RawAction) {
        match action {
            RawAction::Scroll(offset) => return self.scroll_to(offset),
            RawAction::Revealed(generation) => {
                // A step taken since then has its own cursor to show.
                self.reveal &= generation != self.generation;
                return;
            }
            RawAction::SetPage(lines) => {
                self.page = lines;
                return;
            }
            RawAction::SetColumns(columns) => self.set_columns(tree, columns),
            RawAction::FocusSearch => self.focus_search = true,
            RawAction::SearchFocused => self.focus_search = false,
            RawAction::SetSearch(text) => self.set_search(tree, text),
            RawAction::ToggleOption(option) => self.toggle_option(tree, option),
            other => {
                self.origin = None;
                self.act(tree, &other);
            }
        }
        self.refresh(tree);
    }

    fn act(&mut self, tree: &JsonTree, action: &RawAction) {
        match *action {
            RawAction::SetMode(mode) => self.set_mode(tree, mode),
            RawAction::NextHit => self.step_hit(tree, Step::Next),
            RawAction::PreviousHit => self.step_hit(tree, Step::Previous),
            RawAction::SetDepth(depth) => {
                self.depth = depth;
                self.folding = Folding::to_depth(tree, depth);
            }
            RawAction::Select(node) => self.cursor = node,
            RawAction::SelectLine(line) => self.select_line(tree, line),
            RawAction::MoveCursor(to) => self.move_cursor(tree, to),
            RawAction::Fold => self.fold(tree),
            RawAction::Unfold => self.unfold(tree),
            RawAction::Toggle(node) => self.folding.toggle(node),
            RawAction::FoldSiblings => self.folding.set_siblings(tree, self.cursor, Fold::Folded),
            RawAction::UnfoldSiblings => {
                self.folding.set_siblings(tree, self.cursor, Fold::Unfolded);
            }
            RawAction::Reveal(node) => self.go_to(tree, node),
            _ => {}
        }
    }

    fn scroll_to(&mut self, offset: f64) {
        match self.mode {
            RawMode::Tree => self.scroll = offset,
            RawMode::Text => self.text_scroll = offset,
        }
    }

    fn set_mode(&mut self, tree: &JsonTree, mode: RawMode) {
        self.mode = mode;
        self.folding.show(tree, self.cursor);
        self.read_text(tree);
        self.find(tree);
        if let Some(node) = tree.node(self.cursor) {
            self.text_cursor = line_at(&self.text_lines, node.span.start);
        }
        self.reveal = true;
    }

    fn set_columns(&mut self, tree: &JsonTree, columns: usize) {
        let at = self.text_lines.get(self.text_cursor);
        let byte = at.map_or(0, |line| line.range.start);
        self.columns = columns;
        self.reveal = true;
        self.text_lines = Vec::new();
        self.read_text(tree);
        self.text_cursor = line_at(&self.text_lines, byte);
    }

    /// Goes to a line of the text, and to the last value that begins on it or before.
    fn select_line(&mut self, tree: &JsonTree, line: usize) {
        self.text_cursor = line;
        self.text_hit = None;
        let end = self.text_lines.get(line).map_or(0, |line| line.range.end);
        let begun = tree.nodes.partition_point(|node| node.span.start < end);
        self.cursor = NodeId::try_from(begun.saturating_sub(1)).unwrap_or(0);
    }

    fn read_text(&mut self, tree: &JsonTree) {
        if self.mode == RawMode::Text && self.text_lines.is_empty() {
            self.text_lines = text_lines::lines(&tree.text, self.columns);
        }
    }

    fn go_to(&mut self, tree: &JsonTree, node: NodeId) {
        self.folding.show(tree, node);
        self.cursor = node;
        self.text_cursor = tree
            .node(node)
            .map_or(0, |node| line_at(&self.text_lines, node.span.start));
        self.reveal = true;
    }

    fn fold(&mut self, tree: &JsonTree) {
        let parent = tree.node(self.cursor).and_then(|node| node.parent);
        if self.folding.is_open(self.cursor) {
            self.folding.toggle(self.cursor);
        } else if let Some(parent) = parent {
            self.cursor = parent;
        }
        self.reveal = true;
    }

    fn unfold(&mut self, tree: &JsonTree) {
        let first_child = tree.children(self.cursor).next();
        if !self.folding.is_open(self.cursor) {
            self.folding.open(tree, self.cursor);
        } else if let Some(child) = first_child {
            self.cursor = child;
        }
        self.reveal = true;
    }

    fn move_cursor(&mut self, tree: &JsonTree, to: Move) {
        self.reveal = true;
        if self.mode == RawMode::Text {
            let line = moved(self.text_cursor, to, self.page, self.text_lines.len());
            return self.select_line(tree, line);
        }
        // Closing brackets are lines, but nothing to stand on.
        let stops: Vec<NodeId> = self
            .lines
            .iter()
            .filter(|line| line.kind != LineKind::Close)
            .map(|line| line.node)
            .collect();
        let at = stops.partition_point(|node| *node < self.cursor);
        if let Some(node) = stops.get(moved(at, to, self.page, stops.len())) {
            self.cursor = *node;
        }
    }

    /// Derives the lines; a cursor that was folded away moves to what hides it.
    fn refresh(&mut self, tree: &JsonTree) {
        self.lines = lines::visible(tree, &self.numbers, &self.folding);
        if self.mode == RawMode::Tree {
            self.cursor = self.folding.shown(tree, self.cursor);
        }
        self.generation += 1;
    }
}

#[cfg(test)]
mod tests;
