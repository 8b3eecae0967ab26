//! The previews tab: every picture the event points to. None is fetched from a host that was not
//! allowed, and none that is not on the screen.

mod animated;
mod captions;
mod consent;
mod cover;
mod files;
mod scrubber;
mod strip;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tile;
mod wall;

pub(super) use cover::cover_slot_ui;

use egui::Ui;

use super::columns::{self, columns_ui};
use super::{padded, scrolled};
use crate::state::{GroupKind, PictureGroup};
use crate::ui::theme::{S16, S20, S24};
use crate::ui::widgets::empty_state;
use crate::ui::{Actions, Cx, icons};

/// A group with its number in the state.
type Numbered<'a> = (usize, &'a PictureGroup);

pub(super) fn previews_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let previews = &cx.state.previews;
    if previews.groups.is_empty() && previews.files.is_empty() {
        let words = cx.text.previews;
        empty_state(ui, icons::IMAGE, (words.none, words.none_why), |_| ());
        return;
    }
    consent::consent_ui(ui, cx, out);
    scrolled(ui, cx, |ui| {
        ui.add_space(S16);
        padded(ui, |ui| page_ui(ui, cx, out));
        ui.add_space(S20);
    });
}

fn page_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let groups: Vec<Numbered<'_>> = cx.state.previews.groups.iter().enumerate().collect();
    let first = |wanted: fn(&PictureGroup) -> bool| {
        let found = groups.iter().find(|(_, group)| wanted(group));
        found.copied()
    };
    let cover = first(PictureGroup::is_cover);
    let sprites = first(|group| group.sprites().is_some());
    top_ui(ui, cx, (cover, sprites), out);
    for (number, group) in groups {
        if [cover, sprites]
            .iter()
            .flatten()
            .any(|(at, _)| *at == number)
        {
            continue;
        }
        match group.kind {
            GroupKind::Sprites(_) => scrubber::scrubber_ui(ui, cx, (number, group), out),
            GroupKind::AnimatedGraphics => animated::animated_ui(ui, cx, (number, group), out),
            _ => wall::wall_ui(ui, cx, (number, group), out),
        }
        ui.add_space(S24);
    }
    files::files_ui(ui, cx, out);
}

/// The cover, and beside it the first sprites' cell; the strip to scrub on goes below both.
fn top_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (cover, sprites): (Option<Numbered<'_>>, Option<Numbered<'_>>),
    out: &mut Actions,
) {
    let (Some(cover), Some(sprites)) = (cover, sprites) else {
        if let Some(cover) = cover {
            let width = columns::WIDTH.min(ui.available_width());
            cover::cover_ui(ui, cx, (cover, width), out);
            ui.add_space(S24);
        }
        if let Some(sprites) = sprites {
            scrubber::scrubber_ui(ui, cx, sprites, out);
            ui.add_space(S24);
        }
        return;
    };
    columns_ui(
        ui,
        out,
        |ui, width, out| cover::cover_ui(ui, cx, (cover, width), out),
        |ui, width, out| scrubber::cell_ui(ui, cx, (sprites, width), out),
    );
    ui.add_space(S16);
    strip::strip_ui(ui, cx, sprites, out);
    ui.add_space(S24);
}

/// Pixels to fetch for so many points: a few steps, so that a resize fetches nothing anew.
fn pixels(ui: &Ui, points: f32) -> u32 {
    const STEPS: [u32; 6] = [64, 128, 256, 384, 640, 1_024];
    let wanted = points * ui.pixels_per_point();
    let enough = |step: &u32| f64::from(*step) >= f64::from(wanted);
    STEPS.into_iter().find(enough).unwrap_or(2_048)
}
