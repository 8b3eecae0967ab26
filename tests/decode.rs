//! What decoding promises: every envelope is read, nothing panics, and a bad record never costs
//! the good ones.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests fail by panicking and say when they skip"
)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::{Strategy, any, prop, proptest};
use vodscope::decode::{Decoded, DocumentStream, checksum, decode_documents, decode_lines, sniff};
use vodscope::model::{Format, Reason, Row, RowFlags, Shape, Verdict, Wrapping};

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    fs::read(folder.join(name)).unwrap()
}

/// Reads bytes the way a source does, open stretches included.
fn decode(bytes: &[u8]) -> Decoded {
    if sniff(bytes) == Shape::Documents {
        return decode_documents(bytes, 0);
    }
    let decoded = decode_lines(bytes, 0);
    if decoded.open_head.is_some() || decoded.open_tail.is_some() {
        return decode_documents(bytes, 0);
    }
    decoded
}

fn rows(decoded: &Decoded) -> Vec<(Format, &str, &str, Verdict)> {
    let segment = &decoded.segment;
    let row = |row| describe(segment, row);
    segment.rows.iter().map(row).collect()
}

fn describe<'s>(
    segment: &'s vodscope::model::Segment,
    row: &Row,
) -> (Format, &'s str, &'s str, Verdict) {
    let event_type = segment.name(row.event_type);
    (row.format, event_type, segment.task_id(row), row.verdict)
}

/// Formats and event types of a fixture that must hold no problem.
fn read_sample(name: &str) -> Vec<(Format, String)> {
    let decoded = decode(&sample(name));
    assert_eq!(decoded.problems, [], "{name}");
    rows(&decoded)
        .into_iter()
        .map(|(format, event_type, ..)| (format, event_type.to_owned()))
        .collect()
}

fn one(format: Format, event_type: &str) -> Vec<(Format, String)> {
    vec![(format, event_type.to_owned())]
}

#[test]
fn every_envelope_is_recognised() {
    use Format::{ApiError, BareTask, MediaInfo, Mps, TaskDetail, V2, V2Task, V3Pull, V3Push};
    let flow = "ProcedureStateChanged";
    for (name, format, event_type) in [
        ("01-callback.json", V3Push, flow),
        ("02-pulled.json", V3Pull, flow),
        ("formats/v3-push-null-siblings.json", V3Push, flow),
        ("formats/v3-pull-bare-event-set.json", V3Pull, flow),
        ("formats/v3-pull-single-item.json", V3Pull, flow),
        ("formats/api-error-empty-queue.json", ApiError, ""),
        ("formats/api-error-signature.json", ApiError, ""),
        ("formats/v2-procedure-state-changed.json", V2, flow),
        ("formats/v2-new-file-upload.json", V2, "NewFileUpload"),
        (
            "formats/v2-transcode-complete.json",
            V2,
            "TranscodeComplete",
        ),
        ("formats/v2-get-task-info.json", V2Task, "procedure"),
        ("formats/hybrid-pull-complete.json", V2, "PullComplete"),
        ("formats/task-detail-response.json", TaskDetail, "Procedure"),
        ("formats/task-detail-bare.json", TaskDetail, "Procedure"),
        (
            "formats/task-detail-edit-media.json",
            TaskDetail,
            "EditMedia",
        ),
        ("formats/media-infos.json", MediaInfo, "MediaInfo"),
        ("formats/bare-procedure-task.json", BareTask, ""),
        ("formats/mps-workflow.json", Mps, "WorkflowTask"),
        ("formats/tolerated-oddities.json", V3Push, flow),
    ] {
        assert_eq!(read_sample(name), one(format, event_type), "{name}");
    }
}

#[test]
fn lists_leave_a_row_for_each_event() {
    use Format::{TaskList, V2Pull, V2Task, V3Pull, V3Push};
    for (name, format, count) in [
        ("formats/v3-pull-response.json", V3Pull, 2),
        ("formats/v2-pull-event-list.json", V2Pull, 2),
        ("formats/v2-get-task-list.json", V2Task, 2),
        ("formats/task-list.json", TaskList, 4),
        ("formats/many-array.json", V3Push, 4),
        ("formats/many-lines.ndjson", V3Push, 4),
        ("formats/many-concatenated.json", V3Push, 3),
        ("formats/log-prefixed.log", V3Push, 3),
        ("formats/json-in-string.ndjson", V3Push, 2),
        ("09-other-events.ndjson", V3Push, 8),
        ("10-history.ndjson", V3Push, 6),
    ] {
        let read = read_sample(name);
        assert_eq!(read.len(), count, "{name}");
        assert!(read.iter().all(|row| row.0 == format), "{name}: {read:?}");
    }
}

#[test]
fn verdicts_follow_codes_and_sub_tasks() {
    for (name, verdict) in [
        ("01-callback.json", Verdict::Ok),
        ("03-every-result.json", Verdict::Ok),
        ("04-partly-failed.json", Verdict::PartlyFailed),
        ("05-all-failed.json", Verdict::Failed),
        ("06-running.json", Verdict::Running),
        ("07-missing-sub-task.json", Verdict::PartlyFailed),
        ("08-moderation-hit.json", Verdict::Ok),
    ] {
        let decoded = decode(&sample(name));
        assert_eq!(decoded.segment.rows[0].verdict, verdict, "{name}");
    }
    let flags = |name| decode(&sample(name)).segment.rows[0].flags;
    assert!(flags("07-missing-sub-task.json").contains(RowFlags::SUB_TASK_MISSING));
    assert!(flags("08-moderation-hit.json").contains(RowFlags::MODERATION_HIT));
}

#[test]
fn ids_are_kept_digit_by_digit() {
    let decoded = decode(&sample("formats/tolerated-oddities.json"));
    let row = decoded.segment.rows[0];
    assert_eq!(decoded.segment.file_id(&row), "9007199254740993117");
}

#[test]
fn damaged_lines_cost_only_themselves() {
    let decoded = decode(&sample("edge/damaged.ndjson"));
    assert_eq!(decoded.segment.rows.len(), 5);
    let lines: Vec<u64> = decoded.problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [1, 3, 5, 7, 9]);
    assert_eq!(
        decoded.problems[0].reason,
        Reason::CutOff { inside: "string" }
    );
    assert!(matches!(decoded.problems[1].reason, Reason::Syntax { .. }));
    assert!(matches!(
        decoded.problems[2].reason,
        Reason::NotUtf8 { byte: 0xff, .. }
    ));
    assert_eq!(decoded.problems[3].reason, Reason::NoJson);
    assert_eq!(
        decoded.problems[4].reason,
        Reason::CutOff { inside: "object" }
    );
}

#[test]
fn an_array_whose_end_is_missing_keeps_its_whole_events() {
    let decoded = decode(&sample("edge/truncated.json"));
    assert_eq!(decoded.segment.rows.len(), 2);
    assert_eq!(decoded.problems.len(), 1);
    assert!(matches!(decoded.problems[0].reason, Reason::CutOff { .. }));
}

#[test]
fn rows_say_where_their_bytes_are() {
    for name in [
        "02-pulled.json",
        "formats/many-array.json",
        "formats/log-prefixed.log",
        "formats/json-in-string.ndjson",
        "formats/v2-pull-event-list.json",
        "formats/task-list.json",
        "formats/media-infos.json",
    ] {
        let bytes = sample(name);
        for row in &decode(&bytes).segment.rows {
            let start = usize::try_from(row.offset).unwrap();
            let record = &bytes[start..start + usize::try_from(row.len).unwrap()];
            let wrapping = row.flags.wrapping();
            assert_eq!(checksum(record, wrapping), Some(row.checksum), "{name}");
        }
    }
}

const EVENT: &str = concat!(
    r#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"TaskId":"t-1","#,
    r#""Status":"FINISH","ErrCode":0,"MediaProcessResultSet":[]}}"#
);

fn event(task_id: &str) -> String {
    EVENT.replace("t-1", task_id)
}

fn task_ids(decoded: &Decoded) -> Vec<&str> {
    rows(decoded).into_iter().map(|row| row.2).collect()
}

#[test]
fn events_inside_other_objects_and_strings_are_found() {
    let escaped = event("in-string").replace('"', "\\\"");
    let set = format!("{{\"EventSet\":[{},{}]}}", event("a"), event("b"));
    let text = [
        format!("{{\"ts\":1,\"_source\":{}}}", event("wrapped")),
        format!("{{\"ts\":1,\"body\":\"{escaped}\"}}"),
        format!(
            "2026-04-02 10:00 [INFO] x{{1}} got={} done",
            event("logged")
        ),
        format!("{} {}", event("first"), event("second")),
        format!("{{\"message\":\"{}\"}}", set.replace('"', "\\\"")),
        "{\"\\u0045ventType\":\"New\",\"NewEvent\":{\"\\u0054askId\":\"spelled\"}}".to_owned(),
    ]
    .join("\n");
    let decoded = decode_lines(text.as_bytes(), 0);
    assert_eq!(decoded.problems, []);
    let want = [
        "wrapped",
        "in-string",
        "logged",
        "first",
        "second",
        "a",
        "b",
        "spelled",
    ];
    assert_eq!(task_ids(&decoded), want);
    for row in &decoded.segment.rows {
        let start = usize::try_from(row.offset).unwrap();
        let record = &text.as_bytes()[start..start + usize::try_from(row.len).unwrap()];
        let wrapping = row.flags.wrapping();
        assert_eq!(checksum(record, wrapping), Some(row.checksum));
    }
    let lines: Vec<u32> = decoded.segment.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [0, 1, 2, 3, 3, 4, 4, 5]);
}

/// The ways a record's quotes are spelled in other text.
const WRAPPINGS: [Wrapping; 4] = [
    Wrapping::Escaped,
    Wrapping::EscapedTwice,
    Wrapping::Doubled,
    Wrapping::DoubledEscaped,
];

/// JSON as it is spelled inside other text.
fn wrapped(json: &str, wrapping: Wrapping) -> String {
    let escape = |text: &str| {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        text.replace('\n', "\\n")
    };
    let double = |text: &str| text.replace('"', "\"\"");
    match wrapping {
        Wrapping::Plain => json.to_owned(),
        Wrapping::Escaped => escape(json),
        Wrapping::EscapedTwice => escape(&escape(json)),
        Wrapping::Doubled => double(json),
        Wrapping::DoubledEscaped => double(&escape(json)),
    }
}

/// An event with everything in it that is spelled otherwise inside other text.
fn awkward(task_id: &str) -> String {
    let name = r#""FileName":"动物 \"}{\" \\ it's \u4e16\n.mp4","Status""#;
    event(task_id).replace("\"Status\"", name)
}

/// Every row's record, read again from where it stands, is the one that was indexed.
fn assert_rereads(text: &str, decoded: &Decoded) {
    for row in &decoded.segment.rows {
        let start = usize::try_from(row.offset).unwrap();
        let end = start + usize::try_from(row.len).unwrap();
        let record = text.as_bytes().get(start..end).unwrap();
        let wrapping = row.flags.wrapping();
        assert_eq!(checksum(record, wrapping), Some(row.checksum));
        let read = vodscope::decode::detail::detail(record, row.format, wrapping).unwrap();
        assert_eq!(
            read.task_id.unwrap_or_default(),
            decoded.segment.task_id(row)
        );
    }
}

/// Reads the text as lines, as a whole and in chunks; each must find the same.
fn decode_every_way(text: &str) -> Decoded {
    let whole = decode_documents(text.as_bytes(), 0);
    for size in [1, 7, 64] {
        let mut stream = DocumentStream::new(0);
        let mut parts: Vec<_> = text
            .as_bytes()
            .chunks(size)
            .map(|c| stream.push(c))
            .collect();
        parts.push(stream.finish());
        let rows: Vec<_> = parts.iter().flat_map(task_ids).collect();
        assert_eq!(rows, task_ids(&whole), "in chunks of {size}");
    }
    let lines = decode_lines(text.as_bytes(), 0);
    if lines.open_head.is_none() && lines.open_tail.is_none() {
        assert_eq!(task_ids(&lines), task_ids(&whole), "as lines");
    }
    whole
}

#[test]
fn records_are_read_however_their_quotes_are_spelled() {
    for wrapping in WRAPPINGS {
        let record = |task| wrapped(&awkward(task), wrapping);
        for text in [
            format!("{}\n{}\n", record("a"), record("b")),
            format!(
                "INSERT INTO `e` VALUES (1,'{}','x'),(2,'{}','y');\n",
                record("a"),
                record("b")
            ),
            format!(
                "1,\"{}\",2026\r\n2,\"{}\",2026\r\n",
                record("a"),
                record("b")
            ),
            format!("[{},{}]", record("a"), record("b")),
            wrapped(
                &format!("{{\"EventSet\":[{},{}]}}", awkward("a"), awkward("b")),
                wrapping,
            ),
            wrapped(&format!("[{}, {}]", awkward("a"), awkward("b")), wrapping),
        ] {
            let decoded = decode_every_way(&text);
            assert_eq!(task_ids(&decoded), ["a", "b"], "{wrapping:?} {text}");
            assert_eq!(decoded.problems, [], "{wrapping:?} {text}");
            assert_rereads(&text, &decoded);
            let rows = decoded.segment.rows.iter();
            assert!(rows.clone().all(|row| row.flags.wrapping() == wrapping));
            let names = rows.map(|row| decoded.segment.file_name(row));
            assert!(
                names.eq(["动物 \"}{\" \\ it's 世\n.mp4"; 2]),
                "{wrapping:?}"
            );
        }
    }
}

#[test]
fn strings_with_escaped_json_in_them_are_read() {
    let twice = wrapped(&awkward("twice"), Wrapping::EscapedTwice);
    let once = wrapped(&awkward("once"), Wrapping::Escaped);
    let in_string = wrapped(&format!("{{\"body\":\"{once}\"}}"), Wrapping::Escaped);
    let text = [
        format!("\"{twice}\""),
        format!("{{\"log\":\"{twice}\"}}"),
        format!("{{\"log\":\"{in_string}\"}}"),
        format!("{{\"log\":\"INFO got {once} in 3 ms\\n\",\"stream\":\"stdout\"}}"),
    ]
    .join("\n");
    let decoded = decode_every_way(&text);
    assert_eq!(decoded.problems, []);
    assert_eq!(task_ids(&decoded), ["twice", "twice", "once", "once"]);
    let lines: Vec<u32> = decoded.segment.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [0, 1, 2, 3]);
    assert_rereads(&text, &decoded);
}

#[test]
fn cells_over_several_lines_are_read() {
    let set = format!("{{\n\"EventSet\":[\n{},\n{}]}}", awkward("a"), awkward("b"));
    let set = wrapped(&set, Wrapping::Doubled);
    let text = format!(
        "7,\"{set}\"\n8,\"{}\"\n",
        wrapped(&awkward("c"), Wrapping::Doubled)
    );
    let decoded = decode_every_way(&text);
    assert_eq!(decoded.problems, []);
    assert_eq!(task_ids(&decoded), ["a", "b", "c"]);
    let lines: Vec<u32> = decoded.segment.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 4]);
    assert_rereads(&text, &decoded);
}

#[test]
fn a_damaged_wrapped_record_costs_only_itself() {
    for wrapping in WRAPPINGS {
        let good = |task| wrapped(&awkward(task), wrapping);
        let damaged = wrapped(&EVENT.replace("\"FINISH\",", "oops,"), wrapping);
        let cut = wrapped(&EVENT[..EVENT.len() - 30], wrapping);
        for (bad, is_cut) in [(&damaged, false), (&cut, true)] {
            let text = format!(
                "x,'{}','{bad}','{}'\ny,'{}'\n",
                good("a"),
                good("b"),
                good("c")
            );
            let decoded = decode_documents(text.as_bytes(), 0);
            assert_eq!(task_ids(&decoded), ["a", "b", "c"], "{wrapping:?}");
            let [problem] = decoded.problems.as_slice() else {
                panic!("{wrapping:?}: {:?}", decoded.problems);
            };
            let at = text.find(bad.as_str()).unwrap();
            assert_eq!(
                (problem.line, problem.offset),
                (0, at as u64),
                "{wrapping:?}"
            );
            let syntax = |column| Reason::Syntax {
                expected: "a value",
                column,
            };
            if !is_cut {
                let oops = bad.find("oops").unwrap() as u64 + 1;
                assert_eq!(problem.reason, syntax(oops), "{wrapping:?}");
            }
            assert_rereads(&text, &decoded);
        }
    }
}

#[test]
fn other_text_with_spelled_quotes_is_no_problem() {
    let text = concat!(
        r#"INSERT INTO t VALUES ('{\"name\":\"x\"}', "{""a"":1}", 'a{\"b')"#,
        "\n",
        r#"grep -E "{\"x" log {""} {"" {\"#,
    );
    let decoded = decode_documents(text.as_bytes(), 0);
    assert_eq!(decoded.problems, []);
    assert!(decoded.segment.rows.is_empty());
}

#[test]
fn a_page_tells_its_tasks_state_wherever_it_stands() {
    let task = |id| format!(r#"{{"vodTaskId":"{id}","type":"procedure"}}"#);
    let list = format!("\"taskList\":[{},{}]", task("a"), task("b"));
    let state = r#""status":"PROCESSING""#;
    for text in [
        format!(r#"{{"code":0,"data":{{{state},{list}}}}}"#),
        format!(r#"{{"code":0,"data":{{{list},"next":"x",{state}}}}}"#),
        format!(r#"{{"code":0,{list},"message":"",{state}}}"#),
    ] {
        for size in [1, 16, 60, 4096] {
            let mut stream = DocumentStream::new(0);
            let mut parts: Vec<_> = text
                .as_bytes()
                .chunks(size)
                .map(|c| stream.push(c))
                .collect();
            parts.push(stream.finish());
            let rows = parts.iter().flat_map(|part| {
                let segment = &part.segment;
                let row = |row: &Row| {
                    (
                        segment.task_id(row).to_owned(),
                        segment.name(row.status).to_owned(),
                        row.verdict,
                    )
                };
                segment.rows.iter().map(row).collect::<Vec<_>>()
            });
            let want = |id: &str| (id.to_owned(), "PROCESSING".to_owned(), Verdict::Running);
            assert_eq!(
                rows.collect::<Vec<_>>(),
                [want("a"), want("b")],
                "{size} {text}"
            );
        }
    }
}

#[test]
fn a_long_page_is_not_held_for_its_state() {
    let mut stream = DocumentStream::new(0);
    stream.push(br#"{"code":0,"data":{"taskList":["#);
    let task = br#"{"vodTaskId":"a","type":"procedure"},"#;
    let mut rows = 0;
    for _ in 0..10_000 {
        rows += stream.push(task).segment.rows.len();
    }
    assert!(rows > 5_000, "{rows}");
    assert_eq!(rows + stream.finish().segment.rows.len(), 10_000);
}

#[test]
fn redeliveries_have_the_same_checksum() {
    let delivery =
        |handle: &str| EVENT.replacen('{', &format!("{{\"EventHandle\":\"{handle}\","), 1);
    let text = format!(
        "{}\n{}\n{}\n",
        delivery("h1"),
        delivery("h2"),
        event("other")
    );
    let decoded = decode_lines(text.as_bytes(), 0);
    let sums: Vec<u64> = decoded
        .segment
        .rows
        .iter()
        .map(|row| row.checksum)
        .collect();
    assert_eq!(sums[0], sums[1]);
    assert_ne!(sums[0], sums[2]);
}

/// The same JSON on many lines. No string of these fixtures has brackets or commas in it.
fn on_many_lines(json: &str) -> String {
    let lines = json.replace('{', "{\n  ").replace('}', "\n}");
    lines.replace(',', ",\r\n\t").replace(':', " : ")
}

#[test]
fn line_breaks_do_not_make_another_delivery() {
    let pretty = on_many_lines(EVENT).replace("\" :", "\":");
    let spaced = EVENT.replace(',', ", ").replace(':', ": ");
    let other = on_many_lines(&event("t 1"));
    let escaped = format!(
        "{{\"body\":\"{}\"}}",
        pretty
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\r', "")
            .replace('\t', " ")
    );
    let text = [EVENT, &pretty, &spaced, &escaped, &other].join("\n");
    let decoded = decode_documents(text.as_bytes(), 0);
    let rows = &decoded.segment.rows;
    assert_eq!(rows.len(), 5, "{:?}", decoded.problems);
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(row.checksum == rows[0].checksum, number < 4, "{number}");
        let start = usize::try_from(row.offset).unwrap();
        let record = &text.as_bytes()[start..start + usize::try_from(row.len).unwrap()];
        let wrapping = row.flags.wrapping();
        assert_eq!(checksum(record, wrapping), Some(row.checksum), "{number}");
    }
}

#[test]
fn uploads_and_deletions_have_no_outcome_in_either_format() {
    for text in [
        r#"{"version":"4.0","eventType":"NewFileUpload","data":{"status":0,"fileId":"1"}}"#,
        r#"{"version":"4.0","eventType":"FileDeleted","data":{"status":0,"fileInfo":[{"fileId":"1","status":0}]}}"#,
        r#"{"version":"4.0","eventType":"DeleteFile","data":{"status":0,"fileId":"1"}}"#,
        r#"{"EventType":"NewFileUpload","FileUploadEvent":{"FileId":"1"}}"#,
        r#"{"EventType":"FileDeleted","FileDeleteEvent":{"FileIdSet":["1"]}}"#,
    ] {
        let row = decode(text.as_bytes()).segment.rows[0];
        assert_eq!(row.verdict, Verdict::Unknown, "{text}");
        let read =
            vodscope::decode::detail::detail(text.as_bytes(), row.format, Wrapping::Plain).unwrap();
        assert_eq!(read.verdict, Verdict::Unknown, "{text}");
    }
    let failed = br#"{"version":"4.0","eventType":"DeleteFile","data":{"status":-5,"fileId":"1"}}"#;
    assert_eq!(decode(failed).segment.rows[0].verdict, Verdict::Failed);
}

#[test]
fn a_finished_task_without_a_code_is_ok_unless_a_list_left_it_out() {
    for (text, verdict) in [
        (EVENT.replace("\"ErrCode\":0", "\"ErrCode\":null"), Verdict::Ok),
        (EVENT.replace("\"ErrCode\":0,", ""), Verdict::Ok),
        (r#"{"Response":{"TaskType":"Procedure","Status":"FINISH","ProcedureTask":{"TaskId":"t"}}}"#.to_owned(), Verdict::Ok),
        (r#"{"TaskId":"t","Status":"FINISH","MediaProcessResultSet":[]}"#.to_owned(), Verdict::Ok),
        (r#"{"version":"4.0","eventType":"ProcedureStateChanged","data":{"vodTaskId":"t","status":"FINISH"}}"#.to_owned(), Verdict::Ok),
        (r#"{"code":0,"type":"procedure","data":{"vodTaskId":"t","status":"FINISH"}}"#.to_owned(), Verdict::Ok),
        (r#"{"Response":{"TaskSet":[{"TaskId":"t","TaskType":"Procedure","Status":"FINISH"}]}}"#.to_owned(), Verdict::Unknown),
        (r#"{"code":0,"data":{"taskList":[{"vodTaskId":"t","type":"procedure","status":"FINISH"}]}}"#.to_owned(), Verdict::Unknown),
    ] {
        let row = decode(text.as_bytes()).segment.rows[0];
        assert_eq!(row.verdict, verdict, "{text}");
        let start = usize::try_from(row.offset).unwrap();
        let record = &text.as_bytes()[start..start + usize::try_from(row.len).unwrap()];
        let read = vodscope::decode::detail::detail(record, row.format, Wrapping::Plain).unwrap();
        assert_eq!(read.verdict, verdict, "{text}");
    }
}

#[test]
fn a_page_of_tasks_tells_their_state() {
    let tasks = r#"[{"vodTaskId":"a","type":"procedure"},{"vodTaskId":"b","type":"transcode","status":"FINISH"}]"#;
    let page = |status: &str| format!(r#"{{"status":"{status}","next":"","taskList":{tasks}}}"#);
    let answer = |data: &str| format!(r#"{{"code":0,"message":"","data":{data}}}"#);
    let late = format!(r#"{{"taskList":{tasks},"status":"PROCESSING"}}"#);
    let states = |text: &str, size: usize| {
        let mut stream = DocumentStream::new(0);
        let mut found = Vec::new();
        let mut take = |decoded: Decoded| {
            let segment = &decoded.segment;
            let state = |row: &Row| (segment.name(row.status).to_owned(), row.verdict);
            found.extend(segment.rows.iter().map(state));
        };
        text.as_bytes()
            .chunks(size)
            .for_each(|chunk| take(stream.push(chunk)));
        take(stream.finish());
        found
    };
    let state = |status: &str, verdict| (status.to_owned(), verdict);
    let running = state("PROCESSING", Verdict::Running);
    let finished = state("FINISH", Verdict::Unknown);
    let one = answer(&page("PROCESSING"));
    for size in [1, 50, one.len()] {
        assert_eq!(
            states(&one, size),
            [running.clone(), finished.clone()],
            "{size}"
        );
    }
    let pages = answer(&format!("[{},{}]", page("WAITING"), page("FINISH")));
    let waiting = state("WAITING", Verdict::Running);
    let want = [
        waiting,
        finished.clone(),
        finished.clone(),
        finished.clone(),
    ];
    assert_eq!(states(&pages, pages.len()), want);
    assert_eq!(states(&answer(&late), usize::MAX), [running, finished]);
}

#[test]
fn a_record_cut_off_in_the_middle_costs_only_itself() {
    for cut in [1, 2, 20, 60, 90, 120, EVENT.len() - 1] {
        let half = &EVENT[..cut];
        let text = format!("{}\n{half}\n{}\n{}\n", event("a"), event("b"), event("c"));
        for decoded in [
            decode_lines(text.as_bytes(), 0),
            decode_documents(text.as_bytes(), 0),
        ] {
            assert_eq!(task_ids(&decoded), ["a", "b", "c"], "{half}");
            assert_eq!(decoded.problems.len(), 1, "{half}: {:?}", decoded.problems);
            assert_eq!(decoded.problems[0].line, 1);
        }
    }
}

#[test]
fn damage_inside_a_one_line_list_costs_only_its_item() {
    let half = &EVENT[..80];
    for broken in [
        half.to_owned(),
        EVENT.replace(":0,", ":,"),
        EVENT.replace("}}", "}"),
    ] {
        let text = format!(
            "{{\"Response\":{{\"EventSet\":[{},{broken},{},{}],\"RequestId\":\"r\"}}}}",
            event("a"),
            event("b"),
            event("c")
        );
        let decoded = decode_documents(text.as_bytes(), 0);
        assert_eq!(task_ids(&decoded), ["a", "b", "c"], "{broken}");
        assert!(!decoded.problems.is_empty(), "{broken}");
    }
}

#[test]
fn hostile_text_is_refused_with_a_reason() {
    let deep = |depth: usize| format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
    for depth in [10_000, 200_000] {
        let text = format!("{}\n{}\n{}\n", event("a"), deep(depth), event("b"));
        for decoded in [
            decode_lines(text.as_bytes(), 0),
            decode_documents(text.as_bytes(), 0),
        ] {
            assert_eq!(task_ids(&decoded), ["a", "b"]);
            assert_eq!(decoded.problems.len(), 1);
            assert_eq!(decoded.problems[0].reason, Reason::TooDeep { limit: 1024 });
        }
    }
    let unclosed = "{\"EventSet\":[".repeat(50_000);
    assert!(
        decode_documents(unclosed.as_bytes(), 0)
            .segment
            .rows
            .is_empty()
    );
    let nested = format!("{}{}", "{\"EventSet\":[".repeat(400), "]}".repeat(400));
    assert!(decode_lines(nested.as_bytes(), 0).segment.rows.is_empty());
}

#[test]
fn a_nul_and_invalid_utf8_are_named() {
    let text = format!("{}\n{{\"a\":\"\0\"}}\n{}\n", event("a"), event("b"));
    let decoded = decode_lines(text.as_bytes(), 0);
    assert_eq!(task_ids(&decoded), ["a", "b"]);
    assert!(matches!(
        decoded.problems[0].reason,
        Reason::Syntax { column: 7, .. }
    ));
    assert!(decoded.problems[0].excerpt.contains("\\u{0}"));
    let mut bytes = format!("{}\n{{\"a\":\"", event("a")).into_bytes();
    bytes.extend_from_slice(b"\xff\"}\n");
    bytes.extend_from_slice(event("b").as_bytes());
    let decoded = decode_lines(&bytes, 0);
    assert_eq!(task_ids(&decoded), ["a", "b"]);
    let want = Reason::NotUtf8 {
        column: 7,
        byte: 0xff,
    };
    assert_eq!(decoded.problems[0].reason, want);
}

#[test]
fn text_without_events_says_so() {
    let reason = |text: &str| {
        decode_documents(text.as_bytes(), 0).problems[0]
            .reason
            .clone()
    };
    let first_member = "ts".to_owned();
    assert_eq!(
        reason("{\"ts\":1,\"msg\":\"x\"}"),
        Reason::NotAnEvent { first_member }
    );
    assert_eq!(reason("hello world"), Reason::NoJson);
    assert_eq!(decode_documents(b" \n ", 0).problems, []);
}

#[test]
fn a_stream_gives_the_same_rows_whatever_its_chunks() {
    let names = [
        "02-pulled.json",
        "formats/many-array.json",
        "edge/damaged.ndjson",
        "03-every-result.json",
        "edge/truncated.json",
    ];
    let bytes: Vec<u8> = names
        .iter()
        .flat_map(|name| [sample(name), b"\n".to_vec()])
        .flatten()
        .collect();
    let whole = decode_documents(&bytes, 0);
    for size in [1, 7, 1000, 65_536] {
        let mut stream = DocumentStream::new(0);
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        let mut lines = 0;
        for chunk in bytes.chunks(size) {
            let part = stream.push(chunk);
            lines += part.lines;
            rows.extend(part.segment.rows);
            problems.extend(part.problems);
        }
        let part = stream.finish();
        rows.extend(part.segment.rows);
        problems.extend(part.problems);
        let places = |rows: &[Row]| {
            rows.iter()
                .map(|row| (row.offset, row.len, row.line, row.checksum))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            places(&rows),
            places(&whole.segment.rows),
            "chunks of {size}"
        );
        assert_eq!(problems.len(), whole.problems.len(), "chunks of {size}");
        assert_eq!(lines, whole.lines);
    }
}

#[test]
fn stretches_at_block_borders_are_handed_back() {
    let pretty = EVENT
        .replace('{', "{\n")
        .replace('}', "\n}")
        .replace(',', ",\n");
    let text = format!("{}\n{pretty}\n{}\n", event("a"), event("b"));
    let middle = text.find("\n\"Status\"").unwrap() + 1;
    let (first, second) = text.split_at(text[..middle].rfind('\n').unwrap() + 1);
    let head = decode_lines(first.as_bytes(), 0);
    let tail = decode_lines(second.as_bytes(), u64::try_from(first.len()).unwrap());
    assert_eq!(task_ids(&head), ["a"]);
    assert_eq!(task_ids(&tail), ["b"]);
    let start = head.open_tail.unwrap().start;
    let end = first.len() + tail.open_head.unwrap().end;
    let joined = decode_documents(&text.as_bytes()[start..end], 0);
    assert_eq!(task_ids(&joined), ["t-1"]);
    assert!(head.problems.is_empty() && tail.problems.is_empty() && joined.problems.is_empty());
    let whole = decode_lines(text.as_bytes(), 0);
    assert_eq!(task_ids(&whole), ["a", "t-1", "b"]);
}

/// Good and bad lines in any order.
fn mixed_lines() -> impl Strategy<Value = Vec<Option<String>>> {
    let bad = prop::sample::select(vec![
        EVENT[..30].to_owned(),
        EVENT[..100].to_owned(),
        EVENT.replace(":0,", ";0,"),
        "plain words".to_owned(),
        "{\"a\":1".to_owned(),
        "\"}]".to_owned(),
        EVENT[90..].to_owned(),
        "[".to_owned(),
        "{{{".to_owned(),
        "\u{0}".to_owned(),
    ]);
    prop::collection::vec(prop::option::weighted(0.5, bad), 0..12)
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        decode_documents(&bytes, 0);
        decode_lines(&bytes, 0);
        sniff(&bytes);
        for wrapping in WRAPPINGS {
            checksum(&bytes, wrapping);
        }
    }

    #[test]
    fn no_json_like_text_makes_it_panic(text in r#"([\[\]{},:"\\\n /]|"EventType"|"EventSet"|\{"|1|null|动){0,60}"#) {
        decode_documents(text.as_bytes(), 0);
        decode_lines(text.as_bytes(), 0);
    }

    #[test]
    fn good_records_of_a_mixed_file_survive(lines in mixed_lines()) {
        let mut text = String::new();
        let mut want = Vec::new();
        for (number, bad) in lines.iter().enumerate() {
            if let Some(bad) = bad {
                text.push_str(bad);
            } else {
                let id = format!("task-{number}");
                text.push_str(&event(&id));
                want.push(id);
            }
            text.push('\n');
        }
        let decoded = decode_documents(text.as_bytes(), 0);
        assert_eq!(task_ids(&decoded), want, "{text}");
        let lines = decode_lines(text.as_bytes(), 0);
        let open = [lines.open_head.clone(), lines.open_tail.clone()];
        let mut found: Vec<String> = task_ids(&lines).into_iter().map(str::to_owned).collect();
        for range in open.into_iter().flatten() {
            let stretch = decode_documents(&text.as_bytes()[range], 0);
            found.extend(task_ids(&stretch).into_iter().map(str::to_owned));
        }
        found.sort();
        found.dedup();
        want.sort();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn no_truncation_or_flip_makes_it_panic(
        name in prop::sample::select(vec![
            "02-pulled.json", "03-every-result.json", "10-history.ndjson",
            "formats/json-in-string.ndjson", "formats/v2-pull-event-list.json",
            "formats/tolerated-oddities.json", "formats/task-list.json",
        ]),
        place in any::<prop::sample::Index>(),
        flip in 1_u8..=255,
    ) {
        let mut bytes = sample(name);
        let at = place.index(bytes.len());
        decode(&bytes[..at]);
        bytes[at] ^= flip;
        decode_documents(&bytes, 0);
        decode_lines(&bytes, 0);
    }
}

/// The format that a documentation sample's file name says.
fn format_of(name: &str) -> Option<Vec<Format>> {
    let prefix = name.split('_').next()?;
    Some(match prefix {
        "v3-push" => vec![Format::V3Push],
        "v3-pull" => vec![Format::V3Pull],
        "v2" => vec![Format::V2],
        "v2-pull" => vec![Format::V2Pull],
        "v2-task-detail" | "v2-task-list" => vec![Format::V2Task],
        "task-detail" => vec![Format::TaskDetail],
        "mps" => vec![Format::Mps],
        _ => return None,
    })
}

#[test]
fn the_last_list_of_a_name_counts() {
    let item =
        |status| format!(r#"{{"Type":"Transcode","TranscodeTask":{{"Status":"{status}"}}}}"#);
    let text = format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"t","Status":"FINISH",
        "SessionId":"s","MediaProcessResultSet":[{},{}],"MediaProcessResultSet":[{}]}}}}"#,
        item("FAIL"),
        item("SUCCESS"),
        item("SUCCESS"),
    );
    let decoded = decode(text.as_bytes());
    let row = decoded.segment.rows[0];
    assert_eq!(decoded.segment.sub_rows(&row).len(), 1);
    assert_eq!(row.verdict, Verdict::Ok);
    assert_eq!(decoded.segment.extra_ids(&row).collect::<Vec<_>>(), ["s"]);
}

fn samples_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("VODSCOPE_SAMPLES").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: VODSCOPE_SAMPLES names no folder with documented payloads");
    }
    folder
}

#[test]
fn documented_payloads_are_read() {
    let Some(folder) = samples_folder() else {
        return;
    };
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        if name.ends_with(".invalid") {
            assert!(!decode(&bytes).problems.is_empty(), "{name}");
            count += 1;
        } else if let Some(formats) = format_of(&name) {
            check_documented(&name, &bytes, &formats);
            count += 1;
        }
    }
    assert!(count > 0, "no payloads in the folder");
}

fn check_documented(name: &str, bytes: &[u8], formats: &[Format]) {
    let decoded = decode(bytes);
    assert_eq!(decoded.problems, [], "{name}");
    assert!(!decoded.segment.rows.is_empty(), "{name}");
    let mut types = Vec::new();
    for (format, event_type, ..) in rows(&decoded) {
        assert!(formats.contains(&format), "{name}: {format:?}");
        types.push(event_type.to_owned());
    }
    let named = name.trim_start_matches("mps_").split('_').nth(1);
    let named = named.unwrap_or_default();
    let is_answer = formats.contains(&Format::V2Task);
    if !is_answer {
        for event_type in named.split('+') {
            // One page of the documentation calls its event otherwise than its title does.
            let by_title = |found: &String| {
                found == event_type
                    || (found == "RestoreCompleteEvent" && event_type == "RestoreMediaComplete")
            };
            assert!(types.iter().any(by_title), "{name}: {types:?}");
        }
    }
}
