//! What the members of an event mean, and which names are known at all.
//!
//! Members of 2.0 events have hints only where the unit is beyond doubt: their bitrates are not.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Bilingual, rows};
use crate::model::Lang;

/// A hint, for one parent or, with an empty parent, wherever the member stands.
#[derive(Deserialize)]
struct Hint {
    #[serde(default)]
    parent: &'static str,
    member: &'static str,
    text: Bilingual,
}

static HINTS: LazyLock<HashMap<(&'static str, &'static str), Bilingual>> = LazyLock::new(|| {
    let hints: Vec<Hint> = rows(
        "hints.json",
        include_str!("../../assets/knowledge/hints.json"),
    );
    let keyed = hints.into_iter();
    keyed
        .map(|known| ((known.parent, known.member), known.text))
        .collect()
});

/// A few words to show after the value of a member.
///
/// `parent` is the member around it; for an element of a list, the list's own name.
pub fn hint(parent: &str, member: &str, lang: Lang) -> Option<&'static str> {
    let known = HINTS.get(&(parent, member));
    let known = known.or_else(|| HINTS.get(&("", member)))?;
    Some(known.get(lang))
}

/// Whether the documentation of any format knows a member of this name.
pub fn is_known_member(name: &str) -> bool {
    MEMBERS.contains(name)
}

static MEMBERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let names = include_str!("../../assets/knowledge/members.txt").lines();
    names.filter(|name| !name.is_empty()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::checks::assert_bilingual;

    fn hints() -> Vec<Hint> {
        rows(
            "hints.json",
            include_str!("../../assets/knowledge/hints.json"),
        )
    }

    #[test]
    fn every_hint_speaks_both_languages_once() {
        assert_eq!((hints().len(), HINTS.len()), (115, 115));
        for known in hints() {
            assert_bilingual(known.text, known.member);
        }
    }

    #[test]
    fn hints_are_for_known_members() {
        for known in hints() {
            assert!(is_known_member(known.member), "{}", known.member);
            let everywhere = known.parent.is_empty();
            assert!(
                everywhere || is_known_member(known.parent),
                "{}",
                known.parent
            );
        }
    }

    #[test]
    fn the_place_of_a_member_decides_its_unit() {
        let unit = |parent| hint(parent, "TimeOffset", Lang::En);
        assert_eq!(unit("PicInfoSet"), Some("ms"));
        assert_eq!(hint("SegmentSet", "StartTimeOffset", Lang::En), Some("s"));
        assert_eq!(hint("MetaData", "Bitrate", Lang::En), Some("bps"));
        assert_ne!(hint("VideoTemplate", "Bitrate", Lang::En), Some("bps"));
        assert_eq!(hint("data", "bitrate", Lang::En), None);
    }

    #[test]
    fn finish_is_not_success() {
        let flow = hint("ProcedureStateChangeEvent", "Status", Lang::En);
        assert_eq!(flow, Some("FINISH: all ended, not: all succeeded"));
        assert_eq!(hint("TranscodeTask", "Status", Lang::En), None);
    }

    #[test]
    fn undeclared_names_are_unknown() {
        for name in [
            "ProcedureStateChangeEvent",
            "ErrCodeExt",
            "vodTaskId",
            "SubStreamSet",
            "Sign",
        ] {
            assert!(is_known_member(name), "{name}");
        }
        assert!(!is_known_member("Codecs"));
        assert!(!is_known_member(""));
    }

    #[test]
    fn the_list_of_names_is_sorted() {
        let names: Vec<_> = include_str!("../../assets/knowledge/members.txt")
            .lines()
            .collect();
        assert!(names.is_sorted());
        assert_eq!(names.len(), MEMBERS.len());
    }
}
