//! TC3-HMAC-SHA256 from its description alone. Shares nothing with the program's own signing,
//! so that one checks the other.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::clock::utc_date;

const BLOCK: usize = 64;

/// What a signature covers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signable<'a> {
    /// `vod`
    pub(crate) service: &'a str,
    pub(crate) unix: i64,
    /// Name and value, sorted by name.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a [u8],
}

impl Signable<'_> {
    /// The value of the `Authorization` header.
    pub(crate) fn authorization(&self, secret_id: &str, secret_key: &str) -> String {
        format!(
            "TC3-HMAC-SHA256 Credential={secret_id}/{}, SignedHeaders={}, Signature={}",
            self.scope(),
            self.names(),
            self.signature(secret_key)
        )
    }

    /// In hexadecimal digits.
    pub(crate) fn signature(&self, secret_key: &str) -> String {
        let first = hmac(format!("TC3{secret_key}").as_bytes(), &utc_date(self.unix));
        let key = hmac(&hmac(&first, self.service), "tc3_request");
        let text = format!(
            "TC3-HMAC-SHA256\n{}\n{}\n{}",
            self.unix,
            self.scope(),
            sha256_hex(self.canonical().as_bytes())
        );
        hex(&hmac(&key, &text))
    }

    fn scope(&self) -> String {
        format!("{}/{}/tc3_request", utc_date(self.unix), self.service)
    }

    fn names(&self) -> String {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| *name).collect();
        names.join(";")
    }

    fn canonical(&self) -> String {
        let mut text = "POST\n/\n\n".to_owned();
        for (name, value) in self.headers {
            let value = value.trim().to_lowercase();
            // Writing to a string cannot fail.
            let _infallible = writeln!(text, "{name}:{value}");
        }
        let _infallible = write!(text, "\n{}\n{}", self.names(), sha256_hex(self.body));
        text
    }
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// HMAC-SHA256 by its definition in RFC 2104.
fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut block = if key.len() > BLOCK {
        Sha256::digest(key).to_vec()
    } else {
        key.to_vec()
    };
    block.resize(BLOCK, 0);
    let padded = |pad: u8| block.iter().map(|byte| byte ^ pad).collect::<Vec<_>>();
    let inner = Sha256::digest([&padded(0x36), text.as_bytes()].concat());
    Sha256::digest([padded(0x5c).as_slice(), &inner].concat()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
