//! One picture over the window: which, how large, and from where on.

use super::{LightboxStep, Previews};

/// Screen pixels for each of the picture's.
const SCALES: std::ops::RangeInclusive<f32> = 0.02..=32.0;

/// The picture that lies over the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lightbox {
    pub group: usize,
    pub item: usize,
    pub zoom: Zoom,
    /// Points that the picture's middle stands right of and below the window's.
    pub pan: [f32; 2],
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Zoom {
    /// As large as fits, never above its own size.
    #[default]
    Fit,
    /// So many screen pixels for each of the picture's; 1.0 is its own size.
    Scale(f32),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ZoomStep {
    Fit,
    Actual,
    /// Times `factor`, from the scale it is drawn at, about a point that stands so far from the
    /// window's middle.
    By {
        factor: f32,
        drawn: f32,
        about: [f32; 2],
    },
}

pub(super) fn open(previews: &mut Previews, group: usize, item: usize) {
    if previews.item(group, item).is_some() {
        previews.lightbox = Some(Lightbox {
            group,
            item,
            zoom: Zoom::Fit,
            pan: [0.0; 2],
        });
    }
}

/// To the next picture of the task or the one before, over the ends of groups; it stops at the
/// first and the last.
pub(super) fn step(previews: &mut Previews, step: LightboxStep) {
    let Some(now) = previews.lightbox else { return };
    let places = previews.groups.iter().enumerate();
    let places = places.flat_map(|(group, of)| (0..of.items.len()).map(move |item| (group, item)));
    let here = (now.group, now.item);
    let place = match step {
        LightboxStep::Next => places.clone().find(|place| *place > here),
        LightboxStep::Previous => places.take_while(|place| *place < here).last(),
    };
    if let Some((group, item)) = place {
        open(previews, group, item);
    }
}

pub(super) fn zoom(previews: &mut Previews, step: ZoomStep) {
    let Some(lightbox) = &mut previews.lightbox else {
        return;
    };
    match step {
        ZoomStep::Fit => (lightbox.zoom, lightbox.pan) = (Zoom::Fit, [0.0; 2]),
        ZoomStep::Actual => (lightbox.zoom, lightbox.pan) = (Zoom::Scale(1.0), [0.0; 2]),
        ZoomStep::By {
            factor,
            drawn,
            about,
        } => {
            if !(factor.is_finite() && drawn.is_finite() && drawn > 0.0) {
                return;
            }
            let scale = (drawn * factor).clamp(*SCALES.start(), *SCALES.end());
            let grown = scale / drawn;
            // What lies under the pointer stays there.
            let [x, y] = lightbox.pan;
            let [left, top] = about;
            lightbox.pan = [left + (x - left) * grown, top + (y - top) * grown];
            lightbox.zoom = Zoom::Scale(scale);
        }
    }
}

pub(super) fn pan(previews: &mut Previews, [right, down]: [f32; 2]) {
    if let Some(lightbox) = &mut previews.lightbox
        && right.is_finite()
        && down.is_finite()
    {
        let [x, y] = lightbox.pan;
        lightbox.pan = [x + right, y + down];
    }
}
