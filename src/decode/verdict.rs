//! What became of a task and of each of its sub-tasks: the one rule both the index and the
//! detail follow. `FINISH` only says that everything has ended, and not even that while a
//! sub-task is still at work. A failure is a failure all the same.

use super::reach::Reach;
use crate::model::{Outcome, Verdict};

/// What a task or sub-task says of itself, verbatim; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claims<'a> {
    pub(crate) status: Option<&'a str>,
    /// ErrCode as text, number or not.
    pub(crate) err_code: Option<&'a str>,
    pub(crate) err_code_ext: Option<&'a str>,
}

impl<'a> Claims<'a> {
    /// Whether a code or the status itself says that something went wrong.
    pub(crate) fn is_error(&self) -> bool {
        self.error_code().is_some() || self.word() == Word::Failed
    }

    /// The code that says so: ErrCodeExt when there is one, else an ErrCode that is not 0,
    /// else the 2.0 status, which is a code by itself.
    pub(crate) fn error_code(&self) -> Option<&'a str> {
        self.err_code_ext
            .filter(|code| !code.trim().is_empty())
            .or_else(|| self.err_code.filter(|code| is_error_code(code)))
            .or_else(|| self.status.filter(|s| is_number(s) && is_error_code(s)))
    }

    fn word(&self) -> Word {
        self.status.map_or(Word::None, Word::of)
    }

    fn has_code(&self) -> bool {
        self.err_code.is_some() || self.err_code_ext.is_some()
    }
}

/// The outcome of a whole task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    /// The task has an error of its own, and every listed sub-task succeeded.
    pub(crate) sub_task_missing: bool,
}

/// Whether an ErrCode is an error: anything but 0, however 0 is written.
pub(crate) fn is_error_code(text: &str) -> bool {
    // As nearly every event spells it.
    if text == "0" {
        return false;
    }
    let text = text.trim();
    !text.is_empty() && text.parse::<f64>() != Ok(0.0)
}

/// Whether an ErrCode says that all went well.
fn is_zero(text: &str) -> bool {
    !text.trim().is_empty() && !is_error_code(text)
}

/// How a sub-task ended. The status is trusted first, then ErrCodeExt, then ErrCode.
/// `has_times`: whether it told a begin or a finish.
pub(crate) fn outcome(claims: &Claims<'_>, has_times: bool) -> Outcome {
    if claims.is_error() {
        return Outcome::Failed;
    }
    match claims.word() {
        Word::Succeeded | Word::Finished => Outcome::Succeeded,
        Word::Running => Outcome::Running,
        Word::Waiting => Outcome::Waiting,
        Word::Empty if !has_times => Outcome::Waiting,
        _ => Outcome::Unknown,
    }
}

/// Whether the status around a flow speaks too early: `FINISH`, while the flow is at work by what
/// it says of itself. Then the flow's own status counts.
pub(crate) fn is_early(outer: &str, own: &str) -> bool {
    let has_ended = matches!(Word::of(outer), Word::Finished | Word::Succeeded);
    has_ended && matches!(Word::of(own), Word::Running | Word::Waiting)
}

/// The verdict on a task from what it says of itself and how its sub-tasks ended.
pub(crate) fn verdict(
    claims: &Claims<'_>,
    outcomes: impl IntoIterator<Item = Outcome>,
    reach: Reach,
) -> Judgement {
    let (mut any_failed, mut any_succeeded, mut all_succeeded) = (false, false, true);
    let (mut any_running, mut is_alone) = (false, true);
    for outcome in outcomes {
        is_alone = false;
        any_failed |= outcome == Outcome::Failed;
        any_running |= outcome == Outcome::Running;
        any_succeeded |= outcome == Outcome::Succeeded;
        all_succeeded &= outcome == Outcome::Succeeded;
    }
    let word = claims.word();
    let verdict = match word {
        Word::Running | Word::Waiting => Verdict::Running,
        _ if any_failed || claims.is_error() => {
            if any_succeeded {
                Verdict::PartlyFailed
            } else {
                Verdict::Failed
            }
        }
        Word::Finished | Word::Succeeded if any_running => Verdict::Running,
        _ if reach == Reach::NoOutcome => Verdict::Unknown,
        Word::Succeeded => Verdict::Ok,
        Word::Finished if reach == Reach::Whole || any_succeeded || claims.has_code() => {
            Verdict::Ok
        }
        // Tasks without a status tell how they ended by their code.
        Word::None if is_alone && claims.err_code.is_some_and(is_zero) => Verdict::Ok,
        _ => Verdict::Unknown,
    };
    let ended = verdict != Verdict::Running;
    Judgement {
        verdict,
        sub_task_missing: ended && claims.is_error() && any_succeeded && all_succeeded,
    }
}

/// What a status means, whatever its case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    None,
    Empty,
    Waiting,
    Running,
    Finished,
    Succeeded,
    Failed,
    Other,
}

impl Word {
    fn of(status: &str) -> Self {
        const WORDS: [(&str, Word); 9] = [
            ("FINISH", Word::Finished),
            ("FINISHED", Word::Finished),
            ("SUCCESS", Word::Succeeded),
            ("PROCESSING", Word::Running),
            ("RUNNING", Word::Running),
            ("WAITING", Word::Waiting),
            ("FAIL", Word::Failed),
            ("FAILED", Word::Failed),
            ("DONE", Word::Finished),
        ];
        // As nearly every sub-task and every task spells it.
        match status {
            "SUCCESS" => return Self::Succeeded,
            "FINISH" => return Self::Finished,
            _ => {}
        }
        let status = status.trim();
        if status.is_empty() {
            return Self::Empty;
        }
        if is_number(status) {
            return if is_error_code(status) {
                Self::Failed
            } else {
                Self::Succeeded
            };
        }
        WORDS
            .iter()
            .find(|(word, _)| status.eq_ignore_ascii_case(word))
            .map_or(Self::Other, |(_, meaning)| *meaning)
    }
}

/// Whether a status is an integer: 2.0 events write their error code there.
fn is_number(text: &str) -> bool {
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return false;
    }
    let digits = text.trim().trim_start_matches('-');
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Claims, Judgement, is_early, outcome, verdict};
    use crate::decode::reach::Reach;
    use crate::model::Outcome::{Failed, Running, Succeeded, Unknown, Waiting};
    use crate::model::{Format, Outcome, Verdict};

    fn claims<'a>(status: &'a str, err_code: &'a str, ext: &'a str) -> Claims<'a> {
        Claims {
            status: Some(status),
            err_code: Some(err_code),
            err_code_ext: Some(ext),
        }
    }

    fn judge(status: &str, err_code: &str, outcomes: &[Outcome]) -> (Verdict, bool) {
        let claims = claims(status, err_code, "");
        let judgement = verdict(&claims, outcomes.iter().copied(), Reach::Whole);
        (judgement.verdict, judgement.sub_task_missing)
    }

    #[test]
    fn failures_and_successes_make_partly_failed() {
        assert_eq!(judge("FINISH", "0", &[Succeeded]), (Verdict::Ok, false));
        assert_eq!(
            judge("FINISH", "0", &[Succeeded, Failed]),
            (Verdict::PartlyFailed, false)
        );
        assert_eq!(
            judge("FINISH", "0", &[Failed, Failed]),
            (Verdict::Failed, false)
        );
    }

    #[test]
    fn an_error_without_a_failed_sub_task_tells_of_a_missing_one() {
        assert_eq!(
            judge("FINISH", "40000", &[Succeeded, Succeeded]),
            (Verdict::PartlyFailed, true)
        );
        assert_eq!(judge("FINISH", "40000", &[]), (Verdict::Failed, false));
        assert_eq!(
            judge("FINISH", "40000", &[Succeeded, Failed]),
            (Verdict::PartlyFailed, false)
        );
    }

    #[test]
    fn a_running_task_is_running_whatever_failed_so_far() {
        assert_eq!(
            judge("PROCESSING", "0", &[Failed]),
            (Verdict::Running, false)
        );
        assert_eq!(
            judge("processing", "7", &[Succeeded]),
            (Verdict::Running, false)
        );
    }

    #[test]
    fn finish_around_a_flow_that_is_at_work_is_too_early() {
        for own in ["PROCESSING", "WAITING", "processing"] {
            assert!(is_early("FINISH", own), "{own}");
        }
        for (outer, own) in [
            ("FINISH", "FINISH"),
            ("ABORTED", "PROCESSING"),
            ("PROCESSING", "WAITING"),
            ("", "PROCESSING"),
        ] {
            assert!(!is_early(outer, own), "{outer} {own}");
        }
    }

    #[test]
    fn finish_is_too_early_while_a_sub_task_is_at_work() {
        for outcomes in [&[Running][..], &[Succeeded, Running]] {
            assert_eq!(judge("FINISH", "0", outcomes), (Verdict::Running, false));
        }
        // What has failed is known already.
        assert_eq!(
            judge("FINISH", "0", &[Succeeded, Failed, Running]),
            (Verdict::PartlyFailed, false)
        );
        assert_eq!(
            judge("FINISH", "0", &[Succeeded, Waiting]),
            (Verdict::Ok, false)
        );
    }

    fn judge_claims(claims: &Claims<'_>, outcomes: &[Outcome]) -> Judgement {
        verdict(claims, outcomes.iter().copied(), Reach::Whole)
    }

    #[test]
    fn finish_without_a_code_is_ok_unless_codes_may_be_left_out() {
        let bare = Claims {
            status: Some("FINISH"),
            ..Claims::default()
        };
        let of =
            |outcomes: &[Outcome], reach| verdict(&bare, outcomes.iter().copied(), reach).verdict;
        assert_eq!(of(&[], Reach::Whole), Verdict::Ok);
        assert_eq!(of(&[Failed], Reach::Whole), Verdict::Failed);
        assert_eq!(of(&[], Reach::ListItem), Verdict::Unknown);
        assert_eq!(of(&[Succeeded], Reach::ListItem), Verdict::Ok);
    }

    #[test]
    fn what_has_no_outcome_can_only_fail() {
        let of = |status, code| {
            let reach = Reach::of(Format::V2, "NewFileUpload", true);
            verdict(&claims(status, code, ""), [], reach).verdict
        };
        assert_eq!(of("0", "0"), Verdict::Unknown);
        assert_eq!(of("FINISH", "0"), Verdict::Unknown);
        assert_eq!(of("-5", "0"), Verdict::Failed);
        assert_eq!(of("FINISH", "70000"), Verdict::Failed);
    }

    #[test]
    fn other_states_are_not_guessed_at() {
        assert_eq!(judge_claims(&Claims::default(), &[]), Judgement::default());
        assert_eq!(judge("FINISH", "0", &[]), (Verdict::Ok, false));
        assert_eq!(judge("ABORTED", "0", &[]), (Verdict::Unknown, false));
        assert_eq!(judge("ABORTED", "70000", &[]), (Verdict::Failed, false));
    }

    #[test]
    fn a_code_alone_tells_how_a_task_ended() {
        let of = |err_code| Claims {
            err_code: Some(err_code),
            ..Claims::default()
        };
        assert_eq!(judge_claims(&of("0"), &[]).verdict, Verdict::Ok);
        assert_eq!(judge_claims(&of(""), &[]).verdict, Verdict::Unknown);
        assert_eq!(judge_claims(&of("70000"), &[]).verdict, Verdict::Failed);
        assert_eq!(judge_claims(&of("0"), &[Running]).verdict, Verdict::Unknown);
    }

    #[test]
    fn integer_states_are_codes() {
        let of = |status| Claims {
            status: Some(status),
            ..Claims::default()
        };
        assert_eq!(judge_claims(&of("0"), &[]).verdict, Verdict::Ok);
        assert_eq!(judge_claims(&of("-5"), &[]).verdict, Verdict::Failed);
        assert_eq!(of("30009").error_code(), Some("30009"));
        assert_eq!(of("0").error_code(), None);
    }

    #[test]
    fn sub_tasks_fail_by_status_then_either_code() {
        assert_eq!(outcome(&claims("FAIL", "0", ""), true), Failed);
        assert_eq!(
            outcome(&claims("SUCCESS", "0", "InternalError"), true),
            Failed
        );
        assert_eq!(outcome(&claims("SUCCESS", "70000", ""), true), Failed);
        assert_eq!(outcome(&claims("SUCCESS", "0", ""), false), Succeeded);
        assert_eq!(outcome(&claims("PROCESSING", "0", ""), true), Running);
        assert_eq!(outcome(&claims("", "0", ""), false), Waiting);
        assert_eq!(outcome(&claims("", "0", ""), true), Unknown);
        assert_eq!(outcome(&Claims::default(), false), Unknown);
    }
}
