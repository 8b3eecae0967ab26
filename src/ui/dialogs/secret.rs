//! Fields for keys. egui keeps what is typed into a field, for undoing; so it is given bullets,
//! and the key itself never leaves the buffer that wipes it.

use std::any::TypeId;
use std::ops::Range;

use egui::text::CharIndex;
use egui::{Context, TextBuffer, Ui};
use zeroize::Zeroizing;

use super::field::{Field, field_id};
use crate::model::Secret;

const BULLET: char = '•';

/// A key behind as many bullets as it has characters.
struct Masked {
    key: Zeroizing<String>,
    bullets: String,
}

impl Masked {
    fn new(key: &str) -> Self {
        Self {
            key: Zeroizing::new(key.to_owned()),
            bullets: std::iter::repeat_n(BULLET, key.chars().count()).collect(),
        }
    }

    /// Puts `text` in place of these characters. The key is written anew, since one that grows
    /// in its place would leave its old self behind.
    fn replace(&mut self, from: usize, to: usize, text: &str) {
        let head = self.key.chars().take(from);
        let tail = self.key.chars().skip(to.max(from));
        let mut key = Zeroizing::new(String::with_capacity(self.key.len() + text.len()));
        key.extend(head.chain(text.chars()).chain(tail));
        *self = Self::new(&key);
    }
}

impl TextBuffer for Masked {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        &self.bullets
    }

    fn insert_text(&mut self, text: &str, char_index: CharIndex) -> usize {
        let text: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|c| !c.is_control()).collect());
        self.replace(char_index.0, char_index.0, &text);
        text.chars().count()
    }

    fn delete_char_range(&mut self, char_range: Range<CharIndex>) {
        self.replace(char_range.start.0, char_range.end.0, "");
    }

    /// Undoing brings back bullets, which are no key.
    fn replace_with(&mut self, _: &str) {}

    fn type_id(&self) -> TypeId {
        TypeId::of::<Self>()
    }
}

/// Draws a field for a key; the new key, when it was changed.
pub(super) fn secret_ui(ui: &mut Ui, field: Field<'_>, secret: &Secret) -> Option<Secret> {
    let mut masked = Masked::new(secret.expose());
    let field = Field {
        password: true,
        ..field
    };
    let response = field.show(ui, &mut masked);
    let changed = response.changed() && masked.key.as_str() != secret.expose();
    changed.then(|| Secret::new(&masked.key))
}

/// Forgets the cursors and what could be undone in these fields.
pub(super) fn forget(ctx: &Context, ids: &[&str]) {
    ctx.data_mut(|data| {
        for id in ids {
            data.remove::<egui::text_edit::TextEditState>(field_id(id));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(key: &str) -> Masked {
        Masked::new(key)
    }

    #[test]
    fn what_egui_sees_is_bullets() {
        let mut key = masked("geheim");
        assert_eq!(key.as_str(), "••••••");
        assert_eq!(key.insert_text("é\n!", CharIndex(3)), 2);
        assert_eq!((key.key.as_str(), key.as_str()), ("gehé!eim", "••••••••"));
    }

    #[test]
    fn a_range_is_cut_out_by_characters() {
        let mut key = masked("gehé!eim");
        key.delete_char_range(CharIndex(3)..CharIndex(5));
        assert_eq!(key.key.as_str(), "geheim");
        key.clear();
        assert_eq!((key.key.as_str(), key.as_str()), ("", ""));
    }

    #[test]
    fn undoing_never_makes_a_key_of_bullets() {
        let mut key = masked("geheim");
        key.replace_with("•••");
        assert_eq!(key.key.as_str(), "geheim");
    }
}
