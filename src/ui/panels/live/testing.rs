//! What the tests of the live panels share: a window whose state is fed as jobs would feed it.

use std::cell::{Ref, RefCell};
use std::rc::Rc;
use std::time::Duration;

use egui::Vec2;
use egui_kittest::Harness;

use crate::decode::decode_lines;
use crate::model::{
    ApiError, Batch, Borrowed, BorrowedBatch, CallFault, Compression, Encoding, Lang, LiveNews,
    LiveSpec, Profile, Settings, Shape, SourceEnd, SourceEvent, SourceId, SourceInfo, TaskPull,
    TaskQuery,
};
use crate::state::{Action, AppAction, AppState, Effect, SourceAction, update};
use crate::ui::textures::Textures;
use crate::ui::{fonts, theme, window_ui};

/// 2026-11-21 14:44:43 +08:00.
pub(super) const NOW: i64 = 1_795_243_483;
pub(super) const SOURCE: SourceId = SourceId(3);
const APPLICATION: u64 = 1_500_012_345;

/// A state that live sources have fed.
pub(super) struct Fed {
    pub(super) state: AppState,
    pub(super) effects: Vec<Effect>,
}

impl Fed {
    pub(super) fn new(lang: Lang) -> Self {
        let mut fed = Self {
            state: AppState::new(Settings::default(), lang),
            effects: Vec::new(),
        };
        fed.tick(1_000);
        fed
    }

    pub(super) fn act(&mut self, action: Action) {
        self.effects.extend(update(&mut self.state, action));
    }

    /// The window's clock stands at so many milliseconds.
    pub(super) fn tick(&mut self, millis: u64) {
        let past = i64::try_from(millis / 1_000).unwrap();
        let now_unix = NOW + past;
        self.act(Action::App(AppAction::Tick { now_unix, millis }));
    }

    fn tell(&mut self, event: SourceEvent) {
        self.act(Action::Source(SourceAction::Event(event)));
    }

    pub(super) fn news(&mut self, news: LiveNews) {
        let source = SOURCE;
        self.tell(SourceEvent::Live { source, news });
    }

    pub(super) fn opened(mut self, live: LiveSpec) -> Self {
        self.tell(SourceEvent::Opened(SourceInfo {
            id: SOURCE,
            name: "prod-edu".to_owned(),
            path: None,
            total_bytes: None,
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Lines,
            live: Some(live),
        }));
        self
    }

    pub(super) fn ended(&mut self, end: SourceEnd) {
        self.tell(SourceEvent::Ended {
            source: SOURCE,
            end,
            elapsed: Duration::from_secs(9),
        });
    }

    /// Rows as an archived source sends them: their offsets are the archive's numbers.
    pub(super) fn rows(&mut self, lines: &str, first_id: u64) {
        let mut segment = decode_lines(lines.as_bytes(), 0).segment;
        for (row, id) in segment.rows.iter_mut().zip(first_id..) {
            row.offset = id << 24;
        }
        self.tell(SourceEvent::Batch(Batch {
            source: SOURCE,
            segment,
            problems: Vec::new(),
            text_lines: 0,
            bytes_read: 900,
        }));
        self.tick(self.state.millis + 1_000);
    }

    /// One PullEvents has brought these events, told by their numbers in the archive.
    pub(super) fn borrowed(&mut self, batch: u64, ids: &[i64]) {
        let pulled_unix_ms = self.state.now_unix * 1_000;
        let event = |id: &i64| Borrowed {
            archive_id: *id,
            task_id: String::new(),
            pulled_unix_ms,
            batch,
        };
        self.news(LiveNews::Borrowed(BorrowedBatch {
            batch,
            request_id: "335bdaa3-db0e-46ce-9946-51941d9cb0f5".to_owned(),
            pulled_unix_ms,
            events: ids.iter().map(event).collect(),
        }));
    }

    pub(super) fn window(self) -> Window {
        self.window_of(1_440.0, 900.0)
    }

    pub(super) fn window_of(self, width: f32, height: f32) -> Window {
        Window::of(self, Vec2::new(width, height))
    }
}

pub(super) fn profile() -> Profile {
    Profile {
        name: "prod-edu".to_owned(),
        sub_app_id: Some(APPLICATION),
        ..Profile::default()
    }
}

/// A pull of the last three days.
pub(super) fn tasks() -> LiveSpec {
    LiveSpec::Tasks {
        profile: profile(),
        pull: TaskPull::List(TaskQuery {
            since_unix: NOW - 72 * 3_600,
            ..TaskQuery::default()
        }),
    }
}

pub(super) fn queue() -> LiveSpec {
    LiveSpec::Queue { profile: profile() }
}

pub(super) fn api(code: &str) -> CallFault {
    CallFault::Api(ApiError {
        code: code.to_owned(),
        message: "as the service said it".to_owned(),
        request_id: "3f0c11e2-aaaa-bbbb-cccc-0123456789ab".to_owned(),
        clock_ahead_secs: None,
    })
}

/// The real window over a state, without the process around it.
pub(super) struct Window {
    pub(super) harness: Harness<'static>,
    fed: Rc<RefCell<Fed>>,
}

impl Window {
    fn of(fed: Fed, size: Vec2) -> Self {
        let lang = fed.state.appearance.lang;
        let fed = Rc::new(RefCell::new(fed));
        let drawn = Rc::clone(&fed);
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(64)
            .with_context_setup(move |ctx| {
                fonts::install(ctx, lang);
                theme::install(ctx);
            })
            .build_ui(move |ui| {
                let asked = window_ui(ui, &drawn.borrow().state, &Textures::default());
                for action in asked {
                    drawn.borrow_mut().act(action);
                }
            });
        let mut window = Self { harness, fed };
        window.step();
        window
    }

    pub(super) fn step(&mut self) {
        self.harness.run_steps(4);
    }

    pub(super) fn feed(&mut self, change: impl FnOnce(&mut Fed)) {
        change(&mut self.fed.borrow_mut());
        self.step();
    }

    pub(super) fn state(&self) -> Ref<'_, AppState> {
        Ref::map(self.fed.borrow(), |fed| &fed.state)
    }

    /// What has been asked of the world since this was last looked at.
    pub(super) fn effects(&self) -> Vec<Effect> {
        std::mem::take(&mut self.fed.borrow_mut().effects)
    }
}
