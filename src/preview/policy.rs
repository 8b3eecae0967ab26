//! Whom the person allowed to be asked, and how each host is asked.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::address::Address;
use super::network::is_public;
use crate::model::{Consent, HostRule, PictureFault, PictureSettings, Secret};

/// The service's default domains: each account has its own below one of these.
const VOD_DOMAINS: [&str; 2] = [".vod2.myqcloud.com", ".vod-qcloud.com"];

/// What was allowed, and the keys that URLs are signed with.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    settings: PictureSettings,
    keys: BTreeMap<String, Secret>,
}

/// How a host that may be asked is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Sent as `Referer`, except from https to http.
    pub referer: Option<String>,
    /// Signs the host's URLs.
    pub key: Option<Secret>,
    /// It may lead to a private network; behind a proxy nothing is checked, then, and the proxy
    /// looks the host up.
    pub private: bool,
}

impl Policy {
    /// The settings as they count now: [`Consent::Once`] in them is as good as `Always`.
    pub fn new(settings: PictureSettings) -> Self {
        Self {
            settings,
            keys: BTreeMap::new(),
        }
    }

    /// Signs the URLs of `host`, where its rule says that they are signed.
    #[must_use]
    pub fn with_key(mut self, host: &str, key: Secret) -> Self {
        self.keys.insert(host.to_owned(), key);
        self
    }

    pub(super) fn cache_bytes(&self) -> u64 {
        self.settings.cache_bytes
    }

    /// How this address is asked; why not, when it is not. Asks nobody.
    pub fn may_ask(&self, address: &Address) -> Result<Rule, PictureFault> {
        if !self.settings.fetch {
            return Err(PictureFault::Off);
        }
        let host = address.host();
        let rule = self.settings.hosts.get(host);
        match rule.and_then(|rule| rule.consent).or(self.of_vod(host)) {
            Some(Consent::Once | Consent::Always) => {
                let rule = self.rule(host, rule);
                rule.check_literal(address)?;
                Ok(rule)
            }
            Some(Consent::Never) => Err(PictureFault::Denied {
                host: host.to_owned(),
            }),
            None => Err(PictureFault::NotAllowed {
                host: host.to_owned(),
                redirected: false,
            }),
        }
    }

    fn of_vod(&self, host: &str) -> Option<Consent> {
        self.settings.vod_domains.filter(|_| is_vod(host))
    }

    fn rule(&self, host: &str, found: Option<&HostRule>) -> Rule {
        let Some(found) = found else {
            return Rule::default();
        };
        let referer = Some(found.referer.trim()).filter(|referer| !referer.is_empty());
        let key = self.keys.get(host).filter(|key| !key.is_empty());
        Rule {
            referer: referer.map(str::to_owned),
            key: key.filter(|_| found.signed).cloned(),
            private: found.private,
        }
    }
}

impl Rule {
    /// Whether this address of the host may be connected to.
    pub(super) fn admits(&self, address: IpAddr) -> bool {
        self.private || is_public(address)
    }

    /// What is sent as `Referer`. As in a browser, no page of https is told to whoever listens to
    /// plain http.
    pub(super) fn referer_for(&self, address: &Address) -> Option<&str> {
        let referer = self.referer.as_deref()?;
        let scheme = referer.get(..8).unwrap_or_default();
        let is_told_in_clear =
            scheme.eq_ignore_ascii_case("https://") && address.url().starts_with("http://");
        (!is_told_in_clear).then_some(referer)
    }

    /// A host that is an address is checked before anybody is asked.
    fn check_literal(&self, address: &Address) -> Result<(), PictureFault> {
        match address.literal() {
            Some(literal) if !self.admits(literal) => Err(PictureFault::Private {
                host: address.host().to_owned(),
                address: literal,
            }),
            _ => Ok(()),
        }
    }
}

/// Whether a host in lower case is below one of the service's default domains.
fn is_vod(host: &str) -> bool {
    VOD_DOMAINS.iter().any(|domain| {
        let account = host.strip_suffix(domain);
        account.is_some_and(|account| account.split('.').all(|label| !label.is_empty()))
    })
}
