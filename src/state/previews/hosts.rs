//! Which hosts the pictures of an event are on, and what the person said about each.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Consent, PictureFault, PictureSettings};

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
    redirects: &BTreeMap<String, usize>,
) -> Vec<HostNeed> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for host in urls.filter_map(|url| host_of(url).ok()) {
        *counts.entry(host).or_default() += 1;
    }
    let named = counts.into_iter().map(|(host, count)| (host, count, false));
    let reached = redirects
        .iter()
        .map(|(host, count)| (host.clone(), *count, true));
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
    let (scheme, rest) = url.split_once("://").ok_or("it names no scheme")?;
    let own_port = match scheme.to_ascii_lowercase().as_str() {
        "http" => "80",
        "https" => "443",
        _ => return Err("only http and https are asked"),
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or_default();
    if authority.contains('@') {
        return Err("it holds a user name");
    }
    if authority.is_empty()
        || authority
            .chars()
            .any(|c| c.is_whitespace() || c.is_control())
    {
        return Err("it names no host");
    }
    let host = authority.to_ascii_lowercase();
    let port = port_of(&host).unwrap_or_default();
    let bare = host
        .strip_suffix(port)
        .and_then(|host| host.strip_suffix(':'));
    match bare {
        Some("") => Err("it names no host"),
        Some(bare) if port.is_empty() || port == own_port => Ok(bare.to_owned()),
        _ => Ok(host),
    }
}

/// What stands behind the last colon, unless that is within an address in brackets.
fn port_of(host: &str) -> Option<&str> {
    let (_, port) = host.rsplit_once(':')?;
    (!port.contains(']')).then_some(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_named_as_the_settings_name_them() {
        for (url, host) in [
            ("https://IMG.Savanna.cn/a.jpg", "img.savanna.cn"),
            ("http://a.cn:80/a", "a.cn"),
            ("https://a.cn:443", "a.cn"),
            ("http://a.cn:8080?x=1", "a.cn:8080"),
            ("http://a.cn:/x", "a.cn"),
            ("http://[::1]/x", "[::1]"),
            ("http://[::1]:9/x", "[::1]:9"),
        ] {
            assert_eq!(host_of(url), Ok(host.to_owned()), "{url}");
        }
    }

    #[test]
    fn what_is_never_asked_has_no_host() {
        for url in [
            "ftp://a.cn/x",
            "file:///etc/passwd",
            "a.jpg",
            "https://me:pw@a.cn/",
            "https://",
            "https://:443/",
            "https://a b/",
        ] {
            assert!(host_of(url).is_err(), "{url}");
        }
    }

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
