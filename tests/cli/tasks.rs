//! `vodscope pull --source tasks`: every task once, nothing changed, and everything kept.

use std::time::Duration;

use vodscope::archive::Kind;
use vodscope::model::now_unix;

use crate::home::{Home, lines, sorted};
use crate::vod_service::{Builder, Fault, FaultRule, Service, Task};

const TASKS: [&str; 4] = ["--source", "tasks", "--since", "72h"];

fn service(tasks: usize, with: impl FnOnce(Builder) -> Builder) -> Service {
    with(Service::builder().sample_tasks(tasks))
        .start()
        .unwrap()
}

fn with_task(task: Task) -> Service {
    Service::builder().tasks([task]).start().unwrap()
}

#[test]
fn pulled_tasks_are_kept_and_printed_as_rows() {
    let service = service(12, |builder| builder);
    let home = Home::new();
    let ran = home.pull(&service, &TASKS);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("VERDICT "), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 13, "{}", ran.out);
    assert_eq!(home.archived(Kind::TaskDetail).len(), 12);
    let kinds = ["DescribeTasks", "DescribeTaskDetail"];
    let calls = service.calls();
    let mut actions = calls.iter().map(|call| call.action.as_str());
    assert!(actions.all(|action| kinds.contains(&action)));
}

#[test]
fn which_credentials_sign_is_said_and_the_key_is_not() {
    let ran = Home::new().pull(&service(1, |builder| builder), &TASKS);
    let said = "as AKIDz8kr…MPLE (environment, TENCENTCLOUD_SECRET_ID)";
    assert!(ran.err.contains(said), "{}", ran.err);
}

#[test]
fn a_file_holds_the_detail_of_each_task_on_a_line() {
    let service = service(130, |builder| builder);
    let home = Home::new();
    let ran = home.pull(&service, &[&TASKS[..], &["--out", "tasks.ndjson"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    let text = home.text("tasks.ndjson");
    let written = sorted(text.lines().map(str::to_owned));
    assert_eq!(written.len(), 130);
    assert_eq!(written, lines(&home.archived(Kind::TaskDetail)));
    let listed = home.run(&["list", "--format", "ndjson", "tasks.ndjson"]);
    assert_eq!((listed.code, listed.ndjson().len()), (Some(0), 130));
}

#[test]
fn a_second_pull_is_told_of_the_same_tasks_without_asking_again() {
    let service = service(20, |builder| builder);
    let home = Home::new();
    home.pull(&service, &TASKS);
    let asked = service.call_count("DescribeTaskDetail");
    let ran = home.pull(&service, &[&TASKS[..], &["--out", "-"]].concat());
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 20));
    assert!(service.call_count("DescribeTaskDetail") - asked < 5);
}

#[test]
fn a_limit_ends_the_pull_at_so_many_tasks() {
    let service = service(150, |builder| builder);
    let ran = Home::new().pull(&service, &[&TASKS[..], &["--limit", "5"]].concat());
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 6), "{ran:?}");
    assert!(service.call_count("DescribeTaskDetail") < 100);
    let out = ["--limit", "7", "--out", "-"];
    let ran = Home::new().pull(&service, &[&TASKS[..], &out].concat());
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 7), "{ran:?}");
}

#[test]
fn a_limit_that_the_archive_fills_is_summed_up_too() {
    let service = service(20, |builder| builder);
    let home = Home::new();
    home.pull(&service, &TASKS);
    let ran = home.pull(&service, &[&TASKS[..], &["--limit", "5"]].concat());
    let said = " details pulled, 0 new, ";
    assert!(ran.err.contains("\nTasks: "), "{}", ran.err);
    assert!(ran.err.contains(said), "{}", ran.err);
}

#[test]
fn a_missing_application_is_told_with_its_option() {
    let refused = Fault::api("InvalidParameterValue.SubAppId").on("DescribeTasks");
    let ran = Home::new().pull(&service(3, |builder| builder.fault(refused)), &TASKS);
    assert!(ran.err.contains("--sub-app-id N"), "{}", ran.err);
}

#[test]
fn a_refusal_ends_with_3_and_says_what_helps() {
    let refused = Fault::api("UnauthorizedOperation").on("DescribeTasks");
    let service = service(3, |builder| builder.fault(refused));
    let ran = Home::new().pull(&service, &TASKS);
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""), "{ran:?}");
    let call = service.calls().pop().unwrap();
    let lines: Vec<&str> = ran.err.lines().collect();
    let code = "DescribeTasks: UnauthorizedOperation: UnauthorizedOperation, as asked for";
    assert_eq!(lines[1], code);
    assert_eq!(lines[2], format!("RequestId: {}", call.request_id));
    assert!(lines[3].contains(". "), "{lines:?}");
}

#[test]
fn a_refusal_is_explained_in_the_systems_language() {
    let refused = Fault::api("UnauthorizedOperation").on("DescribeTasks");
    let service = service(3, |builder| builder.fault(refused));
    let endpoint = service.endpoint();
    let args = [&["pull", "--endpoint", &endpoint][..], &TASKS].concat();
    let home = Home::new();
    let output = home.program(&args).env("LC_ALL", "zh_CN.UTF-8").output();
    let err = String::from_utf8(output.unwrap().stderr).unwrap();
    let last = err.lines().last().unwrap();
    assert!(last.contains('。') && err.contains("RequestId："), "{err}");
}

#[test]
fn a_refusal_in_the_middle_keeps_and_prints_what_came_before() {
    let refused = Fault::api("UnauthorizedOperation").on("DescribeTaskDetail");
    let service = service(60, |builder| builder.fault(refused.after(20)));
    let home = Home::new();
    let ran = home.pull(&service, &[&TASKS[..], &["--out", "-"]].concat());
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let written = ran.ndjson().len();
    assert!((10..60).contains(&written), "{written}");
    assert!(home.archived(Kind::TaskDetail).len() >= written);
}

#[test]
fn failures_that_pass_are_counted_and_cost_nothing() {
    let rule = "DescribeTaskDetail:truncated:3".parse::<FaultRule>();
    let service = service(20, |builder| builder.fault(rule.unwrap()));
    let ran = Home::new().pull(&service, &TASKS);
    assert_eq!(
        (ran.code, ran.out.lines().count()),
        (Some(0), 21),
        "{ran:?}"
    );
    assert!(
        ran.err.contains("Calls that were tried again: 3"),
        "{ran:?}"
    );
}

#[test]
fn one_task_is_looked_up_by_its_id() {
    let service = with_task(Task::new("t1", now_unix() - 600));
    let home = Home::new();
    let ran = home.pull(&service, &["--source", "tasks", "--task-id", "t1"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 2), "{ran:?}");
    let ran = home.pull(&service, &["--source", "tasks", "--task-id", "unknown"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""), "{ran:?}");
    assert!(ran.err.contains("RequestId: "), "{}", ran.err);
}

#[test]
fn a_file_is_looked_up_with_its_tasks() {
    let service = with_task(Task::new("t1", now_unix() - 600).file("5285890784700694298"));
    let args = ["--source", "tasks", "--out", "-", "--file-id"];
    let ran = Home::new().pull(&service, &[&args[..], &["5285890784700694298"]].concat());
    assert_eq!((ran.code, ran.ndjson().len()), (Some(0), 2), "{ran:?}");
    let ran = Home::new().pull(&service, &[&args[..], &["404"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    assert!(ran.err.contains("No file 404"), "{}", ran.err);
}

#[test]
fn a_running_task_is_watched_until_it_ends() {
    let service = with_task(Task::new("t1", now_unix() - 600).running_for(1));
    let watch = ["--source", "tasks", "--task-id", "t1", "--live", "--out"];
    let home = Home::new();
    let ran = home.pull(&service, &[&watch[..], &["-"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let told = ran.ndjson();
    let status = |at: usize| told[at]["Response"]["Status"].as_str();
    assert_eq!((status(0), status(1)), (Some("PROCESSING"), Some("FINISH")));
}

#[test]
#[cfg(unix)]
fn ctrl_c_keeps_and_prints_what_was_pulled() {
    let slow = Fault::Latency(Duration::from_millis(60)).on("DescribeTaskDetail");
    let service = service(300, |builder| builder.fault(slow));
    let home = Home::new();
    let endpoint = service.endpoint();
    let args = [&["pull", "--endpoint", &endpoint][..], &TASKS].concat();
    let mut running = home.start(&[&args[..], &["--out", "tasks.ndjson"]].concat());
    running.until(|_| service.call_count("DescribeTaskDetail") >= 20);
    running.interrupt();
    let ran = running.ended();
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    let written = home.text("tasks.ndjson").lines().count();
    assert!((1..300).contains(&written), "{written}");
    assert_eq!(home.archived(Kind::TaskDetail).len(), written);
}

/// Sixty tasks of known names; the detail of one of them cannot be had.
fn one_broken() -> Service {
    let task = |n: i64| Task::new(&format!("t-{n:03}."), now_unix() - 600 - n);
    let fault = Fault::api("FailedOperation").on("DescribeTaskDetail");
    let builder = Service::builder().tasks((0..60).map(task));
    builder.fault(fault.about("t-007.")).start().unwrap()
}

#[test]
fn a_detail_that_cannot_be_had_costs_no_other_and_ends_with_1() {
    let service = one_broken();
    let home = Home::new();
    let ran = home.pull(&service, &[&TASKS[..], &["--out", "-"]].concat());
    assert_eq!((ran.code, ran.ndjson().len()), (Some(1), 60), "{}", ran.err);
    assert!(ran.err.contains("FailedOperation"), "{}", ran.err);
    let sum = "Tasks: 60 listed, 59 details pulled, 59 new, 0 here before, 1 failed. They are in ";
    assert!(ran.err.contains(sum), "{}", ran.err);
    assert!(ran.err.contains("--resume"), "{}", ran.err);
}

#[test]
fn resuming_asks_only_for_what_is_missing() {
    let service = one_broken();
    let home = Home::new();
    home.pull(&service, &TASKS);
    service.clear_faults();
    let before = service.calls().len();
    let resume = ["--source", "tasks", "--resume"];
    let ran = home.pull(&service, &resume);
    assert_eq!(
        (ran.code, ran.out.lines().count()),
        (Some(0), 61),
        "{}",
        ran.err
    );
    assert_eq!(service.calls().len() - before, 1);
    assert!(!ran.err.contains("--resume"), "{}", ran.err);
    let ran = home.pull(&service, &resume);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert!(ran.err.contains("Nothing to resume"), "{}", ran.err);
    assert_eq!(service.calls().len() - before, 1);
}

#[test]
fn a_service_that_nobody_reaches_is_told_once_and_ends_with_1() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let args = [&["pull", "--endpoint", &endpoint][..], &TASKS].concat();
    let ran = Home::new().run(&args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    assert_eq!(ran.err.matches("Nobody answers").count(), 1, "{}", ran.err);
}

/// Eighty tasks, the newest first; the details of the newest so many cannot be had.
fn broken(newest: i64) -> Service {
    let task = |n: i64| Task::new(&format!("t-{n:03}."), now_unix() - 600 - n);
    let builder = Service::builder().tasks((0..80).map(task));
    let fault = |n: i64| {
        let fault = Fault::api("FailedOperation").on("DescribeTaskDetail");
        fault.about(&format!("t-{n:03}."))
    };
    let builder = (0..newest).fold(builder, |builder, n| builder.fault(fault(n)));
    builder.start().unwrap()
}

#[test]
fn tasks_that_fail_first_are_left_for_later_in_a_new_pull_and_in_a_resumed_one() {
    let service = broken(12);
    let home = Home::new();
    let ran = home.pull(&service, &[&TASKS[..], &["--out", "-"]].concat());
    assert_eq!((ran.code, ran.ndjson().len()), (Some(1), 80), "{}", ran.err);
    assert_eq!(home.archived(Kind::TaskDetail).len(), 68);
    assert!(ran.err.contains("going on with others"), "{}", ran.err);
    let resume = ["--source", "tasks", "--resume"];
    let ran = home.pull(&service, &resume);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    service.clear_faults();
    let ran = home.pull(&service, &resume);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(home.archived(Kind::TaskDetail).len(), 80);
}

#[test]
fn when_every_task_fails_the_pull_ends_without_asking_for_all() {
    let service = broken(80);
    let ran = Home::new().pull(&service, &TASKS);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    let asked = service.call_count("DescribeTaskDetail");
    assert!((32..50).contains(&asked), "{asked}");
}

#[test]
fn a_resumed_pull_counts_what_it_fetches_towards_the_limit() {
    let service = service(60, |builder| builder);
    let home = Home::new();
    home.pull(
        &service,
        &[&TASKS[..], &["--limit", "10", "--out", "-"]].concat(),
    );
    let before = home.archived(Kind::TaskDetail).len();
    assert!((10..40).contains(&before), "{before}");
    let resume = [
        "--source", "tasks", "--resume", "--limit", "10", "--out", "-",
    ];
    let ran = home.pull(&service, &resume);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.ndjson().len(), before + 10, "{}", ran.err);
    let after = home.archived(Kind::TaskDetail).len();
    assert!(after >= before + 10, "{before} {after}");
}
