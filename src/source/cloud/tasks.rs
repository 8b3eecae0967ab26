//! Pulls tasks, read-only: DescribeTasks lists them, DescribeTaskDetail is asked for each one,
//! a few at a time. What was archived as ended before is not asked for again.
//!
//! The lister and the fetchers are threads of their own that share one rate; the job itself
//! stores what they bring and tells of it. A detail that fails for a reason of its own stops no
//! other: it is asked for once more at the end. When a call fails as all would, the pull pauses
//! where it is: resuming asks for the same page or task again.
//!
//! How far a list has come is in the archive with its entries, so that a pull which was broken
//! off goes on in another run of the program.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use crate::job::{Cancel, Job, Ordered, Outbox, Received, Wake, spawn};
use crate::model::{
    ListPlace, LiveCommand, LiveNews, LiveSpec, Profile, SourceEvent, TaskProgress, TaskPull,
    TaskQuery,
};
use crate::source::live::Around;

use super::action::Action;
use super::keeper::{Keeper, Stop, Teller};
use super::rate::Rate;
use board::Board;
use fetching::{Errand, Fetched};

mod board;
mod faults;
mod fetching;
mod listing;
mod resuming;
mod taking;
mod watch;

/// Details that are asked for at a time.
const FETCHERS: usize = 4;
/// How long the job naps when nothing has come.
const NAP: Duration = Duration::from_millis(15);
/// How often progress is told, at most.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// Pulls tasks until all are there; pauses, resumes and ends as ordered.
pub(in crate::source) fn pull(
    (profile, pull): (Profile, TaskPull),
    around: &Around,
    ordered: Ordered<LiveCommand>,
    wake: Wake,
) -> Job<SourceEvent> {
    let around = around.clone();
    spawn("pull-tasks", wake, move |outbox, cancel| {
        run((profile, pull), &around, &ordered, (&outbox, &cancel));
    })
}

fn run(
    (profile, pull): (Profile, TaskPull),
    around: &Around,
    ordered: &Ordered<LiveCommand>,
    (outbox, cancel): (&Outbox<SourceEvent>, &Cancel),
) {
    let spec = LiveSpec::Tasks {
        profile: profile.clone(),
        pull: pull.clone(),
    };
    let places = (&around.catalog, around.archive.as_path());
    let Ok(teller) = Teller::open(outbox, places, (&profile.name, spec)) else {
        return;
    };
    let prepared = Keeper::with_client(&teller, &profile, around, Action::DescribeTasks);
    let result = prepared.and_then(|(keeper, client)| {
        let errand = Errand {
            client,
            rate: Rate::new(profile.rate_per_second),
        };
        match &pull {
            TaskPull::Watch(task_id) => {
                watch::watch(task_id, keeper, &errand, (&teller, ordered, cancel))
            }
            _ => Pulling::new(keeper, errand, &teller)?.run(&pull, ordered, cancel),
        }
    });
    teller.end(&result);
}

struct Pulling<'a> {
    keeper: Keeper,
    errand: Errand,
    teller: &'a Teller<'a>,
    board: Board,
    /// Tasks whose ended detail is in the archive.
    known: HashSet<String>,
    /// What became of each task of this pull.
    tasks: HashMap<String, Mark>,
    /// The list that the archive keeps the place of, by its number there.
    listing: Option<(i64, TaskQuery)>,
    progress: TaskProgress,
    /// What was last told, and when.
    told: (TaskProgress, Instant),
    clock_told: bool,
    /// A pull of one task fails with it.
    failed: bool,
}

/// How far one task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Listed,
    Failed,
    /// Its detail is here, or the cloud has none.
    Done,
}

impl<'a> Pulling<'a> {
    fn new(keeper: Keeper, errand: Errand, teller: &'a Teller<'a>) -> Result<Self, Stop> {
        let known = keeper.archive().finished_tasks(&keeper.account);
        let known = known.map_err(|why| teller.archive_failed(why))?;
        Ok(Self {
            keeper,
            errand,
            teller,
            board: Board::default(),
            known,
            tasks: HashMap::new(),
            listing: None,
            progress: TaskProgress::default(),
            told: (TaskProgress::default(), Instant::now()),
            clock_told: false,
            failed: false,
        })
    }

    fn run(
        mut self,
        pull: &TaskPull,
        ordered: &Ordered<LiveCommand>,
        cancel: &Cancel,
    ) -> Result<(), Stop> {
        let jobs = self.start(pull, cancel)?;
        let result = self.collect(&jobs, ordered, cancel);
        self.board.close();
        result?;
        self.tell_progress(true)?;
        if self.failed || self.progress.failed > 0 {
            return Err(Stop::Failed);
        }
        self.finish()
    }

    /// The lister, where something is listed, and the fetchers.
    fn start(&mut self, pull: &TaskPull, cancel: &Cancel) -> Result<Vec<Job<Fetched>>, Stop> {
        let mut jobs = Vec::new();
        match pull {
            TaskPull::List(query) => {
                self.begin(query)?;
                let whole = (query.clone(), ListPlace::default());
                jobs.push(self.errand.list(whole, &self.board));
            }
            TaskPull::Resume { id, query } => {
                let rest = self.restore((*id, query), cancel)?;
                jobs.push(self.errand.list(rest, &self.board));
            }
            TaskPull::File(file_id) => jobs.push(self.errand.file(file_id.clone(), &self.board)),
            TaskPull::Task(task_id) | TaskPull::Watch(task_id) => {
                self.progress.listed = 1;
                self.progress.listed_all = true;
                self.board.ask_once();
                self.board.want(task_id.clone(), 0, false);
                self.board.all_listed();
            }
        }
        let alone = matches!(pull, TaskPull::Task(_));
        let fetchers = if alone { 1 } else { FETCHERS };
        jobs.extend((0..fetchers).map(|_| self.errand.fetch(&self.board)));
        Ok(jobs)
    }

    /// Takes in what the threads bring until they have all ended.
    fn collect(
        &mut self,
        jobs: &[Job<Fetched>],
        ordered: &Ordered<LiveCommand>,
        cancel: &Cancel,
    ) -> Result<(), Stop> {
        loop {
            if cancel.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            self.obey(ordered)?;
            let (mut ended, mut idle) = (0, true);
            for job in jobs {
                match job.poll() {
                    Received::Item(fetched) => {
                        idle = false;
                        self.take(fetched)?;
                    }
                    Received::Ended => ended += 1,
                    Received::Waiting => {}
                }
            }
            self.tell_progress(false)?;
            if ended == jobs.len() {
                return Ok(());
            }
            if idle && !cancel.sleep(NAP) {
                return Err(Stop::Cancelled);
            }
        }
    }

    fn obey(&mut self, ordered: &Ordered<LiveCommand>) -> Result<(), Stop> {
        while let Received::Item(order) = ordered.try_take() {
            match order {
                LiveCommand::Pause => self.pause(true)?,
                LiveCommand::Resume => self.pause(false)?,
                // Of a queue.
                LiveCommand::PullOnce
                | LiveCommand::Live(_)
                | LiveCommand::Confirm(..)
                | LiveCommand::Backlog => {}
            }
        }
        Ok(())
    }

    fn pause(&mut self, pause: bool) -> Result<(), Stop> {
        self.board.pause(pause);
        self.progress.paused = pause;
        self.tell_progress(true)
    }

    fn tell_progress(&mut self, now: bool) -> Result<(), Stop> {
        let (told, when) = self.told;
        if told == self.progress || (!now && when.elapsed() < TOLD_EVERY) {
            return Ok(());
        }
        self.told = (self.progress, Instant::now());
        Ok(self.teller.news(LiveNews::Progress(self.progress))?)
    }
}
