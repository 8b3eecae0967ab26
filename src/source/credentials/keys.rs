//! A key pair as it was found, and what is wrong with it.

use zeroize::Zeroizing;

use crate::model::{Credentials, KeyPart, Origin, PlaceFault, Secret};

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

    /// The pair, trimmed, or what is wrong with it.
    pub(super) fn checked(&self, origin: Origin) -> Result<Credentials, PlaceFault> {
        let (id, key) = (self.id.trim(), self.key.trim());
        if id.is_empty() {
            return Err(PlaceFault::NoId);
        }
        if key.is_empty() {
            return Err(PlaceFault::NoKey);
        }
        let token = self.token.trim();
        let parts = [
            (KeyPart::SecretId, id),
            (KeyPart::SecretKey, key),
            (KeyPart::Token, token),
        ];
        for (part, text) in parts {
            check(part, text)?;
        }
        Ok(Credentials {
            secret_id: id.to_owned(),
            secret_key: Secret::new(key),
            token: (!token.is_empty()).then(|| Secret::new(token)),
            origin,
        })
    }
}

fn check(part: KeyPart, text: &str) -> Result<(), PlaceFault> {
    if text.contains(char::is_whitespace) {
        return Err(PlaceFault::WhiteSpace(part));
    }
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        return Err(PlaceFault::Characters(part));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(id: &str, key: &str, token: &str) -> Result<Credentials, PlaceFault> {
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
        let fault = |id, key| checked(id, key, "").unwrap_err();
        assert_eq!(fault("AKID", " "), PlaceFault::NoKey);
        assert_eq!(fault("", "key"), PlaceFault::NoId);
    }

    #[test]
    fn the_part_that_is_wrong_is_named() {
        let why = checked("AKIDexample", "Gu5t9x GARNpq", "").unwrap_err();
        assert_eq!(why, PlaceFault::WhiteSpace(KeyPart::SecretKey));
        let why = checked("AKIDexample", "Gu5t9x", "to\nken").unwrap_err();
        assert_eq!(why, PlaceFault::WhiteSpace(KeyPart::Token));
        let why = checked("ＡＫＩＤ", "Gu5t9x", "").unwrap_err();
        assert_eq!(why, PlaceFault::Characters(KeyPart::SecretId));
    }
}
