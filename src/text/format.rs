//! Numbers, sizes, rates, durations and times as the window prints them.

use crate::model::{Civil, Zone};

/// What stands where an event says nothing.
pub const MISSING: &str = "–";

/// `11420` as `11,420`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A length as a count for printing.
pub fn len(n: usize) -> String {
    count(u64::try_from(n).unwrap_or(u64::MAX))
}

/// `0.094` as `9.4 %`.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// Bytes in powers of ten: `340.8 MB`.
pub fn size(bytes: u64) -> String {
    let value = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", value / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", value / 1e6),
        1_000_000_000..1_000_000_000_000 => format!("{:.2} GB", value / 1e9),
        _ => format!("{:.2} TB", value / 1e12),
    }
}

/// `412 kbps` up to 999 kbps, then `1.48 Mbps`.
pub fn bitrate(bps: u64) -> String {
    let value = bps as f64;
    if bps < 1_000 {
        format!("{bps} bps")
    } else if value < 999_500.0 {
        format!("{:.0} kbps", value / 1e3)
    } else {
        format!("{:.2} Mbps", value / 1e6)
    }
}

/// `2.4s`, `58s`, `9m58s`, `1h02m03s`.
pub fn duration(secs: f64) -> String {
    if !secs.is_finite() || secs < 0.0 {
        return MISSING.to_owned();
    }
    if secs < 9.95 {
        return format!("{secs:.1}s");
    }
    let whole = whole_secs(secs);
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{seconds:02}s"),
        _ => format!("{hours}h{minutes:02}m{seconds:02}s"),
    }
}

/// The exact seconds beside a duration: `597.6 s`.
pub fn seconds(secs: f64) -> String {
    let text = format!("{secs:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} s")
}

/// `0.26×`, below a hundredth `<0.01×`.
pub fn ratio(value: f64) -> String {
    if value < 0.01 {
        "<0.01×".to_owned()
    } else {
        format!("{value:.2}×")
    }
}

/// `1280×720`.
pub fn resolution(width: u64, height: u64) -> String {
    format!("{width}×{height}")
}

/// The short side as people name it: `720p`.
pub fn short_side(width: u64, height: u64) -> String {
    format!("{}p", width.min(height))
}

/// A number as JSON would give it, without a trailing `.0`.
pub fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `2026-11-21 13:58:03 +08:00`.
pub fn date_time(unix: i64, zone: Zone) -> String {
    Civil::at(unix, zone).map_or_else(
        || MISSING.to_owned(),
        |c| format!("{} {} {}", date_of(&c), clock_of(&c), offset_of(&c)),
    )
}

/// ISO 8601, for copying: `2026-11-21T13:58:03+08:00`.
pub fn iso(unix: i64, zone: Zone) -> String {
    Civil::at(unix, zone).map_or_else(String::new, |c| {
        let offset = if c.offset_secs == 0 {
            "Z".to_owned()
        } else {
            offset_of(&c)
        };
        format!("{}T{}{offset}", date_of(&c), clock_of(&c))
    })
}

/// `14:32:07`.
pub fn clock(unix: i64, zone: Zone) -> String {
    Civil::at(unix, zone).map_or_else(|| MISSING.to_owned(), |c| clock_of(&c))
}

/// `14:32`.
pub fn clock_minutes(unix: i64, zone: Zone) -> String {
    Civil::at(unix, zone).map_or_else(
        || MISSING.to_owned(),
        |c| format!("{:02}:{:02}", c.hour, c.minute),
    )
}

/// `11-21 14:32:07`, for rows that are not of the newest day.
pub fn month_day_clock(unix: i64, zone: Zone) -> String {
    Civil::at(unix, zone).map_or_else(
        || MISSING.to_owned(),
        |c| format!("{:02}-{:02} {}", c.month, c.day, clock_of(&c)),
    )
}

/// `2026-11-21`.
pub fn date(unix: i64, zone: Zone) -> String {
    Civil::at(unix, zone).map_or_else(|| MISSING.to_owned(), |c| date_of(&c))
}

/// The zone as the status bar shows it: `UTC+08:00`.
pub fn zone_label(zone: Zone, now: i64) -> String {
    match zone {
        Zone::Utc => "UTC".to_owned(),
        Zone::Local | Zone::Beijing => Civil::at(now, zone)
            .map_or_else(|| "UTC".to_owned(), |c| format!("UTC{}", offset_of(&c))),
    }
}

/// `475b72…b177t1`: the first and last six characters of an id's last part.
pub fn short_id(id: &str) -> String {
    let tail = id.rsplit('-').next().filter(|t| t.len() >= 6).unwrap_or(id);
    let chars: Vec<char> = tail.chars().collect();
    match (
        chars.get(..6),
        chars.len().checked_sub(6).and_then(|at| chars.get(at..)),
    ) {
        (Some(head), Some(end)) if chars.len() > 13 => {
            format!(
                "{}…{}",
                head.iter().collect::<String>(),
                end.iter().collect::<String>()
            )
        }
        _ => tail.to_owned(),
    }
}

fn date_of(c: &Civil) -> String {
    format!("{:04}-{:02}-{:02}", c.year, c.month, c.day)
}

fn clock_of(c: &Civil) -> String {
    format!("{:02}:{:02}:{:02}", c.hour, c.minute, c.second)
}

fn offset_of(c: &Civil) -> String {
    let sign = if c.offset_secs < 0 { '-' } else { '+' };
    let minutes = c.offset_secs.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the caller has refused negative and infinite values; a cast saturates"
)]
fn whole_secs(secs: f64) -> u64 {
    secs.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        let texts: Vec<String> = [2.44, 58.0, 9.97, 598.2, 3586.4, 3723.0]
            .map(duration)
            .into();
        assert_eq!(texts, ["2.4s", "58s", "10s", "9m58s", "59m46s", "1h02m03s"]);
        assert_eq!(duration(f64::NAN), MISSING);
    }

    #[test]
    fn bitrates_change_unit_at_one_megabit() {
        let texts: Vec<String> = [0, 999, 412_000, 999_499, 999_500, 1_480_000]
            .map(bitrate)
            .into();
        assert_eq!(
            texts,
            [
                "0 bps",
                "999 bps",
                "412 kbps",
                "999 kbps",
                "1.00 Mbps",
                "1.48 Mbps"
            ]
        );
    }

    #[test]
    fn sizes_are_decimal() {
        let texts: Vec<String> = [999, 94_700_000, 1_080_000_000].map(size).into();
        assert_eq!(texts, ["999 B", "94.7 MB", "1.08 GB"]);
    }

    #[test]
    fn counts_are_grouped() {
        let texts: Vec<String> = [0, 999, 1_000, 11_420, 1_000_000].map(count).into();
        assert_eq!(texts, ["0", "999", "1,000", "11,420", "1,000,000"]);
    }

    #[test]
    fn times_carry_their_zone() {
        let unix = 1_795_240_683;
        assert_eq!(date_time(unix, Zone::Beijing), "2026-11-21 13:58:03 +08:00");
        assert_eq!(iso(unix, Zone::Utc), "2026-11-21T05:58:03Z");
        assert_eq!(zone_label(Zone::Beijing, unix), "UTC+08:00");
    }

    #[test]
    fn ids_keep_their_head_and_tail() {
        let id = "1256768367-Procedure-475b72e9d04c41a8b37f5e21a6cb177t1";
        assert_eq!(short_id(id), "475b72…b177t1");
        assert_eq!(short_id("Task-1"), "Task-1");
    }

    #[test]
    fn small_ratios_are_not_zero() {
        assert_eq!(ratio(0.001), "<0.01×");
        assert_eq!(ratio(0.264), "0.26×");
    }
}
