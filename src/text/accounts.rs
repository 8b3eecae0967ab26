//! Sentences of the dialogs about accounts, callbacks, replaying and the archive.

use super::format;
use super::live;
use crate::model::{ArchiveSettings, EventConfig, Lang, Replayed, Tested};

const GB: u64 = 1_000_000_000;

/// "Connected, 84 ms. PULL mode."
pub fn connected(lang: Lang, tested: &Tested) -> String {
    let millis = format::count(u64::try_from(tested.elapsed.as_millis()).unwrap_or(u64::MAX));
    let mode = &tested.config.mode;
    let (en, zh) = if mode.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(" {mode} mode."), format!("{mode} 模式。"))
    };
    lang.pick(
        format!("Connected, {millis} ms.{en}"),
        format!("已连接，{millis} 毫秒。{zh}"),
    )
}

/// Which key signed, and where it comes from.
pub fn signed_by(lang: Lang, tested: &Tested) -> String {
    let (id, origin) = (&tested.masked_id, live::origin(lang, &tested.origin));
    lang.pick(
        format!("Signed with {id} ({origin})"),
        format!("签名密钥 {id}（{origin}）"),
    )
}

/// Where events are pushed to.
pub fn callback_url(lang: Lang, config: &EventConfig) -> String {
    let url = config.notification_url.trim();
    match url {
        "" => lang
            .pick("No callback URL is set", "未设置回调 URL")
            .to_owned(),
        url => lang.pick(format!("Callback URL {url}"), format!("回调 URL {url}")),
    }
}

/// How many kinds of events are switched on.
pub fn switches_on(lang: Lang, config: &EventConfig) -> String {
    let on = config.switches.iter().filter(|(_, value)| value == "ON");
    let (on, all) = (on.count(), config.switches.len());
    lang.pick(
        format!("{on} of {all} event types on"),
        format!("{all} 种事件中已开启 {on} 种"),
    )
}

/// Why the applications of the account cannot be offered.
pub fn sub_apps_untold(lang: Lang, why: &str) -> String {
    lang.pick(
        format!("Applications cannot be listed: {why}"),
        format!("无法列出应用：{why}"),
    )
}

/// Keys could not be put into the keyring.
pub fn keyring_refused(lang: Lang, why: &str) -> String {
    lang.pick(
        format!("The keyring did not take them ({why}): kept for this session only."),
        format!("密钥环未能保存（{why}）：只在本次运行中保留。"),
    )
}

/// Keys that were typed before and are held.
pub fn keys_held(lang: Lang, masked_id: &str) -> String {
    lang.pick(
        format!("{masked_id} is held in memory. Type only to replace it."),
        format!("内存中已有 {masked_id}，只在需要更换时输入。"),
    )
}

/// The second step of deleting a profile.
pub fn delete_profile(lang: Lang, name: &str) -> String {
    lang.pick(
        format!("Delete {name} and its keys in the keyring?"),
        format!("删除 {name} 及其在密钥环中的密钥？"),
    )
}

/// "20 / s".
pub fn per_second(lang: Lang, requests: u32) -> String {
    lang.pick(format!("{requests} / s"), format!("每秒 {requests} 次"))
}

pub fn days(lang: Lang, days: u32) -> String {
    let n = format::count(u64::from(days));
    let unit = if days == 1 { "day" } else { "days" };
    lang.pick(format!("{n} {unit}"), format!("{n} 天"))
}

/// "the last 7 days".
pub fn last_days(lang: Lang, days: u32) -> String {
    let n = format::count(u64::from(days));
    let en = if days == 1 {
        "The last day".to_owned()
    } else {
        format!("The last {n} days")
    };
    lang.pick(en, format!("最近 {n} 天"))
}

/// Whole gigabytes, as they are offered; anything else as a size.
pub fn gigabytes(bytes: u64) -> String {
    if bytes > 0 && bytes.is_multiple_of(GB) {
        format!("{} GB", format::count(bytes / GB))
    } else {
        format::size(bytes)
    }
}

/// "Older than 30 days".
pub fn older_than(lang: Lang, days: u32) -> String {
    if days == 0 {
        return lang.pick("Everything", "全部").to_owned();
    }
    let n = format::count(u64::from(days));
    let unit = if days == 1 { "day" } else { "days" };
    lang.pick(format!("Older than {n} {unit}"), format!("{n} 天之前的"))
}

/// Keeping less deletes at once.
pub fn keep_less(lang: Lang, settings: &ArchiveSettings) -> String {
    let (n, size) = (
        days(lang, settings.keep_days),
        gigabytes(settings.keep_bytes),
    );
    lang.pick(
        format!("Keeping {n} and {size} deletes what is older or more, now and from now on."),
        format!("只保留 {n}、{size}，会立即删除超出的内容，以后也是如此。"),
    )
}

/// "200 from 127.0.0.1:9000 after 12 ms".
pub fn answered(lang: Lang, answer: &Replayed) -> String {
    let Replayed { addr, status, .. } = answer;
    let millis = format::count(u64::try_from(answer.elapsed.as_millis()).unwrap_or(u64::MAX));
    lang.pick(
        format!("{status} from {addr} after {millis} ms"),
        format!("{addr} 应答 {status}，用时 {millis} 毫秒"),
    )
}

/// Says that the answer goes on beyond what is shown.
pub fn first_of_answer(lang: Lang) -> &'static str {
    lang.pick(
        "The first 2 KB; the answer is longer.",
        "仅前 2 KB，应答更长。",
    )
}

/// Where the listener is.
pub fn listening_at(lang: Lang, address: &str) -> String {
    lang.pick(
        format!("Listening at {address}"),
        format!("正在 {address} 接收"),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::Origin;

    fn tested(mode: &str) -> Tested {
        Tested {
            elapsed: Duration::from_millis(84),
            config: EventConfig {
                mode: mode.to_owned(),
                ..EventConfig::default()
            },
            sub_apps: Ok(Vec::new()),
            masked_id: "AKIDz8k7…Q2fX".to_owned(),
            origin: Origin::Typed,
            clock_ahead_secs: None,
            request_id: String::new(),
        }
    }

    #[test]
    fn a_mode_is_told_where_the_service_told_it() {
        assert_eq!(
            connected(Lang::En, &tested("PULL")),
            "Connected, 84 ms. PULL mode."
        );
        assert_eq!(connected(Lang::En, &tested("")), "Connected, 84 ms.");
        assert_eq!(
            connected(Lang::Zh, &tested("PUSH")),
            "已连接，84 毫秒。PUSH 模式。"
        );
    }

    #[test]
    fn switches_are_counted() {
        let config = EventConfig {
            switches: vec![
                ("A".to_owned(), "ON".to_owned()),
                ("B".to_owned(), "OFF".to_owned()),
            ],
            ..EventConfig::default()
        };
        assert_eq!(switches_on(Lang::En, &config), "1 of 2 event types on");
    }

    #[test]
    fn sizes_are_offered_whole() {
        assert_eq!(gigabytes(5_000_000_000), "5 GB");
        assert_eq!(gigabytes(1_500_000_000), "1.50 GB");
    }

    #[test]
    fn one_day_is_no_plural() {
        assert_eq!(days(Lang::En, 1), "1 day");
        assert_eq!(older_than(Lang::En, 30), "Older than 30 days");
        assert_eq!(last_days(Lang::Zh, 7), "最近 7 天");
    }
}
