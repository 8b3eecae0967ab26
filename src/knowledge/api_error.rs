//! What the error of an API answer means to the person who made the call.
//!
//! An answer with an error is kept like any record; codes that say which value was refused are
//! explained by their first part, and the code itself names the value.

use std::sync::LazyLock;

use serde::Deserialize;

use super::error_code::{Retry, WhoActs};
use super::{Bilingual, rows};

/// An API error code in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct ApiError {
    pub code: &'static str,
    /// The call it means this for; `None` for any.
    #[serde(default)]
    pub action: Option<&'static str>,
    pub meaning: Bilingual,
    pub advice: Bilingual,
    pub who_acts: WhoActs,
    pub retry: Retry,
}

/// Explains `Response.Error.Code`. The finest code known wins: for the call, then for any call,
/// then the part of the code before its last dot.
pub fn explain(code: &str, action: Option<&str>) -> Option<&'static ApiError> {
    let mut known = Some(code);
    while let Some(code) = known {
        if let Some(found) = exactly(code, action) {
            return Some(found);
        }
        known = code.rsplit_once('.').map(|(family, _)| family);
    }
    None
}

fn exactly(code: &str, action: Option<&str>) -> Option<&'static ApiError> {
    let of = |action: Option<&str>| {
        let mut errors = ERRORS.iter();
        errors.find(|known| known.code == code && known.action == action)
    };
    of(action).or_else(|| of(None))
}

static ERRORS: LazyLock<Vec<ApiError>> = LazyLock::new(|| {
    rows(
        "api_errors.json",
        include_str!("../../assets/knowledge/api_errors.json"),
    )
});

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::knowledge::checks::assert_bilingual;

    fn meaning(code: &str, action: Option<&str>) -> Option<&'static str> {
        explain(code, action).map(|known| known.meaning.en)
    }

    #[test]
    fn every_error_speaks_both_languages_once() {
        let mut seen = HashSet::new();
        assert_eq!(ERRORS.len(), 51);
        for known in ERRORS.iter() {
            assert!(
                seen.insert((known.code, known.action)),
                "{} twice",
                known.code
            );
            assert_bilingual(known.meaning, known.code);
            assert_bilingual(known.advice, known.code);
        }
    }

    #[test]
    fn nothing_found_means_an_empty_queue_only_when_pulling() {
        let code = "ResourceNotFound";
        assert_eq!(
            meaning(code, Some("PullEvents")),
            Some("The queue is empty.")
        );
        assert_ne!(meaning(code, None), meaning(code, Some("PullEvents")));
    }

    #[test]
    fn a_finer_code_falls_back_to_its_family() {
        let family = meaning("InvalidParameterValue", None);
        assert_eq!(meaning("InvalidParameterValue.CoverType", None), family);
        assert_ne!(meaning("InvalidParameterValue.SubAppId", None), family);
        assert_eq!(meaning("BrandNew.Error", None), None);
    }
}
