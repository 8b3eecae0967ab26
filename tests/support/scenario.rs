//! A state that has been lived with: built from actions alone, as the shell would send them.

use std::time::Duration;

use vodscope::model::{
    Batch, Compression, Encoding, Lang, Problem, Reason, Settings, Shape, SourceEnd, SourceEvent,
    SourceId, SourceInfo,
};
use vodscope::state::{Action, AppAction, AppState, Effect, SourceAction, update};

use super::segments::{Event, segment};

pub struct Scenario {
    pub state: AppState,
    /// Everything asked of the world so far.
    pub effects: Vec<Effect>,
    millis: u64,
}

impl Scenario {
    pub fn new() -> Self {
        Self {
            state: AppState::new(Settings::default(), Lang::En),
            effects: Vec::new(),
            millis: 0,
        }
    }

    pub fn act(mut self, action: Action) -> Self {
        self.effects.extend(update(&mut self.state, action));
        self
    }

    /// Lets time pass, so that waiting rows are taken in.
    pub fn wait(mut self, millis: u64) -> Self {
        self.millis += millis;
        let millis = self.millis;
        let now_unix = 1_795_240_683;
        self.act(Action::App(AppAction::Tick { now_unix, millis }))
    }

    pub fn opened(self, id: u32, name: &str) -> Self {
        self.source(SourceEvent::Opened(SourceInfo {
            id: SourceId(id),
            name: name.to_owned(),
            path: Some(name.into()),
            total_bytes: Some(1_000),
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Lines,
            live: None,
        }))
    }

    pub fn rows<'a>(self, id: u32, events: impl IntoIterator<Item = &'a Event>) -> Self {
        self.source(SourceEvent::Batch(Batch {
            source: SourceId(id),
            segment: segment(events),
            problems: Vec::new(),
            text_lines: 0,
            bytes_read: 500,
        }))
    }

    pub fn problem(self, id: u32, reason: Reason) -> Self {
        let source = SourceId(id);
        let problem = Problem {
            source,
            line: 3,
            offset: 120,
            len: 40,
            reason,
            excerpt: "{\"TaskId\":".to_owned(),
        };
        self.source(SourceEvent::Batch(Batch {
            source,
            segment: segment([]),
            problems: vec![problem],
            text_lines: 0,
            bytes_read: 600,
        }))
    }

    pub fn ended(self, id: u32) -> Self {
        self.source(SourceEvent::Ended {
            source: SourceId(id),
            end: SourceEnd::Complete,
            elapsed: Duration::from_millis(5),
        })
    }

    fn source(self, event: SourceEvent) -> Self {
        self.act(Action::Source(SourceAction::Event(event)))
    }

    /// The `TaskId`s of the list, first line first.
    pub fn lines(&self) -> Vec<&str> {
        let view = &self.state.list.view;
        let tasks = (0..view.len()).filter_map(|line| view.task_at(line));
        tasks
            .filter_map(|task| self.state.index.task(task))
            .map(|task| task.task_id)
            .collect()
    }

    pub fn selected(&self) -> Option<&str> {
        let task = self.state.index.task(self.state.list.selected?)?;
        Some(task.task_id)
    }
}
