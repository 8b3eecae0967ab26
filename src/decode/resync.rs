//! Where to read on after damage: at a line that starts like a record, or at the first members
//! only records have, wherever on a line they stand.

/// The members records begin with.
const FIRST_MEMBERS: [&[u8]; 7] = [
    b"EventHandle",
    b"EventType",
    b"eventType",
    b"version",
    b"msgHandle",
    b"Response",
    b"eventContent",
];
/// White space between a record's brace and its first member.
const BLANKS: usize = 64;
/// Bytes before a brace that tell how its line begins.
const LOOK_BACK: usize = 256;

/// Whether a record starts at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Candidate {
    Yes,
    No,
    /// The text ends too early to say.
    Unclear,
}

/// Whether these bytes, from a `{` on, start like an event.
pub(crate) fn starts_record(bytes: &[u8]) -> Candidate {
    let Some(inside) = bytes.strip_prefix(b"{") else {
        return Candidate::No;
    };
    let blanks = inside
        .iter()
        .take(BLANKS)
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let rest = inside.get(blanks..).unwrap_or_default();
    if rest.is_empty() {
        return Candidate::Unclear;
    }
    let Some(name) = rest.strip_prefix(b"\"") else {
        return Candidate::No;
    };
    let mut answer = Candidate::No;
    for member in FIRST_MEMBERS {
        match name.strip_prefix(member) {
            Some([b'"', ..]) => return Candidate::Yes,
            Some([]) => answer = Candidate::Unclear,
            None if member.starts_with(name) => answer = Candidate::Unclear,
            _ => {}
        }
    }
    answer
}

/// Where to read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    At(usize),
    /// Nowhere in these bytes; those from here on must be seen again with what follows.
    NotBefore(usize),
}

/// The first place at or after `from` where a record starts: a line that starts with a brace
/// after at most `indent` blanks, or a brace with an event's first member.
pub(crate) fn find(bytes: &[u8], from: usize, indent: usize, is_last: bool) -> Found {
    let rest = bytes.get(from..).unwrap_or_default();
    for at in memchr::memchr_iter(b'{', rest).map(|at| from + at) {
        if starts_line(bytes, at, indent) {
            return Found::At(at);
        }
        match starts_record(bytes.get(at..).unwrap_or_default()) {
            Candidate::Yes => return Found::At(at),
            Candidate::Unclear if !is_last => return Found::NotBefore(at),
            Candidate::No | Candidate::Unclear => {}
        }
    }
    Found::NotBefore(bytes.len())
}

/// Whether only blanks, at most `indent`, stand before `at` on its line.
fn starts_line(bytes: &[u8], at: usize, indent: usize) -> bool {
    let before = bytes.get(at.saturating_sub(LOOK_BACK)..at);
    let before = before.unwrap_or_default();
    let blanks = before
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    if blanks > indent {
        return false;
    }
    before.iter().rev().nth(blanks) == Some(&b'\n')
}

/// How many bytes before the end of a searched buffer the next search looks back at.
pub(crate) fn look_back() -> usize {
    LOOK_BACK
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Found, find, starts_record};

    #[test]
    fn events_are_known_by_their_first_member() {
        assert_eq!(starts_record(b"{\"EventType\":1"), Candidate::Yes);
        assert_eq!(starts_record(b"{ \n \"EventHandle\" "), Candidate::Yes);
        assert_eq!(starts_record(b"{\"EventTypeX\":1"), Candidate::No);
        assert_eq!(starts_record(b"{\"TaskId\":1"), Candidate::No);
        assert_eq!(starts_record(b"{\"Event"), Candidate::Unclear);
        assert_eq!(starts_record(b"{"), Candidate::Unclear);
        assert_eq!(starts_record(b"{}"), Candidate::No);
    }

    #[test]
    fn lines_and_first_members_are_found() {
        assert_eq!(find(b"x{\n  {\n{}", 0, 0, true), Found::At(7));
        assert_eq!(find(b"x{\n  {\n{}", 0, 2, true), Found::At(5));
        assert_eq!(find(b"x [{\"version\":\"4.0\"", 0, 0, true), Found::At(3));
        assert_eq!(find(b"x {\"ver", 0, 0, false), Found::NotBefore(2));
        assert_eq!(find(b"x {\"ver", 0, 0, true), Found::NotBefore(7));
    }
}
