//! Decides which tasks a query lets through, and why the others stay out.

use std::ops::Range;

use crate::model::{NameId, Row, SourceId, SubRow, Verdict};

use super::fold::Digest;
use super::names::Names;
use super::profiles::Parts;
use super::query::{Facet, FacetValue, Query, RequiredFlags, Sense};
use super::search::search;
use super::task_set::TaskSet;
use super::template::{self, TemplateKey};
use super::{Index, TaskIdx};

/// The facets whose included values a task lacks, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Missed(u8);

impl Missed {
    const NOTHING: Self = Self(0);

    pub(super) fn nothing(self) -> bool {
        self == Self::NOTHING
    }

    /// Whether a task counts for a facet: that facet's own included values do not narrow it.
    pub(super) fn at_most(self, facet: Facet) -> bool {
        self.0 & !(1 << facet.index()) == 0
    }

    fn add(&mut self, facet: Facet) {
        self.0 |= 1 << facet.index();
    }
}

/// A query with its names looked up and its words searched for.
pub(super) struct Matcher<'a> {
    index: &'a Index,
    rules: Vec<Rule>,
    time: Option<Range<u32>>,
    flags: RequiredFlags,
    /// Tasks in which every word was found and none of those unwanted; `None` without words.
    found: Option<TaskSet>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(index: &'a Index, query: &Query) -> Self {
        let rule = |facet| Rule::new(facet, query, &index.names);
        Self {
            index,
            rules: Facet::ALL.into_iter().filter_map(rule).collect(),
            time: query.time.clone(),
            flags: query.flags,
            found: search(index, query),
        }
    }

    /// Calls `on_task` with every task that has the words and the time asked for, in order of
    /// arrival.
    pub(super) fn candidates(&self, mut on_task: impl FnMut(TaskIdx, Digest)) {
        let mut test = |task, digest: Digest| {
            if self.in_time(digest.time) {
                on_task(task, digest);
            }
        };
        let fold = &self.index.fold;
        if let Some(found) = &self.found {
            let found = found.iter();
            let digests = found.filter_map(|task| Some((task, fold.digest(task)?)));
            digests.for_each(|(task, digest)| test(task, digest));
        } else {
            let digests = self.index.tasks().zip(fold.digests());
            digests.for_each(|(task, digest)| test(task, *digest));
        }
    }

    /// How many candidates there are, when nothing but words is asked for: then all of them match.
    pub(super) fn count_by_words(&self) -> Option<usize> {
        let words_only =
            self.rules.is_empty() && self.time.is_none() && self.flags == RequiredFlags::default();
        let count = || match &self.found {
            Some(found) => found.len(),
            None => self.index.task_count(),
        };
        words_only.then(count)
    }

    /// What candidates of a profile lack; `None` when they are out for any other reason than that.
    pub(super) fn test(&self, of: Parts<'_>) -> Option<Missed> {
        if !self.flags.met_by(of.row.flags) {
            return None;
        }
        let mut missed = Missed::NOTHING;
        for rule in &self.rules {
            match rule.test(&|values| values.has(rule.facet, of)) {
                Ruling::Out => return None,
                Ruling::Lacks => missed.add(rule.facet),
                Ruling::Fits => {}
            }
        }
        Some(missed)
    }

    fn in_time(&self, at: u32) -> bool {
        let asked = self.time.as_ref();
        asked.is_none_or(|time| at != 0 && time.contains(&at))
    }
}

enum Ruling {
    Fits,
    Lacks,
    Out,
}

/// The values a query includes and excludes in one facet.
struct Rule {
    facet: Facet,
    include: Option<ValueSet>,
    exclude: Option<ValueSet>,
}

impl Rule {
    /// `None` when the query says nothing of the facet.
    fn new(facet: Facet, query: &Query, names: &Names) -> Option<Self> {
        let set = |sense| ValueSet::new(query.values(facet, sense), names);
        let (include, exclude) = (set(Sense::Include), set(Sense::Exclude));
        let speaks = include.is_some() || exclude.is_some();
        speaks.then_some(Self {
            facet,
            include,
            exclude,
        })
    }

    fn test(&self, has: &dyn Fn(&ValueSet) -> bool) -> Ruling {
        if self.exclude.as_ref().is_some_and(has) {
            Ruling::Out
        } else if self.include.as_ref().is_none_or(has) {
            Ruling::Fits
        } else {
            Ruling::Lacks
        }
    }
}

/// Values of one facet, names replaced by their numbers. Names that no event has fall out,
/// and what is left matches nothing.
#[derive(Default)]
struct ValueSet {
    verdicts: Vec<Verdict>,
    names: Vec<NameId>,
    templates: Vec<TemplateKey>,
    /// Definitions of any family.
    definitions: Vec<u32>,
    sources: Vec<SourceId>,
}

impl ValueSet {
    fn new<'q>(values: impl Iterator<Item = &'q FacetValue>, names: &Names) -> Option<Self> {
        let mut values = values.peekable();
        values.peek()?;
        let mut set = Self::default();
        for value in values {
            set.insert(value, names);
        }
        Some(set)
    }

    fn insert(&mut self, value: &FacetValue, names: &Names) {
        match value {
            FacetValue::Verdict(verdict) => self.verdicts.push(*verdict),
            FacetValue::EventType(name) | FacetValue::Code(name) | FacetValue::Kind(name) => {
                self.names.extend(names.id(name));
            }
            FacetValue::Template {
                family: Some(family),
                definition,
            } => self
                .templates
                .extend(template::keys(family, *definition, names)),
            FacetValue::Template {
                family: None,
                definition,
            } => self.definitions.push(*definition),
            FacetValue::Source(source) => self.sources.push(*source),
        }
    }

    /// Whether any value a profile has in a facet is one of these.
    fn has(&self, facet: Facet, of: Parts<'_>) -> bool {
        let Parts { row, subs, sources } = of;
        match facet {
            Facet::Verdict => self.verdicts.contains(&row.verdict),
            Facet::EventType => self.names.contains(&row.event_type),
            Facet::Code => self.has_code(row, subs),
            Facet::Kind => subs.iter().any(|sub| self.names.contains(&sub.kind)),
            Facet::Template => subs.iter().any(|sub| self.has_template(sub)),
            Facet::Source => sources.iter().any(|source| self.sources.contains(source)),
        }
    }

    fn has_code(&self, row: &Row, subs: &[SubRow]) -> bool {
        let mut codes = codes_of(row, subs);
        codes.any(|code| self.names.contains(&code))
    }

    fn has_template(&self, sub: &SubRow) -> bool {
        template::key_of(sub).is_some_and(|key| {
            self.templates.contains(&key) || self.definitions.contains(&sub.definition)
        })
    }
}

/// The codes a task and its sub-tasks have; the empty name is none.
pub(super) fn codes_of(row: &Row, subs: &[SubRow]) -> impl Iterator<Item = NameId> {
    let codes = subs.iter().map(|sub| sub.code);
    std::iter::once(row.code)
        .chain(codes)
        .filter(|code| *code != 0)
}
