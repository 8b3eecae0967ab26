//! What facets, their values, and orders are called.

use crate::knowledge::{event_type, sub_task, template};
use crate::model::{ResultSet, SourceId, Verdict};
use crate::store::{Facet, FacetValue, Sort};
use crate::text::{Text, pulling};
use crate::ui::Cx;

/// The heading of a facet.
pub(super) fn facet_name(facet: Facet, text: &Text) -> &'static str {
    match facet {
        Facet::Verdict => text.rail.verdict,
        Facet::EventType => text.rail.event_type,
        Facet::Code => text.rail.code,
        Facet::Kind => text.rail.kind,
        Facet::Template => text.rail.template,
        Facet::Source => text.rail.source,
    }
}

/// The short key a chip begins with.
pub(super) fn chip_key(facet: Facet, text: &Text) -> &'static str {
    match facet {
        Facet::Verdict => text.chrome.chip_verdict,
        Facet::EventType => text.chrome.chip_type,
        Facet::Code => text.chrome.chip_code,
        Facet::Kind => text.chrome.chip_kind,
        Facet::Template => text.chrome.chip_template,
        Facet::Source => text.chrome.chip_source,
    }
}

pub(super) fn verdict_name(verdict: Verdict, text: &Text) -> &'static str {
    let words = text.verdicts;
    match verdict {
        Verdict::Ok => words.ok,
        Verdict::PartlyFailed => words.partly_failed,
        Verdict::Failed => words.failed,
        Verdict::Running => words.running,
        Verdict::Unknown => words.unknown,
    }
}

fn chip_verdict(verdict: Verdict, text: &Text) -> &'static str {
    let words = text.verdicts;
    match verdict {
        Verdict::Ok => words.chip_ok,
        Verdict::PartlyFailed => words.chip_partly_failed,
        Verdict::Failed => words.chip_failed,
        Verdict::Running => words.chip_running,
        Verdict::Unknown => words.chip_unknown,
    }
}

/// A value as the rail lists it.
pub(super) fn value_name(value: &FacetValue, cx: &Cx<'_>) -> String {
    let text = cx.text;
    match value {
        FacetValue::Verdict(verdict) => verdict_name(*verdict, text).to_owned(),
        FacetValue::Code(code) => code_name(code).to_owned(),
        FacetValue::EventType(name) => name.clone(),
        FacetValue::Kind(name) => kind_name(name, text),
        FacetValue::Template { family, definition } => {
            template_name(family.as_deref(), *definition, text)
        }
        FacetValue::Source(id) => source_name(*id, cx),
    }
}

/// A value as a chip of the query shows it: short and exact.
pub(super) fn chip_value(value: &FacetValue, cx: &Cx<'_>) -> String {
    match value {
        FacetValue::Verdict(verdict) => chip_verdict(*verdict, cx.text).to_owned(),
        FacetValue::Template { definition, .. } => definition.to_string(),
        FacetValue::Kind(name) => name.clone(),
        other => value_name(other, cx),
    }
}

/// What a source is called: a file by its name, whatever is live by what it brings.
pub(super) fn source_name(id: SourceId, cx: &Cx<'_>) -> String {
    let sources = cx.state.sources.list.iter().map(|source| &source.info);
    pulling::numbered_name(cx.text.lang, sources, id, cx.state.now_unix)
}

/// What hovering over a value adds: its whole name, and what it means.
pub(super) fn value_hint(value: &FacetValue, text: &Text) -> Option<String> {
    match value {
        FacetValue::Code(code) => Some(code.clone()),
        FacetValue::EventType(name) => {
            event_type::description(name).map(|words| format!("{name}\n{}", words.get(text.lang)))
        }
        FacetValue::Kind(name) => Some(kind_name(name, text)),
        FacetValue::Template { family, definition } => family
            .as_ref()
            .map(|family| format!("{family} {definition}")),
        FacetValue::Verdict(_) | FacetValue::Source(_) => None,
    }
}

/// The kind of a sub-task; a facet does not say in which of the four lists it stands.
fn kind_name(kind: &str, text: &Text) -> String {
    const SETS: [ResultSet; 4] = [
        ResultSet::Media,
        ResultSet::ContentReview,
        ResultSet::Analysis,
        ResultSet::Recognition,
    ];
    let labels = SETS.map(|set| sub_task::label(set, kind, text.lang));
    let known = labels.into_iter().find(|label| label != kind);
    known.unwrap_or_else(|| kind.to_owned())
}

/// The last part of a dotted code, by which people know it.
pub(super) fn code_name(code: &str) -> &str {
    code.rsplit('.')
        .next()
        .filter(|last| !last.is_empty())
        .unwrap_or(code)
}

fn template_name(family: Option<&str>, definition: u32, text: &Text) -> String {
    let kind = family.and_then(template::TemplateKind::of_family);
    let preset = kind.and_then(|kind| template::preset(kind, i64::from(definition)));
    match preset {
        Some(preset) => format!("{definition} {}", preset.name.get(text.lang)),
        None => definition.to_string(),
    }
}

pub(super) fn sort_name(sort: Sort, text: &Text) -> &'static str {
    match sort {
        Sort::Newest => text.list.newest_first,
        Sort::Oldest => text.list.oldest_first,
        Sort::Name => text.list.by_name,
        Sort::Longest => text.list.longest_first,
        Sort::MostFailed => text.list.most_failed,
        Sort::MostDeliveries => text.list.most_deliveries,
    }
}
