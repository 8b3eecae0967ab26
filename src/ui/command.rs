//! Everything that can be asked for by name or by key: one list, read by the palette, the list of
//! keys, menus, and the keyboard.

use egui::Key;

use super::Cx;
use super::icons;
use crate::model::{Lang, ThemeChoice};
use crate::state::{
    Action, AppAction, Dialog, ListAction, Move, OpenAction, Pane, PathStyle, RawAction, Step, Tab,
};
use crate::store::{FacetValue, Sense, TaskView};
use crate::text::Text;

/// Something the person can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Open,
    OpenFolder,
    Paste,
    Samples,
    FocusQuery,
    ClearFilters,
    FailedOnly,
    PreviousFailed,
    NextFailed,
    MoveUp,
    MoveDown,
    PageUp,
    PageDown,
    First,
    Last,
    EnterDetail,
    Leave,
    Tab(Tab),
    Mark,
    CopyId,
    CopyValue,
    CopyPath,
    FilterFor,
    FilterOut,
    NextHit,
    PreviousHit,
    Fold,
    Unfold,
    Palette,
    Rail,
    LoadReport,
    AllKeys,
    Settings,
    SwitchLanguage,
    SwitchTheme,
    ZoomIn,
    ZoomOut,
    ZoomReset,
}

/// A way to ask with the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// A character, whatever keys make it.
    Char(char),
    /// One character after another.
    Chars(char, char),
    Key(Key),
    /// With Ctrl, on macOS with Cmd.
    Control(Key),
}

use Command as C;
use Stroke::{Char, Chars, Control};

impl Command {
    pub(super) const ALL: [Self; 42] = [
        C::Open,
        C::OpenFolder,
        C::Paste,
        C::Samples,
        C::FocusQuery,
        C::FailedOnly,
        C::ClearFilters,
        C::PreviousFailed,
        C::NextFailed,
        C::MoveUp,
        C::MoveDown,
        C::PageUp,
        C::PageDown,
        C::First,
        C::Last,
        C::EnterDetail,
        C::Leave,
        C::Tab(Tab::Overview),
        C::Tab(Tab::SubTasks),
        C::Tab(Tab::Outputs),
        C::Tab(Tab::History),
        C::Tab(Tab::Raw),
        C::Mark,
        C::CopyId,
        C::CopyValue,
        C::CopyPath,
        C::FilterFor,
        C::FilterOut,
        C::NextHit,
        C::PreviousHit,
        C::Fold,
        C::Unfold,
        C::Palette,
        C::Rail,
        C::LoadReport,
        C::AllKeys,
        C::Settings,
        C::SwitchLanguage,
        C::SwitchTheme,
        C::ZoomIn,
        C::ZoomOut,
        C::ZoomReset,
    ];

    /// The keys that ask for it, the usual one first.
    pub(super) fn strokes(self) -> &'static [Stroke] {
        match self {
            C::Open => &[Control(Key::O)],
            C::Paste => &[Control(Key::V)],
            C::FocusQuery => &[Char('/'), Control(Key::F)],
            C::FailedOnly => &[Char('F'), Char('f')],
            C::PreviousFailed => &[Char('[')],
            C::NextFailed => &[Char(']')],
            C::MoveUp => &[Stroke::Key(Key::ArrowUp), Char('k')],
            C::MoveDown => &[Stroke::Key(Key::ArrowDown), Char('j')],
            C::PageUp => &[Stroke::Key(Key::PageUp)],
            C::PageDown => &[Stroke::Key(Key::PageDown)],
            C::First => &[Stroke::Key(Key::Home)],
            C::Last => &[Stroke::Key(Key::End)],
            C::EnterDetail => &[Stroke::Key(Key::Enter)],
            C::Leave => &[Stroke::Key(Key::Escape)],
            C::Tab(Tab::Overview) => &[Char('1')],
            C::Tab(Tab::SubTasks) => &[Char('2')],
            C::Tab(Tab::Outputs) => &[Char('3')],
            C::Tab(Tab::History) => &[Char('4')],
            C::Tab(Tab::Raw) => &[Char('5')],
            C::Mark => &[Stroke::Key(Key::Space)],
            C::CopyId => &[Chars('y', 'i')],
            C::CopyValue => &[Chars('y', 'y')],
            C::CopyPath => &[Chars('y', 'p')],
            C::FilterFor => &[Char('=')],
            C::FilterOut => &[Char('-'), Char('−')],
            C::NextHit => &[Char('n')],
            C::PreviousHit => &[Char('N')],
            C::Fold => &[Stroke::Key(Key::ArrowLeft), Char('h')],
            C::Unfold => &[Stroke::Key(Key::ArrowRight), Char('l')],
            C::Palette => &[Control(Key::K)],
            C::Rail => &[Control(Key::B)],
            C::AllKeys => &[Char('?')],
            C::ZoomIn => &[Control(Key::Plus), Control(Key::Equals)],
            C::ZoomOut => &[Control(Key::Minus)],
            C::ZoomReset => &[Control(Key::Num0)],
            C::OpenFolder
            | C::Samples
            | C::ClearFilters
            | C::LoadReport
            | C::Settings
            | C::SwitchLanguage
            | C::SwitchTheme => &[],
        }
    }

    /// The command a stroke asks for.
    pub(super) fn of_stroke(stroke: Stroke) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|command| command.strokes().contains(&stroke))
    }

    pub(super) fn name(self, text: &Text) -> String {
        let keys = text.keys;
        let name = match self {
            C::Open => keys.open,
            C::OpenFolder => keys.open_folder,
            C::Paste => keys.paste,
            C::Samples => keys.samples,
            C::FocusQuery => keys.focus_query,
            C::ClearFilters => keys.clear_filters,
            C::FailedOnly => keys.failed_only,
            C::PreviousFailed => keys.previous_failed,
            C::NextFailed => keys.next_failed,
            C::MoveUp => keys.move_up,
            C::MoveDown => keys.move_down,
            C::PageUp => keys.page_up,
            C::PageDown => keys.page_down,
            C::First => keys.first,
            C::Last => keys.last,
            C::EnterDetail => keys.enter_detail,
            C::Leave => keys.leave,
            C::Tab(tab) => return format!("{}: {}", keys.tab, tab_name(tab, text)),
            C::Mark => keys.mark,
            C::CopyId => keys.copy_id,
            C::CopyValue => keys.copy_value,
            C::CopyPath => keys.copy_path,
            C::FilterFor => keys.filter_for,
            C::FilterOut => keys.filter_out,
            C::NextHit => keys.next_hit,
            C::PreviousHit => keys.previous_hit,
            C::Fold => keys.fold,
            C::Unfold => keys.unfold,
            C::Palette => keys.palette,
            C::Rail => keys.rail,
            C::LoadReport => keys.load_report,
            C::AllKeys => keys.all_keys,
            C::Settings => keys.settings,
            C::SwitchLanguage => keys.switch_language,
            C::SwitchTheme => keys.switch_theme,
            C::ZoomIn => keys.zoom_in,
            C::ZoomOut => keys.zoom_out,
            C::ZoomReset => keys.zoom_reset,
        };
        name.to_owned()
    }

    pub(super) fn icon(self) -> &'static str {
        match self {
            C::Open | C::OpenFolder => icons::FOLDER_OPEN,
            C::Paste | C::CopyValue | C::CopyPath => icons::CLIPBOARD_TEXT,
            C::Samples => icons::FILES,
            C::FocusQuery | C::NextHit | C::PreviousHit => icons::MAGNIFYING_GLASS,
            C::ClearFilters => icons::X,
            C::FailedOnly | C::FilterFor | C::FilterOut => icons::FUNNEL_SIMPLE,
            C::PreviousFailed | C::MoveUp | C::PageUp | C::First => icons::ARROW_UP,
            C::NextFailed | C::MoveDown | C::PageDown | C::Last => icons::ARROW_DOWN,
            C::EnterDetail | C::Unfold => icons::ARROW_RIGHT,
            C::Leave | C::Fold => icons::ARROW_LEFT,
            C::Tab(_) => icons::LIST_BULLETS,
            C::Mark => icons::BOOKMARK_SIMPLE,
            C::CopyId => icons::COPY,
            C::Palette => icons::TERMINAL_WINDOW,
            C::Rail => icons::SIDEBAR_SIMPLE,
            C::LoadReport => icons::WARNING,
            C::AllKeys => icons::KEYBOARD,
            C::Settings => icons::GEAR_SIX,
            C::SwitchLanguage => icons::TRANSLATE,
            C::SwitchTheme => icons::SUN,
            C::ZoomIn => icons::PLUS,
            C::ZoomOut => icons::MINUS,
            C::ZoomReset => icons::ARROWS_OUT_SIMPLE,
        }
    }

    /// What it does now; `None` where it makes no sense.
    pub(super) fn action(self, cx: &Cx<'_>) -> Option<Action> {
        let state = cx.state;
        Some(match self {
            C::Open => Action::Open(OpenAction::PickFiles),
            C::OpenFolder => Action::Open(OpenAction::PickFolder),
            C::Paste => Action::Open(OpenAction::RequestPaste),
            C::Samples => Action::Open(OpenAction::Samples),
            C::FocusQuery if in_raw(cx) => Action::Raw(RawAction::FocusSearch),
            C::FocusQuery => Action::App(AppAction::SetFocus(Pane::Query)),
            C::ClearFilters => Action::List(ListAction::ClearQuery),
            C::FailedOnly => Action::List(ListAction::ToggleFailedOnly),
            C::PreviousFailed => Action::List(ListAction::Step(Step::PreviousFailed)),
            C::NextFailed => Action::List(ListAction::Step(Step::NextFailed)),
            C::MoveUp => moved(cx, Move::Up),
            C::MoveDown => moved(cx, Move::Down),
            C::PageUp => moved(cx, Move::PageUp),
            C::PageDown => moved(cx, Move::PageDown),
            C::First => moved(cx, Move::First),
            C::Last => moved(cx, Move::Last),
            C::EnterDetail => Action::App(AppAction::SetFocus(Pane::Detail)),
            C::Leave => Action::App(AppAction::Escape),
            C::Tab(tab) => Action::Detail(crate::state::DetailAction::SetTab(tab)),
            C::Mark => Action::List(ListAction::ToggleMark),
            C::CopyId => copy_id(cx)?,
            C::CopyValue | C::CopyPath | C::NextHit | C::PreviousHit | C::Fold | C::Unfold => {
                Action::Raw(self.raw_action().filter(|_| raw_open(cx))?)
            }
            C::FilterFor if in_raw(cx) => Action::Raw(RawAction::FilterFor),
            C::FilterFor => filter_by_selected(cx, Sense::Include)?,
            C::FilterOut => filter_by_selected(cx, Sense::Exclude)?,
            C::Palette => Action::App(AppAction::Show(Dialog::Palette)),
            C::Rail => Action::App(AppAction::ToggleRail),
            C::LoadReport if state.sources.problems.is_empty() => return None,
            C::LoadReport => Action::App(AppAction::Show(Dialog::LoadReport)),
            C::AllKeys => Action::App(AppAction::Show(Dialog::Keys)),
            C::Settings => Action::App(AppAction::Show(Dialog::Settings)),
            C::SwitchLanguage => {
                let other = cx.text.lang.pick(Lang::Zh, Lang::En);
                Action::App(AppAction::SetLang(other))
            }
            C::SwitchTheme => Action::App(AppAction::SetTheme(other_theme(cx))),
            C::ZoomIn => scaled(cx, 0.1),
            C::ZoomOut => scaled(cx, -0.1),
            C::ZoomReset => Action::App(AppAction::SetScale(1.0)),
        })
    }

    fn raw_action(self) -> Option<RawAction> {
        Some(match self {
            C::CopyValue => RawAction::CopyValue,
            C::CopyPath => RawAction::CopyPath(PathStyle::JsonPath),
            C::NextHit => RawAction::NextHit,
            C::PreviousHit => RawAction::PreviousHit,
            C::Fold => RawAction::Fold,
            C::Unfold => RawAction::Unfold,
            _ => return None,
        })
    }
}

/// The name of a tab of the detail pane.
pub(super) fn tab_name(tab: Tab, text: &Text) -> &'static str {
    match tab {
        Tab::Overview => text.detail.overview,
        Tab::SubTasks => text.detail.sub_tasks,
        Tab::Outputs => text.detail.outputs,
        Tab::History => text.detail.history,
        Tab::Raw => text.detail.raw,
    }
}

/// Whether the raw tab shows an event.
pub(super) fn raw_open(cx: &Cx<'_>) -> bool {
    cx.state.detail.tab == Tab::Raw && cx.detail().is_some()
}

/// Whether the keyboard acts on the raw tab.
pub(super) fn in_raw(cx: &Cx<'_>) -> bool {
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

impl Stroke {
    /// What is written on the keys, in the order they are pressed.
    pub(super) fn caps(self) -> Vec<String> {
        match self {
            Self::Char(c) => vec![c.to_string()],
            Self::Chars(first, second) => vec![first.to_string(), second.to_string()],
            Self::Key(key) => vec![cap(key).to_owned()],
            Self::Control(key) => vec![control_cap().to_owned(), cap(key).to_owned()],
        }
    }

    /// The keys in one line: `Ctrl+O`, `y i`.
    pub(super) fn line(self) -> String {
        let separator = match self {
            Self::Control(_) => "+",
            _ => " ",
        };
        self.caps().join(separator)
    }
}

/// The key that goes with letters on this system.
pub(super) fn control_cap() -> &'static str {
    if cfg!(target_os = "macos") {
        "Cmd"
    } else {
        "Ctrl"
    }
}

fn cap(key: Key) -> &'static str {
    match key {
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::PageUp => "PgUp",
        Key::PageDown => "PgDn",
        Key::Escape => "Esc",
        Key::Plus => "+",
        Key::Equals => "=",
        Key::Minus => "−",
        Key::Num0 => "0",
        other => other.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stroke_asks_for_two_things() {
        let strokes = || Command::ALL.into_iter().flat_map(Command::strokes);
        for stroke in strokes() {
            let times = strokes().filter(|other| *other == stroke).count();
            assert_eq!(times, 1, "{stroke:?}");
        }
    }

    #[test]
    fn every_command_is_listed_once_and_named_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            let text = Text::new(lang, crate::model::Zone::Utc);
            let names: std::collections::BTreeSet<String> = Command::ALL
                .iter()
                .map(|command| command.name(&text))
                .collect();
            assert_eq!(names.len(), Command::ALL.len());
        }
    }

    #[test]
    fn strokes_read_as_they_are_pressed() {
        assert_eq!(Stroke::Chars('y', 'i').line(), "y i");
        assert_eq!(Stroke::Key(Key::ArrowUp).line(), "↑");
        assert!(Stroke::Control(Key::O).line().ends_with("+O"));
    }
}
