//! What each command prints, in every format.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::members;
use crate::program::{
    Ran, extension, file_names, run, run_in_chinese, run_with_input, samples, text,
};

const PARTLY_FAILED: &str = "1256768367-Procedure-8c03f1a7295e4bd09c6e7d41f2ba50e8t0";
const MISSING_SUB_TASK: &str = "1256768367-Procedure-d3109bb2f7714c0c8e55a2c90e6f1b47t0";
const MODERATION_HIT: &str = "1256768367-Procedure-70cc4a1e5b6d4f21a8e9b2d7c3f01e95t3";

#[test]
fn every_bundled_sample_is_listed_as_what_it_is() {
    let mut lines = String::new();
    for folder in ["", "formats/", "edge/"] {
        for name in file_names(&samples().join(folder)) {
            if extension(&name) == "md" || name == "launch-night.ndjson" {
                continue;
            }
            let path = format!("{folder}{name}");
            let ran = run(["list", "--format", "ndjson", &path]);
            writeln!(lines, "{path}: exit {}", ran.code.unwrap()).unwrap();
            for task in ran.ndjson() {
                let [format, verdict] = ["format", "verdict"].map(|name| text(&task[name]));
                let [kind, id] = ["event_type", "task_id"].map(|name| text(&task[name]));
                let subs = task["sub_tasks"].as_array().unwrap().len();
                let place = format!("{}:{}", task["source"]["line"], task["source"]["offset"]);
                writeln!(lines, "  {format} {kind} {verdict} {subs} {id} {place}").unwrap();
            }
            lines += &ran.err;
        }
    }
    insta::assert_snapshot!("bundled_samples", lines);
}

#[test]
fn every_task_has_exactly_the_documented_members() {
    let ran = run(["list", "--format", "ndjson", "."]);
    let tasks = ran.ndjson();
    assert!(tasks.len() > 100, "{} tasks", tasks.len());
    for task in tasks {
        assert_eq!(members::faults(&task), [""; 0], "{task:#}");
    }
}

#[test]
fn every_documented_member_has_a_line_in_the_documentation() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    let ran = run(["list", "--format", "ndjson", "04-partly-failed.json"]);
    let task = ran.ndjson().remove(0);
    for (name, value) in task.as_object().unwrap() {
        let (prefix, inner) = match value {
            Value::Object(inner) => (format!("{name}."), Some(inner)),
            Value::Array(items) => (
                format!("{name}[]."),
                items.first().and_then(Value::as_object),
            ),
            _ => (String::new(), None),
        };
        let nested = inner.into_iter().flat_map(|inner| inner.keys());
        let nested: Vec<_> = nested.map(|inner| format!("`{prefix}{inner}`")).collect();
        for member in if nested.is_empty() {
            vec![format!("`{name}")]
        } else {
            nested
        } {
            assert!(docs.contains(&member), "{member} is not in docs/cli.md");
        }
    }
}

#[test]
fn what_an_event_does_not_say_is_null() {
    let ran = run([
        "list",
        "--format",
        "ndjson",
        "formats/api-error-empty-queue.json",
    ]);
    let task = ran.ndjson().remove(0);
    for name in [
        "task_id",
        "event_type",
        "status",
        "file_id",
        "file_name",
        "media",
    ] {
        assert_eq!(task[name], Value::Null, "{name}");
    }
    assert_eq!(task["err_code"], "ResourceNotFound");
}

#[test]
fn bitrates_without_a_certain_unit_are_not_called_bits_per_second() {
    let ran = run([
        "list",
        "--format",
        "ndjson",
        "formats/v2-procedure-state-changed.json",
    ]);
    let task = ran.ndjson().remove(0);
    assert_eq!(task["media"]["bitrate_bps"], Value::Null);
    assert_eq!(task["outputs"][0]["bitrate_bps"], Value::Null);
    assert_eq!(task["outputs"][0]["width"], 640);
}

#[test]
fn an_output_names_the_sub_task_that_its_definition_belongs_to() {
    let ran = run(["list", "--format", "ndjson", "04-partly-failed.json"]);
    let task = ran.ndjson().remove(0);
    let outputs = task["outputs"].as_array().unwrap().iter();
    let outputs: BTreeSet<_> = outputs
        .map(|o| (text(&o["kind"]), o["definition"].as_i64()))
        .collect();
    let expected = [
        ("AdaptiveDynamicStreaming", Some(10)),
        ("ImageSprites", Some(10)),
        ("Transcode", Some(100_020)),
        ("Transcode", Some(100_030)),
    ];
    assert_eq!(outputs, BTreeSet::from(expected));
}

#[test]
fn json_is_an_array_of_what_ndjson_prints() {
    let lines = run(["list", "--format", "ndjson", "09-other-events.ndjson"]).ndjson();
    let array = run(["list", "--format", "json", "09-other-events.ndjson"]);
    assert_eq!(
        serde_json::from_str::<Value>(&array.out).unwrap(),
        Value::Array(lines)
    );
    let none = run([
        "list",
        "--format",
        "json",
        "--filter",
        "no such name",
        "01-callback.json",
    ]);
    assert_eq!(serde_json::from_str::<Value>(&none.out).unwrap(), json!([]));
    assert_eq!(none.code, Some(0));
}

#[test]
fn csv_has_the_flat_members_and_empty_cells() {
    let ran = run([
        "list",
        "--format",
        "csv",
        "09-other-events.ndjson",
        "01-callback.json",
    ]);
    insta::assert_snapshot!("csv", ran.out);
}

#[test]
fn tables_are_for_people() {
    let ran = run([
        "list",
        "09-other-events.ndjson",
        "06-running.json",
        "07-missing-sub-task.json",
    ]);
    insta::assert_snapshot!("table", ran.transcript());
}

#[test]
fn filters_and_verdicts_narrow_the_list() {
    let ids = |args: &[&str]| {
        let ran = run(["list", "--format", "ndjson", "launch-night.ndjson"]
            .iter()
            .chain(args));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        ran.ndjson()
    };
    let all = ids(&[]);
    let count = |verdict: &str| all.iter().filter(|task| task["verdict"] == verdict).count();
    let (failed, partly) = (count("failed"), count("partly_failed"));
    assert!(failed > 0 && partly > 0 && failed + partly < all.len());
    assert_eq!(ids(&["--verdict", "failed"]).len(), failed);
    let both = ids(&[
        "--verdict",
        "failed",
        "--verdict",
        "partly_failed",
        "--verdict",
        "failed",
    ]);
    assert_eq!(both.len(), failed + partly);
    let named = ids(&["--filter", "LAUNCH-night-opening"]);
    assert!(!named.is_empty());
    assert!(
        named
            .iter()
            .all(|task| text(&task["file_name"]).contains("launch-night-opening"))
    );
    assert!(ids(&["--filter", "-verdict:ok", "--verdict", "failed"]).len() == failed);
}

#[test]
fn a_task_is_explained_in_the_language_of_the_system() {
    let files = ["04-partly-failed.json", "07-missing-sub-task.json"];
    for (id, name) in [
        (PARTLY_FAILED, "partly_failed"),
        (MISSING_SUB_TASK, "missing"),
    ] {
        let args = ["show", id, files[0], files[1]];
        insta::assert_snapshot!(format!("show_{name}_en"), run(args).transcript());
        insta::assert_snapshot!(format!("show_{name}_zh"), run_in_chinese(args).transcript());
    }
}

#[test]
fn moderation_hits_are_flagged_to_a_person_and_noted_for_a_program() {
    let file = "08-moderation-hit.json";
    let args = ["show", MODERATION_HIT, file];
    insta::assert_snapshot!("show_moderation_en", run(args).transcript());
    insta::assert_snapshot!("show_moderation_zh", run_in_chinese(args).transcript());
    let task = run(["list", "--format", "ndjson", file]).ndjson().remove(0);
    assert_eq!(task["verdict"], "ok");
    let expected = json!([
        "Porn: moderation says block, label sexy, in 2 segments",
        "Political.Ocr: moderation says review, in 1 segment",
    ]);
    assert_eq!(task["notes"], expected);
}

#[test]
fn long_file_names_lose_their_middle_in_tables_only() {
    let name = format!("{}动物世界.mp4", "long-name-".repeat(8));
    let upload = json!({
        "EventType": "NewFileUpload",
        "FileUploadEvent": {
            "FileId": "5285890784410387591",
            "MediaBasicInfo": {"Name": name},
        },
    });
    let input = upload.to_string();
    let table = run_with_input(["list", "-"], input.as_bytes());
    let short = "long-name-long-name-long…-long-name-动物世界.mp4";
    assert!(table.out.contains(&format!("  {short}  ")), "{}", table.out);
    let csv = run_with_input(["list", "--format", "csv", "-"], input.as_bytes());
    assert!(csv.out.contains(&name), "{}", csv.out);
}

#[test]
fn a_task_shown_as_json_is_its_line_of_the_list() {
    let shown = run([
        "show",
        PARTLY_FAILED,
        "--format",
        "json",
        "04-partly-failed.json",
    ]);
    let listed = run(["list", "--format", "ndjson", "04-partly-failed.json"]);
    assert_eq!(shown.ndjson(), listed.ndjson());
}

#[test]
fn an_unknown_task_is_said_and_ends_with_2() {
    let ran = run(["show", "no-such-task", "01-callback.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(
        ran.err,
        "No task no-such-task in what was read; `vodscope list` prints the ones there are\n"
    );
}

#[test]
fn counts_are_given_by_each_of_five() {
    let mut lines = String::new();
    for by in ["verdict", "event_type", "kind", "code", "template"] {
        let ran = run(["stats", "--by", by, "formats", "launch-night.ndjson"]);
        write!(lines, "by {by}\n{}", ran.transcript()).unwrap();
    }
    insta::assert_snapshot!("stats", lines);
}

#[test]
fn counts_have_every_format_and_an_unknown_value_is_null() {
    let args = |format| {
        [
            "stats",
            "--by",
            "event_type",
            "--format",
            format,
            "formats/media-infos.json",
            "formats/api-error-signature.json",
        ]
    };
    let expected = [
        json!({"value": "MediaInfo", "tasks": 1}),
        json!({"value": null, "tasks": 1}),
    ];
    let sorted = |mut counts: Vec<Value>| {
        counts.sort_by_key(|count| count["value"].is_null());
        counts
    };
    assert_eq!(sorted(run(args("ndjson")).ndjson()), expected);
    let array = serde_json::from_str(&run(args("json")).out).unwrap();
    assert_eq!(sorted(array), expected);
    let csv = run(args("csv")).out;
    let lines: BTreeSet<_> = csv.lines().collect();
    assert_eq!(lines, BTreeSet::from(["value,tasks", "MediaInfo,1", ",1"]));
}

#[test]
fn standard_input_is_read_like_a_file() {
    let bytes = std::fs::read(samples().join("edge/events.ndjson.gz")).unwrap();
    let piped = run_with_input(["list", "--format", "ndjson", "-"], &bytes);
    let file = run(["list", "--format", "ndjson", "edge/events.ndjson.gz"]);
    let without_path = |ran: &Ran| {
        let mut tasks = ran.ndjson();
        for task in &mut tasks {
            task["source"]["path"] = Value::Null;
        }
        tasks
    };
    assert_eq!(without_path(&piped), without_path(&file));
    assert_eq!((piped.code, piped.err.as_str()), (Some(0), ""));
    assert_eq!(piped.ndjson()[0]["source"]["path"], "stdin");
}
