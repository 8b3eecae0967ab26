//! `vodscope replay`: every record once, as its callback was, and the answer of each.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use vodscope::archive::Kind;

use crate::home::Home;
use crate::program::samples;

fn sample(name: &str) -> String {
    samples().join(name).to_str().unwrap().to_owned()
}

#[test]
#[cfg(unix)]
fn events_arrive_as_callbacks_and_each_answer_is_printed() {
    let home = Home::new();
    let mut listener = home.start(&["listen", "--addr", "127.0.0.1:0"]);
    let addr = listener.listening();
    let url = format!("http://{addr}/hook");
    let ran = home.run(&[
        "replay",
        "--to",
        &url,
        &sample("formats/v3-pull-response.json"),
    ]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let received = home.archived(Kind::Callback);
    assert!(received.len() > 1, "{}", received.len());
    assert_eq!(ran.out.lines().count(), received.len(), "{ran:?}");
    let answered = format!("{addr} 200 ");
    assert!(
        ran.out.lines().all(|line| line.starts_with(&answered)),
        "{}",
        ran.out
    );
    for body in received {
        let body = String::from_utf8(body).unwrap();
        assert!(
            body.contains("\"EventType\"") && !body.contains("EventHandle"),
            "{body}"
        );
    }
    listener.kill();
}

#[test]
#[cfg(unix)]
fn one_task_can_be_chosen() {
    let home = Home::new();
    let event = |task: &str| {
        format!(
            r#"{{"EventType":"TranscodeComplete","TranscodeCompleteEvent":{{"TaskId":"{task}"}}}}"#
        )
    };
    home.write(
        "events.ndjson",
        &format!("{}\n{}\n", event("a"), event("b")),
    );
    let mut listener = home.start(&["listen", "--addr", "127.0.0.1:0"]);
    let url = format!("http://{}/", listener.listening());
    let ran = home.run(&["replay", "--to", &url, "--task-id", "b", "events.ndjson"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 1), "{ran:?}");
    assert_eq!(home.archived(Kind::Callback), [event("b").into_bytes()]);
    let ran = home.run(&["replay", "--to", &url, "--task-id", "c", "events.ndjson"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    listener.kill();
}

#[test]
fn an_answer_other_than_2xx_ends_with_1_and_is_shown() {
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", receiver.local_addr().unwrap());
    let ran = thread::scope(|scope| {
        scope.spawn(|| {
            let (mut stream, _) = receiver.accept().unwrap();
            let mut buffer = vec![0; 65_536];
            assert!(stream.read(&mut buffer).unwrap() > 0);
            let head = "HTTP/1.1 503 Busy\r\nContent-Length: 10\r\nConnection: close";
            write!(stream, "{head}\r\n\r\nnot\x1b[2Jnow").unwrap();
        });
        Home::new().run(&["replay", "--to", &url, &sample("01-callback.json")])
    });
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.out.contains(" 503 ") && ran.out.contains("not\\u{1b}"),
        "{}",
        ran.out
    );
}

#[test]
fn a_receiver_that_is_not_there_ends_with_1() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", free.local_addr().unwrap());
    drop(free);
    let ran = Home::new().run(&["replay", "--to", &url, &sample("01-callback.json")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    assert!(ran.err.contains("Nobody answers"), "{}", ran.err);
}

#[test]
fn only_http_is_posted_to_and_only_what_can_be_read() {
    let home = Home::new();
    for url in ["ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1:80"] {
        let ran = home.run(&["replay", "--to", url, &sample("01-callback.json")]);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{url}: {ran:?}"
        );
        assert!(ran.err.contains("Nothing can be posted to"), "{}", ran.err);
    }
    let ran = home.run(&["replay", "--to", "http://127.0.0.1:1/", "no-such-file"]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{ran:?}");
}
