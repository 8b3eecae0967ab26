//! The TC3-HMAC-SHA256 signature of a request.
//!
//! The secret key goes into the first of a chain of keyed hashes and nowhere else; every key
//! derived from it is wiped.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::model::Secret;

const ALGORITHM: &str = "TC3-HMAC-SHA256";
const LAST_SCOPE: &str = "tc3_request";

/// What of a request is signed. Host and content type must be sent exactly as they stand here.
#[derive(Clone, Copy, Debug)]
pub struct Signable<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// After the question mark; empty for a POST.
    pub query: &'a str,
    pub host: &'a str,
    pub content_type: &'a str,
    /// The `X-TC-Action` header, when it is signed too.
    pub action: Option<&'a str>,
    pub body: &'a [u8],
    /// The product's short name: `vod`.
    pub service: &'a str,
    /// `X-TC-Timestamp`, unix seconds.
    pub timestamp: i64,
}

/// The value of the `Authorization` header.
pub fn authorization(request: &Signable<'_>, secret_id: &str, secret_key: &Secret) -> String {
    let scope = request.scope();
    let names = request.signed_headers();
    let signature = request.signature(secret_key);
    format!(
        "{ALGORITHM} Credential={secret_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
}

impl Signable<'_> {
    /// The signature alone: 64 hexadecimal digits.
    pub fn signature(&self, secret_key: &Secret) -> String {
        let first = Zeroizing::new(format!("TC3{}", secret_key.expose()));
        let mut key = keyed(first.as_bytes(), self.utc_date().as_bytes());
        for part in [self.service, LAST_SCOPE] {
            key = keyed(key.as_slice(), part.as_bytes());
        }
        hex(keyed(key.as_slice(), self.string_to_sign().as_bytes()).as_slice())
    }

    /// The day of the timestamp in UTC, whatever this machine's zone is.
    fn utc_date(&self) -> String {
        let at = Timestamp::from_second(self.timestamp).unwrap_or_default();
        let day = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        day.to_string()
    }

    fn scope(&self) -> String {
        format!("{}/{}/{LAST_SCOPE}", self.utc_date(), self.service)
    }

    fn signed_headers(&self) -> &'static str {
        match self.action {
            Some(_) => "content-type;host;x-tc-action",
            None => "content-type;host",
        }
    }

    fn string_to_sign(&self) -> String {
        let hash = hex(&Sha256::digest(self.canonical_request()));
        let (timestamp, scope) = (self.timestamp, self.scope());
        format!("{ALGORITHM}\n{timestamp}\n{scope}\n{hash}")
    }

    fn canonical_request(&self) -> String {
        let mut text = format!("{}\n/\n{}\n", self.method, self.query);
        let lower = |value: &str| value.trim().to_lowercase();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "content-type:{}", lower(self.content_type));
        let _ = writeln!(text, "host:{}", lower(self.host));
        if let Some(action) = self.action {
            let _ = writeln!(text, "x-tc-action:{}", lower(action));
        }
        let body = hex(&Sha256::digest(self.body));
        let _ = write!(text, "\n{}\n{body}", self.signed_headers());
        text
    }
}

fn keyed(key: &[u8], message: &[u8]) -> Zeroizing<Vec<u8>> {
    // HMAC takes keys of any length, so this is always one.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Zeroizing::default();
    };
    mac.update(message);
    Zeroizing::new(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
    const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    const BODY: &[u8] =
        br#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;

    fn post() -> Signable<'static> {
        Signable {
            method: "POST",
            query: "",
            host: "cvm.tencentcloudapi.com",
            content_type: "application/json; charset=utf-8",
            action: None,
            body: BODY,
            service: "cvm",
            timestamp: 1_551_113_065,
        }
    }

    fn canonical_hash(request: &Signable<'_>) -> String {
        hex(&Sha256::digest(request.canonical_request()))
    }

    #[test]
    fn the_published_post_is_signed_as_published() {
        let request = post();
        assert_eq!(
            hex(&Sha256::digest(BODY)),
            "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064"
        );
        assert_eq!(
            canonical_hash(&request),
            "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031"
        );
        assert_eq!(
            authorization(&request, ID, &Secret::new(KEY)),
            "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/\
             tc3_request, SignedHeaders=content-type;host, Signature=\
             72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
        );
    }

    #[test]
    fn the_published_get_is_signed_as_published() {
        let request = Signable {
            method: "GET",
            query: "Limit=10&Offset=0",
            content_type: "application/x-www-form-urlencoded",
            body: b"",
            timestamp: 1_539_084_154,
            ..post()
        };
        assert_eq!(
            canonical_hash(&request),
            "91c9c192c14460df6c1ffc69e34e6c5e90708de2a6d282cccf957dbf1aa7f3a7"
        );
        assert_eq!(
            request.signature(&Secret::new(KEY)),
            "5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474"
        );
    }

    #[test]
    fn the_action_can_be_signed_too() {
        let request = Signable {
            action: Some("DescribeInstances"),
            ..post()
        };
        assert_eq!(
            canonical_hash(&request),
            "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84"
        );
        assert_eq!(
            request.signature(&Secret::new(KEY)),
            "644be983de9a8a3f00db8eadaba61467c3b429e2215758ba897b738ca469fd26"
        );
    }

    #[test]
    fn the_day_changes_at_midnight_of_utc() {
        let date = |timestamp| {
            Signable {
                timestamp,
                ..post()
            }
            .utc_date()
        };
        // In Beijing it was 08:00 of the next day already, and a second before.
        assert_eq!(date(1_551_139_199), "2019-02-25");
        assert_eq!(date(1_551_139_200), "2019-02-26");
    }

    #[test]
    fn case_and_white_space_of_headers_do_not_count() {
        let shouted = Signable {
            host: " CVM.TencentCloudAPI.com ",
            content_type: "Application/JSON; charset=UTF-8",
            ..post()
        };
        assert_eq!(canonical_hash(&shouted), canonical_hash(&post()));
    }
}
