//! What is known of the picture in the lightbox. Pure.

use crate::model::PictureInfo;
use crate::state::PictureItem;
use crate::text::{Text, format, pictures as say, previews};

/// A name with its value.
pub(super) type Fact = (&'static str, String);

/// `info` is of the fetched file, when there is one; without it the event's own statements count.
pub(super) fn facts(item: &PictureItem, info: Option<&PictureInfo>, text: &Text) -> Vec<Fact> {
    let words = text.pictures;
    let facts = [
        (words.time, time(item, text)),
        (
            words.range,
            item.range_secs.map(|(from, to)| previews::range(from, to)),
        ),
        (words.pixels, pixels(item, info)),
        (words.bytes, bytes(item, info)),
        (words.kind, kind(item, info, text)),
        (words.label, item.label.clone()),
        (words.suggestion, item.suggestion.clone()),
        (words.confidence, item.confidence.map(format::plain)),
        (
            words.expires,
            item.expires.map(|unix| format::date_time(unix, text.zone)),
        ),
    ];
    let told = facts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    told.collect()
}

fn time(item: &PictureItem, text: &Text) -> Option<String> {
    let time = format::duration(item.time_secs?);
    let estimated = text.pictures.estimated;
    Some(if item.time_estimated {
        text.lang.pick(
            format!("{time} ({estimated})"),
            format!("{time}（{estimated}）"),
        )
    } else {
        time
    })
}

fn pixels(item: &PictureItem, info: Option<&PictureInfo>) -> Option<String> {
    let fetched = info.filter(|info| info.width > 0);
    let fetched = fetched.map(|info| (info.width.into(), info.height.into()));
    let (width, height) = fetched.or(item.width.zip(item.height))?;
    Some(format::resolution(width, height))
}

fn bytes(item: &PictureItem, info: Option<&PictureInfo>) -> Option<String> {
    let bytes = info.map(|info| info.bytes).or(item.bytes)?;
    Some(format::size(bytes))
}

/// The format, and where it came from.
fn kind(item: &PictureItem, info: Option<&PictureInfo>, text: &Text) -> Option<String> {
    let Some(info) = info else {
        return item.container.clone();
    };
    let name = say::format_name(info.format);
    let from = if info.cached {
        text.pictures.cached.to_owned()
    } else {
        format!("HTTP {}", info.status)
    };
    let separator = text.lang.pick(", ", "，");
    Some(format!("{name}{separator}{from}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, PictureFormat, Zone};

    fn told(item: &PictureItem, info: Option<&PictureInfo>, lang: Lang) -> String {
        let text = Text::new(lang, Zone::Beijing);
        let facts = facts(item, info, &text);
        let lines: Vec<String> = facts
            .into_iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        lines.join("\n")
    }

    fn info() -> PictureInfo {
        PictureInfo {
            format: PictureFormat::Jpeg,
            width: 1_920,
            height: 1_080,
            bytes: 182_000,
            status: 200,
            redirected: None,
            cached: false,
        }
    }

    #[test]
    fn a_fetched_file_counts_before_what_the_event_says() {
        let item = PictureItem {
            time_secs: Some(210.0),
            time_estimated: true,
            width: Some(640),
            height: Some(360),
            ..PictureItem::default()
        };
        assert_eq!(
            told(&item, Some(&info()), Lang::En),
            "Time: 3m30s (estimated)\nPixels: 1920×1080\nSize: 182.0 kB\nType: JPEG, HTTP 200"
        );
        assert_eq!(
            told(&item, None, Lang::En),
            "Time: 3m30s (estimated)\nPixels: 640×360"
        );
    }

    #[test]
    fn evidence_tells_what_was_found_and_until_when() {
        let item = PictureItem {
            range_secs: Some((12.0, 15.5)),
            confidence: Some(99.2),
            label: Some("porn".to_owned()),
            suggestion: Some("block".to_owned()),
            expires: Some(1_795_240_683),
            ..PictureItem::default()
        };
        let cached = PictureInfo {
            cached: true,
            ..info()
        };
        assert_eq!(
            told(&item, Some(&cached), Lang::Zh),
            "范围: 12.0 – 15.5 s\n像素: 1920×1080\n大小: 182.0 kB\n类型: JPEG，来自缓存\n标签: porn\n建议: block\n置信度: 99.2\n保留至: 2026-11-21 13:58:03 +08:00"
        );
    }

    #[test]
    fn what_nobody_tells_is_not_made_up() {
        assert_eq!(told(&PictureItem::default(), None, Lang::En), "");
    }
}
