//! Sends an event again, to a URL that the person gave: the way to try a receiver of callbacks.
//! Only ever on request, once, and to where the URL says: no redirect is followed.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::ops::Range;
use std::time::Duration;

use crate::decode::scan::{ScanError, Scanner};
use crate::http::{Ending, Failure, Fault, Http, Method, Options, Plain, Request};
use crate::model::{CallFault, EndpointFault, Replayed};

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of its answer that are shown.
const SHOWN_BYTES: usize = 2 << 10;

/// A client for [`replay`]: any host, by plain HTTP as well, and short answers.
pub fn client() -> Result<Http, CallFault> {
    let options = Options {
        connect: PATIENCE,
        total: PATIENCE,
        body_limit: SHOWN_BYTES,
        redirects: 0,
        plain: Plain::Anywhere,
        ..Options::default()
    };
    Http::new(&options).map_err(network)
}

/// Posts `body` as it stands, as a callback would be.
pub fn replay(url: &str, body: &[u8], client: &Http) -> Result<Replayed, CallFault> {
    let request = Request {
        method: Method::Post,
        url,
        headers: &[("Content-Type", "application/json")],
        body,
    };
    let response = client.send(&request).map_err(|fault| match fault {
        Fault::BadUrl { why } => CallFault::BadEndpoint {
            endpoint: url.to_owned(),
            why: EndpointFault::Other(why),
        },
        Fault::Network(failure) => network(failure),
    })?;
    let addr = response.peer.as_ref().map(SocketAddr::to_string);
    let shown = response.body.get(..SHOWN_BYTES).unwrap_or(&response.body);
    Ok(Replayed {
        addr: addr.unwrap_or_default(),
        status: response.status,
        elapsed: response.elapsed,
        body: String::from_utf8_lossy(shown).into_owned(),
        truncated: response.ending != Ending::Complete || shown.len() < response.body.len(),
    })
}

fn network(failure: Failure) -> CallFault {
    CallFault::Network {
        kind: failure.kind,
        why: failure.why,
    }
}

/// A record as its callback would have carried it: an item of `PullEvents` without its handle, the
/// content of an item of the old pull; everything else as it is, byte for byte.
pub fn as_callback(record: &[u8]) -> Cow<'_, [u8]> {
    let parts = std::str::from_utf8(record)
        .ok()
        .and_then(|text| Parts::read(text).ok());
    match parts {
        Some(Parts {
            content: Some(content),
            ..
        }) => Cow::Borrowed(record.get(content).unwrap_or(record)),
        Some(Parts {
            handle: Some(handle),
            ..
        }) => {
            let before = record.get(..handle.start).unwrap_or_default();
            let after = record.get(handle.end..).unwrap_or_default();
            Cow::Owned([before, after].concat())
        }
        _ => Cow::Borrowed(record),
    }
}

/// Where the members that a pull adds stand.
#[derive(Debug, Default)]
struct Parts {
    /// `EventHandle` with one of the commas beside it.
    handle: Option<Range<usize>>,
    /// The value of `eventContent`, when `msgHandle` stands beside it.
    content: Option<Range<usize>>,
}

impl Parts {
    fn read(text: &str) -> Result<Self, ScanError> {
        let mut parts = Self::default();
        let mut has_old_handle = false;
        let mut scanner = Scanner::new(text);
        scanner.enter_object()?;
        // Where the member before ended, or the object began.
        let mut end = scanner.offset();
        let mut is_first = true;
        while let Some(name) = scanner.next_member()? {
            scanner.peek()?;
            let value = scanner.offset();
            scanner.skip_value()?;
            let member_end = scanner.offset();
            if name.is("EventHandle") {
                let next = after_comma(text, member_end).filter(|_| is_first);
                parts.handle = Some(end..next.unwrap_or(member_end));
            }
            has_old_handle |= name.is("msgHandle");
            if name.is("eventContent") && text.get(value..value + 1) == Some("{") {
                parts.content = Some(value..member_end);
            }
            end = member_end;
            is_first = false;
        }
        scanner.finish()?;
        parts.content = parts.content.filter(|_| has_old_handle);
        Ok(parts)
    }
}

/// Behind the comma that comes next, if one does.
fn after_comma(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let trimmed = rest.trim_ascii_start();
    trimmed
        .starts_with(',')
        .then(|| at + (rest.len() - trimmed.len()) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callback(record: &str) -> String {
        String::from_utf8(as_callback(record.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn the_handle_is_cut_out_and_nothing_else_is_touched() {
        let cases = [
            (
                r#"{"EventHandle":"h","EventType":"A", "X":1.0}"#,
                r#"{"EventType":"A", "X":1.0}"#,
            ),
            (
                r#"{"EventType":"A","EventHandle":"h","X":null}"#,
                r#"{"EventType":"A","X":null}"#,
            ),
            (
                r#"{"EventType":"A","EventHandle":"h"}"#,
                r#"{"EventType":"A"}"#,
            ),
            (
                r#"{ "EventHandle" : "a,}" , "EventType":"A" }"#,
                r#"{ "EventType":"A" }"#,
            ),
            (r#"{"EventHandle":"h"}"#, "{}"),
            (r#"{"\u0045ventHandle":"h","T":1}"#, r#"{"T":1}"#),
        ];
        for (record, expected) in cases {
            assert_eq!(callback(record), expected);
        }
    }

    #[test]
    fn an_old_item_is_its_content() {
        let record = r#"{"msgHandle":"h","eventContent":{"version":"4.0", "data":{}}}"#;
        assert_eq!(callback(record), r#"{"version":"4.0", "data":{}}"#);
    }

    #[test]
    fn what_was_not_pulled_stays_as_it_is() {
        for record in [
            r#"{"EventType":"A","Inner":{"EventHandle":"h"}}"#,
            r#"{"eventContent":{"a":1}}"#,
            r#"{"EventHandle":"h""#,
            r#"[{"EventHandle":"h"}]"#,
            "no JSON",
            "",
        ] {
            assert_eq!(callback(record), record);
        }
    }
}
