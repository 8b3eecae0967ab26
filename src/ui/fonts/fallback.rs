//! Faces for characters the text faces lack: the system's, else compressed bundled ones.

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use egui::epaint::text::{
    FallbackRequest, FontInsert, FontPriority, FontProvider, InsertFontFamily,
};
use egui::{FontData, FontFamily};
use egui_system_font_provider::SystemFontProvider;

/// In the order they are asked.
pub(super) fn providers() -> Vec<Arc<dyn FontProvider>> {
    // Kept, since listing the system's fonts takes long and a change of language asks again.
    static SYSTEM: LazyLock<Arc<Guarded<SystemFontProvider>>> =
        LazyLock::new(|| Arc::new(Guarded::new(system())));
    // Emoji last: where the system has some, they are in colour.
    let bundled = [&EAST_ASIAN, &RARE_HAN, &EMOJI];
    let bundled = bundled.map(|face| -> Arc<dyn FontProvider> { Arc::new(face) });
    let mut all: Vec<Arc<dyn FontProvider>> = vec![Arc::<Guarded<_>>::clone(&SYSTEM)];
    all.extend(bundled);
    all
}

/// Han characters are drawn differently per country; titles and file names here are Chinese
/// whatever the system speaks.
fn system() -> SystemFontProvider {
    SystemFontProvider::new().with_locale(Some("zh-Hans"))
}

/// Gives up on a provider that panics, as the system's does where no font is installed at all.
struct Guarded<P> {
    provider: P,
    failed: AtomicBool,
}

impl<P> Guarded<P> {
    const fn new(provider: P) -> Self {
        Self {
            provider,
            failed: AtomicBool::new(false),
        }
    }
}

impl<P: FontProvider> FontProvider for Guarded<P> {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if self.failed.load(Ordering::Relaxed) {
            return None;
        }
        let request = one_east_asian_face(request);
        catch_unwind(AssertUnwindSafe(|| self.provider.font_for(&request))).unwrap_or_else(|_| {
            log::warn!("The system's fonts cannot be used; the bundled ones are");
            self.failed.store(true, Ordering::Relaxed);
            None
        })
    }
}

/// Asks for Chinese text and its punctuation as if for one ideograph of body text,
/// so that all families share one face.
fn one_east_asian_face<'a>(request: &FallbackRequest<'a>) -> FallbackRequest<'a> {
    let first = request.cluster.chars().next().unwrap_or_default();
    let (cluster, family) = match first {
        '\u{3000}'..='\u{303F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' => {
            ("中", &FontFamily::Proportional)
        }
        _ if is_east_asian(first) => (request.cluster, &FontFamily::Proportional),
        _ => (request.cluster, request.family),
    };
    FallbackRequest { cluster, family }
}

/// A bundled face, unpacked when first needed.
struct Bundled {
    name: &'static str,
    /// Whether to look for a character in it; `assets/fonts/subset.py` has the exact set.
    covers: fn(char) -> bool,
    face: LazyLock<Option<Vec<u8>>>,
}

macro_rules! packed {
    ($path:literal) => {
        LazyLock::new(|| inflate(include_bytes!(concat!("../../../assets/fonts/", $path))))
    };
}

static EAST_ASIAN: Bundled = Bundled {
    name: "bundled-east-asian",
    covers: is_east_asian,
    face: packed!("wqy-microhei/WQYMicroHei.ttf.zlib"),
};

/// Han outside the basic plane, as in names of people and places.
static RARE_HAN: Bundled = Bundled {
    name: "bundled-rare-han",
    covers: |char| matches!(char, '\u{20000}'..='\u{323AF}'),
    face: packed!("noto-sans-cjk/NotoSansCJKsc-Rare.otf.zlib"),
};

static EMOJI: Bundled = Bundled {
    name: "bundled-emoji",
    covers: is_emoji,
    face: packed!("noto-emoji/NotoEmoji-Regular.ttf.zlib"),
};

impl FontProvider for &'static Bundled {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if !request.cluster.chars().next().is_some_and(self.covers) {
            return None;
        }
        let family = InsertFontFamily {
            family: request.family.clone(),
            priority: FontPriority::Lowest,
        };
        let this: &'static Bundled = self;
        let data = FontData::from_static(this.face.as_deref()?);
        Some(FontInsert::new(self.name, data, vec![family]))
    }
}

const fn is_east_asian(char: char) -> bool {
    matches!(char,
        '\u{2460}'..='\u{24FF}' // enclosed letters and digits
        | '\u{2E80}'..='\u{9FFF}' // punctuation, kana, ideographs
        | '\u{AC00}'..='\u{D7A3}' // Hangul
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}') // full-width forms
}

/// Blocks with emoji, and what joins or varies them.
const fn is_emoji(char: char) -> bool {
    matches!(char,
        '\u{200D}' | '\u{FE0E}'..='\u{FE0F}' | '\u{20E3}' // joiner, variation, keycap
        | '\u{203C}' | '\u{2049}' | '\u{2139}'
        | '\u{2300}'..='\u{23FF}'
        | '\u{25A0}'..='\u{27BF}'
        | '\u{2934}'..='\u{2935}'
        | '\u{2B00}'..='\u{2BFF}'
        | '\u{1F000}'..='\u{1FAFF}' // regional indicators among them
        | '\u{E0020}'..='\u{E007F}') // tags
}

fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    let mut face = Vec::with_capacity(packed.len() * 2);
    match flate2::read::ZlibDecoder::new(packed).read_to_end(&mut face) {
        Ok(_) => Some(face),
        Err(error) => {
            log::warn!("Cannot unpack a bundled font: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::FontId;
    use egui::epaint::text::{FontDefinitions, Fonts, TextOptions};

    use super::*;

    fn fonts(providers: Vec<Arc<dyn FontProvider>>) -> Fonts {
        let bundled_only = FontDefinitions::default();
        Fonts::new(TextOptions::default(), bundled_only).with_font_providers(providers)
    }

    fn lacking(fonts: &mut Fonts, text: &str) -> String {
        let body = FontId::proportional(13.0);
        let lacks = |char: &char| !fonts.has_glyph(&body, *char);
        text.chars().filter(lacks).collect()
    }

    #[test]
    fn bundled_face_has_chinese_kana_hangul_and_full_width_forms() {
        let mut fonts = fonts(vec![Arc::new(&EAST_ASIAN)]);
        let text = "动物世界轉碼あカ한（）、。「」《》：；！？①";
        assert_eq!(lacking(&mut fonts, text), "");
    }

    #[test]
    fn bundled_face_has_han_outside_the_basic_plane() {
        let mut fonts = fonts(vec![Arc::new(&RARE_HAN)]);
        assert_eq!(lacking(&mut fonts, "𠮷𠮟𡐓𦒍𬭳"), "");
    }

    #[test]
    fn bundled_face_has_emoji_and_what_joins_them() {
        assert!(EMOJI.face.is_some());
        let mut fonts = fonts(vec![Arc::new(&EMOJI)]);
        let text = "🎬🐼❤👨🇨🏽⭐⏰‼\u{200D}\u{E0067}\u{E007F}";
        assert_eq!(lacking(&mut fonts, text), "");
    }

    #[test]
    fn chinese_is_drawn_with_whatever_fonts_the_system_has() {
        let mut fonts = fonts(providers());
        assert_eq!(lacking(&mut fonts, "动物世界（）"), "");
    }

    #[test]
    fn a_panicking_provider_is_asked_once() {
        let asked = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&asked);
        let guarded = Guarded::new(move |_: &FallbackRequest<'_>| -> Option<FontInsert> {
            assert!(!seen.swap(true, Ordering::Relaxed), "asked again");
            panic!("no fonts at all")
        });
        let mut fonts = fonts(vec![Arc::new(guarded), Arc::new(&EAST_ASIAN)]);
        assert_eq!(lacking(&mut fonts, "动物"), "");
        assert!(asked.load(Ordering::Relaxed));
    }

    #[test]
    fn full_width_punctuation_shares_the_face_of_ideographs() {
        let asked = one_east_asian_face(&FallbackRequest {
            cluster: "（",
            family: &FontFamily::Monospace,
        });
        assert_eq!(
            (asked.cluster, asked.family),
            ("中", &FontFamily::Proportional)
        );
    }
}
