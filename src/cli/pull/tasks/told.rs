//! How far a pull of tasks is, and what is said at its end.

use std::path::Path;

use crate::cli::console::Console;
use crate::model::TaskProgress;
use crate::text::{format, live, pulling};

/// `rate`: requests a second so far.
pub(super) fn progress(progress: TaskProgress, rate: f64, console: &mut Console) {
    if progress.listed == 0 {
        return;
    }
    let done = progress.fetched + progress.known + progress.forgotten + progress.failed;
    let left = progress.listed.saturating_sub(done) as f64 / rate.max(0.1);
    let left = progress.listed_all.then_some(left);
    console.progress(|lang| {
        let done = pulling::done_of(lang, done, progress.listed);
        let rate = pulling::rate_left(lang, rate, left);
        lang.pick(
            format!("Tasks: {done}, {rate}"),
            format!("任务：{done}，{rate}"),
        )
    });
}

pub(super) fn sum_up(progress: TaskProgress, retries: u64, archive: &Path, console: &mut Console) {
    let lang = console.lang;
    if progress.forgotten > 0 {
        let text = live::forgotten(lang, progress.forgotten);
        console.tell(&text);
    }
    if retries > 0 {
        console.say(
            format!("Calls that were tried again: {retries}"),
            format!("重试的调用：{retries} 次"),
        );
    }
    if progress.listed == 0 {
        return;
    }
    let pulled = progress.fetched + progress.known;
    let numbers = [pulled, progress.fetched, progress.known, progress.failed];
    let [pulled, new, repeats, failed] = numbers.map(format::count);
    let (listed, archive) = (format::count(progress.listed), archive.display());
    console.say(
        format!("Tasks: {listed} listed, {pulled} details pulled, {new} new, {repeats} here before, {failed} failed. They are in {archive}"),
        format!("任务：列出 {listed} 个，详情 {pulled} 个，其中新获取 {new} 个，本机已有 {repeats} 个，失败 {failed} 个。保存在 {archive}"),
    );
}

/// Many details failed one after the other.
pub(super) fn goes_on(console: &mut Console) {
    console.say(
        "Several tasks failed one after the other: going on with others, and asking for these once more at the end",
        "连续多个任务获取失败：先继续其他任务，最后再重试这些任务",
    );
}

/// The pull ended before everything was there.
pub(super) fn resumable(console: &mut Console) {
    console.say(
        "Not everything is here: the same command with --resume in place of --since goes on from there",
        "尚未全部获取：将同一命令中的 --since 换成 --resume 即可从此处继续",
    );
}
