//! Keeps the modules in their ranks by reading the source, and names the line that breaks a rule.

use std::path::Path;

use rules::{check, cycles};
use scan::Source;

mod rules;
mod scan;

fn read_sources(folder: &Path, below: &str, into: &mut Vec<Source>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{below}{name}");
        if path.is_dir() {
            read_sources(&path, &format!("{name}/"), into)?;
        } else if path.extension().is_some_and(|found| found == "rs") {
            into.push(Source::new(&name, &std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

fn own_sources() -> Vec<Source> {
    let mut sources = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_sources(&folder, "", &mut sources).unwrap_or_else(|error| panic!("src: {error}"));
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

#[test]
fn every_module_keeps_its_rank_and_its_crates() {
    let sources = own_sources();
    assert!(
        sources.len() > 2,
        "too few files under src: is this the project?"
    );
    let found: Vec<_> = sources.iter().flat_map(check).collect();
    let report: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "\n{}\n", report.join("\n"));
}

#[test]
fn no_module_reaches_itself() {
    assert_eq!(cycles(&own_sources()), Vec::<String>::new());
}

/// The reasons and lines that checking `text` as `path` gives.
fn found(path: &str, text: &str) -> Vec<(usize, String)> {
    let violations = check(&Source::new(path, text)).into_iter();
    violations.map(|found| (found.line, found.reason)).collect()
}

#[test]
fn an_import_upward_is_found_at_its_line() {
    let violations = check(&Source::new(
        "store/filter.rs",
        "//! x\n\nuse crate::ui::theme;\n",
    ));
    let shown: Vec<_> = violations.iter().map(ToString::to_string).collect();
    let expected = "src/store/filter.rs:3: `store` (rank 1) must not import `ui` (rank 3): \
                    imports go down\n    use crate::ui::theme;";
    assert_eq!(shown, [expected]);
}

#[test]
fn imports_in_groups_and_inline_paths_are_found() {
    let text = "use crate::{\n    model::{state, Id},\n    source::Job,\n};\nfn f() { crate::shell::run() }\n";
    let lines: Vec<_> = found("state/mod.rs", text)
        .iter()
        .map(|found| found.0)
        .collect();
    assert_eq!(lines, [3, 5]);
}

#[test]
fn super_reaches_the_root_only_from_the_right_depth() {
    assert_eq!(found("store/mod.rs", "use super::decode::Row;").len(), 1);
    assert_eq!(found("store/filter.rs", "use super::decode::Row;").len(), 0);
    assert_eq!(
        found("store/filter.rs", "use super::super::decode::Row;").len(),
        1
    );
    assert_eq!(
        found("store/mod.rs", "mod tests {\n use super::decode;\n}").len(),
        0
    );
    assert_eq!(
        found("store/mod.rs", "mod tests {\n use super::super::decode;\n}").len(),
        1
    );
}

#[test]
fn downward_imports_children_and_listed_neighbours_are_allowed() {
    assert_eq!(
        found("ui/mod.rs", "use crate::state::App; use crate::ui::theme;"),
        []
    );
    assert_eq!(
        found("decode/mod.rs", "use crate::{knowledge, model::Row};"),
        []
    );
    assert_eq!(found("text/en.rs", "use crate::knowledge::Code;"), []);
    assert_eq!(found("main.rs", "use vodscope::{cli, shell};"), []);
}

#[test]
fn neighbours_that_are_not_listed_are_found() {
    for (path, text) in [
        ("knowledge/mod.rs", "use crate::text::Lang;"),
        ("store/mod.rs", "use crate::decode::Row;"),
        ("state/mod.rs", "use crate::source::Job;"),
        ("source/mod.rs", "use crate::state::App;"),
        ("ui/mod.rs", "use crate::source::Job;"),
    ] {
        assert_eq!(found(path, text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn comments_and_literals_are_not_code() {
    let text = "// crate::ui::x\n/* crate::ui */\nconst A: &str = \"crate::ui::x \\\" egui::X\";\n\
                const B: &str = r#\"crate::ui::\"x\"#;\nconst C: char = '\"';\nuse crate::ui::y;\n";
    let lines: Vec<_> = found("store/mod.rs", text)
        .iter()
        .map(|found| found.0)
        .collect();
    assert_eq!(lines, [6]);
}

#[test]
fn reserved_crates_threads_and_colours_are_found() {
    for (path, text) in [
        ("state/mod.rs", "use egui::Ui;"),
        ("ui/mod.rs", "use eframe::App;"),
        ("ui/raw.rs", "let v = serde_json::Value::Null;"),
        ("store/mod.rs", "use std::{fmt, thread};"),
        ("store/mod.rs", "std::thread::yield_now();"),
        ("ui/panel.rs", "let c = Color32::from_rgb(1, 2, 3);"),
        ("source/mod.rs", "use clap::Parser;"),
        ("decode/mod.rs", "use zstd;"),
    ] {
        assert_eq!(found(path, text).len(), 1, "{path}: {text}");
    }
    assert_eq!(
        found("ui/theme/tokens.rs", "Color32::from_rgb(1, 2, 3)"),
        []
    );
    assert_eq!(found("job/mod.rs", "std::thread::Builder::new()"), []);
}

#[test]
fn empty_names_and_modules_without_rank_are_found() {
    assert_eq!(found("ui/utils.rs", "").len(), 1);
    assert_eq!(found("ui/misc/mod.rs", "").len(), 1);
    assert_eq!(
        found("network/mod.rs", ""),
        [(1, "`network` has no rank".to_owned())]
    );
}

#[test]
fn a_cycle_is_found() {
    let sources = [
        Source::new("model/mod.rs", "use crate::job::Wake;"),
        Source::new("job.rs", "use crate::model::Id;"),
        Source::new("text/mod.rs", "use crate::model::Id;"),
    ];
    assert_eq!(cycles(&sources), ["job", "model"]);
}
