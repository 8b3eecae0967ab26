//! The two languages of every visible word.

use serde::{Deserialize, Serialize};

/// The language a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    /// The language for a system locale such as `zh_CN.UTF-8` or `en-GB`.
    pub fn of_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }

    /// Picks the text for this language.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn every_chinese_locale_reads_chinese() {
        for locale in ["zh_CN.UTF-8", "zh-Hans-CN", "ZH_TW"] {
            assert_eq!(Lang::of_locale(locale), Lang::Zh, "{locale}");
        }
        assert_eq!(Lang::of_locale("C.UTF-8"), Lang::En);
    }
}
