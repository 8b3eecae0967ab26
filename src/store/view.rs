//! The answer to a query: which tasks, in which order, and what they have in common.

use crate::model::Verdict;

use super::facets::{FacetCount, FacetCounts, Tally};
use super::histogram::Histogram;
use super::matching::{Matcher, Missed};
use super::order::Sort;
use super::query::{Facet, FacetValue, Query};
use super::{Index, TaskIdx, Timed, time_of};

/// What a query finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Task numbers in the order asked for.
    pub order: Vec<u32>,
    /// All tasks there are, matching or not.
    pub total: usize,
    pub facets: FacetCounts,
    pub histogram: Histogram,
    /// Matching tasks by verdict, in the order of [`Verdict::ALL`].
    pub verdicts: [u32; Verdict::ALL.len()],
}

impl View {
    /// How many tasks match.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The task on a line of the list.
    #[must_use]
    pub fn task_at(&self, line: usize) -> Option<TaskIdx> {
        self.order.get(line).copied().map(TaskIdx)
    }

    /// The line a task stands on; looks at every line.
    #[must_use]
    pub fn line_of(&self, task: TaskIdx) -> Option<usize> {
        self.order.iter().position(|idx| *idx == task.0)
    }

    /// Matching tasks with that verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> u32 {
        self.verdicts.get(verdict.index()).copied().unwrap_or(0)
    }
}

impl Index {
    /// Filters, counts and sorts all tasks.
    #[must_use]
    pub fn view(&self, query: &Query, sort: Sort) -> View {
        let found = self.find_matching(query);
        View {
            order: self.sorted(&found.tasks, sort),
            total: self.task_count(),
            facets: found.facets,
            histogram: Histogram::of(&found.tasks),
            verdicts: count_verdicts(&found.tasks),
        }
    }

    /// Tasks by the values of one facet, most frequent first.
    #[must_use]
    pub fn counts(&self, query: &Query, facet: Facet) -> Vec<FacetCount> {
        self.find_matching(query).facets.of(facet).to_vec()
    }

    /// How many tasks match, without anything else about them.
    #[must_use]
    pub fn count(&self, query: &Query) -> usize {
        let matcher = Matcher::new(self, query);
        let fits = |task: &TaskIdx| {
            self.newest(*task).is_some_and(|(held, row)| {
                let missed = matcher.test(*task, row, held.segment.sub_rows(row));
                missed.is_some_and(Missed::nothing)
            })
        };
        let tested = || matcher.candidates().filter(fits).count();
        matcher.count_by_words().unwrap_or_else(tested)
    }

    fn find_matching(&self, query: &Query) -> Found {
        let matcher = Matcher::new(self, query);
        let mut tally = Tally::new(self);
        let mut tasks = Vec::new();
        for task in matcher.candidates() {
            let Some((held, row)) = self.newest(task) else {
                continue;
            };
            let subs = held.segment.sub_rows(row);
            let Some(missed) = matcher.test(task, row, subs) else {
                continue;
            };
            tally.add(task, missed, row, subs);
            if missed.nothing() {
                tasks.push(Timed {
                    time: time_of(row).unwrap_or(0),
                    task,
                    verdict: row.verdict,
                });
            }
        }
        Found {
            tasks,
            facets: tally.finish(query),
        }
    }
}

struct Found {
    /// Matching tasks in order of arrival.
    tasks: Vec<Timed>,
    facets: FacetCounts,
}

fn count_verdicts(tasks: &[Timed]) -> [u32; Verdict::ALL.len()] {
    let mut counts = [0; Verdict::ALL.len()];
    for task in tasks {
        if let Some(count) = counts.get_mut(task.verdict.index()) {
            *count += 1;
        }
    }
    counts
}

/// The word a value is asked for by, without its facet: what a table of counts prints.
impl FacetValue {
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Verdict(verdict) => verdict.name().to_owned(),
            Self::EventType(name) | Self::Code(name) | Self::Kind(name) => name.clone(),
            Self::Template { family, definition } => match family {
                Some(family) => format!("{family}/{definition}"),
                None => definition.to_string(),
            },
            Self::Source(source) => source.0.to_string(),
        }
    }
}
