//! Key protection: URLs signed the way the service checks them.

use std::fmt::Write as _;

use md5::{Digest as _, Md5};

use super::address::Address;
use crate::model::{Secret, now_unix};

/// How long a signed URL is good for: long enough for any download, short enough to be worthless
/// when it leaks.
const GOOD_FOR_SECS: i64 = 3600;

/// Members of the query that belong to the signature.
const MEMBERS: [&str; 9] = [
    "t", "exper", "rlimit", "us", "sign", "whreg", "bkreg", "whref", "bkref",
];

/// What is signed besides the path, each as it stands in the URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp<'a> {
    /// When the URL ends, in hexadecimal unix seconds.
    pub(super) t: &'a str,
    /// Seconds that may be watched.
    pub(super) exper: &'a str,
    /// How many addresses may ask.
    pub(super) rlimit: &'a str,
    /// Anything that tells this URL from another.
    pub(super) us: &'a str,
}

impl Stamp<'_> {
    /// The signature over a folder, which begins and ends with a slash.
    pub(super) fn sign(&self, key: &Secret, folder: &str) -> String {
        let mut hash = Md5::new();
        for part in [
            key.expose(),
            folder,
            self.t,
            self.exper,
            self.rlimit,
            self.us,
        ] {
            hash.update(part.as_bytes());
        }
        hex(&hash.finalize())
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // Writing to a `String` cannot fail.
        let _written = write!(digits, "{byte:02x}");
        digits
    })
}

/// The URL as it is asked for: signed when there is a key and no signature yet. Members of the
/// query that are not of the signature stay, before it.
pub(super) fn signed(address: &Address, key: Option<&Secret>) -> String {
    let Some(key) = key.filter(|_| !is_signed(address)) else {
        return address.url().to_owned();
    };
    let t = format!("{:x}", now_unix().saturating_add(GOOD_FOR_SECS));
    let us = format!("{:010x}", fastrand::u64(..1 << 40));
    with_stamp(address, key, &t, &us)
}

fn with_stamp(address: &Address, key: &Secret, t: &str, us: &str) -> String {
    let stamp = Stamp {
        t,
        exper: member(address, "exper").unwrap_or_default(),
        rlimit: member(address, "rlimit").unwrap_or_default(),
        us,
    };
    let sign = stamp.sign(key, folder(address));
    let mut query = foreign(address);
    for (name, value) in [
        ("t", stamp.t),
        ("exper", stamp.exper),
        ("rlimit", stamp.rlimit),
        ("us", stamp.us),
        ("sign", &sign),
    ] {
        if !value.is_empty() {
            query.push(format!("{name}={value}"));
        }
    }
    address.with_query(&query.join("&"))
}

/// What names the picture whoever signed its URL, and when.
pub(super) fn unsigned(address: &Address) -> String {
    if is_signed(address) {
        address.with_query(&foreign(address).join("&"))
    } else {
        address.url().to_owned()
    }
}

/// When a signed URL ends, in unix seconds.
pub(super) fn ends(address: &Address) -> Option<i64> {
    let t = member(address, "t").filter(|_| is_signed(address))?;
    i64::from_str_radix(t, 16).ok()
}

fn is_signed(address: &Address) -> bool {
    member(address, "sign").is_some()
}

fn member<'a>(address: &'a Address, name: &str) -> Option<&'a str> {
    let mut members = address.query()?.split('&');
    members
        .find_map(|member| member.split_once('=').filter(|(known, _)| *known == name))
        .map(|(_, value)| value)
}

/// The members of the query that are not of the signature, in their order.
fn foreign(address: &Address) -> Vec<String> {
    let members = address.query().unwrap_or_default().split('&');
    let is_foreign = |member: &&str| {
        let name = member.split('=').next().unwrap_or_default();
        !member.is_empty() && !MEMBERS.contains(&name)
    };
    members.filter(is_foreign).map(str::to_owned).collect()
}

/// The path without the file's name.
fn folder(address: &Address) -> &str {
    let path = address.path();
    let end = path.rfind('/').map_or(path.len(), |at| at + 1);
    path.get(..end).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: &str = "5a71afc0";
    const US: &str = "72d4cd1101";

    fn key() -> Secret {
        Secret::new("24FEQmTzro4V5u3D5epW")
    }

    fn stamped(url: &str) -> String {
        with_stamp(&Address::parse(url).unwrap(), &key(), T, US)
    }

    #[test]
    fn signatures_match_the_documented_ones() {
        let sign = |exper, rlimit| {
            let (t, us) = (T, US);
            let stamp = Stamp {
                t,
                exper,
                rlimit,
                us,
            };
            stamp.sign(&key(), "/dir1/dir2/")
        };
        assert_eq!(sign("", ""), "3d8488faeb37d52d6bf63b63c1b171c3");
        assert_eq!(sign("", "3"), "c5214f0d5961b13acd558b4957c4dfc5");
        assert_eq!(sign("300", ""), "547d98c4b91e81b5ea55c95cef63223f");
    }

    #[test]
    fn members_come_in_the_order_that_is_checked() {
        let url = "http://a.example/dir1/dir2/my.jpg";
        assert_eq!(
            stamped(url),
            format!("{url}?t={T}&us={US}&sign=3d8488faeb37d52d6bf63b63c1b171c3")
        );
        assert_eq!(
            stamped(&format!("{url}?rlimit=3")),
            format!("{url}?t={T}&rlimit=3&us={US}&sign=c5214f0d5961b13acd558b4957c4dfc5")
        );
        assert_eq!(
            stamped(&format!("{url}?us=old&exper=300&x=1&t=1")),
            format!("{url}?x=1&t={T}&exper=300&us={US}&sign=547d98c4b91e81b5ea55c95cef63223f")
        );
    }

    #[test]
    fn a_signed_url_is_left_alone() {
        let url = "http://a.example/dir1/my.jpg?sign=feed&t=5a71afc0";
        let address = Address::parse(url).unwrap();
        assert_eq!(signed(&address, Some(&key())), url);
        assert_eq!(ends(&address), Some(0x5a71_afc0));
    }

    #[test]
    fn a_new_signature_ends_within_an_hour_and_does_not_name_the_picture() {
        let plain = Address::parse("http://a.example/d/my.jpg?x=1").unwrap();
        let url = signed(&plain, Some(&key()));
        let address = Address::parse(&url).unwrap();
        let left = ends(&address).unwrap() - now_unix();
        assert!((3500..=3600).contains(&left), "{left}");
        assert_eq!(unsigned(&address), plain.url());
        assert_ne!(url, signed(&plain, Some(&key())), "never the same twice");
    }

    #[test]
    fn members_named_like_those_of_a_signature_stay_without_one() {
        let address = Address::parse("http://a.example/my.jpg?t=12&us=x").unwrap();
        assert_eq!(unsigned(&address), address.url());
        assert_eq!(ends(&address), None);
        assert_eq!(signed(&address, None), address.url());
    }
}
