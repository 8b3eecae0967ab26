//! Tasks are listed, asked for and forgotten.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::vod_service::{Task, event_key, sample};
use super::{call, code, now, quick, refused};

#[test]
fn pages_name_every_task_once_and_newest_first() {
    let service = quick().sample_tasks(57).start().unwrap();
    let (mut listed, mut token) = (Vec::new(), json!(""));
    loop {
        let page = call(
            &service,
            "DescribeTasks",
            json!({"Limit": 20, "ScrollToken": token}),
        );
        listed.extend(page["TaskSet"].as_array().unwrap().clone());
        token = page["ScrollToken"].clone();
        // A task made meanwhile does not move the pages.
        service.add_task(Task::new(&format!("late-{}", listed.len()), now()));
        if token == "" {
            break;
        }
    }
    let times: Vec<_> = listed
        .iter()
        .map(|task| task["CreateTime"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b));
    let ids: BTreeSet<_> = listed.iter().map(|task| task["TaskId"].as_str()).collect();
    assert_eq!((listed.len(), ids.len()), (57, 57));
    let unknown = json!({"ScrollToken": "unknown"});
    assert_eq!(
        refused(&service, "DescribeTasks", unknown),
        "InvalidParameterValue"
    );
}

#[test]
fn no_task_has_ended_while_its_flow_is_at_work() {
    let service = quick().sample_tasks(120).start().unwrap();
    service.add_task(Task::new("runs", now() - 60).running_for(1));
    service.add_task(Task::new("waits", now() - 60).always("WAITING"));
    let mut states = BTreeSet::new();
    let first = call(&service, "DescribeTasks", json!({"Limit": 100}));
    let next = json!({"Limit": 100, "ScrollToken": first["ScrollToken"]});
    let second = call(&service, "DescribeTasks", next);
    let tasks = [&first["TaskSet"], &second["TaskSet"]];
    for task in tasks.iter().flat_map(|set| set.as_array().unwrap()) {
        let detail = call(
            &service,
            "DescribeTaskDetail",
            json!({"TaskId": task["TaskId"]}),
        );
        let outer = detail["Status"].as_str().unwrap().to_owned();
        assert_eq!(task["Status"], detail["Status"]);
        if let Some(flow) = detail["ProcedureTask"]["Status"].as_str() {
            assert_eq!(flow, outer, "{task}");
        }
        states.insert(outer);
    }
    let states: Vec<&str> = states.iter().map(String::as_str).collect();
    assert_eq!(states, ["FINISH", "PROCESSING", "WAITING"]);
}

#[test]
fn lists_are_filtered_and_limited() {
    let service = quick()
        .tasks([
            Task::new("new", now() - 60).file("1"),
            Task::new("running", now() - 50).running_for(9),
            Task::new("waiting", now() - 7200).always("WAITING"),
            Task::new("forgotten", now() - 73 * 3600),
        ])
        .start()
        .unwrap();
    let listed = |parameters: Value| {
        let page = call(&service, "DescribeTasks", parameters);
        let tasks = page["TaskSet"].as_array().unwrap().clone();
        tasks
            .iter()
            .map(|task| task["TaskId"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(json!({})), ["running", "new", "waiting"]);
    assert_eq!(listed(json!({"Status": "FINISH"})), ["new"]);
    assert_eq!(listed(json!({"FileId": "1"})), ["new"]);
    let hour = jiff::Timestamp::from_second(now() - 3600)
        .unwrap()
        .to_string();
    assert_eq!(
        listed(json!({"CreateTime": {"After": hour}})),
        ["running", "new"]
    );
    assert_eq!(listed(json!({"CreateTime": {"Before": hour}})), ["waiting"]);
    let ascending = json!({"Sort": {"Field": "CreateTime", "Order": "Asc"}, "Limit": 1});
    assert_eq!(listed(ascending), ["waiting"]);
    for (parameters, expected) in [
        (json!({"Limit": 101}), "InvalidParameterValue"),
        (json!({"Status": "DONE"}), "InvalidParameterValue.Status"),
        (json!({"Limit": "10"}), "InvalidParameter"),
        (json!({"What": 1}), "UnknownParameter"),
        (
            json!({"CreateTime": {"After": "2026-01-01T00:00:00Z", "Before": "2026-01-05T00:00:00Z"}}),
            "InvalidParameterValue",
        ),
    ] {
        assert_eq!(refused(&service, "DescribeTasks", parameters), expected);
    }
}

#[test]
fn a_running_task_ends_and_a_forgotten_one_is_refused() {
    let service = quick()
        .tasks([
            Task::new("running", now() - 50).running_for(2),
            Task::new("forgotten", now() - 73 * 3600),
        ])
        .start()
        .unwrap();
    let ask = |id: &str| call(&service, "DescribeTaskDetail", json!({"TaskId": id}));
    let statuses: Vec<_> = (0..3).map(|_| ask("running")["Status"].clone()).collect();
    assert_eq!(statuses, ["PROCESSING", "PROCESSING", "FINISH"]);
    let ended = ask("running");
    assert_eq!(
        ended["ProcedureTask"]["MediaProcessResultSet"][0]["CoverBySnapshotTask"]["Progress"],
        100
    );
    assert_eq!(ended["EditMediaTask"], Value::Null);
    for id in ["forgotten", "unknown"] {
        assert_eq!(code(&ask(id)), "InvalidParameterValue.TaskId");
    }
}

#[test]
fn media_is_told_beyond_three_days_and_unknown_files_are_named() {
    let old = Task::new("old", now() - 90 * 3600).file("77");
    let service = quick().tasks([old]).start().unwrap();
    let parameters = json!({"FileIds": ["77", "78"], "Filters": ["basicInfo"]});
    let media = call(&service, "DescribeMediaInfos", parameters);
    assert_eq!(media["MediaInfoSet"][0]["BasicInfo"]["Name"], "loop.mp4");
    assert_eq!(media["MediaInfoSet"][0]["TranscodeInfo"], Value::Null);
    assert_eq!(media["NotExistFileIdSet"], json!(["78"]));
    let many = vec!["77"; 21];
    let refused = refused(&service, "DescribeMediaInfos", json!({"FileIds": many}));
    assert_eq!(refused, "InvalidParameterValue");
}

#[test]
fn samples_differ_by_number_and_events_fit_their_tasks() {
    let keys = (0..200).map(|number| event_key(sample::event(number, 1_700_000_000).as_bytes()));
    assert_eq!(keys.collect::<BTreeSet<_>>().len(), 200);
    let event: Value = serde_json::from_str(&sample::event(0, 1_700_000_000)).unwrap();
    let task = sample::task(0, 1_700_000_000).unwrap();
    assert_eq!(event["ProcedureStateChangeEvent"]["TaskId"], task.id);
}
