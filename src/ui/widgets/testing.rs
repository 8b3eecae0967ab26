//! A window for one control.

use egui::{Ui, Vec2};
use egui_kittest::Harness;

use crate::model::Lang;
use crate::ui::{fonts, theme};

/// Draws `app` with the fonts and the style of the real window.
pub(super) fn harness<'a>(app: impl FnMut(&mut Ui) + 'a) -> Harness<'a> {
    Harness::builder()
        .with_size(Vec2::new(640.0, 480.0))
        .with_context_setup(|ctx| {
            fonts::install(ctx, Lang::En);
            theme::install(ctx);
        })
        .build_ui(app)
}
