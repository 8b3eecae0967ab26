//! Which hosts the pictures of an event are on, and what the person said about each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Consent, PictureFault, PictureSettings, WebUrl};

/// The service's default domains, of which each account has its own below.
const VOD_DOMAINS: [&str; 2] = ["vod2.myqcloud.com", "vod-qcloud.com"];

/// A host that the selected task's pictures are on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostNeed {
    /// As the settings name it: lower case, with its port when that is not the scheme's own.
    pub host: String,
    pub pictures: usize,
    /// Whether it is one of the service's default domains.
    pub is_vod: bool,
    /// A picture is redirected to it; no URL of the event names it.
    pub redirected: bool,
    /// What counts for it, a choice for all default domains included.
    pub consent: Option<Consent>,
}

/// What was allowed until the program ends. It is never written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Once {
    pub(super) hosts: BTreeSet<String>,
    pub(super) vod: bool,
    /// Hosts that may lead into a private network.
    pub(super) private: BTreeSet<String>,
}

/// The settings with what was allowed for this run in them.
pub(super) fn effective(settings: &PictureSettings, once: &Once) -> PictureSettings {
    let mut settings = settings.clone();
    for host in &once.hosts {
        let rule = settings.hosts.entry(host.clone()).or_default();
        rule.consent = Some(Consent::Once);
    }
    for host in &once.private {
        settings.hosts.entry(host.clone()).or_default().private = true;
    }
    if once.vod {
        settings.vod_domains = Some(Consent::Once);
    }
    settings
}

/// What counts for a host: its own rule, else that of the default domains.
pub(super) fn consent(settings: &PictureSettings, host: &str) -> Option<Consent> {
    let own = settings.hosts.get(host).and_then(|rule| rule.consent);
    own.or_else(|| settings.vod_domains.filter(|_| is_vod(host)))
}

/// Why this URL is not asked, as far as that is known without asking anyone.
pub(super) fn objection(settings: &PictureSettings, url: &str) -> Option<PictureFault> {
    if !settings.fetch {
        return Some(PictureFault::Off);
    }
    let host = match host_of(url) {
        Ok(host) => host,
        Err(why) => {
            let why = why.to_owned();
            return Some(PictureFault::BadUrl { why });
        }
    };
    match consent(settings, &host) {
        Some(Consent::Once | Consent::Always) => None,
        Some(Consent::Never) => Some(PictureFault::Denied { host }),
        None => Some(PictureFault::NotAllowed {
            host,
            redirected: false,
        }),
    }
}

/// The hosts of these URLs, the one with most pictures first.
pub(super) fn needs<'a>(
    settings: &PictureSettings,
    urls: impl Iterator<Item = &'a str>,
    redirects: &BTreeMap<String, BTreeSet<Arc<str>>>,
) -> Vec<HostNeed> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for host in urls.filter_map(|url| host_of(url).ok()) {
        *counts.entry(host).or_default() += 1;
    }
    let named = counts.into_iter().map(|(host, count)| (host, count, false));
    let reached = redirects
        .iter()
        .map(|(host, urls)| (host.clone(), urls.len(), true));
    let mut needs: Vec<_> = named
        .chain(reached)
        .map(|(host, pictures, redirected)| HostNeed {
            is_vod: is_vod(&host),
            consent: consent(settings, &host),
            host,
            pictures,
            redirected,
        })
        .collect();
    needs.sort_by_key(|need| std::cmp::Reverse(need.pictures));
    needs
}

/// Whether the host is below one of the service's default domains.
pub fn is_vod(host: &str) -> bool {
    VOD_DOMAINS.iter().any(|domain| {
        let account = host.strip_suffix(domain);
        account.is_some_and(|account| account.len() > 1 && account.ends_with('.'))
    })
}

/// The host of a URL as the settings name it; why not, when such a URL is never asked.
pub fn host_of(url: &str) -> Result<String, &'static str> {
    Ok(WebUrl::parse(url)?.host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_domains_end_at_a_label() {
        assert!(is_vod("1251234567.vod2.myqcloud.com"));
        assert!(is_vod("x.vod-qcloud.com"));
        assert!(!is_vod("vod-qcloud.com"));
        assert!(!is_vod("evilvod-qcloud.com"));
        assert!(!is_vod("a.vod2.myqcloud.com.evil.cn"));
        assert!(!is_vod("a.vod2.myqcloud.com:8080"));
    }
}
