//! Storing and getting back.

use std::collections::{BTreeSet, HashSet};
use std::sync::Barrier;
use std::thread;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy as _, any, proptest};

use vodscope::archive::{Archive, Kind, LONGEST_EVENT, Range, Received};
use vodscope::model::ArchiveFault;

use super::{Place, ask, event, pulled, read, store, task_id};

#[test]
fn a_redelivery_is_the_same_event_with_bytes_of_its_own() {
    let place = Place::new();
    let mut archive = place.open();
    let texts = ["h1", "another handle", "h1", "h3"].map(|handle| event(1, handle));
    let stored = texts
        .each_ref()
        .map(|text| store(&mut archive, pulled(text.as_bytes())));
    assert_eq!(stored.map(|one| one.repeated), [false, true, true, true]);
    let numbers: BTreeSet<i64> = stored.iter().map(|one| one.delivery).collect();
    assert_eq!(numbers.len(), 4);
    for (text, stored) in texts.iter().zip(stored) {
        assert_eq!(read(&archive, stored.delivery), text.as_bytes());
    }
    let stats = archive.stats().unwrap();
    assert_eq!((stats.events, stats.deliveries), (1, 4));
    let provenance = archive.provenance(stored[1].delivery).unwrap().unwrap();
    assert_eq!(provenance.deliveries, 4);
}

#[test]
fn a_callback_signed_anew_is_the_same_event() {
    let place = Place::new();
    let mut archive = place.open();
    let signed = |sign: &str, expiry: u64| {
        format!(r#"{{"EventType":"FileDeleted","Sign":"{sign}","T":{expiry},"X":1}}"#)
    };
    let [first, second] = [signed("a", 1_700_000_600), signed("bc", 1_700_000_900)].map(|text| {
        let callback = Received {
            kind: Kind::Callback,
            account: "listener",
            ..pulled(text.as_bytes())
        };
        let stored = store(&mut archive, callback);
        assert_eq!(read(&archive, stored.delivery), text.as_bytes());
        stored.repeated
    });
    assert_eq!((first, second), (false, true));
}

/// A detail as the service answers it.
fn detail(status: &str, request_id: &str) -> String {
    format!(
        r#"{{"Response":{{"TaskType":"Procedure","Status":"{status}","RequestId":"{request_id}"}}}}"#
    )
}

fn asked<'a>(bytes: &'a [u8], task_id: &'a str, ended: bool) -> Received<'a> {
    Received {
        kind: Kind::TaskDetail,
        task_id,
        ended,
        ..pulled(bytes)
    }
}

#[test]
fn asking_again_renews_the_answer_and_counts_nothing_twice() {
    let place = Place::new();
    let mut archive = place.open();
    let running = detail("PROCESSING", "r-1");
    let still = detail("PROCESSING", "a longer number");
    let finished = detail("FINISH", "r-3");
    let first = store(&mut archive, asked(running.as_bytes(), "t", false));
    let later = Received {
        unix_ms: 1_700_000_060_000,
        request_id: "r-2",
        ..asked(still.as_bytes(), "t", false)
    };
    let second = store(&mut archive, later);
    assert_eq!((second.delivery, second.repeated), (first.delivery, true));
    assert_eq!(read(&archive, first.delivery), still.as_bytes());
    let provenance = archive.provenance(first.delivery).unwrap().unwrap();
    assert_eq!(provenance.unix_ms, 1_700_000_060_000);
    assert_eq!(provenance.request_id, "r-2");
    assert_eq!(provenance.deliveries, 1);

    let third = store(&mut archive, asked(finished.as_bytes(), "t", true));
    assert_ne!(third.delivery, first.delivery);
    assert!(!third.repeated);
}

#[test]
fn another_account_has_answers_of_its_own() {
    let place = Place::new();
    let mut archive = place.open();
    let text = detail("FINISH", "r-1");
    let mine = store(&mut archive, asked(text.as_bytes(), "t", true));
    let theirs = Received {
        account: "other/1",
        ..asked(text.as_bytes(), "t", true)
    };
    assert_ne!(store(&mut archive, theirs).delivery, mine.delivery);
}

#[test]
fn only_ended_details_of_the_account_are_finished() {
    let place = Place::new();
    let mut archive = place.open();
    let texts = ["a", "b", "c", "d"].map(|id| detail("FINISH", "r").replace("Procedure", id));
    let other = Received {
        account: "other/1",
        ..asked(texts[2].as_bytes(), "theirs", true)
    };
    let received = [
        asked(texts[0].as_bytes(), "ended", true),
        asked(texts[1].as_bytes(), "running", false),
        other,
        pulled(texts[3].as_bytes()),
    ];
    archive.store(&received).unwrap();
    let account = "default/1400000000";
    let finished = archive.finished_tasks(account).unwrap();
    assert_eq!(finished, HashSet::from(["ended".to_owned()]));
    let record = archive.finished_task(account, "ended").unwrap().unwrap();
    assert_eq!(record.bytes, texts[0].as_bytes());
    assert_eq!(archive.finished_task(account, "running").unwrap(), None);
    assert_eq!(archive.finished_task(account, "theirs").unwrap(), None);
}

#[test]
fn one_event_that_cannot_be_stored_keeps_out_the_others_of_its_call() {
    let place = Place::new();
    let mut archive = place.open();
    let long = vec![b' '; LONGEST_EVENT + 1];
    let fault = archive.store(&[pulled(b"{}"), pulled(&long)]).unwrap_err();
    let limit = LONGEST_EVENT as u64;
    assert_eq!(fault, ArchiveFault::TooLong { limit });
    assert_eq!(archive.stats().unwrap().deliveries, 0);
    let longest = vec![b'x'; LONGEST_EVENT];
    let stored = store(&mut archive, pulled(&longest));
    assert_eq!(read(&archive, stored.delivery), longest);
}

#[test]
fn a_number_is_never_used_again() {
    let place = Place::new();
    let mut archive = place.open();
    let before = store(&mut archive, pulled(event(1, "h").as_bytes()));
    assert_eq!(archive.delete(&Range::default()), Ok(1));
    drop(archive);
    let mut archive = place.open();
    let after = store(&mut archive, pulled(event(2, "h").as_bytes()));
    assert!(after.delivery > before.delivery);
    assert_eq!(archive.read(before.delivery), Ok(None));
}

#[test]
fn deleting_a_delivery_leaves_the_others_of_its_event_whole() {
    let place = Place::new();
    let mut archive = place.open();
    let texts = [event(1, "h1"), event(1, "h2")];
    let at = |unix_ms, text: &'static str| (unix_ms, text);
    let times = [at(1, "first"), at(2, "second")];
    let stored: Vec<i64> = texts
        .iter()
        .zip(times)
        .map(|(text, (unix_ms, request_id))| {
            let received = Received {
                unix_ms,
                request_id,
                ..pulled(text.as_bytes())
            };
            store(&mut archive, received).delivery
        })
        .collect();
    let first = Range {
        since_ms: None,
        until_ms: Some(2),
    };
    assert_eq!(archive.delete(&first), Ok(1));
    assert_eq!(archive.read(stored[0]), Ok(None));
    assert_eq!(read(&archive, stored[1]), texts[1].as_bytes());
    assert_eq!(archive.delete(&Range::default()), Ok(1));
    assert_eq!(archive.stats().unwrap().events, 0);
}

#[test]
fn all_that_come_first_at_once_open_it() {
    for _ in 0..40 {
        let place = Place::new();
        let start = Barrier::new(8);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    let mut archive = Archive::open(&place.path).unwrap();
                    store(&mut archive, pulled(event(1, "h").as_bytes()));
                });
            }
        });
        let stats = place.open().stats().unwrap();
        assert_eq!((stats.events, stats.deliveries), (1, 8));
    }
}

#[test]
fn two_that_write_at_once_lose_nothing() {
    const CALLS: usize = 150;
    let place = Place::new();
    // The file is made by whoever comes first.
    let numbers: Vec<Vec<i64>> = thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let path = &place.path;
                scope.spawn(move || {
                    let mut archive = Archive::open(path).unwrap();
                    let calls = (0..CALLS).flat_map(|call| {
                        // Half of them are everybody's.
                        let own = event(writer * CALLS + call, "h");
                        let common = event(1_000_000 + call, &format!("w{writer}"));
                        let received = [pulled(own.as_bytes()), pulled(common.as_bytes())];
                        archive.store(&received).unwrap()
                    });
                    calls.map(|stored| stored.delivery).collect()
                })
            })
            .collect();
        let joined = writers.into_iter().map(|writer| writer.join().unwrap());
        joined.collect()
    });
    let archive = place.open();
    for (writer, numbers) in numbers.iter().enumerate() {
        for (at, number) in numbers.iter().enumerate() {
            let expected = match at % 2 {
                0 => event(writer * CALLS + at / 2, "h"),
                _ => event(1_000_000 + at / 2, &format!("w{writer}")),
            };
            assert_eq!(read(&archive, *number), expected.as_bytes());
        }
    }
    let stats = archive.stats().unwrap();
    assert_eq!(stats.deliveries, 4 * 2 * CALLS as u64);
    assert_eq!(stats.events, 5 * CALLS as u64);
}

#[test]
fn deliveries_come_in_the_order_of_their_numbers() {
    let place = Place::new();
    let mut archive = place.open();
    let texts: Vec<String> = (0..50).map(|number| event(number, "h")).collect();
    for (text, unix_ms) in texts.iter().zip(0..) {
        let received = Received {
            unix_ms,
            task_id: &task_id(7),
            ..pulled(text.as_bytes())
        };
        store(&mut archive, received);
    }
    let range = Range {
        since_ms: Some(10),
        until_ms: Some(40),
    };
    let extent = archive.extent(&range).unwrap();
    let lens = texts[10..40].iter().map(|text| text.len() as u64);
    assert_eq!((extent.deliveries, extent.bytes), (30, lens.sum()));
    let (mut after, mut seen) = (0, Vec::new());
    loop {
        let records = archive.next(after, &range, 1000).unwrap();
        let Some(last) = records.last() else { break };
        after = last.delivery;
        assert!(records.len() < 10, "no more than was asked for");
        seen.extend(records.into_iter().map(|record| record.bytes));
    }
    let expected: Vec<_> = texts[10..40].iter().map(String::as_bytes).collect();
    assert_eq!(seen, expected);
    assert_eq!(extent.last, Some(after));
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_look_into_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let mut archive = place.open();
    store(&mut archive, pulled(b"{}"));
    let mode = |path: &std::path::Path| {
        let found = path.metadata().unwrap();
        found.permissions().mode() & 0o777
    };
    let folder = place.folder.path().join("kept");
    assert_eq!(mode(&folder), 0o700);
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

/// JSON that looks like an event, broken at will, or any bytes.
fn bytes() -> impl proptest::strategy::Strategy<Value = Vec<u8>> {
    let json = r#"\{("(EventHandle|T|Sign|A)":("[a-c\\\\"]{0,4}"|[0-9]{0,3}|\{\}|\[\]),?){0,4}\}?"#;
    let json = proptest::string::string_regex(json).unwrap();
    proptest::prop_oneof![json.prop_map(String::into_bytes), vec(any::<u8>(), 0..64)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn exact_bytes_come_back(events in vec((bytes(), 0..5_usize), 1..12)) {
        let kinds = [
            Kind::Pulled, Kind::Callback, Kind::TaskDetail, Kind::TaskSummary, Kind::MediaInfo,
        ];
        let place = Place::new();
        let mut archive = place.open();
        let received: Vec<_> = events
            .iter()
            .map(|(bytes, kind)| Received { kind: kinds[*kind], ..pulled(bytes) })
            .collect();
        let stored = archive.store(&received).unwrap();
        for (at, (received, one)) in received.iter().zip(&stored).enumerate() {
            // An answer that was renewed has the bytes of the last time.
            let is_renewed = stored.iter().skip(at + 1).any(|later| later.delivery == one.delivery);
            if !is_renewed {
                assert_eq!(read(&archive, one.delivery), received.bytes);
            }
        }
        let sound: String = ask(&place, "PRAGMA integrity_check");
        assert_eq!(sound, "ok");
    }
}
