//! A folder: every event file below it, in the order of their names.
//!
//! Hidden entries are left alone. Files that hold no events by their first bytes or their kind of
//! document, empty files, pipes and devices are passed over and named in the catalog; what cannot
//! be read is a problem.

use std::collections::HashSet;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use memchr::{memchr2, memmem};

use crate::model::Reason;

use super::file::{self, Probe};
use super::look::is_binary;
use super::opening::Opening;
use super::pread::words;

/// Kinds of document that stand beside event files and quote them.
const DOCUMENTS: [&str; 11] = [
    "adoc", "css", "htm", "html", "md", "rst", "svg", "toml", "xml", "yaml", "yml",
];

pub(super) fn open(opening: &Opening, folder: &Path) {
    let mut walk = Walk {
        opening,
        seen: HashSet::new(),
        opened: false,
    };
    walk.folder(folder);
    if !walk.opened && !opening.cancel.is_cancelled() {
        opening.refuse(folder, Reason::NoJson);
    }
}

struct Walk<'a> {
    opening: &'a Opening,
    /// Real paths of the folders that were entered: links may lead in a circle.
    seen: HashSet<PathBuf>,
    opened: bool,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if !self.seen.insert(real) {
            return;
        }
        match entries(folder) {
            Ok(paths) => paths.iter().for_each(|path| self.entry(path)),
            Err(error) => self.refuse(folder, Reason::Unreadable { why: words(&error) }),
        }
    }

    fn entry(&mut self, path: &Path) {
        if self.opening.cancel.is_cancelled() {
            return;
        }
        if path.is_dir() {
            return self.folder(path);
        }
        match file::probe(path) {
            Ok(probe) if may_hold_events(path, &probe) => {
                self.opened = true;
                file::read(self.opening, path, probe);
            }
            Ok(_) | Err(Reason::NotAFile | Reason::Empty) => {
                self.opening.catalog.skip(path.to_owned());
            }
            Err(reason) => self.refuse(path, reason),
        }
    }

    fn refuse(&mut self, path: &Path, reason: Reason) {
        self.opened = true;
        self.opening.refuse(path, reason);
    }
}

/// The entries of a folder that are not hidden, by name.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries: Vec<DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    let hidden = |entry: &DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
    let shown = entries.iter().filter(|entry| !hidden(entry));
    let mut paths: Vec<PathBuf> = shown.map(DirEntry::path).collect();
    paths.sort();
    Ok(paths)
}

fn may_hold_events(path: &Path, probe: &Probe) -> bool {
    let kind = path.extension().unwrap_or_default().to_string_lossy();
    // Tables may hold events in their cells, and are read for nothing else.
    if kind.eq_ignore_ascii_case("csv") {
        return memmem::find(&probe.beginning, b"{\"\"").is_some();
    }
    let document = DOCUMENTS.iter().any(|name| kind.eq_ignore_ascii_case(name));
    !document && !is_binary(&probe.beginning) && memchr2(b'{', b'[', &probe.beginning).is_some()
}
