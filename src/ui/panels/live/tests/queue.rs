//! The panel of the borrowed queue, its banner, its rings and its keys.

use std::time::Duration;

use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;

use super::{click, commands, rows, shows, text};
use crate::model::{
    ArchiveFault, ConfirmFault, Confirmed, EventConfig, Lang, LiveCommand, LiveNews, Permit,
};
use crate::state::{Action, Effect, ListAction, LiveAction, QueueAction};
use crate::ui::panels::live::queue as panel;
use crate::ui::panels::live::testing::{Fed, SOURCE, queue};

const EVENT: &str = r#"{"EventHandle":"h-1","EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"TaskId":"1256768367-Procedure-a90c1e000000000000000000077dt1","Status":"FINISH","ErrCode":0,"Message":"SUCCESS","FileId":"5285890784310055217","FileName":"podcast_ep89.m4a","MediaProcessResultSet":[{"Type":"Transcode","TranscodeTask":{"Status":"SUCCESS","ErrCode":0,"Input":{"Definition":100030}}}]}}"#;

pub(super) fn borrowing(lang: Lang) -> Fed {
    let mut fed = Fed::new(lang).opened(queue());
    fed.news(LiveNews::Config(EventConfig {
        mode: "PULL".to_owned(),
        ..EventConfig::default()
    }));
    fed.news(LiveNews::Backlog(Ok(1_240)));
    fed.rows(EVENT, 5);
    fed.borrowed(1, &[5, 6, 7]);
    fed
}

#[test]
fn a_queue_is_told_by_what_is_hidden() {
    for lang in [Lang::En, Lang::Zh] {
        let mut fed = borrowing(lang);
        fed.news(LiveNews::Confirmed(Confirmed::Returning {
            archive_ids: vec![7],
            why: ConfirmFault::TooLate,
        }));
        fed.tick(20_000);
        let state = &fed.state;
        let queue = state.live.queue.as_ref().unwrap();
        let told = panel::snapshot(queue, state.millis, &text(&fed));
        insta::assert_snapshot!(format!("queue_{lang:?}"), told);
    }
}

#[test]
fn an_empty_queue_is_a_calm_state() {
    for lang in [Lang::En, Lang::Zh] {
        let mut fed = Fed::new(lang).opened(queue());
        fed.news(LiveNews::Backlog(Ok(0)));
        fed.news(LiveNews::QueueEmpty {
            elapsed: Duration::from_millis(5_010),
            request_id: "r".to_owned(),
        });
        let queue = fed.state.live.queue.as_ref().unwrap();
        let told = panel::snapshot(queue, fed.state.millis, &text(&fed));
        insta::assert_snapshot!(format!("queue_empty_{lang:?}"), told);
    }
}

#[test]
fn a_borrowed_row_tells_when_it_returns() {
    let mut window = borrowing(Lang::En).window();
    assert!(rows(&window)[0].ends_with("hidden, returns in 30 s"));
    window.feed(|fed| fed.tick(25_000));
    assert!(rows(&window)[0].contains("returns in"));
    window.feed(|fed| fed.tick(60_000));
    assert!(rows(&window)[0].ends_with("returned"));
}

#[test]
fn one_click_is_one_pull() {
    let mut window = borrowing(Lang::En).window();
    window.effects();
    click(&mut window, "Pull 16 more");
    assert_eq!(commands(&window), [LiveCommand::PullOnce]);
    click(&mut window, "Pull 16 more");
    assert_eq!(commands(&window), [], "the first has not answered yet");
}

#[test]
fn live_pulling_has_a_limit_and_an_end() {
    let mut window = borrowing(Lang::En).window();
    window.effects();
    click(&mut window, "Live");
    click(&mut window, "Until 200 events or 5 min");
    let [LiveCommand::Live(Some(limit))] = commands(&window)[..] else {
        panic!("no live pulling was asked for");
    };
    assert_eq!((limit.events, limit.time.as_secs()), (200, 300));
    assert!(shows(&window, "Live: 200 of 200 events"));
    click(&mut window, "Stop live");
    assert_eq!(commands(&window), [LiveCommand::Live(None)]);
}

#[test]
fn escape_ends_borrowing_at_once() {
    let mut window = borrowing(Lang::En).window();
    window.effects();
    window.harness.key_press(Key::Escape);
    window.step();
    assert_eq!(window.effects(), [Effect::CancelSource(SOURCE)]);
    assert!(!window.state().live.is_borrowing());
    assert!(shows(&window, "return by themselves within"));
}

#[test]
fn stopping_during_a_pull_says_that_it_may_hide_more() {
    let mut window = borrowing(Lang::En).window();
    click(&mut window, "Pull 16 more");
    window.harness.key_press(Key::Escape);
    window.step();
    assert!(shows(&window, "up to 16 more events may be hidden"));
}

#[test]
fn the_stop_of_the_list_ends_borrowing_too() {
    let mut window = borrowing(Lang::En).window();
    window.effects();
    let stop = window.harness.get_all_by_label("Stop").next().unwrap();
    stop.click();
    window.step();
    assert_eq!(window.effects(), [Effect::CancelSource(SOURCE)]);
}

#[test]
fn nothing_is_confirmed_before_the_id_was_typed() {
    let mut window = borrowing(Lang::En).window();
    window.effects();
    let locked = window
        .harness
        .get_by_role_and_label(Role::Button, "Confirm");
    locked.click();
    click(&mut window, "Enable confirm");
    assert_eq!(commands(&window), []);
    window.feed(|fed| {
        let typed = QueueAction::TypeId("1500012345".to_owned());
        fed.act(Action::Live(LiveAction::Queue(typed)));
    });
    click(&mut window, "Enable confirm");
    click(&mut window, "Confirm 3 events of batch 1");
    assert_eq!(
        commands(&window),
        [LiveCommand::Confirm(vec![5, 6, 7], Permit::default())]
    );
}

/// The id was typed, and confirming switched on.
fn unlock(fed: &mut Fed) {
    for action in [
        QueueAction::TypeId("1500012345".to_owned()),
        QueueAction::EnableConfirm,
    ] {
        fed.act(Action::Live(LiveAction::Queue(action)));
    }
}

#[test]
fn what_can_delete_is_in_sight_and_locked_by_a_button() {
    for (width, lang) in [
        (1_024.0, Lang::En),
        (1_280.0, Lang::Zh),
        (1_440.0, Lang::En),
    ] {
        let mut fed = borrowing(lang);
        unlock(&mut fed);
        let mut window = fed.window_of(width, 700.0);
        let on = window
            .harness
            .get_by_label(lang.pick("Confirm is on", "确认已开启"));
        assert!(on.rect().bottom() < 690.0, "{:?}", on.rect());
        let name = lang.pick("Lock", "锁定");
        let rect = window.harness.get_by_label(name).rect();
        assert!(rect.right() < width && rect.bottom() < 690.0, "{rect:?}");
        click(&mut window, name);
        assert!(!window.state().live.queue.as_ref().unwrap().confirm_on);
    }
}

#[test]
fn a_confirmed_batch_counts_down_no_more() {
    let mut fed = borrowing(Lang::En);
    fed.news(LiveNews::Confirmed(Confirmed::Deleted {
        archive_ids: vec![5, 6, 7],
        request_id: "r".to_owned(),
    }));
    let mut window = fed.window();
    assert!(shows(&window, ", 3, confirmed, confirmed"));
    window.feed(|fed| fed.tick(25_000));
    assert!(shows(&window, ", 3, confirmed, confirmed"));
}

#[test]
fn six_rows_stay_in_sight_in_the_smallest_window() {
    for lang in [Lang::En, Lang::Zh] {
        let mut fed = borrowing(lang);
        let more: Vec<String> = (10..30)
            .map(|n| EVENT.replace("77dt1", &format!("{n}dt1")))
            .collect();
        fed.rows(&more.join("\n"), 10);
        let listener = &mut fed.state.live.listener;
        listener.phase = crate::state::ListenerPhase::Listening;
        let window = fed.window_of(1_024.0, 700.0);
        assert!(shows(&window, lang.pick("Receiving on", "接收")));
        let title = lang.pick("Event queue of prod-edu", "prod-edu 的事件队列");
        // The panel begins above the middle of its title.
        let panel = window.harness.get_by_label(title).rect().center().y - 28.0;
        let list = window.harness.query_all_by_role(Role::ListItem);
        let whole = list.filter(|row| row.rect().bottom() <= panel + 0.5);
        assert!(whole.count() >= 6, "{lang:?}");
    }
}

#[test]
fn the_rail_makes_room_while_borrowing_and_comes_back() {
    let mut window = borrowing(Lang::En).window();
    assert!(!shows(&window, "Source: prod-edu"));
    window.feed(|fed| fed.act(Action::Live(LiveAction::Queue(QueueAction::Stop))));
    assert!(shows(&window, "Source: prod-edu, queue"));
}

#[test]
fn a_batch_locks_two_seconds_before_it_returns() {
    let mut window = borrowing(Lang::En).window();
    window.feed(|fed| {
        let typed = QueueAction::TypeId("1500012345".to_owned());
        fed.act(Action::Live(LiveAction::Queue(typed)));
        let enable = QueueAction::EnableConfirm;
        fed.act(Action::Live(LiveAction::Queue(enable)));
    });
    assert!(shows(&window, "events of batch 1"));
    window.feed(|fed| fed.tick(fed.state.millis + 28_000));
    assert!(!shows(&window, "events of batch 1"));
}

#[test]
fn the_marked_task_is_confirmed_from_the_head() {
    let mut window = borrowing(Lang::En).window();
    window.feed(|fed| {
        let typed = QueueAction::TypeId("1500012345".to_owned());
        fed.act(Action::Live(LiveAction::Queue(typed)));
        let enable = QueueAction::EnableConfirm;
        fed.act(Action::Live(LiveAction::Queue(enable)));
        fed.act(Action::List(ListAction::ToggleMark));
    });
    window.effects();
    click(&mut window, "Confirm 1");
    assert_eq!(
        commands(&window),
        [LiveCommand::Confirm(vec![5], Permit::default())]
    );
}

#[test]
fn the_list_is_titled_by_what_was_borrowed() {
    let window = borrowing(Lang::En).window();
    assert!(shows(&window, "3 borrowed, ≈ 1,240 waiting"));
    let window = borrowing(Lang::Zh).window();
    assert!(shows(&window, "已借 3 条，约 1,240 条等待"));
}

#[test]
fn events_that_come_back_are_told_together() {
    let mut fed = borrowing(Lang::En);
    for id in [5, 6, 7] {
        fed.news(LiveNews::Confirmed(Confirmed::Returning {
            archive_ids: vec![id],
            why: ConfirmFault::TooLate,
        }));
    }
    let window = fed.window();
    let words = "3 events were not confirmed and come back to your consumer: more than 28 s";
    assert!(shows(&window, words));
}

#[test]
fn events_that_could_not_be_stored_stay_told_of() {
    let mut window = borrowing(Lang::En).window();
    window.feed(|fed| {
        let why = ArchiveFault::DiskFull;
        fed.news(LiveNews::NotKept {
            task_ids: Vec::new(),
            events: 16,
            why: why.clone(),
        });
        fed.news(LiveNews::ArchiveFailed { why });
        assert_eq!(
            fed.state.live.queue.as_ref().map(|queue| queue.not_kept),
            Some(16)
        );
    });
}

#[test]
fn a_full_disk_is_told_across_the_list() {
    let mut window = borrowing(Lang::En).window();
    window.feed(|fed| {
        let why = ArchiveFault::DiskFull;
        fed.news(LiveNews::ArchiveFailed { why });
    });
    assert!(shows(&window, "Nothing can be stored: The disk is full"));
}
