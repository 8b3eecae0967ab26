//! `vodscope listen`: stored, answered, printed.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use vodscope::archive::{Archive, Kind, Received};
use vodscope::model::now_unix_ms;

use crate::home::Home;

const EVENT: &str = r#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]}}"#;
const ANYWHERE: [&str; 3] = ["listen", "--addr", "127.0.0.1:0"];

/// Posts a body; the status of the answer.
fn post(addr: &str, body: &str) -> u16 {
    let mut stream = TcpStream::connect(addr).unwrap();
    let length = body.len();
    let head = format!("POST /hook HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n");
    write!(stream, "{head}Content-Length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
#[cfg(unix)]
fn a_callback_is_kept_answered_and_printed() {
    let home = Home::new();
    let mut running = home.start(&ANYWHERE);
    let addr = running.listening();
    assert_eq!(post(&addr, EVENT), 200);
    assert_eq!(post(&addr, EVENT), 200);
    running.until(|running| running.out().lines().count() == 3);
    running.interrupt();
    let ran = running.ended();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let rows: Vec<&str> = ran.out.lines().skip(1).collect();
    assert!(
        rows.iter().all(|row| row.contains("FileDeleted")),
        "{rows:?}"
    );
    assert_eq!(home.archived(Kind::Callback), [EVENT.as_bytes(); 2]);
}

#[test]
#[cfg(unix)]
fn bodies_are_written_one_a_line_even_those_that_are_no_events() {
    let home = Home::new();
    let mut running = home.start(&[&ANYWHERE[..], &["--out", "got.ndjson"]].concat());
    let addr = running.listening();
    let bodies = ["{\n \"EventType\": \"FileDeleted\"\n}", EVENT, "hello"];
    for body in bodies {
        assert_eq!(post(&addr, body), 200);
    }
    running.until(|_| home.text("got.ndjson").lines().count() == 3);
    running.interrupt();
    let ran = running.ended();
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    let expected = format!("{{\"EventType\":\"FileDeleted\"}}\n{EVENT}\nhello\n");
    assert_eq!(home.text("got.ndjson"), expected);
    assert!(ran.err.contains("Archive entry 3: "), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn a_bad_signature_is_refused_and_said_and_the_key_is_not() {
    let home = Home::new();
    let args = [
        &ANYWHERE[..],
        &["--sign-key-env", "HOOK_KEY", "--out", "got.ndjson"],
    ]
    .concat();
    let unset = home.run(&args);
    assert_eq!(unset.code, Some(2), "{unset:?}");
    assert!(unset.err.contains("HOOK_KEY"), "{}", unset.err);
    let mut command = home.program(&args);
    command.env("HOOK_KEY", "a-sign-key-nobody-may-see");
    let mut running = home.start_command(command);
    let addr = running.listening();
    assert_eq!(post(&addr, EVENT), 401);
    running.until(|running| running.err().contains("401: "));
    running.interrupt();
    let ran = running.ended();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!ran.err.contains("a-sign-key"), "{}", ran.err);
    assert_eq!(home.text("got.ndjson"), "");
}

#[test]
#[cfg(unix)]
fn what_the_archive_keeps_no_longer_goes_while_it_listens() {
    let home = Home::new();
    keep_old(&home);
    let mut running = home.start(&ANYWHERE);
    running.listening();
    running.until(|running| running.err().contains("1 event deleted from this machine"));
    assert!(home.archived(Kind::Callback).is_empty());
    running.interrupt();
    assert_eq!(running.ended().code, Some(0));
}

/// Puts an event into the archive that came a hundred days ago.
fn keep_old(home: &Home) {
    let mut archive = Archive::open(&home.archive()).unwrap();
    let old = Received {
        bytes: EVENT.as_bytes(),
        kind: Kind::Callback,
        account: "listener",
        from: "f",
        request_id: "",
        task_id: "",
        ended: false,
        unix_ms: now_unix_ms() - 100 * 86_400_000,
    };
    archive.store(&[old]).unwrap();
}

#[test]
fn another_address_than_this_machines_is_taken_only_when_told() {
    let ran = Home::new().run(&["listen", "--addr", "0.0.0.0:0"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("--expose"), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn an_exposed_listener_warns() {
    let home = Home::new();
    let mut running = home.start(&["listen", "--addr", "0.0.0.0:0", "--expose"]);
    running.listening();
    assert!(
        running.err().starts_with("Other machines can reach"),
        "{}",
        running.err()
    );
    running.interrupt();
    assert_eq!(running.ended().code, Some(0));
}

#[test]
fn an_address_that_is_taken_ends_with_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let ran = Home::new().run(&["listen", "--addr", &addr]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(
        ran.err.contains(&format!("Cannot listen on {addr}")),
        "{}",
        ran.err
    );
}
