//! Which failed calls are worth another attempt, and how long to wait before it.

use std::time::{Duration, Instant};

use super::action::Action;
use crate::job::Cancel;
use crate::model::{CallFault, ForeignKind, NetworkFault, Retry};

/// How often and how patiently a call is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Attempts in all.
    pub attempts: u32,
    /// The longest first wait; each further one may be twice as long.
    pub first: Duration,
    pub longest: Duration,
    /// No attempt begins after this moment.
    pub until: Option<Instant>,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            attempts: 6,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(30),
            until: None,
        }
    }
}

impl Patience {
    /// Makes a call until it succeeds, fails for good, or patience ends. Before each wait
    /// `report` is told of the failure; waiting ends when cancelled.
    pub fn run<T>(
        &self,
        action: Action,
        cancel: &Cancel,
        mut report: impl FnMut(&Retry),
        mut call: impl FnMut() -> Result<T, CallFault>,
    ) -> Result<T, CallFault> {
        let mut attempt = 1;
        loop {
            let fault = match call() {
                Ok(done) => return Ok(done),
                Err(fault) => fault,
            };
            let wait = self.wait_after(attempt);
            if !is_passing(&fault) || attempt >= self.attempts || self.is_over_after(wait) {
                return Err(fault);
            }
            report(&Retry {
                action: action.name(),
                fault,
                attempt,
                wait,
            });
            if !cancel.sleep(wait) {
                return Err(CallFault::Cancelled);
            }
            attempt += 1;
        }
    }

    /// Anything between nothing and the attempt's longest wait, so that many callers who failed
    /// together do not come back together.
    fn wait_after(&self, attempt: u32) -> Duration {
        self.longest_after(attempt).mul_f64(fastrand::f64())
    }

    fn longest_after(&self, attempt: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        self.first.saturating_mul(doubled).min(self.longest)
    }

    fn is_over_after(&self, wait: Duration) -> bool {
        self.until
            .is_some_and(|until| Instant::now() + wait >= until)
    }
}

/// Whether a failure may pass by itself: too many requests, a fault inside the service, a broken
/// connection. A refusal comes again however often one asks.
pub fn is_passing(fault: &CallFault) -> bool {
    match fault {
        CallFault::Api(error) => {
            let family = error.code.split('.').next().unwrap_or_default();
            [
                "RequestLimitExceeded",
                "InternalError",
                "ServiceUnavailable",
            ]
            .contains(&family)
        }
        CallFault::Network { kind, .. } => matches!(
            kind,
            NetworkFault::Dns | NetworkFault::Connect | NetworkFault::Timeout | NetworkFault::Reset
        ),
        CallFault::NotAnAnswer(foreign) => match foreign.kind {
            ForeignKind::Truncated => true,
            ForeignKind::Status => foreign.status >= 500 || foreign.status == 429,
            ForeignKind::Html | ForeignKind::Garbage | ForeignKind::TooLong => false,
        },
        CallFault::Credentials(_)
        | CallFault::BadEndpoint { .. }
        | CallFault::NothingToSend { .. }
        | CallFault::Cancelled => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ApiError, Foreign};
    use std::sync::Arc;

    fn api(code: &str) -> CallFault {
        CallFault::Api(ApiError {
            code: code.to_owned(),
            message: String::new(),
            request_id: String::new(),
            clock_ahead_secs: None,
        })
    }

    fn network(kind: NetworkFault) -> CallFault {
        let why = String::new();
        CallFault::Network { kind, why }
    }

    fn foreign(kind: ForeignKind, status: u16) -> CallFault {
        CallFault::NotAnAnswer(Foreign {
            status,
            kind,
            content_type: String::new(),
            bytes: Arc::default(),
            total_bytes: 0,
        })
    }

    fn quick() -> Patience {
        Patience {
            first: Duration::from_millis(1),
            ..Patience::default()
        }
    }

    /// The attempts made at a call that fails with `fault` the first `failing` times.
    fn attempts(patience: Patience, failing: u32, fault: &CallFault) -> (u32, bool) {
        let mut made = 0;
        let done = patience.run(
            Action::DescribeTasks,
            &Cancel::default(),
            |_| {},
            || {
                made += 1;
                if made > failing {
                    Ok(())
                } else {
                    Err(fault.clone())
                }
            },
        );
        (made, done.is_ok())
    }

    #[test]
    fn passing_faults_are_tried_six_times() {
        for fault in [
            api("RequestLimitExceeded"),
            api("RequestLimitExceeded.UinLimitExceeded"),
            api("InternalError"),
            network(NetworkFault::Reset),
            network(NetworkFault::Timeout),
            network(NetworkFault::Connect),
            foreign(ForeignKind::Status, 502),
            foreign(ForeignKind::Truncated, 200),
        ] {
            assert_eq!(attempts(quick(), 2, &fault), (3, true), "{fault:?}");
            assert_eq!(attempts(quick(), 9, &fault), (6, false), "{fault:?}");
        }
    }

    #[test]
    fn refusals_are_not_tried_again() {
        for fault in [
            api("AuthFailure.SignatureExpire"),
            api("AuthFailure.SignatureFailure"),
            api("InvalidParameterValue.TaskId"),
            api("UnauthorizedOperation"),
            api("ResourceNotFound"),
            network(NetworkFault::Tls),
            foreign(ForeignKind::Html, 200),
            foreign(ForeignKind::Status, 404),
            CallFault::Cancelled,
        ] {
            assert_eq!(attempts(quick(), 9, &fault), (1, false), "{fault:?}");
        }
    }

    #[test]
    fn waits_double_up_to_a_limit() {
        let patience = Patience::default();
        let longest: Vec<u128> = (1..=8)
            .map(|attempt| patience.longest_after(attempt).as_millis())
            .collect();
        assert_eq!(
            longest,
            [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]
        );
        assert!((0..100).all(|_| patience.wait_after(3) <= Duration::from_secs(2)));
    }

    #[test]
    fn each_wait_is_told_before_it_begins() {
        let mut told = Vec::new();
        let done: Result<(), _> = quick().run(
            Action::PullEvents,
            &Cancel::default(),
            |retry| told.push((retry.action, retry.attempt)),
            || Err(api("InternalError")),
        );
        assert_eq!(done, Err(api("InternalError")));
        let all: Vec<_> = (1..=5).map(|attempt| ("PullEvents", attempt)).collect();
        assert_eq!(told, all);
    }

    #[test]
    fn nothing_is_tried_past_the_deadline() {
        let patience = Patience {
            until: Some(Instant::now()),
            ..quick()
        };
        assert_eq!(attempts(patience, 9, &api("InternalError")), (1, false));
    }

    #[test]
    fn cancelling_ends_the_wait() {
        let cancel = Cancel::default();
        let stopper = cancel.clone();
        let slow = Patience {
            first: Duration::from_hours(1),
            longest: Duration::from_hours(1),
            ..Patience::default()
        };
        let done: Result<(), _> = slow.run(
            Action::PullEvents,
            &cancel,
            move |_| stopper.cancel(),
            || Err(api("InternalError")),
        );
        assert_eq!(done, Err(CallFault::Cancelled));
    }
}
