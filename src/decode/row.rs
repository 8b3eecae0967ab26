//! From what was read of an event to its row: verdict, codes, times, flags.

use super::builder::Builder;
use super::envelope::Envelope;
use super::fields::{ClaimTexts, Fields};
use super::payload::type_of_payload;
use super::reach::Reach;
use super::scan::RawString;
use super::verdict::verdict;
use crate::model::{Format, Outcome, Row, RowFlags, Verdict};

/// A row with its verdict, codes, times and flags.
pub(crate) fn judged(
    builder: &mut Builder,
    envelope: &Envelope<'_>,
    format: Format,
    fields: &Fields<'_>,
    first_sub_row: usize,
) -> Row {
    let sub_rows = builder.sub_rows_from(first_sub_row);
    let is_silent = fields.is_silent() && sub_rows.is_empty();
    let own_status = fields.status.map(RawString::unescape);
    let status = fields.status.or(fields.item_status.filter(|_| is_silent));
    let texts = ClaimTexts::new(status, fields.err_code, fields.err_code_ext);
    let claims = texts.claims();
    // A task that is silent itself is judged by its files and pictures.
    let good_item = (is_silent && fields.has_good_item).then_some(Outcome::Succeeded);
    let outcomes = sub_rows.iter().map(|sub| sub.outcome).chain(good_item);
    let mut judgement = verdict(&claims, outcomes, reach(envelope, format));
    judgement.sub_task_missing &= !is_silent;
    let mut code = claims.error_code().unwrap_or_default().to_owned();
    if format == Format::ApiError {
        // An answer of the interface tells nothing about any task.
        judgement.verdict = Verdict::Unknown;
        judgement.sub_task_missing = false;
        let answer = envelope.error.unwrap_or(envelope.answer_code);
        code = answer
            .map(|text| text.unescape().into_owned())
            .unwrap_or_default();
    }
    let mut row = Row {
        format,
        verdict: judgement.verdict,
        status: builder.intern(own_status.as_deref().unwrap_or_default()),
        code: builder.intern(&code),
        duration_secs: fields.duration_secs.unwrap_or(-1.0),
        ..Row::default()
    };
    set_times(&mut row, fields);
    for (is_set, flag) in [
        (fields.has_cover, RowFlags::HAS_COVER),
        (fields.has_hit, RowFlags::MODERATION_HIT),
        (judgement.sub_task_missing, RowFlags::SUB_TASK_MISSING),
    ] {
        if is_set {
            row.flags.insert(flag);
        }
    }
    row
}

fn reach(envelope: &Envelope<'_>, format: Format) -> Reach {
    let named = envelope.type_name(format);
    let Some(payload) = envelope.payload else {
        return Reach::of(format, &named, false);
    };
    let task = type_of_payload(&payload.name.unescape(), &named);
    Reach::of(format, task, true)
}

/// When it began and ended: the sub-tasks know best, then the task, then the media's own times.
fn set_times(row: &mut Row, fields: &Fields<'_>) {
    let first = |times: [u32; 3]| times.into_iter().find(|time| *time != 0).unwrap_or(0);
    row.begin = first([fields.sub_begin, fields.begin, 0]);
    row.finish = first([
        fields.sub_finish.max(fields.finish),
        fields.media_update,
        fields.media_create,
    ]);
    if row.begin == 0 && fields.create != 0 {
        row.begin = fields.create;
        row.flags.insert(RowFlags::BEGIN_IS_CREATE);
    }
    if row.verdict == Verdict::Running {
        row.finish = fields.latest.max(row.finish).max(row.begin);
    }
}
