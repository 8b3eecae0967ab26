//! What live sources tell, given to what stands for them.

use super::pull::{PullPhase, TaskPulling};
use super::queue::Queue;
use super::{LiveEffect, listener, order};
use crate::model::{ARCHIVE_OFFSET_BITS, LiveNews, LiveSpec, SourceEnd, SourceId, SourceInfo};
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
            state.live.queue = Some(Queue::new(id, profile, now, millis));
        }
        Some(LiveSpec::Listen(spec)) => listener::opened(&mut state.live.listener, id, &spec),
        // What was stored is listed like a file.
        Some(LiveSpec::Archive { .. }) | None => return,
    }
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
        queue.take(news, now, millis);
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
pub(in crate::state) fn ended(state: &mut AppState, source: SourceId, end: &SourceEnd) {
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
}

/// A closed source is shown no more.
pub(in crate::state) fn closed(state: &mut AppState, source: SourceId) {
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
