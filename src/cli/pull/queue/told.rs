//! What is said of a borrowed queue at the end.

use std::path::Path;

use crate::cli::console::Console;
use crate::text::format;

use super::plan::{Plan, SoFar};

/// Where a live pull ends that was given no end.
pub(super) fn limit(plan: &Plan, console: &mut Console) {
    let Some(limit) = plan.default_limit() else {
        return;
    };
    let (events, minutes) = (format::count(limit.events), limit.time.as_secs() / 60);
    console.say(
        format!("Ends by itself after {events} events or {minutes} minutes, as --live does without --limit or --for"),
        format!("未指定 --limit 或 --for，--live 将在收到 {events} 条事件或 {minutes} 分钟后自动结束"),
    );
}

/// "Queue: 40 events pulled, 38 new, 2 repeats, 0 failed. They are in …", and what was deleted.
pub(super) fn sum_up(so_far: &SoFar, plan: &Plan, archive: &Path, console: &mut Console) {
    let new = so_far.pulled.saturating_sub(so_far.repeats);
    let numbers = [so_far.pulled, new, so_far.repeats, so_far.not_kept];
    let [pulled, new, repeats, failed] = numbers.map(format::count);
    let archive = archive.display();
    console.say(
        format!("Queue: {pulled} events pulled, {new} new, {repeats} repeats, {failed} failed. They are in {archive}"),
        format!("队列：已拉取 {pulled} 条事件，新增 {new} 条，重复 {repeats} 条，失败 {failed} 条。保存在 {archive}"),
    );
    if plan.confirms {
        confirmed(so_far, console);
    }
}

fn confirmed(so_far: &SoFar, console: &mut Console) {
    let deleted = format::count(so_far.confirmed);
    let not: u64 = so_far.not_confirmed.iter().map(|(_, count)| count).sum();
    let not = format::count(not);
    console.say(
        format!("Confirmed: {deleted} events deleted from the queue, {not} not"),
        format!("确认：已从队列删除 {deleted} 条事件，未删除 {not} 条"),
    );
    for (why, count) in &so_far.not_confirmed {
        let count = format::count(*count);
        console.say(
            format!("  {count} not: {why}"),
            format!("  {count} 条未删除：{why}"),
        );
    }
}
