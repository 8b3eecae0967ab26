//! `vodscope archive export`: what arrived, byte for byte.

use std::path::Path;
use std::time::Duration;

use crate::cli::args::ExportArgs;
use crate::cli::console::Console;
use crate::cli::ended::Ended;
use crate::cli::interrupt::Interrupt;
use crate::export::{ArchiveExport, Existing, ExportNews, Target, export_archive};
use crate::job::{Job, JobEnd, Received, Wake};
use crate::model::{ExportFault, Exported};
use crate::text::exporting as words;

/// How long Ctrl-C may go unnoticed.
const TICK: Duration = Duration::from_millis(50);

pub(super) fn run(args: &ExportArgs, console: &mut Console) -> Result<Ended, Ended> {
    let range = super::range(&args.span, console)?;
    let order = ArchiveExport {
        archive: super::place(console)?,
        range,
        kinds: args.kind.iter().map(|kind| kind.kind()).collect(),
        target: target(args),
    };
    let archive = order.archive.clone();
    let job = export_archive(order, Wake::none());
    let done = wait(&job, &Interrupt::watch(), console);
    Ok(match done.unwrap_or_else(|| Err(broken_off(args, &job))) {
        Ok(exported) => tell_done(args, &exported, console),
        Err(ExportFault::NoArchive) => {
            super::tell_none(&archive, console);
            Ended::NotBegun
        }
        Err(fault) => tell_fault(&args.out, &fault, console),
    })
}

fn target(args: &ExportArgs) -> Target {
    if args.out.as_os_str() == "-" {
        return Target::Stdout;
    }
    Target::File {
        path: args.out.clone(),
        existing: if args.replace {
            Existing::Replace
        } else {
            Existing::Keep
        },
    }
}

/// How the job ended, if it says.
fn wait(
    job: &Job<ExportNews>,
    interrupt: &Interrupt,
    console: &mut Console,
) -> Option<Result<Exported, ExportFault>> {
    let mut is_stopping = false;
    loop {
        if interrupt.is_asked() && !is_stopping {
            is_stopping = true;
            job.cancel();
            console.say("Stopping", "正在停止");
        }
        match job.recv_timeout(TICK) {
            Received::Item(ExportNews::Ended(done)) => return Some(done),
            Received::Item(ExportNews::Progress(progress)) => {
                console.progress(|lang| words::progress(lang, &progress));
            }
            Received::Waiting => {}
            Received::Ended => return None,
        }
    }
}

/// The job ended without a word of its own.
fn broken_off(args: &ExportArgs, job: &Job<ExportNews>) -> ExportFault {
    let why = match job.end() {
        Some(JobEnd::Failed(why)) => why.clone(),
        Some(JobEnd::Done) | None => String::new(),
    };
    let fault = ExportFault::Other { why };
    match target(args) {
        Target::Stdout => ExportFault::Incomplete(Box::new(fault)),
        Target::File { .. } => fault,
    }
}

fn tell_done(args: &ExportArgs, exported: &Exported, console: &mut Console) -> Ended {
    let lang = console.lang;
    console.tell(&words::exported(lang, exported));
    if args.out.as_os_str() != "-" {
        console.tell(&args.out.display().to_string());
    }
    let asides = [
        words::spelled(lang, exported),
        words::left_out(lang, exported),
    ];
    for aside in asides.iter().flatten() {
        console.tell(aside);
    }
    match exported.damaged {
        0 => Ended::Done,
        _ => Ended::Partly,
    }
}

fn tell_fault(path: &Path, fault: &ExportFault, console: &mut Console) -> Ended {
    match fault {
        // Whoever read the pipe has seen enough.
        ExportFault::Closed => return Ended::Done,
        ExportFault::Exists => {
            let path = path.display();
            console.say(
                format!("{path} is there already. Give another name, or --replace to put this in its place"),
                format!("{path} 已存在。请换一个名称，或用 --replace 覆盖"),
            );
        }
        fault => {
            let text = words::export_fault(console.lang, fault);
            console.tell(&text);
            if path.as_os_str() != "-" {
                console.tell(&path.display().to_string());
            }
        }
    }
    match fault {
        ExportFault::Cancelled | ExportFault::Incomplete(_) | ExportFault::Unsure { .. } => {
            Ended::Partly
        }
        _ => Ended::NotBegun,
    }
}
