//! What the list is narrowed to.

use crate::model::Verdict;
use crate::state::{AppState, Effect};
use crate::store::{FacetValue, Query, Sense, TextTerm};

use super::place::reveal_selected;
use super::{List, refresh};

/// Terms that are typed out and followed by a space become chips; the rest is searched for.
pub(super) fn set_text(list: &mut List, text: String) {
    let typed = Query::parse(&text);
    let complete = text.ends_with(char::is_whitespace);
    let becomes_chips = complete && !(typed.chips.is_empty() && typed.time.is_none());
    list.query.words = typed.words;
    list.query.without = typed.without;
    list.query.flags = typed.flags;
    list.text = text;
    if !becomes_chips {
        return;
    }
    list.text = typed_part(&list.query);
    list.query.time = typed.time.or(list.query.time.take());
    for chip in typed.chips {
        list.query.chips.retain(|other| other.value != chip.value);
        list.query.chips.push(chip);
    }
}

/// What of a query stands in the box as text.
fn typed_part(query: &Query) -> String {
    let typed = Query {
        chips: Vec::new(),
        time: None,
        ..query.clone()
    };
    typed.to_string()
}

/// Adds a text that the tasks have to contain, or must not.
pub(super) fn filter_text(list: &mut List, text: String, sense: Sense) {
    let query = &mut list.query;
    let (asked, opposite) = match sense {
        Sense::Include => (&mut query.words, &mut query.without),
        Sense::Exclude => (&mut query.without, &mut query.words),
    };
    let term = TextTerm(text);
    opposite.retain(|other| *other != term);
    if !asked.contains(&term) {
        asked.push(term);
    }
    list.text = typed_part(query);
}

pub(super) fn filter(list: &mut List, value: FacetValue, sense: Sense) {
    if list.query.sense_of(&value) != Some(sense) {
        list.query.toggle(value, sense);
    }
}

pub(super) fn toggle_failed_only(list: &mut List) {
    let on = list.failed_only();
    for value in failures() {
        list.query.chips.retain(|chip| chip.value != value);
        if !on {
            list.query.toggle(value, Sense::Include);
        }
    }
}

pub(in crate::state) fn clear_query(state: &mut AppState) -> Vec<Effect> {
    if state.list.query.is_empty() && state.list.text.is_empty() {
        return Vec::new();
    }
    state.list.query = Query::default();
    state.list.text.clear();
    let effects = refresh(state);
    reveal_selected(&mut state.list);
    effects
}

impl List {
    /// Whether only failed tasks are asked for.
    pub fn failed_only(&self) -> bool {
        failures()
            .iter()
            .all(|value| self.query.sense_of(value) == Some(Sense::Include))
    }
}

fn failures() -> [FacetValue; 2] {
    [Verdict::PartlyFailed, Verdict::Failed].map(FacetValue::Verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_filtered_out_stands_in_the_box_and_gives_way_to_its_opposite() {
        let mut list = List::default();
        filter_text(&mut list, "a b".to_owned(), Sense::Exclude);
        assert_eq!(list.text, "-\"a b\"");
        filter_text(&mut list, "a b".to_owned(), Sense::Include);
        assert_eq!(list.text, "\"a b\"");
        assert!(list.query.without.is_empty());
    }

    #[test]
    fn typed_out_terms_become_chips_and_flags_stay_text() {
        let mut list = List::default();
        set_text(
            &mut list,
            "has:cover kind:Transcode time:10..20 x ".to_owned(),
        );
        assert_eq!(list.text, "has:cover x");
        assert_eq!(
            list.query.to_string(),
            "kind:Transcode time:10..20 has:cover x"
        );
    }
}
