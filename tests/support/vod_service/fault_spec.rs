//! Faults as they are written on a command line: `PullEvents:reset:3`, `*:latency=800ms:20%`.

use std::str::FromStr;
use std::time::Duration;

use super::fault::{Fault, FaultRule};

/// For the help of programs that take faults.
pub(crate) const USAGE: &str = "ACTION:FAULT[:COUNT|:N%], ACTION may be *; FAULT is one of \
error=CODE, status=N, portal, garbage, reset, close, latency=800ms, truncated, lost, duplicate, \
visible, empty-set";

impl FromStr for FaultRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no fault: {USAGE}");
        let mut parts = text.split(':');
        let (Some(action), Some(fault)) = (parts.next(), parts.next()) else {
            return Err(wrong());
        };
        let fault = fault_of(fault).ok_or_else(wrong)?;
        let rule = match action {
            "*" => fault.anywhere(),
            name => fault.on(name),
        };
        let rule = match parts.next() {
            None => rule,
            Some(often) => how_often(rule, often).ok_or_else(wrong)?,
        };
        parts.next().map_or(Ok(rule), |_| Err(wrong()))
    }
}

fn how_often(rule: FaultRule, text: &str) -> Option<FaultRule> {
    match text.strip_suffix('%') {
        Some(percent) => {
            let percent = percent.parse().ok().filter(|percent| *percent <= 100)?;
            Some(rule.percent(percent))
        }
        None => Some(rule.times(text.parse().ok()?)),
    }
}

fn fault_of(text: &str) -> Option<Fault> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    Some(match (name, value) {
        ("error", code) if !code.is_empty() => Fault::api(code),
        ("status", code) => Fault::Status(code.parse().ok()?),
        ("latency", time) => Fault::Latency(duration(time)?),
        ("portal", "") => Fault::Portal,
        ("garbage", "") => Fault::Garbage,
        ("reset", "") => Fault::Reset,
        ("close", "") => Fault::Close,
        ("truncated", "") => Fault::Truncated,
        ("lost", "") => Fault::Lost,
        ("duplicate", "") => Fault::Duplicate,
        ("visible", "") => Fault::Visible,
        ("empty-set", "") => Fault::EmptySet,
        _ => return None,
    })
}

/// `800ms`, `2s`
fn duration(text: &str) -> Option<Duration> {
    if let Some(millis) = text.strip_suffix("ms") {
        return Some(Duration::from_millis(millis.parse().ok()?));
    }
    let secs = text.strip_suffix('s')?;
    Some(Duration::from_secs(secs.parse().ok()?))
}
