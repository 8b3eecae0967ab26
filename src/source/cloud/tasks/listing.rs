//! The thread that lists: page by page, from a place on.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::job::{Cancel, Gone, Job, Outbox, feed};
use crate::model::{CLOUD_MEMORY_SECS, CallFault, ListPlace, TaskQuery, Zone, now_unix};
use crate::source::cloud::action::Action;
use crate::text::format;

use super::board::Board;
use super::faults::stale_token;
use super::fetching::{AHEAD, Errand, Fetched};

/// Most tasks a page of DescribeTasks holds.
const PAGE: u32 = 100;
/// Kept off the edge of what the service remembers, for clocks that differ a little.
const EDGE_SECS: i64 = 60;
impl Errand {
    /// Lists tasks page by page, from a place on.
    pub(super) fn list(
        &self,
        (query, from): (TaskQuery, ListPlace),
        board: &Board,
    ) -> Job<Fetched> {
        let (errand, board) = (self.clone(), board.clone());
        feed("pull-list", AHEAD, move |outbox, cancel| {
            // Gone: the pull has ended.
            let _told = errand.list_all((&query, &from), &board, (&outbox, &cancel));
        })
    }

    /// What is known of a file, then its tasks.
    pub(super) fn file(&self, file_id: String, board: &Board) -> Job<Fetched> {
        let (errand, board) = (self.clone(), board.clone());
        feed("pull-file", AHEAD, move |outbox, cancel| {
            let told = errand.media(&file_id, &board, (&outbox, &cancel));
            let query = TaskQuery {
                since_unix: now_unix() - CLOUD_MEMORY_SECS,
                file_id: Some(file_id),
                ..TaskQuery::default()
            };
            let from = ListPlace::default();
            let list = || errand.list_all((&query, &from), &board, (&outbox, &cancel));
            let _told = told.and_then(|()| list());
        })
    }

    fn media(
        &self,
        file_id: &str,
        board: &Board,
        line: (&Outbox<Fetched>, &Cancel),
    ) -> Result<(), Gone> {
        let params = json!({ "FileIds": [file_id] });
        let call = (Action::DescribeMediaInfos, &params);
        let answer = self.call_until(call, board, line, |_| None)?;
        answer.map_or(Ok(()), |answer| line.0.send(Fetched::Media(answer)))
    }

    fn list_all(
        &self,
        (query, from): (&TaskQuery, &ListPlace),
        board: &Board,
        line: (&Outbox<Fetched>, &Cancel),
    ) -> Result<(), Gone> {
        let any = [None];
        let statuses = query.statuses.iter().map(|status| Some(status.as_str()));
        let statuses: Vec<Option<&str>> = statuses.collect();
        let asked = if statuses.is_empty() {
            any.as_slice()
        } else {
            &statuses
        };
        for (part, status) in (0..).zip(asked) {
            let place = match part.cmp(&from.part) {
                Ordering::Less => continue,
                Ordering::Equal => from.clone(),
                Ordering::Greater => ListPlace {
                    part,
                    scroll_token: String::new(),
                },
            };
            self.list_status((query, *status), place, board, line)?;
        }
        line.0.send(Fetched::ListedAll)
    }

    /// Every page of one status, or of any, from a place on.
    fn list_status(
        &self,
        (query, status): (&TaskQuery, Option<&str>),
        mut place: ListPlace,
        board: &Board,
        line: (&Outbox<Fetched>, &Cancel),
    ) -> Result<(), Gone> {
        let part = place.part;
        let mut is_anew = false;
        while place.part == part {
            // A span longer than the service remembers is refused, and time goes on.
            let oldest = now_unix() - CLOUD_MEMORY_SECS + EDGE_SECS;
            let mut params = params(query, status, oldest);
            if !place.scroll_token.is_empty() {
                set(
                    &mut params,
                    "ScrollToken",
                    place.scroll_token.clone().into(),
                );
            }
            let call = (Action::DescribeTasks, &params);
            let may_begin_anew = !is_anew && !place.scroll_token.is_empty();
            let ends = |fault: &CallFault| stale_token(fault).filter(|_| may_begin_anew);
            match self.call_until(call, board, line, ends)? {
                Ok(answer) => {
                    place = after(&place, answer.task_page().scroll_token);
                    let next = place.clone();
                    line.0.send(Fetched::Page { answer, next })?;
                }
                Err(request_id) => {
                    is_anew = true;
                    place.scroll_token.clear();
                    line.0.send(Fetched::ListedAgain { request_id })?;
                }
            }
        }
        Ok(())
    }
}

/// The place of the next page.
fn after(place: &ListPlace, scroll_token: Option<&str>) -> ListPlace {
    // The same token again would go round for ever.
    match scroll_token.filter(|token| *token != place.scroll_token) {
        Some(token) => ListPlace {
            part: place.part,
            scroll_token: token.to_owned(),
        },
        None => ListPlace {
            part: place.part + 1,
            scroll_token: String::new(),
        },
    }
}

/// Newest first, and nothing before `oldest`. Without an end the list runs up to the present.
fn params(query: &TaskQuery, status: Option<&str>, oldest: i64) -> Value {
    let since_unix = query.since_unix.max(oldest);
    let mut span = json!({ "After": format::iso(since_unix, Zone::Utc) });
    if let Some(until) = query.until_unix {
        set(&mut span, "Before", format::iso(until, Zone::Utc).into());
    }
    let mut params = json!({
        "CreateTime": span,
        "Limit": PAGE,
        "Sort": { "Field": "CreateTime", "Order": "Desc" },
    });
    if let Some(status) = status {
        set(&mut params, "Status", status.into());
    }
    if let Some(file_id) = &query.file_id {
        set(&mut params, "FileId", file_id.as_str().into());
    }
    params
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_asked_for_newest_first() {
        let query = TaskQuery {
            since_unix: 0,
            until_unix: Some(60),
            statuses: Vec::new(),
            file_id: Some("528".to_owned()),
        };
        let expected = json!({
            "CreateTime": { "After": "1970-01-01T00:00:00Z", "Before": "1970-01-01T00:01:00Z" },
            "Limit": 100,
            "Sort": { "Field": "CreateTime", "Order": "Desc" },
            "Status": "FINISH",
            "FileId": "528",
        });
        assert_eq!(params(&query, Some("FINISH"), 0), expected);
        let later = params(&query, None, 30);
        assert_eq!(later["CreateTime"]["After"], "1970-01-01T00:00:30Z");
    }
}
