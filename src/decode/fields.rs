//! Reads the members of a payload that a row needs, under every name they have had, whatever
//! their JSON type: a wrong type costs the field, never the record.
//!
//! Names are matched as bytes: such a match looks at the length first, which settles it for nearly
//! every name.

use std::borrow::Cow;

use super::builder::Builder;
use super::clock::unix_secs;
use super::scan::{Kind, RawString, ScanError, Scanner};
use super::verdict::Claims;
use crate::model::ResultSet;

type Scan<T> = Result<T, ScanError>;
type Text<'a> = Option<RawString<'a>>;
/// A count for each list of sub-tasks.
type ListCounts = [u8; 6];

/// What one object (an envelope or its payload) says of the task.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says that one independent thing was there"
)]
pub(crate) struct Fields<'a> {
    pub(crate) task_id: Text<'a>,
    pub(crate) file_id: Text<'a>,
    /// A FileId that stands deeper (in the media's information, an output, a list of files).
    pub(crate) inner_file_id: Text<'a>,
    pub(crate) file_name: Text<'a>,
    pub(crate) inner_file_name: Text<'a>,
    pub(crate) status: Text<'a>,
    pub(crate) err_code: Text<'a>,
    pub(crate) err_code_ext: Text<'a>,
    pub(crate) begin: u32,
    pub(crate) finish: u32,
    pub(crate) create: u32,
    /// The media's own times.
    pub(crate) media_create: u32,
    pub(crate) media_update: u32,
    /// Over all sub-tasks.
    pub(crate) sub_begin: u32,
    pub(crate) sub_finish: u32,
    pub(crate) latest: u32,
    pub(crate) duration_secs: Option<f32>,
    pub(crate) has_cover: bool,
    pub(crate) has_hit: bool,
    /// What the task's files or pictures tell one by one: the first that failed, else the first.
    pub(crate) item_status: Text<'a>,
    pub(crate) has_good_item: bool,
    /// One of the result lists was there, even if null.
    pub(crate) has_result_set: bool,
    /// How often each list of sub-tasks was named, and how many of these are to be passed over.
    pub(crate) lists: ListCounts,
    pub(crate) passed_lists: ListCounts,
}

impl Fields<'_> {
    /// Takes what `other` says wherever this one says nothing.
    pub(crate) fn or(self, other: &Self) -> Self {
        let later = |own: u32, else_: u32| if own == 0 { else_ } else { own };
        Self {
            task_id: told(self.task_id).or(other.task_id),
            file_id: told(self.file_id).or(other.file_id),
            inner_file_id: told(self.inner_file_id).or(other.inner_file_id),
            file_name: told(self.file_name).or(other.file_name),
            inner_file_name: told(self.inner_file_name).or(other.inner_file_name),
            status: told(self.status).or(other.status),
            err_code: told(self.err_code).or(other.err_code),
            err_code_ext: told(self.err_code_ext)
                .or(other.err_code_ext)
                .or(self.err_code_ext),
            begin: later(self.begin, other.begin),
            finish: later(self.finish, other.finish),
            create: later(self.create, other.create),
            media_create: later(self.media_create, other.media_create),
            media_update: later(self.media_update, other.media_update),
            sub_begin: later(self.sub_begin, other.sub_begin),
            sub_finish: later(self.sub_finish, other.sub_finish),
            latest: self.latest.max(other.latest),
            duration_secs: self.duration_secs.or(other.duration_secs),
            has_cover: self.has_cover || other.has_cover,
            has_hit: self.has_hit || other.has_hit,
            item_status: told(self.item_status).or(other.item_status),
            has_good_item: self.has_good_item || other.has_good_item,
            has_result_set: self.has_result_set || other.has_result_set,
            lists: self.lists,
            passed_lists: self.passed_lists,
        }
    }

    /// Whether it tells neither a status nor a code.
    pub(crate) fn is_silent(&self) -> bool {
        self.status.is_none() && self.err_code.is_none() && self.err_code_ext.is_none()
    }

    /// Whether a list of sub-tasks was named again: only the last one counts.
    pub(crate) fn repeats_a_list(&self) -> bool {
        self.lists.iter().any(|count| *count > 1)
    }

    /// Nothing yet, before a second reading that takes the last list of each name.
    pub(crate) fn again(&self) -> Self {
        Self {
            passed_lists: self.lists.map(|count| count.saturating_sub(1)),
            ..Self::default()
        }
    }

    /// Whether the list that comes next counts.
    fn takes_list(&mut self, list: usize) -> bool {
        let Some(count) = self.lists.get_mut(list) else {
            return true;
        };
        let before = *count;
        *count = count.saturating_add(1);
        self.passed_lists
            .get(list)
            .is_none_or(|passed| before >= *passed)
    }
}

/// The texts behind [`Claims`], unescaped.
#[derive(Debug, Default)]
pub(crate) struct ClaimTexts<'a> {
    status: Option<Cow<'a, str>>,
    err_code: Option<Cow<'a, str>>,
    err_code_ext: Option<Cow<'a, str>>,
}

impl<'a> ClaimTexts<'a> {
    pub(crate) fn new(status: Text<'a>, err_code: Text<'a>, err_code_ext: Text<'a>) -> Self {
        Self {
            status: status.map(RawString::unescape),
            err_code: err_code.map(RawString::unescape),
            err_code_ext: err_code_ext.map(RawString::unescape),
        }
    }

    pub(crate) fn claims(&self) -> Claims<'_> {
        Claims {
            status: self.status.as_deref(),
            err_code: self.err_code.as_deref(),
            err_code_ext: self.err_code_ext.as_deref(),
        }
    }
}

/// A text that is not empty.
pub(crate) fn told(text: Text<'_>) -> Text<'_> {
    text.filter(|text| !text.raw.is_empty())
}

/// Reads the value of a member when a row needs it; says whether it did. An unread value still
/// comes next.
pub(crate) fn read<'a>(
    name: &[u8],
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    builder: &mut Builder,
) -> Scan<bool> {
    match name {
        b"TaskId" | b"vodTaskId" | b"taskId" => fields.task_id = scalar(scanner)?,
        b"FileId" | b"fileId" => fields.file_id = scalar(scanner)?,
        b"FileName" | b"fileName" => fields.file_name = scalar(scanner)?,
        b"Status" | b"status" => fields.status = scalar(scanner)?,
        b"ErrCode" | b"errCode" => fields.err_code = scalar(scanner)?,
        b"ErrCodeExt" | b"errCodeExt" => fields.err_code_ext = scalar(scanner)?,
        b"BeginProcessTime" | b"beginProcessTime" => fields.begin = time(scanner)?,
        b"FinishTime" | b"finishTime" => fields.finish = time(scanner)?,
        b"CreateTime" | b"createTime" => fields.create = time(scanner)?,
        b"MediaBasicInfo" | b"mediaBasicInfo" | b"BasicInfo" => media_info(scanner, fields)?,
        b"MetaData" | b"metaData" => meta_data(scanner, fields)?,
        b"Duration" | b"duration" => fields.duration_secs = fields.duration_secs.or(secs(scanner)?),
        b"CoverUrl" | b"coverUrl" => fields.has_cover |= told(scalar(scanner)?).is_some(),
        b"Output" | b"output" => output(scanner, fields, builder)?,
        b"SrcFileId" | b"srcFileId" => {
            let id = scalar(scanner)?;
            fields.file_id = told(fields.file_id).or(id);
        }
        b"Input" | b"input" => input(scanner, fields)?,
        b"FileInfo" | b"fileInfo" | b"FileInfoSet" | b"PicInfoSet" | b"picInfo"
        | b"picInfoList" | b"SnapshotInfoSet" => file_info(scanner, fields, builder)?,
        b"FileIdSet" | b"fileIdSet" => file_ids(scanner, fields, builder)?,
        b"SessionId"
        | b"sessionId"
        | b"ProcedureTaskId"
        | b"procedureTaskId"
        | b"ReviewAudioVideoTaskId"
        | b"reviewAudioVideoTaskId" => builder.push_extra(scalar(scanner)?),
        _ => match result_set(name) {
            Some(list) => {
                fields.has_result_set = true;
                if fields.takes_list(list.index) {
                    super::sub_tasks::read(&list, scanner, fields, builder)?;
                } else {
                    scanner.skip_value()?;
                }
            }
            None => return Ok(false),
        },
    }
    Ok(true)
}

/// A list of sub-tasks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List {
    index: usize,
    pub(crate) set: ResultSet,
    /// What its items are when they do not say it.
    pub(crate) kind: &'static str,
}

/// The list of sub-tasks a member name stands for.
fn result_set(name: &[u8]) -> Option<List> {
    let (index, set) = match name {
        b"MediaProcessResultSet" | b"processTaskList" => (0, ResultSet::Media),
        b"SubTaskSet" => (1, ResultSet::Media),
        b"ComplexAdaptiveDynamicStreamingTaskResultSet" => (2, ResultSet::Media),
        b"AiContentReviewResultSet" | b"contentReviewList" => (3, ResultSet::ContentReview),
        b"AiAnalysisResultSet" | b"aIAnalysisList" | b"aiAnalysisList" => (4, ResultSet::Analysis),
        b"AiRecognitionResultSet" | b"aIRecognitionList" | b"aiRecognitionList" => {
            (5, ResultSet::Recognition)
        }
        _ => return None,
    };
    let kind = match index {
        2 => "AdaptiveDynamicStreaming",
        _ => "",
    };
    Some(List { index, set, kind })
}

/// A string or number as it is written; `None` for null and (skipped) any other type.
#[inline]
pub(crate) fn scalar<'a>(scanner: &mut Scanner<'a>) -> Scan<Text<'a>> {
    match scanner.peek()? {
        Kind::String => scanner.string().map(Some),
        Kind::Number => Ok(Some(RawString {
            raw: scanner.number()?,
            has_escapes: false,
        })),
        _ => {
            scanner.skip_value()?;
            Ok(None)
        }
    }
}

/// Unix seconds of ISO text, of a number, or of a number in a string; 0 for none.
pub(crate) fn time(scanner: &mut Scanner<'_>) -> Scan<u32> {
    let Some(text) = told(scalar(scanner)?) else {
        return Ok(0);
    };
    Ok(unix_secs(&text.unescape()).unwrap_or(0))
}

/// A number of seconds, if it is one.
fn secs(scanner: &mut Scanner<'_>) -> Scan<Option<f32>> {
    let text = scalar(scanner)?;
    Ok(text
        .and_then(|text| text.unescape().trim().parse::<f32>().ok())
        .filter(|secs| secs.is_finite() && *secs >= 0.0))
}

/// Calls `member` for each member of the object that comes next; any other value is skipped.
pub(crate) fn object<'a>(
    scanner: &mut Scanner<'a>,
    mut member: impl FnMut(&[u8], &mut Scanner<'a>) -> Scan<()>,
) -> Scan<()> {
    if scanner.peek()? != Kind::Object {
        return scanner.skip_value();
    }
    scanner.enter_object()?;
    while let Some(name) = scanner.next_member()? {
        member(name.unescape().as_bytes(), scanner)?;
    }
    Ok(())
}

/// Calls `item` for each item of the array that comes next; any other value is skipped.
pub(crate) fn array<'a>(
    scanner: &mut Scanner<'a>,
    mut item: impl FnMut(&mut Scanner<'a>) -> Scan<()>,
) -> Scan<()> {
    if scanner.peek()? != Kind::Array {
        return scanner.skip_value();
    }
    scanner.enter_array()?;
    while scanner.next_item()? {
        item(scanner)?;
    }
    Ok(())
}

/// `MediaBasicInfo`: some events nest it in itself once more.
fn media_info<'a>(scanner: &mut Scanner<'a>, fields: &mut Fields<'a>) -> Scan<()> {
    object(scanner, |name, scanner| match name {
        b"MediaBasicInfo" | b"mediaBasicInfo" => {
            object(scanner, |name, scanner| media_member(name, scanner, fields))
        }
        _ => media_member(name, scanner, fields),
    })
}

fn media_member<'a>(name: &[u8], scanner: &mut Scanner<'a>, fields: &mut Fields<'a>) -> Scan<()> {
    match name {
        b"Name" | b"name" => fields.inner_file_name = scalar(scanner)?,
        b"FileId" | b"fileId" => fields.inner_file_id = scalar(scanner)?,
        b"CreateTime" | b"createTime" => fields.media_create = time(scanner)?,
        b"UpdateTime" | b"updateTime" => fields.media_update = time(scanner)?,
        b"CoverUrl" | b"coverUrl" => fields.has_cover |= told(scalar(scanner)?).is_some(),
        _ => scanner.skip_value()?,
    }
    Ok(())
}

fn meta_data<'a>(scanner: &mut Scanner<'a>, fields: &mut Fields<'a>) -> Scan<()> {
    object(scanner, |name, scanner| {
        if matches!(name, b"Duration" | b"duration") {
            fields.duration_secs = secs(scanner)?;
            Ok(())
        } else {
            scanner.skip_value()
        }
    })
}

/// `Output` of a task without sub-tasks.
fn output<'a>(
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    builder: &mut Builder,
) -> Scan<()> {
    object(scanner, |name, scanner| {
        match name {
            b"FileId" | b"fileId" => push_file_id(scalar(scanner)?, fields, builder),
            b"MediaName" | b"Name" | b"name" => fields.inner_file_name = scalar(scanner)?,
            b"CoverUrl" | b"coverUrl" => fields.has_cover |= told(scalar(scanner)?).is_some(),
            b"Suggestion" | b"suggestion" => fields.has_hit |= is_hit(scalar(scanner)?),
            b"FileInfos" => file_info(scanner, fields, builder)?,
            b"ProcedureTaskId" | b"ReviewAudioVideoTaskId" => builder.push_extra(scalar(scanner)?),
            b"ProcedureTaskIds" => array(scanner, |scanner| {
                builder.push_extra(scalar(scanner)?);
                Ok(())
            })?,
            _ => scanner.skip_value()?,
        }
        Ok(())
    })
}

/// `Input` of a task without sub-tasks: what went in is what the event is about.
fn input<'a>(scanner: &mut Scanner<'a>, fields: &mut Fields<'a>) -> Scan<()> {
    object(scanner, |name, scanner| {
        if matches!(name, b"FileId" | b"fileId") {
            fields.inner_file_id = told(scalar(scanner)?).or(fields.inner_file_id);
            Ok(())
        } else {
            scanner.skip_value()
        }
    })
}

/// `FileInfo`, one object or a list of them. 2.0 events put the error code there.
fn file_info<'a>(
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    builder: &mut Builder,
) -> Scan<()> {
    if scanner.peek()? == Kind::Array {
        return array(scanner, |scanner| one_file_info(scanner, fields, builder));
    }
    one_file_info(scanner, fields, builder)
}

fn one_file_info<'a>(
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    builder: &mut Builder,
) -> Scan<()> {
    object(scanner, |name, scanner| {
        match name {
            b"FileId" | b"fileId" => push_file_id(scalar(scanner)?, fields, builder),
            b"status" | b"Status" | b"errCode" | b"ErrCode" => note_item(scalar(scanner)?, fields),
            _ => scanner.skip_value()?,
        }
        Ok(())
    })
}

/// One code or status of a file or picture.
fn note_item<'a>(status: Text<'a>, fields: &mut Fields<'a>) {
    let status = told(status);
    let is_good = status.is_some_and(|text| text.raw == "0");
    let has_failed = fields.item_status.is_some_and(|text| text.raw != "0");
    if fields.item_status.is_none() || (!is_good && !has_failed) {
        fields.item_status = status;
    }
    fields.has_good_item |= is_good;
}

fn file_ids<'a>(
    scanner: &mut Scanner<'a>,
    fields: &mut Fields<'a>,
    builder: &mut Builder,
) -> Scan<()> {
    array(scanner, |scanner| {
        push_file_id(scalar(scanner)?, fields, builder);
        Ok(())
    })
}

/// The first FileId is the row's when nothing better names one; all are searchable.
fn push_file_id<'a>(id: Text<'a>, fields: &mut Fields<'a>, builder: &mut Builder) {
    if told(fields.inner_file_id).is_none() {
        fields.inner_file_id = id;
    } else {
        builder.push_extra(id);
    }
}

/// Whether a moderation suggestion asks for a person.
pub(crate) fn is_hit(suggestion: Text<'_>) -> bool {
    suggestion.is_some_and(|text| {
        text.raw.eq_ignore_ascii_case("block") || text.raw.eq_ignore_ascii_case("review")
    })
}
