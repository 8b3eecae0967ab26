//! What the tests of the previews share: the real window with a task that made pictures, fed as
//! jobs would feed it; what it asks of the world is written down.

use std::cell::{Ref, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::decode::decode_lines;
use crate::decode::detail::detail;
use crate::model::{
    AnimationFrame, Batch, Compression, Encoding, Format, Lang, PictureContent, PictureFault,
    PictureFormat, PictureInfo, PictureKey, Pixels, Settings, Shape, SourceEnd, SourceEvent,
    SourceId, SourceInfo, Wrapping,
};
use crate::state::{
    Action, AppAction, AppState, DetailAction, Effect, Loaded, PreviewAction, PreviewEffect,
    PreviewNews, SourceAction, Tab, update,
};
use crate::ui::textures::Textures;
use crate::ui::{fonts, theme, window_ui};

const SOURCE: SourceId = SourceId(1);

struct Kept {
    state: AppState,
    effects: Vec<Effect>,
    textures: Textures,
}

impl Kept {
    fn new(lang: Lang) -> Self {
        let mut kept = Self {
            state: AppState::new(Settings::default(), lang),
            effects: Vec::new(),
            textures: Textures::default(),
        };
        kept.tick(1_000);
        kept
    }

    fn act(&mut self, action: Action) {
        self.effects.extend(update(&mut self.state, action));
    }

    fn tick(&mut self, millis: u64) {
        let now_unix = 1_795_243_483;
        self.act(Action::App(AppAction::Tick { now_unix, millis }));
    }

    fn tell(&mut self, event: SourceEvent) {
        self.act(Action::Source(SourceAction::Event(event)));
    }

    /// The event is read from a file, selected, and its previews are on the screen.
    fn open(&mut self, event: &str) {
        self.tell(SourceEvent::Opened(SourceInfo {
            id: SOURCE,
            name: "events.ndjson".to_owned(),
            path: None,
            total_bytes: None,
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Lines,
            live: None,
        }));
        self.tell(SourceEvent::Batch(Batch {
            source: SOURCE,
            segment: decode_lines(format!("{event}\n").as_bytes(), 0).segment,
            problems: Vec::new(),
            text_lines: 0,
            bytes_read: 900,
        }));
        self.tell(SourceEvent::Ended {
            source: SOURCE,
            end: SourceEnd::Complete,
            elapsed: Duration::from_millis(5),
        });
        self.tick(2_000);
        self.act(Action::Detail(DetailAction::SetTab(Tab::Previews)));
        let read = detail(event.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap();
        self.act(Action::Detail(DetailAction::Loaded(Arc::new(Loaded {
            ticket: self.state.detail.ticket,
            task: self.state.list.selected.unwrap(),
            detail: Arc::new(read),
        }))));
    }
}

/// The window, without the process around it.
pub(super) struct Window {
    pub(super) harness: Harness<'static>,
    kept: Rc<RefCell<Kept>>,
}

impl Window {
    /// Over a task whose only event is this one.
    pub(super) fn of(event: &str, lang: Lang) -> Self {
        let mut kept = Kept::new(lang);
        kept.open(event);
        let kept = Rc::new(RefCell::new(kept));
        let drawn = Rc::clone(&kept);
        let harness = Harness::builder()
            .with_size(Vec2::new(1_440.0, 900.0))
            .with_max_steps(64)
            .with_context_setup(move |ctx| {
                fonts::install(ctx, lang);
                theme::install(ctx);
            })
            .build_ui(move |ui| frame(ui, &drawn));
        let mut window = Self { harness, kept };
        window.step();
        window
    }

    pub(super) fn step(&mut self) {
        self.harness.run_steps(5);
    }

    pub(super) fn state(&self) -> Ref<'_, AppState> {
        Ref::map(self.kept.borrow(), |kept| &kept.state)
    }

    /// What has been asked of the world about pictures since this was last looked at.
    pub(super) fn asked(&self) -> Vec<PreviewEffect> {
        let effects = std::mem::take(&mut self.kept.borrow_mut().effects);
        let pictures = effects.into_iter().filter_map(|effect| match effect {
            Effect::Preview(effect) => Some(effect),
            _ => None,
        });
        pictures.collect()
    }

    pub(super) fn act(&mut self, action: PreviewAction) {
        self.kept.borrow_mut().act(Action::Preview(action));
        self.step();
    }

    /// What is on the screen, in the sizes it is wanted in.
    pub(super) fn seen(&self, url: &str) -> PictureKey {
        let state = self.state();
        let mut seen = state.previews.seen().iter();
        let found = seen.find(|request| *request.key.url == *url);
        found.unwrap().key.clone()
    }

    /// The picture could not be fetched in the size that is on the screen.
    pub(super) fn fail(&mut self, url: &str, fault: PictureFault) {
        let key = self.seen(url);
        self.act(PreviewAction::News(PreviewNews::Failed { key, fault }));
    }

    /// The picture has come in the size that is on the screen.
    pub(super) fn come(&mut self, url: &str) {
        let key = self.seen(url);
        let pixels = Pixels {
            width: 16,
            height: 9,
            rgba: vec![128; 16 * 9 * 4],
        };
        self.bring(key, &PictureContent::Still(Arc::new(pixels)));
    }

    /// The first picture of an animation has come in the size that is on the screen.
    pub(super) fn come_held(&mut self, url: &str) {
        let key = self.seen(url);
        let pixels = Pixels {
            width: 16,
            height: 9,
            rgba: vec![128; 16 * 9 * 4],
        };
        let frame = AnimationFrame {
            pixels,
            delay_ms: 100,
        };
        let content = PictureContent::Animation {
            frames: vec![Arc::new(frame)],
            cut: true,
        };
        self.bring(key, &content);
    }

    fn bring(&mut self, key: PictureKey, content: &PictureContent) {
        let mut kept = self.kept.borrow_mut();
        kept.textures
            .insert(&self.harness.ctx, key.clone(), content);
        drop(kept);
        let info = PictureInfo {
            format: PictureFormat::Jpeg,
            width: 16,
            height: 9,
            bytes: 900,
            status: 200,
            redirected: None,
            cached: false,
        };
        self.act(PreviewAction::News(PreviewNews::Ready { key, info }));
    }

    pub(super) fn speak(&mut self, lang: Lang) {
        let speak = Action::App(AppAction::SetLang(lang));
        self.kept.borrow_mut().act(speak);
        self.step();
    }

    #[track_caller]
    pub(super) fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.step();
    }

    /// Clicks what is named with these words among others.
    #[track_caller]
    pub(super) fn click_part(&mut self, part: &str) {
        self.harness.get_by_label_contains(part).click();
        self.step();
    }

    /// Opens the menu of what is named with these words among others.
    #[track_caller]
    pub(super) fn open_menu(&mut self, part: &str) {
        self.harness.get_by_label_contains(part).click_secondary();
        self.step();
    }

    /// How often these words are on the screen.
    pub(super) fn count(&self, part: &str) -> usize {
        self.harness.query_all_by_label_contains(part).count()
    }

    pub(super) fn shows(&self, part: &str) -> bool {
        self.count(part) > 0
    }
}

/// A frame as the shell makes it.
fn frame(ui: &mut egui::Ui, kept: &RefCell<Kept>) {
    let asked = {
        let kept = kept.borrow();
        window_ui(ui, &kept.state, &kept.textures)
    };
    let mut kept = kept.borrow_mut();
    for action in asked {
        kept.act(action);
    }
    let seen = kept.textures.take_seen();
    if !ui.ctx().will_discard() && seen != kept.state.previews.seen() {
        kept.act(Action::Preview(PreviewAction::Seen(seen)));
    }
}
