//! The form of a file of the cache: lines that say what it is, an empty line, and the body.

use sha2::{Digest as _, Sha256};

use super::sign::hex;

const MAGIC: &str = "vodscope picture 1";

/// What is known of a body that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) url: String,
    pub(super) content_type: String,
    pub(super) redirected: Option<String>,
    pub(super) fetched: i64,
    /// From then on it is not used, in unix seconds.
    pub(super) expires: i64,
}

/// SHA-256 in hexadecimal digits.
pub(super) fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn write(record: &Record, body: &[u8]) -> Vec<u8> {
    let content_type = record.content_type.replace(char::is_control, " ");
    let head = format!(
        "{MAGIC}\nurl {}\ntype {content_type}\nfrom {}\nfetched {}\nexpires {}\n",
        record.url,
        record.redirected.as_deref().unwrap_or_default(),
        record.fetched,
        record.expires,
    );
    // The sum is over both parts: a head that was changed is as bad as a body.
    let sum = sum(&[head.as_bytes(), body].concat());
    [head.as_bytes(), sum.as_bytes(), b"\n\n", body].concat()
}

/// `None` when it is anything but what [`write`] made.
pub(super) fn read(bytes: &[u8]) -> Option<(Record, Vec<u8>)> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n")?;
    let (head, body) = bytes.split_at_checked(end)?;
    let body = body.get(2..)?;
    let head = str::from_utf8(head).ok()?;
    let (head, sum) = head.rsplit_once('\n')?;
    let head = format!("{head}\n");
    if self::sum(&[head.as_bytes(), body].concat()) != sum {
        return None;
    }
    let mut lines = head.strip_prefix(MAGIC)?.strip_prefix('\n')?.lines();
    let mut line = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
    let record = Record {
        url: line("url")?.to_owned(),
        content_type: line("type")?.to_owned(),
        redirected: Some(line("from")?.to_owned()).filter(|url| !url.is_empty()),
        fetched: line("fetched")?.parse().ok()?,
        expires: line("expires")?.parse().ok()?,
    };
    Some((record, body.to_vec()))
}
