//! Whose account, what to pull, and the test of it.

use std::time::Duration;

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{Made, NOW, Window};
use crate::model::{
    ApiError, CallFault, ENDPOINT_INTL, EventConfig, Lang, LiveSpec, Origin, Profile, Settings,
    SubApp, TaskPull, TaskQuery, Tested, UnfinishedPull,
};
use crate::state::{
    Dialog, DialogAction, DialogField, LiveAction, LiveEffect, PullMode, Scope, Test,
};

pub(super) fn opened() -> Window {
    let mut window = Window::new();
    window.control(Key::R);
    window
}

/// The window of somebody who has pulled before.
fn with_profiles(names: &[&str]) -> Window {
    let profile = |name: &&str| Profile {
        name: (*name).to_owned(),
        sub_app_id: Some(1_500_012_345),
        ..Profile::default()
    };
    let settings = Settings {
        profiles: names.iter().map(profile).collect(),
        profile: names
            .first()
            .map(|name| (*name).to_owned())
            .unwrap_or_default(),
        ..Settings::default()
    };
    let mut window = Window::made(Made::default(), settings);
    window.control(Key::R);
    window
}

pub(super) fn act(window: &mut Window, action: DialogAction) {
    window.live(LiveAction::Dialog(action));
}

fn tested(mode: &str) -> Tested {
    Tested {
        elapsed: Duration::from_millis(84),
        config: EventConfig {
            mode: mode.to_owned(),
            notification_url: "https://example.com/vod".to_owned(),
            switches: vec![
                ("UploadMediaCompleteEventSwitch".to_owned(), "ON".to_owned()),
                (
                    "DeleteMediaCompleteEventSwitch".to_owned(),
                    "OFF".to_owned(),
                ),
            ],
        },
        sub_apps: Ok(vec![SubApp {
            id: 1_500_099_999,
            name: "lectures".to_owned(),
            status: "On".to_owned(),
        }]),
        masked_id: "AKIDz8k7…Q2fX".to_owned(),
        origin: Origin::Environment {
            variable: "TENCENTCLOUD_SECRET_ID".to_owned(),
        },
        clock_ahead_secs: Some(2),
        request_id: "r-1".to_owned(),
    }
}

fn answer(window: &mut Window, result: Result<Tested, CallFault>) {
    window.click("Test");
    let Test::Testing { ticket } = window.state().live.dialog.test else {
        panic!("nothing is being tested");
    };
    act(
        window,
        DialogAction::Tested {
            ticket,
            result: Box::new(result),
        },
    );
}

fn started(window: &Window) -> Vec<LiveSpec> {
    let specs = window.asked().into_iter().filter_map(|asked| match asked {
        LiveEffect::Start(spec) => Some(spec),
        _ => None,
    });
    specs.collect()
}

#[test]
fn the_first_field_has_the_keyboard_and_enter_begins() {
    let mut window = opened();
    assert_eq!(window.state().dialog, Some(Dialog::Pull));
    window.type_text("-x");
    assert_eq!(window.state().live.dialog.profile.name, "default-x");
    window.press(Key::Enter);
    assert_eq!(window.state().dialog, None);
    let specs = started(&window);
    let [LiveSpec::Tasks { profile, pull }] = specs.as_slice() else {
        panic!("{specs:?}");
    };
    assert_eq!(profile.name, "default-x");
    let TaskPull::List(query) = pull else {
        panic!("{pull:?}");
    };
    assert_eq!(query.since_unix, NOW - 72 * 3_600);
    assert_eq!(window.state().settings.profiles.len(), 1);
}

#[test]
fn escape_closes_and_a_click_beside_does_not() {
    let mut window = opened();
    window.harness.drag_at(egui::pos2(20.0, 600.0));
    window.step();
    window.harness.drop_at(egui::pos2(20.0, 600.0));
    window.step();
    assert_eq!(window.state().dialog, Some(Dialog::Pull));
    window.press(Key::Escape);
    assert_eq!(window.state().dialog, None);
}

#[test]
fn a_field_that_makes_no_sense_is_named_beside_it_and_nothing_begins() {
    let mut window = opened();
    window.fill("SubAppId", "15x");
    assert!(window.shows("A SubAppId is a number"));
    window.press(Key::Enter);
    window.click("Pull tasks");
    assert_eq!(started(&window), []);
    window.fill("SubAppId", "1500012345");
    assert!(!window.shows("A SubAppId is a number"));
    window.fill("From", "yesterday");
    assert!(window.shows("A time like 72h"));
}

#[test]
fn tab_goes_from_field_to_field_in_the_order_of_the_eye() {
    let mut window = opened();
    for _ in 0..2 {
        window.press(Key::Tab);
    }
    window.type_text("7");
    assert_eq!(window.state().live.dialog.sub_app_id, "7");
    window.press(Key::Tab);
    window.type_text("x");
    assert!(window.state().live.dialog.profile.endpoint.ends_with('x'));
}

#[test]
fn enter_on_a_button_is_for_the_button() {
    let mut window = opened();
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!(window.state().dialog, Some(Dialog::Pull));
    assert!(window.shows("New profile"));
}

#[test]
fn the_other_site_is_one_choice_away() {
    let mut window = opened();
    window.click("Choose a site");
    window.click(ENDPOINT_INTL);
    assert_eq!(window.state().live.dialog.profile.endpoint, ENDPOINT_INTL);
}

#[test]
fn a_profile_is_deleted_in_two_steps() {
    let mut window = with_profiles(&["prod-edu", "staging"]);
    assert_eq!(window.state().live.dialog.sub_app_id, "1500012345");
    window.click("Choose a profile");
    window.click("Delete this profile…");
    assert_eq!(window.state().settings.profiles.len(), 2);
    assert!(window.shows("Delete prod-edu and its keys"));
    window.click("Delete");
    let names: Vec<String> = window
        .state()
        .settings
        .profiles
        .iter()
        .map(|profile| profile.name.clone())
        .collect();
    assert_eq!(names, ["staging"]);
    assert!(window.asked().contains(&LiveEffect::ForgetKeys {
        profile: "prod-edu".to_owned()
    }));
}

#[test]
fn a_test_says_the_mode_and_offers_applications() {
    let mut window = opened();
    answer(&mut window, Ok(tested("PULL")));
    assert!(window.shows("Connected, 84 ms. PULL mode."));
    assert!(window.shows("Callback URL https://example.com/vod · 1 of 2 event types on"));
    assert!(!window.shows("clock"), "two seconds are nobody's trouble");
    window.click("Choose an application");
    window.click("1500099999  lectures");
    assert_eq!(window.state().live.dialog.sub_app_id, "1500099999");
}

#[test]
fn an_application_is_ticked_only_when_the_service_knows_it() {
    let mut window = opened();
    assert!(window.shows("Required for accounts made after"));
    window.fill("SubAppId", "1500099999");
    assert!(window.shows("Not checked yet"));
    answer(&mut window, Ok(tested("PULL")));
    assert!(window.shows("An application of this account"));
    let other = DialogField::SubAppId("7".to_owned());
    act(&mut window, DialogAction::Edit(other));
    answer(&mut window, Ok(tested("PULL")));
    assert!(window.shows("Not among the applications"));
}

#[test]
fn nothing_moves_when_the_test_answers() {
    for size in [egui::vec2(1_440.0, 900.0), egui::vec2(1_024.0, 700.0)] {
        let made = Made {
            size,
            ..Made::default()
        };
        let mut window = Window::made(made, Settings::default());
        window.control(Key::R);
        let top = |window: &Window| window.harness.get_by_label("Close").rect().top();
        let before = top(&window);
        answer(&mut window, Ok(tested("PULL")));
        assert!((top(&window) - before).abs() < 0.5, "{size:?}");
        let start = window.harness.get_by_label("Pull tasks").rect();
        assert!(start.bottom() < size.y - 8.0, "{start:?}");
    }
}

#[test]
fn how_many_tasks_there_are_is_not_made_up() {
    let mut window = opened();
    answer(&mut window, Ok(tested("PULL")));
    assert!(window.shows("does not tell how many tasks"));
    window.click("Event queue, borrows");
    assert!(!window.shows("does not tell how many tasks"));
}

#[test]
fn a_pull_that_stopped_is_taken_up_again() {
    let mut window = with_profiles(&["prod-edu"]);
    let query = TaskQuery {
        since_unix: NOW - 3_600,
        ..TaskQuery::default()
    };
    let profile = Box::new(window.state().live.dialog.profile.clone());
    let pull = |id, listed| UnfinishedPull {
        id,
        query: query.clone(),
        listed,
        updated_ms: (NOW - 600) * 1_000,
        ..UnfinishedPull::default()
    };
    let pulls = vec![pull(8, 1_200), pull(7, 300)];
    act(&mut window, DialogAction::Unfinished { profile, pulls });
    assert!(window.shows("stopped after 1,200 tasks, 10 min ago"));
    window.asked();
    window.click("1 other…");
    assert!(window.shows("stopped after 300 tasks"));
    window.click("Resume");
    let specs = started(&window);
    let [LiveSpec::Tasks { pull, .. }] = specs.as_slice() else {
        panic!("{specs:?}");
    };
    assert_eq!(*pull, TaskPull::Resume { id: 7, query });
}

#[test]
fn keys_that_could_not_be_deleted_are_told() {
    let mut window = with_profiles(&["prod-edu"]);
    let failed = DialogAction::ForgetFailed {
        profile: "prod-edu".to_owned(),
        why: "the keyring is locked".to_owned(),
    };
    act(&mut window, failed);
    assert!(window.shows("still holds the keys of prod-edu: the keyring is locked"));
}

#[test]
fn a_refused_test_shows_code_message_remedy_and_request_id() {
    let mut window = opened();
    let fault = CallFault::Api(ApiError {
        code: "AuthFailure.SignatureExpire".to_owned(),
        message: "as the service said it".to_owned(),
        request_id: "335bdaa3-db0e".to_owned(),
        clock_ahead_secs: Some(400),
    });
    answer(&mut window, Err(fault));
    assert!(window.shows("AuthFailure.SignatureExpire: as the service said it"));
    assert!(window.shows("Who acts"));
    assert!(window.shows("400 s ahead"));
    window.asked();
    window.click("Copy RequestId");
    assert_eq!(window.copied(), ["335bdaa3-db0e"]);
}

#[test]
fn borrowing_tells_its_price_first_and_that_push_mode_brings_nothing() {
    let mut window = opened();
    window.click("Event queue, borrows");
    assert_eq!(window.state().live.dialog.mode, PullMode::Queue);
    assert!(window.shows("stays hidden from your consumer for 30 s"));
    assert!(!window.shows("PUSH mode"));
    answer(&mut window, Ok(tested("PUSH")));
    assert!(window.shows("none will ever come here"));
    window.asked();
    window.click("Borrow once");
    assert!(matches!(
        started(&window).as_slice(),
        [LiveSpec::Queue { .. }]
    ));
}

#[test]
fn one_task_is_looked_up_by_its_id() {
    let mut window = opened();
    window.click("One TaskId");
    assert_eq!(window.state().live.dialog.scope, Scope::Task);
    window.click("Look up");
    assert_eq!(started(&window), []);
    window.fill("TaskId", "1256768367-Procedure-ce908a");
    window.press(Key::Enter);
    let specs = started(&window);
    let [LiveSpec::Tasks { pull, .. }] = specs.as_slice() else {
        panic!("{specs:?}");
    };
    let id = "1256768367-Procedure-ce908a".to_owned();
    assert_eq!(*pull, TaskPull::Task(id));
}

#[test]
fn several_statuses_are_ticked_in_one_go() {
    let mut window = opened();
    window.click("Status: All");
    window.click("Finish");
    window.click("Processing");
    assert_eq!(
        window.state().live.dialog.statuses,
        ["FINISH", "PROCESSING"]
    );
    assert!(window.shows("Status: Finish, Processing"));
}

#[test]
fn the_policy_is_copied_without_the_call_that_deletes() {
    let mut window = opened();
    window.asked();
    window.click("Copy a CAM policy without ConfirmEvents");
    let copied = window.copied();
    assert!(copied[0].contains("name/vod:PullEvents") && !copied[0].contains("ConfirmEvents"));
}

#[test]
fn the_dialog_fits_the_smallest_window_in_both_languages_and_themes() {
    for lang in [Lang::En, Lang::Zh] {
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            let size = egui::vec2(1_024.0, 700.0);
            let made = Made { lang, theme, size };
            let mut window = Window::made(made, Settings::default());
            window.control(Key::R);
            let fault = CallFault::Api(ApiError {
                code: "AuthFailure.SecretIdNotFound".to_owned(),
                message: "The SecretId is not found.".to_owned(),
                request_id: "r".to_owned(),
                clock_ahead_secs: None,
            });
            window.click(lang.pick("Test", "测试"));
            let Test::Testing { ticket } = window.state().live.dialog.test else {
                panic!("nothing is being tested");
            };
            let result = Err(fault);
            act(
                &mut window,
                DialogAction::Tested {
                    ticket,
                    result: Box::new(result),
                },
            );
            let start = lang.pick("Pull tasks", "拉取任务");
            let rect = window.harness.get_by_label(start).rect();
            assert!(rect.bottom() < 700.0 - 8.0, "{lang:?}: {rect:?}");
            let close = lang.pick("Close", "关闭");
            let rect = window.harness.get_by_label(close).rect();
            assert!(rect.top() > 8.0, "{lang:?}: {rect:?}");
        }
    }
}
