//! Keys that were typed in, kept until the program ends.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::Credentials;

/// Typed keys of each profile. Clones share them; nothing of it is ever written anywhere.
#[derive(Clone, Default)]
pub struct Vault(Arc<Mutex<HashMap<String, Credentials>>>);

impl Vault {
    pub fn put(&self, profile: &str, credentials: Credentials) {
        self.lock().insert(profile.to_owned(), credentials);
    }

    pub fn get(&self, profile: &str) -> Option<Credentials> {
        self.lock().get(profile).cloned()
    }

    pub fn forget(&self, profile: &str) {
        self.lock().remove(profile);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Credentials>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(***)")
    }
}
