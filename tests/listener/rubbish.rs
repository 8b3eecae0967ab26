//! Requests that are odd, broken, or not HTTP at all.

use vodscope::model::Refusal;

use crate::client::{Client, post, request, send};
use crate::fixture::{Told, callback, hasty, start, start_with};

const MIB: usize = 1 << 20;

fn kinds(told: &Told) -> Vec<&'static str> {
    let kinds = told.refusals().into_iter().map(|why| match why {
        Refusal::TooLarge => "too large",
        Refusal::BadRequest { .. } => "bad",
        Refusal::Method(_) => "method",
        Refusal::TooSlow => "slow",
        _ => "other",
    });
    kinds.collect()
}

fn chunked(body: &str) -> Vec<u8> {
    let (first, second) = body.split_at(body.len() / 2);
    format!(
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n{:x}\r\n{first}\r\n{:X};x=y\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len(),
    )
    .into_bytes()
}

#[test]
fn chunked_old_and_expecting_clients_are_served() {
    let fixture = start();
    let body = callback(1, 0);
    assert_eq!(send(fixture.addr, &chunked(&body)), 200);
    let old = format!(
        "POST / HTTP/1.0\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(send(fixture.addr, old.as_bytes()), 200);
    let mut expecting = Client::connect(fixture.addr);
    let head = format!(
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    expecting.send(head.as_bytes()).unwrap();
    assert_eq!(expecting.answer().unwrap().status, 100);
    expecting.send(body.as_bytes()).unwrap();
    assert_eq!(expecting.answer().unwrap().status, 200);
    fixture.end();
    let stored = fixture.records();
    assert_eq!(stored.len(), 3);
    assert!(stored.iter().all(|one| one.bytes == body.as_bytes()));
}

#[test]
fn pipelined_callbacks_are_answered_one_by_one() {
    let fixture = start();
    let mut client = Client::connect(fixture.addr);
    let requests: Vec<u8> = (0..50)
        .flat_map(|n| request(callback(n, n).as_bytes()))
        .collect();
    client.send(&requests).unwrap();
    for _ in 0..50 {
        assert_eq!(client.answer().unwrap().status, 200);
    }
    assert_eq!(fixture.records().len(), 50);
}

#[test]
fn a_client_that_has_said_all_is_answered_all_the_same() {
    let fixture = start();
    let mut client = Client::connect(fixture.addr);
    client.send(&request(callback(1, 1).as_bytes())).unwrap();
    client.half_close();
    assert_eq!(client.answer().unwrap().status, 200);
    assert!(client.is_closed());
}

#[test]
fn other_methods_are_told_what_this_is() {
    let fixture = start();
    let mut client = Client::connect(fixture.addr);
    client.send(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
    let about = client.answer().unwrap();
    assert_eq!(about.status, 200);
    assert!(about.body.contains("vodscope"), "{about:?}");
    client
        .send(b"PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}")
        .unwrap();
    let refused = client.answer().unwrap();
    assert_eq!(refused.status, 405);
    assert!(refused.head.contains("allow: POST"), "{refused:?}");
    assert_eq!(kinds(&fixture.end()), ["method"]);
}

#[test]
fn the_longest_callback_is_ten_mebibytes() {
    let fixture = start();
    let mut body = callback(1, 1).into_bytes();
    body.resize(10 * MIB, b' ');
    assert_eq!(post(fixture.addr, &body), 200);
    body.resize(11 * MIB, b' ');
    assert_eq!(post(fixture.addr, &body), 413);
    let mut chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb00000\r\n".to_vec();
    chunked.extend_from_slice(&body);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    assert_eq!(send(fixture.addr, &chunked), 413);
    let told = fixture.end();
    assert_eq!(kinds(&told), ["too large", "too large"]);
    assert_eq!(told.rows.len(), 1);
    assert_eq!(fixture.records().len(), 1);
}

#[test]
fn what_is_not_http_is_refused_and_listed() {
    let fixture = start_with(None, hasty());
    let tls_hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n";
    let long_head = [b"POST / HTTP/1.1\r\nX: ".as_slice(), &vec![b'x'; 200_000]].concat();
    let requests: [&[u8]; 5] = [
        b"\0\xff\xfe garbage\r\n\r\n",
        tls_hello,
        b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        &long_head,
    ];
    for bytes in requests {
        // Some kinds of rubbish get no answer but the end of the connection.
        let status = send(fixture.addr, bytes);
        assert!(status == 0 || status >= 400, "{status}");
    }
    assert_eq!(post(fixture.addr, callback(1, 1).as_bytes()), 200);
    let told = fixture.end();
    assert_eq!(kinds(&told), ["bad"; 5]);
    assert_eq!(fixture.records().len(), 1);
}

#[test]
fn a_body_that_breaks_off_is_not_stored() {
    let fixture = start();
    for request in [
        "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n{\"EventType\":",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"Ev\r\nzz\r\n",
    ] {
        let mut client = Client::connect(fixture.addr);
        client.send(request.as_bytes()).unwrap();
        client.half_close();
        assert!(client.is_closed());
    }
    let told = fixture.end();
    assert_eq!(kinds(&told), ["bad"; 2]);
    assert_eq!(fixture.records(), []);
}
