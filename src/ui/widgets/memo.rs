//! Derived data is built when its input changes, not at every frame.

use std::sync::Arc;

use egui::{AsIdSalt, Ui};

/// What was built, and for which input.
struct Slot<T> {
    stamp: u64,
    value: Arc<T>,
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        Self {
            stamp: self.stamp,
            value: Arc::clone(&self.value),
        }
    }
}

/// The value last built under this salt, or a new one when `stamp` is another.
pub(crate) fn memo<T: Send + Sync + 'static>(
    ui: &Ui,
    id_salt: impl AsIdSalt,
    stamp: u64,
    build: impl FnOnce() -> T,
) -> Arc<T> {
    let id = ui.scope_id().with(id_salt);
    let kept: Option<Slot<T>> = ui.data(|data| data.get_temp(id));
    if let Some(slot) = kept.filter(|slot| slot.stamp == stamp) {
        return slot.value;
    }
    // Outside the lock: building may itself ask the context.
    let value = Arc::new(build());
    let slot = Slot {
        stamp,
        value: Arc::clone(&value),
    };
    ui.data_mut(|data| data.insert_temp(id, slot));
    value
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::memo;
    use crate::ui::widgets::testing::harness;

    #[test]
    fn the_same_stamp_builds_once() {
        let built = Cell::new(0);
        let mut harness = harness(|ui| {
            memo(ui, "rows", 7, || built.set(built.get() + 1));
        });
        harness.run_steps(3);
        drop(harness);
        assert_eq!(built.get(), 1);
    }

    #[test]
    fn another_stamp_builds_again() {
        let frame = Cell::new(0);
        let mut seen = Vec::new();
        {
            let mut harness = harness(|ui| {
                frame.set(frame.get() + 1);
                seen.push(*memo(ui, "rows", frame.get(), || frame.get()));
            });
            harness.run_steps(2);
        }
        assert!(
            seen.windows(2).all(|pair| pair[0] + 1 == pair[1]),
            "{seen:?}"
        );
    }
}
