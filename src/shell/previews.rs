//! Remote pictures: starts the desk that fetches them when the first one is wanted, hands it the
//! policy with its keys, and puts what came on the graphics card.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use directories::ProjectDirs;
use egui::{Context, OpenUrl};

use crate::job::{Job, Wake, spawn};
use crate::model::{
    Lang, PictureContent, PictureKey, PictureNews, PictureRequest, PictureSettings, PlaceFault,
    Secret,
};
use crate::preview::{Address, Cache, Desk, DeskSetup, Limits, Policy};
use crate::source::credentials::{Keyring as _, SystemKeyring};
use crate::state::{Action, AppAction, PreviewAction, PreviewEffect, PreviewNews};
use crate::text::live::place_fault;
use crate::ui::textures::Textures;

use super::app::App;
use super::picker::{Picked, picked};

/// This part of the textures' memory is left free for what arrives within a frame.
const HEADROOM: u64 = 32;

/// Time a frame may spend on taking in pictures.
const BUDGET: Duration = Duration::from_millis(6);

/// What signing keys are filed under in the keyring, before the host.
const KEY_PREFIX: &str = "pictures of ";

/// A host's signing key as the keyring holds it.
type FoundKey = (String, Result<Option<Secret>, PlaceFault>);

/// What fetching and drawing pictures needs.
#[derive(Default)]
pub(super) struct Pictures {
    pub(super) textures: Textures,
    /// Where fetched files are kept; none are when `None`.
    folder: Option<PathBuf>,
    /// `None` until a picture of an allowed host is wanted.
    desk: Option<Desk>,
    /// Signing keys by host, as far as they were looked up or typed.
    keys: BTreeMap<String, Secret>,
    /// Hosts whose key the keyring was asked for in this run.
    asked: BTreeSet<String>,
    looking: Vec<Job<FoundKey>>,
    /// What is wanted as soon as the keys that sign it are known.
    held_back: Option<Vec<PictureRequest>>,
}

impl Pictures {
    /// Keeps files in the user's cache folder when `keeps`.
    pub(super) fn new(keeps: bool) -> Self {
        let folder = ProjectDirs::from("", "", "vodscope").filter(|_| keeps);
        Self {
            folder: folder.map(|dirs| dirs.cache_dir().join("pictures")),
            ..Self::default()
        }
    }

    fn policy(&self, settings: PictureSettings) -> Policy {
        let keys = self.keys.iter();
        keys.fold(Policy::new(settings), |policy, (host, key)| {
            policy.with_key(host, key.clone())
        })
    }

    /// Asks the keyring for the keys of hosts that are signed, each once.
    fn look_for_keys(&mut self, settings: &PictureSettings, wake: &Wake) {
        let signed = settings.hosts.iter().filter(|(_, rule)| rule.signed);
        for (host, _) in signed {
            if self.keys.contains_key(host) || !self.asked.insert(host.clone()) {
                continue;
            }
            let host = host.clone();
            self.looking
                .push(spawn("picture-key", wake.clone(), move |outbox, _| {
                    let key = SystemKeyring.get(&entry(&host)).map_err(PlaceFault::from);
                    // The window may have closed meanwhile: then nobody wants the answer.
                    let _unwanted = outbox.send((host, key));
                }));
        }
    }

    /// Keys that were found since the last call.
    fn found_keys(&mut self) -> Vec<FoundKey> {
        let mut found = Vec::new();
        self.looking.retain(|job| {
            found.extend(job.drain());
            job.end().is_none()
        });
        found
    }

    /// The desk's cache, or one of its own while there is no desk.
    fn cache(&self, budget: u64) -> Option<Arc<Cache>> {
        let of_desk = self.desk.as_ref().and_then(Desk::cache);
        of_desk.or_else(|| Some(Arc::new(Cache::new(self.folder.as_ref()?, budget))))
    }
}

impl App {
    pub(super) fn carry_out_preview(&mut self, ctx: &Context, effect: PreviewEffect) {
        match effect {
            PreviewEffect::Want(requests) => self.want(ctx, requests),
            PreviewEffect::Policy(settings) => self.set_policy(ctx, settings),
            PreviewEffect::Retry(keys) => {
                if let Some(desk) = &self.pictures.desk {
                    for key in &keys {
                        desk.retry(key);
                    }
                }
            }
            PreviewEffect::Drop(keys) => {
                self.pictures.textures.remove(|key| keys.contains(key));
            }
            PreviewEffect::DropAll => {
                self.pictures.desk = None;
                self.pictures.held_back = None;
                self.pictures.textures.clear();
            }
            PreviewEffect::CopyImage(key) => self.copy_image(ctx, key),
            PreviewEffect::SaveAs { url, name } => self.save_picture(url, name),
            PreviewEffect::Open(url) => ctx.open_url(OpenUrl::new_tab(&*url)),
            PreviewEffect::AskCacheSize => self.measure_cache(),
            PreviewEffect::ClearCache => self.clear_picture_cache(),
            PreviewEffect::KeepKey { host, key } => self.keep_picture_key(host, key),
            PreviewEffect::ForgetKey { host } => self.forget_picture_key(host),
        }
    }

    /// Passes the wishes on; while a key is still looked for they wait, since an unsigned request
    /// would only be refused.
    fn want(&mut self, ctx: &Context, requests: Vec<PictureRequest>) {
        if self.pictures.desk.is_none() && requests.is_empty() {
            self.pictures.held_back = None;
            return;
        }
        let settings = self.picture_settings();
        self.pictures.look_for_keys(&settings, &self.wake);
        if !self.pictures.looking.is_empty() {
            self.pictures.held_back = Some(requests);
            return;
        }
        self.pictures.held_back = None;
        let setup = || DeskSetup {
            limits: self.limits(ctx, &settings),
            policy: self.pictures.policy(settings),
            cache: self.pictures.folder.clone(),
            ..DeskSetup::default()
        };
        if self.pictures.desk.is_none() {
            self.pictures.desk = Some(Desk::start(&self.wake, setup()));
        }
        if let Some(desk) = &self.pictures.desk {
            desk.set_limits(self.limits(ctx, &self.picture_settings()));
            desk.want(requests);
        }
    }

    /// What fits the memory for pictures, as many as are on the screen, and the graphics card.
    fn limits(&self, ctx: &Context, settings: &PictureSettings) -> Limits {
        let side = ctx.input(|input| input.max_texture_side);
        let side = u32::try_from(side).unwrap_or(u32::MAX);
        let on_screen = self.state.previews.seen().len();
        Limits::of_memory(settings.texture_bytes, on_screen, side)
    }

    fn picture_settings(&self) -> PictureSettings {
        self.state.previews.policy(&self.state.settings.pictures)
    }

    fn set_policy(&mut self, ctx: &Context, settings: PictureSettings) {
        self.pictures.look_for_keys(&settings, &self.wake);
        let limits = self.limits(ctx, &settings);
        let policy = self.pictures.policy(settings);
        if let Some(desk) = &self.pictures.desk {
            desk.set_limits(limits);
            desk.set_policy(policy);
        }
    }

    /// Takes in what the desk has, as much as fits into a frame.
    pub(super) fn take_pictures(&mut self, ctx: &Context) {
        self.take_keys(ctx);
        let begun = Instant::now();
        while let Some(news) = self.pictures.desk.as_mut().and_then(Desk::poll) {
            self.take_picture(ctx, news);
            if begun.elapsed() >= BUDGET {
                ctx.request_repaint();
                break;
            }
        }
        let budget = self.state.settings.pictures.texture_bytes;
        // What is dropped is freed after the next frame: what comes until then has its room, too.
        let budget = budget - budget / HEADROOM;
        let on_screen = self.state.previews.seen().len();
        let dropped = self.pictures.textures.make_room(budget, on_screen);
        if !dropped.is_empty() {
            self.told(ctx, PreviewNews::Dropped(dropped));
        }
    }

    fn take_picture(&mut self, ctx: &Context, news: PictureNews) {
        let news = match news {
            PictureNews::Loading {
                key,
                received,
                total,
            } => PreviewNews::Loading {
                key,
                received,
                total,
            },
            PictureNews::Ready {
                key,
                info,
                content: PictureContent::Cues(cues),
            } => PreviewNews::Cues { key, info, cues },
            PictureNews::Ready { key, info, content } => {
                self.pictures.textures.insert(ctx, key.clone(), &content);
                PreviewNews::Ready { key, info }
            }
            PictureNews::Failed { key, fault } => PreviewNews::Failed { key, fault },
            PictureNews::CacheSize { bytes } => PreviewNews::CacheSize(bytes),
        };
        self.told(ctx, news);
    }

    fn take_keys(&mut self, ctx: &Context) {
        let found = self.pictures.found_keys();
        for (host, key) in found {
            match key {
                Ok(Some(key)) => {
                    self.pictures.keys.insert(host, key);
                }
                Ok(None) => {}
                Err(fault) => {
                    let why = place_fault(self.state.appearance.lang, &fault);
                    self.told(ctx, PreviewNews::KeyFault { host, why });
                }
            }
        }
        if self.pictures.looking.is_empty()
            && let Some(requests) = self.pictures.held_back.take()
        {
            self.set_policy(ctx, self.picture_settings());
            self.want(ctx, requests);
        }
    }

    /// What was drawn in this frame is what is wanted; a frame that is drawn again tells nothing.
    pub(super) fn tell_seen(&mut self, ctx: &Context) {
        let seen = self.pictures.textures.take_seen();
        if !ctx.will_discard() && seen != self.state.previews.seen() {
            self.act(ctx, Action::Preview(PreviewAction::Seen(seen)));
        }
    }

    fn told(&mut self, ctx: &Context, news: PreviewNews) {
        self.act(ctx, Action::Preview(PreviewAction::News(news)));
    }

    /// Its pixels may have made room meanwhile: then it is fetched again.
    fn copy_image(&mut self, ctx: &Context, key: PictureKey) {
        let url = Arc::clone(&key.url);
        if let Some(pixels) = self.pictures.textures.pixels(&key) {
            ctx.copy_image(pixels);
            self.told(ctx, PreviewNews::Copied { url });
        } else {
            self.told(ctx, PreviewNews::Dropped(vec![key]));
            self.act(ctx, Action::Preview(PreviewAction::CopyImage(url)));
        }
    }

    /// Stores the file as it came, where the person says.
    fn save_picture(&mut self, url: Arc<str>, name: String) {
        let cache = self
            .pictures
            .cache(self.state.settings.pictures.cache_bytes);
        self.asked.ask("save-picture", &self.wake, move || {
            let address = Address::parse(&url).ok();
            let kept = address.and_then(|address| cache?.get(&address));
            let Some(kept) = kept else {
                return vec![told(PreviewNews::NotKept { url })];
            };
            let dialog = rfd::FileDialog::new().set_file_name(name);
            let path = match picked(|| dialog.save_file().into_iter().collect()) {
                Picked::NoDialog => return vec![Action::App(AppAction::NoFileDialog)],
                Picked::Paths(paths) => paths.into_iter().next(),
            };
            let Some(path) = path else {
                return Vec::new();
            };
            let result = fs::write(&path, &kept.body)
                .map(|()| path)
                .map_err(|error| error.to_string());
            vec![told(PreviewNews::Saved { result })]
        });
    }

    fn measure_cache(&mut self) {
        let cache = self
            .pictures
            .cache(self.state.settings.pictures.cache_bytes);
        self.asked.ask("picture-cache-size", &self.wake, move || {
            let bytes = cache.map_or(0, |cache| cache.bytes());
            vec![told(PreviewNews::CacheSize(bytes))]
        });
    }

    fn clear_picture_cache(&mut self) {
        if let Some(desk) = &self.pictures.desk {
            desk.clear_cache();
            return;
        }
        let cache = self
            .pictures
            .cache(self.state.settings.pictures.cache_bytes);
        self.asked.ask("clear-picture-cache", &self.wake, move || {
            let Some(cache) = cache else {
                return vec![told(PreviewNews::CacheSize(0))];
            };
            let bytes = cache.clear().unwrap_or_else(|error| {
                log::warn!("the picture cache cannot be cleared: {error}");
                cache.bytes()
            });
            vec![told(PreviewNews::CacheSize(bytes))]
        });
    }

    fn keep_picture_key(&mut self, host: String, key: Secret) {
        self.pictures.keys.insert(host.clone(), key.clone());
        let lang = self.state.appearance.lang;
        self.asked.ask("keyring", &self.wake, move || {
            let kept = SystemKeyring.set(&entry(&host), &key);
            key_told(host, kept.map_err(PlaceFault::from), lang)
        });
    }

    fn forget_picture_key(&mut self, host: String) {
        self.pictures.keys.remove(&host);
        let lang = self.state.appearance.lang;
        self.asked.ask("keyring", &self.wake, move || {
            let gone = SystemKeyring.delete(&entry(&host));
            key_told(host, gone.map_err(PlaceFault::from), lang)
        });
    }
}

fn entry(host: &str) -> String {
    format!("{KEY_PREFIX}{host}")
}

fn told(news: PreviewNews) -> Action {
    Action::Preview(PreviewAction::News(news))
}

fn key_told(host: String, result: Result<(), PlaceFault>, lang: Lang) -> Vec<Action> {
    let Err(fault) = result else {
        return Vec::new();
    };
    let why = place_fault(lang, &fault);
    vec![told(PreviewNews::KeyFault { host, why })]
}
