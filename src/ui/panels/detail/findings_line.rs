//! One line on what the outputs look like beside their source.

use egui::{Ui, vec2};

use crate::knowledge::findings::{FindingKind, findings};
use crate::model::Detail;
use crate::state::{Action, DetailAction, Tab};
use crate::text::{Text, detail as say, format};
use crate::ui::theme::{self, S8};
use crate::ui::widgets::{Button, Line, label, memo};
use crate::ui::{Actions, Cx, icons};

use super::values::icon_ui;

/// What the line says.
#[derive(Debug, PartialEq)]
pub(super) enum FindingsLine {
    /// There is nothing to compare.
    Silent,
    Clean,
    /// In time, so that the icon can say so.
    Shorter(String),
    Others(String),
}

/// Builds the line; it counts what the outputs tab counts.
pub(super) fn line(detail: &Detail, text: &Text) -> FindingsLine {
    let all: Vec<FindingKind> = findings(detail)
        .into_iter()
        .map(|finding| finding.what)
        .collect();
    let is_missing = |what: &FindingKind| *what == FindingKind::MissingRung;
    let (missing, odd): (Vec<FindingKind>, Vec<FindingKind>) =
        all.iter().copied().partition(is_missing);
    match (missing.len(), odd.len()) {
        (0, 0) => without_findings(detail),
        (lost, 0) => FindingsLine::Others(say::missing(text.lang, lost)),
        (lost, short) => match all_short(&odd) {
            Some(by) => {
                let by = format::duration(by);
                FindingsLine::Shorter(say::shorter(text.lang, short, &by, lost))
            }
            None => FindingsLine::Others(say::findings(text.lang, all.len(), &kinds(&all, text))),
        },
    }
}

fn without_findings(detail: &Detail) -> FindingsLine {
    let made = detail.sub_tasks.iter().any(|sub| !sub.outputs.is_empty());
    if made && detail.media.is_some() {
        FindingsLine::Clean
    } else {
        FindingsLine::Silent
    }
}

/// The largest gap, when all outputs in question end early by the same second.
fn all_short(found: &[FindingKind]) -> Option<f64> {
    let gaps: Option<Vec<f64>> = found
        .iter()
        .map(|what| match what {
            FindingKind::DurationDrift { secs } if *secs < 0.0 => Some(-secs),
            _ => None,
        })
        .collect();
    let gaps = gaps?;
    let longest = gaps.iter().copied().fold(0.0, f64::max);
    gaps.iter()
        .all(|gap| longest - gap < 1.0)
        .then_some(longest)
}

fn kinds(found: &[FindingKind], text: &Text) -> Vec<&'static str> {
    let words = text.detail;
    let mut kinds: Vec<&'static str> = Vec::new();
    for what in found {
        let name = match what {
            FindingKind::MissingRung => words.missing_rung,
            FindingKind::Upscaled { .. } => words.upscaled,
            FindingKind::AboveSourceBitrate { .. } => words.above_source_bitrate,
            FindingKind::DurationDrift { .. } => words.duration_drift,
            FindingKind::LostAudio => words.lost_audio,
            FindingKind::DefinitionDiffers { .. } => words.definition_differs,
        };
        if !kinds.contains(&name) {
            kinds.push(name);
        }
    }
    kinds
}

pub(super) fn findings_line_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    let line = memo(ui, "findings-line", cx.detail_stamp(), || {
        line(detail, cx.text)
    });
    let p = cx.palette;
    let (icon, color, words) = match &*line {
        FindingsLine::Silent => return,
        FindingsLine::Clean => (icons::CHECK, p.ok.text, cx.text.detail.no_findings),
        FindingsLine::Shorter(words) => (icons::TIMER, p.part.text, words.as_str()),
        FindingsLine::Others(words) => (icons::WARNING, p.part.text, words.as_str()),
    };
    ui.horizontal(|ui| {
        ui.set_min_size(vec2(0.0, 20.0));
        ui.spacing_mut().item_spacing.x = S8;
        icon_ui(ui, icon, color);
        let clean = *line == FindingsLine::Clean;
        let color = if clean { p.text_2 } else { p.text };
        let room = if clean { 0.0 } else { 110.0 };
        ui.scope(|ui| {
            ui.set_max_width((ui.available_width() - room).max(80.0));
            label(ui, &Line::new(words, theme::small(), color));
        });
        if !clean && ui.add(Button::link(cx.text.detail.open_outputs)).clicked() {
            out.push(Action::Detail(DetailAction::SetTab(Tab::Outputs)));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::ui::panels::detail::testing::{sample, text};

    #[test]
    fn short_outputs_are_summed_up() {
        let line = line(&sample("04-partly-failed.json"), &text(Lang::En));
        let words = "2 outputs are 1m34s shorter than the source, 1 is missing.";
        assert_eq!(line, FindingsLine::Shorter(words.to_owned()));
    }

    #[test]
    fn a_clean_task_says_what_was_checked() {
        let line = line(&sample("03-every-result.json"), &text(Lang::En));
        assert_eq!(line, FindingsLine::Clean);
    }

    #[test]
    fn outputs_that_failed_are_named_as_missing() {
        let detail = sample("05-all-failed.json");
        let lost = findings(&detail).len();
        assert!(lost > 1);
        let words = format!("{lost} outputs are missing.");
        let line = line(&detail, &text(Lang::En));
        assert_eq!(line, FindingsLine::Others(words));
    }

    #[test]
    fn without_outputs_there_is_nothing_to_say() {
        let line = line(&Detail::default(), &text(Lang::En));
        assert_eq!(line, FindingsLine::Silent);
    }
}
