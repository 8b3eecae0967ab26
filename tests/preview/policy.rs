//! Whom the person allowed to be asked.

use vodscope::model::{Consent, HostRule, PictureFault, PictureSettings, Secret};
use vodscope::preview::{Address, Policy, Rule};

use crate::setup::{far, near, policy, settings};

fn ask(policy: &Policy, url: &str) -> Result<Rule, PictureFault> {
    policy.may_ask(&Address::parse(url).unwrap())
}

fn not_allowed(host: &str) -> Result<Rule, PictureFault> {
    Err(PictureFault::NotAllowed {
        host: host.to_owned(),
        redirected: false,
    })
}

fn denied(host: &str) -> Result<Rule, PictureFault> {
    Err(PictureFault::Denied {
        host: host.to_owned(),
    })
}

fn vod(consent: Consent) -> PictureSettings {
    PictureSettings {
        vod_domains: Some(consent),
        ..PictureSettings::default()
    }
}

#[test]
fn nobody_is_asked_until_the_person_allows_it() {
    let nothing = Policy::default();
    for host in [
        "a.example",
        "a.vod2.myqcloud.com",
        "a.vod-qcloud.com",
        "1.1.1.1",
    ] {
        assert_eq!(
            ask(&nothing, &format!("https://{host}/x")),
            not_allowed(host)
        );
    }
}

#[test]
fn consent_is_for_one_host_and_one_port() {
    let policy = policy([("a.example", far()), ("b.example:8080", far())]);
    assert_eq!(ask(&policy, "https://A.example/x"), Ok(Rule::default()));
    assert_eq!(ask(&policy, "http://a.example:80/x"), Ok(Rule::default()));
    assert_eq!(ask(&policy, "http://b.example:8080/x"), Ok(Rule::default()));
    for host in [
        "a.example:81",
        "b.example",
        "x.a.example",
        "a.example.evil",
        "xa.example",
    ] {
        assert_eq!(ask(&policy, &format!("http://{host}/")), not_allowed(host));
    }
}

#[test]
fn never_is_never() {
    let never = HostRule {
        consent: Some(Consent::Never),
        ..HostRule::default()
    };
    let mut settings = settings([("a.vod2.myqcloud.com", never)]);
    settings.vod_domains = Some(Consent::Always);
    let policy = Policy::new(settings);
    let host = "a.vod2.myqcloud.com";
    assert_eq!(ask(&policy, "http://a.vod2.myqcloud.com/x"), denied(host));
    let vod = Policy::new(vod(Consent::Never));
    assert_eq!(ask(&vod, "http://a.vod2.myqcloud.com/x"), denied(host));
}

#[test]
fn the_service_domains_are_one_choice_and_nobody_elses() {
    for consent in [Consent::Once, Consent::Always] {
        let policy = Policy::new(vod(consent));
        for host in ["1500.vod2.myqcloud.com", "a.b.vod-qcloud.com"] {
            assert_eq!(
                ask(&policy, &format!("https://{host}/")),
                Ok(Rule::default())
            );
        }
        for host in [
            "evilvod-qcloud.com",
            "vod-qcloud.com",
            "vod2.myqcloud.com",
            "a.vod-qcloud.com.evil.example",
            "a.xvod2.myqcloud.com",
            ".vod-qcloud.com",
            "a..vod-qcloud.com",
            "a.vod-qcloud.com:8080",
            "a.myqcloud.com",
        ] {
            assert_eq!(ask(&policy, &format!("https://{host}/")), not_allowed(host));
        }
    }
}

#[test]
fn one_switch_turns_everything_off() {
    let mut settings = settings([("a.example", near())]);
    settings.fetch = false;
    let policy = Policy::new(settings);
    assert_eq!(ask(&policy, "http://a.example/"), Err(PictureFault::Off));
}

#[test]
fn a_referer_and_a_key_belong_to_their_host() {
    let told = HostRule {
        referer: " https://www.a.example/ ".to_owned(),
        signed: true,
        ..far()
    };
    let key = Secret::new("24FEQmTzro4V5u3D5epW");
    let policy = policy([("a.example", told), ("b.example", far())])
        .with_key("a.example", key.clone())
        .with_key("b.example", Secret::new("another"));
    let expected = Rule {
        referer: Some("https://www.a.example/".to_owned()),
        key: Some(key),
        private: false,
    };
    assert_eq!(ask(&policy, "http://a.example/"), Ok(expected));
    let unsigned = ask(&policy, "http://b.example/");
    assert_eq!(
        unsigned,
        Ok(Rule::default()),
        "a key is used only where it is asked for"
    );
}

#[test]
fn an_address_of_a_closed_network_needs_leave_of_its_own() {
    for host in [
        "127.0.0.1:81",
        "10.1.1.1",
        "[::1]:81",
        "169.254.169.254",
        "localhost",
        "0x7f.1",
    ] {
        let url = format!("http://{host}/x");
        let refused = ask(&policy([(host, far())]), &url);
        assert!(
            matches!(&refused, Err(PictureFault::Private { host: named, .. }) if named == host),
            "{refused:?}"
        );
        let allowed = ask(&policy([(host, near())]), &url);
        assert!(allowed.is_ok_and(|rule| rule.private), "{host}");
    }
}
