//! What became of a task, as opposed to what its Status says.

use serde::{Deserialize, Serialize};

/// The outcome of a whole task. `FINISH` alone never means [`Verdict::Ok`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Ok,
    PartlyFailed,
    Failed,
    Running,
    #[default]
    Unknown,
}

impl Verdict {
    /// Every verdict, in the order they are listed.
    pub const ALL: [Self; 5] = [
        Self::Ok,
        Self::PartlyFailed,
        Self::Failed,
        Self::Running,
        Self::Unknown,
    ];

    /// The stable name used by the command line and its NDJSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::PartlyFailed => "partly_failed",
            Self::Failed => "failed",
            Self::Running => "running",
            Self::Unknown => "unknown",
        }
    }

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }

    /// Its place in [`Verdict::ALL`], for counting in arrays.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether something failed.
    pub fn has_failure(self) -> bool {
        matches!(self, Self::PartlyFailed | Self::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict;

    #[test]
    fn names_lead_back_to_their_verdict() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_name(verdict.name()), Some(verdict));
            assert_eq!(Verdict::ALL.get(verdict.index()), Some(&verdict));
        }
        assert_eq!(Verdict::from_name("fine"), None);
    }
}
