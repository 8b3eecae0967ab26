//! One name for each thing: what the 2.0 format and other deviating records call a member, and what
//! it is called in the 3.0 documentation. A member is looked up by the latter.

/// Other spellings of a documented member, sorted.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("aIAnalysisList", "AiAnalysisResultSet"),
    ("aIRecognitionList", "AiRecognitionResultSet"),
    ("aiAnalysisList", "AiAnalysisResultSet"),
    ("aiRecognitionList", "AiRecognitionResultSet"),
    ("audioStreamList", "AudioStreamSet"),
    ("beginProcessTime", "BeginProcessTime"),
    ("bitrate", "Bitrate"),
    ("classifications", "ClassificationSet"),
    ("codec", "Codec"),
    ("confidence", "Confidence"),
    ("container", "Container"),
    ("contentReviewList", "AiContentReviewResultSet"),
    ("coverUrl", "CoverUrl"),
    ("covers", "CoverSet"),
    ("createTime", "CreateTime"),
    ("definition", "Definition"),
    ("duration", "Duration"),
    ("endTimeOffset", "EndTimeOffset"),
    ("errCode", "ErrCode"),
    ("errCodeExt", "ErrCodeExt"),
    ("eventType", "EventType"),
    ("fileId", "FileId"),
    ("fileIdSet", "FileIdSet"),
    ("fileInfo", "FileInfo"),
    ("fileName", "FileName"),
    ("fileType", "FileType"),
    ("fileUrl", "FileUrl"),
    ("finishTime", "FinishTime"),
    ("fps", "Fps"),
    ("height", "Height"),
    ("highlightUrl", "HighlightUrl"),
    ("highlights", "HighlightSet"),
    ("imageSpriteUrl", "ImageSpriteUrlSet"),
    ("imageUrls", "ImageUrlSet"),
    ("input", "Input"),
    ("interval", "Interval"),
    ("label", "Label"),
    ("md5", "Md5"),
    ("mediaBasicInfo", "MediaBasicInfo"),
    ("message", "Message"),
    ("metaData", "MetaData"),
    ("originalStorageClass", "OriginalStorageClass"),
    ("output", "Output"),
    ("picInfo", "PicInfoSet"),
    ("picInfoList", "PicInfoSet"),
    ("picUrlExpireTimeStamp", "PicUrlExpireTimeStamp"),
    ("playSet", "PlayInfoSet"),
    ("position", "PositionValue"),
    ("positionType", "PositionType"),
    ("procedureTaskId", "ProcedureTaskId"),
    ("processTaskList", "MediaProcessResultSet"),
    ("progress", "Progress"),
    ("restoreDay", "RestoreDay"),
    ("restoreTier", "RestoreTier"),
    ("reviewAudioVideoTaskId", "ReviewAudioVideoTaskId"),
    ("rotate", "Rotate"),
    ("sampleType", "SampleType"),
    ("samplingRate", "SamplingRate"),
    ("segments", "SegmentSet"),
    ("sessionContext", "SessionContext"),
    ("sessionId", "SessionId"),
    ("size", "Size"),
    ("srcFileId", "SrcFileId"),
    ("startTimeOffset", "StartTimeOffset"),
    ("status", "Status"),
    ("suggestion", "Suggestion"),
    ("tags", "TagSet"),
    ("targetStorageClass", "TargetStorageClass"),
    ("taskId", "TaskId"),
    ("taskType", "Type"),
    ("timeOffset", "TimeOffset"),
    ("totalCount", "TotalCount"),
    ("url", "Url"),
    ("vbitrate", "Bitrate"),
    ("vheight", "Height"),
    ("videoStreamList", "VideoStreamSet"),
    ("vodTaskId", "TaskId"),
    ("vwidth", "Width"),
    ("webVttUrl", "WebVttUrl"),
    ("width", "Width"),
];

/// The documented 3.0 name of a member; its own name when it has no other.
pub(super) fn canonical(name: &str) -> &str {
    // Documented names begin with a capital, and all others do not: most need no search.
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return name;
    }
    match OTHER_NAMES.binary_search_by_key(&name, |(other, _)| other) {
        Ok(at) => OTHER_NAMES.get(at).map_or(name, |(_, known)| known),
        Err(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{OTHER_NAMES, canonical};

    #[test]
    fn the_table_is_sorted_without_repeats() {
        assert!(OTHER_NAMES.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn old_names_lead_to_the_documented_ones() {
        assert_eq!(canonical("vodTaskId"), "TaskId");
        assert_eq!(canonical("width"), "Width");
        assert_eq!(canonical("TaskId"), "TaskId");
        assert_eq!(canonical("neverSeen"), "neverSeen");
    }
}
