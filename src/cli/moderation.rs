//! What moderation found, in words. A hit is flagged, never counted as a failure.

use crate::knowledge::sub_task;
use crate::model::{Detail, Lang, Moderation, SubTask};
use crate::text::{Text, detail as words};

/// A judgement that asks for a person.
pub(super) struct Hit<'a> {
    /// Unset where the task itself is the moderation.
    sub_task: Option<&'a SubTask>,
    moderation: &'a Moderation,
}

pub(super) fn hits(detail: &Detail) -> impl Iterator<Item = Hit<'_>> {
    let listed = detail.sub_tasks.iter().filter_map(|sub| {
        let moderation = sub.moderation.as_ref()?;
        Some(Hit {
            sub_task: Some(sub),
            moderation,
        })
    });
    let own = of_its_own(detail).map(|moderation| Hit {
        sub_task: None,
        moderation,
    });
    listed.chain(own).filter(|hit| hit.moderation.is_hit())
}

/// The judgement of the task itself, unless its one sub-task says the same.
pub(super) fn of_its_own(detail: &Detail) -> Option<&Moderation> {
    let own = detail.moderation.as_ref()?;
    let mut listed = detail.sub_tasks.iter();
    let is_told = listed.any(|sub| sub.moderation.as_ref() == Some(own));
    (!is_told).then_some(own)
}

/// "Moderation flagged: Porn, Terrorism"; `None` when nothing is flagged.
pub(super) fn flag_line(detail: &Detail, text: &Text) -> Option<String> {
    hits(detail).next()?;
    let kinds: Vec<String> = hits(detail)
        .filter_map(|hit| hit.sub_task)
        .map(|sub| sub_task::label(sub.set, &sub.kind, text.lang))
        .collect();
    let flagged = text.verdicts.moderation_hit;
    if kinds.is_empty() {
        return Some(flagged.to_owned());
    }
    Some(text.lang.pick(
        format!("{flagged}: {}", kinds.join(", ")),
        format!("{flagged}：{}", kinds.join("、")),
    ))
}

/// "block · sexy · 2 segments".
pub(super) fn judged(moderation: &Moderation, lang: Lang) -> String {
    let count = moderation.segment_count;
    let parts = [
        told(moderation.suggestion.as_deref()).map(str::to_owned),
        told(moderation.label.as_deref()).map(str::to_owned),
        (count > 0).then(|| words::segments(lang, count)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "Porn: moderation says block, label sexy, in 2 segments": for programs, in English.
pub(super) fn note(hit: &Hit<'_>) -> String {
    let moderation = hit.moderation;
    let suggestion = told(moderation.suggestion.as_deref()).unwrap_or_default();
    let says = match hit.sub_task {
        Some(sub) => format!("{}: moderation says {suggestion}", sub.kind),
        None => format!("Moderation says {suggestion}"),
    };
    let label = told(moderation.label.as_deref()).map(|label| format!("label {label}"));
    let segments = (moderation.segment_count > 0)
        .then(|| words::segments(Lang::En, moderation.segment_count))
        .map(|segments| format!("in {segments}"));
    let parts = [Some(says), label, segments];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn told(value: Option<&str>) -> Option<&str> {
    value.filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    fn judgement(suggestion: &str, segment_count: u32) -> Moderation {
        Moderation {
            suggestion: Some(suggestion.to_owned()),
            label: Some("sexy".to_owned()),
            segment_count,
            ..Moderation::default()
        }
    }

    #[test]
    fn a_judgement_told_twice_is_one_hit() {
        let sub = SubTask {
            kind: "Porn".to_owned(),
            moderation: Some(judgement("block", 2)),
            ..SubTask::default()
        };
        let detail = Detail {
            sub_tasks: vec![sub],
            moderation: Some(judgement("block", 2)),
            ..Detail::default()
        };
        let notes: Vec<String> = hits(&detail).map(|hit| note(&hit)).collect();
        assert_eq!(
            notes,
            ["Porn: moderation says block, label sexy, in 2 segments"]
        );
    }

    #[test]
    fn a_moderation_task_of_its_own_is_flagged_without_a_name() {
        let detail = Detail {
            moderation: Some(judgement("Review", 0)),
            ..Detail::default()
        };
        let text = Text::new(Lang::En, Zone::Beijing);
        assert_eq!(
            flag_line(&detail, &text).as_deref(),
            Some("Moderation flagged")
        );
        let notes: Vec<String> = hits(&detail).map(|hit| note(&hit)).collect();
        assert_eq!(notes, ["Moderation says Review, label sexy"]);
    }

    #[test]
    fn what_passes_is_not_flagged() {
        let detail = Detail {
            moderation: Some(judgement("pass", 0)),
            ..Detail::default()
        };
        let text = Text::new(Lang::En, Zone::Beijing);
        assert_eq!(flag_line(&detail, &text), None);
    }
}
