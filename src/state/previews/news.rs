//! Takes in what came of fetching.

use std::sync::Arc;

use super::{
    Effect, PictureState, PreviewEffect, PreviewNews, asks, consent, cues, outside, scrub, wanted,
};
use crate::model::{PictureFault, PictureKey};
use crate::state::{AppState, ToastKind};

pub(super) fn take(state: &mut AppState, news: PreviewNews) -> Vec<Effect> {
    if !is_progress(state, &news) {
        state.previews.changes += 1;
    }
    match news {
        PreviewNews::Loading {
            key,
            received,
            total,
        } => {
            let loading = PictureState::Loading { received, total };
            if is_awaited(state, &key) {
                state.previews.states.insert(key, loading);
            }
        }
        PreviewNews::Ready { key, info } => {
            let ready = PictureState::Ready(info);
            state.previews.states.insert(key.clone(), ready);
            scrub::arrived(&mut state.previews, &key.url);
            return copied_when_there(state, key);
        }
        PreviewNews::Cues { key, info, cues } => {
            let previews = &mut state.previews;
            let told = scrub::of_event(previews, &key.url, &cues);
            let url = Arc::clone(&key.url);
            previews.states.insert(key, PictureState::Ready(info));
            cues::keep(previews, &url, told);
            scrub::arrived(previews, &url);
            consent::judge(state);
        }
        PreviewNews::Failed { key, fault } => return fail(state, key, fault),
        PreviewNews::Dropped(keys) => return dropped(state, &keys),
        PreviewNews::CacheSize(bytes) => state.previews.cache_bytes = Some(bytes),
        PreviewNews::Copied { url } => {
            let title = state.text().previews.copied_image;
            state.toast(ToastKind::Done, title, &url);
        }
        PreviewNews::Saved { result } => say_saved(state, result),
        PreviewNews::NotKept { url } => {
            let title = state.text().previews.not_kept;
            state.toast(ToastKind::Failure, title, &url);
        }
        PreviewNews::KeyFault { host, why } => {
            let title = state.text().previews.key_fault;
            state.toast(ToastKind::Failure, title, &format!("{host}: {why}"));
        }
    }
    Vec::new()
}

/// More of a picture that was under way already.
fn is_progress(state: &AppState, news: &PreviewNews) -> bool {
    let PreviewNews::Loading { key, .. } = news else {
        return false;
    };
    let known = state.previews.states.get(key);
    matches!(known, Some(PictureState::Loading { .. }))
}

/// Whether someone still looks at it or waits to copy it; what is late changes nothing.
fn is_awaited(state: &AppState, key: &PictureKey) -> bool {
    let previews = &state.previews;
    let seen = previews.seen.iter().any(|seen| seen.key == *key);
    let copying = previews.copying.as_ref().is_some_and(|c| c.key == *key);
    let settled = matches!(
        previews.states.get(key),
        Some(PictureState::Ready(_) | PictureState::Failed(_))
    );
    (seen || copying || key.size == crate::model::PictureSize::Cues) && !settled
}

fn copied_when_there(state: &mut AppState, key: PictureKey) -> Vec<Effect> {
    let previews = &mut state.previews;
    if previews.copying.take_if(|c| c.key == key).is_none() {
        return Vec::new();
    }
    asks(PreviewEffect::CopyImage(key))
}

fn fail(state: &mut AppState, key: PictureKey, fault: PictureFault) -> Vec<Effect> {
    if let PictureFault::NotAllowed {
        host,
        redirected: true,
    } = &fault
    {
        let urls = state.previews.redirects.entry(host.clone()).or_default();
        urls.insert(Arc::clone(&key.url));
    }
    if let PictureFault::Private { host, address } = &fault {
        let private = &mut state.previews.private;
        private.insert(host.clone(), *address);
    }
    let redirected = matches!(fault, PictureFault::NotAllowed { .. });
    let previews = &mut state.previews;
    let copying = previews.copying.take_if(|c| c.key == key).is_some();
    previews.states.insert(key, PictureState::Failed(fault));
    if redirected {
        consent::judge(state);
    }
    if copying {
        return outside::not_copied(state);
    }
    Vec::new()
}

/// What had to make room is fetched again when it is still looked at.
fn dropped(state: &mut AppState, keys: &[PictureKey]) -> Vec<Effect> {
    let previews = &mut state.previews;
    for key in keys {
        previews.states.remove(key);
    }
    let shown = previews.seen.iter().map(|seen| &seen.key);
    let shown: Vec<_> = shown.filter(|key| keys.contains(key)).cloned().collect();
    if shown.is_empty() {
        return Vec::new();
    }
    // Without this they count as given out already.
    let mut effects = asks(PreviewEffect::Retry(shown));
    effects.extend(wanted::order(state));
    effects
}

fn say_saved(state: &mut AppState, result: Result<std::path::PathBuf, String>) {
    let words = state.text().previews;
    match result {
        Ok(path) => state.toast(ToastKind::Done, words.saved, &path.display().to_string()),
        Err(why) => state.toast(ToastKind::Failure, words.not_saved, &why),
    }
}
