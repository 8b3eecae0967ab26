//! A plain HTTP client that can also misbehave.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    stream: TcpStream,
    /// Bytes of the next answer that came with the last one.
    rest: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Client {
    pub(crate) fn connect(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            rest: Vec::new(),
        }
    }

    /// Sends a callback and waits for its answer.
    pub(crate) fn post(&mut self, body: &[u8]) -> Option<Answer> {
        self.send(&request(body))?;
        self.answer()
    }

    /// `None` when the other side has gone.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> Option<()> {
        self.stream.write_all(bytes).ok()
    }

    /// Says that nothing more will be sent.
    pub(crate) fn half_close(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// The next answer; `None` when the connection was closed without one.
    pub(crate) fn answer(&mut self) -> Option<Answer> {
        loop {
            if let Some((answer, used)) = parse(&self.rest) {
                self.rest.drain(..used);
                return Some(answer);
            }
            self.more()?;
        }
    }

    /// Whether the other side closes the connection, whatever it sends before.
    pub(crate) fn is_closed(&mut self) -> bool {
        while self.more().is_some() {}
        true
    }

    fn more(&mut self) -> Option<()> {
        let mut buffer = [0; 4096];
        let read = match self.stream.read(&mut buffer) {
            Ok(0) => return None,
            Ok(read) => read,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                panic!("no answer and no end within {PATIENCE:?}")
            }
            Err(_) => return None,
        };
        self.rest.extend_from_slice(&buffer[..read]);
        Some(())
    }
}

/// Posts one callback over a connection of its own.
pub(crate) fn post(addr: SocketAddr, body: &[u8]) -> u16 {
    let answer = Client::connect(addr).post(body);
    answer.map_or(0, |answer| answer.status)
}

/// Sends bytes over a connection of their own and gives the first answer's status; 0 for none.
pub(crate) fn send(addr: SocketAddr, bytes: &[u8]) -> u16 {
    let mut client = Client::connect(addr);
    let _sent = client.send(bytes);
    client.answer().map_or(0, |answer| answer.status)
}

pub(crate) fn request(body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "POST /any/path HTTP/1.1\r\nHost: here\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn parse(bytes: &[u8]) -> Option<(Answer, usize)> {
    let head_len = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8(bytes[..head_len].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let len = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_len = name.eq_ignore_ascii_case("content-length");
        is_len.then(|| value.trim().parse::<usize>().unwrap())
    });
    let end = head_len + len.unwrap_or(0);
    let body = String::from_utf8(bytes.get(head_len..end)?.to_vec()).unwrap();
    let answer = Answer { status, head, body };
    Some((answer, end))
}
