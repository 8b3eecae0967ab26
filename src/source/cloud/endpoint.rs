//! Where the API is asked.

use crate::http::is_loopback;
use crate::model::{CallFault, EndpointFault};

/// An endpoint as it is connected to and signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub(super) url: String,
    /// The `Host` header, which is signed.
    pub(super) host: String,
}

impl Endpoint {
    /// Reads a host name, or a URL without a path. Plain HTTP goes to this machine only, and a
    /// bare loopback address means plain HTTP.
    pub(super) fn read(text: &str) -> Result<Self, CallFault> {
        let read = read(&text.trim().to_ascii_lowercase());
        read.map_err(|why| CallFault::BadEndpoint {
            endpoint: text.to_owned(),
            why,
        })
    }
}

fn read(text: &str) -> Result<Endpoint, EndpointFault> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, text),
    };
    let host = rest.strip_suffix('/').unwrap_or(rest);
    if host.is_empty() {
        return Err(EndpointFault::NoHost);
    }
    let wanted = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if !host.chars().all(wanted) {
        return Err(EndpointFault::NotAHost);
    }
    let here = is_loopback(without_port(host));
    let scheme = match scheme {
        None | Some("http") if here => "http",
        None | Some("https") => "https",
        Some("http") => return Err(EndpointFault::InTheClear),
        Some(_) => return Err(EndpointFault::Scheme),
    };
    Ok(Endpoint {
        url: format!("{scheme}://{host}/"),
        host: host.to_owned(),
    })
}

fn without_port(host: &str) -> &str {
    let port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match host.rsplit_once(':') {
        Some((name, digits)) if port(digits) && (name.ends_with(']') || !name.contains(':')) => {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ENDPOINT_CN, ENDPOINT_INTL};

    fn url(text: &str) -> Result<String, EndpointFault> {
        match Endpoint::read(text) {
            Ok(endpoint) => Ok(endpoint.url),
            Err(CallFault::BadEndpoint { why, .. }) => Err(why),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn both_sites_are_asked_over_tls() {
        assert_eq!(
            url(ENDPOINT_CN).unwrap(),
            "https://vod.tencentcloudapi.com/"
        );
        assert_eq!(
            url(ENDPOINT_INTL).unwrap(),
            "https://vod.intl.tencentcloudapi.com/"
        );
        let typed = url(" https://VOD.ap-guangzhou.tencentcloudapi.com/ ").unwrap();
        assert_eq!(typed, "https://vod.ap-guangzhou.tencentcloudapi.com/");
    }

    #[test]
    fn this_machine_is_asked_in_the_clear() {
        for (text, read) in [
            ("http://127.0.0.1:9080", "http://127.0.0.1:9080/"),
            ("127.0.0.1:9080", "http://127.0.0.1:9080/"),
            ("http://[::1]:9080/", "http://[::1]:9080/"),
            ("localhost:9080", "http://localhost:9080/"),
            ("https://localhost:9443", "https://localhost:9443/"),
        ] {
            assert_eq!(url(text).as_deref(), Ok(read), "{text}");
        }
    }

    #[test]
    fn other_machines_are_never_asked_in_the_clear() {
        let refused = Err(EndpointFault::InTheClear);
        assert_eq!(url("http://vod.tencentcloudapi.com"), refused);
        assert_eq!(url("http://127.0.0.1.example.com"), refused);
        assert_eq!(url("http://192.168.1.2:9080"), refused);
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in [
            "",
            "https://",
            "vod.example.com/path",
            "user@vod.example.com",
            "a b",
            "ftp://x",
        ] {
            assert!(url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_port_is_part_of_the_signed_host() {
        let endpoint = Endpoint::read("http://127.0.0.1:9080").unwrap();
        assert_eq!(endpoint.host, "127.0.0.1:9080");
    }
}
