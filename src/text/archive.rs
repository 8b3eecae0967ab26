//! Sentences about what is kept on this machine.

use super::format;
use crate::model::{ArchiveFault, Lang, Zone};

/// Why the archive cannot be used, and what that means.
pub fn archive_fault(lang: Lang, fault: &ArchiveFault) -> String {
    let (en, zh) = match fault {
        ArchiveFault::ReadOnly { why } => {
            return lang.pick(
                format!("The archive cannot be written ({why}): nothing is confirmed or answered."),
                format!("归档不可写（{why}）：不会确认或应答任何事件。"),
            );
        }
        ArchiveFault::Corrupt { why } => {
            return lang.pick(
                format!("The archive is damaged ({why}). It is left as it is: move it away to begin a new one."),
                format!("归档已损坏（{why}）。文件保持原样：移走后会新建。"),
            );
        }
        ArchiveFault::Entry { id } => return entry(lang, *id),
        ArchiveFault::TooLong { limit } => {
            let limit = format::size(*limit);
            return lang.pick(
                format!("An event is longer than the archive takes ({limit}): it was not stored."),
                format!("事件超过归档允许的长度（{limit}），没有保存。"),
            );
        }
        ArchiveFault::TooNew { version } => {
            return lang.pick(
                format!(
                    "The archive was made by a newer vodscope (version {version}). Use that one."
                ),
                format!("归档由更新版本的 vodscope 创建（版本 {version}），请使用新版本。"),
            );
        }
        ArchiveFault::Other { why } => {
            return lang.pick(
                format!("The archive cannot be used: {why}."),
                format!("归档不可用：{why}。"),
            );
        }
        ArchiveFault::DiskFull => (
            "The disk is full: nothing more is stored, confirmed or answered. Free some space.",
            "磁盘已满：不再保存，也不再确认或应答。请腾出空间。",
        ),
        ArchiveFault::Foreign => (
            "Another program's database stands in the archive's place. It is left as it is: name another file for the archive.",
            "归档的位置上是其他程序的数据库。文件保持原样：请为归档指定其他文件。",
        ),
        ArchiveFault::Folder => (
            "A folder stands in the archive's place. Name a file for the archive.",
            "归档的位置上是一个文件夹，请为归档指定文件。",
        ),
        ArchiveFault::Busy => (
            "Another program holds the archive. Close it or wait.",
            "归档被其他程序占用，请关闭该程序或稍候。",
        ),
    };
    lang.pick(en, zh).to_owned()
}

fn entry(lang: Lang, id: i64) -> String {
    lang.pick(
        format!("Entry {id} of the archive is damaged, the others are not. Pull it again while the cloud still has it."),
        format!("归档条目 {id} 已损坏，其余条目不受影响。云端仍保留时可重新拉取。"),
    )
}

pub fn archive_deleted(lang: Lang, events: u64) -> String {
    let n = format::count(events);
    let en = if events == 1 { "event" } else { "events" };
    lang.pick(
        format!("{n} {en} deleted from this machine"),
        format!("已从本机删除 {n} 条事件"),
    )
}

/// What arrived from the first time on and before the second; open where there is none.
pub fn arrived(lang: Lang, zone: Zone, (since, until): (Option<i64>, Option<i64>)) -> String {
    let time = |unix| format::date_time(unix, zone);
    match (since.map(time), until.map(time)) {
        (None, None) => lang
            .pick("everything that was pulled or received", "全部内容")
            .to_owned(),
        (Some(since), None) => lang.pick(
            format!("what arrived from {since} on"),
            format!("{since} 起收到的内容"),
        ),
        (None, Some(until)) => lang.pick(
            format!("what arrived before {until}"),
            format!("{until} 之前收到的内容"),
        ),
        (Some(since), Some(until)) => lang.pick(
            format!("what arrived from {since} on and before {until}"),
            format!("{since} 起、{until} 之前收到的内容"),
        ),
    }
}

fn deliveries(lang: Lang, count: u64) -> String {
    let n = format::count(count);
    let en = if count == 1 { "delivery" } else { "deliveries" };
    lang.pick(format!("{n} {en}"), format!("{n} 次投递"))
}

/// "1,240 deliveries, 3.1 MB as received: what arrived …".
pub fn held(lang: Lang, arrived: &str, (count, bytes): (u64, u64)) -> String {
    let (many, size) = (deliveries(lang, count), format::size(bytes));
    if count == 0 {
        return lang.pick(format!("{many}: {arrived}"), format!("{many}：{arrived}"));
    }
    lang.pick(
        format!("{many}, {size} as received: {arrived}"),
        format!("{many}，收到时共 {size}：{arrived}"),
    )
}

/// While it is not known how much that is.
pub fn counting(lang: Lang, arrived: &str) -> String {
    lang.pick(
        format!("Counting {arrived}"),
        format!("正在统计：{arrived}"),
    )
}

/// The second step of deleting; the number where it is known.
pub fn delete_question(lang: Lang, arrived: &str, count: Option<u64>) -> String {
    let many = count.map(|count| deliveries(lang, count));
    let (en, zh) = match many {
        Some(many) => (format!(" ({many})"), format!("（{many}）")),
        None => (String::new(), String::new()),
    };
    lang.pick(
        format!("Delete from this machine {arrived}{en}? What the cloud has forgotten cannot be had back."),
        format!("从本机删除{}{zh}？云端已遗忘的将无法找回。", spaced(arrived)),
    )
}

/// Between a Chinese character and a digit stands a space.
fn spaced(text: &str) -> String {
    let space = if text.starts_with(|c: char| c.is_ascii()) {
        " "
    } else {
        ""
    };
    format!("{space}{text}")
}

pub fn deliveries_deleted(lang: Lang, count: u64) -> String {
    let many = deliveries(lang, count);
    lang.pick(
        format!("{many} deleted from this machine"),
        format!("已从本机删除 {many}"),
    )
}

/// Deleting goes in steps: what went before the fault is gone.
pub fn delete_failed(lang: Lang, fault: &ArchiveFault) -> String {
    let why = archive_fault(lang, fault);
    lang.pick(
        format!("Not all of it was deleted. {why}"),
        format!("未能全部删除。{why}"),
    )
}

/// Events that were older or more than is kept.
pub fn outlived(lang: Lang, events: u64) -> String {
    let deleted = archive_deleted(lang, events);
    lang.pick(
        format!("{deleted}: the archive keeps no more, as set in the window"),
        format!("{deleted}：超出了窗口中设置的归档保留范围"),
    )
}

/// Said before the reason.
pub fn not_kept_up(lang: Lang) -> &'static str {
    lang.pick(
        "What the archive keeps no longer could not be deleted; it is tried again in an hour",
        "未能删除超出归档保留范围的内容，一小时后再试",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cause_that_is_ours_is_told_in_the_other_language() {
        for fault in [
            ArchiveFault::DiskFull,
            ArchiveFault::Entry { id: 7 },
            ArchiveFault::TooLong { limit: 16_777_215 },
            ArchiveFault::TooNew { version: 9 },
            ArchiveFault::Foreign,
            ArchiveFault::Folder,
            ArchiveFault::Busy,
        ] {
            let zh = archive_fault(Lang::Zh, &fault);
            let words = zh.replace("vodscope", "").replace("MB", "");
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{zh}");
            let en = archive_fault(Lang::En, &fault);
            assert!(en.is_ascii() && en.ends_with('.'), "{en}");
        }
    }

    #[test]
    fn a_range_is_told_to_the_second_with_its_zone() {
        let noon = 43_200;
        let told = |since, until| arrived(Lang::En, Zone::Beijing, (since, until));
        assert_eq!(
            told(Some(0), Some(noon)),
            "what arrived from 1970-01-01 08:00:00 +08:00 on and before 1970-01-01 20:00:00 +08:00"
        );
        assert_eq!(
            told(None, Some(7)),
            "what arrived before 1970-01-01 08:00:07 +08:00"
        );
        assert_eq!(
            arrived(Lang::Zh, Zone::Utc, (Some(0), None)),
            "1970-01-01 00:00:00 +00:00 起收到的内容"
        );
    }

    #[test]
    fn what_is_held_is_told_with_its_number() {
        let all = arrived(Lang::En, Zone::Utc, (None, None));
        assert_eq!(
            held(Lang::En, &all, (1, 3_100_000)),
            "1 delivery, 3.1 MB as received: everything that was pulled or received"
        );
        assert_eq!(held(Lang::Zh, "全部内容", (0, 0)), "0 次投递：全部内容");
    }

    #[test]
    fn the_question_names_what_goes_and_that_it_may_be_gone_for_good() {
        let told = delete_question(Lang::En, "what arrived", Some(1_240));
        assert!(
            told.starts_with("Delete from this machine what arrived (1,240 deliveries)? What"),
            "{told}"
        );
        let since = arrived(Lang::Zh, Zone::Utc, (Some(0), None));
        let told = delete_question(Lang::Zh, &since, None);
        assert!(told.starts_with("从本机删除 1970-01-01"), "{told}");
        let told = delete_question(Lang::Zh, "全部内容", Some(2));
        assert!(
            told.starts_with("从本机删除全部内容（2 次投递）？"),
            "{told}"
        );
    }

    #[test]
    fn a_damaged_entry_is_no_damaged_archive() {
        let told = archive_fault(Lang::En, &ArchiveFault::Entry { id: 7 });
        assert!(
            told.starts_with("Entry 7 of the archive is damaged, the others"),
            "{told}"
        );
    }
}
