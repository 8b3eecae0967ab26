//! The source's properties in two columns.

use egui::{Align, Layout, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::model::{Detail, Media, Outcome};
use crate::text::{Text, detail as say, format};
use crate::ui::theme::{self, HAIRLINE, S4, S8, S12, S24};
use crate::ui::widgets::{
    Button, CopyAsk, Line, Offers, caption, lead, memo, named, paint_line, value_menu, wrapped,
};
use crate::ui::{Actions, Cx, icons};

use super::template_words::template_words;
use super::values::{copy, within};

const ROW: f32 = 25.5;
/// Two columns stand side by side from this width on.
const TWO_COLUMNS: f32 = 400.0;

/// One property; `None` stands for what the event does not say.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) value: Option<String>,
    /// The same in another unit, in grey before it.
    pub(super) aside: String,
    /// What copying gives.
    pub(super) exact: String,
}

/// What is shown of the source.
#[derive(Debug)]
pub(super) struct MediaRows {
    pub(super) properties: Vec<Property>,
    pub(super) file_url: Option<String>,
    /// "Cover: at 50 s, `CoverBySnapshot` 10".
    pub(super) cover_from: String,
}

/// Builds the properties; none without metadata.
pub(super) fn rows(detail: &Detail, text: &Text) -> MediaRows {
    MediaRows {
        properties: detail
            .media
            .as_ref()
            .map_or_else(Vec::new, |media| properties(media, text)),
        file_url: detail.file_url.clone().filter(|url| !url.is_empty()),
        cover_from: cover_from(detail, text),
    }
}

fn property(name: &'static str, value: Option<String>) -> Property {
    let exact = value.clone().unwrap_or_default();
    Property {
        name,
        value,
        aside: String::new(),
        exact,
    }
}

fn properties(media: &Media, text: &Text) -> Vec<Property> {
    let words = text.detail;
    let size = media
        .size_bytes
        .map(|bytes| (format::size(bytes), bytes.to_string()));
    let mut list = vec![
        duration(words.duration, media.duration_secs),
        with_exact(words.size, size),
        resolution(media, text),
        property(
            words.container,
            media.container.clone().filter(|name| !name.is_empty()),
        ),
        bitrate(media, text),
        property(words.md5, media.md5.clone().filter(|md5| !md5.is_empty())),
        rotate(media, text),
    ];
    // Streams that end apart are worth seeing.
    let parts = [media.video_duration_secs, media.audio_duration_secs];
    if let (Some(video), Some(audio)) = (parts[0], parts[1])
        && video > 0.0
        && audio > 0.0
        && (video - audio).abs() > 1.0
    {
        list.push(duration(words.video_duration, Some(video)));
        list.push(duration(words.audio_duration, Some(audio)));
    }
    list
}

fn duration(name: &'static str, secs: Option<f64>) -> Property {
    Property {
        aside: secs.map_or(String::new(), format::seconds),
        exact: secs.map_or(String::new(), |secs| secs.to_string()),
        ..property(name, secs.map(format::duration))
    }
}

fn with_exact(name: &'static str, value: Option<(String, String)>) -> Property {
    let (value, exact) = value.unzip();
    Property {
        exact: exact.unwrap_or_default(),
        ..property(name, value)
    }
}

fn sides(media: &Media) -> Option<(u64, u64)> {
    let sides = media.width.zip(media.height);
    sides.filter(|(width, height)| *width > 0 && *height > 0)
}

fn resolution(media: &Media, text: &Text) -> Property {
    let short = sides(media).map(|(width, height)| format::short_side(width, height));
    // Sound alone is told as 0×0, which is not the same as not being told.
    let told = media.width.zip(media.height);
    let value = told.map(|(width, height)| format::resolution(width, height));
    Property {
        aside: short.unwrap_or_default(),
        ..property(text.detail.resolution, value)
    }
}

fn bitrate(media: &Media, text: &Text) -> Property {
    let words = text.detail;
    let Some(bps) = media.bitrate_bps else {
        return property(words.bitrate, None);
    };
    if media.bitrate_unit_unknown {
        return Property {
            aside: words.unit_unknown.to_owned(),
            ..property(words.bitrate, Some(bps.to_string()))
        };
    }
    with_exact(words.bitrate, Some((format::bitrate(bps), bps.to_string())))
}

fn rotate(media: &Media, text: &Text) -> Property {
    let degrees = media.rotate_degrees;
    let turned = degrees.is_some_and(|degrees| degrees.rem_euclid(180) == 90);
    let shown = sides(media).filter(|_| turned);
    let aside = shown.map_or(String::new(), |(width, height)| {
        format!(
            "{} {}",
            text.detail.shown_as,
            format::resolution(height, width)
        )
    });
    Property {
        aside,
        ..property(
            text.detail.rotate,
            degrees.map(|degrees| format!("{degrees}°")),
        )
    }
}

fn cover_from(detail: &Detail, text: &Text) -> String {
    let mut subs = detail.sub_tasks.iter();
    let made = subs.find(|sub| sub.kind == "CoverBySnapshot" && sub.outcome == Outcome::Succeeded);
    let Some(sub) = made.filter(|_| !detail.cover_urls.is_empty()) else {
        return String::new();
    };
    let number = sub
        .definition
        .map_or(String::new(), |number| format!(" {number}"));
    let words = template_words(sub, text);
    let separator = text.lang.pick(", ", "，");
    say::cover_from(
        text.lang,
        &format!("{words}{separator}{}{number}", sub.kind),
    )
}

pub(super) fn media_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    let rows = memo(ui, "media", cx.detail_stamp(), || rows(detail, cx.text));
    ui.horizontal(|ui| {
        lead(ui, cx.text.detail.source);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            caption(ui, &rows.cover_from)
        });
    });
    ui.add_space(S4);
    if rows.properties.is_empty() {
        wrapped(
            ui,
            cx.text.detail.no_metadata,
            theme::small(),
            cx.palette.text_2,
        );
        ui.add_space(S8);
        url_alone_ui(ui, cx, &rows, out);
        return;
    }
    let columns: usize = if ui.available_width() >= TWO_COLUMNS {
        2
    } else {
        1
    };
    let count = rows.properties.len() + 1;
    let lines = count.div_ceil(columns);
    let size = vec2(ui.available_width(), ROW * lines as f32);
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = (area.width() - S24 * (columns - 1) as f32) / columns as f32;
    for at in 0..count {
        let left = area.left() + (at % columns) as f32 * (width + S24);
        let top = area.top() + (at / columns) as f32 * ROW;
        let rect = Rect::from_min_size(pos2(left, top), vec2(width, ROW));
        if at / columns + 1 < lines {
            let line = Stroke::new(HAIRLINE, cx.palette.line);
            ui.painter()
                .hline(rect.x_range(), rect.bottom() - 0.5, line);
        }
        match rows.properties.get(at) {
            Some(property) => property_ui(ui, cx, (rect, at), property, out),
            None => source_file_ui(ui, cx, rect, &rows, out),
        }
    }
}

fn property_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    (rect, at): (Rect, usize),
    property: &Property,
    out: &mut Actions,
) {
    let p = cx.palette;
    let key = Line::new(property.name, theme::small(), p.text_3);
    let key = paint_line(ui.painter(), rect, Align::Min, &key);
    let room = rect.with_min_x(key.rect.right() + S12);
    let id = ui.scope_id().with(("property", at));
    let response = ui.interact(rect, id, Sense::CLICK);
    let Some(value) = &property.value else {
        let line = Line::new(cx.text.detail.not_in_event, theme::small(), p.text_3);
        paint_line(ui.painter(), room, Align::Max, &line);
        named(
            &response,
            egui::Role::Label,
            &format!("{}: {}", property.name, cx.text.detail.not_in_event),
        );
        return;
    };
    named(
        &response,
        egui::Role::Label,
        &format!("{}: {value} {}", property.name, property.aside),
    );
    let painted = paint_line(
        ui.painter(),
        room,
        Align::Max,
        &Line::new(value, theme::mono(), p.text),
    );
    if !property.aside.is_empty() && !painted.cut {
        let room = room.with_max_x(painted.rect.left() - 6.0);
        let line = Line::new(&property.aside, theme::mono_small(), p.text_3);
        paint_line(ui.painter(), room, Align::Max, &line);
    }
    if value_menu(&response, cx.text.chrome, Offers::default()) == Some(CopyAsk::Copy) {
        copy(out, property.name, &property.exact);
    }
    if painted.cut || property.exact != *value {
        response.on_hover_text(&property.exact);
    }
}

fn source_file_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, rows: &MediaRows, out: &mut Actions) {
    let p = cx.palette;
    let key = Line::new(cx.text.detail.source_file, theme::small(), p.text_3);
    paint_line(ui.painter(), rect, Align::Min, &key);
    if rows.file_url.is_some() {
        within(
            ui,
            ("source-file", rect),
            Layout::right_to_left(Align::Center),
            |ui| {
                url_ui(ui, cx, rows, out);
            },
        );
    } else {
        let line = Line::new(cx.text.detail.not_in_event, theme::small(), p.text_3);
        paint_line(ui.painter(), rect, Align::Max, &line);
    }
}

fn url_alone_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &MediaRows, out: &mut Actions) {
    if rows.file_url.is_some() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            caption(ui, cx.text.detail.source_file);
            url_ui(ui, cx, rows, out);
        });
    }
}

fn url_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &MediaRows, out: &mut Actions) {
    let Some(url) = &rows.file_url else { return };
    let link = Button::link(cx.text.detail.copy_url).icon(icons::COPY);
    if ui.add(link).on_hover_text(url).clicked() {
        copy(out, cx.text.detail.source_file, url);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::ui::panels::detail::testing::{sample, text};

    fn lines(file: &str) -> String {
        let rows = rows(&sample(file), &text(Lang::En));
        let properties = rows.properties.iter().map(|property| {
            let value = property.value.as_deref().unwrap_or("not in this event");
            format!(
                "{}: {} {} ({})",
                property.name, property.aside, value, property.exact
            )
        });
        let mut lines: Vec<String> = properties.collect();
        lines.push(rows.cover_from);
        lines.join("\n")
    }

    #[test]
    fn a_source_is_told_in_readable_and_exact_numbers() {
        insta::assert_snapshot!(lines("03-every-result.json"));
    }

    #[test]
    fn a_turned_source_tells_its_shown_size() {
        insta::assert_snapshot!(lines("06-running.json"));
    }

    #[test]
    fn sound_alone_is_told_as_it_stands() {
        insta::assert_snapshot!(lines("05-all-failed.json"));
    }
}
