//! Pictures kept on disk, in files of our own that nobody else may read, within a budget.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::address::Address;
use super::record::{Record, read, sum, write};
use super::sign::{ends, unsigned};
use crate::model::now_unix;

const SUFFIX: &str = ".picture";
const UNFINISHED: &str = ".part";

/// What was fetched longer ago is fetched again: files change under their names.
const GOOD_FOR_SECS: i64 = 7 * 24 * 3600;

/// An unfinished file of this age is nobody's any more.
const ABANDONED: Duration = Duration::from_hours(1);

/// A folder of pictures; shared by threads.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    budget: AtomicU64,
    /// Of all files, as it was last counted.
    size: AtomicU64,
    /// Read from the folder when it is first needed.
    index: Mutex<Option<Index>>,
}

#[derive(Debug, Default)]
struct Index {
    files: BTreeMap<String, Entry>,
    bytes: u64,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    bytes: u64,
    used: SystemTime,
}

/// A picture that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cached {
    pub content_type: String,
    pub body: Vec<u8>,
    pub redirected: Option<Arc<str>>,
}

impl Cache {
    /// A cache in `folder`, which is made when something is kept.
    pub fn new(folder: &Path, budget: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            budget: AtomicU64::new(budget),
            size: AtomicU64::new(0),
            index: Mutex::default(),
        }
    }

    /// The picture, unless its time has passed. Asks nobody, and not whether it may be shown.
    pub fn get(&self, address: &Address) -> Option<Cached> {
        let name = name_of(address);
        if !self.lock().as_ref()?.files.contains_key(&name) {
            return None;
        }
        let path = self.folder.join(&name);
        let url = unsigned(address);
        let found = fs::read(&path).ok().and_then(|bytes| read(&bytes));
        let usable = found.filter(|(record, _)| record.url == url && now_unix() < record.expires);
        let Some((record, body)) = usable else {
            self.remove(&name);
            return None;
        };
        self.touch(&name, &path);
        Some(Cached {
            content_type: record.content_type,
            body,
            redirected: record.redirected.map(Arc::from),
        })
    }

    /// Whether it seems to be there; never waits, and says no when it is not known yet.
    pub(super) fn may_have(&self, address: &Address) -> bool {
        let index = self.index.try_lock().ok();
        index.is_some_and(|index| {
            let files = index.as_ref().map(|index| &index.files);
            files.is_some_and(|files| files.contains_key(&name_of(address)))
        })
    }

    /// Keeps a picture until `expires`, or until its URL ends or a week has passed; says the
    /// cache's size when that has changed.
    pub fn put(
        &self,
        address: &Address,
        kept: &Cached,
        expires: Option<i64>,
    ) -> io::Result<Option<u64>> {
        let now = now_unix();
        let latest = now.saturating_add(GOOD_FOR_SECS);
        let limits = [expires, ends(address), Some(latest)];
        let expires = limits.into_iter().flatten().min().unwrap_or(latest);
        let bytes = write(
            &Record {
                url: unsigned(address),
                content_type: kept.content_type.clone(),
                redirected: kept.redirected.as_deref().map(str::to_owned),
                fetched: now,
                expires,
            },
            &kept.body,
        );
        let size = size_of(&bytes);
        if expires <= now || size > self.budget.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let name = name_of(address);
        self.store(&name, &bytes)?;
        self.change(|index| {
            index.forget(&name);
            let used = SystemTime::now();
            index
                .files
                .insert(name.clone(), Entry { bytes: size, used });
            index.bytes += size;
        });
        self.trim().map(Some)
    }

    /// Bytes of all files. Reads the folder the first time.
    pub fn bytes(&self) -> u64 {
        self.change(|index| index.bytes)
    }

    /// What [`Self::bytes`] would say, without waiting; 0 before the folder was read.
    pub(super) fn size(&self) -> u64 {
        self.size.load(Ordering::Acquire)
    }

    pub(super) fn set_budget(&self, budget: u64) {
        self.budget.store(budget, Ordering::Relaxed);
    }

    /// Removes what was not used for longest until the rest is within the budget; the size then.
    pub fn trim(&self) -> io::Result<u64> {
        let budget = self.budget.load(Ordering::Relaxed);
        let mut lock = self.lock();
        let index = lock.get_or_insert_default();
        let mut by_age: Vec<_> = Vec::new();
        if index.bytes > budget {
            let files = index.files.iter();
            by_age.extend(files.map(|(name, entry)| (entry.used, name.clone())));
            by_age.sort();
        }
        for (_, name) in by_age {
            if index.bytes <= budget {
                break;
            }
            delete(&self.folder.join(&name))?;
            index.forget(&name);
            self.size.store(index.bytes, Ordering::Release);
        }
        Ok(index.bytes)
    }

    /// Removes every file of ours; the size of what is left.
    pub fn clear(&self) -> io::Result<u64> {
        let mut lock = self.lock();
        let index = lock.get_or_insert_default();
        while let Some(name) = index.files.keys().next().cloned() {
            delete(&self.folder.join(&name))?;
            index.forget(&name);
            self.size.store(index.bytes, Ordering::Release);
        }
        Ok(index.bytes)
    }

    /// Writes beside the name and renames, so that nobody ever sees half a file.
    fn store(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        make_folder(&self.folder)?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id();
        let unfinished = format!("{name}-{process}-{number}{UNFINISHED}");
        let unfinished = self.folder.join(unfinished);
        let written = write_file(&unfinished, bytes)
            .and_then(|()| fs::rename(&unfinished, self.folder.join(name)));
        written.inspect_err(|_| {
            // The first failure is the one to tell.
            let _gone = fs::remove_file(&unfinished);
        })
    }

    fn remove(&self, name: &str) {
        if let Err(error) = delete(&self.folder.join(name)) {
            log::warn!("a useless file stays in the picture cache: {error}");
        }
        self.change(|index| index.forget(name));
    }

    /// The file's time is when it was last used, for the next start.
    fn touch(&self, name: &str, path: &Path) {
        let now = SystemTime::now();
        let opened = fs::OpenOptions::new().append(true).open(path);
        if let Err(error) = opened.and_then(|file| file.set_modified(now)) {
            log::debug!("the use of a cached picture is not noted: {error}");
        }
        self.change(|index| {
            if let Some(entry) = index.files.get_mut(name) {
                entry.used = now;
            }
        });
    }

    fn change<R>(&self, change: impl FnOnce(&mut Index) -> R) -> R {
        let mut lock = self.lock();
        let index = lock.get_or_insert_default();
        let result = change(index);
        self.size.store(index.bytes, Ordering::Release);
        result
    }

    fn lock(&self) -> MutexGuard<'_, Option<Index>> {
        let mut lock = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if lock.is_none() {
            let index = scan(&self.folder);
            self.size.store(index.bytes, Ordering::Release);
            *lock = Some(index);
        }
        lock
    }
}

impl Index {
    fn forget(&mut self, name: &str) {
        if let Some(entry) = self.files.remove(name) {
            self.bytes = self.bytes.saturating_sub(entry.bytes);
        }
    }
}

/// A file's name says nothing of what is in it.
fn name_of(address: &Address) -> String {
    format!("{}{SUFFIX}", sum(unsigned(address).as_bytes()))
}

fn size_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// What is in the folder; nothing when it cannot be read, for a cache may always be empty.
fn scan(folder: &Path) -> Index {
    let mut index = Index::default();
    let entries = fs::read_dir(folder).into_iter().flatten();
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(found) = entry.metadata() else {
            continue;
        };
        let used = found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        if is_ours(&name) && found.is_file() {
            let bytes = found.len();
            index.files.insert(name, Entry { bytes, used });
            index.bytes += bytes;
        } else if name.ends_with(UNFINISHED)
            && used.elapsed().is_ok_and(|age| age > ABANDONED)
            && let Err(error) = delete(&entry.path())
        {
            log::debug!("an unfinished file stays in the picture cache: {error}");
        }
    }
    index
}

fn is_ours(name: &str) -> bool {
    let digits = name.strip_suffix(SUFFIX).unwrap_or_default();
    digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Another run of the program may have been faster.
fn delete(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.write(true).create_new(true).open(path)?;
    file.write_all(bytes)
}
