//! Where keys come from, and that typed ones are seen nowhere.

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::Window;
use super::pull::{act, opened};
use crate::model::{Found, OriginChoice, OriginProbe, PlaceFault, Secret};
use crate::state::{DialogAction, LiveEffect, TypedKeys};

fn probed(window: &mut Window, found: &[(OriginChoice, Found)]) {
    let probe = |(choice, found): &(OriginChoice, Found)| OriginProbe {
        choice: *choice,
        place: "somewhere".to_owned(),
        found: found.clone(),
    };
    let action = DialogAction::Probed {
        profile: "default".to_owned(),
        probes: found.iter().map(probe).collect(),
    };
    act(window, action);
}

#[test]
fn the_places_of_keys_say_what_they_hold_and_can_be_chosen() {
    let mut window = opened();
    assert!(window.shows("looking…"));
    let id = Found::Credentials {
        masked_id: "AKIDz8k7…Q2fX".to_owned(),
        temporary: false,
    };
    probed(
        &mut window,
        &[
            (OriginChoice::Environment, id),
            (OriginChoice::Keyring, Found::Empty),
        ],
    );
    assert!(window.shows("First found, somewhere, AKIDz8k7…Q2fX"));
    assert!(window.shows("System keyring, somewhere, empty"));
    window.click("Environment, somewhere, found");
    let origin = window.state().live.dialog.profile.origin;
    assert_eq!(origin, OriginChoice::Environment);
    assert!(window.shows("Environment, somewhere, AKIDz8k7…Q2fX"));
}

fn typing() -> Window {
    let mut window = opened();
    let why = PlaceFault::System("no secret service".to_owned());
    probed(
        &mut window,
        &[
            (OriginChoice::Keyring, Found::Absent { why }),
            (OriginChoice::Typed, Found::Empty),
        ],
    );
    window.click_part("Type it now");
    window
}

/// Everything that a screen reader could read.
fn spoken(window: &Window) -> String {
    let mut all = String::new();
    let mut nodes = vec![window.harness.root()];
    while let Some(node) = nodes.pop() {
        let access = node.accesskit_node();
        all.extend(access.label().into_iter().chain(access.value()));
        nodes.extend(node.children());
    }
    all
}

#[test]
fn a_typed_key_is_handed_over_and_shown_nowhere() {
    let mut window = typing();
    assert!(window.shows("Type the SecretId and the SecretKey"));
    window.fill("SecretId", "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE");
    window.fill("SecretKey", " Gu5t9xGARNpq86cd98joQYCN3EXAMPLE ");
    let spoken = spoken(&window);
    assert!(!spoken.contains("Gu5t") && !spoken.contains("AKIDz8kr"));
    window.asked();
    window.click("Test");
    let asked = window.asked();
    let keys = TypedKeys {
        id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE".to_owned(),
        key: Secret::new("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"),
        token: Secret::default(),
    };
    let kept = LiveEffect::KeepKeys {
        profile: "default".to_owned(),
        keys,
        in_keyring: false,
    };
    assert_eq!(asked.first(), Some(&kept));
    assert!(!window.state().live.dialog.has_typed());
    assert!(!format!("{asked:?}").contains("Gu5t"));
}

#[test]
fn keys_are_dropped_with_the_dialog() {
    let mut window = typing();
    window.fill("SecretKey", "Gu5t9xGARNpq");
    assert!(window.state().live.dialog.has_typed());
    window.press(Key::Escape);
    assert!(!window.state().live.dialog.has_typed());
    window.control(Key::R);
    window.click_part("Type it now");
    window.click("SecretKey");
    window.control(Key::Z);
    assert!(!window.state().live.dialog.has_typed());
}

#[test]
fn without_a_keyring_keys_are_for_this_run_and_that_is_said() {
    let mut window = typing();
    assert!(window.shows("No keyring on this system: kept for this session only."));
    window.click("Keep in the system keyring");
    assert!(!window.state().live.dialog.in_keyring);
}

#[test]
fn every_control_has_a_name() {
    let mut window = typing();
    window.fill("SecretId", "AKID");
    let roles = [
        Role::Button,
        Role::CheckBox,
        Role::ComboBox,
        Role::PasswordInput,
        Role::RadioButton,
        Role::TextInput,
    ];
    for role in roles {
        for node in window.harness.query_all_by_role(role) {
            let name = node.accesskit_node().label();
            assert!(name.is_some_and(|name| !name.is_empty()), "{role:?}");
        }
    }
}
