//! Remote pictures: what is asked for, what came, why nothing came, and whom the person allowed
//! to be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::NetworkFault;

/// A picture as it is wanted: where it is, and how large it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PictureRequest {
    pub key: PictureKey,
    /// When the event says that it goes away, in unix seconds.
    pub expires: Option<i64>,
}

/// What tells one wanted picture from another: the same URL in two sizes is two pictures, fetched
/// once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureKey {
    pub url: Arc<str>,
    pub size: PictureSize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureSize {
    /// Fitted into this many screen pixels each way; of an animation the first picture alone.
    Within(u32),
    /// As [`Self::Within`], and an animation plays.
    Playing(u32),
    /// Every pixel it has, up to what a texture and the memory for pictures hold.
    Whole,
    /// No picture: the `WebVTT` file that tells where the cells of sprite sheets are.
    Cues,
}

/// Pixels of red, green, blue and alpha, rows from the top; the colours are premultiplied by
/// alpha, as screens take them.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// One picture of an animation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnimationFrame {
    pub pixels: Pixels,
    pub delay_ms: u32,
}

/// A rectangle of a sprite sheet with the time it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct SpriteCue {
    pub start_secs: f64,
    pub end_secs: f64,
    /// The sheet's URL, resolved against that of the `WebVTT` file.
    pub sheet: Arc<str>,
    /// x, y, width, height in the sheet's pixels; `None` when the cue names a whole picture.
    pub cell: Option<[u32; 4]>,
}

/// What a URL turned out to hold.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureContent {
    Still(Arc<Pixels>),
    /// At least two frames, or one that stands for an animation that does not play here.
    Animation {
        frames: Vec<Arc<AnimationFrame>>,
        /// The file has more frames than were decoded.
        cut: bool,
    },
    Cues(Arc<Vec<SpriteCue>>),
}

/// Recognised by the first bytes, never by name or header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureFormat {
    Jpeg,
    Png,
    Apng,
    WebP,
    Gif,
    Bmp,
    /// Named, not shown.
    Avif,
    /// Named, not shown.
    Heic,
    WebVtt,
}

/// What is known of a fetched picture besides its pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureInfo {
    pub format: PictureFormat,
    /// Of the file itself; the pixels that are shown may be fewer. 0 for cues.
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
    /// Of the last answer; 0 when nobody was asked because it was in the cache.
    pub status: u16,
    /// The address it was redirected to in the end.
    pub redirected: Option<Arc<str>>,
    pub cached: bool,
}

/// Why a picture is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureFault {
    /// All fetching is switched off.
    Off,
    /// The person has not been asked about this host yet; of a redirect when `redirected`.
    NotAllowed {
        host: String,
        redirected: bool,
    },
    /// The person said never.
    Denied {
        host: String,
    },
    /// The host's name leads into a private network, and it was not allowed to.
    Private {
        host: String,
        address: IpAddr,
    },
    BadUrl {
        why: String,
    },
    TooManyRedirects,
    /// 403, with the server's own words where it sent some.
    Forbidden {
        said: String,
    },
    /// 404 or 410.
    Gone {
        status: u16,
    },
    Status {
        status: u16,
    },
    /// The event said when it goes away, and that has passed.
    Expired {
        unix: i64,
    },
    /// What came is no picture; what it begins with, and what it was said to be.
    NotPicture {
        content_type: String,
        bytes: u64,
        starts: String,
    },
    /// A picture of a kind that is not decoded here.
    NotShown {
        format: PictureFormat,
    },
    TooManyBytes {
        limit: u64,
    },
    TooManyPixels {
        width: u32,
        height: u32,
    },
    /// It begins as a picture and cannot be decoded.
    Damaged {
        why: String,
    },
    /// The body ended before it was whole.
    Incomplete {
        bytes: u64,
    },
    /// No first byte, or not the last one, in time.
    TooSlow {
        secs: u64,
    },
    Network {
        kind: NetworkFault,
        why: String,
    },
}

impl PictureFault {
    /// Whether asking again can help although nothing is changed.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::TooSlow { .. } | Self::Network { .. } | Self::Incomplete { .. } => true,
            Self::Status { status } => *status >= 500 || *status == 429,
            _ => false,
        }
    }
}

/// What the fetching job tells.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureNews {
    Loading {
        key: PictureKey,
        received: u64,
        /// As announced; `None` when it was not.
        total: Option<u64>,
    },
    Ready {
        key: PictureKey,
        info: PictureInfo,
        content: PictureContent,
    },
    Failed {
        key: PictureKey,
        fault: PictureFault,
    },
    /// The disk cache's size after something changed it.
    CacheSize { bytes: u64 },
}

/// What the person said about a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    /// Until the program ends; never written to the settings.
    #[serde(skip)]
    Once,
    Always,
    Never,
}

/// How one host is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostRule {
    pub consent: Option<Consent>,
    /// Sent as `Referer`; none when empty.
    pub referer: String,
    /// URLs are signed with the key that the keyring holds for this host.
    pub signed: bool,
    /// It may lead to a private network.
    pub private: bool,
}

/// Whether and how pictures are fetched. No key is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureSettings {
    pub fetch: bool,
    /// The service's default domains (`*.vod2.myqcloud.com`, `*.vod-qcloud.com`) as one choice.
    pub vod_domains: Option<Consent>,
    /// By host in lower case, with its port when that is not the scheme's own.
    pub hosts: BTreeMap<String, HostRule>,
    pub texture_bytes: u64,
    pub cache_bytes: u64,
}

impl Default for PictureSettings {
    fn default() -> Self {
        Self {
            fetch: true,
            vod_domains: None,
            hosts: BTreeMap::new(),
            texture_bytes: 256 << 20,
            cache_bytes: 512 << 20,
        }
    }
}

/// Less memory for pictures is taken for this much, so that something can be shown.
pub const LEAST_PICTURE_BYTES: u64 = 16 << 20;

/// Memory that one of so many pictures on the screen may take. Together they take three eighths:
/// half is for the whole picture in front of them.
pub fn picture_share(texture_bytes: u64, on_screen: usize) -> u64 {
    let all = texture_bytes.max(LEAST_PICTURE_BYTES) / 8 * 3;
    all / u64::try_from(on_screen).unwrap_or(u64::MAX).max(1)
}

/// Memory of cues; URLs that several of them share count once.
pub fn cue_bytes(cues: &[SpriteCue]) -> u64 {
    let sheets = cues.iter().map(|cue| (cue.sheet.as_ptr(), cue.sheet.len()));
    let sheets: BTreeSet<_> = sheets.collect();
    let urls: usize = sheets.into_iter().map(|(_, len)| len).sum();
    u64::try_from(size_of_val(cues).saturating_add(urls)).unwrap_or(u64::MAX)
}

impl Pixels {
    /// Memory of the pixels.
    pub fn byte_len(&self) -> u64 {
        4 * u64::from(self.width) * u64::from(self.height)
    }
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({}×{})", self.width, self.height)
    }
}
