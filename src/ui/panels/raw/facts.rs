//! What is known of single nodes from the decoded event: found once for each event.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Detail, JsonTree, NodeId, Note, Outcome};
use crate::text::{Text, format};

/// What the lines of an event's tree refer to.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Members that no documentation names.
    pub(super) unknown: BTreeSet<NodeId>,
    /// How many distinct ones the event was found to have.
    pub(super) unknown_count: usize,
    /// Places in the list of sub-tasks.
    pub(super) sub_tasks: BTreeMap<NodeId, usize>,
    pub(super) failed: usize,
    /// The source in a few numbers.
    pub(super) media: String,
}

impl Facts {
    pub(super) fn of(detail: &Detail) -> Self {
        let names: BTreeSet<(usize, &str)> = detail.notes.iter().filter_map(unknown_name).collect();
        let failed = |outcome: Outcome| outcome == Outcome::Failed;
        Self {
            unknown: find_named(&detail.tree, &names),
            unknown_count: names.len(),
            sub_tasks: (0..)
                .zip(&detail.sub_tasks)
                .map(|(index, sub)| (sub.node, index))
                .collect(),
            failed: detail
                .sub_tasks
                .iter()
                .filter(|s| failed(s.outcome))
                .count(),
            media: media(detail),
        }
    }
}

/// How many names deep, and the last of them: old and documented names of the members above
/// differ, so they are not compared.
fn unknown_name(note: &Note) -> Option<(usize, &str)> {
    let Note::UnknownMember { path } = note else {
        return None;
    };
    let last = path.rsplit('.').next()?;
    Some((path.split('.').count(), last))
}

fn find_named(tree: &JsonTree, wanted: &BTreeSet<(usize, &str)>) -> BTreeSet<NodeId> {
    if wanted.is_empty() {
        return BTreeSet::new();
    }
    let is_wanted = |id: NodeId, name: &str| wanted.contains(&(names_deep(tree, id), name));
    (0..)
        .zip(&tree.nodes)
        .filter(|(id, node)| {
            node.name
                .as_deref()
                .is_some_and(|name| is_wanted(*id, name))
        })
        .map(|(id, _)| id)
        .collect()
}

fn names_deep(tree: &JsonTree, id: NodeId) -> usize {
    let named = |at: &NodeId| tree.node(*at).is_some_and(|node| node.name.is_some());
    tree.path(id).into_iter().filter(named).count()
}

/// "1920×1080, 59m46s, 2.41 Mbps": as much of it as the event says.
fn media(detail: &Detail) -> String {
    let Some(media) = &detail.media else {
        return String::new();
    };
    let size = media.width.zip(media.height);
    let bitrate = media.bitrate_bps.filter(|_| !media.bitrate_unit_unknown);
    let parts = [
        size.filter(|(width, height)| width * height > 0)
            .map(|(width, height)| format::resolution(width, height)),
        media.duration_secs.map(format::duration),
        bitrate.map(format::bitrate),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

/// "Transcode 100020, SUCCESS": a sub-task on one line, its type and its status.
pub(super) fn sub_task_words(detail: &Detail, index: usize) -> Option<(String, SubTaskStatus)> {
    let sub = detail.sub_tasks.get(index)?;
    let definition = sub.definition.map_or(String::new(), |d| format!(" {d}"));
    let status = SubTaskStatus {
        text: sub.status.clone().unwrap_or_default(),
        failed: sub.outcome == Outcome::Failed,
    };
    Some((format!("{}{definition}", sub.kind), status))
}

/// A sub-task's status as it is written.
pub(super) struct SubTaskStatus {
    pub(super) text: String,
    pub(super) failed: bool,
}

/// Local time, when a string is a time.
pub(super) fn local_time(value: &str, text: &Text) -> Option<String> {
    let unix = crate::decode::time::iso_to_unix(value)?;
    Some(format::date_time(unix, text.zone))
}
