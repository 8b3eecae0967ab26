//! The window process: joins the state, the jobs and the drawing, and decides nothing.

mod app;
mod deleting;
mod effects;
mod exporting;
mod live;
mod picker;
mod previews;
mod reader;
mod samples;
mod settings_file;
mod startup;
mod system;
mod theme_watch;
mod upkeep;

pub use app::App;
pub use settings_file::SettingsFile;
pub use startup::{Failure, run};
pub use system::language;

pub use samples::specs as sample_specs;
