//! Finds the end of a value in text that arrives in pieces: follows strings and brackets only.
//! What stands between them is checked later, by the scanner, on the whole record.

use super::envelope::Context;
use super::resync::{Candidate, starts_record};

/// Brackets deeper than this are counted but not compared.
const COMPARED_DEPTH: u32 = 1024;
const WORDS: usize = 16;
/// Text behind a list that is kept when it matters.
const KEPT_TEXT: usize = 4096;

/// What following the text came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The bytes are used up (or the next one cannot be judged without its followers).
    NeedMore,
    /// The value ends before this index.
    Closed(usize),
    /// A list of records begins; its first item comes at this index.
    List(Context, usize),
    /// No JSON value goes on like this byte does.
    Damaged(usize),
    /// Another record begins (or the text ends) here: this value was cut off before.
    CutShort(usize),
}

/// The last string at the level where lists of records stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Key {
    #[default]
    Other,
    List(Context),
    /// `Response` or `data`, which lists stand in.
    Wrapping,
}

/// A value that has begun. Indices are into the buffer of the moment.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    /// Where the value begins; meaningless once `is_envelope`.
    pub(crate) start: usize,
    /// The next byte to look at.
    pub(crate) at: usize,
    /// A list of records was found in it: it is no record itself and is not kept.
    pub(crate) is_envelope: bool,
    /// Spaces before it on its line.
    pub(crate) indent: usize,
    /// What stands behind its list is needed: it may tell the state of the items.
    keeps_text: bool,
    depth: u32,
    objects: [u64; WORDS],
    string_start: Option<usize>,
    key: Key,
    /// The object at level 1 is one that lists stand in.
    in_wrapping: bool,
}

impl Track {
    pub(crate) fn new(start: usize, indent: usize) -> Self {
        Self {
            start,
            at: start,
            is_envelope: false,
            indent,
            keeps_text: false,
            depth: 0,
            objects: [0; WORDS],
            string_start: None,
            key: Key::Other,
            in_wrapping: false,
        }
    }

    /// What the text would be cut off in.
    pub(crate) fn inside(&self) -> &'static str {
        match (self.string_start, self.depth) {
            (Some(_), _) => "string",
            (None, 0) => "value",
            (None, _) if self.in_object() => "object",
            _ => "array",
        }
    }

    /// The first byte that must be kept when more text arrives.
    pub(crate) fn keep_from(&self) -> usize {
        let is_short = self.at.saturating_sub(self.start) < KEPT_TEXT;
        if self.is_envelope && !(self.keeps_text && is_short) {
            self.string_start.unwrap_or(self.at).min(self.at)
        } else {
            self.start
        }
    }

    /// The buffer lost its first `count` bytes.
    pub(crate) fn shift(&mut self, count: usize) {
        self.start = self.start.saturating_sub(count);
        self.at = self.at.saturating_sub(count);
        self.string_start = self.string_start.map(|at| at.saturating_sub(count));
    }

    /// Follows the text. `wary`: a line that starts like a record ends this one even when it
    /// does not start like an event.
    pub(crate) fn advance(&mut self, buffer: &[u8], wary: bool) -> Step {
        loop {
            if self.string_start.is_some() {
                match self.pass_string(buffer) {
                    None => {}
                    Some(step) => return step,
                }
                continue;
            }
            let rest = buffer.get(self.at..).unwrap_or_default();
            let Some(ahead) = rest.iter().position(|byte| class(*byte) != Class::Plain) else {
                self.at = buffer.len();
                return Step::NeedMore;
            };
            self.at += ahead;
            let byte = rest.get(ahead).copied().unwrap_or_default();
            match class(byte) {
                Class::Plain => {}
                Class::Quote => {
                    self.at += 1;
                    self.string_start = Some(self.at);
                }
                Class::Open => {
                    self.at += 1;
                    if let Some(context) = self.open(byte) {
                        return Step::List(context, self.at);
                    }
                }
                Class::Close => {
                    if !self.close(byte) {
                        return Step::Damaged(self.at);
                    }
                    self.at += 1;
                    if self.depth == 0 {
                        return Step::Closed(self.at);
                    }
                }
                Class::Bad => return Step::Damaged(self.at),
                Class::Newline => match self.next_line(buffer, wary) {
                    Candidate::Yes => return Step::CutShort(self.at),
                    Candidate::No => self.at += 1,
                    Candidate::Unclear => return Step::NeedMore,
                },
            }
        }
    }

    /// The list that was entered has ended: goes on behind its closing bracket.
    pub(crate) fn resume(&mut self, at: usize, keeps_text: bool) {
        self.start = at;
        self.at = at;
        self.keeps_text = keeps_text;
    }

    fn pass_string(&mut self, buffer: &[u8]) -> Option<Step> {
        let start = self.string_start?;
        let rest = buffer.get(self.at..).unwrap_or_default();
        let Some(ahead) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
            self.at = buffer.len();
            return Some(Step::NeedMore);
        };
        self.at += ahead;
        match rest.get(ahead) {
            Some(b'"') => {
                self.string_start = None;
                if self.depth <= 2 {
                    self.key = key(buffer.get(start..self.at).unwrap_or_default());
                }
                self.at += 1;
                // A string can be the whole value.
                (self.depth == 0).then_some(Step::Closed(self.at))
            }
            Some(b'\\') if rest.len() > ahead + 1 => {
                self.at += 2;
                None
            }
            Some(b'\\') => Some(Step::NeedMore),
            _ => Some(Step::Damaged(self.at)),
        }
    }

    /// Enters a bracket; says which list of records it begins, if any (the list is not counted).
    fn open(&mut self, byte: u8) -> Option<Context> {
        let is_object = byte == b'{';
        if let Key::List(context) = self.key
            && !is_object
            && (self.depth == 1 || self.depth == 2 && self.in_wrapping)
        {
            self.is_envelope = true;
            self.key = Key::Other;
            return Some(context);
        }
        if self.depth == 1 {
            self.in_wrapping = is_object && self.key == Key::Wrapping;
        }
        if let Some((word, bit)) = place(self.depth)
            && let Some(word) = self.objects.get_mut(word)
        {
            *word = (*word & !bit) | if is_object { bit } else { 0 };
        }
        self.depth += 1;
        None
    }

    /// Leaves a bracket; false when it is of the other kind.
    fn close(&mut self, byte: u8) -> bool {
        let is_comparable = self.depth <= COMPARED_DEPTH;
        if self.depth == 0 || is_comparable && self.in_object() != (byte == b'}') {
            return false;
        }
        self.depth -= 1;
        true
    }

    fn in_object(&self) -> bool {
        place(self.depth.saturating_sub(1))
            .and_then(|(word, bit)| Some(self.objects.get(word)? & bit != 0))
            .unwrap_or(true)
    }

    /// Whether the line after the line feed at `at` starts a record of its own.
    fn next_line(&self, buffer: &[u8], wary: bool) -> Candidate {
        if self.is_envelope {
            return Candidate::No;
        }
        let line = buffer.get(self.at + 1..).unwrap_or_default();
        let blanks = line.iter().take_while(|b| matches!(b, b' ' | b'\t'));
        let indent = blanks.count();
        match line.get(indent) {
            None => Candidate::Unclear,
            Some(b'{') if indent <= self.indent && wary => Candidate::Yes,
            Some(b'{') if indent <= self.indent => {
                starts_record(line.get(indent..).unwrap_or_default())
            }
            Some(_) => Candidate::No,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Quote,
    Open,
    Close,
    Newline,
    /// Cannot stand outside a string.
    Bad,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Bad; 256];
    let plain = b" \t\r,:+-.0123456789eEtrufalsn";
    let mut at = 0;
    while at < plain.len() {
        set(&mut table, plain, at);
        at += 1;
    }
    table
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time only")]
const fn set(table: &mut [Class; 256], plain: &[u8], at: usize) {
    table[plain[at] as usize] = Class::Plain;
    table[b'"' as usize] = Class::Quote;
    table[b'{' as usize] = Class::Open;
    table[b'[' as usize] = Class::Open;
    table[b'}' as usize] = Class::Close;
    table[b']' as usize] = Class::Close;
    table[b'\n' as usize] = Class::Newline;
}

#[inline]
fn class(byte: u8) -> Class {
    CLASSES
        .get(usize::from(byte))
        .copied()
        .unwrap_or(Class::Bad)
}

fn place(level: u32) -> Option<(usize, u64)> {
    let word = usize::try_from(level / 64).ok()?;
    (word < WORDS).then_some((word, 1 << (level % 64)))
}

fn key(name: &[u8]) -> Key {
    if matches!(name, b"Response" | b"data") {
        return Key::Wrapping;
    }
    std::str::from_utf8(name)
        .ok()
        .and_then(Context::of_member)
        .map_or(Key::Other, Key::List)
}
