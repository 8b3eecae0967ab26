//! Whether a request may be answered: its protocol, its key, its time and its signature.

use super::answer::Refusal;
use super::clock::utc_date;
use super::http::Request;
use super::sign::Signable;

const MAX_SKEW_SECS: u64 = 300;
const VERSION: &str = "2018-07-17";

/// A key that the service accepts.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Its `SecretId`.
    pub(crate) id: String,
    /// Its `SecretKey`.
    pub(crate) secret: String,
    /// Set for temporary keys.
    pub(crate) token: Option<String>,
}

/// The members of an `Authorization` header.
struct Authorization<'a> {
    secret_id: &'a str,
    date: &'a str,
    signed: Vec<&'a str>,
    signature: &'a str,
}

/// Refuses what the cloud would refuse, in the words of its error codes.
pub(super) fn verify(request: &Request, keys: &[Key], now_unix: i64) -> Result<(), Refusal> {
    protocol(request)?;
    let authorization = authorization(request)?;
    let unix = timestamp(request)?;
    let Some(key) = keys.iter().find(|key| key.id == authorization.secret_id) else {
        return Err(refuse("SecretIdNotFound", "The SecretId is not found."));
    };
    if request.header("x-tc-token") != key.token.as_deref() {
        return Err(refuse("TokenFailure", "The token is not valid."));
    }
    if now_unix.abs_diff(unix) > MAX_SKEW_SECS {
        let message = format!("The timestamp is too far from the server's time {now_unix}.");
        return Err(refuse("SignatureExpire", &message));
    }
    signature(request, &authorization, unix, key)
}

fn refuse(code: &str, message: &str) -> Refusal {
    Refusal::new(&format!("AuthFailure.{code}"), message)
}

fn protocol(request: &Request) -> Result<(), Refusal> {
    if request.method != "POST" || request.path != "/" {
        let message = "Only POST to the path / is answered.";
        return Err(Refusal::new("UnsupportedProtocol", message));
    }
    let kind = request.header("content-type").unwrap_or_default();
    if kind.split(';').next() != Some("application/json") {
        let message = format!("The content type `{kind}` is not supported.");
        return Err(Refusal::new("UnsupportedProtocol", message));
    }
    match request.header("x-tc-version") {
        Some(VERSION) => Ok(()),
        Some(_) => Err(Refusal::new("NoSuchVersion", "The version does not exist.")),
        None => Err(missing("X-TC-Version")),
    }
}

fn missing(header: &str) -> Refusal {
    let message = format!("The request misses the header `{header}`.");
    Refusal::new("MissingParameter", message)
}

fn timestamp(request: &Request) -> Result<i64, Refusal> {
    let text = request.header("x-tc-timestamp");
    let text = text.ok_or_else(|| missing("X-TC-Timestamp"))?;
    let wrong = |_| Refusal::new("InvalidParameter", "X-TC-Timestamp is no unix time.");
    text.parse().map_err(wrong)
}

fn authorization(request: &Request) -> Result<Authorization<'_>, Refusal> {
    let text = request.header("authorization");
    let text = text.ok_or_else(|| missing("Authorization"))?;
    read_authorization(text).ok_or_else(|| {
        refuse(
            "InvalidAuthorization",
            "The Authorization header is not valid.",
        )
    })
}

fn read_authorization(text: &str) -> Option<Authorization<'_>> {
    let text = text.strip_prefix("TC3-HMAC-SHA256 ")?;
    let member = |name: &str| {
        let mut parts = text.split(',').map(str::trim);
        parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    };
    let mut credential = member("Credential")?.split('/');
    let (secret_id, date) = (credential.next()?, credential.next()?);
    if credential.collect::<Vec<_>>() != ["vod", "tc3_request"] {
        return None;
    }
    Some(Authorization {
        secret_id,
        date,
        signed: member("SignedHeaders")?.split(';').collect(),
        signature: member("Signature")?,
    })
}

fn signature(
    request: &Request,
    given: &Authorization<'_>,
    unix: i64,
    key: &Key,
) -> Result<(), Refusal> {
    let wrong = |why: &str| refuse("SignatureFailure", why);
    if given.date != utc_date(unix) {
        return Err(wrong(
            "The credential's date is not the timestamp's in UTC.",
        ));
    }
    if !given.signed.contains(&"content-type") || !given.signed.contains(&"host") {
        return Err(wrong("content-type and host must be signed."));
    }
    let value = |name: &&'_ str| request.header(name);
    let values: Option<Vec<_>> = given.signed.iter().map(value).collect();
    let values = values.ok_or_else(|| wrong("A signed header is missing."))?;
    let headers: Vec<_> = given.signed.iter().copied().zip(values).collect();
    let signable = Signable {
        service: "vod",
        unix,
        headers: &headers,
        body: &request.body,
    };
    if signable.signature(&key.secret) == given.signature {
        return Ok(());
    }
    Err(wrong(
        "The provided credentials could not be validated: check the signature.",
    ))
}
