//! What the dialog is told, and what follows from it.

use super::times;
use super::{PullDialog, PullMode, Test, TypedKeys, sub_app_id};
use crate::model::{
    CLOUD_MEMORY_SECS, CallFault, LiveSpec, OriginChoice, Profile, TaskPull, TaskQuery, Tested,
};
use crate::state::live::account::{self, profile_named};
use crate::state::live::{DialogAction, DialogField, LiveEffect, order};
use crate::state::{AppState, Dialog, Effect, ToastKind};
use crate::text;

/// How long typing rests before it is looked what keys a profile of that name has.
const REST_MILLIS: u64 = 400;

pub(in crate::state::live) fn update(state: &mut AppState, action: DialogAction) -> Vec<Effect> {
    match action {
        DialogAction::Open(mode) => return open(state, mode),
        DialogAction::ChooseProfile(index) => return choose(state, index),
        DialogAction::NewProfile => return create(state),
        DialogAction::DeleteProfile => return delete(state),
        DialogAction::Edit(field) => return edit(state, field),
        DialogAction::ChooseSubApp(id) => {
            state.live.dialog.sub_app_id = id.to_string();
            probe_soon(state);
        }
        DialogAction::Probed { profile, probes } => {
            if state.live.dialog.profile.name.trim() == profile {
                state.live.dialog.probes = Some(probes);
            }
        }
        DialogAction::Unfinished { profile, pulls } => {
            if asked(&state.live.dialog) == *profile {
                state.live.dialog.unfinished = pulls.into();
            }
        }
        DialogAction::NextUnfinished => {
            let unfinished = &mut state.live.dialog.unfinished;
            if let Some(first) = unfinished.pop_front() {
                unfinished.push_back(first);
            }
        }
        DialogAction::KeyringFailed { profile, why } => {
            return keyring_failed(state, &profile, why);
        }
        DialogAction::ForgetFailed { profile, why } => forget_failed(state, profile, why),
        DialogAction::ForgetKeys => return forget_keys(state),
        DialogAction::Left => state.live.dialog.keys = TypedKeys::default(),
        DialogAction::Test => return test(state),
        DialogAction::Tested { ticket, result } => tested(state, ticket, result),
        DialogAction::Start => return start(state),
        DialogAction::Resume => return go_on(state, |id, query| TaskPull::Resume { id, query }),
        DialogAction::StartOver => return go_on(state, |_, query| TaskPull::List(query)),
    }
    Vec::new()
}

fn open(state: &mut AppState, mode: PullMode) -> Vec<Effect> {
    let kept = profile_named(state, &state.settings.profile);
    let kept = kept.or_else(|| state.settings.profiles.first()).cloned();
    let dialog = &mut state.live.dialog;
    dialog.mode = mode;
    dialog.forget_fault = None;
    if times::is_now(&dialog.until) {
        times::now(state.appearance.lang).clone_into(&mut dialog.until);
    }
    let editing = kept.is_some();
    dialog.show(kept.unwrap_or_default(), editing);
    state.dialog = Some(Dialog::Pull);
    probe(state)
}

fn choose(state: &mut AppState, index: usize) -> Vec<Effect> {
    let Some(profile) = state.settings.profiles.get(index).cloned() else {
        return Vec::new();
    };
    state.live.dialog.show(profile, true);
    probe(state)
}

fn create(state: &mut AppState) -> Vec<Effect> {
    let mut profile = Profile::default();
    let base = profile.name.clone();
    for number in 2.. {
        if profile_named(state, &profile.name).is_none() {
            break;
        }
        profile.name = format!("{base}-{number}");
    }
    state.live.dialog.show(profile, false);
    probe(state)
}

fn delete(state: &mut AppState) -> Vec<Effect> {
    let Some(name) = state.live.dialog.editing.take() else {
        return create(state);
    };
    state
        .settings
        .profiles
        .retain(|profile| profile.name != name);
    let mut effects = vec![
        order(LiveEffect::ForgetKeys { profile: name }),
        Effect::SaveSettings,
    ];
    let next = if state.settings.profiles.is_empty() {
        create(state)
    } else {
        choose(state, 0)
    };
    effects.extend(next);
    effects
}

fn edit(state: &mut AppState, field: DialogField) -> Vec<Effect> {
    let dialog = &mut state.live.dialog;
    // What was tested was another profile.
    let same_account = matches!(
        field,
        DialogField::Mode(_)
            | DialogField::Scope(_)
            | DialogField::Since(_)
            | DialogField::Until(_)
            | DialogField::Status(_)
            | DialogField::FileId(_)
            | DialogField::Id(_)
            | DialogField::Rate(_)
            | DialogField::KeepInKeyring(_)
    );
    if !same_account {
        dialog.test = Test::Untried;
    }
    let renamed = matches!(field, DialogField::Name(_));
    let moved = renamed || matches!(field, DialogField::SubAppId(_));
    set(dialog, field);
    if renamed {
        // What was found is of another name.
        dialog.probes = None;
    }
    if moved {
        probe_soon(state);
    }
    Vec::new()
}

/// Looks again what there is of the profile, once typing rests.
fn probe_soon(state: &mut AppState) {
    let dialog = &mut state.live.dialog;
    dialog.unfinished.clear();
    dialog.probe_millis = Some(state.millis.saturating_add(REST_MILLIS));
}

/// Time has passed.
pub(in crate::state::live) fn tick(state: &mut AppState) -> Vec<Effect> {
    let due = state.live.dialog.probe_millis;
    if due.is_none_or(|due| state.millis < due) {
        return Vec::new();
    }
    state.live.dialog.probe_millis = None;
    probe(state)
}

fn set(dialog: &mut PullDialog, field: DialogField) {
    match field {
        DialogField::Name(name) => dialog.profile.name = name,
        DialogField::SubAppId(id) => dialog.sub_app_id = id,
        DialogField::Endpoint(endpoint) => dialog.profile.endpoint = endpoint,
        DialogField::Region(region) => dialog.region = region,
        DialogField::Rate(rate) => dialog.profile.rate_per_second = rate.clamp(1, 100),
        DialogField::Origin(origin) => dialog.profile.origin = origin,
        DialogField::TypedId(id) => dialog.keys.id = id,
        DialogField::TypedKey(key) => dialog.keys.key = key,
        DialogField::TypedToken(token) => dialog.keys.token = token,
        DialogField::KeepInKeyring(keep) => dialog.in_keyring = keep,
        DialogField::Mode(mode) => dialog.mode = mode,
        DialogField::Scope(scope) => dialog.scope = scope,
        DialogField::Since(text) => dialog.since = text,
        DialogField::Until(text) => dialog.until = text,
        DialogField::Status(status) => toggle(&mut dialog.statuses, status),
        DialogField::FileId(id) => dialog.file_id = id,
        DialogField::Id(id) => dialog.id = id,
    }
}

fn toggle(statuses: &mut Vec<&'static str>, status: &'static str) {
    let before = statuses.len();
    statuses.retain(|kept| *kept != status);
    if statuses.len() == before {
        statuses.push(status);
    }
}

fn probe(state: &AppState) -> Vec<Effect> {
    vec![order(LiveEffect::Probe(asked(&state.live.dialog)))]
}

/// The profile as far as it can be looked for.
fn asked(dialog: &PullDialog) -> Profile {
    Profile {
        name: dialog.profile.name.trim().to_owned(),
        sub_app_id: sub_app_id(&dialog.sub_app_id).unwrap_or_default(),
        ..dialog.profile.clone()
    }
}

fn forget_keys(state: &mut AppState) -> Vec<Effect> {
    state.live.dialog.keys = TypedKeys::default();
    state.live.dialog.test = Test::Untried;
    state.live.dialog.forget_fault = None;
    let profile = state.live.dialog.profile.name.trim().to_owned();
    let mut effects = vec![order(LiveEffect::ForgetKeys { profile })];
    effects.extend(probe(state));
    effects
}

/// The keys are held for this run alone: said where they were typed, or where the person is by
/// now.
fn keyring_failed(state: &mut AppState, profile: &str, why: String) -> Vec<Effect> {
    let profiles = &mut state.settings.profiles;
    let kept = profiles.iter_mut().find(|kept| kept.name == profile);
    let expects = kept.filter(|kept| kept.origin == OriginChoice::Keyring);
    let effects = match expects {
        Some(kept) => {
            kept.origin = OriginChoice::Typed;
            vec![Effect::SaveSettings]
        }
        None => Vec::new(),
    };
    state.live.dialog.in_keyring = false;
    if state.dialog == Some(Dialog::Pull) {
        state.live.dialog.keyring_fault = Some(why);
    } else {
        let title = text::pulling::keys_not_kept(state.appearance.lang, profile);
        let now = state.millis;
        state.toasts.push(ToastKind::Failure, title, why, now);
    }
    effects
}

/// The keys are still there: said where they were deleted, or where the person is by now.
fn forget_failed(state: &mut AppState, profile: String, why: String) {
    if state.dialog == Some(Dialog::Pull) {
        state.live.dialog.forget_fault = Some((profile, why));
        return;
    }
    let title = text::pulling::keys_not_forgotten(state.appearance.lang, &profile, &why);
    let now = state.millis;
    state
        .toasts
        .push(ToastKind::Failure, title, String::new(), now);
}

/// Hands typed keys over, so that they stand in no field any longer than needed, and looks again
/// at what is held.
fn hand_over_keys(state: &mut AppState, profile: &Profile) -> Vec<Effect> {
    let dialog = &mut state.live.dialog;
    if profile.origin != OriginChoice::Typed || dialog.keys.key.is_empty() {
        return Vec::new();
    }
    dialog.probes = None;
    let keep = order(LiveEffect::KeepKeys {
        profile: profile.name.clone(),
        keys: std::mem::take(&mut dialog.keys),
        in_keyring: dialog.in_keyring,
    });
    std::iter::once(keep).chain(probe(state)).collect()
}

fn test(state: &mut AppState) -> Vec<Effect> {
    let Ok(profile) = state.live.dialog.profile() else {
        return Vec::new();
    };
    let mut effects = hand_over_keys(state, &profile);
    let dialog = &mut state.live.dialog;
    dialog.tickets += 1;
    let ticket = dialog.tickets;
    dialog.test = Test::Testing { ticket };
    effects.push(order(LiveEffect::Test { ticket, profile }));
    effects
}

fn tested(state: &mut AppState, ticket: u64, result: Box<Result<Tested, CallFault>>) {
    let dialog = &mut state.live.dialog;
    if matches!(dialog.test, Test::Testing { ticket: asked } if asked == ticket) {
        dialog.test = Test::Done(result);
    }
}

fn start(state: &mut AppState) -> Vec<Effect> {
    let Ok(spec) = state.live.dialog.spec(state.settings.zone, state.now_unix) else {
        return Vec::new();
    };
    begin(state, spec)
}

/// Takes up the pull that did not bring everything, or what it asked for from the beginning.
fn go_on(state: &mut AppState, as_pull: fn(i64, TaskQuery) -> TaskPull) -> Vec<Effect> {
    let dialog = &state.live.dialog;
    let (Ok(profile), Some(unfinished)) = (dialog.profile(), dialog.unfinished.front()) else {
        return Vec::new();
    };
    let mut query = unfinished.query.clone();
    query.since_unix = query.since_unix.max(state.now_unix - CLOUD_MEMORY_SECS);
    let pull = as_pull(unfinished.id, query);
    begin(state, LiveSpec::Tasks { profile, pull })
}

fn begin(state: &mut AppState, spec: LiveSpec) -> Vec<Effect> {
    let (LiveSpec::Tasks { profile, .. } | LiveSpec::Queue { profile }) = &spec else {
        return Vec::new();
    };
    let mut effects = hand_over_keys(state, profile);
    let mut kept = profile.clone();
    if profile.origin == OriginChoice::Typed && state.live.dialog.in_keyring {
        // A test may have taken them over before it was said where they are to be kept.
        if effects.is_empty() {
            let profile = profile.name.clone();
            effects.push(order(LiveEffect::KeepHeldKeys { profile }));
        }
        // In another run they are there, and typed no more.
        kept.origin = OriginChoice::Keyring;
    }
    account::keep(state, kept);
    state.dialog = None;
    effects.push(Effect::SaveSettings);
    effects.push(account::begin(state, spec));
    effects
}
