//! `--confirm`: deletes from the queue what is on disk, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use vodscope::archive::Kind;

use crate::home::Home;
use crate::vod_service::{App, Builder, Fault, SUB_APP_ID, Service, event_key};

fn service(events: u64, with: impl FnOnce(Builder) -> Builder) -> Service {
    let builder = Service::builder()
        .sample_events(events)
        .long_poll(Duration::from_millis(50));
    with(builder).start().unwrap()
}

fn keys(records: &[Vec<u8>]) -> BTreeSet<String> {
    records.iter().map(|bytes| event_key(bytes)).collect()
}

#[test]
fn confirming_wants_the_applications_id_on_the_command_line() {
    let service = service(5, |builder| builder);
    let home = Home::new();
    home.write("config/vodscope/settings.json", &kept_profile(&service));
    let ran = home.pull(&service, &["--source", "queue", "--confirm"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("--sub-app-id"), "{}", ran.err);
    let ran = home.run(&["pull", "--source", "queue", "--profile", "kept"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(service.call_count("ConfirmEvents"), 0);
}

/// An account of the window that names the application by itself.
fn kept_profile(service: &Service) -> String {
    let endpoint = service.endpoint();
    format!(
        r#"{{"profiles":[{{"name":"kept","endpoint":"{endpoint}","sub_app_id":{SUB_APP_ID}}}]}}"#
    )
}

#[test]
fn what_was_written_is_confirmed_sixteen_a_call() {
    let service = service(40, |builder| builder);
    let home = Home::new();
    let ran = home.pull_and_confirm(&service, &["--limit", "40", "--out", "events.ndjson"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(service.confirmed().len(), 40);
    assert_eq!(service.remaining().len(), 0);
    assert_eq!(service.call_count("ConfirmEvents"), 3);
    assert_eq!(home.text("events.ndjson").lines().count(), 40);
    assert_eq!(home.archived(Kind::Pulled).len(), 40);
    let deleted = "Confirmed: 40 events deleted from the queue, 0 not\n";
    assert!(ran.err.ends_with(deleted), "{}", ran.err);
}

/// The handles that a call confirms, and what the file held at that moment.
type Seen = Arc<Mutex<Vec<(Vec<String>, String)>>>;

#[test]
fn nothing_is_confirmed_that_is_not_in_the_file() {
    let home = Home::new();
    let file = home.path("events.ndjson");
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    let service = service(60, |builder| {
        builder.log(move |call| {
            if call.action == "ConfirmEvents" {
                let body: Value = serde_json::from_str(&call.body).unwrap();
                let handles = body["EventHandles"].as_array().unwrap();
                let handles = handles.iter().map(|one| one.as_str().unwrap().to_owned());
                let text = fs::read_to_string(&file).unwrap();
                log.lock().unwrap().push((handles.collect(), text));
            }
        })
    });
    let ran = home.pull_and_confirm(&service, &["--limit", "60", "--out", "events.ndjson"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 4);
    for (handles, text) in seen.iter() {
        assert!(handles.iter().all(|handle| text.contains(handle.as_str())));
    }
}

#[test]
fn standard_output_counts_as_kept_by_the_archive() {
    let service = service(10, |builder| builder);
    let home = Home::new();
    let ran = home.pull_and_confirm(&service, &["--out", "-"]);
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 10), "{ran:?}");
    assert_eq!(service.confirmed().len(), 10);
    let confirmed: BTreeSet<String> = service.confirmed().into_iter().collect();
    assert_eq!(keys(&home.archived(Kind::Pulled)), confirmed);
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_confirms_nothing() {
    let service = service(10, |builder| builder);
    let home = Home::new();
    let ran = home.pull_and_confirm(&service, &["--out", "/dev/full"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("Cannot write the output"), "{}", ran.err);
    assert!(
        ran.err.contains("10 events were not confirmed"),
        "{}",
        ran.err
    );
    assert_eq!(service.call_count("ConfirmEvents"), 0);
    assert_eq!(home.archived(Kind::Pulled).len(), 10);
}

#[test]
fn events_that_were_not_confirmed_in_time_are_named() {
    let service = service(3, |builder| builder.hidden_for(Duration::from_millis(1)));
    let home = Home::new();
    let ran = home.pull_and_confirm(&service, &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.err.contains("3 events were not confirmed"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("RequestId: "), "{}", ran.err);
    let not = "Confirmed: 0 events deleted from the queue, 3 not\n  3 not: ";
    assert!(ran.err.contains(not), "{}", ran.err);
    assert_eq!(service.confirmed().len(), 0);
    let rows = ran.out.lines().skip(1);
    let tasks: Vec<&str> = rows
        .filter_map(|row| row.split_whitespace().rev().nth(1))
        .collect();
    let named = tasks.iter().filter(|task| ran.err.contains(**task));
    assert!(named.count() > 0, "{ran:?}");
}

#[test]
fn an_event_without_a_task_is_named_by_its_type() {
    let event = r#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]}}"#;
    let service = Service::builder().events([event.to_owned()]);
    let lost = Fault::Lost.on("ConfirmEvents").times(1);
    let service = service.fault(lost).start().unwrap();
    let ran = Home::new().pull_and_confirm(&service, &[]);
    assert!(ran.err.contains("  FileDeleted (archive entry "), "{ran:?}");
}

#[test]
fn a_lost_answer_is_told_as_not_known() {
    let lost = Fault::Lost.on("ConfirmEvents").times(1);
    let service = service(5, |builder| builder.fault(lost));
    let ran = Home::new().pull_and_confirm(&service, &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("is not known"), "{}", ran.err);
    let counted = "Confirmed: 0 events deleted from the queue, 0 not, 5 not known\n  5 not known: ";
    assert!(ran.err.contains(counted), "{}", ran.err);
}

#[test]
fn a_key_that_may_not_delete_ends_with_3_after_one_pull() {
    let refused = Fault::api("UnauthorizedOperation").on("ConfirmEvents");
    let service = service(60, |builder| builder.fault(refused));
    let ran = Home::new().pull_and_confirm(&service, &["--live"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(service.call_count("PullEvents"), 1);
    assert!(ran.err.contains("RequestId: "), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn ctrl_c_confirms_what_was_pulled_and_pulls_no_more() {
    let app = App::new(SUB_APP_ID, "main").arriving(Duration::from_millis(5), 100_000);
    let service = service(0, |builder| builder.main_app(|_| app));
    let home = Home::new();
    let (endpoint, id) = (service.endpoint(), SUB_APP_ID.to_string());
    let args = [
        "pull",
        "--source",
        "queue",
        "--live",
        "--confirm",
        "--endpoint",
    ];
    let more = [&endpoint, "--sub-app-id", &id, "--out", "events.ndjson"];
    let mut running = home.start(&[&args[..], &more].concat());
    running.until(|_| service.confirmed().len() >= 64);
    running.interrupt();
    let ran = running.ended();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(service.hidden(), 0);
    let written = home.text("events.ndjson").lines().count();
    assert_eq!(written, service.confirmed().len());
    assert_eq!(home.archived(Kind::Pulled).len(), written);
}

#[test]
fn killed_at_any_moment_it_loses_no_confirmed_event() {
    let app = App::new(SUB_APP_ID, "main").arriving(Duration::from_millis(2), 1_000_000);
    let service = service(0, |builder| {
        builder
            .main_app(|_| app)
            .hidden_for(Duration::from_millis(700))
    });
    let home = Home::new();
    let (endpoint, id) = (service.endpoint(), SUB_APP_ID.to_string());
    let args = [
        "pull",
        "--source",
        "queue",
        "--live",
        "--confirm",
        "--append",
    ];
    let more = [
        "--endpoint",
        &endpoint,
        "--sub-app-id",
        &id,
        "--out",
        "events.ndjson",
    ];
    let args = [&args[..], &more].concat();
    for round in 0..10 {
        let before = service.confirmed().len();
        let mut running = home.start(&args);
        running.until(|_| service.confirmed().len() > before);
        thread::sleep(Duration::from_millis(round * 17 % 90));
        running.kill();
        let confirmed: BTreeSet<String> = service.confirmed().into_iter().collect();
        let kept = keys(&home.archived(Kind::Pulled));
        let lost: Vec<_> = confirmed.difference(&kept).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
        let text = home.text("events.ndjson");
        let written: BTreeSet<String> = text
            .lines()
            .map(|line| event_key(line.as_bytes()))
            .collect();
        let lost: Vec<_> = confirmed.difference(&written).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
    }
}
