//! What `WebVTT` files told of the selected task's sprite sheets, within a memory of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Previews, scrub, wanted};
use crate::model::{SpriteCue, cue_bytes};

/// Far more than the files of a screen take; an event may name any number of others.
const MOST_BYTES: u64 = 16 << 20;

/// The files by URL.
#[derive(Debug, Default)]
pub(super) struct Kept {
    files: BTreeMap<Arc<str>, File>,
    /// Counts how often something else was looked at.
    now: u64,
}

#[derive(Debug)]
struct File {
    cues: Arc<Vec<SpriteCue>>,
    bytes: u64,
    /// When sheets of it were last on the screen.
    seen: u64,
}

impl Kept {
    pub(super) fn get(&self, vtt: &str) -> Option<&Arc<Vec<SpriteCue>>> {
        self.files.get(vtt).map(|file| &file.cues)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Arc<Vec<SpriteCue>>> {
        self.files.values().map(|file| &file.cues)
    }

    pub(super) fn retain(&mut self, keeps: impl Fn(&str) -> bool) {
        self.files.retain(|vtt, _| keeps(vtt));
    }

    pub(super) fn clear(&mut self) {
        self.files.clear();
    }

    fn bytes(&self) -> u64 {
        self.files.values().map(|file| file.bytes).sum()
    }

    /// Those to let go until the rest fits, the one that was not seen for longest first.
    fn too_much(&self, on_screen: &BTreeSet<Arc<str>>) -> Vec<Arc<str>> {
        let mut over = self.bytes().saturating_sub(MOST_BYTES);
        let hidden = self.files.iter();
        let hidden = hidden.filter(|(vtt, _)| !on_screen.contains(*vtt));
        let mut oldest: Vec<_> = hidden.collect();
        oldest.sort_by_key(|(_, file)| file.seen);
        let enough = oldest.into_iter().take_while(|(_, file)| {
            let is_over = over > 0;
            over = over.saturating_sub(file.bytes);
            is_over
        });
        enough.map(|(vtt, _)| Arc::clone(vtt)).collect()
    }
}

/// Keeps what a file told. What has to make room is asked for again when its sheets are looked at.
pub(super) fn keep(previews: &mut Previews, vtt: &Arc<str>, cues: Arc<Vec<SpriteCue>>) {
    let kept = &mut previews.cues;
    let file = File {
        bytes: cue_bytes(&cues),
        seen: kept.now,
        cues,
    };
    kept.files.insert(Arc::clone(vtt), file);
    if kept.bytes() <= MOST_BYTES {
        return;
    }
    for vtt in previews.cues.too_much(&on_screen(previews)) {
        previews.cues.files.remove(&vtt);
        previews.states.remove(&wanted::cue_key(&vtt));
        scrub::arrived(previews, &vtt);
    }
}

/// The files of sheets that are on the screen were seen now.
pub(super) fn see(previews: &mut Previews) {
    if previews.cues.files.is_empty() {
        return;
    }
    let seen: Vec<_> = wanted::cue_files(previews)
        .map(|request| request.key.url)
        .collect();
    let kept = &mut previews.cues;
    kept.now += 1;
    for vtt in seen {
        if let Some(file) = kept.files.get_mut(&vtt) {
            file.seen = kept.now;
        }
    }
}

/// The files of all groups of which something is drawn, sheets that only a file names included.
fn on_screen(previews: &Previews) -> BTreeSet<Arc<str>> {
    let seen: BTreeSet<&str> = previews.seen.iter().map(|seen| &*seen.key.url).collect();
    let groups = previews.groups.iter().enumerate();
    let drawn = groups.filter_map(|(at, group)| {
        let vtt = group.sprites()?.vtt.as_ref()?;
        let named = group.items.iter().any(|item| seen.contains(&*item.url));
        let track = previews.track(at);
        let found = || track.is_some_and(|track| track.shows_any(&seen));
        (named || found()).then(|| Arc::clone(vtt))
    });
    drawn.collect()
}
