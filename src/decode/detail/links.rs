//! Ids that lead to other events of the same media.

use std::collections::HashSet;

use super::names::canonical;
use super::reader::Reader;
use crate::model::{Link, NodeId, Relation};

/// Members that name a task this event started.
const STARTED: &[(&str, Relation)] = &[
    ("ProcedureTaskId", Relation::Procedure),
    ("ReviewAudioVideoTaskId", Relation::Review),
];

/// All links of the payload, each once.
pub(super) fn links(reader: &mut Reader<'_>, payload: NodeId, file_id: Option<&str>) -> Vec<Link> {
    let mut links = Links::default();
    for (member, relation) in STARTED {
        links.add(*relation, reader.text(payload, member));
    }
    links.add(Relation::Session, reader.text(payload, "SessionId"));
    let end = reader.node(payload).map_or(payload, |node| node.end);
    for id in payload..end {
        let relation = match canonical(reader.name_of(id)) {
            "FileId" | "SrcFileId" => Relation::File,
            "ProcedureTaskId" => Relation::Procedure,
            "ReviewAudioVideoTaskId" => Relation::Review,
            _ => continue,
        };
        links.add(relation, reader.text_of(id).map(str::to_owned));
    }
    for member in ["FileIdSet", "ProcedureTaskIds"] {
        add_listed(reader, payload, member, &mut links);
    }
    let mut links = links.found;
    links.retain(|link| link.relation != Relation::File || Some(link.id.as_str()) != file_id);
    links
}

fn add_listed(reader: &mut Reader<'_>, payload: NodeId, member: &str, links: &mut Links) {
    let relation = match member {
        "FileIdSet" => Relation::File,
        _ => Relation::Procedure,
    };
    let output = reader.object(payload, "Output");
    for at in [Some(payload), output].into_iter().flatten() {
        for id in reader.texts(at, member) {
            links.add(relation, Some(id));
        }
    }
}

/// Links in the order they were found, each once.
#[derive(Default)]
struct Links {
    found: Vec<Link>,
    seen: HashSet<(u8, String)>,
}

impl Links {
    fn add(&mut self, relation: Relation, id: Option<String>) {
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            return;
        };
        if self.seen.insert((relation as u8, id.clone())) {
            self.found.push(Link { relation, id });
        }
    }
}
