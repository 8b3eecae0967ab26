//! What is said beside a value: its unit, its meaning, what it refers to.

use crate::knowledge::error_code::{Vocabulary, explain};
use crate::knowledge::{field, template};
use crate::model::{JsonNode, JsonValue, NodeId, SubTask};
use crate::state::LineKind;
use crate::text::{Text, format, raw as sentence};

use super::facts::local_time;
use super::rows::{Row, Sheet};

/// Adds what is known of a member's value.
pub(super) fn add(sheet: &Sheet<'_>, row: &mut Row, node: &JsonNode) {
    let Some(name) = node.name.as_deref() else {
        return;
    };
    if row.line.kind != LineKind::Leaf {
        if name.eq_ignore_ascii_case("MetaData") && !sheet.facts.media.is_empty() {
            row.hint(sheet.facts.media.clone());
        }
        return;
    }
    let place = Place {
        sheet,
        id: row.line.node,
        name,
    };
    match &node.value {
        JsonValue::Number(text) => place.number(row, text),
        JsonValue::String(text) => place.string(row, text),
        _ => place.meaning(row),
    }
}

/// A member without members.
struct Place<'a> {
    sheet: &'a Sheet<'a>,
    id: NodeId,
    name: &'a str,
}

impl Place<'_> {
    fn text(&self) -> &Text {
        self.sheet.text
    }

    fn is(&self, names: &[&str]) -> bool {
        names
            .iter()
            .any(|name| self.name.eq_ignore_ascii_case(name))
    }

    fn number(&self, row: &mut Row, value: &str) {
        let whole = value.parse::<i64>().ok();
        if self.is(&["ErrCode"]) {
            return self.err_code(row, whole);
        }
        if self.is(&["Definition"])
            && let Some(words) = whole.and_then(|value| self.template(value))
        {
            return row.hint(words);
        }
        match self.in_units(value) {
            Some(words) => row.hint(words),
            None => self.meaning(row),
        }
    }

    fn string(&self, row: &mut Row, value: &str) {
        if self.is(&["ErrCodeExt"]) && !value.is_empty() {
            let found = explain(None, Some(value), self.vocabulary());
            if let Some(found) = found {
                return row.hint(found.title.get(self.text().lang));
            }
        }
        match local_time(value, self.text()) {
            Some(time) => row.hint(time),
            None => self.meaning(row),
        }
    }

    /// The number is only explained where no finer code stands beside it.
    fn err_code(&self, row: &mut Row, code: Option<i64>) {
        let failed = self.sheet.facts.failed;
        if code == Some(0) && failed > 0 && self.sub_task().is_none() {
            return row.warn(sentence::zero_although(self.text().lang, failed));
        }
        let ext = self.sibling("ErrCodeExt").filter(|ext| !ext.is_empty());
        let found = code
            .filter(|code| *code != 0 && ext.is_none())
            .and_then(|code| explain(Some(code), None, self.vocabulary()));
        match found {
            Some(found) => row.hint(found.title.get(self.text().lang)),
            None => self.meaning(row),
        }
    }

    fn vocabulary(&self) -> Vocabulary {
        let kind = self.sub_task().map(|sub| Vocabulary::of_type(&sub.kind));
        match kind {
            Some(Vocabulary::Aigc) => Vocabulary::Aigc,
            _ => Vocabulary::of_type(&self.sheet.detail.event_type),
        }
    }

    fn template(&self, definition: i64) -> Option<&'static str> {
        let sub = self.sub_task()?;
        let kind = template::TemplateKind::of_sub_task(sub.set, &sub.kind)?;
        let words = template::describe(Some(kind), definition, self.text().lang);
        (definition != 0).then_some(words)
    }

    /// The number as people read it, where its unit is certain.
    fn in_units(&self, value: &str) -> Option<String> {
        let whole = value.parse::<u64>().ok();
        let media = self.sheet.detail.media.as_ref();
        let certain = !media.is_some_and(|media| media.bitrate_unit_unknown);
        if self.is(&["Bitrate"]) && certain {
            return whole.map(format::bitrate);
        }
        if self.is(&["Size", "TotalSize"]) {
            return whole.map(format::size);
        }
        if self.is(&["Duration", "VideoDuration", "AudioDuration"]) {
            return value.parse::<f64>().ok().map(format::duration);
        }
        None
    }

    fn meaning(&self, row: &mut Row) {
        let parent = self.parent_name();
        if let Some(words) = field::hint(parent, self.name, self.text().lang) {
            row.hint(words);
        }
    }

    /// The sub-task the member belongs to.
    fn sub_task(&self) -> Option<&SubTask> {
        let Sheet { detail, facts, .. } = self.sheet;
        let path = detail.tree.path(self.id);
        let index = path.iter().rev().find_map(|at| facts.sub_tasks.get(at))?;
        detail.sub_tasks.get(*index)
    }

    fn sibling(&self, name: &str) -> Option<&str> {
        let tree = &self.sheet.detail.tree;
        let parent = tree.node(self.id)?.parent?;
        tree.text_of(tree.member(parent, name)?)
    }

    /// The name of the nearest container that has one.
    fn parent_name(&self) -> &str {
        let tree = &self.sheet.detail.tree;
        let above = tree.path(self.id).into_iter().rev().skip(1);
        let mut names = above.filter_map(|id| tree.node(id)?.name.as_deref());
        names.next().unwrap_or_default()
    }
}
