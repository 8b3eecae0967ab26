//! Reads a list of sub-tasks into sub-rows. An item is `{"Type": …, "<kind>Task": {…}}` in 3.0
//! and flat (`taskType`, `status`, …) in 2.0; one reader takes both.

use super::builder::Builder;
use super::fields::{ClaimTexts, Fields, List, array, is_hit, object, scalar, time, told};
use super::scan::{Kind, RawString, ScanError, Scanner};
use super::verdict::outcome;
use crate::model::{NO_DEFINITION, SubRow};

type Scan<T> = Result<T, ScanError>;

/// The progress of a sub-task that tells none.
const NO_PROGRESS: u8 = 255;

#[derive(Debug, Default)]
struct SubTask<'a> {
    kind: Option<RawString<'a>>,
    status: Option<RawString<'a>>,
    err_code: Option<RawString<'a>>,
    err_code_ext: Option<RawString<'a>>,
    input_definition: Option<u32>,
    output_definition: Option<u32>,
    progress: Option<u8>,
    begin: u32,
    finish: u32,
    has_cover: bool,
    has_hit: bool,
}

/// Reads the list that comes next; null or another type is an empty list.
pub(crate) fn read<'a>(
    list: &List,
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    builder: &mut Builder,
) -> Scan<()> {
    array(scanner, |scanner| {
        if scanner.peek()? != Kind::Object {
            return scanner.skip_value();
        }
        let task = item(scanner)?;
        note(&task, fields);
        let row = sub_row(&task, list, builder);
        builder.push_sub_row(row);
        Ok(())
    })
}

fn item<'a>(scanner: &mut Scanner<'a>) -> Scan<SubTask<'a>> {
    let mut task = SubTask::default();
    object(scanner, |name, scanner| match name {
        b"Type" | b"type" | b"taskType" | b"TaskType" => {
            task.kind = scalar(scanner)?;
            Ok(())
        }
        _ if member(name, scanner, &mut task)? => Ok(()),
        _ => object(scanner, |name, scanner| {
            if member(name, scanner, &mut task)? {
                Ok(())
            } else {
                scanner.skip_value()
            }
        }),
    })?;
    Ok(task)
}

/// Reads a member that a sub-row needs; says whether it did.
#[inline]
fn member<'a>(name: &[u8], scanner: &mut Scanner<'a>, task: &mut SubTask<'a>) -> Scan<bool> {
    match name {
        b"Status" | b"status" => task.status = scalar(scanner)?,
        b"ErrCode" | b"errCode" => task.err_code = scalar(scanner)?,
        b"ErrCodeExt" | b"errCodeExt" => task.err_code_ext = scalar(scanner)?,
        b"Progress" | b"progress" => task.progress = progress(scanner)?,
        b"BeginProcessTime" | b"beginProcessTime" => task.begin = time(scanner)?,
        b"FinishTime" | b"finishTime" => task.finish = time(scanner)?,
        b"Input" | b"input" => input(scanner, task)?,
        b"Output" | b"output" => output(scanner, task)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn input<'a>(scanner: &mut Scanner<'a>, task: &mut SubTask<'a>) -> Scan<()> {
    object(scanner, |name, scanner| match name {
        b"Definition" | b"definition" => {
            task.input_definition = definition(scanner)?;
            Ok(())
        }
        _ => scanner.skip_value(),
    })
}

fn output<'a>(scanner: &mut Scanner<'a>, task: &mut SubTask<'a>) -> Scan<()> {
    object(scanner, |name, scanner| {
        match name {
            b"Definition" | b"definition" => task.output_definition = definition(scanner)?,
            b"CoverUrl" | b"coverUrl" => task.has_cover |= told(scalar(scanner)?).is_some(),
            b"Suggestion" | b"suggestion" => task.has_hit |= is_hit(scalar(scanner)?),
            _ => scanner.skip_value()?,
        }
        Ok(())
    })
}

/// A template number, written as a number or in a string.
fn definition(scanner: &mut Scanner<'_>) -> Scan<Option<u32>> {
    let Some(text) = scalar(scanner)? else {
        return Ok(None);
    };
    let plain = text.raw.parse().ok();
    Ok(plain.or_else(|| text.unescape().trim().parse().ok()))
}

fn progress(scanner: &mut Scanner<'_>) -> Scan<Option<u8>> {
    let Some(text) = scalar(scanner)? else {
        return Ok(None);
    };
    let plain = text.raw.parse::<u8>().ok();
    let percent = plain.or_else(|| {
        let text = text.unescape();
        let whole = text.split('.').next().unwrap_or_default();
        whole.trim().parse().ok()
    });
    Ok(percent.map(|percent| percent.min(100)))
}

/// Adds to what the whole task says.
fn note<'a>(task: &SubTask<'a>, fields: &mut Fields<'a>) {
    if task.begin != 0 && (fields.sub_begin == 0 || task.begin < fields.sub_begin) {
        fields.sub_begin = task.begin;
    }
    fields.sub_finish = fields.sub_finish.max(task.finish);
    fields.latest = fields.latest.max(task.begin).max(task.finish);
    fields.has_cover |= task.has_cover;
    fields.has_hit |= task.has_hit;
}

fn sub_row(task: &SubTask<'_>, list: &List, builder: &mut Builder) -> SubRow {
    let texts = ClaimTexts::new(task.status, task.err_code, task.err_code_ext);
    let claims = texts.claims();
    let told_kind = told(task.kind).map(RawString::unescape);
    let kind = told_kind.as_deref().unwrap_or(list.kind);
    SubRow {
        definition: task
            .input_definition
            .or(task.output_definition.filter(|number| *number != 0))
            .unwrap_or(NO_DEFINITION),
        kind: builder.intern(kind),
        code: builder.intern(claims.error_code().unwrap_or_default()),
        set: list.set,
        outcome: outcome(&claims, task.begin != 0 || task.finish != 0),
        progress: task.progress.unwrap_or(NO_PROGRESS),
    }
}
