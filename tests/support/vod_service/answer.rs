//! What an action comes to: the members of its answer, or a refusal, and the text of both.

use serde::Serialize;
use serde_json::json;

/// An API error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Refusal {
    pub(super) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
        }
    }
}

/// The members of an answer, as JSON text: events go out in the very bytes they were queued in.
#[derive(Clone, Debug, Default)]
pub(super) struct Members(String);

impl Members {
    /// Adds a member.
    pub(super) fn with(self, name: &str, value: &impl Serialize) -> Self {
        // Values are plain JSON trees, numbers and text: they always serialise.
        let text = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
        self.with_text(name, &text)
    }

    /// Adds a member whose value is JSON already.
    pub(super) fn with_text(mut self, name: &str, json: &str) -> Self {
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        self.0.push_str(json);
        self.0.push(',');
        self
    }
}

/// What every action returns.
pub(super) type Acted = Result<Members, Refusal>;

/// The body of an answer.
pub(super) fn body(acted: &Acted, request_id: &str) -> String {
    match acted {
        Ok(Members(text)) => {
            format!(r#"{{"Response":{{{text}"RequestId":"{request_id}"}}}}"#)
        }
        Err(Refusal { code, message }) => {
            let error = json!({"Code": code, "Message": message});
            format!(r#"{{"Response":{{"Error":{error},"RequestId":"{request_id}"}}}}"#)
        }
    }
}
