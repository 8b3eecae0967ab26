//! Credentials in the files of the SDKs and of the command line tool.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::keys::Found;
use crate::model::PlaceFault;

/// A credentials file is a few lines; what is longer is none.
const LONGEST: u64 = 1 << 20;

/// The file's text; `None` when there is none. Wiped when dropped.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, PlaceFault> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(of_system(&error)),
    };
    let len = file.metadata().map_err(|error| of_system(&error))?.len();
    if len > LONGEST {
        return Err(PlaceFault::TooLong);
    }
    // Room from the start: a growing buffer would leave copies behind.
    let room = usize::try_from(len).unwrap_or_default().saturating_add(64);
    let mut text = Zeroizing::new(String::with_capacity(room));
    let read = file.take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| of_system(&error))?;
    Ok(Some(text))
}

fn of_system(error: &io::Error) -> PlaceFault {
    PlaceFault::System(error.to_string())
}

/// A section of an SDK file.
pub(super) struct Section<'a> {
    pub(super) name: &'a str,
    pub(super) keys: Found,
}

/// The section of that name, or else `default`.
pub(super) fn sdk_section<'a>(text: &'a str, profile: &str) -> Option<Section<'a>> {
    let sections = sections(text);
    let mut named: Option<Section<'a>> = None;
    for section in sections {
        if section.name == profile {
            return Some(section);
        }
        if section.name == "default" {
            named = Some(section);
        }
    }
    named
}

fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.trim();
        let heading = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if let Some(name) = heading {
            sections.push(Section {
                name: name.trim(),
                keys: Found::default(),
            });
        } else if let (Some(section), Some((name, value))) = (sections.last_mut(), member(line)) {
            let value = Zeroizing::new(value.to_owned());
            match name.to_ascii_lowercase().as_str() {
                "secret_id" => section.keys.id = value,
                "secret_key" => section.keys.key = value,
                "token" => section.keys.token = value,
                _ => {}
            }
        }
    }
    sections
}

fn member(line: &str) -> Option<(&str, &str)> {
    if line.starts_with(['#', ';']) {
        return None;
    }
    let (name, value) = line.split_once(['=', ':'])?;
    Some((name.trim(), value.trim()))
}

/// A key pair as JSON: the command line tool's file, and our own keyring entry.
#[derive(Deserialize)]
struct Pair {
    #[serde(rename = "secretId")]
    id: Option<String>,
    #[serde(rename = "secretKey")]
    key: Option<String>,
    token: Option<String>,
}

/// Reads a JSON pair. The parser's own words would repeat what it read, so they are not used.
pub(super) fn json_pair(text: &str) -> Result<Found, PlaceFault> {
    let text = text.trim_start_matches('\u{feff}');
    let pair: Pair = serde_json::from_str(text).map_err(|error| PlaceFault::NotAKeyPair {
        line: error.line(),
        column: error.column(),
    })?;
    let own = |text: Option<String>| Zeroizing::new(text.unwrap_or_default());
    Ok(Found {
        id: own(pair.id),
        key: own(pair.key),
        token: own(pair.token),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDK: &str = "\u{feff}# keys\n[default]\nsecret_id = one\nsecret_key=k1\n\n[ prod ]\n\
                       Secret_Id: two\nsecret_key = k=2\nrole_arn = x\n; token = no\ntoken = t2\n";

    fn section(profile: &str) -> Option<(String, String, String, String)> {
        let Section { name, keys } = sdk_section(SDK, profile)?;
        let text = |text: &Zeroizing<String>| text.to_string();
        Some((
            name.to_owned(),
            text(&keys.id),
            text(&keys.key),
            text(&keys.token),
        ))
    }

    #[test]
    fn a_section_of_the_profiles_name_wins_over_the_default() {
        let own = |parts: [&str; 4]| Some(parts.map(str::to_owned).into());
        assert_eq!(section("prod"), own(["prod", "two", "k=2", "t2"]));
        assert_eq!(section("other"), own(["default", "one", "k1", ""]));
        assert!(sdk_section("secret_id = stray\n", "default").is_none());
    }

    #[test]
    fn a_json_pair_may_lack_its_token() {
        let keys = json_pair(r#"{"secretId":"i","secretKey":"k","token":null,"type":"default"}"#);
        let keys = keys.ok().unwrap();
        assert_eq!(
            (keys.id.as_str(), keys.key.as_str(), keys.token.as_str()),
            ("i", "k", "")
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_repeated() {
        let why = json_pair("{\"secretId\":\"AKIDx\",\n\"secretKey\":[\"Gu5t\"]}").err();
        let why = why.unwrap();
        assert!(
            matches!(why, PlaceFault::NotAKeyPair { line: 2, .. }),
            "{why:?}"
        );
    }
}
