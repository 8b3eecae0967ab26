//! Deletes events from the queue: only what was ordered, is stored, and is young enough.

use std::time::{Duration, Instant};

use super::{Borrowing, Held};
use crate::job::Cancel;
use crate::model::{BATCH_LIMIT, CallFault, ConfirmFault, Confirmed, LiveNews, Permit, Retry};
use crate::source::cloud::action::Action;
use crate::source::cloud::keeper::Stop;
use crate::source::cloud::retry::{Patience, is_passing};

impl Borrowing<'_> {
    /// Deletes events from the queue, sixteen a call.
    pub(super) fn confirm(&mut self, ids: &[i64], may: (&Permit, &Cancel)) -> Result<(), Stop> {
        for ids in ids.chunks(BATCH_LIMIT) {
            self.confirm_some(ids, may)?;
        }
        Ok(())
    }

    fn confirm_some(&mut self, ids: &[i64], may: (&Permit, &Cancel)) -> Result<(), Stop> {
        let mut young = Vec::new();
        for id in ids {
            match self.objection(*id)? {
                None => young.push(*id),
                Some(why) => self.returning(vec![*id], why)?,
            }
        }
        if young.is_empty() {
            return Ok(());
        }
        match self.call_confirm(&young, may) {
            Ok(request_id) => {
                for id in &young {
                    self.held.remove(id);
                }
                Ok(self.teller.news(LiveNews::Confirmed(Confirmed::Deleted {
                    archive_ids: young,
                    request_id,
                }))?)
            }
            Err(fault) => self.returning(young, fault),
        }
    }

    /// Why an event must not be confirmed, if it must not. It may have been deleted from the
    /// archive since it was stored: then the queue has the only copy.
    fn objection(&self, id: i64) -> Result<Option<ConfirmFault>, Stop> {
        let Some(held) = self.held.get(&id) else {
            return Ok(Some(ConfirmFault::NotDurable));
        };
        if held.since.left().is_zero() {
            return Ok(Some(ConfirmFault::TooLate));
        }
        if held.handle.is_empty() {
            return Ok(Some(ConfirmFault::NoHandle));
        }
        match self.keeper.archive().read(id) {
            Ok(Some(_)) => Ok(None),
            Ok(None) => Ok(Some(ConfirmFault::NotDurable)),
            Err(why) => {
                self.teller.news(LiveNews::ArchiveFailed { why })?;
                Ok(Some(ConfirmFault::NotDurable))
            }
        }
    }

    fn returning(&self, archive_ids: Vec<i64>, why: ConfirmFault) -> Result<(), Stop> {
        if archive_ids.is_empty() {
            return Ok(());
        }
        let returning = Confirmed::Returning { archive_ids, why };
        Ok(self.teller.news(LiveNews::Confirmed(returning))?)
    }

    /// Tried again only for as long as the oldest of them may still be confirmed. When an answer
    /// was lost and a later attempt is refused, nobody knows which of the two counted.
    fn call_confirm(
        &self,
        ids: &[i64],
        (permit, cancel): (&Permit, &Cancel),
    ) -> Result<String, ConfirmFault> {
        let held: Vec<&Held> = ids.iter().filter_map(|id| self.held.get(id)).collect();
        let handles: Vec<&str> = held.iter().map(|held| held.handle.as_str()).collect();
        let left = || held.iter().map(|held| held.since.left()).min();
        let patience = Patience {
            until: left().map(|left| Instant::now() + left),
            ..Patience::default()
        };
        let mut lost = None;
        let report = |retry: &Retry| {
            if may_have_counted(&retry.fault) {
                lost = Some(retry.fault.clone());
            }
            // Nobody to tell: the events come back, or are gone, as the service decides.
            let _told = self.teller.news(LiveNews::Retrying(retry.clone()));
        };
        let mut unsent = None;
        // Each attempt is over before the oldest of them is too old.
        let call = || {
            let left = left().unwrap_or_default();
            unsent = objection_now(permit, cancel, left);
            if unsent.is_some() {
                return Err(CallFault::Cancelled);
            }
            self.client.within(left)?.confirm_events(&handles, cancel)
        };
        let result = patience.run(Action::ConfirmEvents, cancel, report, call);
        match (result, lost, unsent) {
            (Ok(answer), ..) => Ok(answer.request_id),
            (Err(_), Some(lost), _) => Err(ConfirmFault::Unsure(lost)),
            (Err(_), None, Some(why)) => Err(why),
            // While it waited to try again.
            (Err(CallFault::Cancelled), None, None) => Err(ConfirmFault::TakenBack),
            (Err(fault), None, None) if may_have_counted(&fault) => {
                Err(ConfirmFault::Unsure(fault))
            }
            (Err(fault), None, None) => Err(ConfirmFault::Call(fault)),
        }
    }
}

/// Why the call must not be sent at this moment, if it must not.
fn objection_now(permit: &Permit, cancel: &Cancel, left: Duration) -> Option<ConfirmFault> {
    if !permit.stands() || cancel.is_cancelled() {
        Some(ConfirmFault::TakenBack)
    } else {
        left.is_zero().then_some(ConfirmFault::TooLate)
    }
}

/// Whether a call that failed so may have had its effect: its answer was lost on the way.
fn may_have_counted(fault: &CallFault) -> bool {
    matches!(fault, CallFault::Network { .. } | CallFault::NotAnAnswer(_)) && is_passing(fault)
}
