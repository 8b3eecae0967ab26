//! Times as people write them.

use crate::model::{Lang, Zone, unix_of};

/// The present, in either language.
const NOW: [&str; 2] = ["now", "现在"];

/// Units of spans back from now, in seconds; longer names first.
const UNITS: [(&str, i64); 9] = [
    ("分钟", 60),
    ("小时", 3_600),
    ("min", 60),
    ("分", 60),
    ("时", 3_600),
    ("天", 86_400),
    ("m", 60),
    ("h", 3_600),
    ("d", 86_400),
];

/// What stands for the present.
pub(super) fn now(lang: Lang) -> &'static str {
    let [en, zh] = NOW;
    lang.pick(en, zh)
}

pub(super) fn is_now(text: &str) -> bool {
    NOW.contains(&text.trim())
}

/// `now`, a span back from now (`72h`, `3d`, `30m`, `3 天`), or a wall-clock reading in `zone`.
pub fn parse_time(text: &str, zone: Zone, now_unix: i64) -> Option<i64> {
    let text = text.trim();
    if is_now(text) {
        return Some(now_unix);
    }
    span_secs(text).map_or_else(|| unix_of(text, zone), |secs| Some(now_unix - secs))
}

fn span_secs(text: &str) -> Option<i64> {
    let (number, secs) = UNITS
        .iter()
        .find_map(|(unit, secs)| Some((text.strip_suffix(unit)?, secs)))?;
    let count: u32 = number.trim().parse().ok()?;
    Some(i64::from(count) * secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_240_683;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(parse_time("3d", Zone::Utc, NOW), Some(NOW - 259_200));
        assert_eq!(parse_time(" 30 m", Zone::Utc, NOW), Some(NOW - 1_800));
        assert_eq!(parse_time("now", Zone::Utc, NOW), Some(NOW));
        assert_eq!(parse_time("1970-01-01 08:00", Zone::Beijing, NOW), Some(0));
        for text in ["", "h", "-3h", "3w", "三天"] {
            assert_eq!(parse_time(text, Zone::Utc, NOW), None, "{text}");
        }
    }
}
