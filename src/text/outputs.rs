//! Sentences of the outputs and history tabs.

use super::format;
use crate::model::Lang;

/// "1 finding", "6 findings".
pub fn findings(lang: Lang, n: usize) -> String {
    let number = format::len(n);
    match n {
        1 => lang.pick("1 finding".to_owned(), "1 项发现".to_owned()),
        _ => lang.pick(format!("{number} findings"), format!("{number} 项发现")),
    }
}

/// "3 rungs".
pub fn rungs(lang: Lang, n: usize) -> String {
    let number = format::len(n);
    let en = if n == 1 { "rung" } else { "rungs" };
    lang.pick(format!("{number} {en}"), format!("{number} 档"))
}

/// "13 images".
pub fn images(lang: Lang, n: usize) -> String {
    let number = format::len(n);
    let en = if n == 1 { "image" } else { "images" };
    lang.pick(format!("{number} {en}"), format!("{number} 张图"))
}

/// "25 cells a sheet", of sprites.
pub fn cells_a_sheet(lang: Lang, n: u64) -> String {
    let n = cells(lang, n);
    lang.pick(format!("{n} a sheet"), format!("每张大图 {n}"))
}

/// "25 cells".
pub fn cells(lang: Lang, n: u64) -> String {
    let number = format::count(n);
    let en = if n == 1 { "cell" } else { "cells" };
    lang.pick(format!("{number} {en}"), format!("{number} 个小图"))
}

/// How many times larger than the source: "×1.5".
pub fn factor(value: f64) -> String {
    let text = format!("{value:.2}");
    format!("×{}", text.trim_end_matches('0').trim_end_matches('.'))
}

/// How much above the source: "+22 %".
pub fn above(share: f64) -> String {
    format!("+{:.0} %", share * 100.0)
}

/// How much longer or shorter: "-3.2 s", "-1m34s".
pub fn drift(secs: f64) -> String {
    let sign = if secs < 0.0 { '-' } else { '+' };
    let length = secs.abs();
    if length < 59.95 {
        format!("{sign}{length:.1} s")
    } else {
        format!("{sign}{}", format::duration(length))
    }
}

/// A share of the source in a narrow cell: "28 %".
pub fn share(value: f64) -> String {
    let percent = value * 100.0;
    if percent > 0.0 && percent < 0.5 {
        return "<1 %".to_owned();
    }
    format!("{percent:.0} %")
}

/// A bitrate to the bit: "1,480,013 bps".
pub fn exact_bitrate(bps: u64) -> String {
    format!("{} bps", format::count(bps))
}

/// A size to the byte.
pub fn exact_size(lang: Lang, bytes: u64) -> String {
    let number = format::count(bytes);
    lang.pick(format!("{number} bytes"), format!("{number} 字节"))
}

/// The template the output names, where another was asked for.
pub fn made_with(lang: Lang, definition: i64) -> String {
    lang.pick(
        format!("made with {definition}"),
        format!("实际模板 {definition}"),
    )
}

/// "Running 40 %".
pub fn running(lang: Lang, progress: Option<f64>) -> String {
    match progress {
        Some(percent) => lang.pick(
            format!("running {percent:.0} %"),
            format!("处理中 {percent:.0} %"),
        ),
        None => lang.pick("running".to_owned(), "处理中".to_owned()),
    }
}

/// The picture's corner of the source: "Source 1280×720".
pub fn source_size(lang: Lang, size: &str) -> String {
    lang.pick(format!("Source {size}"), format!("源文件 {size}"))
}

/// Beside the dashed line: "source bitrate 1.48 Mbps".
pub fn source_bitrate(lang: Lang, bitrate: &str) -> String {
    lang.pick(
        format!("source bitrate {bitrate}"),
        format!("源码率 {bitrate}"),
    )
}

/// Below a shortened list: "12 more".
pub fn more(lang: Lang, n: usize) -> String {
    let number = format::len(n);
    lang.pick(format!("{number} more"), format!("还有 {number} 项"))
}

/// "12 fields changed".
pub fn fields_changed(lang: Lang, n: usize) -> String {
    let number = format::len(n);
    let en = if n == 1 { "field" } else { "fields" };
    lang.pick(
        format!("{number} {en} changed"),
        format!("{number} 个字段有变化"),
    )
}

/// Where a delivery stands: "night.ndjson, line 8,412".
pub fn place(lang: Lang, file: &str, line: u64) -> String {
    let number = format::count(line);
    let line = lang.pick(format!("line {number}"), format!("第 {number} 行"));
    if file.is_empty() {
        return line;
    }
    lang.pick(format!("{file}, {line}"), format!("{file}，{line}"))
}

/// "×3 identical deliveries".
pub fn deliveries(lang: Lang, n: usize) -> String {
    let number = format::len(n);
    lang.pick(
        format!("{number} identical deliveries"),
        format!("{number} 次相同投递"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        assert_eq!(findings(Lang::En, 1), "1 finding");
        assert_eq!(rungs(Lang::En, 3), "3 rungs");
        assert_eq!(images(Lang::Zh, 13), "13 张图");
    }

    #[test]
    fn deltas_carry_their_sign() {
        assert_eq!(drift(-3.21), "-3.2 s");
        assert_eq!(drift(94.0), "+1m34s");
        assert_eq!(above(0.7162), "+72 %");
        assert_eq!(factor(1.5), "×1.5");
        assert_eq!(factor(3.0), "×3");
    }

    #[test]
    fn a_tiny_share_is_not_zero() {
        assert_eq!(
            [0.0, 0.001, 0.28, 1.722].map(share),
            ["0 %", "<1 %", "28 %", "172 %"]
        );
    }
}
