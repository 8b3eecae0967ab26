//! The proxy that the environment names.

use std::env;
use std::ffi::OsStr;

use ureq::Proxy;

use super::Failure;

/// Where it is looked for, in the HTTP client's order.
const VARIABLES: [&str; 6] = [
    "ALL_PROXY",
    "all_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
];

/// Fails when the variable that counts names no usable proxy: whoever set it does not want to be
/// connected directly.
pub(super) fn proxy() -> Result<Option<Proxy>, Failure> {
    let set = VARIABLES.into_iter().find_map(|name| {
        let value = env::var_os(name).filter(|value| !value.is_empty());
        value.map(|value| (name, value))
    });
    match set {
        Some((name, value)) if !is_usable(&value) => Err(Failure::unusable_proxy(name)),
        // Read again for the exceptions of NO_PROXY, which only this takes in.
        _ => Ok(Proxy::try_from_env()),
    }
}

fn is_usable(value: &OsStr) -> bool {
    let proxy = value.to_str().and_then(|url| Proxy::new(url).ok());
    proxy.is_some_and(|proxy| has_host_and_port(&proxy))
}

/// A port that is no number would be taken for none.
fn has_host_and_port(proxy: &Proxy) -> bool {
    let Some(authority) = proxy.uri().authority() else {
        return false;
    };
    let place = authority.as_str().rsplit('@').next().unwrap_or_default();
    let port = place.strip_prefix(authority.host()).unwrap_or_default();
    !authority.host().is_empty() && (port.is_empty() || authority.port_u16().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_no_host_or_no_port_is_no_proxy() {
        let unusable = [
            "garbage:::x",
            "garbage:x",
            "http://proxy:99999",
            "http://:3128",
            "ftp://proxy:21",
            "http://",
            " ",
        ];
        for value in unusable {
            assert!(!is_usable(OsStr::new(value)), "{value}");
        }
        let usable = [
            "proxy",
            "proxy:3128",
            "http://user:pass@proxy:3128/",
            "socks5://[::1]:1080",
        ];
        for value in usable {
            assert!(is_usable(OsStr::new(value)), "{value}");
        }
    }
}
