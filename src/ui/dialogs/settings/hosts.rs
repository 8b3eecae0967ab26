//! The hosts the person decided about, and how each is asked.

use egui::{Align, Layout as Flow, Rect, Sense, Ui, pos2, vec2};

use super::draft::{Draft, Kept};
use super::pictures::ask;
use crate::model::{Consent, HostRule, PictureSettings};
use crate::state::{PreviewAction, Previews};
use crate::text::{PictureWords, Text, pictures as say};
use crate::ui::dialogs::field::{Select, choose_ui};
use crate::ui::dialogs::parts::note_ui;
use crate::ui::panels::place::within;
use crate::ui::theme::{self, HAIRLINE, S4, S8};
use crate::ui::widgets::{
    Button, IconButton, Line, MISSING, hairline, label, named, paint_line, section,
};
use crate::ui::{Actions, Cx, icons};

const HEAD: f32 = 24.0;
const ROW: f32 = 36.0;
const CONSENT: f32 = 132.0;
const ASKED_WITH: f32 = 150.0;
const CONTROLS: f32 = 60.0;

/// A host as it is listed.
#[derive(Clone, Debug, PartialEq)]
struct HostRow {
    host: String,
    /// What a change begins with.
    rule: HostRule,
    /// What makes its requests special.
    asked_with: String,
}

fn rows(previews: &Previews, kept: &PictureSettings, text: &Text) -> Vec<HostRow> {
    let row = |(host, rule): (String, HostRule)| HostRow {
        asked_with: asked_with(&rule, text.pictures),
        rule: previews.rule(kept, &host),
        host,
    };
    previews.policy(kept).hosts.into_iter().map(row).collect()
}

fn asked_with(rule: &HostRule, words: &PictureWords) -> String {
    let parts = [
        (!rule.referer.is_empty(), words.referer),
        (rule.signed, words.signed),
        (rule.private, words.private),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter_map(|(is, word)| is.then_some(word))
        .collect();
    if parts.is_empty() {
        MISSING.to_owned()
    } else {
        parts.join(" · ")
    }
}

/// The columns of a row: host, consent, how it is asked, its buttons.
fn columns(row: Rect) -> [Rect; 4] {
    let [consent, asked_with, controls] = {
        let controls = row.right() - CONTROLS;
        let asked_with = controls - ASKED_WITH;
        [asked_with - CONSENT, asked_with, controls]
    };
    let between = |left, right| Rect::from_x_y_ranges(left..=right, row.y_range());
    [
        between(row.left(), consent - S8),
        between(consent, asked_with - S8),
        between(asked_with, controls - S8),
        between(controls, row.right()),
    ]
}

pub(super) fn hosts_ui(ui: &mut Ui, cx: &Cx<'_>, kept: &mut Kept, out: &mut Actions) {
    let words = cx.text.pictures;
    section(ui, words.hosts, "", |ui| {
        let button = Button::new(words.add).icon(icons::PLUS);
        if ui.add(button).clicked() {
            kept.draft = Some(Draft::default());
        }
    });
    let settings = &cx.state.settings.pictures;
    let rows = rows(&cx.state.previews, settings, cx.text);
    if rows.is_empty() {
        note_ui(ui, cx, words.no_hosts);
        return;
    }
    head_ui(ui, cx);
    for row in &rows {
        ui.push_id(&row.host, |ui| row_ui(ui, cx, row, (kept, out)));
        hairline(ui);
    }
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = cx.text.pictures;
    let size = vec2(ui.available_width(), HEAD);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let names = [words.host, words.consent, words.protection, ""];
    for (place, name) in columns(rect).into_iter().zip(names) {
        let line = Line::new(name, theme::caption(), cx.palette.text_3);
        paint_line(ui.painter(), place, Align::Min, &line);
    }
    let line = egui::Stroke::new(HAIRLINE, cx.palette.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &HostRow, (kept, out): (&mut Kept, &mut Actions)) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken = format!("{}: {}", row.host, row.asked_with);
    named(&response, egui::Role::Row, &spoken);
    let [host, consent, asked_with, controls] = columns(rect);
    let flow = Flow::left_to_right(Align::Center);
    within(ui, host, flow, |ui| {
        let line = Line::new(&row.host, theme::mono(), cx.palette.text);
        label(ui, &line.middle());
    });
    let top = consent.center().y - theme::INPUT_HEIGHT / 2.0;
    let consent = consent.with_min_y(top);
    within(ui, consent, Flow::top_down(Align::Min), |ui| {
        consent_ui(ui, cx, row, out);
    });
    within(ui, asked_with, flow, |ui| {
        let line = Line::new(&row.asked_with, theme::small(), cx.palette.text_2);
        label(ui, &line);
    });
    let left = pos2(controls.left(), controls.top());
    let controls = Rect::from_min_max(left, controls.max);
    within(ui, controls, Flow::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = S4;
        controls_ui(ui, cx, row, (kept, out));
    });
}

fn consent_ui(ui: &mut Ui, cx: &Cx<'_>, row: &HostRow, out: &mut Actions) {
    let words = cx.text.pictures;
    let mut values = vec![
        (None, words.ask.to_owned()),
        (Some(Consent::Always), words.always.to_owned()),
        (Some(Consent::Never), words.never.to_owned()),
    ];
    let now = row.rule.consent;
    if now == Some(Consent::Once) {
        values.push((now, words.this_run.to_owned()));
    }
    let chosen = values.iter().find(|(value, _)| *value == now);
    let chosen = chosen.map_or("", |(_, name)| name);
    let name = format!("{} {}", words.consent, row.host);
    let select = Select {
        name: &name,
        chosen,
    };
    if let Some(consent) = choose_ui(ui, select, &values, now) {
        out.push(decide(row, consent));
    }
}

/// A choice among the rules; asking again leaves everything else of the rule as it is.
fn decide(row: &HostRow, consent: Option<Consent>) -> crate::state::Action {
    let host = row.host.clone();
    ask(match consent {
        Some(consent) => PreviewAction::Allow { host, consent },
        None => PreviewAction::SetHostRule {
            host,
            rule: HostRule {
                consent,
                ..row.rule.clone()
            },
        },
    })
}

fn controls_ui(ui: &mut Ui, cx: &Cx<'_>, row: &HostRow, (kept, out): (&mut Kept, &mut Actions)) {
    let words = cx.text.pictures;
    let name = |word: &str| format!("{word} {}", row.host);
    let remove = name(words.remove);
    let mut button = ui.add(IconButton::new(icons::TRASH, &remove).small());
    if row.rule.signed {
        button = button.on_hover_text(say::kept_key(cx.text.lang, &row.host));
    }
    if button.clicked() {
        let host = row.host.clone();
        let is_drafted = |draft: &Draft| draft.host.as_ref() == Some(&host);
        if kept.draft.as_ref().is_some_and(is_drafted) {
            kept.draft = None;
        }
        out.push(ask(PreviewAction::ForgetHost(host)));
    }
    let edit = name(words.edit);
    let drafted = kept.draft.as_ref().and_then(|draft| draft.host.as_ref());
    let is_open = drafted == Some(&row.host);
    let button = IconButton::new(icons::WRENCH, &edit);
    if ui.add(button.small().selected(is_open)).clicked() {
        kept.draft = (!is_open).then(|| Draft::of(&row.host, &row.rule));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Zone};

    #[test]
    fn a_row_tells_how_its_host_is_asked() {
        let mut policy = PictureSettings::default();
        let rule = HostRule {
            referer: "https://www.a.cn/".to_owned(),
            signed: true,
            private: true,
            consent: Some(Consent::Always),
        };
        policy.hosts.insert("a.cn".to_owned(), rule);
        policy.hosts.insert("b.cn".to_owned(), HostRule::default());
        let text = Text::new(Lang::En, Zone::Utc);
        let rows = rows(&Previews::default(), &policy, &text);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.host.as_str(), row.asked_with.as_str()))
            .collect();
        assert_eq!(told, [("a.cn", "Referer · key · private"), ("b.cn", "–")]);
    }
}
