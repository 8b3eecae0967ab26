//! Background work: named threads that report through a bounded channel, stop when asked, and wake
//! the window once for each burst of news. The only module that starts threads or sleeps.

mod cancel;
mod newest;
mod orders;
mod wake;
mod work;

pub use cancel::Cancel;
pub use newest::Newest;
pub use orders::{Ordered, Orders, orders};
pub use wake::Wake;
pub use work::{Gone, Job, JobEnd, Outbox, Received, spawn};
pub(crate) use work::{feed, guarded};
