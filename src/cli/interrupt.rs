//! Ctrl-C: asks once to end cleanly, the second time ends at once.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a shell names the end by Ctrl-C.
const ENDED_BY_INTERRUPT: i32 = 130;

/// Whether Ctrl-C was pressed.
#[derive(Clone, Debug, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From here on Ctrl-C asks. Nothing that has been stored is lost when it cannot.
    pub(super) fn watch() -> Self {
        let interrupt = Self::default();
        let asked = Arc::clone(&interrupt.0);
        let set = ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::AcqRel) {
                end_at_once();
            }
        });
        if let Err(error) = set {
            log::warn!("Ctrl-C will end the program at once: {error}");
        }
        interrupt
    }

    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

#[expect(
    clippy::exit,
    reason = "asked twice, nobody wants to wait for a call on its way; what was stored is durable"
)]
fn end_at_once() {
    process::exit(ENDED_BY_INTERRUPT);
}
