//! The account's API: signed calls, their answers, and what to do when they fail.
//!
//! Only the calls of [`Action`] are ever made; none of them changes an application's settings.

mod action;
mod answer;
mod calls;
mod client;
mod endpoint;
mod keeper;
pub(super) mod queue;
pub mod rate;
mod reading;
pub mod retry;
pub mod sign;
pub(super) mod tasks;

pub use action::Action;
pub use answer::{Answer, ListedTask, PulledEvent, TaskPage, has_ended};
pub use calls::{Pulled, test_profile};
pub use client::Client;
pub(super) use keeper::account_of;
