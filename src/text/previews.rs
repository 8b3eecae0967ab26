//! Sentences of the previews tab, and how much a fault matters there.

use super::{format, outputs};
use crate::model::{Lang, PictureFault};

/// Characters of a host that stand in a sentence, and of these those before what is left out.
const LONGEST_HOST: usize = 60;
const HOST_HEAD: usize = 16;

/// What has come of the pictures of a wall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub images: usize,
    pub shown: usize,
    pub loading: usize,
    /// Not asked for, by choice.
    pub kept_back: usize,
    pub refused: usize,
    pub failed: usize,
}

/// "12 images: 8 shown, 2 loading, 1 refused, 1 failed".
pub fn tally(lang: Lang, tally: &Tally) -> String {
    let images = outputs::images(lang, tally.images);
    let parts = [
        (tally.shown, "shown", "已显示"),
        (tally.loading, "loading", "加载中"),
        (tally.kept_back, "not fetched", "未获取"),
        (tally.refused, "refused", "被拒绝"),
        (tally.failed, "failed", "失败"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(number, _, _)| *number > 0)
        .map(|(number, en, zh)| {
            let number = format::len(number);
            lang.pick(format!("{number} {en}"), format!("{number} 张{zh}"))
        })
        .collect();
    if parts.is_empty() {
        return images;
    }
    let list = parts.join(lang.pick(", ", "，"));
    lang.pick(format!("{images}: {list}"), format!("{images}：{list}"))
}

/// Of an animation that goes on for longer than there is memory for.
pub fn plays_part(lang: Lang, frames: usize) -> String {
    let frames = format::len(frames);
    lang.pick(
        format!(
            "Only its first {frames} frames play here, within the memory and the time that one \
             picture may take. Opened, it may show more"
        ),
        format!("此处只播放前 {frames} 帧，以免占用过多内存和时间；打开后可能显示更多"),
    )
}

/// Nobody was asked, because the person did not allow it or the address is private.
pub fn is_kept_back(fault: &PictureFault) -> bool {
    matches!(
        fault,
        PictureFault::Off
            | PictureFault::NotAllowed { .. }
            | PictureFault::Denied { .. }
            | PictureFault::Private { .. }
    )
}

/// The server answered that it does not give the picture.
pub fn is_refusal(fault: &PictureFault) -> bool {
    matches!(
        fault,
        PictureFault::Forbidden { .. } | PictureFault::Gone { .. } | PictureFault::Status { .. }
    )
}

/// "at 50 s".
pub fn at(lang: Lang, time: &str) -> String {
    lang.pick(format!("at {time}"), format!("位于 {time}"))
}

/// "every 50 s".
pub fn every_secs(lang: Lang, secs: f64) -> String {
    let secs = format::plain(secs);
    lang.pick(format!("every {secs} s"), format!("每 {secs} 秒"))
}

/// "every 10 % of the length".
pub fn every_percent(lang: Lang, share: f64) -> String {
    let share = format::plain(share);
    lang.pick(
        format!("every {share} % of the length"),
        format!("每隔时长的 {share} %"),
    )
}

/// "2 files".
pub fn file_count(lang: Lang, files: usize) -> String {
    let number = format::len(files);
    let en = if files == 1 { "file" } else { "files" };
    lang.pick(format!("{number} {en}"), format!("{number} 个文件"))
}

/// "10.0 – 15.0 s".
pub fn range(from: f64, to: f64) -> String {
    format!("{from:.1} – {to:.1} s")
}

/// A cue of a `WebVTT` file: "210.0 – 220.0 s", "2480 – 2490 s".
pub fn cue(from: f64, to: f64) -> String {
    if to >= 1_000.0 {
        return format!("{from:.0} – {to:.0} s");
    }
    range(from, to)
}

/// "confidence 93".
pub fn confidence(lang: Lang, value: f64) -> String {
    let value = format::plain(value);
    lang.pick(format!("confidence {value}"), format!("置信度 {value}"))
}

/// "kept until 2026-11-21 14:32:07 +08:00".
pub fn kept_until(lang: Lang, time: &str) -> String {
    lang.pick(format!("kept until {time}"), format!("保留至 {time}"))
}

/// "22 of 60".
pub fn n_of(lang: Lang, n: usize, all: usize) -> String {
    let (n, all) = (format::len(n), format::len(all));
    lang.pick(format!("{n} of {all}"), format!("{n} / {all}"))
}

/// The spoken name of the cell that is shown.
pub fn cell_of(lang: Lang, at: usize, cells: usize) -> String {
    if cells == 0 {
        return lang.pick("Sprite sheet", "雪碧图大图").to_owned();
    }
    let (n, all) = (format::len(at + 1), format::len(cells));
    lang.pick(
        format!("Sprite cell {n} of {all}"),
        format!("第 {n} 个小图，共 {all} 个"),
    )
}

/// "img.savanna-doc.cn has 1 file. It will see your IP address."
pub fn host_asks(lang: Lang, host: &str, files: usize) -> String {
    let host = host_name(host);
    let files = file_count(lang, files);
    lang.pick(
        format!("{host} has {files}. It will see your IP address."),
        format!("{host} 上有 {files}。对方会看到你的 IP 地址。"),
    )
}

/// A host in a sentence. Of a long one the end stays, which tells whose it is: what stands before
/// it may be made to look like somebody else's.
pub fn host_name(host: &str) -> String {
    let count = host.chars().count();
    if count <= LONGEST_HOST {
        return host.to_owned();
    }
    let head: String = host.chars().take(HOST_HEAD).collect();
    let skipped = count - (LONGEST_HOST - HOST_HEAD - 1);
    let tail: String = host.chars().skip(skipped).collect();
    format!("{head}…{tail}")
}

/// The same for all default domains of the service.
pub fn vod_asks(lang: Lang, hosts: usize, files: usize) -> String {
    let files = file_count(lang, files);
    let number = format::len(hosts);
    let en = if hosts == 1 { "domain" } else { "domains" };
    lang.pick(
        format!("{number} default VOD {en} with {files}. They will see your IP address."),
        format!("{number} 个点播默认域名，共 {files}。对方会看到你的 IP 地址。"),
    )
}

/// Why a host that was allowed is asked about once more.
pub fn private_asks(lang: Lang, host: &str, address: &str) -> String {
    let host = host_name(host);
    lang.pick(
        format!(
            "{host} is {address}: a machine of yours or near it. Allow it only if you know it."
        ),
        format!("{host} 的地址是 {address}，属于本机或内网。只在确认可信时允许。"),
    )
}

/// "and 2 more hosts, after these".
pub fn more_hosts(lang: Lang, hosts: usize) -> String {
    let number = format::len(hosts);
    let en = if hosts == 1 { "host" } else { "hosts" };
    lang.pick(
        format!("and {number} more {en}, after these"),
        format!("还有 {number} 个域名，处理完以上后再询问"),
    )
}

/// "2 more; open the picture and step on".
pub fn more_in_lightbox(lang: Lang, more: usize) -> String {
    let number = format::len(more);
    lang.pick(
        format!("{number} more; open the picture and step on"),
        format!("还有 {number} 张，打开图片后可逐张查看"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_tells_only_what_there_is() {
        let mut now = Tally {
            images: 12,
            ..Tally::default()
        };
        assert_eq!(tally(Lang::En, &now), "12 images");
        now.shown = 8;
        now.refused = 1;
        assert_eq!(tally(Lang::En, &now), "12 images: 8 shown, 1 refused");
        assert_eq!(tally(Lang::Zh, &now), "12 张图：8 张已显示，1 张被拒绝");
    }

    #[test]
    fn the_end_of_a_long_host_is_told() {
        assert_eq!(host_name("img.savanna-doc.cn"), "img.savanna-doc.cn");
        let host = format!("1256768367.vod2.myqcloud.com.{}.evil.cn", "a".repeat(60));
        let told = host_name(&host);
        assert!(
            told.starts_with("1256768367.vod2.…aa") && told.ends_with("aa.evil.cn"),
            "{told}"
        );
        assert_eq!(told.chars().count(), LONGEST_HOST);
    }

    #[test]
    fn not_being_allowed_is_no_failure() {
        assert!(is_kept_back(&PictureFault::Off));
        assert!(!is_kept_back(&PictureFault::TooManyRedirects));
        assert!(is_refusal(&PictureFault::Gone { status: 404 }));
    }
}
