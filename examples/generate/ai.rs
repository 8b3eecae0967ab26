//! The items of the content review, analysis and recognition sets.

use crate::json::Json;
use crate::outcome::Outcome;
use crate::result::Scene;
use crate::rng::Rng;
use crate::task::{Kind, ReviewKind, SubTask};
use crate::words::{TAGS, sentence};

impl Scene<'_> {
    pub(crate) fn ai_item(&self, json: &mut Json, sub_task: &SubTask) {
        let (kind, member) = names(sub_task.kind);
        let mut rng = Rng::new(sub_task.seed);
        let outcome = Outcome::new(sub_task, &mut rng, self.unix_secs);
        json.element().object(|json| {
            json.key("Type").string(kind);
            json.key(member).object(|json| {
                outcome.state(json);
                json.key("Input")
                    .object(|json| json.key("Definition").int(10));
                json.key("Output");
                if outcome.has_output() {
                    json.object(|json| self.ai_output(json, sub_task, &mut rng));
                } else {
                    json.null();
                }
                outcome.progress(json);
                // Reviews have no times of their own.
                if !matches!(sub_task.kind, Kind::Review(_)) {
                    outcome.times(json);
                }
            });
        });
    }

    fn ai_output(&self, json: &mut Json, sub_task: &SubTask, rng: &mut Rng) {
        match sub_task.kind {
            Kind::Tags => tags(json, sub_task.segments, rng),
            Kind::Speech => speech(json, sub_task.segments, rng),
            _ => self.review(json, sub_task.segments, rng),
        }
    }

    fn review(&self, json: &mut Json, segments: u64, rng: &mut Rng) {
        let suggestion = if segments > 0 { "review" } else { "pass" };
        json.key("Confidence").int(rng.below(100));
        json.key("Suggestion").string(suggestion);
        json.key("Label")
            .string(if segments > 0 { "sexy" } else { "" });
        json.key("SegmentSet").array(|json| {
            for number in 0..segments {
                let url = format!("{}/review/segment_{number}.jpg", self.media.base_url);
                json.element().object(|json| {
                    span(json, number, rng);
                    json.key("Suggestion").string(suggestion);
                    json.key("Label").string("sexy");
                    json.key("Url").string(&url);
                    json.key("PicUrlExpireTime").string("2023-10-08T00:00:00Z");
                });
            }
        });
    }
}

fn names(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Review(ReviewKind::Porn) => ("Porn", "PornTask"),
        Kind::Review(ReviewKind::Terrorism) => ("Terrorism", "TerrorismTask"),
        Kind::Review(ReviewKind::Political) => ("Political", "PoliticalTask"),
        Kind::Review(ReviewKind::PornAsr) => ("Porn.Asr", "PornAsrTask"),
        Kind::Tags => ("Tag", "TagTask"),
        _ => ("AsrFullTextRecognition", "AsrFullTextTask"),
    }
}

fn span(json: &mut Json, number: u64, rng: &mut Rng) {
    let start = number * 4_000_000_000 + rng.below(1_000_000_000);
    json.key("StartTimeOffset").billionths(start);
    json.key("EndTimeOffset").billionths(start + 3_000_000_000);
    json.key("Confidence")
        .billionths(rng.below(100_000_000_000));
}

fn tags(json: &mut Json, count: u64, rng: &mut Rng) {
    json.key("TagSet").array(|json| {
        for _ in 0..count {
            json.element().object(|json| {
                json.key("Tag").string(rng.pick(TAGS));
                json.key("Confidence")
                    .billionths(rng.below(100_000_000_000));
            });
        }
    });
}

fn speech(json: &mut Json, segments: u64, rng: &mut Rng) {
    json.key("SegmentSet").array(|json| {
        for number in 0..segments {
            json.element().object(|json| {
                span(json, number, rng);
                let text = format!("{}{}", sentence(rng), sentence(rng));
                json.key("Text").string(&text);
            });
        }
    });
    json.key("SegmentSetFileUrl").string("");
    json.key("SegmentSetFileUrlExpireTime").string("");
}
