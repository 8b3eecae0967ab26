//! HTTP/1.1, and the patience that each part of a request is given. The only file that knows the
//! HTTP library.
//!
//! A client can hold a connection no longer than [`Limits`](super::Limits) say, whatever it sends
//! or leaves out. When all connections are taken, others wait in the system's queue: refusing
//! them would lose their callbacks, since the service tries again only after a timeout.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1::{Builder, Connection};
use hyper::service::{HttpService, service_fn};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::job::{Cancel, Outbox};
use crate::model::Refusal;

use super::body::Body;
use super::request::{Gate, bad};

/// The address that is listened on, or why none is.
pub(super) type Bound = Result<SocketAddr, String>;

/// Connections the system keeps ready while all of ours are busy.
const BACKLOG: u32 = 1024;
/// Bytes of a request's head.
const HEAD_BYTES: usize = 64 << 10;
/// How often it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(50);
/// How long open requests may still be answered when it stops.
const LAST_ANSWERS: Duration = Duration::from_secs(1);
/// How long a body that is refused is read on, so that the client comes to see the answer.
const COURTESY: Duration = Duration::from_secs(1);
/// Pause after the system could not give a connection: its files may have run out.
const BREATH: Duration = Duration::from_millis(100);
/// Added to what a request may take before its connection counts as stuck.
const SLACK: Duration = Duration::from_secs(5);

const ABOUT: &str = "vodscope receives VOD callbacks here: POST them to any path.\n";

/// Serves until one of the two is cancelled. Says first whether the address could be taken.
pub(super) fn run(addr: SocketAddr, gate: Gate, outbox: &Outbox<Bound>, stop: &[&Cancel; 2]) {
    let built = runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build();
    let runtime = match built {
        Ok(runtime) => runtime,
        Err(error) => {
            let _told = outbox.send(Err(error.to_string()));
            return;
        }
    };
    runtime.block_on(serve(addr, gate, outbox, stop));
}

async fn serve(addr: SocketAddr, gate: Gate, outbox: &Outbox<Bound>, stop: &[&Cancel; 2]) {
    let listener = match bind(addr) {
        Ok(listener) => listener,
        Err(error) => {
            let _told = outbox.send(Err(error.to_string()));
            return;
        }
    };
    let _told = outbox.send(Ok(listener.local_addr().unwrap_or(addr)));
    let seats = Arc::new(Semaphore::new(gate.limits.connections));
    let (open, closing) = watch::channel(());
    let host = Arc::new(Host { gate, closing });
    let accepting = accept(listener, Arc::clone(&seats), Arc::clone(&host));
    // The listener is dropped with `accepting`, and the port is free.
    until(accepting, cancelled(stop)).await;
    drop(open);
    let all = u32::try_from(host.gate.limits.connections).unwrap_or(u32::MAX);
    let _late = timeout(LAST_ANSWERS, seats.acquire_many(all)).await;
}

fn bind(addr: SocketAddr) -> io::Result<TcpListener> {
    let socket = match addr {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // Elsewhere it would let two programs listen at one address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(addr)?;
    socket.listen(BACKLOG)
}

async fn cancelled(stop: &[&Cancel; 2]) {
    while !stop.iter().any(|cancel| cancel.is_cancelled()) {
        sleep(LOOK).await;
    }
}

/// Works until `stop` comes first, and drops the work then.
async fn until(work: impl Future<Output = ()>, stop: impl Future<Output = ()>) {
    let (mut work, mut stop) = (pin!(work), pin!(stop));
    poll_fn(|cx| {
        if stop.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        work.as_mut().poll(cx)
    })
    .await;
}

async fn accept(listener: TcpListener, seats: Arc<Semaphore>, host: Arc<Host>) {
    while let Ok(seat) = Arc::clone(&seats).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, from)) => {
                let client = Client {
                    host: Arc::clone(&host),
                    from,
                    since: Instant::now(),
                    moved_ms: AtomicU64::new(0),
                };
                tokio::spawn(Arc::new(client).serve(stream, seat));
            }
            Err(_) => sleep(BREATH).await,
        }
    }
}

/// What all connections share.
struct Host {
    gate: Gate,
    /// Fails when no new request is taken any more.
    closing: watch::Receiver<()>,
}

/// One connection.
struct Client {
    host: Arc<Host>,
    from: SocketAddr,
    since: Instant,
    /// When a request last began or was done, in milliseconds since `since`.
    moved_ms: AtomicU64,
}

impl Client {
    async fn serve(self: Arc<Self>, stream: TcpStream, _seat: OwnedSemaphorePermit) {
        // Answers are short and wait for nothing.
        let _slower = stream.set_nodelay(true);
        let service = service_fn(|request| {
            let client = Arc::clone(&self);
            async move { Ok::<_, Infallible>(client.answer(request).await) }
        });
        let connection = Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.host.gate.limits.head)
            .half_close(true)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service);
        self.see_through(connection).await;
    }

    /// Serves every request of a connection; says what was wrong with one that was none.
    async fn see_through<S>(&self, mut connection: Connection<TokioIo<TcpStream>, S>)
    where
        S: HttpService<Incoming, ResBody = Full<Bytes>> + Unpin,
        S::Error: std::error::Error + Send + Sync + 'static,
    {
        let mut closing = self.host.closing.clone();
        let mut closing = pin!(closing.changed());
        let mut stuck = pin!(self.stuck());
        let mut open = true;
        let end = poll_fn(|cx| {
            if open && closing.as_mut().poll(cx).is_ready() {
                open = false;
                Pin::new(&mut connection).graceful_shutdown();
            }
            if stuck.as_mut().poll(cx).is_ready() {
                return Poll::Ready(Err(Some(Refusal::TooSlow)));
            }
            let served = Pin::new(&mut connection).poll(cx);
            served.map_err(|error| refusal(&error))
        });
        let Err(Some(why)) = end.await else { return };
        let rest = connection.into_parts().read_buf;
        // A connection that is kept open for a next request and closed without one is no fault.
        if why != Refusal::TooSlow || !rest.is_empty() {
            self.host.gate.refuse(self.from, &why, &rest);
        }
    }

    /// Ends when nothing has moved for longer than any request may take: the client does not
    /// read its answers.
    async fn stuck(&self) {
        let limits = &self.host.gate.limits;
        let patience = limits.head + limits.body + limits.store + SLACK;
        loop {
            let moved = Duration::from_millis(self.moved_ms.load(Ordering::Relaxed));
            let deadline = self.since + moved + patience;
            if Instant::now() >= deadline {
                return;
            }
            sleep_until(deadline).await;
        }
    }

    fn moved(&self) {
        let passed = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.moved_ms.store(passed, Ordering::Relaxed);
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.moved();
        let is_question = request.method() == Method::GET && request.uri().path() == "/";
        let response = if is_question {
            response(
                StatusCode::OK,
                "text/plain; charset=utf-8",
                ABOUT.to_owned(),
            )
        } else {
            match self.receive(request).await {
                Ok(()) => response(
                    StatusCode::OK,
                    "application/json",
                    r#"{"code":0}"#.to_owned(),
                ),
                Err(why) => refused(&why),
            }
        };
        self.moved();
        response
    }

    async fn receive(&self, request: Request<Incoming>) -> Result<(), Refusal> {
        let gate = &self.host.gate;
        if request.method() != Method::POST {
            let why = Refusal::Method(request.method().to_string());
            gate.refuse(self.from, &why, &[]);
            return Err(why);
        }
        let mut incoming = request.into_body();
        let mut body = Body::new(&gate.memory, gate.limits.memory_bytes);
        let read = timeout(gate.limits.body, self.read(&mut incoming, &mut body)).await;
        if let Err(why) = read.unwrap_or(Err(Refusal::TooSlow)) {
            gate.refuse(self.from, &why, body.bytes());
            drop(body);
            if matches!(why, Refusal::TooLarge | Refusal::NotStored) {
                let _rest = timeout(COURTESY, pass_over(&mut incoming)).await;
            }
            return Err(why);
        }
        gate.take(body, self.from).await
    }

    async fn read(&self, incoming: &mut Incoming, body: &mut Body) -> Result<(), Refusal> {
        let limit = self.host.gate.limits.body_bytes;
        let declared = usize::try_from(incoming.size_hint().lower()).unwrap_or(usize::MAX);
        if declared > limit {
            return Err(Refusal::TooLarge);
        }
        while let Some(frame) = incoming.frame().await {
            let frame = frame.map_err(|_cut| bad("the body ended early or is no HTTP"))?;
            let Some(data) = frame.data_ref() else {
                continue;
            };
            if body.bytes().len().saturating_add(data.len()) > limit {
                return Err(Refusal::TooLarge);
            }
            body.push(data).map_err(|_full| Refusal::NotStored)?;
        }
        Ok(())
    }
}

/// Reads a body without keeping any of it.
async fn pass_over(incoming: &mut Incoming) {
    while let Some(Ok(_)) = incoming.frame().await {}
}

/// What a connection that failed says of its client; nothing when it only broke.
fn refusal(error: &hyper::Error) -> Option<Refusal> {
    if error.is_timeout() {
        return Some(Refusal::TooSlow);
    }
    error.is_parse().then(|| bad(&error.to_string()))
}

fn refused(why: &Refusal) -> Response<Full<Bytes>> {
    let (status, message) = match why {
        Refusal::BadSign => (StatusCode::UNAUTHORIZED, "Sign is missing or wrong"),
        Refusal::Expired { .. } => (StatusCode::UNAUTHORIZED, "T has passed"),
        Refusal::FromTheFuture { .. } => (StatusCode::UNAUTHORIZED, "T is too far ahead"),
        Refusal::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"),
        Refusal::BadRequest { .. } => (StatusCode::BAD_REQUEST, "not a callback"),
        Refusal::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, "callbacks are sent by POST"),
        Refusal::TooSlow => (StatusCode::REQUEST_TIMEOUT, "the request took too long"),
        Refusal::NotStored => (StatusCode::SERVICE_UNAVAILABLE, "it could not be stored"),
    };
    let body = format!(r#"{{"code":{},"message":"{message}"}}"#, status.as_u16());
    let mut response = response(status, "application/json", body);
    let headers = response.headers_mut();
    if matches!(why, Refusal::Method(_)) {
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
    }
    // Whatever is left of the request is not read.
    if matches!(
        why,
        Refusal::TooLarge | Refusal::TooSlow | Refusal::BadRequest { .. }
    ) {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

fn response(status: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
