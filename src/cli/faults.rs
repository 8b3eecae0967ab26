//! Says on standard error why a call or the archive failed, and what helps.

use crate::knowledge::api_error;
use crate::model::{ApiError, ArchiveFault, CallFault, ConfirmFault, Problem, Reason};
use crate::text::{live, sentence};

use super::console::Console;
use super::ended::Ended;

/// Clocks that differ by less are not worth a word.
const CLOCK_TOLERANCE_SECS: u64 = 2;

/// A call that failed for good.
pub(super) fn call(action: &str, fault: &CallFault, console: &mut Console) -> Ended {
    let why = live::call_fault(console.lang, fault);
    console.say(format!("{action}: {why}"), format!("{action}：{why}"));
    match fault {
        CallFault::Api(error) => {
            api(action, error, console);
            Ended::Refused
        }
        CallFault::Credentials(_) | CallFault::BadEndpoint { .. } => Ended::NotBegun,
        _ => Ended::Partly,
    }
}

/// The number to give to the service's support, and what helps.
fn api(action: &str, error: &ApiError, console: &mut Console) {
    let id = &error.request_id;
    console.say(format!("RequestId: {id}"), format!("RequestId：{id}"));
    if let Some(known) = api_error::explain(&error.code, Some(action)) {
        let lang = console.lang;
        let (meaning, advice) = (known.meaning.get(lang), known.advice.get(lang));
        console.say(format!("{meaning} {advice}"), format!("{meaning}{advice}"));
    }
    if names_no_application(error) {
        console.say(
            "Name the application with --sub-app-id N",
            "请用 --sub-app-id N 指定应用",
        );
    }
    let off = error.clock_ahead_secs;
    if let Some(secs) = off.filter(|secs| secs.unsigned_abs() > CLOCK_TOLERANCE_SECS) {
        clock(secs, console);
    }
}

/// Whether the SubAppId is missing or wrong.
fn names_no_application(error: &ApiError) -> bool {
    let is_missing = error.code.starts_with("MissingParameter");
    error.code.ends_with(".SubAppId") || (is_missing && error.message.contains("SubAppId"))
}

pub(super) fn clock(ahead_secs: i64, console: &mut Console) {
    let text = live::clock_off(console.lang, ahead_secs);
    console.tell(&text);
}

pub(super) fn archive(fault: &ArchiveFault, console: &mut Console) {
    let text = live::archive_fault(console.lang, fault);
    console.tell(&text);
}

/// Events that a confirmation did not delete, by their names.
pub(super) fn returning(names: &[&str], why: &ConfirmFault, console: &mut Console) {
    let text = live::confirm_fault(console.lang, names.len(), why);
    console.tell(&text);
    list(names, console);
    if let ConfirmFault::Call(CallFault::Api(error)) = why {
        api("ConfirmEvents", error, console);
    }
}

/// Events that were not confirmed because the output did not take them.
pub(super) fn unconfirmed(names: &[&str], console: &mut Console) {
    let n = names.len();
    console.say(
        format!("{n} events were not confirmed and come back to your consumer: the output did not take them"),
        format!("{n} 条事件未确认，会回到消费者：输出端没有收下"),
    );
    list(names, console);
}

fn list(names: &[&str], console: &mut Console) {
    for name in names {
        console.tell(&format!("  {name}"));
    }
}

/// Something that arrived and is no event, as far as can be told; whether that is so. A request
/// that was refused is told of by the listener's news.
pub(super) fn problem(problem: &Problem, delivery: i64, console: &mut Console) -> bool {
    if matches!(problem.reason, Reason::Refused { .. }) {
        return false;
    }
    let why = sentence::reason(console.lang, &problem.reason);
    if problem.line == 0 {
        console.tell(&why);
    } else {
        console.say(
            format!("Archive entry {delivery}: {why}"),
            format!("归档条目 {delivery}：{why}"),
        );
    }
    true
}
