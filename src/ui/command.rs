//! Everything that can be asked for by name or by key: one list, read by the palette, the list of
//! keys, menus, and the keyboard.

mod action;
mod name;
mod stroke;

pub(super) use action::{in_raw, raw_open};
pub(super) use stroke::Stroke;

use egui::Key;

use crate::state::Tab;
use Stroke::{Char, Chars, Control};

/// Something the person can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Open,
    OpenFolder,
    Paste,
    Samples,
    Pull,
    Borrow,
    Listen,
    Archive,
    Replay,
    LookUpTask,
    WatchTask,
    LookUpFile,
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

impl Command {
    pub(super) const ALL: [Self; 51] = [
        Self::Open,
        Self::OpenFolder,
        Self::Paste,
        Self::Samples,
        Self::Pull,
        Self::Borrow,
        Self::Listen,
        Self::Archive,
        Self::Replay,
        Self::LookUpTask,
        Self::WatchTask,
        Self::LookUpFile,
        Self::FocusQuery,
        Self::FailedOnly,
        Self::ClearFilters,
        Self::PreviousFailed,
        Self::NextFailed,
        Self::MoveUp,
        Self::MoveDown,
        Self::PageUp,
        Self::PageDown,
        Self::First,
        Self::Last,
        Self::EnterDetail,
        Self::Leave,
        Self::Tab(Tab::Overview),
        Self::Tab(Tab::SubTasks),
        Self::Tab(Tab::Outputs),
        Self::Tab(Tab::Previews),
        Self::Tab(Tab::History),
        Self::Tab(Tab::Raw),
        Self::Mark,
        Self::CopyId,
        Self::CopyValue,
        Self::CopyPath,
        Self::FilterFor,
        Self::FilterOut,
        Self::NextHit,
        Self::PreviousHit,
        Self::Fold,
        Self::Unfold,
        Self::Palette,
        Self::Rail,
        Self::LoadReport,
        Self::AllKeys,
        Self::Settings,
        Self::SwitchLanguage,
        Self::SwitchTheme,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
    ];

    /// The keys that ask for it, the usual one first.
    pub(super) fn strokes(self) -> &'static [Stroke] {
        match self {
            Self::Open => &[Control(Key::O)],
            Self::Paste => &[Control(Key::V)],
            Self::Pull => &[Control(Key::R)],
            Self::FocusQuery => &[Char('/'), Control(Key::F)],
            Self::FailedOnly => &[Char('F'), Char('f')],
            Self::PreviousFailed => &[Char('[')],
            Self::NextFailed => &[Char(']')],
            Self::MoveUp => &[Stroke::Key(Key::ArrowUp), Char('k')],
            Self::MoveDown => &[Stroke::Key(Key::ArrowDown), Char('j')],
            Self::PageUp => &[Stroke::Key(Key::PageUp)],
            Self::PageDown => &[Stroke::Key(Key::PageDown)],
            Self::First => &[Stroke::Key(Key::Home)],
            Self::Last => &[Stroke::Key(Key::End)],
            Self::EnterDetail => &[Stroke::Key(Key::Enter)],
            Self::Leave => &[Stroke::Key(Key::Escape)],
            Self::Tab(Tab::Overview) => &[Char('1')],
            Self::Tab(Tab::SubTasks) => &[Char('2')],
            Self::Tab(Tab::Outputs) => &[Char('3')],
            Self::Tab(Tab::Previews) => &[Char('4')],
            Self::Tab(Tab::History) => &[Char('5')],
            Self::Tab(Tab::Raw) => &[Char('6')],
            Self::Mark => &[Stroke::Key(Key::Space)],
            Self::CopyId => &[Chars('y', 'i')],
            Self::CopyValue => &[Chars('y', 'y')],
            Self::CopyPath => &[Chars('y', 'p')],
            Self::FilterFor => &[Char('=')],
            Self::FilterOut => &[Char('-'), Char('−')],
            Self::NextHit => &[Char('n')],
            Self::PreviousHit => &[Char('N')],
            Self::Fold => &[Stroke::Key(Key::ArrowLeft), Char('h')],
            Self::Unfold => &[Stroke::Key(Key::ArrowRight), Char('l')],
            Self::Palette => &[Control(Key::K)],
            Self::Rail => &[Control(Key::B)],
            Self::AllKeys => &[Char('?')],
            Self::ZoomIn => &[Control(Key::Plus), Control(Key::Equals)],
            Self::ZoomOut => &[Control(Key::Minus)],
            Self::ZoomReset => &[Control(Key::Num0)],
            Self::OpenFolder
            | Self::Samples
            | Self::Borrow
            | Self::Listen
            | Self::Archive
            | Self::Replay
            | Self::LookUpTask
            | Self::WatchTask
            | Self::LookUpFile
            | Self::ClearFilters
            | Self::LoadReport
            | Self::Settings
            | Self::SwitchLanguage
            | Self::SwitchTheme => &[],
        }
    }

    /// The command a stroke asks for.
    pub(super) fn of_stroke(stroke: Stroke) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|command| command.strokes().contains(&stroke))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{Lang, Zone};
    use crate::text::Text;

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
            let text = Text::new(lang, Zone::Utc);
            let names: BTreeSet<String> = Command::ALL
                .iter()
                .map(|command| command.name(&text))
                .collect();
            assert_eq!(names.len(), Command::ALL.len());
        }
    }

    #[test]
    fn strokes_read_as_they_are_pressed() {
        assert_eq!(Chars('y', 'i').line(), "y i");
        assert_eq!(Stroke::Key(Key::ArrowUp).line(), "↑");
        assert!(Control(Key::O).line().ends_with("+O"));
    }
}
