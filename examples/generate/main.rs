//! Writes files of invented events, the same ones for the same options, to measure and test with.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use damage::Damage;
use event::Writer;
use json::Json;
use options::{Amount, Options, Shape, USAGE};
use stream::Stream;

mod ai;
mod damage;
mod event;
mod json;
mod media;
mod options;
mod outcome;
mod result;
mod rng;
mod stream;
mod task;
mod time;
mod words;

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)) {
        Err(reason) => {
            eprintln!("{reason}\n{USAGE}");
            ExitCode::from(2)
        }
        Ok(options) => match write_out(&options) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("Cannot write the events: {error}");
                ExitCode::FAILURE
            }
            Ok(()) => ExitCode::SUCCESS,
        },
    }
}

fn write_out(options: &Options) -> io::Result<()> {
    let out: Box<dyn Write> = match &options.out {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(io::stdout().lock()),
    };
    let mut out = BufWriter::with_capacity(1 << 18, out);
    generate(options, &mut out)?;
    out.flush()
}

/// What stands before, between and after the events, and how deep they are.
struct Frame {
    open: &'static str,
    between: &'static str,
    close: &'static str,
    depth: usize,
}

impl Frame {
    fn new(options: &Options) -> Self {
        let (open, between, close, depth) = match options.shape {
            Shape::Lines if options.crlf => ("", "\r\n", "\r\n", 0),
            Shape::Lines | Shape::Concatenated => ("", "\n", "\n", 0),
            Shape::Array => ("[\n", ",\n", "\n]\n", 1),
            Shape::Pull => (
                "{\"Response\":{\"EventSet\":[\n",
                ",\n",
                "\n],\"RequestId\":\"00000000-0000-4000-8000-000000000000\"}}\n",
                3,
            ),
        };
        Self {
            open,
            between,
            close,
            depth,
        }
    }
}

fn generate(options: &Options, out: &mut impl Write) -> io::Result<()> {
    let frame = Frame::new(options);
    let mut stream = Stream::new(options.seed, options.days, Writer::new(options));
    let mut damage = Damage::new(options.seed, options.bad_per_100k);
    let mut json = Json::new(options.style);
    let (mut events, mut bytes) = (0, frame.open.len() as u64);
    out.write_all(frame.open.as_bytes())?;
    loop {
        let progress = match options.amount {
            Amount::Bytes(total) => (bytes, total),
            Amount::Events(total) => (events, total),
        };
        if progress.0 >= progress.1 {
            break;
        }
        if events > 0 {
            out.write_all(frame.between.as_bytes())?;
        }
        json.restart(frame.depth);
        stream.next(&mut json, progress);
        damage.apply(&mut json.text);
        out.write_all(&json.text)?;
        events += 1;
        bytes += (json.text.len() + frame.between.len()) as u64;
    }
    out.write_all(frame.close.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated(line: &str) -> String {
        let options = Options::parse(line.split_whitespace().map(ToOwned::to_owned)).unwrap();
        let mut out = Vec::new();
        generate(&options, &mut out).unwrap();
        String::from_utf8_lossy(&out).into_owned()
    }

    fn is_json(text: &str) -> bool {
        serde_json::from_str::<serde_json::Value>(text).is_ok()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        assert_eq!(
            generated("--events 50 --seed 3"),
            generated("--events 50 --seed 3")
        );
        assert_ne!(
            generated("--events 50 --seed 3"),
            generated("--events 50 --seed 4")
        );
    }

    #[test]
    fn every_line_is_an_event_and_the_damaged_ones_are_not() {
        let fine = generated("--events 300 --crlf --slash");
        assert_eq!(fine.lines().filter(|line| is_json(line)).count(), 300);
        let damaged = generated("--events 300 --bad 20000");
        let bad = damaged.lines().filter(|line| !is_json(line)).count();
        assert!((30..100).contains(&bad), "{bad} of 300 are damaged");
    }

    #[test]
    fn one_document_shapes_are_json() {
        for line in [
            "--shape pull --pretty tab",
            "--shape array --ascii",
            "--shape pull",
        ] {
            assert!(
                is_json(&generated(&format!("{line} --events 20"))),
                "{line}"
            );
        }
    }
}
