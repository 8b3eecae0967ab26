//! Every colour of the application, once for the light theme and once for the dark one.
#![expect(
    clippy::disallowed_methods,
    reason = "the one place where colours are made"
)]

use egui::{Color32, Shadow};

use crate::model::Verdict;

/// The colours of one verdict.
#[derive(Debug, PartialEq)]
pub(crate) struct Status {
    /// Glyphs and chart bars.
    pub(crate) fill: Color32,
    /// Words.
    pub(crate) text: Color32,
    /// Ground of pills and tinted cells.
    pub(crate) bg: Color32,
    /// Quiet bar segments, borders of pills.
    pub(crate) soft: Color32,
}

/// The colours of one theme.
#[derive(Debug, PartialEq)]
pub(crate) struct Palette {
    pub(crate) dark: bool,
    /// Window, rail, bars.
    pub(crate) bg_app: Color32,
    /// List and detail.
    pub(crate) bg_panel: Color32,
    /// Cards, buttons, menus.
    pub(crate) bg_raised: Color32,
    /// Source row, code, crumbs.
    pub(crate) bg_sunken: Color32,
    pub(crate) bg_hover: Color32,
    pub(crate) bg_selected: Color32,
    /// Tracks of bars, tags.
    pub(crate) bg_track: Color32,
    /// Ground of selected text: stronger than a selected row, since it has no marker beside it.
    pub(crate) bg_text_selection: Color32,
    /// Hairlines.
    pub(crate) line: Color32,
    /// Borders of controls.
    pub(crate) line_strong: Color32,
    pub(crate) text: Color32,
    pub(crate) text_2: Color32,
    /// Captions and units.
    pub(crate) text_3: Color32,
    /// Disabled only: too faint to carry information.
    pub(crate) text_off: Color32,
    /// Primary button, focus, marker.
    pub(crate) accent: Color32,
    pub(crate) accent_hover: Color32,
    /// The ring outside a focused control.
    pub(crate) accent_line: Color32,
    /// Links and active icons.
    pub(crate) accent_text: Color32,
    pub(crate) on_accent: Color32,
    /// The cross or check inside a filled disc.
    pub(crate) glyph_on: Color32,
    /// The ok part of the histogram.
    pub(crate) hist: Color32,
    /// Ok bars of the timeline.
    pub(crate) ok_bar: Color32,
    /// JSON strings.
    pub(crate) str_: Color32,
    /// JSON numbers.
    pub(crate) num: Color32,
    /// JSON `null`, `true`, `false`.
    pub(crate) lit: Color32,
    /// Ground of a search hit.
    pub(crate) hit: Color32,
    pub(crate) ok: Status,
    pub(crate) part: Status,
    pub(crate) fail: Status,
    pub(crate) run: Status,
    pub(crate) unk: Status,
    /// Laid over the window behind a dialog.
    pub(crate) scrim: Color32,
    /// Menus, toasts, tooltips.
    pub(crate) menu_shadow: Shadow,
    pub(crate) dialog_shadow: Shadow,
}

impl Palette {
    pub(crate) const fn status(&self, verdict: Verdict) -> &Status {
        match verdict {
            Verdict::Ok => &self.ok,
            Verdict::PartlyFailed => &self.part,
            Verdict::Failed => &self.fail,
            Verdict::Running => &self.run,
            Verdict::Unknown => &self.unk,
        }
    }
}

/// The palette of the theme that `ui` is drawn in.
pub(crate) fn palette(ui: &egui::Ui) -> &'static Palette {
    if ui.visuals().dark_mode {
        &DARK
    } else {
        &LIGHT
    }
}

const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn status(fill: u32, text: u32, bg: u32, soft: u32) -> Status {
    Status {
        fill: hex(fill),
        text: hex(text),
        bg: hex(bg),
        soft: hex(soft),
    }
}

const fn shadow(drop: i8, blur: u8, black: u8) -> Shadow {
    Shadow {
        offset: [0, drop],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(black),
    }
}

pub(super) static LIGHT: Palette = Palette {
    dark: false,
    bg_app: hex(0x00F4_F5F7),
    bg_panel: hex(0x00FF_FFFF),
    bg_raised: hex(0x00FF_FFFF),
    bg_sunken: hex(0x00F7_F8FA),
    bg_hover: hex(0x00F0_F1F4),
    bg_selected: hex(0x00EE_EDFC),
    bg_track: hex(0x00E9_EBEF),
    bg_text_selection: hex(0x00D6_D3F7),
    line: hex(0x00E4_E6EB),
    line_strong: hex(0x00CB_D0D9),
    text: hex(0x0017_1A21),
    text_2: hex(0x004B_5263),
    text_3: hex(0x0061_6878),
    text_off: hex(0x00A3_A9B5),
    accent: hex(0x005A_4FD0),
    accent_hover: hex(0x004C_41BF),
    accent_line: hex(0x00B9_B4F0),
    accent_text: hex(0x0050_46C4),
    on_accent: hex(0x00FF_FFFF),
    glyph_on: hex(0x00FF_FFFF),
    hist: hex(0x00C5_CAD3),
    ok_bar: hex(0x0030_9768),
    str_: hex(0x0018_794E),
    num: hex(0x000B_68AB),
    lit: hex(0x008F_5200),
    hit: hex(0x00FF_E08A),
    ok: status(0x0025_935F, 0x0018_794E, 0x00E6_F5EC, 0x00A6_D9BE),
    part: status(0x00BD_7400, 0x008F_5200, 0x00FD_F3DD, 0x00F3_CF85),
    fail: status(0x00DC_3D43, 0x00BF_2A30, 0x00FD_ECEC, 0x00F2_AEB1),
    run: status(0x001A_80C9, 0x000B_68AB, 0x00E4_F2FC, 0x00A4_D0EF),
    unk: status(0x007C_8393, 0x005E_6575, 0x00EE_F0F3, 0x00D3_D7DE),
    scrim: Color32::from_black_alpha(102),
    menu_shadow: shadow(8, 24, 36),
    dialog_shadow: shadow(12, 32, 36),
};

pub(super) static DARK: Palette = Palette {
    dark: true,
    bg_app: hex(0x000E_0F13),
    bg_panel: hex(0x0014_161B),
    bg_raised: hex(0x001A_1D23),
    bg_sunken: hex(0x0010_1216),
    bg_hover: hex(0x001D_2027),
    bg_selected: hex(0x0023_223A),
    bg_track: hex(0x0026_2A33),
    bg_text_selection: hex(0x0035_335F),
    line: hex(0x0023_272F),
    line_strong: hex(0x003A_404C),
    text: hex(0x00E9_EBF0),
    text_2: hex(0x00B0_B6C3),
    text_3: hex(0x008D_94A3),
    text_off: hex(0x005B_6270),
    accent: hex(0x006A_60DE),
    accent_hover: hex(0x005B_51CD),
    accent_line: hex(0x004A_4590),
    accent_text: hex(0x00A9_A3F8),
    on_accent: hex(0x00FF_FFFF),
    glyph_on: hex(0x0014_161B),
    hist: hex(0x003A_404C),
    ok_bar: hex(0x002E_8A62),
    str_: hex(0x006F_CFA1),
    num: hex(0x006B_B8F2),
    lit: hex(0x00F0_B54E),
    hit: hex(0x006B_5410),
    ok: status(0x003F_B07E, 0x0055_C896, 0x0012_261D, 0x0024_583F),
    part: status(0x00E5_A22F, 0x00F0_B54E, 0x002A_2010, 0x006A_4C17),
    fail: status(0x00E5_545A, 0x00FF_8085, 0x002E_1618, 0x0074_282C),
    run: status(0x003E_9BE0, 0x006B_B8F2, 0x0010_222F, 0x001E_4A6B),
    unk: status(0x0074_7B8A, 0x009A_A1B0, 0x001E_2128, 0x0038_3D48),
    scrim: Color32::from_black_alpha(140),
    menu_shadow: shadow(8, 24, 128),
    dialog_shadow: shadow(12, 32, 128),
};

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f32 {
        let linear = |channel: u8| (f32::from(channel) / 255.0).powf(2.2);
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_is_readable_on_every_surface() {
        for p in [&LIGHT, &DARK] {
            let surfaces = [
                p.bg_app,
                p.bg_panel,
                p.bg_raised,
                p.bg_sunken,
                p.bg_hover,
                p.bg_selected,
            ];
            for text in [p.text, p.text_2, p.text_3, p.accent_text] {
                for ground in surfaces {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}");
                }
            }
        }
    }

    #[test]
    fn each_verdict_is_readable_on_its_own_ground() {
        for p in [&LIGHT, &DARK] {
            for s in [&p.ok, &p.part, &p.fail, &p.run, &p.unk] {
                assert!(contrast(s.text, s.bg) >= 4.5, "{:?}", s.text);
                assert!(contrast(s.fill, p.bg_panel) >= 3.0, "{:?}", s.fill);
            }
        }
    }

    #[test]
    fn hex_reads_red_green_blue() {
        assert_eq!(hex(0x0001_0203), Color32::from_rgb(1, 2, 3));
    }
}
