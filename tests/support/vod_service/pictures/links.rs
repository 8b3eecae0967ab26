//! Points the picture URLs of an event at this service.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ROOT;

/// Pictures that stand at these places of a wall do not come: each for another reason.
const TROUBLES: &[(usize, &str)] = &[(3, "403"), (5, "page"), (7, "slow")];
/// Walls of fewer pictures have no trouble.
const WALL: usize = 10;

/// Pictures of a video's template come so often.
const EVERY_SECS: u32 = 10;

/// The same text, whose pictures are at `origin` (`http://127.0.0.1:9080`). Everything else keeps
/// its bytes.
pub(crate) fn with_own_pictures(text: &str, origin: &str) -> String {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return text.to_owned();
    };
    let mut links = Links {
        root: format!("{origin}{ROOT}"),
        duration_secs: 60.0,
        found: BTreeMap::new(),
    };
    links.walk(&value);
    let piece = |piece| links.found.get(piece).map_or(piece, String::as_str);
    text.split('"').map(piece).collect::<Vec<_>>().join("\"")
}

/// What a sprite sheet's URL says of its cells.
pub(super) fn sheet_query(cell: (u32, u32), cells: u32, first: u32, every: u32) -> String {
    let (width, height) = cell;
    format!("cell={width}x{height}&cells={cells}&first={first}&every={every}")
}

struct Links {
    root: String,
    /// Of the video that is walked through.
    duration_secs: f64,
    found: BTreeMap<String, String>,
}

impl Links {
    fn walk(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(secs) = value.pointer("/MetaData/Duration").and_then(Value::as_f64) {
                    self.duration_secs = secs;
                }
                members.values().for_each(|member| self.walk(member));
                // After the plain links within, which these know more of.
                if value.get("WebVttUrl").is_some_and(Value::is_string) {
                    self.sprites(value);
                } else {
                    self.wall(value);
                }
                self.told_time(value);
                self.cover(value);
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            Value::String(url) if is_picture(url) => self.link(url, ""),
            _ => {}
        }
    }

    fn link(&mut self, url: &str, query: &str) {
        let Some((_, rest)) = url.split_once("://") else {
            return;
        };
        let (_, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mark = if query.is_empty() { "" } else { "?" };
        let own = format!("{}{path}{mark}{query}", self.root);
        self.found.insert(url.to_owned(), own);
    }

    /// Sheets, and the file that tells where their cells are.
    fn sprites(&mut self, output: &Value) {
        let number = |name: &str| {
            let number = output.get(name).and_then(Value::as_u64);
            u32::try_from(number.unwrap_or_default()).unwrap_or_default()
        };
        let cell = (number("Width").max(1), number("Height").max(1));
        let per_sheet = number("TotalCount").max(1);
        let urls = texts(output.get("ImageUrlSet"));
        let sheets = u32::try_from(urls.len()).unwrap_or_default();
        let most = per_sheet.saturating_mul(sheets);
        let least = per_sheet.saturating_mul(sheets.saturating_sub(1)) + 1;
        let total = match sheets {
            0 | 1 => most,
            _ => shots(self.duration_secs).clamp(least.min(most), most),
        };
        for (first, url) in (0..most).step_by(per_sheet as usize).zip(urls) {
            let cells = per_sheet.min(total - first);
            self.link(url, &sheet_query(cell, cells, first, EVERY_SECS));
        }
        if let Some(url) = output.get("WebVttUrl").and_then(Value::as_str) {
            let query = sheet_query(cell, per_sheet, 0, EVERY_SECS);
            self.link(url, &format!("{query}&total={total}"));
        }
    }

    /// Snapshots at even distances.
    fn wall(&mut self, output: &Value) {
        let urls = texts(output.get("ImageUrlSet"));
        let share = self.distance(output, urls.len());
        for (at, url) in urls.iter().enumerate() {
            let mut query = format!("t={:.0}", share * at as f64);
            let trouble = TROUBLES.iter().find(|(place, _)| *place == at);
            if let Some((_, answer)) = trouble.filter(|_| urls.len() >= WALL) {
                query.push_str("&answer=");
                query.push_str(answer);
            }
            self.link(url, &query);
        }
    }

    /// As the template tells it.
    fn distance(&self, output: &Value, urls: usize) -> f64 {
        let unit = output.get("SampleType").and_then(Value::as_str);
        let step = output.get("Interval").and_then(Value::as_f64);
        match (unit, step) {
            (Some("Percent"), Some(percent)) => self.duration_secs * percent / 100.0,
            (Some("Time"), Some(secs)) => secs,
            _ => self.duration_secs / urls.max(1) as f64,
        }
    }

    /// A cover, at the place that was asked for.
    fn cover(&mut self, task: &Value) {
        let asked = |name: &str| task.pointer(&format!("/Input/{name}"));
        let place = asked("PositionValue").and_then(Value::as_f64);
        let url = task.pointer("/Output/CoverUrl").and_then(Value::as_str);
        if let (Some(place), Some(url)) = (place, url) {
            let percent = asked("PositionType").and_then(Value::as_str) == Some("Percent");
            let share = if percent {
                self.duration_secs / 100.0
            } else {
                1.0
            };
            self.link(url, &format!("t={:.1}", place * share));
        }
    }

    /// One picture with its time beside it: milliseconds of a snapshot, seconds elsewhere.
    fn told_time(&mut self, item: &Value) {
        let member = |name: &str| item.get(name).and_then(Value::as_f64);
        let millis = member("TimeOffset").map(|millis| millis / 1000.0);
        let secs = millis.or_else(|| member("StartTimeOffset"));
        let url = item.get("Url").and_then(Value::as_str);
        if let (Some(secs), Some(url)) = (secs, url.filter(|url| is_picture(url))) {
            self.link(url, &format!("t={secs:.1}"));
        }
    }
}

fn is_picture(text: &str) -> bool {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    let extension = text.rsplit_once('.').map(|(_, extension)| extension);
    is_web
        && matches!(
            extension,
            Some("jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp")
        )
}

fn texts(list: Option<&Value>) -> Vec<&str> {
    let items = list.and_then(Value::as_array).map(Vec::as_slice);
    let items = items.unwrap_or_default().iter();
    items.filter_map(Value::as_str).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` takes the nearest number, and a video is no longer than years"
)]
fn shots(duration_secs: f64) -> u32 {
    (duration_secs / f64::from(EVERY_SECS)).ceil() as u32
}
