//! Faults on demand: what goes wrong, with which calls, and how often.

use std::time::Duration;

use super::rng::Rng;

/// One way for a call to go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The service refuses; nothing was done.
    Api { code: String, message: String },
    /// A gateway's error page with this status; nothing was done.
    Status(u16),
    /// The login page of a captive portal, with status 200; nothing was done.
    Portal,
    /// Bytes that are no JSON, with status 200; nothing was done.
    Garbage,
    /// The connection is reset; nothing was done.
    Reset,
    /// The connection is closed in good order without an answer; nothing was done.
    Close,
    /// The action takes effect, its answer is held back for so long.
    Latency(Duration),
    /// The action takes effect, its answer is cut off half way.
    Truncated,
    /// The action takes effect, and the connection is reset in place of the answer.
    Lost,
    /// `PullEvents` names each event twice, under two handles.
    Duplicate,
    /// `PullEvents` hides nothing: the next pull brings the same events.
    Visible,
    /// `PullEvents` answers an empty queue with an empty `EventSet` in place of its error.
    EmptySet,
}

impl Fault {
    /// An API error with a message of its own.
    pub(crate) fn api(code: &str) -> Self {
        Self::Api {
            code: code.to_owned(),
            message: format!("{code}, as asked for"),
        }
    }

    /// With every call of this action.
    pub(crate) fn on(self, action: &str) -> FaultRule {
        FaultRule {
            action: Some(action.to_owned()),
            ..self.anywhere()
        }
    }

    /// With every call.
    pub(crate) fn anywhere(self) -> FaultRule {
        FaultRule {
            action: None,
            about: None,
            fault: self,
            skip: 0,
            times: None,
            percent: 100,
        }
    }

    fn comes_instead(&self) -> bool {
        use Fault::{Api, Close, Garbage, Portal, Reset, Status};
        matches!(
            self,
            Api { .. } | Status(_) | Portal | Garbage | Reset | Close
        )
    }
}

/// A fault, the calls it belongs to, and how often it strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FaultRule {
    /// Every action when `None`.
    pub(super) action: Option<String>,
    /// Only calls whose body holds this text.
    about: Option<String>,
    pub(super) fault: Fault,
    /// Calls that are left alone first.
    pub(super) skip: u32,
    /// Calls that are struck; all when `None`.
    pub(super) times: Option<u32>,
    pub(super) percent: u64,
}

impl FaultRule {
    /// The first so many calls only.
    pub(crate) fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Leaves so many calls alone first.
    pub(crate) fn after(mut self, calls: u32) -> Self {
        self.skip = calls;
        self
    }

    /// So many of a hundred calls, by chance.
    pub(crate) fn percent(mut self, percent: u64) -> Self {
        self.percent = percent;
        self
    }

    /// Only calls that name this: a task, a file.
    pub(crate) fn about(mut self, text: &str) -> Self {
        self.about = Some(text.to_owned());
        self
    }

    fn strikes(&mut self, (action, body): (&str, &str), rng: &mut Rng) -> bool {
        let is_other = self.action.as_deref().is_some_and(|name| name != action);
        let is_elsewhere = self
            .about
            .as_deref()
            .is_some_and(|text| !body.contains(text));
        if is_other || is_elsewhere || self.times == Some(0) {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if !rng.chance(self.percent) {
            return false;
        }
        self.times = self.times.map(|times| times - 1);
        true
    }
}

/// What goes wrong with one call.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// In place of the action.
    pub(super) instead: Option<Fault>,
    pub(super) latency: Duration,
    /// Beside the action.
    besides: Vec<Fault>,
}

impl Plan {
    /// Asks every rule; of faults that come in place of the action the first rule's wins, and the
    /// others keep their count.
    pub(super) fn of(rules: &mut [FaultRule], call: (&str, &str), rng: &mut Rng) -> Self {
        let mut plan = Self::default();
        for rule in rules {
            let taken = plan.instead.is_some() && rule.fault.comes_instead();
            if !taken && rule.strikes(call, rng) {
                plan.add(&rule.fault);
            }
        }
        plan
    }

    /// Whether this fault strikes beside the action.
    pub(super) fn has(&self, fault: &Fault) -> bool {
        self.besides.contains(fault)
    }

    fn add(&mut self, fault: &Fault) {
        match fault {
            Fault::Latency(time) => self.latency += *time,
            fault if fault.comes_instead() => self.instead = Some(fault.clone()),
            fault => self.besides.push(fault.clone()),
        }
    }
}
