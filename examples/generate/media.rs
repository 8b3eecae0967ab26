//! The source media of a task, and the streams of every file.

use crate::json::Json;
use crate::rng::Rng;

/// What sub-tasks must agree on.
#[derive(Clone, Debug)]
pub(crate) struct Media {
    pub(crate) file_id: String,
    /// Where all files of this media are, without a slash at the end.
    pub(crate) base_url: String,
    pub(crate) duration_secs: u64,
    pub(crate) height: u64,
}

impl Media {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let application = rng.between(1_200_000_000, 1_299_999_999);
        let file_id = rng.between(1_000_000_000_000_000_000, 8_999_999_999_999_999_999);
        let mut folder = String::new();
        rng.hex(8, &mut folder);
        let base_url =
            format!("https://{application}.vod2.myqcloud.com/{folder}vodcq{application}/{file_id}");
        Self {
            file_id: file_id.to_string(),
            base_url,
            duration_secs: rng.between(5, 5400),
            height: rng.pick(&[480, 720, 1080, 1080, 1440, 2160]),
        }
    }

    pub(crate) fn meta_data(&self, json: &mut Json, rng: &mut Rng) {
        let bitrate = rng.between(400_000, 9_000_000);
        let duration = self.duration_secs * 1_000_000_000 + rng.below(1_000_000_000);
        json.object(|json| {
            json.key("AudioDuration").billionths(duration);
            json.key("AudioStreamSet");
            audio_streams(json, rng);
            json.key("Bitrate").int(bitrate);
            json.key("Container").string("mov,mp4,m4a,3gp,3g2,mj2");
            json.key("Duration").billionths(duration);
            json.key("Height").int(self.height);
            json.key("Md5").string("");
            json.key("Rotate").int(rng.pick(&[0, 0, 0, 90]));
            json.key("Size").int(bitrate / 8 * self.duration_secs);
            json.key("VideoDuration").billionths(duration);
            json.key("VideoStreamSet");
            video_streams(json, self.height, bitrate);
            json.key("Width").int(width(self.height));
        });
    }
}

pub(crate) fn width(height: u64) -> u64 {
    height * 16 / 9
}

pub(crate) fn video_streams(json: &mut Json, height: u64, bitrate_bps: u64) {
    json.array(|json| {
        json.element().object(|json| {
            json.key("Bitrate").int(bitrate_bps);
            json.key("Codec").string("h264");
            json.key("CodecTag").string("");
            json.key("DynamicRangeInfo").object(|json| {
                json.key("HDRType").string("");
                json.key("Type").string("SDR");
            });
            json.key("Fps").int(25);
            json.key("Height").int(height);
            json.key("Width").int(width(height));
        });
    });
}

pub(crate) fn audio_streams(json: &mut Json, rng: &mut Rng) {
    json.array(|json| {
        json.element().object(|json| {
            json.key("Bitrate").int(rng.between(32_000, 192_000));
            json.key("Codec").string("aac");
            json.key("SamplingRate").int(44_100);
        });
    });
}
