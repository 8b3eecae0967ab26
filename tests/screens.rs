//! The whole window, driven as a person does: by what is read on the screen and by keys.
#![expect(clippy::unwrap_used, reason = "a helper fails its test loudly")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, Role, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use vodscope::model::{Lang, SourceSpec, ThemeChoice};
use vodscope::shell::{App, sample_specs};
use vodscope::state::{AppState, Dialog, Pane, Phase, Tab};

/// Longer than any job here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("assets/samples")
        .join(name)
}

/// The window with what is opened in it.
struct Window {
    harness: Harness<'static, App>,
}

impl Window {
    fn open(specs: Vec<SourceSpec>) -> Self {
        Self::sized(Vec2::new(1440.0, 900.0), specs)
    }

    fn sized(size: Vec2, specs: Vec<SourceSpec>) -> Self {
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(64)
            .build_eframe(move |cc| App::new(cc, None, specs));
        let mut window = Self { harness };
        window.step();
        window.speak(Lang::En);
        window
    }

    fn samples(names: &[&str]) -> Self {
        let specs = names.iter().map(|name| SourceSpec::Path(sample(name)));
        let mut window = Self::open(specs.collect());
        window.wait("everything is read", |state| {
            let sources = &state.sources;
            sources.opening == 0 && !sources.list.is_empty() && !sources.is_reading()
        });
        window
    }

    fn state(&self) -> &AppState {
        self.harness.state().state()
    }

    fn step(&mut self) {
        self.harness.run_steps(4);
    }

    /// Draws until the state is as wanted.
    #[track_caller]
    fn wait(&mut self, what: &str, wanted: impl Fn(&AppState) -> bool) {
        let begun = Instant::now();
        while !wanted(self.state()) {
            assert!(begun.elapsed() < PATIENCE, "never came: {what}");
            std::thread::sleep(Duration::from_millis(5));
            self.step();
        }
        self.step();
    }

    /// Chooses the language by its button, whatever the system speaks.
    fn speak(&mut self, lang: Lang) {
        self.click(lang.pick("EN", "中文"));
    }

    #[track_caller]
    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.step();
    }

    #[track_caller]
    fn click_part(&mut self, part: &str) {
        self.harness
            .get_all_by_label_contains(part)
            .next()
            .unwrap()
            .click();
        self.step();
    }

    fn shows(&self, part: &str) -> bool {
        self.harness
            .query_all_by_label_contains(part)
            .next()
            .is_some()
    }

    fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.step();
    }

    fn control(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, key);
        self.step();
    }

    fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.harness.event(Event::Text(c.to_string()));
            self.step();
        }
    }

    fn selected_name(&self) -> &str {
        let state = self.state();
        let task = state.list.selected.and_then(|idx| state.index.task(idx));
        task.map_or("", |task| task.file_name)
    }

    /// The rows in sight as they are read aloud.
    fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListItem);
        rows.filter_map(|row| row.accesskit_node().label())
            .collect()
    }
}

#[test]
fn an_empty_window_offers_ways_to_begin() {
    let window = Window::open(Vec::new());
    for words in ["Open files", "Paste JSON", "Bundled samples", "It reads"] {
        assert!(window.shows(words), "{words}");
    }
    assert!(window.shows("Nothing loaded"));
}

#[test]
fn the_bundled_samples_open_from_the_first_screen() {
    let mut window = Window::open(Vec::new());
    window.click("A flow that finished with 2 of 6 failed");
    window.wait("the sample is open", |state| {
        !state.sources.list.is_empty() && !state.sources.is_reading()
    });
    let sources = &window.state().sources.list;
    assert_eq!(sources.len(), 1, "a row opens its own sample alone");
    assert_eq!(sources[0].info.name, "04-partly-failed.json");
    assert_eq!(window.state().index.task_count(), 1);
}

#[test]
fn a_row_says_its_verdict_and_a_click_opens_the_task() {
    let mut window = Window::samples(&["01-callback.json", "04-partly-failed.json"]);
    assert!(
        window
            .rows()
            .iter()
            .any(|row| row.contains("2 of 6 failed: 1080p, Cover")),
        "{:?}",
        window.rows()
    );
    window.click_part("2 of 6 failed");
    window.wait("the task is read", |state| state.detail.loaded().is_some());
    assert!(
        window.selected_name().contains("高等数学"),
        "{}",
        window.selected_name()
    );
}

#[test]
fn typing_narrows_the_list_and_escape_brings_it_back() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    let all = window.state().list.view.len();
    window.type_text("/");
    assert_eq!(window.state().focus, Pane::Query);
    window.type_text("podcast");
    assert!(window.state().list.view.len() < all);
    assert!(
        window.rows().iter().all(|row| row.contains("podcast")),
        "{:?}",
        window.rows()
    );
    window.press(Key::Escape);
    assert_eq!(window.state().focus, Pane::List);
    window.press(Key::Escape);
    assert_eq!(window.state().list.view.len(), all);
}

#[test]
fn a_facet_includes_on_click_and_leaves_with_its_chip() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    let all = window.state().list.view.len();
    window.click_part("Verdict: All failed");
    let failed = window.state().list.view.len();
    assert!(0 < failed && failed < all);
    assert!(
        window.rows().iter().all(|row| row.contains("failed")),
        "{:?}",
        window.rows()
    );
    window.click("Remove filter: verdict: all failed");
    assert_eq!(window.state().list.view.len(), all);
}

#[test]
fn letters_move_filter_and_switch_tabs() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    let first = window.selected_name().to_owned();
    window.press(Key::J);
    assert_ne!(window.selected_name(), first);
    window.press(Key::K);
    assert_eq!(window.selected_name(), first);
    window.press(Key::F);
    assert!(window.state().list.failed_only());
    window.press(Key::Num6);
    assert_eq!(window.state().detail.tab, Tab::Raw);
}

#[test]
fn the_slash_searches_the_event_while_its_raw_tab_is_open() {
    let mut window = Window::samples(&["01-callback.json"]);
    window.wait("the task is read", |state| state.detail.loaded().is_some());
    window.press(Key::Num6);
    assert_eq!(window.state().focus, Pane::List);
    window.press(Key::Slash);
    window.type_text("FileUrl");
    assert_eq!(window.state().raw.search.text, "FileUrl");
    assert_eq!(window.state().list.text, "");
}

#[test]
fn two_letters_copy_the_task_id_and_say_so() {
    let mut window = Window::samples(&["01-callback.json"]);
    window.press(Key::Y);
    window.press(Key::I);
    assert!(window.shows("Copied TaskId"));
}

#[test]
fn letters_are_only_text_while_the_query_is_typed() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    window.control(Key::F);
    window.type_text("f5");
    assert_eq!(window.state().list.text, "f5");
    assert!(!window.state().list.failed_only());
    assert_eq!(window.state().detail.tab, Tab::Overview);
}

#[test]
fn the_language_changes_every_word_at_once() {
    let mut window = Window::samples(&["04-partly-failed.json"]);
    window.speak(Lang::Zh);
    assert!(window.shows("6 项中 2 项失败"), "{:?}", window.rows());
    assert!(window.shows("打开"));
    window.speak(Lang::En);
    assert!(window.shows("2 of 6 failed"));
}

#[test]
fn the_theme_is_chosen_in_its_menu() {
    let mut window = Window::samples(&["01-callback.json"]);
    window.click("Theme");
    window.click("Dark");
    assert_eq!(window.state().settings.theme, ThemeChoice::Dark);
    assert!(window.harness.ctx.global_style().visuals.dark_mode);
}

#[test]
fn the_palette_finds_a_command_and_runs_it() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    window.control(Key::K);
    assert_eq!(window.state().dialog, Some(Dialog::Palette));
    window.type_text("failed only");
    window.press(Key::Enter);
    assert_eq!(window.state().dialog, None);
    assert!(window.state().list.failed_only());
}

#[test]
fn all_keys_are_listed_and_escape_closes_the_list() {
    let mut window = Window::samples(&["01-callback.json"]);
    window.type_text("?");
    assert_eq!(window.state().dialog, Some(Dialog::Keys));
    assert!(window.shows("Copy the TaskId"));
    window.press(Key::Escape);
    assert_eq!(window.state().dialog, None);
}

#[test]
fn a_filter_that_leaves_nothing_is_named_and_offered_for_removal() {
    let mut window = Window::samples(&["01-callback.json"]);
    window.press(Key::F);
    assert!(window.shows("No task matches"));
    window.click("Remove verdict: partly failed, verdict: all failed");
    assert_eq!(window.state().list.view.len(), 1);
}

#[test]
fn unreadable_records_are_reported_beside_the_good_ones() {
    let mut window = Window::samples(&["edge/damaged.ndjson"]);
    assert!(window.state().index.task_count() > 0);
    window.click_part("Load report: 5 unreadable");
    assert_eq!(window.state().dialog, Some(Dialog::LoadReport));
    assert!(window.shows("5 of 10 records could not be read"));
    assert!(window.shows("What was recognised"));
    window.click("Copy report");
    assert!(window.shows("Copied Load report"));
    window.click("Close the report");
    assert_eq!(window.state().dialog, None);
}

#[test]
fn a_file_with_nothing_readable_opens_the_report_by_itself() {
    let window = Window::samples(&["edge/empty.json"]);
    assert_eq!(window.state().dialog, Some(Dialog::LoadReport));
    assert!(window.shows("The file is empty"));
    assert!(window.shows("1 source could not be read"));
}

#[test]
fn a_narrow_window_lists_tasks_as_a_table() {
    let mut window = Window::sized(Vec2::new(1024.0, 700.0), sample_specs());
    window.wait("everything is read", |state| {
        !state.index.is_empty() && !state.sources.is_reading()
    });
    assert!(window.shows("Finished"));
    assert!(window.shows("Duration"));
    assert!(!window.shows("Verdict: OK"));
    window.click("Open the rail");
    assert!(window.shows("Verdict: OK"));
}

#[test]
fn files_over_the_window_are_told_apart_before_they_are_dropped() {
    let mut window = Window::open(Vec::new());
    let file = |name: &str| egui::HoveredFile {
        path: Some(PathBuf::from("/events").join(name)),
        mime: String::new(),
    };
    let input = window.harness.input_mut();
    input.hovered_files = vec![file("vod.ndjson"), file("cover.png")];
    window.harness.run_steps(1);
    assert!(window.shows("Drop to open 1 of 2 files"));
}

#[test]
fn a_drag_across_the_histogram_selects_a_time() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    let all = window.state().list.view.len();
    let label = "Tasks over time, drag to select a range";
    let rect = window.harness.get_by_label(label).rect();
    window.harness.drag_at(rect.center());
    window.step();
    window
        .harness
        .hover_at(rect.right_center() - Vec2::new(8.0, 0.0));
    window.step();
    window
        .harness
        .drop_at(rect.right_center() - Vec2::new(8.0, 0.0));
    window.step();
    assert!(window.state().list.query.time.is_some());
    assert!(window.state().list.view.len() < all);
}

#[test]
fn a_followed_file_at_rest_lets_the_window_sleep() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("callbacks.ndjson");
    std::fs::copy(sample("launch-night.ndjson"), &path).unwrap();
    let mut window = Window::open(vec![SourceSpec::Follow(path)]);
    window.wait(
        "the file is read to its end",
        |state| matches!(state.sources.list.as_slice(), [one] if one.phase == Phase::Following),
    );
    window.wait("the task is read", |state| state.detail.loaded().is_some());
    window.step();
    let root = &window.harness.output().viewport_output[&egui::ViewportId::ROOT];
    assert!(
        root.repaint_delay >= Duration::from_secs(10),
        "drawn again after {:?}",
        root.repaint_delay
    );
}

#[test]
fn an_id_is_filtered_out_from_its_menu() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    window.wait("the task is read", |state| state.detail.loaded().is_some());
    let all = window.state().list.view.len();
    let loaded = window.state().detail.loaded().unwrap();
    let id = loaded.detail.task_id.clone().unwrap();
    window.harness.get_by_label(&id).click_secondary();
    window.step();
    window.click("Filter out");
    assert_eq!(window.state().list.text, format!("-\"{id}\""));
    assert_eq!(window.state().list.view.len(), all - 1);
}

#[test]
fn minus_filters_out_the_value_under_the_raw_cursor() {
    let mut window = Window::samples(&["launch-night.ndjson"]);
    window.wait("the task is read", |state| state.detail.loaded().is_some());
    window.press(Key::Num6);
    window.press(Key::Enter);
    window.press(Key::J);
    window.type_text("-");
    let query = window.state().list.query.to_string();
    assert_eq!(query, "-type:ProcedureStateChanged");
}
