//! The native file dialogs, on a thread of their own.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::job::{Job, Received, Wake, spawn};
use crate::model::SourceSpec;
use crate::state::{Action, AppAction, ArchiveAction, ExportAction, LiveAction, OpenAction};

/// Nobody closes a dialog as fast as this: there was none. The dialogs' library does not tell.
const GLANCE: Duration = Duration::from_millis(250);

/// What came of a dialog.
pub(super) enum Picked {
    /// Nothing, when it was closed.
    Paths(Vec<PathBuf>),
    /// This machine has no way to show one.
    NoDialog,
}

/// Shows a dialog and waits until it is closed.
pub(super) fn picked(show: impl FnOnce() -> Vec<PathBuf>) -> Picked {
    let began = Instant::now();
    let paths = show();
    if paths.is_empty() && began.elapsed() < GLANCE {
        return Picked::NoDialog;
    }
    Picked::Paths(paths)
}

/// At most one dialog at a time.
#[derive(Default)]
pub(super) struct Picker {
    open: Option<Open>,
}

struct Open {
    chosen: Job<Picked>,
    purpose: Purpose,
}

/// What is done with the files that are chosen.
#[derive(Clone, Copy)]
enum Purpose {
    Read,
    /// The archive is written there.
    Export,
}

impl Picker {
    pub(super) fn pick_files(&mut self, wake: &Wake) {
        self.start(Purpose::Read, wake, || {
            rfd::FileDialog::new().pick_files().unwrap_or_default()
        });
    }

    pub(super) fn pick_folder(&mut self, wake: &Wake) {
        self.start(Purpose::Read, wake, || {
            rfd::FileDialog::new().pick_folder().into_iter().collect()
        });
    }

    /// A file to write the archive to. The dialog asks before one is chosen that is there already.
    pub(super) fn pick_target(&mut self, name: String, wake: &Wake) {
        self.start(Purpose::Export, wake, move || {
            let dialog = rfd::FileDialog::new().set_file_name(name);
            dialog.save_file().into_iter().collect()
        });
    }

    fn start(
        &mut self,
        purpose: Purpose,
        wake: &Wake,
        ask: impl FnOnce() -> Vec<PathBuf> + Send + 'static,
    ) {
        if self.open.is_some() {
            return;
        }
        let chosen = spawn("file-dialog", wake.clone(), move |outbox, _| {
            // The window may have closed meanwhile: then nobody wants the answer.
            let _unwanted = outbox.send(picked(ask));
        });
        self.open = Some(Open { chosen, purpose });
    }

    /// What to do with what was chosen, once the dialog has closed. Nothing chosen is no action.
    pub(super) fn poll(&mut self) -> Option<Action> {
        let open = self.open.as_ref()?;
        let picked = match open.chosen.poll() {
            Received::Waiting => return None,
            Received::Item(picked) => picked,
            Received::Ended => Picked::NoDialog,
        };
        let purpose = open.purpose;
        self.open = None;
        match picked {
            Picked::Paths(paths) => purpose.action(paths),
            Picked::NoDialog => Some(Action::App(AppAction::NoFileDialog)),
        }
    }
}

impl Purpose {
    fn action(self, paths: Vec<PathBuf>) -> Option<Action> {
        match self {
            Self::Read => {
                let specs: Vec<SourceSpec> = paths.into_iter().map(SourceSpec::Path).collect();
                (!specs.is_empty()).then_some(Action::Open(OpenAction::Specs(specs)))
            }
            Self::Export => {
                let begin = ExportAction::Begin(paths.into_iter().next()?);
                let begin = ArchiveAction::Export(begin);
                Some(Action::Live(LiveAction::Archive(begin)))
            }
        }
    }
}
