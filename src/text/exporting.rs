//! Sentences about writing events out of the archive.

use super::format;
use super::live::archive_fault;
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

/// Why nothing was written, and what to do.
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
        ExportFault::Other { why } => {
            return lang.pick(
                format!("Exporting failed ({why}): no file was written"),
                format!("导出失败（{why}），没有写入文件"),
            );
        }
    };
    lang.pick(en, zh).to_owned()
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

    const EXPORTED: Exported = Exported {
        records: 1_240,
        bytes: 3_100_000,
        damaged: 2,
        blank: 1,
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
    fn an_empty_archive_is_no_division() {
        let told = progress(Lang::En, &ExportProgress::default());
        assert_eq!(told, "Exporting: 0 events, 0.0 %");
    }
}
