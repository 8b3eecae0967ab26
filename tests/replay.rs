//! Sending an event again, to a receiver that answers as told.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a helper that fails is a failed test"
)]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use vodscope::model::{CallFault, NetworkFault, Replayed};
use vodscope::source::replay::{client, replay};

const EVENT: &[u8] = br#"{"EventType":"FileDeleted", "FileDeleteEvent":{"Odd\u0041":1.50}}"#;

/// Replays to a receiver that gives one answer; also gives what it was sent.
fn replayed(answer: &[u8]) -> (Result<Replayed, CallFault>, String, String) {
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = receiver.local_addr().unwrap().to_string();
    let url = format!("http://{addr}/hook?a=b");
    thread::scope(|scope| {
        let sent = scope.spawn(|| {
            let (mut stream, _) = receiver.accept().unwrap();
            let mut request = Vec::new();
            let mut buffer = [0; 4096];
            while !request.ends_with(EVENT) {
                let read = stream.read(&mut buffer).unwrap();
                assert_ne!(read, 0, "the body never came");
                request.extend_from_slice(&buffer[..read]);
            }
            stream.write_all(answer).unwrap();
            String::from_utf8(request).unwrap()
        });
        let result = replay(&url, EVENT, &client().unwrap());
        (result, sent.join().unwrap(), addr)
    })
}

#[test]
fn the_bytes_arrive_as_they_were_and_the_answer_is_told() {
    let (result, request, addr) =
        replayed(b"HTTP/1.1 202 Accepted\r\nContent-Length: 4\r\n\r\nok\xff!");
    let replayed = result.unwrap();
    assert_eq!((replayed.addr, replayed.status), (addr, 202));
    assert_eq!(
        (replayed.body.as_str(), replayed.truncated),
        ("ok\u{fffd}!", false)
    );
    assert!(
        request.starts_with("POST /hook?a=b HTTP/1.1\r\n"),
        "{request}"
    );
    let head = request.to_lowercase();
    assert!(
        head.contains("\r\ncontent-type: application/json\r\n"),
        "{head}"
    );
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let answer =
        b"HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(replayed(answer).0.unwrap().status, 307);
}

#[test]
fn two_kilobytes_of_the_answer_are_enough() {
    let answer = [
        b"HTTP/1.1 500 No\r\nContent-Length: 9000\r\n\r\n".as_slice(),
        &[b'x'; 9000],
    ];
    let replayed = replayed(&answer.concat()).0.unwrap();
    assert_eq!(
        (replayed.status, replayed.body.len(), replayed.truncated),
        (500, 2048, true)
    );
}

#[test]
fn only_http_goes_out_and_a_closed_door_is_said() {
    let client = client().unwrap();
    for url in [
        "file:///etc/passwd",
        "ftp://example.com/",
        "example.com",
        "",
    ] {
        let fault = replay(url, EVENT, &client).unwrap_err();
        assert!(
            matches!(fault, CallFault::BadEndpoint { .. }),
            "{url}: {fault:?}"
        );
    }
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let fault = replay(&format!("http://{closed}/"), EVENT, &client).unwrap_err();
    let is_closed = matches!(
        fault,
        CallFault::Network {
            kind: NetworkFault::Connect,
            ..
        }
    );
    assert!(is_closed, "{fault:?}");
}
