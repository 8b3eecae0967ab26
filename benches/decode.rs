//! How fast text becomes rows: one thread, in memory, bytes a second.

use std::fmt::Write as _;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use vodscope::decode::{decode_documents, decode_lines, sniff};

const MEGABYTES: usize = 8;

fn main() {
    divan::main();
}

/// One transcode result with the members a real one has.
fn transcode(out: &mut String, number: usize) {
    let _ = write!(
        out,
        concat!(
            r#"{{"Type":"Transcode","TranscodeTask":{{"Status":"SUCCESS","ErrCode":0,"ErrCodeExt":"","#,
            r#""Message":"SUCCESS","Input":{{"Definition":{definition},"WatermarkSet":[],"MosaicSet":[],"#,
            r#""StartTimeOffset":0,"EndTimeOffset":0}},"Output":{{"Url":"http://125xxx.vod2.myqcloud.com/"#,
            r#"vodtransgzp125xxx/52858907842468{number:05}/v.f{definition}.mp4","Size":{number}20485,"#,
            r#""Container":"mov,mp4,m4a,3gp,3g2,mj2","Height":720,"Width":1280,"Bitrate":1018654,"#,
            r#""Md5":"5d41402abc4b2a76b9719d911017c592","Duration":60.1239991188049,"VideoStreamSet":["#,
            r#"{{"Bitrate":921433,"Height":720,"Width":1280,"Codec":"h264","Fps":25}}],"AudioStreamSet":"#,
            r#"[{{"Bitrate":97221,"SamplingRate":44100,"Codec":"aac"}}],"Definition":{definition}}},"#,
            r#""Progress":100,"BeginProcessTime":"2026-04-02T09:58:34Z","FinishTime":"2026-04-02T10:01:12Z"}},"#,
            r#""AnimatedGraphicTask":null,"SnapshotByTimeOffsetTask":null,"SampleSnapshotTask":null,"#,
            r#""ImageSpriteTask":null,"CoverBySnapshotTask":null,"AdaptiveDynamicStreamingTask":null}}"#
        ),
        definition = 100_010 + number % 4 * 10,
        number = number % 100_000,
    );
}

/// A task flow with as many transcodes as asked for.
fn event(number: usize, transcodes: usize) -> String {
    let mut out = format!(
        concat!(
            r#"{{"EventHandle":"handle-{number}","EventType":"ProcedureStateChanged","FileUploadEvent":null,"#,
            r#""ProcedureStateChangeEvent":{{"TaskId":"1256768367-Procedure-{number:032x}t0","Status":"FINISH","#,
            r#""ErrCode":0,"Message":"SUCCESS","FileId":"528589078424{number:07}","FileName":"动物世界_{number}.mp4","#,
            r#""FileUrl":"http://125xxx.vod2.myqcloud.com/vodgzp125xxx/528589078424/f0.mp4","SessionContext":"#,
            r#""{{\"user\":\"u{number}\",\"from\":\"app\"}}","MetaData":{{"Size":10556,"Container":"mov","#,
            r#""Bitrate":246035,"Height":480,"Width":640,"Duration":60.0312,"Rotate":0}},"MediaProcessResultSet":["#
        ),
        number = number,
    );
    for at in 0..transcodes {
        if at > 0 {
            out.push(',');
        }
        transcode(&mut out, number + at);
    }
    out.push_str(r#"],"AiContentReviewResultSet":[],"TasksPriority":0,"TasksNotifyMode":""},"#);
    out.push_str(
        r#""PullCompleteEvent":null,"EditMediaCompleteEvent":null,"FileDeleteEvent":null}"#,
    );
    out
}

/// Events up to the size, each behind `before` and `between` them.
fn events(transcodes: usize, between: &str) -> String {
    let mut out = String::new();
    for number in 0.. {
        if out.len() > MEGABYTES * 1_000_000 {
            break;
        }
        out.push_str(&event(number, transcodes));
        out.push_str(between);
    }
    out
}

fn run(bencher: Bencher<'_, '_>, text: &str, decode: impl Fn(&[u8]) -> usize + Sync) {
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| decode(black_box(text.as_bytes())));
}

fn line_rows(bytes: &[u8]) -> usize {
    decode_lines(bytes, 0).segment.rows.len()
}

fn document_rows(bytes: &[u8]) -> usize {
    decode_documents(bytes, 0).segment.rows.len()
}

#[divan::bench]
fn lines_of_large_events(bencher: Bencher<'_, '_>) {
    run(bencher, &events(8, "\n"), line_rows);
}

#[divan::bench]
fn lines_of_small_events(bencher: Bencher<'_, '_>) {
    run(bencher, &events(1, "\n"), line_rows);
}

#[divan::bench]
fn log_lines(bencher: Bencher<'_, '_>) {
    let text = events(4, "\n2026-04-02 10:01:12 INFO callback ");
    run(bencher, &text, line_rows);
}

#[divan::bench]
fn a_pull_answer(bencher: Bencher<'_, '_>) {
    let text = format!("{{\"Response\":{{\"EventSet\":[{}{{}}]}}}}", events(8, ","));
    run(bencher, &text, document_rows);
}

#[divan::bench]
fn the_utf8_check_alone(bencher: Bencher<'_, '_>) {
    run(bencher, &events(8, "\n"), |bytes| {
        usize::from(std::str::from_utf8(bytes).is_ok())
    });
}

#[divan::bench]
fn sniffing(bencher: Bencher<'_, '_>) {
    run(bencher, &events(8, "\n"), |bytes| {
        usize::from(sniff(bytes.get(..262_144).unwrap_or(bytes)) == vodscope::model::Shape::Lines)
    });
}
