//! Follows the system's light or dark setting where the window system does not tell it (X11).

use dark_light::Mode;
use egui::{Context, Theme};

use crate::job::{Job, Wake, spawn};

/// Listens to the desktop for as long as it lives.
pub(super) struct ThemeWatch(Job<Theme>);

impl ThemeWatch {
    pub(super) fn start(wake: Wake) -> Self {
        Self(spawn("system-theme", wake, |outbox, _| {
            let tell = |mode| theme(mode).is_none_or(|theme| outbox.send(theme).is_ok());
            match dark_light::detect() {
                Ok(mode) => {
                    if !tell(mode) {
                        return;
                    }
                }
                Err(error) => log::info!("the desktop does not tell its theme: {error}"),
            }
            match dark_light::subscribe() {
                Ok(watcher) => {
                    // Ends with the process: a watcher without news cannot be woken.
                    let _last = watcher.iter().find(|mode| !tell(*mode));
                }
                Err(error) => log::info!("changes of the desktop's theme are not told: {error}"),
            }
        }))
    }

    /// Makes the newest told theme the one that "follow the system" means.
    pub(super) fn apply(&self, ctx: &Context) {
        if let Some(theme) = self.0.drain().last() {
            ctx.options_mut(|options| options.fallback_theme = theme);
            ctx.request_repaint();
        }
    }
}

fn theme(mode: Mode) -> Option<Theme> {
    match mode {
        Mode::Dark => Some(Theme::Dark),
        Mode::Light => Some(Theme::Light),
        Mode::Unspecified => None,
    }
}
