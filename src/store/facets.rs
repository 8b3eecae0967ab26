//! Counts tasks by the values of each facet.

use std::collections::HashMap;

use crate::model::{NameId, Row, SourceId, SubRow, Verdict};

use super::matching::{Missed, codes_of};
use super::names::Names;
use super::query::{Facet, FacetValue, Query, Sense};
use super::template::{self, TemplateKey};
use super::{Index, TaskIdx};

/// A value, how many tasks have it, and how it stands in the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    pub value: FacetValue,
    pub count: u32,
    pub sense: Option<Sense>,
}

/// For each facet its values: most frequent first, then by value; verdicts in their own order.
/// A value stands here when a task has it under the filter, or when the filter names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts([Vec<FacetCount>; Facet::ALL.len()]);

impl FacetCounts {
    #[must_use]
    pub fn of(&self, facet: Facet) -> &[FacetCount] {
        self.0.get(facet.index()).map_or(&[], Vec::as_slice)
    }
}

/// Counting in progress.
pub(super) struct Tally<'a> {
    index: &'a Index,
    verdicts: [u32; Verdict::ALL.len()],
    event_types: NameTally,
    codes: NameTally,
    kinds: NameTally,
    templates: TemplateTally,
    sources: HashMap<SourceId, Counter>,
    /// With one source there is nothing to look up task by task.
    only_source: Option<SourceId>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(index: &'a Index) -> Self {
        let names = || NameTally(vec![Counter::default(); index.names.bound()]);
        Self {
            index,
            verdicts: [0; Verdict::ALL.len()],
            event_types: names(),
            codes: names(),
            kinds: names(),
            templates: TemplateTally::default(),
            sources: HashMap::default(),
            only_source: only_source(index),
        }
    }

    /// Counts a task for every facet it counts for.
    pub(super) fn add(&mut self, task: TaskIdx, missed: Missed, row: &Row, subs: &[SubRow]) {
        if missed.at_most(Facet::Verdict)
            && let Some(count) = self.verdicts.get_mut(row.verdict.index())
        {
            *count += 1;
        }
        if missed.at_most(Facet::EventType) {
            self.event_types.add(task, row.event_type);
        }
        if missed.at_most(Facet::Code) {
            codes_of(row, subs).for_each(|code| self.codes.add(task, code));
        }
        if missed.at_most(Facet::Kind) {
            for sub in subs {
                self.kinds.add(task, sub.kind);
            }
        }
        if missed.at_most(Facet::Template) {
            for key in subs.iter().filter_map(template::key_of) {
                self.templates.add(task, key);
            }
        }
        if missed.at_most(Facet::Source) {
            self.add_sources(task);
        }
    }

    fn add_sources(&mut self, task: TaskIdx) {
        let index = self.index;
        let several = self.only_source.is_none().then(|| index.sources_of(task));
        for source in self
            .only_source
            .into_iter()
            .chain(several.into_iter().flatten())
        {
            self.sources.entry(source).or_default().add(task);
        }
    }

    pub(super) fn finish(self, query: &Query) -> FacetCounts {
        let names = &self.index.names;
        let verdicts = Verdict::ALL.into_iter().zip(self.verdicts);
        let verdicts = verdicts.map(|(verdict, count)| (FacetValue::Verdict(verdict), count));
        let templates = self.templates.counters.into_iter().map(|(key, counter)| {
            let (family, definition) = template::parts(key, names);
            let family = Some(family.to_owned());
            (FacetValue::Template { family, definition }, counter.count)
        });
        let sources = self.sources.into_iter();
        let sources = sources.map(|(id, counter)| (FacetValue::Source(id), counter.count));
        let lists = [
            verdicts.collect(),
            self.event_types.finish(names, FacetValue::EventType),
            self.codes.finish(names, FacetValue::Code),
            self.kinds.finish(names, FacetValue::Kind),
            templates.collect(),
            sources.collect(),
        ];
        let mut facets = Facet::ALL.into_iter();
        FacetCounts(lists.map(|list| listed(list, facets.next(), query)))
    }
}

fn only_source(index: &Index) -> Option<SourceId> {
    let mut sources = index.rows.held().iter().map(|held| held.source);
    let first = sources.next()?;
    sources.all(|source| source == first).then_some(first)
}

/// Puts the values in order and adds those that only the filter names.
fn listed(found: Vec<(FacetValue, u32)>, facet: Option<Facet>, query: &Query) -> Vec<FacetCount> {
    let chips = query.chips.iter();
    let named = chips.filter(|chip| Some(chip.value.facet()) == facet);
    let named = named.map(|chip| (chip.value.clone(), 0));
    let mut all: Vec<(FacetValue, u32)> = found.into_iter().chain(named).collect();
    if facet == Some(Facet::Verdict) {
        all.sort_by_key(|(value, count)| (value.clone(), u32::MAX - count));
    } else {
        all.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|(value, _)| seen.insert(value.clone()));
    let chip_of = |value: &FacetValue| query.sense_of(value);
    all.into_iter()
        .map(|(value, count)| FacetCount {
            sense: chip_of(&value),
            value,
            count,
        })
        .filter(|entry| entry.count > 0 || entry.sense.is_some())
        .collect()
}

/// A count that takes each task once, as long as a task's values come together.
#[derive(Clone, Copy, Debug, Default)]
struct Counter {
    count: u32,
    /// One more than the last task counted.
    last: u32,
}

impl Counter {
    fn add(&mut self, task: TaskIdx) {
        let stamp = task.0.wrapping_add(1);
        self.count += u32::from(self.last != stamp);
        self.last = stamp;
    }
}

struct NameTally(Vec<Counter>);

impl NameTally {
    fn add(&mut self, task: TaskIdx, name: NameId) {
        if let Some(counter) = self.0.get_mut(usize::from(name)) {
            counter.add(task);
        }
    }

    fn finish(self, names: &Names, value: fn(String) -> FacetValue) -> Vec<(FacetValue, u32)> {
        let counted = (0..=NameId::MAX).zip(self.0);
        counted
            .filter(|(_, counter)| counter.count > 0)
            .map(|(id, counter)| (value(names.get(id).to_owned()), counter.count))
            .collect()
    }
}

/// Counts templates. There are few, asked for millions of times, so most are found at the place
/// their number points to; the map only knows those that were pushed away.
#[derive(Default)]
struct TemplateTally {
    counters: Vec<(TemplateKey, Counter)>,
    recent: [u8; 32],
    places: HashMap<TemplateKey, usize>,
}

impl TemplateTally {
    fn add(&mut self, task: TaskIdx, key: TemplateKey) {
        let spread = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 59;
        let recent = usize::try_from(spread).unwrap_or_default();
        let place = self
            .recent
            .get(recent)
            .map_or(0, |place| usize::from(*place));
        if let Some((known, counter)) = self.counters.get_mut(place)
            && *known == key
        {
            counter.add(task);
            return;
        }
        let next = self.counters.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.counters.push((key, Counter::default()));
        }
        if let Some((_, counter)) = self.counters.get_mut(place) {
            counter.add(task);
        }
        if let (Some(slot), Ok(place)) = (self.recent.get_mut(recent), u8::try_from(place)) {
            *slot = place;
        }
    }
}
