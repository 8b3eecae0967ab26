//! The official SDK for Python agrees with the loopback service and with the program's signing.
//! Skipped, with a word, where Python or the SDK is missing; `PYTHON` names another interpreter.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper that fails is a failed test, and tests say when they skip"
)]

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use vod_service::{Fault, SECRET_ID, SECRET_KEY, Service, sign};
use vodscope::model::Secret;
use vodscope::source::cloud::sign as program;

#[path = "support/vod_service/mod.rs"]
mod vod_service;

/// What a script of `tests/python` prints; `None` where it cannot run.
fn run(script: &str, arguments: &[&str]) -> Option<String> {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let import = "import tencentcloud.vod.v20180717.vod_client";
    let found = Command::new(&python).args(["-c", import]).output();
    if !found.is_ok_and(|found| found.status.success()) {
        println!("skipped: {python} or its package tencentcloud-sdk-python-vod is missing");
        return None;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python");
    let mut command = Command::new(python);
    command.arg(folder.join(script)).args(arguments);
    // A proxy has no business between two programs of one machine.
    let output = command.env("NO_PROXY", "*").output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {errors}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_sdk_pulls_and_confirms_every_event() {
    let service = Service::builder()
        .long_poll(Duration::from_millis(50))
        .sample_events(40)
        .fault(Fault::Latency(Duration::from_millis(20)).on("PullEvents"))
        .start()
        .unwrap();
    let host = service.addr().to_string();
    let Some(printed) = run("sdk_pull.py", &[&host, SECRET_ID, SECRET_KEY]) else {
        return;
    };
    let events: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(events.len(), 40);
    assert!(events.iter().all(|event| event["EventHandle"].is_string()));
    let counts = (service.confirmed().len(), service.remaining().len());
    assert_eq!(counts, (40, 0));
    let calls = (
        service.call_count("PullEvents"),
        service.call_count("ConfirmEvents"),
    );
    assert_eq!(calls, (4, 3));
}

/// The header and the body that the SDK makes of these parameters.
fn by_the_sdk(host: &str, unix: i64, parameters: &Value) -> Option<(String, String)> {
    let (unix, body) = (unix.to_string(), parameters.to_string());
    let printed = run("sdk_sign.py", &[SECRET_ID, SECRET_KEY, host, &unix, &body])?;
    let (header, body) = printed.trim_end().split_once('\n').unwrap();
    Some((header.to_owned(), body.to_owned()))
}

/// A time, the second before midnight in UTC, and the first one after it.
const TIMES: [i64; 3] = [1_700_000_000, 1_767_225_599, 1_767_225_600];
const HOSTS: [&str; 2] = ["vod.tencentcloudapi.com", "127.0.0.1:9080"];

#[test]
fn the_sdk_the_program_and_the_service_sign_alike() {
    for (unix, host) in TIMES.into_iter().zip(HOSTS.into_iter().cycle()) {
        let parameters = json!({"Limit": 100, "FileId": "动物世界"});
        let Some((expected, body)) = by_the_sdk(host, unix, &parameters) else {
            return;
        };
        let by_the_service = sign::Signable {
            service: "vod",
            unix,
            headers: &[("content-type", "application/json"), ("host", host)],
            body: body.as_bytes(),
        };
        assert_eq!(
            by_the_service.authorization(SECRET_ID, SECRET_KEY),
            expected
        );
        let by_the_program = program::Signable {
            method: "POST",
            query: "",
            host,
            content_type: "application/json",
            action: None,
            body: body.as_bytes(),
            service: "vod",
            timestamp: unix,
        };
        let key = Secret::new(SECRET_KEY);
        let signed = program::authorization(&by_the_program, SECRET_ID, &key);
        assert_eq!(signed, expected);
    }
}
