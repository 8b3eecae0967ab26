//! What the ladder shows: marks with a short side and a bitrate, and the lines between rungs.

use super::super::outputs::target::{target_bps, target_of, target_short_side};
use crate::knowledge::findings::{Finding, FindingKind, rung_bitrate_bps, short_side};
use crate::knowledge::template::{TemplateKind, preset};
use crate::model::{Detail, Media, Outcome, Output, OutputKind, SubTask};
use crate::text::{Text, format, outputs as sentences};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Source,
    Output,
    Flagged,
    Rung,
    Missing,
    Target,
}

/// A mark.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) kind: Kind,
    pub(super) short_side: f64,
    pub(super) bps: f64,
    /// Empty when the mark stands without one.
    pub(super) label: String,
    /// What it says when it is pointed at.
    pub(super) hint: String,
}

/// The source: either line is drawn where its value is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Source {
    pub(super) short_side: Option<f64>,
    pub(super) bps: Option<f64>,
    pub(super) label: String,
    pub(super) bitrate_label: String,
}

/// The rungs of one adaptive stream, smallest first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    pub(super) label: String,
    pub(super) points: Vec<(f64, f64)>,
}

/// All that is plotted.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Ladder {
    pub(super) source: Source,
    pub(super) points: Vec<Point>,
    pub(super) chains: Vec<Chain>,
}

impl Ladder {
    /// `None` when no output tells both its size and its bitrate.
    pub(in super::super) fn of(detail: &Detail, found: &[Finding], text: &Text) -> Option<Self> {
        let media = detail.media.as_ref();
        if media.is_some_and(|media| media.bitrate_unit_unknown) {
            return None;
        }
        let mut ladder = Self {
            source: media.map(|media| source(media, text)).unwrap_or_default(),
            points: Vec::new(),
            chains: Vec::new(),
        };
        let maker = Maker { media, found, text };
        for (index, sub) in detail.sub_tasks.iter().enumerate() {
            maker.add(&mut ladder, index, sub);
        }
        let is_made = |point: &Point| !matches!(point.kind, Kind::Missing | Kind::Target);
        ladder.points.iter().any(is_made).then_some(ladder)
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        match kind {
            Kind::Source => self.source.short_side.is_some() || self.source.bps.is_some(),
            other => self.points.iter().any(|point| point.kind == other),
        }
    }
}

fn source(media: &Media, text: &Text) -> Source {
    let size = media.width.zip(media.height);
    let size = size.map(|(width, height)| format::resolution(width, height));
    let bitrate = media.bitrate_bps.filter(|bps| *bps > 0);
    Source {
        short_side: short_side(media.width, media.height).map(|side| side as f64),
        bps: bitrate.map(|bps| bps as f64),
        label: sentences::source_size(text.lang, &size.unwrap_or_default()),
        bitrate_label: bitrate
            .map(|bps| sentences::source_bitrate(text.lang, &format::bitrate(bps)))
            .unwrap_or_default(),
    }
}

struct Maker<'a> {
    media: Option<&'a Media>,
    found: &'a [Finding],
    text: &'a Text,
}

impl Maker<'_> {
    fn add(&self, ladder: &mut Ladder, index: usize, sub: &SubTask) {
        let number = sub.definition.map(|d| d.to_string()).unwrap_or_default();
        if self.is_missing(index) {
            ladder.points.extend(self.missing(sub, &number));
        } else if sub.outcome != Outcome::Failed {
            ladder.points.extend(target(sub, String::new()));
        }
        for (at, output) in sub.outputs.iter().enumerate() {
            match output.kind {
                OutputKind::Rendition => {
                    ladder
                        .points
                        .extend(self.rendition((index, at), output, &number));
                }
                OutputKind::Adaptive => self.add_chain(ladder, sub, output),
                _ => {}
            }
        }
    }

    fn is_missing(&self, index: usize) -> bool {
        self.found.iter().any(|finding| {
            finding.what == FindingKind::MissingRung && finding.place.sub_task == index
        })
    }

    /// A missing rung stands where its template would have put it.
    fn missing(&self, sub: &SubTask, number: &str) -> Option<Point> {
        let label = format!("{number} {}", self.text.detail.missing);
        let point = target(sub, label.trim().to_owned())?;
        Some(Point {
            kind: Kind::Missing,
            hint: format!(
                "{}\n{} {}",
                point.label, self.text.detail.target, point.hint
            ),
            ..point
        })
    }

    fn rendition(
        &self,
        (index, at): (usize, usize),
        output: &Output,
        number: &str,
    ) -> Option<Point> {
        let bps = output.bitrate_bps.filter(|bps| *bps > 0)?;
        let side = short_side(output.width, output.height)?;
        let here = self.found.iter().filter(|finding| {
            let place = finding.place;
            place.sub_task == index && place.output == at && place.rung.is_none()
        });
        let flags: Vec<String> = here.filter_map(|finding| self.flag(finding.what)).collect();
        let kind = if flags.is_empty() {
            Kind::Output
        } else {
            Kind::Flagged
        };
        let label = format!("{number} {}", flags.join(", "));
        let label = label.trim().to_owned();
        Some(Point {
            kind,
            short_side: side as f64,
            bps: bps as f64,
            hint: format!("{label}\n{side}p · {}", format::bitrate(bps)),
            label,
        })
    }

    /// Only what the plot can show: size and bitrate.
    fn flag(&self, kind: FindingKind) -> Option<String> {
        match kind {
            FindingKind::Upscaled { .. } => Some(self.text.outputs.upscaled.to_owned()),
            FindingKind::AboveSourceBitrate { share } => Some(sentences::above(share)),
            _ => None,
        }
    }

    fn add_chain(&self, ladder: &mut Ladder, sub: &SubTask, output: &Output) {
        let rung = |rung| {
            let bps = rung_bitrate_bps(rung, self.media)?;
            Some((short_side(rung.width, rung.height)? as f64, bps))
        };
        let mut points: Vec<(f64, f64)> = output.rungs.iter().filter_map(rung).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        if points.is_empty() {
            return;
        }
        let label = self.chain_label(sub, output);
        ladder
            .points
            .extend(points.iter().map(|&(short_side, bps)| Point {
                kind: Kind::Rung,
                short_side,
                bps,
                label: String::new(),
                hint: format!(
                    "{label}\n{short_side}p · {} kbps\n{}",
                    format::plain((bps / 1e3).round()),
                    self.text.outputs.average_why
                ),
            }));
        ladder.chains.push(Chain { label, points });
    }

    fn chain_label(&self, sub: &SubTask, output: &Output) -> String {
        let number = sub.definition.map(|d| d.to_string()).unwrap_or_default();
        let family = TemplateKind::AdaptiveDynamicStreaming;
        let known = sub
            .definition
            .and_then(|definition| preset(family, definition));
        let name = known.map(|known| known.name.get(self.text.lang));
        let name = name.or(output.package.as_deref()).unwrap_or_default();
        format!("{name} {number}").trim().to_owned()
    }
}

/// Where a template aims.
fn target(sub: &SubTask, label: String) -> Option<Point> {
    let target = target_of(sub)?;
    let bps = target_bps(&target)?;
    let side = target_short_side(&target)?;
    Some(Point {
        kind: Kind::Target,
        short_side: f64::from(side),
        bps: bps as f64,
        label,
        hint: format!("{side}p · {}", format::bitrate(bps)),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{sample, text};
    use super::*;
    use crate::knowledge::findings::findings;
    use crate::model::Lang;

    fn ladder(detail: &Detail) -> Option<Ladder> {
        Ladder::of(detail, &findings(detail), &text(Lang::En))
    }

    #[test]
    fn sizes_and_bitrates_become_marks() {
        let ladder = ladder(&sample("03-every-result.json")).unwrap();
        let lines = ladder.points.iter().map(|point| {
            let (side, kbps) = (point.short_side, point.bps / 1e3);
            format!("{:?} {side}p {kbps:.0} kbps {}", point.kind, point.label)
        });
        let lines: Vec<String> = lines.collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn a_missing_rung_stands_where_its_template_aims() {
        let mut detail = sample("04-partly-failed.json");
        let points = |detail: &Detail| {
            let points = ladder(detail)
                .map(|ladder| ladder.points)
                .unwrap_or_default();
            points
                .into_iter()
                .filter(|point| point.kind == Kind::Missing)
                .collect::<Vec<_>>()
        };
        let missing = points(&detail);
        assert_eq!(missing.len(), 1, "{missing:?}");
        for sub in &mut detail.sub_tasks {
            sub.definition = Some(987_654);
        }
        assert_eq!(points(&detail), []);
    }

    #[test]
    fn nothing_is_plotted_where_units_are_open_or_nothing_was_made() {
        let mut detail = sample("03-every-result.json");
        detail.media.as_mut().unwrap().bitrate_unit_unknown = true;
        assert_eq!(ladder(&detail), None);
        assert_eq!(ladder(&sample("05-all-failed.json")), None);
    }
}
