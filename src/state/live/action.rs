//! What can be asked of live sources, and what jobs about them report.

use std::net::SocketAddr;

use super::{DeleteAction, ExportAction, PullMode, Scope};
use crate::model::{
    ArchiveFault, ArchiveSettings, ArchiveStats, CallFault, LiveCommand, LiveLimit, OriginChoice,
    OriginProbe, Profile, RawRef, Replayed, Secret, SourceId, TaskPull, Tested, UnfinishedPull,
};

#[derive(Clone, Debug)]
pub enum LiveAction {
    Dialog(DialogAction),
    /// Show a live source in place of a task's detail, or the detail again.
    Show(Option<SourceId>),
    Command(SourceId, LiveCommand),
    /// Pull once more what an ended pull asked for; what is archived is not fetched again.
    PullAgain(SourceId),
    /// Ask the account that was used last for one task or one file.
    LookUp(TaskPull),
    Queue(QueueAction),
    Listen(ListenAction),
    Replay(ReplayAction),
    Archive(ArchiveAction),
}

/// The dialog for pulling from an account.
#[derive(Clone, Debug)]
pub enum DialogAction {
    Open(PullMode),
    /// One of the kept profiles, by its place.
    ChooseProfile(usize),
    NewProfile,
    DeleteProfile,
    Edit(DialogField),
    /// An application from the list the test gave.
    ChooseSubApp(u64),
    Probed {
        profile: String,
        probes: Vec<OriginProbe>,
    },
    /// How a list pull of the application stands that did not bring everything.
    Unfinished {
        profile: Box<Profile>,
        pulls: Vec<UnfinishedPull>,
    },
    /// Keeping keys in the keyring failed: they are kept for this run only.
    KeyringFailed {
        profile: String,
        why: String,
    },
    /// The keyring would not delete the keys of a profile.
    ForgetFailed {
        profile: String,
        why: String,
    },
    ForgetKeys,
    /// The dialog is closed: what was typed as keys and not used is dropped.
    Left,
    Test,
    Tested {
        ticket: u64,
        result: Box<Result<Tested, CallFault>>,
    },
    /// Pull what the dialog says.
    Start,
    /// Show another pull that did not bring everything.
    NextUnfinished,
    /// Go on with the one that is shown.
    Resume,
    /// Ask for the same from the beginning.
    StartOver,
}

/// One field of the dialog, as it was changed.
#[derive(Clone, Debug)]
pub enum DialogField {
    Name(String),
    SubAppId(String),
    Endpoint(String),
    Region(String),
    Rate(u32),
    Origin(OriginChoice),
    TypedId(String),
    TypedKey(Secret),
    TypedToken(Secret),
    KeepInKeyring(bool),
    Mode(PullMode),
    Scope(Scope),
    Since(String),
    Until(String),
    /// Adds a status, or takes it away.
    Status(&'static str),
    FileId(String),
    /// The task or file to look up.
    Id(String),
}

/// The borrowed queue.
#[derive(Clone, Debug)]
pub enum QueueAction {
    PullMore,
    Live(LiveLimit),
    EndLive,
    /// Ends borrowing: every event returns by itself.
    Stop,
    /// What was typed to allow confirming.
    TypeId(String),
    EnableConfirm,
    DisableConfirm,
    ConfirmBatch(u64),
    /// Every marked task that is still hidden, or the selected one.
    ConfirmSelection,
    AskBacklog,
}

/// The receiver of callbacks.
#[derive(Clone, Debug)]
pub enum ListenAction {
    Open,
    Address(String),
    SignKey(Secret),
    /// Other machines may reach it: said yes to.
    Expose(bool),
    Start,
    Stop,
}

/// Sending an event again.
#[derive(Clone, Debug)]
pub enum ReplayAction {
    /// For the selected task's newest event.
    Open,
    /// For one event of its history.
    OpenFor(RawRef),
    Url(String),
    Send,
    Answered {
        ticket: u64,
        result: Result<Replayed, CallFault>,
    },
}

/// The archive.
#[derive(Clone, Debug)]
pub enum ArchiveAction {
    /// Show what it holds.
    Open,
    Stats(Result<ArchiveStats, ArchiveFault>),
    /// Keeping less than before deletes at once, so it asks first.
    Keep(ArchiveSettings),
    /// Delete a part of it. Asks first.
    Deletion(DeleteAction),
    /// Yes to what was asked.
    SayYes,
    CallOff,
    /// What is kept no longer was let go of.
    Deleted(Result<u64, ArchiveFault>),
    /// List what was stored in the last days; everything when `None`.
    List(Option<u32>),
    /// Write it out.
    Export(ExportAction),
}

/// Where a listener may listen, as typed.
pub(super) fn address(text: &str) -> Option<SocketAddr> {
    let text = text.trim();
    text.parse()
        .ok()
        .or_else(|| Some(SocketAddr::from(([127, 0, 0, 1], text.parse().ok()?))))
}
