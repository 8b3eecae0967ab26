//! The application without a window: what actions do to the state, and what they ask for.
#![expect(
    unreachable_pub,
    reason = "the support files are shared between test programs"
)]

#[path = "support/scenario.rs"]
mod scenario;
#[path = "support/segments.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the index, which use all of it"
)]
mod segments;

use scenario::Scenario;
use segments::event;
use vodscope::model::{Lang, Reason, SourceId, SourceSpec, Verdict};
use vodscope::state::{
    Action, AppAction, Dialog, Effect, ListAction, Load, Move, OpenAction, Pane, SourceAction,
    Step, Tab, update,
};
use vodscope::store::{FacetValue, Sense, Sort};

fn list(action: ListAction) -> Action {
    Action::List(action)
}

fn three_tasks() -> Scenario {
    let events = [
        event("a").time(10, 100),
        event("b")
            .time(10, 200)
            .verdict(Verdict::Failed)
            .code("InternalError"),
        event("c").time(10, 300),
    ];
    Scenario::new()
        .opened(0, "events.ndjson")
        .rows(0, &events)
        .ended(0)
}

#[test]
fn the_newest_task_is_selected_and_read_at_once() {
    let scenario = three_tasks();
    assert_eq!(scenario.lines(), ["c", "b", "a"]);
    assert_eq!(scenario.selected(), Some("c"));
    assert!(matches!(scenario.state.detail.load, Load::Reading { .. }));
    assert!(
        scenario
            .effects
            .iter()
            .any(|e| matches!(e, Effect::LoadDetail { .. }))
    );
}

#[test]
fn moving_stops_at_both_ends() {
    let scenario = three_tasks()
        .act(list(ListAction::Move(Move::Up)))
        .act(list(ListAction::Move(Move::Down)))
        .act(list(ListAction::Move(Move::Down)))
        .act(list(ListAction::Move(Move::Down)));
    assert_eq!(scenario.selected(), Some("a"));
    assert_eq!(scenario.state.list.reveal, Some(2));
}

#[test]
fn failed_tasks_are_stepped_through() {
    let scenario = three_tasks().act(list(ListAction::Step(Step::NextFailed)));
    assert_eq!(scenario.selected(), Some("b"));
    let scenario = scenario.act(list(ListAction::Step(Step::NextFailed)));
    assert_eq!(scenario.selected(), Some("b"), "there is no other");
}

#[test]
fn failed_only_goes_on_and_off() {
    let scenario = three_tasks().act(list(ListAction::ToggleFailedOnly));
    assert_eq!(scenario.lines(), ["b"]);
    let scenario = scenario.act(list(ListAction::ToggleFailedOnly));
    assert_eq!(scenario.lines().len(), 3);
}

#[test]
fn typed_terms_become_chips_when_they_are_complete() {
    let scenario = three_tasks().act(list(ListAction::SetText("code:InternalError ".into())));
    let code = FacetValue::Code("InternalError".into());
    assert_eq!(
        scenario.state.list.query.sense_of(&code),
        Some(Sense::Include)
    );
    assert_eq!(scenario.state.list.text, "");
    assert_eq!(scenario.lines(), ["b"]);
}

#[test]
fn escape_closes_then_leaves_then_clears() {
    let escape = || Action::App(AppAction::Escape);
    let scenario = three_tasks()
        .act(list(ListAction::SetText("b".into())))
        .act(Action::App(AppAction::SetFocus(Pane::Detail)))
        .act(Action::App(AppAction::Show(Dialog::Keys)))
        .act(escape());
    assert_eq!(
        (scenario.state.dialog, scenario.state.focus),
        (None, Pane::Detail)
    );
    let scenario = scenario.act(escape());
    assert_eq!(scenario.state.focus, Pane::List);
    assert_eq!(scenario.lines(), ["b"]);
    let scenario = scenario.act(escape());
    assert_eq!(scenario.lines().len(), 3);
}

#[test]
fn rows_that_arrive_above_do_not_move_what_is_in_sight() {
    let many: Vec<_> = (0..100)
        .map(|n| event(&format!("t{n:03}")).time(1, 1_000 + n))
        .collect();
    let newer: Vec<_> = (0..10)
        .map(|n| event(&format!("n{n}")).time(1, 9_000 + n))
        .collect();
    let scenario = Scenario::new()
        .opened(0, "a")
        .rows(0, &many)
        .act(list(ListAction::Scroll(44.0 * 50.0 + 7.0)))
        .rows(0, &newer)
        .wait(1_000);
    assert!((scenario.state.list.scroll - (44.0 * 60.0 + 7.0)).abs() < f64::EPSILON);
    assert_eq!(scenario.state.list.new_above, 10);
}

#[test]
fn an_unreadable_file_shows_its_report() {
    let scenario = Scenario::new()
        .opened(0, "broken.json")
        .problem(0, Reason::Empty)
        .ended(0);
    assert_eq!(scenario.state.dialog, Some(Dialog::LoadReport));
    assert_eq!(scenario.state.sources.problems.len(), 1);
}

#[test]
fn problems_beside_good_rows_do_not_cover_them() {
    let scenario = Scenario::new()
        .opened(0, "mixed.json")
        .rows(0, &[event("a")])
        .problem(0, Reason::NoJson)
        .ended(0);
    assert_eq!(scenario.state.dialog, None);
    assert_eq!(scenario.state.sources.list[0].unreadable, 1);
}

#[test]
fn closing_a_source_takes_its_rows_and_problems() {
    let scenario = three_tasks()
        .opened(1, "more")
        .rows(1, &[event("z").time(1, 900)])
        .problem(1, Reason::NoJson)
        .ended(1)
        .act(Action::Source(SourceAction::Close(SourceId(1))));
    assert_eq!(scenario.lines(), ["c", "b", "a"]);
    assert!(scenario.state.sources.problems.is_empty());
    assert!(
        scenario
            .effects
            .contains(&Effect::CancelSource(SourceId(1)))
    );
}

#[test]
fn a_late_answer_for_another_task_is_dropped() {
    let mut scenario = three_tasks();
    let ticket = scenario.state.detail.ticket;
    update(&mut scenario.state, list(ListAction::Move(Move::Down)));
    let late = vodscope::state::DetailAction::Failed {
        ticket,
        reason: Reason::Changed,
    };
    update(&mut scenario.state, Action::Detail(late));
    assert!(matches!(scenario.state.detail.load, Load::Reading { .. }));
}

#[test]
fn pasting_nothing_says_so_and_opens_nothing() {
    let scenario = Scenario::new().act(Action::Open(OpenAction::Pasted(" \n".into())));
    assert_eq!(scenario.state.toasts.shown.len(), 1);
    assert!(scenario.effects.is_empty());
}

#[test]
fn opened_files_are_remembered_newest_first() {
    let open = |path: &str| Action::Open(OpenAction::Specs(vec![SourceSpec::Path(path.into())]));
    let scenario = Scenario::new()
        .act(open("/a"))
        .act(open("/b"))
        .act(open("/a"));
    let recent = &scenario.state.settings.recent;
    let paths: Vec<_> = recent
        .iter()
        .map(|file| file.path.to_str().unwrap())
        .collect();
    assert_eq!(paths, ["/a", "/b"]);
    assert!(scenario.effects.contains(&Effect::SaveSettings));
}

#[test]
fn copying_is_named_in_a_toast_that_passes() {
    let copy = AppAction::Copy {
        what: "TaskId".into(),
        text: "abc".into(),
    };
    let scenario = Scenario::new().act(Action::App(copy));
    assert_eq!(scenario.state.toasts.shown[0].title, "Copied TaskId");
    assert_eq!(scenario.effects, [Effect::CopyText("abc".into())]);
    assert!(scenario.wait(5_000).state.toasts.shown.is_empty());
}

#[test]
fn language_and_scale_apply_and_are_kept() {
    let scenario = Scenario::new()
        .act(Action::App(AppAction::SetLang(Lang::Zh)))
        .act(Action::App(AppAction::SetScale(9.0)));
    assert_eq!(scenario.state.text().chrome.open, "打开");
    assert!((scenario.state.settings.ui_scale - 2.0).abs() < f32::EPSILON);
    assert!(scenario.effects.contains(&Effect::ApplyAppearance));
}

#[test]
fn sorting_keeps_the_selected_task_in_sight() {
    let scenario = three_tasks().act(list(ListAction::SetSort(Sort::Oldest)));
    assert_eq!(scenario.lines(), ["a", "b", "c"]);
    assert_eq!(scenario.selected(), Some("c"));
    assert_eq!(scenario.state.list.reveal, Some(2));
}

#[test]
fn the_history_is_read_when_its_tab_opens() {
    use vodscope::model::Detail;
    use vodscope::state::{DetailAction, Loaded};
    let mut scenario = three_tasks();
    let loaded = Loaded {
        ticket: scenario.state.detail.ticket,
        task: scenario.state.list.selected.unwrap(),
        detail: Detail::default().into(),
    };
    update(
        &mut scenario.state,
        Action::Detail(DetailAction::Loaded(loaded.into())),
    );
    let effects = update(
        &mut scenario.state,
        Action::Detail(DetailAction::SetTab(Tab::History)),
    );
    assert!(matches!(effects.as_slice(), [Effect::LoadHistory { raws, .. }] if raws.len() == 1));
}

#[test]
fn taking_a_filter_away_brings_no_new_rows() {
    let many: Vec<_> = (0..100)
        .map(|n| event(&format!("t{n:03}")).time(1, 1_000 + n))
        .collect();
    let scenario = Scenario::new()
        .opened(0, "a")
        .rows(0, &many)
        .act(list(ListAction::SetText("t00".into())))
        .act(list(ListAction::Scroll(88.0)))
        .act(list(ListAction::ClearQuery));
    assert_eq!(scenario.lines().len(), 100);
    assert_eq!(scenario.state.list.new_above, 0);
}

#[test]
fn a_paste_is_selected_and_counted() {
    let scenario = three_tasks()
        .act(Action::Open(OpenAction::Pasted("{…}".into())))
        .opened(1, "Pasted 1")
        .rows(1, &[event("p").time(1, 50)])
        .ended(1);
    assert_eq!(scenario.selected(), Some("p"));
    let toast = &scenario.state.toasts.shown[0];
    assert_eq!(
        (toast.title.as_str(), toast.value.as_str()),
        ("Pasted 1", "1 event")
    );
}

#[test]
fn what_the_window_selected_gives_way_only_while_it_opens() {
    let (early, late) = (event("early").time(10, 100), event("late").time(10, 200));
    let opening = || {
        Scenario::new()
            .opened(0, "a.ndjson")
            .rows(0, [&early])
            .ended(0)
            .opened(1, "b.ndjson")
            .rows(1, [&late])
    };
    let at_once = opening().ended(1);
    assert_eq!(at_once.selected(), Some("late"));
    assert_eq!(at_once.state.list.new_above, 0);
    let read_meanwhile = opening().wait(1_000).ended(1);
    assert_eq!(read_meanwhile.selected(), Some("early"));
    let first = opening().state.list.view.task_at(0).unwrap();
    let chosen = opening().act(list(ListAction::Select(first))).ended(1);
    assert_eq!(chosen.selected(), Some("early"));
}

#[test]
fn a_text_can_be_filtered_out_and_back_in() {
    let out = ListAction::FilterText {
        text: "b".to_owned(),
        sense: Sense::Exclude,
    };
    let scenario = three_tasks().act(list(out));
    assert_eq!(scenario.lines(), ["c", "a"]);
    assert_eq!(scenario.state.list.text, "-\"b\"");
    let scenario = scenario.act(list(ListAction::SetText(String::new())));
    assert_eq!(scenario.lines().len(), 3);
}
