//! What is said of proxies: only where one stands between, and what helps with it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::home::Home;
use crate::program::{Ran, ended};

/// A pull from a host that nobody knows.
fn pull(variables: &[(&str, &str)]) -> Ran {
    let endpoint = "vod.example.invalid";
    let args = ["pull", "--endpoint", endpoint, "--source", "queue"];
    let home = Home::new();
    let mut command = home.program(&args);
    ended(&command.envs(variables.iter().copied()).output().unwrap())
}

/// An address of this machine where nobody listens.
fn nowhere() -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", free.local_addr().unwrap())
}

fn told(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    for word in words {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
}

#[test]
fn a_host_that_needs_no_proxy_is_not_blamed_on_it() {
    let ran = pull(&[
        ("HTTPS_PROXY", &nowhere()),
        ("NO_PROXY", ".example.invalid"),
    ]);
    told(&ran, 1, &["The endpoint's name is not known here"]);
    assert!(!ran.err.contains("HTTPS_PROXY"), "{}", ran.err);
}

#[test]
fn a_proxy_that_is_down_cannot_be_reached() {
    let ran = pull(&[("HTTPS_PROXY", &nowhere())]);
    told(&ran, 1, &["The proxy cannot be reached", "HTTPS_PROXY"]);
    assert_eq!(ran.err.matches("cannot be reached").count(), 1);
}

/// A pull through a proxy that answers so, to each of the calls that a pull makes.
fn pull_through(answer: &'static str) -> Ran {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let proxy = format!("http://{addr}");
    thread::scope(|scope| {
        scope.spawn(|| {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut head = BufReader::new(&stream).lines().map_while(Result::ok);
                if !head.any(|line| line.is_empty()) {
                    return;
                }
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        let ran = pull(&[("ALL_PROXY", &proxy)]);
        // A connection that asks for nothing is the last.
        drop(TcpStream::connect(addr));
        ran
    })
}

#[test]
fn a_proxy_that_made_no_connection_is_told_by_its_status() {
    let ran = pull_through("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    told(
        &ran,
        1,
        &["The proxy could not connect to the host", "(HTTP 502)"],
    );
    assert!(!ran.err.contains("PASSWORD"), "{}", ran.err);
    let ran = pull_through("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n");
    told(&ran, 1, &["wants a user and a password", "(HTTP 407)"]);
    let ran = pull_through("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
    told(&ran, 1, &["The proxy refused", "NO_PROXY", "(HTTP 403)"]);
}

#[test]
fn a_setting_that_is_no_proxy_is_refused_and_not_shown() {
    for garbage in ["garbage:::x", "http://user:pa55word@proxy:port"] {
        let ran = pull(&[("HTTPS_PROXY", garbage)]);
        told(&ran, 2, &["HTTPS_PROXY names no usable proxy", "unset it"]);
        assert!(!ran.err.contains(garbage), "{}", ran.err);
        assert!(!ran.err.contains("pa55word"), "{}", ran.err);
    }
}
