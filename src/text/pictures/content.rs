//! Faults of what came: no picture, too large, damaged, or of a kind that is not decoded here.

use super::{Both, Explained, Remedy, budget, format_name, pair};
use crate::model::{Lang, PictureFault, PictureFormat};
use crate::text::format;

/// How much of what came is quoted.
const QUOTED: usize = 40;

pub(super) fn explained(fault: &PictureFault, lang: Lang) -> Option<Explained> {
    let both = match fault {
        PictureFault::NotPicture {
            content_type,
            bytes,
            starts,
        } => not_picture(content_type, *bytes, starts),
        PictureFault::NotShown { format } => not_shown(*format),
        PictureFault::TooManyBytes { limit } => too_many_bytes(&budget(*limit)),
        PictureFault::TooManyPixels { width, height } => too_many_pixels(*width, *height),
        PictureFault::Damaged { why } => damaged(why),
        PictureFault::Incomplete { bytes } => incomplete(&format::size(*bytes)),
        _ => return None,
    };
    Some(both.of(lang))
}

/// What is said when nothing more is known.
pub(super) fn unreadable(lang: Lang) -> Explained {
    damaged("").of(lang)
}

fn not_picture(content_type: &str, bytes: u64, starts: &str) -> Both {
    let size = format::size(bytes);
    let brief = match kind(content_type) {
        "" => size.clone(),
        kind => format!("{kind}, {size}"),
    };
    let (called_en, called_zh) = match kind(content_type) {
        "" => (String::new(), String::new()),
        kind => (format!(" of {kind}"), format!(" {kind}")),
    };
    let quoted: String = starts.trim().chars().take(QUOTED).collect();
    let (begins_en, begins_zh) = if quoted.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!(", beginning with “{quoted}”"),
            format!("，开头是“{quoted}”"),
        )
    };
    Both {
        title: pair("Not a picture", "不是图片"),
        brief: pair(brief.clone(), brief),
        why: pair(
            format!("{size}{called_en} came{begins_en}. Its bytes are those of no picture."),
            format!("收到 {size}{called_zh}{begins_zh}。从内容看不是图片。"),
        ),
        next: pair(
            "Open it in a browser: it is often a page for logging in, or one that tells an error.",
            "用浏览器打开看看，多半是登录页或错误页。",
        ),
        remedy: Remedy::OpenOutside,
    }
}

/// The type without its parameters.
fn kind(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

fn not_shown(format: PictureFormat) -> Both {
    let name = format_name(format);
    Both {
        title: pair(format!("{name} is not shown"), format!("不显示 {name}")),
        brief: pair("open in browser", "请用浏览器打开"),
        why: pair(
            format!("The file is {name}, which is not decoded here."),
            format!("文件是 {name} 格式，这里不解码。"),
        ),
        next: pair("Open it in a browser.", "请用浏览器打开。"),
        remedy: Remedy::OpenOutside,
    }
}

fn too_many_bytes(limit: &str) -> Both {
    Both {
        title: pair("Too large", "文件过大"),
        brief: pair(format!("over {limit}"), format!("超过 {limit}")),
        why: pair(
            format!(
                "The file is larger than {limit}, the most that is fetched. It was cut off and dropped."
            ),
            format!("文件超过 {limit} 的上限，已中断下载并丢弃。"),
        ),
        next: pair(
            "Open it in a browser if you trust it.",
            "如果信任该文件，可用浏览器打开。",
        ),
        remedy: Remedy::OpenOutside,
    }
}

fn too_many_pixels(width: u32, height: u32) -> Both {
    let size = format::resolution(width.into(), height.into());
    let mega = u64::from(width) * u64::from(height) / 1_000_000;
    let mega = format::count(mega);
    Both {
        title: pair("Too many pixels", "像素过多"),
        brief: pair(size.clone(), size.clone()),
        why: pair(
            format!(
                "The file says that it has {size} pixels ({mega} megapixels). Up to 64 megapixels are decoded, so that no file can use up the memory."
            ),
            format!(
                "文件声明尺寸为 {size}（{mega} 百万像素）。为避免耗尽内存，最多解码 64 百万像素。"
            ),
        ),
        next: pair(
            "Open it in a browser if you trust it.",
            "如果信任该文件，可用浏览器打开。",
        ),
        remedy: Remedy::OpenOutside,
    }
}

fn damaged(why: &str) -> Both {
    let (en, zh) = if why.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(": {why}"), format!("：{why}"))
    };
    Both {
        title: pair("Damaged", "图片损坏"),
        brief: pair("cannot be decoded", "无法解码"),
        why: pair(
            format!("It begins as a picture and cannot be decoded{en}."),
            format!("开头是图片，但无法解码{zh}。"),
        ),
        next: pair(
            "Retry once. If it stays damaged, compare it in a browser: the file itself is broken then.",
            "可重试一次。如果仍然损坏，用浏览器打开对照：那就是文件本身有问题。",
        ),
        remedy: Remedy::Retry,
    }
}

fn incomplete(size: &str) -> Both {
    Both {
        title: pair("Broken off", "下载中断"),
        brief: pair(format!("after {size}"), format!("已收到 {size}")),
        why: pair(
            format!("The connection ended after {size}, before the picture was whole."),
            format!("收到 {size} 后连接就结束了，图片不完整。"),
        ),
        next: pair("Retry at once.", "可立即重试。"),
        remedy: Remedy::Retry,
    }
}
