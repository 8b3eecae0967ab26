//! What a sub-task's kind is called.

use crate::model::{Lang, ResultSet};

/// A kind of sub-task and its words.
struct Kind {
    set: ResultSet,
    name: &'static str,
    /// The Chinese term that stands beside the API's own.
    term_zh: &'static str,
    /// One word for narrow rows.
    short: (&'static str, &'static str),
}

const fn kind(
    set: ResultSet,
    name: &'static str,
    term_zh: &'static str,
    short: (&'static str, &'static str),
) -> Kind {
    Kind {
        set,
        name,
        term_zh,
        short,
    }
}

const KINDS: &[Kind] = &[
    kind(ResultSet::Media, "Transcode", "转码", ("Transcode", "转码")),
    kind(
        ResultSet::Media,
        "AnimatedGraphics",
        "转动图",
        ("Animation", "动图"),
    ),
    kind(
        ResultSet::Media,
        "SnapshotByTimeOffset",
        "时间点截图",
        ("Snapshots", "截图"),
    ),
    kind(
        ResultSet::Media,
        "SampleSnapshot",
        "采样截图",
        ("Samples", "采样截图"),
    ),
    kind(
        ResultSet::Media,
        "ImageSprites",
        "雪碧图",
        ("Sprite", "雪碧图"),
    ),
    kind(
        ResultSet::Media,
        "ImageSprite",
        "雪碧图",
        ("Sprite", "雪碧图"),
    ),
    kind(
        ResultSet::Media,
        "CoverBySnapshot",
        "截图做封面",
        ("Cover", "封面"),
    ),
    kind(
        ResultSet::Media,
        "AdaptiveDynamicStreaming",
        "自适应码流",
        ("Adaptive", "自适应"),
    ),
    kind(ResultSet::Media, "PullFile", "拉取文件", ("Pull", "拉取")),
    kind(
        ResultSet::ContentReview,
        "Porn",
        "画面鉴黄",
        ("Porn", "鉴黄"),
    ),
    kind(
        ResultSet::ContentReview,
        "Terrorism",
        "画面涉恐",
        ("Terrorism", "涉恐"),
    ),
    kind(
        ResultSet::ContentReview,
        "Political",
        "画面涉政",
        ("Political", "涉政"),
    ),
    kind(
        ResultSet::ContentReview,
        "Porn.Asr",
        "语音鉴黄",
        ("Porn speech", "语音鉴黄"),
    ),
    kind(
        ResultSet::ContentReview,
        "Porn.Ocr",
        "文字鉴黄",
        ("Porn text", "文字鉴黄"),
    ),
    kind(
        ResultSet::ContentReview,
        "Political.Asr",
        "语音涉政",
        ("Political speech", "语音涉政"),
    ),
    kind(
        ResultSet::ContentReview,
        "Political.Ocr",
        "文字涉政",
        ("Political text", "文字涉政"),
    ),
    kind(
        ResultSet::ContentReview,
        "Terrorism.Ocr",
        "文字涉恐",
        ("Terrorism text", "文字涉恐"),
    ),
    kind(
        ResultSet::ContentReview,
        "Prohibited.Asr",
        "语音违禁",
        ("Prohibited speech", "语音违禁"),
    ),
    kind(
        ResultSet::ContentReview,
        "Prohibited.Ocr",
        "文字违禁",
        ("Prohibited text", "文字违禁"),
    ),
    kind(
        ResultSet::Analysis,
        "Classification",
        "智能分类",
        ("Class", "分类"),
    ),
    kind(
        ResultSet::Analysis,
        "Cover",
        "智能封面",
        ("Smart cover", "智能封面"),
    ),
    kind(ResultSet::Analysis, "Tag", "智能标签", ("Tags", "标签")),
    kind(
        ResultSet::Analysis,
        "FrameTag",
        "按帧标签",
        ("Frame tags", "按帧标签"),
    ),
    kind(
        ResultSet::Analysis,
        "Highlight",
        "精彩集锦",
        ("Highlights", "集锦"),
    ),
    kind(
        ResultSet::Recognition,
        "FaceRecognition",
        "人脸识别",
        ("Faces", "人脸"),
    ),
    kind(
        ResultSet::Recognition,
        "AsrWordsRecognition",
        "语音关键词识别",
        ("Spoken words", "语音关键词"),
    ),
    kind(
        ResultSet::Recognition,
        "AsrFullTextRecognition",
        "语音全文识别",
        ("Speech", "语音全文"),
    ),
    kind(
        ResultSet::Recognition,
        "AsrTranslateRecognition",
        "语音翻译识别",
        ("Speech translation", "语音翻译"),
    ),
    kind(
        ResultSet::Recognition,
        "OcrWordsRecognition",
        "文字关键词识别",
        ("Written words", "文字关键词"),
    ),
    kind(
        ResultSet::Recognition,
        "OcrFullTextRecognition",
        "文字全文识别",
        ("Text", "文字全文"),
    ),
    kind(
        ResultSet::Recognition,
        "HeadTailRecognition",
        "片头片尾识别",
        ("Head and tail", "片头片尾"),
    ),
    kind(
        ResultSet::Recognition,
        "SegmentRecognition",
        "视频拆条",
        ("Segments", "拆条"),
    ),
    kind(
        ResultSet::Recognition,
        "ObjectRecognition",
        "物体识别",
        ("Objects", "物体"),
    ),
];

/// The Chinese term for a kind; `None` for kinds that are not known.
pub fn term_zh(set: ResultSet, kind: &str) -> Option<&'static str> {
    find(set, kind).map(|known| known.term_zh)
}

/// The kind as it is shown: the API term in English, `转码 Transcode` in Chinese. Unknown kinds
/// are shown as received.
pub fn label(set: ResultSet, kind: &str, lang: Lang) -> String {
    match (lang, term_zh(set, kind)) {
        (Lang::Zh, Some(term)) => format!("{term} {kind}"),
        (Lang::En, _) | (Lang::Zh, None) => kind.to_owned(),
    }
}

/// One word for narrow rows; unknown kinds as received.
pub fn short(set: ResultSet, kind: &str, lang: Lang) -> &str {
    match find(set, kind) {
        Some(known) => lang.pick(known.short.0, known.short.1),
        None => kind,
    }
}

fn find(set: ResultSet, kind: &str) -> Option<&'static Kind> {
    KINDS
        .iter()
        .find(|known| known.set == set && known.name == kind)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::knowledge::Bilingual;
    use crate::knowledge::checks::assert_bilingual;

    #[test]
    fn every_kind_is_named_once_in_both_languages() {
        let mut seen = HashSet::new();
        for known in KINDS {
            assert!(seen.insert((known.set, known.name)), "{} twice", known.name);
            let (en, zh) = known.short;
            assert_bilingual(Bilingual::new(en, zh), known.name);
            assert_bilingual(Bilingual::new(known.name, known.term_zh), known.name);
        }
    }

    #[test]
    fn chinese_puts_its_term_beside_the_api_term() {
        let of = |kind, lang| label(ResultSet::Media, kind, lang);
        assert_eq!(
            of("CoverBySnapshot", Lang::Zh),
            "截图做封面 CoverBySnapshot"
        );
        assert_eq!(of("CoverBySnapshot", Lang::En), "CoverBySnapshot");
        assert_eq!(of("ImageSprites", Lang::Zh), "雪碧图 ImageSprites");
    }

    #[test]
    fn rows_use_one_word() {
        assert_eq!(short(ResultSet::Media, "ImageSprites", Lang::En), "Sprite");
        assert_eq!(short(ResultSet::Media, "CoverBySnapshot", Lang::Zh), "封面");
        assert_eq!(
            short(ResultSet::ContentReview, "Porn.Asr", Lang::En),
            "Porn speech"
        );
    }

    #[test]
    fn unknown_kinds_come_back_as_they_are() {
        assert_eq!(short(ResultSet::Media, "Brandnew", Lang::Zh), "Brandnew");
        assert_eq!(label(ResultSet::Media, "Brandnew", Lang::Zh), "Brandnew");
        assert_eq!(term_zh(ResultSet::Media, "Porn"), None);
    }
}
