//! Clients that take their time or never end, and the listener's own end.

use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use vodscope::job::{Cancel, Wake};
use vodscope::model::{Reason, Refusal, SourceEnd};
use vodscope::source::Catalog;
use vodscope::source::listener::Limits;

use crate::client::{Client, post};
use crate::fixture::{Fixture, Told, callback, hasty, listener, start, start_with};

/// The service gives up after this.
const IN_TIME: Duration = Duration::from_secs(5);

fn pause(millis: u64) {
    Cancel::default().sleep(Duration::from_millis(millis));
}

fn assert_takes_callbacks(fixture: &Fixture) {
    let asked = Instant::now();
    assert_eq!(post(fixture.addr, callback(1, 1).as_bytes()), 200);
    assert!(asked.elapsed() < IN_TIME);
}

#[test]
fn slow_heads_and_bodies_are_cut_off_and_idle_connections_closed_in_silence() {
    let fixture = start_with(None, hasty());
    let mut idle = Client::connect(fixture.addr);
    let mut served = Client::connect(fixture.addr);
    assert_eq!(served.post(callback(0, 0).as_bytes()).unwrap().status, 200);
    let mut slow_head = Client::connect(fixture.addr);
    let mut slow_body = Client::connect(fixture.addr);
    slow_body
        .send(b"POST / HTTP/1.1\r\nContent-Length: 9999\r\n\r\n")
        .unwrap();
    for byte in b"POST / HTTP/1.1\r\nHost: slow\r\n".iter().cycle().take(40) {
        let _sent = slow_head.send(&[*byte]);
        let _sent = slow_body.send(&[*byte]);
        pause(30);
    }
    assert_eq!(slow_body.answer().unwrap().status, 408);
    assert!(slow_body.is_closed());
    assert!(slow_head.is_closed());
    assert!(idle.is_closed());
    assert!(served.is_closed());
    assert_takes_callbacks(&fixture);
    assert_eq!(
        fixture.end().refusals(),
        [Refusal::TooSlow, Refusal::TooSlow]
    );
}

#[test]
fn an_endless_body_ends() {
    let fixture = start_with(None, hasty());
    let mut client = Client::connect(fixture.addr);
    client
        .send(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        .unwrap();
    let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 0x10000], b"\r\n"].concat();
    let begun = Instant::now();
    while client.send(&chunk).is_some() {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "it is read for ever"
        );
    }
    assert_takes_callbacks(&fixture);
    assert_eq!(fixture.end().refusals(), [Refusal::TooLarge]);
}

#[test]
fn clients_that_take_every_connection_cannot_keep_it() {
    let limits = Limits {
        connections: 4,
        ..hasty()
    };
    let fixture = start_with(None, limits);
    let hogs: Vec<Client> = (0..20).map(|_| Client::connect(fixture.addr)).collect();
    assert_takes_callbacks(&fixture);
    drop(hogs);
}

#[test]
fn a_client_that_reads_no_answer_cannot_keep_its_connection() {
    let limits = Limits {
        head: Duration::from_millis(10),
        body: Duration::from_millis(10),
        store: Duration::from_secs(1),
        connections: 1,
        ..Limits::default()
    };
    let fixture = start_with(None, limits);
    let mut deaf = Client::connect(fixture.addr);
    let requests = b"GET / HTTP/1.1\r\n\r\n".repeat(10_000);
    thread::scope(|scope| {
        scope.spawn(move || while deaf.send(&requests).is_some() {});
        pause(500);
        assert_eq!(post(fixture.addr, callback(1, 1).as_bytes()), 200);
    });
}

#[test]
fn big_bodies_that_never_end_leave_room_for_small_ones() {
    let limits = Limits {
        memory_bytes: 1 << 20,
        ..Limits::default()
    };
    let fixture = start_with(None, limits);
    let half = vec![b' '; 600_000];
    let mut hogs: Vec<Client> = (0..3)
        .map(|_| {
            let mut client = Client::connect(fixture.addr);
            client
                .send(b"POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n")
                .unwrap();
            let _sent = client.send(&half);
            client
        })
        .collect();
    pause(300);
    assert_takes_callbacks(&fixture);
    let answers: Vec<u16> = hogs
        .iter_mut()
        .skip(1)
        .map(|hog| {
            hog.half_close();
            hog.answer().map_or(0, |answer| answer.status)
        })
        .collect();
    assert!(answers.contains(&503), "{answers:?}");
}

#[test]
fn a_port_in_use_is_a_clear_failure() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let second = listener(addr, None, &folder.path().join("a"), Limits::default());
    let job = second.start(&Catalog::default(), Wake::none());
    let mut told = Told::default();
    while let Some(event) = job.recv() {
        told.add(event);
    }
    let [problem] = told.problems.as_slice() else {
        panic!("{told:?}");
    };
    let Reason::CannotListen { addr: named, why } = &problem.reason else {
        panic!("{problem:?}");
    };
    assert_eq!(*named, addr);
    assert!(why.contains("in use"), "{why}");
    assert_eq!(told.end, Some(SourceEnd::Failed));
}

#[test]
fn ending_it_frees_the_port_and_closes_what_is_open() {
    let fixture = start();
    let mut idle = Client::connect(fixture.addr);
    let mut begun = Client::connect(fixture.addr);
    begun
        .send(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{")
        .unwrap();
    assert_takes_callbacks(&fixture);
    let asked = Instant::now();
    let told = fixture.end();
    assert!(asked.elapsed() < IN_TIME);
    assert_eq!(told.end, Some(SourceEnd::Cancelled));
    assert_eq!(told.rows.len(), 1);
    assert!(idle.is_closed());
    assert!(begun.is_closed());
    let again = listener(fixture.addr, None, &fixture.archive, Limits::default());
    let job = again.start(&fixture.catalog, Wake::none());
    assert_eq!(super::fixture::listening(&job), Some(fixture.addr));
}

#[test]
fn an_owner_that_never_looks_still_gets_the_port_back() {
    let fixture = start();
    for number in 0..100 {
        assert_eq!(post(fixture.addr, callback(number, 0).as_bytes()), 200);
        pause(10);
    }
    fixture.job.cancel();
    pause(1_500);
    let free: Result<TcpListener, _> = TcpListener::bind::<SocketAddr>(fixture.addr);
    assert!(free.is_ok(), "{free:?}");
}
