//! Dates in the three ways the protocol writes them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The present in unix seconds, by a clock that is so far ahead of this machine's.
pub(crate) fn now_unix(ahead_secs: i64) -> i64 {
    Timestamp::now().as_second().saturating_add(ahead_secs)
}

/// `2026-03-01T08:00:00Z`
pub(super) fn iso(unix: i64) -> String {
    format(unix, "%Y-%m-%dT%H:%M:%SZ")
}

/// `2026-03-01`, in UTC.
pub(super) fn utc_date(unix: i64) -> String {
    format(unix, "%Y-%m-%d")
}

/// The value of an HTTP `Date` header.
pub(super) fn http_date(unix: i64) -> String {
    format(unix, "%a, %d %b %Y %H:%M:%S GMT")
}

/// Unix seconds of an ISO 8601 time with any offset.
pub(super) fn parse_iso(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

fn format(unix: i64, pattern: &str) -> String {
    let time = Timestamp::from_second(unix).unwrap_or_default();
    time.to_zoned(TimeZone::UTC).strftime(pattern).to_string()
}
