//! What a media file has come to own (`DescribeMediaInfos`): its products by the kind of sub-task
//! that makes them. Nothing is told about how those went.

use super::output::{kind_of, output};
use super::reader::Reader;
use crate::model::{NodeId, SubTask};

/// Section, list in it, and the sub-task that fills it.
const SECTIONS: &[(&str, &str, &str)] = &[
    ("TranscodeInfo", "TranscodeSet", "Transcode"),
    (
        "AdaptiveDynamicStreamingInfo",
        "AdaptiveDynamicStreamingSet",
        "AdaptiveDynamicStreaming",
    ),
    (
        "AnimatedGraphicsInfo",
        "AnimatedGraphicsSet",
        "AnimatedGraphics",
    ),
    ("SampleSnapshotInfo", "SampleSnapshotSet", "SampleSnapshot"),
    (
        "SnapshotByTimeOffsetInfo",
        "SnapshotByTimeOffsetSet",
        "SnapshotByTimeOffset",
    ),
    ("ImageSpriteInfo", "ImageSpriteSet", "ImageSprites"),
    ("SubtitleInfo", "SubtitleSet", "Subtitle"),
];

/// One sub-task of unknown outcome for each section that lists something.
pub(super) fn sections(reader: &mut Reader<'_>, media: NodeId) -> Vec<SubTask> {
    SECTIONS
        .iter()
        .filter_map(|(section, list, kind)| {
            let section = reader.object(media, section)?;
            let items = reader.items(section, list);
            let outputs: Vec<_> = items
                .into_iter()
                .filter_map(|item| output(reader, item, kind_of(kind)))
                .collect();
            (!outputs.is_empty()).then(|| SubTask {
                kind: (*kind).to_owned(),
                outputs,
                node: section,
                ..SubTask::default()
            })
        })
        .collect()
}
