//! A client as small as can be, to test the service with: one connection a call, unless kept.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use super::clock::now_unix;
use super::sign::Signable;
use super::verify::Key;
use super::{SECRET_ID, SECRET_KEY};

const CONTENT_TYPE: &str = "application/json";

/// Signs calls with a key and sends them to a service.
pub(crate) struct Client {
    addr: SocketAddr,
    pub(crate) key: Key,
    /// How far its clock is ahead.
    pub(crate) ahead_secs: i64,
}

impl Client {
    pub(crate) fn new(addr: SocketAddr) -> Self {
        let key = Key {
            id: SECRET_ID.to_owned(),
            secret: SECRET_KEY.to_owned(),
            token: None,
        };
        Self {
            addr,
            key,
            ahead_secs: 0,
        }
    }

    /// The `Response` of a call.
    pub(crate) fn call(&self, action: &str, parameters: &Value) -> io::Result<Value> {
        let answer = self.send(self.request(action, parameters).as_bytes())?;
        let not_json = |error| io::Error::new(ErrorKind::InvalidData, error);
        let mut answer: Value = serde_json::from_slice(body(&answer)?).map_err(not_json)?;
        Ok(answer
            .get_mut("Response")
            .map(Value::take)
            .unwrap_or_default())
    }

    /// A whole request, after whose answer the connection is closed.
    pub(crate) fn request(&self, action: &str, parameters: &Value) -> String {
        let body = parameters.to_string();
        let connection = "Connection: close\r\n";
        format!(
            "{}{connection}Content-Length: {}\r\n\r\n{body}",
            self.head(action, &body),
            body.len()
        )
    }

    /// The signed part of the head, to be followed by more headers.
    pub(crate) fn head(&self, action: &str, body: &str) -> String {
        let host = self.addr.to_string();
        let unix = now_unix(self.ahead_secs);
        let signable = Signable {
            service: "vod",
            unix,
            headers: &[("content-type", CONTENT_TYPE), ("host", &host)],
            body: body.as_bytes(),
        };
        let authorization = signable.authorization(&self.key.id, &self.key.secret);
        let token = self.key.token.as_ref();
        let token = token.map(|token| format!("X-TC-Token: {token}\r\n"));
        let token = token.unwrap_or_default();
        format!(
            "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: {CONTENT_TYPE}\r\n\
             X-TC-Action: {action}\r\nX-TC-Version: 2018-07-17\r\nX-TC-Timestamp: {unix}\r\n\
             Authorization: {authorization}\r\n{token}"
        )
    }

    /// Everything that comes back for these bytes until the connection ends.
    pub(crate) fn send(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.addr)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.write_all(bytes)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

/// The body of an answer, which must be whole.
fn body(answer: &[u8]) -> io::Result<&[u8]> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or(ErrorKind::UnexpectedEof)? + 4;
    let (head, body) = answer.split_at(end);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("Content-Length: "));
    if length == Some(body.len().to_string().as_str()) {
        Ok(body)
    } else {
        Err(ErrorKind::UnexpectedEof.into())
    }
}
