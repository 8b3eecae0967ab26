//! Pages of 2.0 task lists, whose state counts for their tasks, also when it stands behind them.

use super::Splitter;
use crate::decode::builder::Builder;
use crate::decode::envelope::Context;
use crate::decode::scan::{Kind, Scanner};
use crate::decode::split::Track;
use crate::decode::summary::page_status;

/// Rows that wait for their page's state: more tasks than a page has.
const WAITING_ROWS: usize = 4096;

impl Splitter {
    /// Rows read from a page of tasks have the page's state.
    pub(super) fn tell_page_status(&self, first_row: usize, builder: &mut Builder) {
        let envelope = self.envelopes.last();
        if let Some(status) = envelope.and_then(|envelope| envelope.page_status.as_deref()) {
            page_status::tell(builder, first_row, status);
        }
    }

    /// The same for a state that stands behind the page's list, in the answer's text up to `end`.
    pub(super) fn tell_late_status(&mut self, track: &Track, end: usize, builder: &mut Builder) {
        let Some(first_row) = self.page.take() else {
            return;
        };
        let after = self.buffer.get(track.start..end).unwrap_or_default();
        if let Some(status) = status_after(after) {
            page_status::tell(builder, first_row, &status);
        }
    }

    /// Whether the rows found so far should wait: the state of their page may still come.
    pub(crate) fn awaits_status(&self, row_count: usize) -> bool {
        let awaits = self.envelopes.last().is_some_and(|envelope| {
            envelope.context == Context::OldTaskList && envelope.page_status.is_none()
        });
        (awaits || self.page.is_some()) && (1..WAITING_ROWS).contains(&row_count)
    }

    /// The builder was emptied: its rows count from 0 again.
    pub(crate) fn rows_taken(&mut self) {
        for envelope in &mut self.envelopes {
            envelope.first_row = 0;
        }
        self.page = self.page.map(|_| 0);
    }
}

/// The state among the members behind a list, up to the end of their object.
fn status_after(text: &[u8]) -> Option<String> {
    let members = std::str::from_utf8(text).ok()?;
    let object = format!("{{\"\":0{members}");
    let mut scanner = Scanner::new(&object);
    let mut found = None;
    scanner.enter_object().ok()?;
    while let Ok(Some(name)) = scanner.next_member() {
        if name.is("status") && scanner.peek() == Ok(Kind::String) {
            found = scanner
                .string()
                .ok()
                .map(|status| status.unescape().into_owned());
        } else if scanner.skip_value().is_err() {
            break;
        }
    }
    found.filter(|status| !status.is_empty())
}

#[cfg(test)]
mod tests {
    use super::status_after;

    #[test]
    fn only_the_page_s_own_state_counts() {
        let found = |text: &str| status_after(text.as_bytes());
        assert_eq!(
            found(r#","next":"x","status":"FINISH"}}"#).as_deref(),
            Some("FINISH")
        );
        assert_eq!(
            found(r#","a":{"status":"A"},"status" : "B"}"#).as_deref(),
            Some("B")
        );
        assert_eq!(found(r#"},"status":"A"}"#), None);
        assert_eq!(found(r#","status":0}"#), None);
        assert_eq!(found(r#","next":"#), None);
    }
}
