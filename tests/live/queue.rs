//! The borrowed queue: one call a click, nothing confirmed unasked, nothing lost.

use std::time::Duration;

use vodscope::archive::{Archive, Range};
use vodscope::model::{
    CallFault, ConfirmFault, Confirmed, LiveCommand, LiveLimit, LiveNews, Permit, SourceEnd,
};

use crate::bench::{Bench, Watched};
use crate::vod_service::{Builder, Fault, FaultRule, Mode, Service, event_key};

fn service(events: u64, with: impl FnOnce(Builder) -> Builder) -> Service {
    let builder = Service::builder()
        .sample_events(events)
        .long_poll(Duration::from_millis(50));
    with(builder).start().unwrap()
}

fn pulls(service: &Service) -> usize {
    service.call_count("PullEvents")
}

/// Borrows once and waits for what came.
fn borrowed(bench: &Bench) -> Watched {
    let mut queue = bench.borrow();
    queue.until(|told| told.batches().len() == 1);
    queue
}

fn ids(queue: &Watched, batch: usize) -> Vec<i64> {
    let batches = queue.told.batches();
    let batch = batches.get(batch).unwrap();
    batch.events.iter().map(|event| event.archive_id).collect()
}

#[test]
fn one_click_is_one_pull_and_confirms_nothing() {
    let service = service(40, |builder| builder);
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    assert_eq!((pulls(&service), ids(&queue, 0).len()), (1, 16));
    queue.order(LiveCommand::PullOnce);
    queue.until(|told| told.batches().len() == 2);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(pulls(&service), 2);
    queue.live.job.cancel();
    assert_eq!(queue.run_to_end().end, Some(SourceEnd::Cancelled));
    assert_eq!(service.call_count("ConfirmEvents"), 0);
    assert_eq!(service.remaining().len(), 40);
}

#[test]
fn what_is_told_is_in_the_archive_byte_for_byte() {
    let event = r#"{"EventType":"FileDeleted",  "FileDeleteEvent":{"FileIdSet":["1"]}}"#;
    let service = Service::builder()
        .events([event.to_owned()])
        .start()
        .unwrap();
    let bench = Bench::new(&service);
    let _queue = borrowed(&bench);
    let archived = bench.archived();
    assert_eq!(archived.len(), 1);
    let text = String::from_utf8(archived[0].clone()).unwrap();
    assert!(
        text.ends_with(&event[1..]) && text.contains("EventHandle"),
        "{text}"
    );
}

#[test]
fn only_what_was_ordered_is_confirmed() {
    let service = service(40, |builder| builder);
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    let some = ids(&queue, 0)[..3].to_vec();
    queue.order(LiveCommand::Confirm(some.clone(), Permit::default()));
    queue.until(|told| !told.confirmed().is_empty());
    let [Confirmed::Deleted { archive_ids, .. }] = queue.told.confirmed()[..] else {
        panic!("{:?}", queue.told.confirmed());
    };
    assert_eq!(*archive_ids, some);
    assert_eq!(service.confirmed().len(), 3);
}

#[test]
fn confirming_takes_sixteen_handles_a_call() {
    let service = service(40, |builder| builder);
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    queue.order(LiveCommand::PullOnce);
    queue.until(|told| told.batches().len() == 2);
    let all = [ids(&queue, 0), ids(&queue, 1)].concat();
    queue.order(LiveCommand::Confirm(all, Permit::default()));
    queue.until(|told| told.confirmed().len() == 2);
    assert_eq!(service.confirmed().len(), 32);
    assert_eq!(service.call_count("ConfirmEvents"), 2);
}

#[test]
fn what_waits_behind_a_pull_is_not_confirmed_once_the_permit_is_taken_back() {
    let service = service(40, |builder| builder);
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    let slow = Fault::Latency(Duration::from_millis(600));
    service.add_fault(slow.on("PullEvents"));
    queue.order(LiveCommand::PullOnce);
    let permit = Permit::default();
    queue.order(LiveCommand::Confirm(ids(&queue, 0), permit.clone()));
    permit.take_back();
    queue.until(|told| !told.confirmed().is_empty());
    let [Confirmed::Returning { archive_ids, why }] = queue.told.confirmed()[..] else {
        panic!("{:?}", queue.told.confirmed());
    };
    assert_eq!((archive_ids.len(), why), (16, &ConfirmFault::TakenBack));
    assert_eq!(service.call_count("ConfirmEvents"), 0);
}

#[test]
fn a_confirmation_that_waits_to_be_tried_again_ends_with_its_permit() {
    let service = service(40, |builder| builder);
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    service.add_fault(Fault::api("InternalError").on("ConfirmEvents"));
    let permit = Permit::default();
    queue.order(LiveCommand::Confirm(ids(&queue, 0), permit.clone()));
    queue.until(|told| told.count(|news| matches!(news, LiveNews::Retrying(_))) > 0);
    permit.take_back();
    queue.until(|told| !told.confirmed().is_empty());
    let [Confirmed::Returning { why, .. }] = queue.told.confirmed()[..] else {
        panic!("{:?}", queue.told.confirmed());
    };
    assert_eq!(*why, ConfirmFault::TakenBack);
    assert_eq!(service.confirmed().len(), 0);
}

#[test]
fn what_was_never_pulled_is_not_confirmed() {
    let service = service(4, |builder| builder);
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    queue.order(LiveCommand::Confirm(vec![9_999], Permit::default()));
    queue.until(|told| !told.confirmed().is_empty());
    let returning = Confirmed::Returning {
        archive_ids: vec![9_999],
        why: ConfirmFault::NotDurable,
    };
    assert_eq!(queue.told.confirmed(), [&returning]);
    assert_eq!(service.call_count("ConfirmEvents"), 0);
}

#[test]
fn a_redelivered_event_makes_no_second_row() {
    let service = service(3, |builder| builder.hidden_for(Duration::from_millis(300)));
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    let rows = queue.told.index.task_count();
    std::thread::sleep(Duration::from_millis(400));
    queue.order(LiveCommand::PullOnce);
    queue.until(|told| told.batches().len() == 2);
    let index = &queue.told.index;
    assert_eq!(index.task_count(), rows);
    for idx in index.tasks() {
        assert_eq!(index.task(idx).unwrap().deliveries, 2);
    }
}

#[test]
fn a_redelivered_event_of_no_task_makes_no_second_row_either() {
    let event = r#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]}}"#;
    let service = Service::builder()
        .events([event.to_owned()])
        .hidden_for(Duration::from_millis(100))
        .start()
        .unwrap();
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    std::thread::sleep(Duration::from_millis(200));
    queue.order(LiveCommand::PullOnce);
    queue.until(|told| told.batches().len() == 2);
    let index = &queue.told.index;
    let idx = index.tasks().next().unwrap();
    assert_eq!(
        (index.task_count(), index.task(idx).unwrap().deliveries),
        (1, 2)
    );
}

#[test]
fn an_empty_queue_is_a_state_and_no_fault() {
    let service = service(0, |builder| builder);
    service.set_mode(Mode::Push);
    let mut queue = Bench::new(&service).borrow();
    let push = |news: &LiveNews| matches!(news, LiveNews::Config(config) if config.mode == "PUSH");
    let empty = |news: &LiveNews| matches!(news, LiveNews::QueueEmpty { .. });
    queue.until(|told| told.count(empty) == 1 && told.count(push) == 1);
    assert_eq!(
        queue
            .told
            .count(|news| matches!(news, LiveNews::Failed { .. })),
        0
    );
}

#[test]
fn a_pull_does_not_wait_for_the_questions_beside_it() {
    let slow = |action| Fault::Latency(Duration::from_secs(3)).on(action);
    let service = service(3, |builder| {
        builder
            .fault(slow("DescribeEventConfig"))
            .fault(slow("DescribeEventsState"))
    });
    let queue = borrowed(&Bench::new(&service));
    let mode = |news: &LiveNews| matches!(news, LiveNews::Config(_));
    assert_eq!(queue.told.count(mode), 0);
}

#[test]
fn a_pull_that_was_cancelled_before_it_was_sent_is_never_sent() {
    let service = service(5, |builder| builder);
    let bench = Bench::new(&service);
    // The archive cannot be opened for now, so the job has not come to its pull.
    let holding = rusqlite::Connection::open(&bench.around.archive).unwrap();
    holding.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut queue = bench.borrow();
    queue.live.job.cancel();
    holding.execute_batch("COMMIT").unwrap();
    drop(holding);
    assert_eq!(queue.run_to_end().end, Some(SourceEnd::Cancelled));
    assert_eq!(pulls(&service), 0);
}

/// Another program that writes to the archive, until it is dropped.
fn writing(bench: &Bench) -> rusqlite::Connection {
    drop(Archive::open(&bench.around.archive).unwrap());
    let other = rusqlite::Connection::open(&bench.around.archive).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

#[test]
fn events_wait_for_an_archive_that_is_busy_while_they_are_hidden() {
    let service = service(3, |builder| builder);
    let bench = Bench::new(&service);
    let other = writing(&bench);
    let mut queue = bench.borrow();
    let sent = |news: &LiveNews| matches!(news, LiveNews::Requested { .. });
    queue.until(|told| told.count(sent) == 1);
    // Longer than one attempt.
    std::thread::sleep(Duration::from_millis(2_500));
    assert_eq!((pulls(&service), bench.archived().len()), (1, 0));
    drop(other);
    queue.until(|told| told.batches().len() == 1);
    assert_eq!(bench.archived().len(), 3);
}

#[test]
fn events_that_could_never_be_stored_are_named_and_the_next_pull_goes_on() {
    let service = service(3, |builder| builder.hidden_for(Duration::from_secs(1)));
    let bench = Bench::new(&service);
    let other = writing(&bench);
    let mut queue = bench.borrow();
    let lost = |news: &LiveNews| matches!(news, LiveNews::NotKept { events: 3, .. });
    queue.until(|told| told.count(lost) == 1);
    drop(other);
    queue.order(LiveCommand::PullOnce);
    queue.until(|told| told.batches().len() == 1);
    assert_eq!(bench.archived().len(), 3);
    assert_eq!(service.call_count("ConfirmEvents"), 0);
}

#[test]
fn a_live_queue_stops_by_itself_at_its_limit() {
    let service = service(100, |builder| builder);
    let mut queue = borrowed(&Bench::new(&service));
    queue.order(LiveCommand::Live(Some(LiveLimit {
        events: 40,
        time: Duration::from_mins(1),
    })));
    queue.until(|told| told.count(|news| *news == LiveNews::LimitReached) == 1);
    assert_eq!(pulls(&service), 4);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(pulls(&service), 4);
}

#[test]
fn a_failed_pull_is_not_tried_again_by_itself() {
    let service = service(20, |builder| {
        builder.fault("PullEvents:reset:1".parse::<FaultRule>().unwrap())
    });
    let mut queue = Bench::new(&service).borrow();
    queue.until(|told| told.count(|news| matches!(news, LiveNews::Failed { .. })) == 1);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(pulls(&service), 1);
    queue.order(LiveCommand::PullOnce);
    queue.until(|told| told.batches().len() == 1);
}

#[test]
fn a_lost_answer_to_a_confirmation_is_told_as_not_known() {
    let service = service(5, |builder| {
        builder.fault(Fault::Lost.on("ConfirmEvents").times(1))
    });
    let mut queue = borrowed(&Bench::new(&service));
    queue.order(LiveCommand::Confirm(ids(&queue, 0), Permit::default()));
    queue.until(|told| !told.confirmed().is_empty());
    let [Confirmed::Returning { why, .. }] = queue.told.confirmed()[..] else {
        panic!("{:?}", queue.told.confirmed());
    };
    assert!(matches!(why, ConfirmFault::Unsure(_)), "{why:?}");
}

#[test]
fn a_refused_confirmation_says_which_events_come_back() {
    let service = service(5, |builder| builder.hidden_for(Duration::from_millis(100)));
    let mut queue = borrowed(&Bench::new(&service));
    std::thread::sleep(Duration::from_millis(200));
    let all = ids(&queue, 0);
    queue.order(LiveCommand::Confirm(all.clone(), Permit::default()));
    queue.until(|told| !told.confirmed().is_empty());
    let [Confirmed::Returning { archive_ids, why }] = queue.told.confirmed()[..] else {
        panic!("{:?}", queue.told.confirmed());
    };
    assert_eq!(*archive_ids, all);
    assert!(
        matches!(why, ConfirmFault::Call(CallFault::Api(_))),
        "{why:?}"
    );
    assert_eq!(service.confirmed().len(), 0);
}

#[test]
fn nothing_is_pulled_that_could_not_be_kept() {
    let service = service(5, |builder| builder);
    let mut bench = Bench::new(&service);
    // A folder stands where the archive should.
    bench.around.archive = std::env::temp_dir();
    let mut queue = bench.borrow();
    let told = queue.run_to_end();
    assert_eq!(told.end, Some(SourceEnd::Failed));
    assert_eq!(
        told.count(|news| matches!(news, LiveNews::ArchiveFailed { .. })),
        1
    );
    assert_eq!(pulls(&service), 0);
}

#[test]
fn an_event_is_known_by_its_content() {
    let event = r#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]}}"#;
    let handled = event.replacen('{', "{\"EventHandle\":\"h\",", 1);
    assert_eq!(event_key(event.as_bytes()), event_key(handled.as_bytes()));
}

#[test]
fn what_was_deleted_from_the_archive_is_not_confirmed() {
    let service = service(3, |builder| builder);
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    let mut archive = Archive::open(&bench.around.archive).unwrap();
    assert_eq!(archive.delete(&Range::default()), Ok(3));
    queue.order(LiveCommand::Confirm(ids(&queue, 0), Permit::default()));
    queue.until(|told| told.confirmed().len() == 3);
    for confirmed in queue.told.confirmed() {
        let Confirmed::Returning { why, .. } = confirmed else {
            panic!("{confirmed:?}");
        };
        assert_eq!(*why, ConfirmFault::NotDurable);
    }
    assert_eq!(service.call_count("ConfirmEvents"), 0);
}

#[test]
fn a_live_queue_that_is_refused_stops() {
    let refused = Fault::api("UnauthorizedOperation")
        .on("PullEvents")
        .after(1);
    let service = service(40, |builder| builder.fault(refused));
    let bench = Bench::new(&service);
    let mut queue = borrowed(&bench);
    queue.order(LiveCommand::Live(Some(LiveLimit {
        events: 1_000,
        time: Duration::from_mins(1),
    })));
    queue.until(|told| told.count(|news| *news == LiveNews::LiveStopped) == 1);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(pulls(&service), 2);
}
