//! Reads all paths, or the archive, to their end, telling what cannot be read as it goes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::archive::{self, place_of};
use crate::job::{Job, Wake};
use crate::model::{Lang, Problem, SourceEvent, SourceId};
use crate::source::{self, Catalog};
use crate::store::Index;
use crate::text::sentence;

use super::args::{InputArgs, spec};
use super::complain;

/// Everything that was read.
pub(super) struct Loaded {
    pub(super) index: Index,
    pub(super) catalog: Catalog,
    pub(super) problem_count: usize,
    is_archive: bool,
    names: BTreeMap<SourceId, String>,
}

impl Loaded {
    /// The path of a source, or what it is called when it has none.
    pub(super) fn path(&self, source: SourceId) -> &str {
        self.names.get(&source).map_or("", String::as_str)
    }
}

/// `None` when there is no place an archive could be in.
pub(super) fn load(input: &InputArgs, lang: Lang) -> Option<Loaded> {
    let mut loaded = Loaded {
        index: Index::default(),
        catalog: Catalog::default(),
        problem_count: 0,
        is_archive: input.archive,
        names: BTreeMap::new(),
    };
    if input.archive {
        let path = archive::default_path();
        let Some(path) = path else {
            complain(&no_place(lang));
            return None;
        };
        let (catalog, wake) = (loaded.catalog.clone(), Wake::none());
        let nothing = nothing_archived(&path, input.since, lang);
        loaded.read(
            &source::open_archive(path, input.since, &catalog, wake),
            lang,
        );
        if loaded.index.is_empty() && loaded.problem_count == 0 {
            complain(&nothing);
        }
        return Some(loaded);
    }
    for path in &input.paths {
        let job = source::open(spec(path), &loaded.catalog, Wake::none());
        loaded.read(&job, lang);
        let skipped = loaded.catalog.take_skipped();
        if !skipped.is_empty() {
            complain(&sentence::skipped(lang, skipped.len()));
        }
    }
    Some(loaded)
}

pub(super) fn no_place(lang: Lang) -> String {
    let variable = archive::PATH_VARIABLE;
    lang.pick(
        format!("There is no home folder for the archive. Name a file in {variable}"),
        format!("没有主目录可存放归档，请用 {variable} 指定文件"),
    )
}

/// What to say if nothing is read from the archive.
fn nothing_archived(path: &Path, since: Option<i64>, lang: Lang) -> String {
    let is_there = path.exists();
    let path = path.display();
    if !is_there {
        return lang.pick(
            format!("There is no archive yet: {path}. It begins with the first pull or callback"),
            format!("还没有归档：{path}。首次拉取或收到回调时会创建"),
        );
    }
    if since.is_none() {
        return lang.pick(
            format!("The archive is empty: {path}"),
            format!("归档是空的：{path}"),
        );
    }
    lang.pick(
        format!("Nothing of that time is in the archive: {path}"),
        format!("归档中没有这段时间的内容：{path}"),
    )
}

impl Loaded {
    fn read(&mut self, job: &Job<SourceEvent>, lang: Lang) {
        while let Some(event) = job.recv() {
            self.take(event, lang);
        }
    }

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
        let (line, offset) = (problem.line, problem.offset);
        complain(&if self.is_archive && line > 0 {
            let (entry, _) = place_of(offset);
            lang.pick(
                format!("{path}: entry {entry}: {why}"),
                format!("{path}：条目 {entry}：{why}"),
            )
        } else {
            format!("{path}:{line}:{offset}: {why}")
        });
    }
}
