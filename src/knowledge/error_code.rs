//! What an error code of a task means, who has to act, and whether a retry helps.
//!
//! AIGC tasks reuse names of the ordinary vocabulary for other things, so a code is looked up
//! in the vocabulary of its task.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Bilingual, rows};
use crate::model::Lang;

/// Which list of codes a task speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vocabulary {
    #[default]
    Task,
    Aigc,
}

impl Vocabulary {
    /// The vocabulary of an event's or a task's type, such as `AigcVideoTaskComplete`.
    pub fn of_type(name: &str) -> Self {
        if name.contains("Aigc") {
            Self::Aigc
        } else {
            Self::Task
        }
    }
}

/// Who has to do something about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoActs {
    Uploader,
    Caller,
    SourceHost,
    AccountOwner,
    Tencent,
    /// There is nothing to do.
    Nobody,
}

impl WhoActs {
    pub fn words(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Uploader => ("Uploader", "上传方"),
            Self::Caller => ("Caller", "调用方"),
            Self::SourceHost => ("Source host", "源站"),
            Self::AccountOwner => ("Account owner", "账号管理员"),
            Self::Tencent => ("Tencent", "腾讯云"),
            Self::Nobody => ("Nobody", "无需处理"),
        };
        lang.pick(en, zh)
    }
}

/// Whether submitting the task again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    No,
    AfterFix,
    Yes,
}

impl Retry {
    pub fn words(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::No => ("no", "不要"),
            Self::AfterFix => ("after a fix", "改好再试"),
            Self::Yes => ("yes", "可以"),
        };
        lang.pick(en, zh)
    }
}

/// One error code in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Explanation {
    pub vocabulary: Vocabulary,
    /// The number it comes with, where that is known.
    pub code: Option<i64>,
    /// `ErrCodeExt`; empty for codes that are numbers only.
    pub ext: &'static str,
    /// Two or three words.
    pub title: Bilingual,
    /// One sentence.
    pub meaning: Bilingual,
    pub likely_cause: Bilingual,
    /// What to do next, and whether a retry is worth it.
    pub advice: Bilingual,
    pub who_acts: WhoActs,
    pub retry: Retry,
}

impl Explanation {
    /// A name for narrow places: the code itself in English, a few words in Chinese.
    pub fn short_label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En if !self.ext.is_empty() => short_name(self.ext),
            Lang::En | Lang::Zh => self.title.get(lang),
        }
    }
}

/// Explains an error. `ErrCodeExt` is the finer of the two and wins where there is one: an unknown
/// one stays unexplained rather than being taken for its number.
pub fn explain(
    err_code: Option<i64>,
    err_code_ext: Option<&str>,
    vocabulary: Vocabulary,
) -> Option<&'static Explanation> {
    match err_code_ext.map(str::trim).filter(|ext| !ext.is_empty()) {
        Some(ext) => TABLE.by_ext(vocabulary, ext),
        None => TABLE.by_number.get(&err_code?).copied(),
    }
}

/// The explanation of the family an `ErrCodeExt` belongs to by its first part, for codes that are
/// not known themselves.
pub fn family(ext: &str) -> Option<&'static Explanation> {
    let number = match ext.split('.').next()? {
        "InvalidInput" => 40_000,
        "SourceFileError" => 60_000,
        "InternalError" => 70_000,
        _ => return None,
    };
    explain(Some(number), None, Vocabulary::Task)
}

/// The last part of a dotted code: `ContentMalformed`.
pub fn short_name(ext: &str) -> &str {
    ext.rsplit('.').next().unwrap_or(ext)
}

struct Table {
    by_number: HashMap<i64, &'static Explanation>,
    by_ext: HashMap<(Vocabulary, &'static str), &'static Explanation>,
}

impl Table {
    fn by_ext(&self, vocabulary: Vocabulary, ext: &str) -> Option<&'static Explanation> {
        // AIGC tasks also use codes of the ordinary list, where their own says nothing.
        let own = self.by_ext.get(&(vocabulary, ext));
        own.or_else(|| self.by_ext.get(&(Vocabulary::Task, ext)))
            .copied()
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let codes = || CODES.iter().chain(LEGACY.iter());
    let numbers = codes().filter(|known| known.ext.is_empty());
    let names = codes().filter(|known| !known.ext.is_empty());
    Table {
        by_number: numbers
            .filter_map(|known| Some((known.code?, known)))
            .collect(),
        by_ext: names
            .map(|known| ((known.vocabulary, known.ext), known))
            .collect(),
    }
});

static CODES: LazyLock<Vec<Explanation>> = LazyLock::new(|| {
    rows(
        "task_errors.json",
        include_str!("../../assets/knowledge/task_errors.json"),
    )
});

/// Codes that only old formats carry, written as groups that share cause and advice.
static LEGACY: LazyLock<Vec<Explanation>> = LazyLock::new(|| {
    let groups: Vec<LegacyGroup> = rows(
        "legacy_errors.json",
        include_str!("../../assets/knowledge/legacy_errors.json"),
    );
    groups
        .into_iter()
        .flat_map(LegacyGroup::explanations)
        .collect()
});

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct LegacyGroup {
    likely_cause: Bilingual,
    advice: Bilingual,
    who_acts: WhoActs,
    retry: Retry,
    codes: Vec<LegacyCode>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct LegacyCode {
    code: i64,
    title: Bilingual,
    meaning: Bilingual,
}

impl LegacyGroup {
    fn explanations(self) -> impl Iterator<Item = Explanation> {
        let Self {
            likely_cause,
            advice,
            who_acts,
            retry,
            codes,
        } = self;
        codes.into_iter().map(move |known| Explanation {
            vocabulary: Vocabulary::Task,
            code: Some(known.code),
            ext: "",
            title: known.title,
            meaning: known.meaning,
            likely_cause,
            advice,
            who_acts,
            retry,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::checks::assert_bilingual;

    fn title(code: Option<i64>, ext: Option<&str>, vocabulary: Vocabulary) -> Option<&'static str> {
        explain(code, ext, vocabulary).map(|known| known.title.en)
    }

    #[test]
    fn the_lists_are_complete() {
        assert_eq!((CODES.len(), LEGACY.len()), (32, 134));
        assert_eq!(TABLE.by_number.len() + TABLE.by_ext.len(), 32 + 134);
    }

    #[test]
    fn every_code_speaks_both_languages() {
        for known in CODES.iter().chain(LEGACY.iter()) {
            let of = format!("{:?} {}", known.code, known.ext);
            for text in [known.title, known.meaning, known.likely_cause, known.advice] {
                assert_bilingual(text, &of);
            }
            assert!(known.meaning.en.ends_with('.'), "{of}");
            assert!(known.meaning.zh.ends_with('。'), "{of}");
        }
    }

    #[test]
    fn the_named_code_wins_over_the_number() {
        let known = explain(
            Some(40_000),
            Some("SourceFileError.ContentMalformed"),
            Vocabulary::Task,
        )
        .unwrap();
        assert_eq!(
            known.meaning.en,
            "Part of the source file cannot be decoded."
        );
        assert_eq!(known.short_label(Lang::En), "ContentMalformed");
        assert_eq!(known.short_label(Lang::Zh), "源文件损坏");
        assert_eq!(
            (known.who_acts, known.retry),
            (WhoActs::Uploader, Retry::AfterFix)
        );
    }

    #[test]
    fn an_empty_name_leaves_the_number_to_speak() {
        let by_number = title(Some(60_000), None, Vocabulary::Task);
        assert_eq!(by_number, Some("Source file error"));
        assert_eq!(title(Some(60_000), Some(" "), Vocabulary::Task), by_number);
    }

    #[test]
    fn an_unknown_name_stays_unexplained_but_has_a_family() {
        let ext = "SourceFileError.NewlyInvented";
        assert_eq!(title(Some(60_000), Some(ext), Vocabulary::Task), None);
        assert_eq!(family(ext).map(|known| known.code), Some(Some(60_000)));
        assert_eq!(family("SomethingElse.Entirely"), None);
        assert_eq!(title(Some(123), None, Vocabulary::Task), None);
        assert_eq!(title(None, None, Vocabulary::Task), None);
    }

    #[test]
    fn generative_tasks_have_meanings_of_their_own() {
        let ext = Some("InternalError");
        assert_ne!(
            explain(None, ext, Vocabulary::Aigc),
            explain(None, ext, Vocabulary::Task)
        );
        assert_eq!(
            title(None, Some("ModelGenerateFailed"), Vocabulary::Task),
            None
        );
        let shared = Some("SourceFileError.ContentMalformed");
        assert_eq!(
            title(None, shared, Vocabulary::Aigc),
            title(None, shared, Vocabulary::Task)
        );
        assert_eq!(
            Vocabulary::of_type("AigcVideoTaskComplete"),
            Vocabulary::Aigc
        );
        assert_eq!(
            Vocabulary::of_type("ProcedureStateChanged"),
            Vocabulary::Task
        );
    }

    #[test]
    fn old_numbers_are_known() {
        assert_eq!(
            title(Some(30_009), None, Vocabulary::Task),
            Some("Source file error")
        );
        assert_eq!(
            title(Some(-47_402), None, Vocabulary::Task),
            Some("No video")
        );
        assert_eq!(
            title(Some(4_100), None, Vocabulary::Task),
            Some("Authentication failed")
        );
    }

    #[test]
    fn short_names_are_the_last_part() {
        assert_eq!(
            short_name("InvalidInput.InvalidTimeOffset"),
            "InvalidTimeOffset"
        );
        assert_eq!(short_name("InternalError"), "InternalError");
        assert_eq!(short_name(""), "");
    }

    #[test]
    fn who_and_retry_are_words() {
        assert_eq!(WhoActs::SourceHost.words(Lang::En), "Source host");
        assert_eq!(WhoActs::AccountOwner.words(Lang::Zh), "账号管理员");
        assert_eq!(Retry::AfterFix.words(Lang::En), "after a fix");
        assert_eq!(Retry::No.words(Lang::Zh), "不要");
    }
}
