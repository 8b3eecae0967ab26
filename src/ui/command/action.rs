//! What commands do in the present state.

use super::Command;
use crate::model::{Format, Lang, TaskPull, ThemeChoice, Verdict};
use crate::state::{
    Action, AppAction, ArchiveAction, DetailAction, Dialog, DialogAction, ListAction, ListenAction,
    LiveAction, Move, OpenAction, Pane, PathStyle, PullMode, RawAction, ReplayAction, Step, Tab,
};
use crate::store::{FacetValue, Sense, TaskView};
use crate::ui::Cx;

impl Command {
    /// What it does now; `None` where it makes no sense.
    pub(in crate::ui) fn action(self, cx: &Cx<'_>) -> Option<Action> {
        let state = cx.state;
        Some(match self {
            Self::Open => Action::Open(OpenAction::PickFiles),
            Self::OpenFolder => Action::Open(OpenAction::PickFolder),
            Self::Paste => Action::Open(OpenAction::RequestPaste),
            Self::Samples => Action::Open(OpenAction::Samples),
            Self::Pull
            | Self::Borrow
            | Self::Listen
            | Self::Archive
            | Self::Replay
            | Self::LookUpTask
            | Self::WatchTask
            | Self::LookUpFile => Action::Live(self.live_action(cx)?),
            Self::FocusQuery if raw_open(cx) => Action::Raw(RawAction::FocusSearch),
            Self::FocusQuery => Action::App(AppAction::SetFocus(Pane::Query)),
            Self::ClearFilters => Action::List(ListAction::ClearQuery),
            Self::FailedOnly => Action::List(ListAction::ToggleFailedOnly),
            Self::PreviousFailed => Action::List(ListAction::Step(Step::PreviousFailed)),
            Self::NextFailed => Action::List(ListAction::Step(Step::NextFailed)),
            Self::MoveUp => moved(cx, Move::Up),
            Self::MoveDown => moved(cx, Move::Down),
            Self::PageUp => moved(cx, Move::PageUp),
            Self::PageDown => moved(cx, Move::PageDown),
            Self::First => moved(cx, Move::First),
            Self::Last => moved(cx, Move::Last),
            Self::EnterDetail => Action::App(AppAction::SetFocus(Pane::Detail)),
            Self::Leave => Action::App(AppAction::Escape),
            Self::Tab(tab) => Action::Detail(DetailAction::SetTab(tab)),
            Self::Mark => Action::List(ListAction::ToggleMark),
            Self::CopyId => copy_id(cx)?,
            Self::CopyValue
            | Self::CopyPath
            | Self::NextHit
            | Self::PreviousHit
            | Self::Fold
            | Self::Unfold => Action::Raw(self.raw_action().filter(|_| raw_open(cx))?),
            Self::FilterFor => filter_by_value(cx, Sense::Include)?,
            Self::FilterOut => filter_by_value(cx, Sense::Exclude)?,
            Self::Palette => Action::App(AppAction::Show(Dialog::Palette)),
            Self::Rail => Action::App(AppAction::ToggleRail),
            Self::LoadReport if state.sources.problems.is_empty() => return None,
            Self::LoadReport => Action::App(AppAction::Show(Dialog::LoadReport)),
            Self::AllKeys => Action::App(AppAction::Show(Dialog::Keys)),
            Self::Settings => Action::App(AppAction::Show(Dialog::Settings)),
            Self::SwitchLanguage => {
                let other = cx.text.lang.pick(Lang::Zh, Lang::En);
                Action::App(AppAction::SetLang(other))
            }
            Self::SwitchTheme => Action::App(AppAction::SetTheme(other_theme(cx))),
            Self::ZoomIn => scaled(cx, 0.1),
            Self::ZoomOut => scaled(cx, -0.1),
            Self::ZoomReset => Action::App(AppAction::SetScale(1.0)),
        })
    }

    /// What concerns accounts, callbacks and the archive; some of it is about the selected task.
    fn live_action(self, cx: &Cx<'_>) -> Option<LiveAction> {
        let pull = |mode| Some(LiveAction::Dialog(DialogAction::Open(mode)));
        match self {
            Self::Pull => pull(PullMode::Tasks),
            Self::Borrow => pull(PullMode::Queue),
            Self::Listen => Some(LiveAction::Listen(ListenAction::Open)),
            Self::Archive => Some(LiveAction::Archive(ArchiveAction::Open)),
            Self::Replay => replay(&selected(cx)?),
            Self::LookUpTask => look_up_task(&selected(cx)?),
            Self::WatchTask => watch_task(&selected(cx)?),
            Self::LookUpFile => look_up_file(&selected(cx)?),
            _ => None,
        }
    }

    fn raw_action(self) -> Option<RawAction> {
        Some(match self {
            Self::CopyValue => RawAction::CopyValue,
            Self::CopyPath => RawAction::CopyPath(PathStyle::JsonPath),
            Self::NextHit => RawAction::NextHit,
            Self::PreviousHit => RawAction::PreviousHit,
            Self::Fold => RawAction::Fold,
            Self::Unfold => RawAction::Unfold,
            _ => return None,
        })
    }
}

/// Whether the raw tab shows an event.
pub(in crate::ui) fn raw_open(cx: &Cx<'_>) -> bool {
    cx.state.detail.tab == Tab::Raw && cx.detail().is_some()
}

/// Whether the keyboard acts on the raw tab.
pub(in crate::ui) fn in_raw(cx: &Cx<'_>) -> bool {
    cx.state.focus == Pane::Detail && raw_open(cx)
}

fn moved(cx: &Cx<'_>, step: Move) -> Action {
    if in_raw(cx) {
        Action::Raw(RawAction::MoveCursor(step))
    } else {
        Action::List(ListAction::Move(step))
    }
}

fn selected<'a>(cx: &Cx<'a>) -> Option<TaskView<'a>> {
    cx.state.index.task(cx.state.list.selected?)
}

/// The newest event of a task can be sent again.
pub(in crate::ui) fn replay(task: &TaskView<'_>) -> Option<LiveAction> {
    // What is not an event but an answer about a task is no callback.
    let is_event = !matches!(
        task.format,
        Format::ApiError | Format::TaskList | Format::MediaInfo
    );
    is_event.then_some(LiveAction::Replay(ReplayAction::OpenFor(task.raw)))
}

pub(in crate::ui) fn look_up_task(task: &TaskView<'_>) -> Option<LiveAction> {
    let id = task.task_id;
    (!id.is_empty()).then(|| LiveAction::LookUp(TaskPull::Task(id.to_owned())))
}

/// Only a task that runs has an end to wait for.
pub(in crate::ui) fn watch_task(task: &TaskView<'_>) -> Option<LiveAction> {
    let id = task.task_id;
    let runs = task.verdict == Verdict::Running && !id.is_empty();
    runs.then(|| LiveAction::LookUp(TaskPull::Watch(id.to_owned())))
}

pub(in crate::ui) fn look_up_file(task: &TaskView<'_>) -> Option<LiveAction> {
    let id = task.file_id;
    (!id.is_empty()).then(|| LiveAction::LookUp(TaskPull::File(id.to_owned())))
}

fn copy_id(cx: &Cx<'_>) -> Option<Action> {
    let task = selected(cx).filter(|task| !task.task_id.is_empty())?;
    Some(Action::App(AppAction::Copy {
        what: cx.text.list.task_id.to_owned(),
        text: task.task_id.to_owned(),
    }))
}

fn filter_by_value(cx: &Cx<'_>, sense: Sense) -> Option<Action> {
    if in_raw(cx) {
        return Some(Action::Raw(RawAction::Filter(sense)));
    }
    filter_by_selected(cx, sense)
}

/// In the list the value is the error code of a failed task, the verdict of any other.
fn filter_by_selected(cx: &Cx<'_>, sense: Sense) -> Option<Action> {
    let task = selected(cx)?;
    let code = task.first_failed_code().map(|id| cx.state.index.name(id));
    let value = match code.or(Some(task.code)).filter(|code| !code.is_empty()) {
        Some(code) => FacetValue::Code(code.to_owned()),
        None => FacetValue::Verdict(task.verdict),
    };
    Some(Action::List(ListAction::Filter { value, sense }))
}

fn other_theme(cx: &Cx<'_>) -> ThemeChoice {
    if cx.palette.dark {
        ThemeChoice::Light
    } else {
        ThemeChoice::Dark
    }
}

fn scaled(cx: &Cx<'_>, by: f32) -> Action {
    let tenths = ((cx.state.settings.ui_scale + by) * 10.0).round();
    Action::App(AppAction::SetScale(tenths / 10.0))
}
