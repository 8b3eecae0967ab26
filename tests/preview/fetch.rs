//! What is sent, what is followed, and where a download ends.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use vodscope::http::Lookup;
use vodscope::job::{Cancel, Outbox, Wake, spawn};
use vodscope::model::{HostRule, NetworkFault, PictureFault, Secret};
use vodscope::preview::{Address, FetchEnd, FetchLimits, Fetcher, Policy, Ways};

use crate::picture_server::PictureServer;
use crate::setup::{
    PATIENCE, direct, far, fault, fetch, limited, named, names, near, patient, policy,
};

fn near_to(server: &PictureServer) -> Policy {
    policy([(server.host().as_str(), near())])
}

fn fault_at(path: &str) -> PictureFault {
    let server = PictureServer::start();
    fault(near_to(&server), &direct(), &server.url(path))
}

/// Limits that a test meets within a second.
fn short() -> FetchLimits {
    FetchLimits {
        first_byte: Duration::from_secs(1),
        total: Duration::from_secs(2),
        ..FetchLimits::default()
    }
}

fn slow_fault(path: &str) -> PictureFault {
    let server = PictureServer::start();
    fault(near_to(&server), &limited(short()), &server.url(path))
}

#[test]
fn a_request_tells_as_little_as_it_can() {
    let server = PictureServer::start();
    let mut fetcher = Fetcher::new(Arc::new(near_to(&server)), &direct()).unwrap();
    for path in ["/cookie.png", "/ok.png"] {
        let address = Address::parse(&server.url(path)).unwrap();
        let answer = fetcher.fetch(&address, &Cancel::default(), &mut |_, _| {});
        assert_eq!(answer.unwrap().content_type, "image/png");
    }
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "get /ok.png http/1.1\r\nhost: {}\r\naccept: image/*\r\nuser-agent: vodscope/{version}\r\n\r\n",
        server.host()
    );
    let mut lines: Vec<_> = server.seen()[1].head.lines().map(str::to_owned).collect();
    let mut wanted: Vec<_> = expected.lines().map(str::to_owned).collect();
    lines.sort();
    wanted.sort();
    assert_eq!(lines, wanted);
}

#[test]
fn a_connection_is_used_again() {
    let server = PictureServer::start();
    let mut fetcher = Fetcher::new(Arc::new(near_to(&server)), &direct()).unwrap();
    for path in ["/number/1", "/number/2", "/number/3"] {
        let address = Address::parse(&server.url(path)).unwrap();
        let answer = fetcher.fetch(&address, &Cancel::default(), &mut |_, _| {});
        assert_eq!(answer.unwrap().status, 200);
    }
    assert!(server.seen().iter().all(|seen| seen.connection == 1));
}

#[test]
fn the_referer_and_the_signature_go_to_their_host_only() {
    let server = PictureServer::start();
    let port = server.addr().port();
    let (a, b) = (format!("a.test:{port}"), format!("b.test:{port}"));
    let told = HostRule {
        referer: "http://www.a.test/".to_owned(),
        signed: true,
        ..near()
    };
    let policy = policy([(a.as_str(), told), (b.as_str(), near())])
        .with_key(&a, Secret::new("24FEQmTzro4V5u3D5epW"));
    let ways = named(names([
        ("a.test", &["127.0.0.1"]),
        ("b.test", &["127.0.0.1"]),
    ]));
    let to = server.url_at("b.test", "/ok.png");
    let url = server.url_at("a.test", &format!("/redirect?to={to}"));
    let fetched = fetch(policy, &ways, &url).unwrap();
    assert_eq!(fetched.redirected.as_deref(), Some(to.as_str()));
    let seen = server.seen();
    let (first, second) = (&seen[0], &seen[1]);
    assert!(first.path.contains("&sign="), "{}", first.path);
    assert!(first.head.contains("referer: http://www.a.test/\r\n"));
    assert_eq!(second.path, "/ok.png");
    assert!(!second.head.contains("referer"), "{}", second.head);
}

#[test]
fn a_page_of_https_is_not_told_over_plain_http() {
    let server = PictureServer::start();
    let told = HostRule {
        referer: "HTTPS://www.a.test/secret".to_owned(),
        ..near()
    };
    let host = server.host();
    fetch(
        policy([(host.as_str(), told)]),
        &direct(),
        &server.url("/ok.png"),
    )
    .unwrap();
    let head = &server.seen()[0].head;
    assert!(!head.contains("referer"), "{head}");
}

#[test]
fn five_redirects_are_followed_and_no_sixth() {
    let server = PictureServer::start();
    let fetched = fetch(near_to(&server), &direct(), &server.url("/chain/5")).unwrap();
    let end = server.url("/chain/0");
    assert_eq!(fetched.redirected.as_deref(), Some(end.as_str()));
    let found = fault(near_to(&server), &direct(), &server.url("/chain/6"));
    assert_eq!(found, PictureFault::TooManyRedirects);
    assert_eq!(server.count("/chain/0"), 1, "the sixth was not followed");
    assert_eq!(fault_at("/loop"), PictureFault::TooManyRedirects);
}

#[test]
fn a_redirect_to_a_host_that_is_not_allowed_is_not_followed() {
    let (server, other) = (PictureServer::start(), PictureServer::start());
    let url = server.url(&format!("/moved?to={}", other.url("/ok.png")));
    let found = fault(near_to(&server), &direct(), &url);
    let expected = PictureFault::NotAllowed {
        host: other.host(),
        redirected: true,
    };
    assert_eq!(found, expected);
    assert_eq!(other.seen().len(), 0);
}

#[test]
fn a_redirect_into_a_private_network_is_not_followed() {
    let (server, other) = (PictureServer::start(), PictureServer::start());
    let policy = policy([
        (server.host().as_str(), near()),
        (other.host().as_str(), far()),
    ]);
    let url = server.url(&format!("/redirect?to={}", other.url("/ok.png")));
    let found = fault(policy, &direct(), &url);
    assert!(matches!(found, PictureFault::Private { .. }), "{found:?}");
    assert_eq!(other.seen().len(), 0);
}

#[test]
fn a_redirect_leads_nowhere_but_to_http() {
    for to in [
        "file:///etc/passwd",
        "ftp://a.test/",
        "http://user@127.0.0.1/",
        "data:,x",
    ] {
        let found = fault_at(&format!("/redirect?to={to}"));
        assert!(
            matches!(found, PictureFault::BadUrl { .. }),
            "{to}: {found:?}"
        );
    }
    assert_eq!(fault_at("/nowhere"), PictureFault::Status { status: 302 });
}

#[test]
fn refusals_are_told_apart() {
    let said = "403 Referer denied".to_owned();
    assert_eq!(fault_at("/403"), PictureFault::Forbidden { said });
    assert_eq!(fault_at("/404"), PictureFault::Gone { status: 404 });
    assert_eq!(fault_at("/410"), PictureFault::Gone { status: 410 });
    assert_eq!(fault_at("/500"), PictureFault::Status { status: 500 });
}

#[test]
fn a_body_is_cut_at_its_limit() {
    let limits = FetchLimits {
        bytes: 1 << 20,
        ..FetchLimits::default()
    };
    let expected = PictureFault::TooManyBytes { limit: 1 << 20 };
    let server = PictureServer::start();
    for path in ["/endless.png", "/long.png"] {
        let found = fault(near_to(&server), &limited(limits), &server.url(path));
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn a_body_announced_too_long_is_not_read() {
    let server = PictureServer::start();
    let mut fetcher = Fetcher::new(Arc::new(near_to(&server)), &direct()).unwrap();
    let address = Address::parse(&server.url("/long.png")).unwrap();
    let mut told = 0;
    let end = fetcher.fetch(&address, &Cancel::default(), &mut |_, _| told += 1);
    let fault = PictureFault::TooManyBytes { limit: 20 << 20 };
    assert_eq!(end, Err(FetchEnd::Fault(fault)));
    assert_eq!(told, 0);
}

#[test]
fn a_body_that_breaks_off_is_incomplete() {
    let found = fault_at("/short.png");
    assert!(
        matches!(found, PictureFault::Incomplete { bytes } if bytes > 0),
        "{found:?}"
    );
}

#[test]
fn a_packed_body_is_not_unpacked() {
    let found = fault_at("/packed.png");
    let PictureFault::NotPicture { starts, .. } = found else {
        panic!("{found:?}");
    };
    assert_eq!(starts, "Content-Encoding: gzip");
}

#[test]
fn a_silent_server_is_left_after_the_time_for_a_head() {
    assert_eq!(slow_fault("/silent.png"), PictureFault::TooSlow { secs: 1 });
}

#[test]
fn slow_bodies_are_left_after_the_time_for_everything() {
    for path in ["/drip.png", "/stuck.png"] {
        assert_eq!(
            slow_fault(path),
            PictureFault::TooSlow { secs: 2 },
            "{path}"
        );
    }
}

/// The first of two hosts takes so much of the time that the limit for everything comes first.
#[test]
fn the_limit_that_passed_is_the_one_that_is_told() {
    let server = PictureServer::start();
    let port = server.addr().port();
    let (a, b) = (format!("a.test:{port}"), format!("b.test:{port}"));
    let slow: Lookup = Arc::new(move |host, port| {
        if host == "a.test" {
            Cancel::default().sleep(Duration::from_millis(1200));
        }
        Ok(vec![([127, 0, 0, 1], port).into()])
    });
    let limits = FetchLimits {
        first_byte: Duration::from_secs(2),
        total: Duration::from_secs(3),
        ..FetchLimits::default()
    };
    let ways = Ways {
        limits,
        ..named(slow)
    };
    let silent = server.url_at("b.test", "/silent.png");
    let url = server.url_at("a.test", &format!("/redirect?to={silent}"));
    let policy = policy([(a.as_str(), near()), (b.as_str(), near())]);
    assert_eq!(
        fault(policy.clone(), &ways, &url),
        PictureFault::TooSlow { secs: 3 }
    );
    assert_eq!(
        fault(policy, &ways, &silent),
        PictureFault::TooSlow { secs: 2 }
    );
}

#[test]
fn a_name_that_is_looked_up_for_too_long_is_too_slow() {
    let (_held, ways) = held_lookup(short());
    let found = fault(policy([("a.test", far())]), &ways, "http://a.test/x");
    assert_eq!(found, PictureFault::TooSlow { secs: 1 });
}

#[test]
fn a_download_that_nobody_wants_ends_while_a_name_is_looked_up() {
    let (held, ways) = held_lookup(patient());
    let cancel = Cancel::default();
    let mut fetcher = Fetcher::new(Arc::new(policy([("a.test", far())])), &ways).unwrap();
    let address = Address::parse("http://a.test/x").unwrap();
    let stop = cancel.clone();
    let job = spawn("fetch", Wake::none(), move |outbox: Outbox<_>, _| {
        let end = fetcher.fetch(&address, &stop, &mut |_, _| {});
        outbox.send(end).ok();
    });
    let begun = (0..600).any(|_| held.is_asked() || !Cancel::default().sleep(PATIENCE / 600));
    assert!(begun);
    cancel.cancel();
    assert_eq!(job.recv(), Some(Err(FetchEnd::Cancelled)));
}

/// Lets a look-up that was held go, when dropped.
struct Held {
    asked: Arc<AtomicBool>,
    let_go: Cancel,
}

impl Held {
    fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Acquire)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.let_go.cancel();
    }
}

fn held_lookup(limits: FetchLimits) -> (Held, Ways) {
    let held = Held {
        asked: Arc::default(),
        let_go: Cancel::default(),
    };
    let (asked, let_go) = (Arc::clone(&held.asked), held.let_go.clone());
    let lookup: Lookup = Arc::new(move |_, _| {
        asked.store(true, Ordering::Release);
        let_go.sleep(10 * PATIENCE);
        Err(io::Error::other("let go"))
    });
    let ways = Ways {
        limits,
        ..named(lookup)
    };
    (held, ways)
}

#[test]
fn a_machine_that_does_not_listen_is_a_network_fault() {
    let server = PictureServer::start();
    let (policy, url) = (near_to(&server), server.url("/ok.png"));
    drop(server);
    let found = fault(policy, &direct(), &url);
    let PictureFault::Network { kind, .. } = found else {
        panic!("{found:?}");
    };
    assert!(matches!(kind, NetworkFault::Connect | NetworkFault::Reset));
}

#[test]
fn progress_is_told_with_what_was_announced() {
    let server = PictureServer::start();
    let ways = limited(short());
    let mut fetcher = Fetcher::new(Arc::new(near_to(&server)), &ways).unwrap();
    let address = Address::parse(&server.url("/drip.png")).unwrap();
    let mut told = Vec::new();
    let end = fetcher.fetch(&address, &Cancel::default(), &mut |received, total| {
        told.push((received, total));
    });
    assert!(end.is_err());
    assert!(!told.is_empty() && told.is_sorted(), "{told:?}");
    assert!(told.iter().all(|(_, total)| total.is_none()));
}

#[test]
fn a_download_that_nobody_wants_ends_while_it_waits() {
    for path in ["/silent.png", "/stuck.png", "/endless.png"] {
        let server = PictureServer::start();
        let cancel = Cancel::default();
        let mut fetcher = Fetcher::new(Arc::new(near_to(&server)), &endless()).unwrap();
        let address = Address::parse(&server.url(path)).unwrap();
        let stop = cancel.clone();
        let job = spawn("fetch", Wake::none(), move |outbox: Outbox<_>, _| {
            let end = fetcher.fetch(&address, &stop, &mut |_, _| {});
            outbox.send(end).ok();
        });
        let begun = (0..600).any(|_| server.busy() > 0 || !Cancel::default().sleep(PATIENCE / 600));
        assert!(begun, "{path}");
        cancel.cancel();
        assert_eq!(job.recv(), Some(Err(FetchEnd::Cancelled)), "{path}");
    }
}

/// Nothing but being cancelled ends a download.
fn endless() -> Ways {
    limited(FetchLimits {
        bytes: u64::MAX,
        ..patient()
    })
}
