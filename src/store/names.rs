//! Names shared by all segments, each kept once and known by a small number.

use std::collections::HashMap;

use crate::model::{NameId, Segment};

/// Stands for every name that came after the numbers had run out.
const CATCH_ALL: &str = "…";
const CATCH_ALL_ID: NameId = NameId::MAX;

#[derive(Debug)]
pub(super) struct Names {
    texts: Vec<Box<str>>,
    ids: HashMap<Box<str>, NameId>,
    crowded: usize,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            texts: vec![Box::from("")],
            ids: HashMap::from([(Box::from(""), 0)]),
            crowded: 0,
        }
    }
}

impl Names {
    pub(super) fn get(&self, id: NameId) -> &str {
        match self.texts.get(usize::from(id)) {
            Some(name) => name,
            None if id == CATCH_ALL_ID => CATCH_ALL,
            None => "",
        }
    }

    pub(super) fn id(&self, name: &str) -> Option<NameId> {
        match self.ids.get(name) {
            Some(id) => Some(*id),
            None if name == CATCH_ALL && self.crowded > 0 => Some(CATCH_ALL_ID),
            None => None,
        }
    }

    /// One past the largest id in use.
    pub(super) fn bound(&self) -> usize {
        if self.crowded > 0 {
            usize::from(CATCH_ALL_ID) + 1
        } else {
            self.texts.len()
        }
    }

    pub(super) fn crowded(&self) -> usize {
        self.crowded
    }

    /// Rewrites a segment's own name numbers to the shared ones and drops its name table.
    pub(super) fn adopt(&mut self, segment: &mut Segment) {
        let own = std::mem::take(&mut segment.names);
        let shared: Vec<NameId> = own.into_iter().map(|name| self.intern(name)).collect();
        let lookup = |id: NameId| shared.get(usize::from(id)).copied().unwrap_or(0);
        for row in &mut segment.rows {
            row.event_type = lookup(row.event_type);
            row.status = lookup(row.status);
            row.code = lookup(row.code);
        }
        for sub in &mut segment.sub_rows {
            sub.kind = lookup(sub.kind);
            sub.code = lookup(sub.code);
        }
    }

    fn intern(&mut self, name: Box<str>) -> NameId {
        if let Some(id) = self.ids.get(&name) {
            return *id;
        }
        let id = NameId::try_from(self.texts.len()).unwrap_or(CATCH_ALL_ID);
        if id == CATCH_ALL_ID {
            self.crowded += 1;
            return id;
        }
        self.texts.push(name.clone());
        self.ids.insert(name, id);
        id
    }

    pub(super) fn memory_bytes(&self) -> usize {
        let bytes: usize = self.texts.iter().map(|name| name.len() * 2).sum();
        bytes + self.texts.capacity() * 16 + self.ids.capacity() * 25
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::model::{Row, Segment};

    fn segment_named(name: String) -> Segment {
        Segment {
            rows: vec![Row {
                code: 1,
                ..Row::default()
            }],
            names: vec![Box::from(""), name.into()],
            ..Segment::default()
        }
    }

    #[test]
    fn names_beyond_the_last_number_share_a_catch_all() {
        let mut names = Names::default();
        for number in 0..65_534 {
            names.adopt(&mut segment_named(format!("n{number}")));
        }
        assert_eq!(names.crowded(), 0);
        let mut late = segment_named("late".to_owned());
        names.adopt(&mut late);
        assert_eq!(names.get(late.rows[0].code), "…");
        assert_eq!(names.crowded(), 1);
        assert_eq!(names.id("n65533"), Some(65_534));
    }
}
