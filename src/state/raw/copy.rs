//! What leaves the raw tab: copies, and a value as a filter.

use crate::decode::tree::to_pretty;
use crate::model::{JsonTree, NodeId};
use crate::state::{AppAction, AppState, Effect, ListAction, appearance, list};
use crate::store::TextTerm;

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

pub(super) fn filter_for(state: &mut AppState, tree: &JsonTree) -> Vec<Effect> {
    let Some(value) = tree.text_of(state.raw.cursor) else {
        return Vec::new();
    };
    let term = TextTerm(value.to_owned()).to_string();
    list::update(state, ListAction::SetText(term))
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
