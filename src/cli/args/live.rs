//! The options of what pulls, receives and replays.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;

use crate::model::CLOUD_MEMORY;
use crate::source::listener::DEFAULT_ADDR;

const PULL_HELP: &str = "\
Everything goes into the archive before anything else. Looking at tasks changes nothing. A pull of
the queue hides up to 16 events from your consumer for 30 s; with --confirm they are deleted for
everybody.

Exit status: 0 done; 1 only a part; 2 wrong usage, no usable credentials, or nowhere to write;
3 the service refused";

#[derive(Debug, clap::Args)]
#[command(after_help = PULL_HELP)]
pub(in crate::cli) struct PullArgs {
    /// Tasks of the last days with their details, or events that wait in the queue.
    #[arg(long, value_enum)]
    pub(in crate::cli) source: PullSource,

    #[command(flatten)]
    pub(in crate::cli) account: AccountArgs,

    /// How far back tasks are listed, 72h at most: 90m, 24h, 3d.
    #[arg(long, value_name = "TIME", value_parser = memory)]
    #[arg(conflicts_with_all = ["task_id", "file_id"])]
    pub(in crate::cli) since: Option<Duration>,

    /// Go on with this account's pull of tasks that was broken off, or left some out.
    #[arg(long, conflicts_with_all = ["since", "task_id", "file_id"])]
    pub(in crate::cli) resume: bool,

    /// Only this task; with --live it is watched until it ends.
    #[arg(long, value_name = "ID", conflicts_with = "file_id")]
    pub(in crate::cli) task_id: Option<String>,

    /// Only this file: its media information and its tasks of the last 72 hours.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) file_id: Option<String>,

    /// Stop after so many tasks or events; of the queue, after the pull that reaches it. With
    /// --resume only tasks count that are fetched now.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) limit: Option<u64>,

    /// Keep pulling until Ctrl-C, --limit or --for; without these two, until 200 events or 5
    /// minutes. Of tasks it watches the one of --task-id, until that ends.
    #[arg(long)]
    pub(in crate::cli) live: bool,

    /// How long --live goes on: 90s, 5m, 2h.
    #[arg(long = "for", value_name = "TIME", value_parser = span, requires = "live")]
    pub(in crate::cli) time: Option<Duration>,

    /// Delete pulled events from the queue, for everybody, once they are on disk here. The
    /// application's id must stand beside it.
    #[arg(long, requires = "sub_app_id")]
    pub(in crate::cli) confirm: bool,

    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PullSource {
    Tasks,
    Queue,
}

/// Whose tasks and events.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct AccountArgs {
    /// An account of the window, or a profile of the tools that keep credentials in files.
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub(in crate::cli) profile: String,

    /// The site to ask, in place of the profile's.
    #[arg(long, value_name = "HOST|URL")]
    pub(in crate::cli) endpoint: Option<String>,

    /// The application, in place of the profile's.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) sub_app_id: Option<u64>,
}

/// Where the bytes go besides the archive.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct OutArgs {
    /// Write what arrives as it is, one record a line, in place of rows; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,

    /// Add to a FILE that is there already.
    #[arg(long, requires = "out")]
    pub(in crate::cli) append: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ListenArgs {
    /// Where to receive.
    #[arg(long, value_name = "ADDR:PORT", default_value_t = DEFAULT_ADDR)]
    pub(in crate::cli) addr: SocketAddr,

    /// Let other machines reach an ADDR that is not this machine's own.
    #[arg(long)]
    pub(in crate::cli) expose: bool,

    /// The environment variable that holds the SignKey; without one, signatures are not checked.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) sign_key_env: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ReplayArgs {
    /// Where to post: http:// or https://.
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) to: String,

    /// Only the events of this task.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) task_id: Option<String>,

    /// A file or folder with events; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
}

impl PullArgs {
    /// Options that do not go together, beyond what is declared above.
    pub(super) fn conflict(&self) -> Option<&'static str> {
        let one = self.task_id.is_some() || self.file_id.is_some();
        match self.source {
            PullSource::Queue if self.since.is_some() || self.resume || one => {
                Some("--since, --resume, --task-id and --file-id are for --source tasks")
            }
            PullSource::Tasks if self.confirm => Some("--confirm is for --source queue"),
            PullSource::Tasks if self.live && self.task_id.is_none() => Some(
                "--live is for --source queue, or for one task with --task-id, which it watches",
            ),
            _ => None,
        }
    }
}

/// `90s`, `5m`, `24h`, `3d`.
pub(super) fn span(text: &str) -> Result<Duration, String> {
    let wrong = || "a number and a unit, such as 90s, 5m, 24h or 3d".to_owned();
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let secs = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    let number = text.strip_suffix(unit).unwrap_or_default();
    let number: u64 = number.parse().ok().ok_or_else(wrong)?;
    let secs = number.checked_mul(secs).filter(|secs| *secs > 0);
    secs.map(Duration::from_secs).ok_or_else(wrong)
}

fn memory(text: &str) -> Result<Duration, String> {
    let span = span(text)?;
    if span > CLOUD_MEMORY {
        return Err("the service keeps tasks for 72h".to_owned());
    }
    Ok(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_and_a_unit() {
        for (text, secs) in [("90s", 90), ("5m", 300), ("24h", 86_400), ("3d", 259_200)] {
            assert_eq!(span(text), Ok(Duration::from_secs(secs)), "{text}");
        }
        for text in [
            "",
            "5",
            "m",
            "-5m",
            "0s",
            "5 m",
            "5µ",
            "99999999999999999999d",
        ] {
            assert!(span(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_service_remembers_three_days() {
        assert!(memory("72h").is_ok() && memory("3d").is_ok());
        assert!(memory("73h").is_err());
    }
}
