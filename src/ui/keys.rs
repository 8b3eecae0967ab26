//! The keyboard: which stroke means which command, and when.
//!
//! Characters count while nothing is being typed; what is taken here no widget sees any more.

use egui::{Event, Id, Key, Modifiers, Popup, Ui};

use super::command::{Command, Stroke, in_raw};
use super::{Actions, Cx};
use crate::state::{Dialog, Pane};

/// How long the first of two characters waits for the second, in seconds.
const PREFIX_SECS: f64 = 1.5;
/// The characters that begin a pair.
const PREFIXES: [char; 1] = ['y'];

/// Takes the strokes that mean something and pushes what they ask for.
pub(super) fn handle(ui: &Ui, cx: &Cx<'_>, out: &mut Actions) {
    let scope = Scope::of(ui, cx);
    let time = ui.input(|input| input.time);
    let mut prefix = prefix(ui).filter(|(_, since)| time - since < PREFIX_SECS);
    let mut commands = Vec::new();
    ui.ctx().input_mut(|input| {
        let has_text = input
            .events
            .iter()
            .any(|event| matches!(event, Event::Text(_)));
        input.events.retain(|event| {
            let Some(stroke) = stroke_of(event, has_text) else {
                return true;
            };
            let Some(stroke) = paired(stroke, &mut prefix, time, scope) else {
                return false;
            };
            let command = Command::of_stroke(stroke).filter(|c| scope.allows(stroke, *c));
            commands.extend(command);
            command.is_none()
        });
    });
    keep_prefix(ui, prefix);
    for command in commands {
        out.extend(command.action(cx));
    }
}

type Prefix = Option<(char, f64)>;

fn prefix_id() -> Id {
    Id::unique("first of two characters")
}

fn prefix(ui: &Ui) -> Prefix {
    ui.data(|data| data.get_temp(prefix_id())).flatten()
}

fn keep_prefix(ui: &Ui, prefix: Prefix) {
    ui.data_mut(|data| data.insert_temp(prefix_id(), prefix));
}

/// Joins two characters into one stroke; `None` while the second is awaited.
fn paired(stroke: Stroke, prefix: &mut Prefix, time: f64, scope: Scope) -> Option<Stroke> {
    let Stroke::Char(c) = stroke else {
        return Some(stroke);
    };
    if !scope.takes_characters() {
        return Some(stroke);
    }
    if let Some((first, _)) = prefix.take() {
        let pair = Stroke::Chars(first, c);
        if Command::of_stroke(pair).is_some() {
            return Some(pair);
        }
    }
    if PREFIXES.contains(&c) {
        *prefix = Some((c, time));
        return None;
    }
    Some(stroke)
}

/// The stroke of an event. A character comes as text; where no text comes with it, as a key.
fn stroke_of(event: &Event, has_text: bool) -> Option<Stroke> {
    match event {
        Event::Text(text) => {
            let mut chars = text.chars();
            let first = chars.next().filter(|c| !c.is_whitespace())?;
            chars.next().is_none().then_some(Stroke::Char(first))
        }
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => stroke_of_key(*key, *modifiers, has_text),
        _ => None,
    }
}

fn stroke_of_key(key: Key, modifiers: Modifiers, has_text: bool) -> Option<Stroke> {
    if modifiers.command && !modifiers.alt {
        return Some(Stroke::Control(key));
    }
    if modifiers.any() && !modifiers.shift_only() {
        return None;
    }
    let is_character = |key: Key| key.symbol_or_name().chars().count() == 1 && !is_arrow(key);
    if !is_character(key) {
        return modifiers.is_none().then_some(Stroke::Key(key));
    }
    if has_text {
        return None;
    }
    let c = key.symbol_or_name().chars().next()?;
    Some(Stroke::Char(if modifiers.shift {
        c
    } else {
        c.to_ascii_lowercase()
    }))
}

fn is_arrow(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight
    )
}

/// What lies in front and takes the keyboard first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Front {
    Window,
    Menu,
    Dialog,
}

impl Front {
    fn of(ui: &Ui, cx: &Cx<'_>) -> Self {
        if Popup::is_any_open(ui.ctx()) {
            Self::Menu
        } else if cx.state.dialog.is_some_and(Dialog::is_modal)
            || cx.state.previews.lightbox.is_some()
        {
            Self::Dialog
        } else {
            Self::Window
        }
    }
}

/// Where the keyboard is now.
#[derive(Clone, Copy, Debug)]
struct Scope {
    front: Front,
    pane: Pane,
    typing: bool,
    /// A control was reached with Tab: Enter and Space are for it.
    control: bool,
    raw: bool,
}

impl Scope {
    fn of(ui: &Ui, cx: &Cx<'_>) -> Self {
        let ctx = ui.ctx();
        Self {
            front: Front::of(ui, cx),
            pane: cx.state.focus,
            typing: ctx.text_edit_focused(),
            control: ctx.memory(|memory| memory.focused().is_some()),
            raw: in_raw(cx),
        }
    }

    fn takes_characters(self) -> bool {
        !self.typing && self.front == Front::Window
    }

    fn allows(self, stroke: Stroke, command: Command) -> bool {
        match stroke {
            Stroke::Control(_) => self.allows_control(command),
            Stroke::Key(Key::Escape) => self.allows_escape(),
            Stroke::Key(Key::Enter | Key::Space) => self.takes_characters() && !self.control,
            Stroke::Key(Key::ArrowLeft | Key::ArrowRight) => self.takes_characters() && self.raw,
            Stroke::Char(_) | Stroke::Chars(..) | Stroke::Key(Key::Home | Key::End) => {
                self.takes_characters()
            }
            Stroke::Key(_) => {
                let in_query = self.typing && self.pane == Pane::Query;
                self.front == Front::Window && (!self.typing || in_query)
            }
        }
    }

    fn allows_control(self, command: Command) -> bool {
        let zoom = matches!(
            command,
            Command::ZoomIn | Command::ZoomOut | Command::ZoomReset
        );
        zoom || self.front != Front::Dialog
    }

    /// Menus and other fields leave on their own.
    fn allows_escape(self) -> bool {
        match self.front {
            Front::Menu => false,
            Front::Dialog => true,
            Front::Window => !self.typing || self.pane == Pane::Query,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    fn scope() -> Scope {
        Scope {
            front: Front::Window,
            pane: Pane::List,
            typing: false,
            control: false,
            raw: false,
        }
    }

    #[test]
    fn a_character_counts_once_though_it_comes_as_key_and_text() {
        let events = [key(Key::J, Modifiers::NONE), Event::Text("j".to_owned())];
        let strokes: Vec<Stroke> = events
            .iter()
            .filter_map(|event| stroke_of(event, true))
            .collect();
        assert_eq!(strokes, [Stroke::Char('j')]);
    }

    #[test]
    fn shifted_letters_are_capitals() {
        let shifted = stroke_of(&key(Key::N, Modifiers::SHIFT), false);
        assert_eq!(shifted, Some(Stroke::Char('N')));
        assert_eq!(stroke_of(&key(Key::N, Modifiers::ALT), false), None);
    }

    #[test]
    fn letters_are_off_while_typing() {
        let typing = Scope {
            typing: true,
            ..scope()
        };
        assert!(scope().allows(Stroke::Char('j'), Command::MoveDown));
        assert!(!typing.allows(Stroke::Char('j'), Command::MoveDown));
        assert!(typing.allows(Stroke::Control(Key::K), Command::Palette));
    }

    #[test]
    fn two_characters_make_one_stroke() {
        let mut prefix = None;
        assert_eq!(paired(Stroke::Char('y'), &mut prefix, 0.0, scope()), None);
        let second = paired(Stroke::Char('i'), &mut prefix, 0.1, scope());
        assert_eq!(second, Some(Stroke::Chars('y', 'i')));
        assert_eq!(prefix, None);
    }

    #[test]
    fn the_arrows_leave_the_query_for_the_list() {
        let query = Scope {
            typing: true,
            pane: Pane::Query,
            ..scope()
        };
        assert!(query.allows(Stroke::Key(Key::ArrowDown), Command::MoveDown));
        assert!(!query.allows(Stroke::Key(Key::Home), Command::First));
    }
}
