use std::fmt::Write as _;

use super::*;
use crate::decode::detail::detail;
use crate::model::{Format, Lang, Wrapping, Zone};
use crate::state::Depth;

const PARTLY_FAILED: &[u8] = include_bytes!("../../../../../assets/samples/04-partly-failed.json");

fn event(bytes: &[u8]) -> Detail {
    detail(bytes, Format::V3Push, Wrapping::Plain).unwrap()
}

fn rows(detail: &Detail, pane: &RawPane, lang: Lang) -> Vec<Row> {
    let facts = Facts::of(detail);
    let text = Text::new(lang, Zone::Beijing);
    let sheet = Sheet {
        detail,
        pane,
        facts: &facts,
        text: &text,
        columns: 90,
        sub_task: None,
    };
    sheet.rows(0..pane.lines.len())
}

fn shown(detail: &Detail, pane: &RawPane, lang: Lang) -> String {
    let mut out = String::new();
    for row in rows(detail, pane, lang) {
        let pieces: String = row.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let mark = match row.line.kind {
            LineKind::Folded => "▸",
            LineKind::Open => "▾",
            LineKind::Leaf | LineKind::Close => " ",
        };
        let indent = "  ".repeat(usize::from(row.depth));
        write!(out, "{:>3} {indent}{mark} {pieces}", row.line.number).unwrap();
        for remark in &row.remarks {
            let text = &remark.text;
            match remark.weight {
                Weight::Hint => write!(out, "   ({text})"),
                Weight::Warning => write!(out, "   <{text}>"),
                Weight::Tag => write!(out, "   [{text}]"),
            }
            .unwrap();
        }
        out.push('\n');
    }
    out
}

fn opened(detail: &Detail) -> RawPane {
    let mut pane = RawPane::default();
    pane.reset(&detail.tree);
    pane
}

fn assert_rows(name: &str, rows: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, rows);
    });
}

#[test]
fn a_failed_event_opens_at_the_failure_with_hints() {
    let detail = event(PARTLY_FAILED);
    assert_rows(
        "partly_failed_en",
        &shown(&detail, &opened(&detail), Lang::En),
    );
}

#[test]
fn chinese_leaves_names_and_codes_alone() {
    let detail = event(PARTLY_FAILED);
    assert_rows(
        "partly_failed_zh",
        &shown(&detail, &opened(&detail), Lang::Zh),
    );
}

#[test]
fn what_is_odd_is_tagged() {
    let text = r#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{
        "TaskId":"1","TaskId":"2","FlowVersion":3,"Message":"half \ud83d","MediaProcessResultSet":[]}}"#;
    let detail = event(text.as_bytes());
    let mut pane = opened(&detail);
    pane.depth = Depth::All;
    pane.reset(&detail.tree);
    assert_rows("odd", &shown(&detail, &pane, Lang::En));
}

#[test]
fn a_long_value_keeps_both_ends_and_is_whole_on_hover() {
    let url = format!("https://a.example/{}/source.mp4", "x".repeat(5_000));
    let detail = event(format!("{{\"EventType\":\"x\",\"FileUrl\":\"{url}\"}}").as_bytes());
    let rows = rows(&detail, &opened(&detail), Lang::En);
    let row = rows.get(2).unwrap();
    assert!(row.width() <= 90, "{}", row.width());
    let value = &row.pieces.last().unwrap().text;
    assert!(
        value.starts_with("\"https://a") && value.ends_with("source.mp4\""),
        "{value}"
    );
    let whole = row.whole.as_deref().unwrap();
    assert_eq!(whole.lines().last(), Some("… 1,031 more bytes"));
}

#[test]
fn a_line_is_read_aloud_with_name_and_value() {
    let detail = event(PARTLY_FAILED);
    let rows = rows(&detail, &opened(&detail), Lang::En);
    let names: Vec<&str> = rows.iter().take(4).map(|row| row.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "2 keys",
            "EventType: ProcedureStateChanged",
            "ProcedureStateChangeEvent: 18 keys",
            "TaskId: 1256768367-Procedure-8c03f1a7295e4bd09c6e7d41f2ba50e8t0",
        ]
    );
}
