//! Sentences of the detail pane, in both languages.

use super::format;
use crate::model::Lang;

/// "1 image", "12 images".
fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", format::len(n), if n == 1 { one } else { many })
}

fn plural_u64(n: u64, one: &str, many: &str) -> String {
    plural(usize::try_from(n).unwrap_or(usize::MAX), one, many)
}

/// Between whole-second times nothing finer than a second is known: `2s`, `16m58s`.
pub fn whole_secs(secs: i64) -> String {
    match secs {
        0..10 => format!("{secs}s"),
        _ => format::duration(secs as f64),
    }
}

/// "took 16m58s".
pub fn took(lang: Lang, secs: i64) -> String {
    let took = whole_secs(secs);
    lang.pick(format!("took {took}"), format!("用时 {took}"))
}

/// "0.28× media length".
pub fn of_media(lang: Lang, ratio: &str) -> String {
    lang.pick(format!("{ratio} media length"), format!("{ratio} 片长"))
}

/// "×3 deliveries".
pub fn deliveries(lang: Lang, n: u32) -> String {
    let n = format::count(u64::from(n));
    lang.pick(format!("×{n} deliveries"), format!("×{n} 次投递"))
}

/// "4 of 6 succeeded".
pub fn succeeded(lang: Lang, ok: usize, total: usize) -> String {
    lang.pick(
        format!("{ok} of {total} succeeded"),
        format!("{total} 项中 {ok} 项成功"),
    )
}

/// ", slowest Transcode 2m34s".
pub fn slowest(lang: Lang, name: &str, took: &str) -> String {
    // Only a name of the API's own stands apart from the words before it.
    let gap = if name.starts_with(|c: char| c.is_ascii()) {
        " "
    } else {
        ""
    };
    lang.pick(
        format!(", slowest {name} {took}"),
        format!("，最慢的是{gap}{name}，{took}"),
    )
}

/// "2 failures, 2 different codes".
pub fn failures(lang: Lang, failures: usize, codes: usize) -> String {
    let en = plural(failures, "failure", "failures");
    match (failures, codes) {
        (1, _) => lang.pick(en, "1 项失败".to_owned()),
        (_, 1) => lang.pick(
            format!("{en}, one code"),
            format!("{failures} 项失败，同一个错误码"),
        ),
        _ => lang.pick(
            format!("{en}, {codes} different codes"),
            format!("{failures} 项失败，{codes} 个不同的错误码"),
        ),
    }
}

/// "16m58s in all".
pub fn in_all(lang: Lang, secs: i64) -> String {
    let took = whole_secs(secs);
    lang.pick(format!("{took} in all"), format!("共 {took}"))
}

/// ", 0.28× of 59m46s".
pub fn times_media(lang: Lang, ratio: &str, media: &str) -> String {
    lang.pick(
        format!(", {ratio} of {media}"),
        format!("，是片长 {media} 的 {ratio}"),
    )
}

/// "Waited 12s in the queue."
pub fn queue_wait(lang: Lang, secs: i64) -> String {
    let wait = whole_secs(secs);
    lang.pick(
        format!("Waited {wait} between create time and the first start."),
        format!("从创建到首个子任务开始等待了 {wait}。"),
    )
}

/// "4 rungs".
pub fn rungs(lang: Lang, n: usize) -> String {
    lang.pick(plural(n, "rung", "rungs"), format!("{n} 档"))
}

/// "12 images".
pub fn images(lang: Lang, n: usize) -> String {
    lang.pick(plural(n, "image", "images"), format!("{n} 张图"))
}

/// "4 sheets of 100 cells".
pub fn sheets(lang: Lang, sheets: usize, cells: Option<u64>) -> String {
    let en = plural(sheets, "sheet", "sheets");
    let Some(cells) = cells else {
        return lang.pick(en, format!("{sheets} 张大图"));
    };
    lang.pick(
        format!("{en} of {}", plural_u64(cells, "cell", "cells")),
        format!("{sheets} 张大图，每张 {cells} 格"),
    )
}

/// "3 outputs".
pub fn outputs(lang: Lang, n: usize) -> String {
    lang.pick(plural(n, "output", "outputs"), format!("{n} 个产物"))
}

/// "at 3600 s".
pub fn at_secs(lang: Lang, value: &str) -> String {
    lang.pick(format!("at {value} s"), format!("第 {value} 秒"))
}

/// "at 10 %".
pub fn at_percent(lang: Lang, value: &str) -> String {
    lang.pick(format!("at {value} %"), format!("{value} % 处"))
}

/// "Cover: frame at 50 s, `CoverBySnapshot` 10".
pub fn cover_from(lang: Lang, how: &str) -> String {
    lang.pick(format!("Cover: {how}"), format!("封面：{how}"))
}

/// "Asked for 1h00m00s, but the source ends at 59m46s."
pub fn beyond_end(lang: Lang, what: &str, asked: &str, end: &str) -> String {
    lang.pick(
        format!("{what} asked at {asked}, but the source ends at {end}."),
        format!("{what}取第 {asked}，而源片只有 {end}。"),
    )
}

/// "540p and 720p ended 1m34s short."
pub fn ended_short(lang: Lang, names: &[String], by: &str) -> String {
    let en = match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    };
    lang.pick(
        format!("{en} ended {by} short."),
        format!("{} 比源片短 {by}。", names.join("、")),
    )
}

/// "2 outputs are 1m34s shorter than the source, 1 is missing."
pub fn shorter(lang: Lang, n: usize, by: &str, missing: usize) -> String {
    let are = |n: usize| if n == 1 { "is" } else { "are" };
    let outputs = plural(n, "output", "outputs");
    let en = format!("{outputs} {} {by} shorter than the source", are(n));
    let zh = format!("{n} 个产物比源片短 {by}");
    match missing {
        0 => lang.pick(format!("{en}."), format!("{zh}。")),
        _ => lang.pick(
            format!("{en}, {missing} {} missing.", are(missing)),
            format!("{zh}，缺少 {missing} 个。"),
        ),
    }
}

/// "1 output is missing."
pub fn missing(lang: Lang, n: usize) -> String {
    let verb = if n == 1 { "is" } else { "are" };
    let en = format!("{} {verb} missing.", plural(n, "output", "outputs"));
    lang.pick(en, format!("缺少 {n} 个产物。"))
}

/// "2 findings: upscaled, above source bitrate."
pub fn findings(lang: Lang, n: usize, kinds: &[&str]) -> String {
    lang.pick(
        format!(
            "{}: {}.",
            plural(n, "finding", "findings"),
            kinds.join(", ")
        ),
        format!("{n} 项发现：{}。", kinds.join("、")),
    )
}

/// "The source lists 0 video streams and 1 audio stream."
pub fn source_streams(lang: Lang, video: usize, audio: usize) -> String {
    lang.pick(
        format!(
            "The source lists {} and {}.",
            plural(video, "video stream", "video streams"),
            plural(audio, "audio stream", "audio streams")
        ),
        format!("源文件列出 {video} 个视频流和 {audio} 个音频流。"),
    )
}

/// "430 alike".
pub fn alike(lang: Lang, n: u32) -> String {
    let n = format::count(u64::from(n));
    lang.pick(format!("{n} alike"), format!("{n} 个相同"))
}

/// "Filter for `ContentMalformed`".
pub fn filter_for(lang: Lang, what: &str) -> String {
    lang.pick(format!("Filter for {what}"), format!("只看 {what}"))
}

/// "3 segments".
pub fn segments(lang: Lang, n: u32) -> String {
    let en = plural_u64(u64::from(n), "segment", "segments");
    lang.pick(en, format!("{n} 个片段"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        assert_eq!(images(Lang::En, 1), "1 image");
        assert_eq!(images(Lang::En, 12), "12 images");
        assert_eq!(missing(Lang::En, 1), "1 output is missing.");
        assert_eq!(missing(Lang::En, 2), "2 outputs are missing.");
        assert_eq!(sheets(Lang::En, 1, Some(1)), "1 sheet of 1 cell");
        assert_eq!(failures(Lang::En, 1, 1), "1 failure");
        assert_eq!(failures(Lang::En, 4, 1), "4 failures, one code");
    }

    #[test]
    fn names_are_listed_as_people_list_them() {
        let names = ["540p", "720p", "1080p"].map(str::to_owned);
        let said = |n| ended_short(Lang::En, names.get(..n).unwrap(), "1m34s");
        assert_eq!(said(1), "540p ended 1m34s short.");
        assert_eq!(said(2), "540p and 720p ended 1m34s short.");
        assert_eq!(said(3), "540p, 720p and 1080p ended 1m34s short.");
    }

    #[test]
    fn whole_seconds_have_no_decimals() {
        let texts: Vec<String> = [0, 2, 10, 1_018].map(whole_secs).into();
        assert_eq!(texts, ["0s", "2s", "10s", "16m58s"]);
    }
}
