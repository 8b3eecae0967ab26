//! The application without a window, live: what may be pulled, confirmed, kept and shown.

use std::time::Duration;

use vodscope::model::{
    Borrowed, BorrowedBatch, Compression, Encoding, Lang, LiveCommand, LiveNews, LiveSpec,
    OriginChoice, Permit, Profile, Secret, Settings, Shape, SourceEnd, SourceEvent, SourceId,
    SourceInfo, TaskPull,
};
use vodscope::state::{
    Action, AppAction, AppState, Dialog, DialogAction, DialogField, Effect, ListAction, LiveAction,
    LiveEffect, Move, PullMode, QueueAction, SourceAction, update,
};

use vodscope::store::{FacetValue, Sense};

const NOW: i64 = 1_795_240_683;
const ID: SourceId = SourceId(0);

struct App {
    state: AppState,
    effects: Vec<Effect>,
}

impl App {
    fn new() -> Self {
        let state = AppState::new(Settings::default(), Lang::En);
        let mut app = Self {
            state,
            effects: Vec::new(),
        };
        app.tick(1_000);
        app
    }

    fn act(&mut self, action: Action) -> &mut Self {
        self.effects.extend(update(&mut self.state, action));
        self
    }

    fn tick(&mut self, millis: u64) -> &mut Self {
        self.act(Action::App(AppAction::Tick {
            now_unix: NOW,
            millis,
        }))
    }

    fn live(&mut self, action: LiveAction) -> &mut Self {
        self.act(Action::Live(action))
    }

    fn edit(&mut self, field: DialogField) -> &mut Self {
        self.live(LiveAction::Dialog(DialogAction::Edit(field)))
    }

    fn event(&mut self, event: SourceEvent) -> &mut Self {
        self.act(Action::Source(SourceAction::Event(event)))
    }

    fn news(&mut self, news: LiveNews) -> &mut Self {
        self.event(SourceEvent::Live { source: ID, news })
    }

    fn opened(&mut self, live: LiveSpec) -> &mut Self {
        self.event(SourceEvent::Opened(SourceInfo {
            id: ID,
            name: "prod".to_owned(),
            path: None,
            total_bytes: None,
            compression: Compression::None,
            encoding: Encoding::Utf8,
            shape: Shape::Documents,
            live: Some(live),
        }))
    }

    fn queue(&mut self) -> &mut Self {
        let profile = profile();
        self.opened(LiveSpec::Queue { profile })
    }

    fn commands(&self) -> Vec<&LiveCommand> {
        let mut commands = Vec::new();
        for effect in &self.effects {
            if let Effect::Live(LiveEffect::Command(_, command)) = effect {
                commands.push(command);
            }
        }
        commands
    }

    fn live_effects(&self) -> Vec<&LiveEffect> {
        let mut live = Vec::new();
        for effect in &self.effects {
            if let Effect::Live(effect) = effect {
                live.push(effect);
            }
        }
        live
    }
}

fn profile() -> Profile {
    Profile {
        name: "prod".to_owned(),
        sub_app_id: Some(1_500_012_345),
        ..Profile::default()
    }
}

fn borrowed(ids: &[i64]) -> LiveNews {
    let event = |id: &i64| Borrowed {
        archive_id: *id,
        task_id: String::new(),
        pulled_unix_ms: NOW * 1_000,
        batch: 1,
    };
    LiveNews::Borrowed(BorrowedBatch {
        batch: 1,
        request_id: "r-1".to_owned(),
        pulled_unix_ms: NOW * 1_000,
        events: ids.iter().map(event).collect(),
    })
}

#[test]
fn the_dialog_asks_for_nothing_but_which_keys_there_are() {
    let mut app = App::new();
    app.live(LiveAction::Dialog(DialogAction::Open(PullMode::Queue)));
    assert_eq!(app.state.dialog, Some(Dialog::Pull));
    assert!(matches!(app.live_effects()[..], [LiveEffect::Probe(_)]));
}

#[test]
fn tasks_are_what_is_pulled_unless_the_queue_is_chosen() {
    let mut app = App::new();
    app.live(LiveAction::Dialog(DialogAction::Open(PullMode::Tasks)));
    app.live(LiveAction::Dialog(DialogAction::Start));
    let started = app
        .live_effects()
        .into_iter()
        .filter_map(|effect| match effect {
            LiveEffect::Start(spec) => Some(spec),
            _ => None,
        });
    let started: Vec<&LiveSpec> = started.collect();
    assert!(matches!(
        started[..],
        [LiveSpec::Tasks {
            pull: TaskPull::List(_),
            ..
        }]
    ));
    assert_eq!(app.state.dialog, None);
    assert_eq!(app.state.settings.profiles.len(), 1);
}

#[test]
fn typed_keys_leave_the_dialog_and_are_in_no_settings() {
    let mut app = App::new();
    app.live(LiveAction::Dialog(DialogAction::Open(PullMode::Tasks)));
    app.edit(DialogField::Origin(OriginChoice::Typed));
    app.edit(DialogField::TypedId("AKIDz8krbsJ5yKBZQpn74WFk".to_owned()));
    app.edit(DialogField::TypedKey(Secret::new("Gu5t9xGARNpq86cd")));
    app.live(LiveAction::Dialog(DialogAction::Start));
    assert!(app.state.live.dialog.keys.key.is_empty());
    let kept = |effect: &&LiveEffect| matches!(effect, LiveEffect::KeepKeys { .. });
    assert_eq!(app.live_effects().into_iter().filter(kept).count(), 1);
    let everything = format!("{:?} {:?}", app.state.settings, app.effects);
    assert!(!everything.contains("Gu5t9xGARNpq86cd"), "{everything}");
}

#[test]
fn keys_that_a_test_took_over_are_still_kept_where_it_is_said() {
    let mut app = App::new();
    app.live(LiveAction::Dialog(DialogAction::Open(PullMode::Tasks)));
    app.edit(DialogField::Origin(OriginChoice::Typed));
    app.edit(DialogField::TypedId("AKIDz8krbsJ5yKBZQpn74WFk".to_owned()));
    app.edit(DialogField::TypedKey(Secret::new("Gu5t9xGARNpq86cd")));
    app.live(LiveAction::Dialog(DialogAction::Test));
    app.edit(DialogField::KeepInKeyring(true));
    app.live(LiveAction::Dialog(DialogAction::Start));
    let profile = "default".to_owned();
    let held = LiveEffect::KeepHeldKeys {
        profile: profile.clone(),
    };
    assert!(app.live_effects().contains(&&held));
    let origin = |app: &App| app.state.settings.profiles.first().unwrap().origin;
    assert_eq!(origin(&app), OriginChoice::Keyring);
    app.live(LiveAction::Dialog(DialogAction::KeyringFailed {
        profile,
        why: "it is locked".to_owned(),
    }));
    assert_eq!(origin(&app), OriginChoice::Typed);
    assert_eq!(app.state.toasts.shown.len(), 1);
}

#[test]
fn a_test_of_another_profile_counts_no_more() {
    let mut app = App::new();
    app.live(LiveAction::Dialog(DialogAction::Open(PullMode::Tasks)));
    app.live(LiveAction::Dialog(DialogAction::Test));
    assert!(app.state.live.dialog.test.is_under_way());
    app.edit(DialogField::SubAppId("7".to_owned()));
    assert!(!app.state.live.dialog.test.is_under_way());
}

#[test]
fn a_pull_is_shown_until_a_task_is_chosen() {
    let mut app = App::new();
    let pull = TaskPull::Task("t".to_owned());
    app.opened(LiveSpec::Tasks {
        profile: profile(),
        pull,
    });
    assert_eq!(app.state.live.shown, Some(ID));
    app.act(Action::List(ListAction::Move(Move::Down)));
    assert_eq!(app.state.live.shown, None);
    app.live(LiveAction::Show(Some(ID)));
    assert_eq!(app.state.live.shown, Some(ID));
}

#[test]
fn one_click_orders_one_pull_and_no_second_before_its_answer() {
    let mut app = App::new();
    app.queue();
    // The first pull is the source's own.
    app.live(LiveAction::Queue(QueueAction::PullMore));
    assert_eq!(app.commands(), [] as [&LiveCommand; 0]);
    app.news(borrowed(&[1]));
    app.live(LiveAction::Queue(QueueAction::PullMore));
    app.live(LiveAction::Queue(QueueAction::PullMore));
    assert_eq!(app.commands(), [&LiveCommand::PullOnce]);
}

#[test]
fn confirming_takes_the_applications_id() {
    let mut app = App::new();
    app.queue().news(borrowed(&[1, 2]));
    app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
    app.live(LiveAction::Queue(QueueAction::TypeId(
        "1500012344".to_owned(),
    )));
    app.live(LiveAction::Queue(QueueAction::EnableConfirm));
    app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
    assert_eq!(app.commands(), [] as [&LiveCommand; 0]);
    app.live(LiveAction::Queue(QueueAction::TypeId(
        " 1500012345 ".to_owned(),
    )));
    app.live(LiveAction::Queue(QueueAction::EnableConfirm));
    app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
    let ordered = LiveCommand::Confirm(vec![1, 2], Permit::default());
    assert_eq!(app.commands(), [&ordered]);
}

#[test]
fn what_was_ordered_is_taken_back_when_confirming_is_locked() {
    for locks in [QueueAction::DisableConfirm, QueueAction::Stop] {
        let mut app = App::new();
        app.queue().news(borrowed(&[1, 2]));
        unlock(&mut app);
        app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
        app.live(LiveAction::Queue(locks));
        unlock(&mut app);
        let Some(LiveCommand::Confirm(_, permit)) = app.commands().first().copied() else {
            panic!("nothing was ordered");
        };
        assert!(!permit.stands());
    }
}

#[test]
fn what_is_confirmed_is_not_confirmed_again_and_what_is_old_never() {
    let mut app = App::new();
    app.queue().news(borrowed(&[1]));
    app.live(LiveAction::Queue(QueueAction::TypeId(
        "1500012345".to_owned(),
    )));
    app.live(LiveAction::Queue(QueueAction::EnableConfirm));
    app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
    app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
    assert_eq!(app.commands().len(), 1);
    app.news(borrowed(&[2])).tick(40_000);
    app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
    assert_eq!(app.commands().len(), 1);
}

fn unlock(app: &mut App) {
    let typed = QueueAction::TypeId("1500012345".to_owned());
    app.live(LiveAction::Queue(typed));
    app.live(LiveAction::Queue(QueueAction::EnableConfirm));
}

#[test]
fn confirming_is_locked_again_when_borrowing_ends_and_when_another_begins() {
    let mut app = App::new();
    app.queue().news(borrowed(&[1]));
    unlock(&mut app);
    assert!(app.state.live.queue.as_ref().unwrap().confirm_on);
    app.live(LiveAction::Queue(QueueAction::Stop));
    let stopped = app.state.live.queue.as_ref().unwrap();
    assert_eq!((stopped.confirm_on, stopped.typed_id.as_str()), (false, ""));
    app.queue().news(borrowed(&[2]));
    app.live(LiveAction::Queue(QueueAction::ConfirmBatch(1)));
    assert_eq!(app.commands(), [] as [&LiveCommand; 0]);
    unlock(&mut app);
    app.event(SourceEvent::Ended {
        source: ID,
        end: SourceEnd::Failed,
        elapsed: Duration::ZERO,
    });
    assert!(!app.state.live.queue.as_ref().unwrap().confirm_on);
}

/// The query as chips and text.
fn asked(app: &App) -> (String, String) {
    let list = &app.state.list;
    (list.query.to_string(), list.text.clone())
}

#[test]
fn what_is_borrowed_is_listed_alone_until_borrowing_ends() {
    let mut app = App::new();
    app.act(Action::List(ListAction::SetText("lecture".to_owned())));
    let before = asked(&app);
    app.queue();
    assert_eq!(asked(&app), before, "nothing has come yet");
    app.news(borrowed(&[1]));
    let source = FacetValue::Source(ID);
    assert_eq!(app.state.list.query.sense_of(&source), Some(Sense::Include));
    assert_eq!(app.state.list.query.chips.len(), 1);
    assert_eq!(app.state.list.text, "");
    app.live(LiveAction::Queue(QueueAction::Stop));
    assert_eq!(asked(&app), before);
}

#[test]
fn a_filter_chosen_while_borrowing_stays() {
    let mut app = App::new();
    app.act(Action::List(ListAction::SetText("lecture".to_owned())));
    app.queue().news(borrowed(&[1]));
    app.act(Action::List(ListAction::ToggleFailedOnly));
    let chosen = asked(&app);
    app.live(LiveAction::Queue(QueueAction::Stop));
    assert_eq!(asked(&app), chosen);
}

#[test]
fn a_closed_source_leaves_no_filter_behind() {
    let mut app = App::new();
    app.queue().news(borrowed(&[1]));
    app.act(Action::Source(SourceAction::Close(ID)));
    assert_eq!(asked(&app), (String::new(), String::new()));
}

#[test]
fn a_source_that_ended_hides_nothing_of_the_next_one() {
    let mut app = App::new();
    app.queue().news(borrowed(&[1]));
    app.act(Action::List(ListAction::ToggleFailedOnly));
    app.live(LiveAction::Queue(QueueAction::Stop));
    app.event(SourceEvent::Ended {
        source: ID,
        end: SourceEnd::Cancelled,
        elapsed: Duration::ZERO,
    });
    let source = FacetValue::Source(ID);
    assert!(app.state.list.query.sense_of(&source).is_some());
    app.opened(LiveSpec::Tasks {
        profile: profile(),
        pull: TaskPull::Task("t".to_owned()),
    });
    assert_eq!(app.state.list.query.sense_of(&source), None);
    assert!(app.state.list.failed_only());
}

#[test]
fn the_keyring_is_looked_into_once_typing_rests() {
    let mut app = App::new();
    app.live(LiveAction::Dialog(DialogAction::Open(PullMode::Tasks)));
    let probes = |app: &App| {
        let probe = |effect: &&LiveEffect| matches!(effect, LiveEffect::Probe(_));
        app.live_effects().into_iter().filter(probe).count()
    };
    for name in ["p", "pr", "pro"] {
        app.edit(DialogField::Name(name.to_owned()));
    }
    assert_eq!(probes(&app), 1);
    assert!(app.state.live.is_moving(app.state.millis));
    app.tick(1_399);
    assert_eq!(probes(&app), 1);
    app.tick(1_400).tick(2_000);
    assert_eq!(probes(&app), 2);
    assert!(!app.state.live.is_moving(app.state.millis));
}

#[test]
fn keys_that_stay_are_told_where_the_person_is() {
    let failed = || DialogAction::ForgetFailed {
        profile: "prod".to_owned(),
        why: "locked".to_owned(),
    };
    let mut app = App::new();
    app.live(LiveAction::Dialog(failed()));
    let told = &app.state.toasts.shown;
    assert!(told.iter().any(|toast| toast.title.contains("locked")));
    let mut app = App::new();
    app.live(LiveAction::Dialog(DialogAction::Open(PullMode::Tasks)));
    app.live(LiveAction::Dialog(failed()));
    assert!(app.state.live.dialog.forget_fault.is_some());
    assert_eq!(app.state.toasts.shown.len(), 0);
}

#[test]
fn the_size_of_the_archive_is_asked_for_while_it_grows() {
    let mut app = App::new();
    app.tick(10_000).opened(LiveSpec::Tasks {
        profile: profile(),
        pull: TaskPull::Task("t".to_owned()),
    });
    app.tick(14_000);
    assert_eq!(app.live_effects(), [] as [&LiveEffect; 0]);
    app.tick(15_000).tick(16_000);
    assert_eq!(app.live_effects(), [&LiveEffect::ArchiveStats]);
}

#[test]
fn stopping_ends_borrowing_at_once() {
    let mut app = App::new();
    app.queue().news(borrowed(&[1]));
    assert!(app.state.live.is_borrowing());
    app.live(LiveAction::Queue(QueueAction::Stop));
    assert!(!app.state.live.is_borrowing());
    assert!(app.effects.contains(&Effect::CancelSource(ID)));
    app.live(LiveAction::Queue(QueueAction::PullMore));
    assert_eq!(app.commands(), [] as [&LiveCommand; 0]);
}

#[test]
fn rings_move_until_the_last_event_has_returned() {
    let mut app = App::new();
    app.queue().news(borrowed(&[1]));
    app.live(LiveAction::Queue(QueueAction::Stop));
    assert!(app.state.live.is_moving(app.state.millis));
    assert!(!app.state.live.is_moving(app.state.millis + 31_000));
}

#[test]
fn a_watched_task_that_fails_is_told_through_the_desktop() {
    let notified = |failed| {
        let mut app = App::new();
        let pull = TaskPull::Watch("t".to_owned());
        app.opened(LiveSpec::Tasks {
            profile: profile(),
            pull,
        });
        let task_id = "t".to_owned();
        app.news(LiveNews::TaskEnded { task_id, failed });
        let notify = |effect: &&LiveEffect| matches!(effect, LiveEffect::Notify { .. });
        app.live_effects().into_iter().filter(notify).count()
    };
    assert_eq!((notified(true), notified(false)), (1, 0));
}

#[test]
fn a_queue_that_fell_over_is_not_borrowed_from_any_more() {
    let mut app = App::new();
    app.queue().event(SourceEvent::Ended {
        source: ID,
        end: SourceEnd::Failed,
        elapsed: Duration::ZERO,
    });
    assert!(!app.state.live.is_borrowing());
}
