//! `vodscope pull`: tasks or queued events of an account, into the archive and then to a file or
//! to the terminal.

use std::io;
use std::time::Duration;

use crate::job::{Job, JobEnd};
use crate::model::{Lang, SourceEvent};
use crate::store::{Index, TaskIdx};

use super::account::Account;
use super::args::{PullArgs, PullSource};
use super::console::Console;
use super::ended::Ended;
use super::interrupt::Interrupt;
use super::list;
use super::records::{self, Records};
use super::upkeep::Upkeep;

mod queue;
mod tasks;

/// How long Ctrl-C and limits of time may go unnoticed.
const TICK: Duration = Duration::from_millis(50);

pub(super) fn run(args: &PullArgs, lang: Lang) -> Ended {
    let mut console = Console::new(lang);
    let opened = Account::find(&args.account, &mut console).and_then(|account| {
        let out = Records::open(&args.out, &mut console)?;
        Ok((account, out))
    });
    let (account, out) = match opened {
        Ok(opened) => opened,
        Err(ended) => return ended,
    };
    let asked = Asked {
        args,
        out,
        interrupt: Interrupt::watch(),
        upkeep: upkeep(args, &account),
        account,
    };
    match args.source {
        PullSource::Tasks => tasks::run(asked, &mut console),
        PullSource::Queue => queue::run(asked, &mut console),
    }
}

/// What a pull has to go by.
struct Asked<'a> {
    args: &'a PullArgs,
    account: Account,
    out: Option<Records>,
    interrupt: Interrupt,
    upkeep: Upkeep,
}

/// Where the archive is where things are to go, it is kept to its retention.
fn upkeep(args: &PullArgs, account: &Account) -> Upkeep {
    match args.out.out {
        None => Upkeep::start(&account.around.archive),
        Some(_) => Upkeep::default(),
    }
}

/// Prints pulled tasks as `list` does.
fn print(index: &Index, tasks: &[TaskIdx], console: &mut Console) -> Ended {
    console.clear();
    if tasks.is_empty() {
        return Ended::Done;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let printed = list::table(index, tasks.iter().copied(), console.lang, &mut out);
    match printed.and_then(|()| io::Write::flush(&mut out)) {
        Ok(()) => Ended::Done,
        Err(error) => records::unwritten(&error, console),
    }
}

/// Says so when the job did not end as jobs do.
fn check_end(job: &Job<SourceEvent>, console: &mut Console) -> Ended {
    let Some(JobEnd::Failed(why)) = job.end() else {
        return Ended::Done;
    };
    console.say(
        format!("Pulling broke off: {why}. What arrived is in the archive"),
        format!("拉取中断：{why}。收到的内容都在归档中"),
    );
    Ended::Partly
}
