//! Standard error: what is said, and below it one line of progress that is written over, when a
//! terminal shows it.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::model::Lang;

use super::{complain, output};

/// How often the line is written, at most.
const PACE: Duration = Duration::from_millis(100);
/// Narrower than terminals are: a line that wraps cannot be written over.
const LINE_WIDTH: usize = 78;
/// To the line's start, and everything after it erased.
const ERASE: &str = "\r\u{1b}[K";

#[derive(Debug)]
pub(super) struct Console {
    pub(super) lang: Lang,
    is_terminal: bool,
    /// The line as it stands there; empty when there is none.
    shown: String,
    written: Option<Instant>,
}

impl Console {
    pub(super) fn new(lang: Lang) -> Self {
        Self {
            lang,
            is_terminal: io::stderr().is_terminal(),
            shown: String::new(),
            written: None,
        }
    }

    /// A line that stays.
    pub(super) fn say(&mut self, en: impl AsRef<str>, zh: impl AsRef<str>) {
        let text = self.lang.pick(en.as_ref(), zh.as_ref()).to_owned();
        self.tell(&text);
    }

    /// Like [`say`](Self::say), of a text in the right language already.
    pub(super) fn tell(&mut self, text: &str) {
        self.clear();
        complain(text);
    }

    /// A line that stays, for whoever sits before a terminal; scripts are not told.
    pub(super) fn remark(&mut self, text: &str) {
        if self.is_terminal {
            self.tell(text);
        }
    }

    /// How far it is; written over by the next.
    pub(super) fn progress(&mut self, text: impl FnOnce(Lang) -> String) {
        let early = self.written.is_some_and(|at| at.elapsed() < PACE);
        if !self.is_terminal || early {
            return;
        }
        let text = text(self.lang);
        let line = output::shortened(&text, LINE_WIDTH);
        if line != self.shown {
            write(&format!("{ERASE}{line}"));
            self.written = Some(Instant::now());
            self.shown = line.into_owned();
        }
    }

    /// Takes the progress away, before something else is written to the terminal.
    pub(super) fn clear(&mut self) {
        if !self.shown.is_empty() {
            write(ERASE);
            self.shown.clear();
        }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        self.clear();
    }
}

fn write(text: &str) {
    let mut err = io::stderr().lock();
    // When it is closed there is nobody to tell.
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
