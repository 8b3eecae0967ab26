//! An archive that cannot be written to.

use std::fs;
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;
use vodscope::job::Wake;
use vodscope::model::LiveNews;
use vodscope::source::Catalog;
use vodscope::source::listener::Limits;

use crate::client::post;
use crate::fixture::{Fixture, Told, callback, listener, listening, records, start_with};

fn failures(told: &Told) -> usize {
    let failed = |news: &&LiveNews| matches!(news, LiveNews::ArchiveFailed { .. });
    told.news.iter().filter(failed).count()
}

#[test]
fn nothing_is_answered_200_until_the_archive_can_be_made() {
    let folder = TempDir::new().unwrap();
    let in_the_way = folder.path().join("data");
    fs::write(&in_the_way, "a file where the folder should be").unwrap();
    let archive = in_the_way.join("archive.sqlite3");
    let here = "127.0.0.1:0".parse().unwrap();
    let listener = listener(here, None, &archive, Limits::default());
    let job = listener.start(&Catalog::default(), Wake::none());
    let addr = listening(&job).unwrap();
    for number in 0..3 {
        assert_eq!(post(addr, callback(number, 0).as_bytes()), 503);
    }
    fs::remove_file(&in_the_way).unwrap();
    assert_eq!(post(addr, callback(9, 0).as_bytes()), 200);
    job.cancel();
    let mut told = Told::default();
    while let Some(event) = job.recv() {
        told.add(event);
    }
    assert_eq!(failures(&told), 1, "{:?}", told.news);
    assert_eq!((told.refused(), told.received()), (3, 1));
    let stored: Vec<_> = records(&archive).into_iter().map(|one| one.bytes).collect();
    assert_eq!(stored, [callback(9, 0).into_bytes()]);
}

#[test]
fn while_another_program_holds_the_archive_callbacks_are_refused_in_time() {
    let limits = Limits {
        store: Duration::from_millis(300),
        ..Limits::default()
    };
    let fixture = start_with(None, limits);
    assert_eq!(post(fixture.addr, callback(1, 0).as_bytes()), 200);
    let other = Connection::open(&fixture.archive).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(post(fixture.addr, callback(2, 0).as_bytes()), 503);
    other.execute_batch("COMMIT").unwrap();
    assert_answers_again(&fixture);
    fixture.end();
    let stored: Vec<_> = fixture.records().into_iter().map(|one| one.bytes).collect();
    for number in [1, 3] {
        assert!(stored.contains(&callback(number, 0).into_bytes()));
    }
}

fn assert_answers_again(fixture: &Fixture) {
    let again = (0..50).any(|_| post(fixture.addr, callback(3, 0).as_bytes()) == 200);
    assert!(again);
}
