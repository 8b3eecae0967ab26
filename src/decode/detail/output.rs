//! What a sub-task or a simple task produced, whatever shape the product is told in.

use super::media::{audio_streams, media, video_streams};
use super::reader::Reader;
use crate::model::{NodeId, Output, OutputKind, Picture, Rung};

/// Members that point to a product, the most telling first.
const URLS: &[&str] = &[
    "Url",
    "FileUrl",
    "MediaUrl",
    "CoverUrl",
    "HighlightUrl",
    "SegmentUrl",
    "AudioUrl",
    "ResultUrl",
    "WechatUrl",
    "SubtitleUrl",
];

/// Members that list products of their own, one object each.
const LISTS: &[&str] = &[
    "FileInfos",
    "FileInfo",
    "FileInfoSet",
    "AudioInfos",
    "VideoInfos",
    "OutputFiles",
    "HighlightSet",
    "CoverSet",
    "PlayInfoSet",
];

/// The kind of product a sub-task's `Type` or a task's name promises.
pub(super) fn kind_of(task: &str) -> OutputKind {
    match task {
        "Transcode" | "EditMedia" | "ComposeMedia" | "SplitMedia" | "Concat" | "Clip"
        | "RebuildMedia" | "QualityEnhance" | "RemoveWatermark" | "AigcVideoTask" | "AigcVideo"
        | "Highlight" | "transcode" | "concat" | "clip" => OutputKind::Rendition,
        "AdaptiveDynamicStreaming" | "ComplexAdaptiveDynamicStreaming" => OutputKind::Adaptive,
        "AnimatedGraphics" => OutputKind::AnimatedGraphics,
        "CoverBySnapshot" | "Cover" => OutputKind::Cover,
        "SampleSnapshot" | "SnapshotByTimeOffset" | "CreateSnapshotByTimeOffset" => {
            OutputKind::Snapshots
        }
        "ImageSprites" | "ImageSprite" | "CreateImageSprite" => OutputKind::Sprites,
        _ => OutputKind::Other,
    }
}

/// Everything the object at `at` produced: itself, then what it lists.
pub(super) fn outputs(reader: &mut Reader<'_>, at: NodeId, kind: OutputKind) -> Vec<Output> {
    let mut outputs: Vec<_> = output(reader, at, kind).into_iter().collect();
    for list in LISTS {
        outputs.extend(listed(reader, at, list, kind));
    }
    // Only these segments are files of their own; others are places in the source.
    for item in reader.items(at, "SegmentSet") {
        if reader.find(item, "SegmentUrl").is_some() {
            outputs.extend(output(reader, item, OutputKind::Rendition));
        }
    }
    if kind == OutputKind::Other {
        outputs.extend(listed(reader, at, "SubtitleSet", OutputKind::Other));
    }
    outputs
}

/// Reads one object as a product; `None` when it names none.
pub(super) fn output(reader: &mut Reader<'_>, at: NodeId, kind: OutputKind) -> Option<Output> {
    let mut output = Output {
        kind,
        url: reader.first_text(at, URLS),
        file_id: reader.text(at, "FileId"),
        pictures: pictures(reader, at),
        vtt_url: reader.text(at, "WebVttUrl"),
        node: at,
        ..Output::default()
    };
    if kind == OutputKind::Cover {
        output.url = output.url.or_else(|| reader.text(at, "imageUrl"));
        let picture = output.url.clone().map(|url| Picture {
            url,
            offset_secs: None,
        });
        output.pictures.extend(picture);
    }
    read_properties(reader, at, &mut output);
    let is_named = output.url.is_some() || output.file_id.is_some() || output.vtt_url.is_some();
    let tells_media = kind != OutputKind::Other && output.size_bytes.is_some();
    (is_named || tells_media || !output.pictures.is_empty()).then_some(output)
}

fn listed(reader: &mut Reader<'_>, at: NodeId, list: &str, kind: OutputKind) -> Vec<Output> {
    let mut outputs = Vec::new();
    for item in reader.items(at, list) {
        outputs.extend(output(reader, item, kind));
        // A split part wraps its product once more.
        if let Some(inner) = reader.object(item, "Output") {
            outputs.extend(output_with_basics(reader, inner, kind));
        }
    }
    outputs
}

/// A product told as `{FileId, MediaBasicInfo}`.
fn output_with_basics(reader: &mut Reader<'_>, at: NodeId, kind: OutputKind) -> Option<Output> {
    let basics = reader.object(at, "MediaBasicInfo");
    let mut output = output(reader, at, kind)?;
    if let Some(basics) = basics {
        output.url = output.url.or_else(|| reader.text(basics, "MediaUrl"));
        output.container = output.container.or_else(|| reader.text(basics, "Type"));
    }
    Some(output)
}

fn read_properties(reader: &mut Reader<'_>, at: NodeId, output: &mut Output) {
    output.definition = reader.integer(at, "Definition");
    output.container = reader.first_text(at, &["Container", "FileType", "Format"]);
    output.width = reader.unsigned(at, "Width");
    output.height = reader.unsigned(at, "Height");
    output.bitrate_bps = reader.unsigned(at, "Bitrate");
    output.size_bytes = reader.unsigned(at, "Size");
    output.duration_secs = reader.number(at, "Duration");
    output.md5 = reader.text(at, "Md5");
    output.video_streams = video_streams(reader, at);
    output.audio_streams = audio_streams(reader, at);
    if let Some(meta) = reader.object(at, "MetaData") {
        add_metadata(reader, meta, output);
    }
    if output.kind == OutputKind::Adaptive {
        output.package = reader.text(at, "Package").or(output.container.take());
        output.drm = reader.text(at, "DrmType");
        output.rungs = rungs(reader, at);
    }
    if output.kind == OutputKind::Sprites {
        output.sprite_cells = reader.unsigned(at, "TotalCount");
    }
    output.interval = interval(reader, at);
    peek_at_pictures(reader, at, output);
}

/// What only the previews show; it stays among the facts as well.
fn peek_at_pictures(reader: &mut Reader<'_>, at: NodeId, output: &mut Output) {
    output.cover = reader.peek_text(at, "CovImgUrl");
    output.confidence = reader.peek_number(at, "Confidence");
    output.range_secs = range(reader, at).or_else(|| {
        // A highlight tells where it is by the stretches it is made of.
        let parts = reader.items(at, "SegmentSet");
        let first = range(reader, *parts.first()?)?;
        let last = range(reader, *parts.last()?)?;
        Some((first.0, last.1))
    });
    output.expires = reader.peek_time(at, "ExpireTime");
}

fn range(reader: &mut Reader<'_>, at: NodeId) -> Option<(f64, f64)> {
    let begin = reader.peek_number(at, "StartTimeOffset")?;
    Some((begin, reader.peek_number(at, "EndTimeOffset")?))
}

/// What the product's own `MetaData` says; the product's members say it first.
pub(super) fn add_metadata(reader: &mut Reader<'_>, at: NodeId, output: &mut Output) {
    let media = media(reader, at);
    output.size_bytes = output.size_bytes.or(media.size_bytes);
    output.container = output.container.take().or(media.container);
    output.width = output.width.or(media.width);
    output.height = output.height.or(media.height);
    output.bitrate_bps = output.bitrate_bps.or(media.bitrate_bps);
    output.duration_secs = output.duration_secs.or(media.duration_secs);
    output.md5 = output.md5.take().or(media.md5);
    if output.video_streams.is_empty() {
        output.video_streams = media.video_streams;
    }
    if output.audio_streams.is_empty() {
        output.audio_streams = media.audio_streams;
    }
}

fn rungs(reader: &mut Reader<'_>, at: NodeId) -> Vec<Rung> {
    let items = reader.items(at, "SubStreamSet");
    items
        .into_iter()
        .map(|item| Rung {
            kind: reader.text(item, "Type"),
            width: reader.unsigned(item, "Width"),
            height: reader.unsigned(item, "Height"),
            size_bytes: reader.unsigned(item, "Size"),
        })
        .collect()
}

/// `SampleType` with `Interval`: `Percent 10`.
fn interval(reader: &mut Reader<'_>, at: NodeId) -> Option<String> {
    let unit = reader.text(at, "SampleType");
    let step = reader.scalar(at, "Interval");
    match (unit, step) {
        (Some(unit), Some(step)) => Some(format!("{unit} {step}")),
        (unit, step) => unit.or(step),
    }
}

fn pictures(reader: &mut Reader<'_>, at: NodeId) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for list in ["PicInfoSet", "SnapshotInfoSet", "imgInfo"] {
        for item in reader.items(at, list) {
            pictures.extend(timed_picture(reader, item));
        }
    }
    for list in ["ImageUrlSet", "ImageSpriteUrlSet", "urlList"] {
        let urls = reader.texts(at, list);
        pictures.extend(urls.into_iter().map(|url| Picture {
            url,
            offset_secs: None,
        }));
    }
    pictures
}

/// A picture with its place in the video, which is told in milliseconds.
fn timed_picture(reader: &mut Reader<'_>, at: NodeId) -> Option<Picture> {
    let url = reader.text(at, "Url")?;
    let offset = reader.number(at, "TimeOffset");
    Some(Picture {
        url,
        offset_secs: offset.map(|millis| millis / 1000.0),
    })
}
