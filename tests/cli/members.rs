//! The members of a task as `docs/cli.md` promises them to scripts.

use serde_json::{Map, Value};

#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// A number, or text where an event writes text instead.
    Code,
    Number,
    /// A count or size: no sign, no fraction.
    Whole,
    /// Text in ISO 8601, UTC.
    Time,
    OneOf(&'static [&'static str]),
    Texts,
    Record(&'static [Member]),
    Records(&'static [Member]),
}

#[derive(Clone, Copy)]
struct Member {
    name: &'static str,
    kind: Kind,
    known: Known,
}

#[derive(Clone, Copy, PartialEq)]
enum Known {
    Always,
    OrNull,
}

const fn always(name: &'static str, kind: Kind) -> Member {
    let known = Known::Always;
    Member { name, kind, known }
}

const fn or_null(name: &'static str, kind: Kind) -> Member {
    let known = Known::OrNull;
    Member { name, kind, known }
}

const VERDICTS: &[&str] = &["ok", "partly_failed", "failed", "running", "unknown"];

const FORMATS: &[&str] = &[
    "v3-push",
    "v3-pull",
    "api-error",
    "v2",
    "v2-pull",
    "v2-task",
    "task-detail",
    "task-list",
    "media-info",
    "bare-task",
    "mps",
    "unknown",
];

const TASK: &[Member] = &[
    or_null("task_id", Kind::Text),
    or_null("event_type", Kind::Text),
    always("format", Kind::OneOf(FORMATS)),
    always("verdict", Kind::OneOf(VERDICTS)),
    or_null("status", Kind::Text),
    or_null("err_code", Kind::Code),
    or_null("message", Kind::Text),
    or_null("file_id", Kind::Text),
    or_null("file_name", Kind::Text),
    or_null("media", Kind::Record(MEDIA)),
    always("sub_tasks", Kind::Records(SUB_TASK)),
    always("outputs", Kind::Records(OUTPUT)),
    always("cover_urls", Kind::Texts),
    always("deliveries", Kind::Whole),
    always("notes", Kind::Texts),
    always("source", Kind::Record(SOURCE)),
];

const MEDIA: &[Member] = &[
    or_null("duration_secs", Kind::Number),
    or_null("size_bytes", Kind::Whole),
    or_null("bitrate_bps", Kind::Whole),
    or_null("width", Kind::Whole),
    or_null("height", Kind::Whole),
    or_null("container", Kind::Text),
];

const SUB_TASK: &[Member] = &[
    or_null("kind", Kind::Text),
    or_null("definition", Kind::Number),
    or_null("status", Kind::Text),
    or_null("err_code", Kind::Code),
    or_null("err_code_ext", Kind::Text),
    or_null("message", Kind::Text),
    or_null("begin", Kind::Time),
    or_null("finish", Kind::Time),
    or_null("progress", Kind::Number),
];

const OUTPUT: &[Member] = &[
    or_null("kind", Kind::Text),
    or_null("definition", Kind::Number),
    or_null("url", Kind::Text),
    or_null("width", Kind::Whole),
    or_null("height", Kind::Whole),
    or_null("bitrate_bps", Kind::Whole),
    or_null("size_bytes", Kind::Whole),
    or_null("duration_secs", Kind::Number),
];

const SOURCE: &[Member] = &[
    always("path", Kind::Text),
    always("line", Kind::Whole),
    always("offset", Kind::Whole),
];

/// What is wrong with a task's members, by their paths; nothing when all is as documented.
pub(crate) fn faults(task: &Value) -> Vec<String> {
    let mut found = Vec::new();
    record(task, TASK, "", &mut found);
    found
}

fn record(value: &Value, members: &[Member], path: &str, found: &mut Vec<String>) {
    let Some(object) = value.as_object() else {
        found.push(format!("{path}: not an object but {value}"));
        return;
    };
    let names = object.keys().map(String::as_str);
    if !names.eq(members.iter().map(|member| member.name)) {
        found.push(format!(
            "{path}: other members: {:?}",
            object.keys().collect::<Vec<_>>()
        ));
    }
    for member in members {
        self::member(object, member, path, found);
    }
}

fn member(object: &Map<String, Value>, member: &Member, path: &str, found: &mut Vec<String>) {
    let path = format!("{path}/{}", member.name);
    let value = object.get(member.name).unwrap_or(&Value::Null);
    let is_right = match member.kind {
        _ if value.is_null() => member.known == Known::OrNull,
        Kind::Text => is_text(value),
        Kind::Code => value.is_i64() || is_text(value),
        Kind::Number => value.is_number(),
        Kind::Whole => value.is_u64(),
        Kind::Time => is_time(value),
        Kind::OneOf(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Kind::Texts => value
            .as_array()
            .is_some_and(|texts| texts.iter().all(is_text)),
        Kind::Record(members) => {
            record(value, members, &path, found);
            true
        }
        Kind::Records(members) => {
            let items = value.as_array();
            items
                .into_iter()
                .flatten()
                .for_each(|item| record(item, members, &path, found));
            items.is_some()
        }
    };
    if !is_right {
        found.push(format!("{path}: {value}"));
    }
}

/// What is not known is `null`, never empty text.
fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

fn is_time(value: &Value) -> bool {
    let shape = value.as_str().unwrap_or_default();
    let shape = shape.replace(|c: char| c.is_ascii_digit(), "0");
    shape == "0000-00-00T00:00:00Z"
}
