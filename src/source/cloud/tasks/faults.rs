//! What a failed call says: something of one task, of the place in a list, or of all calls.

use crate::model::{CallFault, ForeignKind};

/// Families of codes that any call would be answered with.
const OF_ALL: [&str; 16] = [
    "AuthFailure",
    "DryRunOperation",
    "InvalidAction",
    "InvalidRequest",
    "IpInBlacklist",
    "IpNotInWhitelist",
    "LimitExceeded",
    "MissingParameter",
    "NoSuchProduct",
    "NoSuchVersion",
    "RequestLimitExceeded",
    "UnauthorizedOperation",
    "UnknownParameter",
    "UnsupportedOperation",
    "UnsupportedProtocol",
    "UnsupportedRegion",
];

/// Words of codes about the account or the application.
const OF_THE_ACCOUNT: [&str; 3] = ["SubAppId", "InvalidVodUser", "InvalidAccount"];

/// Whether the detail of one task failed for a reason of its own, so that others may succeed.
pub(super) fn is_of_one_task(fault: &CallFault) -> bool {
    match fault {
        CallFault::Api(error) => {
            let family = error.code.split('.').next().unwrap_or_default();
            let of_account = OF_THE_ACCOUNT.iter().any(|word| error.code.contains(word));
            !OF_ALL.contains(&family) && !of_account
        }
        CallFault::NotAnAnswer(foreign) => match foreign.kind {
            ForeignKind::Truncated | ForeignKind::Garbage | ForeignKind::TooLong => true,
            ForeignKind::Status => foreign.status >= 500,
            ForeignKind::Html => false,
        },
        _ => false,
    }
}

/// The service words it so when a task is unknown, or older than it remembers.
pub(super) fn is_forgotten(fault: &CallFault) -> bool {
    let codes = ["InvalidParameterValue.TaskId", "ResourceNotFound"];
    matches!(fault, CallFault::Api(error) if codes.contains(&error.code.as_str()))
}

/// Whether a call with a ScrollToken may have been refused because of it: the refusal's RequestId.
pub(super) fn stale_token(fault: &CallFault) -> Option<String> {
    let CallFault::Api(error) = fault else {
        return None;
    };
    let is_value = error.code.starts_with("InvalidParameterValue");
    is_value.then(|| error.request_id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ApiError, Foreign, NetworkFault};

    fn api(code: &str) -> CallFault {
        CallFault::Api(ApiError {
            code: code.to_owned(),
            message: String::new(),
            request_id: String::new(),
            clock_ahead_secs: None,
        })
    }

    fn foreign(kind: ForeignKind, status: u16) -> CallFault {
        CallFault::NotAnAnswer(Foreign {
            status,
            kind,
            content_type: String::new(),
            bytes: std::sync::Arc::default(),
            total_bytes: 0,
        })
    }

    #[test]
    fn a_fault_inside_the_service_is_of_one_task() {
        for fault in [
            api("InternalError"),
            api("InternalError.DBError"),
            api("FailedOperation"),
            api("InvalidParameterValue"),
            foreign(ForeignKind::Status, 502),
            foreign(ForeignKind::Garbage, 200),
            foreign(ForeignKind::Truncated, 200),
        ] {
            assert!(is_of_one_task(&fault), "{fault:?}");
        }
    }

    #[test]
    fn what_would_fail_every_call_is_of_none() {
        let network = CallFault::Network {
            kind: NetworkFault::Connect,
            why: String::new(),
        };
        for fault in [
            api("AuthFailure.SignatureExpire"),
            api("UnauthorizedOperation"),
            api("UnauthorizedOperation.CamNoAuth"),
            api("RequestLimitExceeded"),
            api("LimitExceeded"),
            api("InvalidParameterValue.SubAppId"),
            api("FailedOperation.InvalidVodUser"),
            foreign(ForeignKind::Html, 200),
            foreign(ForeignKind::Status, 403),
            network,
            CallFault::Cancelled,
        ] {
            assert!(!is_of_one_task(&fault), "{fault:?}");
        }
    }
}
