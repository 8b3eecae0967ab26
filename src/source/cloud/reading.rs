//! Tells an answer of the API from whatever else can come back: error pages, login portals,
//! answers that break off.

use std::sync::Arc;

use super::answer::Answer;
use crate::decode::tree;
use crate::http::{Ending, Response};
use crate::model::{
    ApiError, CallFault, Foreign, ForeignKind, JsonTree, JsonValue, NodeId, Reason,
};

/// Bytes of a foreign answer that are kept for looking.
const KEPT: usize = 64 << 10;

/// What came back, read.
pub(super) fn read(response: Response) -> Result<Answer, CallFault> {
    let clock_ahead_secs = clock_ahead(&response);
    let elapsed = response.elapsed;
    match &response.ending {
        Ending::TooLong => return Err(foreign(response, ForeignKind::TooLong)),
        Ending::Broken(failure) if response.body.is_empty() => {
            return Err(CallFault::Network {
                kind: failure.kind,
                why: failure.why.clone(),
            });
        }
        Ending::Broken(_) => return Err(foreign(response, ForeignKind::Truncated)),
        Ending::Complete => {}
    }
    let envelope = match envelope(&response.body) {
        Ok(envelope) => envelope,
        Err(reason) => {
            let kind = kind_of(&response, reason.as_ref());
            return Err(foreign(response, kind));
        }
    };
    if let Some(mut error) = envelope.error() {
        error.clock_ahead_secs = clock_ahead_secs;
        return Err(CallFault::Api(error));
    }
    if response.status != 200 {
        return Err(foreign(response, ForeignKind::Status));
    }
    let request_id = envelope.request_id().to_owned();
    let mut answer = Answer::new(envelope.tree, envelope.response, request_id);
    answer.elapsed = elapsed;
    answer.clock_ahead_secs = clock_ahead_secs;
    Ok(answer)
}

/// A document with the `Response` object every answer has.
struct Envelope {
    tree: JsonTree,
    response: NodeId,
}

/// Why not: a reason of the text, or none when it is JSON of another make.
fn envelope(body: &[u8]) -> Result<Envelope, Option<Reason>> {
    let tree = tree::parse(body).map_err(Some)?;
    let response = tree.member(0, "Response").filter(|id| {
        let node = tree.node(*id);
        node.is_some_and(|node| node.value == JsonValue::Object)
    });
    let response = response.ok_or(None)?;
    Ok(Envelope { tree, response })
}

impl Envelope {
    fn error(&self) -> Option<ApiError> {
        let error = self.tree.member(self.response, "Error")?;
        if self.tree.node(error)?.value != JsonValue::Object {
            return None;
        }
        Some(ApiError {
            code: self.text(error, "Code").to_owned(),
            message: self.text(error, "Message").to_owned(),
            request_id: self.request_id().to_owned(),
            clock_ahead_secs: None,
        })
    }

    fn request_id(&self) -> &str {
        self.text(self.response, "RequestId")
    }

    fn text(&self, id: NodeId, name: &str) -> &str {
        let member = self.tree.member(id, name);
        member
            .and_then(|id| self.tree.text_of(id))
            .unwrap_or_default()
    }
}

fn kind_of(response: &Response, reason: Option<&Reason>) -> ForeignKind {
    const NETWORK_LOGIN_REQUIRED: u16 = 511;
    let is_page = is_page(response);
    match response.status {
        // Asks for a login in the network's name: trying again changes nothing.
        NETWORK_LOGIN_REQUIRED if is_page => ForeignKind::Html,
        500.. => ForeignKind::Status,
        _ if is_page => ForeignKind::Html,
        200 if matches!(reason, Some(Reason::CutOff { .. })) => ForeignKind::Truncated,
        200 if !response.body.is_empty() => ForeignKind::Garbage,
        200 => ForeignKind::Truncated,
        _ => ForeignKind::Status,
    }
}

fn is_page(response: &Response) -> bool {
    let says_so = response.content_type.to_ascii_lowercase().contains("html");
    let begins = response.body.trim_ascii_start().starts_with(b"<");
    begins || (says_so && !response.body.is_empty())
}

fn foreign(response: Response, kind: ForeignKind) -> CallFault {
    let kept = response.body.get(..KEPT).unwrap_or(&response.body);
    CallFault::NotAnAnswer(Foreign {
        status: response.status,
        kind,
        content_type: response.content_type,
        bytes: Arc::from(kept),
        total_bytes: u64::try_from(response.body.len()).unwrap_or(u64::MAX),
    })
}

/// How far our clock is ahead of the answer's `Date`. The answer was dated at some moment of the
/// request, to the second: what that explains is no difference.
fn clock_ahead(response: &Response) -> Option<i64> {
    let date = response.date_unix?;
    let on_the_way = i64::try_from(response.elapsed.as_secs()).unwrap_or(i64::MAX);
    let most = response.received_unix.saturating_sub(date);
    let least = most.saturating_sub(on_the_way).saturating_sub(2);
    Some(if most < 0 {
        most
    } else if least > 0 {
        least
    } else {
        0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Failure;
    use crate::model::NetworkFault;
    use std::time::Duration;

    fn response(status: u16, content_type: &str, body: &str) -> Response {
        Response {
            status,
            content_type: content_type.to_owned(),
            date_unix: Some(1_700_000_000),
            received_unix: 1_700_000_000,
            body: body.as_bytes().to_vec(),
            ending: Ending::Complete,
            elapsed: Duration::from_millis(80),
            peer: None,
        }
    }

    fn kind(response: Response) -> ForeignKind {
        match read(response) {
            Err(CallFault::NotAnAnswer(foreign)) => foreign.kind,
            other => panic!("{other:?}"),
        }
    }

    fn broken() -> Ending {
        Ending::Broken(Failure {
            kind: NetworkFault::Reset,
            why: "Peer disconnected".to_owned(),
        })
    }

    #[test]
    fn an_answer_keeps_every_byte() {
        let body = "{\"Response\": {\"Mode\":\"PULL\",\n \"RequestId\":\"r-1\"}}\n";
        let answer = read(response(200, "application/json", body)).unwrap();
        assert_eq!(answer.body(), body.as_bytes());
        assert_eq!(answer.request_id, "r-1");
        assert_eq!(answer.event_config().mode, "PULL");
    }

    #[test]
    fn an_error_comes_with_status_200() {
        let body =
            r#"{"Response":{"Error":{"Code":"InternalError","Message":"busy"},"RequestId":"r-2"}}"#;
        let error = ApiError {
            code: "InternalError".to_owned(),
            message: "busy".to_owned(),
            request_id: "r-2".to_owned(),
            clock_ahead_secs: Some(0),
        };
        for status in [200, 400, 503] {
            let read = read(response(status, "application/json", body));
            assert_eq!(read, Err(CallFault::Api(error.clone())), "{status}");
        }
    }

    #[test]
    fn an_error_of_null_is_none() {
        let body = r#"{"Response":{"Error":null,"RequestId":"r-3"}}"#;
        assert!(read(response(200, "application/json", body)).is_ok());
    }

    #[test]
    fn what_is_no_answer_is_told_apart() {
        let portal = "<!DOCTYPE html><title>Log in</title>";
        assert_eq!(kind(response(200, "text/html", portal)), ForeignKind::Html);
        assert_eq!(kind(response(302, "", " \r\n<html>")), ForeignKind::Html);
        assert_eq!(kind(response(511, "text/html", portal)), ForeignKind::Html);
        assert_eq!(
            kind(response(502, "text/html", portal)),
            ForeignKind::Status
        );
        assert_eq!(kind(response(404, "text/plain", "no")), ForeignKind::Status);
        let cut = r#"{"Response":{"EventSet":[{"EventHa"#;
        assert_eq!(kind(response(200, "", cut)), ForeignKind::Truncated);
        assert_eq!(kind(response(200, "", "")), ForeignKind::Truncated);
        assert_eq!(kind(response(200, "", "]}{")), ForeignKind::Garbage);
        assert_eq!(
            kind(response(200, "", r#"{"ok":true}"#)),
            ForeignKind::Garbage
        );
        assert_eq!(
            kind(response(200, "", r#"{"Response":7}"#)),
            ForeignKind::Garbage
        );
    }

    #[test]
    fn a_cut_connection_leaves_what_came() {
        let mut half = response(200, "application/json", r#"{"Response":{}}"#);
        half.ending = broken();
        let Err(CallFault::NotAnAnswer(foreign)) = read(half) else {
            panic!("a cut answer was taken for a whole one");
        };
        assert_eq!(foreign.kind, ForeignKind::Truncated);
        assert_eq!(&*foreign.bytes, br#"{"Response":{}}"#);

        let mut nothing = response(200, "", "");
        nothing.ending = broken();
        let reset = CallFault::Network {
            kind: NetworkFault::Reset,
            why: "Peer disconnected".to_owned(),
        };
        assert_eq!(read(nothing), Err(reset));
    }

    #[test]
    fn of_a_long_foreign_answer_the_beginning_is_kept() {
        let Err(CallFault::NotAnAnswer(foreign)) = read(response(200, "", &"x".repeat(100_000)))
        else {
            panic!("rubbish was taken for an answer");
        };
        assert_eq!(
            (foreign.bytes.len(), foreign.total_bytes),
            (65_536, 100_000)
        );
    }

    #[test]
    fn the_time_on_the_way_is_no_clock_difference() {
        let ahead = |received_unix, secs| {
            let mut response = response(200, "", "");
            response.received_unix = received_unix;
            response.elapsed = Duration::from_secs(secs);
            clock_ahead(&response)
        };
        assert_eq!(ahead(1_700_000_001, 0), Some(0));
        assert_eq!(ahead(1_700_000_006, 5), Some(0));
        assert_eq!(ahead(1_700_000_402, 0), Some(400));
        assert_eq!(ahead(1_699_999_300, 5), Some(-700));
    }
}
