//! The rows of the table of outputs: the source, then every rendition with its rungs.

use super::super::template_words::video_rungs;
use super::cells::{self, Cell};
use super::row::{Instead, Mark, Row};
use super::share::Share;
use super::target::{target_bps, target_of};
use crate::knowledge::error_code::{Vocabulary, explain, short_name};
use crate::knowledge::findings::{Finding, FindingKind, Place, rung_bitrate_bps};
use crate::knowledge::sub_task;
use crate::knowledge::template::{TemplateKind, describe};
use crate::model::{Detail, Media, NodeId, Outcome, Output, OutputKind, ResultSet, Rung, SubTask};
use crate::text::{Text, format, outputs as sentences};

/// All rows. Only what the event says is in them.
pub(super) fn rows(detail: &Detail, found: &[Finding], text: &Text) -> Vec<Row> {
    let sheet = Sheet {
        detail,
        found,
        text,
    };
    let mut out: Vec<Row> = detail
        .media
        .as_ref()
        .map(|media| sheet.source(media))
        .into_iter()
        .collect();
    for (index, sub) in detail.sub_tasks.iter().enumerate() {
        sheet.add_sub_task(&mut out, index, sub);
    }
    out
}

struct Sheet<'a> {
    detail: &'a Detail,
    found: &'a [Finding],
    text: &'a Text,
}

impl Sheet<'_> {
    fn source(&self, media: &Media) -> Row {
        let size = (media.width, media.height);
        let bitrate = media.bitrate_bps.map(|bps| bps as f64);
        let (video, audio) = (&media.video_streams, &media.audio_streams);
        Row {
            name: self.text.detail.source_row.to_owned(),
            cells: [
                Cell::or_missing(cells::resolution(size)),
                Cell::new(cells::short_side(size).unwrap_or_default()).quiet(),
                Cell::or_missing(cells::codec(video, audio)),
                Cell::or_missing(cells::fps(video)),
                cells::stated_bitrate(media.bitrate_bps, media.bitrate_unit_unknown, self.text),
                Cell::default(),
                cells::size(media.size_bytes, self.text),
                cells::duration(media.duration_secs),
            ],
            share: Share::of(bitrate, Some(media), false),
            ..Row::new(Mark::Source)
        }
    }

    fn add_sub_task(&self, out: &mut Vec<Row>, index: usize, sub: &SubTask) {
        let place = Place {
            sub_task: index,
            output: 0,
            rung: None,
        };
        if self.at(place).contains(&FindingKind::MissingRung) {
            out.push(Row {
                instead: Some(self.missing(sub)),
                ..self.named(index, sub)
            });
        } else if is_pending(sub) {
            let words = sentences::running(self.text.lang, sub.progress);
            let words = match sub.outcome {
                Outcome::Running => words,
                _ => self.text.verdicts.sub_waiting.to_owned(),
            };
            out.push(Row {
                instead: Some(Instead::Pending(words)),
                ..self.named(index, sub)
            });
        }
        for (number, output) in sub.outputs.iter().enumerate() {
            let place = Place {
                output: number,
                ..place
            };
            match output.kind {
                OutputKind::Rendition => out.push(self.rendition(place, sub, output)),
                OutputKind::Adaptive => self.add_adaptive(out, place, sub, output),
                _ => {}
            }
        }
    }

    /// A row with the sub-task's template, and nothing in its cells.
    fn named(&self, index: usize, sub: &SubTask) -> Row {
        let kind = TemplateKind::of_sub_task(sub.set, &sub.kind);
        let name = match (sub.definition, sub.set) {
            (Some(definition), ResultSet::Media) => {
                describe(kind, definition, self.text.lang).to_owned()
            }
            _ => sub_task::short(sub.set, &sub.kind, self.text.lang).to_owned(),
        };
        Row {
            number: sub.definition.map(|d| d.to_string()).unwrap_or_default(),
            name,
            sub_task: Some(index),
            node: Some(sub.node),
            template: family(sub),
            ..Row::new(Mark::Output(sub.outcome))
        }
    }

    fn missing(&self, sub: &SubTask) -> Instead {
        let ext = sub.err_code_ext.as_deref().filter(|ext| !ext.is_empty());
        let number = || sub.err_code.map(|code| code.to_string());
        let code = ext.map(|ext| short_name(ext).to_owned()).or_else(number);
        let vocabulary = Vocabulary::of_type(&self.detail.event_type);
        let known = explain(sub.err_code, ext, vocabulary);
        let message = || sub.message.clone().unwrap_or_default();
        Instead::Missing {
            code: code
                .or_else(|| sub.err_code_text.clone())
                .unwrap_or_default(),
            why: known.map_or_else(message, |known| {
                known.meaning.get(self.text.lang).to_owned()
            }),
        }
    }

    fn rendition(&self, place: Place, sub: &SubTask, output: &Output) -> Row {
        let found = self.at(place);
        let media = self.detail.media.as_ref();
        let unit_is_unknown = media.is_some_and(|media| media.bitrate_unit_unknown);
        let size = (output.width, output.height);
        let bitrate = output.bitrate_bps.map(|bps| bps as f64);
        let above = cells::above_bitrate(&found, self.text);
        Row {
            share: Share::of(bitrate, media, above.is_some()),
            cells: [
                Cell::or_missing(cells::resolution(size))
                    .flagged(cells::upscaled(&found, self.text)),
                Cell::new(cells::short_side(size).unwrap_or_default()).quiet(),
                Cell::or_missing(cells::codec(&output.video_streams, &output.audio_streams)),
                Cell::or_missing(cells::fps(&output.video_streams)),
                cells::stated_bitrate(output.bitrate_bps, unit_is_unknown, self.text)
                    .flagged(above),
                self.target(sub),
                cells::size(output.size_bytes, self.text),
                cells::duration(output.duration_secs).flagged(cells::drifted(&found, self.text)),
            ],
            tags: cells::tags(&found, self.text),
            node: Some(output.node),
            url: output.url.clone(),
            ..self.named(place.sub_task, sub)
        }
    }

    fn add_adaptive(&self, out: &mut Vec<Row>, place: Place, sub: &SubTask, output: &Output) {
        let media = self.detail.media.as_ref();
        let total = cells::adaptive_size(output);
        let average = cells::average(total, media);
        let named = self.named(place.sub_task, sub);
        let words = self.text.detail;
        let rungs = Some(video_rungs(output)).filter(|n| *n > 0);
        out.push(Row {
            name: self.adaptive_name(sub, output, &named.name),
            cells: [
                Cell::or_missing(rungs.map(|n| sentences::rungs(self.text.lang, n))),
                Cell::default(),
                Cell::or_missing(None),
                Cell::or_missing(None),
                cells::average_bitrate(average, self.text),
                Cell::new(words.all_rungs).quiet(),
                cells::size(total, self.text),
                cells::duration(output.duration_secs),
            ],
            share: Share::of(average, media, average_is_over(average, media)),
            tags: cells::tags(&self.at(place), self.text),
            has_rungs: !output.rungs.is_empty(),
            node: Some(output.node),
            url: output.url.clone(),
            ..named
        });
        for (number, rung) in output.rungs.iter().enumerate() {
            let place = Place {
                rung: Some(number),
                ..place
            };
            out.push(self.rung(place, rung, output.node));
        }
    }

    /// "Adaptive HLS": the packaging as the event says it, where the template does not.
    fn adaptive_name(&self, sub: &SubTask, output: &Output, template: &str) -> String {
        let short = sub_task::short(sub.set, &sub.kind, self.text.lang);
        let package = output.package.as_deref().unwrap_or_default();
        if template.to_lowercase().contains(&package.to_lowercase()) {
            format!("{short} {template}")
        } else {
            format!("{short} {template} {package}")
        }
    }

    fn rung(&self, place: Place, rung: &Rung, node: NodeId) -> Row {
        let found = self.at(place);
        let media = self.detail.media.as_ref();
        let average = rung_bitrate_bps(rung, media);
        let above = cells::above_bitrate(&found, self.text);
        let size = (rung.width, rung.height);
        let target = match average {
            Some(_) => Cell::new(self.text.detail.average).hint(self.text.outputs.average_why),
            None => Cell::default(),
        };
        Row {
            name: rung
                .kind
                .clone()
                .unwrap_or_else(|| format::MISSING.to_owned()),
            share: Share::of(average, media, above.is_some()),
            cells: [
                Cell::or_missing(cells::resolution(size))
                    .flagged(cells::upscaled(&found, self.text)),
                Cell::new(cells::short_side(size).unwrap_or_default()).quiet(),
                Cell::default(),
                Cell::default(),
                cells::average_bitrate(average, self.text).flagged(above),
                target.quiet(),
                cells::size(rung.size_bytes, self.text),
                Cell::default(),
            ],
            sub_task: Some(place.sub_task),
            node: Some(node),
            ..Row::new(Mark::Rung)
        }
    }

    fn target(&self, sub: &SubTask) -> Cell {
        match target_of(sub).and_then(|target| target_bps(&target)) {
            Some(bps) => Cell::new(format::bitrate(bps))
                .quiet()
                .hint(self.text.outputs.target_why),
            None => Cell::or_missing(None),
        }
    }

    fn at(&self, place: Place) -> Vec<FindingKind> {
        let here = self.found.iter().filter(|finding| finding.place == place);
        here.map(|finding| finding.what).collect()
    }
}

fn is_pending(sub: &SubTask) -> bool {
    let makes_media = matches!(sub.kind.as_str(), "Transcode" | "AdaptiveDynamicStreaming");
    makes_media
        && sub.outputs.is_empty()
        && matches!(sub.outcome, Outcome::Running | Outcome::Waiting)
}

fn average_is_over(average: Option<f64>, media: Option<&Media>) -> bool {
    let source = media.and_then(|media| media.bitrate_bps);
    average
        .zip(source)
        .is_some_and(|(average, source)| average > source as f64)
}

fn family(sub: &SubTask) -> Option<(String, u32)> {
    let definition = u32::try_from(sub.definition?).ok()?;
    let family = match sub.set {
        ResultSet::Media => sub.kind.as_str(),
        ResultSet::ContentReview => "AiContentReview",
        ResultSet::Analysis => "AiAnalysis",
        ResultSet::Recognition => "AiRecognition",
    };
    Some((family.to_owned(), definition))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{sample, text};
    use super::*;
    use crate::knowledge::findings::findings;
    use crate::model::Lang;

    fn lines(detail: &Detail, lang: Lang) -> String {
        let rows = rows(detail, &findings(detail), &text(lang));
        let lines: Vec<String> = rows.iter().map(|row| row.columns().join(" | ")).collect();
        lines.join("\n")
    }

    #[test]
    fn every_output_is_held_against_its_source() {
        insta::assert_snapshot!(lines(&sample("03-every-result.json"), Lang::En));
    }

    #[test]
    fn short_outputs_stand_out() {
        insta::assert_snapshot!(lines(&sample("04-partly-failed.json"), Lang::En));
        insta::assert_snapshot!(lines(&sample("04-partly-failed.json"), Lang::Zh));
    }

    #[test]
    fn a_running_rendition_has_its_progress_in_place_of_cells() {
        insta::assert_snapshot!(lines(&sample("06-running.json"), Lang::En));
    }

    #[test]
    fn failed_renditions_are_missing_rungs() {
        insta::assert_snapshot!(lines(&sample("05-all-failed.json"), Lang::En));
    }

    #[test]
    fn without_a_source_there_is_no_share_and_no_source_row() {
        let mut detail = sample("03-every-result.json");
        detail.media = None;
        let rows = rows(&detail, &findings(&detail), &text(Lang::En));
        assert!(
            rows.iter()
                .all(|row| row.mark != Mark::Source && row.share.is_none())
        );
    }
}
