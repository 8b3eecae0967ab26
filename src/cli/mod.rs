//! The command line: the same engine without a window. It decides nothing about events; it loads,
//! asks the index, and prints.

mod account;
mod archive;
mod args;
mod console;
mod ended;
mod faults;
mod interrupt;
mod list;
mod listen;
mod load;
mod moderation;
mod output;
mod pull;
mod record;
mod records;
mod replay;
mod rows;
mod show;
mod stats;
mod upkeep;

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::model::{Lang, SourceSpec};
use crate::shell;

use args::{Args, Command, InputArgs};
use load::Loaded;

/// Everything was read.
const ALL_READ: u8 = 0;
/// Some records could not be read; the rest was printed.
const SOME_UNREADABLE: u8 = 1;
/// Nothing could be read, or the command line was wrong.
const NOTHING_READ: u8 = 2;

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    log_to_stderr();
    let args = match Args::read(shell::language()) {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let code = match args.command {
        None => open_window(&args.window_specs()),
        Some(command) => run(&command),
    };
    ExitCode::from(code)
}

/// Our own warnings, and of the libraries' only what failed; `RUST_LOG` asks for more. A
/// certificate that is not trusted is told in our own words.
fn log_to_stderr() {
    let quiet = "error,vodscope=warn,rustls_platform_verifier=off";
    let quiet = env_logger::Env::default().default_filter_or(quiet);
    env_logger::Builder::from_env(quiet).init();
}

fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be told when the terminal is gone.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() {
        NOTHING_READ
    } else {
        ALL_READ
    })
}

fn open_window(specs: &[SourceSpec]) -> u8 {
    match shell::run(specs) {
        Ok(()) => ALL_READ,
        Err(failure) => {
            complain(&failure.to_string());
            NOTHING_READ
        }
    }
}

fn run(command: &Command) -> u8 {
    let lang = shell::language();
    match command {
        Command::List(args) => read(&args.input, lang, |loaded, out| {
            list::print(args, loaded, lang, out).map(|()| Found::Yes)
        }),
        Command::Stats(args) => read(&args.input, lang, |loaded, out| {
            stats::print(args, loaded, lang, out).map(|()| Found::Yes)
        }),
        Command::Show(args) => read(&args.input, lang, |loaded, out| {
            show::print(args, loaded, lang, out)
        }),
        Command::Pull(args) => pull::run(args, lang).status(),
        Command::Listen(args) => listen::run(args, lang).status(),
        Command::Replay(args) => replay::run(args, lang).status(),
        Command::Archive(args) => archive::run(args, lang).status(),
    }
}

/// Reads everything to its end, then prints what was asked of it.
fn read(
    input: &InputArgs,
    lang: Lang,
    print: impl FnOnce(&Loaded, &mut dyn io::Write) -> io::Result<Found>,
) -> u8 {
    let Some(loaded) = load::load(input, lang) else {
        return NOTHING_READ;
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let printed = print(&loaded, &mut out).and_then(|found| {
        out.flush()?;
        Ok(found)
    });
    let found = match printed {
        Ok(found) => found,
        // Whoever read the pipe has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Found::Yes,
        Err(error) => {
            complain(&lang.pick(
                format!("Cannot write the output: {error}"),
                format!("无法写出结果：{error}"),
            ));
            return NOTHING_READ;
        }
    };
    exit_code(&loaded, found)
}

/// Whether what was asked for by name was there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Yes,
    No,
}

fn exit_code(loaded: &Loaded, found: Found) -> u8 {
    if loaded.index.is_empty() || found == Found::No {
        NOTHING_READ
    } else if loaded.problem_count > 0 {
        SOME_UNREADABLE
    } else {
        ALL_READ
    }
}

/// A line on standard error; when that is closed there is nobody to tell.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", output::visible(text));
}
