//! Many callbacks at once, and what is made of them.

use std::collections::{BTreeSet, HashSet};
use std::net::SocketAddr;
use std::thread;

use vodscope::archive::Archive;
use vodscope::job::Cancel;
use vodscope::model::{RawRef, Reason, Refusal, SourceEnd, SourceId, Wrapping};

use crate::client::{Client, post};
use crate::fixture::{callback, start};

const CLIENTS: usize = 25;
const EACH: usize = 200;
const PER_CONNECTION: usize = 20;
/// So many callbacks carry the content of one before them.
const REPEATED: usize = 500;

/// The callbacks of one client, some of which repeat what others send.
fn bodies(client: usize) -> Vec<String> {
    let numbers = (0..EACH).map(|at| client * EACH + at);
    let body = |number: usize| callback(number % (CLIENTS * EACH - REPEATED), number);
    numbers.map(body).collect()
}

/// Sends everything; gives what was answered 200.
fn storm(addr: SocketAddr, client: usize) -> Vec<String> {
    let mut answered = Vec::new();
    for some in bodies(client).chunks(PER_CONNECTION) {
        let mut connection = Client::connect(addr);
        for body in some {
            let answer = connection.post(body.as_bytes()).unwrap();
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (200, r#"{"code":0}"#)
            );
            answered.push(body.clone());
        }
    }
    answered
}

fn all_answered(addr: SocketAddr) -> Vec<String> {
    thread::scope(|scope| {
        let clients = (0..CLIENTS).map(|client| scope.spawn(move || storm(addr, client)));
        let clients: Vec<_> = clients.collect();
        let answered = clients
            .into_iter()
            .flat_map(|client| client.join().unwrap());
        answered.collect()
    })
}

#[test]
fn every_callback_of_a_storm_is_stored_and_told_though_nobody_looks() {
    let fixture = start();
    let answered = all_answered(fixture.addr);
    assert_eq!(answered.len(), CLIENTS * EACH);
    let told = fixture.end();

    let records = fixture.records();
    let stored: HashSet<&[u8]> = records.iter().map(|one| one.bytes.as_slice()).collect();
    assert!(answered.iter().all(|body| stored.contains(body.as_bytes())));
    assert_eq!(records.len(), answered.len());
    let stats = Archive::open(&fixture.archive).unwrap().stats().unwrap();
    assert_eq!(stats.events, (CLIENTS * EACH - REPEATED) as u64);

    assert_eq!(told.received(), answered.len() as u64);
    assert_eq!(told.problems, []);
    let told_of: BTreeSet<u64> = told.rows.iter().map(|row| row.offset >> 24).collect();
    let deliveries = records
        .iter()
        .map(|one| u64::try_from(one.delivery).unwrap());
    assert_eq!(told_of, deliveries.collect());
    assert_eq!(told.rows.len(), told_of.len());
    assert_eq!(told.end, Some(SourceEnd::Cancelled));
}

#[test]
fn both_formats_and_several_events_in_one_body_are_read_and_found_again() {
    let fixture = start();
    let (new, old) = (
        callback(1, 0),
        r#"{"version":"4.0","eventType":"FileDeleted","data":{"fileIds":["2"]}}"#,
    );
    let both = format!("{new}\n{old}");
    for body in [&new, old, &both] {
        assert_eq!(post(fixture.addr, body.as_bytes()), 200);
    }
    let told = fixture.end();
    assert_eq!(told.problems, []);
    let texts: Vec<String> = told
        .rows
        .iter()
        .map(|row| {
            let raw = RawRef {
                source: SourceId(0),
                offset: row.offset,
                len: row.len,
                checksum: row.checksum,
                format: row.format,
                wrapping: Wrapping::Plain,
            };
            let bytes = fixture.catalog.reread(&raw, &Cancel::default()).unwrap();
            String::from_utf8(bytes).unwrap()
        })
        .collect();
    assert_eq!(texts, [new.as_str(), old, &new, old]);
}

#[test]
fn a_body_that_is_no_json_is_stored_and_answered_and_is_a_problem() {
    let fixture = start();
    assert_eq!(post(fixture.addr, b"not \xff JSON"), 200);
    assert_eq!(post(fixture.addr, b""), 400);
    let told = fixture.end();
    assert_eq!(fixture.records()[0].bytes, b"not \xff JSON");
    assert_eq!(told.rows.len(), 0);
    assert_eq!(told.problems.len(), 2);
    let empty = Refusal::BadRequest {
        why: "the body is empty".to_owned(),
    };
    assert_eq!(told.refusals(), [empty]);
    let stored = told
        .problems
        .iter()
        .find(|one| !matches!(one.reason, Reason::Refused { .. }));
    assert_eq!(stored.unwrap().offset >> 24, 1);
}

#[test]
fn a_flood_of_bad_requests_is_counted_without_flooding() {
    const REQUESTS: u64 = 20_000;
    let fixture = start();
    let addr = fixture.addr;
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(move || {
                let mut client = Client::connect(addr);
                for _ in 0..REQUESTS / 4 / 50 {
                    client
                        .send(&b"DELETE / HTTP/1.1\r\n\r\n".repeat(50))
                        .unwrap();
                    for _ in 0..50 {
                        assert_eq!(client.answer().unwrap().status, 405);
                    }
                }
            });
        }
    });
    let told = fixture.end();
    assert_eq!(told.refused(), REQUESTS);
    assert!(told.refusals().len() <= 1_000);
    assert!(told.events < 1_000, "{} events", told.events);
    assert_eq!(fixture.records(), []);
}
