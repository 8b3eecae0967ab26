//! One record in full: what every form of event says, in the one shape the panels show.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says what is wrong by panicking"
)]

#[path = "support/detail_text.rs"]
mod detail_text;

use std::path::{Path, PathBuf};

use proptest::prelude::{any, prop_oneof, proptest};
use proptest::strategy::{Just, Strategy};
use vodscope::decode::decode_documents;
use vodscope::decode::detail::detail;
use vodscope::decode::tree::parse;
use vodscope::model::{
    Detail, Format, JsonValue, NO_DEFINITION, Note, OutputKind, Reason, Row, RowFlags, Segment,
    Verdict, Wrapping,
};

use self::detail_text::{render, render_content};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples")
}

/// The records of a sample: its lines, the elements of a list in it, or the whole text.
fn records(name: &str) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(samples().join(name)).unwrap();
    if name.ends_with(".ndjson") {
        let lines = bytes.split(|byte| *byte == b'\n');
        return lines
            .filter(|l| !l.is_empty())
            .map(<[u8]>::to_vec)
            .collect();
    }
    let tree = parse(&bytes).unwrap();
    let answer = ["Response", "data"]
        .iter()
        .find_map(|name| tree.member(0, name))
        .unwrap_or(0);
    let list = [
        "EventSet",
        "eventList",
        "TaskSet",
        "taskList",
        "MediaInfoSet",
    ]
    .iter()
    .find_map(|name| tree.member(answer, name).or_else(|| tree.member(0, name)));
    let Some(list) = list else { return vec![bytes] };
    let texts = tree.children(list).map(|item| {
        let span = &tree.node(item).unwrap().span;
        bytes[span.start as usize..span.end as usize].to_vec()
    });
    texts.collect()
}

fn details(name: &str, format: Format) -> Vec<Detail> {
    records(name)
        .iter()
        .map(|record| detail(record, format, Wrapping::Plain).unwrap())
        .collect()
}

fn text(name: &str, format: Format) -> String {
    let texts: Vec<_> = details(name, format).iter().map(render).collect();
    texts.join("\n")
}

fn one(json: &str) -> Detail {
    detail(json.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap()
}

/// A 3.0 callback with this list of media results.
fn procedure(results: &str) -> Detail {
    one(&format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":
        {{"Status":"FINISH","ErrCode":0,"MediaProcessResultSet":[{results}]}}}}"#
    ))
}

#[test]
fn every_kind_of_result_is_read() {
    insta::assert_snapshot!(text("03-every-result.json", Format::V3Push));
}

#[test]
fn failures_keep_their_codes_and_words() {
    insta::assert_snapshot!(text("04-partly-failed.json", Format::V3Push));
}

#[test]
fn a_missing_sub_task_is_told() {
    insta::assert_snapshot!(text("07-missing-sub-task.json", Format::V3Push));
}

#[test]
fn a_moderation_hit_is_no_failure() {
    insta::assert_snapshot!(text("08-moderation-hit.json", Format::V3Push));
}

#[test]
fn other_events_show_everything_they_say() {
    insta::assert_snapshot!(text("09-other-events.ndjson", Format::V3Push));
}

#[test]
fn pulled_events_name_their_handle() {
    insta::assert_snapshot!(text("02-pulled.json", Format::V3Pull));
}

#[test]
fn the_old_format_is_read_by_the_same_names() {
    insta::assert_snapshot!(text("formats/v2-procedure-state-changed.json", Format::V2));
}

#[test]
fn old_simple_events_are_read() {
    insta::assert_snapshot!(text("formats/v2-other-callbacks.ndjson", Format::V2));
}

#[test]
fn old_pulled_events_and_task_answers_are_read() {
    let texts = [
        text("formats/v2-pull-event-list.json", Format::V2Pull),
        text("formats/v2-get-task-info.json", Format::V2Task),
        text("formats/v2-get-task-list.json", Format::V2Task),
        text("formats/hybrid-pull-complete.json", Format::V2),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn answers_of_the_task_calls_are_read() {
    let texts = [
        text("formats/task-detail-response.json", Format::TaskDetail),
        text("formats/task-detail-bare.json", Format::TaskDetail),
        text("formats/task-detail-edit-media.json", Format::TaskDetail),
        text("formats/task-list.json", Format::TaskList),
        text("formats/api-error-signature.json", Format::ApiError),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn what_a_media_file_owns_is_read() {
    insta::assert_snapshot!(text("formats/media-infos.json", Format::MediaInfo));
}

#[test]
fn another_products_events_are_read_and_named() {
    insta::assert_snapshot!(text("formats/mps-workflow.json", Format::Mps));
}

#[test]
fn oddities_are_tolerated_and_noted() {
    insta::assert_snapshot!(text("formats/tolerated-oddities.json", Format::V3Push));
}

#[test]
fn a_bare_task_says_the_same_as_its_event() {
    let event = &details("01-callback.json", Format::V3Push)[0];
    let record = &records("01-callback.json")[0];
    let tree = parse(record).unwrap();
    let span = &tree
        .node(tree.member(0, "ProcedureStateChangeEvent").unwrap())
        .unwrap()
        .span;
    let task = &record[span.start as usize..span.end as usize];
    let bare = detail(task, Format::BareTask, Wrapping::Plain).unwrap();
    assert_eq!(render_content(&bare), render_content(event));
}

const NEW: &str = r#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{
    "TaskId":"1256768367-procedurev2-a1t0","Status":"FINISH","ErrCode":0,"Message":"",
    "FileId":"5285890784246869930",
    "MetaData":{"Size":44130022,"Container":"mov,mp4","Bitrate":1480000,"Height":720,"Width":1280,
      "Md5":"","Duration":238,"Rotate":90,
      "VideoStreamSet":[{"Bitrate":1352000,"Height":720,"Width":1280,"Codec":"h264","Fps":25}],
      "AudioStreamSet":[{"SamplingRate":44100,"Bitrate":128000,"Codec":"aac"}]},
    "AiContentReviewResultSet":[{"Type":"Porn","PornTask":{"Status":"SUCCESS","ErrCode":0,"Message":"",
      "Input":{"Definition":10},"Output":{"Confidence":98,"Suggestion":"block",
        "SegmentSet":[{"StartTimeOffset":20,"EndTimeOffset":120,"Suggestion":"block"}]}}}],
    "MediaProcessResultSet":[
      {"Type":"Transcode","TranscodeTask":{"Status":"SUCCESS","ErrCode":0,"Message":"SUCCESS",
        "Input":{"Definition":20},
        "Output":{"Url":"http://h/v.f20.mp4","Size":9,"Container":"mp4","Md5":"3a","Bitrate":512000,
          "Height":360,"Width":640,"Duration":238}}},
      {"Type":"Transcode","TranscodeTask":{"Status":"FAIL","ErrCode":30010,"Message":"system error",
        "Input":{"Definition":30}}},
      {"Type":"CoverBySnapshot","CoverBySnapshotTask":{"Status":"SUCCESS","ErrCode":0,"Message":"",
        "Input":{"Definition":10,"PositionType":"Time","PositionValue":5},
        "Output":{"CoverUrl":"http://h/c.jpg"}}},
      {"Type":"SampleSnapshot","SampleSnapshotTask":{"Status":"PROCESSING","ErrCode":0,"Message":"",
        "Input":{"Definition":10},"Output":{"ImageUrlSet":["http://h/1.jpg","http://h/2.jpg"]}}},
      {"Type":"ImageSprites","ImageSpriteTask":{"Status":"SUCCESS","ErrCode":0,"Message":"",
        "Input":{"Definition":10},"Output":{"Definition":10,"Height":80,"Width":142,"TotalCount":24,
          "ImageUrlSet":["http://h/s.jpg"],"WebVttUrl":"http://h/s.vtt"}}}]}}"#;

const OLD: &str = r#"{"version":"4.0","eventType":"ProcedureStateChanged","data":{
    "vodTaskId":"1256768367-procedurev2-a1t0","status":"FINISH","errCode":0,"message":"",
    "fileId":"5285890784246869930",
    "metaData":{"size":44130022,"container":"mov,mp4","bitrate":1480000,"height":720,"width":1280,
      "md5":"","duration":238,"rotate":90,
      "videoStreamList":[{"bitrate":1352000,"height":720,"width":1280,"codec":"h264","fps":25}],
      "audioStreamList":[{"samplingRate":44100,"bitrate":128000,"codec":"aac"}]},
    "contentReviewList":[{"taskType":"Porn","status":"SUCCESS","errCode":0,"message":"",
      "input":{"definition":10},"output":{"confidence":98,"suggestion":"block",
        "segments":[{"startTimeOffset":20,"endTimeOffset":120,"suggestion":"block"}]}}],
    "processTaskList":[
      {"taskType":"Transcode","status":"SUCCESS","errCode":0,"message":"SUCCESS",
        "input":{"definition":20},
        "output":{"url":"http://h/v.f20.mp4","size":9,"container":"mp4","md5":"3a","bitrate":512000,
          "height":360,"width":640,"duration":238}},
      {"taskType":"Transcode","status":"FAIL","errCode":30010,"message":"system error",
        "input":{"definition":30}},
      {"taskType":"CoverBySnapshot","status":"SUCCESS","errCode":0,"message":"",
        "input":{"definition":10,"positionType":"Time","position":5},
        "output":{"imageUrl":"http://h/c.jpg"}},
      {"taskType":"SampleSnapshot","status":"PROCESSING","errCode":0,"message":"",
        "input":{"definition":10},"output":{"imageUrls":["http://h/1.jpg","http://h/2.jpg"]}},
      {"taskType":"ImageSprites","status":"SUCCESS","errCode":0,"message":"",
        "input":{"definition":10},"output":{"definition":10,"height":80,"width":142,"totalCount":24,
          "imageUrls":["http://h/s.jpg"],"webVttUrl":"http://h/s.vtt"}}]}}"#;

/// A detail's own text without what only the format decides.
fn comparable(detail: Detail) -> String {
    let mut detail = detail;
    // A result's path holds the wrapping that only 3.0 has.
    for fact in &mut detail.facts {
        fact.path = fact.path.replace(".PornTask.", ".");
    }
    if let Some(media) = &mut detail.media {
        media.bitrate_unit_unknown = false;
    }
    detail.notes.retain(|note| *note != Note::BitrateUnit);
    render_content(&detail)
}

#[test]
fn both_formats_give_the_same_detail() {
    let new = detail(NEW.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap();
    let old = detail(OLD.as_bytes(), Format::V2, Wrapping::Plain).unwrap();
    assert!(old.notes.contains(&Note::BitrateUnit));
    assert_eq!(old.verdict, Verdict::PartlyFailed);
    assert_eq!(old.sub_tasks.len(), 6);
    assert_eq!(comparable(old), comparable(new));
}

#[test]
fn json_inside_a_string_is_read_the_same() {
    let escaped = NEW
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    let inner = detail(escaped.as_bytes(), Format::V3Push, Wrapping::Escaped).unwrap();
    assert_eq!(inner, one(NEW));
}

#[test]
fn what_is_not_said_is_none_and_never_zero() {
    let detail = one(
        r#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{
        "TaskId":null,"MetaData":{"Size":null,"Md5":""},"MediaProcessResultSet":null,
        "AiAnalysisResultSet":[],"SessionContext":""}}"#,
    );
    let media = detail.media.clone().unwrap();
    assert_eq!(
        (detail.task_id, media.size_bytes, media.md5),
        (None, None, None)
    );
    assert_eq!((detail.err_code, detail.request.priority), (None, None));
    assert_eq!(detail.verdict, Verdict::Unknown);
    assert!(detail.facts.is_empty() && detail.sub_tasks.is_empty());
}

#[test]
fn the_input_names_the_template() {
    let detail = procedure(
        r#"{"Type":"Transcode","TranscodeTask":{"Status":"SUCCESS","Input":{"Definition":20},
            "Output":{"Definition":0,"Url":"http://h/a.mp4"}}},
           {"Type":"Transcode","TranscodeTask":{"Status":"SUCCESS","Input":null,
            "Output":{"Definition":30,"Url":"http://h/b.mp4"}}},
           {"Type":"Transcode","TranscodeTask":{"Status":"SUCCESS","Input":{"Definition":20},
            "Output":{"Definition":30,"Url":"http://h/c.mp4"}}}"#,
    );
    let definitions: Vec<_> = detail.sub_tasks.iter().map(|s| s.definition).collect();
    assert_eq!(definitions, [Some(20), Some(30), Some(20)]);
    let shown: Vec<_> = detail
        .sub_tasks
        .iter()
        .map(|s| s.outputs[0].definition)
        .collect();
    assert_eq!(shown, definitions);
    let differs = Note::DefinitionDiffers {
        kind: "Transcode".to_owned(),
        input: 20,
        output: 30,
    };
    assert_eq!(detail.notes, [differs]);
}

#[test]
fn a_value_of_another_type_costs_that_value_alone() {
    let detail = procedure(
        r#"{"Type":"Transcode","TranscodeTask":{"Status":"SUCCESS","Input":[1],"Progress":"50",
            "Output":{"Url":"http://h/a.mp4","Width":"wide","Height":"720","Size":-1}}},
           "no sub-task", 7"#,
    );
    let sub_task = &detail.sub_tasks[0];
    let output = &sub_task.outputs[0];
    assert_eq!(sub_task.progress, Some(50.0));
    assert_eq!(
        (output.width, output.height, output.size_bytes),
        (None, Some(720), None)
    );
    let facts: Vec<_> = detail.facts.iter().map(|f| f.value.as_str()).collect();
    assert_eq!(facts, ["wide", "-1", "no sub-task", "7"]);
}

#[test]
fn ids_are_never_rounded() {
    let detail = one(r#"{"EventType":"NewFileUpload","FileUploadEvent":
        {"FileId":9007199254740993117,"ProcedureTaskId":""}}"#);
    assert_eq!(detail.file_id.as_deref(), Some("9007199254740993117"));
    assert!(detail.links.is_empty());
}

#[test]
fn a_type_never_seen_is_shown_as_it_is() {
    let detail = one(r#"{"EventType":"HologramComplete","HologramCompleteEvent":
        {"TaskId":"h-1","Status":"FINISH","ErrCode":0,"Rays":[{"Hue":1.50}]}}"#);
    assert_eq!(detail.event_type, "HologramComplete");
    assert_eq!(
        (detail.task_id.as_deref(), detail.verdict),
        (Some("h-1"), Verdict::Ok)
    );
    assert_eq!(detail.facts[0].path, "Rays[0].Hue");
    assert_eq!(detail.facts[0].value, "1.50");
    let unknown: Vec<_> = detail
        .notes
        .iter()
        .filter(|n| matches!(n, Note::UnknownMember { .. }))
        .collect();
    assert_eq!(
        unknown.len(),
        1,
        "below an unknown member nothing more is noted"
    );
}

#[test]
fn only_products_make_a_sub_task_of_a_simple_task() {
    let edited = |output: &str| {
        one(&format!(
            r#"{{"EventType":"EditMediaComplete","EditMediaCompleteEvent":{{"TaskId":"e","Status":"FINISH",
            "ErrCode":0,"Output":{output},"MetaData":{{"Duration":8.5,"Width":1280}}}}}}"#
        ))
    };
    let made = edited(r#"{"FileUrl":"http://h/e.mp4","FileId":"9"}"#);
    let output = &made.sub_tasks[0].outputs[0];
    assert_eq!(made.sub_tasks[0].kind, "EditMedia");
    assert_eq!(output.kind, OutputKind::Rendition);
    // The metadata of an edit is that of its product.
    assert_eq!((output.duration_secs, made.media), (Some(8.5), None));
    assert!(edited(r#"{"FileUrl":"","FileId":""}"#).sub_tasks.is_empty());
}

#[test]
fn a_payload_under_another_events_name_is_read_as_what_it_is() {
    let detail = one(
        r#"{"EventType":"NewFileUpload","FileUploadEvent":null,"EditMediaComplete":
        {"TaskId":"t","Status":"FINISH","ErrCode":0,"Output":{"FileId":"9","FileUrl":"http://v/f0.mp4"}}}"#,
    );
    assert_eq!(detail.event_type, "NewFileUpload");
    assert_eq!(detail.verdict, Verdict::Ok);
    assert_eq!(detail.sub_tasks[0].kind, "EditMedia");
    let output = &detail.sub_tasks[0].outputs[0];
    assert_eq!(output.url.as_deref(), Some("http://v/f0.mp4"));
    let note = Note::Alias {
        found: "EventType NewFileUpload".to_owned(),
        taken_for: "EditMediaComplete".to_owned(),
    };
    assert_eq!(detail.notes, [note]);
}

#[test]
fn text_that_is_no_json_is_refused_with_its_place() {
    let refused = detail(b"{\"EventType\":}", Format::V3Push, Wrapping::Plain);
    let place = Reason::Syntax {
        expected: "a value",
        column: 14,
    };
    assert_eq!(refused, Err(place));
}

/// Values that are shown in another form: times, and what tells the format apart.
fn is_shown_otherwise(text: &str) -> bool {
    text.is_empty() || text == "4.0" || (text.len() >= 19 && text.get(10..11) == Some("T"))
}

#[test]
fn no_text_of_a_record_is_lost() {
    let names = [
        ("03-every-result.json", Format::V3Push),
        ("04-partly-failed.json", Format::V3Push),
        ("08-moderation-hit.json", Format::V3Push),
        ("09-other-events.ndjson", Format::V3Push),
        ("formats/v2-other-callbacks.ndjson", Format::V2),
        ("formats/v2-procedure-state-changed.json", Format::V2),
        ("formats/media-infos.json", Format::MediaInfo),
        ("formats/tolerated-oddities.json", Format::V3Push),
    ];
    for (name, format) in names {
        for mut detail in details(name, format) {
            let tree = std::mem::take(&mut detail.tree);
            let shown = format!("{detail:?}");
            for node in &tree.nodes {
                let JsonValue::String(text) = &node.value else {
                    continue;
                };
                let quoted = format!("{text:?}");
                let inner = quoted.trim_matches('"');
                assert!(
                    is_shown_otherwise(text) || shown.contains(inner),
                    "{name}: {:?} {text}",
                    node.name
                );
            }
        }
    }
}

/// A folder of event files: one for the samples that come with the project, one for more.
fn folders() -> Vec<PathBuf> {
    let more = std::env::var_os("VODSCOPE_SAMPLES").map(PathBuf::from);
    if more.is_none() {
        eprintln!("VODSCOPE_SAMPLES is unset: only the project's own samples are read");
    }
    [samples(), samples().join("formats")]
        .into_iter()
        .chain(more)
        .collect()
}

fn event_files() -> Vec<PathBuf> {
    let mut files: Vec<_> = folders()
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            matches!(
                path.extension().and_then(|e| e.to_str()),
                Some("json" | "ndjson")
            )
        })
        .collect();
    files.sort();
    files
}

/// What the list shows of a record.
fn listed(segment: &Segment, row: &Row) -> Vec<String> {
    let mut texts = vec![
        segment.task_id(row).to_owned(),
        segment.file_id(row).to_owned(),
        segment.name(row.event_type).to_owned(),
        segment.name(row.status).to_owned(),
        format!("{:?}", row.verdict),
        format!("{}", row.flags.contains(RowFlags::SUB_TASK_MISSING)),
    ];
    let sub_rows = segment.sub_rows(row).iter();
    texts.extend(sub_rows.map(|sub| {
        let definition =
            Some(i64::from(sub.definition)).filter(|_| sub.definition != NO_DEFINITION);
        let kind = segment.name(sub.kind);
        format!("{kind} {:?} {:?} {definition:?}", sub.set, sub.outcome)
    }));
    texts
}

/// The same from the detail.
fn shown(detail: &Detail, sub_tasks_of_its_own: bool) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut texts = vec![
        text(&detail.task_id),
        text(&detail.file_id),
        detail.event_type.clone(),
        text(&detail.status),
        format!("{:?}", detail.verdict),
        format!("{}", detail.sub_task_missing),
    ];
    let sub_tasks = detail.sub_tasks.iter().filter(|_| sub_tasks_of_its_own);
    texts.extend(sub_tasks.map(|sub| {
        let definition = sub.definition;
        format!(
            "{} {:?} {:?} {definition:?}",
            sub.kind, sub.set, sub.outcome
        )
    }));
    texts
}

#[test]
fn list_and_detail_agree_on_every_sample() {
    let mut records = 0;
    let mut differences = Vec::new();
    for path in event_files() {
        let bytes = std::fs::read(&path).unwrap();
        let decoded = decode_documents(&bytes, 0);
        for row in &decoded.segment.rows {
            let start = usize::try_from(row.offset).unwrap();
            let record = &bytes[start..start + row.len as usize];
            let detail = detail(record, row.format, row.flags.wrapping()).unwrap();
            let mut in_list = listed(&decoded.segment, row);
            let in_detail = shown(&detail, row.sub_len > 0);
            if row.format == Format::V2Task && detail.status.is_none() {
                // The page around such a task tells its state, and a record is read without it.
                in_list.splice(3..5, in_detail.get(3..5).unwrap().to_vec());
            }
            if in_list != in_detail {
                differences.push(format!(
                    "{}\n  list   {in_list:?}\n  detail {in_detail:?}",
                    path.display()
                ));
            }
            records += 1;
        }
    }
    assert!(records > 50, "{records} records");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn any_format() -> impl Strategy<Value = Format> {
    prop_oneof![
        Just(Format::V3Push),
        Just(Format::V2),
        Just(Format::V2Task),
        Just(Format::TaskDetail),
        Just(Format::MediaInfo),
        Just(Format::BareTask),
        Just(Format::Mps),
        Just(Format::ApiError),
        Just(Format::Unknown),
    ]
}

proptest! {
    #[test]
    fn any_bytes_give_a_detail_or_a_reason(bytes in any::<Vec<u8>>(), format in any_format()) {
        let _ = detail(&bytes, format, Wrapping::Plain);
        let _ = detail(&bytes, format, Wrapping::Escaped);
    }

    #[test]
    fn a_flipped_or_cut_record_gives_a_detail_or_a_reason(
        at in 0..NEW.len(), byte in any::<u8>(), cut in any::<bool>(), format in any_format(),
    ) {
        let mut bytes = NEW.as_bytes().to_vec();
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        let _ = detail(&bytes, format, Wrapping::Plain);
    }
}

#[test]
fn pictures_of_analyses_and_their_worth_are_read_and_stay_facts() {
    let detail = details("03-every-result.json", Format::V3Push).remove(0);
    let of = |kind: &str| detail.sub_tasks.iter().find(|sub| sub.kind == kind);
    let covers = &of("Cover").unwrap().outputs;
    let worth: Vec<_> = covers.iter().map(|output| output.confidence).collect();
    assert_eq!(worth, [Some(81.0), Some(74.5)]);
    let clip = of("Highlight").unwrap().outputs.first().unwrap();
    assert!(clip.cover.as_ref().unwrap().ends_with("/highlight_0.jpg"));
    assert_eq!(clip.range_secs, Some((602.4, 643.9)));
    let moving = of("AnimatedGraphics").unwrap().outputs.first().unwrap();
    assert_eq!(moving.range_secs, Some((10.0, 30.0)));
    let is_fact = |end: &str| detail.facts.iter().any(|fact| fact.path.ends_with(end));
    assert!(is_fact("HighlightSet[0].CovImgUrl"));
    assert!(is_fact("CoverSet[1].Confidence"));
}

#[test]
fn pictures_of_a_moderation_are_found_with_their_end() {
    let detail = details("08-moderation-hit.json", Format::V3Push).remove(0);
    let found: Vec<_> = detail
        .sub_tasks
        .iter()
        .filter_map(|sub| sub.moderation.as_ref())
        .flat_map(|moderation| &moderation.evidence)
        .map(|evidence| {
            (
                evidence.begin_secs,
                evidence.label.as_deref(),
                evidence.expires,
            )
        })
        .collect();
    let end = Some(1_795_831_200);
    assert_eq!(
        found,
        [
            (Some(12.0), Some("sexy"), end),
            (Some(31.0), Some("sexy"), end),
            (Some(40.0), None, end),
        ]
    );
}

#[test]
fn the_media_s_own_cover_is_told_apart_from_one_that_was_made() {
    let told = one(
        r#"{"EventType":"NewFileUpload","FileUploadEvent":{"FileId":"1",
        "MediaBasicInfo":{"CoverUrl":"https://a.cn/own.jpg"}}}"#,
    );
    assert_eq!(told.source_cover.unwrap().url, "https://a.cn/own.jpg");
    let made = procedure(
        r#"{"Type":"CoverBySnapshot","CoverBySnapshotTask":{"Status":"SUCCESS",
        "Output":{"CoverUrl":"https://a.cn/made.jpg"}}}"#,
    );
    assert_eq!(made.source_cover, None);
    assert_eq!(made.cover_urls, ["https://a.cn/made.jpg"]);
}

#[test]
fn a_flow_that_is_at_work_has_not_ended_whatever_stands_around_it() {
    let text = r#"{"Response":{"TaskType":"Procedure","Status":"FINISH","ProcedureTask":{"TaskId":"t",
        "Status":"PROCESSING","ErrCode":0,"MediaProcessResultSet":[]},"RequestId":"r"}}"#;
    let found = detail(text.as_bytes(), Format::TaskDetail, Wrapping::Plain).unwrap();
    assert_eq!(found.verdict, Verdict::Running);
    let decoded = decode_documents(text.as_bytes(), 0);
    let row = decoded.segment.rows.first().unwrap();
    assert_eq!(row.verdict, Verdict::Running);
}
