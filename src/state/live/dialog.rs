//! The dialog for pulling: whose account, which credentials, what to pull.

use super::account::{self, profile_named};
use super::{DialogAction, DialogField, LiveEffect, order};
use crate::model::{
    CLOUD_MEMORY_SECS, CallFault, Found, LiveSpec, OriginChoice, OriginProbe, Profile, Secret,
    TaskPull, TaskQuery, Tested, UnfinishedPull, Zone, unix_of,
};
use crate::state::{AppState, Dialog, Effect, ToastKind};
use crate::text;

/// How long typing rests before it is looked what keys a profile of that name has.
const REST_MILLIS: u64 = 400;

/// What is pulled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PullMode {
    /// Read-only.
    #[default]
    Tasks,
    /// Borrows from the queue.
    Queue,
}

/// Which tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of a span of time.
    #[default]
    Span,
    /// One task by its id.
    Task,
    /// One file and its tasks.
    File,
}

/// Keys as they were typed; key and token are wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedKeys {
    pub id: String,
    pub key: Secret,
    pub token: Secret,
}

impl std::fmt::Debug for TypedKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedKeys(***)")
    }
}

/// How far the test of a profile is.
#[derive(Debug, Default)]
pub enum Test {
    #[default]
    Untried,
    Testing {
        ticket: u64,
    },
    Done(Box<Result<Tested, CallFault>>),
}

impl Test {
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Testing { .. })
    }

    /// What the service said, when it did.
    pub fn passed(&self) -> Option<&Tested> {
        match self {
            Self::Done(result) => result.as_ref().as_ref().ok(),
            Self::Untried | Self::Testing { .. } => None,
        }
    }
}

/// Why the dialog cannot start yet: the field, not the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialogFault {
    NoName,
    SubAppId,
    Endpoint,
    Since,
    Until,
    /// The span begins after it ends, or in the future.
    EmptySpan,
    Id,
    /// Typed credentials without an id or a key.
    Keys,
}

/// What the dialog shows, as typed.
#[derive(Debug)]
pub struct PullDialog {
    pub profile: Profile,
    /// The kept profile that is edited, by name; `None` for a new one.
    pub editing: Option<String>,
    pub sub_app_id: String,
    pub region: String,
    pub keys: TypedKeys,
    pub in_keyring: bool,
    /// Why keys could not be put into the keyring.
    pub keyring_fault: Option<String>,
    /// The profile whose keys the keyring would not delete, and why.
    pub forget_fault: Option<(String, String)>,
    pub mode: PullMode,
    pub scope: Scope,
    pub since: String,
    pub until: String,
    pub statuses: Vec<&'static str>,
    pub file_id: String,
    pub id: String,
    /// What each place holds, once looked at.
    pub probes: Option<Vec<OriginProbe>>,
    /// The application's last pull of a list, where it did not bring everything.
    pub unfinished: Option<UnfinishedPull>,
    pub test: Test,
    /// When it is to be looked what keys there are.
    probe_millis: Option<u64>,
    tickets: u64,
}

impl Default for PullDialog {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            editing: None,
            sub_app_id: String::new(),
            region: String::new(),
            keys: TypedKeys::default(),
            in_keyring: false,
            keyring_fault: None,
            forget_fault: None,
            mode: PullMode::default(),
            scope: Scope::default(),
            since: "72h".to_owned(),
            until: "now".to_owned(),
            statuses: Vec::new(),
            file_id: String::new(),
            id: String::new(),
            probes: None,
            unfinished: None,
            test: Test::default(),
            probe_millis: None,
            tickets: 0,
        }
    }
}

impl PullDialog {
    /// Whether it waits for an answer, or for typing to rest.
    pub fn is_moving(&self) -> bool {
        self.test.is_under_way() || self.probe_millis.is_some()
    }

    /// What is asked for, or the first field that does not allow it.
    pub fn spec(&self, zone: Zone, now_unix: i64) -> Result<LiveSpec, DialogFault> {
        let profile = self.profile()?;
        Ok(match self.mode {
            PullMode::Queue => LiveSpec::Queue { profile },
            PullMode::Tasks => LiveSpec::Tasks {
                profile,
                pull: self.pull(zone, now_unix)?,
            },
        })
    }

    /// The profile as typed.
    pub fn profile(&self) -> Result<Profile, DialogFault> {
        let name = self.profile.name.trim();
        if name.is_empty() {
            return Err(DialogFault::NoName);
        }
        let endpoint = self.profile.endpoint.trim();
        if endpoint.is_empty() || endpoint.contains(char::is_whitespace) {
            return Err(DialogFault::Endpoint);
        }
        if self.profile.origin == OriginChoice::Typed && !self.has_keys() {
            return Err(DialogFault::Keys);
        }
        let region = self.region.trim();
        Ok(Profile {
            name: name.to_owned(),
            sub_app_id: sub_app_id(&self.sub_app_id)?,
            endpoint: endpoint.to_owned(),
            region: (!region.is_empty()).then(|| region.to_owned()),
            ..self.profile.clone()
        })
    }

    /// Whether keys are typed whole, or none are and some may be held from before.
    fn has_keys(&self) -> bool {
        match (self.keys.id.trim().is_empty(), self.keys.key.is_empty()) {
            (false, false) => true,
            (true, true) => self.held_id() != Some(None),
            _ => false,
        }
    }

    /// The shortened id of the keys typed before; the inner `None` when there are none, the outer
    /// while that is not known.
    pub fn held_id(&self) -> Option<Option<&str>> {
        let mut probes = self.probes.as_ref()?.iter();
        let typed = probes.find(|probe| probe.choice == OriginChoice::Typed)?;
        Some(match &typed.found {
            Found::Credentials { masked_id, .. } => Some(masked_id),
            Found::Empty | Found::Unusable { .. } | Found::Absent { .. } => None,
        })
    }

    /// Whether any key stands in a field.
    pub fn has_typed(&self) -> bool {
        self.keys != TypedKeys::default()
    }

    fn pull(&self, zone: Zone, now_unix: i64) -> Result<TaskPull, DialogFault> {
        let id = self.id.trim();
        match self.scope {
            Scope::Span => self.query(zone, now_unix).map(TaskPull::List),
            Scope::Task | Scope::File if id.is_empty() => Err(DialogFault::Id),
            Scope::Task => Ok(TaskPull::Task(id.to_owned())),
            Scope::File => Ok(TaskPull::File(id.to_owned())),
        }
    }

    fn query(&self, zone: Zone, now_unix: i64) -> Result<TaskQuery, DialogFault> {
        let since = parse_time(&self.since, zone, now_unix).ok_or(DialogFault::Since)?;
        let until = match self.until.trim() {
            "" | "now" => None,
            text => Some(parse_time(text, zone, now_unix).ok_or(DialogFault::Until)?),
        };
        if since >= until.unwrap_or(now_unix) {
            return Err(DialogFault::EmptySpan);
        }
        let file_id = self.file_id.trim();
        Ok(TaskQuery {
            // The service lists nothing older and refuses a longer span.
            since_unix: since.max(now_unix - CLOUD_MEMORY_SECS),
            until_unix: until,
            statuses: self
                .statuses
                .iter()
                .map(|&status| status.to_owned())
                .collect(),
            file_id: (!file_id.is_empty()).then(|| file_id.to_owned()),
        })
    }

    fn show(&mut self, profile: Profile, editing: bool) {
        self.sub_app_id = profile
            .sub_app_id
            .map_or_else(String::new, |id| id.to_string());
        self.region = profile.region.clone().unwrap_or_default();
        self.editing = editing.then(|| profile.name.clone());
        self.profile = profile;
        self.keys = TypedKeys::default();
        self.keyring_fault = None;
        self.probes = None;
        self.unfinished = None;
        self.probe_millis = None;
        self.test = Test::Untried;
    }
}

fn sub_app_id(text: &str) -> Result<Option<u64>, DialogFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).ok().ok_or(DialogFault::SubAppId)
}

/// `now`, a span back from now (`72h`, `3d`, `30m`), or a wall-clock reading in `zone`.
pub fn parse_time(text: &str, zone: Zone, now_unix: i64) -> Option<i64> {
    let text = text.trim();
    if text == "now" {
        return Some(now_unix);
    }
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let secs = match unit {
        "m" => Some(60),
        "h" => Some(3_600),
        "d" => Some(86_400),
        _ => None,
    };
    match (secs, number.trim().parse::<u32>()) {
        (Some(secs), Ok(count)) => Some(now_unix - i64::from(count) * secs),
        _ => unix_of(text, zone),
    }
}

pub(super) fn update(state: &mut AppState, action: DialogAction) -> Vec<Effect> {
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
        DialogAction::Unfinished { profile, pull } => {
            if asked(&state.live.dialog) == *profile {
                state.live.dialog.unfinished = pull;
            }
        }
        DialogAction::KeyringFailed { why } => {
            state.live.dialog.keyring_fault = Some(why);
            state.live.dialog.in_keyring = false;
        }
        DialogAction::ForgetFailed { profile, why } => forget_failed(state, profile, why),
        DialogAction::ForgetKeys => return forget_keys(state),
        DialogAction::Left => state.live.dialog.keys = TypedKeys::default(),
        DialogAction::Test => return test(state),
        DialogAction::Tested { ticket, result } => tested(state, ticket, result),
        DialogAction::Start => return start(state),
        DialogAction::Resume => return go_on(state, TaskPull::Resume),
        DialogAction::StartOver => return go_on(state, TaskPull::List),
    }
    Vec::new()
}

fn open(state: &mut AppState, mode: PullMode) -> Vec<Effect> {
    let kept = profile_named(state, &state.settings.profile);
    let kept = kept.or_else(|| state.settings.profiles.first()).cloned();
    let dialog = &mut state.live.dialog;
    dialog.mode = mode;
    dialog.forget_fault = None;
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
    dialog.unfinished = None;
    dialog.probe_millis = Some(state.millis.saturating_add(REST_MILLIS));
}

/// Time has passed.
pub(super) fn tick(state: &mut AppState) -> Vec<Effect> {
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
fn go_on(state: &mut AppState, as_pull: fn(TaskQuery) -> TaskPull) -> Vec<Effect> {
    let dialog = &state.live.dialog;
    let (Ok(profile), Some(unfinished)) = (dialog.profile(), &dialog.unfinished) else {
        return Vec::new();
    };
    let mut query = unfinished.query.clone();
    query.since_unix = query.since_unix.max(state.now_unix - CLOUD_MEMORY_SECS);
    let pull = as_pull(query);
    begin(state, LiveSpec::Tasks { profile, pull })
}

fn begin(state: &mut AppState, spec: LiveSpec) -> Vec<Effect> {
    let (LiveSpec::Tasks { profile, .. } | LiveSpec::Queue { profile }) = &spec else {
        return Vec::new();
    };
    let mut effects = hand_over_keys(state, profile);
    account::keep(state, profile.clone());
    state.dialog = None;
    effects.push(Effect::SaveSettings);
    effects.push(account::begin(state, spec));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_240_683;

    fn dialog() -> PullDialog {
        PullDialog::default()
    }

    #[test]
    fn three_days_are_asked_for_unless_something_else_is() {
        let LiveSpec::Tasks { pull, .. } = dialog().spec(Zone::Utc, NOW).unwrap() else {
            panic!("tasks are the default");
        };
        let TaskPull::List(query) = pull else {
            panic!("a span is the default");
        };
        assert_eq!(query.since_unix, NOW - 72 * 3_600);
        assert_eq!(query.until_unix, None);
    }

    #[test]
    fn what_the_service_has_forgotten_is_not_asked_for() {
        let mut dialog = dialog();
        dialog.since = "2020-01-01".to_owned();
        let Ok(LiveSpec::Tasks {
            pull: TaskPull::List(query),
            ..
        }) = dialog.spec(Zone::Utc, NOW)
        else {
            panic!("a span");
        };
        assert_eq!(query.since_unix, NOW - 72 * 3_600);
    }

    #[test]
    fn a_field_that_makes_no_sense_is_named() {
        let fault = |change: fn(&mut PullDialog)| {
            let mut dialog = dialog();
            change(&mut dialog);
            dialog.spec(Zone::Utc, NOW).unwrap_err()
        };
        assert_eq!(fault(|d| d.profile.name = " ".into()), DialogFault::NoName);
        assert_eq!(
            fault(|d| d.sub_app_id = "15x".into()),
            DialogFault::SubAppId
        );
        assert_eq!(
            fault(|d| d.profile.endpoint = "a b".into()),
            DialogFault::Endpoint
        );
        assert_eq!(fault(|d| d.since = "yesterday".into()), DialogFault::Since);
        assert_eq!(fault(|d| d.until = "soon".into()), DialogFault::Until);
        assert_eq!(fault(|d| d.since = "now".into()), DialogFault::EmptySpan);
        assert_eq!(fault(|d| d.scope = Scope::Task), DialogFault::Id);
        assert_eq!(
            fault(|d| {
                d.profile.origin = OriginChoice::Typed;
                d.keys.id = "AKID".into();
            }),
            DialogFault::Keys
        );
    }

    #[test]
    fn keys_typed_before_need_not_be_typed_again() {
        let mut dialog = dialog();
        dialog.profile.origin = OriginChoice::Typed;
        assert!(dialog.profile().is_ok(), "not known yet");
        let probe = |found| {
            Some(vec![OriginProbe {
                choice: OriginChoice::Typed,
                place: "memory".to_owned(),
                found,
            }])
        };
        dialog.probes = probe(Found::Empty);
        assert_eq!(dialog.profile().unwrap_err(), DialogFault::Keys);
        dialog.probes = probe(Found::Credentials {
            masked_id: "AKIDz8kr…MPLE".to_owned(),
            temporary: false,
        });
        assert!(dialog.profile().is_ok());
        assert_eq!(dialog.held_id(), Some(Some("AKIDz8kr…MPLE")));
    }

    #[test]
    fn keys_do_not_outlive_the_dialog() {
        let mut state = AppState::default();
        state.live.dialog.keys.key = Secret::new("Gu5t9xGARNpq");
        assert!(state.live.dialog.has_typed());
        update(&mut state, DialogAction::Left);
        assert!(!state.live.dialog.has_typed());
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(parse_time("3d", Zone::Utc, NOW), Some(NOW - 259_200));
        assert_eq!(parse_time(" 30 m", Zone::Utc, NOW), Some(NOW - 1_800));
        assert_eq!(parse_time("now", Zone::Utc, NOW), Some(NOW));
        assert_eq!(parse_time("1970-01-01 08:00", Zone::Beijing, NOW), Some(0));
        for text in ["", "h", "-3h", "3w", "三天"] {
            assert_eq!(parse_time(text, Zone::Utc, NOW), None, "{text}");
        }
    }
}
