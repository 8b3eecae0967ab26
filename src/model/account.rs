//! Whose tasks are pulled: profiles, and where their credentials come from.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Secret;

/// The site of accounts in China.
pub const ENDPOINT_CN: &str = "vod.tencentcloudapi.com";
/// The site of international accounts.
pub const ENDPOINT_INTL: &str = "vod.intl.tencentcloudapi.com";

/// Requests a second that a pull may send, unless the profile says otherwise.
pub const DEFAULT_RATE: u32 = 20;

/// An account as its operator named it. Holds no secret: this is kept in the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    pub name: String,
    pub origin: OriginChoice,
    /// Accounts made since 2023-12-25 must name one.
    pub sub_app_id: Option<u64>,
    /// A host name, or a URL when it is plain HTTP on this machine.
    pub endpoint: String,
    pub region: Option<String>,
    pub rate_per_second: u32,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: "default".to_owned(),
            origin: OriginChoice::default(),
            sub_app_id: None,
            endpoint: ENDPOINT_CN.to_owned(),
            region: None,
            rate_per_second: DEFAULT_RATE,
        }
    }
}

/// Where a profile's credentials are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginChoice {
    /// Keyring, environment, SDK file, tccli file: the first that has any.
    #[default]
    First,
    Keyring,
    Environment,
    /// `~/.tencentcloud/credentials`
    SdkFile,
    /// `~/.tccli/<profile>.credential`
    TccliFile,
    /// Typed in; kept in memory until the program ends.
    Typed,
}

/// Where credentials were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The profile's entry in the system's keyring.
    Keyring {
        entry: String,
    },
    /// The variable that held the SecretId.
    Environment {
        variable: String,
    },
    SdkFile(PathBuf),
    TccliFile(PathBuf),
    Typed,
}

/// What signs a request. The SecretId is no secret by itself, but is shown shortened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub secret_id: String,
    pub secret_key: Secret,
    /// Of temporary credentials.
    pub token: Option<Secret>,
    pub origin: Origin,
}

impl Credentials {
    /// The SecretId as it may be shown: `AKIDz8k7…Q2fX`; short ones only as an ellipsis.
    pub fn masked_id(&self) -> String {
        let chars: Vec<char> = self.secret_id.chars().collect();
        let (Some(head), Some(tail)) = (chars.get(..8), chars.get(chars.len().saturating_sub(4)..))
        else {
            return "…".to_owned();
        };
        if chars.len() < 16 {
            return "…".to_owned();
        }
        head.iter().chain(&['…']).chain(tail).collect()
    }
}

/// What one place holds, for choosing among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginProbe {
    pub choice: OriginChoice,
    /// The variable, path or entry that was looked at, as a person would write it.
    pub place: String,
    pub found: Found,
}

/// What looking for credentials in one place gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The SecretId, shortened; `temporary` when a token stands beside it.
    Credentials {
        masked_id: String,
        temporary: bool,
    },
    Empty,
    /// There is something, and it cannot be used.
    Unusable {
        why: PlaceFault,
    },
    /// The system has no such place: no keyring runs here.
    Absent {
        why: PlaceFault,
    },
}

/// What is wrong with a place for credentials, or with what it holds. Nothing of a key is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceFault {
    /// A SecretKey stands alone.
    NoId,
    /// A SecretId stands alone.
    NoKey,
    WhiteSpace(KeyPart),
    /// Characters that no key has.
    Characters(KeyPart),
    /// No JSON of a key pair, from here on.
    NotAKeyPair {
        line: usize,
        column: usize,
    },
    /// Longer than any file of keys.
    TooLong,
    NoHome,
    /// The keyring's entry cannot be read.
    Entry,
    /// The keyring gave no answer.
    Silent {
        secs: u64,
    },
    /// The system's own words.
    System(String),
}

/// A member of a key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPart {
    SecretId,
    SecretKey,
    Token,
}

/// Why there is nothing to sign with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialsFault {
    /// Nothing in any place that was looked at.
    None { looked_at: Vec<OriginProbe> },
    /// The place the profile names holds nothing.
    Empty { probe: OriginProbe },
    /// A SecretId without its key, or white space inside one of them.
    Malformed { place: String, why: PlaceFault },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(id: &str) -> String {
        Credentials {
            secret_id: id.to_owned(),
            secret_key: Secret::default(),
            token: None,
            origin: Origin::Typed,
        }
        .masked_id()
    }

    #[test]
    fn a_secret_id_is_shown_by_its_ends() {
        assert_eq!(
            masked("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"),
            "AKIDz8kr…MPLE"
        );
    }

    #[test]
    fn a_short_secret_id_is_not_shown() {
        assert_eq!(masked("AKIDz8krbsJ5"), "…");
        assert_eq!(masked(""), "…");
    }
}
