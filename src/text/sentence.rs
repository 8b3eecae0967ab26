//! Sentences with numbers or names in them, in both languages.

use super::format;
use super::live::{archive_fault, refusal};
use crate::model::{Lang, Note, Outcome, Reason, Repair, RepairKind, Verdict};

/// How many files of a folder hold no events.
pub fn skipped(lang: Lang, files: usize) -> String {
    let en = match files {
        1 => "1 file in the folder holds no events and was passed over".to_owned(),
        _ => format!("{files} files in the folder hold no events and were passed over"),
    };
    lang.pick(en, format!("文件夹中有 {files} 个文件不含事件，已跳过"))
}

/// What came of a paste: "1 event, 2 unreadable".
pub fn read(lang: Lang, events: usize, unreadable: usize) -> String {
    let events_en = if events == 1 { "event" } else { "events" };
    let (bad_en, bad_zh) = match unreadable {
        0 => (String::new(), String::new()),
        n => (format!(", {n} unreadable"), format!("，{n} 处不可读")),
    };
    lang.pick(
        format!("{events} {events_en}{bad_en}"),
        format!("{events} 个事件{bad_zh}"),
    )
}

/// "1,071 of 11,420".
pub fn n_of_m(lang: Lang, n: usize, m: usize) -> String {
    let (n, m) = (format::len(n), format::len(m));
    lang.pick(format!("{n} of {m}"), format!("{n} / {m}"))
}

/// The verdict as a sentence for the detail header: "Finished, 2 of 6 failed".
pub fn verdict(lang: Lang, verdict: Verdict, outcomes: &[Outcome], missing: bool) -> String {
    let total = outcomes.len();
    let count = |wanted| outcomes.iter().filter(|o| **o == wanted).count();
    let (ok, failed) = (count(Outcome::Succeeded), count(Outcome::Failed));
    match verdict {
        Verdict::Ok if total == 0 => lang.pick("OK".into(), "成功".into()),
        Verdict::Ok => lang.pick(
            format!("OK, {ok} of {total} sub-tasks"),
            if ok == total {
                format!("成功，{total} 项子任务全部完成")
            } else {
                format!("成功，{total} 项子任务中 {ok} 项完成")
            },
        ),
        Verdict::PartlyFailed if missing && failed == 0 => lang.pick(
            format!("Finished with an error, {ok} of {total} listed sub-tasks OK, one missing"),
            format!("已结束但有错误，列出的 {total} 项中 {ok} 项成功，缺少一项"),
        ),
        Verdict::PartlyFailed => lang.pick(
            format!("Finished, {failed} of {total} failed"),
            format!("已结束，{total} 项中 {failed} 项失败"),
        ),
        Verdict::Failed if total == 0 => lang.pick("Failed".into(), "失败".into()),
        Verdict::Failed => lang.pick(
            format!("Finished, all {total} failed"),
            format!("已结束，{total} 项全部失败"),
        ),
        Verdict::Running if total == 0 => lang.pick("Running".into(), "处理中".into()),
        Verdict::Running => lang.pick(
            format!("Running, {ok} of {total} done"),
            format!("处理中，{total} 项中 {ok} 项完成"),
        ),
        Verdict::Unknown => lang.pick(
            "This event carries no outcome".into(),
            "此事件不含处理结果".into(),
        ),
    }
}

/// The verdict words at the right of a list row; `failed` names what failed, shortest first.
pub fn row_verdict(lang: Lang, verdict: Verdict, counts: RowCounts, failed: &str) -> String {
    let RowCounts {
        total,
        ok,
        bad,
        percent,
    } = counts;
    let named = |words: String| match failed {
        "" => words,
        names => lang.pick(format!("{words}: {names}"), format!("{words}：{names}")),
    };
    match verdict {
        Verdict::Ok if total == 0 => lang.pick("OK".into(), "成功".into()),
        Verdict::Ok => lang.pick(
            format!("{ok} of {total} OK"),
            if ok == total {
                format!("{total} 项全部成功")
            } else {
                format!("{total} 项中 {ok} 项成功")
            },
        ),
        Verdict::PartlyFailed if bad == 0 => {
            lang.pick("One sub-task is missing".into(), "缺少一个子任务".into())
        }
        Verdict::PartlyFailed => named(lang.pick(
            format!("{bad} of {total} failed"),
            format!("{total} 项中 {bad} 项失败"),
        )),
        Verdict::Failed if total <= 1 => named(lang.pick("Failed".into(), "失败".into())),
        Verdict::Failed => {
            named(lang.pick(format!("All {total} failed"), format!("{total} 项全部失败")))
        }
        Verdict::Running => match percent {
            Some(p) => lang.pick(format!("Running {p} %"), format!("处理中 {p} %")),
            None => lang.pick("Running".into(), "处理中".into()),
        },
        Verdict::Unknown => String::new(),
    }
}

/// How many sub-tasks of a row ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    pub total: usize,
    pub ok: usize,
    pub bad: usize,
    /// Average progress of a running task, when its sub-tasks tell theirs.
    pub percent: Option<u8>,
}

/// "2 h ago", in the largest unit that says something.
pub fn ago(lang: Lang, then: i64, now: i64) -> String {
    let secs = now.saturating_sub(then);
    let (n, en, zh) = match secs.unsigned_abs() {
        s @ 0..60 => (s, "s", "秒"),
        s @ 60..3_600 => (s / 60, "min", "分钟"),
        s @ 3_600..172_800 => (s / 3_600, "h", "小时"),
        s => (s / 86_400, "days", "天"),
    };
    if secs < 0 {
        return lang.pick(format!("in {n} {en}"), format!("{n} {zh}后"));
    }
    lang.pick(format!("{n} {en} ago"), format!("{n} {zh}前"))
}

/// Why a record could not be read, as one sentence.
pub fn reason(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::CutOff { inside } => lang.pick(
            format!("The record ends inside {}. The writer was probably stopped; read the rest from its source", with_article(inside)),
            format!("记录在{}中间结束，可能写入被中断；请从来源处取得完整内容", json_zh(inside)),
        ),
        Reason::NotUtf8 { column, byte } => lang.pick(
            format!("Byte 0x{byte:02X} at column {column} is not UTF-8. If the file is GB18030 as a whole, convert it and open it again"),
            format!("第 {column} 列的字节 0x{byte:02X} 不是 UTF-8；如果整个文件是 GB18030，请转换后再打开"),
        ),
        Reason::Syntax { expected, column } => lang.pick(
            format!("Not valid JSON at column {column}: expected {expected}. Comments, trailing commas and full-width punctuation can be repaired on request"),
            format!("第 {column} 列不是合法 JSON：此处应为{}；注释、多余逗号和全角标点可按需修复", expected_zh(expected)),
        ),
        Reason::TooDeep { limit } => lang.pick(
            format!("Nested deeper than {limit} levels, which no event is; the record is left out"),
            format!("嵌套超过 {limit} 层，事件不会如此；此记录未载入"),
        ),
        Reason::TooLong { limit } => {
            let size = format::size(*limit);
            lang.pick(
                format!("Longer than {size}, which no event is; it was skipped and reading went on"),
                format!("长度超过 {size}，事件不会如此；已跳过并继续读取"),
            )
        }
        Reason::NotAnEvent { first_member } if first_member.is_empty() => lang.pick(
            "Valid JSON, but not an event: no member names a task, a type or an answer".into(),
            "是合法 JSON，但不是事件：没有任务、类型或应答字段".into(),
        ),
        Reason::NotAnEvent { first_member } => lang.pick(
            format!("An object, but none of the known shapes. Its first member is \"{first_member}\""),
            format!("是对象，但不属于已知形式，第一个字段是“{first_member}”"),
        ),
        Reason::NoJson => lang.pick(
            "No JSON in this text. Open the file that holds the events themselves".into(),
            "这段文本中没有 JSON，请打开存放事件的文件".into(),
        ),
        Reason::Empty => lang.pick(
            "The file is empty. Check whether its writer has run".into(),
            "文件是空的，请检查写入程序是否运行过".into(),
        ),
        Reason::Unreadable { why } => lang.pick(
            format!("Cannot be read: {why}. Check the path and your permission"),
            format!("无法读取（{why}）；请检查路径和权限"),
        ),
        Reason::NotAFile => lang.pick(
            "Neither a file, nor a folder, nor a pipe. Save what it gives to a file and open that".into(),
            "既不是文件、文件夹，也不是管道；请把其内容存成文件后再打开".into(),
        ),
        Reason::BadCompression { why } => lang.pick(
            format!("The compressed data is damaged: {why}. What came before is in the list; fetch the file again"),
            format!("压缩数据已损坏（{why}）；之前的记录已载入，请重新获取文件"),
        ),
        Reason::Shrunk => lang.pick(
            "The file became shorter while it was read. What was read is in the list; open it again for the rest".into(),
            "文件在读取时变短；已读部分在列表中，请重新打开".into(),
        ),
        Reason::More { count } => {
            let count = format::count(*count);
            lang.pick(
                format!("{count} further places cannot be read. They are not told one by one; mend the first ones and open the file again"),
                format!("另有 {count} 处无法读取，不再逐一列出；请先修复前面的问题再重新打开文件"),
            )
        }
        Reason::Changed => lang.pick(
            "The file has changed since it was read, and this record is no longer at its place. Open the file again".into(),
            "文件在读取后被改动，此记录已不在原处；请重新打开文件".into(),
        ),
        Reason::Refused { from, why } => {
            let why = refusal(lang, why);
            lang.pick(format!("From {from}: {why}"), format!("来自 {from}：{why}"))
        }
        Reason::CannotListen { addr, why } => lang.pick(
            format!("Cannot listen on {addr}: {why}. Choose another port, or end the program that has it"),
            format!("无法在 {addr} 上接收（{why}）；请换一个端口，或结束占用它的程序"),
        ),
        Reason::Archive(fault) => archive_fault(lang, fault),
        Reason::DamagedEntry { delivery } => lang.pick(
            format!("The stored bytes of archive entry {delivery} are damaged; the others are read all the same"),
            format!("归档条目 {delivery} 的数据已损坏，其余条目照常读取"),
        ),
        Reason::Deleted => lang.pick(
            "The event was deleted from the archive".into(),
            "该事件已从归档中删除".into(),
        ),
    }
}

/// A note on a record as one sentence.
pub fn note(lang: Lang, note: &Note) -> String {
    match note {
        Note::DuplicateMember { path } => lang.pick(
            format!("{path} occurs more than once; the last value counts, all are in Raw"),
            format!("{path} 重复出现，以最后一个为准，全部保留在原文中"),
        ),
        Note::Alias { found, taken_for } => lang.pick(
            format!("{found} was taken for {taken_for}"),
            format!("{found} 按 {taken_for} 处理"),
        ),
        Note::OtherType { path, found } => lang.pick(
            format!("{path} is {}, other than documented; its text is shown", with_article(found)),
            format!("{path} 的类型是{}，与文档不同，按原文显示", json_zh(found)),
        ),
        Note::UnknownMember { path } => lang.pick(
            format!("{path} is in no documentation vodscope knows; it is shown in Raw"),
            format!("{path} 不在已知文档中，可在原文查看"),
        ),
        Note::Replaced { path } => lang.pick(
            format!("{path} holds half a character (a lone surrogate), shown as \u{fffd}"),
            format!("{path} 含有不完整的字符（孤立代理项），显示为 \u{fffd}"),
        ),
        Note::SubTaskMissing => lang.pick(
            "The task reports an error, yet every listed sub-task succeeded: one is missing".into(),
            "任务报告错误，但列出的子任务全部成功：缺少一项".into(),
        ),
        Note::DefinitionDiffers { kind, input, output } => lang.pick(
            format!("{kind}: template {input} was asked for, the output says {output}; the one asked for is shown"),
            format!("{kind}：请求的模板是 {input}，产物写的是 {output}，这里显示请求的"),
        ),
        Note::OtherProduct => lang.pick(
            "This is a notification of another product, Media Processing Service (MPS)".into(),
            "这是另一产品媒体处理（MPS）的通知".into(),
        ),
        Note::BitrateUnit => lang.pick(
            "2.0 events leave the unit of bitrates open, so the numbers are shown as they are".into(),
            "2.0 格式没有确定的码率单位，数值按原样显示".into(),
        ),
        Note::Repaired { what } => lang.pick(
            format!("Repaired before reading: {what}"),
            format!("读取前已修复：{what}"),
        ),
    }
}

/// What a repair did: "2 comments removed, the first in line 4".
pub fn repair(lang: Lang, repair: &Repair) -> String {
    let Repair { kind, line, count } = *repair;
    let (en, zh) = match kind {
        RepairKind::Comment => ("comments removed", "处注释已移除"),
        RepairKind::TrailingComma => ("trailing commas removed", "处多余逗号已移除"),
        RepairKind::Semicolon => ("semicolons removed", "处分号已移除"),
        RepairKind::FullWidth => ("full-width signs replaced", "处全角标点已替换"),
        RepairKind::ControlCharacter => ("line breaks in strings escaped", "处字符串内换行已转义"),
    };
    lang.pick(
        format!("{count} {en}, the first in line {line}"),
        format!("{count} {zh}，首处在第 {line} 行"),
    )
}

fn with_article(kind: &str) -> String {
    match kind.chars().next() {
        Some('a' | 'o' | 'e' | 'i') => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

fn json_zh(kind: &str) -> &str {
    match kind {
        "string" => "字符串",
        "object" => "对象",
        "array" => "数组",
        "number" => "数字",
        "bool" => "布尔值",
        "null" => "空值",
        "comment" => "注释",
        "value" => "值",
        other => other,
    }
}

/// What the text should have gone on with; every word the scanner has for it.
fn expected_zh(expected: &str) -> &str {
    match expected {
        "a value" => "值",
        "a member name" => "字段名",
        "':'" => "冒号 :",
        "',' or '}'" => "逗号 , 或右花括号 }",
        "',' or ']'" => "逗号 , 或右方括号 ]",
        "a digit" => "数字",
        "an escape" => "转义字符",
        "no control character in a string" => "不含控制字符的字符串",
        "the end" => "文本结尾",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finish_is_not_called_success() {
        let outcomes = [Outcome::Succeeded, Outcome::Failed, Outcome::Succeeded];
        assert_eq!(
            verdict(Lang::En, Verdict::PartlyFailed, &outcomes, false),
            "Finished, 1 of 3 failed"
        );
        assert_eq!(
            verdict(Lang::Zh, Verdict::PartlyFailed, &outcomes, false),
            "已结束，3 项中 1 项失败"
        );
    }

    #[test]
    fn one_file_is_not_called_files() {
        let one = "1 file in the folder holds no events and was passed over";
        assert_eq!(skipped(Lang::En, 1), one);
        let two = "2 files in the folder hold no events and were passed over";
        assert_eq!(skipped(Lang::En, 2), two);
    }

    #[test]
    fn a_missing_sub_task_is_said() {
        let text = verdict(Lang::En, Verdict::PartlyFailed, &[Outcome::Succeeded], true);
        assert!(text.contains("missing"), "{text}");
    }

    #[test]
    fn chinese_reasons_hold_no_english_words() {
        let faults = [
            "a value",
            "a member name",
            "':'",
            "',' or '}'",
            "',' or ']'",
            "a digit",
            "an escape",
            "no control character in a string",
            "the end",
        ];
        let syntax = faults.map(|expected| Reason::Syntax {
            expected,
            column: 3,
        });
        let cut = ["string", "number", "object", "array", "value"];
        let cut = cut.map(|inside| Reason::CutOff { inside });
        for found in syntax.iter().chain(&cut) {
            let text = reason(Lang::Zh, found).replace("JSON", "");
            assert!(!text.contains(|c: char| c.is_ascii_alphabetic()), "{text}");
        }
    }

    #[test]
    fn past_and_future_read_apart() {
        assert_eq!(ago(Lang::En, 1_000, 1_000 + 7_200), "2 h ago");
        assert_eq!(ago(Lang::Zh, 1_000, 1_000 + 90), "1 分钟前");
        assert_eq!(ago(Lang::En, 8_000, 1_000), "in 1 h");
    }

    #[test]
    fn row_words_name_what_failed() {
        let counts = RowCounts {
            total: 6,
            ok: 4,
            bad: 2,
            percent: None,
        };
        let en = row_verdict(Lang::En, Verdict::PartlyFailed, counts, "1080p, Cover");
        assert_eq!(en, "2 of 6 failed: 1080p, Cover");
        let zh = row_verdict(Lang::Zh, Verdict::Failed, counts, "源文件损坏");
        assert_eq!(zh, "6 项全部失败：源文件损坏");
    }

    #[test]
    fn success_is_said_once() {
        let counts = RowCounts {
            total: 2,
            ok: 2,
            ..RowCounts::default()
        };
        assert_eq!(
            row_verdict(Lang::Zh, Verdict::Ok, counts, ""),
            "2 项全部成功"
        );
        let outcomes = [Outcome::Succeeded; 2];
        let header = verdict(Lang::Zh, Verdict::Ok, &outcomes, false);
        assert_eq!(header, "成功，2 项子任务全部完成");
    }
}
