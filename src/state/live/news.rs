//! What live sources tell, given to what stands for them.

use super::pull::{PullPhase, TaskPulling};
use super::queue::Queue;
use super::{LiveEffect, listener, narrowing, order};
use crate::model::{
    ARCHIVE_OFFSET_BITS, Confirmed, LiveNews, LiveSpec, SourceEnd, SourceId, SourceInfo,
};
use crate::state::{AppState, Effect};
use crate::text;

/// The delivery's number that an archive offset holds.
pub(super) fn archive_id(offset: u64) -> i64 {
    i64::try_from(offset >> ARCHIVE_OFFSET_BITS).unwrap_or(i64::MAX)
}

/// A source has opened that is live.
pub(in crate::state) fn opened(state: &mut AppState, info: &SourceInfo) {
    let (id, now, millis) = (info.id, state.now_unix, state.millis);
    match info.live.clone() {
        Some(LiveSpec::Tasks { profile, pull }) => {
            let pulling = TaskPulling::new(id, (profile, pull), now);
            state.live.pulls.push(pulling);
        }
        Some(LiveSpec::Queue { profile }) => {
            if let Some(before) = &mut state.live.queue {
                before.lock();
            }
            state.live.queue = Some(Queue::new(id, profile, now, millis));
        }
        Some(LiveSpec::Listen(spec)) => listener::opened(&mut state.live.listener, id, &spec),
        // What was stored is listed like a file.
        Some(LiveSpec::Archive { .. }) | None => return,
    }
    narrowing::make_room(state);
    state.live.shown = Some(id);
}

/// A live source tells something.
pub(in crate::state) fn received(
    state: &mut AppState,
    source: SourceId,
    news: LiveNews,
) -> Vec<Effect> {
    let (now, millis) = (state.now_unix, state.millis);
    if let LiveNews::TaskEnded { task_id, failed } = &news {
        return task_ended(state, task_id, *failed);
    }
    let live = &mut state.live;
    if let Some(pull) = live.pulls.iter_mut().find(|pull| pull.source == source) {
        pull.take(news, now);
    } else if let Some(queue) = live.queue.as_mut().filter(|queue| queue.source == source) {
        if let LiveNews::Confirmed(Confirmed::Deleted { archive_ids, .. }) = &news {
            live.deleted.add(queue, archive_ids);
        }
        let brings = matches!(news, LiveNews::Borrowed(_));
        queue.take(news, now, millis);
        if brings && queue.is_open() && queue.batches.len() == 1 {
            return narrowing::narrow(state, source);
        }
    } else if live.listener.source == Some(source) {
        live.listener.take(news, now);
    }
    Vec::new()
}

/// A watched task has come to its end.
fn task_ended(state: &mut AppState, task_id: &str, failed: bool) -> Vec<Effect> {
    let lang = state.appearance.lang;
    let title = text::live::task_ended(lang, failed);
    let now = state.millis;
    let kind = if failed {
        crate::state::ToastKind::Failure
    } else {
        crate::state::ToastKind::Told
    };
    state
        .toasts
        .push(kind, title.clone(), task_id.to_owned(), now);
    if !failed {
        return Vec::new();
    }
    let body = task_id.to_owned();
    vec![order(LiveEffect::Notify { title, body })]
}

/// A live source has ended, by itself or because it was asked to.
pub(in crate::state) fn ended(
    state: &mut AppState,
    source: SourceId,
    end: &SourceEnd,
) -> Vec<Effect> {
    let is_live = |of: &crate::state::SourceState| of.info.live.is_some();
    if !state.sources.get(source).is_some_and(is_live) {
        return Vec::new();
    }
    let live = &mut state.live;
    if let Some(pull) = live.pulls.iter_mut().find(|pull| pull.source == source) {
        pull.phase = PullPhase::Ended(end.clone());
    }
    if let Some(queue) = live.queue.as_mut().filter(|queue| queue.source == source) {
        queue.ended();
    }
    if live.listener.source == Some(source) {
        live.listener.ended(end);
    }
    let borrowed = live.queue.as_ref().is_some_and(|of| of.source == source);
    let mut effects = if borrowed {
        narrowing::widen(state)
    } else {
        Vec::new()
    };
    // It has grown.
    effects.push(order(LiveEffect::ArchiveStats));
    effects
}

/// A closed source is shown no more.
pub(in crate::state) fn closed(state: &mut AppState, source: SourceId) {
    narrowing::forget(state, source);
    let live = &mut state.live;
    live.pulls.retain(|pull| pull.source != source);
    if live
        .queue
        .as_ref()
        .is_some_and(|queue| queue.source == source)
    {
        live.queue = None;
    }
    if live.listener.source == Some(source) {
        live.listener.forget();
    }
    if live.shown == Some(source) {
        live.shown = None;
    }
}
