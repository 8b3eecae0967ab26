//! What is kept between runs.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Lang, PictureSettings, Profile};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// The zone times are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    Local,
    Utc,
    /// UTC+08:00, the zone of the service's consoles and tickets.
    #[default]
    Beijing,
}

/// A file that was opened before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentFile {
    pub path: PathBuf,
    /// Unix seconds.
    pub opened: i64,
}

/// The window's size and place in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlacement {
    pub width: f32,
    pub height: f32,
    pub x: Option<f32>,
    pub y: Option<f32>,
    pub maximized: bool,
}

/// How much of what was pulled and received is kept, and listed at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArchiveSettings {
    pub keep_days: u32,
    pub keep_bytes: u64,
    /// The last so many days are listed at the start; none when 0.
    pub list_days: u32,
}

impl Default for ArchiveSettings {
    fn default() -> Self {
        Self {
            keep_days: 90,
            keep_bytes: 5_000_000_000,
            list_days: 7,
        }
    }
}

/// Everything kept between runs. Unknown members of a newer file are ignored, missing ones default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `None` until the person chose one: then the system's language counts.
    pub lang: Option<Lang>,
    pub theme: ThemeChoice,
    pub zone: Zone,
    /// 0.8–2.0.
    pub ui_scale: f32,
    pub rail_open: bool,
    pub list_width: f32,
    pub window: Option<WindowPlacement>,
    /// Newest first.
    pub recent: Vec<RecentFile>,
    /// Accounts. No secret is among it.
    pub profiles: Vec<Profile>,
    /// The profile that was used last.
    pub profile: String,
    pub archive: ArchiveSettings,
    pub pictures: PictureSettings,
    /// Where events were replayed to last.
    pub replay_url: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: None,
            theme: ThemeChoice::default(),
            zone: Zone::default(),
            ui_scale: 1.0,
            rail_open: true,
            list_width: 408.0,
            window: None,
            recent: Vec::new(),
            profiles: Vec::new(),
            profile: String::new(),
            archive: ArchiveSettings::default(),
            pictures: PictureSettings::default(),
            replay_url: String::new(),
        }
    }
}
