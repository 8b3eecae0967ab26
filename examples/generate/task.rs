//! A task and its plan: what it will have done, decided by its seed alone.

use crate::options::Profile;
use crate::rng::Rng;

/// A task that notifies in `states` events, of which `sent` were written.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) seed: u64,
    pub(crate) states: u64,
    pub(crate) sent: u64,
    pub(crate) unix_secs: u64,
}

impl Task {
    /// Three of four tasks notify once.
    pub(crate) fn new(rng: &mut Rng, unix_secs: u64) -> Self {
        let seed = rng.next();
        let states = if rng.chance(75) { 1 } else { rng.between(2, 5) };
        Self {
            seed,
            states,
            sent: 0,
            unix_secs,
        }
    }

    pub(crate) fn is_last_state(&self) -> bool {
        self.sent + 1 >= self.states
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Transcode,
    Adaptive,
    SampleSnapshot,
    Sprites,
    Cover,
    AnimatedGraphics,
    TimePoints,
    Review(ReviewKind),
    Tags,
    Speech,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ReviewKind {
    #[default]
    Porn,
    Terrorism,
    Political,
    PornAsr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Done,
    Running,
    Waiting,
}

/// One planned sub-task with a seed of its own, so that all states of a task agree on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SubTask {
    pub(crate) kind: Kind,
    pub(crate) phase: Phase,
    pub(crate) seed: u64,
    /// Segments of an AI result: a few, or a whole film of them.
    pub(crate) segments: u64,
}

/// The sub-tasks in order, with what each has reached when the task's next event is sent.
pub(crate) fn plan(task: &Task, profile: Profile) -> Vec<SubTask> {
    let mut rng = Rng::new(task.seed ^ 0x706c_616e);
    let kinds = match profile {
        Profile::Mixed => mixed_kinds(&mut rng),
        Profile::Small => small_kinds(&mut rng),
    };
    let done = (kinds.len() as u64 * (task.sent + 1)) / task.states;
    let with_phase = |(index, (kind, segments)): (usize, (Kind, u64))| SubTask {
        kind,
        phase: phase(task, index as u64, done),
        seed: task.seed.wrapping_add(index as u64 * 0x2545_f491),
        segments,
    };
    kinds.into_iter().enumerate().map(with_phase).collect()
}

fn phase(task: &Task, index: u64, done: u64) -> Phase {
    if task.is_last_state() || index < done {
        Phase::Done
    } else if index == done {
        Phase::Running
    } else {
        Phase::Waiting
    }
}

fn small_kinds(rng: &mut Rng) -> Vec<(Kind, u64)> {
    let mut kinds = vec![(Kind::Transcode, 0)];
    if rng.chance(22) {
        kinds.push((Kind::Transcode, 0));
    }
    if rng.chance(35) {
        kinds.push((Kind::Cover, 0));
    }
    kinds
}

fn mixed_kinds(rng: &mut Rng) -> Vec<(Kind, u64)> {
    let transcodes = rng.pick(&[1, 1, 2, 2, 3, 4, 5, 6, 8, 10]);
    let mut kinds: Vec<_> = (0..transcodes).map(|_| (Kind::Transcode, 0)).collect();
    if rng.chance(35) {
        let times = if rng.chance(20) { 2 } else { 1 };
        kinds.extend((0..times).map(|_| (Kind::Adaptive, 0)));
    }
    for (kind, percent) in [
        (Kind::SampleSnapshot, 25),
        (Kind::Sprites, 30),
        (Kind::Cover, 60),
        (Kind::AnimatedGraphics, 10),
        (Kind::TimePoints, 15),
    ] {
        if rng.chance(percent) {
            kinds.push((kind, 0));
        }
    }
    add_ai(rng, &mut kinds);
    kinds
}

fn add_ai(rng: &mut Rng, kinds: &mut Vec<(Kind, u64)>) {
    use ReviewKind::{Political, Porn, PornAsr, Terrorism};
    if rng.chance(15) {
        let count = usize::try_from(rng.between(1, 4)).unwrap_or(1);
        let all = [Porn, Terrorism, Political, PornAsr];
        for review in all.into_iter().take(count) {
            kinds.push((Kind::Review(review), rng.between(0, 3)));
        }
    }
    if rng.chance(8) {
        kinds.push((Kind::Tags, rng.between(2, 6)));
    }
    if rng.chance(10) {
        kinds.push((Kind::Speech, rng.between(3, 12)));
    }
    if rng.chance(4) {
        let kind = if rng.chance(50) {
            Kind::Speech
        } else {
            Kind::Review(Porn)
        };
        kinds.push((kind, rng.between(60, 160)));
    }
}
