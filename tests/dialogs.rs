//! The dialogs in the whole application: what they ask for is done, and what came of it is shown.

use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, Role, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use vodscope::shell::App;
use vodscope::state::{AppState, Dialog, Test};

/// Longer than any job here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Window {
    harness: Harness<'static, App>,
}

impl Window {
    fn open() -> Self {
        let harness = Harness::builder()
            .with_size(Vec2::new(1_440.0, 900.0))
            .with_max_steps(64)
            .build_eframe(move |cc| App::new(cc, None, Vec::new()));
        let mut window = Self { harness };
        window.step();
        window.click("EN");
        window
    }

    fn state(&self) -> &AppState {
        self.harness.state().state()
    }

    fn step(&mut self) {
        self.harness.run_steps(4);
    }

    #[track_caller]
    fn wait(&mut self, what: &str, wanted: impl Fn(&AppState) -> bool) {
        let begun = Instant::now();
        while !wanted(self.state()) {
            assert!(begun.elapsed() < PATIENCE, "never came: {what}");
            std::thread::sleep(Duration::from_millis(5));
            self.step();
        }
        self.step();
    }

    #[track_caller]
    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.step();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.step();
    }

    /// Puts `text` in place of what stands in a field.
    #[track_caller]
    fn fill(&mut self, field: &str, text: &str) {
        self.click(field);
        self.press(Modifiers::COMMAND, Key::A);
        self.harness.event(Event::Text(text.to_owned()));
        self.step();
    }

    fn shows(&self, part: &str) -> bool {
        let mut found = self.harness.query_all_by_label_contains(part);
        found.next().is_some()
    }
}

#[test]
fn the_places_of_keys_are_looked_at_when_the_dialog_opens() {
    let mut window = Window::open();
    window.press(Modifiers::COMMAND, Key::R);
    assert_eq!(window.state().dialog, Some(Dialog::Pull));
    window.wait("every place was looked at", |state| {
        state.live.dialog.probes.is_some()
    });
    assert!(!window.shows("looking…"));
    assert!(window.shows("Type it now, kept in memory"));
}

#[test]
fn a_test_against_nobody_says_so_and_leaves_the_dialog_usable() {
    let mut window = Window::open();
    window.press(Modifiers::COMMAND, Key::R);
    // A port that was free a moment ago: nobody answers there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    window.fill("Endpoint", &endpoint);
    let places = window.harness.get_all_by_role(Role::RadioButton);
    let names = places.count();
    assert!(names >= 8, "places and ways: {names}");
    let typed = window.harness.query_all_by_label_contains("Type it now");
    typed.last().unwrap().click();
    window.step();
    window.fill("SecretId", "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE");
    window.fill("SecretKey", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE");
    window.click("Test");
    window.wait("the test has ended", |state| {
        matches!(state.live.dialog.test, Test::Done(_))
    });
    assert!(window.shows("Nobody answers at the endpoint"));
    assert!(!window.state().live.dialog.has_typed());
    assert_eq!(window.state().dialog, Some(Dialog::Pull));
}
