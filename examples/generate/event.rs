//! One event: the envelope, and the payload of a task flow.

use crate::json::Json;
use crate::media::Media;
use crate::options::{Options, Profile, Shape};
use crate::result::Scene;
use crate::rng::Rng;
use crate::task::{Kind, SubTask, Task, plan};
use crate::words::file_name;

const SIBLINGS_BEFORE: &[&str] = &["FileUploadEvent", "FileDeleteEvent", "PullCompleteEvent"];
const SIBLINGS_AFTER: &[&str] = &[
    "EditMediaCompleteEvent",
    "SplitMediaCompleteEvent",
    "ComposeMediaCompleteEvent",
    "ClipCompleteEvent",
    "TranscodeCompleteEvent",
    "CreateImageSpriteCompleteEvent",
    "ConcatCompleteEvent",
    "SnapshotByTimeOffsetCompleteEvent",
    "WechatPublishCompleteEvent",
    "WechatMiniProgramPublishCompleteEvent",
    "RemoveWatermarkCompleteEvent",
    "RestoreMediaCompleteEvent",
    "RebuildMediaCompleteEvent",
    "ExtractTraceWatermarkCompleteEvent",
    "ExtractCopyRightWatermarkCompleteEvent",
    "ReviewAudioVideoCompleteEvent",
    "ReduceMediaBitrateCompleteEvent",
    "DescribeFileAttributesCompleteEvent",
    "QualityInspectCompleteEvent",
    "QualityEnhanceCompleteEvent",
    "MediaCastStatusChangedEvent",
    "PersistenceCompleteEvent",
];

pub(crate) struct Writer {
    profile: Profile,
    null_siblings: bool,
    handles: bool,
}

impl Writer {
    pub(crate) fn new(options: &Options) -> Self {
        let mixed = options.profile == Profile::Mixed;
        Self {
            profile: options.profile,
            null_siblings: options.null_siblings.unwrap_or(mixed),
            handles: options.shape == Shape::Pull,
        }
    }

    /// The task's next event.
    pub(crate) fn procedure(&self, json: &mut Json, task: &Task) {
        self.envelope(
            json,
            task.seed ^ task.sent,
            ("ProcedureStateChanged", |json| {
                json.key("ProcedureStateChangeEvent");
                self.payload(json, task);
            }),
        );
    }

    /// An event of another type; the small ones that stand between task flows.
    pub(crate) fn other(&self, json: &mut Json, task: &Task) {
        let mut rng = Rng::new(task.seed);
        let media = Media::new(&mut rng);
        match rng.below(3) {
            0 => self.envelope(
                json,
                task.seed,
                ("NewFileUpload", |json| {
                    json.key("FileUploadEvent")
                        .object(|json| upload(json, &media, &mut rng));
                }),
            ),
            1 => self.envelope(
                json,
                task.seed,
                ("FileDeleted", |json| {
                    json.key("FileDeleteEvent").object(|json| {
                        json.key("FileIdSet").strings([media.file_id.as_str()]);
                    });
                }),
            ),
            _ => self.envelope(
                json,
                task.seed,
                ("PullComplete", |json| {
                    json.key("PullCompleteEvent")
                        .object(|json| pulled(json, &media, &mut rng));
                }),
            ),
        }
    }

    fn envelope(&self, json: &mut Json, seed: u64, (kind, body): (&str, impl FnOnce(&mut Json))) {
        json.object(|json| {
            if self.handles {
                let mut handle = String::new();
                Rng::new(seed ^ 0x6861).hex(48, &mut handle);
                json.key("EventHandle").string(&handle);
            }
            json.key("EventType").string(kind);
            let flow = kind == "ProcedureStateChanged";
            self.nulls(json, if flow { SIBLINGS_BEFORE } else { &[] });
            body(json);
            self.nulls(json, SIBLINGS_AFTER);
        });
    }

    fn nulls(&self, json: &mut Json, members: &[&str]) {
        for member in members.iter().filter(|_| self.null_siblings) {
            json.key(member).null();
        }
    }

    fn payload(&self, json: &mut Json, task: &Task) {
        let mut rng = Rng::new(task.seed);
        let media = Media::new(&mut rng);
        let scene = Scene {
            media: &media,
            profile: self.profile,
            unix_secs: task.unix_secs,
        };
        let status = if task.is_last_state() {
            "FINISH"
        } else {
            "PROCESSING"
        };
        let name = file_name(&mut rng);
        json.object(|json| {
            json.key("TaskId").string(&task_id(&mut rng));
            json.key("Status").string(status);
            json.key("ErrCode").int(0);
            json.key("Message").string("");
            json.key("FileId").string(&media.file_id);
            json.key("FileName").string(&name);
            json.key("FileUrl")
                .string(&format!("{}/source.mp4", media.base_url));
            if self.profile == Profile::Mixed {
                request(json, &mut rng);
            }
            json.key("MetaData");
            if self.profile == Profile::Mixed || rng.chance(80) {
                media.meta_data(json, &mut rng);
            } else {
                json.null();
            }
            results(json, &scene, &plan(task, self.profile));
        });
    }
}

fn task_id(rng: &mut Rng) -> String {
    let mut id = format!("{}-Procedure-", rng.between(1_200_000_000, 1_299_999_999));
    rng.hex(32, &mut id);
    id.push('t');
    id.push(rng.pick(&['0', '1', '2']));
    id
}

fn request(json: &mut Json, rng: &mut Rng) {
    let context = if rng.chance(30) {
        format!(
            r#"{{"course":{},"user":"u_{}"}}"#,
            rng.below(9999),
            rng.below(99_999)
        )
    } else {
        String::new()
    };
    json.key("SessionContext").string(&context);
    json.key("SessionId").string("");
    json.key("OperationType").string("");
    json.key("TasksNotifyMode")
        .string(rng.pick(&["", "Finish", "Change"]));
    json.key("TasksPriority").int(0);
    json.key("Operator").string("");
}

fn results(json: &mut Json, scene: &Scene<'_>, plan: &[SubTask]) {
    let set = |json: &mut Json, name: &str, belongs: fn(Kind) -> bool| {
        json.key(name).array(|json| {
            for sub_task in plan.iter().filter(|sub_task| belongs(sub_task.kind)) {
                if name == "MediaProcessResultSet" {
                    scene.item(json, sub_task);
                } else {
                    scene.ai_item(json, sub_task);
                }
            }
        });
    };
    set(json, "MediaProcessResultSet", |kind| {
        !matches!(kind, Kind::Review(_) | Kind::Tags | Kind::Speech)
    });
    if scene.profile == Profile::Small {
        return;
    }
    set(json, "AiContentReviewResultSet", |kind| {
        matches!(kind, Kind::Review(_))
    });
    set(json, "AiAnalysisResultSet", |kind| kind == Kind::Tags);
    set(json, "AiRecognitionResultSet", |kind| kind == Kind::Speech);
}

fn upload(json: &mut Json, media: &Media, rng: &mut Rng) {
    json.key("FileId").string(&media.file_id);
    json.key("MediaBasicInfo")
        .object(|json| basic_info(json, media, rng));
    json.key("MetaData");
    media.meta_data(json, rng);
    json.key("ProcedureTaskId").string("");
}

fn pulled(json: &mut Json, media: &Media, rng: &mut Rng) {
    json.key("TaskId")
        .string(&task_id(rng).replace("Procedure", "Pull"));
    json.key("Status").string("FINISH");
    json.key("ErrCode").int(0);
    json.key("Message").string("SUCCESS");
    json.key("FileId").string(&media.file_id);
    json.key("FileUrl")
        .string(&format!("{}/source.mp4", media.base_url));
    json.key("MediaBasicInfo")
        .object(|json| basic_info(json, media, rng));
}

fn basic_info(json: &mut Json, media: &Media, rng: &mut Rng) {
    json.key("Name").string(&file_name(rng));
    json.key("CreateTime").string("2023-09-08T00:00:00Z");
    json.key("ExpireTime").string("9999-12-31T23:59:59Z");
    json.key("MediaUrl")
        .string(&format!("{}/source.mp4", media.base_url));
    json.key("Type").string("mp4");
}
