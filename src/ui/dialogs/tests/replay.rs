use std::time::Duration;

use egui::Key;

use super::Window;
use crate::model::{CallFault, Format, NetworkFault, RawRef, Replayed, SourceId, Wrapping};
use crate::state::{LiveAction, LiveEffect, ReplayAction};

fn raw() -> RawRef {
    RawRef {
        source: SourceId(0),
        offset: 0,
        len: 2_048,
        checksum: 7,
        format: Format::V3Pull,
        wrapping: Wrapping::Plain,
    }
}

fn opened() -> Window {
    let mut window = Window::new();
    window.live(LiveAction::Replay(ReplayAction::OpenFor(raw())));
    window
}

fn sent(window: &mut Window) -> u64 {
    window.fill("URL", "http://127.0.0.1:9000/vod");
    window.press(Key::Enter);
    match window.asked().as_slice() {
        [LiveEffect::Replay { ticket, url, .. }] if url == "http://127.0.0.1:9000/vod" => *ticket,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_sent_is_told_before_it_is() {
    let window = opened();
    assert!(window.shows("v3-pull"));
    assert!(window.shows("2,048"));
    assert_eq!(window.asked(), []);
}

#[test]
fn a_url_of_another_kind_is_named_and_nothing_is_sent() {
    let mut window = opened();
    window.fill("URL", "ftp://example.com");
    assert!(window.shows("A URL that begins with http"));
    window.press(Key::Enter);
    assert_eq!(window.asked(), []);
}

#[test]
fn the_answer_shows_address_status_time_and_its_beginning() {
    let mut window = opened();
    let ticket = sent(&mut window);
    assert!(window.shows("Sending…"));
    let result = Ok(Replayed {
        addr: "127.0.0.1:9000".to_owned(),
        status: 500,
        elapsed: Duration::from_millis(12),
        body: "no such route".to_owned(),
        truncated: true,
    });
    window.live(LiveAction::Replay(ReplayAction::Answered {
        ticket,
        result,
    }));
    assert!(window.shows("500 from 127.0.0.1:9000 after 12 ms"));
    assert!(window.shows("no such route"));
    assert!(window.shows("The first 2 KB"));
    assert!(window.shows("Send again"));
}

#[test]
fn a_broken_connection_is_told_as_one() {
    let mut window = opened();
    let ticket = sent(&mut window);
    let result = Err(CallFault::Network {
        kind: NetworkFault::Connect,
        why: "refused".to_owned(),
    });
    window.live(LiveAction::Replay(ReplayAction::Answered {
        ticket,
        result,
    }));
    assert!(window.shows("Nobody answers at the endpoint"));
}
