//! Callbacks a second: received over keep-alive connections, stored durably, answered.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement that fails says so"
)]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::thread;

use divan::Bencher;
use divan::counter::ItemsCount;
use tempfile::TempDir;
use vodscope::job::{Job, Wake};
use vodscope::model::{ListenSpec, LiveNews, SourceEvent};
use vodscope::source::Catalog;
use vodscope::source::listener::listen;

const CALLBACKS: usize = 2_000;
/// About the size of a task flow with a few outputs.
const PADDING: usize = 8_000;

fn main() {
    divan::main();
}

fn start(folder: &Path) -> (Job<SourceEvent>, SocketAddr) {
    let spec = ListenSpec {
        addr: SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    let archive = folder.join("archive.sqlite3");
    let job = listen(spec, None, archive, &Catalog::default(), Wake::none());
    loop {
        if let Some(SourceEvent::Live {
            news: LiveNews::Listening { addr },
            ..
        }) = job.recv()
        {
            return (job, addr);
        }
    }
}

fn send(addr: SocketAddr, numbers: impl Iterator<Item = usize>) {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_nodelay(true).unwrap();
    for number in numbers {
        let padding = "x".repeat(PADDING);
        let body = format!(
            r#"{{"EventType":"FileDeleted","FileDeleteEvent":{{"FileIdSet":["{number}"]}},"Padding":"{padding}"}}"#
        );
        let head = format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all((head + &body).as_bytes()).unwrap();
        let mut answer = [0; 512];
        let read = stream.read(&mut answer).unwrap();
        assert!(answer[..read].starts_with(b"HTTP/1.1 200"));
    }
}

/// The archive is in the folder for temporary files: `TMPDIR` chooses the disk.
#[divan::bench(args = [1, 16, 128], sample_count = 5, sample_size = 1)]
fn callbacks(bencher: Bencher<'_, '_>, connections: usize) {
    let folder = TempDir::new().unwrap();
    let (job, addr) = start(folder.path());
    let mut round = 0;
    bencher.counter(ItemsCount::new(CALLBACKS)).bench_local(|| {
        round += 1;
        thread::scope(|scope| {
            for client in 0..connections {
                let numbers = (client..CALLBACKS).step_by(connections);
                scope.spawn(move || send(addr, numbers.map(|n| n + round * CALLBACKS)));
            }
        });
        while job.try_recv().is_some() {}
    });
}
