//! Writing the archive out, one export at a time.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::archive::Range;
use crate::export::{ArchiveExport, Existing, ExportNews, Target, export_archive};
use crate::job::{Job, JobEnd, Received, Wake};
use crate::model::{ExportFault, Exported};
use crate::state::{Action, ArchiveAction, ExportAction, ExportEffect, LiveAction};

use super::app::App;

/// How long closing waits for a file that is being written to be removed.
const PATIENCE: Duration = Duration::from_secs(2);

/// The export that runs.
#[derive(Default)]
pub(super) struct Exporter(Option<Running>);

struct Running {
    path: PathBuf,
    job: Job<ExportNews>,
}

impl Exporter {
    fn start(&mut self, order: ArchiveExport, path: PathBuf, wake: Wake) {
        let job = export_archive(order, wake);
        self.0 = Some(Running { path, job });
    }

    fn cancel(&self) {
        if let Some(running) = &self.0 {
            running.job.cancel();
        }
    }

    /// What the job has told.
    pub(super) fn poll(&mut self) -> Vec<Action> {
        let mut actions = Vec::new();
        while let Some(running) = &self.0 {
            let result = match running.job.poll() {
                Received::Waiting => break,
                Received::Item(ExportNews::Progress(progress)) => {
                    actions.push(action(ExportAction::Progress(progress)));
                    continue;
                }
                Received::Item(ExportNews::Ended(result)) => result,
                Received::Ended => Err(broken_off(&running.job)),
            };
            actions.push(self.ended(result));
        }
        actions
    }

    fn ended(&mut self, result: Result<Exported, ExportFault>) -> Action {
        let path = self.0.take().map(|running| running.path);
        action(ExportAction::Ended {
            path: path.unwrap_or_default(),
            result,
        })
    }
}

impl Drop for Exporter {
    /// The job removes what it has begun to write, which an ending program would not wait for.
    fn drop(&mut self) {
        let Some(running) = &self.0 else {
            return;
        };
        running.job.cancel();
        let until = Instant::now() + PATIENCE;
        while running.job.recv_timeout(PATIENCE) != Received::Ended && Instant::now() < until {}
    }
}

fn broken_off(job: &Job<ExportNews>) -> ExportFault {
    let why = match job.end() {
        Some(JobEnd::Failed(why)) => why.clone(),
        Some(JobEnd::Done) | None => String::new(),
    };
    ExportFault::Other { why }
}

fn action(action: ExportAction) -> Action {
    Action::Live(LiveAction::Archive(ArchiveAction::Export(action)))
}

impl App {
    pub(super) fn carry_out_export(&mut self, effect: ExportEffect) {
        match effect {
            ExportEffect::Pick { name } => self.picker.pick_target(name, &self.wake),
            ExportEffect::Start { since_unix, path } => {
                let order = ArchiveExport {
                    archive: self.around.archive.clone(),
                    range: Range {
                        since_ms: since_unix.map(|since| since.saturating_mul(1_000)),
                        until_ms: None,
                    },
                    kinds: Vec::new(),
                    target: Target::File {
                        path: path.clone(),
                        existing: Existing::Replace,
                    },
                };
                self.exporter.start(order, path, self.wake.clone());
            }
            ExportEffect::Cancel => self.exporter.cancel(),
        }
    }
}
