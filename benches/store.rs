//! A million rows: ingest, filter, facets, sort, and the bytes each row costs.

#[path = "../tests/support/segments.rs"]
#[expect(dead_code, unreachable_pub, reason = "shared with the tests")]
mod segments;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use segments::{Event, event, failed_sub, push, sub};
use vodscope::model::{Segment, SourceId, Verdict};
use vodscope::store::{Index, Query, Sort};

const ROWS: u64 = 1_000_000;
const ROWS_PER_SEGMENT: u64 = 1_450;

static INDEX: LazyLock<Index> = LazyLock::new(|| ingest(segments()));

fn main() {
    let index = LazyLock::force(&INDEX);
    eprintln!(
        "{} rows, {} tasks, {:.1} bytes a row",
        index.row_count(),
        index.task_count(),
        index.memory_bytes() as f64 / index.row_count() as f64
    );
    divan::main();
}

fn ingest(segments: Vec<Segment>) -> Index {
    let mut index = Index::new();
    for segment in segments {
        index.ingest(SourceId(0), segment);
    }
    index
}

fn segments() -> Vec<Segment> {
    let mut random = Random(7);
    let mut made = Vec::new();
    let mut segment = Segment::default();
    for number in 0..ROWS {
        push(&mut segment, &random_event(number, &mut random));
        if (number + 1).is_multiple_of(ROWS_PER_SEGMENT) {
            made.push(std::mem::take(&mut segment));
        }
    }
    made.push(segment);
    made
}

/// Three rows in four open a task; the others repeat one of the last sixty-four.
fn random_event(number: u64, random: &mut Random) -> Event {
    let repeats = random.below(4) == 0;
    let task = number
        - if repeats {
            random.below(64).min(number)
        } else {
            0
        };
    let hash = Random(task).next();
    let id = format!(
        "1500000001-Procedure-{hash:016x}{:016x}t0",
        hash.rotate_left(17)
    );
    let name = match hash % 4 {
        0 => format!("动物世界_{:03}", hash % 1_000),
        1 => format!("Holiday Trip {:04}.MP4", hash % 10_000),
        2 => "第三集 片头".to_owned(),
        _ => format!("lesson-{hash:08x}.mov"),
    };
    let time = 1_694_131_200 + u32::try_from(number / 2 + random.below(120)).unwrap_or(0);
    let failed = hash.is_multiple_of(25);
    let mut subs = vec![sub(
        "Transcode",
        100_010 + 10 * u32::try_from(hash % 5).unwrap_or(0),
    )];
    if hash.is_multiple_of(3) {
        subs.push(sub("CoverBySnapshot", 10));
    }
    if failed {
        subs.push(failed_sub("ImageSprites", 10, "SourceMediaError"));
    }
    event(&id)
        .file(
            &format!("{:019}", 5_285_890_780_000_000_000 + hash % 1_000_000_000),
            &name,
        )
        .time(time - 60, time)
        .checksum(number)
        .verdict(if failed {
            Verdict::PartlyFailed
        } else {
            Verdict::Ok
        })
        .subs(subs)
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

#[divan::bench(sample_count = 3)]
fn ingest_a_million(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(segments).bench_values(ingest);
}

const QUERIES: [&str; 8] = [
    "",
    "nowhere-at-all",
    "动物世界_123",
    "e",
    "mp4",
    "procedure",
    "verdict:partly_failed",
    "template:100030 -code:SourceMediaError",
];

#[divan::bench(args = QUERIES, sample_count = 20)]
fn view(query: &str) -> usize {
    INDEX
        .view(&Query::parse(black_box(query)), Sort::Newest)
        .len()
}

/// From none to all: what is typed first stands in nearly every row, hexadecimal digits are
/// everywhere in ids, and names are in many scripts.
const WORDS: [&str; 22] = [
    "nowhere-at-all",
    "片尾",
    "видео",
    "5285890780123",
    "a1b2c3",
    "0a1",
    "7b",
    "75",
    "trip",
    "mp4",
    "动物",
    "pr",
    "procedure",
    "1",
    "a",
    "e",
    "1 a 7",
    "trip 75",
    "75 7b",
    "procedure 75",
    "procedure lesson",
    "1 -\"a\"",
];

#[divan::bench(args = WORDS, sample_count = 20)]
fn filter(query: &str) -> usize {
    INDEX.count(&Query::parse(black_box(query)))
}

#[divan::bench(args = Sort::ALL, sample_count = 5)]
fn sort(sort: Sort) -> usize {
    INDEX.view(&Query::default(), black_box(sort)).len()
}

#[divan::bench(sample_count = 20)]
fn related() -> usize {
    let task = INDEX.tasks().nth(500_000);
    task.map_or(0, |task| INDEX.related(black_box(task)).len())
}
