//! The parts of the window. A panel reads the state and pushes actions; what it shows of many
//! things is built by a pure function beside it.

pub(super) mod detail;
pub(super) mod drop_target;
pub(super) mod first_run;
pub(super) mod histogram;
pub(super) mod list;
pub(super) mod live;
pub(super) mod load_report;
mod logo;
mod names;
pub(in crate::ui) mod place;
pub(super) mod rail;
mod raw;
pub(super) mod status_bar;
pub(super) mod toasts;
pub(super) mod top_bar;
