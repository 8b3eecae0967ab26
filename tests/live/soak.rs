//! Live pulling under faults: archive and queue together always hold every event, and none twice.
//!
//! A short run by default; `VODSCOPE_SOAK_SECS=600` makes it the long one.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use vodscope::model::{LiveCommand, LiveLimit, LiveNews, Permit};

use crate::bench::Bench;
use crate::vod_service::{App, Builder, Fault, SUB_APP_ID, Service, event_key};

const EVENTS: u64 = 100_000;
const PATIENCE: Duration = Duration::from_mins(1);

fn seconds() -> u64 {
    let asked = std::env::var("VODSCOPE_SOAK_SECS");
    asked.ok().and_then(|text| text.parse().ok()).unwrap_or(4)
}

fn service() -> Service {
    let app = App::new(SUB_APP_ID, "soaked").arriving(Duration::from_millis(5), EVENTS);
    let faults = [
        Fault::Reset.on("PullEvents").percent(4),
        Fault::Lost.on("PullEvents").percent(4),
        Fault::Truncated.on("PullEvents").percent(4),
        Fault::Duplicate.on("PullEvents").percent(10),
        Fault::Garbage.on("PullEvents").percent(2),
        Fault::Lost.on("ConfirmEvents").percent(10),
        Fault::api("InternalError").on("ConfirmEvents").percent(10),
    ];
    let builder = Service::builder()
        .main_app(|_| app)
        .hidden_for(Duration::from_millis(900))
        .long_poll(Duration::from_millis(100))
        .seed(7);
    let builder = faults.into_iter().fold(builder, Builder::fault);
    builder.start().unwrap()
}

/// Every event that was confirmed, and so is gone from the queue, is in the archive.
fn check(service: &Service, bench: &Bench) -> usize {
    let confirmed: BTreeSet<String> = service.confirmed().into_iter().collect();
    let archived = bench.archived();
    let kept: BTreeSet<String> = archived.iter().map(|bytes| event_key(bytes)).collect();
    let lost: Vec<&String> = confirmed.difference(&kept).collect();
    assert!(lost.is_empty(), "confirmed and not kept: {lost:?}");
    let waiting: BTreeSet<String> = service.remaining().into_iter().collect();
    let both: Vec<&String> = confirmed.intersection(&waiting).collect();
    assert!(both.is_empty(), "confirmed and still queued: {both:?}");
    confirmed.len()
}

#[test]
fn archive_and_queue_together_hold_every_event() {
    let service = service();
    let bench = Bench::new(&service);
    let mut queue = bench.borrow();
    let begun = Instant::now();
    let shortest = Duration::from_secs(seconds());
    let longest = shortest.max(PATIENCE);
    let endless = LiveLimit {
        events: u64::MAX,
        time: Duration::from_hours(1),
    };
    queue.order(LiveCommand::Live(Some(endless)));
    let mut batches = 0;
    // On a busy machine the first seconds may bring no confirm at all.
    while begun.elapsed() < shortest
        || (service.confirmed().is_empty() && begun.elapsed() < longest)
    {
        let seen = queue.told.news.len();
        queue.until(|told| told.news.len() > seen);
        let all = queue.told.batches();
        for batch in &all[batches..] {
            let ids = batch.events.iter().map(|event| event.archive_id);
            queue.order(LiveCommand::Confirm(ids.collect(), Permit::default()));
        }
        batches = all.len();
    }
    queue.order(LiveCommand::Live(None));
    queue.live.job.cancel();
    queue.run_to_end();
    let confirmed = check(&service, &bench);
    assert!(confirmed > 0, "nothing was confirmed");
    let failed = queue
        .told
        .count(|news| matches!(news, LiveNews::Failed { .. }));
    assert!(failed > 0 || seconds() < 10, "no fault was met");
    // One row each, however often it came.
    let index = &queue.told.index;
    let archived = bench.archived();
    let kept: BTreeSet<String> = archived.iter().map(|bytes| event_key(bytes)).collect();
    assert_eq!(index.task_count(), kept.len());
}
