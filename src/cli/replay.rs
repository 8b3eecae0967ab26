//! `vodscope replay`: posts the events of a file to a receiver of callbacks, one after another.

use std::io::{self, Write as _};

use crate::decode;
use crate::http::Http;
use crate::job::{Cancel, Wake};
use crate::model::{Batch, CallFault, Lang, RawRef, Replayed, Row, SourceEvent, SourceId};
use crate::source::{self, Catalog, replay};
use crate::text::{format, live as words, sentence};

use super::args::{ReplayArgs, spec};
use super::console::Console;
use super::ended::Ended;
use super::interrupt::Interrupt;
use super::{output, records};

/// Columns of an answer that are shown.
const SHOWN: usize = 120;

pub(super) fn run(args: &ReplayArgs, lang: Lang) -> Ended {
    let mut console = Console::new(lang);
    let mut found = Found::default();
    found.read(args, &mut console);
    if found.events.is_empty() {
        found.tell_nothing(args, &mut console);
        return Ended::NotBegun;
    }
    let client = match replay::client() {
        Ok(client) => client,
        Err(fault) => {
            let text = words::call_fault(lang, &fault);
            console.tell(&text);
            return Ended::NotBegun;
        }
    };
    let posting = Posting {
        url: &args.to,
        client,
        catalog: &found.catalog,
        console: &mut console,
    };
    let mut ended = found.ended;
    ended.and(posting.run(&found.events, &Interrupt::watch()));
    ended
}

/// An event of the file, and what to call it.
struct Event {
    raw: RawRef,
    name: String,
}

#[derive(Default)]
struct Found {
    catalog: Catalog,
    events: Vec<Event>,
    ended: Ended,
}

impl Found {
    /// Every record is found before the first is sent: what can be read only once can be read
    /// again then.
    fn read(&mut self, args: &ReplayArgs, console: &mut Console) {
        let job = source::open(spec(&args.file), &self.catalog, Wake::none());
        let mut path = String::new();
        while let Some(event) = job.recv() {
            match event {
                SourceEvent::Opened(info) => {
                    let opened = info.path.map(|path| path.display().to_string());
                    path = opened.unwrap_or(info.name);
                }
                SourceEvent::Batch(batch) => self.take(&batch, (args, &path), console),
                SourceEvent::Restarted { .. }
                | SourceEvent::CaughtUp { .. }
                | SourceEvent::Live { .. }
                | SourceEvent::Ended { .. } => {}
            }
        }
    }

    fn take(&mut self, batch: &Batch, (args, path): (&ReplayArgs, &str), console: &mut Console) {
        for problem in &batch.problems {
            let why = sentence::reason(console.lang, &problem.reason);
            console.tell(&format!(
                "{path}:{}:{}: {why}",
                problem.line, problem.offset
            ));
            self.ended.and(Ended::Partly);
        }
        for row in &batch.segment.rows {
            let task = batch.segment.task_id(row);
            if args.task_id.as_deref().is_some_and(|wanted| wanted != task) {
                continue;
            }
            let name = match task {
                "" => batch.segment.name(row.event_type),
                task => task,
            };
            self.events.push(Event {
                raw: raw_ref(batch.source, row),
                name: name.to_owned(),
            });
        }
    }

    fn tell_nothing(&self, args: &ReplayArgs, console: &mut Console) {
        let file = args.file.display();
        if let Some(task) = &args.task_id {
            console.say(
                format!("No event of task {task} in {file}"),
                format!("{file} 中没有任务 {task} 的事件"),
            );
        } else if self.ended == Ended::Done {
            console.say(format!("No event in {file}"), format!("{file} 中没有事件"));
        }
        // Otherwise it was said already why there is none.
    }
}

fn raw_ref(source: SourceId, row: &Row) -> RawRef {
    RawRef {
        source,
        offset: row.offset,
        len: row.len,
        checksum: row.checksum,
        format: row.format,
        wrapping: row.flags.wrapping(),
    }
}

struct Posting<'a> {
    url: &'a str,
    client: Http,
    catalog: &'a Catalog,
    console: &'a mut Console,
}

impl Posting<'_> {
    fn run(mut self, events: &[Event], interrupt: &Interrupt) -> Ended {
        let mut ended = Ended::Done;
        for (sent, event) in events.iter().enumerate() {
            if interrupt.is_asked() {
                self.tell_rest(events.len() - sent);
                ended.and(Ended::Partly);
                break;
            }
            match self.post(event) {
                Ok(one) => ended.and(one),
                Err(Stop(last)) => {
                    ended.and(last);
                    break;
                }
            }
        }
        ended
    }

    fn tell_rest(&mut self, count: usize) {
        let count = format::len(count);
        self.console.say(
            format!("Stopped; {count} events were not sent"),
            format!("已停止，{count} 条事件未发送"),
        );
    }

    /// Sends one event and prints how it was answered.
    fn post(&mut self, event: &Event) -> Result<Ended, Stop> {
        let lang = self.console.lang;
        let read = self.catalog.reread(&event.raw, &Cancel::default());
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(reason) => {
                let why = sentence::reason(lang, &reason);
                self.console.tell(&format!("{}: {why}", event.name));
                return Ok(Ended::Partly);
            }
        };
        let meant = decode::unwrapped(&bytes, event.raw.wrapping);
        let body = replay::as_callback(&meant);
        match replay::replay(self.url, &body, &self.client) {
            Ok(replayed) => self.answered(event, &replayed),
            Err(CallFault::BadEndpoint { endpoint, why }) => {
                let why = words::endpoint_fault(lang, &why);
                self.console.say(
                    format!("Nothing can be posted to {endpoint}: {why}"),
                    format!("无法发送到 {endpoint}：{why}"),
                );
                Err(Stop(Ended::NotBegun))
            }
            Err(fault) => {
                let why = words::call_fault(lang, &fault);
                self.console.tell(&format!("{}: {why}", event.name));
                Ok(Ended::Partly)
            }
        }
    }

    fn answered(&mut self, event: &Event, replayed: &Replayed) -> Result<Ended, Stop> {
        let Replayed {
            addr,
            status,
            elapsed,
            body,
            ..
        } = replayed;
        let millis = elapsed.as_millis();
        let shown = output::shortened(body.trim(), SHOWN);
        let line = format!("{addr} {status} {millis} ms {} {shown}", event.name);
        let line = output::visible(line.trim_end()).into_owned();
        if let Err(error) = writeln!(io::stdout(), "{line}") {
            return Err(Stop(records::unwritten(&error, self.console)));
        }
        Ok(match status {
            200..300 => Ended::Done,
            _ => Ended::Partly,
        })
    }
}

/// Nothing more is sent.
struct Stop(Ended);
