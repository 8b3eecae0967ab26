//! What is said of a borrowed queue at the end.

use std::path::Path;

use crate::cli::console::Console;
use crate::model::{BATCH_LIMIT, HIDDEN_FOR};
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
    let sum = |counts: &[(String, u64)]| counts.iter().map(|(_, count)| count).sum::<u64>();
    let not_known = sum(&so_far.not_known);
    let numbers = [so_far.confirmed, sum(&so_far.not_confirmed), not_known];
    let [deleted, not, unknown] = numbers.map(format::count);
    let (en, zh) = if not_known > 0 {
        (
            format!(", {unknown} not known"),
            format!("，结果未知 {unknown} 条"),
        )
    } else {
        (String::new(), String::new())
    };
    console.say(
        format!("Confirmed: {deleted} events deleted from the queue, {not} not{en}"),
        format!("确认：已从队列删除 {deleted} 条事件，未删除 {not} 条{zh}"),
    );
    reasons(&so_far.not_confirmed, ("not", "未删除"), console);
    reasons(&so_far.not_known, ("not known", "结果未知"), console);
}

fn reasons(counts: &[(String, u64)], (en, zh): (&str, &str), console: &mut Console) {
    for (why, count) in counts {
        let count = format::count(*count);
        console.say(
            format!("  {count} {en}: {why}"),
            format!("  {count} 条{zh}：{why}"),
        );
    }
}

/// The answer of a pull was lost: what it may have hidden nobody sees.
pub(super) fn lost(console: &mut Console) {
    let secs = HIDDEN_FOR.as_secs();
    console.say(
        format!("Up to {BATCH_LIMIT} events that this call did not hand over may be hidden from your consumer for {secs} s; then they come back by themselves"),
        format!("这次调用可能已让最多 {BATCH_LIMIT} 条未收到的事件对你的消费者隐藏 {secs} 秒，之后会自行返回"),
    );
}
