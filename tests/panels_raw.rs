//! The raw tab from outside: what it copies, where it goes, what it keeps from event to event.
#![expect(clippy::unwrap_used, reason = "a helper fails its test loudly")]

use std::sync::Arc;

use vodscope::decode::detail::detail;
use vodscope::model::{Format, Lang, NodeId, Settings, Wrapping};
use vodscope::state::{
    Action, AppState, DetailAction, Effect, Loaded, PathStyle, RawAction, Tab, path_text, update,
};
use vodscope::store::{Sense, TaskIdx};

const PARTLY_FAILED: &[u8] = include_bytes!("../assets/samples/04-partly-failed.json");
const ALL_FAILED: &[u8] = include_bytes!("../assets/samples/05-all-failed.json");

fn load(state: &mut AppState, bytes: &[u8]) {
    let loaded = Loaded {
        ticket: state.detail.ticket,
        task: TaskIdx(0),
        detail: Arc::new(detail(bytes, Format::V3Push, Wrapping::Plain).unwrap()),
    };
    update(
        state,
        Action::Detail(DetailAction::Loaded(Arc::new(loaded))),
    );
}

fn opened() -> AppState {
    let mut state = AppState::new(Settings::default(), Lang::En);
    load(&mut state, PARTLY_FAILED);
    state
}

fn node(state: &AppState, pointer: &str) -> NodeId {
    let tree = &state.detail.loaded().unwrap().detail.tree;
    (0..)
        .take(tree.nodes.len())
        .find(|id| path_text(tree, *id, PathStyle::JsonPointer) == pointer)
        .unwrap()
}

fn raw(state: &mut AppState, action: RawAction) -> Vec<Effect> {
    update(state, Action::Raw(action))
}

fn copied(effects: &[Effect]) -> &str {
    match effects {
        [Effect::CopyText(text)] => text,
        other => panic!("one copy, not {other:?}"),
    }
}

const CODE: &str =
    "/ProcedureStateChangeEvent/MediaProcessResultSet/4/CoverBySnapshotTask/ErrCodeExt";

#[test]
fn show_in_raw_opens_the_tab_at_the_node() {
    let mut state = opened();
    let code = node(&state, CODE);
    update(&mut state, Action::Detail(DetailAction::ShowInRaw(code)));
    let tree = &state.detail.loaded().unwrap().detail.tree;
    assert_eq!((state.detail.tab, state.raw.cursor), (Tab::Raw, code));
    assert!(state.raw.line_of(tree, code).is_some(), "it is unfolded");
}

#[test]
fn the_value_and_its_path_are_copied_as_they_are() {
    let mut state = opened();
    let code = node(&state, CODE);
    raw(&mut state, RawAction::Reveal(code));
    let value = raw(&mut state, RawAction::CopyValue);
    assert_eq!(copied(&value), "InvalidInput.InvalidTimeOffset");
    let path = raw(&mut state, RawAction::CopyPath(PathStyle::Jq));
    assert_eq!(
        copied(&path),
        ".ProcedureStateChangeEvent.MediaProcessResultSet[4].CoverBySnapshotTask.ErrCodeExt"
    );
}

#[test]
fn a_container_is_copied_as_json() {
    let mut state = opened();
    let input = node(
        &state,
        "/ProcedureStateChangeEvent/MediaProcessResultSet/4/CoverBySnapshotTask/Input",
    );
    raw(&mut state, RawAction::Reveal(input));
    let effects = raw(&mut state, RawAction::CopyValue);
    let value: serde_json::Value = serde_json::from_str(copied(&effects)).unwrap();
    assert_eq!(value["Definition"], 10);
}

#[test]
fn another_event_keeps_the_search_and_starts_at_its_top() {
    let mut state = opened();
    raw(&mut state, RawAction::SetSearch("ErrCodeExt".to_owned()));
    assert_ne!(state.raw.cursor, 0);
    load(&mut state, ALL_FAILED);
    assert_eq!(
        (state.raw.cursor, state.raw.search.text.as_str()),
        (0, "ErrCodeExt")
    );
    let tree = &state.detail.loaded().unwrap().detail.tree;
    let names = state.raw.hits.iter().map(|hit| tree.node(*hit).unwrap());
    let names: Vec<Option<&str>> = names.map(|node| node.name.as_deref()).collect();
    assert!(!names.is_empty());
    assert!(
        names.iter().all(|name| *name == Some("ErrCodeExt")),
        "{names:?}"
    );
}

#[test]
fn filtering_for_a_value_searches_for_exactly_it() {
    let mut state = opened();
    let name = node(&state, "/ProcedureStateChangeEvent/FileName");
    raw(&mut state, RawAction::Select(name));
    raw(&mut state, RawAction::Filter(Sense::Include));
    let words: Vec<&str> = state
        .list
        .query
        .words
        .iter()
        .map(|word| word.0.as_str())
        .collect();
    assert_eq!(words, ["高等数学(上)第07讲 极限与连续.mp4"]);
}

#[test]
fn a_value_filtered_out_stands_in_the_query_box() {
    let mut state = opened();
    let id = node(&state, "/ProcedureStateChangeEvent/FileId");
    raw(&mut state, RawAction::Select(id));
    raw(&mut state, RawAction::Filter(Sense::Exclude));
    let expected = format!(
        "-\"{}\"",
        state
            .detail
            .loaded()
            .unwrap()
            .detail
            .file_id
            .as_deref()
            .unwrap()
    );
    assert_eq!(state.list.query.to_string(), expected);
    assert_eq!(state.list.text, expected, "it can be seen and taken back");
}

#[test]
fn a_type_or_code_is_filtered_by_as_such() {
    let mut state = opened();
    let kind = node(&state, "/EventType");
    raw(&mut state, RawAction::Select(kind));
    raw(&mut state, RawAction::Filter(Sense::Exclude));
    assert_eq!(state.list.query.to_string(), "-type:ProcedureStateChanged");
}
