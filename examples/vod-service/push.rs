//! Sends events as callbacks, the way the cloud does: up to three times each, five seconds a time.

use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use md5::{Digest as _, Md5};
use vodscope::job::Cancel;
use vodscope::model::now_unix;

use crate::vod_service::{sample, with_own_pictures};

const PATIENCE: Duration = Duration::from_secs(5);
const ATTEMPTS: u32 = 3;
/// How far ahead a signature's end lies.
const VALID_SECS: i64 = 600;

/// Where callbacks go, and what signs them.
pub(crate) struct Sender {
    /// Host and port.
    host: String,
    path: String,
    sign_key: Option<String>,
    /// Where the pictures of the events are, if not at the samples' own addresses.
    pictures: Option<String>,
}

impl Sender {
    pub(crate) fn new(url: &str, sign_key: Option<&str>) -> Self {
        let rest = url.strip_prefix("http://").unwrap_or(url);
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, format!("/{path}")),
            None => (rest, "/".to_owned()),
        };
        let host = if host.contains(':') {
            host.to_owned()
        } else {
            format!("{host}:80")
        };
        Self {
            host,
            path,
            sign_key: sign_key.map(ToOwned::to_owned),
            pictures: None,
        }
    }

    /// Events' pictures are at this service.
    pub(crate) fn point_at(&mut self, endpoint: String) {
        self.pictures = Some(endpoint);
    }

    /// Sends one event after another until cancelled.
    pub(crate) fn run(&self, every: Option<Duration>, cancel: &Cancel) -> io::Result<()> {
        let every = every.unwrap_or(Duration::from_secs(1));
        let mut next = Instant::now();
        for number in 0.. {
            let body = self.body(&sample::event(number, now_unix()));
            let told = self.send(&body);
            writeln!(io::stdout().lock(), "callback {number}: {told}")?;
            next += every;
            if !cancel.sleep(next.saturating_duration_since(Instant::now())) {
                break;
            }
        }
        Ok(())
    }

    /// The event as a callback: without a handle, and with `Sign` and `T` when it is signed.
    fn body(&self, event: &str) -> String {
        let mut event = sample::without_handle(event);
        if let Some(endpoint) = &self.pictures {
            event = with_own_pictures(&event, endpoint);
        }
        let Some(key) = &self.sign_key else {
            return event;
        };
        let until = now_unix() + VALID_SECS;
        let rest = event.strip_suffix('}').unwrap_or(&event);
        format!(r#"{rest},"Sign":"{}","T":{until}}}"#, sign(key, until))
    }

    /// What became of it, in a word.
    fn send(&self, body: &str) -> String {
        let mut failure = String::new();
        for attempt in 1..=ATTEMPTS {
            match self.attempt(body) {
                Ok(status) => return format!("{status} ({attempt})"),
                Err(error) => failure = error.to_string(),
            }
        }
        format!("given up: {failure}")
    }

    /// The answer's first line.
    fn attempt(&self, body: &str) -> io::Result<String> {
        let mut addrs = self.host.to_socket_addrs()?;
        let addr = addrs.next().ok_or(io::ErrorKind::NotFound)?;
        let mut stream = TcpStream::connect_timeout(&addr, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.path,
            self.host,
            body.len()
        );
        stream.write_all((head + body).as_bytes())?;
        let mut start = [0; 64];
        let count = stream.read(&mut start)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let answer = String::from_utf8_lossy(start.get(..count).unwrap_or_default()).into_owned();
        Ok(answer.lines().next().unwrap_or_default().to_owned())
    }
}

/// `MD5(SignKey + T)` in hexadecimal digits.
fn sign(key: &str, until: i64) -> String {
    let digest = Md5::digest(format!("{key}{until}"));
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
