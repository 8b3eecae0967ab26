//! The previews as a person meets them: whom they are asked about, and what tiles do.

use std::net::{IpAddr, Ipv4Addr};

use super::testing::Window;
use crate::model::{Consent, Lang, PictureFault, PictureKey, PictureSettings, PictureSize};
use crate::state::{PreviewAction, PreviewEffect};

const HOST: &str = "img.savanna-doc.cn";
const TITLE: &str = "Remote pictures are not fetched until you allow the host.";

/// A task that took these snapshots.
fn task(urls: &[String]) -> String {
    let urls: Vec<String> = urls.iter().map(|url| format!("\"{url}\"")).collect();
    let urls = urls.join(",");
    format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"t","Status":"FINISH","ErrCode":0,"MetaData":{{"Duration":100}},"MediaProcessResultSet":[{{"Type":"SampleSnapshot","SampleSnapshotTask":{{"Status":"SUCCESS","ErrCode":0,"Input":{{"Definition":10}},"Output":{{"Definition":10,"SampleType":"Percent","Interval":10,"ImageUrlSet":[{urls}]}}}}}}]}}}}"#
    )
}

/// A task that took a cover at 50 seconds, or halfway through its hundred.
fn cover(position: &str) -> String {
    format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"t","Status":"FINISH","ErrCode":0,"MetaData":{{"Duration":100}},"MediaProcessResultSet":[{{"Type":"CoverBySnapshot","CoverBySnapshotTask":{{"Status":"SUCCESS","ErrCode":0,"Input":{{"Definition":10,"PositionType":"{position}","PositionValue":50}},"Output":{{"CoverUrl":"{}"}}}}}}]}}}}"#,
        url(1)
    )
}

/// A moderation that found something in one picture.
fn moderation(url: &str) -> String {
    format!(
        r#"{{"EventType":"ReviewAudioVideoComplete","ReviewAudioVideoCompleteEvent":{{"TaskId":"t","Status":"FINISH","Output":{{"Suggestion":"block","Label":"Porn","SegmentSet":[{{"StartTimeOffset":1,"EndTimeOffset":2,"Confidence":99,"Suggestion":"block","Label":"Porn","Url":"{url}"}}]}}}}}}"#
    )
}

fn url(number: u32) -> String {
    format!("https://{HOST}/{number}.jpg")
}

/// Three snapshots of a host nobody was asked about.
fn opened_in(lang: Lang) -> Window {
    Window::of(&task(&[url(1), url(2), url(3)]), lang)
}

fn opened() -> Window {
    opened_in(Lang::En)
}

/// The same, allowed for this run.
fn allowed() -> Window {
    let mut window = opened();
    window.click("Allow once");
    window.asked();
    window
}

fn wanted(asked: &[PreviewEffect]) -> Vec<&PictureKey> {
    let wants = asked.iter().filter_map(|effect| match effect {
        PreviewEffect::Want(requests) => Some(requests),
        _ => None,
    });
    wants.flatten().map(|request| &request.key).collect()
}

fn policies(asked: &[PreviewEffect]) -> Vec<&PictureSettings> {
    let policies = asked.iter().filter_map(|effect| match effect {
        PreviewEffect::Policy(policy) => Some(policy),
        _ => None,
    });
    policies.collect()
}

fn lightbox(window: &Window) -> Option<(usize, usize)> {
    let lightbox = window.state().previews.lightbox;
    lightbox.map(|lightbox| (lightbox.group, lightbox.item))
}

#[test]
fn nothing_is_wanted_before_its_host_is_allowed() {
    let mut window = opened();
    assert!(window.shows(TITLE));
    assert!(window.shows("img.savanna-doc.cn has 3 files"));
    assert!(window.shows("Snapshots 2, ≈ 10s, Host not allowed"));
    assert_eq!(window.asked(), []);
    window.click("Allow once");
    let asked = window.asked();
    let policies = policies(&asked);
    assert_eq!(policies.len(), 1, "{asked:?}");
    assert_eq!(policies[0].hosts[HOST].consent, Some(Consent::Once));
    let urls: Vec<&str> = wanted(&asked).iter().map(|key| &*key.url).collect();
    assert_eq!(urls, [url(1), url(2), url(3)]);
    assert!(window.state().settings.pictures.hosts.is_empty());
    assert!(!window.shows(TITLE));
}

#[test]
fn a_host_that_is_always_allowed_is_kept_in_the_settings() {
    let mut window = opened();
    window.click("Always allow host");
    let rule = window.state().settings.pictures.hosts[HOST].clone();
    assert_eq!(rule.consent, Some(Consent::Always));
    assert_eq!(wanted(&window.asked()).len(), 3);
    assert!(!window.shows(TITLE));
}

#[test]
fn a_host_that_is_never_allowed_is_not_asked_about_again() {
    let mut window = opened();
    window.click("More");
    window.click("Never");
    assert!(!window.shows(TITLE));
    assert!(window.shows("Snapshots 2, ≈ 10s, Host is never asked"));
    assert_eq!(wanted(&window.asked()), Vec::<&PictureKey>::new());
}

#[test]
fn the_default_domains_are_one_question() {
    let urls = [
        "https://1251.vod2.myqcloud.com/1.jpg".to_owned(),
        "https://1252.vod-qcloud.com/2.jpg".to_owned(),
        url(3),
    ];
    let mut window = Window::of(&task(&urls), Lang::En);
    assert_eq!(window.count(TITLE), 2, "the other host is another question");
    assert!(window.shows("2 default VOD domains with 2 files"));
    window.click("Always allow VOD domains");
    let vod = window.state().settings.pictures.vod_domains;
    assert_eq!(vod, Some(Consent::Always));
    assert_eq!(window.count(TITLE), 1);
    let asked = window.asked();
    let fetched: Vec<&str> = wanted(&asked).iter().map(|key| &*key.url).collect();
    assert_eq!(fetched, urls[..2]);
}

#[test]
fn a_private_network_is_a_question_of_its_own() {
    let mut window = allowed();
    let fault = PictureFault::Private {
        host: HOST.to_owned(),
        address: IpAddr::V4(Ipv4Addr::new(10, 0, 0, 8)),
    };
    window.fail(&url(1), fault);
    assert!(window.shows("An allowed host leads into a private network."));
    assert!(window.shows("10.0.0.8"));
    assert!(!window.shows("Allow once"));
    assert!(!window.shows("Always allow host"));
    window.asked();
    window.click("Allow until you quit");
    let asked = window.asked();
    let policies = policies(&asked);
    assert_eq!(policies.len(), 1, "{asked:?}");
    assert!(policies[0].hosts[HOST].private);
    assert!(window.state().settings.pictures.hosts.is_empty());
    assert!(!window.shows("An allowed host leads into a private network."));
    let first = url(1);
    assert!(wanted(&asked).iter().any(|key| *key.url == *first));
}

#[test]
fn a_tile_that_failed_is_tried_again_from_its_menu() {
    let mut window = allowed();
    window.fail(&url(2), PictureFault::TooSlow { secs: 10 });
    assert!(window.shows("Snapshots 2, ≈ 10s, Too slow"));
    window.asked();
    window.open_menu("Snapshots 2");
    window.click("Retry");
    let asked = window.asked();
    let key = window.seen(&url(2));
    assert_eq!(
        asked.first(),
        Some(&PreviewEffect::Retry(vec![key.clone()]))
    );
    assert!(wanted(&asked).contains(&&key));
    assert!(!window.shows("Too slow"));
}

#[test]
fn what_nobody_allowed_offers_no_retry() {
    let mut window = opened();
    window.open_menu("Snapshots 1");
    assert!(window.shows("Copy URL"));
    assert!(!window.shows("Retry"));
}

#[test]
fn a_click_on_a_tile_opens_it_large() {
    let mut window = allowed();
    window.come(&url(2));
    window.click_part("Snapshots 2");
    assert_eq!(lightbox(&window), Some((0, 1)));
}

#[test]
fn evidence_is_covered_until_it_is_clicked() {
    let found = url(9);
    let mut window = Window::of(&moderation(&found), Lang::En);
    window.click("Allow once");
    let covered = window.seen(&found);
    assert_eq!(covered.size, PictureSize::Within(16), "nothing to make out");
    window.come(&found);
    assert!(window.shows("Covered: what a moderation found"));
    window.click_part("Moderation evidence 1");
    assert_eq!(lightbox(&window), None, "the first click only uncovers");
    assert!(!window.shows("Covered: what a moderation found"));
    assert_ne!(window.seen(&found), covered);
    window.open_menu("Moderation evidence 1");
    window.click("Cover it again");
    assert_eq!(window.seen(&found), covered);
}

#[test]
fn a_time_that_was_worked_out_is_marked_as_such() {
    for (lang, told) in [(Lang::En, "at ≈ 50s"), (Lang::Zh, "位于 ≈ 50s")] {
        let window = Window::of(&cover("Percent"), lang);
        assert!(window.shows(told), "{lang:?}");
    }
    let window = Window::of(&cover("Time"), Lang::En);
    assert!(window.shows("at 50s") && !window.shows("≈"));
}

#[test]
fn headings_follow_the_language() {
    let mut window = Window::of(&cover("Time"), Lang::En);
    assert!(window.shows("at 50s"));
    window.speak(Lang::Zh);
    assert!(window.shows("位于 50s") && !window.shows("at 50s"));
}

#[test]
fn an_event_without_pictures_says_so() {
    let window = Window::of(&task(&[]), Lang::En);
    assert!(window.shows("No pictures in this event"));
    assert!(!window.shows("Allow once"));
    assert_eq!(window.asked(), []);
}

#[test]
fn fetching_that_is_switched_off_is_said_and_switched_on() {
    let mut window = allowed();
    window.act(PreviewAction::SetFetch(false));
    assert!(window.shows("Fetching pictures is switched off."));
    assert!(window.shows("Fetching is off"));
    window.asked();
    window.click("Switch on");
    assert!(window.state().settings.pictures.fetch);
    assert!(!window.shows("Fetching pictures is switched off."));
    assert_eq!(wanted(&window.asked()).len(), 3);
}

#[test]
fn what_came_is_counted_over_its_wall() {
    let mut window = allowed();
    assert!(window.shows("3 images"));
    window.come(&url(1));
    window.fail(&url(2), PictureFault::TooSlow { secs: 10 });
    assert!(window.shows("3 images: 1 shown, 1 failed"));
    window.open_menu("Snapshots 2");
    window.click("Retry");
    assert!(window.shows("3 images: 1 shown"));
    assert!(!window.shows("1 failed"));
}

#[test]
fn the_questions_are_asked_in_chinese() {
    let mut window = opened_in(Lang::Zh);
    assert!(window.shows("允许域名之前，不会获取远程图片。"));
    assert!(window.shows("截图 1"));
    assert!(window.shows("始终允许该域名"));
    window.click("允许一次");
    assert_eq!(wanted(&window.asked()).len(), 3);
    assert!(!window.shows("允许域名之前"));
}

/// A task that took this snapshot and made this animation.
fn animation(snapshot: &str, made: &str) -> String {
    format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"t","Status":"FINISH","ErrCode":0,"MetaData":{{"Duration":100}},"MediaProcessResultSet":[{{"Type":"AnimatedGraphics","AnimatedGraphicTask":{{"Status":"SUCCESS","ErrCode":0,"Input":{{"Definition":20000}},"Output":{{"Url":"{made}","Container":"gif"}}}}}},{{"Type":"SampleSnapshot","SampleSnapshotTask":{{"Status":"SUCCESS","ErrCode":0,"Input":{{"Definition":10}},"Output":{{"Definition":10,"SampleType":"Percent","Interval":10,"ImageUrlSet":["{snapshot}"]}}}}}}]}}}}"#
    )
}

#[test]
fn only_what_was_made_to_move_plays_in_its_place() {
    let event = animation(&url(1), &url(2));
    let mut window = Window::of(&event, Lang::En);
    window.click("Allow once");
    let still = window.seen(&url(1)).size;
    assert!(matches!(still, PictureSize::Within(_)), "{still:?}");
    let moving = window.seen(&url(2)).size;
    assert!(matches!(moving, PictureSize::Playing(_)), "{moving:?}");
}

#[test]
fn an_animation_that_stands_still_says_so_and_why() {
    let event = animation(&url(1), &url(2));
    let mut window = Window::of(&event, Lang::En);
    window.click("Allow once");
    window.come(&url(1));
    window.come(&url(2));
    assert!(!window.shows("lick to play"), "these are stills");
    window.come_held(&url(1));
    assert_eq!(window.count("Animation: click to play it"), 1);
    window.come_held(&url(2));
    assert_eq!(window.count("the memory for pictures holds no more"), 1);
    window.click_part("Animation: click to play it");
    assert!(lightbox(&window).is_some());
}
