//! The pictures that go with the sample events.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;
use vodscope::model::{PictureContent, PictureFormat, PictureSize, SpriteCue};
use vodscope::preview::{Limits, decode, sniff};

use crate::vod_service::{Service, sample};
use crate::{pull, quick};

const NOW: i64 = 1_790_000_000;

/// A service with the events that have most to show.
fn gallery() -> Service {
    let events = sample::showcase(NOW).into_iter().map(|(event, _)| event);
    quick().pictures().events(events).start().unwrap()
}

/// Every web address in a value.
fn addresses(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|item| addresses(item, into)),
        Value::Array(items) => items.iter().for_each(|item| addresses(item, into)),
        Value::String(text) if text.contains("://") => into.push(text.clone()),
        _ => {}
    }
}

fn pictures(service: &Service) -> Vec<String> {
    let mut found = Vec::new();
    for event in pull(service) {
        addresses(&event, &mut found);
    }
    found.retain(|url| url.starts_with(&service.endpoint()));
    found
}

/// The status and the body of an answer.
fn get(service: &Service, url: &str) -> (u16, Vec<u8>) {
    let path = url.strip_prefix(&service.endpoint()).unwrap();
    let mut stream = TcpStream::connect(service.addr()).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let body = answer.split_off(end.unwrap() + 4);
    let head = String::from_utf8(answer).unwrap();
    (head[9..12].parse().unwrap(), body)
}

fn cues(body: &[u8], url: &str) -> Vec<SpriteCue> {
    let shown = decode(body, url, "", PictureSize::Cues, &Limits::default());
    match shown.unwrap().content {
        PictureContent::Cues(cues) => cues.to_vec(),
        other => panic!("no cues: {other:?}"),
    }
}

#[test]
fn every_kind_of_picture_is_served_as_its_name_says() {
    let service = gallery();
    let mut kinds: BTreeMap<&str, PictureFormat> = BTreeMap::new();
    for url in pictures(&service) {
        let path = url.split('?').next().unwrap();
        let extension = path.rsplit('.').next().unwrap();
        let known = ["jpg", "gif", "webp", "vtt"];
        let kind = known.into_iter().find(|kind| *kind == extension).unwrap();
        let seen = kinds.contains_key(kind) || url.contains("answer=");
        if !seen {
            let (status, body) = get(&service, &url);
            assert_eq!(status, 200, "{url}");
            kinds.insert(kind, sniff(&body).unwrap());
        }
    }
    let expected = [
        ("gif", PictureFormat::Gif),
        ("jpg", PictureFormat::Jpeg),
        ("vtt", PictureFormat::WebVtt),
        ("webp", PictureFormat::WebP),
    ];
    assert_eq!(kinds, BTreeMap::from(expected));
}

#[test]
fn animations_move() {
    let service = gallery();
    for extension in [".gif", ".webp"] {
        let all = pictures(&service);
        let url = all.iter().find(|url| url.contains(extension)).unwrap();
        let (_, body) = get(&service, url);
        let shown = decode(&body, url, "", PictureSize::Whole, &Limits::default());
        let content = shown.unwrap().content;
        let PictureContent::Animation { frames, cut } = content else {
            panic!("{extension} does not move");
        };
        assert_eq!((frames.len(), cut), (24, false));
        assert!(frames[0] != frames[12]);
        // Pulled events are hidden.
        return_events(&service);
    }
}

fn return_events(service: &Service) {
    for (event, _) in sample::showcase(NOW) {
        service.push_event(&event);
    }
}

#[test]
fn cells_are_where_the_cues_say() {
    let service = gallery();
    let all = pictures(&service);
    let url = all.iter().find(|url| url.contains(".vtt")).unwrap();
    let (_, body) = get(&service, url);
    let cues = cues(&body, url);
    let listed: Vec<_> = all.iter().filter(|url| url.contains("&first=")).collect();
    let mut sizes: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for cue in &cues {
        let sheet = cue.sheet.to_string();
        assert!(listed.contains(&&sheet), "{sheet} is not in the event");
        let (width, height) = *sizes.entry(sheet.clone()).or_insert_with(|| {
            let (_, body) = get(&service, &sheet);
            let (_, width, height) =
                decode(&body, &sheet, "", PictureSize::Whole, &Limits::default())
                    .unwrap()
                    .info;
            (width, height)
        });
        let [x, y, cell_width, cell_height] = cue.cell.unwrap();
        assert!(x + cell_width <= width && y + cell_height <= height);
    }
    assert!(sizes.len() > 1, "several sheets");
    let begins = cues.iter().skip(1).map(|cue| cue.start_secs);
    let gap = cues
        .iter()
        .zip(begins)
        .find(|(cue, next)| cue.end_secs < *next);
    assert!(gap.is_none(), "{gap:?}");
}

#[test]
fn a_wall_has_pictures_that_do_not_come() {
    let service = gallery();
    let all = pictures(&service);
    let with = |answer: &str| {
        let name = format!("answer={answer}");
        all.iter().find(|url| url.ends_with(&name)).unwrap()
    };
    assert_eq!(get(&service, with("403")).0, 403);
    let (status, page) = get(&service, with("page"));
    assert_eq!((status, sniff(&page)), (200, None));
    assert!(page.starts_with(b"<!DOCTYPE html>"));
    assert!(with("slow").contains(".jpg?t="));
}

#[test]
fn snapshots_differ_by_their_time_and_a_picture_stays_the_same() {
    let service = gallery();
    let all = pictures(&service);
    let wall: Vec<_> = all
        .iter()
        .filter(|url| url.contains("sampleSnapshot") && !url.contains("answer="))
        .take(2)
        .collect();
    let first = get(&service, wall[0]).1;
    assert_ne!(first, get(&service, wall[1]).1);
    assert_eq!(first, get(&service, wall[0]).1);
}

#[test]
fn five_hundred_snapshots_stand_in_one_wall() {
    let service = gallery();
    let count = pictures(&service)
        .iter()
        .filter(|url| url.contains("sampleSnapshot"))
        .count();
    assert!(count > 500, "{count}");
}

#[test]
fn nothing_else_of_an_event_is_changed() {
    let changed = gallery();
    let events = sample::showcase(NOW).into_iter().map(|(event, _)| event);
    let plain = quick().events(events).start().unwrap();
    let texts = |service: &Service| {
        let events = pull(service).into_iter().map(|mut event| {
            event.as_object_mut().unwrap().remove("EventHandle");
            without_pictures(&event).to_string()
        });
        events.collect::<Vec<_>>()
    };
    assert_eq!(texts(&changed), texts(&plain));
}

fn without_pictures(value: &Value) -> Value {
    const KINDS: [&str; 4] = [".jpg", ".gif", ".webp", ".vtt"];
    match value {
        Value::Object(members) => {
            let kept = members.iter();
            let kept = kept.map(|(name, item)| (name.clone(), without_pictures(item)));
            kept.collect()
        }
        Value::Array(items) => items.iter().map(without_pictures).collect(),
        Value::String(text) if KINDS.iter().any(|kind| text.contains(kind)) => Value::Null,
        other => other.clone(),
    }
}

#[test]
fn a_service_without_pictures_serves_none() {
    let events = sample::showcase(NOW).into_iter().map(|(event, _)| event);
    let service = quick().events(events).start().unwrap();
    assert_eq!(pictures(&service), Vec::<String>::new());
    let url = format!("{}/pictures/a/b/c.jpg", service.endpoint());
    assert_eq!(sniff(&get(&service, &url).1), None);
}
