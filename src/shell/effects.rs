//! Carrying out what `update` asks for.

use egui::{Context, ThemePreference};

use crate::model::{SourceId, SourceSpec, ThemeChoice};
use crate::source;
use crate::state::{Action, Effect, OpenAction};
use crate::ui;

use super::app::{App, Running};
use super::reader::Request;
use super::samples;

impl App {
    pub(super) fn carry_out(&mut self, ctx: &Context, effect: Effect) {
        match effect {
            Effect::StartSource(spec) => self.start_source(spec),
            Effect::CancelSource(id) => self.cancel_source(id),
            Effect::LoadDetail { ticket, task, raw } => {
                self.reader.ask(Request::Detail { ticket, task, raw });
            }
            Effect::LoadHistory { ticket, raws } => {
                self.reader.ask(Request::History { ticket, raws });
            }
            Effect::Repair(stretch) => self.reader.ask(Request::Repair(stretch)),
            Effect::Live(effect) => self.carry_out_live(effect),
            Effect::Preview(effect) => self.carry_out_preview(ctx, effect),
            Effect::PickFiles => self.picker.pick_files(&self.wake),
            Effect::PickFolder => self.picker.pick_folder(&self.wake),
            Effect::RequestPaste => Self::request_paste(ctx),
            Effect::OpenSamples => {
                self.act(ctx, Action::Open(OpenAction::Specs(samples::specs())));
            }
            Effect::OpenSample(index) => {
                let specs = samples::specs().into_iter().skip(index).take(1).collect();
                self.act(ctx, Action::Open(OpenAction::Specs(specs)));
            }
            Effect::CopyText(text) => ctx.copy_text(text),
            Effect::SaveSettings => {
                self.note_window(ctx);
                self.save_settings();
            }
            Effect::ApplyAppearance => self.apply_appearance(ctx),
        }
    }

    fn start_source(&mut self, spec: SourceSpec) {
        self.sources.push(Running {
            job: source::open(spec, &self.catalog, self.wake.clone()),
            ids: Vec::new(),
            orders: None,
        });
    }

    /// Stops the job that reads a source; a folder's files share one.
    fn cancel_source(&self, id: SourceId) {
        for running in self
            .sources
            .iter()
            .filter(|running| running.ids.contains(&id))
        {
            running.job.cancel();
        }
        if self.state.sources.get(id).is_none() {
            self.catalog.forget(id);
        }
    }

    pub(super) fn apply_appearance(&self, ctx: &Context) {
        ui::fonts::install(ctx, self.state.appearance.lang);
        ctx.set_theme(match self.state.settings.theme {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Light => ThemePreference::Light,
            ThemeChoice::Dark => ThemePreference::Dark,
        });
        ctx.set_zoom_factor(self.state.settings.ui_scale);
    }

    pub(super) fn save_settings(&self) {
        let Some(file) = &self.settings_file else {
            return;
        };
        if let Err(error) = file.save(&self.state.settings) {
            log::warn!("settings could not be kept: {error}");
        }
    }
}
