//! HTTP/1.1 as far as an API needs it: requests in, answers out, on a connection that is kept.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use httparse::{EMPTY_HEADER, Status};
use vodscope::job::Cancel;

/// How often a waiting connection looks whether the service has stopped.
pub(super) const LOOK: Duration = Duration::from_millis(100);
const IDLE: Duration = Duration::from_mins(1);
const MAX_HEAD: usize = 64 << 10;
/// The API takes 10 MB with its signature method.
const MAX_BODY: usize = 10 << 20;

#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    pub(super) fn keeps_alive(&self) -> bool {
        !self
            .header("connection")
            .is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

/// Why there is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRequest {
    /// The client is done, or the service is.
    Closed,
    /// Not HTTP.
    Rubbish,
    TooLarge,
}

/// The receiving side of a connection.
pub(super) struct Inbox<'a> {
    stream: &'a TcpStream,
    cancel: &'a Cancel,
    /// Read and not yet used.
    buffer: Vec<u8>,
}

impl<'a> Inbox<'a> {
    pub(super) fn new(stream: &'a TcpStream, cancel: &'a Cancel) -> Self {
        Self {
            stream,
            cancel,
            buffer: Vec::new(),
        }
    }

    pub(super) fn next(&mut self) -> Result<Request, NoRequest> {
        let mut request = self.head()?;
        if request.header("expect").is_some() {
            let mut stream = self.stream;
            let go_on = b"HTTP/1.1 100 Continue\r\n\r\n";
            stream.write_all(go_on).or(Err(NoRequest::Closed))?;
        }
        let chunked = request
            .header("transfer-encoding")
            .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
        request.body = if chunked {
            self.chunks()?
        } else {
            let length = match request.header("content-length") {
                None => 0,
                Some(text) => text.parse().or(Err(NoRequest::Rubbish))?,
            };
            self.take(length)?
        };
        Ok(request)
    }

    fn head(&mut self) -> Result<Request, NoRequest> {
        loop {
            if let Some((length, request)) = parse_head(&self.buffer)? {
                self.buffer.drain(..length);
                return Ok(request);
            }
            if self.buffer.len() > MAX_HEAD {
                return Err(NoRequest::TooLarge);
            }
            self.fill()?;
        }
    }

    fn chunks(&mut self) -> Result<Vec<u8>, NoRequest> {
        let mut body = Vec::new();
        loop {
            let size = self.chunk_size()?;
            if size == 0 {
                break;
            }
            if body.len().saturating_add(size) > MAX_BODY {
                return Err(NoRequest::TooLarge);
            }
            body.extend(self.take(size)?);
            if self.line()? != b"\r\n" {
                return Err(NoRequest::Rubbish);
            }
        }
        // Trailers are of no use here.
        while self.line()? != b"\r\n" {}
        Ok(body)
    }

    fn chunk_size(&mut self) -> Result<usize, NoRequest> {
        let line = self.line()?;
        match httparse::parse_chunk_size(&line) {
            Ok(Status::Complete((_, size))) => usize::try_from(size).or(Err(NoRequest::TooLarge)),
            Ok(Status::Partial) | Err(_) => Err(NoRequest::Rubbish),
        }
    }

    /// Up to and with the next line feed.
    fn line(&mut self) -> Result<Vec<u8>, NoRequest> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                return Ok(self.buffer.drain(..=end).collect());
            }
            if self.buffer.len() > MAX_HEAD {
                return Err(NoRequest::Rubbish);
            }
            self.fill()?;
        }
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>, NoRequest> {
        if length > MAX_BODY {
            return Err(NoRequest::TooLarge);
        }
        while self.buffer.len() < length {
            self.fill()?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    fn fill(&mut self) -> Result<(), NoRequest> {
        let waiting_since = Instant::now();
        let mut block = [0; 16 << 10];
        while !self.cancel.is_cancelled() && waiting_since.elapsed() < IDLE {
            let mut stream = self.stream;
            match stream.read(&mut block) {
                Ok(0) => break,
                Ok(count) => {
                    self.buffer.extend(block.get(..count).unwrap_or_default());
                    return Ok(());
                }
                Err(error) if is_only_a_pause(&error) => {}
                Err(_) => break,
            }
        }
        Err(NoRequest::Closed)
    }
}

fn is_only_a_pause(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

/// The name in lower case, and the value.
fn header(header: &mut httparse::Header<'_>) -> (String, String) {
    let value = String::from_utf8_lossy(header.value).trim().to_owned();
    (header.name.to_ascii_lowercase(), value)
}

/// The head and its length, once it is whole.
fn parse_head(bytes: &[u8]) -> Result<Option<(usize, Request)>, NoRequest> {
    let mut headers = [EMPTY_HEADER; 64];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(Status::Complete(length)) => length,
        Ok(Status::Partial) => return Ok(None),
        Err(_) => return Err(NoRequest::Rubbish),
    };
    let request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        path: head.path.unwrap_or_default().to_owned(),
        headers: head.headers.iter_mut().map(header).collect(),
        body: Vec::new(),
    };
    Ok(Some((length, request)))
}

/// What goes back.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json(body: String) -> Self {
        Self {
            status: 200,
            content_type: "application/json",
            body: body.into_bytes(),
        }
    }

    pub(super) fn page(status: u16, body: &str) -> Self {
        Self {
            status,
            content_type: "text/html; charset=utf-8",
            body: body.as_bytes().to_vec(),
        }
    }

    pub(super) fn file(content_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            content_type,
            body,
        }
    }

    /// The head, which always names the whole body's length.
    pub(super) fn head(&self, date: &str) -> String {
        format!(
            "HTTP/1.1 {} {}\r\nServer: vod-service\r\nDate: {date}\r\nContent-Type: {}\r\n\
             Content-Length: {}\r\n\r\n",
            self.status,
            reason(self.status),
            self.content_type,
            self.body.len(),
        )
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        413 => "Content Too Large",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Internal Server Error",
    }
}
