//! Panels of what is live: a pull of tasks, the borrowed queue, the listener; and what the list
//! says of them.
//!
//! What a panel shows is built by a pure function (`rows`); another one draws it.

mod fault;
mod foreign;
mod head;
mod listener;
mod parts;
mod pull;
mod queue;
mod ring;
mod strip;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub(super) use ring::{RingWords, ring_ui};
pub(in crate::ui) use strip::line_height;
pub(super) use strip::strips_ui;

use egui::Ui;

use crate::model::SourceId;
use crate::state::Queue;
use crate::ui::{Actions, Cx};

/// The panel of a live source; whether there is one.
pub(crate) fn live_ui(ui: &mut Ui, cx: &Cx<'_>, source: SourceId, out: &mut Actions) -> bool {
    let live = &cx.state.live;
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    ui.spacing_mut().interact_size.y = crate::ui::theme::S20;
    if let Some(pull) = live.pull(source) {
        pull::pull_ui(ui, cx, pull, out);
    } else if let Some(queue) = live.queue.as_ref().filter(|queue| queue.source == source) {
        queue::queue_ui(ui, cx, queue, out);
    } else if live.listener.source == Some(source) {
        listener::listener_ui(ui, cx, out);
    } else {
        return false;
    }
    true
}

/// The queue whose events alone the list shows, when it is one.
pub(super) fn listed_queue<'a>(cx: &Cx<'a>) -> Option<&'a Queue> {
    use crate::store::{FacetValue, Sense};
    let queue = cx.state.live.queue.as_ref()?;
    let sources = &cx.state.sources.list;
    let alone = sources.iter().all(|source| source.info.id == queue.source);
    let value = FacetValue::Source(queue.source);
    let chosen = cx.state.list.query.sense_of(&value) == Some(Sense::Include);
    (alone || chosen).then_some(queue)
}
