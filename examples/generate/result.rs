//! The items of `MediaProcessResultSet`.

use crate::json::Json;
use crate::media::{Media, audio_streams, video_streams, width};
use crate::options::Profile;
use crate::outcome::Outcome;
use crate::rng::Rng;
use crate::task::{Kind, SubTask};

/// (kind, `Type`, member)
const MEMBERS: &[(Kind, &str, &str)] = &[
    (Kind::Transcode, "Transcode", "TranscodeTask"),
    (
        Kind::AnimatedGraphics,
        "AnimatedGraphics",
        "AnimatedGraphicTask",
    ),
    (
        Kind::TimePoints,
        "SnapshotByTimeOffset",
        "SnapshotByTimeOffsetTask",
    ),
    (Kind::SampleSnapshot, "SampleSnapshot", "SampleSnapshotTask"),
    (Kind::Sprites, "ImageSprites", "ImageSpriteTask"),
    (Kind::Cover, "CoverBySnapshot", "CoverBySnapshotTask"),
    (
        Kind::Adaptive,
        "AdaptiveDynamicStreaming",
        "AdaptiveDynamicStreamingTask",
    ),
];

/// What the items of one event share.
pub(crate) struct Scene<'a> {
    pub(crate) media: &'a Media,
    pub(crate) profile: Profile,
    pub(crate) unix_secs: u64,
}

impl Scene<'_> {
    pub(crate) fn item(&self, json: &mut Json, sub_task: &SubTask) {
        json.element().object(|json| {
            let own = MEMBERS.iter().find(|member| member.0 == sub_task.kind);
            json.key("Type").string(own.map_or("", |own| own.1));
            for (kind, _, member) in MEMBERS {
                if *kind == sub_task.kind {
                    json.key(member);
                    self.task(json, sub_task);
                } else if self.profile == Profile::Mixed {
                    json.key(member).null();
                }
            }
        });
    }

    fn task(&self, json: &mut Json, sub_task: &SubTask) {
        let mut rng = Rng::new(sub_task.seed);
        let outcome = Outcome::new(sub_task, &mut rng, self.unix_secs);
        let definition = definition(sub_task.kind, &mut rng);
        json.object(|json| {
            outcome.state(json);
            json.key("Input");
            self.input(json, sub_task.kind, definition);
            json.key("Output");
            if outcome.has_output() {
                json.object(|json| self.output(json, (sub_task.kind, definition), &mut rng));
            } else {
                json.null();
            }
            outcome.progress(json);
            outcome.times(json);
        });
    }

    fn input(&self, json: &mut Json, kind: Kind, definition: u64) {
        json.object(|json| {
            json.key("Definition").int(definition);
            match kind {
                Kind::Transcode if self.profile == Profile::Mixed => transcode_input(json),
                Kind::Cover => {
                    json.key("PositionType").string("Time");
                    json.key("PositionValue")
                        .int(self.media.duration_secs.min(5));
                    json.key("WatermarkSet").array(|_| {});
                }
                Kind::AnimatedGraphics => {
                    json.key("StartTimeOffset").int(1);
                    json.key("EndTimeOffset")
                        .int(self.media.duration_secs.min(9));
                }
                _ => json.key("WatermarkSet").array(|_| {}),
            }
        });
    }

    fn output(&self, json: &mut Json, (kind, definition): (Kind, u64), rng: &mut Rng) {
        match kind {
            Kind::Transcode => self.transcode(json, definition, rng),
            Kind::Adaptive => self.adaptive(json, definition, rng),
            Kind::SampleSnapshot => {
                json.key("Definition").int(definition);
                json.key("SampleType").string("Percent");
                json.key("Interval").int(10);
                self.pictures(json, "sampleSnapshot", rng.between(10, 100));
                json.key("WaterMarkDefinition").array(|_| {});
            }
            Kind::Sprites => {
                json.key("Definition").int(definition);
                json.key("Height").int(80);
                json.key("Width").int(142);
                json.key("TotalCount").int(100);
                self.pictures(json, "imageSprite", rng.between(1, 8));
                let vtt = self.url("imageSprite", "imageSprite_10.vtt");
                json.key("WebVttUrl").string(&vtt);
            }
            Kind::Cover => {
                let url = self.url("coverBySnapshot", "coverBySnapshot_10_0.jpg");
                json.key("CoverUrl").string(&url);
            }
            Kind::AnimatedGraphics => self.animated(json, definition, rng),
            _ => self.time_points(json, definition, rng),
        }
    }

    fn transcode(&self, json: &mut Json, definition: u64, rng: &mut Rng) {
        let height = rng.pick(&[360, 540, 720, 1080]).min(self.media.height);
        let bitrate = height * 1500 + rng.below(90_000);
        json.key("Url")
            .string(&self.url("", &format!("v.f{definition}.mp4")));
        json.key("Definition").int(definition);
        json.key("Bitrate").int(bitrate);
        json.key("Height").int(height);
        json.key("Width").int(width(height));
        json.key("Size").int(bitrate / 8 * self.media.duration_secs);
        let duration = self.media.duration_secs * 1_000_000_000 + rng.below(900_000_000);
        json.key("Duration").billionths(duration);
        let mut md5 = String::new();
        rng.hex(32, &mut md5);
        json.key("Md5").string(&md5);
        json.key("Container").string("mov,mp4,m4a,3gp,3g2,mj2");
        if self.profile == Profile::Mixed {
            json.key("VideoStreamSet");
            video_streams(json, height, bitrate);
            json.key("AudioStreamSet");
            audio_streams(json, rng);
            json.key("DigitalWatermarkType").string("None");
            json.key("CopyRightWatermarkText").string("");
        }
    }

    fn adaptive(&self, json: &mut Json, definition: u64, rng: &mut Rng) {
        let streams = rng.between(3, 7);
        json.key("Definition").int(definition);
        json.key("Package").string("hls");
        json.key("DrmType").string("");
        json.key("Url")
            .string(&self.url("", &format!("adp.{definition}.m3u8")));
        json.key("Size").int(rng.between(1_000_000, 900_000_000));
        json.key("DigitalWatermarkType").string("None");
        json.key("SubStreamSet").array(|json| {
            for height in [0, 240, 360, 540, 720, 1080, 1440]
                .into_iter()
                .take(index(streams))
            {
                json.element().object(|json| {
                    json.key("Type")
                        .string(if height == 0 { "audio" } else { "video" });
                    json.key("Width").int(width(height));
                    json.key("Height").int(height);
                    json.key("Size").int(rng.between(100_000, 90_000_000));
                });
            }
        });
    }

    fn animated(&self, json: &mut Json, definition: u64, rng: &mut Rng) {
        let url = self.url(
            "animatedGraphics",
            &format!("animatedGraphics_{definition}_0.gif"),
        );
        json.key("Url").string(&url);
        json.key("Definition").int(definition);
        json.key("Container").string("gif");
        json.key("Height").int(270);
        json.key("Width").int(480);
        json.key("Bitrate").int(rng.between(300_000, 2_000_000));
        json.key("Size").int(rng.between(300_000, 9_000_000));
        json.key("StartTimeOffset").int(1);
        json.key("EndTimeOffset")
            .int(self.media.duration_secs.min(9));
    }

    fn time_points(&self, json: &mut Json, definition: u64, rng: &mut Rng) {
        json.key("Definition").int(definition);
        json.key("PicInfoSet").array(|json| {
            for point in 0..rng.between(1, 12) {
                let name = format!("snapshotByTimeOffset_{definition}_{point}.jpg");
                json.element().object(|json| {
                    json.key("TimeOffset").int(point * 1000);
                    json.key("Url")
                        .string(&self.url("snapshotByTimeOffset", &name));
                    json.key("WaterMarkDefinition").array(|_| {});
                });
            }
        });
    }

    fn pictures(&self, json: &mut Json, name: &str, count: u64) {
        let url = |index| self.url(name, &format!("{name}_10_{index}.jpg"));
        let urls: Vec<_> = (0..count).map(url).collect();
        json.key("ImageUrlSet")
            .strings(urls.iter().map(String::as_str));
    }

    fn url(&self, folder: &str, name: &str) -> String {
        let slash = if folder.is_empty() { "" } else { "/" };
        format!("{}{slash}{folder}/{name}", self.media.base_url)
    }
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn definition(kind: Kind, rng: &mut Rng) -> u64 {
    match kind {
        Kind::Transcode => rng.pick(&[100_010, 100_020, 100_030, 100_040, 20, 161_978]),
        Kind::Adaptive => rng.pick(&[10, 10, 12, 20]),
        Kind::AnimatedGraphics => 20_000,
        _ => 10,
    }
}

fn transcode_input(json: &mut Json) {
    json.key("WatermarkSet").array(|_| {});
    for member in ["TraceWatermark", "CopyRightWatermark", "BlindWatermark"] {
        json.key(member).null();
    }
    json.key("MosaicSet").array(|_| {});
    json.key("HeadTailSet").array(|_| {});
    json.key("StartTimeOffset").int(0);
    json.key("EndTimeOffset").int(0);
}
