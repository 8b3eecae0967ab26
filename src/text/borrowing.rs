//! Sentences with numbers about the borrowed queue and the listener.

use std::time::Duration;

use super::format;
use crate::model::{BATCH_LIMIT, HIDDEN_FOR, Lang, LiveLimit};

/// "Event queue of prod-edu".
pub fn queue_title(lang: Lang, profile: &str) -> String {
    lang.pick(
        format!("Event queue of {profile}"),
        format!("{profile} 的事件队列"),
    )
}

/// "Queue 32 borrowed, ≈ 1,240 waiting", without its first word.
pub fn borrowed_waiting(lang: Lang, borrowed: usize, backlog: Option<u64>) -> String {
    let n = format::len(borrowed);
    match backlog.map(format::count) {
        Some(waiting) => lang.pick(
            format!("{n} borrowed, ≈ {waiting} waiting"),
            format!("已借 {n} 条，约 {waiting} 条等待"),
        ),
        None => lang.pick(format!("{n} borrowed"), format!("已借 {n} 条")),
    }
}

/// "Borrowing, 13 hidden".
pub fn borrowing(lang: Lang, hidden: usize) -> String {
    let n = format::len(hidden);
    lang.pick(
        format!("Borrowing, {n} hidden"),
        format!("借用中，{n} 条隐藏"),
    )
}

/// "next returns in 4 s".
pub fn next_returns(lang: Lang, secs: u64) -> String {
    lang.pick(
        format!("next returns in {secs} s"),
        format!("下一条 {secs} 秒后返回"),
    )
}

/// "of 32 borrowed".
pub fn of_borrowed(lang: Lang, borrowed: usize) -> String {
    let n = format::len(borrowed);
    lang.pick(format!("of {n} borrowed"), format!("共借 {n} 条"))
}

/// "27 s" and " 6 s": as wide for one digit as for two.
pub fn ring_secs(lang: Lang, secs: u64) -> String {
    lang.pick(format!("{secs:>2} s"), format!("{secs:>2} 秒"))
}

/// "hidden, returns in 27 s", for reading aloud.
pub fn returns_in(lang: Lang, secs: u64) -> String {
    lang.pick(
        format!("hidden, returns in {secs} s"),
        format!("隐藏中，{secs} 秒后返回"),
    )
}

/// "Live until 200 events or 5 min".
pub fn live_limit(lang: Lang, limit: LiveLimit) -> String {
    let events = format::count(limit.events);
    let minutes = limit.time.as_secs() / 60;
    lang.pick(
        format!("Until {events} events or {minutes} min"),
        format!("直到 {events} 条事件或 {minutes} 分钟"),
    )
}

/// "Live: 140 of 200 events left, 3m12s left".
pub fn live_left(lang: Lang, events_left: u64, limit: LiveLimit, time_left: Duration) -> String {
    let (n, m) = (format::count(events_left), format::count(limit.events));
    let time = format::duration(time_left.as_secs() as f64);
    lang.pick(
        format!("Live: {n} of {m} events and {time} left"),
        format!("连续拉取：剩余 {n} / {m} 条、{time}"),
    )
}

/// "No events in 5 s; backlog ≈ 0; in PUSH mode none will appear".
pub fn queue_empty(lang: Lang, waited: Duration, backlog: Option<u64>) -> String {
    let secs = format::plain((waited.as_secs_f64() * 10.0).round() / 10.0);
    let (en, zh) = match backlog.map(format::count) {
        Some(n) => (format!("; backlog ≈ {n}"), format!("；积压约 {n} 条")),
        None => (String::new(), String::new()),
    };
    lang.pick(
        format!("No events in {secs} s{en}; in PUSH mode none will appear"),
        format!("{secs} 秒内没有事件{zh}；PUSH 模式下不会出现事件"),
    )
}

/// Events came that could not be stored.
pub fn not_kept(lang: Lang, events: u64) -> String {
    let n = format::count(events);
    let (en, they) = if events == 1 {
        ("event was pulled and could not be stored", "It returns")
    } else {
        ("events were pulled and could not be stored", "They return")
    };
    lang.pick(
        format!("{n} {en}. {they} to your consumer within 30 s; pull again then."),
        format!("{n} 条事件已拉取但无法保存，将在 30 秒内返回你的消费者，之后可再次拉取。"),
    )
}

/// "Confirm 13".
pub fn confirm_n(lang: Lang, n: usize) -> String {
    let count = format::len(n);
    lang.pick(format!("Confirm {count}"), format!("确认 {count} 条"))
}

/// "Confirm batch 3: 8 events", a name for reading aloud.
pub fn confirm_batch(lang: Lang, batch: u64, n: usize) -> String {
    let count = format::len(n);
    lang.pick(
        format!("Confirm {count} events of batch {batch}"),
        format!("确认批次 {batch} 的 {count} 条事件"),
    )
}

/// "type 1500012345".
pub fn type_id(lang: Lang, id: u64) -> String {
    lang.pick(format!("type {id}"), format!("输入 {id}"))
}

/// "32 events saved on this machine before anything else".
pub fn journal(lang: Lang, events: usize) -> String {
    let n = format::len(events);
    let en = if events == 1 { "event" } else { "events" };
    lang.pick(
        format!("{n} {en} saved on this machine before anything else"),
        format!("{n} 条事件已先行保存到本机"),
    )
}

/// "mode PULL".
pub fn mode(lang: Lang, mode: &str) -> String {
    lang.pick(format!("mode {mode}"), format!("模式 {mode}"))
}

/// "Stopping: a pull is on its way, up to 16 more events may be hidden for 30 s".
pub fn stopping(lang: Lang) -> String {
    let secs = HIDDEN_FOR.as_secs();
    lang.pick(
        format!("Stopping: a pull is on its way, up to {BATCH_LIMIT} more events may be hidden for {secs} s"),
        format!("正在停止：有一次拉取尚未返回，可能再隐藏最多 {BATCH_LIMIT} 条事件 {secs} 秒"),
    )
}

/// "up to 16 more may be, for 24 s".
pub fn unlisted(lang: Lang, most: u64, secs: u64) -> String {
    let n = format::count(most);
    lang.pick(
        format!("up to {n} more may be, for {secs} s"),
        format!("可能还有最多 {n} 条，{secs} 秒内返回"),
    )
}

/// "Stopped, up to 16 events that are not listed return within 24 s".
pub fn stopped_unlisted(lang: Lang, most: u64, secs: u64) -> String {
    let n = format::count(most);
    lang.pick(
        format!("Stopped, up to {n} events that are not listed return within {secs} s"),
        format!("已停止，最多 {n} 条未列出的事件将在 {secs} 秒内自行返回"),
    )
}

/// "Stopped, 13 return within 25 s".
pub fn stopped(lang: Lang, hidden: usize, secs: u64) -> String {
    if hidden == 0 {
        return lang
            .pick("Stopped, nothing is hidden", "已停止，没有隐藏的事件")
            .to_owned();
    }
    let n = format::len(hidden);
    let en = if hidden == 1 { "returns" } else { "return" };
    lang.pick(
        format!("Stopped, {n} {en} by themselves within {secs} s"),
        format!("已停止，{n} 条将在 {secs} 秒内自行返回"),
    )
}

/// "Receiving on 127.0.0.1:8787, 12 so far".
pub fn receiving(lang: Lang, addr: &str, received: u64) -> String {
    let n = format::count(received);
    lang.pick(
        format!("Receiving on {addr}, {n} so far"),
        format!("正在 {addr} 接收，已收到 {n} 条"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_queue_says_how_long_it_was_asked() {
        let waited = Duration::from_millis(5_012);
        assert_eq!(
            queue_empty(Lang::En, waited, Some(0)),
            "No events in 5 s; backlog ≈ 0; in PUSH mode none will appear"
        );
        assert_eq!(
            queue_empty(Lang::Zh, waited, None),
            "5 秒内没有事件；PUSH 模式下不会出现事件"
        );
    }
}
