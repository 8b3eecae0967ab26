//! What a wall of two thousand snapshots costs: scrolled end to end while its pictures come from a
//! server on this machine, and back to the top while they make room for each other.
//!
//! `cargo bench --bench previews`. A frame is everything the window does in it, taking in pictures
//! included; rasterising is not ours and not in it. Fetching and decoding share the cores with it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement is printed, and says so when it fails"
)]
#![expect(
    clippy::iter_over_hash_type,
    reason = "textures are counted, in whatever order they come"
)]

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use egui::{Event, TextureId, TexturesDelta, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, TestRenderer};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use vodscope::job::{Job, Outbox, Wake, spawn};
use vodscope::model::SourceSpec;
use vodscope::shell::App;
use vodscope::state::{PictureState, Tab};

const SNAPSHOTS: usize = 2_000;
/// Points the wheel turns in a frame.
const TURN: f32 = 240.0;
const LIMIT: Duration = Duration::from_mins(1);

fn main() {
    for size in ["S", "L"] {
        measure(size);
    }
}

fn measure(size: &str) {
    let server = Server::start();
    let card = Card::default();
    let mut window = Window::open(&server, &card);
    window.allow(&server);
    window.choose(size);
    let before = resident_mib();
    let scrolled = window.scroll_to_end();
    let back = window.scroll_to_top();
    let budget = window.budget();
    println!("{SNAPSHOTS} snapshots, size {size}");
    println!("  scrolling down     {}", times(&scrolled.turning));
    println!("  as pictures arrive {}", times(&scrolled.waiting));
    println!("  scrolling back up  {}", times(&back));
    println!(
        "  textures at most   {:.1} MiB of {:.0} MiB",
        mib(card.0.borrow().most),
        mib(budget)
    );
    println!(
        "  resident memory    {before:.0} MiB before, {:.0} MiB after",
        resident_mib()
    );
}

fn times(frames: &[Duration]) -> String {
    let mut sorted = frames.to_vec();
    sorted.sort();
    let millis = |at: usize| sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    format!(
        "median {:.2} ms, 99 % {:.2} ms, max {:.2} ms ({} frames)",
        millis(sorted.len() / 2),
        millis(sorted.len() * 99 / 100),
        millis(sorted.len().saturating_sub(1)),
        sorted.len()
    )
}

fn mib(bytes: usize) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// Of the whole process, server and decoders included. 0 where the system does not tell.
fn resident_mib() -> f64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1_024.0
}

/// In place of the graphics card: counts what would lie on it and keeps nothing.
#[derive(Clone, Default)]
struct Card(Rc<RefCell<Held>>);

#[derive(Default)]
struct Held {
    pictures: HashMap<TextureId, usize>,
    most: usize,
}

impl TestRenderer for Card {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut held = self.0.borrow_mut();
        for (id, images) in delta.set.drain() {
            // The first texture is the one of the fonts.
            let whole = images.iter().find(|image| image.is_whole());
            if let Some(whole) = whole.filter(|_| id != TextureId::default()) {
                let [width, height] = whole.image.size();
                held.pictures.insert(id, 4 * width * height);
            }
        }
        let now = held.pictures.values().sum::<usize>();
        held.most = held.most.max(now);
        for id in delta.free.drain() {
            held.pictures.remove(&id);
        }
    }
}

struct Window {
    harness: Harness<'static, App>,
}

/// How long frames took while the wheel turned, and between two turns.
#[derive(Default)]
struct Scrolled {
    turning: Vec<Duration>,
    waiting: Vec<Duration>,
}

impl Window {
    /// The task's previews, with nobody allowed yet.
    fn open(server: &Server, card: &Card) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("wall.ndjson");
        write_event(&path, server.addr).expect("room for the event");
        let specs = vec![SourceSpec::Path(path)];
        let harness = Harness::builder()
            .with_size(vec2(1440.0, 900.0))
            .renderer(card.clone())
            .build_eframe(|cc| App::new(cc, None, specs));
        let mut window = Self { harness };
        window.until(|app| app.state().detail.loaded().is_some());
        window.harness.event(Event::Text("4".to_owned()));
        window.until(|app| app.state().detail.tab == Tab::Previews);
        window.steps();
        window
    }

    /// Allows the server as a person does: first the host, then that it leads to this machine.
    fn allow(&mut self, server: &Server) {
        let host = server.addr.to_string();
        self.click("Allow once");
        self.until(|app| {
            let mut private = app.state().previews.private();
            private.any(|(name, _)| name == host)
        });
        self.steps();
        self.click("Allow until you quit");
        self.until(has_settled);
    }

    fn choose(&mut self, size: &str) {
        self.click(size);
        self.harness.hover_at(pos2(1_100.0, 600.0));
        self.until(has_settled);
    }

    fn scroll_to_end(&mut self) -> Scrolled {
        let mut scrolled = Scrolled::default();
        let last = url(SNAPSHOTS - 1);
        while !self.sees(&last) {
            scrolled.turning.push(self.turn(-TURN));
            let begun = Instant::now();
            while !has_settled(self.harness.state()) {
                assert!(begun.elapsed() < LIMIT, "a picture does not come");
                scrolled.waiting.push(self.frame());
                thread::sleep(Duration::from_millis(1));
            }
        }
        scrolled
    }

    /// Without waiting for what had to make room.
    fn scroll_to_top(&mut self) -> Vec<Duration> {
        let mut frames = Vec::new();
        let first = url(0);
        while !self.sees(&first) {
            frames.push(self.turn(TURN));
        }
        frames
    }

    fn sees(&self, path: &str) -> bool {
        let mut seen = self.harness.state().state().previews.seen().iter();
        seen.any(|request| request.key.url.ends_with(path))
    }

    fn turn(&mut self, points: f32) -> Duration {
        self.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        });
        self.frame()
    }

    fn frame(&mut self) -> Duration {
        let begun = Instant::now();
        self.harness.step();
        begun.elapsed()
    }

    fn steps(&mut self) {
        self.harness.run_steps(5);
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.steps();
    }

    fn until(&mut self, reached: impl Fn(&App) -> bool) {
        let begun = Instant::now();
        while !reached(self.harness.state()) {
            assert!(begun.elapsed() < LIMIT, "the window does not get there");
            self.harness.step();
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn budget(&self) -> usize {
        let bytes = self.harness.state().state().settings.pictures.texture_bytes;
        usize::try_from(bytes).unwrap_or(usize::MAX)
    }
}

/// Whether nothing that is on the screen is still on its way.
fn has_settled(app: &App) -> bool {
    let previews = &app.state().previews;
    let mut seen = previews.seen().iter();
    seen.all(|request| {
        let state = previews.state(&request.key);
        matches!(state, PictureState::Ready(_) | PictureState::Failed(_))
    })
}

fn url(number: usize) -> String {
    format!("/snapshots/{number}.jpg")
}

fn write_event(path: &Path, addr: SocketAddr) -> std::io::Result<()> {
    let urls = (0..SNAPSHOTS).map(|number| format!("\"http://{addr}{}\"", url(number)));
    let urls = urls.collect::<Vec<_>>().join(",");
    let event = format!(
        r#"{{"EventType":"ProcedureStateChanged","ProcedureStateChangeEvent":{{"TaskId":"1256768367-Procedure-1t1","Status":"FINISH","ErrCode":0,"MetaData":{{"Duration":7200}},"MediaProcessResultSet":[{{"Type":"SampleSnapshot","SampleSnapshotTask":{{"Status":"SUCCESS","ErrCode":0,"Input":{{"Definition":10}},"Output":{{"Definition":10,"SampleType":"Time","Interval":3.6,"ImageUrlSet":[{urls}]}}}}}}]}}}}"#
    );
    std::fs::write(path, event + "\n")
}

/// Answers every path with the same picture.
struct Server {
    addr: SocketAddr,
    _accepting: Job<()>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let addr = listener.local_addr().expect("its address");
        let picture: Arc<[u8]> = jpeg().into();
        let accepting = spawn("wall-server", Wake::none(), move |_: Outbox<()>, cancel| {
            let mut open = Vec::new();
            while let Ok((stream, _)) = listener.accept() {
                if cancel.is_cancelled() {
                    return;
                }
                let picture = Arc::clone(&picture);
                let body = move |_: Outbox<()>, _| serve(&stream, &picture);
                open.push(spawn("wall-client", Wake::none(), body));
            }
        });
        Self {
            addr,
            _accepting: accepting,
        }
    }
}

/// Until the client has gone.
fn serve(mut stream: &TcpStream, picture: &[u8]) {
    let mut lines = BufReader::new(stream).lines();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\n\r\n",
        picture.len()
    );
    while let Some(Ok(line)) = lines.next() {
        if !line.is_empty() {
            continue;
        }
        let sent = stream.write_all(&[head.as_bytes(), picture].concat());
        if sent.is_err() {
            return;
        }
    }
}

/// Smooth with some detail, as a frame of a video is.
fn jpeg() -> Vec<u8> {
    let image = RgbImage::from_fn(640, 360, |x, y| {
        let grain = u8::try_from((x * 7 + y * 13 + x * y % 11) % 24).unwrap_or_default();
        let part = |at: u32, of: u32| u8::try_from(at * 220 / of).unwrap_or_default();
        Rgb([part(x, 640) + grain, part(y, 360) + grain, 120 + grain])
    });
    let mut bytes = Cursor::new(Vec::new());
    let written = DynamicImage::from(image).write_to(&mut bytes, ImageFormat::Jpeg);
    written.expect("a picture");
    bytes.into_inner()
}
