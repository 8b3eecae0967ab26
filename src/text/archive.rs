//! Sentences about what is kept on this machine.

use super::format;
use crate::model::{ArchiveFault, Lang};

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
    fn a_damaged_entry_is_no_damaged_archive() {
        let told = archive_fault(Lang::En, &ArchiveFault::Entry { id: 7 });
        assert!(
            told.starts_with("Entry 7 of the archive is damaged, the others"),
            "{told}"
        );
    }
}
