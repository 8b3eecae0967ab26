//! The dialog for pulling: whose account, which credentials, what to pull.

use std::collections::VecDeque;

use crate::model::{
    CLOUD_MEMORY_SECS, CallFault, Found, LiveSpec, OriginChoice, OriginProbe, Profile, Secret,
    TaskPull, TaskQuery, Tested, UnfinishedPull, Zone,
};

mod times;
mod update;

pub use times::parse_time;
pub(super) use update::{tick, update};

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
    /// The application's pulls of lists that did not bring everything; the first is shown.
    pub unfinished: VecDeque<UnfinishedPull>,
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
            unfinished: VecDeque::new(),
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
            text if text.is_empty() || times::is_now(text) => None,
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
        self.unfinished.clear();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{AppState, DialogAction};

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
}
