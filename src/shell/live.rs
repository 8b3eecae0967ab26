//! Accounts, queues, callbacks and the archive: starts what is live, and runs what is asked once
//! on threads of their own.

use std::path::Path;

use crate::archive::{self, Archive, Range};
use crate::decode;
use crate::job::{Cancel, Gone, Job, Orders, Received, Wake, spawn};
use crate::model::{
    ArchiveFault, ArchiveSettings, ArchiveStats, CallFault, Lang, LiveCommand, LiveSpec, Profile,
    RawRef, Reason, Secret, SourceId, now_unix,
};
use crate::source::cloud::test_profile;
use crate::source::credentials::{self, Places, Vault};
use crate::source::live::{self, Around};
use crate::source::{Catalog, replay};
use crate::state::{
    Action, ArchiveAction, DialogAction, LiveAction, LiveEffect, ReplayAction, TypedKeys,
};
use crate::text::{live as words, sentence};

use super::app::{App, Running};

const DAY: i64 = 86_400;

/// Questions that were asked once, each on its thread until it has answered.
#[derive(Default)]
pub(super) struct Asked(Vec<Job<Action>>);

impl Asked {
    pub(super) fn ask(
        &mut self,
        name: &str,
        wake: &Wake,
        answer: impl FnOnce() -> Vec<Action> + Send + 'static,
    ) {
        self.0.push(spawn(name, wake.clone(), move |outbox, _| {
            for action in answer() {
                // The window may have closed meanwhile: then nobody wants the answer.
                if let Err(Gone) = outbox.send(action) {
                    return;
                }
            }
        }));
    }

    /// What has been answered.
    pub(super) fn poll(&mut self) -> Vec<Action> {
        let mut actions = Vec::new();
        self.0.retain(|job| {
            loop {
                match job.poll() {
                    Received::Item(action) => actions.push(action),
                    Received::Waiting => return true,
                    Received::Ended => return false,
                }
            }
        });
        actions
    }
}

/// What live sources are given, with the places of this system.
pub(super) fn around(catalog: &Catalog, lang: Lang) -> Around {
    Around {
        // Without a home folder there is none, which opening it then says.
        archive: archive::default_path().unwrap_or_default(),
        places: Places::of_system(),
        vault: Vault::default(),
        lang,
        catalog: catalog.clone(),
    }
}

impl App {
    pub(super) fn carry_out_live(&mut self, effect: LiveEffect) {
        match effect {
            LiveEffect::Start(spec) => self.start_live(spec, None),
            LiveEffect::Listen { spec, sign_key } => {
                self.start_live(LiveSpec::Listen(spec), sign_key);
            }
            LiveEffect::Command(source, command) => self.command(source, command),
            LiveEffect::Probe(profile) => self.probe(profile),
            LiveEffect::KeepKeys {
                profile,
                keys,
                in_keyring,
            } => self.keep_keys(profile, &keys, in_keyring),
            LiveEffect::KeepHeldKeys { profile } => self.keep_held_keys(profile),
            LiveEffect::ForgetKeys { profile } => self.forget_keys(profile),
            LiveEffect::Test { ticket, profile } => self.test(ticket, profile),
            LiveEffect::Replay { ticket, raw, url } => self.replay(ticket, raw, url),
            LiveEffect::ArchiveStats => self.archive_stats(),
            LiveEffect::Retain(settings) => self.retain(settings),
            LiveEffect::CountArchived(range) => self.count_archived(range),
            LiveEffect::DeleteArchived(range) => self.delete_archived(range),
            LiveEffect::Export(effect) => self.carry_out_export(effect),
            LiveEffect::Notify { title, body } => self.notify(title, body),
        }
    }

    fn start_live(&mut self, spec: LiveSpec, sign_key: Option<Secret>) {
        self.around.lang = self.state.appearance.lang;
        let started = live::start(spec, sign_key, &self.around, self.wake.clone());
        self.sources.push(Running {
            job: started.job,
            ids: Vec::new(),
            orders: Some(started.orders),
        });
    }

    fn command(&self, source: SourceId, command: LiveCommand) {
        let of = |running: &&Running| running.ids.contains(&source);
        let orders = self.sources.iter().find(of);
        let orders: Option<&Orders<LiveCommand>> = orders.and_then(|of| of.orders.as_ref());
        if let Some(orders) = orders
            && let Err(Gone) = orders.give(command)
        {
            log::warn!("a live source takes no orders any more");
        }
    }

    fn probe(&mut self, profile: Profile) {
        let around = self.around.clone();
        self.asked.ask("credentials", &self.wake, move || {
            let probes = around.places.probe(&profile, &around.vault);
            let found = DialogAction::Probed {
                profile: profile.name.clone(),
                probes,
            };
            let unfinished = match around.unfinished_pulls(&profile) {
                Ok(pulls) => dialog(DialogAction::Unfinished {
                    profile: Box::new(profile),
                    pulls,
                }),
                Err(fault) => of_archive(ArchiveAction::Stats(Err(fault))),
            };
            vec![dialog(found), unfinished]
        });
    }

    /// At once for this run, so that what follows is signed.
    fn keep_keys(&mut self, profile: String, keys: &TypedKeys, in_keyring: bool) {
        let (key, token) = (keys.key.expose(), keys.token.expose());
        let credentials = match credentials::typed(&keys.id, key, token) {
            Ok(credentials) => credentials,
            // Using them says the same, and where it is read.
            Err(fault) => {
                log::warn!("typed keys cannot be used: {fault:?}");
                return;
            }
        };
        self.around.vault.put(&profile, credentials);
        if in_keyring {
            self.keep_held_keys(profile);
        }
    }

    /// In the keyring, when it answers.
    fn keep_held_keys(&mut self, profile: String) {
        let Some(credentials) = self.around.vault.get(&profile) else {
            // They were forgotten meanwhile, as ordered.
            return;
        };
        let (places, lang) = (self.around.places.clone(), self.state.appearance.lang);
        self.asked.ask("keyring", &self.wake, move || {
            match places.keep(&profile, &credentials) {
                Ok(()) => Vec::new(),
                Err(fault) => {
                    let why = words::place_fault(lang, &fault);
                    vec![dialog(DialogAction::KeyringFailed { profile, why })]
                }
            }
        });
    }

    fn forget_keys(&mut self, profile: String) {
        self.around.vault.forget(&profile);
        let (places, lang) = (self.around.places.clone(), self.state.appearance.lang);
        self.asked.ask("keyring", &self.wake, move || {
            match places.forget(&profile) {
                Ok(()) => Vec::new(),
                Err(fault) => {
                    let why = words::place_fault(lang, &fault);
                    vec![dialog(DialogAction::ForgetFailed { profile, why })]
                }
            }
        });
    }

    fn test(&mut self, ticket: u64, profile: Profile) {
        let around = self.around.clone();
        self.asked.ask("test-profile", &self.wake, move || {
            let cancel = Cancel::default();
            let client = around.client(&profile);
            let result = client.and_then(|client| test_profile(&client, &cancel));
            let result = Box::new(result);
            vec![dialog(DialogAction::Tested { ticket, result })]
        });
    }

    fn replay(&mut self, ticket: u64, raw: RawRef, url: String) {
        let (catalog, lang) = (self.catalog.clone(), self.state.appearance.lang);
        self.asked.ask("replay", &self.wake, move || {
            let bytes = match catalog.reread(&raw, &Cancel::default()) {
                Ok(bytes) => bytes,
                Err(reason) => return vec![unreadable(ticket, lang, &reason)],
            };
            let meant = decode::unwrapped(&bytes, raw.wrapping);
            let body = replay::as_callback(&meant);
            let result = replay::client().and_then(|client| replay::replay(&url, &body, &client));
            let answered = ReplayAction::Answered { ticket, result };
            vec![Action::Live(LiveAction::Replay(answered))]
        });
    }

    pub(super) fn archive_stats(&mut self) {
        let path = self.around.archive.clone();
        self.asked.ask("archive-stats", &self.wake, move || {
            let stats = Archive::open_existing(&path).and_then(|archive| match archive {
                Some(archive) => archive.stats(),
                None => Ok(ArchiveStats::default()),
            });
            vec![of_archive(ArchiveAction::Stats(stats))]
        });
    }

    fn retain(&mut self, settings: ArchiveSettings) {
        let path = self.around.archive.clone();
        self.asked.ask("archive-retain", &self.wake, move || {
            let kept = archive::retain(&path, &settings.into());
            match kept {
                Ok(0) => Vec::new(),
                kept => vec![of_archive(ArchiveAction::Deleted(kept))],
            }
        });
    }

    /// Lists the last days, when there are any. Before that it deletes what is too old, but only
    /// by settings that were read: the defaults may be shorter than what was chosen.
    pub(super) fn look_into_archive(&mut self, retains: bool) {
        let (path, settings) = (self.around.archive.clone(), self.state.settings.archive);
        self.asked.ask("archive-look", &self.wake, move || {
            let retained = if retains {
                archive::retain(&path, &settings.into())
            } else {
                Ok(0)
            };
            match retained.and_then(|_| holds_any(&path, settings.list_days)) {
                Ok(true) => vec![of_archive(ArchiveAction::List(Some(settings.list_days)))],
                Ok(false) => Vec::new(),
                Err(fault) => vec![of_archive(ArchiveAction::Stats(Err(fault)))],
            }
        });
    }

    fn notify(&mut self, title: String, body: String) {
        self.asked.ask("notify", &self.wake, move || {
            let shown = notify_rust::Notification::new()
                .appname("vodscope")
                .summary(&title)
                .body(&body)
                .show();
            if let Err(error) = shown {
                log::info!("the desktop shows no notifications: {error}");
            }
            Vec::new()
        });
    }
}

fn dialog(action: DialogAction) -> Action {
    Action::Live(LiveAction::Dialog(action))
}

pub(super) fn of_archive(action: ArchiveAction) -> Action {
    Action::Live(LiveAction::Archive(action))
}

fn unreadable(ticket: u64, lang: Lang, reason: &Reason) -> Action {
    let why = sentence::reason(lang, reason);
    let fault = CallFault::NothingToSend { why };
    let result = Err(fault);
    Action::Live(LiveAction::Replay(ReplayAction::Answered {
        ticket,
        result,
    }))
}

fn holds_any(path: &Path, days: u32) -> Result<bool, ArchiveFault> {
    let Some(archive) = Archive::open_existing(path)?.filter(|_| days > 0) else {
        return Ok(false);
    };
    let since = now_unix() - i64::from(days) * DAY;
    let range = Range {
        since_ms: Some(since.saturating_mul(1_000)),
        until_ms: None,
    };
    Ok(archive.extent(&range)?.deliveries > 0)
}
