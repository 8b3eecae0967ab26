//! Pulling from accounts and receiving callbacks: what was asked for, how far it is, and what
//! may be done with what was borrowed.

mod account;
mod action;
mod archive;
mod dialog;
mod listener;
mod news;
mod pull;
mod queue;
mod replay;

pub use action::{
    ArchiveAction, DialogAction, DialogField, ListenAction, LiveAction, QueueAction, ReplayAction,
};
pub use archive::ArchiveState;
pub use dialog::{DialogFault, PullDialog, PullMode, Scope, Test, TypedKeys, parse_time};
pub use listener::{Listener, ListenerPhase};
pub use pull::{Message, MessageKind, PullPhase, TaskPulling};
pub use queue::{Batch, BatchState, ConfirmLock, Queue, QueueEnd, Ring};
pub use replay::Replay;

pub(super) use news::{closed, ended, opened, received};

use crate::model::{ArchiveSettings, LiveCommand, LiveSpec, Profile, RawRef, Secret, SourceId};

use super::{AppState, Effect};

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
    /// Profiles whose application's id was typed: their events may be confirmed in this run.
    pub confirmable: Vec<Profile>,
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
        let borrowed = |queue: &Queue| queue.is_open() || queue.hidden(millis) > 0;
        pulling || self.queue.as_ref().is_some_and(borrowed) || self.dialog.test.is_under_way()
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
    /// Delete what was stored from `since_unix` up to, and not with, `until_unix`.
    DeleteArchived {
        since_unix: Option<i64>,
        until_unix: Option<i64>,
    },
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

fn order(effect: LiveEffect) -> Effect {
    Effect::Live(effect)
}
