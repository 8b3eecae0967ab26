//! The wish list and what comes of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use tempfile::TempDir;
use vodscope::job::{Cancel, Wake};
use vodscope::model::{
    PictureContent, PictureFault, PictureInfo, PictureKey, PictureNews, PictureRequest,
    PictureSettings, PictureSize, now_unix,
};
use vodscope::preview::{Desk, DeskSetup, Limits, Policy};

use crate::picture_server::PictureServer;
use crate::setup::{PATIENCE, far, limited, named, names, near, patient, settings};

fn key(url: &str, size: PictureSize) -> PictureKey {
    let url = Arc::from(url);
    PictureKey { url, size }
}

fn thumb(url: &str) -> PictureKey {
    key(url, PictureSize::Within(64))
}

fn wish(key: PictureKey) -> PictureRequest {
    PictureRequest { key, expires: None }
}

fn wishes<'a>(urls: impl IntoIterator<Item = &'a String>) -> Vec<PictureRequest> {
    urls.into_iter().map(|url| wish(thumb(url))).collect()
}

struct Table {
    desk: Desk,
    ready: BTreeMap<PictureKey, (PictureInfo, PictureContent)>,
    failed: BTreeMap<PictureKey, PictureFault>,
    cache_size: Option<u64>,
    news: usize,
}

impl Table {
    fn new(settings: PictureSettings, cache: Option<&Path>) -> Self {
        Self::with(DeskSetup {
            policy: Policy::new(settings),
            cache: cache.map(Path::to_owned),
            ways: limited(patient()),
            ..DeskSetup::default()
        })
    }

    fn with(setup: DeskSetup) -> Self {
        Self {
            desk: Desk::start(&Wake::none(), setup),
            ready: BTreeMap::new(),
            failed: BTreeMap::new(),
            cache_size: None,
            news: 0,
        }
    }

    fn look(&mut self) {
        while let Some(news) = self.desk.poll() {
            self.news += 1;
            match news {
                PictureNews::Loading { .. } => {}
                PictureNews::Ready { key, info, content } => {
                    self.ready.insert(key, (info, content));
                }
                PictureNews::Failed { key, fault } => {
                    self.failed.insert(key, fault);
                }
                PictureNews::CacheSize { bytes } => self.cache_size = Some(bytes),
            }
        }
    }

    fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        loop {
            self.look();
            if holds(self) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{what} never came");
            Cancel::default().sleep(PATIENCE / 6000);
        }
    }

    fn fault(&mut self, key: &PictureKey) -> PictureFault {
        self.until("the fault", |table| table.failed.contains_key(key));
        self.failed.remove(key).unwrap()
    }

    fn info(&mut self, key: &PictureKey) -> PictureInfo {
        self.until("the picture", |table| table.ready.contains_key(key));
        self.ready.remove(key).unwrap().0
    }
}

fn near_to(server: &PictureServer) -> PictureSettings {
    settings([(server.host().as_str(), near())])
}

#[test]
fn one_url_in_several_sizes_is_fetched_once() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let url = server.url("/held/ok.jpg");
    let sizes = [
        PictureSize::Within(16),
        PictureSize::Within(32),
        PictureSize::Whole,
    ];
    let keys: Vec<_> = sizes.iter().map(|size| key(&url, *size)).collect();
    table.desk.want(keys.iter().cloned().map(wish).collect());
    table.until("the request", |_| server.busy() == 1);
    server.release();
    table.until("three sizes", |table| table.ready.len() == 3);
    assert_eq!(server.count("/held/ok.jpg"), 1);
    let widths: Vec<_> = keys
        .iter()
        .map(|key| match &table.ready[key].1 {
            PictureContent::Still(pixels) => pixels.width,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(widths, [16, 32, 64]);
}

#[test]
fn two_are_asked_of_one_host_and_six_in_all() {
    let servers: Vec<_> = (0..4).map(|_| PictureServer::start()).collect();
    let hosts: Vec<_> = servers.iter().map(PictureServer::host).collect();
    let settings = settings(hosts.iter().map(|host| (host.as_str(), near())));
    let mut table = Table::new(settings, None);
    let urls: Vec<_> = servers
        .iter()
        .flat_map(|server| (0..5).map(|n| server.url(&format!("/held/number/{n}"))))
        .collect();
    table.desk.want(wishes(&urls));
    let busy = |servers: &[PictureServer]| servers.iter().map(PictureServer::busy).sum::<usize>();
    table.until("six requests", |_| busy(&servers) == 6);
    for server in &servers {
        server.release();
    }
    table.until("all", |table| table.ready.len() == urls.len());
    assert!(servers.iter().all(|server| server.most_busy() <= 2));
}

#[test]
fn redirects_do_not_get_around_the_limit_of_a_host() {
    let (target, sources) = (
        PictureServer::start(),
        [(); 3].map(|()| PictureServer::start()),
    );
    let mut hosts: Vec<_> = sources.iter().map(PictureServer::host).collect();
    hosts.push(target.host());
    let settings = settings(hosts.iter().map(|host| (host.as_str(), near())));
    let mut table = Table::new(settings, None);
    let urls: Vec<_> = sources
        .iter()
        .flat_map(|source| {
            let to = |n| target.url(&format!("/held/number/{n}"));
            [0, 1].map(|n| source.url(&format!("/redirect?to={}", to(n))))
        })
        .collect();
    table.desk.want(wishes(&urls));
    table.until("two requests", |_| target.busy() == 2);
    let asked = || {
        sources
            .iter()
            .map(|source| source.seen().len())
            .sum::<usize>()
    };
    table.until("all redirects", |_| asked() == 6);
    target.release();
    table.until("all", |table| table.ready.len() == urls.len());
    assert_eq!(target.most_busy(), 2);
}

#[test]
fn the_first_wish_comes_first_and_what_is_not_wanted_is_left() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let [stuck, left] = ["/silent.png", "/stuck.png"].map(|path| server.url(path));
    table.desk.want(wishes([&stuck, &left]));
    table.until("both", |_| server.busy() == 2);
    // One of the host's two places stays taken, so that the others come one by one.
    let paths = [9, 8, 7].map(|n| format!("/number/{n}"));
    let mut urls = vec![stuck];
    urls.extend(paths.iter().map(|path| server.url(path)));
    table.desk.want(wishes(&urls));
    table.until("the new wishes", |table| table.ready.len() == 3);
    assert_eq!(
        table.failed,
        BTreeMap::new(),
        "a cancelled one fails in silence"
    );
    let asked: Vec<_> = server.seen().iter().map(|seen| seen.path.clone()).collect();
    assert_eq!(asked[2..], paths);
}

#[test]
fn a_fault_is_remembered_until_it_is_tried_again() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let broken = thumb(&server.url("/503"));
    let other = server.url("/ok.png");
    let busy = PictureFault::Status { status: 503 };
    for _ in 0..3 {
        table.desk.want(vec![wish(broken.clone())]);
        assert_eq!(table.fault(&broken), busy);
        table.desk.want(wishes([&other]));
        table.info(&thumb(&other));
    }
    assert_eq!(server.count("/503"), 1);
    table.desk.want(vec![wish(broken.clone())]);
    assert_eq!(table.fault(&broken), busy);
    table.desk.retry(&broken);
    assert_eq!(table.fault(&broken), busy);
    assert_eq!(server.count("/503"), 2);
}

#[test]
fn another_policy_judges_what_failed_anew() {
    let server = PictureServer::start();
    let mut table = Table::new(PictureSettings::default(), None);
    let wanted = thumb(&server.url("/ok.png"));
    table.desk.want(vec![wish(wanted.clone())]);
    let host = server.host();
    let redirected = false;
    assert_eq!(
        table.fault(&wanted),
        PictureFault::NotAllowed { host, redirected }
    );
    assert_eq!(server.seen().len(), 0);
    table.desk.set_policy(Policy::new(near_to(&server)));
    assert_eq!(table.info(&wanted).status, 200);
}

#[test]
fn a_policy_that_denies_a_host_stops_its_downloads() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let wanted = thumb(&server.url("/held/ok.png"));
    table.desk.want(vec![wish(wanted.clone())]);
    table.until("the request", |_| server.busy() == 1);
    table
        .desk
        .set_policy(Policy::new(PictureSettings::default()));
    server.release();
    assert!(matches!(
        table.fault(&wanted),
        PictureFault::NotAllowed { .. }
    ));
    assert!(table.ready.is_empty());
}

#[test]
fn what_came_under_an_older_policy_is_not_given_out() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let wanted = thumb(&server.url("/ok.png"));
    table.desk.want(vec![wish(wanted.clone())]);
    let begun = Instant::now();
    while server.busy() > 0 || server.seen().is_empty() {
        assert!(begun.elapsed() < PATIENCE);
    }
    table
        .desk
        .set_policy(Policy::new(PictureSettings::default()));
    assert!(matches!(
        table.fault(&wanted),
        PictureFault::NotAllowed { .. }
    ));
    assert!(table.ready.is_empty(), "allowed no longer");
}

#[test]
fn a_picture_is_given_again_only_when_it_was_left_out() {
    let server = PictureServer::start();
    let folder = TempDir::new().unwrap();
    let mut table = Table::new(near_to(&server), Some(folder.path()));
    let wanted = thumb(&server.url("/ok.png"));
    let other = thumb(&server.url("/number/5"));
    table.desk.want(vec![wish(wanted.clone())]);
    table.info(&wanted);
    table
        .desk
        .want(vec![wish(wanted.clone()), wish(other.clone())]);
    table.info(&other);
    assert!(!table.ready.contains_key(&wanted));
    table.desk.want(vec![]);
    table.desk.want(vec![wish(wanted.clone())]);
    assert!(table.info(&wanted).cached);
}

#[test]
fn a_kept_picture_needs_no_host_but_its_leave() {
    let server = PictureServer::start();
    let folder = TempDir::new().unwrap();
    let wanted = thumb(&server.url("/ok.jpg"));
    let mut first = Table::new(near_to(&server), Some(folder.path()));
    first.desk.want(vec![wish(wanted.clone())]);
    let info = first.info(&wanted);
    assert!(!info.cached && info.status == 200);
    first.until("its size", |table| {
        table.cache_size.is_some_and(|bytes| bytes > info.bytes)
    });
    let mut second = Table::new(near_to(&server), Some(folder.path()));
    second.desk.want(vec![wish(wanted.clone())]);
    let again = second.info(&wanted);
    assert_eq!(
        (again.cached, again.status, again.bytes),
        (true, 0, info.bytes)
    );
    assert_eq!(server.seen().len(), 1);
    let mut third = Table::new(PictureSettings::default(), Some(folder.path()));
    third.desk.want(vec![wish(wanted.clone())]);
    assert!(matches!(
        third.fault(&wanted),
        PictureFault::NotAllowed { .. }
    ));
}

#[test]
fn a_kept_picture_of_a_redirect_needs_leave_for_its_end() {
    let (server, other) = (PictureServer::start(), PictureServer::start());
    let folder = TempDir::new().unwrap();
    let both = [(server.host(), near()), (other.host(), near())];
    let both = settings(
        both.iter()
            .map(|(host, rule)| (host.as_str(), rule.clone())),
    );
    let wanted = thumb(&server.url(&format!("/redirect?to={}", other.url("/ok.png"))));
    let mut first = Table::new(both, Some(folder.path()));
    first.desk.want(vec![wish(wanted.clone())]);
    let end = other.url("/ok.png");
    assert_eq!(
        first.info(&wanted).redirected.as_deref(),
        Some(end.as_str())
    );
    let mut second = Table::new(near_to(&server), Some(folder.path()));
    second.desk.want(vec![wish(wanted.clone())]);
    let expected = PictureFault::NotAllowed {
        host: other.host(),
        redirected: true,
    };
    assert_eq!(second.fault(&wanted), expected);
}

#[test]
fn clearing_the_cache_tells_its_size() {
    let server = PictureServer::start();
    let folder = TempDir::new().unwrap();
    let mut table = Table::new(near_to(&server), Some(folder.path()));
    let wanted = thumb(&server.url("/ok.jpg"));
    table.desk.want(vec![wish(wanted.clone())]);
    table.info(&wanted);
    table.until("its size", |table| {
        table.cache_size.is_some_and(|bytes| bytes > 0)
    });
    table.desk.clear_cache();
    table.until("an empty cache", |table| table.cache_size == Some(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_past_its_time_is_not_asked_for() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let wanted = thumb(&server.url("/ok.png"));
    let unix = now_unix() - 1;
    table.desk.want(vec![PictureRequest {
        key: wanted.clone(),
        expires: Some(unix),
    }]);
    assert_eq!(table.fault(&wanted), PictureFault::Expired { unix });
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn hostile_files_fail_in_words() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let paths = [
        "/huge.png",
        "/bomb.png",
        "/page",
        "/empty",
        "/truncated.jpg",
        "/short.png",
    ];
    let urls = paths.map(|path| server.url(path));
    table.desk.want(wishes(&urls));
    table.until("six faults", |table| table.failed.len() == paths.len());
    let fault = |path: &str| table.failed[&thumb(&server.url(path))].clone();
    let pixels = |width, height| PictureFault::TooManyPixels { width, height };
    assert_eq!(fault("/huge.png"), pixels(60_000, 60_000));
    assert_eq!(fault("/bomb.png"), pixels(12_000, 12_000));
    for path in ["/page", "/empty"] {
        assert!(
            matches!(fault(path), PictureFault::NotPicture { .. }),
            "{path}"
        );
    }
    for path in ["/truncated.jpg", "/short.png"] {
        assert!(
            matches!(
                fault(path),
                PictureFault::Incomplete { .. } | PictureFault::Damaged { .. }
            ),
            "{path}"
        );
    }
}

#[test]
fn every_kind_that_is_shown_arrives() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let paths = [
        "/ok.jpg",
        "/ok.png",
        "/ok.webp",
        "/ok.gif",
        "/ok.bmp",
        "/wrong-type.jpg",
    ];
    let more = ["/wide.png", "/frames.gif"];
    let urls: Vec<_> = paths
        .iter()
        .chain(&more)
        .map(|path| server.url(path))
        .collect();
    let mut wanted = wishes(&urls);
    wanted.push(wish(key(&server.url("/sprite.vtt"), PictureSize::Cues)));
    let count = wanted.len();
    table.desk.want(wanted);
    table.until("all", |table| {
        table.ready.len() + table.failed.len() == count
    });
    assert_eq!(table.failed, BTreeMap::new());
    let (_, cues) = &table.ready[&key(&server.url("/sprite.vtt"), PictureSize::Cues)];
    let PictureContent::Cues(cues) = cues else {
        panic!("{cues:?}");
    };
    assert_eq!(*cues[0].sheet, *server.url("/sheet.jpg"));
    let (_, gif) = &table.ready[&thumb(&server.url("/frames.gif"))];
    assert!(matches!(gif, PictureContent::Animation { cut: true, .. }));
}

#[test]
fn pictures_wait_until_there_is_room_for_them() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    // Sixteen megabytes of pixels each.
    let urls: Vec<_> = (0..40)
        .map(|n| server.url(&format!("/square/{n}")))
        .collect();
    let whole = |url: &String| wish(key(url, PictureSize::Whole));
    table.desk.want(urls.iter().map(whole).collect());
    table.until("all of them", |table| table.ready.len() == urls.len());
}

#[test]
fn other_limits_count_for_what_is_taken_up_from_then_on() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let whole = key(&server.url("/ok.jpg"), PictureSize::Whole);
    for (side, width) in [(8192, 64), (32, 32)] {
        table.desk.set_limits(Limits::of_memory(256 << 20, 1, side));
        table.desk.want(vec![wish(whole.clone())]);
        table.until("the picture", |table| table.ready.contains_key(&whole));
        let (info, content) = table.ready.remove(&whole).unwrap();
        let PictureContent::Still(pixels) = content else {
            panic!("it is still");
        };
        assert_eq!((info.width, pixels.width), (64, width));
        table.desk.want(Vec::new());
    }
}

#[test]
fn what_is_no_url_fails_alone() {
    let server = PictureServer::start();
    let mut table = Table::new(near_to(&server), None);
    let (bad, good) = (thumb("file:///etc/passwd"), thumb(&server.url("/ok.png")));
    table.desk.want(vec![wish(bad.clone()), wish(good.clone())]);
    assert!(matches!(table.fault(&bad), PictureFault::BadUrl { .. }));
    table.info(&good);
}

#[test]
fn a_name_that_leads_home_is_refused_at_the_desk_too() {
    let server = PictureServer::start();
    let host = format!("pictures.test:{}", server.addr().port());
    let mut table = Table::with(DeskSetup {
        policy: Policy::new(settings([(host.as_str(), far())])),
        ways: named(names([("pictures.test", &["127.0.0.1"])])),
        ..DeskSetup::default()
    });
    let wanted = thumb(&server.url_at("pictures.test", "/ok.png"));
    table.desk.want(vec![wish(wanted.clone())]);
    assert!(matches!(table.fault(&wanted), PictureFault::Private { .. }));
    assert_eq!(server.seen().len(), 0);
}
