//! Searching an event: which nodes match, and where its text does.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use crate::model::{JsonNode, JsonTree, JsonValue, NodeId};

/// What is searched for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub text: String,
    pub match_case: bool,
    pub in_keys: bool,
    pub in_values: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            text: String::new(),
            match_case: false,
            in_keys: true,
            in_values: true,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchOption {
    MatchCase,
    Keys,
    Values,
}

impl Search {
    /// Keys and values cannot both be left out: leaving out the last one takes in the other.
    pub(super) fn toggle(&mut self, option: SearchOption) {
        match option {
            SearchOption::MatchCase => self.match_case = !self.match_case,
            SearchOption::Keys => {
                self.in_keys = !self.in_keys;
                self.in_values |= !self.in_keys;
            }
            SearchOption::Values => {
                self.in_values = !self.in_values;
                self.in_keys |= !self.in_values;
            }
        }
    }

    /// `None` when nothing is searched for.
    pub fn matcher(&self) -> Option<Matcher> {
        if self.text.is_empty() {
            return None;
        }
        let built = RegexBuilder::new(&regex::escape(&self.text))
            .case_insensitive(!self.match_case)
            .build();
        built.ok().map(Matcher)
    }
}

/// The search text made ready.
#[derive(Clone, Debug)]
pub struct Matcher(Regex);

impl Matcher {
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Every occurrence, as byte ranges.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.0.find_iter(text).map(|found| found.range())
    }
}

/// The nodes whose name or value matches, in document order.
pub(super) fn nodes(tree: &JsonTree, matcher: Option<&Matcher>, search: &Search) -> Vec<NodeId> {
    let Some(matcher) = matcher else {
        return Vec::new();
    };
    let is_hit = |node: &JsonNode| {
        let name = node.name.as_deref().filter(|_| search.in_keys);
        let value = value_text(&node.value).filter(|_| search.in_values);
        name.is_some_and(|name| matcher.is_in(name))
            || value.is_some_and(|text| matcher.is_in(text))
    };
    (0..)
        .zip(&tree.nodes)
        .filter(|(_, node)| is_hit(node))
        .map(|(id, _)| id)
        .collect()
}

/// Where a text matches.
pub(super) fn ranges(text: &str, matcher: Option<&Matcher>) -> Vec<Range<u32>> {
    let Some(matcher) = matcher else {
        return Vec::new();
    };
    let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    matcher
        .find(text)
        .map(|found| short(found.start)..short(found.end))
        .collect()
}

fn value_text(value: &JsonValue) -> Option<&str> {
    match value {
        JsonValue::Null => Some("null"),
        JsonValue::Bool(true) => Some("true"),
        JsonValue::Bool(false) => Some("false"),
        JsonValue::Number(text) | JsonValue::String(text) => Some(text),
        JsonValue::Array | JsonValue::Object => None,
    }
}
