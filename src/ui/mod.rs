//! The only place that draws. Panels read the state and push actions; nothing here reads files,
//! parses, sorts, or changes anything but the picture.

mod command;
mod dialogs;
mod fault_icon;
pub(crate) mod fonts;
mod icons;
mod keys;
mod panels;
pub(crate) mod textures;
pub(crate) mod theme;
mod widgets;
mod window;

pub(crate) use window::window_ui;

use std::sync::Arc;

use crate::model::Detail;
use crate::state::{Action, AppState};
use crate::text::Text;
use textures::Textures;
use theme::Palette;

/// What a frame asks for, in order.
pub(crate) type Actions = Vec<Action>;

/// What every panel may read.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub(crate) state: &'a AppState,
    pub(crate) text: &'a Text,
    pub(crate) palette: &'static Palette,
    /// Remote pictures that can be drawn.
    pub(crate) textures: &'a Textures,
}

impl<'a> Cx<'a> {
    /// The selected task's newest event, when it has been read.
    pub(crate) fn detail(&self) -> Option<&'a Arc<Detail>> {
        self.state.detail.loaded().map(|loaded| &loaded.detail)
    }

    /// Changes whenever anything that a derived row of the detail pane is built from changes.
    pub(crate) fn detail_stamp(&self) -> u64 {
        let zone = self.text.zone as u64;
        let lang = self.text.lang as u64;
        self.state.detail.ticket << 4 | zone << 2 | lang
    }
}

/// How wide the window is, in the design's three steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Three panes.
    Wide,
    /// The rail is a strip of icons and opens over the list.
    Medium,
    /// The list stands above the detail.
    Narrow,
}

impl Layout {
    pub(crate) fn of_width(points: f32) -> Self {
        match points {
            w if w >= 1280.0 => Self::Wide,
            w if w >= 1100.0 => Self::Medium,
            _ => Self::Narrow,
        }
    }
}
