//! Reads members tolerantly, and remembers which were read: what no one asked for becomes facts.
//!
//! A member is asked for by its documented 3.0 name; other spellings are found by it too. Null and
//! absent are the same. A value of another JSON type than asked for is read all the same when it
//! means something, and noted.

use std::collections::HashSet;

use super::names::canonical;
use crate::decode::time::{iso_to_unix, unix_number};
use crate::model::{JsonNode, JsonTree, JsonValue, NodeId, Note};

/// A place in the record, its members known by name.
pub(super) struct Reader<'t> {
    pub(super) tree: &'t JsonTree,
    /// Whether the record is of the 2.0 format, where other spellings are the rule.
    pub(super) is_v2: bool,
    used: Vec<bool>,
    notes: Vec<Note>,
    /// Member names down to the values whose type was noted: each is noted once, not for each item.
    noted_types: HashSet<String>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(tree: &'t JsonTree, is_v2: bool) -> Self {
        Self {
            tree,
            is_v2,
            used: vec![false; tree.nodes.len()],
            notes: Vec::new(),
            noted_types: HashSet::new(),
        }
    }

    /// The member of that name, unless it is null. The last one counts; the documented spelling first.
    pub(super) fn find(&mut self, at: NodeId, name: &str) -> Option<NodeId> {
        if let Some(exact) = self.tree.member(at, name).filter(|id| !self.is_null(*id)) {
            return Some(exact);
        }
        let other = self.tree.children(at).filter(|id| {
            let found = self.name_of(*id);
            found != name && canonical(found) == name && !self.is_null(*id)
        });
        let id = other.last()?;
        self.note_alias(id, name);
        Some(id)
    }

    /// The member when it is an object.
    pub(super) fn object(&mut self, at: NodeId, name: &str) -> Option<NodeId> {
        let id = self.find(at, name)?;
        if self.is_object(id) {
            return Some(id);
        }
        self.note_type(id);
        None
    }

    /// The items of an array member; a lone object counts as an array of one.
    pub(super) fn items(&mut self, at: NodeId, name: &str) -> Vec<NodeId> {
        let Some(id) = self.find(at, name) else {
            return Vec::new();
        };
        match self.value(id) {
            Some(JsonValue::Array) => self.tree.children(id).collect(),
            Some(JsonValue::Object) => vec![id],
            _ => Vec::new(),
        }
    }

    /// A text member; "" says nothing. A number is kept as it is written.
    pub(super) fn text(&mut self, at: NodeId, name: &str) -> Option<String> {
        let id = self.find(at, name)?;
        if !matches!(self.value(id), Some(JsonValue::String(_))) {
            self.note_type(id);
        }
        self.take_text(id)
    }

    /// A member that is documented as text here and as a number there.
    pub(super) fn scalar(&mut self, at: NodeId, name: &str) -> Option<String> {
        let id = self.find(at, name)?;
        self.take_text(id)
    }

    /// The first of several text members that says something.
    pub(super) fn first_text(&mut self, at: NodeId, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(at, name))
    }

    /// A whole number.
    pub(super) fn integer(&mut self, at: NodeId, name: &str) -> Option<i64> {
        self.parsed(at, name, whole)
    }

    /// A whole number that cannot be negative.
    pub(super) fn unsigned(&mut self, at: NodeId, name: &str) -> Option<u64> {
        self.parsed(at, name, |text| {
            text.parse()
                .ok()
                .or_else(|| u64::try_from(whole(text)?).ok())
        })
    }

    pub(super) fn number(&mut self, at: NodeId, name: &str) -> Option<f64> {
        self.parsed(at, name, |text| {
            text.parse().ok().filter(|number: &f64| number.is_finite())
        })
    }

    /// Unix seconds of an ISO text or of a number of seconds; 0 and the unset times say nothing.
    pub(super) fn time(&mut self, at: NodeId, name: &str) -> Option<i64> {
        let id = self.find(at, name)?;
        let time = match self.value(id)? {
            JsonValue::String(text) => iso_to_unix(text).or_else(|| unix_number(text)),
            JsonValue::Number(text) => unix_number(text),
            _ => None,
        };
        // An unset time is read as far as it can be; the year 9999 says "never" and stays a fact.
        if time.is_some()
            || self
                .text_of(id)
                .is_some_and(|text| text.starts_with("0000-"))
        {
            self.mark(id);
        }
        time.filter(|time| *time > 0)
    }

    /// A text member that stays a fact as well; "" says nothing.
    pub(super) fn peek_text(&mut self, at: NodeId, name: &str) -> Option<String> {
        let id = self.find(at, name)?;
        let text = self.text_of(id)?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A number that stays a fact as well.
    pub(super) fn peek_number(&mut self, at: NodeId, name: &str) -> Option<f64> {
        let text = self.peek_text(at, name)?;
        text.trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    /// Unix seconds of a time that stays a fact as well; what never comes says nothing.
    pub(super) fn peek_time(&mut self, at: NodeId, name: &str) -> Option<i64> {
        let text = self.peek_text(at, name)?;
        let time = iso_to_unix(&text).or_else(|| unix_number(&text))?;
        (time > 0).then_some(time)
    }

    /// The items of a member that are texts, and not empty.
    pub(super) fn texts(&mut self, at: NodeId, name: &str) -> Vec<String> {
        let Some(id) = self.find(at, name) else {
            return Vec::new();
        };
        if matches!(self.value(id), Some(JsonValue::String(_))) {
            return self.take_text(id).into_iter().collect();
        }
        let items: Vec<_> = self.tree.children(id).collect();
        items
            .into_iter()
            .filter_map(|item| self.take_text(item))
            .collect()
    }

    pub(super) fn value(&self, id: NodeId) -> Option<&'t JsonValue> {
        Some(&self.node(id)?.value)
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&'t JsonNode> {
        self.tree.node(id)
    }

    pub(super) fn text_of(&self, id: NodeId) -> Option<&'t str> {
        self.tree.text_of(id)
    }

    pub(super) fn is_object(&self, id: NodeId) -> bool {
        matches!(self.value(id), Some(JsonValue::Object))
    }

    pub(super) fn is_null(&self, id: NodeId) -> bool {
        matches!(self.value(id), Some(JsonValue::Null))
    }

    /// The member's own name; empty for an array's item.
    pub(super) fn name_of(&self, id: NodeId) -> &'t str {
        self.node(id)
            .and_then(|node| node.name.as_deref())
            .unwrap_or_default()
    }

    /// Says that a dedicated part shows this value.
    pub(super) fn mark(&mut self, id: NodeId) {
        if let Some(used) = usize::try_from(id)
            .ok()
            .and_then(|at| self.used.get_mut(at))
        {
            *used = true;
        }
    }

    pub(super) fn is_used(&self, id: NodeId) -> bool {
        usize::try_from(id)
            .ok()
            .and_then(|at| self.used.get(at))
            .is_some_and(|used| *used)
    }

    /// Adds a note, once.
    pub(super) fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Whether this member's name was taken for another one.
    pub(super) fn is_alias(&self, name: &str) -> bool {
        let is_it = |note: &Note| matches!(note, Note::Alias { found, .. } if found == name);
        self.notes.iter().any(is_it)
    }

    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes
    }

    /// Member names and indices from the record's root, documented spelling.
    pub(super) fn path(&self, id: NodeId) -> String {
        let mut path = String::new();
        for step in self.tree.path(id) {
            match self.node(step).and_then(|node| node.name.as_deref()) {
                Some(name) => push_name(&mut path, canonical(name)),
                None if step == 0 => {}
                None => push_index(
                    &mut path,
                    self.tree.index_in_parent(step).unwrap_or_default(),
                ),
            }
        }
        path
    }

    /// The member names from the root, without indices.
    fn names(&self, id: NodeId) -> String {
        let steps = self.tree.path(id);
        let names: Vec<_> = steps.into_iter().map(|step| self.name_of(step)).collect();
        names.join(".")
    }

    fn parsed<T>(
        &mut self,
        at: NodeId,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let id = self.find(at, name)?;
        let text = self.text_of(id).map(str::trim);
        if text == Some("") {
            return None;
        }
        if !matches!(self.value(id), Some(JsonValue::Number(_))) {
            self.note_type(id);
        }
        let number = parse(text?)?;
        self.mark(id);
        Some(number)
    }

    fn take_text(&mut self, id: NodeId) -> Option<String> {
        let text = match self.value(id)? {
            JsonValue::String(text) | JsonValue::Number(text) => text.to_string(),
            JsonValue::Bool(value) => value.to_string(),
            _ => return None,
        };
        self.mark(id);
        (!text.is_empty()).then_some(text)
    }

    fn note_alias(&mut self, id: NodeId, taken_for: &str) {
        if !self.is_v2 {
            let found = self.name_of(id).to_owned();
            let taken_for = taken_for.to_owned();
            self.note(Note::Alias { found, taken_for });
        }
    }

    fn note_type(&mut self, id: NodeId) {
        let found = match self.value(id) {
            Some(JsonValue::Bool(_)) => "boolean",
            Some(JsonValue::Number(_)) => "number",
            Some(JsonValue::String(_)) => "string",
            Some(JsonValue::Array) => "array",
            Some(JsonValue::Object) => "object",
            Some(JsonValue::Null) | None => return,
        };
        if self.noted_types.insert(self.names(id)) {
            let path = self.path(id);
            self.note(Note::OtherType { path, found });
        }
    }
}

/// Appends `.Name`.
pub(super) fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// Appends `[3]`.
pub(super) fn push_index(path: &mut String, index: usize) {
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
}

/// A whole number, also when it is written `20.0`.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = match text.split_once('.') {
        Some((digits, fraction)) if fraction.bytes().all(|b| b == b'0') => digits,
        Some(_) => return None,
        None => text,
    };
    digits.parse().ok()
}
