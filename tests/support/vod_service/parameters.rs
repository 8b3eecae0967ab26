//! The parameters of a call, each asked for as what it must be.

use serde_json::{Map, Value};

use super::answer::Refusal;

/// The object in a request's body.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters(Map<String, Value>);

impl Parameters {
    pub(super) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            _ => Err(Refusal::new(
                "InvalidRequest",
                "The body is no JSON object.",
            )),
        }
    }

    /// Refuses any that an action does not know.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        match self.0.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => Err(Refusal::new(
                "UnknownParameter",
                format!("The parameter `{name}` is not recognized."),
            )),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        self.get(name, "a string", Value::as_str)
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        self.get(name, "an unsigned integer", Value::as_u64)
    }

    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<&str>>, Refusal> {
        self.get(name, "a list of strings", |value| {
            value.as_array()?.iter().map(Value::as_str).collect()
        })
    }

    /// The parameters inside a parameter; none when it is not there.
    pub(super) fn object(&self, name: &str) -> Result<Self, Refusal> {
        let object = self.get(name, "an object", Value::as_object)?;
        Ok(Self(object.cloned().unwrap_or_default()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn get<'a, T>(
        &'a self,
        name: &str,
        kind: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let Some(value) = self.0.get(name).filter(|value| !value.is_null()) else {
            return Ok(None);
        };
        let wrong = || {
            let message = format!("The parameter `{name}` must be {kind}.");
            Refusal::new("InvalidParameter", message)
        };
        read(value).map(Some).ok_or_else(wrong)
    }
}

/// A value that lies outside what is allowed.
pub(super) fn invalid(name: &str, why: &str) -> Refusal {
    let message = format!("The value of `{name}` is not valid: {why}.");
    Refusal::new("InvalidParameterValue", message)
}
