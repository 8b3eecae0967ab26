use egui::{Key, Vec2};
use egui_kittest::kittest::Queryable as _;

use super::{Made, Window};
use crate::model::{Consent, HostRule, Lang, Secret, Settings};
use crate::state::{Action, AppAction, Dialog, PreviewAction, PreviewEffect, PreviewNews};

const SIGNING_KEY: &str = "24FEQmTzro4V5u3D5epW";

fn opened_with(settings: Settings) -> Window {
    let mut window = Window::made(Made::default(), settings);
    window.act(Action::App(AppAction::Show(Dialog::Settings)));
    window
}

fn opened() -> Window {
    opened_with(Settings::default())
}

fn with_host() -> Window {
    let mut settings = Settings::default();
    let rule = HostRule {
        consent: Some(Consent::Always),
        signed: true,
        ..HostRule::default()
    };
    settings.pictures.hosts.insert("img.a.cn".to_owned(), rule);
    opened_with(settings)
}

#[test]
fn fetching_is_switched_off() {
    let mut window = opened();
    window.asked_of_pictures();
    window.click("Off");
    assert!(!window.state().settings.pictures.fetch);
    assert!(window.asked_of_pictures().contains(&PreviewEffect::DropAll));
}

#[test]
fn the_default_domains_are_one_choice_that_can_be_taken_back() {
    let mut window = opened();
    window.click("Never");
    let said = |window: &Window| window.state().settings.pictures.vod_domains;
    assert_eq!(said(&window), Some(Consent::Never));
    window.click("Ask");
    assert_eq!(said(&window), None);
}

#[test]
fn the_default_domains_allowed_for_this_run_can_be_taken_back() {
    let mut window = opened();
    assert!(!window.shows("until you quit"));
    let once = PreviewAction::AllowVod(Consent::Once);
    window.act(Action::Preview(once));
    assert!(window.shows("until you quit"));
    let said = |window: &Window| {
        let kept = &window.state().settings.pictures;
        window.state().previews.policy(kept).vod_domains
    };
    assert_eq!(said(&window), Some(Consent::Once));
    window.click("Ask");
    assert_eq!(said(&window), None);
}

#[test]
fn a_change_keeps_nothing_that_was_allowed_for_this_run_alone() {
    let mut window = with_host();
    let host = "img.a.cn".to_owned();
    window.act(Action::Preview(PreviewAction::AllowPrivate(host)));
    assert!(window.shows("img.a.cn: key · private"));
    window.click("Change img.a.cn");
    window.fill("Referer", "https://www.a.cn/");
    window.click("Save");
    let rule = &window.state().settings.pictures.hosts["img.a.cn"];
    assert_eq!(rule.referer, "https://www.a.cn/");
    assert!(!rule.private);
}

#[test]
fn a_host_is_added_with_its_referer_and_a_key_that_is_handed_over() {
    let mut window = opened();
    window.click("Add a host");
    window.fill("Host", "https://IMG.a.cn/cover.jpg");
    window.fill("Referer", "https://www.a.cn/");
    window.fill("Key for signing", SIGNING_KEY);
    window.click("It may lead into a private network");
    window.asked_of_pictures();
    window.click("Save");
    let keep = PreviewEffect::KeepKey {
        host: "img.a.cn".to_owned(),
        key: Secret::new(SIGNING_KEY),
    };
    assert!(window.asked_of_pictures().contains(&keep));
    let rule = HostRule {
        consent: None,
        referer: "https://www.a.cn/".to_owned(),
        signed: true,
        private: true,
    };
    assert_eq!(window.state().settings.pictures.hosts["img.a.cn"], rule);
    assert!(window.shows("img.a.cn: Referer · key · private"));
    window.click("Change img.a.cn");
    assert!(!window.shows("••"), "the key is never shown again");
}

#[test]
fn what_cannot_be_is_told_and_not_saved() {
    let mut window = opened();
    window.click("Add a host");
    window.click("Save");
    assert!(window.shows("A host name, such as"));
    window.fill("Host", "img.a.cn");
    window.fill("Key for signing", "kurz");
    window.click("Save");
    assert!(window.shows("A key is 8 to 20 letters and digits"));
    assert!(window.state().settings.pictures.hosts.is_empty());
}

#[test]
fn what_was_typed_goes_with_the_dialog() {
    let mut window = with_host();
    window.click("Change img.a.cn");
    window.fill("Key for signing", SIGNING_KEY);
    window.press(Key::Escape);
    if window.state().dialog.is_some() {
        window.press(Key::Escape);
    }
    assert_eq!(window.state().dialog, None);
    window.act(Action::App(AppAction::Show(Dialog::Settings)));
    assert!(!window.shows("Key for signing"), "the draft is gone");
}

#[test]
fn a_key_is_removed_and_its_host_kept() {
    let mut window = with_host();
    window.click("Change img.a.cn");
    window.asked_of_pictures();
    window.click("Remove the key");
    let host = "img.a.cn".to_owned();
    let forgotten = PreviewEffect::ForgetKey { host };
    assert!(window.asked_of_pictures().contains(&forgotten));
    assert!(!window.state().settings.pictures.hosts["img.a.cn"].signed);
}

#[test]
fn a_host_is_refused_asked_again_and_removed() {
    let mut window = with_host();
    let said = |window: &Window| window.state().settings.pictures.hosts["img.a.cn"].consent;
    window.click("Fetch img.a.cn: Always");
    let never = window.harness.get_all_by_label("Never");
    never.last().unwrap().click();
    window.step();
    assert_eq!(said(&window), Some(Consent::Never));
    window.click("Fetch img.a.cn: Never");
    let ask = window.harness.get_all_by_label("Ask");
    ask.last().unwrap().click();
    window.step();
    assert_eq!(said(&window), None);
    window.click("Remove img.a.cn");
    assert!(window.state().settings.pictures.hosts.is_empty());
}

#[test]
fn what_was_allowed_for_this_run_is_listed_and_taken_back() {
    let mut window = opened();
    let host = "img.b.cn".to_owned();
    let consent = Consent::Once;
    window.act(Action::Preview(PreviewAction::Allow { host, consent }));
    window.click("Fetch img.b.cn: until you quit");
    let ask = window.harness.get_all_by_label("Ask");
    ask.last().unwrap().click();
    window.step();
    assert!(window.shows("Fetch img.b.cn: Ask"));
}

#[test]
fn the_cache_is_measured_and_cleared() {
    let mut window = opened();
    assert_eq!(window.asked_of_pictures(), [PreviewEffect::AskCacheSize]);
    assert!(window.shows("not looked at yet"));
    let size = PreviewNews::CacheSize(94_700_000);
    window.act(Action::Preview(PreviewAction::News(size)));
    assert!(window.shows("94.7 MB"));
    window.click("Clear");
    assert_eq!(window.asked_of_pictures(), [PreviewEffect::ClearCache]);
}

#[test]
fn a_budget_is_chosen() {
    let mut window = opened();
    window.click("Memory for pictures: 256 MiB");
    window.click("64 MiB");
    assert_eq!(window.state().settings.pictures.texture_bytes, 64 << 20);
    assert_eq!(window.state().settings.pictures.cache_bytes, 512 << 20);
}

#[test]
fn the_smallest_window_scrolls_to_the_end_of_the_settings() {
    for lang in [Lang::En, Lang::Zh] {
        let made = Made {
            lang,
            size: Vec2::new(1_024.0, 700.0),
            ..Made::default()
        };
        let mut settings = Settings::default();
        for at in 0..30 {
            let host = format!("img{at}.a.cn");
            settings.pictures.hosts.insert(host, HostRule::default());
        }
        let mut window = Window::made(made, settings);
        window.act(Action::App(AppAction::Show(Dialog::Settings)));
        let done = lang.pick("Done", "完成");
        let foot = window.harness.get_by_label(done).rect();
        assert!(foot.bottom() < 700.0, "{foot:?}");
        let clear = lang.pick("Clear", "清空");
        window.harness.get_by_label(clear).scroll_to_me();
        window.harness.run_steps(40);
        let end = window.harness.get_by_label(clear).rect();
        assert!(end.bottom() < foot.top(), "{end:?} {foot:?}");
    }
}
