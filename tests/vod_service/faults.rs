//! Faults on demand strike as they are told to.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::time::{Duration, Instant};

use serde_json::json;

use super::vod_service::{Fault, FaultRule, event_key, sample};
use super::{MOMENT, client, code, confirm, handles, now, pull, quick, refused};

#[test]
fn faults_strike_as_often_as_asked_and_nothing_is_done() {
    let service = quick().sample_events(1).start().unwrap();
    service.add_fault(
        Fault::api("InternalError")
            .on("PullEvents")
            .after(1)
            .times(2),
    );
    let tasks = |_| refused(&service, "DescribeTasks", json!({}));
    assert_eq!((0..2).map(tasks).collect::<Vec<_>>(), ["none", "none"]);
    let pulls = |_| refused(&service, "PullEvents", json!({}));
    let codes: Vec<_> = (0..4).map(pulls).collect();
    let expected = ["none", "InternalError", "InternalError", "ResourceNotFound"];
    assert_eq!(codes, expected);
}

#[test]
fn pages_garbage_and_broken_connections_come_in_an_answers_place() {
    let service = quick().sample_events(1).start().unwrap();
    let pulled = |fault: Fault| {
        service.add_fault(fault.on("PullEvents").times(1));
        let request = client(&service).request("PullEvents", &json!({}));
        let answer = client(&service).send(request.as_bytes());
        answer
            .map(|answer| String::from_utf8(answer).unwrap())
            .map_err(|error| error.kind())
    };
    assert!(
        pulled(Fault::Status(502))
            .unwrap()
            .starts_with("HTTP/1.1 502 Bad Gateway\r\n")
    );
    let portal = pulled(Fault::Portal).unwrap();
    assert!(portal.starts_with("HTTP/1.1 200") && portal.contains("text/html"));
    assert!(pulled(Fault::Garbage).unwrap().contains("\"Respo nse\""));
    assert_eq!(pulled(Fault::Close), Ok(String::new()));
    assert_eq!(pulled(Fault::Reset), Err(ErrorKind::ConnectionReset));
    assert_eq!((service.queue_len(), service.hidden()), (1, 0));
}

#[test]
fn a_lost_answer_was_an_action_taken() {
    let service = quick().sample_events(2).start().unwrap();
    service.add_fault(Fault::Lost.on("PullEvents").times(1));
    let lost = client(&service).call("PullEvents", &json!({}));
    assert_eq!(lost.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(service.hidden(), 2);
    service.push_event(&sample::event(9, now()));
    service.add_fault(Fault::Truncated.on("PullEvents").times(1));
    let cut = client(&service).call("PullEvents", &json!({}));
    assert_eq!(cut.unwrap_err().kind(), ErrorKind::UnexpectedEof);
    assert_eq!((service.hidden(), service.queue_len()), (3, 0));
    service.push_event(&sample::event(10, now()));
    let events = pull(&service);
    service.add_fault(Fault::Lost.on("ConfirmEvents"));
    let parameters = json!({"EventHandles": handles(&events)});
    client(&service)
        .call("ConfirmEvents", &parameters)
        .unwrap_err();
    assert_eq!((service.confirmed().len(), service.hidden()), (1, 3));
}

#[test]
fn an_event_can_come_twice_in_a_pull_or_in_two() {
    let service = quick().sample_events(1).start().unwrap();
    service.add_fault(Fault::Duplicate.on("PullEvents").times(1));
    service.add_fault(Fault::Visible.on("PullEvents").times(1));
    let events: Vec<_> = [pull(&service), pull(&service)].concat();
    assert_eq!(events.len(), 3);
    let keys = events
        .iter()
        .map(|event| event_key(event.to_string().as_bytes()));
    assert_eq!(keys.collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(code(&confirm(&service, &events)), "none");
    assert_eq!(service.confirmed().len(), 1);
}

#[test]
fn an_answer_can_be_held_back() {
    let service = quick()
        .fault(Fault::Latency(MOMENT).anywhere())
        .start()
        .unwrap();
    let start = Instant::now();
    assert_eq!(refused(&service, "DescribeTasks", json!({})), "none");
    assert!(start.elapsed() >= MOMENT);
}

#[test]
fn faults_are_read_as_they_are_written() {
    for (text, rule) in [
        ("PullEvents:reset:3", Fault::Reset.on("PullEvents").times(3)),
        (
            "*:latency=800ms:20%",
            Fault::Latency(Duration::from_millis(800))
                .anywhere()
                .percent(20),
        ),
        (
            "*:error=InternalError",
            Fault::api("InternalError").anywhere(),
        ),
        (
            "DescribeTasks:status=502",
            Fault::Status(502).on("DescribeTasks"),
        ),
    ] {
        assert_eq!(text.parse(), Ok(rule));
    }
    for text in [
        "reset",
        "*:nothing",
        "*:reset:x",
        "*:reset:101%",
        "*:reset:1:2",
    ] {
        assert!(text.parse::<FaultRule>().is_err(), "{text}");
    }
}
