//! What every sub-task says of itself: state, error, progress, times.

use crate::json::Json;
use crate::rng::Rng;
use crate::task::{Phase, SubTask};
use crate::time::iso;

/// (`ErrCodeExt`, `ErrCode`, `Message`)
type Failure = (&'static str, u64, &'static str);

const FAILURES: &[Failure] = &[
    (
        "SourceFileError.ContentMalformed",
        60_000,
        "decode: invalid NAL unit size",
    ),
    (
        "SourceFileError.ContentUnsupported",
        60_000,
        "codec is not supported",
    ),
    (
        "SourceFileError.NoVideoMedia",
        60_000,
        "source has no video stream",
    ),
    (
        "SourceFileError.NoVideoResolution",
        60_000,
        "cannot read the resolution",
    ),
    (
        "SourceFileError.DownloadNotAccessible",
        60_000,
        "download source: status 403",
    ),
    (
        "InvalidInput.InvalidTimeOffset",
        40_000,
        "time offset out of range",
    ),
    (
        "InvalidInput.DefinitionNotExist",
        40_000,
        "definition not exist",
    ),
    (
        "InvalidInput.ResultFileSizeTooLarge",
        40_000,
        "result file is too large",
    ),
    ("InternalError", 70_000, "internal error"),
];

pub(crate) struct Outcome {
    phase: Phase,
    failure: Option<Failure>,
    progress: u64,
    begin: u64,
    finish: u64,
}

impl Outcome {
    /// 4 % of what finishes fails.
    pub(crate) fn new(sub_task: &SubTask, rng: &mut Rng, task_unix_secs: u64) -> Self {
        let fails = rng.chance(4);
        let failure = rng.pick(FAILURES);
        let begin = task_unix_secs + rng.below(60);
        Self {
            phase: sub_task.phase,
            failure: (fails && sub_task.phase == Phase::Done).then_some(failure),
            progress: rng.between(1, 99),
            begin,
            finish: begin + rng.between(5, 3600),
        }
    }

    pub(crate) fn has_output(&self) -> bool {
        self.phase == Phase::Done && self.failure.is_none()
    }

    pub(crate) fn state(&self, json: &mut Json) {
        let status = match (self.phase, self.failure) {
            (Phase::Done, Some(_)) => "FAIL",
            (Phase::Done, None) => "SUCCESS",
            _ => "PROCESSING",
        };
        let fine = ("", 0, if self.has_output() { "SUCCESS" } else { "" });
        let (extended, code, message) = self.failure.unwrap_or(fine);
        json.key("Status").string(status);
        json.key("ErrCodeExt").string(extended);
        json.key("ErrCode").int(code);
        json.key("Message").string(message);
    }

    pub(crate) fn progress(&self, json: &mut Json) {
        json.key("Progress").int(match self.phase {
            Phase::Done => 100,
            Phase::Running => self.progress,
            Phase::Waiting => 0,
        });
    }

    pub(crate) fn times(&self, json: &mut Json) {
        let known = |known: bool, at: u64| if known { iso(at) } else { String::new() };
        let begin = known(self.phase != Phase::Waiting, self.begin);
        json.key("BeginProcessTime").string(&begin);
        let finish = known(self.phase == Phase::Done, self.finish);
        json.key("FinishTime").string(&finish);
    }
}
