//! The application without a window: its state, the actions that change it, and the effects it
//! asks for. [`update`] is the only mutator; it touches nothing outside.

mod action;
mod appearance;
mod detail;
mod effect;
mod evidence;
mod history;
mod list;
mod live;
mod notice;
mod previews;
mod raw;
mod sources;

pub use action::{
    Action, AppAction, Density, DetailAction, HoveredFile, ListAction, Move, OpenAction,
    SourceAction, Step,
};
pub use appearance::Appearance;
pub use detail::{DetailPane, Load, Loaded, Tab};
pub use effect::{Effect, Stretch};
pub use evidence::evidence;
pub use history::{Change, History, HistoryEntry, changes};
pub use list::List;
pub use live::{
    ArchiveAction, ArchiveHeld, ArchiveRange, ArchiveSpan, ArchiveState, Batch, BatchState,
    ConfirmLock, DeleteAction, DeleteStep, Deletion, DialogAction, DialogFault, DialogField,
    ExportAction, ExportEffect, ListenAction, Listener, ListenerPhase, Live, LiveAction,
    LiveEffect, Message, MessageKind, PullDialog, PullMode, PullPhase, Queue, QueueAction,
    QueueEnd, RangeFault, Replay, ReplayAction, Ring, Scope, TaskPulling, Test, TypedKeys,
    parse_time,
};
pub use notice::{Toast, ToastKind, Toasts};
pub use previews::{
    GroupKind, HostNeed, Lightbox, LightboxStep, PictureGroup, PictureItem, PictureState,
    PreviewAction, PreviewEffect, PreviewNews, Previews, Sampling, SpriteCell, SpriteFacts,
    SpriteTrack, TrackSource, VideoFile, WallSize, Zoom, ZoomStep, host_of, is_vod,
};
pub use raw::{
    Depth, Fold, Folding, LineKind, Matcher, Numbers, PathStyle, RawAction, RawMode, RawPane,
    Search, SearchOption, TextLine, TreeLine, is_plain_name, line_at, path_text, quoted,
};
pub use sources::{Phase, SourceState, Sources};

use crate::model::{Lang, Settings};
use crate::store::Index;
use crate::text::Text;

/// A dialog or cover over the window: one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Palette,
    Keys,
    Settings,
    /// What could not be read, in place of the detail pane.
    LoadReport,
    /// Pulling from an account.
    Pull,
    /// Receiving callbacks.
    Listen,
    /// Sending an event again.
    Replay,
    /// What is kept on this machine.
    Archive,
}

/// The part of the window the keyboard acts on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    List,
    Detail,
    Query,
}

/// Everything the window shows, and nothing else.
#[derive(Debug, Default)]
pub struct AppState {
    pub index: Index,
    pub sources: Sources,
    pub list: List,
    pub detail: DetailPane,
    pub raw: RawPane,
    pub appearance: Appearance,
    pub settings: Settings,
    pub dialog: Option<Dialog>,
    pub focus: Pane,
    pub toasts: Toasts,
    pub live: Live,
    pub previews: Previews,
    /// Unix seconds as of the last tick.
    pub now_unix: i64,
    /// Milliseconds since the start as of the last tick.
    pub millis: u64,
}

impl AppState {
    /// The state at the start: what was kept, and the system's language.
    pub fn new(settings: Settings, system_lang: Lang) -> Self {
        let mut state = Self {
            appearance: Appearance::new(&settings, system_lang),
            ..Self::default()
        };
        state.settings = settings;
        state
    }

    /// The words of the present language.
    pub fn text(&self) -> Text {
        Text::new(self.appearance.lang, self.settings.zone)
    }
}

/// Applies one action and says what the world outside has to do.
pub fn update(state: &mut AppState, action: Action) -> Vec<Effect> {
    match action {
        Action::Open(action) => sources::open(state, action),
        Action::Source(action) => sources::update(state, action),
        Action::List(action) => list::update(state, action),
        Action::Detail(action) => detail::update(state, action),
        Action::Raw(action) => raw::update(state, action),
        Action::Live(action) => live::update(state, action),
        Action::Preview(action) => previews::update(state, action),
        Action::App(action) => appearance::update(state, action),
    }
}
