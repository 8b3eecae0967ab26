//! Requests and their limits.

use std::net::TcpListener;
use std::time::Duration;

use vodscope::http::{Ending, Failure, Fault, Http, Method, Options, Plain, Proxy, Request};
use vodscope::model::NetworkFault;

use crate::server::{Server, Step, answer};

fn direct() -> Options {
    Options {
        proxy: Proxy::Never,
        ..Options::default()
    }
}

fn http(options: &Options) -> Http {
    Http::new(options).unwrap()
}

fn post<'a>(url: &'a str, body: &'a [u8]) -> Request<'a> {
    Request {
        method: Method::Post,
        url,
        headers: &[("X-Test", "one")],
        body,
    }
}

fn get(url: &str) -> Request<'_> {
    Request {
        method: Method::Get,
        url,
        headers: &[],
        body: b"",
    }
}

fn kind(result: Result<vodscope::http::Response, Fault>) -> NetworkFault {
    match result {
        Err(Fault::Network(failure)) => failure.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_request_and_its_answer_arrive_whole() {
    let headers = "Content-Type: application/json\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n";
    let server = Server::play([Step::Send(answer(418, headers, "{\"a\":1}"))]);
    let response = http(&direct()).send(&post(&server.url(), b"body")).unwrap();
    assert_eq!(response.status, 418);
    assert_eq!(response.body, b"{\"a\":1}");
    assert_eq!(response.ending, Ending::Complete);
    assert_eq!(response.content_type, "application/json");
    assert_eq!(response.date_unix, Some(1_700_000_000));
    assert_eq!(response.peer, Some(server.addr));
    let seen = &server.seen()[0];
    assert_eq!(seen.line, "POST / HTTP/1.1");
    assert_eq!(seen.body, b"body");
    assert_eq!(seen.header("x-test"), Some("one"));
    assert_eq!(seen.header("host"), Some(server.addr.to_string().as_str()));
}

#[test]
fn a_connection_is_used_again() {
    let server = Server::json(["1", "2", "3"]);
    let http = http(&direct());
    for _ in 0..3 {
        http.send(&post(&server.url(), b"")).unwrap();
    }
    let connections: Vec<_> = server.seen().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [1, 1, 1]);
}

#[test]
fn redirects_are_followed_only_when_asked_for() {
    let hop = || Step::Send(answer(302, "Location: /next\r\n", ""));
    let server = Server::play([hop(), hop(), Step::Send(answer(200, "", "end"))]);
    let stays = http(&direct()).send(&get(&server.url())).unwrap();
    assert_eq!(stays.status, 302);
    drop(server);

    let server = Server::play([hop(), hop(), Step::Send(answer(200, "", "end"))]);
    let follows = Options {
        redirects: 3,
        ..direct()
    };
    let end = http(&follows).send(&get(&server.url())).unwrap();
    assert_eq!((end.status, end.body.as_slice()), (200, b"end".as_slice()));
}

#[test]
fn at_most_three_redirects_are_followed() {
    let hops = (0..9).map(|_| Step::Send(answer(302, "Location: /next\r\n", "")));
    let server = Server::play(hops);
    let eager = Options {
        redirects: 50,
        ..direct()
    };
    assert_eq!(http(&eager).send(&get(&server.url())).unwrap().status, 302);
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn a_long_answer_is_cut_at_the_limit() {
    let limited = Options {
        body_limit: 1000,
        ..direct()
    };
    let server = Server::json(["x".repeat(1000).as_str(), "x".repeat(1001).as_str()]);
    let http = http(&limited);
    let fits = http.send(&get(&server.url())).unwrap();
    assert_eq!((fits.body.len(), fits.ending), (1000, Ending::Complete));
    let long = http.send(&get(&server.url())).unwrap();
    assert_eq!((long.body.len(), long.ending), (1000, Ending::TooLong));
}

#[test]
fn of_a_broken_answer_what_came_is_kept() {
    let mut half = answer(200, "", "0123456789");
    half.truncate(half.len() - 6);
    let server = Server::play([Step::SendAndClose(half)]);
    let response = http(&direct()).send(&get(&server.url())).unwrap();
    assert_eq!(response.body, b"0123");
    let Ending::Broken(Failure { kind, .. }) = response.ending else {
        panic!("half an answer was taken for a whole one");
    };
    assert_eq!(kind, NetworkFault::Reset);
}

#[test]
fn an_answer_that_stalls_keeps_what_came_and_times_out() {
    let mut half = answer(200, "", "0123456789");
    half.truncate(half.len() - 6);
    let stall = Step::Silence(Duration::from_secs(3));
    let server = Server::play([Step::Send(half), stall]);
    let hasty = Options {
        total: Duration::from_millis(400),
        ..direct()
    };
    let response = http(&hasty).send(&get(&server.url())).unwrap();
    assert_eq!(response.body, b"0123");
    let Ending::Broken(Failure { kind, .. }) = response.ending else {
        panic!("half an answer was taken for a whole one");
    };
    assert_eq!(kind, NetworkFault::Timeout);
}

#[test]
fn failures_are_told_apart() {
    let hasty = Options {
        total: Duration::from_millis(300),
        ..direct()
    };
    let silent = Server::play([Step::Silence(Duration::from_secs(3))]);
    assert_eq!(
        kind(http(&hasty).send(&get(&silent.url()))),
        NetworkFault::Timeout
    );

    let hanging_up = Server::play([Step::SendAndClose(Vec::new())]);
    assert_eq!(
        kind(http(&direct()).send(&get(&hanging_up.url()))),
        NetworkFault::Reset
    );

    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/", free.local_addr().unwrap());
    drop(free);
    assert_eq!(
        kind(http(&direct()).send(&get(&nobody))),
        NetworkFault::Connect
    );

    let unknown = "https://no-such-host.invalid/";
    assert_eq!(kind(http(&direct()).send(&get(unknown))), NetworkFault::Dns);

    let plain = Server::deaf(answer(400, "", "this is plain HTTP"));
    let secure = format!("https://{plain}/");
    assert_eq!(kind(http(&direct()).send(&get(&secure))), NetworkFault::Tls);
}

#[test]
fn other_machines_are_asked_through_the_proxy_and_this_one_is_not() {
    let refusal = || Step::SendAndClose(answer(407, "", ""));
    let proxy = Server::play([refusal(), refusal()]);
    let through = Options {
        proxy: Proxy::Url(format!("http://user:pa55word@{}", proxy.addr)),
        ..Options::default()
    };
    let http = http(&through);
    let fault = http.send(&get("https://vod.example.invalid/")).unwrap_err();
    let Fault::Network(failure) = &fault else {
        panic!("{fault:?}");
    };
    assert_eq!(failure.kind, NetworkFault::Proxy);
    assert_eq!(failure.why, "the proxy answered HTTP 407");
    assert_eq!(
        proxy.seen()[0].line,
        "CONNECT vod.example.invalid:443 HTTP/1.1"
    );

    let here = Server::json(["direct"]);
    assert_eq!(http.send(&get(&here.url())).unwrap().body, b"direct");
    assert_eq!(proxy.seen().len(), 1);
}

#[test]
fn a_proxy_that_is_down_is_said_to_be() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let through = Options {
        proxy: Proxy::Url(nobody),
        ..Options::default()
    };
    let sent = http(&through).send(&get("https://vod.example.invalid/"));
    assert_eq!(kind(sent), NetworkFault::Proxy);
}

#[test]
fn what_may_not_be_asked_is_never_sent() {
    for url in ["http://example.com/", "file:///etc/passwd", "nonsense"] {
        let sent = http(&direct()).send(&get(url));
        assert!(matches!(sent, Err(Fault::BadUrl { .. })), "{url}: {sent:?}");
    }
    let anywhere = Options {
        plain: Plain::Anywhere,
        ..direct()
    };
    let sent = http(&anywhere).send(&get("http://no-such-host.invalid/"));
    assert_eq!(kind(sent), NetworkFault::Dns);
}
