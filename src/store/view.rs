//! The answer to a query: which tasks, in which order, and what they have in common.

use crate::model::Verdict;

use super::facets::{FacetCount, FacetCounts, Share, Tally};
use super::histogram::Histogram;
use super::matching::{Matcher, Missed};
use super::order::Sort;
use super::profiles::Profile;
use super::query::{Facet, FacetValue, Query};
use super::{Index, TaskIdx, Timed};

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
    /// Filters, counts and sorts all tasks; the histogram counts the hours and days of UTC.
    #[must_use]
    pub fn view(&self, query: &Query, sort: Sort) -> View {
        self.view_in(query, sort, 0)
    }

    /// The same with the hours and days of a zone that many seconds east of UTC.
    #[must_use]
    pub fn view_in(&self, query: &Query, sort: Sort, offset_secs: i32) -> View {
        let found = self.find_matching(query);
        View {
            order: self.sorted(&found.tasks, sort),
            total: self.task_count(),
            facets: found.facets,
            histogram: Histogram::of(&found.tasks, offset_secs),
            verdicts: found.verdicts,
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
        let tested = || {
            let judged = self.judged(&matcher);
            let mut count = 0;
            matcher.candidates(|_, digest| {
                let fits = judged
                    .get(digest.profile as usize)
                    .is_some_and(|judged| judged.fits);
                count += usize::from(fits);
            });
            count
        };
        matcher.count_by_words().unwrap_or_else(tested)
    }

    fn find_matching(&self, query: &Query) -> Found {
        let matcher = Matcher::new(self, query);
        let mut judged = self.judged(&matcher);
        let mut tasks = Vec::new();
        matcher.candidates(|task, digest| {
            let Some(judged) = judged.get_mut(digest.profile as usize) else {
                return;
            };
            judged.tasks += 1;
            if judged.fits {
                tasks.push(Timed {
                    time: digest.time,
                    task,
                    verdict: judged.verdict,
                });
            }
        });
        Found {
            tasks,
            verdicts: count_verdicts(&judged),
            facets: self.tallied(&judged, query),
        }
    }

    /// Every profile tried on the query.
    fn judged(&self, matcher: &Matcher<'_>) -> Vec<Judged> {
        let profiles = self.fold.profiles();
        let judge = |profile: &Profile| {
            let parts = profiles.parts(profile, &self.rows);
            let missed = parts.and_then(|parts| matcher.test(parts));
            Judged {
                missed,
                fits: missed.is_some_and(Missed::nothing),
                verdict: profile.verdict,
                tasks: 0,
            }
        };
        profiles.all().iter().map(judge).collect()
    }

    fn tallied(&self, judged: &[Judged], query: &Query) -> FacetCounts {
        let profiles = self.fold.profiles();
        let mut tally = Tally::new(&self.names);
        for ((id, profile), judged) in (0..).zip(profiles.all()).zip(judged) {
            if let Some(missed) = judged.missed
                && judged.tasks > 0
                && let Some(parts) = profiles.parts(profile, &self.rows)
            {
                let share = Share {
                    profile: id,
                    count: judged.tasks,
                };
                tally.add(parts, missed, share);
            }
        }
        tally.finish(query)
    }
}

struct Found {
    /// Matching tasks in order of arrival.
    tasks: Vec<Timed>,
    verdicts: [u32; Verdict::ALL.len()],
    facets: FacetCounts,
}

/// What a query makes of a profile.
struct Judged {
    /// `None` when its tasks are out whatever facet is counted.
    missed: Option<Missed>,
    fits: bool,
    verdict: Verdict,
    /// Candidates of that profile.
    tasks: u32,
}

fn count_verdicts(judged: &[Judged]) -> [u32; Verdict::ALL.len()] {
    let mut counts = [0; Verdict::ALL.len()];
    for judged in judged.iter().filter(|judged| judged.fits) {
        if let Some(count) = counts.get_mut(judged.verdict.index()) {
            *count += judged.tasks;
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
