//! A task's states over time, and what changed from one to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Detail, JsonTree, JsonValue, NodeId, RawRef, Reason};

/// One distinct state of a task as it was delivered.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    pub raw: RawRef,
    /// The event, or why it could not be read again.
    pub detail: Result<Arc<Detail>, Reason>,
    /// What differs from the state before; empty for the first.
    pub changes: Vec<Change>,
}

/// One member that differs between two states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: String,
    /// `None`: the member was not there.
    pub old: Option<String>,
    pub new: Option<String>,
}

/// How far the history of the selected task is read.
#[derive(Clone, Debug, Default)]
pub enum History {
    #[default]
    Unread,
    Reading,
    /// Newest first.
    Ready(Arc<Vec<HistoryEntry>>),
}

/// The leaves that differ, in the order of the new state, then what it lost.
pub fn changes(old: &JsonTree, new: &JsonTree) -> Vec<Change> {
    let mut before: BTreeMap<String, String> = leaves(old).into_iter().collect();
    let mut out = Vec::new();
    for (path, value) in leaves(new) {
        let was = before.remove(&path);
        if was.as_deref() != Some(value.as_str()) {
            out.push(Change {
                path,
                old: was,
                new: Some(value),
            });
        }
    }
    out.extend(before.into_iter().map(|(path, value)| Change {
        path,
        old: Some(value),
        new: None,
    }));
    out
}

fn leaves(tree: &JsonTree) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut open = vec![(0, String::new())];
    while let Some((id, path)) = open.pop() {
        let Some(node) = tree.node(id) else { continue };
        if let Some(text) = leaf_text(&node.value) {
            out.push((path, text));
            continue;
        }
        let mut children: Vec<(NodeId, String)> = tree
            .children(id)
            .enumerate()
            .map(|(at, child)| (child, step(tree, child, at, &path)))
            .collect();
        children.reverse();
        open.extend(children);
    }
    out
}

fn step(tree: &JsonTree, child: NodeId, at: usize, path: &str) -> String {
    match tree.node(child).and_then(|node| node.name.as_deref()) {
        Some(name) if path.is_empty() => name.to_owned(),
        Some(name) => format!("{path}.{name}"),
        None => format!("{path}[{at}]"),
    }
}

fn leaf_text(value: &JsonValue) -> Option<String> {
    match value {
        JsonValue::Null => Some("null".to_owned()),
        JsonValue::Bool(b) => Some(b.to_string()),
        JsonValue::Number(text) => Some(text.to_string()),
        JsonValue::String(text) => Some(format!("{text:?}")),
        JsonValue::Array | JsonValue::Object => None,
    }
}
