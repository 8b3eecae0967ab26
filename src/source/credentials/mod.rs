//! Whose keys sign: looks for them in the keyring, the environment and the files of other tools,
//! always saying where they were found. Keys are read, and written to the keyring alone.

mod environment;
mod files;
mod keyring;
mod keys;
mod places;
mod vault;

pub use keyring::{Keyring, KeyringFault, SystemKeyring};
pub use places::Places;
pub use vault::Vault;

use crate::model::{Credentials, CredentialsFault, Origin, OriginProbe, PlaceFault, Profile};
use keys::Found;
use zeroize::Zeroizing;

/// The credentials a profile names. May wait for the keyring; not for the window's thread.
pub fn find(profile: &Profile, vault: &Vault) -> Result<Credentials, CredentialsFault> {
    Places::of_system().find(profile, vault)
}

/// What each place holds for a profile, in the order they are looked at.
pub fn probe(profile: &Profile, vault: &Vault) -> Vec<OriginProbe> {
    Places::of_system().probe(profile, vault)
}

/// Keeps keys in the system's keyring.
pub fn keep(profile: &str, credentials: &Credentials) -> Result<(), PlaceFault> {
    Places::of_system().keep(profile, credentials)
}

/// Removes a profile's keys from the system's keyring.
pub fn forget(profile: &str) -> Result<(), PlaceFault> {
    Places::of_system().forget(profile)
}

/// Keys as they were typed or pasted, trimmed and checked; `token` may be empty.
pub fn typed(id: &str, key: &str, token: &str) -> Result<Credentials, CredentialsFault> {
    let own = |text: &str| Zeroizing::new(text.to_owned());
    let found = Found {
        id: own(id),
        key: own(key),
        token: own(token),
    };
    found
        .checked(Origin::Typed)
        .map_err(|why| CredentialsFault::Malformed {
            place: String::new(),
            why,
        })
}
