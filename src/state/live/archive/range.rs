//! A part of the archive by the time of arrival, as people write it.

use crate::model::{Zone, unix_of};
use crate::state::live::parse_time;
use crate::text::format;

/// Noon of the next day, even where the clock is changed in between.
const INTO_NEXT_DAY: i64 = 36 * 3_600;

/// What arrived from `since_unix` up to, and not with, `until_unix`; open where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArchiveRange {
    pub since_unix: Option<i64>,
    pub until_unix: Option<i64>,
}

/// Why it cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeFault {
    Since,
    Until,
    /// It begins after it ends.
    Empty,
}

/// How a field was left empty, or understood.
type End = Result<Option<i64>, ()>;

/// The range between two fields; an empty field is an open end, and a day alone as the end is
/// included.
pub(super) fn range_of(
    (since, until): (&str, &str),
    zone: Zone,
    now_unix: i64,
) -> Result<ArchiveRange, RangeFault> {
    let since = end(since, |text| parse_time(text, zone, now_unix));
    let until = end(until, |text| {
        after_day(text, zone).or_else(|| parse_time(text, zone, now_unix))
    });
    let range = ArchiveRange {
        since_unix: since.map_err(|()| RangeFault::Since)?,
        until_unix: until.map_err(|()| RangeFault::Until)?,
    };
    let ends = range.since_unix.zip(range.until_unix);
    if ends.is_some_and(|(since, until)| since >= until) {
        return Err(RangeFault::Empty);
    }
    Ok(range)
}

fn end(text: &str, read: impl Fn(&str) -> Option<i64>) -> End {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    read(text).map(Some).ok_or(())
}

/// The midnight after a day that is written without a time.
fn after_day(day: &str, zone: Zone) -> Option<i64> {
    let midnight = unix_of(&format!("{day} 00:00"), zone)?;
    unix_of(&format::date(midnight + INTO_NEXT_DAY, zone), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21 14:44:43 +08:00.
    const NOW: i64 = 1_795_243_483;
    const DAY: i64 = 86_400;

    fn read(since: &str, until: &str) -> Result<ArchiveRange, RangeFault> {
        range_of((since, until), Zone::Beijing, NOW)
    }

    fn range(since_unix: Option<i64>, until_unix: Option<i64>) -> ArchiveRange {
        ArchiveRange {
            since_unix,
            until_unix,
        }
    }

    fn at(text: &str) -> Option<i64> {
        unix_of(text, Zone::Beijing)
    }

    #[test]
    fn an_empty_field_is_an_open_end() {
        assert_eq!(read("", " "), Ok(ArchiveRange::default()));
        assert_eq!(read("7d", ""), Ok(range(Some(NOW - 7 * DAY), None)));
        assert_eq!(read("", "now"), Ok(range(None, Some(NOW))));
    }

    #[test]
    fn a_day_alone_is_taken_whole_at_both_ends() {
        let day = range(at("2026-11-21"), at("2026-11-22"));
        assert_eq!(read("2026-11-21", " 2026-11-21 "), Ok(day));
        let new_year = range(None, at("2027-01-01"));
        assert_eq!(read("", "2026-12-31"), Ok(new_year));
    }

    #[test]
    fn a_time_of_day_is_taken_to_the_second() {
        let span = range(at("2026-11-20 08:00:00"), at("2026-11-21 14:40:07"));
        assert_eq!(read("2026-11-20 08:00", "2026-11-21 14:40:07"), Ok(span));
        let utc = range(None, at("2026-11-21 14:40"));
        assert_eq!(read("", "2026-11-21T06:40:00Z"), Ok(utc));
    }

    #[test]
    fn what_is_no_time_or_no_span_is_named() {
        assert_eq!(read("yesterday", "also"), Err(RangeFault::Since));
        assert_eq!(read("7d", "2026-11-31"), Err(RangeFault::Until));
        assert_eq!(read("1d", "7d"), Err(RangeFault::Empty));
        let minute = "2026-11-21 14:40";
        assert_eq!(read(minute, minute), Err(RangeFault::Empty));
    }
}
