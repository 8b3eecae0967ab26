//! What leaves the raw tab: copies, and a value as a filter.

use crate::decode::tree::to_pretty;
use crate::model::{JsonTree, NodeId};
use crate::state::{AppAction, AppState, Effect, ListAction, appearance, list};
use crate::store::{FacetValue, Sense};

use super::{PathStyle, RawMode, path_text};

/// The value under the cursor: a string's characters, anything else as JSON.
pub(super) fn value(state: &mut AppState, tree: &JsonTree) -> Vec<Effect> {
    let name = name_of(tree, state.raw.cursor);
    let what = name.unwrap_or_else(|| state.text().raw.value.to_owned());
    let text = value_text(tree, state.raw.cursor);
    copy(state, what, text)
}

pub(super) fn path(state: &mut AppState, tree: &JsonTree, style: PathStyle) -> Vec<Effect> {
    let words = state.text().raw;
    let what = match style {
        PathStyle::JsonPath => words.json_path,
        PathStyle::JsonPointer => words.json_pointer,
        PathStyle::Jq => words.jq,
    };
    let text = path_text(tree, state.raw.cursor, style);
    copy(state, what.to_owned(), text)
}

pub(super) fn event(state: &mut AppState, tree: &JsonTree) -> Vec<Effect> {
    let text = match state.raw.mode {
        RawMode::Tree => to_pretty(tree, 0),
        RawMode::Text => tree.text.clone(),
    };
    copy(state, "JSON".to_owned(), text)
}

pub(super) fn filter(state: &mut AppState, tree: &JsonTree, sense: Sense) -> Vec<Effect> {
    let value = tree.text_of(state.raw.cursor);
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Vec::new();
    };
    let name = tree
        .node(state.raw.cursor)
        .and_then(|node| node.name.as_deref());
    let action = match facet_value(name.unwrap_or_default(), value) {
        Some(value) => ListAction::Filter { value, sense },
        None => ListAction::FilterText {
            text: value.to_owned(),
            sense,
        },
    };
    list::update(state, action)
}

/// Types, codes and templates are no texts of a task: they are filtered by as what they are.
fn facet_value(name: &str, value: &str) -> Option<FacetValue> {
    match name {
        "EventType" | "eventType" => Some(FacetValue::EventType(value.to_owned())),
        "ErrCodeExt" => Some(FacetValue::Code(value.to_owned())),
        "Definition" | "definition" => value.parse().ok().map(|definition| FacetValue::Template {
            family: None,
            definition,
        }),
        _ => None,
    }
}

fn copy(state: &mut AppState, what: String, text: String) -> Vec<Effect> {
    appearance::update(state, AppAction::Copy { what, text })
}

fn name_of(tree: &JsonTree, id: NodeId) -> Option<String> {
    tree.node(id)?.name.as_deref().map(str::to_owned)
}

fn value_text(tree: &JsonTree, id: NodeId) -> String {
    let text = tree.text_of(id).map(str::to_owned);
    text.unwrap_or_else(|| to_pretty(tree, id))
}
