//! Pulls tasks, read-only: DescribeTasks lists them, DescribeTaskDetail is asked for each one,
//! a few at a time. What was archived as ended before is not asked for again.
//!
//! The lister and the fetchers are threads of their own that share one rate; the job itself
//! stores what they bring and tells of it. When a call fails for good the pull pauses where it
//! is: resuming asks for the same page or task again.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::archive::Kind;
use crate::job::{Cancel, Job, Ordered, Outbox, Received, Wake, spawn};
use crate::model::{
    CallFault, LiveCommand, LiveNews, LiveSpec, Profile, SourceEvent, TaskProgress, TaskPull,
    now_unix_ms,
};
use crate::source::live::Around;

use super::action::Action;
use super::answer::{Answer, ListedTask};
use super::keeper::{Keeper, Piece, Stop, Teller};
use super::rate::Rate;
use board::Board;
use fetching::{Errand, Fetched};

mod board;
mod fetching;
mod watch;

/// Details that are asked for at a time.
const FETCHERS: usize = 4;
/// How long the job naps when nothing has come.
const NAP: Duration = Duration::from_millis(15);
/// How often progress is told, at most.
const TOLD_EVERY: Duration = Duration::from_millis(100);
/// Clocks that differ by less are not worth a word.
const CLOCK_TOLERANCE_SECS: i64 = 2;

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
    progress: TaskProgress,
    /// What was last told, and when.
    told: (TaskProgress, Instant),
    clock_told: bool,
    /// A pull of one task fails with it.
    failed: bool,
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
        let jobs = self.start(pull);
        let result = self.collect(&jobs, ordered, cancel);
        self.board.close();
        result?;
        self.tell_progress(true)?;
        if self.failed {
            Err(Stop::Failed)
        } else {
            Ok(())
        }
    }

    /// The lister, where something is listed, and the fetchers.
    fn start(&mut self, pull: &TaskPull) -> Vec<Job<Fetched>> {
        let mut jobs = Vec::new();
        match pull {
            TaskPull::List(query) => jobs.push(self.errand.list(query.clone(), &self.board)),
            TaskPull::File(file_id) => jobs.push(self.errand.file(file_id.clone(), &self.board)),
            TaskPull::Task(task_id) | TaskPull::Watch(task_id) => {
                self.progress.listed = 1;
                self.progress.listed_all = true;
                self.board.want(task_id.clone(), 0, false);
                self.board.all_listed();
            }
        }
        let alone = matches!(pull, TaskPull::Task(_));
        let fetchers = if alone { 1 } else { FETCHERS };
        jobs.extend((0..fetchers).map(|_| self.errand.fetch(&self.board)));
        jobs
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
                | LiveCommand::Confirm(_)
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

    fn take(&mut self, fetched: Fetched) -> Result<(), Stop> {
        match fetched {
            Fetched::Sent { unix } => self.teller.news(LiveNews::Requested { unix })?,
            Fetched::Retry(retry) => self.teller.news(LiveNews::Retrying(retry))?,
            Fetched::Page(answer) => self.page(&answer)?,
            Fetched::ListedAll => {
                self.progress.listed_all = true;
                self.board.all_listed();
            }
            Fetched::Media(answer) => self.media(&answer)?,
            Fetched::Detail { task_id, answer } => self.detail(&task_id, &answer)?,
            Fetched::Forgotten { fault } => self.forgotten(fault)?,
            Fetched::Stuck { action, fault } => self.stuck(action, fault)?,
        }
        Ok(())
    }

    /// Nothing goes on without help: a wrong key, no permission, no network.
    fn stuck(&mut self, action: Action, fault: CallFault) -> Result<(), Stop> {
        self.teller.failed(action.name(), fault)?;
        self.pause(true)
    }

    /// The cloud has no detail of a listed task any more: its summary is what there is.
    fn forgotten(&mut self, fault: CallFault) -> Result<(), Stop> {
        if self.progress.pages > 0 {
            self.progress.forgotten += 1;
            return Ok(());
        }
        self.failed = true;
        Ok(self
            .teller
            .failed(Action::DescribeTaskDetail.name(), fault)?)
    }

    fn page(&mut self, answer: &Answer) -> Result<(), Stop> {
        self.clock(answer)?;
        let page = answer.task_page();
        let (known, new): (Vec<ListedTask<'_>>, Vec<ListedTask<'_>>) = page
            .tasks
            .iter()
            .copied()
            .partition(|task| task.has_ended() && self.known.contains(task.task_id));
        self.progress.pages += 1;
        self.progress.listed += page.tasks.len() as u64;
        self.progress.known += known.len() as u64;
        let pieces: Vec<Piece<'_>> = new
            .iter()
            .map(|task| Piece {
                bytes: task.raw,
                kind: Kind::TaskSummary,
                task_id: task.task_id,
                ended: false,
            })
            .collect();
        let stamp = (answer.request_id.as_str(), now_unix_ms());
        self.keeper.keep(self.teller, &pieces, stamp)?;
        for task in &new {
            let leaving = self.board.want_listed(task.task_id, task.create_time);
            self.progress.leaving_soon += u64::from(leaving);
        }
        for task in known {
            self.tell_archived(task.task_id)?;
        }
        Ok(())
    }

    /// Lists a task from what was fetched before.
    fn tell_archived(&mut self, task_id: &str) -> Result<(), Stop> {
        let found = self
            .keeper
            .archive()
            .finished_task(&self.keeper.account, task_id);
        match found {
            Ok(Some(record)) if !record.damaged => {
                let rows = [(record.delivery, record.bytes.as_slice())];
                Ok(self.keeper.tell(self.teller, &rows)?)
            }
            // Gone or damaged in the meantime: ask for it again.
            Ok(_) => {
                self.progress.known = self.progress.known.saturating_sub(1);
                self.board.want(task_id.to_owned(), 0, false);
                Ok(())
            }
            Err(why) => Err(self.teller.archive_failed(why)),
        }
    }

    fn detail(&mut self, task_id: &str, answer: &Answer) -> Result<(), Stop> {
        self.clock(answer)?;
        self.progress.fetched += 1;
        let piece = Piece {
            bytes: answer.body(),
            kind: Kind::TaskDetail,
            task_id,
            ended: super::has_ended(answer.task_status()),
        };
        let stamp = (answer.request_id.as_str(), now_unix_ms());
        self.keeper.keep(self.teller, &[piece], stamp)?;
        Ok(())
    }

    fn media(&mut self, answer: &Answer) -> Result<(), Stop> {
        let media = answer.media().into_iter().map(|bytes| Piece {
            bytes,
            kind: Kind::MediaInfo,
            task_id: "",
            ended: false,
        });
        let stamp = (answer.request_id.as_str(), now_unix_ms());
        self.keeper
            .keep(self.teller, &media.collect::<Vec<_>>(), stamp)?;
        for id in answer.unknown_files() {
            let id = id.to_owned();
            self.teller.news(LiveNews::NoSuchFile { id })?;
        }
        Ok(())
    }

    /// Says once when the clocks differ.
    fn clock(&mut self, answer: &Answer) -> Result<(), Stop> {
        let ahead = answer.clock_ahead_secs;
        let Some(secs) = ahead.filter(|secs| secs.abs() >= CLOCK_TOLERANCE_SECS) else {
            return Ok(());
        };
        if self.clock_told {
            return Ok(());
        }
        self.clock_told = true;
        let request_id = answer.request_id.clone();
        Ok(self
            .teller
            .news(LiveNews::ClockAhead { secs, request_id })?)
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
