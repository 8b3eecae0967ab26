//! The pictures of the selected task, without a window: what there is, whom one may ask for it,
//! and what each action asks of the world.
#![expect(
    unreachable_pub,
    reason = "the support files are shared between test programs"
)]
#![expect(clippy::unwrap_used, reason = "a test says what is wrong by panicking")]

#[path = "support/scenario.rs"]
#[expect(dead_code, reason = "shared with the other tests of the state")]
mod scenario;
#[path = "support/segments.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the index, which use all of it"
)]
mod segments;

use std::sync::Arc;

use scenario::Scenario;
use segments::event;
use vodscope::decode::detail::detail;
use vodscope::model::{
    Consent, Detail, Format, HostRule, PictureFault, PictureFormat, PictureInfo, PictureKey,
    PictureRequest, PictureSize, Secret, SpriteCue, Wrapping,
};
use vodscope::state::{
    Action, AppAction, DetailAction, Effect, GroupKind, LightboxStep, ListAction, Loaded, Move,
    PictureState, PreviewAction, PreviewEffect, PreviewNews, Sampling, ToastKind, TrackSource,
    WallSize, Zoom, ZoomStep,
};

const VOD: &str = "https://1251234567.vod2.myqcloud.com";
const OTHER: &str = "https://img.savanna.cn";

/// A cover and a wall on a default domain, an animation elsewhere, sprites with their file.
fn sample() -> Detail {
    let text = format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{
        "TaskId":"b","Status":"FINISH","ErrCode":0,"MetaData":{{"Duration":100}},
        "MediaProcessResultSet":[
        {{"Type":"CoverBySnapshot","CoverBySnapshotTask":{{"Status":"SUCCESS","ErrCode":0,
          "Input":{{"Definition":10,"PositionType":"Percent","PositionValue":50}},
          "Output":{{"CoverUrl":"{VOD}/cover.jpg"}}}}}},
        {{"Type":"SampleSnapshot","SampleSnapshotTask":{{"Status":"SUCCESS","ErrCode":0,
          "Input":{{"Definition":10}},"Output":{{"Definition":10,"SampleType":"Percent",
          "Interval":10,"ImageUrlSet":["{VOD}/s0.jpg","{VOD}/s1.jpg"]}}}}}},
        {{"Type":"SnapshotByTimeOffset","SnapshotByTimeOffsetTask":{{"Status":"SUCCESS",
          "ErrCode":0,"Input":{{"Definition":10}},"Output":{{"Definition":10,
          "PicInfoSet":[{{"TimeOffset":3500,"Url":"{VOD}/t0.jpg"}}]}}}}}},
        {{"Type":"ImageSprites","ImageSpriteTask":{{"Status":"SUCCESS","ErrCode":0,
          "Input":{{"Definition":77}},"Output":{{"Definition":77,"Width":100,"Height":50,
          "TotalCount":4,"ImageUrlSet":["{VOD}/sheet.jpg"],"WebVttUrl":"{VOD}/cells.vtt"}}}}}},
        {{"Type":"AnimatedGraphics","AnimatedGraphicTask":{{"Status":"SUCCESS","ErrCode":0,
          "Input":{{"Definition":20000}},"Output":{{"Definition":20000,"Url":"{OTHER}/a.gif",
          "Container":"gif","StartTimeOffset":10,"EndTimeOffset":15,"Size":9}}}}}},
        {{"Type":"Transcode","TranscodeTask":{{"Status":"SUCCESS","ErrCode":0,
          "Input":{{"Definition":100030}},"Output":{{"Url":"{VOD}/v.mp4","Size":5,
          "Container":"mp4"}}}}}}]}}}}"#
    );
    detail(text.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap()
}

fn tasks() -> Scenario {
    let events = [event("a").time(10, 100), event("b").time(10, 200)];
    Scenario::new()
        .opened(0, "events.ndjson")
        .rows(0, &events)
        .ended(0)
}

fn read(scenario: Scenario, detail: Detail) -> Scenario {
    let ticket = scenario.state.detail.ticket;
    let task = scenario.state.list.selected.unwrap();
    let detail = Arc::new(detail);
    scenario.act(Action::Detail(DetailAction::Loaded(Arc::new(Loaded {
        ticket,
        task,
        detail,
    }))))
}

/// The sample is selected and read; nobody was allowed yet.
fn opened() -> Scenario {
    read(tasks(), sample()).done()
}

/// The same with every host allowed for this run.
fn allowed() -> Scenario {
    opened()
        .preview(PreviewAction::AllowVod(Consent::Once))
        .preview(PreviewAction::Allow {
            host: "img.savanna.cn".to_owned(),
            consent: Consent::Once,
        })
        .done()
}

trait Steps {
    fn preview(self, action: PreviewAction) -> Self;
    fn news(self, news: PreviewNews) -> Self;
    fn seen(self, urls: &[&str]) -> Self;
    fn ready(self, url: &str) -> Self;
    /// Forgets what was asked of the world so far.
    fn done(self) -> Self;
    /// What was asked of the world about pictures, and nothing else.
    fn asked(&self) -> Vec<PreviewEffect>;
    fn is_saved(&self) -> bool;
    fn fault(&self, url: &str) -> Option<PictureFault>;
}

impl Steps for Scenario {
    fn preview(self, action: PreviewAction) -> Self {
        self.act(Action::Preview(action))
    }

    fn news(self, news: PreviewNews) -> Self {
        self.preview(PreviewAction::News(news))
    }

    fn seen(self, urls: &[&str]) -> Self {
        let requests = urls.iter().map(|url| request(url)).collect();
        self.preview(PreviewAction::Seen(requests))
    }

    fn ready(self, url: &str) -> Self {
        let key = key(url);
        let info = info(200, 100);
        self.news(PreviewNews::Ready { key, info })
    }

    fn done(mut self) -> Self {
        self.effects.clear();
        self
    }

    fn asked(&self) -> Vec<PreviewEffect> {
        let effects = self.effects.iter().filter_map(|effect| match effect {
            Effect::Preview(effect) => Some(effect.clone()),
            _ => None,
        });
        effects.collect()
    }

    fn is_saved(&self) -> bool {
        self.effects.contains(&Effect::SaveSettings)
    }

    fn fault(&self, url: &str) -> Option<PictureFault> {
        match self.state.previews.state(&key(url)) {
            PictureState::Failed(fault) => Some(fault.clone()),
            _ => None,
        }
    }
}

fn sized(url: &str, size: PictureSize) -> PictureRequest {
    PictureRequest {
        key: PictureKey {
            url: url.into(),
            size,
        },
        expires: None,
    }
}

fn request(url: &str) -> PictureRequest {
    sized(url, PictureSize::Within(128))
}

fn key(url: &str) -> PictureKey {
    request(url).key
}

fn info(width: u32, height: u32) -> PictureInfo {
    PictureInfo {
        format: PictureFormat::Jpeg,
        width,
        height,
        bytes: 9,
        status: 200,
        redirected: None,
        cached: false,
    }
}

fn at(path: &str) -> String {
    format!("{VOD}/{path}")
}

#[test]
fn pictures_stand_in_groups_with_their_times() {
    let scenario = opened();
    let groups = &scenario.state.previews.groups;
    let told: Vec<String> = groups
        .iter()
        .map(|group| {
            let times = group.items.iter();
            let times: Vec<_> = times
                .map(|item| (item.time_secs, item.time_estimated))
                .collect();
            format!("{} {:?} {times:?}", group.task_kind, group.definition)
        })
        .collect();
    assert_eq!(
        told,
        [
            "CoverBySnapshot Some(10) [(Some(50.0), true)]",
            "ImageSprites Some(77) [(None, false)]",
            "SampleSnapshot Some(10) [(Some(0.0), true), (Some(10.0), true)]",
            "SnapshotByTimeOffset Some(10) [(Some(3.5), false)]",
            "AnimatedGraphics Some(20000) [(None, false)]",
        ]
    );
    let kinds: Vec<_> = groups.iter().map(|group| &group.kind).collect();
    assert!(matches!(kinds.first(), Some(GroupKind::Cover)));
    assert_eq!(
        kinds.get(2),
        Some(&&GroupKind::Snapshots(Sampling::EveryPercent(10.0)))
    );
    assert_eq!(kinds.get(3), Some(&&GroupKind::Snapshots(Sampling::ByTime)));
    let animation = scenario.state.previews.item(4, 0).unwrap();
    assert_eq!(animation.range_secs, Some((10.0, 15.0)));
    assert_eq!(scenario.state.previews.count, 6);
}

#[test]
fn no_time_is_made_up_behind_the_end_of_the_video() {
    let text = r#"{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{"TaskId":"a",
        "Status":"FINISH","ErrCode":0,"MetaData":{"Duration":100},"MediaProcessResultSet":[
        {"Type":"SampleSnapshot","SampleSnapshotTask":{"Status":"SUCCESS","ErrCode":0,
        "Input":{"Definition":10},"Output":{"Definition":10,"SampleType":"Percent","Interval":60,
        "ImageUrlSet":["https://a.cn/0.jpg","https://a.cn/1.jpg","https://a.cn/2.jpg"]}}}]}}"#;
    let detail = detail(text.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap();
    let scenario = read(tasks(), detail);
    let group = scenario.state.previews.groups.first().unwrap();
    let times = group.items.iter().map(|item| item.time_secs);
    assert_eq!(times.collect::<Vec<_>>(), [Some(0.0), Some(60.0), None]);
}

#[test]
fn files_that_play_are_listed_and_are_no_pictures() {
    let scenario = opened();
    let files = &scenario.state.previews.files;
    let urls: Vec<&str> = files.iter().map(|file| &*file.url).collect();
    assert_eq!(urls, [at("v.mp4")]);
}

#[test]
fn the_hosts_of_a_task_are_counted_and_nobody_is_asked_before_consent() {
    let scenario = opened().seen(&[&at("cover.jpg"), &format!("{OTHER}/a.gif")]);
    let hosts: Vec<_> = scenario.state.previews.hosts.iter().collect();
    let told: Vec<_> = hosts
        .iter()
        .map(|need| (need.host.as_str(), need.pictures, need.is_vod, need.consent))
        .collect();
    assert_eq!(
        told,
        [
            ("1251234567.vod2.myqcloud.com", 6, true, None),
            ("img.savanna.cn", 1, false, None)
        ]
    );
    assert_eq!(scenario.asked(), []);
    assert_eq!(
        scenario.fault(&at("cover.jpg")),
        Some(PictureFault::NotAllowed {
            host: "1251234567.vod2.myqcloud.com".to_owned(),
            redirected: false,
        })
    );
}

#[test]
fn once_is_kept_out_of_the_settings() {
    let scenario = opened()
        .seen(&[&at("cover.jpg")])
        .preview(PreviewAction::AllowVod(Consent::Once));
    assert_eq!(
        scenario.state.settings,
        vodscope::model::Settings::default()
    );
    assert!(!scenario.is_saved());
    let asked = scenario.asked();
    let PreviewEffect::Policy(policy) = asked.first().unwrap() else {
        panic!("{asked:?}");
    };
    assert_eq!(policy.vod_domains, Some(Consent::Once));
    let wanted = PreviewEffect::Want(vec![request(&at("cover.jpg"))]);
    assert_eq!(asked.get(1), Some(&wanted));
    assert_eq!(scenario.state.previews.undecided().count(), 1);
}

#[test]
fn always_and_never_are_kept() {
    let host = || "img.savanna.cn".to_owned();
    let url = format!("{OTHER}/a.gif");
    let scenario = opened().seen(&[&url]).preview(PreviewAction::Allow {
        host: host(),
        consent: Consent::Always,
    });
    let rule = scenario.state.settings.pictures.hosts.get(&host()).unwrap();
    assert_eq!(rule.consent, Some(Consent::Always));
    assert!(scenario.is_saved());
    assert_eq!(scenario.fault(&url), None);
    let scenario = scenario.ready(&url).done().preview(PreviewAction::Allow {
        host: host(),
        consent: Consent::Never,
    });
    assert_eq!(
        scenario.fault(&url),
        Some(PictureFault::Denied { host: host() })
    );
    assert!(
        scenario
            .asked()
            .contains(&PreviewEffect::Drop(vec![key(&url)]))
    );
}

#[test]
fn a_host_of_its_own_rule_does_not_follow_the_default_domains() {
    let host = "1251234567.vod2.myqcloud.com".to_owned();
    let scenario = opened()
        .preview(PreviewAction::AllowVod(Consent::Always))
        .preview(PreviewAction::Allow {
            host: host.clone(),
            consent: Consent::Never,
        });
    assert_eq!(
        scenario.fault(&at("cover.jpg")),
        Some(PictureFault::Denied { host: host.clone() })
    );
    let scenario = scenario.preview(PreviewAction::ForgetHost(host));
    assert_eq!(scenario.fault(&at("cover.jpg")), None);
}

#[test]
fn only_what_is_seen_and_not_there_yet_is_wanted() {
    let (cover, first) = (at("cover.jpg"), at("s0.jpg"));
    let scenario = allowed()
        .seen(&[&cover, &first])
        .ready(&cover)
        .done()
        .seen(&[&first, &cover]);
    assert_eq!(
        scenario.asked(),
        [PreviewEffect::Want(vec![request(&first)])]
    );
    let scenario = scenario.done().seen(&[]);
    assert_eq!(scenario.asked(), [PreviewEffect::Want(Vec::new())]);
    let scenario = scenario.done().seen(&[&cover]);
    assert_eq!(scenario.asked(), []);
}

#[test]
fn what_is_let_go_while_loading_begins_anew() {
    let cover = at("cover.jpg");
    let loading = || PreviewNews::Loading {
        key: key(&at("cover.jpg")),
        received: 5,
        total: Some(10),
    };
    let scenario = allowed().seen(&[&cover]).news(loading());
    let state = scenario.state.previews.state(&key(&cover));
    assert!(matches!(state, PictureState::Loading { received: 5, .. }));
    let scenario = scenario.seen(&[]).news(loading());
    let state = scenario.state.previews.state(&key(&cover));
    assert_eq!(state, &PictureState::Waiting);
}

#[test]
fn a_sheet_brings_the_file_of_its_cells() {
    let (sheet, vtt) = (at("sheet.jpg"), at("cells.vtt"));
    let scenario = allowed().seen(&[&sheet]);
    assert_eq!(
        scenario.asked(),
        [PreviewEffect::Want(vec![
            request(&sheet),
            sized(&vtt, PictureSize::Cues)
        ])]
    );
}

#[test]
fn a_host_that_only_the_file_of_cells_names_is_asked_about() {
    let vtt = at("cells.vtt");
    let cue = SpriteCue {
        start_secs: 0.0,
        end_secs: 10.0,
        sheet: "https://sheets.example/a.jpg".into(),
        cell: None,
    };
    let scenario = allowed().seen(&[&at("sheet.jpg")]).news(PreviewNews::Cues {
        key: sized(&vtt, PictureSize::Cues).key,
        info: info(0, 0),
        cues: Arc::new(vec![cue]),
    });
    let mut undecided = scenario.state.previews.undecided();
    assert_eq!(
        undecided.next().map(|need| &*need.host),
        Some("sheets.example")
    );
}

/// Sprites whose URLs are signed, with a file of cells that names these sheets.
fn signed_sprites(sheets: &[&str]) -> Scenario {
    let text = format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{
        "TaskId":"b","Status":"FINISH","MediaProcessResultSet":[{{"Type":"ImageSprites",
        "ImageSpriteTask":{{"Status":"SUCCESS","ErrCode":0,"Output":{{"Width":100,"Height":50,
        "TotalCount":4,"ImageUrlSet":["{VOD}/a/0.jpg?t=5f&sign=x","{VOD}/a/1.jpg?t=5f&sign=y"],
        "WebVttUrl":"{VOD}/a/cells.vtt?t=5f&sign=z"}}}}}}]}}}}"#
    );
    let detail = detail(text.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap();
    let cues = sheets.iter().zip(0..).map(|(sheet, at)| SpriteCue {
        start_secs: f64::from(at),
        end_secs: f64::from(at + 1),
        sheet: (*sheet).into(),
        cell: Some([0, 0, 100, 50]),
    });
    let cues = Arc::new(cues.collect());
    let vtt = format!("{VOD}/a/cells.vtt?t=5f&sign=z");
    read(tasks(), detail)
        .preview(PreviewAction::AllowVod(Consent::Once))
        .news(PreviewNews::Cues {
            key: sized(&vtt, PictureSize::Cues).key,
            info: info(0, 0),
            cues,
        })
}

#[test]
fn sheets_that_the_file_names_without_their_signature_are_the_event_s() {
    let named = [at("a/1.jpg"), at("a/0.jpg?t=5f&sign=x")];
    let spelt = "HTTPS://1251234567.VOD2.myqcloud.com:443/a/1.jpg#xywh";
    let scenario = signed_sprites(&[&named[0], &named[1], spelt]);
    let previews = &scenario.state.previews;
    let cells = &previews.track(0).unwrap().cells;
    let told: Vec<_> = cells
        .iter()
        .map(|cell| (cell.sheet.to_string(), cell.sheet_index))
        .collect();
    let second = (at("a/1.jpg?t=5f&sign=y"), Some(1));
    let first = (at("a/0.jpg?t=5f&sign=x"), Some(0));
    assert_eq!(told, [second.clone(), first, second]);
    let hosts: Vec<_> = previews.hosts.iter().map(|need| need.pictures).collect();
    assert_eq!(hosts, [3], "each file is counted once");
}

#[test]
fn a_sheet_of_the_same_name_on_another_host_is_not_the_event_s() {
    let strangers = [
        "https://sheets.example/a/1.jpg".to_owned(),
        at("b/1.jpg"),
        at("a/1.jpg").replace("https:", "http:"),
    ];
    let scenario = signed_sprites(&strangers.each_ref().map(String::as_str));
    let previews = &scenario.state.previews;
    let cells = previews.track(0).unwrap().cells.iter();
    for (cell, stranger) in cells.zip(&strangers) {
        assert_eq!((&*cell.sheet, cell.sheet_index), (&**stranger, None));
    }
    let undecided: Vec<_> = previews.undecided().map(|need| &*need.host).collect();
    assert_eq!(undecided, ["sheets.example"]);
    let seen = scenario.done().seen(&[&strangers[0]]);
    assert_eq!(seen.asked(), [], "nobody is asked before consent");
}

#[test]
fn a_private_network_takes_a_word_of_its_own() {
    let cover = at("cover.jpg");
    let host = "img.savanna.cn".to_owned();
    let address = "10.0.0.8".parse().unwrap();
    let scenario = allowed().seen(&[&cover]).news(PreviewNews::Failed {
        key: key(&cover),
        fault: PictureFault::Private {
            host: host.clone(),
            address,
        },
    });
    let asked: Vec<_> = scenario.state.previews.private().collect();
    assert_eq!(asked, [(&*host, address)]);
    let scenario = scenario
        .done()
        .preview(PreviewAction::AllowPrivate(host.clone()));
    assert_eq!(scenario.fault(&cover), None);
    assert_eq!(scenario.state.previews.private().count(), 0);
    assert!(!scenario.is_saved());
    let previews = &scenario.state.previews;
    let policy = previews.policy(&scenario.state.settings.pictures);
    assert!(policy.hosts[&host].private);
    // A change of how the host is asked must not keep it.
    let settings = &scenario.state.settings.pictures;
    assert!(!previews.rule(settings, &host).private);
}

#[test]
fn cells_follow_from_sizes_until_the_file_tells_them() {
    let scenario = allowed();
    let track = Arc::clone(scenario.state.previews.track(1).unwrap());
    assert_eq!(
        (track.cells.len(), track.source),
        (4, TrackSource::Estimated)
    );
    let second = track.cells.get(1).unwrap();
    assert_eq!((second.start_secs, second.rect), (Some(25.0), None));
    let scenario = scenario.seen(&[&at("sheet.jpg")]).ready(&at("sheet.jpg"));
    let track = Arc::clone(scenario.state.previews.track(1).unwrap());
    let rects: Vec<_> = track.cells.iter().map(|cell| cell.rect).collect();
    let rect = |x, y| Some([x, y, 100, 50]);
    assert_eq!(
        rects,
        [rect(0, 0), rect(100, 0), rect(0, 50), rect(100, 50)]
    );
    let cues = vec![SpriteCue {
        start_secs: 0.0,
        end_secs: 10.0,
        sheet: at("sheet.jpg").as_str().into(),
        cell: Some([0, 0, 100, 50]),
    }];
    let scenario = scenario
        .preview(PreviewAction::Scrub { group: 1, cell: 3 })
        .news(PreviewNews::Cues {
            key: sized(&at("cells.vtt"), PictureSize::Cues).key,
            info: info(0, 0),
            cues: Arc::new(cues),
        });
    let previews = &scenario.state.previews;
    let track = previews.track(1).unwrap();
    assert_eq!((track.cells.len(), track.source), (1, TrackSource::Cues));
    assert_eq!(previews.cell(1), 0);
}

#[test]
fn the_interval_of_a_known_template_counts() {
    let sample = String::from_utf8(std::fs::read("assets/samples/03-every-result.json").unwrap());
    let detail = detail(sample.unwrap().as_bytes(), Format::V3Push, Wrapping::Plain).unwrap();
    let scenario = read(tasks(), detail);
    let previews = &scenario.state.previews;
    let at = previews
        .groups
        .iter()
        .position(|group| group.sprites().is_some());
    let track = previews.track(at.unwrap()).unwrap();
    assert_eq!(
        (track.cells.len(), track.source),
        (310, TrackSource::Layout)
    );
    let last = track.cells.last().unwrap();
    assert_eq!(
        (last.sheet_index, last.start_secs),
        (Some(3), Some(3_090.0))
    );
}

#[test]
fn an_event_cannot_lay_out_cells_without_end() {
    let text = sample_with_cells("4000000000");
    let scenario = read(tasks(), text);
    let track = scenario.state.previews.track(0).unwrap();
    assert_eq!(track.cells.len(), 20_000);
}

fn sample_with_cells(count: &str) -> Detail {
    let text = format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"b",
        "Status":"FINISH","MediaProcessResultSet":[{{"Type":"ImageSprites","ImageSpriteTask":
        {{"Status":"SUCCESS","Output":{{"Width":1,"Height":1,"TotalCount":{count},
        "ImageUrlSet":["{VOD}/sheet.jpg"]}}}}}}]}}}}"#
    );
    detail(text.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap()
}

#[test]
fn the_scrubber_stops_at_both_ends() {
    let by = |cells| PreviewAction::ScrubBy { group: 1, cells };
    let scenario = opened().preview(by(2)).preview(by(9));
    assert_eq!(scenario.state.previews.cell(1), 3);
    let scenario = scenario.preview(by(-1));
    assert_eq!(scenario.state.previews.cell(1), 2);
    let scenario = scenario.preview(by(i32::MIN));
    assert_eq!(scenario.state.previews.cell(1), 0);
}

#[test]
fn a_fault_is_kept_until_it_is_tried_again() {
    let cover = at("cover.jpg");
    let failed = |status| PreviewNews::Failed {
        key: key(&at("cover.jpg")),
        fault: PictureFault::Status { status },
    };
    let scenario = allowed().seen(&[&cover]).news(failed(500));
    assert_eq!(
        scenario.fault(&cover),
        Some(PictureFault::Status { status: 500 })
    );
    let scenario = scenario.done().seen(&[]).seen(&[&cover]);
    assert_eq!(scenario.asked(), [PreviewEffect::Want(Vec::new())]);
    let again = [
        PreviewEffect::Retry(vec![key(&cover)]),
        PreviewEffect::Want(vec![request(&cover)]),
    ];
    let scenario = scenario.done().preview(PreviewAction::RetryAll);
    assert_eq!(scenario.asked(), again);
    let scenario = scenario.news(failed(404)).done();
    let scenario = scenario.preview(PreviewAction::RetryAll);
    assert_eq!(scenario.asked(), []);
    let url = cover.as_str().into();
    let scenario = scenario.preview(PreviewAction::Retry(url));
    assert_eq!(scenario.asked(), again);
    assert_eq!(scenario.fault(&cover), None);
}

#[test]
fn a_redirect_to_a_stranger_asks_about_that_host() {
    let cover = at("cover.jpg");
    let scenario = allowed().seen(&[&cover]).news(PreviewNews::Failed {
        key: key(&cover),
        fault: PictureFault::NotAllowed {
            host: "cdn.savanna.cn".to_owned(),
            redirected: true,
        },
    });
    let undecided: Vec<_> = scenario.state.previews.undecided().collect();
    let told = undecided.first().map(|need| (&*need.host, need.redirected));
    assert_eq!(told, Some(("cdn.savanna.cn", true)));
    let scenario = scenario.done().preview(PreviewAction::Allow {
        host: "cdn.savanna.cn".to_owned(),
        consent: Consent::Once,
    });
    assert_eq!(scenario.fault(&cover), None);
    let wanted = PreviewEffect::Want(vec![request(&cover)]);
    assert!(scenario.asked().contains(&wanted));
}

#[test]
fn a_picture_that_is_redirected_counts_once_however_often_it_is_tried() {
    let (cover, first) = (at("cover.jpg"), at("s0.jpg"));
    let mut scenario = allowed().seen(&[&cover, &first]);
    for url in [&cover, &first, &cover] {
        scenario = scenario.news(PreviewNews::Failed {
            key: key(url),
            fault: PictureFault::NotAllowed {
                host: "cdn.savanna.cn".to_owned(),
                redirected: true,
            },
        });
    }
    let need = scenario.state.previews.undecided().next();
    assert_eq!(need.map(|need| need.pictures), Some(2));
}

#[test]
fn another_task_lets_everything_go_and_keeps_what_can_be_drawn() {
    let (cover, first) = (at("cover.jpg"), at("s0.jpg"));
    let scenario = allowed()
        .seen(&[&cover, &first])
        .ready(&cover)
        .preview(PreviewAction::OpenLightbox { group: 0, item: 0 })
        .preview(PreviewAction::Reveal(cover.as_str().into()))
        .done()
        .act(Action::List(ListAction::Move(Move::Down)));
    let previews = &scenario.state.previews;
    assert_eq!(scenario.asked(), [PreviewEffect::Want(Vec::new())]);
    assert_eq!((previews.count, previews.lightbox), (0, None));
    assert!(previews.hosts.is_empty() && !previews.is_revealed(&cover));
    let state = previews.state(&key(&cover));
    assert!(matches!(state, PictureState::Ready(_)));
}

#[test]
fn switching_fetching_off_drops_everything_and_says_so_of_each() {
    let cover = at("cover.jpg");
    let scenario = allowed()
        .seen(&[&cover])
        .ready(&cover)
        .done()
        .preview(PreviewAction::SetFetch(false));
    assert_eq!(scenario.fault(&cover), Some(PictureFault::Off));
    assert!(scenario.asked().contains(&PreviewEffect::DropAll));
    assert!(!scenario.state.settings.pictures.fetch && scenario.is_saved());
    let scenario = scenario.done().preview(PreviewAction::SetFetch(true));
    let wanted = PreviewEffect::Want(vec![request(&cover)]);
    assert!(scenario.asked().contains(&wanted));
}

#[test]
fn what_made_room_is_fetched_again_only_when_it_is_looked_at() {
    let cover = at("cover.jpg");
    let dropped = || PreviewNews::Dropped(vec![key(&at("cover.jpg"))]);
    let scenario = allowed().seen(&[&cover]).ready(&cover).done();
    let scenario = scenario.news(dropped());
    assert_eq!(
        scenario.asked(),
        [
            PreviewEffect::Retry(vec![key(&cover)]),
            PreviewEffect::Want(vec![request(&cover)])
        ]
    );
    let scenario = scenario.ready(&cover).seen(&[]).done().news(dropped());
    assert_eq!(scenario.asked(), []);
    let state = scenario.state.previews.state(&key(&cover));
    assert_eq!(state, &PictureState::Waiting);
}

#[test]
fn the_lightbox_steps_over_groups_and_stops_at_the_ends() {
    let step = |step| PreviewAction::StepLightbox(step);
    let place = |scenario: &Scenario| {
        let lightbox = scenario.state.previews.lightbox.unwrap();
        (lightbox.group, lightbox.item)
    };
    let scenario = opened()
        .preview(PreviewAction::OpenLightbox { group: 2, item: 1 })
        .preview(step(LightboxStep::Next));
    assert_eq!(place(&scenario), (3, 0));
    let scenario = scenario
        .preview(step(LightboxStep::Next))
        .preview(step(LightboxStep::Next));
    assert_eq!(place(&scenario), (4, 0));
    let mut scenario = scenario;
    for _ in 0..9 {
        scenario = scenario.preview(step(LightboxStep::Previous));
    }
    assert_eq!(place(&scenario), (0, 0));
    let scenario = scenario.act(Action::App(AppAction::Escape));
    assert_eq!(scenario.state.previews.lightbox, None);
    let nowhere = PreviewAction::OpenLightbox { group: 9, item: 0 };
    assert_eq!(scenario.preview(nowhere).state.previews.lightbox, None);
}

#[test]
fn zooming_keeps_what_lies_under_the_pointer() {
    let scenario = opened()
        .preview(PreviewAction::OpenLightbox { group: 0, item: 0 })
        .preview(PreviewAction::Zoom(ZoomStep::By {
            factor: 2.0,
            drawn: 0.5,
            about: [10.0, -20.0],
        }));
    let lightbox = scenario.state.previews.lightbox.unwrap();
    assert_eq!(
        (lightbox.zoom, lightbox.pan),
        (Zoom::Scale(1.0), [-10.0, 20.0])
    );
    let scenario = scenario
        .preview(PreviewAction::Pan([3.0, 4.0]))
        .preview(PreviewAction::Pan([f32::NAN, 0.0]));
    let lightbox = scenario.state.previews.lightbox.unwrap();
    assert_eq!((lightbox.pan, lightbox.group), ([-7.0, 24.0], 0));
    let by = |factor| {
        PreviewAction::Zoom(ZoomStep::By {
            factor,
            drawn: 1.0,
            about: [0.0; 2],
        })
    };
    let scenario = scenario.preview(by(1e9));
    let zoom = |scenario: &Scenario| scenario.state.previews.lightbox.unwrap().zoom;
    assert_eq!(zoom(&scenario), Zoom::Scale(32.0));
    let scenario = scenario.preview(PreviewAction::Zoom(ZoomStep::Fit));
    let lightbox = scenario.state.previews.lightbox.unwrap();
    assert_eq!((lightbox.zoom, lightbox.pan), (Zoom::Fit, [0.0; 2]));
}

#[test]
fn copying_a_picture_fetches_it_whole_first() {
    let cover = at("cover.jpg");
    let whole = sized(&cover, PictureSize::Whole);
    let url: Arc<str> = cover.as_str().into();
    let scenario = allowed().preview(PreviewAction::CopyImage(Arc::clone(&url)));
    assert_eq!(scenario.asked(), [PreviewEffect::Want(vec![whole.clone()])]);
    let info = info(200, 100);
    let key = whole.key.clone();
    let scenario = scenario.done().news(PreviewNews::Ready { key, info });
    let copy = PreviewEffect::CopyImage(whole.key);
    assert_eq!(scenario.asked(), std::slice::from_ref(&copy));
    let scenario = scenario.done().preview(PreviewAction::CopyImage(url));
    assert_eq!(scenario.asked(), [copy]);
}

#[test]
fn a_picture_that_cannot_be_copied_is_said_to_be() {
    let url: Arc<str> = at("cover.jpg").as_str().into();
    let scenario = opened().preview(PreviewAction::CopyImage(url));
    assert_eq!(scenario.asked(), []);
    let toast = scenario.state.toasts.shown.last().unwrap();
    assert_eq!(toast.kind, ToastKind::Failure);
}

#[test]
fn addresses_are_copied_one_a_line() {
    let scenario = opened().preview(PreviewAction::CopyUrls(Some(2)));
    let urls = format!("{}\n{}", at("s0.jpg"), at("s1.jpg"));
    assert!(scenario.effects.contains(&Effect::CopyText(urls)));
    let scenario = scenario.done().preview(PreviewAction::CopyUrls(None));
    let all = scenario.effects.iter().find_map(|effect| match effect {
        Effect::CopyText(text) => Some(text.lines().count()),
        _ => None,
    });
    assert_eq!(all, Some(6));
}

#[test]
fn only_web_addresses_are_opened_outside() {
    let open = |url: &str| PreviewAction::OpenOutside(url.into());
    let scenario = opened().preview(open("file:///etc/passwd"));
    assert_eq!(scenario.asked(), []);
    assert_eq!(scenario.state.toasts.shown.len(), 1);
    let scenario = scenario.preview(open(VOD));
    assert_eq!(scenario.asked(), [PreviewEffect::Open(VOD.into())]);
}

#[test]
fn what_may_not_be_shown_is_not_stored_either() {
    let url: Arc<str> = at("cover.jpg").as_str().into();
    let scenario = opened().preview(PreviewAction::SaveAs(Arc::clone(&url)));
    assert_eq!(scenario.asked(), []);
    let scenario = allowed().preview(PreviewAction::SaveAs(Arc::clone(&url)));
    let name = "cover.jpg".to_owned();
    assert_eq!(scenario.asked(), [PreviewEffect::SaveAs { url, name }]);
}

#[test]
fn a_key_is_kept_before_it_is_counted_on_and_never_in_the_settings() {
    let host = || "img.savanna.cn".to_owned();
    let key = Secret::new("24FEQmTzro4V5u3D5epW");
    let scenario = opened().preview(PreviewAction::SetHostKey {
        host: host(),
        key: key.clone(),
    });
    let asked = scenario.asked();
    let keep = PreviewEffect::KeepKey { host: host(), key };
    assert_eq!(asked.first(), Some(&keep));
    assert!(matches!(asked.get(1), Some(PreviewEffect::Policy(_))));
    let rule = scenario.state.settings.pictures.hosts.get(&host()).unwrap();
    assert!(rule.signed && rule.consent.is_none());
    let scenario = scenario.done().preview(PreviewAction::SetHostKey {
        host: host(),
        key: Secret::default(),
    });
    let forget = PreviewEffect::ForgetKey { host: host() };
    assert_eq!(scenario.asked().first(), Some(&forget));
}

#[test]
fn a_rule_for_this_run_is_not_written_down() {
    let host = "img.savanna.cn".to_owned();
    let rule = HostRule {
        consent: Some(Consent::Once),
        referer: "https://www.savanna.cn/".to_owned(),
        ..HostRule::default()
    };
    let scenario = opened().preview(PreviewAction::SetHostRule {
        host: host.clone(),
        rule,
    });
    let kept = scenario.state.settings.pictures.hosts.get(&host).unwrap();
    assert_eq!(
        (kept.consent, &*kept.referer),
        (None, "https://www.savanna.cn/")
    );
    let policy = scenario
        .state
        .previews
        .policy(&scenario.state.settings.pictures);
    let counts = policy.hosts.get(&host).unwrap();
    assert_eq!(counts.consent, Some(Consent::Once));
}

#[test]
fn evidence_stays_veiled_until_it_is_asked_for() {
    let text = r#"{"EventType":"ReviewAudioVideoComplete","ReviewAudioVideoCompleteEvent":{
        "TaskId":"b","Status":"FINISH","Output":{"Suggestion":"block","Label":"Porn","SegmentSet":[
        {"StartTimeOffset":1,"EndTimeOffset":2,"Confidence":99,"Suggestion":"block",
        "Label":"Porn","Url":"https://a.cn/e.jpg","PicUrlExpireTime":"2023-01-16T03:06:16Z"},
        {"StartTimeOffset":3,"Label":"Abuse","Form":"ASR"}]}}}"#;
    let detail = detail(text.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap();
    let scenario = read(tasks(), detail);
    let group = scenario.state.previews.group(0).unwrap().clone();
    assert!(group.is_veiled());
    let item = group.items.first().unwrap();
    assert_eq!(group.items.len(), 1);
    assert_eq!(
        (item.expires, item.confidence),
        (Some(1_673_838_376), Some(99.0))
    );
    assert_eq!(item.range_secs, Some((1.0, 2.0)));
    assert_eq!(item.whole().expires, item.expires);
    let url = Arc::clone(&item.url);
    assert!(!scenario.state.previews.is_revealed(&url));
    let scenario = scenario.preview(PreviewAction::Reveal(Arc::clone(&url)));
    assert!(scenario.state.previews.is_revealed(&url));
    let scenario = scenario.preview(PreviewAction::Veil(Arc::clone(&url)));
    assert!(!scenario.state.previews.is_revealed(&url));
}

#[test]
fn the_wall_and_the_cache_s_size_are_as_told() {
    let scenario = opened()
        .preview(PreviewAction::SetWall(WallSize::Large))
        .news(PreviewNews::CacheSize(77));
    let previews = &scenario.state.previews;
    assert_eq!(
        (previews.wall, previews.cache_bytes),
        (WallSize::Large, Some(77))
    );
    let scenario = scenario
        .preview(PreviewAction::AskCacheSize)
        .preview(PreviewAction::ClearCache);
    let asked = [PreviewEffect::AskCacheSize, PreviewEffect::ClearCache];
    assert_eq!(scenario.asked(), asked);
}

/// A task with so many outputs of sprites, each with a file of cells.
fn many_sprites(count: usize) -> Scenario {
    let output = |at: usize| {
        format!(
            r#"{{"Type":"ImageSprites","ImageSpriteTask":{{"Status":"SUCCESS","ErrCode":0,"Output":{{
            "Width":100,"Height":50,"TotalCount":4,"ImageUrlSet":["{VOD}/{at}.jpg"],
            "WebVttUrl":"{VOD}/{at}.vtt"}}}}}}"#
        )
    };
    let outputs: Vec<String> = (0..count).map(output).collect();
    let text = format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{
        "TaskId":"b","Status":"FINISH","MediaProcessResultSet":[{}]}}}}"#,
        outputs.join(",")
    );
    let detail = detail(text.as_bytes(), Format::V3Push, Wrapping::Plain).unwrap();
    read(tasks(), detail).preview(PreviewAction::AllowVod(Consent::Once))
}

/// As many cells as are read of a file.
fn many_cues(at: usize) -> PreviewNews {
    let cue = SpriteCue {
        start_secs: 0.0,
        end_secs: 10.0,
        sheet: format!("{VOD}/{at}.jpg").into(),
        cell: None,
    };
    PreviewNews::Cues {
        key: sized(&format!("{VOD}/{at}.vtt"), PictureSize::Cues).key,
        info: info(0, 0),
        cues: Arc::new(vec![cue; 20_000]),
    }
}

#[test]
fn files_of_cells_that_were_not_seen_for_longest_make_room_and_are_asked_for_again() {
    const COUNT: usize = 20;
    let sheet = |at: usize| format!("{VOD}/{at}.jpg");
    let file = |at: usize| sized(&format!("{VOD}/{at}.vtt"), PictureSize::Cues);
    let mut scenario = many_sprites(COUNT);
    for at in 0..COUNT {
        // The first one stays on the screen.
        scenario = scenario.seen(&[&sheet(0), &sheet(at)]).news(many_cues(at));
    }
    let previews = &scenario.state.previews;
    let kept: Vec<usize> = (0..COUNT)
        .filter(|at| *previews.state(&file(*at).key) != PictureState::Waiting)
        .collect();
    assert!(
        kept.contains(&0) && kept.contains(&19) && !kept.contains(&1),
        "{kept:?}"
    );
    assert!((10..18).contains(&kept.len()), "{kept:?}");
    let scenario = scenario.done().seen(&[&sheet(1)]);
    let [PreviewEffect::Want(wanted)] = &*scenario.asked() else {
        panic!("{:?}", scenario.asked());
    };
    assert!(wanted.contains(&file(1)), "{wanted:?}");
}
