//! The places where credentials are looked for, and the order of them.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use zeroize::Zeroizing;

use super::environment;
use super::files;
use super::keyring::{Keyring, KeyringFault, SystemKeyring};
use super::keys;
use super::vault::Vault;
use crate::model::{
    Credentials, CredentialsFault, Found, Origin, OriginChoice, OriginProbe, PlaceFault, Profile,
    Secret,
};

/// Names another file than `~/.tencentcloud/credentials`.
const SDK_FILE_VARIABLE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";
/// Names the command line tool's profile where ours is the default one.
const TCCLI_PROFILE_VARIABLE: &str = "TCCLI_PROFILE";

/// The places that are looked at by themselves, in this order.
const ORDER: [OriginChoice; 4] = [
    OriginChoice::Keyring,
    OriginChoice::Environment,
    OriginChoice::SdkFile,
    OriginChoice::TccliFile,
];

/// Reads one variable of an environment.
type Variable = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Environment, home folder and keyring, of this system or of a test.
#[derive(Clone)]
pub struct Places {
    variable: Arc<Variable>,
    home: Option<PathBuf>,
    keyring: Arc<dyn Keyring>,
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { home, keyring, .. } = self;
        write!(f, "Places({home:?}, {keyring:?})")
    }
}

/// One place, looked at.
struct Look {
    choice: OriginChoice,
    /// As a person would write it.
    place: String,
    held: Held,
}

enum Held {
    Credentials(Credentials),
    Nothing,
    /// Keys that cannot be used as they stand.
    Malformed(PlaceFault),
    Unusable(PlaceFault),
    Absent(PlaceFault),
}

impl Held {
    fn of(found: &keys::Found, origin: Origin) -> Self {
        if found.is_empty() {
            return Self::Nothing;
        }
        found
            .checked(origin)
            .map_or_else(Self::Malformed, Self::Credentials)
    }
}

impl Places {
    /// Those of this system.
    pub fn of_system() -> Self {
        Self::new(
            |name| env::var(name).ok(),
            env::home_dir(),
            Arc::new(SystemKeyring),
        )
    }

    /// Others, for tests.
    pub fn new(
        variable: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
        home: Option<PathBuf>,
        keyring: Arc<dyn Keyring>,
    ) -> Self {
        Self {
            variable: Arc::new(variable),
            home,
            keyring,
        }
    }

    /// The credentials the profile names. Where it names no place, keys typed for it win, then
    /// the first place that holds any: keys that are there but malformed are a fault, not a
    /// reason to go on to somebody else's.
    pub fn find(&self, profile: &Profile, vault: &Vault) -> Result<Credentials, CredentialsFault> {
        if profile.origin != OriginChoice::First {
            return found_in(self.look(profile.origin, profile, vault));
        }
        let mut looked_at = Vec::new();
        let typed = self.look(OriginChoice::Typed, profile, vault);
        let rest = ORDER
            .iter()
            .map(|choice| self.look(*choice, profile, vault));
        for look in std::iter::once(typed).chain(rest) {
            if matches!(look.held, Held::Credentials(_) | Held::Malformed(_)) {
                return found_in(look);
            }
            looked_at.push(look.probe());
        }
        // Nothing was typed: that is no place to be named.
        looked_at.retain(|probe| probe.choice != OriginChoice::Typed);
        Err(CredentialsFault::None { looked_at })
    }

    /// What each place holds for the profile, in order; the typed keys last.
    pub fn probe(&self, profile: &Profile, vault: &Vault) -> Vec<OriginProbe> {
        let all = ORDER.iter().chain(&[OriginChoice::Typed]);
        all.map(|choice| self.look(*choice, profile, vault).probe())
            .collect()
    }

    /// Keeps keys in the keyring.
    pub fn keep(&self, profile: &str, credentials: &Credentials) -> Result<(), PlaceFault> {
        let text = entry_text(credentials)?;
        let kept = self.keyring.set(profile, &text);
        kept.map_err(PlaceFault::from)
    }

    /// Removes a profile's keys from the keyring.
    pub fn forget(&self, profile: &str) -> Result<(), PlaceFault> {
        let forgotten = self.keyring.delete(profile);
        forgotten.map_err(PlaceFault::from)
    }

    fn look(&self, choice: OriginChoice, profile: &Profile, vault: &Vault) -> Look {
        let (place, held) = match choice {
            OriginChoice::Keyring | OriginChoice::First => self.in_keyring(&profile.name),
            OriginChoice::Environment => self.in_environment(),
            OriginChoice::SdkFile => self.in_sdk_file(&profile.name),
            OriginChoice::TccliFile => self.in_tccli_file(&profile.name),
            OriginChoice::Typed => {
                let typed = vault.get(&profile.name);
                (
                    String::new(),
                    typed.map_or(Held::Nothing, Held::Credentials),
                )
            }
        };
        Look {
            choice,
            place,
            held,
        }
    }

    fn in_keyring(&self, profile: &str) -> (String, Held) {
        let entry = format!("vodscope / {profile}");
        let held = match self.keyring.get(profile) {
            Err(KeyringFault::Absent(why)) => Held::Absent(why),
            Err(KeyringFault::Refused(why)) => Held::Unusable(why),
            Ok(None) => Held::Nothing,
            Ok(Some(text)) => {
                let origin = Origin::Keyring {
                    entry: entry.clone(),
                };
                let pair = files::json_pair(text.expose());
                pair.map_or_else(Held::Malformed, |found| Held::of(&found, origin))
            }
        };
        (entry, held)
    }

    fn in_environment(&self) -> (String, Held) {
        let found = environment::look(|name| (self.variable)(name));
        let variable = found.variable.to_owned();
        let held = Held::of(
            &found.keys,
            Origin::Environment {
                variable: variable.clone(),
            },
        );
        (variable, held)
    }

    fn in_sdk_file(&self, profile: &str) -> (String, Held) {
        let named = (self.variable)(SDK_FILE_VARIABLE).filter(|path| !path.trim().is_empty());
        let path = match (named, &self.home) {
            (Some(path), _) => PathBuf::from(path.trim()),
            (None, Some(home)) => home.join(".tencentcloud").join("credentials"),
            (None, None) => return no_home("~/.tencentcloud/credentials"),
        };
        let place = self.written(&path);
        let text = match files::read(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return (place, Held::Nothing),
            Err(why) => return (place, Held::Unusable(why)),
        };
        match files::sdk_section(&text, profile) {
            Some(section) => {
                let place = format!("{place} [{}]", section.name);
                (place, Held::of(&section.keys, Origin::SdkFile(path)))
            }
            None => (place, Held::Nothing),
        }
    }

    fn in_tccli_file(&self, profile: &str) -> (String, Held) {
        let other = (self.variable)(TCCLI_PROFILE_VARIABLE)
            .filter(|name| profile == "default" && !name.trim().is_empty());
        let name = other.as_deref().map_or(profile, str::trim);
        let file = format!("{name}.credential");
        let Some(home) = &self.home else {
            return no_home(&format!("~/.tccli/{file}"));
        };
        let folder = home.join(".tccli");
        if name.contains(['/', '\\', '\0']) {
            // Such a name is nobody's profile, and must not lead out of the folder.
            return (self.written(&folder), Held::Nothing);
        }
        let path = folder.join(file);
        let place = self.written(&path);
        let held = match files::read(&path) {
            Ok(Some(text)) => files::json_pair(&text).map_or_else(Held::Malformed, |found| {
                Held::of(&found, Origin::TccliFile(path))
            }),
            Ok(None) => Held::Nothing,
            Err(why) => Held::Unusable(why),
        };
        (place, held)
    }

    /// A path with the home folder as `~`.
    fn written(&self, path: &Path) -> String {
        let home = self.home.as_deref();
        let below = home.and_then(|home| path.strip_prefix(home).ok());
        below.map_or_else(
            || path.display().to_string(),
            |rest| Path::new("~").join(rest).display().to_string(),
        )
    }
}

fn no_home(place: &str) -> (String, Held) {
    (place.to_owned(), Held::Absent(PlaceFault::NoHome))
}

fn found_in(look: Look) -> Result<Credentials, CredentialsFault> {
    match look.held {
        Held::Credentials(credentials) => Ok(credentials),
        Held::Malformed(why) => Err(CredentialsFault::Malformed {
            place: look.place,
            why,
        }),
        _ => Err(CredentialsFault::Empty {
            probe: look.probe(),
        }),
    }
}

impl Look {
    fn probe(self) -> OriginProbe {
        let found = match self.held {
            Held::Credentials(credentials) => Found::Credentials {
                masked_id: credentials.masked_id(),
                temporary: credentials.token.is_some(),
            },
            Held::Nothing => Found::Empty,
            Held::Malformed(why) | Held::Unusable(why) => Found::Unusable { why },
            Held::Absent(why) => Found::Absent { why },
        };
        OriginProbe {
            choice: self.choice,
            place: self.place,
            found,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    secret_id: &'a str,
    secret_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

/// The keyring entry: a pair as the command line tool writes it.
fn entry_text(credentials: &Credentials) -> Result<Secret, PlaceFault> {
    let entry = Entry {
        secret_id: &credentials.secret_id,
        secret_key: credentials.secret_key.expose(),
        token: credentials.token.as_ref().map(Secret::expose),
    };
    // Room from the start: a growing buffer would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(16 << 10));
    serde_json::to_writer(&mut *bytes, &entry)
        .map_err(|error| PlaceFault::System(error.to_string()))?;
    let text = str::from_utf8(&bytes).map_err(|error| PlaceFault::System(error.to_string()))?;
    Ok(Secret::new(text))
}
