//! Why a picture is not shown, and what can be done about it; how large files and budgets read.

mod content;
mod reach;
mod reasons;

pub use reasons::UNCHECKED;

use super::{Text, format};
use crate::model::{HostRule, Lang, PictureFault, PictureFormat};

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// A fault in words, from the shortest to what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened, in a few words.
    pub title: String,
    /// The reason in as many as a tile has room for; may be empty.
    pub brief: String,
    /// What happened and why, in sentences.
    pub why: String,
    /// What to do next, in a sentence.
    pub next: String,
    /// The control that does it.
    pub remedy: Remedy,
}

/// What can be done about a fault from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Switch fetching on.
    SwitchOn,
    /// Allow the host.
    Allow,
    /// Change how the host is asked, in the settings.
    HostSettings,
    Retry,
    /// Look at it in the system's browser.
    OpenOutside,
    /// Nothing here helps.
    Nothing,
}

/// Why a picture is not shown.
pub fn fault(fault: &PictureFault, text: &Text) -> Explained {
    let explained = reach::explained(fault, text).or_else(|| content::explained(fault, text.lang));
    explained.unwrap_or_else(|| content::unreadable(text.lang))
}

/// What was sent along with a request that was refused; nothing when it was a plain one.
pub fn tried(lang: Lang, rule: &HostRule) -> Option<String> {
    let referer = &rule.referer;
    // Such a Referer is not sent in the clear; whether that was so here is not known.
    let (only, only_zh, gap) = if referer.starts_with("https://") {
        (" (to https addresses only)", "（仅发往 https 地址）", "")
    } else {
        ("", "", " ")
    };
    let (en, zh) = match (referer.is_empty(), rule.signed) {
        (true, false) => return None,
        (true, true) => ("its key".to_owned(), "签名密钥".to_owned()),
        (false, false) => (
            format!("Referer {referer}{only}"),
            format!("Referer {referer}{only_zh}"),
        ),
        (false, true) => (
            format!("Referer {referer}{only} and its key"),
            format!("Referer {referer}{only_zh}{gap}和签名密钥"),
        ),
    };
    Some(lang.pick(
        format!("It was asked with {en}, which was not enough."),
        format!("请求已带上{}{zh}，仍被拒绝。", space_before(&zh)),
    ))
}

/// Chinese stands apart from what begins in Latin.
fn space_before(zh: &str) -> &'static str {
    if zh.starts_with(|c: char| c.is_ascii()) {
        " "
    } else {
        ""
    }
}

/// "1.2 MB of 3.4 MB".
pub fn received(lang: Lang, received: u64, total: Option<u64>) -> String {
    let got = format::size(received);
    match total.map(format::size) {
        Some(all) => lang.pick(format!("{got} of {all}"), format!("{got}，共 {all}")),
        None => got,
    }
}

/// "3 of 12".
pub fn position(lang: Lang, at: usize, all: usize) -> String {
    let (at, all) = (format::len(at), format::len(all));
    lang.pick(format!("{at} of {all}"), format!("第 {at} 张，共 {all} 张"))
}

/// A limit or budget in powers of two: `20 MiB`, `1.5 GiB`.
pub fn budget(bytes: u64) -> String {
    let (unit, name) = if bytes >= GIB {
        (GIB, "GiB")
    } else {
        (MIB, "MiB")
    };
    if bytes.is_multiple_of(unit) {
        format!("{} {name}", format::count(bytes / unit))
    } else {
        format!("{:.1} {name}", bytes as f64 / unit as f64)
    }
}

/// The format by the name people know it by.
pub fn format_name(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Jpeg => "JPEG",
        PictureFormat::Png => "PNG",
        PictureFormat::Apng => "APNG",
        PictureFormat::WebP => "WebP",
        PictureFormat::Gif => "GIF",
        PictureFormat::Bmp => "BMP",
        PictureFormat::Avif => "AVIF",
        PictureFormat::Heic => "HEIC",
        PictureFormat::WebVtt => "WebVTT",
    }
}

/// The second step of forgetting a host.
pub fn kept_key(lang: Lang, host: &str) -> String {
    lang.pick(
        format!("Removing {host} also deletes its signing key from the keyring."),
        format!("移除 {host} 会同时从密钥环中删除它的签名密钥。"),
    )
}

/// The same thing in both languages.
struct Pair(String, String);

fn pair(en: impl Into<String>, zh: impl Into<String>) -> Pair {
    Pair(en.into(), zh.into())
}

/// A fault in both languages.
struct Both {
    title: Pair,
    brief: Pair,
    why: Pair,
    next: Pair,
    remedy: Remedy,
}

impl Both {
    fn of(self, lang: Lang) -> Explained {
        let pick = |Pair(en, zh): Pair| lang.pick(en, zh);
        Explained {
            title: pick(self.title),
            brief: pick(self.brief),
            why: pick(self.why),
            next: pick(self.next),
            remedy: self.remedy,
        }
    }
}

/// Someone else's words in parentheses, when there are any.
fn aside(said: &str) -> Pair {
    if said.is_empty() {
        return pair("", "");
    }
    pair(format!(" ({said})"), format!("（{said}）"))
}

#[cfg(test)]
mod tests;
