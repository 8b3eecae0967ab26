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

fn page(pull: i64, next: &ListPlace) -> Page<'_> {
    Page {
        pull,
        next,
        pages: 3,
        listed: 300,
        unix_ms: BEGUN + 5_000,
    }
}

fn begin(archive: &Archive, query: &TaskQuery) -> i64 {
    archive.begin_pull(ACCOUNT, query, BEGUN).unwrap()
}

fn unfinished(archive: &Archive) -> Vec<UnfinishedPull> {
    archive.unfinished_pulls(ACCOUNT).unwrap()
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
    assert_eq!(unfinished(&archive), []);
    let pull = begin(&archive, &query());
    let (next, task) = (place("token-3"), task_id(1));
    let received = [summary(b"{\"TaskId\":1}", &task)];
    archive.store_page(&received, &page(pull, &next)).unwrap();
    drop(archive);
    let archive = here.open();
    let expected = UnfinishedPull {
        id: pull,
        query: query(),
        next,
        pages: 3,
        listed: 300,
        begun_ms: BEGUN,
        updated_ms: BEGUN + 5_000,
    };
    assert_eq!(unfinished(&archive), [expected]);
    assert_eq!(archive.unfinished_pulls("other/-"), Ok(vec![]));
    assert_eq!(archive.unfinished_pull("other/-", pull), Ok(None));
    let listed = archive.summaries_of(pull).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].task_id, task);
    assert_eq!(read(&archive, listed[0].delivery), b"{\"TaskId\":1}");
    assert_eq!(archive.summaries_of(pull + 1), Ok(vec![]));
}

#[test]
fn a_page_that_cannot_be_stored_moves_no_place() {
    let here = Place::new();
    let mut archive = here.open();
    let pull = begin(&archive, &query());
    archive
        .set_patience(std::time::Duration::from_millis(1))
        .unwrap();
    let writing = Connection::open(&here.path).unwrap();
    writing.execute_batch("BEGIN IMMEDIATE").unwrap();
    let next = place("token-3");
    let stored = archive.store_page(&[summary(b"{}", "t")], &page(pull, &next));
    assert_eq!(stored, Err(ArchiveFault::Busy));
    writing.execute_batch("COMMIT").unwrap();
    let kept = unfinished(&archive).remove(0);
    assert_eq!((kept.next, kept.pages), (ListPlace::default(), 0));
}

#[test]
fn each_pull_has_its_own_place_and_its_own_entries() {
    let here = Place::new();
    let mut archive = here.open();
    let (first, second) = (begin(&archive, &query()), begin(&archive, &query()));
    for (pull, task) in [(first, "a"), (second, "b"), (first, "c")] {
        let next = place(task);
        archive
            .store_page(&[summary(task.as_bytes(), task)], &page(pull, &next))
            .unwrap();
    }
    let places: Vec<_> = unfinished(&archive)
        .into_iter()
        .map(|pull| (pull.id, pull.next.scroll_token))
        .collect();
    assert_eq!(places, [(second, "b".to_owned()), (first, "c".to_owned())]);
    let listed = |archive: &Archive, pull| {
        let listed = archive.summaries_of(pull).unwrap();
        listed
            .into_iter()
            .map(|one| one.task_id)
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(&archive, first), ["a", "c"]);
    archive.end_pull(first).unwrap();
    assert_eq!(listed(&archive, first), [""; 0]);
    assert_eq!(listed(&archive, second), ["b"]);
    assert_eq!(unfinished(&archive).len(), 1);
}

#[test]
fn what_is_listed_again_unchanged_is_of_both_pulls() {
    let here = Place::new();
    let mut archive = here.open();
    let list = |archive: &mut Archive, tasks: &[&str]| {
        let pull = begin(archive, &query());
        let page_of: Vec<_> = tasks
            .iter()
            .map(|task| summary(task.as_bytes(), task))
            .collect();
        let next = place("");
        archive.store_page(&page_of, &page(pull, &next)).unwrap();
        pull
    };
    let first = list(&mut archive, &["a", "b", "c"]);
    let second = list(&mut archive, &["d", "c", "e", "a"]);
    let tasks = |pull| {
        let listed = archive.summaries_of(pull).unwrap();
        listed.into_iter().map(|one| one.task_id)
    };
    assert!(tasks(first).eq(["a", "b", "c"]));
    assert!(tasks(second).eq(["d", "c", "e", "a"]));
}

#[test]
fn what_the_cloud_has_forgotten_is_no_unfinished_pull() {
    let here = Place::new();
    let archive = here.open();
    begin(&archive, &query());
    let later = BEGUN + 73 * 3_600_000;
    let id = archive.begin_pull(ACCOUNT, &query(), later).unwrap();
    let kept: Vec<i64> = unfinished(&archive).iter().map(|pull| pull.id).collect();
    assert_eq!(kept, [id]);
}

#[test]
fn a_pull_is_forgotten_with_the_entries_it_listed_and_not_before() {
    let here = Place::new();
    let mut archive = here.open();
    let id = begin(&archive, &query());
    let (next, task) = (place("token-3"), task_id(1));
    let listed = [summary(b"{\"TaskId\":1}", &task)];
    archive.store_page(&listed, &page(id, &next)).unwrap();
    let event = Received {
        unix_ms: BEGUN + 4_000,
        ..pulled(b"{\"EventType\":\"Other\"}")
    };
    store(&mut archive, event);
    let until = |until_ms| Range {
        since_ms: None,
        until_ms: Some(until_ms),
    };
    assert_eq!(archive.delete(&until(BEGUN + 5_000)), Ok(1));
    assert_eq!(unfinished(&archive).len(), 1);
    assert_eq!(archive.delete(&until(BEGUN + 5_001)), Ok(1));
    assert_eq!(unfinished(&archive), []);
}

#[test]
fn an_archive_of_the_first_version_keeps_its_events_and_learns_of_pulls() {
    let here = Place::new();
    let mut archive = here.open();
    let stored = store(&mut archive, pulled(b"{\"EventType\":\"Old\"}"));
    drop(archive);
    // As the first version left it.
    let old = Connection::open(&here.path).unwrap();
    old.execute_batch("DROP TRIGGER pull_without_its_list; DROP TABLE listed; DROP TABLE pulls; PRAGMA user_version = 1;")
        .unwrap();
    drop(old);
    let archive = Archive::open(&here.path).unwrap();
    assert_eq!(read(&archive, stored.delivery), b"{\"EventType\":\"Old\"}");
    begin(&archive, &query());
    assert_eq!(unfinished(&archive).len(), 1);
    assert_eq!(ask::<i64>(&here, "PRAGMA user_version"), 3);
}
