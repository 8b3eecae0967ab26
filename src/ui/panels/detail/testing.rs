//! What the tests of the pane's rows share: bundled samples as details, and words.

use std::path::Path;

use crate::decode::detail::detail;
use crate::model::{Detail, Format, Lang, Wrapping, Zone};
use crate::text::Text;

/// A bundled sample that holds one 3.0 event.
pub(super) fn sample(name: &str) -> Detail {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    detail(&bytes, Format::V3Push, Wrapping::Plain).unwrap()
}

/// The words of a language, with times as in the samples' place.
pub(super) fn text(lang: Lang) -> Text {
    Text::new(lang, Zone::Beijing)
}
