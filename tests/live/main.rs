//! Live sources against a service on this machine: what is asked of it, what is kept, what is
//! told, and what is left alone.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

mod bench;
mod queue;
mod soak;
mod tasks;
#[path = "../support/vod_service/mod.rs"]
mod vod_service;
