//! The ways that lead to the dialogs: the bar, the palette, the first screen, a row's menu.

use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;

use super::Window;
use crate::decode::decode_lines;
use crate::model::{
    Batch, Compression, Encoding, LiveSpec, Profile, Shape, SourceEvent, SourceId, SourceInfo,
    TaskPull,
};
use crate::state::{Action, Dialog, LiveEffect, PullMode, SourceAction};

const RUNNING: &str = r#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"TaskId":"1256768367-Procedure-a90c1e","Status":"PROCESSING","FileId":"5285890784310055217","FileName":"podcast.m4a","MediaProcessResultSet":[{"Type":"Transcode","TranscodeTask":{"Status":"PROCESSING","Progress":40,"Input":{"Definition":100030}}}]}}"#;

fn tell(window: &mut Window, event: SourceEvent) {
    window.act(Action::Source(SourceAction::Event(event)));
}

fn open(window: &mut Window, live: Option<LiveSpec>) {
    let info = SourceInfo {
        id: SourceId(0),
        name: "events".to_owned(),
        path: None,
        total_bytes: None,
        compression: Compression::None,
        encoding: Encoding::Utf8,
        shape: Shape::Lines,
        live,
    };
    tell(window, SourceEvent::Opened(info));
}

#[test]
fn the_bar_opens_the_dialog_and_its_menu_the_others() {
    let mut window = Window::new();
    window.click("Pull");
    assert_eq!(window.state().dialog, Some(Dialog::Pull));
    window.press(Key::Escape);
    let ways = [
        ("Borrow from the queue…", Dialog::Pull),
        ("Receive callbacks…", Dialog::Listen),
        ("Archive…", Dialog::Archive),
    ];
    for (name, dialog) in ways {
        window.click("More ways to pull and receive");
        window.click(name);
        assert_eq!(window.state().dialog, Some(dialog), "{name}");
        window.press(Key::Escape);
    }
    assert_eq!(window.state().live.dialog.mode, PullMode::Queue);
}

#[test]
fn the_first_screen_offers_it_beside_the_other_ways() {
    let mut window = Window::new();
    let card = (Role::Button, "Pull from account");
    window.harness.get_by_role_and_label(card.0, card.1).click();
    window.step();
    assert_eq!(window.state().dialog, Some(Dialog::Pull));
    assert_eq!(window.state().live.dialog.mode, PullMode::Tasks);
}

#[test]
fn the_palette_and_the_keys_know_it() {
    let mut window = Window::new();
    window.control(Key::K);
    window.type_text("callbacks");
    window.press(Key::Enter);
    assert_eq!(window.state().dialog, Some(Dialog::Listen));
    window.press(Key::Escape);
    window.type_text("?");
    assert!(window.shows("Pull tasks…"));
}

#[test]
fn the_settings_lead_to_the_archive() {
    let mut window = Window::new();
    window.click("Settings");
    window.click("Show…");
    assert_eq!(window.state().dialog, Some(Dialog::Archive));
}

#[test]
fn the_badge_says_whether_a_queue_is_borrowed_from() {
    let mut window = Window::new();
    assert!(window.shows("Read-only"));
    let profile = Profile::default();
    open(&mut window, Some(LiveSpec::Queue { profile }));
    assert!(!window.shows("Read-only"));
    assert!(window.shows("Borrowing queue"));
}

#[test]
fn a_second_queue_is_not_borrowed_from_beside_the_first() {
    let mut window = Window::new();
    let profile = Profile::default();
    open(&mut window, Some(LiveSpec::Queue { profile }));
    window.click("More ways to pull and receive");
    window.click("Borrow from the queue…");
    window.asked();
    assert!(window.shows("A queue is borrowed from already"));
    window.press(Key::Enter);
    assert_eq!(window.asked(), []);
}

fn with_a_running_task() -> Window {
    let mut window = Window::new();
    open(&mut window, None);
    let batch = Batch {
        source: SourceId(0),
        segment: decode_lines(RUNNING.as_bytes(), 0).segment,
        problems: Vec::new(),
        text_lines: 0,
        bytes_read: 900,
    };
    tell(&mut window, SourceEvent::Batch(batch));
    window.act(Action::App(crate::state::AppAction::Tick {
        now_unix: super::NOW,
        millis: 5_000,
    }));
    window
}

fn choose(window: &mut Window, name: &str) {
    let rows = window.harness.get_all_by_role(Role::ListItem).next();
    rows.unwrap().click_secondary();
    window.step();
    window.click(name);
}

#[test]
fn a_row_can_be_sent_again() {
    let mut window = with_a_running_task();
    choose(&mut window, "Replay to a URL…");
    assert_eq!(window.state().dialog, Some(Dialog::Replay));
    assert!(window.shows("ProcedureStateChanged, v3-push"));
    assert!(window.shows("1256768367-Procedure-a90c1e"));
}

#[test]
fn a_row_is_looked_up_and_watched_with_the_profile_used_last() {
    let mut window = with_a_running_task();
    window.asked();
    choose(&mut window, "Look up this file");
    assert_eq!(window.state().dialog, Some(Dialog::Pull), "no profile yet");
    window.press(Key::Enter);
    window.asked();
    let asked = |window: &mut Window, name: &str| {
        choose(window, name);
        match window.asked().as_slice() {
            [LiveEffect::Start(LiveSpec::Tasks { pull, .. })] => pull.clone(),
            other => panic!("{other:?}"),
        }
    };
    let task = "1256768367-Procedure-a90c1e".to_owned();
    let pull = asked(&mut window, "Look up again in the cloud");
    assert_eq!(pull, TaskPull::Task(task.clone()));
    let pull = asked(&mut window, "Watch until it ends");
    assert_eq!(pull, TaskPull::Watch(task));
    let pull = asked(&mut window, "Look up this file");
    assert_eq!(pull, TaskPull::File("5285890784310055217".to_owned()));
}
