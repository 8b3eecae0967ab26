//! What a receiver of callbacks must stand: storms, rubbish, slow and endless clients, wrong
//! signatures, an archive that fails, and being killed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a helper that fails is a failed test"
)]

mod archive;
mod client;
mod fixture;
mod kill;
mod patience;
mod rubbish;
mod sign;
mod storm;
