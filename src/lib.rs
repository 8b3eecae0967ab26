//! vodscope: opens Tencent Cloud VOD task events, lists the tasks, and explains each one.
//!
//! Modules are ranked: one imports only from ranks above its own in this list, as
//! `docs/architecture.md` explains and `tests/architecture` checks.

pub mod http;
pub mod job;
pub mod model;

pub mod archive;
pub mod decode;
pub mod knowledge;
pub mod store;
pub mod text;

pub mod export;
pub mod preview;
pub mod source;
pub mod state;

mod ui;

pub mod cli;
pub mod shell;
