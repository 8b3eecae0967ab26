//! Which member of an event holds its payload, and which event type that member stands for when
//! the event does not name one.

/// How surely a member is the payload; the surest one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Named like a payload (`…Event`, `…Complete`, `…Task`).
    Alike,
    /// A payload member we know.
    Known,
    /// `data` of a 2.0 event.
    Data,
}

/// The rank of a member by its name; `None` when it is hardly a payload.
pub(crate) fn rank(name: &str) -> Option<Rank> {
    if name == "data" {
        Some(Rank::Data)
    } else if event_type(name).is_some() {
        Some(Rank::Known)
    } else if ["Event", "Complete", "Task"]
        .iter()
        .any(|end| name.len() > end.len() && name.ends_with(end))
    {
        Some(Rank::Alike)
    } else {
        None
    }
}

/// The event type a payload member stands for, aliases of older days included.
pub(crate) fn event_type(member: &str) -> Option<&'static str> {
    Some(match member {
        "FileUploadEvent" => "NewFileUpload",
        "ProcedureStateChangeEvent" | "ProcedureStateChangedEvent" => "ProcedureStateChanged",
        "FileDeleteEvent" => "FileDeleted",
        "RestoreMediaCompleteEvent" | "RestoreCompleteEvent" => "RestoreMediaComplete",
        "PullCompleteEvent" => "PullComplete",
        "EditMediaCompleteEvent" | "EditMediaComplete" => "EditMediaComplete",
        "SplitMediaCompleteEvent" => "SplitMediaComplete",
        "ComposeMediaCompleteEvent" => "ComposeMediaComplete",
        "WechatPublishCompleteEvent" | "WechatPublishComplete" => "WechatPublishComplete",
        "WechatMiniProgramPublishCompleteEvent" | "WechatMiniProgramPublishEvent" => {
            "WechatMiniProgramPublishComplete"
        }
        "RemoveWatermarkCompleteEvent" => "RemoveWatermark",
        "RebuildMediaCompleteEvent" => "RebuildMediaComplete",
        "ReviewAudioVideoCompleteEvent" => "ReviewAudioVideoComplete",
        "ExtractTraceWatermarkCompleteEvent" => "ExtractTraceWatermarkComplete",
        "ExtractCopyRightWatermarkCompleteEvent" => "ExtractCopyRightWatermarkComplete",
        "ExtractBlindWatermarkComplete" => "ExtractBlindWatermarkComplete",
        "ReduceMediaBitrateCompleteEvent" => "ReduceMediaBitrateComplete",
        "MediaCastStatusChangedEvent" => "MediaCastStatusChanged",
        "PersistenceCompleteEvent" => "PersistenceComplete",
        "SnapshotByTimeOffsetCompleteEvent" => "CreateSnapshotByTimeOffsetComplete",
        _ => return plain_event_type(member),
    })
}

/// Members that are called like their type, give or take the ending.
fn plain_event_type(member: &str) -> Option<&'static str> {
    Some(match member {
        "DescribeFileAttributesCompleteEvent" => "DescribeFileAttributesComplete",
        "QualityInspectCompleteEvent" => "QualityInspectComplete",
        "QualityEnhanceCompleteEvent" => "QualityEnhanceComplete",
        "ComplexAdaptiveDynamicStreamingCompleteEvent" => "ComplexAdaptiveDynamicStreamingComplete",
        "ProcessMediaByMPSCompleteEvent" => "ProcessMediaByMPSComplete",
        "AigcImageCompleteEvent" => "AigcImageTaskComplete",
        "AigcVideoCompleteEvent" => "AigcVideoTaskComplete",
        "AigcHunyuan3DCompleteEvent" => "AigcHunyuan3DTaskComplete",
        "DescribeAigcFaceInfoAsyncCompleteEvent" => "DescribeAigcFaceInfoAsyncComplete",
        "SceneAigcImageCompleteEvent" => "SceneAigcImageCompleteEvent",
        "ProcessImageAsyncCompleteEvent" => "ProcessImageAsyncCompleteEvent",
        "CreateAigcAdvancedCustomElementCompleteEvent" => {
            "CreateAigcAdvancedCustomElementCompleteEvent"
        }
        "CreateAigcCustomVoiceCompleteEvent" => "CreateAigcCustomVoiceCompleteEvent",
        "TranscodeCompleteEvent" => "TranscodeComplete",
        "ConcatCompleteEvent" => "ConcatComplete",
        "ClipCompleteEvent" => "ClipComplete",
        "CreateImageSpriteCompleteEvent" => "CreateImageSpriteComplete",
        _ => return None,
    })
}

/// Whether an event is a notification of the media processing service, which looks alike.
pub(crate) fn is_other_product(event_type: &str) -> bool {
    matches!(
        event_type,
        "WorkflowTask" | "EditMediaTask" | "ScheduleTask"
    )
}

#[cfg(test)]
mod tests {
    use super::{Rank, event_type, rank};

    #[test]
    fn members_are_ranked_by_what_is_known_of_them() {
        assert_eq!(rank("ProcedureStateChangeEvent"), Some(Rank::Known));
        assert_eq!(rank("TomorrowsCompleteEvent"), Some(Rank::Alike));
        assert_eq!(rank("data"), Some(Rank::Data));
        assert_eq!(rank("MetaData"), None);
        assert_eq!(rank("Event"), None);
    }

    #[test]
    fn aliases_name_the_same_type() {
        for member in ["RestoreCompleteEvent", "RestoreMediaCompleteEvent"] {
            assert_eq!(event_type(member), Some("RestoreMediaComplete"));
        }
        assert_eq!(
            event_type("AigcImageCompleteEvent"),
            Some("AigcImageTaskComplete")
        );
    }
}
