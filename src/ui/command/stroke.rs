//! Ways to ask with the keyboard, and how they are written.

use egui::Key;

/// A way to ask with the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Stroke {
    /// A character, whatever keys make it.
    Char(char),
    /// One character after another.
    Chars(char, char),
    Key(Key),
    /// With Ctrl, on macOS with Cmd.
    Control(Key),
}

impl Stroke {
    /// What is written on the keys, in the order they are pressed.
    pub(in crate::ui) fn caps(self) -> Vec<String> {
        match self {
            Self::Char(c) => vec![c.to_string()],
            Self::Chars(first, second) => vec![first.to_string(), second.to_string()],
            Self::Key(key) => vec![cap(key).to_owned()],
            Self::Control(key) => vec![control_cap().to_owned(), cap(key).to_owned()],
        }
    }

    /// The keys in one line: `Ctrl+O`, `y i`.
    pub(in crate::ui) fn line(self) -> String {
        let separator = match self {
            Self::Control(_) => "+",
            _ => " ",
        };
        self.caps().join(separator)
    }
}

/// The key that goes with letters on this system.
pub(in crate::ui) fn control_cap() -> &'static str {
    if cfg!(target_os = "macos") {
        "Cmd"
    } else {
        "Ctrl"
    }
}

fn cap(key: Key) -> &'static str {
    match key {
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::PageUp => "PgUp",
        Key::PageDown => "PgDn",
        Key::Escape => "Esc",
        Key::Plus => "+",
        Key::Equals => "=",
        Key::Minus => "−",
        Key::Num0 => "0",
        other => other.name(),
    }
}
