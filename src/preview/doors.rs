//! How many downloads one host is asked for at once, whichever URL or redirect led there.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::job::Cancel;

/// Downloads from one host at once.
pub(super) const A_HOST: usize = 2;

/// How often one that waits looks whether it is still wanted.
const LOOK: Duration = Duration::from_millis(100);

#[derive(Clone, Debug, Default)]
pub(super) struct Doors(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    inside: Mutex<BTreeMap<String, usize>>,
    left: Condvar,
}

/// Leave to ask a host, until it is dropped.
#[derive(Debug)]
pub(super) struct Pass {
    doors: Doors,
    host: String,
}

impl Doors {
    /// Waits until the host has room; `None` when cancelled.
    pub(super) fn enter(&self, host: &str, cancel: &Cancel) -> Option<Pass> {
        let mut inside = self.lock();
        while inside.get(host).is_some_and(|count| *count >= A_HOST) {
            if cancel.is_cancelled() {
                return None;
            }
            let waited = self.0.left.wait_timeout(inside, LOOK);
            inside = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *inside.entry(host.to_owned()).or_default() += 1;
        Some(Pass {
            doors: self.clone(),
            host: host.to_owned(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, usize>> {
        self.0.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut inside = self.doors.lock();
        let left = inside.get(&self.host).map_or(0, |count| count - 1);
        if left == 0 {
            inside.remove(&self.host);
        } else {
            inside.insert(self.host.clone(), left);
        }
        drop(inside);
        self.doors.0.left.notify_all();
    }
}
