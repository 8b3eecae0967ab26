//! Pulling from accounts and receiving callbacks: what was asked for, how far it is, and what
//! may be done with what was borrowed.

mod account;
mod action;
mod archive;
mod deleted;
mod dialog;
mod exporting;
mod listener;
mod narrowing;
mod news;
mod pull;
mod queue;
mod replay;

pub use action::{
    ArchiveAction, DialogAction, DialogField, ListenAction, LiveAction, QueueAction, ReplayAction,
};
pub use archive::{
    ArchiveHeld, ArchiveRange, ArchiveState, DeleteAction, DeleteStep, Deletion, RangeFault,
};
pub use dialog::{DialogFault, PullDialog, PullMode, Scope, Test, TypedKeys, parse_time};
pub use exporting::{ArchiveSpan, ExportAction, ExportEffect};
pub use listener::{Listener, ListenerPhase};
pub use pull::{Message, MessageKind, PullPhase, TaskPulling};
pub use queue::{Batch, BatchState, ConfirmLock, Queue, QueueEnd, Ring};
pub use replay::Replay;

pub(super) use news::{closed, ended, opened, received};

use crate::model::{ArchiveSettings, LiveCommand, LiveSpec, Profile, RawRef, Secret, SourceId};

use super::{AppState, Effect};
use crate::store::RowView;
use deleted::Deleted;
use narrowing::Narrowed;

/// Everything live.
#[derive(Debug, Default)]
pub struct Live {
    pub dialog: PullDialog,
    /// Task pulls of this run, the newest last.
    pub pulls: Vec<TaskPulling>,
    /// The queue that is, or was last, borrowed from.
    pub queue: Option<Queue>,
    pub listener: Listener,
    pub archive: ArchiveState,
    pub replay: Replay,
    /// The live source that stands in place of a task's detail.
    pub shown: Option<SourceId>,
    /// What was confirmed in this run, in whichever queue.
    pub(in crate::state) deleted: Deleted,
    narrowed: Option<Narrowed>,
    /// When it was last looked how large the archive is, while it grows.
    looked_millis: u64,
}

impl Live {
    /// Whether events are hidden from their consumer, or a queue is being pulled from.
    pub fn is_borrowing(&self) -> bool {
        self.queue.as_ref().is_some_and(Queue::is_open)
    }

    pub fn pull(&self, source: SourceId) -> Option<&TaskPulling> {
        self.pulls.iter().find(|pull| pull.source == source)
    }

    /// Whether anything moves by itself: rings, progress, clocks.
    pub fn is_moving(&self, millis: u64) -> bool {
        let pulling = self.pulls.iter().any(|pull| pull.phase.is_under_way());
        let borrowed = |queue: &Queue| {
            queue.is_open()
                || queue.is_ending()
                || queue.hidden(millis) > 0
                || queue.unlisted(millis).is_some()
        };
        pulling || self.queue.as_ref().is_some_and(borrowed) || self.dialog.is_moving()
    }

    /// How it stands with a task in the queue it was borrowed from last.
    pub fn ring_of(&self, task: &RowView<'_>, millis: u64) -> Option<Ring> {
        let queue = self.queue.as_ref();
        let ring = queue.and_then(|queue| queue.ring_of(task, millis));
        ring.or_else(|| self.deleted.holds(task).then_some(Ring::Confirmed))
    }
}

/// What the shell is asked to do about accounts, queues and the archive.
#[derive(Clone, Debug, PartialEq)]
pub enum LiveEffect {
    Start(LiveSpec),
    Listen {
        spec: crate::model::ListenSpec,
        sign_key: Option<Secret>,
    },
    Command(SourceId, LiveCommand),
    /// Look what credentials there are.
    Probe(Profile),
    /// Keep typed keys for this run, and in the keyring when asked to.
    KeepKeys {
        profile: String,
        keys: TypedKeys,
        in_keyring: bool,
    },
    /// Keep in the keyring what was typed before and is held for this run.
    KeepHeldKeys {
        profile: String,
    },
    ForgetKeys {
        profile: String,
    },
    Test {
        ticket: u64,
        profile: Profile,
    },
    Replay {
        ticket: u64,
        raw: RawRef,
        url: String,
    },
    ArchiveStats,
    /// Delete what is older or more than is kept.
    Retain(ArchiveSettings),
    /// Look how much arrived in a range.
    CountArchived(ArchiveRange),
    DeleteArchived(ArchiveRange),
    /// Write the archive out.
    Export(ExportEffect),
    /// Tell through the desktop.
    Notify {
        title: String,
        body: String,
    },
}

pub(super) fn update(state: &mut AppState, action: LiveAction) -> Vec<Effect> {
    match action {
        LiveAction::Dialog(action) => dialog::update(state, action),
        LiveAction::Show(source) => {
            state.live.shown = source;
            Vec::new()
        }
        LiveAction::Command(source, command) => vec![order(LiveEffect::Command(source, command))],
        LiveAction::PullAgain(source) => account::pull_again(state, source),
        LiveAction::LookUp(pull) => account::look_up(state, pull),
        LiveAction::Queue(action) => queue::update(state, action),
        LiveAction::Listen(action) => listener::update(state, action),
        LiveAction::Replay(action) => replay::update(state, action),
        LiveAction::Archive(action) => archive::update(state, action),
    }
}

/// Time has passed.
pub(super) fn tick(state: &mut AppState) -> Vec<Effect> {
    let mut effects = dialog::tick(state);
    effects.extend(look_at_archive(state));
    effects
}

/// While a pull stores what it fetches, what the archive holds is asked for now and then.
fn look_at_archive(state: &mut AppState) -> Option<Effect> {
    const EVERY_MILLIS: u64 = 5_000;
    let (live, millis) = (&mut state.live, state.millis);
    let grows = live.pulls.iter().any(|pull| pull.phase.is_under_way());
    if !grows {
        live.looked_millis = millis;
        return None;
    }
    if millis.saturating_sub(live.looked_millis) < EVERY_MILLIS {
        return None;
    }
    live.looked_millis = millis;
    Some(order(LiveEffect::ArchiveStats))
}

fn order(effect: LiveEffect) -> Effect {
    Effect::Live(effect)
}
