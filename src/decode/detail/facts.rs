//! What no dedicated part shows, and what a person should know about the record as a whole:
//! both are found by walking the whole tree once more.

use std::collections::HashSet;

use super::names::canonical;
use super::reader::{Reader, push_index, push_name};
use crate::decode::payload;
use crate::decode::tree::is_replaced;
use crate::knowledge::field::is_known_member;
use crate::model::{Fact, JsonNode, JsonTree, JsonValue, NodeId, Note};

/// The values below `root` that nothing has read yet, with paths that start below it.
/// Null, "" and empty containers say nothing and are left to the tree.
pub(super) fn facts_below(reader: &mut Reader<'_>, root: NodeId) -> Vec<Fact> {
    let mut facts = Vec::new();
    walk(reader.tree, root, |id, node, path| {
        if !reader.is_used(id)
            && let Some(value) = leaf_text(node)
        {
            facts.push(Fact {
                path: path.to_owned(),
                value,
                node: id,
            });
        }
        true
    });
    for fact in &facts {
        reader.mark(fact.node);
    }
    facts
}

/// The facts of the whole record; those of the payload with paths that start below it.
pub(super) fn facts(reader: &mut Reader<'_>, payload: NodeId) -> Vec<Fact> {
    let prefix = match reader.path(payload) {
        path if path.is_empty() => path,
        path => path + ".",
    };
    let end = reader.node(payload).map_or(payload, |node| node.end);
    let mut facts = facts_below(reader, 0);
    for fact in &mut facts {
        if (payload..end).contains(&fact.node)
            && let Some(below) = fact.path.strip_prefix(&prefix)
        {
            fact.path = below.to_owned();
        }
    }
    facts
}

/// Repeated and replaced members, and, where the documentation is known, unknown ones.
pub(super) fn add_notes(reader: &mut Reader<'_>, tells_unknown: bool) {
    let tree = reader.tree;
    let mut seen = HashSet::new();
    let mut notes = Vec::new();
    walk(tree, 0, |_, node, path| {
        let mut add = |kind: u8, note: fn(String) -> Note| {
            if seen.insert((kind, without_indices(path))) {
                notes.push(note(path.to_owned()));
            }
        };
        if node.repeats_name {
            add(0, |path| Note::DuplicateMember { path });
        }
        if is_replaced(tree, node) {
            add(1, |path| Note::Replaced { path });
        }
        let is_unknown = tells_unknown && is_unknown(reader, node);
        if is_unknown {
            add(2, |path| Note::UnknownMember { path });
        }
        // What stands below an unknown member is unknown by itself.
        !is_unknown
    });
    for note in notes {
        reader.note(note);
    }
}

/// A member no documentation names. One that is null tells nothing that could be missed.
fn is_unknown(reader: &Reader<'_>, node: &JsonNode) -> bool {
    let Some(name) = node.name.as_deref() else {
        return false;
    };
    node.value != JsonValue::Null
        && !is_known_member(name)
        && !is_known_member(canonical(name))
        && payload::event_type(name).is_none()
        && !reader.is_alias(name)
}

/// A scalar's text; `None` for containers and for what says nothing.
fn leaf_text(node: &JsonNode) -> Option<String> {
    match &node.value {
        JsonValue::String(text) if text.is_empty() => None,
        JsonValue::String(text) | JsonValue::Number(text) => Some(text.to_string()),
        JsonValue::Bool(value) => Some(value.to_string()),
        JsonValue::Null | JsonValue::Array | JsonValue::Object => None,
    }
}

/// A container that is being walked.
struct Open {
    end: NodeId,
    path_len: usize,
    next_index: usize,
}

/// Visits all nodes below `root` in document order with their paths; a visit that returns false
/// leaves out what stands below.
fn walk(tree: &JsonTree, root: NodeId, mut visit: impl FnMut(NodeId, &JsonNode, &str) -> bool) {
    let end = tree.node(root).map_or(root, |node| node.end);
    let mut path = String::new();
    let mut open = vec![Open {
        end,
        path_len: 0,
        next_index: 0,
    }];
    let mut id = root.saturating_add(1);
    while id < end {
        let Some(node) = tree.node(id) else { break };
        step(&mut path, &mut open, id, node);
        if !visit(id, node, &path) {
            id = node.end;
            continue;
        }
        if node.child_count > 0 {
            open.push(Open {
                end: node.end,
                path_len: path.len(),
                next_index: 0,
            });
        }
        id = id.saturating_add(1);
    }
}

/// Sets the path to the node's.
fn step(path: &mut String, open: &mut Vec<Open>, id: NodeId, node: &JsonNode) {
    while open.pop_if(|container| container.end <= id).is_some() {}
    let Some(container) = open.last_mut() else {
        return;
    };
    path.truncate(container.path_len);
    match node.name.as_deref() {
        Some(name) => push_name(path, canonical(name)),
        None => push_index(path, container.next_index),
    }
    container.next_index += 1;
}

/// A path with its indices taken out: the same member of another item is no news.
fn without_indices(path: &str) -> String {
    path.split(['[', ']'])
        .filter(|part| part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()))
        .collect()
}
