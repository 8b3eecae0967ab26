//! Sending one event again, to a URL that was typed, and what came of it.

use super::{LiveEffect, ReplayAction, order};
use crate::model::{CallFault, RawRef, Replayed};
use crate::state::{AppState, Dialog, Effect};

#[derive(Debug, Default)]
pub struct Replay {
    pub url: String,
    /// The event that would be sent.
    pub raw: Option<RawRef>,
    pub sending: bool,
    pub answer: Option<Result<Replayed, CallFault>>,
    ticket: u64,
}

impl Replay {
    /// Whether the URL is one that events can be sent to.
    pub fn can_send(&self) -> bool {
        let url = self.url.trim();
        let rest = url
            .strip_prefix("http://")
            .or_else(|| url.strip_prefix("https://"));
        let host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
        host && !url.contains(char::is_whitespace) && self.raw.is_some() && !self.sending
    }
}

pub(super) fn update(state: &mut AppState, action: ReplayAction) -> Vec<Effect> {
    match action {
        ReplayAction::Open => {
            let task = state.list.selected.and_then(|task| state.index.task(task));
            if let Some(raw) = task.map(|task| task.raw) {
                open(state, raw);
            }
        }
        ReplayAction::OpenFor(raw) => open(state, raw),
        ReplayAction::Url(url) => state.live.replay.url = url,
        ReplayAction::Send => return send(state),
        ReplayAction::Answered { ticket, result } => {
            let replay = &mut state.live.replay;
            if replay.ticket == ticket {
                replay.sending = false;
                replay.answer = Some(result);
            }
        }
    }
    Vec::new()
}

fn open(state: &mut AppState, raw: RawRef) {
    let replay = &mut state.live.replay;
    if replay.url.is_empty() {
        replay.url.clone_from(&state.settings.replay_url);
    }
    replay.raw = Some(raw);
    replay.answer = None;
    replay.sending = false;
    // An answer to what was sent before is no answer to this.
    replay.ticket += 1;
    state.dialog = Some(Dialog::Replay);
}

fn send(state: &mut AppState) -> Vec<Effect> {
    let replay = &mut state.live.replay;
    let Some(raw) = replay.raw.filter(|_| replay.can_send()) else {
        return Vec::new();
    };
    replay.ticket += 1;
    replay.sending = true;
    replay.answer = None;
    let url = replay.url.trim().to_owned();
    state.settings.replay_url.clone_from(&url);
    let ticket = replay.ticket;
    vec![
        order(LiveEffect::Replay { ticket, raw, url }),
        Effect::SaveSettings,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, SourceId};

    #[test]
    fn only_http_urls_can_be_sent_to() {
        let raw = RawRef {
            source: SourceId(0),
            offset: 0,
            len: 1,
            checksum: 0,
            format: Format::V3Push,
            wrapping: crate::model::Wrapping::Plain,
        };
        let can = |url: &str| {
            let url = url.to_owned();
            Replay {
                url,
                raw: Some(raw),
                ..Replay::default()
            }
            .can_send()
        };
        assert!(can("http://127.0.0.1:8787/x") && can(" https://example.com "));
        for url in [
            "",
            "ftp://a",
            "file:///etc",
            "http://",
            "http:///x",
            "http://a b",
        ] {
            assert!(!can(url), "{url}");
        }
    }
}
