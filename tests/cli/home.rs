//! A home folder of its own, with keys for the loopback service: what is pulled and received in a
//! test is seen by nobody else, and no output may show the keys.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vodscope::archive::{Archive, Kind, Range};

use crate::program::{Ran, ended, program};
use crate::vod_service::{SECRET_ID, SECRET_KEY, SUB_APP_ID, Service};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The program with nothing of this machine's owner around it.
    pub(crate) fn program(&self, args: &[&str]) -> Command {
        let mut command = program(args);
        command.env_clear().current_dir(self.folder.path());
        command.env("LC_ALL", "en_US.UTF-8");
        command.env("HOME", self.folder.path());
        command.env("XDG_CONFIG_HOME", self.path("config"));
        command.env("VODSCOPE_ARCHIVE", self.archive());
        command.env("TENCENTCLOUD_SECRET_ID", SECRET_ID);
        command.env("TENCENTCLOUD_SECRET_KEY", SECRET_KEY);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        checked(ended(&self.program(args).output().unwrap()))
    }

    pub(crate) fn pull(&self, service: &Service, args: &[&str]) -> Ran {
        let endpoint = service.endpoint();
        self.run(&[&["pull", "--endpoint", &endpoint], args].concat())
    }

    /// Pulls and confirms: the application's id stands beside it.
    pub(crate) fn pull_and_confirm(&self, service: &Service, args: &[&str]) -> Ran {
        let id = SUB_APP_ID.to_string();
        let confirm = ["--source", "queue", "--sub-app-id", &id, "--confirm"];
        self.pull(service, &[&confirm, args].concat())
    }

    /// Starts the program and goes on.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        self.start_command(self.program(args))
    }

    pub(crate) fn start_command(&self, mut command: Command) -> Running {
        let (out, err) = (self.path("stdout"), self.path("stderr"));
        command.stdout(File::create(&out).unwrap());
        command.stderr(File::create(&err).unwrap());
        Running {
            child: command.stdin(Stdio::null()).spawn().unwrap(),
            out,
            err,
        }
    }

    pub(crate) fn archive(&self) -> PathBuf {
        self.path("archive.sqlite3")
    }

    /// The bytes of what is in the archive, of one kind.
    pub(crate) fn archived(&self, kind: Kind) -> Vec<Vec<u8>> {
        archived(&self.archive(), kind)
    }
}

pub(crate) fn archived(path: &Path, kind: Kind) -> Vec<Vec<u8>> {
    let Some(archive) = Archive::open_existing(path).unwrap() else {
        return Vec::new();
    };
    let records = archive.next(0, &Range::default(), usize::MAX).unwrap();
    let wanted = records.into_iter().filter(|record| record.kind == kind);
    wanted.map(|record| record.bytes).collect()
}

/// No output shows a key.
fn checked(ran: Ran) -> Ran {
    for text in [&ran.out, &ran.err] {
        assert!(!text.contains(SECRET_KEY), "{text}");
        assert!(!text.contains(SECRET_ID), "{text}");
        assert!(!text.contains("panicked"), "{text}");
    }
    ran
}

/// The program at work. Killed when dropped.
pub(crate) struct Running {
    child: Child,
    out: PathBuf,
    err: PathBuf,
}

impl Running {
    pub(crate) fn out(&self) -> String {
        fs::read_to_string(&self.out).unwrap()
    }

    pub(crate) fn err(&self) -> String {
        fs::read_to_string(&self.err).unwrap()
    }

    pub(crate) fn until(&mut self, enough: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !enough(self) {
            let told = format!("{}{}", self.out(), self.err());
            assert!(started.elapsed() < PATIENCE, "{told}");
            assert!(self.child.try_wait().unwrap().is_none(), "ended: {told}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Where it says that it receives.
    pub(crate) fn listening(&mut self) -> String {
        self.until(|running| running.err().contains("Receiving on "));
        let err = self.err();
        let (_, rest) = err.split_once("Receiving on http://").unwrap();
        rest.split_once('/').unwrap().0.to_owned()
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) -> Ran {
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < PATIENCE, "{}{}", self.out(), self.err());
            thread::sleep(Duration::from_millis(20));
        };
        checked(Ran {
            code: status.code(),
            out: self.out(),
            err: self.err(),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already where a test came to its end.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// Records as one line each, sorted: what an output file must hold.
pub(crate) fn lines(records: &[Vec<u8>]) -> Vec<String> {
    let line = |bytes: &Vec<u8>| {
        let line = vodscope::export::one_line(bytes);
        String::from_utf8(line.into_owned()).unwrap()
    };
    sorted(records.iter().map(line))
}

pub(crate) fn sorted(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.into_iter().collect();
    lines.sort();
    lines
}
