//! How a job tells the window that there is something to fetch.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Called from a job's thread; must be quick and must not block.
#[derive(Clone, Default)]
pub struct Wake(Option<Arc<dyn Fn() + Send + Sync>>);

impl Wake {
    /// A wake that calls `ring`.
    pub fn new(ring: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(ring)))
    }

    /// For callers that wait on the job instead of being woken.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    pub(super) fn ring(&self) {
        if let Some(ring) = &self.0 {
            ring();
        }
    }
}

impl fmt::Debug for Wake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Wake"
        } else {
            "Wake(none)"
        })
    }
}

/// A wake that keeps quiet until the last ring has been answered.
#[derive(Clone, Debug)]
pub(super) struct Bell {
    wake: Wake,
    rung: Arc<AtomicBool>,
}

impl Bell {
    pub(super) fn new(wake: Wake) -> Self {
        Self {
            wake,
            rung: Arc::default(),
        }
    }

    pub(super) fn ring(&self) {
        if !self.rung.swap(true, Ordering::AcqRel) {
            self.wake.ring();
        }
    }

    /// Call before looking for news, so that what comes during the look rings again.
    pub(super) fn answer(&self) {
        self.rung.store(false, Ordering::Release);
    }
}
