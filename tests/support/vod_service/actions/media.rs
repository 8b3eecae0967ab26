//! What is known of media files; they are remembered longer than their tasks.

use serde_json::Value;

use super::super::answer::{Acted, Members, Refusal};
use super::super::app::App;
use super::super::parameters::invalid;
use super::super::task::Task;
use super::Asked;

const MAX_FILES: usize = 20;

/// Parts of the answer, by the filter that asks for them.
const PARTS: &[(&str, &str)] = &[
    ("basicInfo", "BasicInfo"),
    ("metaData", "MetaData"),
    ("transcodeInfo", "TranscodeInfo"),
];

pub(super) fn describe(asked: &Asked<'_>) -> Acted {
    let missing = || Refusal::new("MissingParameter", "`FileIds` is missing.");
    let ids = asked.parameters.texts("FileIds")?.ok_or_else(missing)?;
    if ids.is_empty() || ids.len() > MAX_FILES {
        return Err(invalid("FileIds", "it takes 1 to 20 ids"));
    }
    let filters = asked.parameters.texts("Filters")?.unwrap_or_default();
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    asked.world.in_app(asked.app, |app| {
        for id in ids {
            match media(app, id) {
                Some(media) => found.push(filtered(media, &filters)),
                None => unknown.push(id),
            }
        }
        Ok(())
    })?;
    Ok(Members::default()
        .with("MediaInfoSet", &found)
        .with("NotExistFileIdSet", &unknown))
}

fn media(app: &App, file_id: &str) -> Option<Value> {
    let task = app.tasks.iter().find(|task| task.file_id == file_id);
    task.map(Task::media)
}

/// Parts that were not asked for are `null`.
fn filtered(mut media: Value, filters: &[&str]) -> Value {
    if let (Value::Object(members), false) = (&mut media, filters.is_empty()) {
        for (filter, part) in PARTS {
            if !filters.contains(filter) {
                members.insert((*part).to_owned(), Value::Null);
            }
        }
    }
    media
}
