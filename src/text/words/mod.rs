//! The words themselves: each table holds one part of the window, English beside Chinese.

/// Declares a table of words: `field: "English", "中文";`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $en:literal, $zh:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name { $(pub $field: &'static str,)* }

        impl $name {
            pub(crate) const EN: Self = Self { $($field: $en,)* };
            pub(crate) const ZH: Self = Self { $($field: $zh,)* };

            pub(crate) fn of(lang: crate::model::Lang) -> &'static Self {
                const EN: &$name = &$name::EN;
                const ZH: &$name = &$name::ZH;
                lang.pick(EN, ZH)
            }

            /// Every pair, for the tests that compare the languages.
            #[cfg(test)]
            pub(crate) fn pairs() -> Vec<(&'static str, &'static str, &'static str)> {
                vec![$((stringify!($field), $en, $zh),)*]
            }
        }
    };
}

mod accounts;
mod chrome;
mod detail;
mod dialogs;
mod history;
mod keys;
mod list;
mod live;
mod load;
mod outputs;
mod pictures;
mod previews;
mod rail;
mod raw;
mod verdicts;

pub use accounts::AccountWords;
pub use chrome::Chrome;
pub use detail::DetailWords;
pub use dialogs::Dialogs;
pub use history::HistoryWords;
pub use keys::Keys;
pub use list::ListWords;
pub use live::LiveWords;
pub use load::LoadWords;
pub use outputs::OutputsWords;
pub use pictures::PictureWords;
pub use previews::PreviewWords;
pub use rail::RailWords;
pub use raw::RawWords;
pub use verdicts::Verdicts;

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<(&'static str, &'static str, &'static str)> {
        [
            AccountWords::pairs(),
            Chrome::pairs(),
            DetailWords::pairs(),
            Dialogs::pairs(),
            HistoryWords::pairs(),
            Keys::pairs(),
            ListWords::pairs(),
            LiveWords::pairs(),
            LoadWords::pairs(),
            OutputsWords::pairs(),
            PictureWords::pairs(),
            PreviewWords::pairs(),
            RailWords::pairs(),
            RawWords::pairs(),
            Verdicts::pairs(),
        ]
        .concat()
    }

    #[test]
    fn no_word_is_empty_and_none_shouts() {
        for (field, en, zh) in all() {
            assert!(!en.is_empty() && !zh.is_empty(), "{field}");
            assert!(!en.contains('!') && !zh.contains('！'), "{field}");
        }
    }

    #[test]
    fn chinese_uses_full_width_punctuation() {
        for (field, _, zh) in all() {
            assert!(!zh.contains(", ") && !zh.contains("; "), "{field}: {zh}");
        }
    }

    #[test]
    fn chinese_stands_apart_from_latin() {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for (field, _, zh) in all() {
            let chars: Vec<char> = zh.chars().collect();
            for pair in chars.windows(2) {
                let touching = (han(pair[0]) && pair[1].is_ascii_alphanumeric())
                    || (pair[0].is_ascii_alphanumeric() && han(pair[1]));
                assert!(!touching, "{field}: {zh}");
            }
        }
    }
}
