//! What may stand on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::model::{Lang, SourceSpec, Verdict};
use crate::shell;
use crate::store::Facet;

mod archive;
mod chinese;
mod live;

pub(super) use archive::{
    ArchiveArgs, ArchiveCommand, ArchiveKind, DeleteArgs, ExportArgs, InfoArgs, InputArgs, SpanArgs,
};
pub(super) use live::{AccountArgs, ListenArgs, OutArgs, PullArgs, PullSource, ReplayArgs};

/// Below the help: what the options cannot say.
const EXAMPLES: &str = "\
Examples:
  vodscope events.json                        open the window on a file
  vodscope list --verdict failed logs/        what failed, in a folder of files
  vodscope show TASK_ID events.json           one task explained
  zcat day.gz | vodscope stats --by code -    the most frequent errors
  vodscope pull --source tasks --since 24h    the tasks of the last day from the cloud
  vodscope list --archive --since 7d          what was pulled and received in the last week

Exit status: 0 all was read or done; 1 only a part; 2 nothing could be read, wrong usage, or no
usable credentials; 3 the service refused";

/// Opens Tencent Cloud VOD task events and shows what became of each task.
#[derive(Debug, Parser)]
#[command(name = "vodscope", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// Files and folders to open in the window; `-` is standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Open the bundled samples.
    #[arg(long)]
    samples: bool,

    /// Keep reading the files as they grow.
    #[arg(long)]
    follow: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print one row for each task.
    List(ListArgs),
    /// Print one task in full.
    Show(ShowArgs),
    /// Count tasks.
    Stats(StatsArgs),
    /// Pull tasks or queued events from an account, into the archive first.
    Pull(PullArgs),
    /// Receive callbacks, into the archive first.
    Listen(ListenArgs),
    /// Post the events of a file to a receiver of callbacks.
    Replay(ReplayArgs),
    /// What was pulled and received: say what there is, write it out, delete it.
    Archive(ArchiveArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// How to print the rows.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,

    /// Words to look for in ids and names, or terms such as `code:InternalError` and `-kind:Transcode`.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    #[arg(allow_hyphen_values = true)]
    pub(super) filter: String,

    /// Only tasks with this verdict; may be given more than once.
    #[arg(long, value_name = "VERDICT", value_parser = verdicts())]
    pub(super) verdict: Vec<Verdict>,

    #[command(flatten)]
    pub(super) input: InputArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// The task to print.
    #[arg(value_name = "TASK_ID")]
    pub(super) task_id: String,

    /// For a person, or for a program.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ShowFormat,

    #[command(flatten)]
    pub(super) input: InputArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct StatsArgs {
    /// What to count by.
    #[arg(long, value_enum)]
    pub(super) by: By,

    /// How to print the counts.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,

    #[command(flatten)]
    pub(super) input: InputArgs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Table,
    Ndjson,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowFormat {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum By {
    Verdict,
    EventType,
    Kind,
    Code,
    Template,
}

impl By {
    pub(super) fn facet(self) -> Facet {
        match self {
            Self::Verdict => Facet::Verdict,
            Self::EventType => Facet::EventType,
            Self::Kind => Facet::Kind,
            Self::Code => Facet::Code,
            Self::Template => Facet::Template,
        }
    }
}

impl Args {
    /// The command line, or why it cannot be meant. Help is in the given language.
    pub(super) fn read(lang: Lang) -> Result<Self, clap::Error> {
        let mut command = match lang {
            Lang::En => Self::command(),
            Lang::Zh => chinese::in_chinese(Self::command()),
        };
        let matches = command.try_get_matches_from_mut(std::env::args_os())?;
        let args = Self::from_arg_matches(&matches);
        let args = args.map_err(|error| error.format(&mut command))?;
        let conflict = match &args.command {
            Some(Command::Pull(pull)) => pull.conflict(),
            _ => None,
        };
        let Some(why) = conflict else {
            return Ok(args);
        };
        // Only then do its commands know their usage.
        command.build();
        let pull = command.find_subcommand("pull").cloned();
        Err(pull
            .unwrap_or(command)
            .error(ErrorKind::ArgumentConflict, why))
    }

    /// What the window opens at its start.
    pub(super) fn window_specs(&self) -> Vec<SourceSpec> {
        let follow = self.follow;
        let opened = self.files.iter().map(|path| match spec(path) {
            SourceSpec::Path(path) if follow => SourceSpec::Follow(path),
            spec => spec,
        });
        let samples = if self.samples {
            shell::sample_specs()
        } else {
            Vec::new()
        };
        opened.chain(samples).collect()
    }
}

/// `-` is standard input, everything else a path.
pub(super) fn spec(path: &std::path::Path) -> SourceSpec {
    if path.as_os_str() == "-" {
        SourceSpec::Stdin
    } else {
        SourceSpec::Path(path.to_owned())
    }
}

fn verdicts() -> impl TypedValueParser<Value = Verdict> {
    PossibleValuesParser::new(Verdict::ALL.map(Verdict::name))
        .try_map(|name| Verdict::from_name(&name).ok_or("no verdict"))
}
