//! The places of names in alphabetical order, whatever their case.

use std::cmp::Ordering;

/// As many bytes of a name as are compared as one number.
const HEAD: usize = 16;

/// For each name its place; equal names share one, and empty ones come last.
pub(super) fn ranks(names: &[&str]) -> Vec<u32> {
    let name = |at: u32| names.get(at as usize).copied().unwrap_or_default();
    let present = (0..).zip(names).filter(|(_, name)| !name.is_empty());
    let mut order: Vec<(u128, u32)> = present.map(|(at, name)| (head(name), at)).collect();
    order.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| compare(name(*x), name(*y))));
    let mut ranks = vec![u32::MAX; names.len()];
    let (mut rank, mut before) = (0, "");
    for (_, at) in order {
        rank += u32::from(compare(before, name(at)).is_ne());
        before = name(at);
        if let Some(slot) = ranks.get_mut(at as usize) {
            *slot = rank;
        }
    }
    ranks
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
