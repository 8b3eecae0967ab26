//! Keys that are typed now: three masked fields, and whether the keyring keeps them.

use egui::Ui;

use super::super::field::Field;
use super::super::parts::{check_ui, columns_ui, name_ui, note_ui, wrong_ui};
use super::super::secret::secret_ui;
use super::{ask, edit, fault, fault_words};
use crate::model::{Found, OriginChoice, Secret};
use crate::state::{DialogAction, DialogFault, DialogField};
use crate::text::accounts as say;
use crate::ui::theme::{S8, S12};
use crate::ui::widgets::{Button, Tone};
use crate::ui::{Actions, Cx, icons};

const SECRET_ID: &str = "secret id";
const SECRET_KEY: &str = "secret key";
const TOKEN: &str = "token";
/// The masked fields.
pub(super) const FIELDS: [&str; 3] = [SECRET_ID, SECRET_KEY, TOKEN];

pub(super) fn keys_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    let keys = &cx.state.live.dialog.keys;
    let lacking = fault(cx) == Some(DialogFault::Keys);
    // Fields that were never touched are not blamed.
    let wrong = lacking && cx.state.live.dialog.has_typed();
    ui.add_space(S12);
    let id = Secret::new(&keys.id);
    let fields = [
        (SECRET_ID, words.secret_id, "", &id),
        (SECRET_KEY, words.secret_key, "", &keys.key),
        (TOKEN, words.token, words.token_hint, &keys.token),
    ];
    let width = (ui.available_width() - 2.0 * super::super::parts::GAP) / 3.0;
    columns_ui(ui, [width; 3], |ui, at| {
        let Some((id, name, hint, secret)) = fields.get(at) else {
            return;
        };
        name_ui(ui, cx, name);
        let field = Field::new(id, name).hint(hint);
        let field = field.wrong(wrong && *id != TOKEN && secret.is_empty());
        if let Some(typed) = secret_ui(ui, field, secret) {
            edit(out, typed_field(id, typed));
        }
    });
    if wrong {
        wrong_ui(ui, cx, fault_words(DialogFault::Keys, cx.text));
    } else if lacking {
        note_ui(ui, cx, fault_words(DialogFault::Keys, cx.text));
    } else if let Some(Some(held)) = cx.state.live.dialog.held_id() {
        note_ui(ui, cx, &say::keys_held(cx.text.lang, held));
    }
    keyring_ui(ui, cx, out);
}

fn typed_field(id: &str, typed: Secret) -> DialogField {
    match id {
        SECRET_ID => DialogField::TypedId(typed.expose().to_owned()),
        SECRET_KEY => DialogField::TypedKey(typed),
        _ => DialogField::TypedToken(typed),
    }
}

/// Whether the keys outlive this run, and why not.
fn keyring_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let (words, dialog) = (cx.text.accounts, &cx.state.live.dialog);
    ui.add_space(S8);
    let absent = keyring_absent(cx);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S12;
        let keep = dialog.in_keyring && !absent;
        let ticked = ui.add_enabled_ui(!absent, |ui| {
            check_ui(ui, words.keep_in_keyring, keep).clicked()
        });
        if ticked.inner {
            edit(out, DialogField::KeepInKeyring(!keep));
        }
        if can_forget(cx) && ui.add(Button::link(words.forget_keys)).clicked() {
            out.push(ask(DialogAction::ForgetKeys));
        }
    });
    let why = match &dialog.keyring_fault {
        Some(why) => say::keyring_refused(cx.text.lang, why),
        None if absent => words.no_keyring.to_owned(),
        None => return,
    };
    ui.add_space(S8);
    super::super::parts::notice_ui(ui, (icons::INFO, Tone::Plain), &why, |_| {});
}

fn found<'a>(cx: &Cx<'a>, choice: OriginChoice) -> Option<&'a Found> {
    let mut probes = cx.state.live.dialog.probes.as_ref()?.iter();
    let probe = probes.find(|probe| probe.choice == choice)?;
    Some(&probe.found)
}

fn keyring_absent(cx: &Cx<'_>) -> bool {
    matches!(found(cx, OriginChoice::Keyring), Some(Found::Absent { .. }))
}

/// Whether keys of this profile are held somewhere they can be removed from.
fn can_forget(cx: &Cx<'_>) -> bool {
    [OriginChoice::Keyring, OriginChoice::Typed]
        .into_iter()
        .any(|choice| matches!(found(cx, choice), Some(Found::Credentials { .. })))
}
