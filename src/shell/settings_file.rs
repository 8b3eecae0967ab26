//! Settings on disk. A file that cannot be read never stops the start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::model::Settings;

/// Where the settings are kept.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    path: PathBuf,
}

impl SettingsFile {
    /// The place this system keeps settings in; `None` without a home folder.
    pub fn of_system() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "vodscope")?;
        Some(Self::at(&dirs.config_dir().join("settings.json")))
    }

    /// A file of one's own choice.
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// What was kept, or the defaults when there is nothing readable; says so in the log.
    pub fn load(&self) -> Settings {
        self.read().unwrap_or_default()
    }

    /// What was kept, or the defaults before anything was; `None` when it cannot be read, which
    /// is said in the log.
    pub fn read(&self) -> Option<Settings> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Some(Settings::default());
            }
            Err(error) => return self.unreadable(&error),
        };
        if !text.trim_start().starts_with('{') {
            return self.unreadable(&"no JSON object");
        }
        serde_json::from_str(&text).map_or_else(|error| self.unreadable(&error), Some)
    }

    fn unreadable(&self, error: &dyn std::fmt::Display) -> Option<Settings> {
        log::warn!(
            "Cannot read the settings, starting with the defaults: {error}\nFile: {}",
            self.path.display()
        );
        None
    }

    /// Writes a new file beside the old one and puts it in its place, so that a crash cuts nothing.
    pub fn save(&self, settings: &Settings) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = serde_json::to_string_pretty(settings).map_err(io::Error::other)?;
        let beside = self.path.with_extension("json.new");
        fs::write(&beside, text)?;
        fs::rename(&beside, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn settings_survive_a_run() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(&folder.path().join("deep/settings.json"));
        let settings = Settings {
            lang: Some(Lang::Zh),
            ui_scale: 1.25,
            ..Settings::default()
        };
        file.save(&settings).unwrap();
        assert_eq!(file.load(), settings);
    }

    #[test]
    fn damaged_settings_give_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        for text in ["{", "[]", "{\"ui_scale\":\"big\"}", "\u{0}"] {
            fs::write(&path, text).unwrap();
            assert_eq!(SettingsFile::at(&path).read(), None, "{text}");
            assert_eq!(
                SettingsFile::at(&path).load(),
                Settings::default(),
                "{text}"
            );
        }
    }
}
