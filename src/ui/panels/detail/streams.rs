//! The source's streams.

use egui::{Align, Rangef, Rect, Ui, vec2};

use crate::model::{AudioStream, Detail, Media, VideoStream};
use crate::text::{Text, format};
use crate::ui::theme::{self, ICON_INLINE, S4, S8, S16};
use crate::ui::widgets::{
    Column, Line, bar, cell, header_row, label, lead, memo, paint_line, paint_number, table_row,
};
use crate::ui::{Cx, icons};

use super::flush_columns;

const ROW: f32 = 28.0;
const BAR: egui::Vec2 = vec2(38.0, 4.0);

/// One stream as it is drawn.
#[derive(Debug)]
pub(super) struct StreamRow {
    icon: &'static str,
    pub(super) name: String,
    pub(super) codec: String,
    pub(super) format: String,
    /// The dynamic range or the codec tag.
    pub(super) aside: String,
    pub(super) fps: Option<String>,
    pub(super) bitrate: Option<String>,
    /// Of the bitrate of all streams.
    pub(super) share: Option<f64>,
}

/// Builds the rows: pictures, then sound.
pub(super) fn rows(detail: &Detail, text: &Text) -> Vec<StreamRow> {
    let Some(media) = &detail.media else {
        return Vec::new();
    };
    let whole = whole_bitrate(media);
    let video = media.video_streams.iter().enumerate();
    let video = video.map(|(at, stream)| video_row(media, (at, stream), whole, text));
    let audio = media.audio_streams.iter().enumerate();
    let audio = audio.map(|(at, stream)| audio_row(media, (at, stream), whole, text));
    video.chain(audio).collect()
}

/// Shares are only told where every stream tells its bitrate.
fn whole_bitrate(media: &Media) -> Option<u64> {
    let video = media.video_streams.iter().map(|stream| stream.bitrate_bps);
    let audio = media.audio_streams.iter().map(|stream| stream.bitrate_bps);
    let whole: Option<u64> = video.chain(audio).sum();
    whole.filter(|whole| *whole > 0)
}

fn video_row(
    media: &Media,
    (at, stream): (usize, &VideoStream),
    whole: Option<u64>,
    text: &Text,
) -> StreamRow {
    let sides = stream.width.zip(stream.height);
    let hdr = stream.hdr_type.as_deref().filter(|kind| !kind.is_empty());
    StreamRow {
        icon: icons::FILM_STRIP,
        name: format!("{} {at}", text.detail.video),
        codec: stream.codec.clone().unwrap_or_default(),
        format: sides.map_or(String::new(), |(width, height)| {
            format::resolution(width, height)
        }),
        aside: hdr
            .or(stream.dynamic_range.as_deref())
            .unwrap_or_default()
            .to_owned(),
        fps: stream.fps.map(format::plain),
        bitrate: bitrate(media, stream.bitrate_bps),
        share: share(stream.bitrate_bps, whole),
    }
}

fn audio_row(
    media: &Media,
    (at, stream): (usize, &AudioStream),
    whole: Option<u64>,
    text: &Text,
) -> StreamRow {
    let rate = stream.sample_rate_hz.filter(|hz| *hz > 0);
    StreamRow {
        icon: icons::SPEAKER_HIGH,
        name: format!("{} {at}", text.detail.audio),
        codec: stream.codec.clone().unwrap_or_default(),
        format: rate.map_or(String::new(), |hz| {
            format!("{} kHz", format::plain(hz as f64 / 1e3))
        }),
        aside: String::new(),
        fps: None,
        bitrate: bitrate(media, stream.bitrate_bps),
        share: share(stream.bitrate_bps, whole),
    }
}

fn bitrate(media: &Media, bps: Option<u64>) -> Option<String> {
    let print = if media.bitrate_unit_unknown {
        |bps: u64| bps.to_string()
    } else {
        format::bitrate
    };
    bps.map(print)
}

fn share(bps: Option<u64>, whole: Option<u64>) -> Option<f64> {
    Some(bps? as f64 / whole? as f64)
}

const COLUMNS: [Column; 6] = [
    Column::new(120.0, 2.0, 9, Align::Min),
    Column::new(80.0, 1.0, 8, Align::Min),
    Column::new(130.0, 1.4, 7, Align::Min),
    Column::new(50.0, 0.2, 4, Align::Max),
    Column::new(90.0, 0.4, 6, Align::Max),
    Column::new(130.0, 0.2, 3, Align::Max),
];

pub(super) fn streams_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(detail) = cx.detail().filter(|detail| detail.media.is_some()) else {
        return;
    };
    let rows = memo(ui, "streams", cx.detail_stamp(), || rows(detail, cx.text));
    lead(ui, cx.text.detail.streams);
    ui.add_space(S4);
    if rows.is_empty() {
        let line = Line::new(cx.text.detail.no_streams, theme::small(), cx.palette.text_2);
        label(ui, &line);
    } else {
        table_ui(ui, cx, &rows);
    }
    ui.add_space(S16);
}

fn table_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[StreamRow]) {
    let words = cx.text.detail;
    let places = flush_columns(ui.available_width(), &COLUMNS);
    let names = [
        (words.stream, Align::Min),
        (words.codec, Align::Min),
        (words.format, Align::Min),
        (words.fps, Align::Max),
        (words.bitrate, Align::Max),
        (words.share_of_bitrate, Align::Max),
    ];
    header_row(ui, &names, &places);
    for row in rows {
        let spoken = format!("{} {} {} {}", row.name, row.codec, row.format, row.aside);
        let (rect, _) = table_row(ui, ROW, false, &spoken);
        row_ui(ui, cx, rect, &places, row);
    }
}

fn row_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, places: &[Option<Rangef>], row: &StreamRow) {
    let p = cx.palette;
    let painter = ui.painter();
    let place = |index: usize| cell(rect, places.get(index).copied().flatten());
    if let Some(rect) = place(0) {
        let icon = rect.with_max_x(rect.left() + ICON_INLINE);
        let line = Line::new(row.icon, theme::icon(ICON_INLINE), p.text_3);
        paint_line(painter, icon.expand(S4), Align::Center, &line);
        let line = Line::new(&row.name, theme::body(), p.text);
        paint_line(
            painter,
            rect.with_min_x(icon.right() + S8),
            Align::Min,
            &line,
        );
    }
    if let Some(rect) = place(1) {
        paint_line(
            painter,
            rect,
            Align::Min,
            &Line::new(&row.codec, theme::mono(), p.text),
        );
    }
    if let Some(rect) = place(2) {
        let line = Line::new(&row.format, theme::mono(), p.text);
        let format = paint_line(painter, rect, Align::Min, &line);
        let room = rect.with_min_x((format.rect.right() + S8).min(rect.right()));
        paint_line(
            painter,
            room,
            Align::Min,
            &Line::new(&row.aside, theme::small(), p.text_3),
        );
    }
    if let Some(rect) = place(3) {
        paint_number(painter, rect, row.fps.as_deref(), p);
    }
    if let Some(rect) = place(4) {
        paint_number(painter, rect, row.bitrate.as_deref(), p);
    }
    if let Some(rect) = place(5) {
        share_ui(ui, cx, rect, row);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
fn share_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &StreamRow) {
    let p = cx.palette;
    let words = row.share.map(format::percent);
    let painted = paint_number(ui.painter(), rect, words.as_deref(), p);
    if let Some(share) = row.share {
        let right = painted.rect.left().min(rect.right() - 44.0) - S8;
        let track = Rect::from_center_size(rect.center(), BAR);
        let track = track.translate(vec2(right - track.right(), 0.0));
        bar(ui.painter(), track, share as f32, p.text_3, p);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::ui::panels::detail::testing::{sample, text};

    #[test]
    fn streams_share_the_bitrate() {
        let rows = rows(&sample("04-partly-failed.json"), &text(Lang::En));
        let lines: Vec<String> = rows
            .iter()
            .map(|row| {
                let share = row.share.map(format::percent);
                format!(
                    "{} | {} | {} {} | {:?} | {:?} | {share:?}",
                    row.name, row.codec, row.format, row.aside, row.fps, row.bitrate
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
