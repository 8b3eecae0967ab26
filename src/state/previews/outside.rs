//! What leaves the window: addresses and pictures to the clipboard, to files, to other programs.

use std::sync::Arc;

use super::{Effect, PreviewEffect, asks, hosts, wanted};
use crate::model::{PictureKey, PictureRequest, PictureSize};
use crate::state::appearance;
use crate::state::{AppAction, AppState, PictureState, ToastKind};

/// A file's name is no longer than this on any system.
const NAME_CHARS: usize = 120;

pub(super) fn copy_url(state: &mut AppState, url: &str) -> Vec<Effect> {
    let what = state.text().previews.url.to_owned();
    let text = url.to_owned();
    appearance::update(state, AppAction::Copy { what, text })
}

pub(super) fn copy_urls(state: &mut AppState, group: Option<usize>) -> Vec<Effect> {
    let groups = state.previews.groups.iter().enumerate();
    let asked = groups.filter(|(at, _)| group.is_none_or(|group| group == *at));
    let items = asked.flat_map(|(_, group)| &group.items);
    let urls: Vec<&str> = items.map(|item| &*item.url).collect();
    if urls.is_empty() {
        return Vec::new();
    }
    let text = urls.join("\n");
    let what = state.text().previews.urls.to_owned();
    appearance::update(state, AppAction::Copy { what, text })
}

/// The whole picture is fetched first when only a small one is there.
pub(super) fn copy_image(state: &mut AppState, url: &Arc<str>) -> Vec<Effect> {
    let key = PictureKey {
        url: Arc::clone(url),
        size: PictureSize::Whole,
    };
    match state.previews.state(&key) {
        PictureState::Ready(_) => asks(PreviewEffect::CopyImage(key)),
        PictureState::Failed(_) => not_copied(state),
        PictureState::Waiting | PictureState::Loading { .. } => {
            let expires = None;
            state.previews.copying = Some(PictureRequest { key, expires });
            wanted::order(state)
        }
    }
}

pub(super) fn not_copied(state: &mut AppState) -> Vec<Effect> {
    let words = state.text().previews;
    let (title, why) = (words.not_copied, words.not_copied_why);
    state.toast(ToastKind::Failure, title, why);
    Vec::new()
}

/// What may not be shown is not stored either, though it may still be kept on disk.
pub(super) fn save_as(state: &mut AppState, url: &Arc<str>) -> Vec<Effect> {
    if state.previews.blocked.contains_key(url) {
        let title = state.text().previews.not_kept;
        state.toast(ToastKind::Failure, title, url);
        return Vec::new();
    }
    asks(PreviewEffect::SaveAs {
        url: Arc::clone(url),
        name: file_name(url),
    })
}

/// Only what a browser or player fetches itself is handed to the system.
pub(super) fn open(state: &mut AppState, url: Arc<str>) -> Vec<Effect> {
    if hosts::host_of(&url).is_ok() {
        return asks(PreviewEffect::Open(url));
    }
    let title = state.text().previews.not_opened;
    state.toast(ToastKind::Failure, title, &url);
    Vec::new()
}

/// The last part of the path, without what a file system could take for more than a name.
fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let last = path.split_once('/').map_or("", |(_, path)| path);
    let last = last.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = last
        .chars()
        .filter(|c| !c.is_control() && !":*\"<>|".contains(*c));
    let name: String = kept.take(NAME_CHARS).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "picture" } else { name }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_the_end_of_its_path() {
        for (url, name) in [
            ("https://a.cn/b/cover.jpg?t=1&sign=2", "cover.jpg"),
            ("https://a.cn/b/..", "picture"),
            ("https://a.cn", "picture"),
            ("https://a.cn/a\\..\\x:y.png#z", "xy.png"),
            ("https://a.cn/封面.jpg", "封面.jpg"),
        ] {
            assert_eq!(file_name(url), name, "{url}");
        }
    }
}
