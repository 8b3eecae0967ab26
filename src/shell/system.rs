//! What the system tells: its language, files dragged over the window.

use std::sync::Arc;

use crate::model::{Lang, SourceSpec};
use crate::state::HoveredFile;

/// Endings of files that can hold events.
const READABLE: [&str; 8] = ["json", "ndjson", "jsonl", "log", "txt", "gz", "zst", "out"];

/// The language of the system's first locale.
pub fn language() -> Lang {
    sys_locale::get_locale().map_or(Lang::En, |locale| Lang::of_locale(&locale))
}

/// What is said of a file that hovers over the window.
pub(super) fn hovered(file: &egui::HoveredFile) -> HoveredFile {
    let path = file.path.as_deref();
    let name = path.and_then(|p| p.file_name()).map_or_else(
        || file.mime.clone(),
        |name| name.to_string_lossy().into_owned(),
    );
    let extension = path
        .and_then(|p| p.extension())
        .map(|e| e.to_string_lossy().to_lowercase());
    HoveredFile {
        name,
        size_bytes: path.and_then(|p| p.metadata().ok()).map(|meta| meta.len()),
        readable: path.is_some_and(std::path::Path::is_dir)
            || extension.is_none_or(|e| READABLE.contains(&e.as_str())),
    }
}

/// A dropped file or folder as something to open.
pub(super) fn dropped(file: &Arc<dyn egui::DroppedFile + Send + Sync>) -> SourceSpec {
    SourceSpec::Path(file.path().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_said_to_be_skipped() {
        let file = |path: &str| egui::HoveredFile {
            path: Some(path.into()),
            mime: String::new(),
        };
        assert!(!hovered(&file("/a/cover.png")).readable);
        assert!(hovered(&file("/a/events.ndjson")).readable);
        assert_eq!(hovered(&file("/a/events.ndjson")).name, "events.ndjson");
    }
}
