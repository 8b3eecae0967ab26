//! What commands are called, and their icons.

use super::Command;
use crate::state::Tab;
use crate::text::Text;
use crate::ui::icons;

impl Command {
    pub(in crate::ui) fn name(self, text: &Text) -> String {
        let (keys, accounts) = (text.keys, text.accounts);
        let name = match self {
            Self::Open => keys.open,
            Self::OpenFolder => keys.open_folder,
            Self::Paste => keys.paste,
            Self::Samples => keys.samples,
            Self::Pull => accounts.menu_tasks,
            Self::Borrow => accounts.menu_queue,
            Self::Listen => accounts.menu_listen,
            Self::Archive => accounts.menu_archive,
            Self::Replay => accounts.menu_replay,
            Self::LookUpTask => accounts.look_up_task,
            Self::WatchTask => accounts.watch_task,
            Self::LookUpFile => accounts.look_up_file,
            Self::FocusQuery => keys.focus_query,
            Self::ClearFilters => keys.clear_filters,
            Self::FailedOnly => keys.failed_only,
            Self::PreviousFailed => keys.previous_failed,
            Self::NextFailed => keys.next_failed,
            Self::MoveUp => keys.move_up,
            Self::MoveDown => keys.move_down,
            Self::PageUp => keys.page_up,
            Self::PageDown => keys.page_down,
            Self::First => keys.first,
            Self::Last => keys.last,
            Self::EnterDetail => keys.enter_detail,
            Self::Leave => keys.leave,
            Self::Tab(tab) => return format!("{}: {}", keys.tab, tab_name(tab, text)),
            Self::Mark => keys.mark,
            Self::CopyId => keys.copy_id,
            Self::CopyValue => keys.copy_value,
            Self::CopyPath => keys.copy_path,
            Self::FilterFor => keys.filter_for,
            Self::FilterOut => keys.filter_out,
            Self::NextHit => keys.next_hit,
            Self::PreviousHit => keys.previous_hit,
            Self::Fold => keys.fold,
            Self::Unfold => keys.unfold,
            Self::Palette => keys.palette,
            Self::Rail => keys.rail,
            Self::LoadReport => keys.load_report,
            Self::AllKeys => keys.all_keys,
            Self::Settings => keys.settings,
            Self::SwitchLanguage => keys.switch_language,
            Self::SwitchTheme => keys.switch_theme,
            Self::ZoomIn => keys.zoom_in,
            Self::ZoomOut => keys.zoom_out,
            Self::ZoomReset => keys.zoom_reset,
        };
        name.to_owned()
    }

    pub(in crate::ui) fn icon(self) -> &'static str {
        match self {
            Self::Open | Self::OpenFolder => icons::FOLDER_OPEN,
            Self::Paste | Self::CopyValue | Self::CopyPath => icons::CLIPBOARD_TEXT,
            Self::Samples => icons::FILES,
            Self::Pull => icons::CLOUD_ARROW_DOWN,
            Self::Borrow => icons::TRAY,
            Self::Listen => icons::GLOBE,
            Self::Archive => icons::PACKAGE,
            Self::Replay => icons::ARROW_SQUARE_OUT,
            Self::LookUpTask => icons::ARROW_CLOCKWISE,
            Self::WatchTask => icons::EYE,
            Self::LookUpFile => icons::FILM_STRIP,
            Self::FocusQuery | Self::NextHit | Self::PreviousHit => icons::MAGNIFYING_GLASS,
            Self::ClearFilters => icons::X,
            Self::FailedOnly | Self::FilterFor | Self::FilterOut => icons::FUNNEL_SIMPLE,
            Self::PreviousFailed | Self::MoveUp | Self::PageUp | Self::First => icons::ARROW_UP,
            Self::NextFailed | Self::MoveDown | Self::PageDown | Self::Last => icons::ARROW_DOWN,
            Self::EnterDetail | Self::Unfold => icons::ARROW_RIGHT,
            Self::Leave | Self::Fold => icons::ARROW_LEFT,
            Self::Tab(_) => icons::LIST_BULLETS,
            Self::Mark => icons::BOOKMARK_SIMPLE,
            Self::CopyId => icons::COPY,
            Self::Palette => icons::TERMINAL_WINDOW,
            Self::Rail => icons::SIDEBAR_SIMPLE,
            Self::LoadReport => icons::WARNING,
            Self::AllKeys => icons::KEYBOARD,
            Self::Settings => icons::GEAR_SIX,
            Self::SwitchLanguage => icons::TRANSLATE,
            Self::SwitchTheme => icons::SUN,
            Self::ZoomIn => icons::PLUS,
            Self::ZoomOut => icons::MINUS,
            Self::ZoomReset => icons::ARROWS_OUT_SIMPLE,
        }
    }
}

/// The name of a tab of the detail pane.
fn tab_name(tab: Tab, text: &Text) -> &'static str {
    match tab {
        Tab::Overview => text.detail.overview,
        Tab::SubTasks => text.detail.sub_tasks,
        Tab::Outputs => text.detail.outputs,
        Tab::Previews => text.previews.tab,
        Tab::History => text.detail.history,
        Tab::Raw => text.detail.raw,
    }
}
