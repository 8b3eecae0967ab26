//! Pulling tasks: read-only, complete, and never twice.

use vodscope::model::{
    CallFault, Format, LiveCommand, LiveNews, SourceEnd, TaskPull, TaskQuery, UnfinishedPull,
    now_unix,
};

use crate::bench::{Bench, Told};
use crate::vod_service::{App, Builder, Fault, FaultRule, Service, Task};

const READ_ONLY: [&str; 3] = ["DescribeTasks", "DescribeTaskDetail", "DescribeMediaInfos"];

fn service(tasks: usize, with: impl FnOnce(Builder) -> Builder) -> Service {
    with(Service::builder().sample_tasks(tasks))
        .start()
        .unwrap()
}

fn last_days() -> TaskPull {
    TaskPull::List(TaskQuery {
        since_unix: now_unix() - 72 * 3_600 + 60,
        ..TaskQuery::default()
    })
}

fn details(service: &Service) -> usize {
    service.call_count("DescribeTaskDetail")
}

fn is_detailed(told: &Told) -> bool {
    let mut tasks = told.index.tasks();
    tasks.all(|idx| told.index.task(idx).unwrap().format == Format::TaskDetail)
}

#[test]
fn every_task_is_listed_and_fetched_and_nothing_is_changed() {
    let service = service(250, |builder| builder);
    let bench = Bench::new(&service);
    let mut pull = bench.pull(last_days());
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert_eq!(told.index.task_count(), 250);
    assert!(is_detailed(told));
    let progress = told.progress();
    assert_eq!(
        (progress.pages, progress.listed, progress.fetched),
        (3, 250, 250)
    );
    let calls = service.calls();
    assert!(
        calls
            .iter()
            .all(|call| READ_ONLY.contains(&call.action.as_str()))
    );
}

#[test]
fn a_second_pull_fetches_no_ended_task_again_and_lists_all() {
    let service = service(120, |builder| builder);
    let bench = Bench::new(&service);
    bench.pull(last_days()).run_to_end();
    let before = details(&service);
    let mut again = bench.pull(last_days());
    let told = again.run_to_end();
    assert_eq!(told.index.task_count(), 120);
    assert!(is_detailed(told));
    let progress = told.progress();
    assert_eq!(progress.known + progress.fetched, 120);
    assert_eq!(
        details(&service) - before,
        usize::try_from(progress.fetched).unwrap()
    );
    assert!(progress.known > 100, "{progress:?}");
}

#[test]
fn what_was_fetched_before_a_cancel_is_kept() {
    let service = service(300, |builder| builder);
    let mut bench = Bench::new(&service);
    bench.profile.rate_per_second = 200;
    let mut pull = bench.pull(last_days());
    pull.until(|told| told.progress().fetched >= 20);
    pull.live.job.cancel();
    assert_eq!(pull.run_to_end().end, Some(SourceEnd::Cancelled));
    let fetched = details(&service);
    assert!(fetched < 300);
    bench.profile.rate_per_second = 1_000;
    let mut rest = bench.pull(last_days());
    let told = rest.run_to_end();
    assert_eq!(told.index.task_count(), 300);
    assert!(told.progress().known >= 15, "{:?}", told.progress());
}

#[test]
fn faults_that_pass_cost_nothing() {
    let faults = [
        "DescribeTaskDetail:reset:3",
        "DescribeTaskDetail:truncated:3",
    ];
    let service = service(60, |mut builder| {
        for fault in faults {
            builder = builder.fault(fault.parse::<FaultRule>().unwrap());
        }
        let busy = Fault::api("RequestLimitExceeded")
            .on("DescribeTasks")
            .times(2);
        builder.fault(busy)
    });
    let mut pull = Bench::new(&service).pull(last_days());
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert_eq!(told.index.task_count(), 60);
    assert!(is_detailed(told));
    // A reset on a connection that was kept is tried again below our sight.
    assert!(told.count(|news| matches!(news, LiveNews::Retrying(_))) >= 5);
    assert!(service.call_count("DescribeTasks") >= 3);
}

#[test]
fn a_refusal_pauses_and_resuming_goes_on_from_there() {
    let refused = Fault::api("UnauthorizedOperation")
        .on("DescribeTaskDetail")
        .times(1);
    let service = service(30, |builder| builder.fault(refused));
    let mut pull = Bench::new(&service).pull(last_days());
    pull.until(|told| told.progress().paused);
    let refused = |news: &LiveNews| match news {
        LiveNews::Failed {
            fault: CallFault::Api(error),
            ..
        } => error.code == "UnauthorizedOperation",
        _ => false,
    };
    assert_eq!(pull.told.count(refused), 1);
    pull.order(LiveCommand::Resume);
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert!(is_detailed(told));
    assert_eq!(told.progress().fetched, 30);
}

#[test]
fn a_paused_pull_asks_for_nothing() {
    let service = service(400, |builder| builder);
    let mut bench = Bench::new(&service);
    bench.profile.rate_per_second = 300;
    let mut pull = bench.pull(last_days());
    pull.until(|told| told.progress().fetched >= 10);
    pull.order(LiveCommand::Pause);
    pull.until(|told| told.progress().paused);
    // Those that were on their way still come; after them none.
    let settled = || {
        let before = service.calls().len();
        std::thread::sleep(std::time::Duration::from_millis(300));
        service.calls().len() == before
    };
    while !settled() {}
    assert!(settled());
    assert!(details(&service) < 400);
    pull.order(LiveCommand::Resume);
    assert_eq!(pull.run_to_end().progress().fetched, 400);
}

#[test]
fn one_task_is_looked_up_by_its_id() {
    let task = Task::new("procedure-1-x", now_unix() - 60);
    let service = Service::builder().tasks([task]).start().unwrap();
    let bench = Bench::new(&service);
    let mut found = bench.pull(TaskPull::Task("procedure-1-x".to_owned()));
    assert_eq!(found.run_to_end().end, Some(SourceEnd::Complete));
    assert_eq!(found.told.index.task_count(), 1);
    let mut missing = bench.pull(TaskPull::Task("procedure-1-y".to_owned()));
    assert_eq!(missing.run_to_end().end, Some(SourceEnd::Failed));
    assert_eq!(
        missing
            .told
            .count(|news| matches!(news, LiveNews::Failed { .. })),
        1
    );
}

#[test]
fn a_file_brings_its_media_and_its_tasks() {
    let task = |id: &str, file: &str| Task::new(id, now_unix() - 60).file(file);
    let tasks = [task("t-1", "528"), task("t-2", "528"), task("t-3", "999")];
    let service = Service::builder().tasks(tasks).start().unwrap();
    let mut pull = Bench::new(&service).pull(TaskPull::File("528".to_owned()));
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert!(told.index.find("t-1").is_some() && told.index.find("t-2").is_some());
    assert!(told.index.find("t-3").is_none());
    assert_eq!(service.call_count("DescribeMediaInfos"), 1);
}

#[test]
fn a_wrong_key_is_told_and_nothing_is_tried_again() {
    let service = service(5, |builder| builder);
    let bench = Bench::new(&service);
    let wrong = vodscope::source::credentials::typed("AKIDnobodyknows00000", "wrong", "");
    bench.around.vault.put("here", wrong.unwrap());
    let mut pull = bench.pull(last_days());
    pull.until(|told| told.progress().paused);
    assert_eq!(service.calls().len(), 1);
    assert_eq!(
        pull.told
            .count(|news| matches!(news, LiveNews::Retrying(_))),
        0
    );
}

#[test]
fn a_clock_that_is_off_is_told() {
    let service = service(5, |builder| builder.clock_ahead_secs(-120));
    let mut pull = Bench::new(&service).pull(last_days());
    let told = pull.run_to_end();
    let ahead = |news: &LiveNews| matches!(news, LiveNews::ClockAhead { secs, .. } if (115..=125).contains(secs));
    assert_eq!(told.count(ahead), 1);
}

#[test]
fn another_application_has_its_own_tasks() {
    let other = App::new(77, "other").sample_tasks(3, 0);
    let service = Service::builder()
        .sample_tasks(5)
        .app(other)
        .start()
        .unwrap();
    let mut bench = Bench::new(&service);
    bench.profile.sub_app_id = Some(77);
    assert_eq!(bench.pull(last_days()).run_to_end().index.task_count(), 3);
}

/// A refusal that speaks of one task, and is not tried again by itself.
fn broken(task_id: &str) -> FaultRule {
    Fault::api("FailedOperation")
        .on("DescribeTaskDetail")
        .about(task_id)
}

fn small_tasks(count: usize) -> Builder {
    let task = |n: i64| Task::new(&format!("t-{n:03}."), now_unix() - 60 - n);
    Service::builder().tasks((0..i64::try_from(count).unwrap()).map(task))
}

fn asked_for(service: &Service, task_id: &str) -> usize {
    let calls = service.calls();
    let of_task = calls.iter().filter(|call| call.body.contains(task_id));
    of_task.count()
}

fn failures(told: &Told) -> usize {
    told.count(|news| matches!(news, LiveNews::Failed { .. }))
}

#[test]
fn a_task_that_fails_stops_no_other_and_is_asked_for_once_more() {
    let service = small_tasks(40).fault(broken("t-007.")).start().unwrap();
    let mut pull = Bench::new(&service).pull(last_days());
    let told = pull.run_to_end();
    let progress = told.progress();
    assert_eq!((progress.fetched, progress.failed), (39, 1));
    assert_eq!(told.end, Some(SourceEnd::Failed));
    assert_eq!((asked_for(&service, "t-007."), failures(told)), (2, 2));
    // What the list said of it is still there.
    let idx = told.index.find("t-007.").unwrap();
    assert_eq!(told.index.task(idx).unwrap().format, Format::TaskList);
    let paused = |news: &LiveNews| matches!(news, LiveNews::Progress(progress) if progress.paused);
    assert_eq!(told.count(paused), 0);
}

#[test]
fn a_task_that_fails_once_is_had_at_the_end() {
    let service = small_tasks(12).fault(broken("t-003.").times(1));
    let service = service.start().unwrap();
    let bench = Bench::new(&service);
    let mut pull = bench.pull(last_days());
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert_eq!((told.progress().fetched, told.progress().failed), (12, 0));
    assert!(is_detailed(told));
    assert_eq!(unfinished(&bench), []);
}

#[test]
fn an_error_inside_the_service_is_a_tasks_own_after_its_retries() {
    let fault = Fault::api("InternalError").on("DescribeTaskDetail");
    let service = small_tasks(4).fault(fault.about("t-001.")).start().unwrap();
    let mut pull = Bench::new(&service).pull(last_days());
    let told = pull.run_to_end();
    assert_eq!((told.progress().fetched, told.progress().failed), (3, 1));
    assert_eq!(asked_for(&service, "t-001."), 12);
}

#[test]
fn when_nothing_succeeds_any_more_the_pull_pauses_and_goes_on() {
    let service = small_tasks(60).start().unwrap();
    let gone = Fault::Garbage.on("DescribeTaskDetail").after(10);
    service.add_fault(gone);
    let mut pull = Bench::new(&service).pull(last_days());
    pull.until(|told| told.progress().paused);
    assert!(details(&service) < 30, "{}", details(&service));
    service.clear_faults();
    pull.order(LiveCommand::Resume);
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert_eq!((told.progress().fetched, told.progress().failed), (60, 0));
}

#[test]
fn only_the_failed_are_asked_for_when_a_pull_is_resumed() {
    let service = small_tasks(30).start().unwrap();
    service.add_fault(broken("t-005."));
    let bench = Bench::new(&service);
    assert_eq!(bench.pull(last_days()).run_to_end().progress().failed, 1);
    assert_eq!(unfinished(&bench)[0].listed, 30);
    service.clear_faults();
    let before = service.calls().len();
    let mut again = bench.again().pull(resume(&bench));
    let told = again.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert_eq!(service.calls().len() - before, 1);
    assert_eq!(told.index.task_count(), 30);
    assert!(is_detailed(told));
    let progress = told.progress();
    assert_eq!((progress.known, progress.fetched), (29, 1));
    assert_eq!(unfinished(&bench), []);
}

/// Goes on with the account's newest unfinished pull.
fn resume(bench: &Bench) -> TaskPull {
    let id = unfinished(bench).first().unwrap().id;
    let query = TaskQuery::default();
    TaskPull::Resume { id, query }
}

fn unfinished(bench: &Bench) -> Vec<UnfinishedPull> {
    bench.around.unfinished_pulls(&bench.profile).unwrap()
}

/// The places that lists were asked for with, in order.
fn tokens(service: &Service) -> Vec<String> {
    let calls = service.calls();
    let lists = calls.iter().filter(|call| call.action == "DescribeTasks");
    let token = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        let token = body.get("ScrollToken").and_then(|token| token.as_str());
        token.unwrap_or_default().to_owned()
    };
    lists.map(|call| token(&call.body)).collect()
}

/// A pull of 450 tasks that was cancelled when two pages had come.
fn after_two_pages() -> (Service, Bench) {
    let service = small_tasks(450).start().unwrap();
    service.add_fault(
        Fault::api("UnauthorizedOperation")
            .on("DescribeTasks")
            .after(2),
    );
    let bench = Bench::new(&service);
    let mut pull = bench.pull(last_days());
    pull.until(|told| told.progress().paused && told.progress().pages == 2);
    pull.live.job.cancel();
    assert_eq!(pull.run_to_end().end, Some(SourceEnd::Cancelled));
    service.clear_faults();
    (service, bench)
}

#[test]
fn a_pull_goes_on_in_another_run_of_the_program() {
    let (service, bench) = after_two_pages();
    let kept = unfinished(&bench).remove(0);
    assert_eq!((kept.pages, kept.listed), (2, 200));
    let TaskPull::List(query) = last_days() else {
        panic!("it lists");
    };
    assert!((kept.query.since_unix - query.since_unix).abs() < 60);
    let (asked, before) = (tokens(&service), details(&service));
    let mut pull = bench.again().pull(resume(&bench));
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert_eq!(told.index.task_count(), 450);
    assert!(is_detailed(told));
    let all = tokens(&service);
    let (first, rest) = all.split_at(asked.len());
    assert_eq!(rest.len(), 3);
    assert!(rest.iter().all(|token| !first[..2].contains(token)));
    assert_eq!(rest[0], kept.next.scroll_token);
    let progress = told.progress();
    assert_eq!((progress.pages, progress.listed), (5, 450));
    assert_eq!(progress.known + progress.fetched, 450);
    let fetched = usize::try_from(progress.fetched).unwrap();
    assert_eq!(details(&service) - before, fetched);
    assert_eq!(unfinished(&bench), []);
}

#[test]
fn a_pull_begun_meanwhile_leaves_the_place_of_an_earlier_one() {
    let (service, bench) = after_two_pages();
    let earlier = resume(&bench);
    service.add_fault(broken("t-005."));
    let narrow = TaskQuery {
        file_id: Some("nobody's".to_owned()),
        ..TaskQuery::default()
    };
    let end = bench
        .again()
        .pull(TaskPull::List(narrow))
        .run_to_end()
        .end
        .clone();
    assert_eq!(end, Some(SourceEnd::Complete));
    assert_eq!(unfinished(&bench).len(), 1);
    let progress = bench.again().pull(last_days()).run_to_end().progress();
    assert_eq!((progress.listed, progress.failed), (450, 1));
    assert_eq!(unfinished(&bench).len(), 2);
    service.clear_faults();
    let before = tokens(&service).len();
    let mut pull = bench.again().pull(earlier);
    let told = pull.run_to_end();
    assert_eq!((told.progress().pages, told.progress().listed), (5, 450));
    assert_eq!(tokens(&service).len() - before, 3);
}

#[test]
fn a_pull_that_brings_everything_ends_the_earlier_ones_that_asked_for_part_of_it() {
    let (_service, bench) = after_two_pages();
    let end = bench.again().pull(last_days()).run_to_end().end.clone();
    assert_eq!(end, Some(SourceEnd::Complete));
    assert_eq!(unfinished(&bench), []);
}

#[test]
fn a_list_whose_place_is_forgotten_is_listed_again_and_nothing_fetched_twice() {
    let (service, bench) = after_two_pages();
    service.expire_scroll_tokens();
    let before = service.calls().len();
    let mut pull = bench.again().pull(resume(&bench));
    let told = pull.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Complete));
    assert_eq!(
        (told.index.task_count(), told.progress().listed),
        (450, 450)
    );
    let again = |news: &LiveNews| matches!(news, LiveNews::ListedAgain { .. });
    assert_eq!((told.count(again), failures(told)), (1, 0));
    let calls = service.calls();
    let details = calls[before..].iter();
    let details = details.filter(|call| call.action == "DescribeTaskDetail");
    let fetched = usize::try_from(told.progress().fetched).unwrap();
    assert_eq!(details.count(), fetched);
}

#[test]
fn a_finished_pull_leaves_nothing_to_resume() {
    let service = small_tasks(5).start().unwrap();
    let bench = Bench::new(&service);
    assert_eq!(bench.pull(last_days()).run_to_end().progress().fetched, 5);
    assert_eq!(unfinished(&bench), []);
    // Then the query itself is pulled.
    let TaskPull::List(query) = last_days() else {
        panic!("it lists");
    };
    let mut pull = bench.pull(TaskPull::Resume { id: 1, query });
    assert_eq!(pull.run_to_end().progress().known, 5);
}

#[test]
fn time_on_the_network_is_no_time_of_reading() {
    let slow = Fault::Latency(std::time::Duration::from_millis(400));
    let service = small_tasks(2).fault(slow.anywhere()).start().unwrap();
    let mut pull = Bench::new(&service).pull(last_days());
    let told = pull.run_to_end();
    assert!(told.elapsed < std::time::Duration::from_millis(400));
}
