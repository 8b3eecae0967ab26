//! Signs a call, sends it once, and reads what comes back. It does not try again; see `retry`.

use std::time::Duration;

use serde_json::Value;

use super::action::Action;
use super::answer::Answer;
use super::endpoint::Endpoint;
use super::reading;
use super::sign::{Signable, authorization};
use crate::http::{self, Fault, Http, Method, Options, Proxy, Request};
use crate::job::Cancel;
use crate::model::{CallFault, Credentials, EndpointFault, Lang, Profile, now_unix};

const SERVICE: &str = "vod";
const VERSION: &str = "2018-07-17";
const CONTENT_TYPE: &str = "application/json; charset=utf-8";

/// PullEvents answers an empty queue only after up to 5 s, so no call is given up before 15.
const TIMEOUT: Duration = Duration::from_secs(15);

/// An account's API. Threads may share it: it keeps no state but its connections.
#[derive(Clone, Debug)]
pub struct Client {
    http: Http,
    proxy: Proxy,
    endpoint: Endpoint,
    credentials: Credentials,
    sub_app_id: Option<u64>,
    region: Option<String>,
    lang: Lang,
}

impl Client {
    /// A client for the profile. Nothing is sent yet; fails when the endpoint is none.
    pub fn new(profile: &Profile, credentials: Credentials) -> Result<Self, CallFault> {
        Self::with(profile, credentials, Proxy::Environment)
    }

    /// Like [`Client::new`], with another proxy than the environment's.
    pub fn with(
        profile: &Profile,
        credentials: Credentials,
        proxy: Proxy,
    ) -> Result<Self, CallFault> {
        let http = connections(TIMEOUT, proxy.clone())?;
        let region = profile.region.as_deref().map(str::trim);
        Ok(Self {
            endpoint: Endpoint::read(&profile.endpoint)?,
            http,
            proxy,
            credentials,
            sub_app_id: profile.sub_app_id,
            region: region.filter(|name| !name.is_empty()).map(str::to_owned),
            lang: Lang::En,
        })
    }

    /// The language of the service's messages.
    #[must_use]
    pub fn speaking(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// The same client for calls that must be over within `total`.
    pub(super) fn within(&self, total: Duration) -> Result<Self, CallFault> {
        Ok(Self {
            http: connections(total.min(TIMEOUT), self.proxy.clone())?,
            ..self.clone()
        })
    }

    /// What signs the calls.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Where the calls go: a URL.
    pub fn endpoint(&self) -> &str {
        &self.endpoint.url
    }

    /// Sends one call and waits for its answer, 15 s at most. `params` is an object; the
    /// profile's SubAppId is added to it. A call on its way is not broken off by `cancel`:
    /// what it brings would be lost.
    pub fn call(
        &self,
        action: Action,
        params: Value,
        cancel: &Cancel,
    ) -> Result<Answer, CallFault> {
        if cancel.is_cancelled() {
            return Err(CallFault::Cancelled);
        }
        let body = self.body(action, params);
        let response = self.send(action, &body, now_unix());
        reading::read(response.map_err(|fault| self.fault(fault))?)
    }

    fn body(&self, action: Action, params: Value) -> String {
        let mut params = match params {
            Value::Object(members) => members,
            _ => serde_json::Map::new(),
        };
        if let Some(id) = self.sub_app_id.filter(|_| action.is_of_an_application()) {
            params.insert("SubAppId".to_owned(), id.into());
        }
        Value::Object(params).to_string()
    }

    fn send(&self, action: Action, body: &str, timestamp: i64) -> Result<http::Response, Fault> {
        let signable = Signable {
            method: "POST",
            query: "",
            host: &self.endpoint.host,
            content_type: CONTENT_TYPE,
            action: None,
            body: body.as_bytes(),
            service: SERVICE,
            timestamp,
        };
        let key = &self.credentials.secret_key;
        let signature = authorization(&signable, &self.credentials.secret_id, key);
        let timestamp = timestamp.to_string();
        let mut headers = vec![
            ("Host", self.endpoint.host.as_str()),
            ("Content-Type", CONTENT_TYPE),
            ("Authorization", signature.as_str()),
            ("X-TC-Action", action.name()),
            ("X-TC-Version", VERSION),
            ("X-TC-Timestamp", timestamp.as_str()),
            ("X-TC-Language", self.lang.pick("en-US", "zh-CN")),
        ];
        let region = self.region.as_deref();
        headers.extend(region.map(|region| ("X-TC-Region", region)));
        let token = self.credentials.token.as_ref();
        headers.extend(token.map(|token| ("X-TC-Token", token.expose())));
        self.http.send(&Request {
            method: Method::Post,
            url: &self.endpoint.url,
            headers: &headers,
            body: body.as_bytes(),
        })
    }

    fn fault(&self, fault: Fault) -> CallFault {
        match fault {
            Fault::BadUrl { why } => CallFault::BadEndpoint {
                endpoint: self.endpoint.url.clone(),
                why: EndpointFault::Other(why),
            },
            Fault::Network(failure) => of_failure(&failure),
        }
    }
}

fn connections(total: Duration, proxy: Proxy) -> Result<Http, CallFault> {
    let options = Options {
        connect: Options::default().connect.min(total),
        total,
        proxy,
        ..Options::default()
    };
    Http::new(&options).map_err(|failure| of_failure(&failure))
}

fn of_failure(failure: &http::Failure) -> CallFault {
    CallFault::Network {
        kind: failure.kind,
        why: failure.why.clone(),
    }
}
