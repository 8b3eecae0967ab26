//! Whose tasks and events are pulled: the profile, and what signs for it.

use std::collections::BTreeSet;
use std::{env, fs};

use crate::archive::{self, Archive};
use crate::model::{Credentials, Found, Lang, OriginChoice, Profile};
use crate::shell::SettingsFile;
use crate::source::Catalog;
use crate::source::credentials::{Places, Vault};
use crate::source::live::Around;
use crate::text::live as words;

use super::args::AccountArgs;
use super::console::Console;
use super::ended::Ended;
use super::faults;

/// An account that can be asked, and an archive to keep the answers in.
pub(super) struct Account {
    pub(super) profile: Profile,
    pub(super) around: Around,
    pub(super) archive: Archive,
}

impl Account {
    /// Finds the credentials and says which; nothing has been sent yet.
    pub(super) fn find(args: &AccountArgs, console: &mut Console) -> Result<Self, Ended> {
        let around = around(console.lang, console)?;
        let mut profile = profile(args, &around, console)?;
        if profile.origin == OriginChoice::Typed {
            // The window knew them, and is another program: here the places count as ever.
            profile.origin = OriginChoice::First;
        }
        let credentials = credentials(&profile, &around, console)?;
        // Looked for once: a keyring may ask its owner each time.
        around.vault.put(&profile.name, credentials.clone());
        profile.origin = OriginChoice::Typed;
        if let Err(fault) = around.client(&profile) {
            let text = words::call_fault(console.lang, &fault);
            console.tell(&text);
            return Err(Ended::NotBegun);
        }
        introduce(&profile, &credentials, console);
        let archive = open_archive(&around, console)?;
        Ok(Self {
            profile,
            around,
            archive,
        })
    }
}

/// The one kept under this name, else one of that name with the credentials of other tools.
fn profile(args: &AccountArgs, around: &Around, console: &mut Console) -> Result<Profile, Ended> {
    let settings = SettingsFile::of_system().map(|file| file.load());
    let kept = settings.into_iter().flat_map(|settings| settings.profiles);
    let kept: Vec<Profile> = kept.collect();
    let named = kept.iter().find(|kept| kept.name == args.profile);
    let mut profile = named.cloned().unwrap_or_else(|| Profile {
        name: args.profile.clone(),
        ..Profile::default()
    });
    let is_default = args.profile == Profile::default().name;
    if named.is_none() && !is_default && !has_keys_of_its_own(&profile, around) {
        unknown(&profile.name, &kept, console);
        return Err(Ended::NotBegun);
    }
    if let Some(endpoint) = &args.endpoint {
        profile.endpoint.clone_from(endpoint);
    }
    profile.sub_app_id = args.sub_app_id.or(profile.sub_app_id);
    Ok(profile)
}

/// Whether a keyring or a file has keys under this very name: the environment's have none.
fn has_keys_of_its_own(profile: &Profile, around: &Around) -> bool {
    let places = [OriginChoice::Keyring, OriginChoice::TccliFile];
    let probes = around.places.probe(profile, &around.vault);
    let mut own = probes.iter().filter(|probe| places.contains(&probe.choice));
    // Keys that cannot be used are told of when they are taken.
    own.any(|probe| {
        matches!(
            probe.found,
            Found::Credentials { .. } | Found::Unusable { .. }
        )
    })
}

/// Names what could have been meant.
fn unknown(name: &str, kept: &[Profile], console: &mut Console) {
    let mut names: BTreeSet<String> = kept.iter().map(|kept| kept.name.clone()).collect();
    names.insert(Profile::default().name);
    names.extend(tccli_profiles());
    let names: Vec<String> = names.into_iter().collect();
    let (en, zh) = (names.join(", "), names.join("、"));
    console.say(
        format!("error: there is no profile {name}. Known: {en}. A profile is kept by the window's pull dialog, or in ~/.tccli"),
        format!("错误：没有名为 {name} 的配置。已知：{zh}。可在窗口的拉取对话框中新建，或放在 ~/.tccli 中"),
    );
}

/// Those of the command line tool, by its files.
fn tccli_profiles() -> Vec<String> {
    let folder = env::home_dir().map(|home| home.join(".tccli"));
    // Without a folder there are none.
    let files = folder.and_then(|folder| fs::read_dir(folder).ok());
    let names = files.into_iter().flatten().flatten().filter_map(|file| {
        let name = file.file_name().into_string().ok()?;
        Some(name.strip_suffix(".credential")?.to_owned())
    });
    names.collect()
}

fn credentials(
    profile: &Profile,
    around: &Around,
    console: &mut Console,
) -> Result<Credentials, Ended> {
    let found = around.places.find(profile, &around.vault);
    found.map_err(|fault| {
        let text = words::credentials_fault(console.lang, &fault);
        console.tell(&text);
        Ended::NotBegun
    })
}

fn introduce(profile: &Profile, credentials: &Credentials, console: &mut Console) {
    let id = credentials.masked_id();
    let origin = words::origin(console.lang, &credentials.origin);
    let endpoint = &profile.endpoint;
    let (en, zh) = match profile.sub_app_id {
        Some(app) => (format!(", application {app}"), format!("，应用 {app}")),
        None => (String::new(), String::new()),
    };
    console.say(
        format!("Asking {endpoint} as {id} ({origin}){en}"),
        format!("以 {id}（{origin}）访问 {endpoint}{zh}"),
    );
}

/// What live sources need of this system.
pub(super) fn around(lang: Lang, console: &mut Console) -> Result<Around, Ended> {
    let Some(archive) = archive::default_path() else {
        let variable = archive::PATH_VARIABLE;
        console.say(
            format!("There is no home folder for the archive. Name a file in {variable}"),
            format!("没有主目录可存放归档，请用 {variable} 指定文件"),
        );
        return Err(Ended::NotBegun);
    };
    Ok(Around {
        archive,
        places: Places::of_system(),
        vault: Vault::default(),
        lang,
        catalog: Catalog::default(),
    })
}

/// Nothing is asked of anybody before there is a place to keep it.
pub(super) fn open_archive(around: &Around, console: &mut Console) -> Result<Archive, Ended> {
    Archive::open(&around.archive).map_err(|fault| {
        faults::archive(&fault, console);
        console.tell(&around.archive.display().to_string());
        Ended::NotBegun
    })
}
