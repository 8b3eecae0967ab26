//! Policies, names and fetchers for tests.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use vodscope::http::{Lookup, Proxy};
use vodscope::job::Cancel;
use vodscope::model::{Consent, HostRule, PictureFault, PictureSettings};
use vodscope::preview::{Address, FetchEnd, FetchLimits, Fetched, Fetcher, Policy, Ways};

/// A limit that a passing test never meets.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Allowed, and allowed to be on this machine.
pub(crate) fn near() -> HostRule {
    HostRule {
        consent: Some(Consent::Always),
        private: true,
        ..HostRule::default()
    }
}

/// Allowed, and nothing else.
pub(crate) fn far() -> HostRule {
    HostRule {
        private: false,
        ..near()
    }
}

pub(crate) fn settings<'a>(
    hosts: impl IntoIterator<Item = (&'a str, HostRule)>,
) -> PictureSettings {
    let hosts = hosts.into_iter();
    PictureSettings {
        hosts: hosts.map(|(host, rule)| (host.to_owned(), rule)).collect(),
        ..PictureSettings::default()
    }
}

pub(crate) fn policy<'a>(hosts: impl IntoIterator<Item = (&'a str, HostRule)>) -> Policy {
    Policy::new(settings(hosts))
}

/// Finds these names where they are said to be, and no others.
pub(crate) fn names<const N: usize>(known: [(&str, &[&str]); N]) -> Lookup {
    let known: BTreeMap<String, Vec<std::net::IpAddr>> = known
        .into_iter()
        .map(|(name, found)| {
            let found = found.iter().map(|address| address.parse().unwrap());
            (name.to_owned(), found.collect())
        })
        .collect();
    Arc::new(move |host, port| {
        let literal = host
            .trim_matches(['[', ']'])
            .parse()
            .map(|found| vec![found]);
        let found = known.get(host).cloned().or(literal.ok());
        let found = found.ok_or_else(|| io::Error::other("no such name"))?;
        Ok(found
            .into_iter()
            .map(|ip| SocketAddr::new(ip, port))
            .collect())
    })
}

/// No proxy, and limits that tests can reach.
pub(crate) fn direct() -> Ways {
    Ways {
        proxy: Proxy::Never,
        ..Ways::default()
    }
}

pub(crate) fn named(lookup: Lookup) -> Ways {
    Ways {
        lookup: Some(lookup),
        ..direct()
    }
}

pub(crate) fn limited(limits: FetchLimits) -> Ways {
    Ways { limits, ..direct() }
}

/// Limits that end nothing while a test waits for something else.
pub(crate) fn patient() -> FetchLimits {
    FetchLimits {
        first_byte: 10 * PATIENCE,
        total: 10 * PATIENCE,
        ..FetchLimits::default()
    }
}

pub(crate) fn fetch(policy: Policy, ways: &Ways, url: &str) -> Result<Fetched, FetchEnd> {
    let mut fetcher = Fetcher::new(Arc::new(policy), ways).unwrap();
    let address = Address::parse(url).unwrap();
    fetcher.fetch(&address, &Cancel::default(), &mut |_, _| {})
}

pub(crate) fn fault(policy: Policy, ways: &Ways, url: &str) -> PictureFault {
    match fetch(policy, ways, url) {
        Err(FetchEnd::Fault(fault)) => fault,
        other => panic!("{url}: {other:?}"),
    }
}
