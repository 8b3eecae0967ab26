//! Tasks: listed, each with its detail, and nothing is changed in the cloud.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::time::Instant;

use crate::archive::place_of;
use crate::cli::console::Console;
use crate::cli::ended::Ended;
use crate::cli::rows::deliveries;
use crate::cli::{faults, records};
use crate::job::{Received, Wake};
use crate::model::{
    Batch, CallFault, Format, LiveCommand, LiveNews, LiveSpec, SourceEnd, SourceEvent,
    TaskProgress, now_unix_ms,
};
use crate::source::cloud::retry::is_passing;
use crate::source::live::{self, Live};
use crate::store::{Index, TaskIdx};
use crate::text::{live as words, pulling};

use super::{Asked, TICK, check_end, print};
use setbacks::{Next, Setbacks};
use wanted::{Scope, wanted};

mod setbacks;
mod told;
mod wanted;

pub(super) fn run(asked: Asked<'_>, console: &mut Console) -> Ended {
    let pull = match wanted(&asked, console) {
        Ok(pull) => pull,
        Err(ended) => return ended,
    };
    let scope = Scope::of(&pull);
    let spec = LiveSpec::Tasks {
        profile: asked.account.profile.clone(),
        pull,
    };
    let live = live::start(spec, None, &asked.account.around, Wake::none());
    let pulling = Pulling {
        asked,
        console,
        scope,
        started: Instant::now(),
        started_ms: now_unix_ms(),
        index: Index::default(),
        summaries: BTreeMap::new(),
        progress: TaskProgress::default(),
        setbacks: Setbacks::default(),
        goes_on: false,
        details: 0,
        came: 0,
        came_known: 0,
        requests: 0,
        retries: 0,
        is_whole: false,
        is_stopped: false,
        refused: Ended::Done,
        told: BTreeSet::new(),
        ended: Ended::Done,
    };
    pulling.run(&live)
}

struct Pulling<'a> {
    asked: Asked<'a>,
    console: &'a mut Console,
    scope: Scope,
    started: Instant,
    /// Unix milliseconds: what has come since then was fetched by this pull.
    started_ms: i64,
    index: Index,
    /// Listed tasks whose detail has not come: where their summaries are in the archive.
    summaries: BTreeMap<String, i64>,
    progress: TaskProgress,
    setbacks: Setbacks,
    /// It paused by itself and is to go on.
    goes_on: bool,
    /// Tasks that count towards the limit: their detail has come, or was in the archive.
    details: u64,
    /// Details that came, and of them those that were in the archive before: the last progress
    /// of a pull that was stopped may be older.
    came: u64,
    came_known: u64,
    requests: u64,
    retries: u64,
    /// Everything that was asked for has come.
    is_whole: bool,
    /// No more is wanted.
    is_stopped: bool,
    /// The worst that a call came to, should the pull end with it.
    refused: Ended,
    /// Failures that were explained: the next of the same kind is one line.
    told: BTreeSet<String>,
    ended: Ended,
}

impl Pulling<'_> {
    fn run(mut self, live: &Live) -> Ended {
        loop {
            self.look_up();
            if self.is_stopped {
                live.job.cancel();
            } else if std::mem::take(&mut self.goes_on) {
                // A job that takes no orders has ended, which is told where its end is seen.
                let _gone = live.orders.give(LiveCommand::Resume);
            }
            match live.job.recv_timeout(TICK) {
                Received::Item(event) => self.take(event),
                Received::Waiting => {}
                Received::Ended => break,
            }
            self.asked.upkeep.tell(self.console);
            let secs = self.started.elapsed().as_secs_f64();
            told::progress(
                self.progress,
                self.requests as f64 / secs.max(0.1),
                self.console,
            );
        }
        self.ended.and(check_end(&live.job, self.console));
        self.finish();
        std::mem::take(&mut self.asked.upkeep).finish(self.console);
        self.ended
    }

    /// Ctrl-C, and the end of the time.
    fn look_up(&mut self) {
        if self.is_stopped {
            return;
        }
        let is_over = |time| self.started.elapsed() >= time;
        if self.asked.args.time.is_some_and(is_over) {
            self.is_stopped = true;
        } else if self.asked.interrupt.is_asked() {
            self.is_stopped = true;
            // Ctrl-C is how watching ends; what is pulled has an end of its own.
            if self.scope != Scope::Watch {
                self.ended.and(Ended::Partly);
            }
        }
    }

    fn take(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Batch(batch) => self.batch(batch),
            SourceEvent::Live { news, .. } => self.news(news),
            SourceEvent::Ended { end, .. } => self.ended_as(&end),
            SourceEvent::Opened(_)
            | SourceEvent::Restarted { .. }
            | SourceEvent::CaughtUp { .. } => {}
        }
    }

    fn ended_as(&mut self, end: &SourceEnd) {
        let has_failed = self.progress.failed > 0;
        let is_all_listed = self.progress.listed_all && has_failed;
        self.is_whole = *end == SourceEnd::Complete || (*end == SourceEnd::Failed && is_all_listed);
        if *end == SourceEnd::Failed {
            let is_partly = has_failed && !self.scope.is_one_task();
            let ended = if is_partly {
                Ended::Partly
            } else {
                self.refused
            };
            self.ended.and(ended);
        }
    }

    fn batch(&mut self, batch: Batch) {
        for problem in &batch.problems {
            let (delivery, _) = place_of(problem.offset);
            if faults::problem(problem, delivery, self.console) {
                self.ended.and(Ended::Partly);
            }
        }
        let rows = &batch.segment.rows;
        if rows.iter().any(|row| row.format == Format::TaskList) {
            for row in rows {
                let (delivery, _) = place_of(row.offset);
                let task = batch.segment.task_id(row).to_owned();
                self.summaries.insert(task, delivery);
            }
        } else if !self.detail(&batch) {
            return;
        }
        self.index.ingest(batch.source, batch.segment);
    }

    /// Details, one or several; whether they are wanted.
    fn detail(&mut self, batch: &Batch) -> bool {
        if self.is_limited() {
            return false;
        }
        let is_fetched = self.is_fetched(batch);
        let counts = !self.asked.args.resume || is_fetched;
        for row in &batch.segment.rows {
            self.summaries.remove(batch.segment.task_id(row));
            let is_detail = row.format != Format::MediaInfo;
            self.details += u64::from(counts && is_detail);
            self.came += u64::from(is_detail);
            self.came_known += u64::from(is_detail && !is_fetched);
        }
        for delivery in deliveries(batch) {
            self.write(delivery);
        }
        self.is_stopped |= self.is_limited();
        true
    }

    /// Whether it came in this pull. What an earlier one brought is told again by one that goes on
    /// with it.
    fn is_fetched(&self, batch: &Batch) -> bool {
        let is_new = |delivery: i64| match self.asked.account.archive.provenance(delivery) {
            Ok(found) => found.is_some_and(|found| found.unix_ms >= self.started_ms),
            // Told where its bytes are read.
            Err(_) => true,
        };
        deliveries(batch).into_iter().any(is_new)
    }

    fn is_limited(&self) -> bool {
        let limit = self.asked.args.limit;
        limit.is_some_and(|limit| self.details >= limit)
    }

    /// Copies a record from the archive to the output.
    fn write(&mut self, delivery: i64) {
        let Some(out) = &mut self.asked.out else {
            return;
        };
        match self.asked.account.archive.read(delivery) {
            Ok(Some(bytes)) => {
                let written = out.write(&bytes);
                self.written(written);
            }
            // Deleted by another program in the meantime.
            Ok(None) => self.ended.and(Ended::Partly),
            Err(fault) => {
                faults::archive(&fault, self.console);
                self.ended.and(Ended::Partly);
            }
        }
    }

    fn written(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.ended.and(records::unwritten(&error, self.console));
            self.asked.out = None;
            self.is_stopped = true;
        }
    }

    fn news(&mut self, news: LiveNews) {
        match news {
            LiveNews::Progress(progress) => self.progressed(progress),
            LiveNews::Requested { .. } => self.requests += 1,
            LiveNews::Retrying(_) => self.retries += 1,
            LiveNews::Failed { action, fault } => self.failed(action, &fault),
            LiveNews::ClockAhead { secs, .. } => faults::clock(secs, self.console),
            LiveNews::ListedAgain { .. } => self.console.say(
                "The service has forgotten where the list was left: listing from the beginning, and fetching nothing twice",
                "云端已不记得列表的位置：从头列出，已获取的不会重复获取",
            ),
            LiveNews::NoSuchFile { id } => {
                let text = pulling::no_such_file(self.console.lang, &id);
                self.console.tell(&text);
                self.ended.and(Ended::Partly);
            }
            LiveNews::ArchiveFailed { why } => {
                faults::archive(&why, self.console);
                self.ended.and(Ended::Partly);
            }
            LiveNews::TaskEnded { failed, .. } => {
                let text = words::task_ended(self.console.lang, failed);
                self.console.remark(&text);
            }
            // Of a queue or a listener.
            _ => {}
        }
    }

    /// A pull that pauses by itself waits for help. All that can be done here is to leave the
    /// tasks that fail for later.
    fn progressed(&mut self, progress: TaskProgress) {
        self.progress = progress;
        if self.is_stopped {
            return;
        }
        match self.setbacks.next(progress) {
            Next::Wait => {}
            Next::GoOn => {
                self.goes_on = true;
                told::goes_on(self.console);
            }
            Next::Stop => {
                self.ended.and(self.refused);
                self.is_stopped = true;
            }
        }
    }

    /// A call was tried as often as makes sense. Whether that ends the pull, the pull tells; a
    /// watched task is asked for again by itself.
    fn failed(&mut self, action: &str, fault: &CallFault) {
        if self.is_stopped {
            return;
        }
        let ended = self.tell_failure(action, fault);
        if self.scope != Scope::Watch || !is_passing(fault) {
            self.refused.and(ended);
        }
    }

    fn tell_failure(&mut self, action: &str, fault: &CallFault) -> Ended {
        let CallFault::Api(error) = fault else {
            return faults::call(action, fault, self.console);
        };
        if self.told.insert(format!("{action} {}", error.code)) {
            return faults::call(action, fault, self.console);
        }
        let (code, id) = (&error.code, &error.request_id);
        self.console.say(
            format!("{action}: {code} (RequestId: {id})"),
            format!("{action}：{code}（RequestId：{id}）"),
        );
        Ended::Refused
    }

    fn finish(&mut self) {
        if self.is_whole && !self.is_limited() {
            let summaries = std::mem::take(&mut self.summaries);
            for delivery in summaries.into_values() {
                self.write(delivery);
            }
        }
        if let Some(mut out) = self.asked.out.take() {
            let durable = out.make_durable();
            out.tell(self.console);
            self.written(durable);
        } else if self.asked.args.out.out.is_none() {
            let tasks: Vec<TaskIdx> = self.pulled();
            self.ended.and(print(&self.index, &tasks, self.console));
        }
        let around = &self.asked.account.around;
        told::sum_up(self.reached(), self.retries, &around.archive, self.console);
        if self.scope != Scope::List || self.progress.listed == 0 {
            return;
        }
        match around.unfinished_pulls(&self.asked.account.profile) {
            Ok(pulls) if pulls.is_empty() => {}
            Ok(_) => told::resumable(self.console),
            Err(fault) => {
                faults::archive(&fault, self.console);
                self.ended.and(Ended::Partly);
            }
        }
    }

    /// How far it came. A pull that is stopped tells no last progress, and one that ends early
    /// may not have told any.
    fn reached(&self) -> TaskProgress {
        let told = self.progress;
        // A watched task has one detail after the other.
        if self.scope.is_one_task() {
            return told;
        }
        let seen = self.came + self.summaries.len() as u64;
        TaskProgress {
            listed: told.listed.max(seen),
            fetched: told.fetched.max(self.came - self.came_known),
            known: told.known.max(self.came_known),
            ..told
        }
    }

    /// The tasks that were pulled: with a limit, only those whose detail was.
    fn pulled(&self) -> Vec<TaskIdx> {
        let tasks = self.index.tasks();
        if self.asked.args.limit.is_none() {
            return tasks.collect();
        }
        let is_detailed = |task: &TaskIdx| {
            let rows = self.index.rows_of(*task);
            rows.iter().any(|row| row.format != Format::TaskList)
        };
        tasks.filter(is_detailed).collect()
    }
}
