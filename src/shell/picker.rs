//! The native file dialog, on a thread of its own.

use std::path::PathBuf;

use crate::job::{Job, Received, Wake, spawn};
use crate::model::SourceSpec;
use crate::state::{Action, OpenAction};

/// At most one dialog at a time.
#[derive(Default)]
pub(super) struct Picker {
    open: Option<Job<Vec<PathBuf>>>,
}

impl Picker {
    pub(super) fn pick_files(&mut self, wake: &Wake) {
        self.start(wake, || {
            rfd::FileDialog::new().pick_files().unwrap_or_default()
        });
    }

    pub(super) fn pick_folder(&mut self, wake: &Wake) {
        self.start(wake, || {
            rfd::FileDialog::new().pick_folder().into_iter().collect()
        });
    }

    fn start(&mut self, wake: &Wake, ask: impl FnOnce() -> Vec<PathBuf> + Send + 'static) {
        if self.open.is_some() {
            return;
        }
        self.open = Some(spawn("file-dialog", wake.clone(), move |outbox, _| {
            // The window may have closed meanwhile: then nobody wants the answer.
            let _unwanted = outbox.send(ask());
        }));
    }

    /// The chosen files as an action, once the dialog has closed. Nothing chosen is no action.
    pub(super) fn poll(&mut self) -> Option<Action> {
        let paths = match self.open.as_ref()?.poll() {
            Received::Waiting => return None,
            Received::Item(paths) => paths,
            Received::Ended => Vec::new(),
        };
        self.open = None;
        let specs: Vec<SourceSpec> = paths.into_iter().map(SourceSpec::Path).collect();
        (!specs.is_empty()).then_some(Action::Open(OpenAction::Specs(specs)))
    }
}
