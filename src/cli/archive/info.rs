//! `vodscope archive info`: where it is and what it holds.

use std::io;
use std::path::Path;

use serde::Serialize;

use crate::archive::{Archive, KindCount, Range};
use crate::cli::args::{ArchiveKind, InfoArgs, ShowFormat};
use crate::cli::console::Console;
use crate::cli::ended::Ended;
use crate::cli::{faults, output};
use crate::model::{ArchiveFault, ArchiveStats, Lang, Zone};
use crate::text::{Text, format};

/// Everything there is to say.
struct Info {
    stats: ArchiveStats,
    kinds: Vec<KindCount>,
}

/// The same for a program.
#[derive(Serialize)]
struct Told<'a> {
    path: &'a str,
    bytes_on_disk: u64,
    deliveries: u64,
    events: u64,
    first: Option<String>,
    last: Option<String>,
    kinds: Vec<ToldKind>,
}

#[derive(Serialize)]
struct ToldKind {
    kind: &'static str,
    deliveries: u64,
    bytes: u64,
}

pub(super) fn run(args: &InfoArgs, console: &mut Console) -> Result<Ended, Ended> {
    let path = super::place(console)?;
    let archive = super::open(&path, console)?;
    let info = archive.map_or_else(|| Ok(Info::nothing()), |archive| Info::of(&archive));
    let info = info.map_err(|fault| {
        faults::archive(&fault, console);
        Ended::NotBegun
    })?;
    let mut out = Vec::new();
    let printed = match args.format {
        ShowFormat::Json => output::json_line(&info.told(&path.display().to_string()), &mut out),
        ShowFormat::Text => info.person(&path, console.lang, &mut out),
    };
    match printed {
        Ok(()) => Ok(super::print(&out, console)),
        Err(error) => Ok(crate::cli::records::unwritten(&error, console)),
    }
}

impl Info {
    fn nothing() -> Self {
        Self {
            stats: ArchiveStats::default(),
            kinds: Vec::new(),
        }
    }

    fn of(archive: &Archive) -> Result<Self, ArchiveFault> {
        Ok(Self {
            stats: archive.stats()?,
            kinds: archive.kinds(&Range::default())?,
        })
    }

    fn told<'a>(&self, path: &'a str) -> Told<'a> {
        let stats = &self.stats;
        let time = |unix: Option<i64>| unix.map(|unix| format::iso(unix, Zone::Utc));
        let kinds = self.kinds.iter().map(|count| ToldKind {
            kind: ArchiveKind::name(count.kind),
            deliveries: count.deliveries,
            bytes: count.bytes,
        });
        Told {
            path,
            bytes_on_disk: stats.bytes_on_disk,
            deliveries: stats.deliveries,
            events: stats.events,
            first: time(stats.oldest_unix),
            last: time(stats.newest_unix),
            kinds: kinds.collect(),
        }
    }

    fn person(&self, path: &Path, lang: Lang, out: &mut Vec<u8>) -> io::Result<()> {
        let (stats, words) = (&self.stats, Text::new(lang, Zone::Local).accounts);
        let time = |unix: Option<i64>| {
            let told = unix.map(|unix| format::date_time(unix, Zone::Local));
            told.unwrap_or_else(|| format::MISSING.to_owned())
        };
        let facts = [
            (lang.pick("File", "文件"), path.display().to_string()),
            (words.on_disk, format::size(stats.bytes_on_disk)),
            (words.events, format::count(stats.events)),
            (words.deliveries, format::count(stats.deliveries)),
            (words.oldest, time(stats.oldest_unix)),
            (words.newest, time(stats.newest_unix)),
        ];
        let rows = facts.map(|(name, value)| vec![name.to_owned(), value]);
        output::cells(&rows, out)?;
        if self.kinds.is_empty() {
            return Ok(());
        }
        out.push(b'\n');
        let header = lang.pick(["KIND", "DELIVERIES", "BYTES"], ["类型", "投递", "字节"]);
        let row = |count: &KindCount| {
            let name = ArchiveKind::name(count.kind).to_owned();
            vec![
                name,
                format::count(count.deliveries),
                format::count(count.bytes),
            ]
        };
        let rows: Vec<Vec<String>> = self.kinds.iter().map(row).collect();
        output::table(&header, &rows, out)
    }
}
