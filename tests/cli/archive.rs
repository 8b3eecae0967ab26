//! `vodscope archive`, and commands that read the archive.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;
use vodscope::archive::{Archive, Kind, Range, Received};
use vodscope::model::now_unix_ms;

use crate::home::Home;
use crate::program::{Ran, ended};
use crate::vod_service::Service;

const DAY_MS: i64 = 86_400_000;

fn event(n: u32) -> String {
    format!(r#"{{"EventType":"FileDeleted", "n":{n}.0,"FileDeleteEvent":{{"FileIdSet":["{n}"]}}}}"#)
}

fn detail(n: u32) -> String {
    format!(
        r#"{{"Response":{{"TaskType":"Procedure","Status":"FINISH","ProcedureTask":{{"TaskId":"t{n}","Status":"FINISH","ErrCode":0,"Message":"","FileId":"5","FileName":"f","MediaProcessResultSet":[]}},"RequestId":"r"}}}}"#
    )
}

/// Puts something into the archive that came so many days ago.
fn keep(home: &Home, (kind, days_ago): (Kind, i64), bytes: &str) {
    let unix_ms = now_unix_ms() - days_ago * DAY_MS - 1_000;
    let mut archive = Archive::open(&home.archive()).unwrap();
    archive.store(&[received(bytes, kind, unix_ms)]).unwrap();
}

fn received(bytes: &str, kind: Kind, unix_ms: i64) -> Received<'_> {
    Received {
        bytes: bytes.as_bytes(),
        kind,
        account: "a",
        from: "f",
        request_id: "r",
        task_id: "",
        ended: false,
        unix_ms,
    }
}

/// Puts so many long events into the archive.
fn keep_long(home: &Home, events: u32) {
    let mut archive = Archive::open(&home.archive()).unwrap();
    let long = "x".repeat(4_000);
    for n in 0..events {
        let text = format!(r#"{{"n":{n},"long":"{long}"}}"#);
        let event = received(&text, Kind::Pulled, now_unix_ms());
        archive.store(&[event]).unwrap();
    }
}

/// Two events of today, one of ten days ago, one detail of three.
fn filled() -> Home {
    let home = Home::new();
    keep(&home, (Kind::Pulled, 10), &event(1));
    keep(&home, (Kind::TaskDetail, 3), &detail(2));
    keep(&home, (Kind::Pulled, 0), &event(3));
    keep(
        &home,
        (Kind::Callback, 0),
        "{\n  \"EventType\": \"FileDeleted\",\n  \"n\": 1.50\n}\n",
    );
    home
}

fn damage(home: &Home, id: i64) {
    let sqlite = rusqlite::Connection::open(home.archive()).unwrap();
    let sql = "UPDATE events SET bytes = zeroblob(length(bytes)) WHERE id = ?1";
    sqlite.execute(sql, [id]).unwrap();
}

fn in_chinese(home: &Home, args: &[&str]) -> Ran {
    let mut command = home.program(args);
    ended(&command.env("LC_ALL", "zh_CN.UTF-8").output().unwrap())
}

#[test]
fn what_a_pull_brought_comes_out_byte_for_byte() {
    let events = (1..40).map(event);
    let service = Service::builder().events(events).start().unwrap();
    let home = Home::new();
    let pulled = home.pull(
        &service,
        &["--source", "queue", "--limit", "64", "--out", "pulled"],
    );
    assert_eq!(pulled.code, Some(0), "{pulled:?}");
    let ran = home.run(&["archive", "export", "--out", "exported"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert!(ran.err.starts_with("39 events exported, "), "{}", ran.err);
    let exported = home.text("exported");
    assert_eq!(exported, home.text("pulled"));
    let kept = home.archived(Kind::Pulled);
    let lines: Vec<&[u8]> = exported.lines().map(str::as_bytes).collect();
    assert_eq!(lines, kept);
}

#[test]
fn time_and_kind_narrow_what_is_exported() {
    let home = filled();
    let out = |args: &[&str]| {
        let ran = home.run(&[&["archive", "export", "--out", "-"], args].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.out
    };
    let callback = "{\"EventType\":\"FileDeleted\",\"n\":1.50}\n";
    let all = format!("{}\n{}\n{}\n{callback}", event(1), detail(2), event(3));
    assert_eq!(out(&[]), all);
    assert_eq!(out(&["--since", "7d", "--kind", "pulled"]), event(3) + "\n");
    let kinds = ["--kind", "detail", "--kind", "callback"];
    assert_eq!(out(&kinds), format!("{}\n{callback}", detail(2)));
    assert_eq!(out(&["--until", "7d"]), event(1) + "\n");
    assert_eq!(out(&["--since", "7d", "--until", "2d"]), detail(2) + "\n");
    assert_eq!(out(&["--kind", "media"]), "");
}

#[test]
fn a_file_is_replaced_only_when_told() {
    let home = filled();
    home.write("events.ndjson", "kept");
    let args = ["archive", "export", "--out", "events.ndjson"];
    let ran = home.run(&args);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("--replace"), "{}", ran.err);
    assert_eq!(home.text("events.ndjson"), "kept");
    let ran = home.run(&[&args[..], &["--replace"]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(home.text("events.ndjson").lines().count(), 4);
    assert!(ran.err.contains("events.ndjson"), "{}", ran.err);
}

#[test]
fn a_place_that_takes_no_file_is_said() {
    let home = filled();
    let ran = home.run(&["archive", "export", "--out", "no/such/folder"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("the folder is not there"), "{}", ran.err);
    let ran = in_chinese(&home, &["archive", "export", "--out", "no/such/folder"]);
    assert!(ran.err.contains("文件夹不存在"), "{}", ran.err);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said() {
    let home = filled();
    let ran = home.run(&["archive", "export", "--out", "/dev/full"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("the disk is full"), "{}", ran.err);
}

#[test]
fn a_damaged_entry_costs_no_other_and_ends_with_1() {
    let home = filled();
    damage(&home, 2);
    let ran = home.run(&["archive", "export", "--out", "events.ndjson"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("3 events exported"), "{}", ran.err);
    assert!(ran.err.contains("Left out: 1 damaged"), "{}", ran.err);
    assert_eq!(home.text("events.ndjson").lines().count(), 3);
    let ran = home.run(&["list", "--archive", "--format", "ndjson"]);
    assert_eq!((ran.code, ran.ndjson().len()), (Some(1), 3), "{ran:?}");
    assert!(
        ran.err.contains("archive entry 2 are damaged"),
        "{}",
        ran.err
    );
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let home = Home::new();
    keep_long(&home, 500);
    let mut command = home.program(&["archive", "export", "--out", "-"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    drop(out);
    assert!(line.starts_with(r#"{"n":0,"#), "{line}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_held_is_told_to_a_person_and_to_a_program() {
    let home = filled();
    let ran = home.run(&["archive", "info"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    let told: Vec<Vec<&str>> = ran
        .out
        .lines()
        .map(|l| l.split_whitespace().collect())
        .collect();
    assert!(told.contains(&vec!["Deliveries", "4"]), "{}", ran.out);
    assert!(
        told.contains(&vec!["KIND", "DELIVERIES", "BYTES"]),
        "{}",
        ran.out
    );
    let pulled = 2 * event(1).len();
    assert!(
        told.contains(&vec!["pulled", "2", &pulled.to_string()]),
        "{}",
        ran.out
    );
    let told = home
        .run(&["archive", "info", "--format", "json"])
        .ndjson()
        .remove(0);
    assert_eq!(told["path"].as_str(), home.archive().to_str());
    assert_eq!(
        (&told["deliveries"], &told["events"]),
        (&4.into(), &4.into())
    );
    let kinds: Vec<&str> = told["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["pulled", "callback", "detail"]);
    assert!(told["first"].as_str() < told["last"].as_str(), "{told}");
    let chinese = in_chinese(&home, &["archive", "info"]);
    assert!(chinese.out.contains("占用空间"), "{}", chinese.out);
}

#[test]
fn an_archive_that_is_not_there_is_told_and_not_made() {
    let home = Home::new();
    let ran = home.run(&["archive", "info", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.ndjson()[0]["first"], Value::Null);
    for args in [
        &["archive", "export", "--out", "events.ndjson"][..],
        &["archive", "delete", "--all", "--yes"],
    ] {
        let ran = home.run(args);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{args:?} {ran:?}"
        );
        assert!(ran.err.contains("archive"), "{args:?} {}", ran.err);
    }
    let listed = home.run(&["list", "--archive", "--format", "ndjson"]);
    assert_eq!(
        (listed.code, listed.out.as_str()),
        (Some(2), ""),
        "{listed:?}"
    );
    assert!(
        listed.err.contains("There is no archive yet"),
        "{}",
        listed.err
    );
    assert!(!home.archive().exists());
    assert!(!home.path("events.ndjson").exists());
}

#[test]
fn deleting_wants_a_yes_and_says_before_what_it_would_delete() {
    let home = filled();
    let ran = home.run(&["archive", "delete", "--until", "7d"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("would delete 1 event "), "{}", ran.err);
    assert_eq!(home.archived(Kind::Pulled).len(), 2);
    let ran = home.run(&["archive", "delete", "--until", "7d", "--yes"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(0), "1 event deleted from this machine\n")
    );
    let left: Vec<Vec<u8>> = home.archived(Kind::Pulled);
    assert_eq!(left, [event(3).into_bytes()]);
    let ran = home.run(&["archive", "delete", "--all", "--yes"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let archive = Archive::open_existing(&home.archive()).unwrap().unwrap();
    assert_eq!(archive.extent(&Range::default()).unwrap().deliveries, 0);
}

#[test]
fn options_that_do_not_fit_end_with_2_and_delete_nothing() {
    let home = filled();
    for args in [
        &["archive"][..],
        &["archive", "delete", "--yes"],
        &["archive", "delete", "--all", "--since", "7d", "--yes"],
        &[
            "archive", "delete", "--since", "1d", "--until", "7d", "--yes",
        ],
        &["archive", "delete", "--until", "yesterday", "--yes"],
        &["archive", "export"],
        &["archive", "export", "--kind", "video", "--out", "-"],
        &["list"],
        &["list", "--archive", "events.ndjson"],
        &["list", "--since", "7d", "events.ndjson"],
    ] {
        let ran = home.run(args);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{args:?} {ran:?}"
        );
    }
    let archive = Archive::open_existing(&home.archive()).unwrap().unwrap();
    assert_eq!(archive.extent(&Range::default()).unwrap().deliveries, 4);
}

#[test]
fn the_archive_is_listed_shown_and_counted_like_a_file() {
    let home = filled();
    let listed = home.run(&["list", "--archive", "--format", "ndjson"]);
    assert_eq!(
        (listed.code, listed.err.as_str()),
        (Some(0), ""),
        "{listed:?}"
    );
    assert_eq!(listed.ndjson().len(), 4);
    let path = home.archive();
    for task in listed.ndjson() {
        assert_eq!(task["source"]["path"].as_str(), path.to_str());
    }
    let week = home.run(&["list", "--archive", "--since", "7d", "--format", "ndjson"]);
    assert_eq!(week.ndjson().len(), 3);
    let shown = home.run(&["show", "t2", "--archive", "--format", "json"]);
    assert_eq!(shown.ndjson()[0]["task_id"], "t2", "{shown:?}");
    let counted = home.run(&["stats", "--archive", "--by", "event_type"]);
    assert_eq!(counted.code, Some(0), "{counted:?}");
    assert!(counted.out.contains("FileDeleted  3"), "{}", counted.out);
    let none = home.run(&["list", "--archive", "--since", "2100-01-01"]);
    assert_eq!(
        (none.code, none.out.lines().count()),
        (Some(2), 1),
        "{none:?}"
    );
}

#[test]
fn headings_are_in_the_language_of_the_system() {
    let home = filled();
    let listed = in_chinese(&home, &["list", "--archive"]);
    assert!(listed.out.starts_with("结果"), "{}", listed.out);
    let counted = in_chinese(&home, &["stats", "--archive", "--by", "verdict"]);
    assert!(counted.out.starts_with("值"), "{}", counted.out);
}

#[test]
fn a_file_that_is_no_archive_is_left_as_it_is() {
    let home = Home::new();
    home.write("archive.sqlite3", &"no archive ".repeat(1_000));
    let before = fs::read(home.archive()).unwrap();
    for args in [
        &["archive", "info"][..],
        &["archive", "export", "--out", "-"],
        &["archive", "delete", "--all", "--yes"],
        &["list", "--archive"],
    ] {
        let ran = home.run(args);
        assert_eq!(
            (ran.code, ran.out.lines().count() <= 1),
            (Some(2), true),
            "{args:?} {ran:?}"
        );
        assert!(ran.err.contains("damaged"), "{args:?} {}", ran.err);
        assert_eq!(fs::read(home.archive()).unwrap(), before);
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_stops_an_export_and_leaves_no_file() {
    let home = filled();
    // A pipe that nobody reads on keeps the export from ending by itself.
    let pipe = home.path("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    keep_long(&home, 300);
    let mut running = home.start(&["archive", "export", "--out", "pipe"]);
    let mut reader = BufReader::new(fs::File::open(&pipe).unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    running.interrupt();
    running.until(|running| running.err().contains("Stopping"));
    // What is in the pipe already goes through; then the export sees that it was stopped.
    std::io::copy(&mut reader, &mut std::io::sink()).unwrap();
    let ran = running.ended();
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    assert!(ran.err.contains("stopped"), "{}", ran.err);
}

#[test]
fn a_pull_into_the_archive_keeps_it_to_its_retention() {
    let service = Service::builder().events([event(9)]).start().unwrap();
    let home = Home::new();
    keep(&home, (Kind::Pulled, 100), &event(1));
    keep(&home, (Kind::Pulled, 20), &event(2));
    let queue = ["--source", "queue"];
    let out = home.pull(&service, &[&queue[..], &["--out", "-"]].concat());
    assert_eq!(out.code, Some(0), "{out:?}");
    assert_eq!(home.archived(Kind::Pulled).len(), 3);
    let ran = home.pull(&service, &queue);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = "1 event deleted from this machine: the archive keeps no more";
    assert!(ran.err.contains(said), "{}", ran.err);
    assert!(!home.archived(Kind::Pulled).contains(&event(1).into_bytes()));
    assert!(home.archived(Kind::Pulled).contains(&event(2).into_bytes()));
    home.write(
        "config/vodscope/settings.json",
        r#"{"archive":{"keep_days":10}}"#,
    );
    let ran = home.pull(&service, &queue);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!home.archived(Kind::Pulled).contains(&event(2).into_bytes()));
}

#[test]
fn a_retention_that_cannot_be_read_deletes_nothing() {
    let service = Service::builder().events([event(9)]).start().unwrap();
    let home = Home::new();
    keep(&home, (Kind::Pulled, 100), &event(1));
    home.write("config/vodscope/settings.json", "{");
    let ran = home.pull(&service, &["--source", "queue"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(home.archived(Kind::Pulled).len(), 2);
}

#[test]
fn what_is_no_json_and_spans_lines_is_exported_so_that_it_can_be_had_back() {
    let home = Home::new();
    let broken = "{\"EventType\":\"FileDeleted\",\n\"FileDeleteEvent\":{\"FileIdSet\":[\"5\"]},\"x\":\"a\tb\u{feff}\n\"}";
    let two = format!("{}\n{}\n", event(1), event(2));
    keep(&home, (Kind::Callback, 0), broken);
    keep(&home, (Kind::Callback, 0), &two);
    keep(&home, (Kind::Callback, 0), "{\n\"a\": 1.50\n}");
    let ran = home.run(&["archive", "export", "--out", "all.ndjson"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let said = "To stand on one line: 1 without the white space between tokens, 2 that are no JSON";
    assert!(ran.err.contains(said), "{}", ran.err);
    let text = home.text("all.ndjson");
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["received_text"], broken);
    assert_eq!(lines[1]["received_text"], two);
    assert_eq!(text.lines().last(), Some(r#"{"a":1.50}"#));
    let listed = home.run(&["list", "--format", "ndjson", "all.ndjson"]);
    // What is no JSON is none inside an object, either.
    let deleted = |task: &&Value| task["event_type"] == "FileDeleted";
    assert_eq!(
        listed.ndjson().iter().filter(deleted).count(),
        2,
        "{listed:?}"
    );
}

#[test]
fn an_output_that_is_cut_short_is_not_told_to_hold_nothing() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        eprintln!("skipped: this system has no /dev/full");
        return;
    }
    let home = filled();
    let mut command = home.program(&["archive", "export", "--out", "-"]);
    let out = fs::OpenOptions::new().write(true).open(full).unwrap();
    let ran = ended(&command.stdout(out).output().unwrap());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.err.starts_with("The output is cut short"),
        "{}",
        ran.err
    );
    let chinese = in_chinese(&home, &["archive", "export", "--out", "/"]);
    assert!(
        chinese.err.contains("该位置是一个文件夹"),
        "{}",
        chinese.err
    );
}

#[test]
fn another_programs_database_is_said_in_ones_own_language() {
    let home = Home::new();
    let theirs = rusqlite::Connection::open(home.archive()).unwrap();
    theirs.execute_batch("CREATE TABLE theirs (a);").unwrap();
    drop(theirs);
    let ran = in_chinese(&home, &["archive", "info"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("其他程序的数据库"), "{}", ran.err);
    assert!(!ran.err.contains("another"), "{}", ran.err);
}
