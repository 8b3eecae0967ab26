//! Sentences of the raw tab.

use super::format;
use crate::model::Lang;

/// "12 keys".
pub fn keys(lang: Lang, n: u32) -> String {
    counted(lang, n, ["key", "keys"], "个键")
}

/// "6 items".
pub fn items(lang: Lang, n: u32) -> String {
    counted(lang, n, ["item", "items"], "项")
}

/// "1 hit", "1,204 hits".
pub fn hits(lang: Lang, n: usize) -> String {
    let n = u32::try_from(n).unwrap_or(u32::MAX);
    counted(lang, n, ["hit", "hits"], "处匹配")
}

/// "1 unknown field".
pub fn unknown_fields(lang: Lang, n: usize) -> String {
    let n = u32::try_from(n).unwrap_or(u32::MAX);
    counted(lang, n, ["unknown field", "unknown fields"], "个未知字段")
}

/// "sub-task 5 of 6".
pub fn sub_task_of(lang: Lang, index: usize, total: usize) -> String {
    let (number, total) = (format::len(index + 1), format::len(total));
    lang.pick(
        format!("sub-task {number} of {total}"),
        format!("第 {number} 个子任务，共 {total} 个"),
    )
}

/// Beside a code of 0 at the top of an event whose sub-tasks failed.
pub fn zero_although(lang: Lang, failed: usize) -> String {
    let n = format::len(failed);
    match failed {
        1 => lang.pick(
            "says 0 although a sub-task failed".to_owned(),
            "虽为 0，但有 1 个子任务失败".to_owned(),
        ),
        _ => lang.pick(
            format!("says 0 although {n} sub-tasks failed"),
            format!("虽为 0，但有 {n} 个子任务失败"),
        ),
    }
}

/// "line 8,412".
pub fn line(lang: Lang, number: u64) -> String {
    let number = format::count(number);
    lang.pick(format!("line {number}"), format!("第 {number} 行"))
}

/// "bytes 73,512,400 – 73,519,012": the first, and the one after the last.
pub fn bytes(lang: Lang, offset: u64, len: u32) -> String {
    let (from, to) = (
        format::count(offset),
        format::count(offset + u64::from(len)),
    );
    lang.pick(
        format!("bytes {from} – {to}"),
        format!("字节 {from} – {to}"),
    )
}

/// After the shown part of something long: "… 1,200 more bytes".
pub fn more_bytes(lang: Lang, n: usize) -> String {
    let n = format::len(n);
    lang.pick(format!("… {n} more bytes"), format!("… 还有 {n} 字节"))
}

/// "Depth 2".
pub fn depth(lang: Lang, levels: u16) -> String {
    lang.pick(format!("Depth {levels}"), format!("{levels} 层"))
}

fn counted(lang: Lang, n: u32, [one, many]: [&str; 2], zh: &str) -> String {
    let number = format::count(u64::from(n));
    let en = if n == 1 { one } else { many };
    lang.pick(format!("{number} {en}"), format!("{number} {zh}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let en = [1, 2].map(|n| hits(Lang::En, n));
        assert_eq!(en, ["1 hit", "2 hits"]);
        assert_eq!(unknown_fields(Lang::Zh, 1), "1 个未知字段");
        assert_eq!(
            zero_although(Lang::En, 1),
            "says 0 although a sub-task failed"
        );
    }

    #[test]
    fn a_record_says_where_its_bytes_are() {
        assert_eq!(bytes(Lang::En, 1_000, 250), "bytes 1,000 – 1,250");
    }
}
