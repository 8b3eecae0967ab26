//! Lays a document's nodes down, flat and in its order.

use std::collections::HashSet;

use crate::decode::scan::{Kind, ScanError, Scanner};
use crate::model::{JsonNode, JsonValue, NodeId};

/// The nodes of a text, which must be one document.
pub(super) fn nodes(text: &str) -> Result<Vec<JsonNode>, ScanError> {
    let mut nodes = Builder::new(text).build()?;
    mark_repeated_names(&mut nodes);
    Ok(nodes)
}

/// Lays the nodes down in document order.
struct Builder<'a> {
    scanner: Scanner<'a>,
    nodes: Vec<JsonNode>,
    open: Vec<NodeId>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            scanner: Scanner::new(text),
            nodes: Vec::new(),
            open: Vec::new(),
        }
    }

    fn build(mut self) -> Result<Vec<JsonNode>, ScanError> {
        self.value(None)?;
        while let Some(container) = self.open.last().copied() {
            if !self.next_child(container)? {
                self.close(container);
            }
        }
        self.scanner.finish()?;
        Ok(self.nodes)
    }

    /// Reads the container's next child; false when there is none left.
    fn next_child(&mut self, container: NodeId) -> Result<bool, ScanError> {
        let is_object = self
            .node_mut(container)
            .is_some_and(|node| node.value == JsonValue::Object);
        if !is_object {
            let more = self.scanner.next_item()?;
            if more {
                self.value(None)?;
            }
            return Ok(more);
        }
        match self.scanner.next_member()? {
            Some(name) => {
                self.value(Some(name.unescape().into()))?;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// Reads a scalar, or enters a container.
    fn value(&mut self, name: Option<Box<str>>) -> Result<(), ScanError> {
        let kind = self.scanner.peek()?;
        let start = offset(self.scanner.offset());
        let value = self.read(kind)?;
        let id = offset(self.nodes.len());
        let parent = self.open.last().copied();
        let is_container = matches!(value, JsonValue::Array | JsonValue::Object);
        self.nodes.push(JsonNode {
            name,
            value,
            parent,
            end: id.saturating_add(1),
            child_count: 0,
            depth: u16::try_from(self.open.len()).unwrap_or(u16::MAX),
            repeats_name: false,
            span: start..offset(self.scanner.offset()),
        });
        if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
            parent.child_count = parent.child_count.saturating_add(1);
        }
        if is_container {
            self.open.push(id);
        }
        Ok(())
    }

    fn read(&mut self, kind: Kind) -> Result<JsonValue, ScanError> {
        Ok(match kind {
            Kind::Object => {
                self.scanner.enter_object()?;
                JsonValue::Object
            }
            Kind::Array => {
                self.scanner.enter_array()?;
                JsonValue::Array
            }
            Kind::String => JsonValue::String(self.scanner.string()?.unescape().into()),
            Kind::Number => JsonValue::Number(self.scanner.number()?.into()),
            Kind::True | Kind::False => {
                self.scanner.skip_value()?;
                JsonValue::Bool(kind == Kind::True)
            }
            Kind::Null => {
                self.scanner.skip_value()?;
                JsonValue::Null
            }
        })
    }

    fn close(&mut self, container: NodeId) {
        let end = offset(self.nodes.len());
        let text_end = offset(self.scanner.offset());
        if let Some(node) = self.node_mut(container) {
            node.end = end;
            node.span.end = text_end;
        }
        self.open.pop();
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut JsonNode> {
        self.nodes.get_mut(usize::try_from(id).ok()?)
    }
}

/// Offsets and ids fit: the text's length was checked, and each node takes a byte at least.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn mark_repeated_names(nodes: &mut [JsonNode]) {
    for id in repeated_names(nodes) {
        if let Some(node) = nodes.get_mut(id) {
            node.repeats_name = true;
        }
    }
}

fn repeated_names(nodes: &[JsonNode]) -> Vec<usize> {
    let mut repeated = Vec::new();
    let mut seen = HashSet::new();
    for (at, node) in nodes.iter().enumerate() {
        if node.value != JsonValue::Object || node.child_count < 2 {
            continue;
        }
        seen.clear();
        let mut next = at + 1;
        for _ in 0..node.child_count {
            let Some(child) = nodes.get(next) else { break };
            if !seen.insert(child.name.as_deref()) {
                repeated.push(next);
            }
            next = usize::try_from(child.end).unwrap_or(usize::MAX);
        }
    }
    repeated
}
