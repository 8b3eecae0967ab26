//! What is let go of, and what is not.

use vodscope::archive::{Archive, Range, Received, Retention};
use vodscope::model::now_unix;

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
fn nothing_is_left_when_nothing_has_room() {
    let place = Place::new();
    let mut archive = place.open();
    fill(&mut archive, 20);
    let none = Retention { days: 90, bytes: 0 };
    assert_eq!(archive.retain(&none), Ok(20));
    assert_eq!(archive.stats().unwrap().events, 0);
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
