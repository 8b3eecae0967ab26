//! What is drawn, what of it has to be fetched, and how far each picture is.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Effect, PreviewEffect, Previews, asks, cues, hosts};
use crate::model::{PictureFault, PictureInfo, PictureKey, PictureRequest, PictureSize};
use crate::state::AppState;

/// How far a picture is.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureState {
    /// It will be fetched when it is drawn and its turn comes.
    Waiting,
    Loading {
        received: u64,
        /// As announced; `None` when it was not.
        total: Option<u64>,
    },
    Ready(PictureInfo),
    Failed(PictureFault),
}

impl PictureState {
    /// Whether it can be drawn without fetching anything, with another task selected too.
    pub(super) fn is_drawn(&self, key: &PictureKey) -> bool {
        matches!(self, Self::Ready(_)) && key.size != PictureSize::Cues
    }

    /// Whether it has come to an end.
    fn is_settled(&self) -> bool {
        matches!(self, Self::Ready(_) | Self::Failed(_))
    }
}

pub(super) fn see(state: &mut AppState, requests: Vec<PictureRequest>) -> Vec<Effect> {
    block_strangers(state, &requests);
    let previews = &mut state.previews;
    previews.seen = requests;
    cues::see(previews);
    let kept: BTreeSet<&PictureKey> = previews.seen.iter().map(|seen| &seen.key).collect();
    // What is let go begins anew when it comes back.
    let known = previews.states.len();
    previews
        .states
        .retain(|key, state| state.is_settled() || kept.contains(key));
    if previews.states.len() != known {
        previews.changes += 1;
    }
    order(state)
}

/// URLs that no group names, such as the sheets a `WebVTT` file points to.
fn block_strangers(state: &mut AppState, requests: &[PictureRequest]) {
    let settings = state.previews.policy(&state.settings.pictures);
    for request in requests {
        let url = &request.key.url;
        if let Some(fault) = hosts::objection(&settings, url) {
            let fault = PictureState::Failed(fault);
            state.previews.blocked.insert(Arc::clone(url), fault);
        }
    }
}

/// Tells the desk what is wanted; it is not woken for nothing.
pub(super) fn order(state: &mut AppState) -> Vec<Effect> {
    let previews = &mut state.previews;
    let wanted = wanted(previews);
    if wanted.is_empty() && !previews.wants {
        return Vec::new();
    }
    previews.wants = !wanted.is_empty();
    asks(PreviewEffect::Want(wanted))
}

fn wanted(previews: &Previews) -> Vec<PictureRequest> {
    let seen = previews.seen.iter().cloned();
    let all = previews.copying.iter().cloned().chain(seen);
    let mut known = BTreeSet::new();
    all.chain(cue_files(previews))
        .filter(|request| !previews.state(&request.key).is_settled())
        .filter(|request| known.insert(request.key.clone()))
        .collect()
}

/// With a sheet, the file that tells where its cells are.
pub(super) fn cue_files(previews: &Previews) -> impl Iterator<Item = PictureRequest> + '_ {
    let seen: BTreeSet<&str> = previews.seen.iter().map(|seen| &*seen.key.url).collect();
    previews.groups.iter().filter_map(move |group| {
        let vtt = group.sprites()?.vtt.as_ref()?;
        let drawn = group.items.iter().find(|item| seen.contains(&*item.url))?;
        Some(PictureRequest {
            key: cue_key(vtt),
            expires: drawn.expires,
        })
    })
}

/// The key of a `WebVTT` file.
pub(super) fn cue_key(vtt: &Arc<str>) -> PictureKey {
    PictureKey {
        url: Arc::clone(vtt),
        size: PictureSize::Cues,
    }
}

pub(super) fn retry_all(state: &mut AppState) -> Vec<Effect> {
    let passing: BTreeSet<PictureKey> = state
        .previews
        .states
        .iter()
        .filter(|(_, state)| matches!(state, PictureState::Failed(fault) if fault.may_pass()))
        .map(|(key, _)| key.clone())
        .collect();
    retry(state, |key| passing.contains(key))
}

/// Forgets why these failed and asks again.
pub(super) fn retry(state: &mut AppState, which: impl Fn(&PictureKey) -> bool) -> Vec<Effect> {
    let states = &mut state.previews.states;
    let failed = |key: &PictureKey, state: &PictureState| {
        which(key) && matches!(state, PictureState::Failed(_))
    };
    let again: Vec<_> = states
        .extract_if(.., |key, state| failed(key, state))
        .collect();
    if again.is_empty() {
        return Vec::new();
    }
    state.previews.changes += 1;
    let keys = again.into_iter().map(|(key, _)| key).collect();
    let mut effects = asks(PreviewEffect::Retry(keys));
    effects.extend(order(state));
    effects
}
