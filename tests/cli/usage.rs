//! What a pull can be asked for: options that fit, credentials that are there, a file to write to.

use std::fs;

use crate::home::Home;
use crate::vod_service::{Key, SECRET_ID, SECRET_KEY, Service, SubAppRule};

const QUEUE: [&str; 2] = ["--source", "queue"];

#[test]
fn options_that_do_not_fit_end_with_2_before_anything_is_asked() {
    let service = Service::builder().sample_events(3).start().unwrap();
    let home = Home::new();
    for args in [
        &["--source", "queue", "--since", "24h"][..],
        &["--source", "queue", "--task-id", "t"],
        &["--source", "queue", "--resume"],
        &["--source", "tasks", "--resume", "--since", "24h"],
        &["--source", "tasks", "--confirm", "--sub-app-id", "1"],
        &["--source", "tasks", "--live"],
        &["--source", "tasks", "--since", "100h"],
        &["--source", "tasks", "--since", "24h", "--task-id", "t"],
        &["--source", "queue", "--for", "5m"],
        &["--source", "queue", "--limit", "0"],
        &["--source", "queue", "--append"],
        &["--source", "queue", "--confirm"],
        &["--since", "24h"],
    ] {
        let ran = home.pull(&service, args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.err.starts_with("error: "), "{args:?}: {}", ran.err);
    }
    let ran = home.pull(&service, &["--source", "tasks", "--live"]);
    assert!(ran.err.contains("Usage: vodscope pull"), "{}", ran.err);
    assert_eq!(service.calls().len(), 0);
}

#[test]
fn without_credentials_it_ends_with_2_and_says_where_it_looked() {
    let service = Service::builder().start().unwrap();
    let home = Home::new();
    let endpoint = service.endpoint();
    let args = [&["pull", "--endpoint", &endpoint][..], &QUEUE].concat();
    let mut command = home.program(&args);
    command.env_remove("TENCENTCLOUD_SECRET_ID");
    let output = command.env_remove("TENCENTCLOUD_SECRET_KEY").output();
    let output = output.unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("~/.tccli/default.credential"), "{err}");
    assert!(err.contains("type a key in the window"), "{err}");
    assert!(!home.archive().exists());
    assert_eq!(service.calls().len(), 0);
}

#[test]
fn a_key_that_the_service_does_not_take_ends_with_3() {
    let other = Key {
        id: SECRET_ID.to_owned(),
        secret: "another-key-of-32-characters-000".to_owned(),
        token: None,
    };
    let service = Service::builder().key(other).start().unwrap();
    let ran = Home::new().pull(&service, &QUEUE);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(
        ran.err.contains("AuthFailure.SignatureFailure"),
        "{}",
        ran.err
    );
}

#[test]
fn an_endpoint_that_is_none_ends_with_2() {
    for endpoint in ["http://vod.example.com", "ftp://x", "a b"] {
        let args = [&["pull", "--endpoint", endpoint][..], &QUEUE].concat();
        let ran = Home::new().run(&args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains("cannot be called"), "{}", ran.err);
    }
}

#[test]
fn a_profile_of_another_tool_is_found_by_its_name() {
    let builder = Service::builder().sample_events(3);
    let service = builder.sub_app(SubAppRule::First).start().unwrap();
    let home = Home::new();
    let keys = format!(r#"{{"secretId":"{SECRET_ID}","secretKey":"{SECRET_KEY}"}}"#);
    home.write(".tccli/work.credential", &keys);
    let endpoint = service.endpoint();
    let args = ["pull", "--profile", "work", "--endpoint", &endpoint];
    let mut command = home.program(&[&args[..], &QUEUE].concat());
    command.env_remove("TENCENTCLOUD_SECRET_ID");
    let output = command.env_remove("TENCENTCLOUD_SECRET_KEY").output();
    let output = output.unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.contains("work.credential"), "{err}");
    assert!(!err.contains(SECRET_KEY), "{err}");
}

#[test]
fn a_profile_that_nobody_knows_ends_with_2_and_names_those_that_are() {
    let service = Service::builder().sample_events(3).start().unwrap();
    let home = Home::new();
    let kept = r#"{"profiles":[{"name":"kept"},{"name":"other"}]}"#;
    home.write("config/vodscope/settings.json", kept);
    home.write(".tccli/work.credential", "{}");
    let args = [&["--profile", "typo"][..], &QUEUE].concat();
    let ran = home.pull(&service, &args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    let known = "there is no profile typo. Known: default, kept, other, work. ";
    assert!(ran.err.contains(known), "{}", ran.err);
    assert_eq!(service.calls().len(), 0);
}

#[test]
fn a_clock_that_is_off_is_named() {
    let service = Service::builder().clock_ahead_secs(900).start().unwrap();
    let ran = Home::new().pull(&service, &QUEUE);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.err.contains("s behind the cloud's"), "{}", ran.err);
}

#[test]
fn a_file_that_is_there_is_added_to_only_when_told() {
    let service = Service::builder().sample_events(3).start().unwrap();
    let home = Home::new();
    home.write("events.ndjson", "{\"kept\":1}");
    let args = [&QUEUE[..], &["--out", "events.ndjson"]].concat();
    let ran = home.pull(&service, &args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("--append"), "{}", ran.err);
    assert_eq!(home.text("events.ndjson"), "{\"kept\":1}");
    assert_eq!(service.calls().len(), 0);
    let ran = home.pull(&service, &[&args[..], &["--append"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let text = home.text("events.ndjson");
    assert!(text.starts_with("{\"kept\":1}\n"), "{text}");
    assert_eq!(text.lines().count(), 4);
}

#[test]
fn without_a_place_for_the_archive_nothing_is_pulled() {
    let service = Service::builder().sample_events(3).start().unwrap();
    let home = Home::new();
    fs::create_dir(home.archive()).unwrap();
    let ran = home.pull(&service, &QUEUE);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert_eq!(service.calls().len(), 0);
}
