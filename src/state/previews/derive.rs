//! From what an event says to the groups of pictures and the files it made. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{GroupKind, PictureGroup, PictureItem, Sampling, SpriteFacts, VideoFile};
use crate::model::{Detail, Evidence, Moderation, Output, OutputKind, ResultSet, SubTask};

/// The groups in the order they are shown: covers, sprites, snapshots, animations, the rest.
pub(super) fn groups(detail: &Detail) -> Vec<PictureGroup> {
    let mut groups: Vec<_> = source_cover(detail).into_iter().collect();
    for (index, sub) in detail.sub_tasks.iter().enumerate() {
        let made = Made {
            index,
            sub,
            duration: detail.media.as_ref().and_then(|media| media.duration_secs),
        };
        made.add(&mut groups);
    }
    if let Some(own) = &detail.moderation {
        let blank = SubTask::default();
        groups.extend(evidence(own, None, &blank));
    }
    groups.retain(|group| !group.items.is_empty());
    groups.sort_by_key(|group| rank(&group.kind));
    groups
}

/// The video and audio files, in event order. A file that is told twice is one.
pub(super) fn files(detail: &Detail) -> Vec<VideoFile> {
    let mut files: BTreeMap<(usize, u32), VideoFile> = BTreeMap::new();
    for (index, sub) in detail.sub_tasks.iter().enumerate() {
        for output in &sub.outputs {
            files.extend(file(index, sub, output).map(|file| ((index, output.node), file)));
        }
    }
    files.into_values().collect()
}

fn rank(kind: &GroupKind) -> u8 {
    match kind {
        GroupKind::SourceCover | GroupKind::Cover => 0,
        GroupKind::Sprites(_) => 1,
        GroupKind::Snapshots(_) => 2,
        GroupKind::AnimatedGraphics => 3,
        GroupKind::AiCovers => 4,
        GroupKind::Highlights => 5,
        GroupKind::Evidence => 6,
    }
}

fn source_cover(detail: &Detail) -> Option<PictureGroup> {
    let cover = detail.source_cover.as_ref()?;
    Some(PictureGroup {
        kind: GroupKind::SourceCover,
        sub_task: None,
        task_kind: String::new(),
        definition: None,
        items: vec![PictureItem {
            url: cover.url.as_str().into(),
            node: cover.node,
            ..PictureItem::default()
        }],
        node: cover.node,
    })
}

/// A sub-task with what its pictures' times are worked out from.
struct Made<'a> {
    index: usize,
    sub: &'a SubTask,
    /// Of the source, in seconds.
    duration: Option<f64>,
}

impl Made<'_> {
    fn add(&self, groups: &mut Vec<PictureGroup>) {
        let candidates = self.candidates();
        groups.extend(candidates);
        groups.extend(self.highlights());
        for output in &self.sub.outputs {
            groups.extend(self.group(output));
        }
        if let Some(moderation) = &self.sub.moderation {
            groups.extend(evidence(moderation, Some(self.index), self.sub));
        }
    }

    fn is_analysis(&self) -> bool {
        self.sub.set == ResultSet::Analysis
    }

    fn candidates(&self) -> Option<PictureGroup> {
        let covers = self.of_kind(OutputKind::Cover);
        let items = covers.flat_map(|output| {
            output.pictures.iter().map(|picture| PictureItem {
                confidence: output.confidence,
                ..told(output, &picture.url)
            })
        });
        let items: Vec<_> = items.collect();
        self.is_analysis()
            .then(|| self.grouped(GroupKind::AiCovers, self.sub.node, items))
    }

    /// Clips are told with a cover each, by analyses and recognitions alike.
    fn highlights(&self) -> Option<PictureGroup> {
        let items: Vec<_> = self
            .sub
            .outputs
            .iter()
            .filter_map(|output| {
                Some(PictureItem {
                    range_secs: output.range_secs,
                    confidence: output.confidence,
                    // What else is told is of the clip.
                    width: None,
                    height: None,
                    bytes: None,
                    container: None,
                    ..told(output, output.cover.as_deref()?)
                })
            })
            .collect();
        (!items.is_empty()).then(|| self.grouped(GroupKind::Highlights, self.sub.node, items))
    }

    fn of_kind(&self, kind: OutputKind) -> impl Iterator<Item = &Output> {
        self.sub.outputs.iter().filter(move |o| o.kind == kind)
    }

    fn group(&self, output: &Output) -> Option<PictureGroup> {
        let (kind, items) = match output.kind {
            OutputKind::Cover if !self.is_analysis() => (GroupKind::Cover, self.covers(output)),
            OutputKind::Snapshots => self.snapshots(output),
            OutputKind::Sprites => (GroupKind::Sprites(sprites(output)), sheets(output)),
            OutputKind::AnimatedGraphics => (GroupKind::AnimatedGraphics, animation(output)),
            _ => return None,
        };
        let mut group = self.grouped(kind, output.node, items);
        group.definition = output.definition.or(self.sub.definition);
        Some(group)
    }

    fn grouped(
        &self,
        kind: GroupKind,
        node: crate::model::NodeId,
        items: Vec<PictureItem>,
    ) -> PictureGroup {
        PictureGroup {
            kind,
            sub_task: Some(self.index),
            task_kind: self.sub.kind.clone(),
            definition: self.sub.definition,
            items,
            node,
        }
    }

    fn covers(&self, output: &Output) -> Vec<PictureItem> {
        let (time_secs, time_estimated) = self.cover_time();
        let items = output.pictures.iter().map(|picture| PictureItem {
            time_secs,
            time_estimated,
            ..told(output, &picture.url)
        });
        items.collect()
    }

    /// Where the cover was asked to be taken: at a time, or at a share of the length.
    fn cover_time(&self) -> (Option<f64>, bool) {
        let asked = |name: &str| {
            let fact = self.sub.input.iter().find(|fact| fact.path == name);
            fact.map(|fact| fact.value.as_str())
        };
        let value: Option<f64> = asked("PositionValue").and_then(|value| value.parse().ok());
        match (asked("PositionType"), value) {
            (Some("Time"), Some(secs)) => (Some(secs), false),
            (Some("Percent"), Some(percent)) => {
                (self.duration.map(|secs| secs * percent / 100.0), true)
            }
            _ => (None, false),
        }
    }

    fn snapshots(&self, output: &Output) -> (GroupKind, Vec<PictureItem>) {
        let sampling = sampling(output);
        let step = match sampling {
            Sampling::EverySecs(secs) => Some(secs),
            Sampling::EveryPercent(percent) => self.duration.map(|secs| secs * percent / 100.0),
            Sampling::ByTime | Sampling::Untold => None,
        };
        let items = output.pictures.iter().enumerate().map(|(at, picture)| {
            let worked_out = step.map(|step| step * at as f64);
            // There is nothing behind the end: the assumption does not hold for this one.
            let worked_out = worked_out.filter(|at| self.duration.is_none_or(|end| *at <= end));
            PictureItem {
                time_secs: picture.offset_secs.or(worked_out),
                time_estimated: picture.offset_secs.is_none() && worked_out.is_some(),
                ..told(output, &picture.url)
            }
        });
        (GroupKind::Snapshots(sampling), items.collect())
    }
}

fn sampling(output: &Output) -> Sampling {
    if output.pictures.iter().any(|p| p.offset_secs.is_some()) {
        return Sampling::ByTime;
    }
    let Some((unit, step)) = output.interval.as_deref().and_then(|i| i.split_once(' ')) else {
        return Sampling::Untold;
    };
    match (unit, step.parse::<f64>()) {
        ("Time", Ok(step)) if step > 0.0 => Sampling::EverySecs(step),
        ("Percent", Ok(step)) if step > 0.0 => Sampling::EveryPercent(step),
        _ => Sampling::Untold,
    }
}

fn sprites(output: &Output) -> SpriteFacts {
    SpriteFacts {
        cells: output.sprite_cells,
        cell_size: output.width.zip(output.height),
        vtt: output.vtt_url.as_deref().map(Arc::from),
    }
}

/// The sheets. What is told of a size is that of a cell.
fn sheets(output: &Output) -> Vec<PictureItem> {
    let sheets = output.pictures.iter();
    sheets
        .map(|picture| PictureItem {
            width: None,
            height: None,
            ..told(output, &picture.url)
        })
        .collect()
}

fn animation(output: &Output) -> Vec<PictureItem> {
    let url = output.url.as_deref().into_iter();
    url.map(|url| PictureItem {
        range_secs: output.range_secs,
        ..told(output, url)
    })
    .collect()
}

/// What an output tells of its picture.
fn told(output: &Output, url: &str) -> PictureItem {
    PictureItem {
        url: url.into(),
        expires: output.expires,
        width: output.width,
        height: output.height,
        bytes: output.size_bytes,
        container: output.container.clone(),
        node: output.node,
        ..PictureItem::default()
    }
}

fn evidence(
    moderation: &Moderation,
    sub_task: Option<usize>,
    sub: &SubTask,
) -> Option<PictureGroup> {
    let first = moderation.evidence.first()?;
    Some(PictureGroup {
        kind: GroupKind::Evidence,
        sub_task,
        task_kind: sub.kind.clone(),
        definition: sub.definition,
        items: moderation.evidence.iter().map(found).collect(),
        node: first.node,
    })
}

fn found(evidence: &Evidence) -> PictureItem {
    PictureItem {
        url: evidence.url.as_str().into(),
        time_secs: evidence.begin_secs,
        range_secs: evidence.begin_secs.zip(evidence.end_secs),
        confidence: evidence.confidence,
        label: evidence.label.clone(),
        suggestion: evidence.suggestion.clone(),
        expires: evidence.expires,
        node: evidence.node,
        ..PictureItem::default()
    }
}

/// A product that plays. An AI cover and a picture of any kind do not.
fn file(index: usize, sub: &SubTask, output: &Output) -> Option<VideoFile> {
    if !matches!(output.kind, OutputKind::Rendition | OutputKind::Adaptive) {
        return None;
    }
    Some(VideoFile {
        sub_task: index,
        task_kind: sub.kind.clone(),
        url: output.url.as_deref()?.into(),
        file_id: output.file_id.clone(),
        definition: output.definition.or(sub.definition),
        container: output.container.clone(),
        width: output.width,
        height: output.height,
        bytes: output.size_bytes,
        duration_secs: output.duration_secs,
        expires: output.expires,
        node: output.node,
    })
}
