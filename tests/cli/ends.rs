//! How the program ends, and what it says of what it could not do.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use crate::program::{line_of, place, program, run, run_with_input, samples};

#[test]
fn problems_are_one_line_each_and_cost_no_other_record() {
    let ran = run(["list", "--format", "ndjson", "edge/damaged.ndjson"]);
    assert_eq!((ran.code, ran.ndjson().len()), (Some(1), 5));
    let bytes = std::fs::read(samples().join("edge/damaged.ndjson")).unwrap();
    let problems: Vec<_> = ran.err.lines().map(place).collect();
    let lines: Vec<_> = problems.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 4, 6, 8, 10]);
    for (line, offset) in problems {
        assert_eq!((line_of(&bytes, offset), bytes[offset - 1]), (line, b'\n'));
    }
}

#[test]
fn a_record_stands_where_its_source_says() {
    for name in [
        "09-other-events.ndjson",
        "formats/many-concatenated.json",
        "formats/v3-pull-response.json",
        "formats/many-array.json",
        "edge/truncated.json",
    ] {
        let bytes = std::fs::read(samples().join(name)).unwrap();
        for task in run(["list", "--format", "ndjson", name]).ndjson() {
            let offset = usize::try_from(task["source"]["offset"].as_u64().unwrap()).unwrap();
            assert_eq!(
                task["source"]["line"],
                line_of(&bytes, offset),
                "{name} {task}"
            );
            assert_eq!(bytes[offset], b'{', "{name} {task}");
        }
    }
}

#[test]
fn text_from_an_event_cannot_steer_the_terminal() {
    let event = br#"{"EventType":"FileDeleted\u001b[31m\n","FileDeleteEvent":{"FileIdSet":["1"]}}
{"a\nb\u001b[2J":1}"#;
    let ran = run_with_input(["list", "-"], event);
    assert_eq!(ran.code, Some(1));
    assert!(
        !ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'),
        "{ran:?}"
    );
    assert_eq!(
        (ran.out.lines().count(), ran.err.lines().count()),
        (2, 1),
        "{ran:?}"
    );
}

#[test]
fn nothing_readable_ends_with_2_and_a_reason() {
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    for path in [
        "edge/empty.json",
        "edge/needs-repair.json",
        "no/such/file.json",
        "-",
        empty,
    ] {
        let ran = run(["list", path]);
        assert_eq!(ran.code, Some(2), "{path}: {ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{path}: {ran:?}");
        place(ran.err.lines().next().unwrap());
    }
}

#[test]
fn one_unreadable_file_beside_a_good_one_ends_with_1() {
    let ran = run([
        "list",
        "--format",
        "ndjson",
        "no/such/file.json",
        "01-callback.json",
    ]);
    assert_eq!((ran.code, ran.ndjson().len()), (Some(1), 1));
    assert!(
        ran.err.starts_with("no/such/file.json:0:0: "),
        "{}",
        ran.err
    );
}

#[test]
fn wrong_usage_ends_with_2_and_says_how_it_goes() {
    for args in [
        &["list"][..],
        &["show", "id"],
        &["stats", "01-callback.json"],
        &["list", "--verdict", "fine", "01-callback.json"],
        &["list", "--format", "xml", "01-callback.json"],
        &["--no-such-option"],
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.err.starts_with("error: "), "{args:?}: {}", ran.err);
    }
}

#[test]
fn help_and_version_are_results_not_errors() {
    for args in [
        &["--help"][..],
        &["list", "--help"],
        &["show", "--help"],
        &["stats", "-h"],
        &["pull", "--help"],
        &["listen", "--help"],
        &["replay", "--help"],
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(ran.out.contains("Usage: vodscope"), "{args:?}: {}", ran.out);
    }
    let version = run(["--version"]);
    assert_eq!(
        version.out,
        format!("vodscope {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    for format in ["ndjson", "json", "csv", "table"] {
        // More than a pipe holds, so that the program is still writing when its reader leaves.
        let mut args = vec!["list", "--format", format];
        args.extend([".", "launch-night.ndjson"]);
        let mut command = program(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        reader.read_line(&mut first).unwrap();
        drop(reader);
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        // The samples hold damaged files; of the pipe nothing is said.
        assert_eq!(child.wait().unwrap().code(), Some(1), "{format}");
        assert!(
            !first.is_empty() && !err.contains("Cannot write"),
            "{format}: {err}"
        );
        assert!(!err.contains("panicked"), "{format}: {err}");
    }
}

#[test]
fn help_is_in_the_language_of_the_system() {
    let home = crate::home::Home::new();
    let told = |locale: &str, args: &[&str]| {
        let mut command = home.program(args);
        let ran = crate::program::ended(&command.env("LC_ALL", locale).output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
        ran.out
    };
    let pull = ["pull", "--help"];
    let zh = told("zh_CN.UTF-8", &pull);
    let headings = [
        "用法：vodscope pull ",
        "选项:",
        "[可选：tasks、queue]",
        "退出状态：",
    ];
    for words in headings {
        assert!(zh.contains(words), "{words}: {zh}");
    }
    for english in [
        "Usage",
        "Options",
        "default:",
        "possible values",
        "Print help",
    ] {
        assert!(!zh.contains(english), "{english}: {zh}");
    }
    let en = told("en_US.UTF-8", &pull);
    assert!(
        en.contains("Usage: vodscope pull ") && en.is_ascii(),
        "{en}"
    );
    let all = told("zh_CN.UTF-8", &["--help"]);
    assert!(all.contains("命令:") && all.contains("list "), "{all}");
    assert!(all.contains("参数:") && all.contains("示例："), "{all}");
}
