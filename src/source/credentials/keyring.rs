//! The system's keyring. It is asked on a thread of its own, for it may ask the person to unlock
//! it, and on a machine without a session it may not answer at all.

use std::fmt;
use std::time::Duration;

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use crate::job::{Job, JobEnd, Received, Wake, spawn};
use crate::model::{PlaceFault, Secret};

/// What entries are filed under.
const SERVICE: &str = "vodscope";

/// How long the keyring may take, a person's unlocking included.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why the keyring did not do as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyringFault {
    /// There is none.
    Absent(PlaceFault),
    /// It is locked, or what it holds cannot be read.
    Refused(PlaceFault),
}

impl From<KeyringFault> for PlaceFault {
    fn from(fault: KeyringFault) -> Self {
        match fault {
            KeyringFault::Absent(why) | KeyringFault::Refused(why) => why,
        }
    }
}

/// Where secrets are filed by profile.
pub trait Keyring: fmt::Debug + Send + Sync {
    fn get(&self, profile: &str) -> Result<Option<Secret>, KeyringFault>;
    fn set(&self, profile: &str, secret: &Secret) -> Result<(), KeyringFault>;
    /// Forgetting what is not there is no fault.
    fn delete(&self, profile: &str) -> Result<(), KeyringFault>;
}

/// The keyring of this system: Secret Service, Keychain, or Credential Manager.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemKeyring;

impl Keyring for SystemKeyring {
    fn get(&self, profile: &str) -> Result<Option<Secret>, KeyringFault> {
        with_entry(profile, |entry| match entry.get_password() {
            Ok(text) => Ok(Some(Secret::new(&Zeroizing::new(text)))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refused(&error)),
        })
    }

    fn set(&self, profile: &str, secret: &Secret) -> Result<(), KeyringFault> {
        let secret = secret.clone();
        with_entry(profile, move |entry| {
            let set = entry.set_password(secret.expose());
            set.map_err(|error| refused(&error))
        })
    }

    fn delete(&self, profile: &str) -> Result<(), KeyringFault> {
        with_entry(profile, |entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(refused(&error)),
        })
    }
}

fn with_entry<T: Send + 'static>(
    profile: &str,
    ask: impl FnOnce(&Entry) -> Result<T, KeyringFault> + Send + 'static,
) -> Result<T, KeyringFault> {
    let profile = profile.to_owned();
    asked(PATIENCE, move || {
        if let Err(error) = Entry::store_status() {
            return Err(KeyringFault::Absent(PlaceFault::System(error.to_string())));
        }
        let entry = Entry::new(SERVICE, &profile).map_err(|error| refused(&error))?;
        ask(&entry)
    })
}

/// Asks on another thread, and gives up when no answer comes.
fn asked<T: Send + 'static>(
    patience: Duration,
    ask: impl FnOnce() -> Result<T, KeyringFault> + Send + 'static,
) -> Result<T, KeyringFault> {
    let job: Job<Result<T, KeyringFault>> = spawn("keyring", Wake::none(), move |outbox, _| {
        // Nobody waits any more: the answer came too late.
        let _gone = outbox.send(ask());
    });
    match job.recv_timeout(patience) {
        Received::Item(answer) => answer,
        Received::Waiting => Err(silent(patience)),
        Received::Ended => Err(match job.end() {
            Some(JobEnd::Failed(why)) => KeyringFault::Absent(PlaceFault::System(why.clone())),
            _ => silent(Duration::ZERO),
        }),
    }
}

fn silent(patience: Duration) -> KeyringFault {
    let secs = patience.as_secs();
    KeyringFault::Absent(PlaceFault::Silent { secs })
}

/// The error's words. Those of stored data that cannot be read would be told with the data.
fn refused(error: &Error) -> KeyringFault {
    KeyringFault::Refused(match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => PlaceFault::Entry,
        Error::PlatformFailure(why) | Error::NoStorageAccess(why) => {
            PlaceFault::System(why.to_string())
        }
        other => PlaceFault::System(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyring_that_never_answers_counts_as_absent() {
        let stuck = asked::<()>(Duration::from_millis(20), || {
            crate::job::Cancel::default().sleep(Duration::from_secs(5));
            Ok(())
        });
        let why = PlaceFault::Silent { secs: 0 };
        assert_eq!(stuck, Err(KeyringFault::Absent(why)));
    }

    #[test]
    fn a_keyring_that_falls_over_counts_as_absent() {
        let fallen = asked::<()>(Duration::from_secs(30), || panic!("no bus"));
        let why = PlaceFault::System("no bus".to_owned());
        assert_eq!(fallen, Err(KeyringFault::Absent(why)));
    }

    #[test]
    fn unreadable_data_is_not_repeated() {
        let error = Error::BadEncoding(b"Gu5t9xGARNpq".to_vec());
        assert_eq!(refused(&error), KeyringFault::Refused(PlaceFault::Entry));
    }
}
