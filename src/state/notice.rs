//! Short messages that pass: copies and failures of single requests.

/// How long a toast stays, in milliseconds.
const STAY_MILLIS: u64 = 2_000;
/// How long a toast stays that has to be read.
const STAY_READING_MILLIS: u64 = 8_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    Done,
    /// Something to be read, not just noticed.
    Told,
    Failure,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub id: u64,
    pub kind: ToastKind,
    pub title: String,
    /// The copied value or the cause, shown in mono.
    pub value: String,
    pub until_millis: u64,
}

/// The toasts on show, oldest first.
#[derive(Debug, Default)]
pub struct Toasts {
    pub shown: Vec<Toast>,
    next_id: u64,
}

impl Toasts {
    /// Shows a message from `now` on.
    pub fn push(&mut self, kind: ToastKind, title: String, value: String, now_millis: u64) {
        let stay = match kind {
            ToastKind::Done => STAY_MILLIS,
            ToastKind::Told | ToastKind::Failure => STAY_READING_MILLIS,
        };
        self.next_id += 1;
        self.shown.push(Toast {
            id: self.next_id,
            kind,
            title,
            value,
            until_millis: now_millis.saturating_add(stay),
        });
    }

    pub(super) fn dismiss(&mut self, id: u64) {
        self.shown.retain(|toast| toast.id != id);
    }

    pub(super) fn expire(&mut self, now_millis: u64) {
        self.shown.retain(|toast| toast.until_millis > now_millis);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_stay_longer_than_copies() {
        let mut toasts = Toasts::default();
        toasts.push(ToastKind::Done, "Copied".into(), "x".into(), 0);
        toasts.push(ToastKind::Failure, "Cannot open".into(), "y".into(), 0);
        toasts.expire(3_000);
        assert_eq!(toasts.shown.len(), 1);
        toasts.expire(8_000);
        assert!(toasts.shown.is_empty());
    }
}
