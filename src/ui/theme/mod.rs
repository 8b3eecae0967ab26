//! Sizes, radii and type of the look; colours are in [`colors`], egui's own style in [`style`].
//!
//! Nothing else in the user interface makes a colour or names a font size.

mod colors;
mod style;

pub(crate) use self::colors::{Palette, Status, palette};
pub(crate) use self::style::install;

use egui::{CornerRadius, FontFamily, FontId};

use crate::ui::fonts::{icons, medium, semibold};

/// Gaps and paddings come from this scale.
pub(crate) const S4: f32 = 4.0;
pub(crate) const S8: f32 = 8.0;
pub(crate) const S12: f32 = 12.0;
pub(crate) const S16: f32 = 16.0;
pub(crate) const S20: f32 = 20.0;
pub(crate) const S24: f32 = 24.0;

/// Bars of charts.
pub(crate) const RADIUS_BAR: CornerRadius = CornerRadius::same(3);
/// Chips, tags, table cells.
pub(crate) const RADIUS_CHIP: CornerRadius = CornerRadius::same(4);
/// Buttons and inputs.
pub(crate) const RADIUS_BUTTON: CornerRadius = CornerRadius::same(6);
/// Cards, menus, toasts, tooltips.
pub(crate) const RADIUS_CARD: CornerRadius = CornerRadius::same(8);
pub(crate) const RADIUS_DIALOG: CornerRadius = CornerRadius::same(10);

pub(crate) const BUTTON_HEIGHT: f32 = 28.0;
pub(crate) const ICON_BUTTON: f32 = 28.0;
pub(crate) const ICON_BUTTON_SMALL: f32 = 24.0;
pub(crate) const INPUT_HEIGHT: f32 = 28.0;
pub(crate) const QUERY_HEIGHT: f32 = 32.0;
pub(crate) const SEGMENTED_HEIGHT: f32 = 28.0;
pub(crate) const CHIP_HEIGHT: f32 = 22.0;
pub(crate) const PILL_HEIGHT: f32 = 22.0;
pub(crate) const TAG_HEIGHT: f32 = 18.0;
pub(crate) const KEY_CAP_HEIGHT: f32 = 16.0;

/// Width of a hairline and of a control's border.
pub(crate) const HAIRLINE: f32 = 1.0;
/// Width of the ring outside a focused control.
pub(crate) const FOCUS_RING: f32 = 2.0;
/// Width of the marker at the left of the selected row.
pub(crate) const MARKER: f32 = 2.0;

/// Icon sizes: inside text, in controls, in empty states.
pub(crate) const ICON_INLINE: f32 = 14.0;
pub(crate) const ICON_CONTROL: f32 = 16.0;
pub(crate) const ICON_EMPTY: f32 = 24.0;

pub(crate) fn display() -> FontId {
    FontId::new(20.0, semibold())
}

pub(crate) fn title() -> FontId {
    FontId::new(16.0, semibold())
}

pub(crate) fn lead() -> FontId {
    FontId::new(14.0, semibold())
}

pub(crate) fn body() -> FontId {
    FontId::new(13.0, FontFamily::Proportional)
}

/// Body text that names the thing.
pub(crate) fn strong() -> FontId {
    FontId::new(13.0, medium())
}

pub(crate) fn small() -> FontId {
    FontId::new(12.0, FontFamily::Proportional)
}

pub(crate) fn small_strong() -> FontId {
    FontId::new(12.0, medium())
}

pub(crate) fn caption() -> FontId {
    FontId::new(11.0, medium())
}

/// For ids, and for numbers that must align: the text face has no tabular figures here.
pub(crate) fn mono() -> FontId {
    FontId::new(12.0, FontFamily::Monospace)
}

pub(crate) fn mono_small() -> FontId {
    FontId::new(11.0, FontFamily::Monospace)
}

/// Digits on chart axes.
pub(crate) fn axis() -> FontId {
    FontId::new(10.0, FontFamily::Monospace)
}

/// The font of [`crate::ui::icons`], in one of the `ICON_` sizes.
pub(crate) fn icon(size: f32) -> FontId {
    FontId::new(size, icons())
}
