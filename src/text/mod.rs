//! Every visible word in both languages, and how numbers, times and sizes read.
//!
//! Words stand side by side, one file for each part of the window, so that a translator sees both
//! at once. Sentences with numbers in them are functions in [`sentence`].

pub mod accounts;
pub mod archive;
pub mod borrowing;
pub mod detail;
pub mod exporting;
pub mod format;
pub mod frame;
pub mod live;
pub mod outputs;
pub mod pictures;
pub mod previews;
pub mod pulling;
pub mod raw;
pub mod sentence;
pub mod width;
mod words;

pub use words::{
    AccountWords, Chrome, DetailWords, Dialogs, HistoryWords, Keys, ListWords, LiveWords,
    LoadWords, OutputsWords, PictureWords, PreviewWords, RailWords, RawWords, Verdicts,
};

use crate::model::{Lang, Zone};

/// The words of one language, handed to every panel.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    pub lang: Lang,
    pub zone: Zone,
    pub chrome: &'static Chrome,
    pub rail: &'static RailWords,
    pub list: &'static ListWords,
    pub detail: &'static DetailWords,
    pub outputs: &'static OutputsWords,
    pub pictures: &'static PictureWords,
    pub previews: &'static PreviewWords,
    pub history: &'static HistoryWords,
    pub raw: &'static RawWords,
    pub load: &'static LoadWords,
    pub dialogs: &'static Dialogs,
    pub accounts: &'static AccountWords,
    pub live: &'static LiveWords,
    pub keys: &'static Keys,
    pub verdicts: &'static Verdicts,
}

impl Text {
    /// The words of a language, with times in `zone`.
    pub fn new(lang: Lang, zone: Zone) -> Self {
        Self {
            lang,
            zone,
            chrome: Chrome::of(lang),
            rail: RailWords::of(lang),
            list: ListWords::of(lang),
            detail: DetailWords::of(lang),
            outputs: OutputsWords::of(lang),
            pictures: PictureWords::of(lang),
            previews: PreviewWords::of(lang),
            history: HistoryWords::of(lang),
            raw: RawWords::of(lang),
            load: LoadWords::of(lang),
            dialogs: Dialogs::of(lang),
            accounts: AccountWords::of(lang),
            live: LiveWords::of(lang),
            keys: Keys::of(lang),
            verdicts: Verdicts::of(lang),
        }
    }
}
