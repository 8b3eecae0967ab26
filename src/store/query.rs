//! What is asked for: words, values to have or not to have, a span of time.

use std::ops::Range;

use crate::model::{RowFlags, SourceId, Verdict};

/// A property tasks are counted and filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    Verdict,
    EventType,
    /// Error code of the task or of any of its sub-tasks.
    Code,
    /// Kind of a sub-task.
    Kind,
    Template,
    Source,
}

impl Facet {
    pub const ALL: [Self; 6] = [
        Self::Verdict,
        Self::EventType,
        Self::Code,
        Self::Kind,
        Self::Template,
        Self::Source,
    ];

    /// Its place in [`Facet::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// One value of a facet, by the name it has in the events.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetValue {
    Verdict(Verdict),
    EventType(String),
    Code(String),
    Kind(String),
    /// A definition in a family of sub-tasks (`Transcode`, `AiContentReview`, …), or in any.
    Template {
        family: Option<String>,
        definition: u32,
    },
    Source(SourceId),
}

impl FacetValue {
    #[must_use]
    pub fn facet(&self) -> Facet {
        match self {
            Self::Verdict(_) => Facet::Verdict,
            Self::EventType(_) => Facet::EventType,
            Self::Code(_) => Facet::Code,
            Self::Kind(_) => Facet::Kind,
            Self::Template { .. } => Facet::Template,
            Self::Source(_) => Facet::Source,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    Include,
    Exclude,
}

/// A value that tasks must have (one of its facet's included ones) or must not have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chip {
    pub value: FacetValue,
    pub sense: Sense,
}

/// A word or phrase that some id or name of the task must contain, whatever its case.
/// A URL stands for the FileId in it or its last path segment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextTerm(pub String);

/// A filter. All words, all facets, the time and the flags must agree.
///
/// Its text form, by [`Query::parse`] and `Display`, is what people type and see as chips:
/// `verdict:failed -code:InternalError template:Transcode/100030 has:cover 动物世界`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    pub words: Vec<TextTerm>,
    /// Words that no event of the task may contain: `-"test"` in the text form.
    pub without: Vec<TextTerm>,
    /// In the order they were added.
    pub chips: Vec<Chip>,
    /// Unix seconds, the end excluded. Tasks without a time never match.
    pub time: Option<Range<u32>>,
    /// All of these must be set.
    pub flags: RequiredFlags,
}

/// Flags in a form that can be a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RequiredFlags(pub u16);

impl From<RowFlags> for RequiredFlags {
    fn from(flags: RowFlags) -> Self {
        Self(flags.0)
    }
}

impl RequiredFlags {
    #[must_use]
    pub fn met_by(self, flags: RowFlags) -> bool {
        flags.contains(RowFlags(self.0))
    }
}

impl Query {
    /// Whether every task matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How a value stands in the filter.
    #[must_use]
    pub fn sense_of(&self, value: &FacetValue) -> Option<Sense> {
        let chip = self.chips.iter().find(|chip| chip.value == *value);
        chip.map(|chip| chip.sense)
    }

    /// Adds a value in that sense, turns it round, or takes it away when it stands so already.
    pub fn toggle(&mut self, value: FacetValue, sense: Sense) {
        let place = self.chips.iter().position(|chip| chip.value == value);
        let Some(place) = place else {
            self.chips.push(Chip { value, sense });
            return;
        };
        let standing = self.chips.get_mut(place).filter(|chip| chip.sense != sense);
        match standing {
            Some(chip) => chip.sense = sense,
            None => {
                self.chips.remove(place);
            }
        }
    }

    /// The values of a facet that stand in the filter in that sense.
    pub fn values(&self, facet: Facet, sense: Sense) -> impl Iterator<Item = &FacetValue> {
        let chips = self.chips.iter();
        chips
            .filter(move |chip| chip.sense == sense && chip.value.facet() == facet)
            .map(|chip| &chip.value)
    }
}

#[cfg(test)]
mod tests {
    use super::{FacetValue, Query, Sense};

    #[test]
    fn toggling_adds_turns_and_removes() {
        let mut query = Query::default();
        let value = || FacetValue::Kind("Transcode".to_owned());
        query.toggle(value(), Sense::Include);
        assert_eq!(query.sense_of(&value()), Some(Sense::Include));
        query.toggle(value(), Sense::Exclude);
        assert_eq!(query.sense_of(&value()), Some(Sense::Exclude));
        query.toggle(value(), Sense::Exclude);
        assert!(query.is_empty());
    }
}
