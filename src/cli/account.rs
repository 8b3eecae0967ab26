//! Whose tasks and events are pulled: the profile, and what signs for it.

use crate::archive::{self, Archive};
use crate::model::{Credentials, Lang, OriginChoice, Profile};
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
        let mut profile = profile(args, console);
        let around = around(console.lang, console)?;
        if profile.origin == OriginChoice::Typed {
            let name = &profile.name;
            console.say(
                format!("The keys of {name} were typed into the window, which alone knows them. Keep them in the keyring, or set the variables and name another profile"),
                format!("{name} 的密钥只在窗口中输入过，只有窗口知道。请存入密钥环，或设置环境变量并换用其他配置"),
            );
            return Err(Ended::NotBegun);
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
fn profile(args: &AccountArgs, console: &mut Console) -> Profile {
    let settings = SettingsFile::of_system().map(|file| file.load());
    let kept = settings.into_iter().flat_map(|settings| settings.profiles);
    let kept = kept.into_iter().find(|kept| kept.name == args.profile);
    let name = &args.profile;
    if kept.is_none() && *name != Profile::default().name {
        console.say(
            format!("No profile {name} is kept in the settings: its keys are looked for in the keyring, the environment and the files of other tools"),
            format!("设置中没有名为 {name} 的配置：将在密钥环、环境变量和其他工具的文件中查找密钥"),
        );
    }
    let mut profile = kept.unwrap_or_else(|| Profile {
        name: name.clone(),
        ..Profile::default()
    });
    if let Some(endpoint) = &args.endpoint {
        profile.endpoint.clone_from(endpoint);
    }
    profile.sub_app_id = args.sub_app_id.or(profile.sub_app_id);
    profile
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
