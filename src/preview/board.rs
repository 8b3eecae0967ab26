//! What is wanted, what is being done about it, and what came of it: the decisions of the desk,
//! without its threads.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::address::Address;
use super::decode::Limits;
use super::doors::A_HOST;
use super::policy::Policy;
use crate::job::Cancel;
use crate::model::{PictureFault, PictureKey, PictureNews, PictureRequest};

/// Faults that are remembered; an event with more broken pictures is asked for some again.
const FAULTS: usize = 10_000;

/// Memory of pixels that may wait to be taken; one picture may always.
const WAITING_BYTES: u64 = 64 << 20;

/// News with the policy that stood when it was found.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) round: u64,
    /// Memory of the pixels in it.
    pub(super) bytes: u64,
    pub(super) news: PictureNews,
}

/// A URL that a worker has to do something about.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// Tells it from another run of the same URL.
    run: u64,
    pub(super) url: Arc<str>,
    pub(super) expires: Option<i64>,
    pub(super) round: u64,
    pub(super) policy: Arc<Policy>,
    pub(super) limits: Limits,
    pub(super) cancel: Cancel,
    /// It failed before, and nothing has changed since.
    pub(super) known: Option<PictureFault>,
}

/// Something to do with the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chore {
    Measure,
    Trim,
    Clear,
}

#[derive(Debug, Default)]
pub(super) struct Board {
    wishes: Vec<Wish>,
    answered: BTreeMap<PictureKey, Answer>,
    faults: BTreeMap<Arc<str>, PictureFault>,
    running: Vec<Run>,
    /// Runs that were begun.
    runs: u64,
    policy: Arc<Policy>,
    /// What decoding may cost from here on.
    pub(super) limits: Limits,
    round: u64,
    pub(super) chores: VecDeque<Chore>,
    /// Memory of pixels that were found and not yet taken.
    waiting_bytes: u64,
    /// News that was not yet taken.
    pub(super) waiting_notes: usize,
    pub(super) decoding: usize,
    pub(super) closed: bool,
}

#[derive(Debug)]
struct Wish {
    request: PictureRequest,
    /// `None` when the URL is none: it fails without anyone being asked.
    address: Option<Address>,
}

#[derive(Debug)]
struct Run {
    number: u64,
    url: Arc<str>,
    host: Option<String>,
    cancel: Cancel,
}

/// How far the answer to a wish has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    OnItsWay,
    Taken,
    Failed,
}

impl Board {
    pub(super) fn new(policy: Policy, limits: Limits) -> Self {
        Self {
            policy: Arc::new(policy),
            limits,
            chores: VecDeque::from([Chore::Measure]),
            ..Self::default()
        }
    }

    pub(super) fn want(&mut self, requests: Vec<PictureRequest>) {
        let wish = |request: PictureRequest| Wish {
            address: Address::parse(&request.key.url).ok(),
            request,
        };
        self.wishes = requests.into_iter().map(wish).collect();
        let mut keys: Vec<_> = self.wishes.iter().map(|wish| &wish.request.key).collect();
        keys.sort_unstable();
        self.answered
            .retain(|key, _| keys.binary_search(&key).is_ok());
        for run in &self.running {
            if !self.wishes.iter().any(|wish| wish.is_for(&run.url)) {
                run.cancel.cancel();
            }
        }
    }

    /// Pictures that are shown stay answered; everything else is judged anew.
    pub(super) fn set_policy(&mut self, policy: Policy) {
        if policy.cache_bytes() != self.policy.cache_bytes() {
            self.chores.push_back(Chore::Trim);
        }
        self.policy = Arc::new(policy);
        self.round += 1;
        self.faults.clear();
        self.answered.retain(|_, answer| *answer == Answer::Taken);
        self.cancel_all();
    }

    pub(super) fn cache_bytes(&self) -> u64 {
        self.policy.cache_bytes()
    }

    pub(super) fn retry(&mut self, key: &PictureKey) {
        self.faults.remove(&key.url);
        self.answered.retain(|answered, answer| {
            answered != key && (answered.url != key.url || *answer != Answer::Failed)
        });
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
        self.cancel_all();
    }

    fn cancel_all(&self) {
        for run in &self.running {
            run.cancel.cancel();
        }
    }

    /// The first wish that nobody works on and whose host has room. `at_hand` says which
    /// pictures need no host.
    pub(super) fn take(&mut self, at_hand: impl Fn(&Address) -> bool) -> Option<Task> {
        let wish = self.wishes.iter().find(|wish| {
            let key = &wish.request.key;
            !self.answered.contains_key(key)
                && !self.running.iter().any(|run| run.url == key.url)
                && self.has_room(wish, &at_hand)
        })?;
        let url = Arc::clone(&wish.request.key.url);
        self.runs += 1;
        let task = Task {
            run: self.runs,
            expires: wish.request.expires,
            round: self.round,
            policy: Arc::clone(&self.policy),
            limits: self.limits,
            cancel: Cancel::default(),
            known: self.faults.get(&url).cloned(),
            url: Arc::clone(&url),
        };
        let host = wish
            .address
            .as_ref()
            .map(|address| address.host().to_owned());
        self.running.push(Run {
            number: task.run,
            url,
            host,
            cancel: task.cancel.clone(),
        });
        Some(task)
    }

    fn has_room(&self, wish: &Wish, at_hand: &impl Fn(&Address) -> bool) -> bool {
        let Some(address) = &wish.address else {
            return true;
        };
        let here = |run: &&Run| run.host.as_deref() == Some(address.host());
        let busy = self.running.iter().filter(here).count() >= A_HOST;
        !busy || self.faults.contains_key(&wish.request.key.url) || at_hand(address)
    }

    /// The next size of the task's URL that is wanted and not answered; it counts as answered
    /// from here on. `None` ends the task.
    pub(super) fn claim(&mut self, task: &Task) -> Option<PictureKey> {
        let Some(key) = self.pending(task).next().cloned() else {
            self.finish(task);
            return None;
        };
        self.answered.insert(key.clone(), Answer::OnItsWay);
        Some(key)
    }

    /// Sizes of the task's URL that are wanted and not answered; none when it is cancelled.
    pub(super) fn pending<'a>(&'a self, task: &'a Task) -> impl Iterator<Item = &'a PictureKey> {
        let wanted = self.wishes.iter().filter(|wish| wish.is_for(&task.url));
        wanted
            .filter(|_| !task.cancel.is_cancelled())
            .map(|wish| &wish.request.key)
            .filter(|key| !self.answered.contains_key(key))
    }

    /// Ends this run alone: another of the same URL may have begun since it claimed its last size.
    pub(super) fn finish(&mut self, task: &Task) {
        self.running.retain(|run| run.number != task.run);
    }

    pub(super) fn remember(&mut self, task: &Task, fault: &PictureFault) {
        if task.round != self.round {
            return;
        }
        if self.faults.len() >= FAULTS {
            self.faults.pop_first();
        }
        self.faults.insert(Arc::clone(&task.url), fault.clone());
    }

    /// Counts a picture as waiting to be taken, if there is room for it.
    pub(super) fn make_wait(&mut self, bytes: u64) -> bool {
        let together = self.waiting_bytes.saturating_add(bytes);
        let has_room = self.waiting_bytes == 0 || together <= WAITING_BYTES;
        if has_room {
            self.waiting_bytes = together;
        }
        has_room
    }

    /// What the owner is given of a note: nothing when the policy has changed since.
    pub(super) fn taken(&mut self, note: Note) -> Option<PictureNews> {
        self.waiting_bytes = self.waiting_bytes.saturating_sub(note.bytes);
        self.waiting_notes = self.waiting_notes.saturating_sub(1);
        let (key, answer) = match &note.news {
            PictureNews::CacheSize { .. } => return Some(note.news),
            _ if note.round != self.round => return None,
            PictureNews::Loading { .. } => return Some(note.news),
            PictureNews::Ready { key, .. } => (key, Answer::Taken),
            PictureNews::Failed { key, .. } => (key, Answer::Failed),
        };
        if let Some(known) = self.answered.get_mut(key) {
            *known = answer;
        }
        Some(note.news)
    }
}

impl Wish {
    fn is_for(&self, url: &Arc<str>) -> bool {
        self.request.key.url == *url
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PictureSize;

    #[test]
    fn the_end_of_a_run_does_not_end_the_next_one_of_the_same_url() {
        let wanted = || {
            vec![PictureRequest {
                key: PictureKey {
                    url: "https://a.cn/a.jpg".into(),
                    size: PictureSize::Whole,
                },
                expires: None,
            }]
        };
        let mut board = Board::default();
        let nowhere = |_: &Address| false;
        board.want(wanted());
        let first = board.take(nowhere).unwrap();
        assert!(board.claim(&first).is_some());
        assert!(board.claim(&first).is_none(), "that ends it");
        board.want(Vec::new());
        board.want(wanted());
        let second = board.take(nowhere).unwrap();
        board.finish(&first);
        assert!(board.take(nowhere).is_none(), "the second is still at it");
        board.finish(&second);
        assert!(board.take(nowhere).is_some());
    }

    fn note(bytes: u64) -> Note {
        Note {
            round: 0,
            bytes,
            news: PictureNews::CacheSize { bytes: 0 },
        }
    }

    #[test]
    fn pixels_wait_within_their_room_and_one_picture_always() {
        let mut board = Board::default();
        assert!(board.make_wait(WAITING_BYTES - 1));
        assert!(board.make_wait(1));
        assert!(!board.make_wait(1));
        board.taken(note(1));
        assert!(board.make_wait(1));
        assert!(!board.make_wait(10 * WAITING_BYTES));
        board.taken(note(WAITING_BYTES));
        assert!(board.make_wait(10 * WAITING_BYTES), "alone");
        assert!(!board.make_wait(1));
    }
}
