//! Invented events and tasks without end: those of a sample night, each time with ids and times of
//! its own. The same number always gives the same ids.

use std::sync::LazyLock;

use serde_json::Value;

use super::clock::{iso, parse_iso};
pub(crate) use super::queue::without_handle;
use super::rng::Rng;
use super::task::Task;

static NIGHT: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let night = include_str!("../../../assets/samples/launch-night.ndjson");
    night
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect()
});

/// Task types and their members in a detail, by the payload's member in an event.
const KINDS: &[(&str, (&str, &str))] = &[
    ("ProcedureStateChangeEvent", ("Procedure", "ProcedureTask")),
    ("EditMediaCompleteEvent", ("EditMedia", "EditMediaTask")),
    ("PullCompleteEvent", ("PullUpload", "PullUploadTask")),
];

/// Sample numbers from here on are for what arrives while the service runs.
pub(crate) const ARRIVING: u64 = 1 << 32;
/// And from here on for pictures.
const SHOWCASE: u64 = 1 << 48;

/// The event of this number, whose last time is `ended_unix`.
pub(crate) fn event(number: u64, ended_unix: i64) -> String {
    let index = usize::try_from(number % NIGHT.len() as u64).unwrap_or_default();
    let template = NIGHT.get(index).copied().unwrap_or("{}");
    renamed(&moved(template, ended_unix), number)
}

/// The task behind the event of this number; uploads and deletions have none.
pub(crate) fn task(number: u64, ended_unix: i64) -> Option<Task> {
    task_of(&event(number, ended_unix), ended_unix)
}

fn task_of(text: &str, ended_unix: i64) -> Option<Task> {
    let event: Value = serde_json::from_str(text).ok()?;
    let (kind, payload) = KINDS.iter().find_map(|(member, kind)| {
        let payload = event.get(member).filter(|payload| payload.is_object())?;
        Some((*kind, payload.clone()))
    })?;
    let first = times(text).min().unwrap_or(ended_unix);
    Some(Task::of(kind, payload, (first - 5, ended_unix)))
}

/// Events for looking at pictures, with their tasks: one of everything, evidence of moderation, and
/// a long wall with an animation of another format.
pub(crate) fn showcase(now_unix: i64) -> Vec<(String, Option<Task>)> {
    let everything = include_str!("../../../assets/samples/03-every-result.json");
    let moderation = include_str!("../../../assets/samples/08-moderation-hit.json");
    let wall = with_long_wall(everything).replace(".gif\"", ".webp\"");
    let events = [everything, moderation, &wall];
    let numbered = (SHOWCASE..).zip(events);
    let event = |(number, template): (u64, &str)| {
        let ended_unix = now_unix - 30 - 60 * i64::try_from(number - SHOWCASE).unwrap_or_default();
        let text = on_one_line(&renamed(&moved(template, ended_unix), number));
        let task = task_of(&text, ended_unix);
        (text, task)
    };
    numbered.map(event).collect()
}

/// The same event whose wall has five hundred snapshots.
fn with_long_wall(event: &str) -> String {
    let Ok(mut event) = serde_json::from_str::<Value>(event) else {
        return event.to_owned();
    };
    let set = event.pointer_mut("/ProcedureStateChangeEvent/MediaProcessResultSet");
    let items = set.and_then(Value::as_array_mut).into_iter().flatten();
    for item in items {
        let Some(output) = item.pointer_mut("/SampleSnapshotTask/Output") else {
            continue;
        };
        output["SampleType"] = "Time".into();
        output["Interval"] = 6.into();
        let Some(Value::Array(urls)) = output.get_mut("ImageUrlSet") else {
            continue;
        };
        let first = urls.first().and_then(Value::as_str).unwrap_or_default();
        let start = first.trim_end_matches("0.jpg").to_owned();
        *urls = (0..500)
            .map(|at| Value::String(format!("{start}{at}.jpg")))
            .collect();
    }
    event.to_string()
}

fn on_one_line(event: &str) -> String {
    let value = serde_json::from_str::<Value>(event);
    value.map_or_else(|_| event.to_owned(), |value| value.to_string())
}

/// When the sample of this number ended: they lie eight minutes apart, within seventy hours.
pub(crate) fn ended_unix(number: u64, now_unix: i64) -> i64 {
    let age = number.saturating_mul(461) % (70 * 3600 - 600);
    now_unix - 300 - i64::try_from(age).unwrap_or_default()
}

/// Real times in a text: neither unset nor "never".
fn times(text: &str) -> impl Iterator<Item = i64> + '_ {
    text.split('"').filter_map(time)
}

fn time(piece: &str) -> Option<i64> {
    let is_time = piece.len() == 20 && piece.ends_with('Z') && !piece.starts_with("9999");
    parse_iso(is_time.then_some(piece)?)
}

/// When the last of it finished; what is only kept until some time lies beyond that.
fn last_finish(text: &str) -> Option<i64> {
    let pieces: Vec<&str> = text.split('"').collect();
    let finish = pieces.windows(3).filter_map(|window| match window {
        ["FinishTime", _, value] => time(value),
        _ => None,
    });
    finish.max().or_else(|| times(text).max())
}

/// Shifts all times so that the last of it finished at `last_unix`.
fn moved(text: &str, last_unix: i64) -> String {
    let Some(last) = last_finish(text) else {
        return text.to_owned();
    };
    let shifted = |piece| match time(piece) {
        Some(unix) => iso(unix - last + last_unix),
        None => piece.to_owned(),
    };
    text.split('"').map(shifted).collect::<Vec<_>>().join("\"")
}

/// Gives the task and the file ids of their own, wherever they are named.
fn renamed(text: &str, number: u64) -> String {
    let Ok(event) = serde_json::from_str::<Value>(text) else {
        return text.to_owned();
    };
    let payload = event
        .as_object()
        .and_then(|members| members.values().find(|v| v.is_object()));
    let mut rng = Rng::new(number ^ 0x766f_6473);
    let mut text = text.to_owned();
    if let Some(old) = payload.and_then(|payload| payload.get("TaskId")?.as_str()) {
        text = text.replace(old, &task_id(old, &mut rng));
    }
    if let Some(old) = payload.and_then(file_id) {
        let new = rng.between(5_285_890_000_000_000_000, 5_285_899_999_999_999_999);
        text = text.replace(old, &new.to_string());
    }
    text
}

fn file_id(payload: &Value) -> Option<&str> {
    let several = payload.pointer("/FileIdSet/0");
    payload
        .get("FileId")
        .or(several)?
        .as_str()
        .filter(|id| !id.is_empty())
}

/// Keeps the task's kind: `1500000001-Procedure-<hex>t0`.
fn task_id(old: &str, rng: &mut Rng) -> String {
    let kind = old.split('-').nth(1).unwrap_or("Procedure");
    let mut id = format!("{}-{kind}-", super::SUB_APP_ID);
    rng.hex(32, &mut id);
    id.push_str("t0");
    id
}
