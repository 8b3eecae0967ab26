//! Where keys are found, in which order, and what is said when they cannot be used.

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use vodscope::model::{
    CredentialsFault, Found, KeyPart, Origin, OriginChoice, OriginProbe, PlaceFault, Profile,
    Secret,
};
use vodscope::source::credentials::{Keyring, KeyringFault, Places, Vault, typed};

/// A keyring of a test, or none at all.
#[derive(Debug, Default)]
struct TestKeyring {
    entries: Mutex<HashMap<String, Secret>>,
    missing: bool,
}

fn no_bus() -> PlaceFault {
    PlaceFault::System("no session bus".to_owned())
}

impl TestKeyring {
    fn check(&self) -> Result<(), KeyringFault> {
        if self.missing {
            return Err(KeyringFault::Absent(no_bus()));
        }
        Ok(())
    }
}

impl Keyring for TestKeyring {
    fn get(&self, profile: &str) -> Result<Option<Secret>, KeyringFault> {
        self.check()?;
        Ok(self.entries.lock().unwrap().get(profile).cloned())
    }

    fn set(&self, profile: &str, secret: &Secret) -> Result<(), KeyringFault> {
        self.check()?;
        let mut entries = self.entries.lock().unwrap();
        entries.insert(profile.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, profile: &str) -> Result<(), KeyringFault> {
        self.check()?;
        self.entries.lock().unwrap().remove(profile);
        Ok(())
    }
}

/// A machine with its own environment, home folder and keyring.
struct Machine {
    variables: HashMap<String, String>,
    home: TempDir,
    keyring: Arc<TestKeyring>,
    vault: Vault,
}

impl Machine {
    fn new() -> Self {
        Self {
            variables: HashMap::new(),
            home: TempDir::new().unwrap(),
            keyring: Arc::default(),
            vault: Vault::default(),
        }
    }

    fn without_keyring() -> Self {
        let missing = TestKeyring {
            missing: true,
            ..TestKeyring::default()
        };
        Self {
            keyring: Arc::new(missing),
            ..Self::new()
        }
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    fn file(self, path: &str, text: &str) -> Self {
        let path = self.home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn entry(self, profile: &str, text: &str) -> Self {
        self.keyring.set(profile, &Secret::new(text)).unwrap();
        self
    }

    fn places(&self) -> Places {
        let variables = self.variables.clone();
        let home = self.home.path().to_owned();
        let keyring: Arc<dyn Keyring> = Arc::clone(&self.keyring) as _;
        Places::new(
            move |name| variables.get(name).cloned(),
            Some(home),
            keyring,
        )
    }

    /// The SecretId that is found, and where.
    fn find(&self, profile: &Profile) -> Result<(String, Origin), CredentialsFault> {
        let found = self.places().find(profile, &self.vault)?;
        Ok((found.secret_id, found.origin))
    }

    fn id(&self, profile: &Profile) -> String {
        self.find(profile).unwrap().0
    }

    fn probe(&self) -> Vec<OriginProbe> {
        self.places().probe(&Profile::default(), &self.vault)
    }
}

fn named(name: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        ..Profile::default()
    }
}

fn from(origin: OriginChoice) -> Profile {
    Profile {
        origin,
        ..Profile::default()
    }
}

/// A machine where every place holds a pair of its own.
fn full() -> Machine {
    Machine::new()
        .entry("default", r#"{"secretId":"AKID-keyring","secretKey":"k"}"#)
        .set("TENCENTCLOUD_SECRET_ID", "AKID-environment")
        .set("TENCENTCLOUD_SECRET_KEY", "k")
        .file(
            ".tencentcloud/credentials",
            "[default]\nsecret_id = AKID-sdk\nsecret_key = k\n",
        )
        .file(
            ".tccli/default.credential",
            r#"{"secretId":"AKID-tccli","secretKey":"k"}"#,
        )
}

#[test]
fn the_first_place_that_holds_keys_is_used() {
    let mut machine = full();
    assert_eq!(machine.id(&Profile::default()), "AKID-keyring");
    machine.places().forget("default").unwrap();
    assert_eq!(machine.id(&Profile::default()), "AKID-environment");
    machine.variables.clear();
    assert_eq!(machine.id(&Profile::default()), "AKID-sdk");
    fs::remove_file(machine.home.path().join(".tencentcloud/credentials")).unwrap();
    assert_eq!(machine.id(&Profile::default()), "AKID-tccli");
}

#[test]
fn a_profile_can_name_its_place() {
    let machine = full();
    for (origin, id) in [
        (OriginChoice::Keyring, "AKID-keyring"),
        (OriginChoice::Environment, "AKID-environment"),
        (OriginChoice::SdkFile, "AKID-sdk"),
        (OriginChoice::TccliFile, "AKID-tccli"),
    ] {
        assert_eq!(machine.id(&from(origin)), id);
    }
    let empty = machine.find(&from(OriginChoice::Typed)).unwrap_err();
    assert!(matches!(empty, CredentialsFault::Empty { .. }), "{empty:?}");
}

#[test]
fn where_keys_were_found_is_said() {
    let machine = full();
    let origin = |choice| machine.find(&from(choice)).unwrap().1;
    let entry = "vodscope / default".to_owned();
    assert_eq!(origin(OriginChoice::Keyring), Origin::Keyring { entry });
    let variable = "TENCENTCLOUD_SECRET_ID".to_owned();
    assert_eq!(
        origin(OriginChoice::Environment),
        Origin::Environment { variable }
    );
    let home = machine.home.path();
    let sdk = Origin::SdkFile(home.join(".tencentcloud/credentials"));
    assert_eq!(origin(OriginChoice::SdkFile), sdk);
    let tccli = Origin::TccliFile(home.join(".tccli/default.credential"));
    assert_eq!(origin(OriginChoice::TccliFile), tccli);
}

#[test]
fn typed_keys_win_and_stay_with_their_profile() {
    let machine = full();
    machine
        .vault
        .put("default", typed(" AKID-typed\n", "key", "").unwrap());
    assert_eq!(
        machine.find(&Profile::default()),
        Ok(("AKID-typed".to_owned(), Origin::Typed))
    );
    assert_eq!(machine.id(&named("other")), "AKID-environment");
    machine.vault.forget("default");
    assert_eq!(machine.id(&Profile::default()), "AKID-keyring");
}

#[test]
fn malformed_keys_are_a_fault_and_no_reason_to_use_others() {
    let machine = full().set("TENCENTCLOUD_SECRET_KEY", "two words");
    machine.places().forget("default").unwrap();
    let fault = machine.find(&Profile::default()).unwrap_err();
    let expected = CredentialsFault::Malformed {
        place: "TENCENTCLOUD_SECRET_ID".to_owned(),
        why: PlaceFault::WhiteSpace(KeyPart::SecretKey),
    };
    assert_eq!(fault, expected);
}

#[test]
fn without_a_keyring_the_other_places_still_serve() {
    let machine = Machine::without_keyring()
        .set("TENCENTCLOUD_SECRETID", "AKID-function")
        .set("TENCENTCLOUD_SECRETKEY", "k")
        .set("TENCENTCLOUD_SESSIONTOKEN", "t");
    assert_eq!(machine.id(&Profile::default()), "AKID-function");
    let keys = typed("AKID", "key", "").unwrap();
    let kept = machine.places().keep("default", &keys);
    assert_eq!(kept, Err(no_bus()));
}

#[test]
fn every_place_is_probed_in_order() {
    let machine = Machine::without_keyring()
        .set(
            "TENCENTCLOUD_SECRET_ID",
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        )
        .set("TENCENTCLOUD_SECRET_KEY", "k")
        .set("TENCENTCLOUD_TOKEN", "t")
        .file(".tencentcloud/credentials", "[default]\nsecret_id = AKID\n");
    let probe = |choice, place: &str, found| OriginProbe {
        choice,
        place: place.to_owned(),
        found,
    };
    let separated = |path: &str| path.replace('/', std::path::MAIN_SEPARATOR_STR);
    let expected = [
        probe(
            OriginChoice::Keyring,
            "vodscope / default",
            Found::Absent { why: no_bus() },
        ),
        probe(
            OriginChoice::Environment,
            "TENCENTCLOUD_SECRET_ID",
            Found::Credentials {
                masked_id: "AKIDz8kr…MPLE".to_owned(),
                temporary: true,
            },
        ),
        probe(
            OriginChoice::SdkFile,
            &format!("{} [default]", separated("~/.tencentcloud/credentials")),
            Found::Unusable {
                why: PlaceFault::NoKey,
            },
        ),
        probe(
            OriginChoice::TccliFile,
            &separated("~/.tccli/default.credential"),
            Found::Empty,
        ),
        probe(OriginChoice::Typed, "", Found::Empty),
    ];
    assert_eq!(machine.probe(), expected);
}

#[test]
fn nothing_anywhere_names_all_places() {
    let fault = Machine::new().find(&Profile::default()).unwrap_err();
    let CredentialsFault::None { looked_at } = fault else {
        panic!("{fault:?}");
    };
    let choices: Vec<_> = looked_at.iter().map(|probe| probe.choice).collect();
    let all = [
        OriginChoice::Keyring,
        OriginChoice::Environment,
        OriginChoice::SdkFile,
        OriginChoice::TccliFile,
    ];
    assert_eq!(choices, all);
}

#[test]
fn kept_keys_are_found_again() {
    let machine = Machine::new();
    let keys = typed("AKID-kept", "secret\"key", "token").unwrap();
    machine.places().keep("prod", &keys).unwrap();
    let found = machine
        .places()
        .find(&named("prod"), &machine.vault)
        .unwrap();
    assert_eq!(found.secret_key.expose(), "secret\"key");
    assert_eq!(found.token, Some(Secret::new("token")));
    machine.places().forget("prod").unwrap();
    assert!(machine.find(&named("prod")).is_err());
}

#[test]
fn another_file_and_another_profile_can_be_named_in_the_environment() {
    let machine = Machine::new().file("keys.ini", "[prod]\nsecret_id=AKID-prod\nsecret_key=k\n");
    let path = machine.home.path().join("keys.ini");
    let machine = machine
        .set("TENCENTCLOUD_CREDENTIALS_FILE", path.to_str().unwrap())
        .set("TCCLI_PROFILE", "work")
        .file(
            ".tccli/work.credential",
            r#"{"secretId":"AKID-work","secretKey":"k","token":"t"}"#,
        );
    assert_eq!(machine.id(&named("prod")), "AKID-prod");
    assert_eq!(machine.id(&from(OriginChoice::TccliFile)), "AKID-work");
}

#[test]
fn a_profiles_name_cannot_lead_out_of_the_folder() {
    let machine = Machine::new().file("x.credential", r#"{"secretId":"AKID","secretKey":"k"}"#);
    let outside = Profile {
        origin: OriginChoice::TccliFile,
        ..named("../x")
    };
    assert!(machine.find(&outside).is_err());
}

#[test]
fn secrets_are_never_printed() {
    let machine = full();
    machine
        .vault
        .put("default", typed("AKID", "Gu5t9xGARNpq", "t0ken").unwrap());
    let printed = format!(
        "{:?} {:?} {:?} {:?}",
        machine.vault,
        machine.places(),
        machine.probe(),
        machine.places().find(&Profile::default(), &machine.vault)
    );
    assert!(
        !printed.contains("Gu5t") && !printed.contains("t0ken"),
        "{printed}"
    );
}
