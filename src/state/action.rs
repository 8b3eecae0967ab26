//! What happened or was asked: the only way state changes.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{
    Lang, Reason, SourceEvent, SourceId, SourceSpec, ThemeChoice, WindowPlacement, Zone,
};
use crate::store::{Facet, FacetValue, Sense, Sort, TaskIdx};

use super::{Dialog, HistoryEntry, LiveAction, Loaded, Pane, PreviewAction, RawAction, Tab};

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Action {
    Open(OpenAction),
    Source(SourceAction),
    List(ListAction),
    Detail(DetailAction),
    Raw(RawAction),
    Live(LiveAction),
    Preview(PreviewAction),
    App(AppAction),
}

/// Ways to ask for more events.
#[derive(Clone, Debug)]
pub enum OpenAction {
    Specs(Vec<SourceSpec>),
    PickFiles,
    PickFolder,
    RequestPaste,
    Pasted(String),
    Samples,
    /// One bundled sample, in the order they are offered.
    Sample(usize),
    /// Files hover over the window; empty when they left.
    Hovering(Vec<HoveredFile>),
    /// The native dialog could not be shown.
    NoDialog,
}

/// A file that is being dragged over the window.
#[derive(Clone, Debug, PartialEq)]
pub struct HoveredFile {
    pub name: String,
    pub size_bytes: Option<u64>,
    /// Whether its name says that it can hold events.
    pub readable: bool,
}

/// What source jobs report, and what is asked of them.
#[derive(Clone, Debug)]
pub enum SourceAction {
    Event(SourceEvent),
    /// Files of an opened folder that hold no events.
    Skipped(Vec<PathBuf>),
    Cancel(SourceId),
    Close(SourceId),
    Follow(SourceId),
    /// Read the problem's stretch again with repairs.
    Repair(usize),
    /// The stretch could not be read again, or (`None`) holds nothing a repair would help.
    RepairFailed(Option<Reason>),
}

/// Moving in and narrowing the list.
#[derive(Clone, Debug)]
pub enum ListAction {
    Select(TaskIdx),
    SelectTaskId(String),
    Move(Move),
    Step(Step),
    SetText(String),
    SetSort(Sort),
    /// Adds the value to the filter, or takes it away when it stands there in that sense.
    Toggle {
        value: FacetValue,
        sense: Sense,
    },
    /// Adds the value to the filter.
    Filter {
        value: FacetValue,
        sense: Sense,
    },
    /// Adds a text that some id or name must contain, or none may.
    FilterText {
        text: String,
        sense: Sense,
    },
    Remove(FacetValue),
    SetTime(Option<Range<u32>>),
    ClearQuery,
    ToggleFailedOnly,
    ToggleMark,
    SetDensity(Density),
    /// The list was scrolled to this many points from its top.
    Scroll(f64),
    /// How many lines fit and how high one is, as drawn.
    Layout {
        page: usize,
        row_height: f64,
    },
    ShowNew,
    ExpandFacet(Facet),
}

/// Row heights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    #[default]
    TwoLines,
    OneLine,
}

/// Keyboard movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// To the next or previous task that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    PreviousFailed,
    NextFailed,
}

/// What happens in the detail pane.
#[derive(Clone, Debug)]
pub enum DetailAction {
    SetTab(Tab),
    SelectSubTask(Option<usize>),
    Loaded(Arc<Loaded>),
    Failed {
        ticket: u64,
        reason: Reason,
    },
    HistoryLoaded {
        ticket: u64,
        entries: Vec<HistoryEntry>,
    },
    /// Show the node in the raw tab.
    ShowInRaw(u32),
    CopyEvidence(Option<usize>),
}

/// What concerns the whole window.
#[derive(Clone, Debug)]
pub enum AppAction {
    Tick {
        now_unix: i64,
        millis: u64,
    },
    SetLang(Lang),
    SetTheme(ThemeChoice),
    SetZone(Zone),
    SetScale(f32),
    ToggleRail,
    SetListWidth(f32),
    SetWindow(WindowPlacement),
    SetFocus(Pane),
    Show(Dialog),
    CloseDialog,
    Escape,
    Copy {
        what: String,
        text: String,
    },
    DismissToast(u64),
    /// A file dialog was asked for and could not be shown.
    NoFileDialog,
    ForgetRecent,
}
