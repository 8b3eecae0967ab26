//! The bundled samples, readable without any file on disk.

use crate::model::SourceSpec;

/// Name and text of each sample, the first to be seen first.
const SAMPLES: [(&str, &str); 3] = [
    (
        "01-callback.json",
        include_str!("../../assets/samples/01-callback.json"),
    ),
    (
        "04-partly-failed.json",
        include_str!("../../assets/samples/04-partly-failed.json"),
    ),
    (
        "launch-night.ndjson",
        include_str!("../../assets/samples/launch-night.ndjson"),
    ),
];

/// Every bundled sample, ready to open.
pub fn specs() -> Vec<SourceSpec> {
    let spec = |(name, text): (&str, &str)| SourceSpec::Text {
        name: name.to_owned(),
        text: text.into(),
    };
    SAMPLES.map(spec).into()
}
