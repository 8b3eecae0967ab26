//! The index: what folds, what is found, what is counted, in which order.

#![expect(clippy::unwrap_used, reason = "a helper fails its test loudly")]

#[path = "support/segments.rs"]
#[expect(unreachable_pub, reason = "shared with the benchmark")]
mod segments;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::{Index as Pick, select};
use proptest::string::string_regex;
use segments::{Event, event, failed_sub, segment, sub};
use vodscope::model::{Format, ResultSet, RowFlags, Segment, SourceId, Verdict};
use vodscope::store::{
    Facet, FacetValue, Index, Ingested, Query, RowView, Sense, Sort, TaskIdx, TaskView, TextTerm,
};

const FILE: &str = "5285890784273533167";

fn index(events: &[Event]) -> Index {
    let mut index = Index::new();
    index.ingest(SourceId(0), segment(events));
    index
}

fn only_task(index: &Index) -> TaskView<'_> {
    assert_eq!(index.task_count(), 1);
    index.task(TaskIdx(0)).unwrap()
}

/// What the list shows, by TaskId (or FileId where there is none).
fn listed(index: &Index, query: &str, sort: Sort) -> Vec<String> {
    let view = index.view(&Query::parse(query), sort);
    assert_eq!(index.count(&Query::parse(query)), view.len());
    let tasks = view
        .order
        .iter()
        .map(|task| index.task(TaskIdx(*task)).unwrap());
    tasks
        .map(|task| {
            let id = if task.task_id.is_empty() {
                task.file_id
            } else {
                task.task_id
            };
            id.to_owned()
        })
        .collect()
}

fn found(index: &Index, query: &str) -> Vec<String> {
    listed(index, query, Sort::Oldest)
}

/// A facet's counts as `word×count`.
fn counted(index: &Index, query: &str, facet: Facet) -> Vec<String> {
    let counts = index.counts(&Query::parse(query), facet);
    counts
        .iter()
        .map(|entry| format!("{}×{}", entry.value.word(), entry.count))
        .collect()
}

// Folding

#[test]
fn identical_redeliveries_count_as_deliveries_of_one_task() {
    let event = event("t").checksum(5);
    let index = index(&[event.clone(), event.clone(), event]);
    let task = only_task(&index);
    assert_eq!((task.rows, task.deliveries, task.states), (3, 3, 1));
}

#[test]
fn the_newest_state_wins_in_any_order_of_arrival() {
    let states = [
        event("t").running().time(10, 20).checksum(1),
        event("t").running().time(10, 30).checksum(2),
        event("t").time(10, 40).checksum(3),
    ];
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let events = order.map(|at: usize| states[at].clone());
        let index = index(&events);
        let task = only_task(&index);
        assert_eq!((task.verdict, task.finish), (Verdict::Ok, Some(40)));
        assert_eq!((task.rows, task.deliveries, task.states), (3, 1, 3));
        let history = index.rows_of(task.idx);
        let finishes: Vec<_> = history.iter().map(|row| row.finish.unwrap()).collect();
        assert_eq!(finishes, [40, 30, 20]);
    }
}

#[test]
fn an_ended_state_is_newer_than_a_running_one_that_tells_a_later_time() {
    let index = index(&[
        event("t").time(1, 5),
        event("t").running().time(1, 9).checksum(2),
    ]);
    assert_eq!(only_task(&index).verdict, Verdict::Ok);
}

#[test]
fn a_line_of_a_list_never_stands_before_the_detail_of_a_task_that_ended() {
    for order in [[9, 5], [5, 9]] {
        let events = order.map(|finish| event("t").time(1, finish).checksum(finish.into()));
        let mut segment = segment(&events);
        for row in segment.rows.iter_mut().filter(|row| row.finish == 9) {
            row.format = Format::TaskList;
        }
        let mut index = Index::new();
        index.ingest(SourceId(0), segment);
        assert_eq!(only_task(&index).finish, Some(5));
    }
}

#[test]
fn with_equal_times_the_state_with_more_ended_sub_tasks_is_newer() {
    let more = event("t")
        .time(1, 5)
        .subs([sub("Transcode", 1), sub("Transcode", 2)]);
    let fewer = event("t")
        .time(1, 5)
        .subs([sub("Transcode", 1)])
        .checksum(2);
    let index = index(&[more, fewer]);
    assert_eq!(only_task(&index).sub_rows.len(), 2);
}

#[test]
fn a_late_redelivery_of_an_old_state_changes_no_delivery_count() {
    let old = event("t").running().checksum(1);
    let new = event("t").time(1, 2).checksum(2);
    let index = index(&[old.clone(), new.clone(), old, new]);
    let task = only_task(&index);
    assert_eq!((task.rows, task.deliveries, task.states), (4, 2, 2));
}

#[test]
fn a_flood_of_one_task_is_counted_right() {
    let flood = |number: u64| event("t").checksum(number % 3);
    let events: Vec<Event> = (0..1_000).map(flood).collect();
    let index = index(&events);
    let task = only_task(&index);
    assert_eq!((task.rows, task.deliveries, task.states), (1_000, 334, 3));
}

#[test]
fn events_of_different_types_fold_by_their_task_id() {
    let index = index(&[event("t"), event("t").of_type("").checksum(2)]);
    assert_eq!(only_task(&index).states, 2);
}

#[test]
fn events_without_a_task_id_stay_entries_of_their_own() {
    let deleted = event("").of_type("FileDeleted").file(FILE, "");
    let index = index(&[deleted.clone().checksum(1), deleted.checksum(2)]);
    assert_eq!(index.task_count(), 2);
}

#[test]
fn an_event_without_a_task_id_delivered_again_is_the_same_entry() {
    let deleted = event("").of_type("FileDeleted").file(FILE, "").checksum(1);
    let index = index(&[deleted.clone(), deleted]);
    assert_eq!(only_task(&index).deliveries, 2);
}

#[test]
fn a_delivery_that_several_sources_list_is_one_row() {
    let mut archived = segment(&[event("t").checksum(1)]);
    archived.rows[0].flags.insert(RowFlags::ARCHIVED);
    archived.rows[0].offset = 7 << 24;
    let mut index = Index::new();
    index.ingest(SourceId(0), archived.clone());
    assert_eq!(index.ingest(SourceId(1), archived.clone()).rows, 0);
    assert_eq!((index.row_count(), only_task(&index).deliveries), (1, 1));
    archived.rows[0].offset = 8 << 24;
    index.ingest(SourceId(1), archived);
    assert_eq!(only_task(&index).deliveries, 2);
}

#[test]
fn unknown_types_are_listed() {
    let index = index(&[event("")
        .of_type("NeverSeenBefore")
        .verdict(Verdict::Unknown)]);
    assert_eq!(only_task(&index).event_type, "NeverSeenBefore");
    assert_eq!(counted(&index, "", Facet::EventType), ["NeverSeenBefore×1"]);
}

#[test]
fn names_missing_in_the_newest_event_are_taken_from_another() {
    let index = index(&[
        event("t").file(FILE, "a.mp4").time(1, 2),
        event("t").time(1, 3).checksum(2),
    ]);
    let task = only_task(&index);
    assert_eq!(
        (task.file_id, task.file_name, task.finish),
        (FILE, "a.mp4", Some(3))
    );
}

#[test]
fn ingest_says_what_it_added() {
    let mut index = index(&[event("a")]);
    let added = index.ingest(SourceId(0), segment(&[event("a"), event("b"), event("")]));
    let expected = Ingested {
        rows: 3,
        new_tasks: 2,
        merged: 1,
    };
    assert_eq!(added, expected);
    assert_eq!((index.row_count(), index.task_count()), (4, 3));
}

#[test]
fn names_of_different_segments_mean_the_same() {
    let mut index = index(&[event("a").code("X"), event("b").code("Y")]);
    index.ingest(SourceId(0), segment(&[event("c").code("Y").of_type("Z")]));
    assert_eq!(counted(&index, "", Facet::Code), ["Y×2", "X×1"]);
    assert_eq!(found(&index, "code:Y type:Z"), ["c"]);
}

#[test]
fn a_row_tells_where_it_was_read() {
    let mut index = index(&[event("a")]);
    let later = Segment {
        first_line: 101,
        ..segment(&[event("b"), event("c")])
    };
    index.ingest(SourceId(3), later);
    let task = index.task(index.find("c").unwrap()).unwrap();
    assert_eq!((task.source, task.line), (SourceId(3), 102));
    assert_eq!((task.raw.source, task.raw.offset), (SourceId(3), 1_000));
    assert_eq!(index.find("d"), None);
    assert_eq!(index.find(""), None);
}

#[test]
fn what_an_event_does_not_tell_is_none() {
    let index = index(&[event("t")]);
    let task = only_task(&index);
    assert_eq!(
        (task.begin, task.finish, task.duration_secs),
        (None, None, None)
    );
}

// Sources

fn two_sources() -> Index {
    let mut index = Index::new();
    let first = [event("a").time(1, 2), event("both").running().time(1, 2)];
    let second = [event("both").time(1, 9).checksum(2), event("c").time(1, 3)];
    index.ingest(SourceId(1), segment(&first));
    index.ingest(SourceId(2), segment(&second));
    index
}

#[test]
fn a_task_belongs_to_every_source_one_of_its_events_came_from() {
    let index = two_sources();
    assert_eq!(counted(&index, "", Facet::Source), ["1×2", "2×2"]);
    assert_eq!(found(&index, "source:1"), ["a", "both"]);
    assert_eq!(found(&index, "-source:2"), ["a"]);
}

#[test]
fn a_closed_source_leaves_only_what_others_tell() {
    let mut index = two_sources();
    let removed = index.remove_source(SourceId(2));
    assert_eq!((removed.rows, removed.tasks), (2, 1));
    assert_eq!(removed.moved, [Some(TaskIdx(0)), Some(TaskIdx(1)), None]);
    assert_eq!(found(&index, ""), ["a", "both"]);
    let both = index.task(index.find("both").unwrap()).unwrap();
    assert_eq!(
        (both.verdict, both.rows, both.states),
        (Verdict::Running, 1, 1)
    );
}

#[test]
fn closing_an_earlier_source_moves_the_tasks_that_stay() {
    let mut index = two_sources();
    let removed = index.remove_source(SourceId(1));
    assert_eq!(removed.moved, [None, Some(TaskIdx(0)), Some(TaskIdx(1))]);
    assert_eq!(found(&index, ""), ["c", "both"]);
    assert_eq!(index.row_count(), 2);
}

#[test]
fn a_cleared_index_is_empty() {
    let mut index = two_sources();
    index.clear();
    assert!(index.is_empty());
    assert_eq!(index.view(&Query::default(), Sort::Newest).total, 0);
}

// Query text

#[test]
fn the_text_form_of_a_query_reads_back_the_same() {
    let texts = [
        "",
        "verdict:failed -code:InternalError template:100030 text",
        "type:FileDeleted kind:Transcode template:Transcode/100030 source:2",
        "time:10..20 has:cover has:moderation_hit 动物世界",
        "code:\"a b\" \"two words\" \"verdict:ok\" \"quo\\\"te\"",
        "code:\"\" C:\\video\\a.mp4",
    ];
    for text in texts {
        let query = Query::parse(text);
        assert_eq!(query.to_string(), text);
        assert_eq!(Query::parse(&query.to_string()), query);
    }
}

proptest! {
    #[test]
    fn any_text_prints_to_a_query_that_reads_back(text in ".{0,40}") {
        let query = Query::parse(&text);
        assert_eq!(Query::parse(&query.to_string()), query);
    }

    #[test]
    fn any_chips_and_words_read_back(
        text in proptest::collection::vec(r#"-?(verdict:(ok|failed)|code:|kind:|template:|time:|has:cover|[a-z"\\ :/0-9-]){0,4}"#, 0..5)
    ) {
        let query = Query::parse(&text.join(" "));
        assert_eq!(Query::parse(&query.to_string()), query);
    }
}

// Search

fn library() -> Index {
    index(&[
        event("1500000001-Procedure-AbC")
            .file(FILE, "动物世界 S01.MP4")
            .time(1, 1),
        event("1500000001-Upload-def")
            .file("7", "Ünïcode 👨‍👩‍👧.mov")
            .time(1, 2),
        event("ghi")
            .linked_to("1500000001-Procedure-abc")
            .linked_to("session-9")
            .time(1, 3),
    ])
}

#[test]
fn words_are_found_in_ids_and_names_whatever_their_case() {
    let index = library();
    let upload = ["1500000001-Upload-def"];
    let procedure = ["1500000001-Procedure-AbC"];
    let linked = ["1500000001-Procedure-AbC", "ghi"];
    assert_eq!(found(&index, "动物"), procedure);
    assert_eq!(found(&index, "s01.mp4"), procedure);
    assert_eq!(found(&index, "世界 s"), procedure);
    assert_eq!(found(&index, "\"世界 s\""), procedure);
    assert_eq!(found(&index, "ÜNÏ"), upload);
    assert_eq!(found(&index, "👨‍👩‍👧"), upload);
    assert_eq!(found(&index, "procedure-ABC"), linked);
    assert_eq!(found(&index, "SESSION"), ["ghi"]);
    assert_eq!(
        found(&index, "U"),
        ["1500000001-Procedure-AbC", "1500000001-Upload-def", "ghi"]
    );
    assert_eq!(found(&index, "nowhere"), Vec::<String>::new());
}

#[test]
fn several_words_must_all_be_found() {
    let index = library();
    assert_eq!(found(&index, "1500000001 mov"), ["1500000001-Upload-def"]);
    assert_eq!(found(&index, "动物 mov"), Vec::<String>::new());
}

#[test]
fn a_hit_never_runs_from_one_text_into_the_next() {
    let index = index(&[
        event("ab").file("cd", "ef").linked_to("gh").time(1, 1),
        event("ij").file("aab", "").time(1, 2),
    ]);
    for across in ["bc", "BC", "de", "fg", "hi", "ja", "ijaa"] {
        assert_eq!(found(&index, across), Vec::<String>::new(), "{across}");
    }
    assert_eq!(found(&index, "AB"), ["ab", "ij"]);
    assert_eq!(found(&index, "gh"), ["ab"]);
}

#[test]
fn a_word_may_stand_in_any_event_of_a_task() {
    let index = index(&[
        event("t").file("", "old name").time(1, 1),
        event("t").file("", "new name").time(1, 2).checksum(2),
    ]);
    assert_eq!(found(&index, "old new"), ["t"]);
}

#[test]
fn a_pasted_url_finds_the_file_it_points_to() {
    let index = library();
    let with_id = format!("https://a.example/9vodcq15/{FILE}/f0.mp4?sign=1");
    assert_eq!(found(&index, &with_id), ["1500000001-Procedure-AbC"]);
    let named = "https://a.example/x/%E5%8A%A8%E7%89%A9%E4%B8%96%E7%95%8C%20s01.mp4";
    assert_eq!(found(&index, named), ["1500000001-Procedure-AbC"]);
    assert_eq!(
        found(&index, "https://a.example/none.mp4"),
        Vec::<String>::new()
    );
}

#[test]
fn texts_out_of_order_are_searched_all_the_same() {
    let mut shuffled = segment(&[event("first"), event("second")]);
    shuffled.rows.reverse();
    let mut index = Index::new();
    index.ingest(SourceId(0), shuffled);
    assert_eq!(found(&index, "second"), ["second"]);
    assert_eq!(found(&index, "FIRST"), ["first"]);
}

#[test]
fn a_row_that_points_outside_its_segment_costs_only_its_texts() {
    let mut damaged = segment(&[event("first").of_type("Odd"), event("second")]);
    damaged.rows[0].text_start = 1_000;
    damaged.rows[0].sub_start = 1_000;
    damaged.rows[0].event_type = 999;
    let mut index = Index::new();
    index.ingest(SourceId(0), damaged);
    assert_eq!(index.task_count(), 2);
    assert_eq!(found(&index, "second"), ["second"]);
    assert_eq!(index.task(TaskIdx(0)).unwrap().task_id, "");
}

#[test]
fn related_tasks_share_the_file_or_name_each_other() {
    let index = index(&[
        event("upload").file(FILE, "").linked_to("proc").time(1, 1),
        event("proc").time(1, 5),
        event("").of_type("FileDeleted").file(FILE, "").time(1, 9),
        event("other")
            .file("52858907842735331670", "")
            .linked_to("session"),
        event("another").linked_to("session"),
    ]);
    let related = |id: &str| {
        let related = index.related(index.find(id).unwrap());
        related.into_iter().map(|task| task.0).collect::<Vec<u32>>()
    };
    assert_eq!(related("upload"), [2, 1]);
    assert_eq!(related("proc"), [0]);
    assert_eq!(related("other"), [] as [u32; 0]);
    assert_eq!(index.tasks_of_file(FILE), [TaskIdx(2), TaskIdx(0)]);
}

// Filter and facets

fn mixed() -> Index {
    let review = segments::Sub {
        set: ResultSet::ContentReview,
        ..sub("Porn", 10)
    };
    index(&[
        event("ok")
            .time(10, 10)
            .subs([sub("Transcode", 10), sub("Transcode", 20)]),
        event("bad")
            .verdict(Verdict::Failed)
            .code("40000")
            .time(20, 20)
            .subs([
                failed_sub("Transcode", 10, "A"),
                failed_sub("ImageSprites", 10, "A"),
            ]),
        event("part")
            .verdict(Verdict::PartlyFailed)
            .flags(RowFlags::HAS_COVER)
            .time(30, 30)
            .subs([sub("Transcode", 10), failed_sub("Cover", 20, "B"), review]),
        event("none").of_type("Other").verdict(Verdict::Unknown),
    ])
}

#[test]
fn values_of_one_facet_widen_and_facets_narrow_each_other() {
    let index = mixed();
    assert_eq!(
        found(&index, "verdict:failed verdict:partly_failed"),
        ["bad", "part"]
    );
    assert_eq!(
        found(&index, "verdict:failed kind:Cover"),
        Vec::<String>::new()
    );
    assert_eq!(
        found(&index, "code:A code:B kind:Transcode"),
        ["bad", "part"]
    );
    assert_eq!(found(&index, "code:40000"), ["bad"]);
    assert_eq!(found(&index, "has:cover"), ["part"]);
    assert_eq!(found(&index, "code:NoSuchCode"), Vec::<String>::new());
}

#[test]
fn excluded_values_take_tasks_away() {
    let index = mixed();
    assert_eq!(found(&index, "-code:A"), ["ok", "part", "none"]);
    assert_eq!(found(&index, "-kind:Transcode"), ["none"]);
    assert_eq!(found(&index, "verdict:ok -verdict:failed"), ["ok"]);
    assert_eq!(found(&index, "-code:NoSuchCode").len(), 4);
}

#[test]
fn excluded_words_take_tasks_away_whatever_their_case() {
    let index = mixed();
    let mut others = found(&index, "");
    others.retain(|id| id != "part");
    assert_eq!(found(&index, "-\"PART\""), others);
    assert_eq!(found(&index, "-\"part\" ok"), ["ok"]);
    assert_eq!(found(&index, "ok -\"ok\""), Vec::<String>::new());
}

#[test]
fn a_template_means_something_only_with_its_family() {
    let index = mixed();
    assert_eq!(found(&index, "template:10"), ["ok", "bad", "part"]);
    assert_eq!(found(&index, "template:ImageSprites/10"), ["bad"]);
    assert_eq!(found(&index, "template:AiContentReview/10"), ["part"]);
    let counts = [
        "Transcode/10×3",
        "AiContentReview/10×1",
        "Cover/20×1",
        "ImageSprites/10×1",
        "Transcode/20×1",
    ];
    assert_eq!(counted(&index, "", Facet::Template), counts);
}

#[test]
fn a_facets_own_values_do_not_narrow_its_counts() {
    let index = mixed();
    let verdicts = ["ok×1", "partly_failed×1", "failed×1", "unknown×1"];
    assert_eq!(counted(&index, "verdict:failed", Facet::Verdict), verdicts);
    assert_eq!(
        counted(&index, "verdict:failed", Facet::Kind),
        ["ImageSprites×1", "Transcode×1"]
    );
    assert_eq!(
        counted(&index, "verdict:failed kind:Cover", Facet::Kind),
        ["ImageSprites×1", "Transcode×1", "Cover×0"]
    );
    assert_eq!(
        counted(&index, "verdict:failed kind:Cover", Facet::Verdict),
        ["partly_failed×1", "failed×0"]
    );
}

#[test]
fn values_the_filter_names_are_listed_though_no_task_has_them() {
    let index = mixed();
    let counts = index.counts(&Query::parse("-kind:Cover code:Z"), Facet::Kind);
    let cover = counts
        .iter()
        .find(|entry| entry.value == FacetValue::Kind("Cover".to_owned()));
    assert_eq!(
        cover.map(|entry| (entry.count, entry.sense)),
        Some((0, Some(Sense::Exclude)))
    );
    assert_eq!(
        counted(&index, "code:Z", Facet::Code),
        ["40000×1", "A×1", "B×1", "Z×0"]
    );
}

#[test]
fn a_span_of_time_ends_before_its_end() {
    let index = mixed();
    assert_eq!(found(&index, "time:10..30"), ["ok", "bad"]);
    assert_eq!(found(&index, "time:11.."), ["bad", "part"]);
}

#[test]
fn the_histogram_counts_every_matching_task_once() {
    let index = mixed();
    let view = index.view(&Query::default(), Sort::Newest);
    let bars: u32 = view.histogram.bars.iter().map(|bar| bar.total()).sum();
    assert_eq!((bars, view.histogram.untimed, view.len()), (3, 1, 4));
    assert_eq!((view.histogram.start, view.histogram.width_secs), (10, 1));
    assert_eq!(view.histogram.bars[10].failed, 1);
    assert_eq!(view.verdicts, [1, 1, 1, 0, 1]);
}

// Order

#[test]
fn every_order_puts_what_it_cannot_place_last() {
    let index = index(&[
        event("none-1"),
        event("b")
            .file("", "b")
            .time(10, 90)
            .subs([failed_sub("T", 1, "A")]),
        event("a").file("", "A").time(50, 60),
        event("c")
            .file("", "动")
            .time(70, 80)
            .subs([failed_sub("T", 1, "A"), failed_sub("T", 2, "A")]),
        event("none-2").file("", "aa"),
        event("a").file("", "A").time(50, 60),
    ]);
    let order = |sort| listed(&index, "", sort);
    assert_eq!(order(Sort::Newest), ["b", "c", "a", "none-1", "none-2"]);
    assert_eq!(order(Sort::Oldest), ["a", "c", "b", "none-1", "none-2"]);
    assert_eq!(order(Sort::Name), ["a", "none-2", "b", "c", "none-1"]);
    assert_eq!(order(Sort::Longest), ["b", "c", "a", "none-1", "none-2"]);
    assert_eq!(order(Sort::MostFailed), ["c", "b", "a", "none-1", "none-2"]);
    assert_eq!(
        order(Sort::MostDeliveries),
        ["a", "b", "c", "none-1", "none-2"]
    );
}

#[test]
fn names_are_sorted_whatever_their_case_and_length() {
    let long = "the same twenty-four letters";
    let names = [
        "Zebra",
        "apple",
        "APPLE 2",
        "äpfel",
        &format!("{long} B"),
        &format!("{long} a"),
        "动物",
    ];
    let events: Vec<Event> = names
        .iter()
        .map(|name| event(name).file("", name))
        .collect();
    let index = index(&events);
    let expected = [
        "apple",
        "APPLE 2",
        &format!("{long} a"),
        &format!("{long} B"),
        "Zebra",
        "äpfel",
        "动物",
    ];
    assert_eq!(listed(&index, "", Sort::Name), expected);
}

// Against a plain implementation

/// The same rules, written down one task at a time.
mod plain {
    use super::{BTreeMap, BTreeSet, Facet, Query, RowView, Sense, Sort, TaskView, Verdict};

    pub(super) struct Task<'a> {
        pub(super) newest: TaskView<'a>,
        pub(super) rows: Vec<RowView<'a>>,
        pub(super) codes: BTreeSet<&'a str>,
        pub(super) kinds: BTreeSet<&'a str>,
    }

    impl Task<'_> {
        /// The values of a facet in their text form.
        pub(super) fn values(&self, facet: Facet) -> BTreeSet<String> {
            let text = |name: &&str| (*name).to_owned();
            match facet {
                Facet::Verdict => BTreeSet::from([self.newest.verdict.name().to_owned()]),
                Facet::EventType => BTreeSet::from([self.newest.event_type.to_owned()]),
                Facet::Code => self.codes.iter().map(text).collect(),
                Facet::Kind => self.kinds.iter().map(text).collect(),
                Facet::Source => self
                    .rows
                    .iter()
                    .map(|row| row.source.0.to_string())
                    .collect(),
                Facet::Template => BTreeSet::new(),
            }
        }

        fn fits(&self, query: &Query, facet: Facet, sense: Sense) -> Option<bool> {
            let mut asked = query.values(facet, sense).peekable();
            asked.peek()?;
            let values = self.values(facet);
            Some(asked.any(|value| values.contains(&value.word())))
        }

        /// Whether it matches; the included values of `but` are not asked for.
        pub(super) fn matches(&self, query: &Query, but: Option<Facet>) -> bool {
            let facets = Facet::ALL.into_iter();
            let included = facets.clone().filter(|facet| Some(*facet) != but);
            let mut included = included.map(|facet| self.fits(query, facet, Sense::Include));
            let mut excluded = facets.map(|facet| self.fits(query, facet, Sense::Exclude));
            let words = query
                .words
                .iter()
                .all(|word| self.says(&word.0.to_lowercase()));
            let without = query
                .without
                .iter()
                .all(|word| !self.says(&word.0.to_lowercase()));
            let time = |range: &std::ops::Range<u32>| {
                self.newest.time().is_some_and(|t| range.contains(&t))
            };
            words
                && without
                && query.time.as_ref().is_none_or(time)
                && included.all(|fits| fits != Some(false))
                && excluded.all(|fits| fits != Some(true))
        }

        fn says(&self, word: &str) -> bool {
            self.rows.iter().any(|row| {
                let texts = [row.task_id, row.file_id, row.file_name];
                texts.iter().any(|text| text.to_lowercase().contains(word))
            })
        }
    }

    pub(super) fn count(tasks: &[Task<'_>], query: &Query, facet: Facet) -> BTreeMap<String, u32> {
        let mut counts = BTreeMap::new();
        for task in tasks.iter().filter(|task| task.matches(query, Some(facet))) {
            for value in task.values(facet) {
                *counts.entry(value).or_insert(0) += 1;
            }
        }
        counts
    }

    /// What a task is listed by: the smallest first.
    pub(super) fn place(task: &TaskView<'_>, sort: Sort) -> (bool, u32, String, u32, u32) {
        let time = task.time().unwrap_or(0);
        let most = |amount: u32| u32::MAX - amount;
        let took = || task.finish?.checked_sub(task.begin?);
        let failed = || u32::try_from(task.failed_sub_tasks()).unwrap();
        let (last, key, name) = match sort {
            Sort::Newest => (false, 0, ""),
            Sort::Oldest => (time == 0, time, ""),
            Sort::Name => (task.file_name.is_empty(), 0, task.file_name),
            Sort::Longest => (took().is_none(), most(took().unwrap_or(0)), ""),
            Sort::MostFailed => (false, most(failed()), ""),
            Sort::MostDeliveries => (false, most(task.deliveries), ""),
        };
        (last, key, name.to_lowercase(), most(time), task.idx.0)
    }

    pub(super) fn verdicts(tasks: &[&Task<'_>]) -> [u32; 5] {
        Verdict::ALL.map(|verdict| {
            let has = tasks.iter().filter(|task| task.newest.verdict == verdict);
            u32::try_from(has.count()).unwrap()
        })
    }
}

fn plain_tasks(index: &Index) -> Vec<plain::Task<'_>> {
    let tasks = index.tasks().map(|idx| {
        let task = index.task(idx).unwrap();
        let subs = task.sub_rows.iter();
        let codes = subs
            .clone()
            .map(|sub| index.name(sub.code))
            .chain([task.code]);
        plain::Task {
            newest: task,
            rows: index.rows_of(idx),
            codes: codes.filter(|code| !code.is_empty()).collect(),
            kinds: subs.map(|sub| index.name(sub.kind)).collect(),
        }
    });
    tasks.collect()
}

fn any_event() -> impl Strategy<Value = Event> {
    let ids = select(vec!["", "", "ta", "tb", "TC", "td-procedure"]);
    let names = select(vec!["", "aB.mp4", "动物 A", "b"]);
    let verdict = select(Verdict::ALL.to_vec());
    let codes = select(vec!["", "", "E1", "E2"]);
    let kinds = proptest::collection::vec((select(vec!["K1", "K2", "K3"]), any::<bool>()), 0..4);
    let time = prop_oneof![Just(0_u32), 100_u32..400];
    (ids, names, verdict, codes, kinds, time, 0_u64..3).prop_map(
        |(id, name, verdict, code, kinds, time, checksum)| {
            let subs = kinds.into_iter().map(|(kind, failed)| {
                if failed {
                    failed_sub(kind, 1, "E3")
                } else {
                    sub(kind, 2)
                }
            });
            event(id)
                .file("77", name)
                .verdict(verdict)
                .code(code)
                .time(0, time)
                .checksum(checksum)
                .subs(subs.collect::<Vec<_>>())
        },
    )
}

/// Letters that count as the same; every other one is only itself.
const SAME: [&str; 8] = ["aA", "bB", "kK", "éÉ", "кК", "σςΣ", "ßẞ", "ⱥȺ"];

/// Whether a word stands in a text, letter by letter.
fn stands_in(word: &str, text: &str) -> bool {
    let same = |a: &char, b: &char| {
        a.eq_ignore_ascii_case(b)
            || SAME
                .iter()
                .any(|same| same.contains(*a) && same.contains(*b))
    };
    let (word, text): (Vec<char>, Vec<char>) = (word.chars().collect(), text.chars().collect());
    let mut places = text.windows(word.len());
    places.any(|here| here.iter().zip(&word).all(|(a, b)| same(a, b)))
}

fn any_text() -> impl Strategy<Value = String> {
    // The last two are K's double and a capital without a small letter of its own.
    let letters = "[aAbBkKéÉкКσςΣßẞⱥȺ01动\u{212A}İ-]";
    let short = || string_regex(&format!("{letters}{{0,6}}")).unwrap();
    let long = string_regex("[aB01]{100,300}").unwrap();
    prop_oneof![4 => short(), 1 => Just("a-B".to_owned()), 1 => long]
}

/// An event's texts in their order.
fn any_texts() -> impl Strategy<Value = [String; 4]> {
    [any_text(), any_text(), any_text(), any_text()]
}

/// Rows that begin alike, as ids do, or each in its own way.
fn any_start() -> impl Strategy<Value = &'static str> {
    select(vec!["", "15-Procedure-"])
}

/// A piece of one of the texts, in other cases, or any other word.
fn word_of(texts: &[[String; 4]], from: &PickedAt, other: String) -> String {
    let all: Vec<&String> = texts
        .iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    let (Some(len), false) = (from.len, all.is_empty()) else {
        return other;
    };
    let text: Vec<char> = from.text.get(&all).chars().collect();
    let piece = text.iter().skip(from.start.index(text.len())).take(len);
    let flip = |c: &char| {
        let same = SAME.iter().find(|same| same.contains(*c));
        same.and_then(|same| same.chars().next_back()).unwrap_or(*c)
    };
    piece.map(flip).collect()
}

#[derive(Debug)]
struct PickedAt {
    text: Pick,
    start: Pick,
    len: Option<usize>,
}

fn any_pick() -> impl Strategy<Value = PickedAt> {
    (
        any::<Pick>(),
        any::<Pick>(),
        prop_oneof![Just(None), (1_usize..24).prop_map(Some)],
    )
        .prop_map(|(text, start, len)| PickedAt { text, start, len })
}

proptest! {
    #[test]
    fn a_word_is_found_exactly_where_it_stands_letter_by_letter(
        texts in proptest::collection::vec(any_texts(), 1..40),
        rows_per_segment in 1_usize..8,
        pick in any_pick(),
        other in "[aAbkéкσßⱥ01动\u{212A}-]{1,3}",
    ) {
        let word = word_of(&texts, &pick, other);
        let events = texts.iter().zip(0..).map(|([task_id, file_id, name, extra], n)| {
            let event = event(&format!("{task_id}#{n}")).file(file_id, name);
            if extra.is_empty() { event } else { event.linked_to(extra) }
        });
        let events: Vec<Event> = events.collect();
        let mut index = Index::new();
        for rows in events.chunks(rows_per_segment) {
            index.ingest(SourceId(0), segment(rows));
        }
        let query = Query { words: vec![TextTerm(word.clone())], ..Query::default() };
        let mut found = index.view(&query, Sort::Newest).order;
        found.sort_unstable();
        let stands = |(event, _): &(&Event, u32)| {
            let texts = [&event.task_id, &event.file_id, &event.file_name];
            texts.into_iter().chain(&event.extra_ids).any(|text| stands_in(&word, text))
        };
        let expected: Vec<u32> = events.iter().zip(0..).filter(stands).map(|(_, n)| n).collect();
        assert_eq!(found, expected, "{word:?}");
        assert_eq!(index.count(&query), expected.len());
    }
}

proptest! {
    #[test]
    fn several_words_and_unwanted_ones_are_each_found_in_any_event_of_a_task(
        texts in proptest::collection::vec((0_u32..60, any_texts()), 1..150),
        rows_per_segment in select(vec![1_usize, 7, 40]),
        start in any_start(),
        words in proptest::collection::vec((any_pick(), "[aAbBkéK0 1动_\\\\-]{1,2}|procedure|15-p"), 0..4),
        without in proptest::collection::vec("[ab01é动]{1,2}|-p", 0..2),
    ) {
        let events = texts.iter().map(|(task, [file_id, name, extra, _])| {
            let event = event(&format!("{start}{task}")).file(file_id, name);
            if extra.is_empty() { event } else { event.linked_to(extra) }
        });
        let events: Vec<Event> = events.collect();
        let mut index = Index::new();
        for rows in events.chunks(rows_per_segment) {
            index.ingest(SourceId(0), segment(rows));
        }
        let all: Vec<[String; 4]> = texts.into_iter().map(|(_, texts)| texts).collect();
        let words = words.into_iter().map(|(pick, other)| TextTerm(word_of(&all, &pick, other)));
        let query = Query {
            words: words.collect(),
            without: without.into_iter().map(TextTerm).collect(),
            ..Query::default()
        };
        let says = |task: &str, word: &str| {
            let rows = events.iter().filter(|event| event.task_id == task);
            let mut texts = rows.flat_map(|event| {
                [&event.task_id, &event.file_id, &event.file_name].into_iter().chain(&event.extra_ids)
            });
            texts.any(|text| stands_in(word, text))
        };
        let fits = |task: &&str| {
            query.words.iter().all(|word| says(task, &word.0))
                && !query.without.iter().any(|word| says(task, &word.0))
        };
        let tasks: BTreeSet<&str> = events.iter().map(|event| event.task_id.as_str()).collect();
        let expected: BTreeSet<&str> = tasks.into_iter().filter(fits).collect();
        let view = index.view(&query, Sort::Newest);
        let found = view.order.iter().map(|task| index.task(TaskIdx(*task)).unwrap().task_id);
        assert_eq!(found.collect::<BTreeSet<&str>>(), expected);
        assert_eq!(index.count(&query), expected.len());
    }
}

fn any_query() -> impl Strategy<Value = String> {
    let part = select(vec![
        "verdict:ok",
        "verdict:failed",
        "-verdict:running",
        "code:E1",
        "-code:E2",
        "code:E3",
        "kind:K1",
        "-kind:K2",
        "kind:K3",
        "source:0",
        "-source:1",
        "time:150..300",
        "a",
        "-\"a\"",
        "-\"7\"",
        "B",
        "动物",
        "procedure",
        "7",
        "type:ProcedureStateChanged",
        "-type:None",
    ]);
    proptest::collection::vec(part, 0..4).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn views_agree_with_a_plain_implementation(
        first in proptest::collection::vec(any_event(), 0..12),
        second in proptest::collection::vec(any_event(), 0..12),
        query in any_query(),
        sort in select(Sort::ALL.to_vec()),
    ) {
        let mut index = Index::new();
        index.ingest(SourceId(0), segment(&first));
        index.ingest(SourceId(1), segment(&second));
        let query = Query::parse(&query);
        let view = index.view(&query, sort);
        let tasks = plain_tasks(&index);

        let matching: Vec<&plain::Task<'_>> = tasks.iter().filter(|t| t.matches(&query, None)).collect();
        let mut expected: Vec<_> = matching.iter().map(|t| plain::place(&t.newest, sort)).collect();
        expected.sort();
        let expected: Vec<u32> = expected.into_iter().map(|(.., task)| task).collect();
        assert_eq!(view.order, expected);
        assert_eq!(index.count(&query), matching.len());
        assert_eq!(view.verdicts, plain::verdicts(&matching));
        let bars: u32 = view.histogram.bars.iter().map(|bar| bar.total()).sum();
        assert_eq!((bars + view.histogram.untimed) as usize, matching.len());

        for facet in Facet::ALL.into_iter().filter(|facet| *facet != Facet::Template) {
            let counted = view.facets.of(facet).iter().filter(|entry| entry.count > 0);
            let counted: BTreeMap<_, _> = counted.map(|e| (e.value.word(), e.count)).collect();
            assert_eq!(counted, plain::count(&tasks, &query, facet), "{facet:?}");
        }
    }

    #[test]
    fn folding_keeps_every_row_and_counts_states(
        events in proptest::collection::vec(any_event(), 0..30),
    ) {
        let index = index(&events);
        let mut rows = 0;
        for task in plain_tasks(&index) {
            let checksum = task.rows[0].raw.checksum;
            let same = task.rows.iter().filter(|row| row.raw.checksum == checksum).count();
            let states: BTreeSet<u64> = task.rows.iter().map(|row| row.raw.checksum).collect();
            assert_eq!(task.rows.len(), task.newest.rows as usize);
            assert_eq!(task.newest.raw, task.rows[0].raw);
            assert_eq!(task.newest.deliveries as usize, same);
            assert_eq!(task.newest.states as usize, states.len());
            rows += task.rows.len();
        }
        assert_eq!(rows, events.len());
    }
}
