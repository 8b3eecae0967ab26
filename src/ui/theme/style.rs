//! egui's own style, so that stock widgets look like the rest of the window.

use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, Margin, Spacing, Stroke, Style, TextStyle, Theme, Visuals, vec2};

use super::colors::{DARK, LIGHT, Palette};
use super::{BUTTON_HEIGHT, HAIRLINE, RADIUS_BUTTON, RADIUS_CARD, RADIUS_DIALOG, S8};

/// Sets the style of both themes; which of them is shown stays the caller's choice.
pub(crate) fn install(ctx: &egui::Context) {
    for (theme, palette) in [(Theme::Light, &LIGHT), (Theme::Dark, &DARK)] {
        ctx.style_mut_of(theme, |style| apply(style, palette));
    }
}

fn apply(style: &mut Style, p: &Palette) {
    style.text_styles = [
        (TextStyle::Small, super::caption()),
        (TextStyle::Body, super::body()),
        (TextStyle::Button, super::strong()),
        (TextStyle::Heading, super::title()),
        (TextStyle::Monospace, super::mono()),
    ]
    .into();
    style.animation_time = 0.08;
    spacing(&mut style.spacing);
    surfaces(&mut style.visuals, p);
    accents(&mut style.visuals, p);
    style.visuals.widgets = widgets(p);
}

fn spacing(spacing: &mut Spacing) {
    spacing.item_spacing = vec2(S8, 6.0);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size = vec2(BUTTON_HEIGHT, BUTTON_HEIGHT);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        handle_min_length: 24.0,
        ..ScrollStyle::floating()
    };
}

fn surfaces(visuals: &mut Visuals, p: &Palette) {
    visuals.panel_fill = p.bg_panel;
    visuals.window_fill = p.bg_raised;
    visuals.window_stroke = Stroke::new(HAIRLINE, p.line);
    visuals.window_corner_radius = RADIUS_DIALOG;
    visuals.window_shadow = p.dialog_shadow;
    visuals.menu_corner_radius = RADIUS_CARD;
    visuals.popup_shadow = p.menu_shadow;
    visuals.faint_bg_color = p.bg_sunken;
    visuals.extreme_bg_color = p.bg_panel;
    visuals.text_edit_bg_color = Some(p.bg_raised);
    visuals.code_bg_color = p.bg_sunken;
    visuals.striped = false;
    visuals.indent_has_left_vline = false;
}

fn accents(visuals: &mut Visuals, p: &Palette) {
    visuals.weak_text_color = Some(p.text_3);
    visuals.hyperlink_color = p.accent_text;
    visuals.warn_fg_color = p.part.text;
    visuals.error_fg_color = p.fail.text;
    // The stroke is both the border of a focused field and the words of a selected item.
    visuals.selection = Selection {
        bg_fill: p.bg_text_selection,
        stroke: Stroke::new(HAIRLINE, p.accent_text),
    };
    visuals.text_cursor.stroke = Stroke::new(1.5, p.accent_text);
    visuals.slider_trailing_fill = true;
}

fn widgets(p: &Palette) -> Widgets {
    let hovered = widget(p.bg_hover, p.line_strong, p.text);
    Widgets {
        noninteractive: WidgetVisuals {
            bg_fill: p.bg_panel,
            ..widget(p.bg_panel, p.line, p.text)
        },
        inactive: WidgetVisuals {
            bg_fill: p.bg_track,
            ..widget(p.bg_raised, p.line_strong, p.text)
        },
        // Focus from the keyboard is drawn as active, hence the accent border.
        active: widget(p.bg_selected, p.accent, p.text),
        open: hovered,
        hovered,
    }
}

fn widget(fill: Color32, border: Color32, text: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(HAIRLINE, border),
        corner_radius: RADIUS_BUTTON,
        fg_stroke: Stroke::new(HAIRLINE, text),
        // A widget that grows under the pointer makes the hairlines jump.
        expansion: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_get_their_own_surfaces() {
        let ctx = egui::Context::default();
        install(&ctx);
        let fill = |theme| ctx.style_of(theme).visuals.panel_fill;
        assert_eq!(fill(Theme::Light), LIGHT.bg_panel);
        assert_eq!(fill(Theme::Dark), DARK.bg_panel);
    }

    #[test]
    fn no_widget_grows_under_the_pointer() {
        for p in [&LIGHT, &DARK] {
            let w = widgets(p);
            let all = [w.noninteractive, w.inactive, w.hovered, w.active, w.open];
            assert!(
                all.iter()
                    .all(|widget| widget.expansion.abs() < f32::EPSILON)
            );
        }
    }
}
