//! What tasks have in common besides names and times: millions of tasks share a few profiles, so
//! a filter is tried on each profile once and counting is one addition a task.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use crate::model::{Outcome, Row, SourceId, SubRow, Verdict};

use super::rows::{RowAt, Rows};
use super::slots::Slots;
use super::task::count_failed;

/// The number of a profile.
pub(super) type ProfileId = u32;

/// Everything that filtering by facets and flags asks of a task.
#[derive(Clone, Copy, Debug)]
pub(super) struct Profile {
    /// Any row that shows it.
    example: RowAt,
    sources: u32,
    hash: u32,
    pub(super) verdict: Verdict,
    pub(super) failed_sub_tasks: u16,
}

/// All profiles met so far; those that no task has any more stay.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    all: Vec<Profile>,
    by_hash: Slots,
    hasher: RandomState,
    sources: SourceSets,
}

impl Profiles {
    pub(super) fn all(&self) -> &[Profile] {
        &self.all
    }

    pub(super) fn get(&self, id: ProfileId) -> Option<&Profile> {
        self.all.get(id as usize)
    }

    /// The example's row and sub-tasks, and the sources its tasks came from.
    pub(super) fn parts<'a>(&'a self, profile: &Profile, rows: &'a Rows) -> Option<Parts<'a>> {
        let (held, row) = rows.at(profile.example)?;
        Some(Parts {
            row,
            subs: held.segment.sub_rows(row),
            sources: self.sources.get(profile.sources),
        })
    }

    /// The profile of a task with that newest row, one of whose rows is from `source`;
    /// its other rows' sources are those of `before`.
    pub(super) fn of(
        &mut self,
        newest: RowAt,
        source: SourceId,
        before: Option<ProfileId>,
        rows: &Rows,
    ) -> ProfileId {
        let before = before.and_then(|id| self.get(id));
        let before = before.map_or(SourceSets::NONE, |profile| profile.sources);
        let sources = self.sources.with(before, source);
        let Some((held, row)) = rows.at(newest) else {
            return 0;
        };
        let subs = held.segment.sub_rows(row);
        let hash = self.hash(row, subs, sources);
        let is_it = |id: u32| {
            let profile = self.get(id).filter(|profile| profile.hash == hash);
            profile.is_some_and(|profile| {
                let example = rows.at(profile.example);
                profile.sources == sources
                    && example.is_some_and(|(held, other)| {
                        same(row, subs, other, held.segment.sub_rows(other))
                    })
            })
        };
        if let Some(id) = self.by_hash.find(hash, is_it) {
            return id;
        }
        self.add(Profile {
            example: newest,
            sources,
            hash,
            verdict: row.verdict,
            failed_sub_tasks: u16::try_from(count_failed(subs)).unwrap_or(u16::MAX),
        })
    }

    fn add(&mut self, profile: Profile) -> ProfileId {
        let id = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(profile);
        let all = &self.all;
        let hash_of = |id: u32| all.get(id as usize).map_or(0, |profile| profile.hash);
        self.by_hash.insert(profile.hash, id, hash_of);
        id
    }

    fn hash(&self, row: &Row, subs: &[SubRow], sources: u32) -> u32 {
        let mut hasher = self.hasher.build_hasher();
        let names = u64::from(row.event_type) << 32 | u64::from(row.code) << 16;
        hasher.write_u64(names | u64::from(row.flags.0));
        hasher.write_u64(u64::from(sources) << 8 | row.verdict.index() as u64);
        for sub in subs {
            let names = u64::from(sub.kind) << 16 | u64::from(sub.code);
            hasher.write_u64(u64::from(sub.definition) << 32 | names);
        }
        u32::try_from(hasher.finish() >> 32).unwrap_or_default()
    }

    pub(super) fn memory_bytes(&self) -> usize {
        self.all.capacity() * size_of::<Profile>()
            + self.by_hash.memory_bytes()
            + self.sources.memory_bytes()
    }
}

/// What a profile says.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) row: &'a Row,
    pub(super) subs: &'a [SubRow],
    pub(super) sources: &'a [SourceId],
}

fn same(a: &Row, a_subs: &[SubRow], b: &Row, b_subs: &[SubRow]) -> bool {
    let of_row = |row: &Row| (row.verdict, row.event_type, row.code, row.flags);
    let of_sub = |sub: &SubRow| {
        let failed = sub.outcome == Outcome::Failed;
        (sub.definition, sub.kind, sub.code, sub.set, failed)
    };
    of_row(a) == of_row(b) && a_subs.iter().map(of_sub).eq(b_subs.iter().map(of_sub))
}

/// Sets of sources, each kept once.
#[derive(Debug, Default)]
struct SourceSets {
    /// Set number `n` stands at `n - 1`; 0 is the empty one.
    sets: Vec<Box<[SourceId]>>,
    ids: HashMap<Box<[SourceId]>, u32>,
}

impl SourceSets {
    const NONE: u32 = 0;

    fn get(&self, id: u32) -> &[SourceId] {
        let place = (id as usize).checked_sub(1);
        place
            .and_then(|place| self.sets.get(place))
            .map_or(&[], |set| set)
    }

    /// The set with one more source in it.
    fn with(&mut self, id: u32, source: SourceId) -> u32 {
        let set = self.get(id);
        let Err(place) = set.binary_search(&source) else {
            return id;
        };
        let mut set = set.to_vec();
        set.insert(place, source);
        if let Some(id) = self.ids.get(set.as_slice()) {
            return *id;
        }
        let set: Box<[SourceId]> = set.into();
        self.sets.push(set.clone());
        let id = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
        self.ids.insert(set, id);
        id
    }

    fn memory_bytes(&self) -> usize {
        let held: usize = self.sets.iter().map(|set| size_of_val(&**set) * 2).sum();
        held + self.sets.capacity() * 16 + self.ids.capacity() * 25
    }
}
