//! Which machines are connected to, whatever their names are.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use vodscope::http::Lookup;
use vodscope::model::PictureFault;

use crate::picture_server::PictureServer;
use crate::setup::{direct, far, fault, fetch, named, names, near, policy};

const NAME: &str = "pictures.test";

fn private(host: &str, address: &str) -> PictureFault {
    PictureFault::Private {
        host: host.to_owned(),
        address: address.parse().unwrap(),
    }
}

#[test]
fn a_name_that_leads_into_a_private_network_is_not_connected_to() {
    let server = PictureServer::start();
    let url = server.url_at(NAME, "/ok.png");
    let host = format!("{NAME}:{}", server.addr().port());
    for address in [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::ffff:127.0.0.1",
        "fd00::1",
    ] {
        let ways = named(names([(NAME, &[address])]));
        let found = fault(policy([(host.as_str(), far())]), &ways, &url);
        assert_eq!(found, private(&host, address));
    }
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn one_private_address_among_public_ones_is_enough_to_refuse() {
    let server = PictureServer::start();
    let host = format!("{NAME}:{}", server.addr().port());
    let ways = named(names([(NAME, &["192.0.9.1", "127.0.0.1"])]));
    let found = fault(
        policy([(host.as_str(), far())]),
        &ways,
        &server.url_at(NAME, "/ok.png"),
    );
    assert_eq!(found, private(&host, "127.0.0.1"));
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn the_same_name_is_connected_to_with_leave() {
    let server = PictureServer::start();
    let host = format!("{NAME}:{}", server.addr().port());
    let ways = named(names([(NAME, &["127.0.0.1"])]));
    let url = server.url_at(NAME, "/ok.png");
    let fetched = fetch(policy([(host.as_str(), near())]), &ways, &url).unwrap();
    assert_eq!(fetched.status, 200);
    assert_eq!(server.count("/ok.png"), 1);
}

/// What was checked is what is connected to: a second look could find something else.
#[test]
fn a_name_is_looked_up_once() {
    let server = PictureServer::start();
    let host = format!("{NAME}:{}", server.addr().port());
    let looks = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&looks);
    let addr = server.addr();
    let lookup: Lookup = Arc::new(move |_, _| {
        let first = counter.fetch_add(1, Ordering::Relaxed) == 0;
        let elsewhere = SocketAddr::from(([127, 0, 0, 1], 1));
        Ok(vec![if first { addr } else { elsewhere }])
    });
    let url = server.url_at(NAME, "/ok.png");
    fetch(policy([(host.as_str(), near())]), &named(lookup), &url).unwrap();
    assert_eq!(looks.load(Ordering::Relaxed), 1);
}

#[test]
fn this_machine_is_not_asked_without_leave_whatever_it_is_called() {
    let server = PictureServer::start();
    let port = server.addr().port();
    for name in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "[::ffff:127.0.0.1]",
    ] {
        let host = format!("{name}:{port}");
        let url = server.url_at(name, "/ok.png");
        let found = fault(policy([(host.as_str(), far())]), &direct(), &url);
        assert!(
            matches!(found, PictureFault::Private { .. }),
            "{name}: {found:?}"
        );
    }
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn a_name_that_nobody_knows_is_told_as_such() {
    let found = fault(
        policy([("nowhere.test", near())]),
        &named(names([])),
        "http://nowhere.test/x",
    );
    assert_eq!(
        found,
        PictureFault::Network {
            kind: vodscope::model::NetworkFault::Dns,
            why: "no such name".to_owned(),
        }
    );
}
