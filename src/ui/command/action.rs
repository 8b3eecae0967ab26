//! What commands do in the present state.

use super::Command;
use crate::model::{Lang, ThemeChoice};
use crate::state::{
    Action, AppAction, DetailAction, Dialog, ListAction, Move, OpenAction, Pane, PathStyle,
    RawAction, Step, Tab,
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
            Self::FilterFor if in_raw(cx) => Action::Raw(RawAction::FilterFor),
            Self::FilterFor => filter_by_selected(cx, Sense::Include)?,
            Self::FilterOut => filter_by_selected(cx, Sense::Exclude)?,
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

fn copy_id(cx: &Cx<'_>) -> Option<Action> {
    let task = selected(cx).filter(|task| !task.task_id.is_empty())?;
    Some(Action::App(AppAction::Copy {
        what: cx.text.list.task_id.to_owned(),
        text: task.task_id.to_owned(),
    }))
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
