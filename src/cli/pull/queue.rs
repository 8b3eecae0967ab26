//! The queue: borrowed one pull at a time. What a pull brings is in the archive and in the output
//! before it is confirmed, and it is confirmed before the next pull.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::archive::place_of;
use crate::cli::console::Console;
use crate::cli::ended::Ended;
use crate::cli::faults;
use crate::cli::interrupt::Interrupt;
use crate::cli::rows::Rows;
use crate::cli::upkeep::Upkeep;
use crate::job::{Received, Wake};
use crate::model::{
    ArchiveFault, BATCH_LIMIT, Batch, Borrowed, BorrowedBatch, CallFault, ConfirmFault, Confirmed,
    HIDDEN_FOR, LiveCommand, LiveNews, LiveSpec, Permit, SourceEvent,
};
use crate::source::cloud::retry::is_passing;
use crate::source::live::{self, Live};
use crate::text::{borrowing, live as words};

use super::{Asked, TICK, check_end};
use output::{Output, To};
use plan::{Next, Plan, SoFar};

mod output;
mod plan;
mod told;

/// An empty queue, and a failure, are given so much time before the next pull.
const PAUSE: Duration = Duration::from_millis(500);
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(5);

pub(super) fn run(asked: Asked<'_>, console: &mut Console) -> Ended {
    let args = asked.args;
    let plan = Plan::new(args);
    round_up(args.limit, console);
    told::limit(&plan, console);
    let spec = LiveSpec::Queue {
        profile: asked.account.profile.clone(),
    };
    let live = live::start(spec, None, &asked.account.around, Wake::none());
    let archive = asked.account.around.archive.clone();
    let to = match asked.out {
        Some(out) => To::Records(out),
        None if args.live => To::Rows(Rows::new(console.lang)),
        None => To::Table(Box::default()),
    };
    let borrowing = Borrowing {
        live,
        output: Output::new(to, asked.account.archive),
        archive,
        console,
        plan,
        so_far: SoFar::default(),
        doing: Doing::Order,
        rows: Vec::new(),
        hidden: Vec::new(),
        upkeep: asked.upkeep,
        is_stopped: false,
        ended: Ended::Done,
    };
    borrowing.run(&asked.interrupt)
}

/// A pull cannot be told how many events to bring.
fn round_up(limit: Option<u64>, console: &mut Console) {
    let batch = BATCH_LIMIT as u64;
    let Some(limit) = limit.filter(|limit| !limit.is_multiple_of(batch)) else {
        return;
    };
    let most = limit.next_multiple_of(batch);
    console.say(
        format!("One pull brings up to {batch} events, so up to {most} may come"),
        format!("每次拉取最多 {batch} 条事件，因此最多可能有 {most} 条"),
    );
}

/// What is waited for.
enum Doing {
    /// A pull that was ordered and has not been sent: it can still be left out.
    Order,
    Pull,
    /// The names of events that are being confirmed, by their numbers in the archive.
    Confirm(BTreeMap<i64, String>),
    /// Nothing, until then.
    Rest(Instant),
}

struct Borrowing<'a> {
    live: Live,
    output: Output,
    archive: PathBuf,
    console: &'a mut Console,
    plan: Plan,
    so_far: SoFar,
    doing: Doing,
    /// Of the pull whose events are still to be told.
    rows: Vec<Batch>,
    /// Events of the last pulls that were not deleted, and when they were hidden.
    hidden: Vec<(Instant, usize)>,
    upkeep: Upkeep,
    /// Something went wrong that pulling on would not mend, or nobody reads any more.
    is_stopped: bool,
    ended: Ended,
}

impl Borrowing<'_> {
    fn run(mut self, interrupt: &Interrupt) -> Ended {
        let mut is_asked = false;
        loop {
            if interrupt.is_asked() && !is_asked {
                is_asked = true;
                self.tell_waiting();
            }
            self.go_on(is_asked);
            match self.live.job.recv_timeout(TICK) {
                Received::Item(event) => self.take(event),
                Received::Waiting => {}
                Received::Ended => break,
            }
            self.upkeep.tell(self.console);
            self.tell_progress();
        }
        self.ended.and(check_end(&self.live.job, self.console));
        self.finish();
        std::mem::take(&mut self.upkeep).finish(self.console);
        self.ended
    }

    /// A call on its way is waited for: what it brings would be hidden and lost from sight.
    fn tell_waiting(&mut self) {
        if matches!(self.doing, Doing::Pull | Doing::Confirm(_)) {
            let lang = self.console.lang;
            self.console.remark(lang.pick(
                "Ending after the call that is on its way; Ctrl-C again ends at once",
                "等待进行中的调用结束；再按一次 Ctrl-C 立即结束",
            ));
        }
    }

    /// When nothing is under way: the next pull, or the end.
    fn go_on(&mut self, is_asked: bool) {
        let until = match self.doing {
            Doing::Rest(until) => until,
            Doing::Order if is_asked => {
                self.live.job.cancel();
                return;
            }
            _ => return,
        };
        let is_over = is_asked || self.is_stopped;
        match self.plan.next(&self.so_far) {
            Next::End => self.live.job.cancel(),
            _ if is_over => self.live.job.cancel(),
            Next::Pull if Instant::now() >= until => {
                self.doing = Doing::Order;
                self.order(LiveCommand::PullOnce);
            }
            Next::Pull | Next::Wait => {}
        }
    }

    fn order(&mut self, command: LiveCommand) {
        // A job that takes no orders has ended, which is told where its end is seen.
        if self.live.orders.give(command).is_err() {
            self.is_stopped = true;
        }
    }

    fn rest(&mut self, pause: Duration) {
        self.doing = Doing::Rest(Instant::now() + pause);
    }

    fn take(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Batch(batch) => self.batch(batch),
            SourceEvent::Live { news, .. } => self.news(news),
            SourceEvent::Opened(_)
            | SourceEvent::Restarted { .. }
            | SourceEvent::CaughtUp { .. }
            | SourceEvent::Ended { .. } => {}
        }
    }

    fn batch(&mut self, batch: Batch) {
        for problem in &batch.problems {
            let (delivery, _) = place_of(problem.offset);
            if faults::problem(problem, delivery, self.console) {
                self.ended.and(Ended::Partly);
            }
        }
        self.rows.push(batch);
    }

    fn news(&mut self, news: LiveNews) {
        match news {
            LiveNews::Requested { .. } => self.doing = Doing::Pull,
            LiveNews::Borrowed(batch) => self.borrowed(&batch),
            LiveNews::NotKept {
                task_ids,
                events,
                why,
            } => self.not_kept(&task_ids, events, &why),
            LiveNews::QueueEmpty { .. } => {
                self.so_far.empty_since = Some(Instant::now());
                // Pulling on makes sense only for who waits for events to come.
                self.rest(PAUSE);
            }
            LiveNews::Failed { action, fault } => self.failed(action, &fault),
            LiveNews::Confirmed(confirmed) => self.confirmed(confirmed),
            LiveNews::Config(config) => {
                self.so_far.is_mode_known = true;
                if config.mode == "PUSH" {
                    self.console.say(
                        "The application's events are pushed (mode PUSH): none will appear in its queue",
                        "该应用使用推送模式（PUSH）：队列中不会出现事件",
                    );
                }
            }
            LiveNews::ArchiveFailed { why } => {
                faults::archive(&why, self.console);
                self.ended.and(Ended::Partly);
                // Of one entry that is damaged the others know nothing.
                self.is_stopped |= !matches!(why, ArchiveFault::Entry { .. });
            }
            // Of tasks or a listener, or told better by its consequences.
            _ => {}
        }
    }

    /// A pull brought events: they are in the archive. Now to the output, then to be confirmed.
    fn borrowed(&mut self, batch: &BorrowedBatch) {
        self.so_far.empty_since = None;
        self.so_far.pulled += batch.events.len() as u64;
        let ids: Vec<i64> = batch.events.iter().map(|event| event.archive_id).collect();
        self.so_far.repeats += self.output.repeats(&ids);
        self.hidden.retain(|(at, _)| at.elapsed() < HIDDEN_FOR);
        self.hidden.push((Instant::now(), batch.events.len()));
        let names = batch.events.iter().map(|event| self.name(event));
        let names: BTreeMap<i64, String> = ids.iter().copied().zip(names).collect();
        let rows = std::mem::take(&mut self.rows);
        self.console.clear();
        match self.output.take(&ids, rows) {
            Ok(()) if self.plan.confirms => {
                self.doing = Doing::Confirm(names);
                self.order(LiveCommand::Confirm(ids, Permit::default()));
            }
            Ok(()) => self.rest(Duration::ZERO),
            Err(unkept) => {
                self.ended.and(unkept.tell(self.console));
                if self.plan.confirms {
                    let names: Vec<&str> = names.values().map(String::as_str).collect();
                    faults::unconfirmed(&names, self.console);
                    let why = self
                        .console
                        .lang
                        .pick("the output did not take them", "输出端没有收下");
                    let count = names.len() as u64;
                    self.so_far.not_confirmed(why.to_owned(), count);
                    self.ended.and(Ended::Partly);
                }
                self.stop();
            }
        }
    }

    /// Events were pulled and could not be stored, so they are neither written nor confirmed.
    fn not_kept(&mut self, task_ids: &[String], events: u64, why: &ArchiveFault) {
        let lang = self.console.lang;
        faults::archive(why, self.console);
        self.console.tell(&borrowing::not_kept(lang, events));
        for task_id in task_ids {
            self.console.tell(&format!("  {task_id}"));
        }
        self.so_far.not_kept += events;
        self.ended.and(Ended::Partly);
        if self.plan.is_live {
            self.rest(PAUSE_AFTER_FAULT);
        } else {
            self.stop();
        }
    }

    /// What an event is called when it was not confirmed.
    fn name(&self, event: &Borrowed) -> String {
        let (task, id) = (&event.task_id, event.archive_id);
        if !task.is_empty() {
            return task.clone();
        }
        let lang = self.console.lang;
        match self.event_type(id) {
            Some(of) => lang.pick(
                format!("{of} (archive entry {id})"),
                format!("{of}（归档条目 {id}）"),
            ),
            None => lang.pick(format!("archive entry {id}"), format!("归档条目 {id}")),
        }
    }

    /// Of an event of the pull that is still to be told.
    fn event_type(&self, delivery: i64) -> Option<&str> {
        let mut rows = self.rows.iter().flat_map(|batch| {
            let segment = &batch.segment;
            segment.rows.iter().map(move |row| (segment, row))
        });
        let (segment, row) = rows.find(|(_, row)| place_of(row.offset).0 == delivery)?;
        Some(segment.name(row.event_type)).filter(|name| !name.is_empty())
    }

    /// Events that were to be confirmed and are not, or perhaps are not.
    fn returning(&mut self, names: &BTreeMap<i64, String>, why: &ConfirmFault) {
        let names: Vec<&str> = names.values().map(String::as_str).collect();
        faults::returning(&names, why, self.console);
        let reason = words::confirm_reason(self.console.lang, why);
        let count = names.len() as u64;
        if matches!(why, ConfirmFault::Unsure(_)) {
            self.so_far.not_known(reason, count);
            self.unhide(names.len());
        } else {
            self.so_far.not_confirmed(reason, count);
        }
        self.ended.and(Ended::Partly);
    }

    /// Events of the last pull that do not come back, or perhaps do not.
    fn unhide(&mut self, events: usize) {
        if let Some((_, hidden)) = self.hidden.last_mut() {
            *hidden = hidden.saturating_sub(events);
        }
    }

    fn stop(&mut self) {
        self.is_stopped = true;
        self.rest(Duration::ZERO);
    }

    fn failed(&mut self, action: &str, fault: &CallFault) {
        let ended = faults::call(action, fault, self.console);
        if action == "PullEvents" && fault.is_lost() {
            told::lost(self.console);
        }
        if self.plan.is_live && is_passing(fault) {
            self.rest(PAUSE_AFTER_FAULT);
            return;
        }
        self.ended.and(ended);
        self.stop();
    }

    fn confirmed(&mut self, confirmed: Confirmed) {
        let Doing::Confirm(waiting) = &mut self.doing else {
            return;
        };
        let (ids, fault) = match confirmed {
            Confirmed::Deleted { archive_ids, .. } => (archive_ids, None),
            Confirmed::Returning { archive_ids, why } => (archive_ids, Some(why)),
        };
        let done: BTreeMap<i64, String> = ids
            .iter()
            .filter_map(|id| waiting.remove_entry(id))
            .collect();
        let is_last = waiting.is_empty();
        if let Some(why) = fault {
            self.returning(&done, &why);
            if is_forbidden(&why) {
                self.ended.and(Ended::Refused);
                self.is_stopped = true;
            }
        } else {
            self.so_far.confirmed += done.len() as u64;
            self.unhide(done.len());
        }
        if is_last {
            self.rest(Duration::ZERO);
        }
    }

    fn tell_progress(&mut self) {
        let (plan, so_far) = (&self.plan, &self.so_far);
        self.console.progress(|lang| so_far.words(plan, lang));
    }

    fn finish(&mut self) {
        // The job ended before it could say what became of them.
        if let Doing::Confirm(waiting) = std::mem::replace(&mut self.doing, Doing::Pull) {
            self.returning(&waiting, &ConfirmFault::Unsure(CallFault::Cancelled));
        }
        self.ended.and(self.output.finish(self.console));
        // Where nothing came because nothing could, that was said.
        if self.so_far.pulled > 0 || self.ended == Ended::Done {
            told::sum_up(&self.so_far, &self.plan, &self.archive, self.console);
        }
        let young = self.hidden.iter();
        let young = young.filter(|(at, _)| at.elapsed() < HIDDEN_FOR);
        let hidden: usize = young.map(|(_, count)| count).sum();
        if hidden > 0 {
            let (lang, secs) = (self.console.lang, HIDDEN_FOR.as_secs());
            self.console.remark(&lang.pick(
                format!("Events that come back to your consumer within {secs} s: {hidden}"),
                format!("{hidden} 条事件将在 {secs} 秒内回到消费者"),
            ));
        }
    }
}

/// The key may not delete events, and will not be allowed to a moment later.
fn is_forbidden(why: &ConfirmFault) -> bool {
    let ConfirmFault::Call(CallFault::Api(error)) = why else {
        return false;
    };
    let family = error.code.split('.').next();
    matches!(family, Some("AuthFailure" | "UnauthorizedOperation"))
}
