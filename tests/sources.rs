//! Sources: every way in gives the same rows, and nothing that goes wrong costs the rest.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use vodscope::job::{Cancel, Job, Received, Wake};
use vodscope::model::{
    Batch, Compression, Encoding, Problem, RawRef, Reason, Repair, RepairKind, Row, RowFlags,
    SourceEnd, SourceEvent, SourceId, SourceInfo, SourceSpec,
};
use vodscope::source::{Catalog, Reading, open_with};

/// Long enough for the slowest machine; reached only when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// One event of the reliable callback.
fn event(number: usize) -> String {
    format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"1400000000-procedurev2-task{number}","Status":"FINISH","ErrCode":0,"Message":"","FileId":"52858908{number:011}","FileName":"动物世界 {number}.mp4","MediaProcessResultSet":[]}}}}"#
    )
}

fn task_id(number: usize) -> String {
    format!("1400000000-procedurev2-task{number}")
}

fn task_ids(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(task_id).collect()
}

fn lines(numbers: impl IntoIterator<Item = usize>) -> String {
    let line = |number| event(number) + "\n";
    numbers.into_iter().map(line).collect()
}

/// An event over several lines.
fn pretty(number: usize) -> String {
    event(number)
        .replace(",\"", ",\n  \"")
        .replace(":{", ": {\n    ")
        + "\n"
}

/// Everything one job sent.
#[derive(Debug, Default)]
struct Read {
    opened: Vec<SourceInfo>,
    batches: Vec<Batch>,
    ends: Vec<SourceEnd>,
    restarts: usize,
    caught_up: usize,
}

impl Read {
    fn take(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Opened(info) => self.opened.push(info),
            SourceEvent::Batch(batch) => self.batches.push(batch),
            SourceEvent::Ended { end, .. } => self.ends.push(end),
            SourceEvent::Restarted { .. } => self.restarts += 1,
            SourceEvent::CaughtUp { .. } => self.caught_up += 1,
            SourceEvent::Live { .. } => {}
        }
    }

    fn task_ids(&self) -> Vec<String> {
        let rows = |batch: &Batch| {
            let segment = batch.segment.clone();
            let ids = segment
                .rows
                .iter()
                .map(|row| segment.task_id(row).to_owned());
            ids.collect::<Vec<_>>()
        };
        self.batches.iter().flat_map(rows).collect()
    }

    /// Task, line and offset of every row.
    fn places(&self) -> Vec<(String, u64, u64)> {
        let place = |batch: &Batch| {
            let segment = batch.segment.clone();
            let place = |row: &Row| {
                let line = segment.first_line + u64::from(row.line);
                (segment.task_id(row).to_owned(), line, row.offset)
            };
            segment.rows.iter().map(place).collect::<Vec<_>>()
        };
        self.batches.iter().flat_map(place).collect()
    }

    fn raw_refs(&self) -> Vec<RawRef> {
        let raw = |batch: &Batch| {
            let source = batch.source;
            let raw = move |row: &Row| RawRef {
                source,
                offset: row.offset,
                len: row.len,
                checksum: row.checksum,
                format: row.format,
                wrapping: row.flags.wrapping(),
            };
            batch.segment.rows.iter().map(raw).collect::<Vec<_>>()
        };
        self.batches.iter().flat_map(raw).collect()
    }

    fn problems(&self) -> Vec<&Problem> {
        self.batches.iter().flat_map(|b| &b.problems).collect()
    }

    fn reasons(&self) -> Vec<&Reason> {
        self.problems().into_iter().map(|p| &p.reason).collect()
    }
}

fn small() -> Reading {
    Reading {
        block_bytes: 4 << 10,
        longest_line: 64 << 10,
        poll: Duration::from_millis(5),
    }
}

fn start(spec: SourceSpec, catalog: &Catalog, reading: Reading) -> Job<SourceEvent> {
    open_with(spec, catalog, Wake::none(), reading)
}

fn read_all(spec: SourceSpec, catalog: &Catalog, reading: Reading) -> Read {
    let job = start(spec, catalog, reading);
    let mut read = Read::default();
    while let Some(event) = job.recv() {
        read.take(event);
    }
    read
}

fn read_path(path: &Path) -> Read {
    let spec = SourceSpec::Path(path.to_owned());
    read_all(spec, &Catalog::default(), small())
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn lines_arrive_in_file_order() {
    let folder = Folder::new();
    let read = read_path(&folder.file("events.ndjson", lines(0..500)));
    assert_eq!(read.task_ids(), task_ids(0..500));
    assert_eq!(read.reasons(), Vec::<&Reason>::new());
    assert_eq!(read.ends, [SourceEnd::Complete]);
    assert!(read.batches.len() > 5, "rows come block by block");
}

#[test]
fn progress_ends_at_the_size_of_the_file() {
    let folder = Folder::new();
    for name in ["events.ndjson", "events.ndjson.gz"] {
        let text = lines(0..300).into_bytes();
        let content = if name.ends_with("gz") {
            gzip(&text)
        } else {
            text
        };
        let read = read_path(&folder.file(name, &content));
        let last = read.batches.last().map(|batch| batch.bytes_read);
        assert_eq!(last, Some(content.len() as u64), "{name}");
        assert_eq!(read.opened[0].total_bytes, last, "{name}");
    }
}

#[test]
fn one_block_and_many_give_the_same_rows() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..200_000));
    let spec = SourceSpec::Path(path);
    let whole = Reading {
        block_bytes: 1 << 30,
        ..Reading::default()
    };
    let one = read_all(spec.clone(), &Catalog::default(), whole);
    let default = read_all(spec.clone(), &Catalog::default(), Reading::default());
    let many = read_all(spec, &Catalog::default(), small());
    assert_eq!(one.batches.len(), 1);
    assert_eq!(one.places().len(), 200_000);
    assert_eq!(one.places()[199_999].1, 200_000);
    assert_eq!(default.places(), one.places());
    assert_eq!(many.places(), one.places());
}

#[test]
fn block_borders_fall_anywhere_in_a_line() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..40));
    for block_bytes in 1..400 {
        let reading = Reading {
            block_bytes,
            ..small()
        };
        let spec = SourceSpec::Path(path.clone());
        let read = read_all(spec, &Catalog::default(), reading);
        assert_eq!(read.task_ids(), task_ids(0..40), "{block_bytes}");
        assert_eq!(read.places()[39].1, 40, "{block_bytes}");
    }
}

#[test]
fn a_pretty_document_across_block_borders_is_one_record() {
    let folder = Folder::new();
    let text = lines(0..15) + &pretty(15) + &lines(16..30);
    let path = folder.file("events.ndjson", &text);
    let offset = text.find(&pretty(15)).unwrap() as u64;
    for block_bytes in [97, 256, 1000, 3333, 4096, 1 << 20] {
        let reading = Reading {
            block_bytes,
            ..small()
        };
        let spec = SourceSpec::Path(path.clone());
        let read = read_all(spec, &Catalog::default(), reading);
        assert_eq!(read.reasons(), Vec::<&Reason>::new(), "{block_bytes}");
        let sorted: BTreeSet<_> = read.task_ids().into_iter().collect();
        let expected: BTreeSet<_> = task_ids(0..30).into_iter().collect();
        assert_eq!(sorted, expected, "{block_bytes}");
        let place = (task_id(15), 16, offset);
        assert!(read.places().contains(&place), "{block_bytes}");
    }
}

#[test]
fn damage_is_told_alike_for_every_block_size() {
    let folder = Folder::new();
    let cut = event(90);
    let text = [
        &lines(0..3),
        &cut[..cut.len() / 2],
        "\n",
        &lines(3..9),
        "no json here\n",
        &lines(9..15),
        "{\"EventType\": 1,,}\n",
        &lines(15..20),
    ]
    .concat();
    let path = folder.file("events.ndjson", &text);
    let read = |block_bytes| {
        let reading = Reading {
            block_bytes,
            ..small()
        };
        read_all(SourceSpec::Path(path.clone()), &Catalog::default(), reading)
    };
    let told = |read: &Read| -> BTreeSet<(u64, u64)> {
        let place = |problem: &&Problem| (problem.line, problem.offset);
        read.problems().iter().map(place).collect()
    };
    let whole = read(1 << 20);
    assert_eq!(whole.task_ids(), task_ids(0..20));
    let lines: Vec<u64> = told(&whole).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [4, 11, 18]);
    for block_bytes in (50..1500).step_by(7) {
        let parts = read(block_bytes);
        assert_eq!(parts.task_ids(), task_ids(0..20), "{block_bytes}");
        assert_eq!(told(&parts), told(&whole), "{block_bytes}");
    }
}

#[test]
fn documents_are_streamed() {
    let folder = Folder::new();
    let text: String = (0..200).map(pretty).collect();
    let read = read_path(&folder.file("events.json", text));
    assert_eq!(read.task_ids(), task_ids(0..200));
    assert_eq!(read.ends, [SourceEnd::Complete]);
}

#[test]
fn a_damaged_line_costs_only_itself() {
    let folder = Folder::new();
    let mut text = lines(0..50).into_bytes();
    text.extend_from_slice(b"{\"EventType\":\"\xff\xfe broken\",\n");
    text.extend_from_slice(lines(50..100).as_bytes());
    let read = read_path(&folder.file("events.ndjson", text));
    assert_eq!(read.task_ids(), task_ids(0..100));
    assert_eq!(read.problems().len(), 1);
    assert_eq!(read.problems()[0].line, 51);
    assert_eq!(read.opened[0].encoding, Encoding::Utf8);
}

#[test]
fn a_line_longer_than_the_limit_is_passed_over() {
    let folder = Folder::new();
    let long = format!("{{\"EventType\":\"{}\"}}\n", "x".repeat(300_000));
    let text = lines(0..20) + &long + &lines(20..40);
    let plain = read_path(&folder.file("events.ndjson", &text));
    let packed = read_path(&folder.file("events.ndjson.gz", gzip(text.as_bytes())));
    for read in [plain, packed] {
        assert_eq!(read.task_ids(), task_ids(0..40));
        assert_eq!(read.reasons(), [&Reason::TooLong { limit: 64 << 10 }]);
        let problem = read.problems()[0];
        assert_eq!(problem.line, 21);
        assert_eq!(problem.offset, lines(0..20).len() as u64);
        assert_eq!(problem.len, long.len() as u64 - 1);
        assert!(problem.excerpt.starts_with('{'));
        assert_eq!(read.places()[20].1, 22);
    }
}

#[test]
fn gzip_of_several_members_is_read_whole() {
    let folder = Folder::new();
    let mut content = gzip(lines(0..100).as_bytes());
    content.extend(gzip(lines(100..200).as_bytes()));
    // Told by its first bytes, not by its name.
    let read = read_path(&folder.file("events.txt", content));
    assert_eq!(read.task_ids(), task_ids(0..200));
    assert_eq!(read.opened[0].compression, Compression::Gzip);
}

#[test]
fn zstd_of_several_frames_is_read_whole() {
    let folder = Folder::new();
    let mut content = zstd::encode_all(lines(0..100).as_bytes(), 3).unwrap();
    content.extend(zstd::encode_all(lines(100..200).as_bytes(), 3).unwrap());
    let read = read_path(&folder.file("events.zst", content));
    assert_eq!(read.task_ids(), task_ids(0..200));
    assert_eq!(read.opened[0].compression, Compression::Zstd);
}

#[test]
fn a_cut_off_archive_keeps_its_good_records() {
    let folder = Folder::new();
    let text = lines(0..2000);
    let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
    for content in [gzip(text.as_bytes()), zstd] {
        let half = content.len() / 2;
        let read = read_path(&folder.file("events.packed", &content[..half]));
        assert!(read.task_ids().starts_with(&task_ids(0..100)));
        let bad = |reason: &&&Reason| matches!(reason, Reason::BadCompression { .. });
        assert_eq!(read.reasons().iter().filter(bad).count(), 1);
        assert_eq!(read.ends, [SourceEnd::Failed]);
    }
}

#[test]
fn every_encoding_gives_the_same_tasks() {
    let text = lines(0..60);
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let with_mark = format!("\u{feff}{text}");
        with_mark.encode_utf16().flat_map(unit).collect()
    };
    let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
    let folder = Folder::new();
    for (content, encoding) in [
        (text.clone().into_bytes(), Encoding::Utf8),
        (format!("\u{feff}{text}").into_bytes(), Encoding::Utf8Bom),
        (utf16(u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes), Encoding::Utf16Be),
        (gb18030, Encoding::Gb18030),
    ] {
        let packed = gzip(&content);
        for content in [content, packed] {
            let catalog = Catalog::default();
            let spec = SourceSpec::Path(folder.file("events.ndjson", content));
            let read = read_all(spec, &catalog, small());
            assert_eq!(read.opened[0].encoding, encoding);
            assert_eq!(read.task_ids(), task_ids(0..60), "{encoding:?}");
            assert_eq!(read.reasons(), Vec::<&Reason>::new(), "{encoding:?}");
            assert_rereads(&catalog, &read);
        }
    }
}

/// Every record read again is the record.
fn assert_rereads(catalog: &Catalog, read: &Read) {
    for (raw, task) in read.raw_refs().iter().zip(read.task_ids()) {
        let bytes = catalog.reread(raw, &Cancel::default()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with('{') && text.ends_with('}'), "{text}");
        assert!(text.contains(&format!("{task}\"")), "{text}");
    }
}

#[test]
fn pasted_text_is_read_and_read_again() {
    let catalog = Catalog::default();
    for text in [
        lines(0..5),
        (0..5).map(pretty).collect(),
        "\u{feff}".to_owned() + &lines(0..5),
    ] {
        let spec = SourceSpec::Text {
            name: "Pasted 1".to_owned(),
            text: text.into(),
        };
        let read = read_all(spec, &catalog, small());
        assert_eq!(read.task_ids(), task_ids(0..5));
        assert_eq!(read.opened[0].name, "Pasted 1");
        assert_eq!(read.opened[0].path, None);
        assert_rereads(&catalog, &read);
    }
}

#[test]
fn repaired_text_marks_its_rows() {
    let spec = SourceSpec::Repaired {
        name: "Pasted 1".to_owned(),
        text: lines(0..2).into(),
        repairs: vec![Repair {
            kind: RepairKind::Comment,
            line: 1,
            count: 1,
        }],
    };
    let read = read_all(spec, &Catalog::default(), small());
    let repaired = |row: &Row| row.flags.contains(RowFlags::REPAIRED);
    let mut rows = read.batches.iter().flat_map(|batch| &batch.segment.rows);
    assert_eq!(read.task_ids(), task_ids(0..2));
    assert!(rows.all(repaired));
}

#[test]
fn a_source_without_anything_says_so() {
    let folder = Folder::new();
    for content in ["", " \n\n\t\n"] {
        let read = read_path(&folder.file("events.json", content));
        assert_eq!(read.reasons(), [&Reason::Empty], "{content:?}");
        assert_eq!(read.ends, [SourceEnd::Failed]);
    }
    let spec = SourceSpec::Text {
        name: "Pasted 1".to_owned(),
        text: "".into(),
    };
    let read = read_all(spec, &Catalog::default(), small());
    assert_eq!(read.reasons(), [&Reason::Empty]);
}

#[test]
fn a_missing_file_is_a_problem_with_its_path() {
    let folder = Folder::new();
    let path = folder.path("nowhere.json");
    let read = read_path(&path);
    assert_eq!(read.opened[0].path, Some(path));
    assert_eq!(read.opened[0].name, "nowhere.json");
    assert!(
        matches!(read.reasons()[..], [Reason::Unreadable { why }] if !why.contains("os error"))
    );
    assert_eq!(read.ends, [SourceEnd::Failed]);
}

#[test]
fn a_picture_is_one_problem_not_many() {
    let folder = Folder::new();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0\x08\x06\0\0\0\n\n\n";
    let read = read_path(&folder.file("cover.json", png));
    assert_eq!(read.reasons(), [&Reason::NoJson]);
    assert_eq!(read.ends, [SourceEnd::Failed]);
}

#[test]
fn a_folder_is_read_by_name_and_passes_over_what_is_not_text() {
    let folder = Folder::new();
    folder.file("b.ndjson", lines(2..4));
    folder.file("a/2.json", pretty(1));
    folder.file("a/1.json", pretty(0));
    folder.file("c.gz", gzip(lines(4..6).as_bytes()));
    folder.file(".hidden.json", lines(9..10));
    let picture = folder.file("cover.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    let readme = folder.file("README.md", "# {events}\n");
    let empty = folder.file("d.json", "");
    let table = folder.file("e.csv", "name,{size}\n");
    let catalog = Catalog::default();
    let spec = SourceSpec::Path(folder.0.path().to_owned());
    let read = read_all(spec, &catalog, small());
    assert_eq!(read.task_ids(), task_ids(0..6));
    assert_eq!(read.opened.len(), 4);
    assert_eq!(read.ends, vec![SourceEnd::Complete; 4]);
    assert_eq!(read.reasons(), Vec::<&Reason>::new());
    assert_eq!(catalog.take_skipped(), [readme, picture, empty, table]);
    let ids: BTreeSet<SourceId> = read.opened.iter().map(|info| info.id).collect();
    assert_eq!(ids.len(), 4);
}

#[test]
fn events_in_the_cells_of_a_table_are_found_in_a_folder() {
    let folder = Folder::new();
    let cell = event(7).replace('"', "\"\"");
    folder.file("dump.csv", format!("id,body\n1,\"{cell}\"\n"));
    let catalog = Catalog::default();
    let spec = SourceSpec::Path(folder.0.path().to_owned());
    let read = read_all(spec, &catalog, small());
    assert_eq!(read.task_ids(), task_ids([7]));
    assert_eq!(read.reasons(), Vec::<&Reason>::new());
    let bytes = catalog.reread(&read.raw_refs()[0], &Cancel::default());
    assert_eq!(bytes, Ok(cell.into_bytes()));
}

#[test]
fn an_empty_file_that_was_named_is_a_problem() {
    let folder = Folder::new();
    let read = read_path(&folder.file("events.ndjson", ""));
    assert_eq!(read.reasons(), [&Reason::Empty]);
}

#[test]
fn a_folder_without_events_says_so() {
    let folder = Folder::new();
    folder.file("README.md", "# nothing\n");
    folder.file("empty.json", "");
    let read = read_path(folder.0.path());
    assert_eq!(read.reasons(), [&Reason::NoJson]);
    assert_eq!(read.opened[0].path.as_deref(), Some(folder.0.path()));
}

#[test]
fn a_record_that_changed_since_is_not_shown() {
    let folder = Folder::new();
    let catalog = Catalog::default();
    let path = folder.file("events.ndjson", lines(0..3));
    let read = read_all(SourceSpec::Path(path.clone()), &catalog, small());
    let raw = read.raw_refs();
    let reread = |raw| catalog.reread(raw, &Cancel::default());
    fs::write(&path, lines(0..1) + &lines(5..7)).unwrap();
    assert!(reread(&raw[0]).is_ok());
    assert_eq!(reread(&raw[1]), Err(Reason::Changed));
    fs::write(&path, lines(0..1)).unwrap();
    assert_eq!(reread(&raw[2]), Err(Reason::Changed));
    fs::remove_file(&path).unwrap();
    assert!(matches!(reread(&raw[0]), Err(Reason::Unreadable { .. })));
    catalog.forget(raw[0].source);
    assert!(matches!(reread(&raw[0]), Err(Reason::Unreadable { .. })));
}

#[test]
fn a_packed_file_is_unpacked_once_for_all_its_records() {
    let text = lines(0..60);
    let utf16 = format!("\u{feff}{text}");
    let utf16: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
    let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
    for content in [gzip(text.as_bytes()), zstd, utf16, gb18030] {
        let folder = Folder::new();
        let catalog = Catalog::default();
        let path = folder.file("events", content);
        let read = read_all(SourceSpec::Path(path.clone()), &catalog, small());
        let last = read.raw_refs().pop().unwrap();
        assert!(catalog.reread(&last, &Cancel::default()).is_ok());
        fs::remove_file(path).unwrap();
        assert_rereads(&catalog, &read);
        catalog.forget(last.source);
        let closed = catalog.reread(&last, &Cancel::default());
        assert!(matches!(closed, Err(Reason::Unreadable { .. })));
    }
}

#[test]
fn a_packed_record_that_changed_since_is_not_shown() {
    let folder = Folder::new();
    let catalog = Catalog::default();
    let before = gzip(lines(0..3).as_bytes());
    let path = folder.file("events.gz", &before);
    let raw = read_all(SourceSpec::Path(path.clone()), &catalog, small()).raw_refs();
    let reread = |raw| catalog.reread(raw, &Cancel::default());
    fs::write(&path, gzip((lines(0..1) + &lines(5..7)).as_bytes())).unwrap();
    assert!(reread(&raw[0]).is_ok());
    assert_eq!(reread(&raw[1]), Err(Reason::Changed));
    fs::write(&path, gzip(lines(0..1).as_bytes())).unwrap();
    assert_eq!(reread(&raw[2]), Err(Reason::Changed));
    fs::write(&path, before).unwrap();
    assert!(reread(&raw[2]).is_ok());
}

#[test]
fn only_the_last_few_unpacked_texts_are_kept() {
    let folder = Folder::new();
    let catalog = Catalog::default();
    let mut raws = Vec::new();
    for number in 0..9 {
        let path = folder.file("events.gz", gzip(lines(number..=number).as_bytes()));
        let read = read_all(SourceSpec::Path(path.clone()), &catalog, small());
        raws.extend(read.raw_refs());
        assert_rereads(&catalog, &read);
        fs::remove_file(path).unwrap();
    }
    let kept = |raw: &&RawRef| catalog.reread(raw, &Cancel::default()).is_ok();
    assert_eq!(raws.iter().rev().filter(kept).count(), 8);
}

#[test]
fn cancelling_ends_a_long_read() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..20_000));
    let job = start(SourceSpec::Path(path), &Catalog::default(), small());
    let mut read = Read::default();
    // The outbox is bounded, so the job cannot have finished by the first rows.
    while read.task_ids().is_empty() {
        read.take(job.recv().unwrap());
    }
    job.cancel();
    while let Some(event) = job.recv() {
        read.take(event);
    }
    assert_eq!(read.ends, [SourceEnd::Cancelled]);
    assert!(read.task_ids().len() < 20_000);
    assert!(task_ids(0..20_000).starts_with(&read.task_ids()));
}

#[test]
fn a_file_that_shrinks_keeps_what_was_read() {
    let folder = Folder::new();
    for text in [lines(0..20_000), (0..20_000).map(pretty).collect()] {
        let path = folder.file("events.json", &text);
        let job = start(SourceSpec::Path(path.clone()), &Catalog::default(), small());
        let mut read = Read::default();
        // Nothing more is received before the cut, so the job waits far from the end.
        while read.batches.is_empty() {
            read.take(job.recv().unwrap());
        }
        OpenOptions::new()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_len(1 << 20))
            .unwrap();
        while let Some(event) = job.recv() {
            read.take(event);
        }
        assert_eq!(read.ends, [SourceEnd::Failed]);
        assert_eq!(read.reasons().last(), Some(&&Reason::Shrunk));
        assert!(read.task_ids().starts_with(&task_ids(0..2000)));
    }
}

/// A followed file and what it has sent so far.
struct Follower {
    job: Job<SourceEvent>,
    read: Read,
    catalog: Catalog,
}

impl Follower {
    fn new(path: &Path) -> Self {
        let spec = SourceSpec::Follow(path.to_owned());
        let catalog = Catalog::default();
        Self {
            job: start(spec, &catalog, small()),
            read: Read::default(),
            catalog,
        }
    }

    /// Receives until `done` or until patience ends.
    fn until(&mut self, what: &str, done: impl Fn(&Read, &SourceEvent) -> bool) {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            match self.job.recv_timeout(PATIENCE) {
                Received::Item(event) => {
                    let copy = event.clone();
                    self.read.take(event);
                    if done(&self.read, &copy) {
                        return;
                    }
                }
                Received::Waiting | Received::Ended => break,
            }
        }
        panic!("never: {what}; {:?}", self.read.task_ids());
    }

    fn until_tasks(&mut self, expected: &[String]) {
        self.until("tasks", |read, _| read.task_ids() == expected);
    }

    fn until_caught_up(&mut self) {
        self.until("caught up", |_, event| {
            matches!(event, SourceEvent::CaughtUp { .. })
        });
    }

    fn until_restarted(&mut self) {
        self.until("restarted", |_, event| {
            matches!(event, SourceEvent::Restarted { .. })
        });
    }

    fn cancelled(mut self) -> Read {
        self.job.cancel();
        self.until("ended", |read, _| !read.ends.is_empty());
        assert_eq!(self.read.ends, [SourceEnd::Cancelled]);
        self.read
    }
}

fn append(path: &Path, text: &str) {
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_growing_file_is_followed_line_by_line() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..100));
    let mut follower = Follower::new(&path);
    follower.until_tasks(&task_ids(0..100));
    follower.until_caught_up();
    let next = event(100);
    let (first, second) = next.split_at(70);
    append(&path, first);
    follower.until_caught_up();
    append(&path, &format!("{second}\n"));
    follower.until_tasks(&task_ids(0..101));
    append(&path, &lines(101..300));
    follower.until_tasks(&task_ids(0..300));
    let read = follower.cancelled();
    assert_eq!(read.reasons(), Vec::<&Reason>::new());
    assert_eq!(read.places()[299].1, 300);
    assert_eq!(read.restarts, 0);
}

#[test]
fn a_followed_file_may_start_empty_and_lack_its_last_line_feed() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", "");
    let mut follower = Follower::new(&path);
    follower.until_caught_up();
    append(&path, &lines(0..1));
    follower.until_tasks(&task_ids(0..1));
    append(&path, &event(1));
    follower.until_tasks(&task_ids(0..2));
    append(&path, "\n");
    append(&path, &lines(2..3));
    follower.until_tasks(&task_ids(0..3));
    let read = follower.cancelled();
    assert_eq!(read.reasons(), Vec::<&Reason>::new());
    assert_eq!(read.places()[2].1, 3);
}

#[test]
fn a_rotated_file_is_read_to_its_end_and_then_the_new_one() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..3));
    let mut follower = Follower::new(&path);
    follower.until_caught_up();
    fs::rename(&path, folder.path("events.ndjson.1")).unwrap();
    append(&folder.path("events.ndjson.1"), &lines(3..5));
    folder.file("events.ndjson", lines(5..9));
    follower.until_restarted();
    assert_eq!(follower.read.task_ids(), task_ids(0..5));
    follower.until_tasks(&task_ids(0..9));
    let read = follower.cancelled();
    assert_eq!(read.places()[5].1, 1);
    assert_eq!(read.reasons(), Vec::<&Reason>::new());
}

#[test]
fn records_of_files_that_were_rotated_away_can_be_read_again() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..3));
    let mut follower = Follower::new(&path);
    follower.until_caught_up();
    for number in 1..12 {
        fs::rename(&path, folder.path("events.ndjson.1")).unwrap();
        folder.file("events.ndjson", lines(number * 3..number * 3 + 3));
        follower.until_tasks(&task_ids(0..number * 3 + 3));
    }
    fs::remove_file(folder.path("events.ndjson.1")).unwrap();
    fs::rename(&path, folder.path("gone")).unwrap();
    let catalog = follower.catalog.clone();
    let read = follower.cancelled();
    let raws = read.raw_refs();
    let reread = |raw: &RawRef| catalog.reread(raw, &Cancel::default());
    let readable: Vec<_> = raws.iter().map(|raw| reread(raw).is_ok()).collect();
    // The last eight of twelve files are kept open.
    assert_eq!(readable, [vec![false; 12], vec![true; 24]].concat());
    for (raw, number) in raws.iter().zip(0..).skip(12) {
        assert_eq!(reread(raw), Ok(event(number).into_bytes()));
    }
    catalog.forget(raws[0].source);
    assert!(reread(&raws[35]).is_err());
}

#[test]
fn every_growth_ends_in_one_caught_up() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..3));
    let mut follower = Follower::new(&path);
    follower.until_caught_up();
    let whole = event(20);
    let (begun, rest) = whole.split_at(60);
    let growths = [
        lines(3..4),
        lines(4..40),
        begun.to_owned(),
        rest.to_owned(),
        "\n".to_owned(),
        "no event\n".to_owned(),
        "\n\n".to_owned(),
    ];
    // More than one would come while the file rests.
    let rest = || Cancel::default().sleep(small().poll * 8);
    for growth in &growths {
        rest();
        append(&path, growth);
        follower.until_caught_up();
    }
    rest();
    let next = folder.file("next", lines(60..62));
    fs::rename(&path, folder.path("events.ndjson.1")).unwrap();
    fs::rename(&next, &path).unwrap();
    follower.until_caught_up();
    rest();
    append(&path, &lines(62..63));
    follower.until_caught_up();
    rest();
    let read = follower.cancelled();
    let tasks = [task_ids(0..40), task_ids([20]), task_ids(60..63)];
    assert_eq!(read.task_ids(), tasks.concat());
    assert_eq!(read.restarts, 1);
    assert_eq!(read.caught_up, 1 + growths.len() + 2);
}

#[test]
fn a_followed_file_that_is_cut_is_read_from_its_start() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..5));
    let mut follower = Follower::new(&path);
    follower.until_caught_up();
    // As long as before: only its first bytes tell.
    fs::write(&path, lines(5..10)).unwrap();
    follower.until_restarted();
    follower.until_tasks(&task_ids(0..10));
    let read = follower.cancelled();
    assert_eq!(read.reasons(), Vec::<&Reason>::new());
}

#[test]
fn sources_are_numbered_across_jobs() {
    let folder = Folder::new();
    let path = folder.file("events.ndjson", lines(0..1));
    let catalog = Catalog::default();
    let first = read_all(SourceSpec::Path(path.clone()), &catalog, small());
    let second = read_all(SourceSpec::Path(path), &catalog, small());
    assert_eq!(first.opened[0].id, SourceId(0));
    assert_eq!(second.opened[0].id, SourceId(1));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::process::Command;

    fn pipe(folder: &Folder) -> PathBuf {
        let path = folder.path("pipe");
        let made = Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        path
    }

    #[test]
    fn a_device_is_refused() {
        let read = read_path(Path::new("/dev/null"));
        assert_eq!(read.reasons(), [&Reason::NotAFile]);
    }

    #[test]
    fn a_pipe_that_was_named_is_read_like_standard_input() {
        let folder = Folder::new();
        let path = pipe(&folder);
        let file = folder.file("events.ndjson", lines(0..300));
        for spec in [
            SourceSpec::Path(path.clone()),
            SourceSpec::Follow(path.clone()),
        ] {
            let catalog = Catalog::default();
            let job = start(spec, &catalog, small());
            // A process of its own: writing waits for the reader, which may be what is broken.
            let mut writer = Command::new("cp").arg(&file).arg(&path).spawn().unwrap();
            let mut read = Read::default();
            while let Some(event) = job.recv() {
                read.take(event);
            }
            writer.kill().unwrap();
            writer.wait().unwrap();
            assert_eq!(read.task_ids(), task_ids(0..300));
            assert_eq!(read.reasons(), Vec::<&Reason>::new());
            assert_eq!(read.ends, [SourceEnd::Complete]);
            assert_eq!(read.opened[0].name, path.display().to_string());
            assert_rereads(&catalog, &read);
        }
    }

    #[test]
    fn a_pipe_without_a_writer_can_be_cancelled() {
        let folder = Folder::new();
        let spec = SourceSpec::Path(pipe(&folder));
        let job = start(spec, &Catalog::default(), small());
        job.cancel();
        let mut read = Read::default();
        while let Some(event) = job.recv() {
            read.take(event);
        }
        assert_eq!(read.ends, [SourceEnd::Cancelled]);
    }

    #[test]
    fn a_pipe_in_a_folder_is_passed_over() {
        let folder = Folder::new();
        let path = pipe(&folder);
        folder.file("events.ndjson", lines(0..2));
        let catalog = Catalog::default();
        let spec = SourceSpec::Path(folder.0.path().to_owned());
        let read = read_all(spec, &catalog, small());
        assert_eq!(read.task_ids(), task_ids(0..2));
        assert_eq!(read.reasons(), Vec::<&Reason>::new());
        assert_eq!(catalog.take_skipped(), [path]);
    }

    #[test]
    fn what_may_not_be_read_is_a_problem_and_the_rest_is_read() {
        let folder = Folder::new();
        let closed = folder.file("a.json", pretty(0));
        fs::create_dir(folder.path("b")).unwrap();
        folder.file("c.json", pretty(1));
        for path in [&closed, &folder.path("b")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
        }
        if fs::read(&closed).is_ok() {
            eprintln!("skipped: this user may read everything");
            return;
        }
        let read = read_path(folder.0.path());
        assert_eq!(read.task_ids(), task_ids(1..2));
        let denied = |reason: &&Reason| matches!(reason, Reason::Unreadable { .. });
        assert_eq!(read.reasons().into_iter().filter(denied).count(), 2);
        fs::set_permissions(folder.path("b"), fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn links_in_a_circle_are_walked_once() {
        let folder = Folder::new();
        folder.file("a/events.ndjson", lines(0..2));
        symlink(folder.0.path(), folder.path("a/up")).unwrap();
        symlink(folder.path("gone"), folder.path("b")).unwrap();
        let read = read_path(folder.0.path());
        assert_eq!(read.task_ids(), task_ids(0..2));
        assert_eq!(read.opened.len(), 2, "the dead link is a problem");
        assert!(matches!(read.reasons()[..], [Reason::Unreadable { .. }]));
    }
}

#[test]
fn a_log_with_records_in_it_has_no_problems() {
    let folder = Folder::new();
    let mut log = String::from("==== started ====\n");
    for number in 0..40 {
        log += "INFO idle, user {id=3}\n\nWARN {} left\n";
        log += "INFO got ";
        log += &lines([number]);
    }
    let read = read_path(&folder.file("vod.log", log));
    assert_eq!(read.problems(), Vec::<&Problem>::new());
    assert_eq!(read.task_ids().len(), 40);
    let text_lines: u64 = read.batches.iter().map(|batch| batch.text_lines).sum();
    assert_eq!(text_lines, 41);
    assert_eq!(read.ends, [SourceEnd::Complete]);
}

#[test]
fn text_without_json_is_one_problem() {
    let folder = Folder::new();
    let text = "a line of text\n\n\nand another\n".repeat(500);
    let read = read_path(&folder.file("notes.json", text));
    assert_eq!(read.reasons(), [&Reason::NoJson]);
}

#[test]
fn a_file_in_ruins_keeps_its_first_problems_and_counts_the_rest() {
    let folder = Folder::new();
    let text = lines([1]) + &"{\"EventType\":oops}\n".repeat(10_500);
    let read = read_path(&folder.file("ruins.ndjson", text));
    assert_eq!(read.problems().len(), 10_001);
    let last = read.reasons().last().copied();
    assert_eq!(last, Some(&Reason::More { count: 500 }));
    assert_eq!(read.task_ids(), task_ids([1]));
}

#[test]
fn an_unreadable_stretch_can_be_read_as_it_stands() {
    let folder = Folder::new();
    let text = "{\"EventType\": \"FileDeleted\", // a comment\n}\n";
    let path = folder.file("broken.json", text);
    let catalog = Catalog::default();
    let read = read_all(SourceSpec::Path(path), &catalog, Reading::default());
    let problem = read.problems().first().copied().unwrap().clone();
    let stretch = catalog.read_stretch(
        problem.source,
        problem.offset,
        problem.len,
        &Cancel::default(),
    );
    let stretch = String::from_utf8(stretch.unwrap()).unwrap();
    assert_eq!(stretch.trim(), text.trim());
}
