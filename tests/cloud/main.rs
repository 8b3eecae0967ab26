//! Asking the API without the API: what is sent, what is made of whatever comes back, and whose
//! keys sign.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

mod client;
mod credentials;
mod http;
mod server;
