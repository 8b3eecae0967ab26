//! Template numbers by the family of sub-tasks they mean something in.

use crate::model::{NO_DEFINITION, NameId, ResultSet, SubRow};

use super::names::Names;

/// A template as one number: the family above, the definition below.
pub(super) type TemplateKey = u64;

/// Families of the AI result sets lie above all names: their kinds share one template each.
const AI_FAMILIES: [(ResultSet, u64, &str); 3] = [
    (ResultSet::ContentReview, 0x1_0000, "AiContentReview"),
    (ResultSet::Analysis, 0x1_0001, "AiAnalysis"),
    (ResultSet::Recognition, 0x1_0002, "AiRecognition"),
];

/// The template of a sub-task; `None` when it names none.
pub(super) fn key_of(sub: &SubRow) -> Option<TemplateKey> {
    if sub.definition == NO_DEFINITION {
        return None;
    }
    let ai = AI_FAMILIES.iter().find(|(set, ..)| *set == sub.set);
    let family = ai.map_or(u64::from(sub.kind), |(_, family, _)| *family);
    Some(family << 32 | u64::from(sub.definition))
}

/// The family's name and the definition of a key.
pub(super) fn parts(key: TemplateKey, names: &Names) -> (&str, u32) {
    let definition = u32::try_from(key & u64::from(u32::MAX)).unwrap_or_default();
    let family = key >> 32;
    let ai = AI_FAMILIES.iter().find(|(_, number, _)| *number == family);
    let name = match ai {
        Some((.., name)) => name,
        None => NameId::try_from(family).map_or("", |id| names.get(id)),
    };
    (name, definition)
}

/// Every key a family's name and a definition may stand for.
pub(super) fn keys(family: &str, definition: u32, names: &Names) -> Vec<TemplateKey> {
    let ai = AI_FAMILIES.iter().filter(|(.., name)| *name == family);
    let ai = ai.map(|(_, number, _)| *number);
    let kind = names.id(family).map(u64::from);
    ai.chain(kind)
        .map(|family| family << 32 | u64::from(definition))
        .collect()
}
