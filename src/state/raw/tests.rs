use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::decode::tree::parse;

const EVENT: &str = r#"{
  "EventType": "ProcedureStateChanged",
  "Payload": {
    "TaskId": "t-1",
    "odd name": {"a/b~c": [true, null]},
    "Empty": {},
    "Set": [
      {"Type": "A", "Task": {"Status": "SUCCESS", "ErrCodeExt": ""}},
      {"Type": "B", "Task": {"Status": "FAIL", "ErrCodeExt": "Bad.Code", "Input": {"Definition": 10}}}
    ],
    "TaskId": "t-2"
  }
}"#;

fn event() -> JsonTree {
    parse(EVENT.as_bytes()).unwrap()
}

fn pane(tree: &JsonTree) -> RawPane {
    let mut pane = RawPane::default();
    pane.reset(tree);
    pane
}

fn node(tree: &JsonTree, pointer: &str) -> NodeId {
    (0..u32::try_from(tree.nodes.len()).unwrap())
        .find(|id| path_text(tree, *id, PathStyle::JsonPointer) == pointer)
        .unwrap()
}

/// The visible lines as text, with their numbers.
fn shown(pane: &RawPane, tree: &JsonTree) -> String {
    let mut out = String::new();
    for line in &pane.lines {
        let node = tree.node(line.node).unwrap();
        let name = node.name.as_deref().unwrap_or("-");
        let mark = match line.kind {
            LineKind::Leaf => "",
            LineKind::Open => " {",
            LineKind::Close => " }",
            LineKind::Folded => " {…}",
        };
        let indent = "  ".repeat(usize::from(node.depth));
        writeln!(out, "{:>3} {indent}{name}{mark}", line.number).unwrap();
    }
    out
}

#[test]
fn at_first_two_levels_are_open_and_the_failed_sub_task() {
    let tree = event();
    insta::assert_snapshot!(shown(&pane(&tree), &tree), @r"
      1 - {
      2   EventType
      3   Payload {
      4     TaskId
      5     odd name {…}
     11     Empty
     12     Set {
     13       - {…}
     20       - {
     21         Type
     22         Task {
     23           Status
     24           ErrCodeExt
     25           Input {
     26             Definition
     27           Input }
     28         Task }
     29       - }
     30     Set }
     31     TaskId
     32   Payload }
     33 - }
    ");
}

#[test]
fn line_numbers_are_those_of_the_indented_text() {
    let tree = event();
    let mut pane = pane(&tree);
    pane.apply(&tree, RawAction::SetDepth(Depth::All));
    let numbers: Vec<u32> = pane.lines.iter().map(|line| line.number).collect();
    let whole: Vec<u32> = (1..=pane.numbers.line_count(&tree)).collect();
    assert_eq!(numbers, whole);
    let printed = crate::decode::tree::to_pretty(&tree, 0);
    assert_eq!(printed.lines().count(), whole.len());
}

#[test]
fn paths_are_spelled_as_each_tool_reads_them() {
    let tree = event();
    let id = node(&tree, "/Payload/odd name/a~1b~0c/1");
    let spelled = [PathStyle::JsonPath, PathStyle::JsonPointer, PathStyle::Jq]
        .map(|style| path_text(&tree, id, style));
    assert_eq!(
        spelled,
        [
            "$.Payload['odd name']['a/b~c'][1]",
            "/Payload/odd name/a~1b~0c/1",
            r#".Payload."odd name"."a/b~c"[1]"#,
        ]
    );
    assert_eq!(path_text(&tree, 0, PathStyle::JsonPath), "$");
    assert_eq!(path_text(&tree, 0, PathStyle::JsonPointer), "");
    assert_eq!(path_text(&tree, 0, PathStyle::Jq), ".");
}

#[test]
fn names_with_quotes_are_escaped_in_paths() {
    let tree = parse(r#"[{"it's \"x\"\n": 1}]"#.as_bytes()).unwrap();
    assert_eq!(
        path_text(&tree, 2, PathStyle::JsonPath),
        r#"$[0]['it\'s "x"\n']"#
    );
    assert_eq!(path_text(&tree, 2, PathStyle::Jq), r#".[0]."it's \"x\"\n""#);
}

#[test]
fn a_search_goes_to_its_first_hit_and_an_empty_one_back() {
    let tree = event();
    let mut pane = pane(&tree);
    let before = shown(&pane, &tree);
    pane.apply(&tree, RawAction::SetSearch("t".to_owned()));
    pane.apply(&tree, RawAction::SetSearch("true".to_owned()));
    assert_eq!(pane.cursor, node(&tree, "/Payload/odd name/a~1b~0c/0"));
    assert_eq!(pane.hit_count(), (Some(0), 1));
    assert!(pane.cursor_line(&tree).is_some());
    pane.apply(&tree, RawAction::SetSearch(String::new()));
    assert_eq!((pane.cursor, pane.hits.len()), (0, 0));
    assert_eq!(shown(&pane, &tree), before);
}

#[test]
fn hits_are_stepped_through_round_the_end() {
    let tree = event();
    let mut pane = pane(&tree);
    pane.apply(&tree, RawAction::SetSearch("errcodeext".to_owned()));
    let (first, second) = (pane.hits[0], pane.hits[1]);
    assert_eq!(pane.cursor, first);
    let mut places = Vec::new();
    for action in [
        RawAction::NextHit,
        RawAction::NextHit,
        RawAction::PreviousHit,
    ] {
        pane.apply(&tree, action);
        places.push((pane.cursor, pane.hit_count()));
    }
    let (one, two) = ((Some(0), 2), (Some(1), 2));
    assert_eq!(places, [(second, two), (first, one), (second, two)]);
}

#[test]
fn keys_values_and_case_narrow_a_search() {
    let tree = event();
    let count = |search: &Search| search::nodes(&tree, search.matcher().as_ref(), search).len();
    let mut search = Search {
        text: "a".to_owned(),
        ..Search::default()
    };
    search.toggle(SearchOption::Values);
    let keys = count(&search);
    search.toggle(SearchOption::Keys);
    assert!(search.in_values && !search.in_keys);
    let values = count(&search);
    search.toggle(SearchOption::MatchCase);
    let exact_values = count(&search);
    assert_eq!((keys, values, exact_values), (9, 4, 2));
}

#[test]
fn folded_nodes_count_the_hits_below_them() {
    let tree = event();
    let mut pane = pane(&tree);
    pane.apply(&tree, RawAction::SetSearch("ErrCodeExt".to_owned()));
    assert_eq!(pane.hits_below(&tree, node(&tree, "/Payload/Set")), 2);
    assert_eq!(pane.hits_below(&tree, node(&tree, "/Payload/Set/0")), 1);
    assert_eq!(pane.hits_below(&tree, node(&tree, "/Payload/odd name")), 0);
}

#[test]
fn folding_takes_the_cursor_along() {
    let tree = event();
    let mut pane = pane(&tree);
    let set = node(&tree, "/Payload/Set");
    pane.apply(
        &tree,
        RawAction::Reveal(node(&tree, "/Payload/Set/1/Task/Status")),
    );
    pane.apply(&tree, RawAction::Toggle(set));
    assert_eq!(pane.cursor, set);
    pane.apply(&tree, RawAction::Unfold);
    pane.apply(&tree, RawAction::Unfold);
    assert_eq!(pane.cursor, node(&tree, "/Payload/Set/0"));
    pane.apply(&tree, RawAction::Fold);
    assert_eq!(pane.cursor, set);
}

#[test]
fn a_step_taken_while_another_is_shown_is_shown_too() {
    let tree = event();
    let mut pane = pane(&tree);
    pane.apply(&tree, RawAction::MoveCursor(Move::Down));
    let drawn = pane.generation;
    pane.apply(&tree, RawAction::MoveCursor(Move::Down));
    pane.apply(&tree, RawAction::Revealed(drawn));
    assert!(pane.reveal);
    pane.apply(&tree, RawAction::Revealed(pane.generation));
    assert!(!pane.reveal);
}

#[test]
fn siblings_fold_together() {
    let tree = event();
    let mut pane = pane(&tree);
    pane.apply(&tree, RawAction::Select(node(&tree, "/Payload/Set/1")));
    pane.apply(&tree, RawAction::FoldSiblings);
    let first = node(&tree, "/Payload/Set/0");
    assert!(!pane.folding.is_open(first) && !pane.folding.is_open(pane.cursor));
    pane.apply(&tree, RawAction::UnfoldSiblings);
    assert!(pane.folding.is_open(first) && pane.folding.is_open(pane.cursor));
}

#[test]
fn the_cursor_passes_over_closing_lines() {
    let tree = event();
    let mut pane = pane(&tree);
    pane.apply(
        &tree,
        RawAction::Select(node(&tree, "/Payload/Set/1/Task/Input/Definition")),
    );
    pane.apply(&tree, RawAction::MoveCursor(Move::Down));
    assert_eq!(tree.text_of(pane.cursor), Some("t-2"));
    pane.apply(&tree, RawAction::MoveCursor(Move::First));
    assert_eq!(pane.cursor, 0);
}

#[test]
fn long_lines_of_the_text_go_on_below_and_lose_nothing() {
    let text = format!("[\"{}\",\r\n1]\n", "高".repeat(400));
    let lines = text_lines::lines(&text, 300);
    let numbers: Vec<Option<u32>> = lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [Some(1), None, None, Some(2)]);
    let joined: String = lines
        .iter()
        .map(|line| &text[line.range.start as usize..line.range.end as usize])
        .collect();
    assert_eq!(joined, text.replace("\r\n", "").replace('\n', ""));
}

#[test]
fn the_text_has_hits_of_its_own() {
    let tree = event();
    let mut pane = pane(&tree);
    pane.apply(&tree, RawAction::SetColumns(200));
    pane.apply(&tree, RawAction::SetMode(RawMode::Text));
    pane.apply(&tree, RawAction::SetSearch("t-".to_owned()));
    assert_eq!(pane.hit_count(), (Some(0), 2));
    pane.apply(&tree, RawAction::NextHit);
    assert_eq!((pane.hit_count(), pane.text_cursor), ((Some(1), 2), 10));
    assert_eq!(tree.text_of(pane.cursor), Some("t-2"));
    pane.apply(&tree, RawAction::NextHit);
    assert_eq!((pane.hit_count(), pane.text_cursor), ((Some(0), 2), 3));
}

#[test]
fn a_hundred_thousand_nodes_are_no_trouble() {
    let items: Vec<String> = (0..50_000).map(|i| format!("{{\"k\":{i}}}")).collect();
    let tree = parse(format!("[{}]", items.join(",")).as_bytes()).unwrap();
    let mut pane = pane(&tree);
    pane.apply(&tree, RawAction::SetDepth(Depth::All));
    pane.apply(&tree, RawAction::SetSearch("49999".to_owned()));
    assert_eq!(pane.lines.len(), 150_002);
    assert_eq!(pane.cursor_line(&tree), Some(149_999));
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
        "[a-c]{0,3}".prop_map(|text| format!("\"{text}\"")),
        (0..100_u32).prop_map(|number| number.to_string()),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        let name = "[a-d]{1,2}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((name, inner), 0..5).prop_map(|members| {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| format!("\"{name}\":{value}"))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn toggles() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0..64_u32, 0..8)
}

proptest! {
    #[test]
    fn everything_is_reachable_when_all_is_unfolded(text in json()) {
        let tree = parse(text.as_bytes()).unwrap();
        let mut pane = pane(&tree);
        pane.apply(&tree, RawAction::SetDepth(Depth::All));
        let opened: Vec<u32> = pane
            .lines
            .iter()
            .filter(|line| line.kind != LineKind::Close)
            .map(|line| line.node)
            .collect();
        let all: Vec<u32> = (0..u32::try_from(tree.nodes.len()).unwrap()).collect();
        prop_assert_eq!(opened, all);
    }

    #[test]
    fn line_numbers_rise_and_the_cursor_is_in_sight(text in json(), nodes in toggles()) {
        let tree = parse(text.as_bytes()).unwrap();
        let mut pane = pane(&tree);
        for id in nodes.into_iter().filter(|id| tree.node(*id).is_some()) {
            pane.apply(&tree, RawAction::Reveal(id));
            prop_assert_eq!(pane.cursor, id);
            pane.apply(&tree, RawAction::Toggle(id / 2));
            prop_assert!(pane.cursor_line(&tree).is_some());
        }
        prop_assert!(pane.lines.is_sorted_by(|a, b| a.number < b.number));
    }
}
