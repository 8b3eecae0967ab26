//! The bundled faces and the families made of them; [`fallback`] finds what they lack.

mod fallback;

use std::sync::{Arc, LazyLock};

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use crate::model::Lang;

const REGULAR: &str = "inter";
const MEDIUM: &str = "inter-medium";
const SEMIBOLD: &str = "inter-semibold";
const MONO: &str = "jetbrains-mono";
const ICONS: &str = "icons";
/// The icon face once more, lowered to sit on a line of text.
const INLINE_ICONS: &str = "icons-inline";

/// Sets all fonts. To be called again when the language changes.
pub(crate) fn install(ctx: &egui::Context, lang: Lang) {
    ctx.set_fonts(definitions(lang));
    ctx.set_font_providers(fallback::providers());
}

/// Text of weight 500.
pub(crate) fn medium() -> FontFamily {
    static FAMILY: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("medium".into()));
    FAMILY.clone()
}

/// Text of weight 600.
pub(crate) fn semibold() -> FontFamily {
    static FAMILY: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("semibold".into()));
    FAMILY.clone()
}

/// The characters of [`crate::ui::icons`], centred in their line.
pub(crate) fn icons() -> FontFamily {
    static FAMILY: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("icons".into()));
    FAMILY.clone()
}

fn definitions(lang: Lang) -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, data) in faces() {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let (medium_face, semibold_face) = weights(lang);
    let families = [
        (FontFamily::Proportional, vec![REGULAR, INLINE_ICONS]),
        (medium(), vec![medium_face, REGULAR, INLINE_ICONS]),
        (semibold(), vec![semibold_face, REGULAR, INLINE_ICONS]),
        (FontFamily::Monospace, vec![MONO, REGULAR, INLINE_ICONS]),
        (icons(), vec![ICONS, REGULAR]),
    ];
    for (family, faces) in families {
        let faces = faces.into_iter().map(str::to_owned).collect();
        fonts.families.insert(family, faces);
    }
    fonts
}

/// The faces for weights 500 and 600.
///
/// Chinese has one weight, and heavy Latin words and digits beside it look like an emphasis
/// nobody meant: there each weight is a step lighter.
const fn weights(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::En => (MEDIUM, SEMIBOLD),
        Lang::Zh => (REGULAR, MEDIUM),
    }
}

fn faces() -> [(&'static str, FontData); 6] {
    macro_rules! face {
        ($path:literal) => {
            FontData::from_static(include_bytes!(concat!("../../../assets/fonts/", $path)))
        };
    }
    let lowered = FontTweak {
        y_offset_factor: 0.07,
        ..FontTweak::default()
    };
    [
        (REGULAR, face!("inter/Inter-Regular.ttf")),
        (MEDIUM, face!("inter/Inter-Medium.ttf")),
        (SEMIBOLD, face!("inter/Inter-SemiBold.ttf")),
        (MONO, face!("jetbrains-mono/JetBrainsMonoNL-Regular.ttf")),
        (ICONS, face!("phosphor/Phosphor-Regular.ttf")),
        (
            INLINE_ICONS,
            face!("phosphor/Phosphor-Regular.ttf").tweak(lowered),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use egui::FontId;
    use egui::epaint::text::{Fonts, TextOptions};

    use super::*;
    use crate::ui::icons as icon;

    fn has(family: FontFamily, text: &str) -> bool {
        let mut fonts = Fonts::new(TextOptions::default(), definitions(Lang::En));
        fonts.has_glyphs(&FontId::new(13.0, family), text)
    }

    #[test]
    fn every_text_family_has_the_marks_the_interface_draws() {
        let marks = "…–—×÷≈≤≥→↑↓←↳·•°µ∞✓⌘⇧ Żółć Ελληνικά Кириллица";
        for family in [
            FontFamily::Proportional,
            FontFamily::Monospace,
            medium(),
            semibold(),
        ] {
            assert!(has(family.clone(), marks), "{family:?}");
        }
    }

    #[test]
    fn icons_are_in_every_family() {
        let some = [icon::FOLDER_OPEN, icon::WRENCH, icon::X].concat();
        for family in [FontFamily::Proportional, FontFamily::Monospace, icons()] {
            assert!(has(family.clone(), &some), "{family:?}");
        }
    }

    #[test]
    fn bundled_text_faces_leave_the_codes_of_icons_alone() {
        let mut fonts = definitions(Lang::En);
        for faces in fonts.families.values_mut() {
            faces.retain(|name| name != ICONS && name != INLINE_ICONS);
        }
        let mut fonts = Fonts::new(TextOptions::default(), fonts);
        let body = FontId::proportional(13.0);
        assert!(!fonts.has_glyphs(&body, icon::ARROW_CLOCKWISE));
    }
}
