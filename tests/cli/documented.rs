//! The payloads that the service's documentation prints, when `VODSCOPE_SAMPLES` names their folder.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::members;
use crate::program::{extension, file_names, place, run, text};

/// The folder and the names of the files in it.
fn documented_samples() -> Option<(PathBuf, Vec<String>)> {
    let Some(folder) = std::env::var_os("VODSCOPE_SAMPLES").map(PathBuf::from) else {
        eprintln!("skipped: VODSCOPE_SAMPLES names no folder of documented payloads");
        return None;
    };
    // The program runs in another folder.
    let folder = folder.canonicalize().unwrap();
    let names = file_names(&folder);
    assert!(
        names.len() > 100,
        "{}: {} files",
        folder.display(),
        names.len()
    );
    Some((folder, names))
}

/// The format and the event types that a file name promises.
fn promised(name: &str) -> (&str, Vec<&str>) {
    let (prefix, rest) = name.split_once('_').unwrap();
    let types = rest.split('_').next().unwrap().split('+').collect();
    match prefix {
        "mps" => ("mps", vec![rest.split('_').nth(1).unwrap()]),
        "v2-task-list" => ("v2-task", vec!["procedure", "transcode"]),
        "v2-task-detail" => ("v2-task", types),
        // The page writes the event's name in two ways.
        "v3-pull" if name.starts_with("v3-pull_RestoreMediaComplete_doc-upstream") => {
            ("v3-pull", vec!["RestoreCompleteEvent"])
        }
        other => (other, types),
    }
}

#[test]
fn every_documented_payload_is_listed_as_its_name_says() {
    let Some((folder, names)) = documented_samples() else {
        return;
    };
    let mut wrong = Vec::new();
    for name in names.iter().filter(|name| extension(name) == "json") {
        let path = folder.join(name);
        let ran = run([
            "list".as_ref(),
            "--format".as_ref(),
            "ndjson".as_ref(),
            path.as_os_str(),
        ]);
        let (format, types) = promised(name);
        let tasks = ran.ndjson();
        let found: BTreeSet<_> = tasks.iter().map(|task| text(&task["event_type"])).collect();
        if ran.code != Some(0) || !ran.err.is_empty() || found != BTreeSet::from_iter(types) {
            wrong.push(format!(
                "{name}: exit {:?}, {found:?} {}",
                ran.code, ran.err
            ));
        }
        let payload = std::fs::read_to_string(&path).unwrap();
        for task in &tasks {
            if task["format"] != format {
                wrong.push(format!("{name}: format {}", task["format"]));
            }
            wrong.extend(
                members::faults(task)
                    .into_iter()
                    .map(|fault| format!("{name}: {fault}")),
            );
            wrong.extend(contradictions(task, &payload).map(|why| format!("{name}: {why}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What a listed task says that its own members or its payload deny.
fn contradictions(task: &Value, payload: &str) -> impl Iterator<Item = String> {
    let ids = ["task_id", "file_id"].map(|name| task[name].as_str());
    let invented = ids.into_iter().flatten().any(|id| !payload.contains(id));
    let subs = task["sub_tasks"].as_array().unwrap();
    let is_error = |code: &Value| !code.is_null() && code != 0;
    let sub_failed = |sub: &Value| {
        sub["status"] == "FAIL" || is_error(&sub["err_code"]) || is_error(&sub["err_code_ext"])
    };
    let any_failed = subs.iter().any(sub_failed);
    let all_failed = subs.iter().all(sub_failed);
    let has_error = any_failed || is_error(&task["err_code"]);
    let is_working = task["status"] == "PROCESSING" || task["status"] == "WAITING";
    let fits = match text(&task["verdict"]) {
        "partly_failed" => has_error && !all_failed,
        "failed" => has_error && all_failed,
        "running" => is_working,
        // `ok`, or no word on how it went.
        _ => !has_error && !is_working,
    };
    let said = format!(
        "{} {} {:?}",
        task["verdict"], task["status"], task["err_code"]
    );
    let found = [(invented, "an id of its own".to_owned()), (!fits, said)];
    found
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, why)| why)
}

#[test]
fn every_invalid_payload_is_refused_with_a_reason() {
    let Some((folder, names)) = documented_samples() else {
        return;
    };
    for name in names.iter().filter(|name| extension(name) == "invalid") {
        let path = folder.join(name);
        let ran = run(["list".as_ref(), path.as_os_str()]);
        assert!(matches!(ran.code, Some(1 | 2)), "{name}: {:?}", ran.code);
        assert!(ran.err.contains(name.as_str()), "{name}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{name}: {}", ran.err);
        ran.err
            .lines()
            .for_each(|problem| assert!(place(problem).0 > 0, "{problem}"));
    }
}
