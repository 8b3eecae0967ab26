//! Reads source text: what is code, which modules and crates it names, and where.

use regex::Regex;

/// One source file: its path below `src`, with `/`, and its text.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The top-level module: `ui` for `ui/theme.rs`; `lib` and `main` are roots and join all.
    pub(crate) fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    pub(crate) fn is_root(&self) -> bool {
        matches!(self.module(), "lib" | "main")
    }

    /// How many `super::` lead from this file to the crate root.
    fn depth(&self) -> usize {
        let segments = self.path.split('/').count();
        segments - usize::from(self.path.ends_with("/mod.rs"))
    }

    /// The line number and the trimmed line of the byte at `at`.
    pub(crate) fn line(&self, at: usize) -> (usize, &str) {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let code = self.text.lines().nth(line - 1).unwrap_or_default();
        (line, code.trim())
    }
}

pub(crate) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// The text with comments and literals blanked, so that offsets and lines stay.
pub(crate) fn code_only(text: &str) -> String {
    let noise = regex(
        r##"(?s)//[^\n]*|/\*.*?\*/|b?r#+".*?"#+|b?r"[^"]*"|b?"(?:\\.|[^"\\])*"|'(?:\\[^\n']+|[^\\'\n])'"##,
    );
    let blank = |found: &regex::Captures<'_>| -> String {
        let text = found.get(0).map_or("", |found| found.as_str());
        let blank = |byte| if byte == b'\n' { '\n' } else { ' ' };
        text.bytes().map(blank).collect()
    };
    noise.replace_all(text, blank).into_owned()
}

/// Where each `root::name` is, whether written alone or in `root::{name, …}`.
pub(crate) fn names_below(code: &str, root: &str) -> Vec<(usize, String)> {
    let start = regex(&format!(r"(?:^|[^\w:]){root}::(\{{|\w+)"));
    let mut found = Vec::new();
    for captures in start.captures_iter(code) {
        let Some(name) = captures.get(1) else {
            continue;
        };
        if name.as_str() == "{" {
            found.extend(names_in_group(code, name.end()));
        } else {
            found.push((name.start(), name.as_str().to_owned()));
        }
    }
    found
}

/// The first names of a `{a::b, c}` whose brace ends at `start`.
fn names_in_group(code: &str, start: usize) -> Vec<(usize, String)> {
    let (mut depth, mut expecting, mut found) = (1, true, Vec::new());
    let rest = code.get(start..).unwrap_or_default();
    for token in regex(r"\w+|[{},]").find_iter(rest) {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => expecting = true,
            "," => {}
            name if depth == 1 && expecting => {
                expecting = false;
                found.push((start + token.start(), name.to_owned()));
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

/// How many inline `mod x { … }` enclose the byte at `at`.
fn inline_modules(code: &str, at: usize) -> usize {
    let before = code.get(..at).unwrap_or_default();
    let mut open = Vec::new();
    for token in regex(r"\bmod\s+\w+\s*\{|[{}]").find_iter(before) {
        if token.as_str() == "}" {
            open.pop();
        } else {
            open.push(token.as_str().starts_with("mod"));
        }
    }
    open.into_iter().filter(|is_module| *is_module).count()
}

/// Every other name at the crate root that is mentioned: `crate::x`, `vodscope::x`, `super::…::x`.
pub(crate) fn imports(source: &Source, code: &str) -> Vec<(usize, String)> {
    let mut found = names_below(code, "crate");
    found.extend(names_below(code, "vodscope"));
    for depth in source.depth()..source.depth() + 3 {
        let chain = ["super"].repeat(depth).join("::");
        let at_root = |at: usize| source.depth() + inline_modules(code, at) == depth;
        let names = names_below(code, &chain).into_iter();
        found.extend(names.filter(|(at, _)| at_root(*at)));
    }
    found.retain(|(_, name)| name != source.module());
    found
}
