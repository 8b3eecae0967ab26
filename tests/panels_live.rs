//! What the live panels read, from outside: rings, selections and pulls that go on, by actions
//! alone.
#![expect(
    unreachable_pub,
    reason = "the support files are shared between test programs"
)]

#[path = "support/scenario.rs"]
#[expect(dead_code, reason = "shared with the tests of the state")]
mod scenario;
#[path = "support/segments.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the index, which use all of it"
)]
mod segments;

use scenario::Scenario;
use segments::{Event, event, segment};
use vodscope::model::{
    Batch, Borrowed, BorrowedBatch, CLOUD_MEMORY, Compression, Confirmed, Encoding, LiveNews,
    LiveSpec, Profile, Shape, SourceEnd, SourceEvent, SourceId, SourceInfo, TaskPull, TaskQuery,
};
use vodscope::state::{
    Action, Effect, ListAction, LiveAction, LiveEffect, QueueAction, Ring, SourceAction,
};
use vodscope::store::TaskIdx;

const SOURCE: SourceId = SourceId(1);
/// The clock of a scenario.
const NOW: i64 = 1_795_240_683;

fn profile() -> Profile {
    Profile {
        name: "prod-edu".to_owned(),
        sub_app_id: Some(7),
        ..Profile::default()
    }
}

fn told(scenario: Scenario, event: SourceEvent) -> Scenario {
    scenario.act(Action::Source(SourceAction::Event(event)))
}

fn opened(live: LiveSpec) -> Scenario {
    opened_in(Scenario::new().wait(1_000), live)
}

fn opened_in(scenario: Scenario, live: LiveSpec) -> Scenario {
    let info = SourceInfo {
        id: SOURCE,
        name: "prod-edu".to_owned(),
        path: None,
        total_bytes: None,
        compression: Compression::None,
        encoding: Encoding::Utf8,
        shape: Shape::Lines,
        live: Some(live),
    };
    told(scenario, SourceEvent::Opened(info))
}

/// An event that was pulled, under its number in the archive.
fn pulled(scenario: Scenario, event: &Event, archive_id: u64) -> Scenario {
    let mut segment = segment([event]);
    for row in &mut segment.rows {
        row.offset = archive_id << 24;
    }
    let arrived = SourceEvent::Batch(Batch {
        source: SOURCE,
        segment,
        problems: Vec::new(),
        text_lines: 0,
        bytes_read: 1,
    });
    let news = LiveNews::Borrowed(BorrowedBatch {
        batch: archive_id,
        request_id: "r".to_owned(),
        pulled_unix_ms: NOW * 1_000,
        events: vec![Borrowed {
            archive_id: i64::try_from(archive_id).unwrap_or_default(),
            task_id: event.task_id.clone(),
            pulled_unix_ms: NOW * 1_000,
            batch: archive_id,
        }],
    });
    let source = SOURCE;
    told(told(scenario, arrived), SourceEvent::Live { source, news })
}

fn ring(scenario: &Scenario, task: u32) -> Option<Ring> {
    let state = &scenario.state;
    let task = state.index.task(TaskIdx(task))?;
    state.live.ring_of(&task, state.millis)
}

#[test]
fn a_redelivered_event_shows_the_ring_of_its_last_pull() {
    let queue = LiveSpec::Queue { profile: profile() };
    let once = pulled(opened(queue), &event("1-Procedure-a"), 4).wait(40_000);
    assert_eq!(ring(&once, 0), Some(Ring::Returned));
    let again = pulled(once, &event("1-Procedure-a"), 5);
    assert_eq!(again.state.index.task_count(), 1);
    assert!(matches!(ring(&again, 0), Some(Ring::Hidden { .. })));
}

#[test]
fn an_event_without_a_task_has_its_own_ring() {
    let queue = LiveSpec::Queue { profile: profile() };
    let scenario = pulled(opened(queue), &event(""), 4);
    assert!(matches!(ring(&scenario, 0), Some(Ring::Hidden { .. })));
}

#[test]
fn only_what_is_marked_and_still_hidden_can_be_confirmed() {
    let queue = LiveSpec::Queue { profile: profile() };
    let first = pulled(opened(queue), &event("1-Procedure-a"), 4);
    let both = pulled(first, &event("1-Procedure-b"), 5);
    let selected = both.act(Action::List(ListAction::Select(TaskIdx(1))));
    assert_eq!(selected.state.confirmable_deliveries(), [0_i64; 0]);
    let marked = selected.act(Action::List(ListAction::ToggleMark));
    assert_eq!(marked.state.confirmable_deliveries(), [5]);
    let later = marked.wait(29_000);
    assert_eq!(later.state.confirmable_deliveries(), [0_i64; 0]);
}

#[test]
fn what_was_confirmed_says_so_after_the_next_borrowing_began() {
    let queue = || LiveSpec::Queue { profile: profile() };
    let first = pulled(opened(queue()), &event("1-Procedure-a"), 4);
    let news = LiveNews::Confirmed(Confirmed::Deleted {
        archive_ids: vec![4],
        request_id: "r".to_owned(),
    });
    let source = SOURCE;
    let confirmed = told(first, SourceEvent::Live { source, news });
    let next = opened_in(confirmed, queue());
    assert_eq!(ring(&next, 0), Some(Ring::Confirmed));
    let other = pulled(next, &event("1-Procedure-b"), 5);
    assert!(matches!(ring(&other, 1), Some(Ring::Hidden { .. })));
}

#[test]
fn stopping_cancels_the_source_and_nothing_else() {
    let queue = LiveSpec::Queue { profile: profile() };
    let mut scenario = pulled(opened(queue), &event("1-Procedure-a"), 4);
    scenario.effects.clear();
    let stopped = scenario.act(Action::Live(LiveAction::Queue(QueueAction::Stop)));
    assert_eq!(stopped.effects, [Effect::CancelSource(SOURCE)]);
}

fn pull_of(since_unix: i64) -> LiveSpec {
    LiveSpec::Tasks {
        profile: profile(),
        pull: TaskPull::List(TaskQuery {
            since_unix,
            ..TaskQuery::default()
        }),
    }
}

fn ended(scenario: Scenario) -> Scenario {
    let end = SourceEvent::Ended {
        source: SOURCE,
        end: SourceEnd::Cancelled,
        elapsed: std::time::Duration::from_secs(1),
    };
    told(scenario, end)
}

#[test]
fn a_pull_goes_on_within_what_the_cloud_remembers() {
    let mut scenario = opened(pull_of(NOW - 100 * 3_600));
    let listing = LiveNews::Listing { pull: 7 };
    scenario = ended(told(
        scenario,
        SourceEvent::Live {
            source: SOURCE,
            news: listing,
        },
    ));
    scenario.effects.clear();
    let again = scenario.act(Action::Live(LiveAction::PullAgain(SOURCE)));
    let memory = i64::try_from(CLOUD_MEMORY.as_secs()).unwrap_or(i64::MAX);
    let LiveSpec::Tasks { profile, pull } = pull_of(NOW - memory) else {
        panic!("a pull of tasks");
    };
    let TaskPull::List(query) = pull else {
        panic!("a pull of a list");
    };
    let pull = TaskPull::Resume { id: 7, query };
    let start = LiveEffect::Start(LiveSpec::Tasks { profile, pull });
    assert_eq!(again.effects, [Effect::Live(start)]);
}

#[test]
fn a_pull_that_brought_everything_is_begun_anew() {
    let mut scenario = told(
        opened(pull_of(NOW - 3_600)),
        SourceEvent::Ended {
            source: SOURCE,
            end: SourceEnd::Complete,
            elapsed: std::time::Duration::from_secs(1),
        },
    );
    scenario.effects.clear();
    let again = scenario.act(Action::Live(LiveAction::PullAgain(SOURCE)));
    let start = LiveEffect::Start(pull_of(NOW - 3_600));
    assert_eq!(again.effects, [Effect::Live(start)]);
}

#[test]
fn a_running_pull_is_not_started_twice() {
    let mut scenario = opened(pull_of(NOW - 3_600));
    scenario.effects.clear();
    let again = scenario.act(Action::Live(LiveAction::PullAgain(SOURCE)));
    assert_eq!(again.effects, []);
}
