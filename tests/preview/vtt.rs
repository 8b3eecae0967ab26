//! `WebVTT` files of sprite sheets.

use vodscope::model::{PictureContent, PictureFault, PictureSize, SpriteCue};
use vodscope::preview::decode;

use crate::samples::decoded;

fn read(text: &str, base: &str) -> Vec<SpriteCue> {
    let limits = vodscope::preview::Limits::default();
    let shown = decode(text.as_bytes(), base, "", PictureSize::Cues, &limits);
    match shown.unwrap().content {
        PictureContent::Cues(cues) => cues.to_vec(),
        other => panic!("no cues: {other:?}"),
    }
}

fn cues(text: &str) -> Vec<SpriteCue> {
    read(text, "https://v.example/a/b/sprite.vtt?t=5f")
}

/// The sheet that one name means.
fn sheet(base: &str, name: &str) -> Option<String> {
    let text =
        format!("WEBVTT\n\n00:00.000 --> 00:01.000\nok.jpg\n\n00:02.000 --> 00:03.000\n{name}\n");
    let found = read(&text, base);
    found.get(1).map(|cue| cue.sheet.to_string())
}

#[test]
fn a_cue_has_times_a_sheet_and_a_cell() {
    let text = "WEBVTT\n\n00:00:10.000 --> 01:00:20.500\nfile.jpg#xywh=142,160,142,80\n";
    let expected = SpriteCue {
        start_secs: 10.0,
        end_secs: 3620.5,
        sheet: "https://v.example/a/b/file.jpg".into(),
        cell: Some([142, 160, 142, 80]),
    };
    assert_eq!(cues(text), [expected]);
}

#[test]
fn what_else_the_format_allows_is_passed_over() {
    let text = "\u{feff}WEBVTT - cells\r\nKind: metadata\r\n\r\nNOTE\r\n00:01.000 --> 00:02.000\r\n\
                no.jpg\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nfirst\r\n\
                00:01.000 --> 00:02.000 align:start position:5%\r\n\
                one.jpg#xywh=pixel:0,0,10,20\r\nsecond line\r\n\r\n2\r\n\
                00:02,000-->00:03,000\r\ntwo.jpg\r\n";
    let found: Vec<_> = cues(text)
        .into_iter()
        .map(|cue| (cue.start_secs, cue.sheet.to_string(), cue.cell))
        .collect();
    let expected = [
        (
            1.0,
            "https://v.example/a/b/one.jpg".to_owned(),
            Some([0, 0, 10, 20]),
        ),
        (2.0, "https://v.example/a/b/two.jpg".to_owned(), None),
    ];
    assert_eq!(found, expected);
}

#[test]
fn damaged_cues_do_not_take_the_others_with_them() {
    for damage in [
        "00:70.000 --> 00:80.000\na.jpg",
        "00:02.000 --> 00:01.000\na.jpg",
        "0:1 --> 0:2\na.jpg",
        "00:01.000 -->\na.jpg",
        "00:01.000 --> 00:02.000\n",
        "00:01.000 --> 00:02.000\na.jpg#xywh=percent:0,0,50,50",
        "00:01.000 --> 00:02.000\na.jpg#xywh=0,0,10",
        "00:01.000 --> 00:02.000\na.jpg#xywh=0,0,0,10",
        "00:01.000 --> 00:02.000\na.jpg#xywh=4294967295,0,1,1",
        "00:01.000 --> 00:02.000\na.jpg#xywh=-1,0,10,10",
        "00:01.000 --> 00:02.000\njavascript:alert(1)",
        "00:01.000 --> 00:02.000\nfile:///etc/passwd",
        "+1:01.000 --> 00:02.000\na.jpg",
    ] {
        let text = format!("WEBVTT\n\n{damage}\n\n00:05.000 --> 00:06.000\nb.jpg\n");
        let starts: Vec<_> = cues(&text).iter().map(|cue| cue.start_secs).collect();
        assert_eq!(starts, [5.0], "{damage}");
    }
}

#[test]
fn a_file_of_damage_alone_is_damaged() {
    let fault = decoded(b"WEBVTT\n\n0 --> 1\na.jpg\n", PictureSize::Cues);
    assert!(
        matches!(fault, Err(PictureFault::Damaged { .. })),
        "{fault:?}"
    );
}

#[test]
fn cues_are_in_the_order_of_time() {
    let text = "WEBVTT\n\n00:09.000 --> 00:10.000\nb.jpg\n\n00:01.000 --> 00:02.000\na.jpg\n";
    let starts: Vec<_> = cues(text).iter().map(|cue| cue.start_secs).collect();
    assert_eq!(starts, [1.0, 9.0]);
}

#[test]
fn names_are_resolved_against_the_file() {
    let base = "https://v.example:8443/a/b/sprite.vtt?sign=../x/y#z";
    let expected = [
        ("c.jpg", Some("https://v.example:8443/a/b/c.jpg")),
        ("./c.jpg?t=1", Some("https://v.example:8443/a/b/c.jpg?t=1")),
        ("../c.jpg", Some("https://v.example:8443/a/c.jpg")),
        ("../../../../c.jpg", Some("https://v.example:8443/c.jpg")),
        ("/c.jpg", Some("https://v.example:8443/c.jpg")),
        (
            "x/../c.jpg?q=a/../b",
            Some("https://v.example:8443/a/b/c.jpg?q=a/../b"),
        ),
        ("?t=2", Some("https://v.example:8443/a/b/sprite.vtt?t=2")),
        ("//other.example/c.jpg", Some("https://other.example/c.jpg")),
        (
            "http://other.example/c.jpg",
            Some("http://other.example/c.jpg"),
        ),
        (
            "HTTPS://other.example/c.jpg",
            Some("HTTPS://other.example/c.jpg"),
        ),
        ("a:b.jpg", None),
        ("data:image/png;base64,AA", None),
        ("//", None),
    ];
    for (name, url) in expected {
        assert_eq!(sheet(base, name).as_deref(), url, "{name}");
    }
    let beside_none = sheet("http://v.example", "c.jpg");
    assert_eq!(beside_none.as_deref(), Some("http://v.example/c.jpg"));
    // Nothing can be found beside a file of this machine.
    let fault = decode(
        b"WEBVTT\n\n00:00.000 --> 00:01.000\na.jpg\n",
        "file:///a/b.vtt",
        "",
        PictureSize::Cues,
        &vodscope::preview::Limits::default(),
    );
    assert!(matches!(fault, Err(PictureFault::Damaged { .. })));
}

#[test]
fn a_file_too_large_is_refused_and_too_many_cues_are_cut() {
    let large = format!("WEBVTT\n\n{}", " ".repeat(1 << 20));
    let fault = decoded(large.as_bytes(), PictureSize::Cues);
    assert_eq!(fault, Err(PictureFault::TooManyBytes { limit: 1 << 20 }));
    let many = "00:01.000 --> 00:02.000\na.jpg\n".repeat(20_001);
    assert_eq!(cues(&format!("WEBVTT\n\n{many}")).len(), 20_000);
}

#[test]
fn short_names_do_not_make_many_long_urls() {
    let base = format!("https://v.example/{}/a.vtt", "a".repeat(8_000));
    let cues = (0..1_000).map(|at| format!("00:01.000 --> 00:02.000\nn{at}.jpg\n\n"));
    let text = format!("WEBVTT\n\n{}", cues.collect::<String>());
    let found = read(&text, &base);
    assert!(found.len() > 20, "some are kept: {}", found.len());
    let bytes = vodscope::model::cue_bytes(&found);
    assert!(bytes < 300 << 10, "{bytes}");
}

#[test]
fn cues_count_their_url_once_and_every_byte_of_it() {
    let long = format!("{}.jpg", "a".repeat(5_000));
    let cue = format!("00:01.000 --> 00:02.000\n{long}\n\n");
    let one = vodscope::model::cue_bytes(&cues(&format!("WEBVTT\n\n{cue}")));
    let many = vodscope::model::cue_bytes(&cues(&format!("WEBVTT\n\n{}", cue.repeat(100))));
    assert!(one > 5_000, "{one}");
    assert_eq!(many - one, 99 * size_of::<SpriteCue>() as u64);
}
