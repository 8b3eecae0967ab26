//! What is typed about a host before it is saved. It lives with the dialog alone: the settings
//! take it whole or not at all, and a key in it is wiped with it.

use egui::{Context, Id};

use crate::model::{HostRule, Secret};
use crate::state::{Action, PreviewAction, host_of};
use crate::ui::Actions;

/// Lengths that the service gives to keys for signing.
const KEY: std::ops::RangeInclusive<usize> = 8..=20;

/// The host that is being changed or added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    /// `None` while a new host has no name yet.
    pub(super) host: Option<String>,
    /// As typed, for a new host.
    pub(super) name: String,
    /// What counted when the draft was begun; what is not edited here is kept.
    pub(super) rule: HostRule,
    pub(super) key: Secret,
    /// Saving was tried: what is wrong is told from now on.
    pub(super) tried: bool,
    /// How often its fields were drawn.
    pub(super) drawn: u32,
}

/// What has to be put right before it can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Host,
    KnownHost,
    Referer,
    Key,
}

impl Draft {
    pub(super) fn of(host: &str, rule: &HostRule) -> Self {
        Self {
            host: Some(host.to_owned()),
            rule: rule.clone(),
            ..Self::default()
        }
    }

    /// The first thing that is wrong. `is_known` tells whether a host has a rule already.
    pub(super) fn wrong(&self, is_known: impl Fn(&str) -> bool) -> Option<Wrong> {
        if self.host.is_none() {
            match host_name(&self.name) {
                None => return Some(Wrong::Host),
                Some(host) if is_known(&host) => return Some(Wrong::KnownHost),
                Some(_) => {}
            }
        }
        let referer = self.rule.referer.trim();
        if !referer.is_empty() && host_of(referer).is_err() {
            return Some(Wrong::Referer);
        }
        let key = self.key.expose();
        let is_key =
            KEY.contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (!key.is_empty() && !is_key).then_some(Wrong::Key)
    }

    /// Hands over what was typed; the key leaves the draft with it.
    pub(super) fn save(self, out: &mut Actions) {
        let Some(host) = self.host.or_else(|| host_name(&self.name)) else {
            return;
        };
        let rule = HostRule {
            referer: self.rule.referer.trim().to_owned(),
            ..self.rule
        };
        let named = host.clone();
        out.push(Action::Preview(PreviewAction::SetHostRule {
            host: named,
            rule,
        }));
        if !self.key.is_empty() {
            let key = self.key;
            out.push(Action::Preview(PreviewAction::SetHostKey { host, key }));
        }
    }
}

/// The host in what was typed or pasted, as the settings name it.
fn host_name(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.contains("://") {
        return host_of(typed).ok();
    }
    let allowed = |c: char| c.is_alphanumeric() || "-._:[]".contains(c);
    if !typed.chars().all(allowed) {
        return None;
    }
    // Whichever scheme it will be asked with, the scheme's own port is no part of the name.
    let named = |scheme: &str| host_of(&format!("{scheme}://{typed}")).ok();
    let (plain, secure) = (named("http")?, named("https")?);
    Some(if plain.len() < secure.len() {
        plain
    } else {
        secure
    })
}

/// What the dialog keeps from frame to frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// The size of the cache was asked for.
    pub(super) asked: bool,
    pub(super) draft: Option<Draft>,
}

impl Kept {
    pub(super) fn read(ctx: &Context) -> Self {
        ctx.data(|data| data.get_temp(id())).unwrap_or_default()
    }

    pub(super) fn keep(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(id(), self));
    }
}

/// The dialog will open with this host being changed.
pub(in crate::ui::dialogs) fn edit_host(ctx: &Context, host: &str, rule: &HostRule) {
    Kept {
        asked: false,
        draft: Some(Draft::of(host, rule)),
    }
    .keep(ctx);
}

/// The dialog is closed: what was typed goes with it.
pub(in crate::ui::dialogs) fn leave(ctx: &Context) {
    let had = ctx.data_mut(|data| data.remove_temp::<Kept>(id()));
    if had.is_some_and(|kept| kept.draft.is_some()) {
        super::super::secret::forget(ctx, &[super::editor::KEY]);
    }
}

fn id() -> Id {
    Id::unique("settings of pictures")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(name: &str) -> Draft {
        Draft {
            name: name.to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn a_host_is_taken_out_of_what_was_pasted() {
        for (typed, host) in [
            (" IMG.Savanna.cn ", Some("img.savanna.cn")),
            ("https://img.savanna.cn/a.jpg?x=1", Some("img.savanna.cn")),
            ("10.0.0.8:9000", Some("10.0.0.8:9000")),
            ("img.savanna.cn:443", Some("img.savanna.cn")),
            ("img.savanna.cn:80", Some("img.savanna.cn")),
            ("[::1]:9", Some("[::1]:9")),
            ("", None),
            ("a b", None),
            ("*.savanna.cn", None),
            ("file:///etc/passwd", None),
            ("img.savanna.cn/path", None),
        ] {
            assert_eq!(host_name(typed).as_deref(), host, "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_is_found_in_the_order_of_the_fields() {
        let known = |host: &str| host == "a.cn";
        assert_eq!(new("").wrong(known), Some(Wrong::Host));
        assert_eq!(new("a.cn").wrong(known), Some(Wrong::KnownHost));
        let mut draft = new("b.cn");
        draft.rule.referer = "www.b.cn".to_owned();
        assert_eq!(draft.wrong(known), Some(Wrong::Referer));
        draft.rule.referer = "https://www.b.cn/".to_owned();
        for (key, wrong) in [
            ("kurz", Some(Wrong::Key)),
            ("24FEQmTzro4V5u3D5epW", None),
            ("24FEQmTzro4V5u3D5epWx", Some(Wrong::Key)),
            ("24FEQmTz ro4V", Some(Wrong::Key)),
            ("", None),
        ] {
            draft.key = Secret::new(key);
            assert_eq!(draft.wrong(known), wrong, "{key}");
        }
    }

    #[test]
    fn what_is_not_edited_is_kept() {
        let rule = HostRule {
            consent: Some(crate::model::Consent::Always),
            signed: true,
            ..HostRule::default()
        };
        let mut draft = Draft::of("a.cn", &rule);
        draft.rule.referer = " https://www.a.cn/ ".to_owned();
        let mut out = Actions::new();
        draft.save(&mut out);
        let [Action::Preview(PreviewAction::SetHostRule { host, rule: saved })] = out.as_slice()
        else {
            panic!("{out:?}");
        };
        assert_eq!(host, "a.cn");
        let wanted = HostRule {
            referer: "https://www.a.cn/".to_owned(),
            ..rule
        };
        assert_eq!(*saved, wanted);
    }
}
