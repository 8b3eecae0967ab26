//! Killed at any moment: what `store` returned for is there afterwards.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use vodscope::archive::{Archive, PATH_VARIABLE, default_path};

use super::{Place, ask, event, pulled, read, store};

const KILLS: u64 = 50;
/// Lets the child below start; set by the test that kills it.
const ROUND: &str = "VODSCOPE_TEST_ROUND";

/// Runs in a process of its own: stores without end, and tells each number once it is durable.
#[test]
#[ignore = "run by the test that kills it"]
fn child_that_stores_until_it_is_killed() {
    let Ok(round) = std::env::var(ROUND) else {
        return;
    };
    let round: usize = round.parse().unwrap();
    let mut archive = Archive::open(&default_path().unwrap()).unwrap();
    let mut out = std::io::stdout().lock();
    for call in 0.. {
        let texts: Vec<String> = (0..=call % 7)
            .map(|at| event(round * 1_000_000 + call * 10 + at, "h"))
            .collect();
        let received: Vec<_> = texts.iter().map(|text| pulled(text.as_bytes())).collect();
        let stored = archive.store(&received).unwrap();
        for (one, text) in stored.iter().zip(&texts) {
            writeln!(out, "stored {} {text}", one.delivery).unwrap();
        }
        out.flush().unwrap();
    }
}

/// What one child told before it was killed.
fn one_round(place: &Place, round: u64) -> Vec<(i64, String)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child_that_stores_until_it_is_killed"])
        .args(["--ignored", "--nocapture"])
        .env(PATH_VARIABLE, &place.path)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    thread::scope(|scope| {
        let reader = scope.spawn(|| told(out));
        // From the very start of the process to well into its work.
        thread::sleep(Duration::from_millis(round * 7919 % 150));
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap()
    })
}

/// The whole lines among what it said.
fn told(mut out: impl BufRead) -> Vec<(i64, String)> {
    let mut told = Vec::new();
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        if line.ends_with('\n')
            && let Some((_, stored)) = line.split_once("stored ")
        {
            let (number, text) = stored.trim_end().split_once(' ').unwrap();
            told.push((number.parse().unwrap(), text.to_owned()));
        }
        line.clear();
    }
    told
}

#[test]
fn what_was_stored_outlives_being_killed() {
    let place = Place::new();
    let mut told = Vec::new();
    for round in 0..KILLS {
        told.extend(one_round(&place, round));
        if place.path.exists() {
            let sound: String = ask(&place, "PRAGMA integrity_check");
            assert_eq!(sound, "ok", "round {round}");
        }
        let archive = place.open();
        for (number, text) in &told {
            assert_eq!(read(&archive, *number), text.as_bytes(), "round {round}");
        }
    }
    let numbers: BTreeSet<i64> = told.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers.len(), told.len());
    assert!(told.len() > 50, "only {} were stored", told.len());
    let last = store(&mut place.open(), pulled(b"{}"));
    assert!(numbers.iter().all(|number| *number < last.delivery));
}
