//! The options about the archive, and of commands that read it.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Subcommand, ValueEnum};

use super::live::span;
use crate::archive::{Kind, Range};
use crate::model::{Zone, now_unix, unix_of};

const HELP: &str = "\
The archive is the file that VODSCOPE_ARCHIVE names, or else archive.sqlite3 in the user's data
folder. A TIME is a span back from now (90m, 24h, 7d), or a time such as 2026-11-21,
\"2026-11-21 14:40\" (in this machine's zone) or 2026-11-21T06:40:00Z: when a thing arrived here.

Exit status: 0 done; 1 some entries are damaged, or it was stopped; 2 wrong usage, no archive, or
nowhere to write";

/// What is read: paths, or the archive.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct InputArgs {
    /// Read the archive: what was pulled and received on this machine.
    #[arg(long, conflicts_with = "paths")]
    pub(in crate::cli) archive: bool,

    /// Of the archive only what arrived since then: 7d, 24h, 2026-11-21.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    #[arg(requires = "archive", conflicts_with = "paths")]
    pub(in crate::cli) since: Option<i64>,

    /// Files and folders to read; `-` is standard input.
    #[arg(value_name = "PATH", required_unless_present = "archive")]
    pub(in crate::cli) paths: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct ArchiveArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: ArchiveCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ArchiveCommand {
    /// Say where it is and what it holds.
    Info(InfoArgs),
    /// Write what arrived as it is, one record a line. Of JSON that spans lines the white space
    /// between tokens is left out; anything else that does stands inside an object, as
    /// `received_text` or `received_base64`.
    Export(ExportArgs),
    /// Delete what arrived in a span of time, from this machine alone.
    Delete(DeleteArgs),
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct InfoArgs {
    /// For a person, or for a program.
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: super::ShowFormat,
}

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct ExportArgs {
    #[command(flatten)]
    pub(in crate::cli) span: SpanArgs,

    /// Only this kind; may be given more than once.
    #[arg(long, value_enum, value_name = "KIND")]
    pub(in crate::cli) kind: Vec<ArchiveKind>,

    /// The file to write; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: PathBuf,

    /// Take the place of a FILE that is there already, once the new one is whole.
    #[arg(long)]
    pub(in crate::cli) replace: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct DeleteArgs {
    #[command(flatten)]
    pub(in crate::cli) span: SpanArgs,

    /// Everything: wanted where neither --since nor --until is given.
    #[arg(long, conflicts_with_all = ["since", "until"])]
    #[arg(required_unless_present_any = ["since", "until"])]
    pub(in crate::cli) all: bool,

    /// Delete it. Without this it is only said what would be deleted.
    #[arg(long)]
    pub(in crate::cli) yes: bool,
}

/// When a thing arrived.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SpanArgs {
    /// What arrived since then.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    since: Option<i64>,

    /// What arrived before that.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ArchiveKind {
    /// Events of the queue.
    Pulled,
    Callback,
    /// Answers with the detail of one task.
    Detail,
    /// Entries of lists of tasks.
    Summary,
    /// Media information.
    Media,
}

impl SpanArgs {
    /// `None` when it ends before it begins.
    pub(in crate::cli) fn range(&self) -> Option<Range> {
        let ms = |unix: i64| unix.saturating_mul(1_000);
        let is_empty = self.since.zip(self.until).is_some_and(|(a, b)| a >= b);
        (!is_empty).then_some(Range {
            since_ms: self.since.map(ms),
            until_ms: self.until.map(ms),
        })
    }
}

impl ArchiveKind {
    pub(in crate::cli) fn kind(self) -> Kind {
        match self {
            Self::Pulled => Kind::Pulled,
            Self::Callback => Kind::Callback,
            Self::Detail => Kind::TaskDetail,
            Self::Summary => Kind::TaskSummary,
            Self::Media => Kind::MediaInfo,
        }
    }

    /// As it is written on the command line.
    pub(in crate::cli) fn name(kind: Kind) -> &'static str {
        match kind {
            Kind::Pulled => "pulled",
            Kind::Callback => "callback",
            Kind::TaskDetail => "detail",
            Kind::TaskSummary => "summary",
            Kind::MediaInfo => "media",
        }
    }
}

/// Unix seconds of a span back from now, or of a time.
fn moment(text: &str) -> Result<i64, String> {
    if let Ok(back) = span(text) {
        return Ok(before(now_unix(), back));
    }
    unix_of(text, Zone::Local).ok_or_else(|| {
        "a span such as 24h or 7d, or a time such as 2026-11-21 or 2026-11-21T06:40:00Z".to_owned()
    })
}

fn before(now_unix: i64, back: Duration) -> i64 {
    let secs = i64::try_from(back.as_secs()).unwrap_or(i64::MAX);
    now_unix.saturating_sub(secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_span_back_or_a_time() {
        let day = now_unix() - moment("1d").unwrap();
        assert!((86_400..86_460).contains(&day), "{day}");
        assert_eq!(moment("1970-01-02T00:00:00Z"), Ok(86_400));
        assert_eq!(moment("1970-01-02T08:00:00+08:00"), Ok(86_400));
        assert!(moment("2026-11-21 14:40").is_ok());
        for text in ["", "7", "yesterday", "2026-13-01"] {
            assert!(moment(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_kind_goes_by_the_name_that_is_written() {
        for kind in ArchiveKind::value_variants() {
            let value = kind.to_possible_value().unwrap();
            assert_eq!(ArchiveKind::name(kind.kind()), value.get_name());
        }
    }
}
