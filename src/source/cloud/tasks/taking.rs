//! Takes in what the threads bring: stores it, tells it, and counts it.

use crate::archive::{Kind, Page, Stored};
use crate::model::{CallFault, ListPlace, LiveNews, now_unix_ms};
use crate::source::cloud::action::Action;
use crate::source::cloud::answer::{Answer, ListedTask};
use crate::source::cloud::has_ended;
use crate::source::cloud::keeper::{Piece, Stop};

use super::fetching::Fetched;
use super::{Mark, Pulling};

/// Clocks that differ by less are not worth a word.
const CLOCK_TOLERANCE_SECS: i64 = 2;

impl Pulling<'_> {
    pub(super) fn take(&mut self, fetched: Fetched) -> Result<(), Stop> {
        match fetched {
            Fetched::Sent { unix } => self.teller.news(LiveNews::Requested { unix })?,
            Fetched::Retry(retry) => self.teller.news(LiveNews::Retrying(retry))?,
            Fetched::Page { answer, next } => self.page(&answer, &next)?,
            Fetched::ListedAll => {
                self.progress.listed_all = true;
                self.board.all_listed();
            }
            Fetched::ListedAgain { request_id } => {
                self.teller.news(LiveNews::ListedAgain { request_id })?;
            }
            Fetched::Media(answer) => self.media(&answer)?,
            Fetched::Detail { task_id, answer } => self.detail(task_id, &answer)?,
            Fetched::Forgotten { task_id, fault } => self.forgotten(task_id, fault)?,
            Fetched::Broken { task_id, fault } => self.broken(task_id, fault)?,
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
    fn forgotten(&mut self, task_id: String, fault: CallFault) -> Result<(), Stop> {
        self.done(task_id);
        if self.progress.pages > 0 {
            self.progress.forgotten += 1;
            return Ok(());
        }
        self.failed = true;
        Ok(self
            .teller
            .failed(Action::DescribeTaskDetail.name(), fault)?)
    }

    /// One detail cannot be had; what the list said of the task stays.
    fn broken(&mut self, task_id: String, fault: CallFault) -> Result<(), Stop> {
        let mark = self.tasks.entry(task_id).or_insert(Mark::Listed);
        if *mark == Mark::Listed {
            *mark = Mark::Failed;
            self.progress.failed += 1;
        }
        Ok(self
            .teller
            .failed(Action::DescribeTaskDetail.name(), fault)?)
    }

    /// Nothing more is wanted of a task, though it may have failed before.
    fn done(&mut self, task_id: String) {
        if self.tasks.insert(task_id, Mark::Done) == Some(Mark::Failed) {
            self.progress.failed = self.progress.failed.saturating_sub(1);
        }
    }

    /// Whether a task is listed for the first time in this pull. A list is moved on by tasks that
    /// are made meanwhile, or begins anew.
    pub(super) fn is_new(&mut self, task_id: &str) -> bool {
        let is_new = !self.tasks.contains_key(task_id);
        if is_new {
            self.tasks.insert(task_id.to_owned(), Mark::Listed);
        }
        is_new
    }

    fn page(&mut self, answer: &Answer, next: &ListPlace) -> Result<(), Stop> {
        self.clock(answer)?;
        let mut tasks = answer.task_page().tasks;
        tasks.retain(|task| self.is_new(task.task_id));
        let is_known =
            |task: &ListedTask<'_>| task.has_ended() && self.known.contains(task.task_id);
        let known: Vec<bool> = tasks.iter().map(is_known).collect();
        self.progress.pages += 1;
        self.progress.listed += tasks.len() as u64;
        let stored = self.store_page(&tasks, answer, next)?;
        let mut rows = Vec::new();
        for ((task, is_known), stored) in tasks.iter().zip(&known).zip(stored) {
            if !is_known {
                rows.push((stored.delivery, task.raw));
                self.want(task.task_id, task.create_time);
            }
        }
        self.keeper.tell(self.teller, &rows)?;
        for (task, is_known) in tasks.iter().zip(known) {
            if is_known {
                self.tell_archived(task.task_id)?;
            }
        }
        Ok(())
    }

    /// The entries of all tasks, also of those whose detail is here: whoever goes on with this
    /// pull lists them again from the archive.
    fn store_page(
        &mut self,
        tasks: &[ListedTask<'_>],
        answer: &Answer,
        next: &ListPlace,
    ) -> Result<Vec<Stored>, Stop> {
        let pieces = tasks.iter().map(|task| Piece {
            bytes: task.raw,
            kind: Kind::TaskSummary,
            task_id: task.task_id,
            ended: false,
        });
        let pieces: Vec<Piece<'_>> = pieces.collect();
        let (request_id, unix_ms) = (answer.request_id.as_str(), now_unix_ms());
        let stored = match &self.listing {
            None => self.keeper.store(&pieces, (request_id, unix_ms)),
            Some((pull, _)) => {
                let page = Page {
                    pull: *pull,
                    next,
                    pages: self.progress.pages,
                    listed: self.progress.listed,
                    unix_ms,
                };
                self.keeper.store_page(&pieces, request_id, &page)
            }
        };
        stored.map_err(|why| self.teller.archive_failed(why))
    }

    pub(super) fn want(&mut self, task_id: &str, create_time: &str) {
        let leaving = self.board.want_listed(task_id, create_time);
        self.progress.leaving_soon += u64::from(leaving);
    }

    /// Lists a task from what was fetched before.
    pub(super) fn tell_archived(&mut self, task_id: &str) -> Result<(), Stop> {
        let found = self
            .keeper
            .archive()
            .finished_task(&self.keeper.account, task_id);
        match found {
            Ok(Some(record)) if !record.damaged => {
                self.progress.known += 1;
                let rows = [(record.delivery, record.bytes.as_slice())];
                Ok(self.keeper.tell(self.teller, &rows)?)
            }
            // Gone or damaged in the meantime: ask for it again.
            Ok(_) => {
                self.board.want(task_id.to_owned(), 0, false);
                Ok(())
            }
            Err(why) => Err(self.teller.archive_failed(why)),
        }
    }

    fn detail(&mut self, task_id: String, answer: &Answer) -> Result<(), Stop> {
        self.clock(answer)?;
        self.progress.fetched += 1;
        let piece = Piece {
            bytes: answer.body(),
            kind: Kind::TaskDetail,
            task_id: &task_id,
            ended: has_ended(answer.task_status()),
        };
        let stamp = (answer.request_id.as_str(), now_unix_ms());
        self.keeper.keep(self.teller, &[piece], stamp)?;
        self.done(task_id);
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
}
