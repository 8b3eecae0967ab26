//! A node's path, as other tools spell it.

use std::fmt::Write as _;

use crate::model::{JsonTree, NodeId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// RFC 9535: `$.EventSet[0]['odd name']`.
    JsonPath,
    /// RFC 6901: `/EventSet/0/odd name`.
    JsonPointer,
    /// `.EventSet[0]."odd name"`.
    Jq,
}

/// The path from the root to a node.
pub fn path_text(tree: &JsonTree, id: NodeId, style: PathStyle) -> String {
    let mut out = match style {
        PathStyle::JsonPath => "$".to_owned(),
        PathStyle::JsonPointer => String::new(),
        PathStyle::Jq => ".".to_owned(),
    };
    for step in tree.path(id).into_iter().skip(1) {
        let name = tree.node(step).and_then(|node| node.name.as_deref());
        match name {
            Some(name) => add_name(&mut out, name, style),
            None => add_index(&mut out, tree.index_in_parent(step).unwrap_or(0), style),
        }
    }
    out
}

/// Whether a name needs no quotes in any style.
pub fn is_plain_name(name: &str) -> bool {
    let first_is_letter = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    first_is_letter && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn add_name(out: &mut String, name: &str, style: PathStyle) {
    let plain = is_plain_name(name);
    match style {
        PathStyle::JsonPath if plain => out.extend([".", name]),
        PathStyle::JsonPath => out.extend(["[", &quoted(name, '\''), "]"]),
        PathStyle::JsonPointer => {
            let escaped = name.replace('~', "~0").replace('/', "~1");
            out.extend(["/", &escaped]);
        }
        PathStyle::Jq => {
            if out != "." {
                out.push('.');
            }
            let name = if plain {
                name.to_owned()
            } else {
                quoted(name, '"')
            };
            out.push_str(&name);
        }
    }
}

fn add_index(out: &mut String, index: usize, style: PathStyle) {
    // Writing to a String cannot fail.
    let _ = match style {
        PathStyle::JsonPath | PathStyle::Jq => write!(out, "[{index}]"),
        PathStyle::JsonPointer => write!(out, "/{index}"),
    };
}

/// The text in quotes, with what JSON does not allow between them escaped.
pub fn quoted(text: &str, quote: char) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}
