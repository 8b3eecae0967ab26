//! Remote pictures: whom they may be fetched from, how, and what they hold. Contacts nobody whom
//! the person has not allowed, and knows nothing of events or of the screen.

mod address;
mod animation;
mod board;
mod cache;
mod decode;
mod desk;
mod doors;
mod fetch;
mod format;
mod gif;
mod jpeg;
mod network;
mod policy;
mod record;
mod resolve;
mod scale;
mod sign;
mod vtt;
mod webp;
mod words;
mod worker;

pub use address::Address;
pub use cache::{Cache, Cached};
pub use decode::{Decoded, Limits, decode};
pub use desk::{Desk, DeskSetup};
pub use fetch::{FetchEnd, FetchLimits, Fetched, Fetcher, Progress, Ways};
pub use format::sniff;
pub use policy::{Policy, Rule};
