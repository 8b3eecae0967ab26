//! Sentences about writing events out of the archive.

use super::archive::archive_fault;
use super::format;
use crate::model::{ExportFault, ExportProgress, Exported, Lang};

/// "1,240 events exported, 3.1 MB".
pub fn exported(lang: Lang, exported: &Exported) -> String {
    let (n, size) = (
        format::count(exported.records),
        format::size(exported.bytes),
    );
    let en = if exported.records == 1 {
        "event"
    } else {
        "events"
    };
    lang.pick(
        format!("{n} {en} exported, {size}"),
        format!("已导出 {n} 条事件，{size}"),
    )
}

/// What could not be written because there was nothing to write.
pub fn left_out(lang: Lang, exported: &Exported) -> Option<String> {
    let (damaged, blank) = (exported.damaged, exported.blank);
    let (d, b) = (format::count(damaged), format::count(blank));
    let damaged = (damaged > 0).then(|| lang.pick(format!("{d} damaged"), format!("{d} 条已损坏")));
    let blank = (blank > 0).then(|| lang.pick(format!("{b} empty"), format!("{b} 条为空")));
    let parts: Vec<String> = [damaged, blank].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| {
        lang.pick(
            format!("Left out: {}", parts.join(", ")),
            format!("未导出：{}", parts.join("，")),
        )
    })
}

/// "Exporting: 1,240 events, 42 %".
pub fn progress(lang: Lang, progress: &ExportProgress) -> String {
    let n = format::count(progress.exported.records);
    let share = (progress.read as f64 / progress.total.max(1) as f64).min(1.0);
    let percent = format::percent(share);
    lang.pick(
        format!("Exporting: {n} events, {percent}"),
        format!("正在导出：{n} 条事件，{percent}"),
    )
}

/// What was done to records that span lines, for each to stand on one.
pub fn spelled(lang: Lang, exported: &Exported) -> Option<String> {
    let (compacted, wrapped) = (exported.compacted, exported.wrapped);
    let (c, w) = (format::count(compacted), format::count(wrapped));
    let compacted = (compacted > 0).then(|| {
        lang.pick(
            format!("{c} without the white space between tokens"),
            format!("{c} 条去掉了 JSON 记号之间的空白"),
        )
    });
    let wrapped = (wrapped > 0).then(|| {
        lang.pick(
            format!("{w} that are no JSON inside an object (received_text or received_base64)"),
            format!("{w} 条不是 JSON，放入对象的 received_text 或 received_base64 中"),
        )
    });
    let parts: Vec<String> = [compacted, wrapped].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| {
        lang.pick(
            format!("To stand on one line: {}", parts.join(", ")),
            format!("为写成一行：{}", parts.join("，")),
        )
    })
}

/// Why it came to nothing, or to less than all, and what to do.
pub fn export_fault(lang: Lang, fault: &ExportFault) -> String {
    let (en, zh) = match fault {
        ExportFault::Exists => (
            "A file of that name is there already. Choose another name",
            "同名文件已存在，请换一个名称",
        ),
        ExportFault::Database => (
            "A database stands there, such as the archive itself, and is never replaced. Choose another name",
            "该文件是数据库（例如归档本身），不会被覆盖。请换一个名称",
        ),
        ExportFault::Folder => (
            "Nothing was written: a folder stands there. Choose another name",
            "未写入任何内容：该位置是一个文件夹，请换一个名称",
        ),
        ExportFault::Crowded => (
            "Nothing was written: too many unfinished files stand in the folder. Delete those that end in .partial, or choose another folder",
            "未写入任何内容：文件夹中未写完的文件过多，请删除以 .partial 结尾的文件或另选文件夹",
        ),
        ExportFault::NoFolder => (
            "Nothing was written: the folder is not there. Make it, or choose another",
            "未写入任何内容：文件夹不存在，请先创建或另选",
        ),
        ExportFault::DiskFull => (
            "Nothing was written: the disk is full. Free some space, or choose another place",
            "未写入任何内容：磁盘已满，请腾出空间或另选位置",
        ),
        ExportFault::Closed => ("The reader of the output is gone", "输出端已关闭"),
        ExportFault::NoArchive => ("There is no archive yet", "还没有归档"),
        ExportFault::Cancelled => (
            "Exporting was stopped: no file was written",
            "导出已停止，没有写入文件",
        ),
        ExportFault::ReadOnly { why } => {
            return lang.pick(
                format!("Nothing can be written there ({why}). Choose another place"),
                format!("无法写入该位置（{why}），请另选位置"),
            );
        }
        ExportFault::Archive(fault) => return archive_fault(lang, fault),
        ExportFault::Incomplete(why) => return incomplete(lang, why),
        ExportFault::Unsure { why } => {
            return lang.pick(
                format!("The file is there and whole, but the system does not say that it is on disk ({why}). Check the disk and export again"),
                format!("文件已完整写入，但系统未能确认其已落盘（{why}）。请检查磁盘后重新导出"),
            );
        }
        ExportFault::Other { why } => {
            return lang.pick(
                format!("Exporting failed ({why}): no file was written"),
                format!("导出失败（{why}），没有写入文件"),
            );
        }
    };
    lang.pick(en, zh).to_owned()
}

/// What was written before cannot be taken back.
fn incomplete(lang: Lang, why: &ExportFault) -> String {
    let cause = match why {
        ExportFault::Cancelled => lang.pick("it was stopped", "导出被停止").to_owned(),
        ExportFault::DiskFull => lang.pick("the disk is full", "磁盘已满").to_owned(),
        ExportFault::ReadOnly { why } | ExportFault::Other { why } => why.clone(),
        why => {
            let why = export_fault(lang, why);
            return lang.pick(
                format!("The output is cut short and not all there is. {why}"),
                format!("输出不完整，只有一部分。{why}"),
            );
        }
    };
    lang.pick(
        format!(
            "The output is cut short and not all there is: {cause}. Export again for the whole"
        ),
        format!("输出不完整，只有一部分：{cause}。请重新导出"),
    )
}

/// "that arrived from … and before …".
pub fn span(lang: Lang, since: Option<&str>, until: Option<&str>) -> String {
    match (since, until) {
        (None, None) => lang.pick("everything there is", "即全部内容").to_owned(),
        (Some(since), None) => lang.pick(
            format!("that arrived since {since}"),
            format!("即 {since} 之后收到的"),
        ),
        (None, Some(until)) => lang.pick(
            format!("that arrived before {until}"),
            format!("即 {until} 之前收到的"),
        ),
        (Some(since), Some(until)) => lang.pick(
            format!("that arrived since {since} and before {until}"),
            format!("即 {since} 至 {until} 之间收到的"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArchiveFault;

    const EXPORTED: Exported = Exported {
        records: 1_240,
        bytes: 3_100_000,
        damaged: 2,
        blank: 1,
        compacted: 0,
        wrapped: 0,
    };

    #[test]
    fn what_was_written_and_what_was_not_is_counted() {
        assert_eq!(
            exported(Lang::En, &EXPORTED),
            "1,240 events exported, 3.1 MB"
        );
        assert_eq!(
            left_out(Lang::En, &EXPORTED).as_deref(),
            Some("Left out: 2 damaged, 1 empty")
        );
        assert_eq!(
            left_out(Lang::Zh, &EXPORTED).as_deref(),
            Some("未导出：2 条已损坏，1 条为空")
        );
        assert_eq!(left_out(Lang::En, &Exported::default()), None);
    }

    #[test]
    fn what_became_of_records_that_span_lines_is_counted() {
        let exported = Exported {
            compacted: 2,
            wrapped: 1,
            ..EXPORTED
        };
        assert_eq!(
            spelled(Lang::En, &exported).as_deref(),
            Some(
                "To stand on one line: 2 without the white space between tokens, 1 that are no JSON inside an object (received_text or received_base64)"
            )
        );
        assert_eq!(spelled(Lang::En, &EXPORTED), None);
    }

    #[test]
    fn nobody_is_told_that_nothing_was_written_where_something_was() {
        for why in [
            ExportFault::DiskFull,
            ExportFault::Cancelled,
            ExportFault::Archive(ArchiveFault::Busy),
            ExportFault::Other {
                why: "x".to_owned(),
            },
        ] {
            let fault = ExportFault::Incomplete(Box::new(why));
            let told = export_fault(Lang::En, &fault);
            assert!(told.starts_with("The output is cut short"), "{told}");
            assert!(
                !told.contains("no file") && !told.contains("Nothing"),
                "{told}"
            );
        }
        let told = export_fault(
            Lang::En,
            &ExportFault::Unsure {
                why: "x".to_owned(),
            },
        );
        assert!(told.starts_with("The file is there and whole"), "{told}");
    }

    #[test]
    fn an_empty_archive_is_no_division() {
        let told = progress(Lang::En, &ExportProgress::default());
        assert_eq!(told, "Exporting: 0 events, 0.0 %");
    }
}
