use std::sync::Arc;

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::Window;
use crate::model::{
    Consent, HostRule, NodeId, PictureFault, PictureFormat, PictureInfo, PictureKey, PictureSize,
    Settings,
};
use crate::state::{
    Action, Dialog, GroupKind, PictureGroup, PictureItem, PreviewAction, PreviewEffect,
    PreviewNews, Sampling, Zoom,
};

const HOST: &str = "img.savanna-doc.cn";

fn url(name: &str) -> Arc<str> {
    format!("https://{HOST}/{name}.jpg").into()
}

fn whole(name: &str) -> PictureKey {
    PictureKey {
        url: url(name),
        size: PictureSize::Whole,
    }
}

fn group(kind: GroupKind, names: &[&str]) -> PictureGroup {
    let item = |name: &&str| PictureItem {
        url: url(name),
        time_secs: Some(50.0),
        ..PictureItem::default()
    };
    PictureGroup {
        kind,
        sub_task: Some(0),
        task_kind: "SampleSnapshot".to_owned(),
        definition: Some(10),
        items: names.iter().map(item).collect(),
        node: NodeId::default(),
    }
}

fn info() -> PictureInfo {
    PictureInfo {
        format: PictureFormat::Png,
        width: 64,
        height: 32,
        bytes: 182_000,
        status: 200,
        redirected: None,
        cached: false,
    }
}

fn preview(action: PreviewAction) -> Action {
    Action::Preview(action)
}

/// Three snapshots of a host that is allowed or not, the second of them open.
fn opened(rule: Option<HostRule>) -> Window {
    let mut settings = Settings::default();
    if let Some(rule) = rule {
        settings.pictures.hosts.insert(HOST.to_owned(), rule);
    }
    let mut window = Window::made(super::Made::default(), settings);
    let kind = GroupKind::Snapshots(Sampling::Untold);
    window.give_pictures(vec![group(kind, &["a", "b", "c"])]);
    window.act(preview(PreviewAction::OpenLightbox { group: 0, item: 1 }));
    window
}

fn allowed() -> HostRule {
    HostRule {
        consent: Some(Consent::Always),
        ..HostRule::default()
    }
}

fn fail(window: &mut Window, name: &str, fault: PictureFault) {
    let key = whole(name);
    let news = PreviewNews::Failed { key, fault };
    window.act(preview(PreviewAction::News(news)));
}

fn place(window: &Window) -> Option<(usize, usize)> {
    let lightbox = window.state().previews.lightbox;
    lightbox.map(|lightbox| (lightbox.group, lightbox.item))
}

#[test]
fn a_host_is_allowed_from_where_its_picture_is_missing() {
    let mut window = opened(None);
    assert!(window.shows("Host not allowed"));
    assert!(window.shows("img.savanna-doc.cn was not contacted"));
    window.click("Allow once");
    assert!(!window.shows("Host not allowed"));
    assert!(window.shows("Waiting for its turn"));
    assert!(window.state().settings.pictures.hosts.is_empty());
    let asked = window.asked_of_pictures();
    let [PreviewEffect::Policy(policy)] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(policy.hosts[HOST].consent, Some(Consent::Once));
}

#[test]
fn the_arrows_step_and_esc_closes() {
    let mut window = opened(Some(allowed()));
    assert!(window.shows("2 of 3"));
    window.press(Key::ArrowRight);
    assert!(window.shows("3 of 3"));
    window.press(Key::ArrowRight);
    assert_eq!(place(&window), Some((0, 2)), "it stops at the last");
    window.click("Previous picture");
    window.press(Key::ArrowLeft);
    assert_eq!(place(&window), Some((0, 0)));
    window.press(Key::Escape);
    assert_eq!(place(&window), None);
}

#[test]
fn the_shown_picture_is_wanted_whole_before_those_beside_it() {
    let mut window = opened(Some(allowed()));
    let wanted = window.wanted();
    assert_eq!(wanted.first(), Some(&whole("b")));
    let beside: Vec<_> = wanted.iter().skip(1).map(|key| &key.url).collect();
    assert_eq!(beside, [&url("c"), &url("a")]);
    let is_small = |key: &PictureKey| matches!(key.size, PictureSize::Within(_));
    assert!(wanted.iter().skip(1).all(is_small), "{wanted:?}");
}

#[test]
fn a_drawn_picture_tells_what_is_known_and_can_be_taken_away() {
    let mut window = opened(Some(allowed()));
    window.draw_picture(whole("b"), info());
    for told in [
        "64×32",
        "182.0 kB",
        "PNG, HTTP 200",
        "50s",
        "SampleSnapshot 10",
    ] {
        assert!(window.shows(told), "{told}");
    }
    assert!(!window.shows("Waiting"));
    window.asked_of_pictures();
    window.click("Copy image");
    window.click("Save as…");
    window.click("Open in browser");
    let asked = window.asked_of_pictures();
    let name = "b.jpg".to_owned();
    let wanted = [
        PreviewEffect::CopyImage(whole("b")),
        PreviewEffect::SaveAs {
            url: url("b"),
            name,
        },
        PreviewEffect::Open(url("b")),
    ];
    assert_eq!(asked, wanted);
    window.click("Copy URL");
    assert_eq!(window.copied(), [url("b").to_string()]);
}

#[test]
fn the_keyboard_zooms() {
    let mut window = opened(Some(allowed()));
    window.draw_picture(whole("b"), info());
    assert!(window.shows("100 %"), "a small picture keeps its size");
    window.press(Key::Plus);
    assert!(window.shows("125 %"));
    window.press(Key::Minus);
    window.press(Key::Minus);
    assert!(window.shows("80 %"));
    window.press(Key::Num1);
    let zoom = |window: &Window| window.state().previews.lightbox.map(|l| l.zoom);
    assert_eq!(zoom(&window), Some(Zoom::Scale(1.0)));
    window.press(Key::Num0);
    assert_eq!(zoom(&window), Some(Zoom::Fit));
    assert!((window.state().settings.ui_scale - 1.0).abs() < 1e-6);
}

#[test]
fn a_wheel_zooms_where_the_pointer_is_and_a_drag_moves() {
    let mut window = opened(Some(allowed()));
    window.draw_picture(whole("b"), info());
    let middle = window.harness.get_by_label("Picture").rect().center();
    let at = middle + egui::vec2(20.0, 10.0);
    window.harness.hover_at(at);
    window.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 240.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    });
    window.harness.run_steps(40);
    let lightbox = window.state().previews.lightbox.unwrap();
    let Zoom::Scale(scale) = lightbox.zoom else {
        panic!("{lightbox:?}");
    };
    assert!((scale - 2.0).abs() < 0.1, "{scale}");
    // The point under the pointer stands where it stood: 20 away from the middle before, and
    // twice as far from the picture's middle now.
    let [x, y] = lightbox.pan;
    assert!(
        (x + 20.0).abs() < 2.0 && (y + 10.0).abs() < 1.0,
        "{lightbox:?}"
    );
    window.harness.drag_at(at);
    window.harness.hover_at(at + egui::vec2(30.0, 0.0));
    window.harness.drop_at(at + egui::vec2(30.0, 0.0));
    window.step();
    let moved = window.state().previews.lightbox.unwrap().pan;
    assert!((moved[0] - x - 30.0).abs() < 0.5, "{moved:?}");
}

#[test]
fn a_refusal_leads_to_the_settings_of_its_host() {
    let mut window = opened(Some(allowed()));
    let said = "denied by Referer ACL".to_owned();
    fail(&mut window, "b", PictureFault::Forbidden { said });
    assert!(window.shows("403 Forbidden"));
    assert!(window.shows("denied by Referer ACL"));
    window.click("Settings of the host…");
    assert_eq!(window.state().dialog, Some(Dialog::Settings));
    window.fill("Referer", "https://www.savanna.cn/");
    window.asked_of_pictures();
    window.click("Save");
    let rule = window.state().settings.pictures.hosts[HOST].clone();
    assert_eq!(rule.referer, "https://www.savanna.cn/");
    assert_eq!(rule.consent, Some(Consent::Always));
    window.press(Key::Escape);
    assert_eq!(window.state().dialog, None);
    assert_eq!(place(&window), Some((0, 1)), "it lies below the dialog");
    assert!(!window.shows("403 Forbidden"), "another rule, another try");
}

#[test]
fn what_was_sent_in_vain_is_told() {
    let rule = HostRule {
        referer: "https://other.cn/".to_owned(),
        ..allowed()
    };
    let mut window = opened(Some(rule));
    let said = String::new();
    fail(&mut window, "b", PictureFault::Forbidden { said });
    assert!(window.shows("It was asked with Referer https://other.cn/"));
}

#[test]
fn what_may_pass_is_tried_again() {
    let mut window = opened(Some(allowed()));
    fail(&mut window, "b", PictureFault::TooSlow { secs: 10 });
    window.asked_of_pictures();
    window.click("Retry");
    let asked = window.asked_of_pictures();
    assert_eq!(asked.first(), Some(&PreviewEffect::Retry(vec![whole("b")])));
}

#[test]
fn fetching_is_switched_on_from_a_picture() {
    let mut window = opened(Some(allowed()));
    window.act(preview(PreviewAction::SetFetch(false)));
    assert!(window.shows("Fetching is off"));
    window.click("Switch on");
    assert!(window.state().settings.pictures.fetch);
}

#[test]
fn evidence_is_neither_shown_nor_fetched_before_it_is_asked_for() {
    let mut window = opened(Some(allowed()));
    window.give_pictures(vec![group(GroupKind::Evidence, &["x", "y"])]);
    window.act(preview(PreviewAction::OpenLightbox { group: 0, item: 0 }));
    assert!(window.shows("Covered: what a moderation found"));
    assert_eq!(window.wanted(), []);
    window.click("Show it");
    assert_eq!(window.wanted(), [whole("x")]);
    assert!(!window.shows("Covered"));
    window.press(Key::ArrowRight);
    assert!(window.shows("Covered"), "each is asked for by itself");
}
