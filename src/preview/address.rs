//! URLs of pictures, taken apart so strictly that no two readers can take one apart differently.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::model::PictureFault;

const LONGEST: usize = 8 << 10;

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
    let url = url.trim();
    if url.len() > LONGEST {
        return Err("the URL is longer than 8 KiB");
    }
    if url.chars().any(|c| c.is_control() || c == '\\') {
        return Err("the URL holds a character that no URL may hold");
    }
    let (scheme, rest) = url.split_once("://").ok_or("the URL names no scheme")?;
    let scheme = scheme.to_ascii_lowercase();
    let own_port = match scheme.as_str() {
        "http" => 80,
        "https" => 443,
        _ => return Err("only http and https can be asked"),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = host_of(&authority.to_ascii_lowercase(), own_port)?;
    let mut url = format!("{scheme}://{host}");
    let path_at = url.len();
    let tail = tail.split('#').next().unwrap_or_default();
    if !tail.starts_with('/') {
        url.push('/');
    }
    encode(&mut url, tail);
    Ok(Address { url, host, path_at })
}

/// The host, with its port unless that is `own_port`.
fn host_of(authority: &str, own_port: u16) -> Result<String, &'static str> {
    if authority.contains('@') {
        return Err("the URL carries a user name");
    }
    let name_end = authority.rfind(']').map_or_else(
        || authority.find(':').unwrap_or(authority.len()),
        |at| at + 1,
    );
    let split = authority.split_at_checked(name_end);
    let (name, port) = split.ok_or("the URL names no host")?;
    check_name(name)?;
    match port.strip_prefix(':') {
        None if port.is_empty() => Ok(name.to_owned()),
        Some("") => Ok(name.to_owned()),
        Some(digits) => match port_of(digits)? {
            port if port == own_port => Ok(name.to_owned()),
            port => Ok(format!("{name}:{port}")),
        },
        None => Err("the URL's host cannot be read"),
    }
}

fn check_name(name: &str) -> Result<(), &'static str> {
    if let Some(inner) = name.strip_prefix('[') {
        let inner = inner.strip_suffix(']').unwrap_or_default();
        let address = inner.parse::<Ipv6Addr>();
        return address.map(drop).or(Err("the URL's host cannot be read"));
    }
    if name.trim_matches('.').is_empty() {
        return Err("the URL names no host");
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if name.bytes().all(is_plain) {
        Ok(())
    } else {
        Err("the URL's host holds a character that no host name may hold")
    }
}

fn port_of(digits: &str) -> Result<u16, &'static str> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    let port = digits.parse().ok().filter(|_| plain);
    port.ok_or("the URL's port cannot be read")
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

    fn host(url: &str) -> String {
        Address::parse(url).unwrap().host
    }

    #[test]
    fn hosts_are_named_as_the_settings_name_them() {
        assert_eq!(host("HTTPS://Img.Example.COM/a.jpg"), "img.example.com");
        assert_eq!(host("https://a.example:443/"), "a.example");
        assert_eq!(host("http://a.example:443/"), "a.example:443");
        assert_eq!(host("http://a.example:/x"), "a.example");
        assert_eq!(host("http://[::1]:9/x"), "[::1]:9");
        assert_eq!(host("http://[::1]?x"), "[::1]");
    }

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
    fn what_could_be_read_in_two_ways_is_refused() {
        for url in [
            "file:///etc/passwd",
            "ftp://a.example/",
            "data:image/png;base64,AAAA",
            "//a.example/x",
            "http:///x",
            "http://",
            "http://.../",
            "http://user@a.example/",
            "http://a.example:b@c.example/",
            "http://a.example\\@b.example/",
            "http://a.example\t/x",
            "http://a.example\n.b.example/",
            "http://a%2eexample/",
            "http://a.example:0080/",
            "http://a.example:70000/",
            "http://a.example:+80/",
            "http://[::1/",
            "http://::1/",
            "http://[::1]x/",
            "http://[fe80::1%25eth0]/",
            "http://例子.example/",
        ] {
            let read = Address::parse(url);
            assert!(matches!(read, Err(PictureFault::BadUrl { .. })), "{url}");
        }
        let long = format!("http://a.example/{}", "x".repeat(9000));
        assert!(Address::parse(&long).is_err());
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
