//! The selected task's pictures: what there is, whom the person allowed to be asked for it, how
//! far it has come, and how it is looked at. Nothing here contacts anyone.

mod action;
mod consent;
mod cues;
mod derive;
mod group;
mod hosts;
mod lightbox;
mod news;
mod outside;
mod scrub;
mod wanted;

pub use action::{LightboxStep, PreviewAction, PreviewEffect, PreviewNews};
pub use group::{GroupKind, PictureGroup, PictureItem, Sampling, SpriteFacts, VideoFile};
pub use hosts::{HostNeed, host_of, is_vod};
pub use lightbox::{Lightbox, Zoom, ZoomStep};
pub use scrub::{SpriteCell, SpriteTrack, TrackSource};
pub use wanted::PictureState;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use crate::model::{Detail, HostRule, PictureKey, PictureRequest, PictureSettings};

use super::{AppState, Effect, ToastKind};

/// How large the pictures of a wall are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WallSize {
    #[default]
    Small,
    Medium,
    Large,
}

/// Everything about pictures.
#[derive(Debug, Default)]
pub struct Previews {
    /// The selected task's, derived when its event was read.
    pub groups: Arc<Vec<PictureGroup>>,
    /// Files that are played elsewhere.
    pub files: Arc<Vec<VideoFile>>,
    /// Pictures of all groups.
    pub count: usize,
    /// The hosts they are on, the one with most pictures first.
    pub hosts: Vec<HostNeed>,
    pub wall: WallSize,
    pub lightbox: Option<Lightbox>,
    /// Space the cache takes on disk, once that is known.
    pub cache_bytes: Option<u64>,
    /// Rises whenever what has come of some picture may have changed.
    pub changes: u64,
    once: hosts::Once,
    /// What was drawn last, the most wanted first.
    seen: Vec<PictureRequest>,
    /// Whether the desk has anything to do.
    wants: bool,
    states: BTreeMap<PictureKey, PictureState>,
    /// URLs that are not asked, with the reason.
    blocked: BTreeMap<Arc<str>, PictureState>,
    /// Hosts that pictures of the task are redirected to, with those pictures' URLs.
    redirects: BTreeMap<String, BTreeSet<Arc<str>>>,
    /// Hosts that led into a private network, and where to.
    private: BTreeMap<String, IpAddr>,
    revealed: BTreeSet<Arc<str>>,
    cues: cues::Kept,
    scrubs: BTreeMap<usize, scrub::Scrub>,
    /// A picture whose pixels are to be copied once they are there.
    copying: Option<PictureRequest>,
    /// Seconds; what cells without a time of their own are spread over.
    duration_secs: Option<f64>,
}

impl Previews {
    /// How far a picture is; why it is not fetched counts before everything that came earlier.
    pub fn state(&self, key: &PictureKey) -> &PictureState {
        self.blocked
            .get(&key.url)
            .or_else(|| self.states.get(key))
            .unwrap_or(&PictureState::Waiting)
    }

    /// Pictures drawn in the last frame, as told by [`PreviewAction::Seen`].
    pub fn seen(&self) -> &[PictureRequest] {
        &self.seen
    }

    pub fn group(&self, index: usize) -> Option<&PictureGroup> {
        self.groups.get(index)
    }

    pub fn item(&self, group: usize, item: usize) -> Option<&PictureItem> {
        self.group(group)?.items.get(item)
    }

    /// Whether a veiled picture was asked to be shown as it is.
    pub fn is_revealed(&self, url: &str) -> bool {
        self.revealed.contains(url)
    }

    /// Hosts the person has not been asked about yet, those of redirects included.
    pub fn undecided(&self) -> impl Iterator<Item = &HostNeed> {
        self.hosts.iter().filter(|need| need.consent.is_none())
    }

    /// Hosts that were allowed and led into a private network, which nobody allowed.
    pub fn private(&self) -> impl Iterator<Item = (&str, IpAddr)> {
        self.private
            .iter()
            .map(|(host, address)| (host.as_str(), *address))
    }

    /// What counts for fetching now: the settings, with what was allowed for this run only.
    pub fn policy(&self, settings: &PictureSettings) -> PictureSettings {
        hosts::effective(settings, &self.once)
    }

    /// What a change of a host's rule begins with: whether to ask as it counts now, how to ask as
    /// it is kept. What was allowed for this run alone must not be kept along with it.
    pub fn rule(&self, settings: &PictureSettings, host: &str) -> HostRule {
        let now = self.policy(settings).hosts.remove(host);
        HostRule {
            private: settings.hosts.get(host).is_some_and(|kept| kept.private),
            ..now.unwrap_or_default()
        }
    }
}

pub(super) fn update(state: &mut AppState, action: PreviewAction) -> Vec<Effect> {
    match action {
        PreviewAction::Seen(requests) => return wanted::see(state, requests),
        PreviewAction::Allow { host, consent } => return consent::allow(state, host, consent),
        PreviewAction::AllowVod(consent) => return consent::allow_vod(state, consent),
        PreviewAction::ForgetVod => return consent::forget_vod(state),
        PreviewAction::AllowPrivate(host) => return consent::allow_private(state, host),
        PreviewAction::ForgetHost(host) => return consent::forget(state, &host),
        PreviewAction::SetFetch(fetch) => return consent::set_fetch(state, fetch),
        PreviewAction::SetHostRule { host, rule } => return consent::set_rule(state, host, rule),
        PreviewAction::SetHostKey { host, key } => return consent::set_key(state, host, key),
        PreviewAction::SetBudgets {
            texture_bytes,
            cache_bytes,
        } => return consent::set_budgets(state, texture_bytes, cache_bytes),
        PreviewAction::Retry(url) => return wanted::retry(state, |key| key.url == url),
        PreviewAction::RetryAll => return wanted::retry_all(state),
        PreviewAction::SetWall(size) => state.previews.wall = size,
        PreviewAction::Scrub { group, cell } => scrub::to(&mut state.previews, group, cell),
        PreviewAction::ScrubBy { group, cells } => scrub::by(&mut state.previews, group, cells),
        PreviewAction::Reveal(url) => {
            state.previews.revealed.insert(url);
        }
        PreviewAction::Veil(url) => {
            state.previews.revealed.remove(&url);
        }
        PreviewAction::OpenLightbox { group, item } => {
            lightbox::open(&mut state.previews, group, item);
        }
        PreviewAction::CloseLightbox => state.previews.lightbox = None,
        PreviewAction::StepLightbox(step) => lightbox::step(&mut state.previews, step),
        PreviewAction::Zoom(zoom) => lightbox::zoom(&mut state.previews, zoom),
        PreviewAction::Pan(by) => lightbox::pan(&mut state.previews, by),
        PreviewAction::CopyUrl(url) => return outside::copy_url(state, &url),
        PreviewAction::CopyUrls(group) => return outside::copy_urls(state, group),
        PreviewAction::CopyImage(url) => return outside::copy_image(state, &url),
        PreviewAction::SaveAs(url) => return outside::save_as(state, &url),
        PreviewAction::OpenOutside(url) => return outside::open(state, url),
        PreviewAction::AskCacheSize => return asks(PreviewEffect::AskCacheSize),
        PreviewAction::ClearCache => return asks(PreviewEffect::ClearCache),
        PreviewAction::News(news) => return news::take(state, news),
    }
    Vec::new()
}

/// Derives the pictures of a task that has been read.
pub(super) fn show(state: &mut AppState, detail: &Detail) {
    let previews = &mut state.previews;
    previews.groups = Arc::new(derive::groups(detail));
    previews.files = Arc::new(derive::files(detail));
    previews.count = previews.groups.iter().map(|group| group.items.len()).sum();
    previews.duration_secs = detail.media.as_ref().and_then(|media| media.duration_secs);
    let is_there = |now: &Lightbox| previews.item(now.group, now.item).is_some();
    previews.lightbox = previews.lightbox.filter(is_there);
    scrub::begin(previews);
    consent::judge(state);
}

/// Another task is selected: what was of the last one is let go.
pub(super) fn leave(state: &mut AppState) -> Vec<Effect> {
    let previews = &mut state.previews;
    previews.groups = Arc::default();
    previews.files = Arc::default();
    previews.count = 0;
    previews.hosts.clear();
    previews.lightbox = None;
    previews.blocked.clear();
    previews.redirects.clear();
    previews.private.clear();
    previews.revealed.clear();
    previews.cues.clear();
    previews.scrubs.clear();
    previews.copying = None;
    previews.seen.clear();
    previews.states.retain(|key, state| state.is_drawn(key));
    wanted::order(state)
}

impl AppState {
    fn toast(&mut self, kind: ToastKind, title: &str, value: &str) {
        let (title, value) = (title.to_owned(), value.to_owned());
        self.toasts.push(kind, title, value, self.millis);
    }
}

fn asks(effect: PreviewEffect) -> Vec<Effect> {
    vec![Effect::Preview(effect)]
}
