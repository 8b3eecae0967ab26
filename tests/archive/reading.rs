//! The archive as a source of the list.

use std::fs;
use std::path::Path;

use vodscope::archive::{Archive, Kind, Range, Received, place_of};
use vodscope::job::{Cancel, Wake};
use vodscope::model::{
    ArchiveFault, LiveNews, LiveSpec, Problem, RawRef, Reason, Row, SourceEnd, SourceEvent,
    SourceId, SourceInfo, Wrapping,
};
use vodscope::source::{Catalog, open_archive};

use super::{Place, event, pulled, store, task_id};

/// Everything the source said.
#[derive(Default)]
struct Told {
    info: Option<SourceInfo>,
    /// Each row with its TaskId.
    rows: Vec<(Row, String)>,
    problems: Vec<Problem>,
    faults: Vec<ArchiveFault>,
    bytes_read: u64,
    end: Option<SourceEnd>,
}

impl Told {
    fn task_ids(&self) -> Vec<&str> {
        self.rows
            .iter()
            .map(|(_, task_id)| task_id.as_str())
            .collect()
    }

    fn source(&self) -> SourceId {
        self.info.as_ref().unwrap().id
    }

    fn raw(&self, at: usize) -> RawRef {
        let (row, _) = self.rows.get(at).unwrap();
        RawRef {
            source: self.source(),
            offset: row.offset,
            len: row.len,
            checksum: row.checksum,
            format: row.format,
            wrapping: Wrapping::default(),
        }
    }
}

fn open(path: &Path, since_unix: Option<i64>, catalog: &Catalog) -> Told {
    let job = open_archive(path.to_owned(), since_unix, catalog, Wake::none());
    let mut told = Told::default();
    while let Some(event) = job.recv() {
        match event {
            SourceEvent::Opened(info) => told.info = Some(info),
            SourceEvent::Batch(batch) => {
                let rows = batch.segment.rows.iter();
                let rows = rows.map(|row| (*row, batch.segment.task_id(row).to_owned()));
                told.rows.extend(rows);
                told.problems.extend(batch.problems);
                told.bytes_read = batch.bytes_read;
            }
            SourceEvent::Live {
                news: LiveNews::ArchiveFailed { why },
                ..
            } => told.faults.push(why),
            SourceEvent::Ended { end, .. } => told.end = Some(end),
            other => panic!("{other:?}"),
        }
    }
    told
}

/// Stores events of these numbers, one a second from 1,000 s on.
fn fill(archive: &mut Archive, numbers: std::ops::Range<usize>) {
    for (number, second) in numbers.zip(1000..) {
        let text = event(number, "h");
        let received = Received {
            unix_ms: second * 1000,
            ..pulled(text.as_bytes())
        };
        store(archive, received);
    }
}

#[test]
fn archived_events_are_listed_and_read_again() {
    let place = Place::new();
    fill(&mut place.open(), 0..20);
    let catalog = Catalog::default();
    let told = open(&place.path, None, &catalog);
    let expected: Vec<String> = (0..20).map(task_id).collect();
    assert_eq!(told.task_ids(), expected);
    assert_eq!((&told.problems, &told.faults), (&vec![], &vec![]));
    assert_eq!(told.end, Some(SourceEnd::Complete));
    let info = told.info.as_ref().unwrap();
    assert_eq!(info.live, Some(LiveSpec::Archive { since_unix: None }));
    assert_eq!(info.total_bytes, Some(told.bytes_read));
    for at in 0..20 {
        let bytes = catalog.reread(&told.raw(at), &Cancel::default());
        assert_eq!(bytes, Ok(event(at, "h").into_bytes()));
        let (delivery, inside) = place_of(told.raw(at).offset);
        assert_eq!((usize::try_from(delivery), inside), (Ok(at + 1), 0));
    }
}

#[test]
fn older_events_stay_closed() {
    let place = Place::new();
    fill(&mut place.open(), 0..20);
    let told = open(&place.path, Some(1015), &Catalog::default());
    let expected: Vec<String> = (15..20).map(task_id).collect();
    assert_eq!(told.task_ids(), expected);
}

#[test]
fn an_archive_that_is_not_there_is_empty_and_is_not_made() {
    let place = Place::new();
    let told = open(&place.path, None, &Catalog::default());
    assert_eq!((told.rows.len(), told.end), (0, Some(SourceEnd::Complete)));
    assert!(!place.path.exists());
    assert_eq!(place.folder.path().read_dir().unwrap().count(), 0);
    drop(place.open());
    let told = open(&place.path, None, &Catalog::default());
    assert_eq!((told.rows.len(), told.end), (0, Some(SourceEnd::Complete)));
    assert_eq!(told.problems, []);
}

#[test]
fn a_body_with_two_events_and_one_with_none_are_told_as_such() {
    let place = Place::new();
    let mut archive = place.open();
    let two = format!("{}\n{}", event(1, "h"), event(2, "h"));
    for body in [two.as_str(), "not JSON", &event(3, "h")] {
        let callback = Received {
            kind: Kind::Callback,
            ..pulled(body.as_bytes())
        };
        store(&mut archive, callback);
    }
    let catalog = Catalog::default();
    let told = open(&place.path, None, &catalog);
    assert_eq!(told.task_ids(), [1, 2, 3].map(task_id));
    let again = catalog.reread(&told.raw(1), &Cancel::default());
    assert_eq!(again, Ok(event(2, "h").into_bytes()));
    let [problem] = told.problems.as_slice() else {
        panic!("{:?}", told.problems);
    };
    assert_eq!(problem.reason, Reason::NoJson);
    let cancel = Cancel::default();
    let stretch = catalog.read_stretch(told.source(), problem.offset, problem.len, &cancel);
    assert_eq!(stretch, Ok(b"not JSON".to_vec()));
}

#[test]
fn a_deleted_event_says_so_when_it_is_asked_for() {
    let place = Place::new();
    fill(&mut place.open(), 0..2);
    let catalog = Catalog::default();
    let told = open(&place.path, None, &catalog);
    place.open().delete(&Range::default()).unwrap();
    let again = catalog.reread(&told.raw(0), &Cancel::default());
    assert_eq!(again, Err(Reason::Deleted));
}

#[test]
fn a_file_that_is_no_archive_is_said_and_left_as_it_is() {
    let place = Place::new();
    fs::create_dir_all(place.path.parent().unwrap()).unwrap();
    for garbage in [vec![b'x'; 10], b"garbage ".repeat(5000)] {
        fs::write(&place.path, &garbage).unwrap();
        let told = open(&place.path, None, &Catalog::default());
        assert!(
            matches!(told.faults.as_slice(), [ArchiveFault::Corrupt { .. }]),
            "{:?}",
            told.faults
        );
        assert_eq!(told.end, Some(SourceEnd::Failed));
        let reason = Reason::Archive(told.faults[0].clone());
        assert_eq!(told.problems[0].reason, reason);
        let opened = Archive::open(&place.path);
        assert!(matches!(opened, Err(ArchiveFault::Corrupt { .. })));
        assert_eq!(fs::read(&place.path).unwrap(), garbage);
    }
}

#[test]
fn damaged_bytes_of_one_event_cost_no_other() {
    let place = Place::new();
    fill(&mut place.open(), 0..3);
    let sqlite = rusqlite::Connection::open(&place.path).unwrap();
    let sql = "UPDATE events SET bytes = zeroblob(length(bytes)) WHERE id = 2";
    sqlite.execute(sql, []).unwrap();
    drop(sqlite);
    let told = open(&place.path, None, &Catalog::default());
    assert_eq!(told.task_ids(), [0, 2].map(task_id));
    let reason = Reason::DamagedEntry { delivery: 2 };
    assert_eq!(told.problems[0].reason, reason);
    assert_eq!(told.end, Some(SourceEnd::Complete));
    let mut archive = place.open();
    assert_eq!(archive.read(2), Err(ArchiveFault::Entry { id: 2 }));
    assert!(archive.read(1).unwrap().is_some());
    // The same event once more has all its bytes again.
    let again = store(&mut archive, pulled(event(1, "h").as_bytes()));
    assert!(again.repeated);
    let bytes = archive.read(again.delivery);
    assert_eq!(bytes, Ok(Some(event(1, "h").into_bytes())));
}

#[test]
fn a_damaged_page_is_said_and_nothing_is_made_up() {
    let place = Place::new();
    fill(&mut place.open(), 0..2000);
    let mut bytes = fs::read(&place.path).unwrap();
    let len = bytes.len();
    for page in bytes[4096 * 8..len].chunks_mut(4096).step_by(7) {
        page[..200].fill(0xa5);
    }
    fs::write(&place.path, &bytes).unwrap();
    let told = open(&place.path, None, &Catalog::default());
    let said = told.faults.len() + told.problems.len();
    assert!(said > 0, "{:?}", told.end);
    for (row, task_id) in &told.rows {
        let number = usize::try_from(place_of(row.offset).0).unwrap() - 1;
        assert_eq!(*task_id, super::task_id(number));
    }
    let mut archive = Archive::open(&place.path).unwrap();
    let stored: Vec<_> = (5000..5200)
        .filter_map(|number| {
            let text = event(number, "h");
            archive.store(&[pulled(text.as_bytes())]).err()
        })
        .collect();
    let is_corrupt = |fault: &ArchiveFault| matches!(fault, ArchiveFault::Corrupt { .. });
    assert!(stored.iter().all(is_corrupt), "{stored:?}");
}
