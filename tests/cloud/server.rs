//! A server on this machine that plays a script: one step for each request.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server does once it has read a request.
pub(crate) enum Step {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Says nothing for so long, then closes the connection.
    Silence(Duration),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// `POST / HTTP/1.1`
    pub(crate) line: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Counted from 1.
    pub(crate) connection: usize,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| known == name)?;
        Some(value)
    }
}

pub(crate) struct Server {
    pub(crate) addr: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Plays the steps and then leaves every further connection unanswered.
    #[expect(
        clippy::disallowed_methods,
        reason = "a server of a test needs no owner: it ends with it"
    )]
    pub(crate) fn play(steps: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let record = Arc::clone(&seen);
        let mut steps: Vec<Step> = steps.into_iter().collect();
        steps.reverse();
        std::thread::spawn(move || {
            let mut connection = 0;
            while !steps.is_empty() {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                connection += 1;
                serve(&stream, connection, &mut steps, &record);
            }
        });
        Self { addr, seen }
    }

    /// Answers every request of the script with status 200 and a JSON body.
    pub(crate) fn json<'a>(bodies: impl IntoIterator<Item = &'a str>) -> Self {
        Self::play(
            bodies
                .into_iter()
                .map(|body| Step::Send(answer(200, "", body))),
        )
    }

    /// Takes one connection and answers its first bytes, whatever they are.
    #[expect(
        clippy::disallowed_methods,
        reason = "a server of a test needs no owner: it ends with it"
    )]
    pub(crate) fn deaf(bytes: Vec<u8>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut first = [0; 4096];
            assert!(stream.read(&mut first).unwrap() > 0);
            stream.write_all(&bytes).unwrap();
            // Closing before the client has read would break the connection under it.
            let _end = stream.read(&mut first);
        });
        addr
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.addr)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// An answer with its length; `headers` end in line breaks.
pub(crate) fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let len = body.len();
    format!("HTTP/1.1 {status} Said\r\nContent-Length: {len}\r\n{headers}\r\n{body}").into_bytes()
}

fn serve(stream: &TcpStream, connection: usize, steps: &mut Vec<Step>, record: &Mutex<Vec<Seen>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    while !steps.is_empty() {
        let Some(seen) = read(&mut reader, connection) else {
            return;
        };
        record.lock().unwrap().push(seen);
        match steps.pop() {
            Some(Step::Send(bytes)) => writer.write_all(&bytes).unwrap(),
            Some(Step::SendAndClose(bytes)) => {
                writer.write_all(&bytes).unwrap();
                return;
            }
            Some(Step::Silence(nap)) => {
                std::thread::sleep(nap);
                return;
            }
            None => return,
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>, connection: usize) -> Option<Seen> {
    let mut line = String::new();
    if reader.read_line(&mut line).unwrap_or(0) == 0 {
        return None;
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim_start().to_owned()));
    }
    let mut seen = Seen {
        line: line.trim_end().to_owned(),
        headers,
        body: Vec::new(),
        connection,
    };
    let len = seen
        .header("content-length")
        .and_then(|len| len.parse().ok());
    seen.body.resize(len.unwrap_or(0), 0);
    reader.read_exact(&mut seen.body).ok()?;
    Some(seen)
}
