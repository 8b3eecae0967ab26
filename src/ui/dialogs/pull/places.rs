//! Where keys may be, and what was found there, in words.

use crate::model::{Found, OriginChoice, OriginProbe};
use crate::state::PullDialog;
use crate::text::{Text, live as say};

/// The places in the order they are listed.
pub(super) const ORDER: [OriginChoice; 6] = [
    OriginChoice::First,
    OriginChoice::Environment,
    OriginChoice::TccliFile,
    OriginChoice::SdkFile,
    OriginChoice::Keyring,
    OriginChoice::Typed,
];
/// What is looked at by itself, in this order.
const LOOKED_AT: [OriginChoice; 4] = [
    OriginChoice::Keyring,
    OriginChoice::Environment,
    OriginChoice::SdkFile,
    OriginChoice::TccliFile,
];

/// A place in words.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) choice: OriginChoice,
    pub(super) name: &'static str,
    pub(super) place: String,
    pub(super) found: String,
    /// Keys are there and can be used.
    pub(super) usable: bool,
    /// Why there are none, in the system's words; or the shortened id.
    pub(super) more: String,
    pub(super) selected: bool,
}

/// Builds the rows; the id is told of the selected place, of others only that there is one.
pub(super) fn rows(dialog: &PullDialog, text: &Text) -> Vec<Row> {
    let row = |choice: OriginChoice| {
        let selected = dialog.profile.origin == choice;
        let probe = probe(dialog, choice);
        let place = place(choice, probe, text);
        let told = told(choice, dialog, probe.map(|probe| &probe.found), text);
        let id = probe.and_then(|probe| id_of(&probe.found));
        Row {
            choice,
            name: say::origin_choice(text.lang, choice),
            place,
            found: match id {
                Some(id) if selected => id.to_owned(),
                Some(_) => text.accounts.id_found.to_owned(),
                None => told,
            },
            usable: id.is_some(),
            more: probe.map_or_else(String::new, |probe| say::found(text.lang, &probe.found)),
            selected,
        }
    };
    ORDER.into_iter().map(row).collect()
}

/// What a place holds; of the first choice, the first that holds any.
fn probe(dialog: &PullDialog, choice: OriginChoice) -> Option<&OriginProbe> {
    let probes = dialog.probes.as_ref()?;
    let of = |choice: OriginChoice| probes.iter().find(|probe| probe.choice == choice);
    if choice != OriginChoice::First {
        return of(choice);
    }
    let held = |choice: &OriginChoice| of(*choice).filter(|probe| id_of(&probe.found).is_some());
    let first = std::iter::once(&OriginChoice::Typed).chain(&LOOKED_AT);
    first.into_iter().find_map(held)
}

fn id_of(found: &Found) -> Option<&str> {
    match found {
        Found::Credentials { masked_id, .. } => Some(masked_id),
        Found::Empty | Found::Unusable { .. } | Found::Absent { .. } => None,
    }
}

fn place(choice: OriginChoice, probe: Option<&OriginProbe>, text: &Text) -> String {
    let words = text.accounts;
    match (choice, probe) {
        (OriginChoice::Typed, _) => words.kept_in_memory.to_owned(),
        (_, Some(probe)) => probe.place.clone(),
        (OriginChoice::First, None) => words.tried_in_order.to_owned(),
        (_, None) => String::new(),
    }
}

fn told(choice: OriginChoice, dialog: &PullDialog, found: Option<&Found>, text: &Text) -> String {
    let words = text.accounts;
    let told = match found {
        None if dialog.probes.is_none() => words.id_looking,
        None if choice == OriginChoice::First => words.none_found,
        // Nothing was typed before.
        Some(Found::Empty) if choice == OriginChoice::Typed => "",
        None => "",
        Some(Found::Empty) => words.id_empty,
        Some(Found::Unusable { .. }) => words.id_unusable,
        Some(Found::Absent { .. }) => words.id_absent,
        Some(Found::Credentials { .. }) => words.id_found,
    };
    told.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, PlaceFault, Zone};

    fn probe(choice: OriginChoice, place: &str, found: Found) -> OriginProbe {
        OriginProbe {
            choice,
            place: place.to_owned(),
            found,
        }
    }

    fn key(id: &str) -> Found {
        Found::Credentials {
            masked_id: id.to_owned(),
            temporary: false,
        }
    }

    fn looked_at() -> PullDialog {
        let absent = Found::Absent {
            why: PlaceFault::System("no secret service".to_owned()),
        };
        let mut dialog = PullDialog::default();
        dialog.probes = Some(vec![
            probe(OriginChoice::Keyring, "vodscope / prod-edu", absent),
            probe(
                OriginChoice::Environment,
                "TENCENTCLOUD_SECRET_ID",
                key("AKIDz8k7…Q2fX"),
            ),
            probe(
                OriginChoice::SdkFile,
                "~/.tencentcloud/credentials",
                Found::Empty,
            ),
            probe(
                OriginChoice::TccliFile,
                "~/.tccli/prod-edu.credential",
                key("AKIDaaaa…zzzz"),
            ),
            probe(OriginChoice::Typed, "", Found::Empty),
        ]);
        dialog
    }

    #[test]
    fn each_place_says_what_it_holds() {
        for lang in [Lang::En, Lang::Zh] {
            let rows = rows(&looked_at(), &Text::new(lang, Zone::Utc));
            let lines: Vec<String> = rows
                .iter()
                .map(|row| format!("{} | {} | {}", row.name, row.place, row.found))
                .collect();
            insta::assert_snapshot!(lang.pick("places", "places_zh"), lines.join("\n"));
        }
    }

    #[test]
    fn nothing_is_said_of_a_place_before_it_was_looked_at() {
        let text = Text::new(Lang::En, Zone::Utc);
        let rows = rows(&PullDialog::default(), &text);
        assert!(rows.iter().all(|row| row.found == text.accounts.id_looking));
    }
}
