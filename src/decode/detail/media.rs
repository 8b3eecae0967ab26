//! Source metadata and streams: what `MetaData` and every output say about a media file.

use super::reader::Reader;
use crate::model::{AudioStream, Media, NodeId, Note, VideoStream};

/// Reads a `MetaData` object.
pub(super) fn media(reader: &mut Reader<'_>, at: NodeId) -> Media {
    let media = Media {
        size_bytes: reader.unsigned(at, "Size"),
        container: reader.text(at, "Container"),
        bitrate_bps: reader.unsigned(at, "Bitrate"),
        width: reader.unsigned(at, "Width"),
        height: reader.unsigned(at, "Height"),
        duration_secs: reader.number(at, "Duration"),
        video_duration_secs: reader.number(at, "VideoDuration"),
        audio_duration_secs: reader.number(at, "AudioDuration"),
        rotate_degrees: reader.integer(at, "Rotate"),
        md5: reader.text(at, "Md5"),
        video_streams: video_streams(reader, at),
        audio_streams: audio_streams(reader, at),
        bitrate_unit_unknown: reader.is_v2,
    };
    if reader.is_v2 && tells_bitrate(&media) {
        reader.note(Note::BitrateUnit);
    }
    media
}

pub(super) fn video_streams(reader: &mut Reader<'_>, at: NodeId) -> Vec<VideoStream> {
    let items = reader.items(at, "VideoStreamSet");
    items
        .into_iter()
        .map(|item| video_stream(reader, item))
        .collect()
}

pub(super) fn audio_streams(reader: &mut Reader<'_>, at: NodeId) -> Vec<AudioStream> {
    let items = reader.items(at, "AudioStreamSet");
    items
        .into_iter()
        .map(|item| AudioStream {
            bitrate_bps: reader.unsigned(item, "Bitrate"),
            sample_rate_hz: reader.unsigned(item, "SamplingRate"),
            codec: reader.text(item, "Codec"),
        })
        .collect()
}

fn video_stream(reader: &mut Reader<'_>, at: NodeId) -> VideoStream {
    let range = reader.object(at, "DynamicRangeInfo");
    VideoStream {
        bitrate_bps: reader.unsigned(at, "Bitrate"),
        width: reader.unsigned(at, "Width"),
        height: reader.unsigned(at, "Height"),
        codec: reader.text(at, "Codec"),
        codec_tag: reader.text(at, "CodecTag"),
        fps: reader.number(at, "Fps"),
        dynamic_range: range.and_then(|range| reader.text(range, "Type")),
        hdr_type: range.and_then(|range| reader.text(range, "HDRType")),
    }
}

fn tells_bitrate(media: &Media) -> bool {
    media.bitrate_bps.is_some()
        || media.video_streams.iter().any(|s| s.bitrate_bps.is_some())
        || media.audio_streams.iter().any(|s| s.bitrate_bps.is_some())
}
