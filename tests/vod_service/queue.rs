//! Events are borrowed, come back, and are deleted only when confirmed in time.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::vod_service::{Mode, Service, sample};
use super::{MOMENT, call, client, code, confirm, handles, now, pull, quick, refused};

#[test]
fn pulled_events_are_hidden_and_come_back_under_a_new_handle() {
    let service = quick()
        .hidden_for(MOMENT)
        .sample_events(20)
        .start()
        .unwrap();
    let first = pull(&service);
    assert_eq!(
        (first.len(), service.hidden(), service.queue_len()),
        (16, 16, 4)
    );
    assert_eq!(pull(&service).len(), 4);
    assert_eq!(
        refused(&service, "PullEvents", json!({})),
        "ResourceNotFound"
    );
    sleep(MOMENT);
    let again = pull(&service);
    assert_eq!(again.len(), 16);
    assert_ne!(handles(&first), handles(&again));
    assert_eq!(code(&confirm(&service, &first)), "InvalidParameterValue");
    assert_eq!(service.remaining().len(), 20);
    assert_eq!(code(&confirm(&service, &again)), "none");
    assert_eq!(
        (service.confirmed().len(), service.remaining().len()),
        (16, 4)
    );
}

#[test]
fn an_unknown_handle_or_too_many_delete_nothing() {
    let service = quick().sample_events(16).start().unwrap();
    let mut events = pull(&service);
    events[3]["EventHandle"] = json!("unknown");
    assert_eq!(code(&confirm(&service, &events)), "InvalidParameterValue");
    events.push(events[0].clone());
    assert_eq!(code(&confirm(&service, &events)), "InvalidParameterValue");
    assert_eq!(service.confirmed(), Vec::<String>::new());
}

#[test]
fn a_pull_waits_for_events_and_no_longer() {
    let service = Service::builder()
        .long_poll(Duration::from_secs(10))
        .main_app(|app| app.arriving(MOMENT, 1))
        .start()
        .unwrap();
    let start = Instant::now();
    assert_eq!(pull(&service).len(), 1);
    assert!(start.elapsed() < Duration::from_secs(5));
    drop(service);
    let service = quick().start().unwrap();
    let start = Instant::now();
    assert_eq!(
        refused(&service, "PullEvents", json!({})),
        "ResourceNotFound"
    );
    assert!(start.elapsed() >= Duration::from_millis(50));
}

#[test]
fn an_application_that_pushes_queues_nothing() {
    let url = "https://example.com/callback";
    let service = quick()
        .main_app(|app| app.pushing_to(url).sample_events(3))
        .start()
        .unwrap();
    let config = call(&service, "DescribeEventConfig", json!({}));
    assert_eq!(
        (&config["Mode"], &config["NotificationUrl"]),
        (&json!("PUSH"), &json!(url))
    );
    assert_eq!(pull(&service), Vec::<Value>::new());
    service.set_mode(Mode::Pull);
    service.push_event(&sample::event(1, now()));
    let state = call(&service, "DescribeEventsState", json!({}));
    assert_eq!(state["CountOfEventsToPull"], 1);
    let refused = refused(&service, "ModifyEventConfig", json!({"Mode": "PUSH"}));
    assert_eq!(refused, "UnsupportedOperation");
}

#[test]
fn the_events_bytes_arrive_as_they_were_queued() {
    let event =
        "{\"EventType\": \"FileDeleted\",\t\"FileDeleteEvent\": {\"FileIdSet\": [\"\\u0031\"]}}";
    let service = quick().events([event.to_owned()]).start().unwrap();
    let request = client(&service).request("PullEvents", &json!({}));
    let answer = client(&service).send(request.as_bytes()).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(
        answer.contains(event.strip_prefix('{').unwrap()),
        "{answer}"
    );
}
