//! What the person says about fetching: whom to ask, how, and whether at all.

use std::collections::BTreeSet;

use super::{Effect, PictureState, PreviewEffect, Previews, asks, hosts, scrub, wanted};
use crate::model::{Consent, HostRule, PictureFault, PictureKey, PictureSettings, Secret};
use crate::state::AppState;

/// Works out anew which pictures may be fetched and what is known of their hosts.
pub(super) fn judge(state: &mut AppState) {
    let settings = state.previews.policy(&state.settings.pictures);
    let previews = &mut state.previews;
    let urls = previews.groups.iter().flat_map(|group| {
        let vtt = group.sprites().and_then(|facts| facts.vtt.as_ref());
        let items = group.items.iter().map(|item| &item.url);
        items.chain(vtt)
    });
    let seen = previews.seen.iter().map(|seen| &seen.key.url);
    let blocked = urls.clone().chain(seen).filter_map(|url| {
        let fault = hosts::objection(&settings, url)?;
        Some((url.clone(), PictureState::Failed(fault)))
    });
    let blocked = blocked.collect();
    // Sheets that only a WebVTT file names are asked for as well.
    let sheets: BTreeSet<&str> = previews
        .cues
        .values()
        .flat_map(|cues| cues.iter().map(|cue| &*cue.sheet))
        .collect();
    let named: BTreeSet<&str> = urls.clone().map(|url| &**url).collect();
    let all = urls.map(|url| &**url);
    let all = all.chain(sheets.difference(&named).copied());
    let hosts = hosts::needs(&settings, all, &previews.redirects);
    previews.blocked = blocked;
    previews.hosts = hosts;
    previews.changes += 1;
}

pub(super) fn allow(state: &mut AppState, host: String, consent: Consent) -> Vec<Effect> {
    let once = &mut state.previews.once.hosts;
    if consent == Consent::Once {
        once.insert(host);
        return changed(state);
    }
    once.remove(&host);
    let rule = state.settings.pictures.hosts.entry(host).or_default();
    rule.consent = Some(consent);
    saved(state)
}

pub(super) fn allow_vod(state: &mut AppState, consent: Consent) -> Vec<Effect> {
    state.previews.once.vod = consent == Consent::Once;
    if consent == Consent::Once {
        return changed(state);
    }
    state.settings.pictures.vod_domains = Some(consent);
    saved(state)
}

pub(super) fn allow_private(state: &mut AppState, host: String) -> Vec<Effect> {
    state.previews.once.private.insert(host);
    changed(state)
}

pub(super) fn forget_vod(state: &mut AppState) -> Vec<Effect> {
    state.previews.once.vod = false;
    state.settings.pictures.vod_domains = None;
    saved(state)
}

pub(super) fn forget(state: &mut AppState, host: &str) -> Vec<Effect> {
    state.previews.once.hosts.remove(host);
    state.previews.once.private.remove(host);
    let rule = state.settings.pictures.hosts.remove(host);
    let mut effects = saved(state);
    if rule.is_some_and(|rule| rule.signed) {
        let host = host.to_owned();
        effects.extend(asks(PreviewEffect::ForgetKey { host }));
    }
    effects
}

pub(super) fn set_fetch(state: &mut AppState, fetch: bool) -> Vec<Effect> {
    state.settings.pictures.fetch = fetch;
    if fetch {
        return saved(state);
    }
    let previews = &mut state.previews;
    previews.states.clear();
    previews.cues.clear();
    previews.copying = None;
    let mut effects = saved(state);
    effects.extend(asks(PreviewEffect::DropAll));
    effects
}

/// A rule without consent says how to ask, not whether to.
pub(super) fn set_rule(state: &mut AppState, host: String, mut rule: HostRule) -> Vec<Effect> {
    let once = &mut state.previews.once.hosts;
    if rule.consent == Some(Consent::Once) {
        rule.consent = None;
        once.insert(host.clone());
    } else {
        once.remove(&host);
    }
    state.settings.pictures.hosts.insert(host, rule);
    saved(state)
}

pub(super) fn set_key(state: &mut AppState, host: String, key: Secret) -> Vec<Effect> {
    let rule = state.settings.pictures.hosts.entry(host.clone());
    rule.or_default().signed = !key.is_empty();
    // The key must be there before the desk is told to sign with it.
    let mut effects = asks(if key.is_empty() {
        PreviewEffect::ForgetKey { host }
    } else {
        PreviewEffect::KeepKey { host, key }
    });
    effects.extend(saved(state));
    effects
}

pub(super) fn set_budgets(state: &mut AppState, textures: u64, cache: u64) -> Vec<Effect> {
    let settings = &mut state.settings.pictures;
    settings.texture_bytes = textures;
    settings.cache_bytes = cache;
    saved(state)
}

fn saved(state: &mut AppState) -> Vec<Effect> {
    let mut effects = vec![Effect::SaveSettings];
    effects.extend(changed(state));
    effects
}

/// A new rule: what failed under the old one may succeed, and what was fetched may be forbidden.
pub(super) fn changed(state: &mut AppState) -> Vec<Effect> {
    let previews = &mut state.previews;
    previews.states.retain(|_, state| !is_of_rule(state));
    previews.redirects.clear();
    previews.private.clear();
    judge(state);
    let policy = state.previews.policy(&state.settings.pictures);
    let forbidden = forbidden(&mut state.previews, &policy);
    scrub::begin(&mut state.previews);
    let mut effects = asks(PreviewEffect::Policy(policy));
    if !forbidden.is_empty() {
        effects.extend(asks(PreviewEffect::Drop(forbidden)));
    }
    effects.extend(wanted::order(state));
    effects
}

/// Pictures that were fetched and whose host may not be asked any more.
fn forbidden(previews: &mut Previews, policy: &PictureSettings) -> Vec<PictureKey> {
    let is_forbidden = |url: &str| hosts::objection(policy, url).is_some();
    previews.cues.retain(|url| !is_forbidden(url));
    // One that was reached over a redirect is of both hosts.
    let is_gone = |key: &PictureKey, state: &mut PictureState| {
        let redirected = match state {
            PictureState::Ready(info) => info.redirected.as_deref(),
            _ => None,
        };
        is_forbidden(&key.url) || redirected.is_some_and(is_forbidden)
    };
    let gone = previews.states.extract_if(.., is_gone);
    gone.map(|(key, _)| key).collect()
}

/// Faults that another rule may take away.
fn is_of_rule(state: &PictureState) -> bool {
    matches!(
        state,
        PictureState::Failed(
            PictureFault::Off
                | PictureFault::NotAllowed { .. }
                | PictureFault::Denied { .. }
                | PictureFault::Private { .. }
                | PictureFault::Forbidden { .. }
                | PictureFault::Status { .. }
        )
    )
}
