//! What one frame of the whole window costs with a million tasks in the list.
//!
//! `cargo bench --bench frame`. Building the rows is not timed; drawing, layout and what the
//! panels derive are. Rasterising is not ours and not in it.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use egui_kittest::Harness;
use vodscope::model::SourceSpec;
use vodscope::shell::App;

const TASKS: usize = 1_000_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn million_tasks_at_the_top(bencher: divan::Bencher<'_, '_>) {
    let harness = loaded();
    bencher.bench_local(|| harness.borrow_mut().step());
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn million_tasks_while_scrolling(bencher: divan::Bencher<'_, '_>) {
    let harness = loaded();
    bencher.bench_local(|| {
        let mut harness = harness.borrow_mut();
        harness.key_press(egui::Key::PageDown);
        harness.step();
    });
}

fn loaded() -> RefCell<Harness<'static, App>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("million.ndjson");
    write_events(&path).expect("room for the events");
    let specs = vec![SourceSpec::Path(path)];
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1440.0, 900.0))
        .build_eframe(|cc| App::new(cc, None, specs));
    while harness.state().state().index.row_count() < TASKS
        || harness.state().state().sources.is_reading()
    {
        harness.step();
    }
    for _ in 0..10 {
        harness.step();
    }
    RefCell::new(harness)
}

fn write_events(path: &Path) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for n in 0..TASKS {
        let second = n % 60;
        let minute = n / 60 % 60;
        let hour = n / 3_600 % 24;
        let status = if n % 20 == 0 { "FAIL" } else { "SUCCESS" };
        writeln!(
            out,
            r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"1256768367-Procedure-{n:032x}t1","Status":"FINISH","FileId":"52858907842{n:08}","FileName":"课程_{n}.mp4","MediaProcessResultSet":[{{"Type":"Transcode","TranscodeTask":{{"Status":"{status}","Input":{{"Definition":100030}},"BeginProcessTime":"2026-11-20T{hour:02}:{minute:02}:00Z","FinishTime":"2026-11-20T{hour:02}:{minute:02}:{second:02}Z"}}}}]}}}}"#
        )?;
    }
    out.flush()
}
