//! One connection: requests one after another, each noted, each answered as its path says.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::answer::{Answer, Body, answer};
use super::{Log, Seen};

const LOOK: Duration = Duration::from_millis(50);

pub(super) fn serve(mut stream: &TcpStream, connection: usize, log: &Log) {
    if stream.set_read_timeout(Some(LOOK)).is_err() {
        return;
    }
    while let Some(head) = read_head(&mut stream, log) {
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let seen = Seen {
            path: path.clone(),
            head: head.to_lowercase(),
            connection,
        };
        log.change(|state| {
            state.seen.push(seen);
            state.busy += 1;
            state.most_busy = state.most_busy.max(state.busy);
        });
        let sent = send(&mut stream, &answer(&path), log, Busy(log));
        if !sent.is_ok_and(|stays| stays) {
            return;
        }
    }
}

fn read_head(stream: &mut &TcpStream, log: &Log) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(0) => return None,
            Ok(_) => head.extend(byte),
            Err(error) if is_patience(&error) && !log.lock().stopped => {}
            Err(_) => return None,
        }
    }
    String::from_utf8(head).ok()
}

fn is_patience(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}

/// A request counts as waiting for its answer until this is dropped.
struct Busy<'a>(&'a Log);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.change(|state| state.busy -= 1);
    }
}

/// Says whether the connection can be used again.
fn send(stream: &mut &TcpStream, answer: &Answer, log: &Log, busy: Busy<'_>) -> io::Result<bool> {
    if answer.held && !log.wait_for_release() {
        return Ok(false);
    }
    let head = format!(
        "HTTP/1.1 {} Told\r\nContent-Type: {}\r\n{}",
        answer.status, answer.content_type, answer.headers
    );
    let length = match &answer.body {
        Body::Silent => {
            wait_for_end(stream, log);
            return Ok(false);
        }
        Body::Whole(bytes) => bytes.len().to_string(),
        Body::Short(bytes) => (bytes.len() + 1000).to_string(),
        Body::Announced(length) => length.to_string(),
        Body::Endless | Body::Drip | Body::HeadOnly => String::new(),
    };
    let framing = if length.is_empty() {
        "Connection: close".to_owned()
    } else {
        format!("Content-Length: {length}")
    };
    stream.write_all(format!("{head}{framing}\r\n\r\n").as_bytes())?;
    match &answer.body {
        Body::Whole(bytes) => {
            // The client may ask again before this thread gets any further.
            drop(busy);
            stream.write_all(bytes)?;
            return Ok(true);
        }
        Body::Short(bytes) => stream.write_all(bytes)?,
        Body::Endless | Body::Announced(_) => pour(stream, log)?,
        Body::Drip => {
            while log.pause(LOOK) {
                stream.write_all(b"x")?;
            }
        }
        Body::HeadOnly | Body::Silent => wait_for_end(stream, log),
    }
    Ok(false)
}

fn pour(stream: &mut &TcpStream, log: &Log) -> io::Result<()> {
    let piece = vec![b'x'; 64 << 10];
    while !log.lock().stopped {
        stream.write_all(&piece)?;
    }
    Ok(())
}

/// Waits until the client has enough.
fn wait_for_end(stream: &mut &TcpStream, log: &Log) {
    let mut byte = [0];
    loop {
        match stream.read(&mut byte) {
            Err(error) if is_patience(&error) && !log.lock().stopped => {}
            Ok(count) if count > 0 => {}
            _ => return,
        }
    }
}
