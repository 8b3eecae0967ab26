//! The lines of the tree as pieces of text, before anything is drawn.

use crate::model::{Detail, JsonNode, JsonTree, JsonValue, NodeId};
use crate::state::{LineKind, RawPane, TreeLine, quoted};
use crate::text::width::{cut_middle, width_of};
use crate::text::{Text, raw as sentence};

use super::facts::{Facts, sub_task_words};
use super::hints;

/// What a piece is, hence its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Name,
    Mark,
    Index,
    Str,
    Num,
    Lit,
    /// Inside the summary of a folded container.
    Folded,
    FoldedFailure,
}

impl Ink {
    pub(super) fn is_boxed(self) -> bool {
        matches!(self, Self::Folded | Self::FoldedFailure)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) ink: Ink,
}

/// What a remark is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Hint,
    Warning,
    Tag,
}

/// Words after a value that are not in the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) text: String,
    pub(super) weight: Weight,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: TreeLine,
    pub(super) depth: u16,
    pub(super) pieces: Vec<Piece>,
    pub(super) remarks: Vec<Remark>,
    /// The value, when the line shows less of it.
    pub(super) whole: Option<String>,
    /// What is read aloud: `TaskId: 1256…`.
    pub(super) name: String,
}

/// What rows are built from.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) detail: &'a Detail,
    pub(super) pane: &'a RawPane,
    pub(super) facts: &'a Facts,
    pub(super) text: &'a Text,
    /// How many narrow characters fit into the pane.
    pub(super) columns: usize,
    pub(super) sub_task: Option<usize>,
}

/// A level of depth is this many characters wide.
const INDENT: usize = 3;
/// Values are never cut shorter than this.
const SHORTEST: usize = 24;
/// Longer values are not shown whole even on hover.
const LONGEST_WHOLE: usize = 4_000;

impl<'a> Sheet<'a> {
    fn tree(&self) -> &'a JsonTree {
        &self.detail.tree
    }

    /// The rows of some of the shown lines.
    pub(super) fn rows(&self, lines: std::ops::Range<usize>) -> Vec<Row> {
        let lines = self.pane.lines.get(lines).unwrap_or_default();
        lines.iter().filter_map(|line| self.row(*line)).collect()
    }

    fn row(&self, line: TreeLine) -> Option<Row> {
        let node = self.tree().node(line.node)?;
        let mut row = Row {
            line,
            depth: node.depth,
            pieces: Vec::new(),
            remarks: Vec::new(),
            whole: None,
            name: String::new(),
        };
        if line.kind != LineKind::Close {
            self.label(&mut row, node);
        }
        match line.kind {
            LineKind::Leaf => self.leaf(&mut row, node),
            LineKind::Open => self.open(&mut row, node),
            LineKind::Folded => self.folded(&mut row, node),
            LineKind::Close => row.mark(brackets(node)[1]),
        }
        if line.kind != LineKind::Open && self.has_next(line.node, node) {
            row.mark(",");
        }
        self.remark(&mut row, node);
        row.name = self.spoken(&row, node);
        Some(row)
    }

    fn label(&self, row: &mut Row, node: &JsonNode) {
        if let Some(name) = &node.name {
            row.piece(quoted(name, '"'), Ink::Name);
            row.mark(": ");
        } else if let Some(index) = self.tree().index_in_parent(row.line.node) {
            row.piece(format!("{index} "), Ink::Index);
        }
    }

    fn leaf(&self, row: &mut Row, node: &JsonNode) {
        let (value, ink) = match &node.value {
            JsonValue::Null => ("null".to_owned(), Ink::Lit),
            JsonValue::Bool(value) => (value.to_string(), Ink::Lit),
            JsonValue::Number(text) => (text.to_string(), Ink::Num),
            JsonValue::String(text) => (quoted(text, '"'), Ink::Str),
            JsonValue::Array | JsonValue::Object => (brackets(node).concat(), Ink::Mark),
        };
        let room = self.room(row, node);
        if width_of(&value) > room {
            row.piece(cut_middle(&value, room), ink);
            row.whole = Some(self.whole(&value));
        } else {
            row.piece(value, ink);
        }
    }

    /// The characters left for a value after indent and name.
    fn room(&self, row: &Row, node: &JsonNode) -> usize {
        let before = usize::from(node.depth) * INDENT + row.width();
        self.columns.saturating_sub(before).max(SHORTEST)
    }

    fn whole(&self, value: &str) -> String {
        let cut = value.char_indices().nth(LONGEST_WHOLE).map(|(at, _)| at);
        let shown = cut.and_then(|at| value.get(..at)).unwrap_or(value);
        match value.len() - shown.len() {
            0 => shown.to_owned(),
            more => format!("{shown}\n{}", sentence::more_bytes(self.text.lang, more)),
        }
    }

    fn open(&self, row: &mut Row, node: &JsonNode) {
        row.mark(brackets(node)[0]);
        if let Some(index) = self.facts.sub_tasks.get(&row.line.node) {
            let total = self.detail.sub_tasks.len();
            row.hint(sentence::sub_task_of(self.text.lang, *index, total));
        } else if node.value == JsonValue::Array {
            row.hint(sentence::items(self.text.lang, node.child_count));
        }
    }

    fn folded(&self, row: &mut Row, node: &JsonNode) {
        let [open, close] = brackets(node);
        row.piece(format!("{open} "), Ink::Folded);
        match self.sub_task_at(row.line.node) {
            Some((words, status)) => {
                let comma = if status.text.is_empty() { "" } else { ", " };
                row.piece(format!("{words}{comma}"), Ink::Folded);
                let ink = if status.failed {
                    Ink::FoldedFailure
                } else {
                    Ink::Folded
                };
                row.piece(status.text, ink);
            }
            None => row.piece(self.count(node), Ink::Folded),
        }
        row.piece(format!(" {close}"), Ink::Folded);
        let hits = self.pane.hits_below(self.tree(), row.line.node);
        if hits > 0 {
            row.warn(sentence::hits(self.text.lang, hits));
        }
    }

    fn sub_task_at(&self, id: NodeId) -> Option<(String, super::facts::SubTaskStatus)> {
        sub_task_words(self.detail, *self.facts.sub_tasks.get(&id)?)
    }

    fn count(&self, node: &JsonNode) -> String {
        match node.value {
            JsonValue::Array => sentence::items(self.text.lang, node.child_count),
            _ => sentence::keys(self.text.lang, node.child_count),
        }
    }

    fn has_next(&self, id: NodeId, node: &JsonNode) -> bool {
        let parent = node.parent.and_then(|parent| self.tree().node(parent));
        debug_assert!(node.end > id, "a node ends after itself");
        parent.is_some_and(|parent| node.end < parent.end)
    }

    fn remark(&self, row: &mut Row, node: &JsonNode) {
        if row.line.kind == LineKind::Close {
            return;
        }
        let words = self.text.raw;
        if self.facts.unknown.contains(&row.line.node) {
            row.tag(words.unknown_field);
        }
        if node.repeats_name {
            row.tag(words.repeated_key);
        }
        if crate::decode::tree::is_replaced(self.tree(), node) {
            row.tag(words.replaced);
        }
        let marked = self.sub_task.is_some()
            && self.facts.sub_tasks.get(&row.line.node).copied() == self.sub_task;
        if marked {
            row.tag(words.sub_task_marked);
        }
        hints::add(self, row, node);
    }

    fn spoken(&self, row: &Row, node: &JsonNode) -> String {
        let label = node.name.as_deref().map(str::to_owned).or_else(|| {
            let index = self.tree().index_in_parent(row.line.node)?;
            Some(index.to_string())
        });
        let value = match (&node.value, row.line.kind) {
            (_, LineKind::Close) => brackets(node)[1].to_owned(),
            (JsonValue::String(text) | JsonValue::Number(text), _) => self.whole(text),
            (JsonValue::Array | JsonValue::Object, _) => self.count(node),
            (JsonValue::Null, _) => "null".to_owned(),
            (JsonValue::Bool(value), _) => value.to_string(),
        };
        match label {
            Some(label) => format!("{label}: {value}"),
            None => value,
        }
    }
}

impl Row {
    fn width(&self) -> usize {
        self.pieces.iter().map(|piece| width_of(&piece.text)).sum()
    }

    fn piece(&mut self, text: String, ink: Ink) {
        self.pieces.push(Piece { text, ink });
    }

    fn mark(&mut self, text: &str) {
        self.piece(text.to_owned(), Ink::Mark);
    }

    pub(super) fn hint(&mut self, text: impl Into<String>) {
        self.add(text.into(), Weight::Hint);
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.add(text.into(), Weight::Warning);
    }

    fn tag(&mut self, text: &str) {
        self.add(text.to_owned(), Weight::Tag);
    }

    fn add(&mut self, text: String, weight: Weight) {
        self.remarks.push(Remark { text, weight });
    }
}

fn brackets(node: &JsonNode) -> [&'static str; 2] {
    match node.value {
        JsonValue::Array => ["[", "]"],
        _ => ["{", "}"],
    }
}

#[cfg(test)]
mod tests;
