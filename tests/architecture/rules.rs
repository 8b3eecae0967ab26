//! The rules: ranks, reserved crates, names, cycles.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::scan::{Source, code_only, imports, names_below, regex};

/// A module imports only from modules of a lower rank, or from its own children.
const RANKS: &[(u8, &[&str])] = &[
    (0, &["model", "job", "http"]),
    (1, &["text", "decode", "knowledge", "store", "archive"]),
    (2, &["state", "source", "preview", "export"]),
    (3, &["ui"]),
    (4, &["shell", "cli"]),
];

/// Imports within one rank that are wanted.
const NEIGHBOURS: &[(&str, &str)] = &[
    // Names are looked up and connections opened where nobody has to wait for them.
    ("http", "job"),
    ("http", "model"),
    ("decode", "knowledge"),
    ("text", "knowledge"),
    // The command line without a command opens the window.
    ("cli", "shell"),
];

/// Imports that the ranks alone would allow.
const FORBIDDEN: &[(&str, &str)] = &[
    ("ui", "http"),
    ("ui", "source"),
    ("ui", "archive"),
    ("ui", "preview"),
];

/// Who may name a crate.
const RESERVED_CRATES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("ctrlc", &["cli"]),
    ("eframe", &["shell"]),
    ("egui", &["ui", "shell"]),
    ("env_logger", &["cli"]),
    ("encoding_rs", &["source"]),
    // The font bundled for Chinese is compressed.
    ("flate2", &["source", "ui"]),
    ("hmac", &["source"]),
    ("http_body_util", &["source"]),
    ("hyper", &["source"]),
    ("hyper_util", &["source"]),
    ("keyring", &["source"]),
    ("md5", &["preview", "source"]),
    ("notify_rust", &["shell"]),
    ("rfd", &["shell"]),
    ("rusqlite", &["archive"]),
    ("rustls", &["http"]),
    ("serde_json", DATA_AND_EDGES),
    ("sha2", &["archive", "preview", "source"]),
    ("tokio", &["source"]),
    ("ureq", &["http"]),
    ("zstd", &["archive", "source"]),
];
const DATA_AND_EDGES: &[&str] = &[
    "model",
    "job",
    "http",
    "text",
    "decode",
    "knowledge",
    "store",
    "archive",
    // The API's parameters.
    "source",
    // It writes lines of JSON.
    "export",
    // It keeps the settings.
    "shell",
    "cli",
];

/// Names under which everything ends up and nothing is found.
const EMPTY_NAMES: &[&str] = &[
    "common", "helper", "helpers", "manager", "misc", "util", "utils",
];

/// A rule broken at a line.
#[derive(Debug)]
pub(crate) struct Violation {
    path: String,
    pub(crate) line: usize,
    code: String,
    pub(crate) reason: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            code,
            reason,
        } = self;
        write!(f, "src/{path}:{line}: {reason}\n    {code}")
    }
}

impl Violation {
    fn new(source: &Source, at: usize, reason: String) -> Self {
        let (line, code) = source.line(at);
        Self {
            path: source.path.clone(),
            line,
            code: code.to_owned(),
            reason,
        }
    }
}

fn rank(module: &str) -> Option<u8> {
    let of_rank = |(_, modules): &&(u8, &[&str])| modules.contains(&module);
    RANKS.iter().find(of_rank).map(|(rank, _)| *rank)
}

/// Why `from` must not import `to`, if it must not.
fn objection(from: &str, to: &str) -> Option<String> {
    if FORBIDDEN.contains(&(from, to)) {
        return Some(format!("`{from}` must not know `{to}`"));
    }
    let (Some(from_rank), Some(to_rank)) = (rank(from), rank(to)) else {
        return None;
    };
    let allowed = to_rank < from_rank || NEIGHBOURS.contains(&(from, to));
    (!allowed).then(|| {
        format!(
            "`{from}` (rank {from_rank}) must not import `{to}` (rank {to_rank}): imports go down"
        )
    })
}

fn check_imports(source: &Source, code: &str) -> Vec<Violation> {
    let judge = |(at, to): (usize, String)| {
        objection(source.module(), &to).map(|reason| Violation::new(source, at, reason))
    };
    imports(source, code)
        .into_iter()
        .filter_map(judge)
        .collect()
}

fn check_crates(source: &Source, code: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    for (name, allowed) in RESERVED_CRATES {
        if allowed.contains(&source.module()) {
            continue;
        }
        for mention in regex(&format!(r"(?:^|[^\w:.]){name}(?:::|;| as )")).find_iter(code) {
            let reason = format!("`{name}` belongs to {}", allowed.join(", "));
            found.push(Violation::new(source, mention.start() + 1, reason));
        }
    }
    found
}

fn check_threads_and_colours(source: &Source, code: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    if source.module() != "job" {
        let threads = names_below(code, "std").into_iter();
        for (at, _) in threads.filter(|(_, name)| name == "thread") {
            found.push(Violation::new(
                source,
                at,
                "threads belong to `job`".to_owned(),
            ));
        }
    }
    if !source.path.starts_with("ui/theme") {
        for (at, _) in code.match_indices("Color32::from_rgb") {
            found.push(Violation::new(
                source,
                at,
                "colours come from `ui/theme`".to_owned(),
            ));
        }
    }
    found
}

fn check_names(source: &Source) -> Vec<Violation> {
    let mut found = Vec::new();
    let is_empty_name = |part: &str| EMPTY_NAMES.contains(&part.trim_end_matches(".rs"));
    if source.path.split('/').any(is_empty_name) {
        found.push(Violation::new(
            source,
            0,
            "the file's name says nothing".to_owned(),
        ));
    }
    if !source.is_root() && rank(source.module()).is_none() {
        let reason = format!("`{}` has no rank", source.module());
        found.push(Violation::new(source, 0, reason));
    }
    found
}

/// Modules that can reach themselves through imports.
pub(crate) fn cycles(sources: &[Source]) -> Vec<String> {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.is_root()) {
        let to = imports(source, &code_only(&source.text)).into_iter();
        let known = edges.entry(source.module().to_owned()).or_default();
        known.extend(to.map(|(_, name)| name).filter(|name| rank(name).is_some()));
    }
    let reaches_itself = |module: &&String| reachable(&edges, module).contains(*module);
    edges.keys().filter(reaches_itself).cloned().collect()
}

fn reachable(edges: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(module) = open.pop() {
        for next in edges.get(&module).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}

pub(crate) fn check(source: &Source) -> Vec<Violation> {
    let mut found = check_names(source);
    if source.is_root() {
        return found;
    }
    let code = code_only(&source.text);
    found.extend(check_imports(source, &code));
    found.extend(check_crates(source, &code));
    found.extend(check_threads_and_colours(source, &code));
    found
}
