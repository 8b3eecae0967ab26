//! What becomes of one request, apart from how HTTP carries it.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::decode::excerpt::excerpt;
use crate::model::{Refusal, Secret, now_unix, now_unix_ms};

use super::Limits;
use super::body::{Body, Memory};
use super::desk::Desk;
use super::sign;
use super::writer::Waiting;

/// What every request goes through.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) sign_key: Option<Secret>,
    pub(super) limits: Limits,
    pub(super) arrivals: mpsc::Sender<Waiting>,
    pub(super) desk: Arc<Desk>,
    pub(super) memory: Memory,
}

impl Gate {
    /// Checks a whole body and stores it; it may be answered 200 when this returns `Ok`.
    pub(super) async fn take(&self, body: Body, from: SocketAddr) -> Result<(), Refusal> {
        let checked = self.check(body.bytes());
        if let Err(why) = checked {
            self.refuse(from, &why, body.bytes());
            return Err(why);
        }
        let stored = timeout(self.limits.store, self.store(body, from)).await;
        if matches!(stored, Ok(Some(()))) {
            return Ok(());
        }
        self.refuse(from, &Refusal::NotStored, &[]);
        Err(Refusal::NotStored)
    }

    /// Counts a refused request, and lists it with how its body begins.
    pub(super) fn refuse(&self, from: SocketAddr, why: &Refusal, body: &[u8]) {
        self.desk.refuse(from, why.clone(), || excerpt(body));
    }

    fn check(&self, body: &[u8]) -> Result<(), Refusal> {
        if body.is_empty() {
            return Err(bad("the body is empty"));
        }
        match &self.sign_key {
            Some(key) => sign::check(key, body, now_unix()),
            None => Ok(()),
        }
    }

    /// `None` when it could not be stored.
    async fn store(&self, body: Body, from: SocketAddr) -> Option<()> {
        let (stored, durable) = oneshot::channel();
        let waiting = Waiting {
            body,
            from,
            unix_ms: now_unix_ms(),
            stored,
        };
        self.arrivals.send(waiting).await.ok()?;
        durable.await.ok()
    }
}

pub(super) fn bad(why: &str) -> Refusal {
    Refusal::BadRequest {
        why: why.to_owned(),
    }
}
