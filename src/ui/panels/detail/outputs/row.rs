//! One row of the table of outputs.

use super::cells::{Cell, Tag};
use super::share::Share;
use crate::model::{NodeId, Outcome};

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Source,
    Output(Outcome),
    Rung,
}

/// The cells between the name and the share, in the order of their columns.
pub(super) const CELLS: usize = 8;

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) mark: Mark,
    /// The template's number.
    pub(super) number: String,
    pub(super) name: String,
    pub(super) tags: Vec<Tag>,
    pub(super) cells: [Cell; CELLS],
    pub(super) share: Option<Share>,
    /// In place of cells: why there is no output (yet).
    pub(super) instead: Option<Instead>,
    pub(super) has_rungs: bool,
    pub(super) sub_task: Option<usize>,
    pub(super) node: Option<NodeId>,
    pub(super) url: Option<String>,
    /// The family and number to filter by.
    pub(super) template: Option<(String, u32)>,
}

/// What is said where an output would be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Instead {
    Missing { code: String, why: String },
    Pending(String),
}

impl Row {
    pub(super) fn new(mark: Mark) -> Self {
        Self {
            mark,
            number: String::new(),
            name: String::new(),
            tags: Vec::new(),
            cells: Default::default(),
            share: None,
            instead: None,
            has_rungs: false,
            sub_task: None,
            node: None,
            url: None,
            template: None,
        }
    }

    /// Number and name, as people call the output.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.number, self.name).trim().to_owned()
    }

    /// The row in one line, in the order of its columns.
    pub(super) fn columns(&self) -> Vec<String> {
        let tags = self.tags.iter().map(|tag| tag.words.clone());
        let first: Vec<String> = std::iter::once(self.title()).chain(tags).collect();
        let mut out = vec![first.join(", ")];
        match &self.instead {
            Some(Instead::Missing { code, why }) => out.extend([code.clone(), why.clone()]),
            Some(Instead::Pending(words)) => out.push(words.clone()),
            None => {
                out.extend(self.cells.iter().map(Cell::spoken));
                out.extend(self.share.iter().map(|share| share.text.clone()));
            }
        }
        out
    }
}
