//! Pictures to go with the sample events: drawn when they are asked for, so that no file needs to
//! be kept, each video in its own landscape and each snapshot at its own time.

use std::fmt::Write as _;
use std::time::Duration;

use image::{ImageFormat, RgbaImage};

use super::http::{Answer, Request};
use super::moving;

mod links;
mod scene;

pub(crate) use links::with_own_pictures;

use scene::Scene;

/// Where they are.
const ROOT: &str = "/pictures/";

/// A snapshot's size.
const SNAPSHOT: (u32, u32) = (960, 540);
/// An animation's size, its frames, and the time that passes between two, in milliseconds.
const ANIMATION: (u32, u32) = (480, 270);
const FRAMES: u32 = 24;
const FRAME_MS: u32 = 120;

/// Cells in a row of a sprite sheet.
const COLUMNS: u32 = 10;

/// How long a picture that is slow keeps its reader waiting: longer than is comfortable, and short
/// of where a reader gives up.
const SLOW: Duration = Duration::from_secs(6);

const DENIED: &str =
    "<html><body><h1>403 Forbidden</h1>Referer is not in the whitelist</body></html>";
const LOGIN: &str = "<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>";

/// What goes back for a picture's path, and how long it is held back; `None` for other paths.
pub(super) fn answer(request: &Request) -> Option<(Answer, Duration)> {
    let rest = request.path.strip_prefix(ROOT)?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let asked = Asked { path, query };
    Some(match asked.text("answer") {
        Some("403") => (Answer::page(403, DENIED), Duration::ZERO),
        Some("page") => (Answer::page(200, LOGIN), Duration::ZERO),
        Some("slow") => (asked.drawn(), SLOW),
        _ => (asked.drawn(), Duration::ZERO),
    })
}

/// A path and what its query says of the picture.
struct Asked<'a> {
    path: &'a str,
    query: &'a str,
}

impl Asked<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        let mut members = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        members
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.text(name)?.parse().ok()
    }

    /// Width and height of a sprite sheet's cell.
    fn cell(&self) -> Option<(u32, u32)> {
        let (width, height) = self.text("cell")?.split_once('x')?;
        let side = |text: &str| text.parse().ok().filter(|side| (1..=320).contains(side));
        Some((side(width)?, side(height)?))
    }

    fn drawn(&self) -> Answer {
        let (_, extension) = self.path.rsplit_once('.').unwrap_or_default();
        match extension {
            "vtt" => Answer::file("text/vtt; charset=utf-8", self.cues().into_bytes()),
            "gif" => Answer::file("image/gif", moving::gif(&self.frames())),
            "webp" => Answer::file("image/webp", moving::webp(&self.frames())),
            "png" => self.still("image/png", ImageFormat::Png),
            "bmp" => self.still("image/bmp", ImageFormat::Bmp),
            "jpg" | "jpeg" => self.still("image/jpeg", ImageFormat::Jpeg),
            _ => Answer::page(404, "<html><body>Not found</body></html>"),
        }
    }

    fn still(&self, content_type: &'static str, format: ImageFormat) -> Answer {
        let image = match self.cell() {
            Some(cell) => self.sheet(cell),
            None => self.scene().draw(SNAPSHOT, self.secs()),
        };
        Answer::file(content_type, moving::encoded(&image, format))
    }

    /// All pictures of a folder's folder are of one video.
    fn scene(&self) -> Scene {
        let video = self.path.split('/').rev().nth(2).unwrap_or(self.path);
        Scene::of(video)
    }

    /// The time in the video; pictures that tell none differ by their names.
    fn secs(&self) -> f32 {
        let told = self.text("t").and_then(|text| text.parse().ok());
        told.unwrap_or_else(|| {
            let sum: u32 = self.path.bytes().map(u32::from).sum();
            (sum % 600) as f32
        })
    }

    fn frames(&self) -> Vec<moving::Still> {
        let scene = self.scene();
        let frame = |at: u32| {
            let secs = self.secs() + at as f32 * FRAME_MS as f32 / 1000.0;
            (scene.draw(ANIMATION, secs), FRAME_MS)
        };
        (0..FRAMES).map(frame).collect()
    }

    /// So many cells in rows, each for its time.
    fn sheet(&self, cell: (u32, u32)) -> RgbaImage {
        let scene = self.scene();
        let count = self.number("cells").unwrap_or(100).clamp(1, 400);
        let rows = count.div_ceil(COLUMNS);
        let mut sheet = RgbaImage::new(cell.0 * COLUMNS.min(count), cell.1 * rows);
        for at in 0..count {
            let number = self.number("first").unwrap_or_default().saturating_add(at);
            let picture = scene.draw(cell, (number * self.every()) as f32);
            let (column, row) = (at % COLUMNS, at / COLUMNS);
            let (x, y) = (column * cell.0, row * cell.1);
            image::imageops::replace(&mut sheet, &picture, x.into(), y.into());
        }
        sheet
    }

    /// Seconds from one cell to the next.
    fn every(&self) -> u32 {
        self.number("every").unwrap_or(10).clamp(1, 3600)
    }

    /// Where each cell is, in sheets that stand beside this file.
    fn cues(&self) -> String {
        let (width, height) = self.cell().unwrap_or((142, 80));
        let per_sheet = self.number("cells").unwrap_or(100).max(1);
        let total = self.number("total").unwrap_or_default().min(20_000);
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let name = name.trim_end_matches(".vtt");
        let mut text = "WEBVTT\n".to_owned();
        for number in 0..total {
            let (sheet, at) = (number / per_sheet, number % per_sheet);
            let cells = per_sheet.min(total - sheet * per_sheet);
            let first = sheet * per_sheet;
            let (x, y) = (at % COLUMNS * width, at / COLUMNS * height);
            let times = [number, number + 1].map(|cell| clock(cell * self.every()));
            let [from, to] = times;
            let query = links::sheet_query((width, height), cells, first, self.every());
            // Writing to a string cannot fail.
            let _infallible = write!(
                text,
                "\n{from} --> {to}\n{name}_{sheet}.jpg?{query}#xywh={x},{y},{width},{height}\n",
            );
        }
        text
    }
}

fn clock(secs: u32) -> String {
    format!(
        "{:02}:{:02}:{:02}.000",
        secs / 3600,
        secs / 60 % 60,
        secs % 60
    )
}
