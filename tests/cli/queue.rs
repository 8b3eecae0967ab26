//! `vodscope pull --source queue`: one pull unless told otherwise, and nothing is confirmed.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use vodscope::archive::{Archive, Kind};

use crate::home::{Home, lines, sorted};
use crate::vod_service::{Builder, Fault, Mode, Service};

const QUEUE: [&str; 2] = ["--source", "queue"];

fn service(events: u64, with: impl FnOnce(Builder) -> Builder) -> Service {
    let builder = Service::builder()
        .sample_events(events)
        .long_poll(Duration::from_millis(50));
    with(builder).start().unwrap()
}

fn and(more: &[&'static str]) -> Vec<&'static str> {
    [&QUEUE[..], more].concat()
}

#[test]
fn one_call_of_the_program_is_one_pull_and_confirms_nothing() {
    let service = service(40, |builder| builder);
    let home = Home::new();
    let ran = home.pull(&service, &QUEUE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("VERDICT "), "{}", ran.out);
    assert_eq!(service.call_count("PullEvents"), 1);
    assert_eq!(service.call_count("ConfirmEvents"), 0);
    assert_eq!(home.archived(Kind::Pulled).len(), 16);
    assert_eq!(service.remaining().len(), 40);
}

#[test]
fn a_limit_is_reached_by_whole_pulls_and_that_is_said() {
    let service = service(100, |builder| builder);
    let home = Home::new();
    let ran = home.pull(&service, &and(&["--limit", "20", "--out", "-"]));
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 32), "{ran:?}");
    assert!(ran.err.contains("up to 32 may come"), "{}", ran.err);
    assert_eq!(service.call_count("PullEvents"), 2);
}

#[test]
fn a_live_pull_that_is_given_no_end_has_one_and_says_so() {
    let service = service(300, |builder| builder);
    let home = Home::new();
    let ran = home.pull(&service, &and(&["--live", "--out", "-"]));
    assert_eq!(
        (ran.code, ran.ndjson().len()),
        (Some(0), 208),
        "{}",
        ran.err
    );
    let said = "Ends by itself after 200 events or 5 minutes";
    assert!(ran.err.contains(said), "{}", ran.err);
    let ran = home.pull(&service, &and(&["--live", "--limit", "16", "--out", "-"]));
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 16), "{}", ran.err);
    assert!(!ran.err.contains("Ends by itself"), "{}", ran.err);
}

#[test]
fn a_limit_beyond_the_queue_ends_where_the_queue_does() {
    let service = service(20, |builder| builder);
    let ran = Home::new().pull(&service, &and(&["--limit", "160", "--out", "-"]));
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 20), "{ran:?}");
    assert_eq!(service.call_count("PullEvents"), 3);
}

#[test]
fn events_are_written_byte_for_byte() {
    let event = "{\"EventType\":\"FileDeleted\",  \"FileDeleteEvent\":\n{\"FileIdSet\":[\"1\"]}}";
    let service = Service::builder().events([event.to_owned()]);
    let service = service.start().unwrap();
    let home = Home::new();
    let ran = home.pull(&service, &and(&["--out", "events.ndjson"]));
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    let text = home.text("events.ndjson");
    assert!(
        text.ends_with(&format!("{}\n", event[1..].replace([' ', '\n'], ""))),
        "{text}"
    );
    assert_eq!(
        sorted([text.trim_end().to_owned()]),
        lines(&home.archived(Kind::Pulled))
    );
}

#[test]
fn a_pull_whose_answer_is_lost_says_what_may_be_hidden() {
    let hidden = "Up to 16 events";
    for fault in [Fault::Lost, Fault::Truncated] {
        let service = service(20, |builder| builder.fault(fault.on("PullEvents")));
        let ran = Home::new().pull(&service, &QUEUE);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.err.contains(hidden), "{}", ran.err);
    }
    let refused = Fault::api("UnauthorizedOperation").on("PullEvents");
    let service = service(20, |builder| builder.fault(refused));
    let ran = Home::new().pull(&service, &QUEUE);
    assert!(!ran.err.contains(hidden), "{}", ran.err);
}

#[test]
fn an_empty_queue_is_no_failure_and_push_mode_explains_it() {
    let service = service(0, |builder| builder);
    service.set_mode(Mode::Push);
    let ran = Home::new().pull(&service, &QUEUE);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert!(ran.err.contains("mode PUSH"), "{}", ran.err);
}

#[test]
fn the_end_says_how_many_came_were_new_and_where_they_are() {
    let service = service(5, |builder| builder.hidden_for(Duration::from_millis(1)));
    let home = Home::new();
    let ran = home.pull(&service, &QUEUE);
    let archive = home.archive();
    let line = |new: u64, repeats: u64| {
        let archive = archive.display();
        format!(
            "Queue: 5 events pulled, {new} new, {repeats} repeats, 0 failed. They are in {archive}\n"
        )
    };
    assert!(ran.err.ends_with(&line(5, 0)), "{}", ran.err);
    let again = home.pull(&service, &QUEUE);
    assert!(again.err.ends_with(&line(0, 5)), "{}", again.err);
}

#[test]
fn events_that_could_not_be_stored_are_named_and_end_with_1() {
    let service = service(2, |builder| builder);
    let home = Home::new();
    drop(Archive::open(&home.archive()).unwrap());
    let other = rusqlite::Connection::open(home.archive()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ran = home.pull(&service, &QUEUE);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    let said = "2 events were pulled and could not be stored";
    assert!(ran.err.contains(said), "{}", ran.err);
    drop(other);
    assert!(home.archived(Kind::Pulled).is_empty());
}

#[test]
fn a_refused_pull_ends_with_3() {
    let refused = Fault::api("UnauthorizedOperation").on("PullEvents");
    let service = service(9, |builder| builder.fault(refused));
    let ran = Home::new().pull(&service, &QUEUE);
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""), "{ran:?}");
    assert!(ran.err.contains("UnauthorizedOperation"), "{}", ran.err);
    assert!(ran.err.contains("RequestId: "), "{}", ran.err);
    assert_eq!(service.call_count("PullEvents"), 1);
}

#[test]
fn an_answer_of_somebody_else_ends_with_1_and_is_named() {
    let portal = Fault::Portal.on("PullEvents");
    let service = service(9, |builder| builder.fault(portal));
    let ran = Home::new().pull(&service, &QUEUE);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("login portal"), "{}", ran.err);
}

#[test]
fn an_endpoint_where_nobody_answers_ends_with_1() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let args = [&["pull", "--endpoint", &endpoint][..], &QUEUE].concat();
    let ran = Home::new().run(&args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    assert!(ran.err.contains("Nobody answers"), "{}", ran.err);
}

#[test]
fn live_pulling_goes_on_to_its_limit_and_prints_each_event_once() {
    let service = service(40, |builder| builder);
    let ran = Home::new().pull(&service, &and(&["--live", "--limit", "40"]));
    assert_eq!(
        (ran.code, ran.out.lines().count()),
        (Some(0), 41),
        "{ran:?}"
    );
    assert_eq!(service.call_count("PullEvents"), 3);
}

#[test]
fn live_pulling_ends_after_its_time() {
    let service = service(3, |builder| builder.hidden_for(Duration::from_millis(300)));
    let home = Home::new();
    let args = and(&["--live", "--for", "2s", "--out", "events.ndjson"]);
    let ran = home.pull(&service, &args);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // They came back again and again, and were written once.
    assert!(service.call_count("PullEvents") > 1);
    assert!(home.archived(Kind::Pulled).len() > 3);
    assert_eq!(home.text("events.ndjson").lines().count(), 3);
}

#[test]
fn live_pulling_goes_on_after_a_failure_that_passes() {
    let service = service(5, |builder| {
        builder.fault(Fault::Reset.on("PullEvents").times(1))
    });
    let ran = Home::new().pull(&service, &and(&["--live", "--limit", "5", "--out", "-"]));
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 5), "{ran:?}");
    assert!(ran.err.contains("PullEvents: "), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_live_pulling_with_everything_kept_and_printed() {
    let service = service(20, |builder| builder);
    let home = Home::new();
    let endpoint = service.endpoint();
    let args = [&["pull", "--endpoint", &endpoint, "--live"][..], &QUEUE].concat();
    let mut running = home.start(&args);
    running.until(|running| running.out().lines().count() == 21);
    running.interrupt();
    let ran = running.ended();
    assert_eq!(
        (ran.code, ran.out.lines().count()),
        (Some(0), 21),
        "{ran:?}"
    );
    assert_eq!(home.archived(Kind::Pulled).len(), 20);
}

#[test]
fn a_closed_pipe_ends_live_pulling_quietly() {
    let service = service(400, |builder| builder);
    let home = Home::new();
    let endpoint = service.endpoint();
    let args = [&["pull", "--endpoint", &endpoint, "--live"][..], &QUEUE].concat();
    let mut command = home.program(&args);
    let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut first).unwrap();
    drop(reader);
    let mut err = String::new();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
    // Who asked, where it would end, and what came: nothing of the pipe.
    assert_eq!(err.lines().count(), 3, "{err}");
}
