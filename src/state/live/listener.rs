//! The receiver of callbacks: where it listens and what came.

use std::net::SocketAddr;

use super::action::address;
use super::{ListenAction, LiveEffect, account};
use crate::model::{ArchiveFault, ListenSpec, LiveNews, Refusal, Secret, SourceEnd, SourceId};
use crate::state::{AppState, Dialog, Effect};

/// Refused requests that are kept; older ones are counted.
const REFUSALS: usize = 200;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListenerPhase {
    #[default]
    Off,
    Starting,
    Listening,
    Failed,
}

/// The listener, and the fields it is started from.
#[derive(Debug)]
pub struct Listener {
    pub address: String,
    pub sign_key: Secret,
    /// Said yes to being reached from other machines.
    pub exposed: bool,
    pub source: Option<SourceId>,
    pub phase: ListenerPhase,
    /// Where it listens, once it does.
    pub bound: Option<SocketAddr>,
    /// Callbacks are checked against a SignKey.
    pub checks_sign: bool,
    pub received: u64,
    pub last_unix: Option<i64>,
    /// The newest last.
    pub refused: Vec<(i64, SocketAddr, Refusal)>,
    pub refused_in_all: u64,
    pub archive_fault: Option<ArchiveFault>,
}

impl Default for Listener {
    fn default() -> Self {
        Self {
            address: "127.0.0.1:8787".to_owned(),
            sign_key: Secret::default(),
            exposed: false,
            source: None,
            phase: ListenerPhase::Off,
            bound: None,
            checks_sign: false,
            received: 0,
            last_unix: None,
            refused: Vec::new(),
            refused_in_all: 0,
            archive_fault: None,
        }
    }
}

impl Listener {
    /// The address as typed; `None` when it is none.
    pub fn addr(&self) -> Option<SocketAddr> {
        address(&self.address)
    }

    /// Whether other machines could reach it there.
    pub fn would_be_exposed(&self) -> bool {
        self.addr().is_some_and(|addr| !addr.ip().is_loopback())
    }

    pub fn is_on(&self) -> bool {
        matches!(
            self.phase,
            ListenerPhase::Starting | ListenerPhase::Listening
        )
    }

    pub fn can_start(&self) -> bool {
        !self.is_on() && self.addr().is_some() && (self.exposed || !self.would_be_exposed())
    }

    pub(super) fn take(&mut self, news: LiveNews, now_unix: i64) {
        match news {
            LiveNews::Listening { addr } => {
                self.phase = ListenerPhase::Listening;
                self.bound = Some(addr);
            }
            LiveNews::Received { count, .. } => {
                self.received += count;
                self.last_unix = Some(now_unix);
                self.archive_fault = None;
            }
            LiveNews::Refused { from, why, count } => {
                self.refused_in_all += count;
                self.refuse(now_unix, from, why);
            }
            LiveNews::ArchiveFailed { why } => self.archive_fault = Some(why),
            _ => {}
        }
    }

    fn refuse(&mut self, now_unix: i64, from: SocketAddr, why: Refusal) {
        self.refused.push((now_unix, from, why));
        if self.refused.len() > REFUSALS {
            self.refused.remove(0);
        }
    }

    pub(super) fn ended(&mut self, end: &SourceEnd) {
        self.bound = None;
        self.phase = match end {
            SourceEnd::Complete | SourceEnd::Cancelled => ListenerPhase::Off,
            SourceEnd::Failed => ListenerPhase::Failed,
        };
    }

    pub(super) fn forget(&mut self) {
        let address = std::mem::take(&mut self.address);
        *self = Self {
            address,
            ..Self::default()
        };
    }
}

pub(super) fn opened(listener: &mut Listener, source: SourceId, spec: &ListenSpec) {
    listener.source = Some(source);
    listener.phase = ListenerPhase::Starting;
    listener.address = spec.addr.to_string();
    listener.received = 0;
    listener.refused.clear();
    listener.refused_in_all = 0;
    listener.archive_fault = None;
}

pub(super) fn update(state: &mut AppState, action: ListenAction) -> Vec<Effect> {
    let listener = &mut state.live.listener;
    match action {
        ListenAction::Open => {
            state.dialog = Some(Dialog::Listen);
            return Vec::new();
        }
        ListenAction::Address(text) => {
            listener.address = text;
            listener.exposed = false;
        }
        ListenAction::SignKey(key) => listener.sign_key = key,
        ListenAction::Expose(yes) => listener.exposed = yes,
        ListenAction::Start => return start(state),
        ListenAction::Stop => {
            return listener
                .source
                .map(Effect::CancelSource)
                .into_iter()
                .collect();
        }
    }
    Vec::new()
}

fn start(state: &mut AppState) -> Vec<Effect> {
    let listener = &mut state.live.listener;
    let Some(addr) = listener.addr().filter(|_| listener.can_start()) else {
        return Vec::new();
    };
    // From here on the key is the receiver's alone.
    let key = std::mem::take(&mut listener.sign_key);
    let sign_key = (!key.is_empty()).then_some(key);
    listener.checks_sign = sign_key.is_some();
    listener.phase = ListenerPhase::Starting;
    state.dialog = None;
    let spec = ListenSpec { addr };
    vec![account::opening(
        state,
        LiveEffect::Listen { spec, sign_key },
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Listener {
        Listener {
            address: address.to_owned(),
            ..Listener::default()
        }
    }

    #[test]
    fn a_port_alone_means_this_machine() {
        assert_eq!(at("9000").addr(), "127.0.0.1:9000".parse().ok());
        assert_eq!(at(" 127.0.0.1:8787 ").addr(), "127.0.0.1:8787".parse().ok());
        assert_eq!(at("example.com").addr(), None);
    }

    #[test]
    fn another_address_needs_a_yes() {
        let mut listener = at("0.0.0.0:8787");
        assert!(listener.would_be_exposed() && !listener.can_start());
        listener.exposed = true;
        assert!(listener.can_start());
        assert!(at("[::1]:8787").can_start());
    }

    #[test]
    fn refusals_are_counted_beyond_those_kept() {
        let mut listener = Listener::default();
        let from = SocketAddr::from(([127, 0, 0, 1], 1));
        for _ in 0..250 {
            listener.take(
                LiveNews::Refused {
                    from,
                    why: Refusal::BadSign,
                    count: 1,
                },
                0,
            );
        }
        assert_eq!(
            (listener.refused.len(), listener.refused_in_all),
            (200, 250)
        );
    }
}
