//! The command line.

use std::path::PathBuf;

use crate::json::{Indent, Style};

pub(crate) const USAGE: &str = "\
generate [--shape ndjson|pull|array|concat] [--profile mixed|small]
         [--bytes N[k|M|G] | --events N] [--seed N] [--nulls on|off]
         [--pretty none|N|tab] [--ascii] [--slash] [--crlf]
         [--bad N] [--days N] [--out FILE]
--bad damages N of 100,000 lines (ndjson only)";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Lines,
    Pull,
    Array,
    Concatenated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    Mixed,
    Small,
}

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Bytes(u64),
    Events(u64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) shape: Shape,
    pub(crate) profile: Profile,
    pub(crate) amount: Amount,
    pub(crate) seed: u64,
    /// Members of other event types are written as `null`; unset, the profile decides.
    pub(crate) null_siblings: Option<bool>,
    pub(crate) style: Style,
    pub(crate) crlf: bool,
    pub(crate) bad_per_100k: u64,
    pub(crate) days: u64,
    pub(crate) out: Option<PathBuf>,
}

impl Options {
    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(name) = arguments.next() {
            if !options.set_flag(&name) {
                let value = arguments.next().ok_or(format!("{name} needs a value"))?;
                options.set(&name, &value)?;
            }
        }
        options.checked()
    }

    fn set_flag(&mut self, name: &str) -> bool {
        match name {
            "--ascii" => self.style.ascii = true,
            "--slash" => self.style.slash = true,
            "--crlf" => self.crlf = true,
            _ => return false,
        }
        true
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let unknown = || format!("{name} cannot be {value}");
        match (name, value) {
            ("--shape", "ndjson") => self.shape = Shape::Lines,
            ("--shape", "pull") => self.shape = Shape::Pull,
            ("--shape", "array") => self.shape = Shape::Array,
            ("--shape", "concat") => self.shape = Shape::Concatenated,
            ("--profile", "mixed") => self.profile = Profile::Mixed,
            ("--profile", "small") => self.profile = Profile::Small,
            ("--nulls", "on") => self.null_siblings = Some(true),
            ("--nulls", "off") => self.null_siblings = Some(false),
            ("--pretty", "none") => self.style.indent = Indent::None,
            ("--pretty", "tab") => self.style.indent = Indent::Tab,
            ("--pretty", count) => {
                self.style.indent = Indent::Spaces(count.parse().ok().ok_or_else(unknown)?);
            }
            ("--bytes", size) => self.amount = Amount::Bytes(bytes(size).ok_or_else(unknown)?),
            ("--events", count) => {
                self.amount = Amount::Events(count.parse().ok().ok_or_else(unknown)?);
            }
            ("--seed", seed) => self.seed = seed.parse().ok().ok_or_else(unknown)?,
            ("--bad", count) => self.bad_per_100k = count.parse().ok().ok_or_else(unknown)?,
            ("--days", days) => self.days = days.parse().ok().ok_or_else(unknown)?,
            ("--out", path) => self.out = Some(path.into()),
            _ => return Err(unknown()),
        }
        Ok(())
    }

    fn checked(self) -> Result<Self, String> {
        let is_lines = self.shape == Shape::Lines;
        if is_lines && self.style.indent != Indent::None {
            return Err("an event of ndjson is one line: no --pretty".to_owned());
        }
        if !is_lines && (self.bad_per_100k > 0 || self.crlf) {
            return Err("--bad and --crlf are for --shape ndjson".to_owned());
        }
        Ok(self)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            shape: Shape::Lines,
            profile: Profile::Mixed,
            amount: Amount::Bytes(100_000_000),
            seed: 1,
            null_siblings: None,
            style: Style::default(),
            crlf: false,
            bad_per_100k: 0,
            days: 7,
            out: None,
        }
    }
}

/// `100`, `64k`, `100M`, `1G`: powers of ten.
fn bytes(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(['k', 'M', 'G']);
    let unit = match text.get(digits.len()..)? {
        "" => 1,
        "k" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Options, String> {
        Options::parse(line.split_whitespace().map(ToOwned::to_owned))
    }

    #[test]
    fn sizes_have_decimal_units() {
        let options = parsed("--bytes 2G --seed 7 --ascii").unwrap();
        assert_eq!(options.amount, Amount::Bytes(2_000_000_000));
        assert_eq!((options.seed, options.style.ascii), (7, true));
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        for line in [
            "--pretty 2",
            "--shape array --bad 5",
            "--bytes 1T",
            "--seed",
            "--what 1",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
