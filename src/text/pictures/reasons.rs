//! Reasons that come in English from where pictures are fetched, and how they read in Chinese.

use super::{Pair, aside, pair};

/// Begins the reason of a name that this machine, behind a proxy, could not look up; the system's
/// words follow.
pub const UNCHECKED: &str = "behind a proxy the name has to be known here, too: ";

/// Why a URL is not asked for.
const BAD_URL: [(&str, &str); 12] = [
    ("the URL is longer than 8 KiB", "地址超过 8 KiB"),
    (
        "the URL holds a character that no URL may hold",
        "地址中有 URL 不允许的字符",
    ),
    ("the URL names no scheme", "地址没有写明 http 或 https"),
    ("only http and https can be asked", "协议不是 http 或 https"),
    ("the URL carries a user name", "地址中带有用户名"),
    ("the URL names no host", "地址中没有域名"),
    ("the URL's host cannot be read", "无法识别地址中的域名"),
    (
        "the URL's host holds a character that no host name may hold",
        "域名中有不允许的字符",
    ),
    ("the URL's port cannot be read", "无法识别地址中的端口"),
    ("the URL cannot be read", "无法识别这个地址"),
    (
        "it is redirected to what is neither http nor https",
        "重定向的目标不是 http 或 https",
    ),
    ("plain HTTP goes to this machine only", "http 只能访问本机"),
];

/// A reason in parentheses; one that is not known stays as it is.
pub(super) fn bad_url(why: &str) -> Pair {
    let known = BAD_URL.iter().find(|(en, _)| *en == why);
    let Some((en, zh)) = known else {
        return aside(why);
    };
    pair(format!(" ({en})"), format!("（{zh}）"))
}
