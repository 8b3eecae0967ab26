//! What was opened, how far it is read, and what could not be read.

use std::path::PathBuf;
use std::time::Duration;

use crate::model::{
    Batch, Problem, RecentFile, SourceEnd, SourceEvent, SourceId, SourceInfo, SourceSpec,
};
use crate::text::sentence;

use super::{
    AppState, Dialog, Effect, HoveredFile, OpenAction, SourceAction, Stretch, ToastKind, detail,
    list, live,
};

/// How many recent files are kept.
const RECENT: usize = 8;

/// How far a source is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    Reading,
    /// Read to its present end; what is added will be read.
    Following,
    Ended(SourceEnd),
}

/// One opened source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceState {
    pub info: SourceInfo,
    pub phase: Phase,
    pub bytes_read: u64,
    pub records: usize,
    pub unreadable: usize,
    /// Lines of a log that hold no JSON.
    pub text_lines: u64,
    pub started_millis: u64,
    pub elapsed: Duration,
    /// How often a followed file began anew.
    pub restarts: u32,
}

impl SourceState {
    /// Share that is read, when the size is known.
    pub fn progress(&self) -> Option<f32> {
        let total = self.info.total_bytes.filter(|total| *total > 0)?;
        #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
        Some((self.bytes_read as f64 / total as f64).min(1.0) as f32)
    }
}

/// All opened sources in the order they were opened, and their problems.
#[derive(Debug, Default)]
pub struct Sources {
    pub list: Vec<SourceState>,
    pub problems: Vec<Problem>,
    /// Files that stood in an opened folder and hold no events.
    pub skipped: Vec<PathBuf>,
    /// Files hovering over the window.
    pub hovering: Vec<HoveredFile>,
    /// How many sources were asked for and have not opened yet.
    pub opening: usize,
    pastes: u32,
    /// The paste that was asked for last and has not been read yet.
    awaited_paste: Option<String>,
}

impl Sources {
    pub fn get(&self, id: SourceId) -> Option<&SourceState> {
        self.list.iter().find(|source| source.info.id == id)
    }

    fn get_mut(&mut self, id: SourceId) -> Option<&mut SourceState> {
        self.list.iter_mut().find(|source| source.info.id == id)
    }

    /// Whether anything is being read right now.
    pub fn is_reading(&self) -> bool {
        self.list.iter().any(|s| s.phase == Phase::Reading)
    }

    /// The name people know a source by.
    pub fn name(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |source| source.info.name.as_str())
    }
}

pub(super) fn open(state: &mut AppState, action: OpenAction) -> Vec<Effect> {
    match action {
        OpenAction::Specs(specs) => start(state, specs),
        OpenAction::PickFiles => vec![Effect::PickFiles],
        OpenAction::PickFolder => vec![Effect::PickFolder],
        OpenAction::RequestPaste => vec![Effect::RequestPaste],
        OpenAction::Samples => vec![Effect::OpenSamples],
        OpenAction::Sample(index) => vec![Effect::OpenSample(index)],
        OpenAction::Pasted(text) => pasted(state, text),
        OpenAction::Hovering(files) => {
            state.sources.hovering = files;
            Vec::new()
        }
        OpenAction::NoDialog => {
            fail(state, |text| text.load.no_dialog);
            Vec::new()
        }
    }
}

fn start(state: &mut AppState, specs: Vec<SourceSpec>) -> Vec<Effect> {
    state.sources.hovering.clear();
    if specs.is_empty() {
        return Vec::new();
    }
    state.sources.opening += specs.len();
    remember(state, &specs);
    tell_repairs(state, &specs);
    let mut effects: Vec<Effect> = specs.into_iter().map(Effect::StartSource).collect();
    effects.push(Effect::SaveSettings);
    effects
}

/// A repaired record is never passed off as what was received.
fn tell_repairs(state: &mut AppState, specs: &[SourceSpec]) {
    let text = state.text();
    let now = state.millis;
    for spec in specs {
        if let SourceSpec::Repaired { name, repairs, .. } = spec {
            let done: Vec<String> = repairs
                .iter()
                .map(|repair| sentence::repair(text.lang, repair))
                .collect();
            let title = format!("{} {name}", text.load.repaired);
            state
                .toasts
                .push(ToastKind::Told, title, done.join(" · "), now);
        }
    }
}

fn remember(state: &mut AppState, specs: &[SourceSpec]) {
    for spec in specs {
        let (SourceSpec::Path(path) | SourceSpec::Follow(path)) = spec else {
            continue;
        };
        let recent = &mut state.settings.recent;
        recent.retain(|file| file.path != *path);
        let opened = state.now_unix;
        let path = path.clone();
        recent.insert(0, RecentFile { path, opened });
        recent.truncate(RECENT);
    }
}

fn pasted(state: &mut AppState, text: String) -> Vec<Effect> {
    if text.trim().is_empty() {
        fail(state, |text| text.load.empty_clipboard);
        return Vec::new();
    }
    state.sources.pastes += 1;
    let name = format!("{} {}", state.text().load.pasted, state.sources.pastes);
    let text = text.into();
    state.sources.awaited_paste = Some(name.clone());
    start(state, vec![SourceSpec::Text { name, text }])
}

fn fail(state: &mut AppState, words: impl Fn(&crate::text::Text) -> &'static str) {
    let title = words(&state.text()).to_owned();
    let now = state.millis;
    state
        .toasts
        .push(ToastKind::Failure, title, String::new(), now);
}

pub(super) fn update(state: &mut AppState, action: SourceAction) -> Vec<Effect> {
    match action {
        SourceAction::Event(event) => received(state, event),
        SourceAction::Skipped(files) => skipped(state, files),
        SourceAction::Cancel(id) => vec![Effect::CancelSource(id)],
        SourceAction::Close(id) => close(state, id),
        SourceAction::Follow(id) => follow(state, id),
        SourceAction::Repair(problem) => repair(state, problem),
        SourceAction::RepairFailed(reason) => {
            let text = state.text();
            let why = reason.map_or(text.load.nothing_to_repair.to_owned(), |reason| {
                sentence::reason(text.lang, &reason)
            });
            let now = state.millis;
            state
                .toasts
                .push(ToastKind::Failure, why, String::new(), now);
            Vec::new()
        }
    }
}

fn received(state: &mut AppState, event: SourceEvent) -> Vec<Effect> {
    match event {
        SourceEvent::Opened(info) => opened(state, info),
        SourceEvent::Batch(batch) => return ingest(state, batch),
        SourceEvent::Restarted { source } => {
            if let Some(source) = state.sources.get_mut(source) {
                source.restarts += 1;
                source.phase = Phase::Reading;
            }
        }
        SourceEvent::CaughtUp { source, elapsed } => {
            set_phase(state, source, Phase::Following, elapsed);
            return list::source_read(state);
        }
        SourceEvent::Live { source, news } => return live::received(state, source, news),
        SourceEvent::Ended {
            source,
            end,
            elapsed,
        } => {
            let mut effects = live::ended(state, source, &end);
            set_phase(state, source, Phase::Ended(end), elapsed);
            effects.extend(finished(state, source));
            return effects;
        }
    }
    Vec::new()
}

/// Nothing is passed over in silence, though a picture in a folder is no problem either.
fn skipped(state: &mut AppState, files: Vec<PathBuf>) -> Vec<Effect> {
    let title = sentence::skipped(state.appearance.lang, files.len());
    let first = files
        .first()
        .map_or_else(String::new, |file| file.display().to_string());
    state.sources.skipped.extend(files);
    let now = state.millis;
    state.toasts.push(ToastKind::Told, title, first, now);
    Vec::new()
}

fn opened(state: &mut AppState, info: SourceInfo) {
    state.sources.opening = state.sources.opening.saturating_sub(1);
    live::opened(state, &info);
    state.sources.list.push(SourceState {
        info,
        phase: Phase::Reading,
        bytes_read: 0,
        records: 0,
        unreadable: 0,
        text_lines: 0,
        started_millis: state.millis,
        elapsed: Duration::ZERO,
        restarts: 0,
    });
}

fn ingest(state: &mut AppState, batch: Batch) -> Vec<Effect> {
    let rows = batch.segment.rows.len();
    if let Some(source) = state.sources.get_mut(batch.source) {
        source.bytes_read = batch.bytes_read;
        source.records += rows;
        // What is wrong with the source as a whole, told at no line, is no record.
        source.unreadable += batch.problems.iter().filter(|p| p.line > 0).count();
        source.text_lines += batch.text_lines;
    }
    state.sources.problems.extend(batch.problems);
    if rows == 0 {
        return Vec::new();
    }
    state.index.ingest(batch.source, batch.segment);
    list::rows_arrived(state)
}

fn set_phase(state: &mut AppState, id: SourceId, phase: Phase, elapsed: Duration) {
    if let Some(source) = state.sources.get_mut(id) {
        source.phase = phase;
        source.elapsed = elapsed;
    }
}

/// When all that was opened turned out unreadable, the report is the answer.
fn finished(state: &mut AppState, source: SourceId) -> Vec<Effect> {
    let nothing_read = state.sources.get(source).is_some_and(|s| s.records == 0);
    if nothing_read && state.index.is_empty() && !state.sources.problems.is_empty() {
        state.dialog = Some(Dialog::LoadReport);
    }
    let mut effects = list::source_read(state);
    effects.extend(paste_read(state, source));
    effects
}

/// What was pasted is what the person wants to see: its first task, and how many there were.
fn paste_read(state: &mut AppState, source: SourceId) -> Vec<Effect> {
    let Some(read) = state.sources.get(source) else {
        return Vec::new();
    };
    if state.sources.awaited_paste.as_ref() != Some(&read.info.name) {
        return Vec::new();
    }
    let counts = sentence::read(state.appearance.lang, read.records, read.unreadable);
    let (name, now) = (read.info.name.clone(), state.millis);
    state.sources.awaited_paste = None;
    state.toasts.push(ToastKind::Done, name, counts, now);
    list::select_from(state, source)
}

fn close(state: &mut AppState, id: SourceId) -> Vec<Effect> {
    live::closed(state, id);
    state.sources.list.retain(|source| source.info.id != id);
    state
        .sources
        .problems
        .retain(|problem| problem.source != id);
    let removed = state.index.remove_source(id);
    let mut effects = vec![Effect::CancelSource(id)];
    effects.extend(list::renumbered(state, &removed.moved));
    effects.extend(detail::open_selected(state));
    effects
}

fn follow(state: &mut AppState, id: SourceId) -> Vec<Effect> {
    let path = state.sources.get(id).and_then(|s| s.info.path.clone());
    let Some(path) = path else {
        return Vec::new();
    };
    let mut effects = close(state, id);
    effects.extend(start(state, vec![SourceSpec::Follow(path)]));
    effects
}

fn repair(state: &AppState, problem: usize) -> Vec<Effect> {
    let Some(problem) = state.sources.problems.get(problem) else {
        return Vec::new();
    };
    vec![Effect::Repair(Stretch {
        name: state.sources.name(problem.source).to_owned(),
        source: problem.source,
        offset: problem.offset,
        len: problem.len,
    })]
}
