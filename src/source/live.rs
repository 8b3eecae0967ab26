//! Live sources: what they share, and starting one.

use std::path::PathBuf;

use crate::archive::Archive;
use crate::job::{Job, Orders, Wake, orders};
use crate::model::{
    ArchiveFault, CLOUD_MEMORY_SECS, CallFault, Credentials, Lang, LiveCommand, LiveSpec, Profile,
    Secret, SourceEvent, UnfinishedPull, now_unix_ms,
};

use super::credentials::{Places, Vault};
use super::{Catalog, archived, cloud, listener};

/// What live sources need of the program around them; clones share it.
#[derive(Clone, Debug)]
pub struct Around {
    pub archive: PathBuf,
    pub places: Places,
    /// Keys that were typed in this run.
    pub vault: Vault,
    pub lang: Lang,
    pub catalog: Catalog,
}

/// A live source that runs.
#[derive(Debug)]
pub struct Live {
    pub job: Job<SourceEvent>,
    /// Listeners and the archive take none.
    pub orders: Orders<LiveCommand>,
}

impl Around {
    /// What signs a profile's calls, and where they go.
    pub fn client(&self, profile: &Profile) -> Result<cloud::Client, CallFault> {
        Ok(cloud::Client::new(profile, self.credentials(profile)?)?.speaking(self.lang))
    }

    /// The profile's pulls of lists of tasks that did not bring everything, the newest first,
    /// without those of which the cloud has forgotten all.
    pub fn unfinished_pulls(&self, profile: &Profile) -> Result<Vec<UnfinishedPull>, ArchiveFault> {
        let Some(archive) = Archive::open_existing(&self.archive)? else {
            return Ok(Vec::new());
        };
        let mut found = archive.unfinished_pulls(&cloud::account_of(profile))?;
        let oldest = now_unix_ms() - CLOUD_MEMORY_SECS * 1_000;
        found.retain(|pull| pull.updated_ms > oldest);
        Ok(found)
    }

    fn credentials(&self, profile: &Profile) -> Result<Credentials, CallFault> {
        let found = self.places.find(profile, &self.vault);
        found.map_err(CallFault::Credentials)
    }
}

/// Starts a live source. `sign_key` is for callbacks: without one they are not checked.
pub fn start(spec: LiveSpec, sign_key: Option<Secret>, around: &Around, wake: Wake) -> Live {
    let (orders, ordered) = orders();
    let job = match spec {
        LiveSpec::Tasks { profile, pull } => {
            cloud::tasks::pull((profile, pull), around, ordered, wake)
        }
        LiveSpec::Queue { profile } => cloud::queue::borrow(profile, around, ordered, wake),
        LiveSpec::Listen(spec) => {
            let (archive, catalog) = (around.archive.clone(), &around.catalog);
            listener::listen(spec, sign_key, archive, catalog, wake)
        }
        LiveSpec::Archive { since_unix } => {
            archived::open_archive(around.archive.clone(), since_unix, &around.catalog, wake)
        }
    };
    Live { job, orders }
}
