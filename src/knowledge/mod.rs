//! Facts that explain events: error codes, templates, event types, sub-tasks, members.
//!
//! The facts are data files read once; nothing here looks at the time, the disk or the screen.
//! What is not known is `None`, or comes back as it was received.

pub mod api_error;
pub mod error_code;
pub mod event_type;
pub mod field;
pub mod findings;
pub mod permission;
pub mod sub_task;
pub mod template;

use serde::Deserialize;

use crate::model::Lang;

/// One text in both languages; `["English", "中文"]` in the data files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Bilingual {
    pub en: &'static str,
    pub zh: &'static str,
}

impl Bilingual {
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    pub fn get(self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }
}

/// The rows of a data file compiled into the program.
///
/// A file that cannot be read is a fault of the build that the tests catch; a running program
/// goes on without these facts.
fn rows<T: Deserialize<'static>>(name: &str, json: &'static str) -> Vec<T> {
    serde_json::from_str(json).unwrap_or_else(|error| {
        log::error!("Cannot read the built-in facts: {error}\nFile: {name}");
        Vec::new()
    })
}

#[cfg(test)]
mod checks {
    use super::Bilingual;

    /// Both languages say something, and the Chinese is Chinese.
    #[track_caller]
    pub(super) fn assert_bilingual(text: Bilingual, of: &str) {
        assert!(!text.en.trim().is_empty(), "{of} has no English");
        assert!(!has_han(text.en), "{of}: {}", text.en);
        assert!(has_han(text.zh), "{of} has no Chinese: {}", text.zh);
        assert!(
            !text.en.contains('!') && !text.zh.contains('！'),
            "{of} shouts"
        );
    }

    fn has_han(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }
}
