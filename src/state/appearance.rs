//! Language, theme, zone, scale, dialogs and focus.

use crate::model::{Lang, Settings, ThemeChoice, WindowPlacement, Zone};

use super::{AppAction, AppState, Dialog, Effect, Pane, ToastKind, list, live};

/// The UI scale's limits.
const SCALES: std::ops::RangeInclusive<f32> = 0.8..=2.0;

/// What the person chose, resolved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    pub lang: Lang,
}

impl Appearance {
    pub(super) fn new(settings: &Settings, system_lang: Lang) -> Self {
        Self {
            lang: settings.lang.unwrap_or(system_lang),
        }
    }
}

pub(super) fn update(state: &mut AppState, action: AppAction) -> Vec<Effect> {
    match action {
        AppAction::Tick { now_unix, millis } => {
            state.now_unix = now_unix;
            state.millis = millis;
            state.toasts.expire(millis);
            let mut effects = live::tick(state);
            effects.extend(list::refresh_if_due(state));
            return effects;
        }
        AppAction::SetLang(lang) => return set_lang(state, lang),
        AppAction::SetTheme(theme) => return set_theme(state, theme),
        AppAction::SetZone(zone) => return set_zone(state, zone),
        AppAction::SetScale(scale) => return set_scale(state, scale),
        AppAction::ToggleRail => state.settings.rail_open = !state.settings.rail_open,
        AppAction::SetListWidth(width) => state.settings.list_width = width,
        AppAction::SetWindow(placement) => set_window(state, placement),
        AppAction::SetFocus(pane) => {
            state.focus = pane;
            return Vec::new();
        }
        AppAction::Show(dialog) => {
            state.dialog = Some(dialog);
            return Vec::new();
        }
        AppAction::CloseDialog => {
            state.dialog = None;
            return Vec::new();
        }
        AppAction::Escape => return escape(state),
        AppAction::Copy { what, text } => return copy(state, &what, text),
        AppAction::DismissToast(id) => {
            state.toasts.dismiss(id);
            return Vec::new();
        }
        AppAction::NoFileDialog => {
            let words = state.text().chrome;
            let (title, why) = (words.no_file_dialog, words.no_file_dialog_why);
            let kind = ToastKind::Failure;
            let now = state.millis;
            state.toasts.push(kind, title.into(), why.into(), now);
            return Vec::new();
        }
        AppAction::ForgetRecent => state.settings.recent.clear(),
    }
    vec![Effect::SaveSettings]
}

fn set_lang(state: &mut AppState, lang: Lang) -> Vec<Effect> {
    state.settings.lang = Some(lang);
    state.appearance.lang = lang;
    vec![Effect::SaveSettings, Effect::ApplyAppearance]
}

fn set_theme(state: &mut AppState, theme: ThemeChoice) -> Vec<Effect> {
    state.settings.theme = theme;
    vec![Effect::SaveSettings, Effect::ApplyAppearance]
}

fn set_zone(state: &mut AppState, zone: Zone) -> Vec<Effect> {
    state.settings.zone = zone;
    // The histogram's bars follow the days of the zone.
    let mut effects = list::refresh(state);
    effects.push(Effect::SaveSettings);
    effects
}

fn set_scale(state: &mut AppState, scale: f32) -> Vec<Effect> {
    state.settings.ui_scale = scale.clamp(*SCALES.start(), *SCALES.end());
    vec![Effect::SaveSettings, Effect::ApplyAppearance]
}

fn set_window(state: &mut AppState, placement: WindowPlacement) {
    state.settings.window = Some(placement);
}

/// Esc goes one step back: out of a question, the dialog, the lightbox, the query, the detail, the
/// filter.
fn escape(state: &mut AppState) -> Vec<Effect> {
    if state.dialog == Some(Dialog::Archive) && state.live.archive.call_off() {
        return Vec::new();
    }
    if state.dialog.take().is_some() {
        return Vec::new();
    }
    if state.previews.lightbox.take().is_some() {
        return Vec::new();
    }
    if state.focus != Pane::List {
        state.focus = Pane::List;
        return Vec::new();
    }
    list::clear_query(state)
}

fn copy(state: &mut AppState, what: &str, text: String) -> Vec<Effect> {
    let title = format!("{} {what}", state.text().chrome.copied);
    let shown: String = text.chars().take(48).collect();
    let shown = if shown.len() < text.len() {
        format!("{shown}…")
    } else {
        shown
    };
    let now = state.millis;
    state.toasts.push(ToastKind::Done, title, shown, now);
    vec![Effect::CopyText(text)]
}

impl Dialog {
    /// Whether it lies over the window and takes the keyboard.
    pub fn is_modal(self) -> bool {
        !matches!(self, Self::LoadReport)
    }
}
