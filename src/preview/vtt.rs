//! `WebVTT` files that tell where the cells of sprite sheets are and what times they stand for.
//!
//! Only that use of the format is read: a cue's text is the name of a picture, with the cell
//! behind `#xywh=`. A cue that cannot be read is left out and counted; the others stay.

use std::collections::HashMap;
use std::sync::Arc;

use super::resolve::resolve;
use crate::model::SpriteCue;

/// A file of cells for a day of video at one a second, with room to spare, is smaller.
pub(super) const MAX_BYTES: usize = 1 << 20;
const MAX_CUES: usize = 20_000;
/// A short name may stand for a long URL: what a file can make of a base is limited by both.
const MAX_SHEETS: usize = 1_000;
const MAX_URL: usize = 8 << 10;
/// Of all sheets together.
const MAX_URLS: usize = 256 << 10;

/// What such a file says.
pub(super) struct Parsed {
    /// By time.
    pub(super) cues: Vec<SpriteCue>,
    /// Cues that could not be read.
    pub(super) damaged: usize,
}

/// Reads the cues; names are resolved against `base_url`, the file's own.
pub(super) fn parse(text: &str, base_url: &str) -> Parsed {
    let mut parsed = Parsed {
        cues: Vec::new(),
        damaged: 0,
    };
    let mut sheets = Sheets {
        base_url,
        known: HashMap::new(),
        bytes: 0,
    };
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if is_comment(line) {
            lines.by_ref().find(|line| line.is_empty());
        } else if let Some((begin, rest)) = line.split_once("-->") {
            // The next line that is not empty would belong to another cue.
            let name = lines.next().unwrap_or_default();
            match cue(begin, rest, &mut sheets, name) {
                Some(cue) if parsed.cues.len() < MAX_CUES => parsed.cues.push(cue),
                _ => parsed.damaged += 1,
            }
        }
    }
    parsed
        .cues
        .sort_by(|a, b| a.start_secs.total_cmp(&b.start_secs));
    parsed
}

/// Blocks whose lines could look like cues.
fn is_comment(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        let rest = line.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    })
}

fn cue(begin: &str, rest: &str, sheets: &mut Sheets<'_>, name: &str) -> Option<SpriteCue> {
    let start_secs = secs(begin.trim())?;
    // Settings of a cue's place on the screen may follow.
    let end_secs = secs(rest.split_whitespace().next()?)?;
    let (name, fragment) = name.split_once('#').unwrap_or((name, ""));
    let cell = match fragment {
        "" => None,
        fragment => Some(cell(fragment)?),
    };
    (end_secs > start_secs && !name.is_empty()).then_some(())?;
    Some(SpriteCue {
        start_secs,
        end_secs,
        sheet: sheets.named(name)?,
        cell,
    })
}

/// `01:02:03.456` or `02:03.456`; some write a comma.
fn secs(text: &str) -> Option<f64> {
    let (clock, millis) = text.split_once(['.', ','])?;
    let mut parts = clock.split(':').rev();
    let (seconds, minutes) = (number(parts.next()?)?, number(parts.next()?)?);
    let hours = parts.next().map_or(Some(0), number)?;
    let is_clock = parts.next().is_none() && seconds < 60 && minutes < 60 && millis.len() == 3;
    is_clock.then_some(())?;
    let whole = f64::from(hours) * 3600.0 + f64::from(minutes * 60 + seconds);
    Some(whole + f64::from(number(millis)?) / 1000.0)
}

/// `xywh=160,90,160,90`, in pixels and with an area. Parts of a hundred are never used here.
fn cell(fragment: &str) -> Option<[u32; 4]> {
    let numbers = fragment.strip_prefix("xywh=")?;
    let numbers = numbers.strip_prefix("pixel:").unwrap_or(numbers);
    let mut numbers = numbers.split(',').map(number);
    let mut next = || numbers.next().flatten();
    let [x, y, width, height] = [next()?, next()?, next()?, next()?];
    let is_inside = x.checked_add(width).is_some() && y.checked_add(height).is_some();
    let is_area = width > 0 && height > 0 && numbers.next().is_none();
    (is_inside && is_area).then_some([x, y, width, height])
}

/// Digits alone: no sign, no spaces.
fn number(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(())?;
    text.parse().ok()
}

/// Names of sheets made whole, each kept once although a hundred cues repeat it.
struct Sheets<'a> {
    base_url: &'a str,
    known: HashMap<String, Arc<str>>,
    /// Of the URLs.
    bytes: usize,
}

impl Sheets<'_> {
    fn named(&mut self, name: &str) -> Option<Arc<str>> {
        if let Some(url) = self.known.get(name) {
            return Some(Arc::clone(url));
        }
        if self.known.len() >= MAX_SHEETS {
            return None;
        }
        let url: Arc<str> = resolve(self.base_url, name)?.into();
        if url.len() > MAX_URL || self.bytes + url.len() > MAX_URLS {
            return None;
        }
        self.bytes += url.len();
        self.known.insert(name.to_owned(), Arc::clone(&url));
        Some(url)
    }
}
