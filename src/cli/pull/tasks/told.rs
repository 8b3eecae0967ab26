//! How far a pull of tasks is, and what is said at its end.

use crate::cli::console::Console;
use crate::model::TaskProgress;
use crate::text::{live, pulling};

/// `rate`: requests a second so far.
pub(super) fn progress(progress: TaskProgress, rate: f64, console: &mut Console) {
    if progress.listed == 0 {
        return;
    }
    let done = progress.fetched + progress.known + progress.forgotten;
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

pub(super) fn sum_up(progress: TaskProgress, retries: u64, console: &mut Console) {
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
    let pages = pulling::pages(lang, progress.pages, progress.listed);
    let known = pulling::known_before(lang, progress.known);
    let text = lang.pick(format!("{pages}; {known}"), format!("{pages}；{known}"));
    console.remark(&text);
}
