//! The cells of sprite sheets along the video, and the one that is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{PictureGroup, PictureState, Previews, SpriteFacts, host_of};
use crate::knowledge::template::{TemplateKind, preset};
use crate::model::{PictureKey, PictureSize, SpriteCue, SpriteSheetLayout};

/// An event may name any number of cells; no more than this are laid out of a group,
const MAX_CELLS: u32 = 20_000;
/// nor than this of all groups.
const MAX_CELLS_OF_ALL: usize = 100_000;

/// How it is known where cells are and which time they stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackSource {
    /// The `WebVTT` file tells both.
    Cues,
    /// Size and number of the cells and the template's interval tell.
    Layout,
    /// As [`Self::Layout`], with times spread evenly over the duration.
    #[default]
    Estimated,
}

/// All cells of a group's sheets, in the order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpriteTrack {
    pub cells: Vec<SpriteCell>,
    pub source: TrackSource,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SpriteCell {
    pub sheet: Arc<str>,
    /// Counted from 0 in the group; `None` for a sheet that the event does not name.
    pub sheet_index: Option<usize>,
    pub start_secs: Option<f64>,
    pub end_secs: Option<f64>,
    /// x, y, width, height in the sheet's pixels; `None` until the sheet's size is known.
    pub rect: Option<[u32; 4]>,
}

impl SpriteTrack {
    /// Whether a cell is on one of these sheets.
    pub(super) fn shows_any(&self, sheets: &BTreeSet<&str>) -> bool {
        self.cells.iter().any(|cell| sheets.contains(&*cell.sheet))
    }
}

/// Where the person stands on a track.
#[derive(Debug, Default)]
pub(super) struct Scrub {
    cell: usize,
    track: Arc<SpriteTrack>,
}

impl Previews {
    /// The cells of a group; `None` for one without sprites.
    pub fn track(&self, group: usize) -> Option<&Arc<SpriteTrack>> {
        self.scrubs.get(&group).map(|scrub| &scrub.track)
    }

    /// The cell that is looked at, counted from 0.
    pub fn cell(&self, group: usize) -> usize {
        self.scrubs.get(&group).map_or(0, |scrub| scrub.cell)
    }

    /// Width and height of a fetched picture's file.
    pub fn file_size(&self, url: &str) -> Option<(u32, u32)> {
        let first = PictureKey {
            url: url.into(),
            size: PictureSize::Within(0),
        };
        let sizes = self.states.range(first..);
        let mut sizes = sizes.take_while(|(key, _)| *key.url == *url);
        sizes.find_map(|(_, state)| match state {
            PictureState::Ready(info) if info.width > 0 => Some((info.width, info.height)),
            _ => None,
        })
    }
}

pub(super) fn to(previews: &mut Previews, group: usize, cell: usize) {
    if let Some(scrub) = previews.scrubs.get_mut(&group) {
        scrub.cell = cell.min(scrub.track.cells.len().saturating_sub(1));
    }
}

pub(super) fn by(previews: &mut Previews, group: usize, cells: i32) {
    let steps = usize::try_from(cells.unsigned_abs()).unwrap_or(usize::MAX);
    let now = previews.cell(group);
    let cell = if cells < 0 {
        now.saturating_sub(steps)
    } else {
        now.saturating_add(steps)
    };
    to(previews, group, cell);
}

/// Lays out the tracks of an event that was just read.
pub(super) fn begin(previews: &mut Previews) {
    let groups = Arc::clone(&previews.groups);
    let is_sprites = |at: usize| {
        groups
            .get(at)
            .is_some_and(|group| group.sprites().is_some())
    };
    previews.scrubs.retain(|at, _| is_sprites(*at));
    for (at, group) in groups.iter().enumerate() {
        lay_out(previews, at, group);
    }
}

/// A sheet or a `WebVTT` file has come, or was let go: the tracks it belongs to are laid out anew.
pub(super) fn arrived(previews: &mut Previews, url: &str) {
    let groups = Arc::clone(&previews.groups);
    for (at, group) in groups.iter().enumerate() {
        let Some(facts) = group.sprites() else {
            continue;
        };
        let is_sheet = group.items.iter().any(|item| *item.url == *url);
        if is_sheet || facts.vtt.as_deref() == Some(url) {
            lay_out(previews, at, group);
        }
    }
}

/// The cues of a file with the event's own URLs for its sheets. The file names them without what
/// the event's URLs carry behind the path, a signature above all, and knows no expiry.
pub(super) fn of_event(previews: &Previews, vtt: &str, cues: &[SpriteCue]) -> Arc<Vec<SpriteCue>> {
    let of_file = |group: &&PictureGroup| {
        let facts = group.sprites();
        facts.and_then(|facts| facts.vtt.as_deref()) == Some(vtt)
    };
    let groups = previews.groups.iter().filter(of_file);
    let items = groups.flat_map(|group| &group.items);
    let exact: BTreeSet<&str> = items.clone().map(|item| &*item.url).collect();
    // Of several that lie at one place the first counts.
    let named = items
        .rev()
        .filter_map(|item| Some((place(&item.url)?, &item.url)));
    let by_place: BTreeMap<_, _> = named.collect();
    let own = |sheet: &Arc<str>| {
        let found = by_place.get(&place(sheet)?)?;
        (!exact.contains(&**sheet)).then(|| Arc::clone(found))
    };
    let cues = cues.iter().map(|cue| SpriteCue {
        sheet: own(&cue.sheet).unwrap_or_else(|| Arc::clone(&cue.sheet)),
        ..cue.clone()
    });
    Arc::new(cues.collect())
}

/// Scheme, host and path: what of a URL says which file it is.
fn place(url: &str) -> Option<(String, String, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (_, path) = rest.get(..end)?.split_once('/')?;
    Some((scheme.to_ascii_lowercase(), host_of(url).ok()?, path))
}

/// The cell stays where it was in time as long as there are as many.
fn lay_out(previews: &mut Previews, at: usize, group: &PictureGroup) {
    let Some(facts) = group.sprites() else { return };
    let cues = facts.vtt.as_ref().and_then(|vtt| previews.cues.get(vtt));
    let track = match cues {
        Some(cues) if !cues.is_empty() => of_cues(group, cues),
        _ => of_layout(previews, group, facts),
    };
    let cell = previews.cell(at);
    let others = previews.scrubs.iter().filter(|(other, _)| **other != at);
    let others: usize = others.map(|(_, scrub)| scrub.track.cells.len()).sum();
    let fits = others + track.cells.len() <= MAX_CELLS_OF_ALL;
    let track = Arc::new(if fits { track } else { SpriteTrack::default() });
    previews.scrubs.insert(at, Scrub { cell: 0, track });
    to(previews, at, cell);
}

fn of_cues(group: &PictureGroup, cues: &[SpriteCue]) -> SpriteTrack {
    let sheets = group.items.iter().enumerate();
    let sheets: BTreeMap<&str, usize> = sheets.map(|(at, item)| (&*item.url, at)).collect();
    let cells = cues.iter().map(|cue| SpriteCell {
        sheet: Arc::clone(&cue.sheet),
        sheet_index: sheets.get(&*cue.sheet).copied(),
        start_secs: Some(cue.start_secs),
        end_secs: Some(cue.end_secs),
        rect: cue.cell,
    });
    SpriteTrack {
        cells: cells.collect(),
        source: TrackSource::Cues,
    }
}

fn of_layout(previews: &Previews, group: &PictureGroup, facts: &SpriteFacts) -> SpriteTrack {
    let Some(layout) = layout(previews, group, facts) else {
        return SpriteTrack::default();
    };
    let sizes: Vec<_> = group
        .items
        .iter()
        .map(|item| previews.file_size(&item.url))
        .collect();
    let cells = (0..layout.cell_count().min(MAX_CELLS)).filter_map(|cell| {
        let place = layout.place(cell)?;
        let sheet_index = usize::try_from(place.sheet).ok()?;
        let sheet = &group.items.get(sheet_index)?.url;
        let size = *sizes.get(sheet_index)?;
        Some(SpriteCell {
            sheet: Arc::clone(sheet),
            sheet_index: Some(sheet_index),
            start_secs: layout.time_secs(cell),
            end_secs: layout.end_secs(cell),
            rect: size.and_then(|(width, height)| layout.rectangle(place.at, width, height)),
        })
    });
    SpriteTrack {
        cells: cells.collect(),
        source: if layout.is_estimated() {
            TrackSource::Estimated
        } else {
            TrackSource::Layout
        },
    }
}

fn layout(
    previews: &Previews,
    group: &PictureGroup,
    facts: &SpriteFacts,
) -> Option<SpriteSheetLayout> {
    let (width, height) = facts.cell_size?;
    Some(SpriteSheetLayout {
        cell_width: u32::try_from(width).ok()?,
        cell_height: u32::try_from(height).ok()?,
        cells_per_sheet: u32::try_from(facts.cells?).ok()?,
        sheets: u32::try_from(group.items.len()).ok()?,
        duration_secs: previews.duration_secs,
        interval_secs: interval_secs(group),
    })
}

/// Known of the templates that every account has.
fn interval_secs(group: &PictureGroup) -> Option<f64> {
    let preset = preset(TemplateKind::ImageSprite, group.definition?)?;
    preset.every_secs.map(f64::from)
}
