//! Finds the tasks in whose events words stand: the rarest word first, and once few tasks are left,
//! only in their rows.

use super::hits::{Hits, Search};
use super::needle::Needle;
use super::pasted::meant_by;
use super::query::{Query, TextTerm};
use super::rows::Held;
use super::signs::Signs;
use super::task_set::TaskSet;
use super::texts::Layout;
use super::{Index, TaskIdx};

/// Bytes looked at to learn which part of a word is rare, and how rare the word is.
const SAMPLE_LEN: usize = 16 << 10;

/// Fewer than one task in this many are sooner asked one by one than by a scan of all texts.
const FEW: usize = 4;

/// Tasks in whose events every word is found and none of those unwanted; `None` when there is
/// nothing to search for.
pub(super) fn search(index: &Index, query: &Query) -> Option<TaskSet> {
    let (words, without) = (terms(index, &query.words), terms(index, &query.without));
    if words.is_empty() && without.is_empty() {
        return None;
    }
    let signs = words.iter().map(|term| term.signs);
    let signs = signs.fold(Signs::default(), |all, signs| all | signs);
    let mut found = index.fold.tasks_with(signs);
    for term in &words {
        found = term.found(index, found);
    }
    for term in &without {
        let mut asked = index.fold.tasks_with(term.signs);
        asked.intersect(&found);
        found.remove(&term.found(index, asked));
    }
    Some(found)
}

/// A word with all it may mean.
struct Term {
    /// Which signs a task must have to have the word.
    signs: Signs,
    /// Any of these; `None` when the signs tell it all.
    needles: Option<Vec<Needle>>,
    /// About how often it stands in the sample.
    count: u32,
}

/// The words to search for, the rarest first.
fn terms(index: &Index, words: &[TextTerm]) -> Vec<Term> {
    let words = words.iter().filter(|word| !word.0.is_empty());
    let terms = words.map(|word| Term::new(&word.0, index.sample()));
    let mut terms: Vec<Term> = terms.collect();
    terms.sort_by_key(|term| term.count);
    terms
}

impl Term {
    fn new(word: &str, sample: &[u8]) -> Self {
        let meant = meant_by(word);
        let signs = match meant.as_slice() {
            [word] => Signs::of(word.as_bytes()),
            _ => Signs::default(),
        };
        if Signs::tell(word) {
            return Self {
                signs,
                needles: None,
                count: 0,
            };
        }
        let needles = meant.iter().filter_map(|word| Needle::new(word, sample));
        let needles: Vec<Needle> = needles.collect();
        Self {
            signs,
            count: needles.iter().map(|needle| needle.count(sample)).sum(),
            needles: Some(needles),
        }
    }

    /// Those of the asked tasks in which the word stands; all of them have its signs.
    fn found(&self, index: &Index, mut asked: TaskSet) -> TaskSet {
        if let Some(needles) = &self.needles {
            let mut open = asked.clone();
            for needle in needles {
                look_through(index, needle, &mut open);
            }
            asked.remove(&open);
        }
        asked
    }
}

/// Crosses off the tasks in whose events a word stands.
fn look_through(index: &Index, needle: &Needle, open: &mut TaskSet) {
    let few = open.len() < index.fold.len() / FEW;
    let (mut hits, mut asked) = (Hits::default(), Vec::new());
    for (held, layout) in index.searchable() {
        let tasks = index.fold.tasks_of(held.first_row, layout.rows().len());
        let search = Search {
            needle,
            text: held.segment.text.as_bytes(),
            layout,
        };
        let one_by_one = few || hits.are_settled();
        if one_by_one {
            note_places(tasks, open, &mut asked);
        }
        let cross_off = |place| {
            if let Some(task) = tasks.get(place) {
                open.cross_off(TaskIdx(*task));
            }
        };
        if one_by_one {
            hits.among(search, &asked, cross_off);
        } else {
            hits.rows(search, cross_off);
        }
    }
}

/// Notes at which places the tasks are open.
fn note_places(tasks: &[u32], open: &TaskSet, places: &mut Vec<u32>) {
    places.resize(tasks.len(), 0);
    let mut count = 0;
    for (place, task) in (0..).zip(tasks) {
        // Every place is written and most are kept or overwritten: a branch would be a gamble.
        if let Some(slot) = places.get_mut(count) {
            *slot = place;
        }
        count += usize::from(open.has(TaskIdx(*task)));
    }
    places.truncate(count);
}

impl Index {
    /// The segments with the places of their texts.
    pub(super) fn searchable(&self) -> impl Iterator<Item = (&Held, &Layout)> {
        self.rows.held().iter().zip(&self.texts)
    }

    /// A piece of the texts from their middle.
    pub(super) fn sample(&self) -> &[u8] {
        let held = self.rows.held();
        let middle = held.get(held.len() / 2);
        let text = middle.map_or(&[][..], |held| held.segment.text.as_bytes());
        text.get(..SAMPLE_LEN).unwrap_or(text)
    }
}
