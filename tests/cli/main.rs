//! The command line as scripts meet it: what is printed where, and how the program ends.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

mod archive;
mod confirm;
mod documented;
mod ends;
mod home;
mod listen;
mod members;
mod output;
mod program;
mod proxy;
mod queue;
mod replay;
mod tasks;
mod usage;
#[path = "../support/vod_service/mod.rs"]
mod vod_service;
