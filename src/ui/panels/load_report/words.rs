//! The load report in words, on the screen and as text to hand on.

use crate::model::{Compression, Encoding, Problem, Reason, Shape};
use crate::state::{AppState, Phase, SourceState};
use crate::text::{Text, format, frame, sentence};

/// The reason in two or three words.
pub(super) fn reason_tag(reason: &Reason, text: &Text) -> &'static str {
    let words = text.load;
    match reason {
        Reason::CutOff { .. } => words.cut_off,
        Reason::NotUtf8 { .. } => words.not_utf8,
        Reason::Syntax { .. } => words.syntax,
        Reason::TooDeep { .. } => words.too_deep,
        Reason::TooLong { .. } => words.too_long,
        Reason::NotAnEvent { .. } => words.not_an_event,
        Reason::NoJson => words.no_json,
        Reason::Empty => words.empty,
        Reason::Unreadable { .. } | Reason::Archive(_) => words.unreadable_file,
        Reason::NotAFile => words.not_a_file,
        Reason::BadCompression { .. } => words.bad_compression,
        Reason::Shrunk => words.shrunk,
        Reason::Changed => words.changed,
        Reason::More { .. } => words.more,
        Reason::Refused { .. } => words.refused,
        Reason::CannotListen { .. } => words.cannot_listen,
        Reason::DamagedEntry { .. } => words.damaged_entry,
        Reason::Deleted => words.deleted,
    }
}

/// How its records stand, and what it is wrapped in: "JSON documents · gzip · GB18030".
pub(super) fn shape(source: &SourceState, text: &Text) -> String {
    let shape = match source.info.shape {
        Shape::Lines => text.load.shape_lines,
        Shape::Documents => text.load.shape_documents,
        Shape::LogLines => text.load.shape_log,
    };
    let compression = match source.info.compression {
        Compression::None => None,
        Compression::Gzip => Some("gzip"),
        Compression::Zstd => Some("zstd"),
    };
    let encoding = match source.info.encoding {
        Encoding::Utf8 => None,
        Encoding::Utf8Bom => Some("UTF-8 BOM"),
        Encoding::Utf16Le => Some("UTF-16LE"),
        Encoding::Utf16Be => Some("UTF-16BE"),
        Encoding::Gb18030 => Some("GB18030"),
    };
    let parts = [Some(shape), compression, encoding];
    let mut parts: Vec<String> = parts.into_iter().flatten().map(str::to_owned).collect();
    if source.text_lines > 0 {
        parts.push(frame::text_lines(text.lang, source.text_lines));
    }
    parts.join(" · ")
}

/// How long reading took, or what it is doing.
pub(super) fn time(source: &SourceState, text: &Text) -> String {
    match &source.phase {
        Phase::Reading => text.load.still_reading.to_owned(),
        Phase::Following => text.load.following.to_owned(),
        Phase::Ended(_) => format!("{:.2} s", source.elapsed.as_secs_f64()),
    }
}

/// One problem as text: where, why, and how it begins.
pub(super) fn problem(state: &AppState, problem: &Problem, text: &Text) -> String {
    let words = text.load;
    let name = state.sources.name(problem.source);
    let place = if problem.line == 0 {
        String::new()
    } else {
        let (line, byte) = (format::count(problem.line), format::count(problem.offset));
        format!(", {} {line}, {} {byte}", words.line, words.byte)
    };
    let tag = reason_tag(&problem.reason, text);
    let why = sentence::reason(text.lang, &problem.reason);
    let mut out = format!("{tag}: {name}{place}\n{why}\n");
    if !problem.excerpt.is_empty() {
        out.push_str(&problem.excerpt);
        out.push('\n');
    }
    out
}

/// The whole report as text.
pub(super) fn report(state: &AppState, text: &Text) -> String {
    let problems = state.sources.problems.iter();
    let parts: Vec<String> = problems.map(|one| problem(state, one, text)).collect();
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, SourceId, Zone};

    #[test]
    fn the_report_names_place_reason_and_beginning() {
        let mut state = AppState::default();
        state.sources.problems.push(Problem {
            source: SourceId(1),
            line: 4_417,
            offset: 38_204_118,
            len: 10,
            reason: Reason::CutOff { inside: "string" },
            excerpt: "{\"FileUrl\":\"https".to_owned(),
        });
        let text = Text::new(Lang::En, Zone::Utc);
        let report = report(&state, &text);
        assert!(
            report.starts_with("Cut off: , line 4,417, byte 38,204,118\n"),
            "{report}"
        );
        assert!(report.ends_with("{\"FileUrl\":\"https\n"), "{report}");
    }
}
