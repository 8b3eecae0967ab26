//! Task lists of the 2.0 format come in pages by state: the page tells the state for its tasks.

use crate::decode::builder::Builder;
use crate::decode::reach::Reach;
use crate::decode::verdict::{Claims, verdict};
use crate::model::{Format, Verdict};

/// Gives the rows from `first_row` on, the tasks of one page, the state their page tells.
pub(crate) fn tell(builder: &mut Builder, first_row: usize, status: &str) {
    let name = builder.intern(status);
    let claims = Claims {
        status: Some(status),
        ..Claims::default()
    };
    let judgement = verdict(&claims, [], Reach::ListItem);
    let rows = builder.segment.rows.get_mut(first_row..);
    for row in rows.unwrap_or_default() {
        if row.format != Format::V2Task || row.status != 0 {
            continue;
        }
        row.status = name;
        if row.verdict == Verdict::Unknown {
            row.verdict = judgement.verdict;
        }
    }
}

/// The state in the text before a page's list, which need not be whole.
pub(crate) fn find(before_list: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(before_list);
    let (_, after) = text.rsplit_once("\"status\"")?;
    let value = after.trim_start().strip_prefix(':')?;
    let (status, _) = value.trim_start().strip_prefix('"')?.split_once('"')?;
    (!status.is_empty()).then(|| status.to_owned())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_state_nearest_to_the_list_counts() {
        let find = |text: &str| find(text.as_bytes());
        let page = r#"{"code":0,"data":{"status" : "PROCESSING","next":"x","taskList":["#;
        assert_eq!(find(page).as_deref(), Some("PROCESSING"));
        assert_eq!(
            find(r#"{"status":"A","status":"B","taskList":["#).as_deref(),
            Some("B")
        );
        assert_eq!(find(r#"{"status":0,"taskList":["#), None);
        assert_eq!(find(r#"{"data":{"taskList":["#), None);
    }
}
