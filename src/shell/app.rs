//! The eframe app: feeds news into `update`, carries out effects, draws.

use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::{CreationContext, Frame};
use egui::{Context, Event, Theme, Ui, ViewportCommand};

use crate::archive::Times;
use crate::job::{Job, Orders, Received, Wake};
use crate::model::{
    LiveCommand, SourceEvent, SourceId, SourceSpec, WindowPlacement, now_unix, now_unix_ms,
};
use crate::source::Catalog;
use crate::source::live::Around;
use crate::state::{
    Action, AppAction, AppState, DetailAction, Dialog, HoveredFile, OpenAction, Phase,
    SourceAction, update,
};
use crate::ui;

use super::exporting::Exporter;
use super::live::{self, Asked};
use super::picker::Picker;
use super::previews::Pictures;
use super::reader::{Answer, Reader};
use super::settings_file::SettingsFile;
use super::system;
use super::theme_watch::ThemeWatch;
use super::upkeep::Upkeep;

/// Time a frame may spend on taking in rows.
const INGEST_BUDGET: Duration = Duration::from_millis(8);
/// How often the clock ticks while nothing else happens.
const IDLE_TICK: Duration = Duration::from_secs(30);
/// How often the clock ticks while something is under way.
const BUSY_TICK: Duration = Duration::from_millis(100);

/// A job that reads, with the sources it has opened so far.
pub(super) struct Running {
    pub(super) job: Job<SourceEvent>,
    pub(super) ids: Vec<SourceId>,
    /// Where a live source takes orders.
    pub(super) orders: Option<Orders<LiveCommand>>,
}

/// The window's application.
pub struct App {
    pub(super) state: AppState,
    pub(super) sources: Vec<Running>,
    pub(super) catalog: Catalog,
    pub(super) reader: Reader,
    pub(super) picker: Picker,
    pub(super) around: Around,
    pub(super) asked: Asked,
    pub(super) exporter: Exporter,
    pub(super) pictures: Pictures,
    pub(super) settings_file: Option<SettingsFile>,
    pub(super) wake: Wake,
    pub(super) upkeep: Upkeep,
    theme_watch: ThemeWatch,
    started: Instant,
    started_unix_ms: i64,
}

impl App {
    /// The app with what was kept between runs; opens `specs` at once.
    pub fn new(
        cc: &CreationContext<'_>,
        settings_file: Option<SettingsFile>,
        specs: Vec<SourceSpec>,
    ) -> Self {
        let kept = settings_file.as_ref().and_then(SettingsFile::read);
        let knows_what_to_keep = kept.is_some();
        let settings = kept.unwrap_or_default();
        let ctx = cc.egui_ctx.clone();
        let wake = {
            let ctx = ctx.clone();
            Wake::new(move || ctx.request_repaint())
        };
        let catalog = Catalog::default();
        let state = AppState::new(settings, system::language());
        let lang = state.appearance.lang;
        let around = live::around(&catalog, lang);
        let upkeep = (settings_file.as_ref(), around.archive.as_path());
        let mut app = Self {
            // What has to go at the start goes before the last days are listed.
            upkeep: Upkeep::start(upkeep, Times::HOURLY, wake.clone()),
            state,
            sources: Vec::new(),
            reader: Reader::start(catalog.clone(), wake.clone()),
            picker: Picker::default(),
            around,
            asked: Asked::default(),
            pictures: Pictures::new(settings_file.is_some()),
            exporter: Exporter::default(),
            catalog,
            settings_file,
            theme_watch: ThemeWatch::start(wake.clone()),
            wake,
            started: Instant::now(),
            started_unix_ms: now_unix_ms(),
        };
        ui::theme::install(&ctx);
        ctx.options_mut(|options| {
            options.fallback_theme = Theme::Light;
            // The scale is a setting that is kept: egui's own keys would change it behind our back.
            options.zoom_with_keyboard = false;
        });
        app.apply_appearance(&ctx);
        app.tick(&ctx);
        if app.settings_file.is_some() {
            app.look_into_archive(knows_what_to_keep);
        }
        if !specs.is_empty() {
            app.act(&ctx, Action::Open(OpenAction::Specs(specs)));
        }
        app
    }

    /// The state, for tests.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Applies one action and carries out what it asks for.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        for effect in update(&mut self.state, action) {
            self.carry_out(ctx, effect);
        }
    }

    fn tick(&mut self, ctx: &Context) {
        let millis = self.millis();
        let now_unix = now_unix();
        self.act(ctx, Action::App(AppAction::Tick { now_unix, millis }));
    }

    /// Milliseconds since the start. A machine that slept counts its sleep on the wall clock only,
    /// and what was borrowed did not sleep with it.
    fn millis(&self) -> u64 {
        let counted = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let told = now_unix_ms().saturating_sub(self.started_unix_ms);
        let told = u64::try_from(told).unwrap_or(0);
        counted.max(told).max(self.state.millis)
    }

    fn take_news(&mut self, ctx: &Context) {
        self.theme_watch.apply(ctx);
        self.take_source_events(ctx);
        while let Some(answer) = self.reader.try_recv() {
            let action = match answer {
                Answer::Detail(loaded) => DetailAction::Loaded(Arc::new(loaded)),
                Answer::Unreadable { ticket, reason } => DetailAction::Failed { ticket, reason },
                Answer::History { ticket, entries } => {
                    DetailAction::HistoryLoaded { ticket, entries }
                }
                Answer::Repaired(spec) => {
                    self.act(ctx, Action::Open(OpenAction::Specs(vec![spec])));
                    continue;
                }
                Answer::NotRepaired(reason) => {
                    self.act(ctx, Action::Source(SourceAction::RepairFailed(reason)));
                    continue;
                }
            };
            self.act(ctx, Action::Detail(action));
        }
        let answers = self.asked.poll().into_iter();
        for action in answers.chain(self.exporter.poll()) {
            self.act(ctx, action);
        }
        if let Some(action) = self.picker.poll() {
            self.act(ctx, action);
        }
        self.take_upkeep(ctx);
        self.take_pictures(ctx);
    }

    fn take_source_events(&mut self, ctx: &Context) {
        let begun = Instant::now();
        let mut ended = Vec::new();
        for at in 0..self.sources.len() {
            while begun.elapsed() < INGEST_BUDGET {
                match self.sources.get(at).map(|running| running.job.poll()) {
                    Some(Received::Item(event)) => {
                        self.note_opened(at, &event);
                        self.act(ctx, Action::Source(SourceAction::Event(event)));
                    }
                    Some(Received::Ended) => {
                        ended.push(at);
                        break;
                    }
                    Some(Received::Waiting) | None => break,
                }
            }
        }
        for at in ended.into_iter().rev() {
            self.sources.swap_remove(at);
            let skipped = self.catalog.take_skipped();
            if !skipped.is_empty() {
                self.act(ctx, Action::Source(SourceAction::Skipped(skipped)));
            }
        }
        if begun.elapsed() >= INGEST_BUDGET {
            ctx.request_repaint();
        }
    }

    fn note_opened(&mut self, at: usize, event: &SourceEvent) {
        if let (SourceEvent::Opened(info), Some(running)) = (event, self.sources.get_mut(at)) {
            running.ids.push(info.id);
        }
    }

    fn take_input(&mut self, ctx: &Context) {
        let (hovered, dropped, pasted) = ctx.input(|input| {
            let hovered: Vec<HoveredFile> = input
                .raw
                .hovered_files
                .iter()
                .map(system::hovered)
                .collect();
            let dropped: Vec<SourceSpec> = input
                .raw
                .dropped_files
                .iter()
                .map(system::dropped)
                .collect();
            let pasted: Vec<String> = input.events.iter().filter_map(pasted_text).collect();
            (hovered, dropped, pasted)
        });
        if hovered != self.state.sources.hovering {
            self.act(ctx, Action::Open(OpenAction::Hovering(hovered)));
        }
        if !dropped.is_empty() {
            self.act(ctx, Action::Open(OpenAction::Specs(dropped)));
        }
        // A key that is pasted beside its field must not become a source.
        let in_dialog = self.state.dialog.is_some_and(Dialog::is_modal);
        if in_dialog || ctx.text_edit_focused() {
            return;
        }
        for text in pasted {
            self.act(ctx, Action::Open(OpenAction::Pasted(text)));
        }
    }

    /// Keeps the clock going while something moves, and lets the window sleep otherwise.
    fn schedule(&self, ctx: &Context) {
        let busy = self.sources.iter().any(|running| self.reads(running))
            || self.state.list.is_behind()
            || !self.state.toasts.shown.is_empty()
            || self.state.live.is_moving(self.state.millis);
        ctx.request_repaint_after(if busy { BUSY_TICK } else { IDLE_TICK });
    }

    /// Whether a job is at work: one that has caught up with a followed file waits for its growth.
    fn reads(&self, running: &Running) -> bool {
        let source = |id: &SourceId| self.state.sources.get(*id);
        let mut opened = running.ids.iter().filter_map(source);
        running.ids.is_empty() || opened.any(|source| source.phase == Phase::Reading)
    }
}

fn pasted_text(event: &Event) -> Option<String> {
    match event {
        Event::Paste(text) => Some(text.clone()),
        _ => None,
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        let ctx = ui.ctx().clone();
        self.tick(&ctx);
        self.take_news(&ctx);
        self.take_input(&ctx);
        self.pictures.textures.advance(&ctx);
        for action in ui::window_ui(ui, &self.state, &self.pictures.textures) {
            self.act(&ctx, action);
        }
        self.tell_seen(&ctx);
        self.schedule(&ctx);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.save_settings();
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

impl App {
    /// Notes where the window is, so that it comes back there.
    pub(super) fn note_window(&mut self, ctx: &Context) {
        let placement = ctx.input(|input| {
            let viewport = input.viewport();
            let inner = viewport.inner_rect?;
            let outer = viewport.outer_rect;
            Some(WindowPlacement {
                width: inner.width(),
                height: inner.height(),
                x: outer.map(|rect| rect.left()),
                y: outer.map(|rect| rect.top()),
                maximized: viewport.maximized.unwrap_or(false),
            })
        });
        if placement.is_some() && placement != self.state.settings.window {
            self.state.settings.window = placement;
        }
    }

    pub(super) fn request_paste(ctx: &Context) {
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    }
}
