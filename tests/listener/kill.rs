//! Killed in the middle: what was answered 200 is there afterwards.

use std::collections::HashSet;
use std::env;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;
use vodscope::job::{Cancel, Wake};
use vodscope::source::Catalog;
use vodscope::source::listener::Limits;

use crate::client::Client;
use crate::fixture::{callback, listener, listening, records};

const ARCHIVE: &str = "VODSCOPE_TEST_LISTENER_ARCHIVE";
const ROUNDS: usize = 12;
const CLIENTS: usize = 8;

/// Not a test by itself: what the parent starts and kills.
#[test]
#[ignore = "started by what_was_answered_survives_a_kill"]
fn a_listener_to_be_killed() {
    let Some(archive) = env::var_os(ARCHIVE) else {
        return;
    };
    let here = "127.0.0.1:0".parse().unwrap();
    let listener = listener(here, None, Path::new(&archive), Limits::default());
    let job = listener.start(&Catalog::default(), Wake::none());
    println!("\n{}", listening(&job).unwrap());
    while job.recv().is_some() {}
}

fn start(archive: &Path) -> (Child, SocketAddr) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "kill::a_listener_to_be_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(ARCHIVE, archive)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let addr = lines
        .map_while(Result::ok)
        .find_map(|line| line.parse().ok());
    (child, addr.unwrap())
}

/// Sends callbacks until the listener is gone; gives those that were answered 200.
fn send(addr: SocketAddr, first: usize) -> Vec<Vec<u8>> {
    let mut client = Client::connect(addr);
    let bodies = (first..).map(|number| callback(number, 0).into_bytes());
    bodies
        .take_while(|body| client.post(body).is_some_and(|answer| answer.status == 200))
        .collect()
}

#[test]
fn what_was_answered_survives_a_kill() {
    let folder = TempDir::new().unwrap();
    let archive = folder.path().join("archive.sqlite3");
    let mut answered = Vec::new();
    for round in 0..ROUNDS {
        let (mut child, addr) = start(&archive);
        thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|client| {
                    let first = (round * CLIENTS + client) * 1_000_000;
                    scope.spawn(move || send(addr, first))
                })
                .collect();
            // Not a whole number of anything that goes on in there.
            let life = 60 + (round as u64 * 37) % 110;
            Cancel::default().sleep(Duration::from_millis(life));
            child.kill().unwrap();
            child.wait().unwrap();
            for client in clients {
                answered.extend(client.join().unwrap());
            }
        });
    }
    assert!(
        answered.len() > ROUNDS * CLIENTS,
        "only {} answered",
        answered.len()
    );
    let stored: HashSet<Vec<u8>> = records(&archive).into_iter().map(|one| one.bytes).collect();
    assert!(answered.iter().all(|body| stored.contains(body)));
}
