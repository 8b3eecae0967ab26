//! What is asked and told about pictures, and what is asked of the world outside for them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{
    Consent, HostRule, PictureFault, PictureInfo, PictureKey, PictureRequest, PictureSettings,
    Secret, SpriteCue,
};

use super::{WallSize, ZoomStep};

/// What happens with pictures.
#[derive(Clone, Debug)]
pub enum PreviewAction {
    /// The pictures drawn in this frame, the most wanted first; told when they change.
    Seen(Vec<PictureRequest>),
    /// Ask this host, once, always or never.
    Allow {
        host: String,
        consent: Consent,
    },
    /// The same for the service's default domains as one.
    AllowVod(Consent),
    /// Let this host lead into a private network, until the program ends.
    AllowPrivate(String),
    /// Forget that choice: ask again.
    ForgetVod,
    /// Forget what was said about a host, and how it is asked.
    ForgetHost(String),
    /// Fetch at all.
    SetFetch(bool),
    SetHostRule {
        host: String,
        rule: HostRule,
    },
    /// The key that signs URLs of this host; kept in the system's keyring. Empty removes it.
    SetHostKey {
        host: String,
        key: Secret,
    },
    /// Memory for what is on show, and space on disk, in bytes.
    SetBudgets {
        texture_bytes: u64,
        cache_bytes: u64,
    },
    /// Try the URL again in every size.
    Retry(Arc<str>),
    /// Try everything of the task again that failed and may pass.
    RetryAll,
    SetWall(WallSize),
    /// To a cell of the group's sprites.
    Scrub {
        group: usize,
        cell: usize,
    },
    /// So many cells on or back.
    ScrubBy {
        group: usize,
        cells: i32,
    },
    /// Show a moderation's picture as it is, or hide it again.
    Reveal(Arc<str>),
    Veil(Arc<str>),
    OpenLightbox {
        group: usize,
        item: usize,
    },
    CloseLightbox,
    StepLightbox(LightboxStep),
    Zoom(ZoomStep),
    /// By so many points right and down.
    Pan([f32; 2]),
    CopyUrl(Arc<str>),
    /// The URLs of a group, or of all pictures of the task, a line each.
    CopyUrls(Option<usize>),
    CopyImage(Arc<str>),
    SaveAs(Arc<str>),
    /// In the system's browser or player.
    OpenOutside(Arc<str>),
    /// Ask how much the cache on disk holds.
    AskCacheSize,
    ClearCache,
    News(PreviewNews),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LightboxStep {
    Next,
    Previous,
}

/// What came of fetching.
#[derive(Clone, Debug)]
pub enum PreviewNews {
    Loading {
        key: PictureKey,
        received: u64,
        total: Option<u64>,
    },
    /// A picture can be drawn.
    Ready { key: PictureKey, info: PictureInfo },
    /// Where the cells of sprite sheets are.
    Cues {
        key: PictureKey,
        info: PictureInfo,
        cues: Arc<Vec<SpriteCue>>,
    },
    Failed {
        key: PictureKey,
        fault: PictureFault,
    },
    /// These can no longer be drawn: they had to make room.
    Dropped(Vec<PictureKey>),
    /// Space the cache takes on disk.
    CacheSize(u64),
    /// The picture lies in the clipboard.
    Copied { url: Arc<str> },
    /// The picture was stored where the person chose, or why not, in the system's words.
    Saved { result: Result<PathBuf, String> },
    /// The bytes of the picture are not at hand any more.
    NotKept { url: Arc<str> },
    /// A key could not be kept in or read from the keyring, in the system's words.
    KeyFault { host: String, why: String },
}

/// Orders of the pictures' state to the world outside.
#[derive(Clone, Debug, PartialEq)]
pub enum PreviewEffect {
    /// What is wanted now, the most wanted first. Everything else that is under way is let go.
    Want(Vec<PictureRequest>),
    /// What may be asked from now on, with what was allowed for this run only.
    Policy(PictureSettings),
    Retry(Vec<PictureKey>),
    /// These may not be shown any more.
    Drop(Vec<PictureKey>),
    /// Nothing fetched may stay in memory, and nothing more be fetched.
    DropAll,
    /// Into the clipboard: its pixels are at hand.
    CopyImage(PictureKey),
    /// The file as it came; the person chooses where.
    SaveAs {
        url: Arc<str>,
        name: String,
    },
    Open(Arc<str>),
    AskCacheSize,
    ClearCache,
    KeepKey {
        host: String,
        key: Secret,
    },
    ForgetKey {
        host: String,
    },
}
