//! What every form of a failure shows: its title, its code, whether to retry.

use egui::{Align, Layout, Sense, Ui, Vec2};

use crate::knowledge::error_code::Retry;
use crate::model::Outcome;
use crate::state::{Action, DetailAction, ListAction};
use crate::store::{FacetValue, Sense as FilterSense};
use crate::ui::theme::{self, ICON_CONTROL, S8};
use crate::ui::widgets::{
    CopyAsk, CopyIcon, Copyable, Line, Offers, copyable, label, outcome_glyph,
};
use crate::ui::{Actions, Cx, icons};

use super::super::values::{copy, copy_path, icon_ui};
use super::Failure;

/// The glyph, the kind and what was asked of it; its number and `controls` at the right.
pub(super) fn title_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    failure: &Failure,
    controls: impl FnOnce(&mut Ui, &Failure),
) {
    let p = cx.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8;
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(ICON_CONTROL), Sense::hover());
        outcome_glyph(ui.painter(), rect, Outcome::Failed, p);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            controls(ui, failure);
            if let Some(at) = failure.sub_task {
                let number = format!("#{}", at + 1);
                label(ui, &Line::new(&number, theme::mono_small(), p.text_3));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                label(ui, &Line::new(&failure.name, theme::strong(), p.text));
                if !failure.api_name.is_empty() {
                    label(ui, &Line::new(&failure.api_name, theme::small(), p.text_3));
                }
                label(ui, &Line::new(&failure.asked, theme::small(), p.text_2));
            });
        });
    });
}

pub(super) fn code_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &Failure, out: &mut Actions) {
    if failure.code.is_empty() {
        return;
    }
    let asked = copyable(
        ui,
        &Copyable {
            name: cx.text.detail.code,
            line: Line::new(&failure.code, theme::mono(), cx.palette.fail.text),
            icon: CopyIcon::Always,
            offers: Offers {
                path: true,
                filter: true,
                raw: true,
            },
            words: cx.text.chrome,
        },
    );
    let filter = |sense| {
        Action::List(ListAction::Filter {
            value: FacetValue::Code(failure.code.clone()),
            sense,
        })
    };
    match asked {
        Some(CopyAsk::Copy) => copy(out, cx.text.detail.code, &failure.code),
        Some(CopyAsk::CopyPath) => copy_path(cx, failure.node, out),
        Some(CopyAsk::FilterFor) => out.push(filter(FilterSense::Include)),
        Some(CopyAsk::FilterOut) => out.push(filter(FilterSense::Exclude)),
        Some(CopyAsk::ShowInRaw) => out.push(Action::Detail(DetailAction::ShowInRaw(failure.node))),
        None => {}
    }
}

pub(super) fn retry_icon(ui: &mut Ui, cx: &Cx<'_>, retry: Retry) {
    let p = cx.palette;
    let (icon, color) = match retry {
        Retry::No => (icons::PROHIBIT, p.fail.text),
        Retry::AfterFix => (icons::WRENCH, p.text_2),
        Retry::Yes => (icons::ARROW_CLOCKWISE, p.ok.text),
    };
    icon_ui(ui, icon, color);
}
