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
/// then the part of the code before its last dot. What a code means for one call says nothing of
/// the longer codes of its family: a queue is empty by `ResourceNotFound` alone.
pub fn explain(code: &str, action: Option<&str>) -> Option<&'static ApiError> {
    let for_call = action.and_then(|_| exactly(code, action));
    for_call.or_else(|| of_family(code))
}

fn of_family(code: &str) -> Option<&'static ApiError> {
    let mut known = Some(code);
    while let Some(code) = known {
        if let Some(found) = exactly(code, None) {
            return Some(found);
        }
        known = code.rsplit_once('.').map(|(family, _)| family);
    }
    None
}

fn exactly(code: &str, action: Option<&str>) -> Option<&'static ApiError> {
    let mut errors = ERRORS.iter();
    errors.find(|known| known.code == code && known.action == action)
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
        assert_eq!(ERRORS.len(), 98);
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

    #[test]
    fn a_longer_code_of_the_queues_is_no_empty_queue() {
        let call = Some("PullEvents");
        assert_eq!(
            meaning("ResourceNotFound.ServiceNotExist", call),
            Some("The service is not activated for this account.")
        );
        assert_eq!(
            meaning("ResourceNotFound.BrandNew", call),
            meaning("ResourceNotFound", None)
        );
    }

    #[test]
    fn every_family_of_the_service_is_explained() {
        for family in [
            "ActionOffline",
            "AuthFailure",
            "DryRunOperation",
            "FailedOperation",
            "InternalError",
            "InvalidAction",
            "InvalidParameter",
            "InvalidParameterValue",
            "IpInBlacklist",
            "IpNotInWhitelist",
            "LimitExceeded",
            "MissingParameter",
            "NoSuchVersion",
            "RequestLimitExceeded",
            "RequestSizeLimitExceeded",
            "ResourceInUse",
            "ResourceInsufficient",
            "ResourceNotFound",
            "ResourceUnavailable",
            "ResponseSizeLimitExceeded",
            "ServiceUnavailable",
            "UnauthorizedOperation",
            "UnknownParameter",
            "UnsupportedOperation",
            "UnsupportedProtocol",
            "UnsupportedRegion",
        ] {
            assert!(explain(family, None).is_some(), "{family}");
            let finer = format!("{family}.NewlyInvented");
            assert_eq!(explain(&finer, None), explain(family, None), "{family}");
        }
    }

    #[test]
    fn the_clock_is_named_where_it_is_to_blame() {
        let known = explain("AuthFailure.SignatureExpire", Some("PullEvents")).unwrap();
        assert!(known.advice.en.contains("clock"), "{}", known.advice.en);
        assert_eq!(known.retry, Retry::AfterFix);
    }
}
