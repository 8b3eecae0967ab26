//! A detail as short text, for snapshots and for comparing two details without their places.

use std::fmt::Write as _;

use vodscope::model::{AudioStream, Detail, Fact, Media, Moderation, Output, SubTask, VideoStream};

/// Everything a detail says, a line for each part; parts that say nothing are left out.
pub(crate) fn render(detail: &Detail) -> String {
    let mut out = String::new();
    line(
        &mut out,
        "event",
        &[
            Some(detail.format.name().to_owned()),
            Some(detail.event_type.clone()),
            said("handle", detail.event_handle.as_ref()),
        ],
    );
    out.push_str(&render_content(detail));
    out
}

/// Like [`render`], without what depends on the envelope.
pub(crate) fn render_content(detail: &Detail) -> String {
    let mut out = String::new();
    render_state(&mut out, detail);
    render_file(&mut out, detail);
    if let Some(media) = &detail.media {
        line(&mut out, "media", &media_parts(media));
    }
    for sub_task in &detail.sub_tasks {
        render_sub_task(&mut out, sub_task);
    }
    render_request(&mut out, detail);
    moderation(&mut out, "moderation", detail.moderation.as_ref());
    for url in &detail.cover_urls {
        let _ = writeln!(out, "cover {}", tail(url));
    }
    for link in &detail.links {
        let _ = writeln!(out, "link {:?} {}", link.relation, link.id);
    }
    for fact in &detail.facts {
        let _ = writeln!(out, "fact {}", fact_text(fact));
    }
    for note in &detail.notes {
        let _ = writeln!(out, "note {note:?}");
    }
    out
}

fn render_state(out: &mut String, detail: &Detail) {
    line(
        out,
        "task",
        &[
            detail.task_id.clone(),
            detail.status.clone(),
            Some(format!("→ {}", detail.verdict.name())),
            said("code", detail.err_code.as_ref()),
            said("ext", detail.err_code_ext.as_ref()),
            said("message", detail.message.as_ref()),
            said("progress", detail.progress.as_ref()),
            said("create", detail.create.as_ref()),
            said("begin", detail.begin.as_ref()),
            said("finish", detail.finish.as_ref()),
        ],
    );
}

fn render_file(out: &mut String, detail: &Detail) {
    line(
        out,
        "file",
        &[
            detail.file_id.clone(),
            detail.file_name.clone(),
            detail.file_url.as_deref().map(tail),
        ],
    );
}

fn render_request(out: &mut String, detail: &Detail) {
    let request = &detail.request;
    line(
        out,
        "request",
        &[
            said("mode", request.notify_mode.as_ref()),
            said("priority", request.priority.as_ref()),
            said("session", request.session_id.as_ref()),
            said("context", request.session_context.as_ref()),
            request
                .session_context_decoded
                .as_ref()
                .map(|decoded| format!("{decoded:?}")),
            said("operator", request.operator.as_ref()),
            said("operation", request.operation_type.as_ref()),
        ],
    );
}

fn media_parts(media: &Media) -> Vec<Option<String>> {
    vec![
        media.container.clone(),
        size(media.width, media.height),
        said("secs", media.duration_secs.as_ref()),
        said("video", media.video_duration_secs.as_ref()),
        said("audio", media.audio_duration_secs.as_ref()),
        said("bytes", media.size_bytes.as_ref()),
        said("bps", media.bitrate_bps.as_ref()),
        said("rotate", media.rotate_degrees.as_ref()),
        said("md5", media.md5.as_ref()),
        video_streams(&media.video_streams),
        audio_streams(&media.audio_streams),
        media.bitrate_unit_unknown.then(|| "unit?".to_owned()),
    ]
}

fn render_sub_task(out: &mut String, sub_task: &SubTask) {
    let name = format!("  {:?} {}", sub_task.set, sub_task.kind);
    line(
        out,
        &name,
        &[
            said("#", sub_task.definition.as_ref()),
            sub_task.status.clone(),
            Some(format!("→ {:?}", sub_task.outcome)),
            said("code", sub_task.err_code.as_ref()),
            said("code", sub_task.err_code_text.as_ref()),
            said("ext", sub_task.err_code_ext.as_ref()),
            said("message", sub_task.message.as_ref()),
            said("progress", sub_task.progress.as_ref()),
            said("begin", sub_task.begin.as_ref()),
            said("finish", sub_task.finish.as_ref()),
        ],
    );
    for fact in &sub_task.input {
        let _ = writeln!(out, "    input {}", fact_text(fact));
    }
    for output in &sub_task.outputs {
        render_output(out, output);
    }
    moderation(out, "    moderation", sub_task.moderation.as_ref());
}

fn render_output(out: &mut String, output: &Output) {
    line(
        out,
        &format!("    {:?}", output.kind),
        &[
            said("#", output.definition.as_ref()),
            output.url.as_deref().map(tail),
            said("file", output.file_id.as_ref()),
            output.container.clone(),
            output.package.clone(),
            said("drm", output.drm.as_ref()),
            size(output.width, output.height),
            said("bps", output.bitrate_bps.as_ref()),
            said("bytes", output.size_bytes.as_ref()),
            said("secs", output.duration_secs.as_ref()),
            said("md5", output.md5.as_ref()),
            video_streams(&output.video_streams),
            audio_streams(&output.audio_streams),
            said("cells", output.sprite_cells.as_ref()),
            output.vtt_url.as_deref().map(tail),
            said("every", output.interval.as_ref()),
        ],
    );
    for rung in &output.rungs {
        line(
            out,
            "      rung",
            &[
                rung.kind.clone(),
                size(rung.width, rung.height),
                said("bytes", rung.size_bytes.as_ref()),
            ],
        );
    }
    for picture in &output.pictures {
        let offset = said("at", picture.offset_secs.as_ref());
        line(out, "      picture", &[Some(tail(&picture.url)), offset]);
    }
}

fn moderation(out: &mut String, name: &str, moderation: Option<&Moderation>) {
    let Some(moderation) = moderation else { return };
    line(
        out,
        name,
        &[
            moderation.suggestion.clone(),
            moderation.label.clone(),
            said("confidence", moderation.confidence.as_ref()),
            moderation.form.clone(),
            Some(format!("{} segments", moderation.segment_count)),
            moderation.segments_url.as_deref().map(tail),
        ],
    );
}

fn line(out: &mut String, name: &str, parts: &[Option<String>]) {
    let said: Vec<_> = parts.iter().flatten().map(String::as_str).collect();
    if !said.is_empty() {
        let _ = writeln!(out, "{name} {}", said.join(" | "));
    }
}

fn said<T: ToString>(name: &str, value: Option<&T>) -> Option<String> {
    value.map(|value| format!("{name} {}", value.to_string()))
}

fn size(width: Option<u64>, height: Option<u64>) -> Option<String> {
    (width.is_some() || height.is_some()).then(|| {
        let text = |side: Option<u64>| side.map_or("?".to_owned(), |side| side.to_string());
        format!("{}×{}", text(width), text(height))
    })
}

fn video_streams(streams: &[VideoStream]) -> Option<String> {
    let texts: Vec<_> = streams
        .iter()
        .map(|stream| {
            words(&[
                stream.codec.clone(),
                stream.codec_tag.clone(),
                size(stream.width, stream.height),
                unit(stream.fps.as_ref(), "fps"),
                unit(stream.bitrate_bps.as_ref(), "bps"),
                stream.dynamic_range.clone(),
                stream.hdr_type.clone(),
            ])
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join(" + "))
}

fn audio_streams(streams: &[AudioStream]) -> Option<String> {
    let texts: Vec<_> = streams
        .iter()
        .map(|stream| {
            words(&[
                stream.codec.clone(),
                unit(stream.sample_rate_hz.as_ref(), "Hz"),
                unit(stream.bitrate_bps.as_ref(), "bps"),
            ])
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join(" + "))
}

fn words(parts: &[Option<String>]) -> String {
    let said: Vec<_> = parts.iter().flatten().map(String::as_str).collect();
    said.join(" ")
}

fn unit<T: ToString>(value: Option<&T>, unit: &str) -> Option<String> {
    value.map(|value| value.to_string() + unit)
}

/// The last step of a URL: the rest is the same all over.
fn tail(url: &str) -> String {
    let last = url.rsplit('/').next().unwrap_or(url);
    format!("…/{last}")
}

fn fact_text(fact: &Fact) -> String {
    format!("{} = {}", fact.path, fact.value)
}
