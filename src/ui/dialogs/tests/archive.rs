use egui::Key;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Made, NOW, Window};
use crate::model::{
    ArchiveFault, ArchiveSettings, ArchiveStats, ExportProgress, Exported, Lang, LiveSpec,
    Settings, Zone,
};
use crate::state::{
    ArchiveAction, ArchiveHeld, ArchiveRange, DeleteAction, Dialog, ExportAction, ExportEffect,
    LiveAction, LiveEffect,
};

const SINCE: &str = "Delete what arrived from";

fn opened() -> Window {
    opened_as(Made::default())
}

fn opened_as(made: Made) -> Window {
    let settings = Settings {
        zone: Zone::Beijing,
        ..Settings::default()
    };
    let mut window = Window::made(made, settings);
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
    let everything = LiveEffect::CountArchived(ArchiveRange::default());
    assert_eq!(window.asked(), [everything]);
    window
}

fn range(since_unix: Option<i64>, until_unix: Option<i64>) -> ArchiveRange {
    ArchiveRange {
        since_unix,
        until_unix,
    }
}

fn delete(window: &mut Window, action: DeleteAction) {
    window.live(LiveAction::Archive(ArchiveAction::Deletion(action)));
}

fn count(window: &mut Window, range: ArchiveRange, deliveries: u64) {
    let held = ArchiveHeld {
        deliveries,
        bytes: 3_100_000,
    };
    let result = Ok(held);
    delete(window, DeleteAction::Counted { range, result });
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

/// 2026-11-21, in Beijing.
const DAY: (i64, i64) = (1_795_190_400, 1_795_276_800);

#[test]
fn a_typed_range_is_understood_counted_and_named_before_it_is_deleted() {
    let mut window = opened();
    window.fill(SINCE, "2026-11-21");
    window.fill("To", "2026-11-21");
    let day = range(Some(DAY.0), Some(DAY.1));
    assert_eq!(window.asked().last(), Some(&LiveEffect::CountArchived(day)));
    let named =
        "what arrived from 2026-11-21 00:00:00 +08:00 on and before 2026-11-22 00:00:00 +08:00";
    assert!(window.shows(&format!("Counting {named}")));
    count(&mut window, day, 1_240);
    let held = format!("1,240 deliveries, 3.1 MB as received: {named}");
    assert!(window.shows(&held));
    window.click("Delete…");
    assert!(window.shows(&format!(
        "Delete from this machine {named} (1,240 deliveries)?"
    )));
    assert_eq!(window.asked(), []);
    window.click("Delete");
    assert_eq!(window.asked(), [LiveEffect::DeleteArchived(day)]);
    assert!(window.shows("Deleting…"));
    window.click("Delete…");
    assert!(!window.shows("Delete from this machine"));
    delete(&mut window, DeleteAction::Ended(Ok(1_240)));
    assert!(window.shows("1,240 deliveries deleted from this machine"));
    assert_eq!(window.asked(), [LiveEffect::ArchiveStats]);
}

#[test]
fn deleting_can_be_called_off_with_the_button_and_with_esc() {
    let mut window = opened();
    window.click("Delete…");
    assert!(window.shows("Delete from this machine everything that was pulled or received?"));
    window.click("Cancel");
    assert!(!window.shows("Delete from this machine"));
    window.click("Delete…");
    window.press(Key::Escape);
    assert!(!window.shows("Delete from this machine"));
    assert_eq!(window.state().dialog, Some(Dialog::Archive));
    window.press(Key::Escape);
    assert_eq!(window.state().dialog, None);
    assert_eq!(window.asked(), []);
}

#[test]
fn an_age_fills_both_fields() {
    let mut window = opened();
    window.fill(SINCE, "30d");
    window.click("Choose how old");
    window.click_part("Older than 7 days");
    let older = range(None, Some(NOW - 7 * 86_400));
    assert_eq!(
        window.asked().last(),
        Some(&LiveEffect::CountArchived(older))
    );
    let typed = |window: &Window| {
        let deletion = &window.state().live.archive.deletion;
        (deletion.since.clone(), deletion.until.clone())
    };
    assert_eq!(typed(&window), (String::new(), "7d".to_owned()));
    window.click("Choose how old");
    // Another menu of the dialog has an entry of the same name, and is closed.
    window
        .harness
        .get_by_role_and_label(egui::Role::MenuItem, "Everything")
        .click();
    window.step();
    assert_eq!(typed(&window), (String::new(), String::new()));
}

#[test]
fn what_is_not_understood_is_said_and_cannot_be_deleted() {
    for (since, until, why) in [
        ("soon", "", "A time like 72h, 3d or 2026-11-18 14:40"),
        ("", "2026-11-31", "now, or a time like 2026-11-21 14:40"),
        ("1d", "7d", "The span has to begin before it ends"),
    ] {
        let mut window = opened();
        let fields = [(SINCE, since), ("To", until)];
        for (field, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
            window.fill(field, text);
        }
        assert!(window.shows(why), "{since} {until}");
        window.asked();
        window.press(Key::Enter);
        window.click("Delete…");
        assert!(!window.shows("Delete from this machine"), "{since} {until}");
        assert_eq!(window.asked(), [], "{since} {until}");
    }
}

#[test]
fn where_nothing_is_stored_nothing_is_offered_to_be_deleted() {
    let mut window = opened();
    count(&mut window, ArchiveRange::default(), 0);
    assert!(window.shows("0 deliveries: everything"));
    let button = window.harness.get_by_label("Delete…");
    assert!(button.accesskit_node().is_disabled());
}

#[test]
fn enter_in_a_field_asks_and_enter_again_takes_it_back() {
    let mut window = opened();
    window.fill("To", "7d");
    window.asked();
    window.press(Key::Enter);
    assert!(window.shows("Delete from this machine"));
    window.press(Key::Enter);
    assert!(!window.shows("Delete from this machine"));
    assert_eq!(window.asked(), []);
}

#[test]
fn the_keyboard_goes_from_field_to_field_to_the_button() {
    let mut window = opened();
    window.click(SINCE);
    for _ in 0..3 {
        window.press(Key::Tab);
    }
    window.press(Key::Space);
    assert!(window.shows("Delete from this machine"));
}

#[test]
fn the_question_is_in_sight_in_the_smallest_window() {
    for lang in [Lang::En, Lang::Zh] {
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            let size = egui::vec2(1_024.0, 700.0);
            let mut window = opened_as(Made { lang, theme, size });
            window.fill(
                lang.pick(SINCE, "删除收到的内容，从"),
                "2026-11-01 00:00:00",
            );
            window.fill(lang.pick("To", "到"), "2026-11-21");
            window.click(lang.pick("Delete…", "删除…"));
            let done = lang.pick("Done", "完成");
            let foot = window.harness.get_by_label(done).rect();
            assert!(foot.bottom() < 700.0 - 8.0, "{lang:?}: {foot:?}");
            let cancel = lang.pick("Cancel", "取消");
            let rect = window.harness.get_by_label(cancel).rect();
            assert!(
                rect.bottom() < foot.top() - 8.0,
                "{lang:?}: {rect:?} {foot:?}"
            );
        }
    }
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
