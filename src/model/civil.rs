//! Instants as people read them: unix seconds in one of the zones the app offers.

use jiff::Timestamp;
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
        let zone = match zone {
            Zone::Local => TimeZone::system(),
            Zone::Utc => TimeZone::UTC,
            Zone::Beijing => TimeZone::fixed(Offset::constant(8)),
        };
        let zoned = Timestamp::from_second(unix).ok()?.to_zoned(zone);
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

/// The present in unix seconds.
pub fn now_unix() -> i64 {
    Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::{Civil, Zone};

    #[test]
    fn beijing_is_eight_hours_ahead() {
        let at = Civil::at(0, Zone::Beijing).unwrap();
        assert_eq!((at.hour, at.offset_secs), (8, 28_800));
        assert_eq!(Civil::at(0, Zone::Utc).unwrap().hour, 0);
        assert_eq!(Civil::at(i64::MAX, Zone::Utc), None);
    }
}
