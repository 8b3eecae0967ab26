//! `vodscope archive delete`: says what it would delete, and with `--yes` deletes it.

use crate::archive::{Extent, Range};
use crate::cli::args::DeleteArgs;
use crate::cli::console::Console;
use crate::cli::ended::Ended;
use crate::cli::faults;
use crate::model::{ArchiveFault, Zone};
use crate::text::{exporting as words, format, live};

pub(super) fn run(args: &DeleteArgs, console: &mut Console) -> Result<Ended, Ended> {
    let range = super::range(&args.span, console)?;
    let path = super::place(console)?;
    let Some(mut archive) = super::open(&path, console)? else {
        super::tell_none(&path, console);
        return Err(Ended::NotBegun);
    };
    let failed = |fault: ArchiveFault, console: &mut Console| {
        faults::archive(&fault, console);
        Ended::Partly
    };
    if !args.yes {
        let extent = archive.extent(&range);
        let extent = extent.map_err(|fault| failed(fault, console))?;
        tell_plan(&range, &extent, console);
        return Err(Ended::NotBegun);
    }
    let deleted = archive.delete(&range);
    let deleted = deleted.map_err(|fault| failed(fault, console))?;
    console.tell(&live::archive_deleted(console.lang, deleted));
    Ok(Ended::Done)
}

fn tell_plan(range: &Range, extent: &Extent, console: &mut Console) {
    let lang = console.lang;
    let time = |ms: i64| format::date_time(ms.div_euclid(1_000), Zone::Local);
    let (since, until) = (range.since_ms.map(time), range.until_ms.map(time));
    let span = words::span(lang, since.as_deref(), until.as_deref());
    let (n, size) = (format::count(extent.deliveries), format::size(extent.bytes));
    let en = if extent.deliveries == 1 {
        "event"
    } else {
        "events"
    };
    console.say(
        format!("This would delete {n} {en} ({size}), {span}, from this machine. Nothing was deleted: add --yes to do it"),
        format!("将从本机删除 {n} 条事件（{size}），{span}。尚未删除任何内容：加上 --yes 才会执行"),
    );
}
