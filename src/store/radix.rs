//! Sorts numbers by small keys in time that grows with their number alone.

/// Fewer than this are sorted by comparing.
const FEW: usize = 2_048;
const MOST_DIGIT_BITS: u32 = 11;

/// A key and the number that goes with it.
pub(super) type Keyed = (u32, u32);

/// The numbers in order of their keys; those of equal keys stay as they stood.
pub(super) fn by_key(mut items: Vec<Keyed>) -> Vec<u32> {
    if items.len() < FEW {
        items.sort_by_key(|(key, _)| *key);
        return numbers(&items);
    }
    let keys = || items.iter().map(|(key, _)| *key);
    // Keys out of the ordinary (no time, no name) are the largest: they get the place after the
    // others', and the rest seldom spans more than two digits.
    let outlier = u32::MAX;
    let ordinary = || keys().filter(|key| *key != outlier);
    let (Some(least), Some(most)) = (ordinary().min(), ordinary().max()) else {
        return numbers(&items);
    };
    let after = u64::from(most - least) + 1;
    let bits = u64::BITS - after.leading_zeros();
    let passes = bits.div_ceil(MOST_DIGIT_BITS);
    let digit_bits = bits.div_ceil(passes);
    let digits = 1 << digit_bits;
    let digit = |key: u32, pass: u32| {
        let ordinary = u64::from(key.wrapping_sub(least));
        let key = if key == outlier { after } else { ordinary };
        usize::try_from((key >> (pass * digit_bits)) & (digits - 1)).unwrap_or_default()
    };
    let mut sorted = vec![(0, 0); items.len()];
    for pass in 0..passes {
        scatter(&items, &mut sorted, 1 << digit_bits, |key| digit(key, pass));
        std::mem::swap(&mut items, &mut sorted);
    }
    numbers(&items)
}

fn numbers(items: &[Keyed]) -> Vec<u32> {
    items.iter().map(|(_, number)| *number).collect()
}

/// Puts items in order of one digit, equal ones as they stood.
fn scatter(from: &[Keyed], to: &mut [Keyed], digits: usize, digit: impl Fn(u32) -> usize) {
    let mut next = vec![0_usize; digits];
    for (key, _) in from {
        if let Some(count) = next.get_mut(digit(*key)) {
            *count += 1;
        }
    }
    let mut before = 0;
    for place in &mut next {
        before += std::mem::replace(place, before);
    }
    for item in from {
        if let Some(place) = next.get_mut(digit(item.0)) {
            if let Some(slot) = to.get_mut(*place) {
                *slot = *item;
            }
            *place += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, Keyed, by_key};

    #[test]
    fn the_order_is_that_of_a_stable_sort() {
        for (count, spread) in [
            (10, 7),
            (FEW, 1),
            (5_000, 3),
            (5_000, 100_000),
            (5_000, u32::MAX),
        ] {
            let mixed = |n: u32| n.wrapping_mul(0x9E37_79B9) % spread;
            let key = |n: u32| {
                if n.is_multiple_of(50) {
                    u32::MAX
                } else {
                    mixed(n)
                }
            };
            let items: Vec<Keyed> = (0..u32::try_from(count).unwrap())
                .map(|n| (key(n), n))
                .collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            let expected: Vec<u32> = expected.into_iter().map(|(_, number)| number).collect();
            assert_eq!(
                by_key(items),
                expected,
                "{count} items, keys below {spread}"
            );
        }
    }

    #[test]
    fn equal_keys_and_no_keys_stay_as_they_stand() {
        let same = |key: u32| (0..4_000).rev().map(|n| (key, n)).collect::<Vec<Keyed>>();
        for key in [0, 9, u32::MAX] {
            assert_eq!(by_key(same(key)), (0..4_000).rev().collect::<Vec<u32>>());
        }
        assert_eq!(by_key(Vec::new()), [] as [u32; 0]);
    }
}
