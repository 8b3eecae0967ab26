//! What is let go of, and what is not.

use vodscope::archive::{Archive, Kind, Page, Range, Received, Retention};
use vodscope::model::{ArchiveSettings, ListPlace, TaskQuery, now_unix, now_unix_ms};

use super::{Place, pulled, store};

const DAY_MS: i64 = 86_400_000;

/// Bytes that do not compress.
fn noise(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(len).collect()
}

/// Stores `count` events of 2,000 bytes, a minute apart up to now.
fn fill(archive: &mut Archive, count: u32) -> Vec<i64> {
    let now_ms = now_unix() * 1000;
    let events: Vec<_> = (0..count).map(|n| noise(u64::from(n), 2000)).collect();
    let received: Vec<_> = events
        .iter()
        .zip((0..count).rev())
        .map(|(bytes, age)| Received {
            unix_ms: now_ms - i64::from(age) * 60_000,
            ..pulled(bytes)
        })
        .collect();
    let stored = archive.store(&received).unwrap();
    stored.into_iter().map(|one| one.delivery).collect()
}

#[test]
fn what_is_too_old_goes() {
    let place = Place::new();
    let mut archive = place.open();
    let now_ms = now_unix() * 1000;
    let numbers = [91, 89, 0].map(|days| {
        let bytes = noise(days, 100);
        let received = Received {
            unix_ms: now_ms - i64::try_from(days).unwrap() * DAY_MS,
            ..pulled(&bytes)
        };
        store(&mut archive, received).delivery
    });
    assert_eq!(archive.retain(&Retention::default()), Ok(1));
    let is_there = numbers.map(|number| archive.read(number).unwrap().is_some());
    assert_eq!(is_there, [false, true, true]);
}

#[test]
fn what_has_no_room_goes_oldest_first_and_frees_the_disk() {
    let place = Place::new();
    let mut archive = place.open();
    let numbers = fill(&mut archive, 3000);
    assert!(archive.stats().unwrap().bytes_on_disk > 6_000_000);
    let keep = Retention {
        bytes: 2_000_000,
        ..Retention::default()
    };
    let deleted = archive.retain(&keep).unwrap();
    let on_disk = archive.stats().unwrap().bytes_on_disk;
    assert!(on_disk <= 2_000_000, "{on_disk}");
    assert!((2000..2700).contains(&deleted), "{deleted}");
    let deleted = usize::try_from(deleted).unwrap();
    assert_eq!(archive.read(numbers[deleted - 1]), Ok(None));
    for (number, seed) in numbers.iter().zip(0..).skip(deleted) {
        assert_eq!(archive.read(*number), Ok(Some(noise(seed, 2000))));
    }
    assert_eq!(archive.retain(&keep), Ok(0));
}

#[test]
fn settings_cannot_ask_for_nothing_to_be_kept() {
    let settings = ArchiveSettings {
        keep_days: 0,
        keep_bytes: 0,
        list_days: 7,
    };
    let keep = Retention::from(settings);
    assert_eq!((keep.days, keep.bytes), (1, 10_000_000));
}

#[test]
fn what_has_just_come_stays_even_where_it_has_no_room() {
    let place = Place::new();
    let mut archive = place.open();
    fill(&mut archive, 90);
    let none = Retention { days: 0, bytes: 0 };
    let deleted = archive.retain(&none).unwrap();
    assert!((29..=31).contains(&deleted), "{deleted}");
    assert_eq!(archive.stats().unwrap().deliveries, 90 - deleted);
}

/// Minutes after which a pull began, and after which it listed something, up to now.
fn pull(archive: &mut Archive, began: i64, listed: i64) {
    let ago = |minutes: i64| now_unix_ms() - minutes * 60_000;
    let account = "default/1400000000";
    let query = TaskQuery::default();
    let id = archive.begin_pull(account, &query, ago(began)).unwrap();
    let page = Page {
        pull: id,
        next: &ListPlace::default(),
        pages: 1,
        listed: 1,
        unix_ms: ago(listed),
    };
    let bytes = noise(7, 100);
    let summary = Received {
        kind: Kind::TaskSummary,
        task_id: "t",
        unix_ms: ago(listed),
        ..pulled(&bytes)
    };
    archive.store_page(&[summary], &page).unwrap();
}

fn unfinished(archive: &Archive) -> usize {
    archive
        .unfinished_pulls("default/1400000000")
        .unwrap()
        .len()
}

#[test]
fn a_pull_that_goes_on_keeps_what_came_since_it_began() {
    let place = Place::new();
    let mut archive = place.open();
    fill(&mut archive, 200);
    pull(&mut archive, 120, 5);
    let none = Retention { days: 90, bytes: 0 };
    let deleted = archive.retain(&none).unwrap();
    assert!((79..=81).contains(&deleted), "{deleted}");
    assert_eq!(unfinished(&archive), 1);
}

#[test]
fn a_pull_is_forgotten_only_when_some_of_its_list_had_to_go() {
    let place = Place::new();
    let mut archive = place.open();
    fill(&mut archive, 3000);
    pull(&mut archive, 130, 125);
    let some = Retention {
        bytes: 4_000_000,
        ..Retention::default()
    };
    assert!(archive.retain(&some).unwrap() > 500);
    assert_eq!(unfinished(&archive), 1);
    let none = Retention { days: 90, bytes: 0 };
    archive.retain(&none).unwrap();
    assert_eq!(unfinished(&archive), 0);
}

#[test]
fn a_range_is_deleted_and_nothing_else() {
    let place = Place::new();
    let mut archive = place.open();
    let numbers = fill(&mut archive, 10);
    let newest_ms = archive.provenance(numbers[9]).unwrap().unwrap().unix_ms;
    let middle = Range {
        since_ms: Some(newest_ms - 6 * 60_000),
        until_ms: Some(newest_ms - 2 * 60_000),
    };
    assert_eq!(archive.delete(&middle), Ok(4));
    let left: Vec<bool> = numbers
        .iter()
        .map(|number| archive.read(*number).unwrap().is_some())
        .collect();
    assert_eq!(left.iter().filter(|is_there| **is_there).count(), 6);
    assert_eq!(left[3..7], [false; 4]);
}

#[test]
fn others_read_and_write_while_old_events_go() {
    let place = Place::new();
    let mut archive = place.open();
    fill(&mut archive, 3000);
    let mut cleaning = place.open();
    std::thread::scope(|scope| {
        let old = Range {
            since_ms: Some(1_700_000_000_001),
            until_ms: None,
        };
        let cleaner = scope.spawn(move || cleaning.delete(&old).unwrap());
        let mut kept = Vec::new();
        while !cleaner.is_finished() {
            let bytes = noise(1_000_000 + kept.len() as u64, 100);
            let stored = store(&mut archive, pulled(&bytes));
            assert_eq!(archive.read(stored.delivery), Ok(Some(bytes)));
            kept.push(stored.delivery);
        }
        assert_eq!(cleaner.join().unwrap(), 3000);
        assert!(
            kept.iter()
                .all(|number| archive.read(*number).unwrap().is_some())
        );
    });
}
