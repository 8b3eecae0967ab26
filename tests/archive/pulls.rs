//! The place of a pull that did not bring everything.

use rusqlite::Connection;

use vodscope::archive::{Archive, Kind, Page, Range, Received};
use vodscope::model::{ArchiveFault, ListPlace, TaskQuery, UnfinishedPull};

use super::{Place, ask, pulled, read, store, task_id};

const ACCOUNT: &str = "default/1400000000";
const BEGUN: i64 = 1_700_000_000_000;

fn query() -> TaskQuery {
    TaskQuery {
        since_unix: 1_699_900_000,
        until_unix: Some(1_700_000_000),
        statuses: vec!["FINISH".to_owned()],
        file_id: Some("528".to_owned()),
    }
}

fn place(token: &str) -> ListPlace {
    ListPlace {
        part: 0,
        scroll_token: token.to_owned(),
    }
}

fn page(begun_ms: i64, next: &ListPlace) -> Page<'_> {
    Page {
        account: ACCOUNT,
        begun_ms,
        next,
        pages: 3,
        listed: 300,
        unix_ms: begun_ms + 5_000,
    }
}

fn summary<'a>(bytes: &'a [u8], task: &'a str) -> Received<'a> {
    Received {
        kind: Kind::TaskSummary,
        task_id: task,
        unix_ms: BEGUN + 5_000,
        ..pulled(bytes)
    }
}

#[test]
fn a_page_and_the_place_after_it_are_kept_together() {
    let here = Place::new();
    let mut archive = here.open();
    assert_eq!(archive.unfinished_pull(ACCOUNT), Ok(None));
    archive.begin_pull(ACCOUNT, &query(), BEGUN).unwrap();
    let (next, task) = (place("token-3"), task_id(1));
    let received = [summary(b"{\"TaskId\":1}", &task)];
    archive.store_page(&received, &page(BEGUN, &next)).unwrap();
    drop(archive);
    let archive = here.open();
    let expected = UnfinishedPull {
        query: query(),
        next,
        pages: 3,
        listed: 300,
        begun_ms: BEGUN,
        updated_ms: BEGUN + 5_000,
    };
    assert_eq!(archive.unfinished_pull(ACCOUNT), Ok(Some(expected)));
    assert_eq!(archive.unfinished_pull("other/-"), Ok(None));
    let listed = archive.summaries_since(ACCOUNT, BEGUN).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].task_id, task);
    assert_eq!(read(&archive, listed[0].delivery), b"{\"TaskId\":1}");
    assert_eq!(archive.summaries_since(ACCOUNT, BEGUN + 9_000), Ok(vec![]));
}

#[test]
fn a_page_that_cannot_be_stored_moves_no_place() {
    let here = Place::new();
    let mut archive = here.open();
    archive.begin_pull(ACCOUNT, &query(), BEGUN).unwrap();
    archive
        .set_patience(std::time::Duration::from_millis(1))
        .unwrap();
    let writing = Connection::open(&here.path).unwrap();
    writing.execute_batch("BEGIN IMMEDIATE").unwrap();
    let next = place("token-3");
    let stored = archive.store_page(&[summary(b"{}", "t")], &page(BEGUN, &next));
    assert_eq!(stored, Err(ArchiveFault::Busy));
    writing.execute_batch("COMMIT").unwrap();
    let kept = archive.unfinished_pull(ACCOUNT).unwrap().unwrap();
    assert_eq!((kept.next, kept.pages), (ListPlace::default(), 0));
}

#[test]
fn a_pull_never_touches_the_place_of_a_later_one() {
    let here = Place::new();
    let mut archive = here.open();
    archive.begin_pull(ACCOUNT, &query(), BEGUN).unwrap();
    let later = TaskQuery::default();
    archive.begin_pull(ACCOUNT, &later, BEGUN + 1).unwrap();
    let next = place("of the first");
    archive
        .store_page(&[summary(b"{}", "t")], &page(BEGUN, &next))
        .unwrap();
    archive.end_pull(ACCOUNT, BEGUN).unwrap();
    let kept = archive.unfinished_pull(ACCOUNT).unwrap().unwrap();
    assert_eq!((kept.query, kept.next), (later, ListPlace::default()));
    archive.end_pull(ACCOUNT, BEGUN + 1).unwrap();
    assert_eq!(archive.unfinished_pull(ACCOUNT), Ok(None));
}

#[test]
fn what_was_deleted_cannot_be_gone_on_with() {
    let here = Place::new();
    let mut archive = here.open();
    archive.begin_pull(ACCOUNT, &query(), BEGUN).unwrap();
    let before = Range {
        since_ms: None,
        until_ms: Some(BEGUN),
    };
    archive.delete(&before).unwrap();
    assert!(archive.unfinished_pull(ACCOUNT).unwrap().is_some());
    // A part of what it listed is enough.
    let begun = Range {
        since_ms: None,
        until_ms: Some(BEGUN + 1),
    };
    archive.delete(&begun).unwrap();
    assert_eq!(archive.unfinished_pull(ACCOUNT), Ok(None));
}

#[test]
fn an_archive_of_the_first_version_keeps_its_events_and_learns_of_pulls() {
    let here = Place::new();
    let mut archive = here.open();
    let stored = store(&mut archive, pulled(b"{\"EventType\":\"Old\"}"));
    drop(archive);
    // As the first version left it.
    let old = Connection::open(&here.path).unwrap();
    old.execute_batch("DROP TABLE pulls; PRAGMA user_version = 1;")
        .unwrap();
    drop(old);
    let archive = Archive::open(&here.path).unwrap();
    assert_eq!(read(&archive, stored.delivery), b"{\"EventType\":\"Old\"}");
    archive.begin_pull(ACCOUNT, &query(), BEGUN).unwrap();
    assert!(archive.unfinished_pull(ACCOUNT).unwrap().is_some());
    assert_eq!(ask::<i64>(&here, "PRAGMA user_version"), 2);
}
