//! Times as events write them: ISO 8601 text to unix seconds, without the unset and never-ending ones.

/// Seconds in a day.
const DAY: i64 = 86_400;

/// Unix seconds of an ISO 8601 time (`2026-04-02T09:58:34Z`, `±hh:mm`, a fraction, a space for `T`).
///
/// `None` for what is no time: "", `0000-00-00T00:00:00Z` (unset), the year 9999 (never), any other text.
/// A time without a zone is taken as UTC.
pub(crate) fn iso_to_unix(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, clock) = text.split_at_checked(10)?;
    let (hms, zone) = clock.get(1..)?.split_at_checked(8)?;
    if !matches!(clock.as_bytes().first(), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let days = days_since_epoch(date)?;
    let secs = secs_of_day(hms)?;
    Some(days * DAY + secs - zone_offset(zone)?)
}

/// Unix seconds of a number written as text: seconds, or milliseconds when it is far beyond any date.
pub(crate) fn unix_number(text: &str) -> Option<i64> {
    const LAST_SECOND: i64 = 100_000_000_000;
    let number = text.trim().parse::<i64>().ok()?;
    Some(if number < LAST_SECOND {
        number
    } else {
        number / 1000
    })
}

/// Days from 1970-01-01 to `YYYY-MM-DD` in the proleptic Gregorian calendar.
fn days_since_epoch(date: &str) -> Option<i64> {
    let (year, month, day) = triple(date, '-')?;
    if !(1..9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    if day < 1 || day > days_in_month(year, month) {
        return None;
    }
    // Years that begin in March put the leap day at their end.
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Seconds of `hh:mm:ss`; a leap second counts as the one before it.
fn secs_of_day(hms: &str) -> Option<i64> {
    let (hours, minutes, secs) = triple(hms, ':')?;
    if hours > 23 || minutes > 59 || secs > 60 {
        return None;
    }
    Some(hours * 3600 + minutes * 60 + secs.min(59))
}

/// Seconds east of UTC of what follows the clock: an optional fraction, then `Z`, `±hh:mm`, `±hhmm` or nothing.
fn zone_offset(rest: &str) -> Option<i64> {
    let zone = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = zone.get(1..)?.chars().filter(|c| *c != ':').collect();
    let hours = digits_at(&digits, 0, 2)?;
    let minutes = match digits.len() {
        2 => 0,
        4 => digits_at(&digits, 2, 4)?,
        _ => return None,
    };
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The three numbers of `a-b-c` of fixed width: the last two have two digits, the first the rest.
fn triple(text: &str, separator: char) -> Option<(i64, i64, i64)> {
    let mut parts = text.split(separator);
    let first = parts.next()?;
    let second = parts.next().filter(|part| part.len() == 2)?;
    let third = parts.next().filter(|part| part.len() == 2)?;
    if parts.next().is_some() {
        return None;
    }
    Some((number(first)?, number(second)?, number(third)?))
}

fn digits_at(text: &str, from: usize, to: usize) -> Option<i64> {
    number(text.get(from..to)?)
}

/// Digits only: `parse` alone would take a sign.
fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::{iso_to_unix, unix_number};

    #[test]
    fn large_numbers_are_milliseconds() {
        assert_eq!(unix_number("1775123914"), Some(1_775_123_914));
        assert_eq!(unix_number(" 1775123914999 "), Some(1_775_123_914));
        assert_eq!(unix_number("soon"), None);
    }

    #[test]
    fn times_become_unix_seconds() {
        for (text, unix) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T23:59:59Z", 951_868_799),
            ("2026-04-02T09:58:34Z", 1_775_123_914),
            ("2026-04-02T17:58:34+08:00", 1_775_123_914),
            ("2026-04-02T17:58:34.123456+0800", 1_775_123_914),
            ("2026-04-02T04:28:34-05:30", 1_775_123_914),
            ("2026-04-02 09:58:34", 1_775_123_914),
            ("1969-12-31T23:59:59Z", -1),
            ("2038-01-19T03:14:08Z", 1 << 31),
        ] {
            assert_eq!(iso_to_unix(text), Some(unix), "{text}");
        }
    }

    #[test]
    fn unset_never_ending_and_other_texts_are_no_times() {
        for text in [
            "",
            "0000-00-00T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-04-02T24:00:00Z",
            "2026-04-02",
            "2026-04-02T09:58:34 CST",
            "2026-04-02T09:58:34+",
            "+026-04-02T09:58:34Z",
            "二〇二六年四月二日九时",
            "1775123914",
        ] {
            assert_eq!(iso_to_unix(text), None, "{text}");
        }
    }
}
