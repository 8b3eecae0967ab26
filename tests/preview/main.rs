//! Pictures from hosts that nobody vouches for: whom they are asked from, what is refused, and what
//! comes out.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

#[path = "../support/picture_server/mod.rs"]
mod picture_server;

mod animation;
mod cache;
mod decode;
mod desk;
mod fetch;
mod network;
mod policy;
mod proxies;
mod reasons;
mod samples;
mod setup;
mod sprite;
mod vtt;
