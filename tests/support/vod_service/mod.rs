//! A video service on this machine: enough of the cloud's API 3.0 to pull tasks and events from,
//! with its limits, its refusals, and faults on demand. Tests and the `vod-service` example share
//! it. It must never be reached from another machine, and knows no real account.

#![allow(
    dead_code,
    unused_imports,
    reason = "each user of the service needs another part of it"
)]

mod actions;
mod answer;
mod app;
mod builder;
mod client;
mod clock;
mod connection;
mod dispatch;
mod fault;
mod fault_spec;
mod http;
#[path = "../moving.rs"]
mod moving;
mod parameters;
mod pictures;
mod queue;
#[path = "../../../examples/generate/rng.rs"]
mod rng;
pub(crate) mod sample;
mod service;
pub(crate) mod sign;
mod task;
mod verify;
mod world;

pub(crate) use app::{App, Mode};
pub(crate) use builder::{Builder, SubAppRule};
pub(crate) use client::Client;
pub(crate) use fault::{Fault, FaultRule};
pub(crate) use pictures::with_own_pictures;
pub(crate) use queue::event_key;
pub(crate) use service::Service;
pub(crate) use task::Task;
pub(crate) use verify::Key;
pub(crate) use world::Call;

/// The key that the service accepts unless told otherwise: the one of the public documentation.
pub(crate) const SECRET_ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
pub(crate) const SECRET_KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

/// The application that a service has unless told otherwise.
pub(crate) const SUB_APP_ID: u64 = 1_500_000_001;

/// How far back tasks can be asked for.
const MEMORY_SECS: i64 = 72 * 3600;
