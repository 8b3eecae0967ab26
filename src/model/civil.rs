//! Instants as people read them: unix seconds in one of the zones the app offers.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::Zone;

/// A wall-clock reading with its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    pub year: i16,
    pub month: i8,
    pub day: i8,
    pub hour: i8,
    pub minute: i8,
    pub second: i8,
    /// Seconds east of UTC.
    pub offset_secs: i32,
}

impl Civil {
    /// The reading of `unix` seconds in `zone`; `None` outside the calendar's range.
    pub fn at(unix: i64, zone: Zone) -> Option<Self> {
        let zoned = Timestamp::from_second(unix).ok()?.to_zoned(time_zone(zone));
        Some(Self {
            year: zoned.year(),
            month: zoned.month(),
            day: zoned.day(),
            hour: zoned.hour(),
            minute: zoned.minute(),
            second: zoned.second(),
            offset_secs: zoned.offset().seconds(),
        })
    }
}

/// Unix seconds of a wall-clock reading in `zone`: `2026-11-21 14:40`, with seconds or without a
/// time (midnight) as well. A text with a zone of its own, such as `2026-11-21T06:40:00Z`, is
/// taken at its word; `None` for anything else.
pub fn unix_of(text: &str, zone: Zone) -> Option<i64> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_second());
    }
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
    let reading = forms
        .iter()
        .find_map(|form| DateTime::strptime(form, text).ok());
    let midnight = || Some(Date::strptime("%Y-%m-%d", text).ok()?.at(0, 0, 0, 0));
    let zoned = reading.or_else(midnight)?.to_zoned(time_zone(zone)).ok()?;
    Some(zoned.timestamp().as_second())
}

fn time_zone(zone: Zone) -> TimeZone {
    match zone {
        Zone::Local => TimeZone::system(),
        Zone::Utc => TimeZone::UTC,
        Zone::Beijing => TimeZone::fixed(Offset::constant(8)),
    }
}

/// The present in unix milliseconds.
pub fn now_unix_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// The present in unix seconds.
pub fn now_unix() -> i64 {
    Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::{Civil, Zone, unix_of};

    #[test]
    fn a_reading_becomes_the_same_instant_again() {
        assert_eq!(unix_of("1970-01-01 08:00", Zone::Beijing), Some(0));
        assert_eq!(unix_of(" 1970-01-01 00:00:07 ", Zone::Utc), Some(7));
        assert_eq!(unix_of("1970-01-02", Zone::Utc), Some(86_400));
        for text in ["1970-01-01T00:00:07Z", "1970-01-01T08:00:07+08:00"] {
            assert_eq!(unix_of(text, Zone::Local), Some(7), "{text}");
        }
        for text in [
            "",
            "now",
            "1970-02-30",
            "1970-01-01 25:00",
            "1970-01-01 08:00x",
        ] {
            assert_eq!(unix_of(text, Zone::Utc), None, "{text}");
        }
    }

    #[test]
    fn beijing_is_eight_hours_ahead() {
        let at = Civil::at(0, Zone::Beijing).unwrap();
        assert_eq!((at.hour, at.offset_secs), (8, 28_800));
        assert_eq!(Civil::at(0, Zone::Utc).unwrap().hour, 0);
        assert_eq!(Civil::at(i64::MAX, Zone::Utc), None);
    }
}
