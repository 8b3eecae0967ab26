//! URLs of pictures as they are asked for.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::model::{PictureFault, WebUrl};

/// A URL that may be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    url: String,
    /// As the settings name it: in lower case, with its port when that is not the scheme's own.
    host: String,
    /// Where the path begins in `url`.
    path_at: usize,
}

impl Address {
    /// Reads a URL; what is not http or https, or carries a user, is refused.
    pub fn parse(url: &str) -> Result<Self, PictureFault> {
        read(url).map_err(|why| PictureFault::BadUrl {
            why: why.to_owned(),
        })
    }

    /// As it is sent: without fragment, with what HTTP does not carry percent-encoded.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn path(&self) -> &str {
        let tail = self.url.get(self.path_at..).unwrap_or_default();
        tail.split('?').next().unwrap_or_default()
    }

    pub(super) fn query(&self) -> Option<&str> {
        self.url.split_once('?').map(|(_, query)| query)
    }

    /// The same address with another query, which must need no encoding.
    pub(super) fn with_query(&self, query: &str) -> String {
        let base = self.url.split('?').next().unwrap_or_default();
        if query.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{query}")
        }
    }

    /// The host without its port.
    fn name(&self) -> &str {
        let at = self.host.rfind(':').filter(|_| !self.host.ends_with(']'));
        let name = at.and_then(|at| self.host.get(..at));
        name.unwrap_or(&self.host)
    }

    /// The IP address that the host is, in any of the spellings that systems take for one.
    pub(super) fn literal(&self) -> Option<IpAddr> {
        let name = self.name().trim_end_matches('.');
        if name == "localhost" || name.ends_with(".localhost") {
            return Some(Ipv4Addr::LOCALHOST.into());
        }
        match name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
        {
            Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
            None => numeric(name).map(IpAddr::V4),
        }
    }
}

fn read(url: &str) -> Result<Address, &'static str> {
    let WebUrl { scheme, host, tail } = WebUrl::parse(url)?;
    let mut url = format!("{scheme}://{host}");
    let path_at = url.len();
    let tail = tail.split('#').next().unwrap_or_default();
    if !tail.starts_with('/') {
        url.push('/');
    }
    encode(&mut url, tail);
    Ok(Address { url, host, path_at })
}

/// Spaces, quotes, braces and everything beyond ASCII: browsers encode them just so.
fn encode(into: &mut String, tail: &str) {
    for byte in tail.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>^`{|}".contains(&byte) {
            into.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _written = write!(into, "%{byte:02X}");
        }
    }
}

/// An IPv4 address as `inet_aton` reads it: one to four numbers, decimal, octal or hexadecimal, of
/// which the last fills what is left.
fn numeric(name: &str) -> Option<Ipv4Addr> {
    let parts: Option<Vec<u32>> = name.split('.').map(number).collect();
    let parts = parts.filter(|parts| parts.len() <= 4)?;
    let (last, first) = parts.split_last()?;
    let mut bits: u64 = u64::from(*last);
    let room = 8 * (4 - first.len());
    if bits >> room != 0 {
        return None;
    }
    for (part, shift) in first.iter().zip([24, 16, 8]) {
        bits |= u64::from(u8::try_from(*part).ok()?) << shift;
    }
    u32::try_from(bits).ok().map(Ipv4Addr::from_bits)
}

fn number(text: &str) -> Option<u32> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit() || byte == b'x');
    if text.is_empty() || !plain {
        return None;
    }
    match text.strip_prefix("0x") {
        Some("") => Some(0),
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None if text.len() > 1 && text.starts_with('0') => u32::from_str_radix(text, 8).ok(),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_sent_encoded_and_without_fragment() {
        let address = Address::parse(" http://a.example/封面 1.jpg?x=\"1\"#top ").unwrap();
        assert_eq!(
            address.url(),
            "http://a.example/%E5%B0%81%E9%9D%A2%201.jpg?x=%221%22"
        );
        assert_eq!(address.path(), "/%E5%B0%81%E9%9D%A2%201.jpg");
        assert_eq!(address.query(), Some("x=%221%22"));
        let bare = Address::parse("http://a.example?x=1").unwrap();
        assert_eq!(bare.url(), "http://a.example/?x=1");
        assert_eq!(bare.path(), "/");
    }

    #[test]
    fn addresses_are_seen_in_every_spelling() {
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0x7F000001/",
            "http://017700000001/",
            "http://127.0.0.1.:80/",
            "http://localhost/",
            "http://LOCALHOST.:8080/",
            "http://a.localhost/",
        ] {
            let literal = Address::parse(url).unwrap().literal();
            assert_eq!(literal, Some(Ipv4Addr::LOCALHOST.into()), "{url}");
        }
        let six = Address::parse("http://[::FFFF:10.0.0.1]:8/").unwrap();
        assert_eq!(six.literal(), "::ffff:10.0.0.1".parse().ok());
        for url in [
            "http://a.example/",
            "http://1.2.3.4.5/",
            "http://256.1.1.1/",
        ] {
            assert_eq!(Address::parse(url).unwrap().literal(), None, "{url}");
        }
    }
}
