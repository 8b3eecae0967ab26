//! Sentences of the bars, the list header, the drop target and the load report.

use super::format;
use crate::model::{Civil, Lang, Zone};

/// What was read in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Readable or not.
    pub records: usize,
    pub unreadable: usize,
    /// Events that joined a task already listed.
    pub repeats: usize,
    pub tasks: usize,
}

/// "12,000 records · 3 unreadable · 577 repeats merged · 11,420 tasks".
pub fn totals(lang: Lang, totals: Totals) -> String {
    let Totals {
        records,
        unreadable,
        repeats,
        tasks,
    } = totals;
    let mut parts = vec![lang.pick(
        plural(records, "record", "records"),
        format!("{} 条记录", format::len(records)),
    )];
    if unreadable > 0 {
        let n = format::len(unreadable);
        parts.push(lang.pick(format!("{n} unreadable"), format!("{n} 条不可读")));
    }
    if repeats > 0 {
        let n = format::len(repeats);
        let en = format!("{} merged", plural(repeats, "repeat", "repeats"));
        parts.push(lang.pick(en, format!("合并重复 {n} 条")));
    }
    parts.push(lang.pick(
        plural(tasks, "task", "tasks"),
        format!("{} 个任务", format::len(tasks)),
    ));
    parts.join(lang.pick(" · ", "，"))
}

/// "1 task", "11,420 tasks".
pub fn tasks(lang: Lang, n: usize) -> String {
    lang.pick(
        plural(n, "task", "tasks"),
        format!("{} 个任务", format::len(n)),
    )
}

/// "104.8 MB indexed in 0.19 s".
pub fn indexed(lang: Lang, bytes: u64, secs: f64) -> String {
    let size = format::size(bytes);
    lang.pick(
        format!("{size} indexed in {secs:.2} s"),
        format!("{size}，建索引用时 {secs:.2} 秒"),
    )
}

/// "Reading vod.json, 45 %, 210.0 MB/s".
pub fn reading(lang: Lang, name: &str, share: Option<f32>, bytes_per_sec: u64) -> String {
    let rate = format::size(bytes_per_sec);
    let part = share.map_or(String::new(), |share| format!(" {:.0} %", share * 100.0));
    lang.pick(
        format!("Reading {name}{part}, {rate}/s"),
        format!("正在读取 {name}{part}，{rate}/秒"),
    )
}

/// "3 unreadable".
pub fn unreadable(lang: Lang, n: usize) -> String {
    let n = format::len(n);
    lang.pick(format!("{n} unreadable"), format!("{n} 条不可读"))
}

/// "6 more".
pub fn more(lang: Lang, n: usize) -> String {
    let n = format::len(n);
    lang.pick(format!("{n} more"), format!("还有 {n} 项"))
}

/// "12 new tasks above".
pub fn new_above(lang: Lang, n: usize) -> String {
    let count = format::len(n);
    let en = if n == 1 {
        "new task above"
    } else {
        "new tasks above"
    };
    lang.pick(format!("{count} {en}"), format!("上方有 {count} 个新任务"))
}

/// What stands for the verdict of an event that tells none: "`FileDeleted` event".
pub fn event_of_type(lang: Lang, event_type: &str) -> String {
    match event_type {
        "" => lang.pick("Unknown event".to_owned(), "未知事件".to_owned()),
        name => lang.pick(format!("{name} event"), format!("{name} 事件")),
    }
}

/// "failed share 9.4 %".
pub fn failed_share(lang: Lang, failed: u32, all: u32) -> String {
    let share = format::percent(f64::from(failed) / f64::from(all.max(1)));
    lang.pick(format!("failed share {share}"), format!("失败占比 {share}"))
}

/// "1,071 failed".
pub fn failed_count(lang: Lang, failed: u32) -> String {
    let n = format::count(u64::from(failed));
    lang.pick(format!("{n} failed"), format!("失败 {n}"))
}

/// "31 tasks, 4 failed".
pub fn bar_words(lang: Lang, all: u32, failed: u32) -> String {
    let tasks = tasks(lang, usize::try_from(all).unwrap_or(usize::MAX));
    match failed {
        0 => tasks,
        n => format!("{tasks}{}{}", lang.pick(", ", "，"), failed_count(lang, n)),
    }
}

/// "21 Nov".
pub fn day(lang: Lang, unix: i64, zone: Zone) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let Some(civil) = Civil::at(unix, zone) else {
        return format::MISSING.to_owned();
    };
    let at = usize::try_from(civil.month).unwrap_or(0).wrapping_sub(1);
    let month = MONTHS.get(at).copied().unwrap_or_default();
    lang.pick(
        format!("{} {month}", civil.day),
        format!("{:02}-{:02}", civil.month, civil.day),
    )
}

/// "20 Nov 15:00 – 21 Nov 15:00"; the second day is left out where it is the first.
pub fn span(lang: Lang, from: i64, to: i64, zone: Zone) -> String {
    let whole_minutes = from % 60 == 0 && to % 60 == 0;
    let clock = |unix| {
        if whole_minutes {
            format::clock_minutes(unix, zone)
        } else {
            format::clock(unix, zone)
        }
    };
    let (first, last) = (day(lang, from, zone), day(lang, to, zone));
    if first == last && to - from < 86_400 {
        format!("{first} {} – {}", clock(from), clock(to))
    } else {
        format!("{first} {} – {last} {}", clock(from), clock(to))
    }
}

/// "Drop to open 2 of 3 files".
pub fn drop_title(lang: Lang, readable: usize, all: usize) -> String {
    let (n, m) = (format::len(readable), format::len(all));
    if readable == all {
        let en = plural(all, "file", "files");
        return lang.pick(
            format!("Drop to open {en}"),
            format!("松开以打开 {m} 个文件"),
        );
    }
    lang.pick(
        format!("Drop to open {n} of {m} files"),
        format!("松开以打开 {m} 个文件中的 {n} 个"),
    )
}

/// "3 of 12,000 records and 1 source could not be read"; `sources` failed as a whole.
pub fn report_title(lang: Lang, totals: Totals, sources: usize) -> String {
    let n = format::len(totals.unreadable);
    let records = lang.pick(
        format!("{n} of {}", plural(totals.records, "record", "records")),
        format!("{} 条记录中有 {n} 条", format::len(totals.records)),
    );
    let failed = lang.pick(
        plural(sources, "source", "sources"),
        format!("{} 个来源", format::len(sources)),
    );
    let what = match (totals.unreadable, sources) {
        (0, 1..) => failed,
        (_, 0) => records,
        _ => lang.pick(
            format!("{records} and {failed}"),
            format!("{records}、另有 {failed}"),
        ),
    };
    lang.pick(
        format!("{what} could not be read"),
        format!("{what}无法读取"),
    )
}

/// "11,997 were loaded and are in the list".
pub fn report_loaded(lang: Lang, loaded: usize) -> String {
    let n = format::len(loaded);
    let en = match loaded {
        0 => "Nothing was loaded".to_owned(),
        1 => "1 was loaded and is in the list".to_owned(),
        _ => format!("{n} were loaded and are in the list"),
    };
    lang.pick(en, format!("已载入 {n} 条，可在列表中查看"))
}

/// "1,204 lines without JSON".
pub fn text_lines(lang: Lang, lines: u64) -> String {
    let n = format::count(lines);
    let en = if lines == 1 { "line" } else { "lines" };
    lang.pick(format!("{n} {en} without JSON"), format!("{n} 行不含 JSON"))
}

/// "577 repeats with the same TaskId were folded into their task, so 11,997 records make 11,420 rows."
pub fn repeats(lang: Lang, repeats: usize, records: usize, tasks: usize) -> String {
    let (n, from, to) = (
        format::len(repeats),
        format::len(records),
        format::len(tasks),
    );
    lang.pick(
        format!(
            "{} with the same TaskId {} folded into {} task, so {from} records make {}.",
            plural(repeats, "repeat", "repeats"),
            if repeats == 1 { "was" } else { "were" },
            if tasks == 1 { "one" } else { "their" },
            plural(tasks, "row", "rows"),
        ),
        format!("{n} 条 TaskId 相同的重复事件已并入各自的任务，{from} 条记录合为 {to} 行。"),
    )
}

/// "Remove verdict: all failed".
pub fn remove_named(lang: Lang, what: &str) -> String {
    lang.pick(format!("Remove {what}"), format!("移除 {what}"))
}

/// "The filter verdict: all failed leaves nothing over".
pub fn excluded_by(lang: Lang, what: &str) -> String {
    lang.pick(
        format!("The filter {what} leaves nothing over."),
        format!("筛选 {what} 排除了所有任务。"),
    )
}

fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", format::len(n), if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_leave_out_what_is_nothing() {
        let all = Totals {
            records: 12_000,
            unreadable: 3,
            repeats: 577,
            tasks: 11_420,
        };
        assert_eq!(
            totals(Lang::En, all),
            "12,000 records · 3 unreadable · 577 repeats merged · 11,420 tasks"
        );
        assert_eq!(
            totals(Lang::Zh, all),
            "12,000 条记录，3 条不可读，合并重复 577 条，11,420 个任务"
        );
        let one = Totals {
            records: 1,
            tasks: 1,
            ..Totals::default()
        };
        assert_eq!(totals(Lang::En, one), "1 record · 1 task");
    }

    #[test]
    fn a_span_within_a_day_names_the_day_once() {
        let from = 1_795_240_800;
        assert_eq!(
            span(Lang::En, from, from + 3_600, Zone::Utc),
            "21 Nov 06:00 – 07:00"
        );
        assert_eq!(
            span(Lang::En, from, from + 86_400, Zone::Utc),
            "21 Nov 06:00 – 22 Nov 06:00"
        );
    }

    #[test]
    fn the_report_tells_records_from_whole_sources() {
        let title = |lang, unreadable, sources| {
            let records = 25;
            let totals = Totals {
                records,
                unreadable,
                ..Totals::default()
            };
            report_title(lang, totals, sources)
        };
        assert_eq!(title(Lang::En, 7, 0), "7 of 25 records could not be read");
        assert_eq!(title(Lang::En, 0, 1), "1 source could not be read");
        assert_eq!(
            title(Lang::En, 7, 2),
            "7 of 25 records and 2 sources could not be read"
        );
        assert_eq!(
            title(Lang::Zh, 7, 1),
            "25 条记录中有 7 条、另有 1 个来源无法读取"
        );
    }

    #[test]
    fn repeats_agree_in_number() {
        assert_eq!(
            repeats(Lang::En, 1, 2, 1),
            "1 repeat with the same TaskId was folded into one task, so 2 records make 1 row."
        );
        assert!(repeats(Lang::En, 577, 11_997, 11_420).starts_with("577 repeats"));
    }

    #[test]
    fn the_drop_title_counts_what_will_open() {
        assert_eq!(drop_title(Lang::En, 2, 3), "Drop to open 2 of 3 files");
        assert_eq!(drop_title(Lang::En, 1, 1), "Drop to open 1 file");
    }
}
