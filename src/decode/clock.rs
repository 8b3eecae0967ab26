//! The one spelling nearly every time has, read without looking twice.

use super::time::{iso_to_unix, unix_number};

/// Unix seconds of ISO text or of a number in text; `None` for unset times and anything else.
pub(crate) fn unix_secs(text: &str) -> Option<u32> {
    plain_utc(text.as_bytes()).or_else(|| {
        let secs = iso_to_unix(text).or_else(|| unix_number(text))?;
        u32::try_from(secs).ok()
    })
}

/// `YYYY-MM-DDThh:mm:ssZ` with nothing unusual about it.
fn plain_utc(text: &[u8]) -> Option<u32> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', clock @ ..] = text else {
        return None;
    };
    let [h1, h2, b':', n1, n2, b':', s1, s2, b'Z'] = clock else {
        return None;
    };
    let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
    let (month, day) = (two(*m1, *m2)?, two(*d1, *d2)?);
    let (hour, minute, second) = (two(*h1, *h2)?, two(*n1, *n2)?, two(*s1, *s2)?);
    // The last days of months and the far ends of time are left to those who know them.
    let is_usual = (1970..2100).contains(&year) && (1..=12).contains(&month);
    if !is_usual || !(1..=28).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Years that begin in March put the leap day at their end.
    let shifted = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = shifted / 4 - shifted / 100 + shifted / 400;
    let days = shifted * 365 + leap_days + day_of_year - 719_468;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

#[inline]
fn two(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

#[cfg(test)]
mod tests {
    use super::{plain_utc, unix_secs};
    use crate::decode::time::iso_to_unix;

    #[test]
    fn both_ways_agree_on_every_day() {
        for year in 1970..2100 {
            for month in 1..=12 {
                for day in 1..=28 {
                    let text = format!("{year}-{month:02}-{day:02}T12:34:56Z");
                    let slow = iso_to_unix(&text).and_then(|secs| u32::try_from(secs).ok());
                    assert_eq!(plain_utc(text.as_bytes()), slow, "{text}");
                }
            }
        }
    }

    #[test]
    fn unset_times_are_none_and_numbers_are_seconds() {
        assert_eq!(unix_secs("0000-00-00T00:00:00Z"), None);
        assert_eq!(unix_secs(""), None);
        assert_eq!(unix_secs("1485156352"), Some(1_485_156_352));
        assert_eq!(unix_secs("1485156352000"), Some(1_485_156_352));
        assert_eq!(unix_secs("2020-02-29T00:00:00Z"), Some(1_582_934_400));
    }
}
