//! How a command that pulls, receives or replays ended.

/// The worst of what happened; the number is the exit status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ended {
    #[default]
    Done = 0,
    /// Not all of it; what there is, is kept.
    Partly = 1,
    /// It could not begin: wrong usage, no credentials, nowhere to write.
    NotBegun = 2,
    /// The service answered with an error.
    Refused = 3,
}

impl Ended {
    pub(super) fn status(self) -> u8 {
        self as u8
    }

    /// Takes in that something else happened.
    pub(super) fn and(&mut self, other: Self) {
        *self = (*self).max(other);
    }
}
