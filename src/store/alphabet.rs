//! The places of names in alphabetical order, whatever their case.

use std::cmp::Ordering;
use std::hash::{BuildHasher as _, RandomState};

use super::slots::Slots;

/// As many bytes of a name as are compared as one number.
const HEAD: usize = 16;

/// For each name its place; equal names share one, and empty ones come last.
pub(super) fn ranks(names: &[&str]) -> Vec<u32> {
    // Many tasks are of one file, so each name is placed once.
    let (distinct, numbers) = distinct(names);
    let name = |number: u32| distinct.get(number as usize).copied().unwrap_or_default();
    let present = (0..).zip(&distinct).filter(|(_, name)| !name.is_empty());
    let mut order: Vec<(u128, u32)> = present.map(|(at, name)| (head(name), at)).collect();
    order.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| compare(name(*x), name(*y))));
    let mut ranks = vec![u32::MAX; distinct.len()];
    let (mut rank, mut before) = (0, "");
    for (_, at) in order {
        rank += u32::from(compare(before, name(at)).is_ne());
        before = name(at);
        if let Some(slot) = ranks.get_mut(at as usize) {
            *slot = rank;
        }
    }
    let rank_of = |number: u32| ranks.get(number as usize).copied().unwrap_or(u32::MAX);
    numbers.into_iter().map(rank_of).collect()
}

/// Each name once, and for each given name the number of its like among those.
fn distinct<'a>(names: &[&'a str]) -> (Vec<&'a str>, Vec<u32>) {
    let state = RandomState::new();
    let mut slots = Slots::default();
    let mut hashes = Vec::new();
    let mut distinct: Vec<&str> = Vec::new();
    let mut numbers = Vec::with_capacity(names.len());
    for name in names {
        let hash = u32::try_from(state.hash_one(name) >> 32).unwrap_or_default();
        let is_it = |number: u32| {
            hashes.get(number as usize) == Some(&hash)
                && distinct.get(number as usize) == Some(name)
        };
        let number = slots.find(hash, is_it).unwrap_or_else(|| {
            let number = u32::try_from(distinct.len()).unwrap_or(u32::MAX);
            distinct.push(name);
            hashes.push(hash);
            let hash_of = |number: u32| hashes.get(number as usize).copied().unwrap_or_default();
            slots.insert(hash, number, hash_of);
            number
        });
        numbers.push(number);
    }
    (distinct, numbers)
}

/// The first bytes of the folded name; their order never contradicts that of the names.
fn head(name: &str) -> u128 {
    let mut head = [0; HEAD];
    let start = name.as_bytes().get(..HEAD).unwrap_or(name.as_bytes());
    if start.is_ascii() {
        for (byte, letter) in head.iter_mut().zip(start) {
            *byte = letter.to_ascii_lowercase();
        }
    } else {
        let mut utf8 = [0; 4];
        let letters = folded(name).take(HEAD).map(|letter| {
            let len = letter.encode_utf8(&mut utf8).len();
            (utf8, len)
        });
        let bytes = letters.flat_map(|(utf8, len)| utf8.into_iter().take(len));
        for (byte, letter) in head.iter_mut().zip(bytes) {
            *byte = letter;
        }
    }
    u128::from_be_bytes(head)
}

fn folded(name: &str) -> impl Iterator<Item = char> + use<'_> {
    name.chars().flat_map(char::to_lowercase)
}

fn compare(a: &str, b: &str) -> Ordering {
    // Many tasks are of one file, so equal names are common.
    if a == b {
        return Ordering::Equal;
    }
    folded(a).cmp(folded(b))
}
