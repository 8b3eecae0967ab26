//! The facts of a failure as plain text, for a ticket.

use std::fmt::Write as _;

use crate::model::{Detail, Outcome, SubTask};

/// Ids, codes, messages and times of one failed sub-task, or of all that failed. Untranslated:
/// it is read by people who look the members up.
pub fn evidence(detail: &Detail, sub_task: Option<usize>) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    line("TaskId", detail.task_id.as_deref());
    line("FileId", detail.file_id.as_deref());
    line("FileName", detail.file_name.as_deref());
    line("Status", detail.status.as_deref());
    let code = detail.err_code.map(|code| code.to_string());
    line("ErrCode", code.as_deref());
    line("ErrCodeExt", detail.err_code_ext.as_deref());
    line("Message", detail.message.as_deref());
    for (number, sub) in chosen(detail, sub_task) {
        out.push('\n');
        sub_task_lines(&mut out, number, sub);
    }
    out
}

fn chosen(detail: &Detail, only: Option<usize>) -> Vec<(usize, &SubTask)> {
    let failed = |(i, sub): &(usize, &SubTask)| match only {
        Some(wanted) => *i == wanted,
        None => sub.outcome == Outcome::Failed,
    };
    detail.sub_tasks.iter().enumerate().filter(failed).collect()
}

fn sub_task_lines(out: &mut String, index: usize, sub: &SubTask) {
    let definition = sub.definition.map_or(String::new(), |d| format!(" {d}"));
    let lines = [
        (
            "Sub-task",
            Some(format!("#{} {}{definition}", index + 1, sub.kind)),
        ),
        ("Status", sub.status.clone()),
        (
            "ErrCode",
            sub.err_code
                .map(|code| code.to_string())
                .or_else(|| sub.err_code_text.clone()),
        ),
        ("ErrCodeExt", sub.err_code_ext.clone()),
        ("Message", sub.message.clone()),
        ("BeginProcessTime", sub.begin.map(utc)),
        ("FinishTime", sub.finish.map(utc)),
    ];
    for (name, value) in lines {
        if let Some(value) = value {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    for fact in &sub.input {
        let _ = writeln!(out, "Input.{}: {}", fact.path, fact.value);
    }
}

fn utc(unix: i64) -> String {
    crate::text::format::iso(unix, crate::model::Zone::Utc)
}
