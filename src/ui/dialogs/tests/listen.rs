use egui::Key;

use super::Window;
use crate::model::{ListenSpec, Secret};
use crate::state::{Dialog, ListenAction, LiveAction, LiveEffect};

fn opened() -> Window {
    let mut window = Window::new();
    window.live(LiveAction::Listen(ListenAction::Open));
    window
}

#[test]
fn enter_starts_it_on_this_machine_with_the_key() {
    let mut window = opened();
    window.fill("SignKey", "callback-key");
    assert!(window.shows("this machine alone"));
    window.press(Key::Enter);
    let spec = ListenSpec {
        addr: "127.0.0.1:8787".parse().unwrap(),
    };
    let sign_key = Some(Secret::new("callback-key"));
    assert_eq!(window.asked(), [LiveEffect::Listen { spec, sign_key }]);
    assert_eq!(window.state().dialog, None);
}

#[test]
fn another_address_is_warned_of_and_needs_a_yes() {
    let mut window = opened();
    window.fill("Address", "0.0.0.0:8787");
    assert!(window.shows("Other machines can reach this address"));
    window.press(Key::Enter);
    assert_eq!(window.asked(), []);
    window.click("Let other machines reach it");
    window.click("Listen");
    assert_eq!(window.asked().len(), 1);
}

#[test]
fn an_address_that_is_none_is_named() {
    let mut window = opened();
    window.fill("Address", "example.com");
    assert!(window.shows("An address and a port, such as"));
    window.click("Listen");
    assert_eq!(window.state().dialog, Some(Dialog::Listen));
}

#[test]
fn the_url_for_the_console_can_be_copied() {
    let mut window = opened();
    window.click("Copy NotificationUrl for the console");
    assert_eq!(window.copied(), ["http://127.0.0.1:8787/"]);
}

#[test]
fn a_key_that_was_not_used_is_dropped() {
    let mut window = opened();
    window.fill("SignKey", "callback-key");
    window.press(Key::Escape);
    assert!(window.state().live.listener.sign_key.is_empty());
}
