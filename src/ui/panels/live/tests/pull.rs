//! The panel of a pull, its strip and its rows.

use std::time::Duration;

use egui_kittest::kittest::Queryable as _;

use super::{click, commands, rows, shows, text};
use crate::model::{
    CallFault, Foreign, ForeignKind, Lang, LiveCommand, LiveNews, LiveSpec, Retry, SourceEnd,
    TaskProgress, TaskPull,
};
use crate::state::{Action, Effect, LiveAction, LiveEffect};
use crate::ui::panels::live::pull as panel;
use crate::ui::panels::live::testing::{Fed, NOW, SOURCE, api, tasks};

const LISTED: &str = r#"{"Response":{"TaskSet":[{"TaskId":"1256768367-Procedure-ce908a0000000000000000008b30t1","Status":"FINISH","TaskType":"Procedure","CreateTime":"2026-11-21T06:30:00Z","FinishTime":"2026-11-21T06:37:02Z"}],"ScrollToken":"","RequestId":"r-1"}}"#;

fn progress() -> TaskProgress {
    TaskProgress {
        pages: 99,
        listed_all: true,
        listed: 9_870,
        fetched: 6_312,
        known: 100,
        forgotten: 0,
        failed: 0,
        leaving_soon: 214,
        paused: false,
    }
}

pub(super) fn pulling(lang: Lang) -> Fed {
    let mut fed = Fed::new(lang).opened(tasks());
    fed.news(LiveNews::Progress(progress()));
    for second in 0..3 {
        for _ in 0..20 {
            let unix = NOW - 3 + second;
            fed.news(LiveNews::Requested { unix });
        }
    }
    fed.news(LiveNews::ClockAhead {
        secs: 12,
        request_id: "b2d81111-2222-3333-4444-5555666604c7".to_owned(),
    });
    for _ in 0..3 {
        fed.news(LiveNews::Retrying(Retry {
            action: "DescribeTaskDetail",
            fault: api("RequestLimitExceeded"),
            attempt: 1,
            wait: Duration::from_secs(2),
        }));
    }
    fed
}

#[test]
fn a_pull_is_told_by_its_steps() {
    for lang in [Lang::En, Lang::Zh] {
        let fed = pulling(lang);
        let pull = fed.state.live.pull(SOURCE).unwrap();
        let told = panel::snapshot(pull, fed.state.now_unix, &text(&fed));
        insta::assert_snapshot!(format!("pull_{lang:?}"), told);
    }
}

#[test]
fn a_failed_pull_says_who_acts() {
    for lang in [Lang::En, Lang::Zh] {
        let mut fed = pulling(lang);
        fed.news(LiveNews::Failed {
            action: "DescribeTasks",
            fault: api("AuthFailure.SecretIdNotFound"),
        });
        fed.ended(SourceEnd::Failed);
        let pull = fed.state.live.pull(SOURCE).unwrap();
        let told = panel::snapshot(pull, fed.state.now_unix, &text(&fed));
        insta::assert_snapshot!(format!("pull_failed_{lang:?}"), told);
    }
}

#[test]
fn a_pull_is_paused_and_stopped_by_its_buttons() {
    let mut window = pulling(Lang::En).window();
    assert!(shows(&window, "Pull from prod-edu"));
    window.effects();
    click(&mut window, "Pause");
    assert_eq!(commands(&window), [LiveCommand::Pause]);
    click(&mut window, "Stop and keep");
    assert_eq!(window.effects(), [Effect::CancelSource(SOURCE)]);
}

#[test]
fn a_stopped_pull_can_go_on() {
    let mut fed = pulling(Lang::En);
    fed.ended(SourceEnd::Cancelled);
    let mut window = fed.window();
    window.effects();
    click(&mut window, "Pull again");
    let started = window.effects();
    assert!(
        matches!(
            started.as_slice(),
            [Effect::Live(LiveEffect::Start(LiveSpec::Tasks { .. }))]
        ),
        "{started:?}"
    );
}

#[test]
fn a_listed_task_waits_for_its_detail_while_the_pull_runs() {
    let mut fed = pulling(Lang::En);
    fed.rows(LISTED, 1);
    let mut window = fed.window();
    assert!(rows(&window)[0].contains("waiting for detail"));
    window.feed(|fed| fed.ended(SourceEnd::Cancelled));
    assert!(rows(&window)[0].contains("no detail"));
}

const FETCHED: &str = r#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"TaskId":"1256768367-Procedure-ce908a0000000000000000008b30t1","Status":"FINISH","ErrCode":0,"Message":"SUCCESS","FileId":"5285890784310055217","FileName":"a.mp4","MediaProcessResultSet":[{"Type":"Transcode","TranscodeTask":{"Status":"SUCCESS","ErrCode":0,"Input":{"Definition":100030}}}]}}"#;

#[test]
fn a_detail_is_no_repeat_of_its_summary() {
    let mut fed = pulling(Lang::En);
    fed.rows(LISTED, 1);
    fed.rows(FETCHED, 2);
    let window = fed.window();
    assert!(shows(&window, "2 records · 1 task"));
    assert!(!shows(&window, "repeat"));
    assert!(shows(&window, "OK: 1") && shows(&window, "No detail: 0"));
}

#[test]
fn details_that_could_not_be_had_are_asked_for_again_by_a_button() {
    let mut fed = pulling(Lang::En);
    fed.news(LiveNews::Listing { pull: 7 });
    fed.news(LiveNews::Progress(TaskProgress {
        fetched: 9_767,
        failed: 3,
        ..progress()
    }));
    fed.ended(SourceEnd::Failed);
    let mut window = fed.window();
    assert!(shows(&window, "3 details could not be had"));
    window.effects();
    click(&mut window, "Retry");
    let started = window.effects();
    let resumes = |effect: &Effect| {
        matches!(
            effect,
            Effect::Live(LiveEffect::Start(LiveSpec::Tasks {
                pull: TaskPull::Resume { .. },
                ..
            }))
        )
    };
    assert!(started.iter().any(resumes), "{started:?}");
}

#[test]
fn the_strip_leads_back_to_the_pull() {
    let mut window = pulling(Lang::En).window();
    window.feed(|fed| fed.act(Action::Live(LiveAction::Show(None))));
    assert!(!shows(&window, "Pull from prod-edu"));
    let label = "Pulling tasks, prod-edu / 1500012345, 6,412 of 9,870";
    click(&mut window, label);
    assert_eq!(window.state().live.shown, Some(SOURCE));
}

#[test]
fn a_message_opens_to_tell_the_remedy() {
    let mut window = pulling(Lang::En).window();
    assert!(!shows(&window, "as the service said it"));
    let line = window
        .harness
        .get_all_by_label_contains("RequestLimitExceeded");
    line.last().unwrap().click();
    window.step();
    assert!(shows(&window, "as the service said it"));
    assert!(shows(&window, "Who acts"));
}

#[test]
fn what_came_instead_of_an_answer_can_be_looked_at() {
    let mut fed = pulling(Lang::En);
    fed.news(LiveNews::Failed {
        action: "DescribeTasks",
        fault: CallFault::NotAnAnswer(Foreign {
            status: 200,
            kind: ForeignKind::Html,
            content_type: "text/html".to_owned(),
            bytes: b"<html>Hotel WLAN login</html>".as_slice().into(),
            total_bytes: 29,
        }),
    });
    fed.ended(SourceEnd::Failed);
    let mut window = fed.window();
    assert!(!shows(&window, "Hotel WLAN login"));
    click(&mut window, "Show what came");
    assert!(shows(&window, "Hotel WLAN login"));
}
