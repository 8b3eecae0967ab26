//! The applications of the account.

use serde_json::{Value, json};

use super::super::answer::{Acted, Members};
use super::super::app::App;
use super::super::parameters::invalid;
use super::Asked;

const MAX_LIMIT: u64 = 200;

pub(super) fn describe(asked: &Asked<'_>) -> Acted {
    let limit = asked.parameters.number("Limit")?.unwrap_or(MAX_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(invalid("Limit", "it lies between 1 and 200"));
    }
    let offset = asked.parameters.number("Offset")?.unwrap_or_default();
    let name = asked.parameters.text("Name")?;
    let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
    let state = asked.world.lock();
    let named = |app: &&App| name.is_none_or(|name| name == app.name);
    let all: Vec<&App> = state.apps.iter().filter(named).collect();
    let page = all.iter().skip(count(offset)).take(count(limit));
    let page: Vec<Value> = page.map(|app| described(app)).collect();
    Ok(Members::default()
        .with("SubAppIdInfoSet", &page)
        .with("TotalCount", &all.len()))
}

fn described(app: &App) -> Value {
    json!({
        "SubAppId": app.id,
        "SubAppIdName": app.name,
        "Name": app.name,
        "Description": "",
        "CreateTime": "2024-01-05T02:00:00Z",
        "Status": "On",
        "Mode": "fileid",
        "StorageRegions": ["ap-guangzhou"],
        "Tags": [],
    })
}
