//! Pulling and receiving: what can be asked of a live source, and what it tells besides its rows.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{ApiError, CallFault, Profile, Retry};

/// Most events one PullEvents answers with, and most handles one ConfirmEvents takes.
pub const BATCH_LIMIT: usize = 16;
/// How long a pulled event stays hidden from every consumer.
pub const HIDDEN_FOR: Duration = Duration::from_secs(30);
/// Past this age an event is not confirmed any more: the call might arrive too late.
pub const CONFIRM_UNTIL: Duration = Duration::from_secs(28);
/// How far back the service lists tasks.
pub const CLOUD_MEMORY: Duration = Duration::from_secs(CLOUD_MEMORY_SECS.unsigned_abs());
/// The same, for counting with unix seconds.
pub const CLOUD_MEMORY_SECS: i64 = 72 * 3_600;
/// Bits of an archived row's offset that count bytes inside its delivery; those above are the
/// delivery's number.
pub const ARCHIVE_OFFSET_BITS: u32 = 24;

/// Which tasks to list. Kept on disk while a pull is under way, so its times are absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskQuery {
    /// CreateTime from here on, unix seconds; at most 72 hours back.
    pub since_unix: i64,
    /// Up to here; now, when not set.
    pub until_unix: Option<i64>,
    /// `WAITING`, `PROCESSING`, `FINISH`; all when empty. One list call is made for each.
    pub statuses: Vec<String>,
    pub file_id: Option<String>,
}

impl TaskQuery {
    /// Whether whoever has listed this has listed all that the cloud still has of `other`, an
    /// earlier query. Before `oldest_unix` it has nothing.
    pub fn covers(&self, other: &Self, oldest_unix: i64) -> bool {
        let begins = self.since_unix <= other.since_unix.max(oldest_unix);
        let ends = self
            .until_unix
            .is_none_or(|until| other.until_unix.is_some_and(|other| other <= until));
        let named = |status| self.statuses.contains(status);
        let statuses = self.statuses.is_empty()
            || (!other.statuses.is_empty() && other.statuses.iter().all(named));
        let file = self.file_id.is_none() || self.file_id == other.file_id;
        begins && ends && statuses && file
    }
}

/// What a task pull is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskPull {
    List(TaskQuery),
    /// A list pull that did not come to its end, by its number in the archive, from where it
    /// stands: what is still missing of it is fetched. Lists the query anew when nothing is known
    /// of it any more.
    Resume {
        id: i64,
        query: TaskQuery,
    },
    /// One task by its id.
    Task(String),
    /// A file's media information and its tasks of the last 72 hours.
    File(String),
    /// A running task, asked for again until it ends.
    Watch(String),
}

/// A live source to start.
#[derive(Clone, Debug, PartialEq)]
pub enum LiveSpec {
    /// DescribeTasks and DescribeTaskDetail: changes nothing in the cloud.
    Tasks { profile: Profile, pull: TaskPull },
    /// PullEvents: hides events from the consumer. Pulls once at the start, then when asked.
    Queue { profile: Profile },
    /// Receives callbacks.
    Listen(ListenSpec),
    /// What was pulled and received before.
    Archive { since_unix: Option<i64> },
}

/// Where to listen. The SignKey is handed over apart from this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenSpec {
    pub addr: SocketAddr,
}

/// A limit after which a live queue stops by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveLimit {
    pub events: u64,
    pub time: Duration,
}

/// Leave to confirm. Who gave it can take it back until the call is sent, however many orders
/// wait before it.
#[derive(Clone, Debug, Default)]
pub struct Permit(Arc<AtomicBool>);

impl Permit {
    pub fn take_back(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub fn stands(&self) -> bool {
        !self.0.load(Ordering::SeqCst)
    }
}

/// Two are equal that allow the same.
impl PartialEq for Permit {
    fn eq(&self, other: &Self) -> bool {
        self.stands() == other.stands()
    }
}

impl Eq for Permit {}

/// What can be asked of a live source that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveCommand {
    Pause,
    Resume,
    /// Queue: one PullEvents.
    PullOnce,
    /// Queue: keep pulling up to the limit; `None` ends that.
    Live(Option<LiveLimit>),
    /// Queue: delete these from the queue for everybody, by their archive ids, for as long as the
    /// permit stands.
    Confirm(Vec<i64>, Permit),
    /// Queue: ask how many events wait.
    Backlog,
}

/// How an event stands in the archive, sent beside the row it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borrowed {
    /// The delivery's number in the archive, which is also in the row's offset.
    pub archive_id: i64,
    pub task_id: String,
    /// Unix milliseconds of the answer that brought it, for showing.
    pub pulled_unix_ms: i64,
    pub batch: u64,
}

/// One PullEvents that brought something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BorrowedBatch {
    pub batch: u64,
    pub request_id: String,
    pub pulled_unix_ms: i64,
    pub events: Vec<Borrowed>,
}

/// How far a task pull is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskProgress {
    pub pages: u64,
    /// Every page has been read.
    pub listed_all: bool,
    /// Tasks listed so far.
    pub listed: u64,
    /// Details fetched in this pull.
    pub fetched: u64,
    /// Finished tasks whose detail is in the archive already.
    pub known: u64,
    /// Tasks the cloud has no detail of any more: kept as their summaries.
    pub forgotten: u64,
    /// Tasks whose detail could not be had, each for a reason of its own. They are asked for once
    /// more at the end of the list; those that are left when the pull ends are fetched by
    /// [`TaskPull::Resume`].
    pub failed: u64,
    /// Tasks that leave the cloud's 72 hours within five.
    pub leaving_soon: u64,
    pub paused: bool,
}

/// A list pull that did not bring everything: it was stopped, refused, or some details failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnfinishedPull {
    /// Its number in the archive.
    pub id: i64,
    pub query: TaskQuery,
    /// Where its list goes on.
    pub next: ListPlace,
    pub pages: u64,
    /// Tasks listed so far.
    pub listed: u64,
    /// Unix milliseconds.
    pub begun_ms: i64,
    pub updated_ms: i64,
}

/// A place in the list of a query's tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// Which of the query's statuses is listed, counted from 0; past the last one, all is listed.
    pub part: u32,
    /// The next page's; empty for the first page of the part.
    pub scroll_token: String,
}

/// What the queue said of an application's mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventConfig {
    /// `PUSH` or `PULL`, verbatim.
    pub mode: String,
    pub notification_url: String,
    /// Member name and value (`ON`, `OFF`), in the answer's order.
    pub switches: Vec<(String, String)>,
}

/// One application of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubApp {
    pub id: u64,
    pub name: String,
    pub status: String,
}

/// What testing a profile gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    pub elapsed: Duration,
    pub config: EventConfig,
    /// Applications to pick from; why not, where they cannot be listed.
    pub sub_apps: Result<Vec<SubApp>, CallFault>,
    /// The credentials that signed, for saying which.
    pub masked_id: String,
    pub origin: super::Origin,
    pub clock_ahead_secs: Option<i64>,
    /// Tasks in the last 72 hours, when DescribeTasks told it.
    pub request_id: String,
}

/// One archived event that could be confirmed, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Deleted {
        archive_ids: Vec<i64>,
        request_id: String,
    },
    /// They come back to the consumer.
    Returning {
        archive_ids: Vec<i64>,
        why: ConfirmFault,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfirmFault {
    /// Older than 28 seconds: the call was not made.
    TooLate,
    /// Confirming was locked, or borrowing stopped, before the call was sent.
    TakenBack,
    /// Not in the archive, so nothing was confirmed.
    NotDurable,
    /// It came without an EventHandle.
    NoHandle,
    Call(CallFault),
    /// The answer was lost: they may be deleted, or come back.
    Unsure(CallFault),
}

/// What a live source tells besides `Opened`, `Batch` and `Ended`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveNews {
    Progress(TaskProgress),
    /// The place of this list is kept under this number; see [`TaskPull::Resume`].
    Listing {
        pull: i64,
    },
    /// A request was sent at this unix second; for the plot of requests a second.
    Requested {
        unix: i64,
    },
    Retrying(Retry),
    /// A call failed for good; the pull goes on or ends as its kind demands.
    Failed {
        action: &'static str,
        fault: CallFault,
    },
    ClockAhead {
        secs: i64,
        request_id: String,
    },
    /// The service does not know any more where a list was left: it is listed from its beginning,
    /// and nothing that was fetched is fetched again.
    ListedAgain {
        request_id: String,
    },
    /// No file of the application has this id.
    NoSuchFile {
        id: String,
    },
    /// The watched task ended; `failed` when it is worth a notification.
    TaskEnded {
        task_id: String,
        failed: bool,
    },
    Borrowed(BorrowedBatch),
    /// PullEvents answered with nothing, in so much time.
    QueueEmpty {
        elapsed: Duration,
        request_id: String,
    },
    Confirmed(Confirmed),
    /// Events that were pulled and could not be stored: they are not listed, and come back to the
    /// consumer. The queue can be pulled from again.
    NotKept {
        /// As far as they name one.
        task_ids: Vec<String>,
        events: u64,
        why: ArchiveFault,
    },
    /// Events waiting, approximately and minutes late; why not, where the site does not tell.
    Backlog(Result<u64, ApiError>),
    Config(EventConfig),
    /// Live pulling ended because its limit was reached.
    LimitReached,
    /// Live pulling ended because the service refused; why was told as `Failed`.
    LiveStopped,
    Listening {
        addr: SocketAddr,
    },
    /// Callbacks were stored and answered 200: so many since this was last told, the newest `from`
    /// there.
    Received {
        from: SocketAddr,
        count: u64,
    },
    /// Requests were refused for one kind of reason: so many since it was last told; `from` and
    /// `why` are the newest's.
    Refused {
        from: SocketAddr,
        why: Refusal,
        count: u64,
    },
    /// Nothing can be stored: nothing is confirmed or answered 200 until it can.
    ArchiveFailed {
        why: ArchiveFault,
    },
}

/// Why a callback was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 401: `Sign` is missing or wrong.
    BadSign,
    /// 401: `T` has passed; by so many seconds.
    Expired { secs: i64 },
    /// 401: `T` lies too far ahead to be genuine.
    FromTheFuture { secs: i64 },
    /// 413: more than 10 MiB.
    TooLarge,
    /// 400: not HTTP.
    BadRequest { why: String },
    /// 405: not a POST.
    Method(String),
    /// 408: it took too long.
    TooSlow,
    /// 503: it could not be stored.
    NotStored,
}

/// Why the archive cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveFault {
    DiskFull,
    ReadOnly {
        why: String,
    },
    Corrupt {
        why: String,
    },
    /// The bytes of one entry are damaged; the others are not touched by that.
    Entry {
        id: i64,
    },
    /// Another program's database stands in its place.
    Foreign,
    /// A folder stands in its place.
    Folder,
    /// An event has more bytes than are taken.
    TooLong {
        limit: u64,
    },
    /// Made by a newer vodscope.
    TooNew {
        version: i64,
    },
    /// Another program held it for too long.
    Busy,
    Other {
        why: String,
    },
}

/// What the archive holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArchiveStats {
    pub deliveries: u64,
    pub events: u64,
    pub bytes_on_disk: u64,
    pub oldest_unix: Option<i64>,
    pub newest_unix: Option<i64>,
}

/// How an event is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Where the request really went.
    pub addr: String,
    pub status: u16,
    pub elapsed: Duration,
    /// The first 2 KB of the answer.
    pub body: String,
    pub truncated: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_covers_what_it_listed_all_of() {
        let whole = TaskQuery {
            since_unix: 100,
            ..TaskQuery::default()
        };
        let part = TaskQuery {
            since_unix: 50,
            until_unix: Some(300),
            statuses: vec!["FINISH".to_owned()],
            file_id: Some("1".to_owned()),
        };
        assert!(whole.covers(&whole, 0));
        assert!(whole.covers(&part, 100));
        assert!(!whole.covers(&part, 99), "the cloud still has some before");
        assert!(!part.covers(&whole, 0));
        for narrow in [
            TaskQuery {
                until_unix: Some(299),
                ..whole.clone()
            },
            TaskQuery {
                statuses: vec!["WAITING".to_owned()],
                ..whole.clone()
            },
            TaskQuery {
                file_id: Some("2".to_owned()),
                ..whole.clone()
            },
        ] {
            assert!(!narrow.covers(&part, 100), "{narrow:?}");
            assert!(!narrow.covers(&whole, 100), "{narrow:?}");
        }
    }
}
