//! `vodscope archive`: what is kept on this machine, written out and deleted.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::archive::{Archive, Range};
use crate::model::Lang;

use super::account::around;
use super::args::{ArchiveArgs, ArchiveCommand, SpanArgs};
use super::console::Console;
use super::ended::Ended;
use super::{faults, records};

mod delete;
mod export;
mod info;

pub(super) fn run(args: &ArchiveArgs, lang: Lang) -> Ended {
    let mut console = Console::new(lang);
    let ended = match &args.command {
        ArchiveCommand::Info(args) => info::run(args, &mut console),
        ArchiveCommand::Export(args) => export::run(args, &mut console),
        ArchiveCommand::Delete(args) => delete::run(args, &mut console),
    };
    ended.unwrap_or_else(|ended| ended)
}

/// Where the archive is.
fn place(console: &mut Console) -> Result<PathBuf, Ended> {
    Ok(around(console.lang, console)?.archive)
}

/// The archive, if there is one.
fn open(path: &Path, console: &mut Console) -> Result<Option<Archive>, Ended> {
    Archive::open_existing(path).map_err(|fault| {
        faults::archive(&fault, console);
        console.tell(&path.display().to_string());
        Ended::NotBegun
    })
}

fn tell_none(path: &Path, console: &mut Console) {
    let path = path.display();
    console.say(
        format!("There is no archive yet: {path}"),
        format!("还没有归档：{path}"),
    );
}

fn range(args: &SpanArgs, console: &mut Console) -> Result<Range, Ended> {
    args.range().ok_or_else(|| {
        console.say(
            "--since must be earlier than --until",
            "--since 必须早于 --until",
        );
        Ended::NotBegun
    })
}

/// Prints what was made ready.
fn print(text: &[u8], console: &mut Console) -> Ended {
    console.clear();
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => Ended::Done,
        Err(error) => records::unwritten(&error, console),
    }
}
