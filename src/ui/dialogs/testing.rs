//! What the tests of the dialogs share: the real window over a state, without the process around
//! it; what it asks of the world is written down.

use std::cell::{Ref, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use egui::{Event, Key, Modifiers, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::model::{Lang, PictureContent, PictureInfo, PictureKey, Pixels, Settings};
use crate::state::{
    Action, AppAction, AppState, Effect, LiveAction, LiveEffect, PictureGroup, PreviewAction,
    PreviewEffect, PreviewNews, update,
};
use crate::ui::textures::Textures;
use crate::ui::{fonts, theme, window_ui};

/// 2026-11-21 14:44:43 +08:00.
pub(super) const NOW: i64 = 1_795_243_483;

struct Kept {
    state: AppState,
    effects: Vec<Effect>,
    textures: Textures,
}

impl Kept {
    fn act(&mut self, action: Action) {
        let effects = update(&mut self.state, action);
        self.effects.extend(effects);
    }
}

pub(super) struct Window {
    pub(super) harness: Harness<'static>,
    kept: Rc<RefCell<Kept>>,
}

/// How a window is made.
#[derive(Clone, Copy)]
pub(super) struct Made {
    pub(super) lang: Lang,
    pub(super) theme: Theme,
    pub(super) size: Vec2,
}

impl Default for Made {
    fn default() -> Self {
        Self {
            lang: Lang::En,
            theme: Theme::Light,
            size: Vec2::new(1_440.0, 900.0),
        }
    }
}

impl Window {
    pub(super) fn new() -> Self {
        Self::made(Made::default(), Settings::default())
    }

    pub(super) fn made(made: Made, settings: Settings) -> Self {
        let mut kept = Kept {
            state: AppState::new(settings, made.lang),
            effects: Vec::new(),
            textures: Textures::default(),
        };
        kept.act(Action::App(AppAction::Tick {
            now_unix: NOW,
            millis: 1_000,
        }));
        let kept = Rc::new(RefCell::new(kept));
        let drawn = Rc::clone(&kept);
        let harness = Harness::builder()
            .with_size(made.size)
            .with_max_steps(64)
            .with_context_setup(move |ctx| {
                fonts::install(ctx, made.lang);
                theme::install(ctx);
                ctx.set_theme(made.theme);
            })
            .build_ui(move |ui| {
                let asked = {
                    let kept = drawn.borrow();
                    kept.textures.take_seen();
                    window_ui(ui, &kept.state, &kept.textures)
                };
                for action in asked {
                    drawn.borrow_mut().act(action);
                }
            });
        let mut window = Self { harness, kept };
        window.step();
        window
    }

    pub(super) fn step(&mut self) {
        self.harness.run_steps(5);
    }

    pub(super) fn act(&mut self, action: Action) {
        self.kept.borrow_mut().act(action);
        self.step();
    }

    pub(super) fn live(&mut self, action: LiveAction) {
        self.act(Action::Live(action));
    }

    pub(super) fn state(&self) -> Ref<'_, AppState> {
        Ref::map(self.kept.borrow(), |kept| &kept.state)
    }

    /// What has been asked of the world about live sources since this was last looked at.
    pub(super) fn asked(&self) -> Vec<LiveEffect> {
        let effects = std::mem::take(&mut self.kept.borrow_mut().effects);
        let live = effects.into_iter().filter_map(|effect| match effect {
            Effect::Live(effect) => Some(effect),
            _ => None,
        });
        live.collect()
    }

    /// What has been asked of the world about pictures since effects were last looked at.
    pub(super) fn asked_of_pictures(&self) -> Vec<PreviewEffect> {
        let effects = std::mem::take(&mut self.kept.borrow_mut().effects);
        let pictures = effects.into_iter().filter_map(|effect| match effect {
            Effect::Preview(effect) => Some(effect),
            _ => None,
        });
        pictures.collect()
    }

    /// The pictures that the last frame wanted, the most wanted first.
    pub(super) fn wanted(&mut self) -> Vec<PictureKey> {
        self.step();
        let seen = self.kept.borrow().textures.take_seen();
        seen.into_iter().map(|request| request.key).collect()
    }

    /// As if the selected task had these pictures.
    pub(super) fn give_pictures(&mut self, groups: Vec<PictureGroup>) {
        self.kept.borrow_mut().state.previews.groups = Arc::new(groups);
        self.act(Action::Preview(PreviewAction::SetFetch(true)));
        self.kept.borrow_mut().effects.clear();
    }

    /// Puts a picture on the graphics card and says that it came.
    pub(super) fn draw_picture(&mut self, key: PictureKey, info: PictureInfo) {
        let (width, height) = (info.width, info.height);
        let bytes = usize::try_from(4 * width * height).unwrap();
        let content = PictureContent::Still(Arc::new(Pixels {
            width,
            height,
            rgba: vec![128; bytes],
        }));
        let ctx = &self.harness.ctx;
        let mut kept = self.kept.borrow_mut();
        kept.textures.insert(ctx, key.clone(), &content);
        drop(kept);
        let ready = PreviewNews::Ready { key, info };
        self.act(Action::Preview(PreviewAction::News(ready)));
    }

    /// Texts that were put on the clipboard since effects were last looked at.
    pub(super) fn copied(&self) -> Vec<String> {
        let effects = std::mem::take(&mut self.kept.borrow_mut().effects);
        let texts = effects.into_iter().filter_map(|effect| match effect {
            Effect::CopyText(text) => Some(text),
            _ => None,
        });
        texts.collect()
    }

    #[track_caller]
    pub(super) fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.step();
    }

    #[track_caller]
    pub(super) fn click_part(&mut self, part: &str) {
        let mut found = self.harness.get_all_by_label_contains(part);
        found.next().unwrap().click();
        drop(found);
        self.step();
    }

    pub(super) fn shows(&self, part: &str) -> bool {
        let mut found = self.harness.query_all_by_label_contains(part);
        found.next().is_some()
    }

    pub(super) fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.step();
    }

    pub(super) fn control(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, key);
        self.step();
    }

    pub(super) fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.step();
    }

    /// Clicks a field and types into it.
    #[track_caller]
    pub(super) fn fill(&mut self, field: &str, text: &str) {
        self.click(field);
        self.control(Key::A);
        self.type_text(text);
    }
}
