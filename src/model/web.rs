//! URLs of the web, taken apart so strictly that no two readers can take one apart differently.

use std::net::Ipv6Addr;

const LONGEST: usize = 8 << 10;

/// A URL in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebUrl<'a> {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// As the settings name it: in lower case, with its port when that is not the scheme's own.
    pub host: String,
    /// Everything behind the host.
    pub tail: &'a str,
}

impl<'a> WebUrl<'a> {
    /// Reads a URL; what is not http or https, carries a user, or could be read in two ways is
    /// refused, and why is said.
    pub fn parse(url: &'a str) -> Result<Self, &'static str> {
        let url = url.trim();
        if url.len() > LONGEST {
            return Err("the URL is longer than 8 KiB");
        }
        if url.chars().any(|c| c.is_control() || c == '\\') {
            return Err("the URL holds a character that no URL may hold");
        }
        let (scheme, rest) = url.split_once("://").ok_or("the URL names no scheme")?;
        let (scheme, own_port) = match scheme.to_ascii_lowercase().as_str() {
            "http" => ("http", 80),
            "https" => ("https", 443),
            _ => return Err("only http and https can be asked"),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let host = host_of(&authority.to_ascii_lowercase(), own_port)?;
        Ok(Self { scheme, host, tail })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn host(url: &str) -> String {
        WebUrl::parse(url).unwrap().host
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
    fn what_could_be_read_in_two_ways_is_refused() {
        for url in [
            "a.jpg",
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
            assert!(WebUrl::parse(url).is_err(), "{url}");
        }
        let long = format!("http://a.example/{}", "x".repeat(9000));
        assert!(WebUrl::parse(&long).is_err());
    }
}
