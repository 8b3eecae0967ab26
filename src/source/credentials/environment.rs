//! Credentials in the environment, under every name they are known by.

use zeroize::Zeroizing;

use super::keys::Found;

/// Id and key: of the SDKs, and of cloud functions.
const PAIRS: [(&str, &str); 2] = [
    ("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"),
    (FUNCTION_ID, "TENCENTCLOUD_SECRETKEY"),
];
const FUNCTION_ID: &str = "TENCENTCLOUD_SECRETID";

/// Token names of people's own settings, in the order they are asked for.
const TOKENS: [&str; 4] = [
    "TENCENTCLOUD_TOKEN",
    "TENCENTCLOUD_SECURITY_TOKEN",
    "TENCENTCLOUD_SESSION_TOKEN",
    "QCLOUD_SECRET_TOKEN",
];
/// Set by cloud functions, beside their own pair.
const FUNCTION_TOKEN: &str = "TENCENTCLOUD_SESSIONTOKEN";

/// What the environment holds.
pub(super) struct InEnvironment {
    pub(super) keys: Found,
    /// The variable of the SecretId, or the one that is looked for first.
    pub(super) variable: &'static str,
}

/// Looks under every name; `get` reads one variable.
pub(super) fn look(get: impl Fn(&str) -> Option<String>) -> InEnvironment {
    let read = |name: &str| {
        let text = Zeroizing::new(get(name).unwrap_or_default());
        (!text.trim().is_empty()).then_some(text)
    };
    let id = PAIRS
        .iter()
        .find_map(|(name, _)| Some((*name, read(name)?)));
    let variable = id.as_ref().map_or(PAIRS[0].0, |(name, _)| *name);
    // The key of the same spelling belongs to the id; the other one is better than none.
    let own = PAIRS.iter().find(|(name, _)| *name == variable);
    let mut keys = own.into_iter().chain(&PAIRS);
    let key = keys.find_map(|(_, name)| read(name));
    let token = tokens(variable, read(FUNCTION_ID).is_some())
        .into_iter()
        .find_map(read);
    InEnvironment {
        keys: Found {
            id: id.map(|(_, text)| text).unwrap_or_default(),
            key: key.unwrap_or_default(),
            token: token.unwrap_or_default(),
        },
        variable,
    }
}

/// The tokens that may belong to an id. A cloud function's token goes with its own pair, so it
/// is left out where another pair is used beside it.
fn tokens(variable: &str, in_function: bool) -> Vec<&'static str> {
    if variable == FUNCTION_ID {
        return std::iter::once(FUNCTION_TOKEN).chain(TOKENS).collect();
    }
    let last = (!in_function).then_some(FUNCTION_TOKEN);
    TOKENS.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)]) -> (String, String, String, &'static str) {
        let get = |name: &str| {
            let mut known = variables.iter();
            let (_, value) = known.find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        };
        let InEnvironment { keys, variable } = look(get);
        (
            keys.id.to_string(),
            keys.key.to_string(),
            keys.token.to_string(),
            variable,
        )
    }

    fn expect(
        id: &str,
        key: &str,
        token: &str,
        variable: &'static str,
    ) -> (String, String, String, &'static str) {
        (id.to_owned(), key.to_owned(), token.to_owned(), variable)
    }

    #[test]
    fn every_spelling_is_known() {
        let sdk = [
            ("TENCENTCLOUD_SECRET_ID", "i"),
            ("TENCENTCLOUD_SECRET_KEY", "k"),
        ];
        assert_eq!(found(&sdk), expect("i", "k", "", "TENCENTCLOUD_SECRET_ID"));
        let function = [
            ("TENCENTCLOUD_SECRETID", "i"),
            ("TENCENTCLOUD_SECRETKEY", "k"),
        ];
        assert_eq!(
            found(&function),
            expect("i", "k", "", "TENCENTCLOUD_SECRETID")
        );
        for name in TOKENS.into_iter().chain([FUNCTION_TOKEN]) {
            let with_token = [sdk[0], sdk[1], (name, "t")];
            assert_eq!(found(&with_token).2, "t", "{name}");
        }
    }

    #[test]
    fn nothing_set_is_nothing_found() {
        assert!(look(|_| None).keys.is_empty());
        assert!(look(|_| Some("  ".to_owned())).keys.is_empty());
    }

    #[test]
    fn a_functions_own_token_stays_with_its_own_keys() {
        let both = [
            ("TENCENTCLOUD_SECRETID", "function"),
            ("TENCENTCLOUD_SECRETKEY", "fk"),
            ("TENCENTCLOUD_SESSIONTOKEN", "ft"),
        ];
        assert_eq!(
            found(&both),
            expect("function", "fk", "ft", "TENCENTCLOUD_SECRETID")
        );
        let mut own = both.to_vec();
        own.extend([
            ("TENCENTCLOUD_SECRET_ID", "own"),
            ("TENCENTCLOUD_SECRET_KEY", "ok"),
        ]);
        assert_eq!(
            found(&own),
            expect("own", "ok", "", "TENCENTCLOUD_SECRET_ID")
        );
    }

    #[test]
    fn the_key_of_the_same_spelling_is_taken() {
        let mixed = [
            ("TENCENTCLOUD_SECRET_KEY", "wrong"),
            ("TENCENTCLOUD_SECRETID", "i"),
            ("TENCENTCLOUD_SECRETKEY", "right"),
        ];
        assert_eq!(found(&mixed).1, "right");
        assert_eq!(found(&mixed[..2]).1, "wrong");
    }
}
