//! Sentences with numbers about pulls of tasks, and what live sources are called.

use super::{format, frame, sentence};
use crate::model::{
    ArchiveSettings, Lang, LiveSpec, SourceId, SourceInfo, TaskPull, UnfinishedPull, Zone,
};

const DAY: i64 = 86_400;

/// What a live source is called: "prod-edu, tasks"; a file by its name.
pub fn source_name(lang: Lang, info: &SourceInfo, now_unix: i64) -> String {
    match &info.live {
        None => info.name.clone(),
        Some(LiveSpec::Tasks { profile, pull }) => {
            let (en, zh) = match pull {
                TaskPull::List(_) | TaskPull::Resume { .. } => ("tasks", "任务"),
                TaskPull::Task(_) => ("one task", "单个任务"),
                TaskPull::File(_) => ("one file", "单个文件"),
                TaskPull::Watch(_) => ("watched task", "关注的任务"),
            };
            beside(lang, &profile.name, lang.pick(en, zh))
        }
        Some(LiveSpec::Queue { profile }) => {
            beside(lang, &profile.name, lang.pick("queue", "队列"))
        }
        Some(LiveSpec::Listen(spec)) => {
            let port = spec.addr.port();
            lang.pick(format!("Callbacks :{port}"), format!("回调 :{port}"))
        }
        Some(LiveSpec::Archive { since_unix }) => archive_name(lang, *since_unix, now_unix),
    }
}

/// The same among others: of those called alike, the second and later ones have a number.
pub fn numbered_name<'a>(
    lang: Lang,
    sources: impl Iterator<Item = &'a SourceInfo>,
    of: SourceId,
    now_unix: i64,
) -> String {
    let mut before = Vec::new();
    for info in sources {
        let name = source_name(lang, info, now_unix);
        if info.id == of {
            let alike = before.iter().filter(|other| **other == name).count();
            return match alike {
                0 => name,
                n => format!("{name} {}", n + 1),
            };
        }
        if info.live.is_some() {
            before.push(name);
        }
    }
    String::new()
}

/// Keys that were to be kept in the keyring and are not.
pub fn keys_not_kept(lang: Lang, profile: &str) -> String {
    lang.pick(
        format!("The keys of {profile} are not in the keyring; they are held until you quit"),
        format!("{profile} 的密钥未能存入密钥环，只保留到退出为止"),
    )
}

/// Why keys stayed where they were.
pub fn keys_not_forgotten(lang: Lang, profile: &str, why: &str) -> String {
    lang.pick(
        format!(
            "The keyring still holds the keys of {profile}: {why}. Delete them with the system's own keyring program."
        ),
        format!("密钥环仍保存着 {profile} 的密钥：{why}。请用系统的密钥管理程序删除。"),
    )
}

fn beside(lang: Lang, name: &str, what: &str) -> String {
    lang.pick(format!("{name}, {what}"), format!("{name}，{what}"))
}

/// "Archive, 7 days".
fn archive_name(lang: Lang, since_unix: Option<i64>, now_unix: i64) -> String {
    let Some(since) = since_unix else {
        return lang.pick("Archive, all of it", "归档，全部").to_owned();
    };
    // The span was counted from a moment ago.
    let days = ((now_unix - since + DAY / 2) / DAY).max(1);
    lang.pick(
        format!("Archive, {days} {}", if days == 1 { "day" } else { "days" }),
        format!("归档，{days} 天"),
    )
}

/// "Pull from prod-edu".
pub fn pull_title(lang: Lang, profile: &str, pull: &TaskPull) -> String {
    match pull {
        TaskPull::List(_) | TaskPull::Resume { .. } => {
            lang.pick(format!("Pull from {profile}"), format!("从 {profile} 拉取"))
        }
        TaskPull::Task(_) => lang.pick(
            format!("One task of {profile}"),
            format!("{profile} 的单个任务"),
        ),
        TaskPull::File(_) => lang.pick(
            format!("One file of {profile}"),
            format!("{profile} 的单个文件"),
        ),
        TaskPull::Watch(_) => lang.pick(
            format!("Watching a task of {profile}"),
            format!("正在关注 {profile} 的任务"),
        ),
    }
}

/// "started 2026-11-21 14:41:08 +08:00".
pub fn started(lang: Lang, unix: i64, zone: Zone) -> String {
    let time = format::date_time(unix, zone);
    lang.pick(format!("started {time}"), format!("开始于 {time}"))
}

/// "18 Nov 14:40 – 21 Nov 14:40".
pub fn asked_span(lang: Lang, since_unix: i64, until_unix: i64, zone: Zone) -> String {
    let minute = |unix: i64| unix - unix.rem_euclid(60);
    frame::span(lang, minute(since_unix), minute(until_unix), zone)
}

/// "12 pages, 1,200 tasks".
pub fn pages(lang: Lang, pages: u64, tasks: u64) -> String {
    let (p, t) = (format::count(pages), format::count(tasks));
    lang.pick(
        format!(
            "{}, {}",
            counted(pages, "page", "pages"),
            counted(tasks, "task", "tasks")
        ),
        format!("{p} 页，{t} 个任务"),
    )
}

fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", format::count(n), if n == 1 { one } else { many })
}

/// "6,412 of 9,870".
pub fn done_of(lang: Lang, done: u64, all: u64) -> String {
    let (n, m) = (format::count(done), format::count(all));
    lang.pick(format!("{n} of {m}"), format!("{n} / {m}"))
}

/// "3,100 were on this machine already".
pub fn known_before(lang: Lang, tasks: u64) -> String {
    let n = format::count(tasks);
    let en = if tasks == 1 { "was" } else { "were" };
    lang.pick(
        format!("{n} {en} on this machine already"),
        format!("其中 {n} 个本机已有"),
    )
}

/// "20 / s, 2m53s left".
pub fn rate_left(lang: Lang, rate: f64, secs_left: Option<f64>) -> String {
    let rate = rate.round();
    match secs_left.map(format::duration) {
        Some(left) => lang.pick(
            format!("{rate} / s, {left} left"),
            format!("{rate} 次/秒，剩余 {left}"),
        ),
        None => lang.pick(format!("{rate} / s"), format!("{rate} 次/秒")),
    }
}

/// "limit 20, paused by the cloud 3 times".
pub fn plot_caption(lang: Lang, limit: u32, slowed: u32) -> String {
    let (en, zh) = match slowed {
        0 => (String::new(), String::new()),
        1 => (
            ", paused by the cloud once".to_owned(),
            "，被云端限速 1 次".to_owned(),
        ),
        n => (
            format!(", paused by the cloud {n} times"),
            format!("，被云端限速 {n} 次"),
        ),
    };
    lang.pick(format!("limit {limit}{en}"), format!("上限 {limit}{zh}"))
}

/// "214 tasks leave the cloud within 5 h. They are fetched first."
pub fn leaving_soon(lang: Lang, tasks: u64, ended: bool) -> String {
    if tasks == 0 {
        return lang
            .pick(
                "No listed task leaves the cloud within 5 h.",
                "列出的任务在 5 小时内都不会从云端消失。",
            )
            .to_owned();
    }
    let n = format::count(tasks);
    let (leave, were) = match (tasks, ended) {
        (1, true) => ("task leaves", "It was fetched first."),
        (1, false) => ("task leaves", "It is fetched first."),
        (_, true) => ("tasks leave", "They were fetched first."),
        (_, false) => ("tasks leave", "They are fetched first."),
    };
    lang.pick(
        format!("{n} {leave} the cloud within 5 h. {were}"),
        format!("{n} 个任务将在 5 小时内从云端消失，已优先获取。"),
    )
}

/// "A pull of 18 Nov 14:40 – 21 Nov 14:40 stopped after 1,200 tasks, 2 h ago."
pub fn unfinished(lang: Lang, pull: &UnfinishedPull, now_unix: i64, zone: Zone) -> String {
    let stopped = pull.updated_ms.div_euclid(1_000);
    let query = &pull.query;
    let until = query.until_unix.unwrap_or(pull.begun_ms.div_euclid(1_000));
    let span = asked_span(lang, query.since_unix, until, zone);
    let ago = sentence::ago(lang, stopped, now_unix);
    let tasks = counted(pull.listed, "task", "tasks");
    let n = format::count(pull.listed);
    lang.pick(
        format!("A pull of {span} stopped after {tasks}, {ago}."),
        format!("{span} 的拉取在列出 {n} 个任务后停止（{ago}）。"),
    )
}

/// "2 others…"
pub fn other_unfinished(lang: Lang, others: usize) -> String {
    let n = format::len(others);
    let more = if others == 1 { "other" } else { "others" };
    lang.pick(format!("{n} {more}…"), format!("另有 {n} 个…"))
}

/// "3 details could not be had."
pub fn details_failed(lang: Lang, tasks: u64) -> String {
    let n = format::count(tasks);
    lang.pick(
        format!(
            "{} could not be had. Retry asks for nothing else.",
            counted(tasks, "detail", "details")
        ),
        format!("{n} 个详情未能获取。重试时只查询这些。"),
    )
}

/// "3 failed so far, asked for again at the end".
pub fn failed_so_far(lang: Lang, tasks: u64) -> String {
    let n = format::count(tasks);
    lang.pick(
        format!("{n} failed so far, asked for again at the end"),
        format!("目前 {n} 个失败，最后会再查一次"),
    )
}

pub fn listed_again(lang: Lang) -> &'static str {
    lang.pick(
        "The service no longer knows where the list was left, so it is listed from its beginning; nothing is fetched twice",
        "服务已不记得上次列到哪里，因此从头列出；已获取的不会重复获取",
    )
}

/// "90 days, 5.00 GB".
pub fn retention(lang: Lang, settings: &ArchiveSettings) -> String {
    let (days, size) = (settings.keep_days, format::size(settings.keep_bytes));
    let unit = if days == 1 { "day" } else { "days" };
    lang.pick(
        format!("{days} {unit}, {size}"),
        format!("{days} 天，{size}"),
    )
}

/// "150 older messages were let go".
pub fn older_messages(lang: Lang, n: u64) -> String {
    let count = format::count(n);
    let en = if n == 1 {
        "older message is not listed"
    } else {
        "older messages are not listed"
    };
    lang.pick(
        format!("{count} {en}"),
        format!("更早的 {count} 条消息未列出"),
    )
}

pub fn no_such_file(lang: Lang, id: &str) -> String {
    lang.pick(
        format!("No file {id} in this application, or it was deleted"),
        format!("该应用中没有文件 {id}，或已被删除"),
    )
}

/// What stands under what came in an answer's place: "HTTP 502, text/html, 1.5 kB".
pub fn came(lang: Lang, foreign: &crate::model::Foreign) -> String {
    let shown = u64::try_from(foreign.bytes.len()).unwrap_or(u64::MAX);
    let kind = match foreign.content_type.as_str() {
        "" => String::new(),
        kind => lang.pick(format!(", {kind}"), format!("，{kind}")),
    };
    let size = format::size(foreign.total_bytes);
    let status = foreign.status;
    let cut = if shown < foreign.total_bytes {
        lang.pick(", the first 64 KiB of it", "，只显示前 64 KiB")
    } else {
        ""
    };
    lang.pick(
        format!("HTTP {status}{kind}, {size}{cut}"),
        format!("HTTP {status}{kind}，{size}{cut}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Compression, Encoding, ListenSpec, Profile, Shape, SourceId, TaskQuery};

    const NOW: i64 = 1_795_240_683;

    fn named(lang: Lang, live: LiveSpec) -> String {
        let info = SourceInfo {
            id: SourceId(0),
            name: "vod".to_owned(),
            path: None,
            total_bytes: None,
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Lines,
            live: Some(live),
        };
        source_name(lang, &info, NOW)
    }

    #[test]
    fn live_sources_are_named_by_account_and_kind() {
        let profile = Profile {
            name: "prod-edu".to_owned(),
            ..Profile::default()
        };
        let pull = TaskPull::List(TaskQuery::default());
        let tasks = LiveSpec::Tasks {
            profile: profile.clone(),
            pull,
        };
        assert_eq!(named(Lang::En, tasks.clone()), "prod-edu, tasks");
        assert_eq!(named(Lang::Zh, tasks), "prod-edu，任务");
        let queue = LiveSpec::Queue { profile };
        assert_eq!(named(Lang::En, queue), "prod-edu, queue");
        let addr = "127.0.0.1:8787".parse().unwrap();
        let listen = LiveSpec::Listen(ListenSpec { addr });
        assert_eq!(named(Lang::En, listen), "Callbacks :8787");
        let since_unix = Some(NOW - 7 * DAY - 3);
        let archive = LiveSpec::Archive { since_unix };
        assert_eq!(named(Lang::En, archive), "Archive, 7 days");
    }

    #[test]
    fn being_slowed_is_told_in_words() {
        assert_eq!(plot_caption(Lang::En, 20, 0), "limit 20");
        assert_eq!(
            plot_caption(Lang::En, 20, 1),
            "limit 20, paused by the cloud once"
        );
        assert_eq!(plot_caption(Lang::Zh, 20, 3), "上限 20，被云端限速 3 次");
    }

    #[test]
    fn time_left_is_told_only_when_known() {
        assert_eq!(rate_left(Lang::En, 19.9, Some(173.0)), "20 / s, 2m53s left");
        assert_eq!(rate_left(Lang::En, 0.0, None), "0 / s");
    }
}
