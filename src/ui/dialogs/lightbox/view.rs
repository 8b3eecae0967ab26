//! Where the picture stands and how large it is drawn. Pure.

use egui::{Rect, Vec2, pos2, vec2};

use crate::state::{Lightbox, Zoom};

/// So much of a picture stays in sight however far it is dragged, in points.
const IN_SIGHT: f32 = 64.0;
/// Room left free around a picture that is fitted.
const MARGIN: f32 = 24.0;

/// A picture on its stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    /// In points.
    pub(super) rect: Rect,
    /// Screen pixels for each of the picture's.
    pub(super) scale: f32,
    /// The way its middle is from the stage's, kept in sight.
    pub(super) pan: Vec2,
}

impl View {
    /// `pixels` are the picture's own, `per_point` those of the screen.
    pub(super) fn new(lightbox: &Lightbox, stage: Rect, pixels: Vec2, per_point: f32) -> Self {
        let scale = match lightbox.zoom {
            Zoom::Scale(scale) => scale,
            Zoom::Fit => fitted(stage, pixels, per_point),
        };
        let size = pixels * scale / per_point;
        let pan = in_sight(lightbox.pan.into(), size, stage.size());
        Self {
            rect: Rect::from_center_size(stage.center() + pan, size),
            scale,
            pan,
        }
    }

    /// The pixels that are seen, from 0 to 1 each way; `None` when none are.
    pub(super) fn seen(&self, stage: Rect) -> Option<(Rect, Rect)> {
        let seen = self.rect.intersect(stage);
        if !seen.is_positive() {
            return None;
        }
        let part = |at: egui::Pos2| {
            let from = (at - self.rect.min) / self.rect.size();
            pos2(from.x, from.y)
        };
        Some((seen, Rect::from_min_max(part(seen.min), part(seen.max))))
    }
}

/// As large as the stage allows, never above the picture's own size.
fn fitted(stage: Rect, pixels: Vec2, per_point: f32) -> f32 {
    let room = (stage.size() - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(1.0)) * per_point;
    let share = room / pixels.max(Vec2::splat(1.0));
    share.x.min(share.y).min(1.0)
}

/// Within the distance at which its edge still shows.
fn in_sight(pan: Vec2, size: Vec2, stage: Vec2) -> Vec2 {
    let most = ((size + stage) / 2.0 - Vec2::splat(IN_SIGHT)).max(Vec2::ZERO);
    vec2(pan.x.clamp(-most.x, most.x), pan.y.clamp(-most.y, most.y))
}

/// The size in screen pixels that a picture beside the shown one is wanted in, in steps, so that
/// another size of the window does not fetch it anew.
pub(super) fn wanted_pixels(stage: Rect, per_point: f32) -> u32 {
    const STEPS: [u32; 6] = [512, 1_024, 1_536, 2_048, 3_072, 4_096];
    let side = stage.size().max_elem() * per_point;
    let fits = |step: &&u32| f64::from(**step) >= f64::from(side);
    *STEPS.iter().find(fits).unwrap_or(&4_096)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGE: Rect = Rect {
        min: pos2(0.0, 48.0),
        max: pos2(1_000.0, 648.0),
    };

    fn lightbox(zoom: Zoom, pan: [f32; 2]) -> Lightbox {
        Lightbox {
            group: 0,
            item: 0,
            zoom,
            pan,
        }
    }

    fn view(zoom: Zoom, pan: [f32; 2], pixels: Vec2, per_point: f32) -> View {
        View::new(&lightbox(zoom, pan), STAGE, pixels, per_point)
    }

    fn near(a: f32, b: f32) -> bool {
        (a - b).abs() < 0.01
    }

    #[test]
    fn a_large_picture_is_fitted_and_a_small_one_keeps_its_size() {
        let large = view(Zoom::Fit, [0.0; 2], vec2(4_000.0, 1_000.0), 1.0);
        assert!(near(large.rect.width(), 952.0), "{large:?}");
        assert_eq!(large.rect.center(), STAGE.center());
        let small = view(Zoom::Fit, [0.0; 2], vec2(100.0, 50.0), 1.0);
        assert!(near(small.scale, 1.0), "{small:?}");
    }

    #[test]
    fn one_to_one_is_one_screen_pixel() {
        let view = view(Zoom::Scale(1.0), [0.0; 2], vec2(800.0, 400.0), 2.0);
        assert_eq!(view.rect.size(), vec2(400.0, 200.0));
    }

    #[test]
    fn a_dragged_picture_stays_in_sight() {
        let pixels = vec2(2_000.0, 1_000.0);
        let view = view(Zoom::Scale(1.0), [9_999.0, -9_999.0], pixels, 1.0);
        assert!(near(view.rect.left(), STAGE.right() - IN_SIGHT), "{view:?}");
        assert!(near(view.rect.bottom(), STAGE.top() + IN_SIGHT), "{view:?}");
        let free = View::new(
            &lightbox(Zoom::Scale(1.0), [30.0, 20.0]),
            STAGE,
            pixels,
            1.0,
        );
        assert_eq!(free.pan, vec2(30.0, 20.0));
    }

    #[test]
    fn only_what_is_on_the_stage_is_drawn() {
        let pixels = vec2(2_000.0, 1_200.0);
        let (seen, part) = view(Zoom::Scale(1.0), [0.0; 2], pixels, 1.0)
            .seen(STAGE)
            .unwrap();
        assert_eq!(seen, STAGE);
        assert!(near(part.left(), 0.25) && near(part.right(), 0.75));
        assert!(near(part.top(), 0.25) && near(part.bottom(), 0.75));
    }

    #[test]
    fn sizes_are_wanted_in_steps() {
        assert_eq!(wanted_pixels(STAGE, 1.0), 1_024);
        assert_eq!(wanted_pixels(STAGE, 2.0), 2_048);
        assert_eq!(wanted_pixels(STAGE, 9.0), 4_096);
    }
}
