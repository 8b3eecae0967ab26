//! Which URLs may be asked, and whether a host is this machine.

use std::net::IpAddr;

use ureq::http::Uri;

/// Where plain, unencrypted HTTP may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plain {
    /// To this machine only.
    #[default]
    Loopback,
    /// Wherever the person said.
    Anywhere,
}

/// Whether `host` (a name or an address, without a port) can only be this machine.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address: Result<IpAddr, _> = bare.parse();
    address.map_or_else(
        |_| bare.eq_ignore_ascii_case("localhost"),
        |address| address.is_loopback(),
    )
}

/// The URL as the client reads it; why not, in a few words, when it must not be asked.
pub(super) fn checked(url: &str, plain: Plain) -> Result<Uri, String> {
    let uri: Uri = url
        .trim()
        .parse()
        .map_err(|error| format!("this is no URL: {error}"))?;
    let Some(host) = uri.host().filter(|host| !host.is_empty()) else {
        return Err("the URL names no host".to_owned());
    };
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if plain == Plain::Anywhere || is_loopback(host) => Ok(uri),
        Some("http") => Err("plain HTTP goes to this machine only".to_owned()),
        _ => Err("only http and https can be asked".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in [
            "127.0.0.1",
            "127.8.9.1",
            "::1",
            "[::1]",
            "localhost",
            "LOCALHOST",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "128.0.0.1",
            "0.0.0.0",
            "::",
            "localhost.example.com",
            "127.0.0.1.nip.io",
            "",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn plain_http_stays_on_this_machine_unless_allowed() {
        assert!(checked("http://127.0.0.1:9080/", Plain::Loopback).is_ok());
        assert!(checked("http://[::1]:9080/", Plain::Loopback).is_ok());
        assert!(checked("https://example.com", Plain::Loopback).is_ok());
        assert!(checked("http://example.com/", Plain::Anywhere).is_ok());
        assert_eq!(
            checked("http://example.com/", Plain::Loopback),
            Err("plain HTTP goes to this machine only".to_owned())
        );
    }

    #[test]
    fn only_http_is_asked() {
        for url in [
            "file:///etc/passwd",
            "ftp://example.com/",
            "example.com",
            "",
            "/etc/passwd",
        ] {
            assert!(checked(url, Plain::Anywhere).is_err(), "{url}");
        }
    }

    #[test]
    fn a_host_before_an_at_sign_is_no_host() {
        assert!(checked("http://127.0.0.1@example.com/", Plain::Loopback).is_err());
    }
}
