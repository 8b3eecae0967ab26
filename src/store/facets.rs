//! Counts tasks by the values of each facet.

use std::collections::HashMap;

use crate::model::{NameId, SourceId, Verdict};

use super::matching::{Missed, codes_of};
use super::names::Names;
use super::profiles::{Parts, ProfileId};
use super::query::{Facet, FacetValue, Query, Sense};
use super::template::{self, TemplateKey};

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

/// Counting in progress, profile by profile.
pub(super) struct Tally<'a> {
    names: &'a Names,
    verdicts: [u32; Verdict::ALL.len()],
    event_types: NameTally,
    codes: NameTally,
    kinds: NameTally,
    templates: HashMap<TemplateKey, Counter>,
    sources: HashMap<SourceId, u32>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(names: &'a Names) -> Self {
        let none = || NameTally(vec![Counter::default(); names.bound()]);
        Self {
            names,
            verdicts: [0; Verdict::ALL.len()],
            event_types: none(),
            codes: none(),
            kinds: none(),
            templates: HashMap::default(),
            sources: HashMap::default(),
        }
    }

    /// Counts the tasks of a profile for every facet they count for.
    pub(super) fn add(&mut self, of: Parts<'_>, missed: Missed, tasks: Share) {
        let Parts { row, subs, sources } = of;
        if missed.at_most(Facet::Verdict)
            && let Some(count) = self.verdicts.get_mut(row.verdict.index())
        {
            *count += tasks.count;
        }
        if missed.at_most(Facet::EventType) {
            self.event_types.add(tasks, row.event_type);
        }
        if missed.at_most(Facet::Code) {
            codes_of(row, subs).for_each(|code| self.codes.add(tasks, code));
        }
        if missed.at_most(Facet::Kind) {
            for sub in subs {
                self.kinds.add(tasks, sub.kind);
            }
        }
        if missed.at_most(Facet::Template) {
            for key in subs.iter().filter_map(template::key_of) {
                self.templates.entry(key).or_default().add(tasks);
            }
        }
        if missed.at_most(Facet::Source) {
            for source in sources {
                *self.sources.entry(*source).or_default() += tasks.count;
            }
        }
    }

    pub(super) fn finish(self, query: &Query) -> FacetCounts {
        let names = self.names;
        let verdicts = Verdict::ALL.into_iter().zip(self.verdicts);
        let verdicts = verdicts.map(|(verdict, count)| (FacetValue::Verdict(verdict), count));
        let templates = self.templates.into_iter().map(|(key, counter)| {
            let (family, definition) = template::parts(key, names);
            let family = Some(family.to_owned());
            (FacetValue::Template { family, definition }, counter.count)
        });
        let sources = self.sources.into_iter();
        let sources = sources.map(|(id, count)| (FacetValue::Source(id), count));
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

/// How many tasks a profile brings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) profile: ProfileId,
    pub(super) count: u32,
}

/// A count that takes each profile once, as long as a profile's values come together.
#[derive(Clone, Copy, Debug, Default)]
struct Counter {
    count: u32,
    /// One more than the last profile counted.
    last: u32,
}

impl Counter {
    fn add(&mut self, tasks: Share) {
        let stamp = tasks.profile.wrapping_add(1);
        if self.last != stamp {
            self.count += tasks.count;
        }
        self.last = stamp;
    }
}

struct NameTally(Vec<Counter>);

impl NameTally {
    fn add(&mut self, tasks: Share, name: NameId) {
        if let Some(counter) = self.0.get_mut(usize::from(name)) {
            counter.add(tasks);
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
