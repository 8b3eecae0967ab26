//! The live panels as a person meets them: by what is read on the screen, by clicks and keys.

mod pull;
mod queue;

use std::net::SocketAddr;

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::testing::{Fed, SOURCE, Window};
use crate::model::{Lang, ListenSpec, LiveCommand, LiveNews, LiveSpec, Refusal};
use crate::state::{Effect, LiveEffect};
use crate::text::Text;

fn click(window: &mut Window, label: &str) {
    window.harness.get_by_label(label).click();
    window.step();
}

fn shows(window: &Window, part: &str) -> bool {
    let mut found = window.harness.query_all_by_label_contains(part);
    found.next().is_some()
}

fn rows(window: &Window) -> Vec<String> {
    let rows = window.harness.query_all_by_role(Role::ListItem);
    rows.filter_map(|row| row.accesskit_node().label())
        .collect()
}

fn commands(window: &Window) -> Vec<LiveCommand> {
    let command = |effect| match effect {
        Effect::Live(LiveEffect::Command(source, command)) if source == SOURCE => Some(command),
        _ => None,
    };
    window.effects().into_iter().filter_map(command).collect()
}

fn text(fed: &Fed) -> Text {
    fed.state.text()
}

fn listening(lang: Lang) -> Fed {
    let addr = SocketAddr::from(([127, 0, 0, 1], 8_787));
    let mut fed = Fed::new(lang).opened(LiveSpec::Listen(ListenSpec { addr }));
    fed.news(LiveNews::Listening { addr });
    let from = SocketAddr::from(([127, 0, 0, 1], 50_123));
    fed.news(LiveNews::Received { from, count: 12 });
    fed.news(LiveNews::Refused {
        from,
        why: Refusal::Expired { secs: 61 },
        count: 3,
    });
    fed
}

#[test]
fn a_listener_tells_what_came_and_what_was_refused() {
    for lang in [Lang::En, Lang::Zh] {
        let fed = listening(lang);
        let told = super::listener::rows(&fed.state.live.listener, &text(&fed));
        insta::assert_debug_snapshot!(format!("listener_{lang:?}"), told);
    }
}

#[test]
fn the_listener_stops_by_its_button() {
    let mut window = listening(Lang::En).window();
    assert!(shows(&window, "http://127.0.0.1:8787/"));
    window.effects();
    click(&mut window, "Stop");
    assert_eq!(window.effects(), [Effect::CancelSource(SOURCE)]);
}

#[test]
fn the_listener_stops_from_the_list_too() {
    let mut window = listening(Lang::En).window();
    window.effects();
    click(&mut window, "Stop listening");
    assert_eq!(window.effects(), [Effect::CancelSource(SOURCE)]);
}

#[test]
fn live_sources_are_named_in_the_rail_and_the_status_bar() {
    for (fed, source, status) in [
        (
            pull::pulling(Lang::En),
            "Source: prod-edu, tasks",
            "Pulling, nothing is changed in the cloud",
        ),
        (
            queue::borrowing(Lang::En),
            "source: prod-edu, queue",
            "Borrowing: events return by themselves",
        ),
        (listening(Lang::Zh), "来源: 回调 :8787", "正在接收回调"),
    ] {
        let window = fed.window();
        assert!(shows(&window, source), "{source}");
        assert!(shows(&window, status), "{status}");
    }
}
