//! `vodscope listen`: receives callbacks, into the archive and then to a file or to the terminal.

use std::env;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use crate::archive::{Archive, place_of};
use crate::job::{Received, Wake};
use crate::model::{
    ArchiveFault, Batch, Lang, ListenSpec, LiveNews, LiveSpec, Refusal, Secret, SourceEnd,
    SourceEvent,
};
use crate::source::listener::is_exposed;
use crate::source::live::{self, Live};
use crate::text::{format, live as words};

use super::account::{around, open_archive};
use super::args::ListenArgs;
use super::console::Console;
use super::ended::Ended;
use super::faults;
use super::interrupt::Interrupt;
use super::records::{self, Records};
use super::rows::{Rows, Wanted, deliveries};
use super::upkeep::Upkeep;

/// How long Ctrl-C may go unnoticed.
const TICK: Duration = Duration::from_millis(100);

pub(super) fn run(args: &ListenArgs, lang: Lang) -> Ended {
    let mut console = Console::new(lang);
    match start(args, &mut console) {
        Ok(listening) => listening.run(&Interrupt::watch()),
        Err(ended) => ended,
    }
}

fn start<'a>(args: &ListenArgs, console: &'a mut Console) -> Result<Listening<'a>, Ended> {
    check_exposure(args, console)?;
    let sign_key = sign_key(args, console)?;
    let around = around(console.lang, console)?;
    let archive = open_archive(&around, console)?;
    let to = Records::open(&args.out, console)?;
    let to = to.map_or_else(|| To::Rows(Rows::new(console.lang)), To::Records);
    let spec = LiveSpec::Listen(ListenSpec { addr: args.addr });
    Ok(Listening {
        live: live::start(spec, sign_key, &around, Wake::none()),
        archive,
        to,
        upkeep: Upkeep::start(&around.archive),
        console,
        received: 0,
        is_open: false,
        is_stopped: false,
        ended: Ended::Done,
    })
}

fn check_exposure(args: &ListenArgs, console: &mut Console) -> Result<(), Ended> {
    let addr = args.addr;
    if !is_exposed(addr) {
        return Ok(());
    }
    if !args.expose {
        console.say(
            format!("Other machines could reach {addr}: say --expose if that is wanted"),
            format!("其他机器可以访问 {addr}：如确实需要，请加上 --expose"),
        );
        return Err(Ended::NotBegun);
    }
    console.say(
        format!("Other machines can reach {addr}. Anybody who does can send callbacks; a SignKey tells the genuine ones"),
        format!("其他机器可以访问 {addr}，任何人都能发来回调；设置 SignKey 才能辨别真伪"),
    );
    Ok(())
}

/// The key is read from the environment alone: a command line is seen by everybody.
fn sign_key(args: &ListenArgs, console: &mut Console) -> Result<Option<Secret>, Ended> {
    let Some(name) = &args.sign_key_env else {
        return Ok(None);
    };
    let key = env::var(name).map(|text| Secret::new(&text));
    match key {
        Ok(key) if !key.is_empty() => Ok(Some(key)),
        _ => {
            console.say(
                format!("The variable {name} holds no SignKey"),
                format!("环境变量 {name} 中没有 SignKey"),
            );
            Err(Ended::NotBegun)
        }
    }
}

enum To {
    Records(Records),
    Rows(Rows),
}

struct Listening<'a> {
    live: Live,
    archive: Archive,
    to: To,
    upkeep: Upkeep,
    console: &'a mut Console,
    received: u64,
    is_open: bool,
    /// Nobody reads any more, or nothing can be written.
    is_stopped: bool,
    ended: Ended,
}

impl Listening<'_> {
    fn run(mut self, interrupt: &Interrupt) -> Ended {
        loop {
            if interrupt.is_asked() || self.is_stopped {
                self.live.job.cancel();
            }
            match self.live.job.recv_timeout(TICK) {
                Received::Item(event) => self.take(event),
                Received::Waiting => {}
                Received::Ended => break,
            }
            self.upkeep.tell(self.console);
            self.tell_progress();
        }
        if let To::Records(out) = &self.to {
            out.tell(self.console);
        }
        self.upkeep.finish(self.console);
        self.ended
    }

    fn take(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Batch(batch) => self.batch(batch),
            SourceEvent::Live { news, .. } => self.news(news),
            SourceEvent::Ended {
                end: SourceEnd::Failed,
                ..
            } => {
                self.ended.and(if self.is_open {
                    Ended::Partly
                } else {
                    Ended::NotBegun
                });
            }
            SourceEvent::Ended { .. }
            | SourceEvent::Opened(_)
            | SourceEvent::Restarted { .. }
            | SourceEvent::CaughtUp { .. } => {}
        }
    }

    fn batch(&mut self, batch: Batch) {
        for problem in &batch.problems {
            let (delivery, _) = place_of(problem.offset);
            faults::problem(problem, delivery, self.console);
        }
        // What comes after the reader left is in the archive.
        if self.is_stopped {
            return;
        }
        self.console.clear();
        let written = match &mut self.to {
            To::Records(out) => write(out, &self.archive, &deliveries(&batch)),
            To::Rows(rows) => rows.print(batch, Wanted::All).map_err(Unwritten::Output),
        };
        if let Err(unwritten) = written {
            self.ended.and(unwritten.tell(self.console));
            self.is_stopped = true;
        }
    }

    fn news(&mut self, news: LiveNews) {
        match news {
            LiveNews::Listening { addr } => {
                self.is_open = true;
                self.console.say(
                    format!("Receiving on http://{addr}/, any path. Ctrl-C ends it"),
                    format!("正在 http://{addr}/ 接收，路径不限。按 Ctrl-C 结束"),
                );
            }
            LiveNews::Received { count, .. } => self.received += count,
            LiveNews::Refused { from, why, count } => self.refused(from, &why, count),
            LiveNews::ArchiveFailed { why } => {
                faults::archive(&why, self.console);
                self.ended.and(Ended::Partly);
            }
            // Of pulls.
            _ => {}
        }
    }

    fn refused(&mut self, from: SocketAddr, why: &Refusal, count: u64) {
        let why = words::refusal(self.console.lang, why);
        let times = match count {
            1 => String::new(),
            n => format!(" ×{}", format::count(n)),
        };
        self.console.say(
            format!("{from}: {why}{times}"),
            format!("{from}：{why}{times}"),
        );
    }

    fn tell_progress(&mut self) {
        let received = format::count(self.received);
        if self.is_open {
            self.console.progress(|lang| {
                lang.pick(
                    format!("Callbacks: {received} received"),
                    format!("回调：已收到 {received} 条"),
                )
            });
        }
    }
}

/// Why what arrived did not reach the output. It is in the archive.
enum Unwritten {
    Archive(ArchiveFault),
    Output(io::Error),
}

impl Unwritten {
    /// Says so; a reader that has seen enough is no failure.
    fn tell(&self, console: &mut Console) -> Ended {
        match self {
            Self::Archive(fault) => {
                faults::archive(fault, console);
                Ended::Partly
            }
            Self::Output(error) => records::unwritten(error, console),
        }
    }
}

fn write(out: &mut Records, archive: &Archive, deliveries: &[i64]) -> Result<(), Unwritten> {
    for delivery in deliveries {
        let read = archive.read(*delivery).map_err(Unwritten::Archive)?;
        // Another program may have deleted it meanwhile.
        if let Some(bytes) = read {
            out.write(&bytes).map_err(Unwritten::Output)?;
        }
    }
    out.make_durable().map_err(Unwritten::Output)
}
