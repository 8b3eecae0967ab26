//! A key pair as it was found, and what is wrong with it.

use zeroize::Zeroizing;

use crate::model::{Credentials, Origin, Secret};

/// The members of a key pair, as they stand in some place; empty when they do not.
#[derive(Default)]
pub(super) struct Found {
    pub(super) id: Zeroizing<String>,
    pub(super) key: Zeroizing<String>,
    pub(super) token: Zeroizing<String>,
}

impl Found {
    pub(super) fn is_empty(&self) -> bool {
        [&self.id, &self.key]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// The pair, trimmed; what is wrong with it, as a sentence without any of it.
    pub(super) fn checked(&self, origin: Origin) -> Result<Credentials, String> {
        let (id, key) = (self.id.trim(), self.key.trim());
        if id.is_empty() {
            return Err("there is a SecretKey, but no SecretId".to_owned());
        }
        if key.is_empty() {
            return Err("there is a SecretId, but no SecretKey".to_owned());
        }
        let token = self.token.trim();
        let parts = [("SecretId", id), ("SecretKey", key), ("token", token)];
        for (name, text) in parts {
            check(name, text)?;
        }
        Ok(Credentials {
            secret_id: id.to_owned(),
            secret_key: Secret::new(key),
            token: (!token.is_empty()).then(|| Secret::new(token)),
            origin,
        })
    }
}

fn check(name: &str, text: &str) -> Result<(), String> {
    if text.contains(char::is_whitespace) {
        return Err(format!("the {name} has white space inside"));
    }
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        return Err(format!("the {name} has characters that no key has"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(id: &str, key: &str, token: &str) -> Result<Credentials, String> {
        let own = |text: &str| Zeroizing::new(text.to_owned());
        Found {
            id: own(id),
            key: own(key),
            token: own(token),
        }
        .checked(Origin::Typed)
    }

    #[test]
    fn pasted_keys_lose_the_white_space_around_them() {
        let keys = checked(" AKIDexample\r\n", "\tGu5t9xGARNpq\u{a0}", "").unwrap();
        assert_eq!(keys.secret_id, "AKIDexample");
        assert_eq!(keys.secret_key.expose(), "Gu5t9xGARNpq");
        assert_eq!(keys.token, None);
    }

    #[test]
    fn a_half_pair_is_said_to_be_one() {
        let words = |id, key| checked(id, key, "").unwrap_err();
        assert_eq!(words("AKID", " "), "there is a SecretId, but no SecretKey");
        assert_eq!(words("", "key"), "there is a SecretKey, but no SecretId");
    }

    #[test]
    fn what_is_wrong_is_told_without_the_key() {
        let why = checked("AKIDexample", "Gu5t9x GARNpq", "").unwrap_err();
        assert_eq!(why, "the SecretKey has white space inside");
        let why = checked("AKIDexample", "Gu5t9x", "to\nken").unwrap_err();
        assert_eq!(why, "the token has white space inside");
        let why = checked("ＡＫＩＤ", "Gu5t9x", "").unwrap_err();
        assert_eq!(why, "the SecretId has characters that no key has");
    }
}
