use super::Window;
use crate::model::{
    ArchiveFault, ArchiveSettings, ArchiveStats, ExportProgress, Exported, LiveSpec,
};
use crate::state::{ArchiveAction, Dialog, ExportAction, ExportEffect, LiveAction, LiveEffect};

use super::NOW;

fn opened() -> Window {
    let mut window = Window::new();
    window.live(LiveAction::Archive(ArchiveAction::Open));
    assert_eq!(window.asked(), [LiveEffect::ArchiveStats]);
    let stats = ArchiveStats {
        deliveries: 12_004,
        events: 11_420,
        bytes_on_disk: 94_700_000,
        oldest_unix: Some(NOW - 864_000),
        newest_unix: Some(NOW),
    };
    window.live(LiveAction::Archive(ArchiveAction::Stats(Ok(stats))));
    window
}

#[test]
fn what_is_held_is_told() {
    let window = opened();
    assert!(window.shows("Events: 11,420"));
    assert!(window.shows("On disk: 94.7 MB"));
}

#[test]
fn keeping_less_asks_first() {
    let mut window = opened();
    window.click("Keep for: 90 days");
    window.click("7 days");
    assert_eq!(window.asked(), []);
    assert!(window.shows("Keeping 7 days and 5 GB deletes"));
    window.click("Change and delete");
    let kept = ArchiveSettings {
        keep_days: 7,
        ..ArchiveSettings::default()
    };
    assert_eq!(window.asked(), [LiveEffect::Retain(kept)]);
}

#[test]
fn deleting_takes_two_steps_and_can_be_called_off() {
    let mut window = opened();
    window.click("Delete: Delete older than…");
    window.click("Older than 30 days");
    assert!(window.shows("more than 30 days ago"));
    window.click("Cancel");
    assert_eq!(window.asked(), []);
    window.click("Delete: Delete older than…");
    window.click("Everything");
    window.click("Delete");
    let all = LiveEffect::DeleteArchived {
        since_unix: None,
        until_unix: None,
    };
    assert_eq!(window.asked(), [all]);
}

#[test]
fn the_last_days_are_listed() {
    let mut window = opened();
    window.click("List");
    let since_unix = Some(NOW - 7 * 86_400);
    let spec = LiveSpec::Archive { since_unix };
    assert_eq!(window.asked(), [LiveEffect::Start(spec)]);
    assert_eq!(window.state().dialog, None);
}

#[test]
fn a_damaged_archive_is_told() {
    let mut window = opened();
    let why = "malformed".to_owned();
    let fault = Err(ArchiveFault::Corrupt { why });
    window.live(LiveAction::Archive(ArchiveAction::Stats(fault)));
    assert!(window.shows("The archive is damaged"));
    assert_eq!(window.state().dialog, Some(Dialog::Archive));
}

fn export(window: &mut Window, action: ExportAction) {
    window.live(LiveAction::Archive(ArchiveAction::Export(action)));
}

#[test]
fn the_chosen_part_is_exported_to_the_chosen_file() {
    let mut window = opened();
    window.click("Received: The last 7 days");
    window.click("Everything");
    window.click("Export…");
    let asked = window.asked();
    let [LiveEffect::Export(ExportEffect::Pick { name })] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert!(name.ends_with(".ndjson"), "{name}");
    export(&mut window, ExportAction::Begin("/a/b.ndjson".into()));
    let start = ExportEffect::Start {
        since_unix: None,
        path: "/a/b.ndjson".into(),
    };
    assert_eq!(window.asked(), [LiveEffect::Export(start)]);
}

#[test]
fn an_export_tells_how_far_it_is_and_can_be_stopped() {
    let mut window = opened();
    export(&mut window, ExportAction::Begin("/a/b.ndjson".into()));
    let exported = Exported {
        records: 1_240,
        ..Exported::default()
    };
    let progress = ExportProgress {
        exported,
        read: 42,
        total: 100,
    };
    export(&mut window, ExportAction::Progress(progress));
    assert!(window.shows("Exporting: 1,240 events, 42.0 %"));
    assert_eq!(window.asked().len(), 1);
    window.click("Export…");
    assert_eq!(window.asked(), []);
    window.click("Stop");
    assert_eq!(window.asked(), [LiveEffect::Export(ExportEffect::Cancel)]);
    let ended = ExportAction::Ended {
        path: "/a/b.ndjson".into(),
        result: Ok(exported),
    };
    export(&mut window, ended);
    assert!(window.shows("1,240 events exported"));
    assert!(!window.shows("Exporting:"));
}
