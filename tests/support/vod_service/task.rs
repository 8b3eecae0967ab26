//! A task as the service remembers it: its summary in lists, its detail when asked for.

use serde_json::{Map, Value, json};

use super::MEMORY_SECS;
use super::answer::Members;
use super::clock::iso;

/// Members of a detail that belong to other kinds of tasks.
const SIBLINGS: &[&str] = &[
    "ProcedureTask",
    "EditMediaTask",
    "WechatPublishTask",
    "TranscodeTask",
    "SnapshotByTimeOffsetTask",
    "ConcatTask",
    "ClipTask",
    "CreateImageSpriteTask",
    "PullUploadTask",
    "ComposeMediaTask",
    "ReviewAudioVideoTask",
];

#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) file_id: String,
    /// `Procedure`, `EditMedia`, …
    kind: String,
    /// The detail's member: `ProcedureTask`.
    member: String,
    created_unix: i64,
    finished_unix: i64,
    /// How often its detail is asked for before it has ended.
    asks_left: u32,
    /// In place of what the asks say: `WAITING`, `PROCESSING`, `ABORTED`.
    fixed_status: Option<String>,
    payload: Value,
}

impl Task {
    /// A small task flow that ended ten seconds after it was created.
    pub(crate) fn new(task_id: &str, created_unix: i64) -> Self {
        let payload = json!({
            "TaskId": task_id, "Status": "FINISH", "ErrCode": 0, "Message": "",
            "FileId": "5285890784700694297", "FileName": "loop.mp4",
            "FileUrl": "https://1500000001.vod2.myqcloud.com/loop.mp4", "MetaData": null,
            "MediaProcessResultSet": [{"Type": "CoverBySnapshot", "CoverBySnapshotTask": {
                "Status": "SUCCESS", "ErrCodeExt": "", "ErrCode": 0, "Message": "SUCCESS",
                "Input": {"Definition": 10, "PositionType": "Time", "PositionValue": 1},
                "Output": {"CoverUrl": "https://1500000001.vod2.myqcloud.com/cover.jpg"},
                "Progress": 100, "BeginProcessTime": iso(created_unix + 2),
                "FinishTime": iso(created_unix + 10),
            }}],
            "SessionContext": "", "SessionId": "", "TasksPriority": 0,
        });
        Self::of(
            ("Procedure", "ProcedureTask"),
            payload,
            (created_unix, created_unix + 10),
        )
    }

    pub(super) fn of(
        (kind, member): (&str, &str),
        payload: Value,
        (created_unix, finished_unix): (i64, i64),
    ) -> Self {
        let text = |name: &str| {
            let text = payload.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        // A flow that says it is at work has not ended, whatever else is said of it.
        let own = text("Status");
        let is_at_work = ["PROCESSING", "WAITING"].contains(&own.as_str());
        Self {
            id: text("TaskId"),
            file_id: text("FileId"),
            kind: kind.to_owned(),
            member: member.to_owned(),
            created_unix,
            finished_unix,
            asks_left: 0,
            fixed_status: is_at_work.then_some(own),
            payload,
        }
    }

    /// Belongs to another file.
    pub(crate) fn file(mut self, file_id: &str) -> Self {
        file_id.clone_into(&mut self.file_id);
        self.set("FileId", json!(file_id));
        self
    }

    /// Still runs when its detail is asked for the first so many times.
    pub(crate) fn running_for(mut self, asks: u32) -> Self {
        self.asks_left = asks;
        self
    }

    /// Stays `WAITING`, `PROCESSING` or `ABORTED`.
    pub(crate) fn always(mut self, status: &str) -> Self {
        self.fixed_status = Some(status.to_owned());
        self
    }

    /// Replaces a member of its detail.
    pub(crate) fn with(mut self, member: &str, value: Value) -> Self {
        self.set(member, value);
        self
    }

    fn set(&mut self, member: &str, value: Value) {
        if let Value::Object(members) = &mut self.payload {
            members.insert(member.to_owned(), value);
        }
    }

    pub(super) fn status(&self) -> &str {
        let running = if self.asks_left > 0 {
            "PROCESSING"
        } else {
            "FINISH"
        };
        self.fixed_status.as_deref().unwrap_or(running)
    }

    pub(super) fn is_remembered(&self, now_unix: i64) -> bool {
        self.created_unix > now_unix - MEMORY_SECS
    }

    pub(super) fn created_unix(&self) -> i64 {
        self.created_unix
    }

    pub(super) fn finished_unix(&self) -> Option<i64> {
        (self.status() == "FINISH").then_some(self.finished_unix)
    }

    /// An item of `TaskSet`.
    pub(super) fn summary(&self) -> Value {
        json!({
            "TaskId": self.id,
            "Status": self.status(),
            "FileId": self.file_id,
            "TaskType": self.kind,
            "CreateTime": iso(self.created_unix),
            "BeginProcessTime": self.begun(),
            "FinishTime": self.ended(),
            "SessionId": self.payload.get("SessionId").unwrap_or(&Value::Null),
            "SessionContext": self.payload.get("SessionContext").unwrap_or(&Value::Null),
        })
    }

    /// The answer to being asked for; the last ask that finds it running ends it.
    pub(super) fn ask(&mut self, now_unix: i64) -> Members {
        let detail = self.detail();
        if self.asks_left > 0 {
            self.asks_left -= 1;
            self.finished_unix = now_unix;
        }
        detail
    }

    fn detail(&self) -> Members {
        let mut members = Members::default()
            .with("TaskType", &self.kind)
            .with("Status", &self.status())
            .with("CreateTime", &iso(self.created_unix))
            .with("BeginProcessTime", &self.begun())
            .with("FinishTime", &self.ended());
        let siblings = SIBLINGS.iter().filter(|name| **name != self.member);
        members = members.with(&self.member, &self.present_payload());
        siblings.fold(members, |members, name| members.with(name, &Value::Null))
    }

    fn begun(&self) -> String {
        if self.status() == "WAITING" {
            return String::new();
        }
        iso(self.created_unix + 1)
    }

    fn ended(&self) -> String {
        self.finished_unix().map(iso).unwrap_or_default()
    }

    /// The payload as it is while the task runs: the last sub-task is still at work.
    fn present_payload(&self) -> Value {
        let mut payload = self.payload.clone();
        if self.finished_unix().is_some() {
            return payload;
        }
        if let Value::Object(members) = &mut payload {
            members.insert("Status".to_owned(), json!(self.status()));
        }
        let sub_tasks = payload.get_mut("MediaProcessResultSet");
        let last = sub_tasks.and_then(|set| set.as_array_mut()?.last_mut()?.as_object_mut());
        let last = last.and_then(|item| item.values_mut().find_map(Value::as_object_mut));
        if let Some(sub_task) = last {
            set_running(sub_task);
        }
        payload
    }

    /// Name, address, source and outputs of its file, as `DescribeMediaInfos` tells them.
    pub(super) fn media(&self) -> Value {
        let member = |name: &str| self.payload.get(name).cloned().unwrap_or_default();
        json!({
            "FileId": self.file_id,
            "BasicInfo": {
                "Name": member("FileName"), "MediaUrl": member("FileUrl"),
                "CreateTime": iso(self.created_unix), "UpdateTime": iso(self.created_unix),
                "ExpireTime": "9999-12-31T23:59:59Z", "ClassId": 0, "CoverUrl": "",
                "Type": "mp4", "Status": "Normal", "StorageRegion": "ap-guangzhou", "TagSet": [],
            },
            "MetaData": member("MetaData"),
            "TranscodeInfo": {"TranscodeSet": self.transcodes()},
        })
    }

    fn transcodes(&self) -> Vec<Value> {
        let sub_tasks = self.payload.get("MediaProcessResultSet");
        let sub_tasks = sub_tasks.and_then(Value::as_array).map(Vec::as_slice);
        let outputs = sub_tasks.unwrap_or_default().iter();
        let outputs = outputs.filter_map(|item| item.pointer("/TranscodeTask/Output"));
        outputs
            .filter(|output| output.is_object())
            .cloned()
            .collect()
    }
}

fn set_running(sub_task: &mut Map<String, Value>) {
    let running = [
        ("Status", json!("PROCESSING")),
        ("ErrCodeExt", json!("")),
        ("ErrCode", json!(0)),
        ("Message", json!("")),
        ("Output", Value::Null),
        ("Progress", json!(42)),
        ("FinishTime", json!("")),
    ];
    for (name, value) in running {
        sub_task.insert(name.to_owned(), value);
    }
}
