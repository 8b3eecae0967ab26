//! What the caller sent along with the task.

use egui::Ui;

use crate::model::{DecodedContext, Detail, Request};
use crate::text::Text;
use crate::ui::theme::{self, S4, S8, S16, S20};
use crate::ui::widgets::{Line, Tone, label, lead, line_width, memo, sunken, tag, wrapped};
use crate::ui::{Actions, Cx};

use super::values::{Value, value_ui};

/// Longer decoded contexts are shown in a box of their own.
const LONGEST_IN_LINE: usize = 120;

/// One member of the request.
#[derive(Debug, PartialEq)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) shown: String,
    pub(super) verbatim: String,
    /// How it was decoded.
    pub(super) tag: &'static str,
    /// The whole of what was decoded, where one line does not hold it.
    pub(super) long: Option<String>,
}

/// Builds the members that the event tells.
pub(super) fn rows(detail: &Detail, text: &Text) -> Vec<Member> {
    let request = &detail.request;
    let words = text.detail;
    let plain = |name, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty())?;
        let shown = value.clone();
        Some(Member {
            name,
            shown,
            verbatim: value,
            tag: "",
            long: None,
        })
    };
    [
        plain(words.notify_mode, request.notify_mode.clone()),
        plain(
            words.priority,
            request.priority.map(|priority| priority.to_string()),
        ),
        plain(words.operator, request.operator.clone()),
        plain(words.operation_type, request.operation_type.clone()),
        plain(words.session_id, request.session_id.clone()),
        context(request, text),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn context(request: &Request, text: &Text) -> Option<Member> {
    let words = text.detail;
    let verbatim = request
        .session_context
        .clone()
        .filter(|context| !context.is_empty())?;
    let (tag, whole) = match &request.session_context_decoded {
        Some(DecodedContext::Json(whole)) => (words.json_decoded, whole.clone()),
        Some(DecodedContext::Base64(whole)) => (words.base64_decoded, whole.clone()),
        Some(DecodedContext::Percent(whole)) => (words.percent_decoded, whole.clone()),
        None => ("", verbatim.clone()),
    };
    let shown = one_line(&whole);
    let long = (shown.chars().count() > LONGEST_IN_LINE).then_some(whole);
    Some(Member {
        name: words.session_context,
        shown,
        verbatim,
        tag,
        long,
    })
}

/// The lines of pretty-printed text without their indents.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

pub(super) fn request_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let Some(detail) = cx.detail() else { return };
    let rows = memo(ui, "request", cx.detail_stamp(), || rows(detail, cx.text));
    if rows.is_empty() {
        return;
    }
    lead(ui, cx.text.detail.request);
    ui.add_space(S4);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(S8, S4);
        for member in rows.iter().filter(|member| member.long.is_none()) {
            if width(ui, member) > ui.available_size_before_wrap().x {
                ui.end_row();
            }
            member_ui(ui, cx, member, out);
            ui.add_space(S20 - S8);
        }
    });
    for member in rows.iter() {
        let Some(whole) = &member.long else { continue };
        ui.add_space(S8);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = S8;
            member_ui(ui, cx, member, out);
        });
        ui.add_space(S4);
        sunken(ui, |ui| {
            ui.set_width(ui.available_width());
            wrapped(ui, whole, theme::mono_small(), cx.palette.text_2);
        });
    }
    ui.add_space(S16);
}

/// Room a member takes with its name, its copy icon and its tag, so that none of them wraps alone.
fn width(ui: &Ui, member: &Member) -> f32 {
    let text = |text: &str, font| line_width(ui.painter(), text, font);
    let name = text(member.name, theme::small());
    let value = text(&member.shown, theme::mono()) + S20;
    let tag = text(member.tag, theme::caption());
    name + value + tag + 3.0 * S8 + S16
}

fn member_ui(ui: &mut Ui, cx: &Cx<'_>, member: &Member, out: &mut Actions) {
    let p = cx.palette;
    label(ui, &Line::new(member.name, theme::small(), p.text_3));
    if member.long.is_none() {
        let line = Line::new(&member.shown, theme::mono(), p.text);
        let value = Value {
            name: member.name,
            line,
            text: &member.verbatim,
            node: None,
            searchable: false,
        };
        value_ui(ui, cx, &value, out);
    }
    if !member.tag.is_empty() {
        tag(ui, member.tag, Tone::Plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::ui::panels::detail::testing::{sample, text};

    #[test]
    fn a_decoded_context_is_shown_in_one_line_and_copied_verbatim() {
        let rows = rows(&sample("03-every-result.json"), &text(Lang::En));
        let context = rows.last().unwrap();
        assert_eq!(
            context.shown,
            r#"{ "courseId": 8841, "episode": 3, "uid": "u_20931" }"#
        );
        assert_eq!(
            context.verbatim,
            "eyJjb3Vyc2VJZCI6ODg0MSwiZXBpc29kZSI6MywidWlkIjoidV8yMDkzMSJ9"
        );
        assert_eq!(context.tag, "base64 decoded");
    }
}
