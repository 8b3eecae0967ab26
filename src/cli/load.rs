//! Reads all paths to their end, telling what cannot be read as it goes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::job::Wake;
use crate::model::{Lang, Problem, SourceEvent, SourceId};
use crate::source::{self, Catalog};
use crate::store::Index;
use crate::text::sentence;

use super::args::spec;
use super::complain;

/// Everything the paths held.
pub(super) struct Loaded {
    pub(super) index: Index,
    pub(super) catalog: Catalog,
    pub(super) problem_count: usize,
    names: BTreeMap<SourceId, String>,
}

impl Loaded {
    /// The path of a source, or what it is called when it has none.
    pub(super) fn path(&self, source: SourceId) -> &str {
        self.names.get(&source).map_or("", String::as_str)
    }
}

pub(super) fn load(paths: &[PathBuf], lang: Lang) -> Loaded {
    let mut loaded = Loaded {
        index: Index::default(),
        catalog: Catalog::default(),
        problem_count: 0,
        names: BTreeMap::new(),
    };
    for path in paths {
        let job = source::open(spec(path), &loaded.catalog, Wake::none());
        while let Some(event) = job.recv() {
            loaded.take(event, lang);
        }
        let skipped = loaded.catalog.take_skipped();
        if !skipped.is_empty() {
            complain(&sentence::skipped(lang, skipped.len()));
        }
    }
    loaded
}

impl Loaded {
    fn take(&mut self, event: SourceEvent, lang: Lang) {
        match event {
            SourceEvent::Opened(info) => {
                let path = info.path.as_ref().map(|path| path.display().to_string());
                self.names.insert(info.id, path.unwrap_or(info.name));
            }
            SourceEvent::Batch(batch) => {
                for problem in &batch.problems {
                    self.report(problem, lang);
                }
                if !batch.segment.rows.is_empty() {
                    self.index.ingest(batch.source, batch.segment);
                }
            }
            SourceEvent::Restarted { .. }
            | SourceEvent::CaughtUp { .. }
            | SourceEvent::Live { .. }
            | SourceEvent::Ended { .. } => {}
        }
    }

    fn report(&mut self, problem: &Problem, lang: Lang) {
        self.problem_count += 1;
        let path = self.path(problem.source);
        let why = sentence::reason(lang, &problem.reason);
        complain(&format!(
            "{path}:{}:{}: {why}",
            problem.line, problem.offset
        ));
    }
}
