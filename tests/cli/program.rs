//! Runs the program as a person or a script does, in the folder of the bundled samples.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// How a run ended and what it printed.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// One value a line of standard output.
    pub(crate) fn ndjson(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.out.lines().map(parse).collect()
    }

    /// Exit status, then both streams: for snapshots.
    pub(crate) fn transcript(&self) -> String {
        let Self { code, out, err } = self;
        let code = code.map_or("none".to_owned(), |code| code.to_string());
        format!("exit {code}\n── stdout\n{out}── stderr\n{err}")
    }
}

pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples")
}

/// The program in English, in the folder of the samples.
pub(crate) fn program<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vodscope"));
    command.args(args).current_dir(samples());
    command.env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null());
    command
}

pub(crate) fn run<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Ran {
    ended(&program(args).output().unwrap())
}

pub(crate) fn run_in_chinese<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Ran {
    let mut command = program(args);
    ended(&command.env("LC_ALL", "zh_CN.UTF-8").output().unwrap())
}

pub(crate) fn run_with_input<A: AsRef<OsStr>>(
    args: impl IntoIterator<Item = A>,
    input: &[u8],
) -> Ran {
    let mut command = program(args);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = piped.stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    ended(&child.wait_with_output().unwrap())
}

pub(crate) fn ended(output: &Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ran {
        code: output.status.code(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

/// The files of a folder in order of their names.
pub(crate) fn file_names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let files = entries
        .map(|entry| entry.unwrap())
        .filter(|e| e.path().is_file());
    let mut names: Vec<_> = files
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A text member, or a dash for `null`.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("–")
}

/// Line and offset of a `path:line:offset: reason`.
pub(crate) fn place(problem: &str) -> (usize, usize) {
    let (at, reason) = problem.split_once(": ").unwrap();
    assert!(!reason.is_empty());
    let mut parts = at.rsplitn(3, ':');
    let offset = parts.next().unwrap().parse().unwrap();
    (parts.next().unwrap().parse().unwrap(), offset)
}

/// The ending of a file's name.
pub(crate) fn extension(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// The line a byte stands in, from 1.
pub(crate) fn line_of(bytes: &[u8], offset: usize) -> usize {
    let before = bytes.split_at(offset).0;
    before.split(|byte| *byte == b'\n').count()
}
