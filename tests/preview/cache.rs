//! Pictures on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use vodscope::model::now_unix;
use vodscope::preview::{Address, Cache, Cached};

const BUDGET: u64 = 1 << 20;

fn address(path: &str) -> Address {
    Address::parse(&format!("http://a.example{path}")).unwrap()
}

fn picture(body: &[u8]) -> Cached {
    Cached {
        content_type: "image/png".to_owned(),
        body: body.to_vec(),
        redirected: None,
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn fresh() -> (TempDir, Cache) {
    let folder = TempDir::new().unwrap();
    let cache = Cache::new(&folder.path().join("pictures"), BUDGET);
    (folder, cache)
}

fn again(folder: &TempDir, budget: u64) -> Cache {
    Cache::new(&folder.path().join("pictures"), budget)
}

#[test]
fn what_was_kept_is_found_again_after_a_restart() {
    let (folder, cache) = fresh();
    let kept = Cached {
        content_type: String::new(),
        redirected: Some("http://b.example/\u{5c01}".into()),
        ..picture(b"\n\nbody\n\n\xff")
    };
    cache.put(&address("/a"), &kept, None).unwrap();
    let empty = picture(b"");
    cache.put(&address("/empty"), &empty, None).unwrap();
    for cache in [cache, again(&folder, BUDGET)] {
        assert_eq!(cache.get(&address("/a")), Some(kept.clone()));
        assert_eq!(cache.get(&address("/empty")), Some(empty.clone()));
        assert_eq!(cache.get(&address("/b")), None);
    }
}

#[test]
fn a_new_signature_does_not_make_a_new_picture() {
    let (folder, cache) = fresh();
    let t = format!("{:x}", now_unix() + 1000);
    let first = address(&format!("/a.jpg?x=1&t={t}&us=abc&sign=one"));
    cache.put(&first, &picture(b"one"), None).unwrap();
    let second = address("/a.jpg?x=1&t=1&us=def&sign=two");
    assert_eq!(cache.get(&second), Some(picture(b"one")));
    assert_eq!(cache.get(&address("/a.jpg?x=1")), Some(picture(b"one")));
    assert_eq!(cache.get(&address("/a.jpg?x=2")), None);
    let names: Vec<_> = files(&folder.path().join("pictures"));
    let name = names[0].file_name().unwrap().to_string_lossy().into_owned();
    assert!(!name.contains("a.jpg"), "a file's name tells nothing");
}

#[test]
fn nothing_outlives_what_the_event_or_the_url_says() {
    let (_folder, cache) = fresh();
    let now = now_unix();
    cache
        .put(&address("/past"), &picture(b"x"), Some(now))
        .unwrap();
    cache
        .put(&address("/soon"), &picture(b"x"), Some(now + 1))
        .unwrap();
    let ended = address("/a?t=5a71afc0&sign=x");
    cache.put(&ended, &picture(b"x"), None).unwrap();
    assert_eq!(cache.get(&address("/past")), None);
    assert_eq!(cache.get(&ended), None);
    std::iter::repeat_with(|| cache.get(&address("/soon")))
        .take_while(Option::is_some)
        .for_each(drop);
    assert!(now_unix() > now);
    assert_eq!(cache.bytes(), 0);
}

#[test]
fn what_was_not_used_for_longest_goes_first() {
    let (folder, cache) = fresh();
    let one = picture(&[7; 1000]);
    let place = folder.path().join("pictures");
    // The first is the youngest until the others are used.
    for (path, age) in [("/a", 1000), ("/b", 2000), ("/c", 3000)] {
        let before = if place.is_dir() {
            files(&place)
        } else {
            vec![]
        };
        cache.put(&address(path), &one, None).unwrap();
        let mut new = files(&place);
        new.retain(|file| !before.contains(file));
        let file = fs::File::options().append(true).open(&new[0]).unwrap();
        let used = SystemTime::now() - Duration::from_secs(age);
        file.set_modified(used).unwrap();
    }
    let size = cache.bytes();
    let cache = again(&folder, size);
    assert_eq!(cache.get(&address("/b")), Some(one.clone()));
    assert_eq!(cache.get(&address("/c")), Some(one.clone()));
    cache.put(&address("/d"), &one, None).unwrap();
    assert!(cache.bytes() <= size);
    assert_eq!(cache.get(&address("/a")), None, "the one that nobody used");
    for path in ["/b", "/c", "/d"] {
        assert!(cache.get(&address(path)).is_some(), "{path}");
    }
}

#[test]
fn what_alone_exceeds_the_budget_is_not_kept() {
    let folder = TempDir::new().unwrap();
    let cache = again(&folder, 1000);
    assert_eq!(
        cache
            .put(&address("/a"), &picture(&[0; 1000]), None)
            .unwrap(),
        None
    );
    assert_eq!(cache.get(&address("/a")), None);
    assert_eq!(cache.bytes(), 0);
}

#[test]
fn damaged_files_are_no_pictures_and_go() {
    for damage in [
        |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() - 1),
        |bytes: &mut Vec<u8>| bytes.clear(),
        |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 1,
        |bytes: &mut Vec<u8>| bytes[30] ^= 1,
        |bytes: &mut Vec<u8>| bytes.insert(0, b'x'),
    ] {
        let (folder, cache) = fresh();
        cache
            .put(&address("/a"), &picture(b"picture"), None)
            .unwrap();
        let file = files(&folder.path().join("pictures")).remove(0);
        let mut bytes = fs::read(&file).unwrap();
        damage(&mut bytes);
        fs::write(&file, bytes).unwrap();
        assert_eq!(cache.get(&address("/a")), None);
        assert!(!file.exists());
        assert_eq!(cache.bytes(), 0);
    }
}

#[test]
fn a_file_is_not_taken_for_another_url_s() {
    let (folder, cache) = fresh();
    let place = folder.path().join("pictures");
    cache.put(&address("/a"), &picture(b"a"), None).unwrap();
    let a = files(&place).remove(0);
    cache.put(&address("/b"), &picture(b"b"), None).unwrap();
    let b = files(&place).into_iter().find(|file| *file != a).unwrap();
    fs::copy(&a, &b).unwrap();
    assert_eq!(cache.get(&address("/b")), None);
}

#[test]
fn clearing_removes_our_files_and_no_others() {
    let (folder, cache) = fresh();
    let place = folder.path().join("pictures");
    cache.put(&address("/a"), &picture(b"a"), None).unwrap();
    fs::write(place.join("diary.txt"), "dear diary").unwrap();
    let abandoned = place.join("x.part");
    fs::write(&abandoned, "half").unwrap();
    let file = fs::File::options().append(true).open(&abandoned).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_hours(2))
        .unwrap();
    let cache = again(&folder, BUDGET);
    assert!(cache.bytes() > 0);
    assert_eq!(cache.clear().unwrap(), 0);
    assert_eq!(files(&place), [place.join("diary.txt")]);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, cache) = fresh();
    let place = folder.path().join("pictures");
    cache.put(&address("/a"), &picture(b"a"), None).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place), 0o700);
    assert_eq!(mode(&files(&place)[0]), 0o600);
}
