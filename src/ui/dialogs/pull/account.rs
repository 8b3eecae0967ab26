//! Whose account: the profile, its application, its site and region.

use egui::{Context, Id, Ui};

use super::super::field::{Field, Mark, combo_ui, gap, next_rect, paint_mark};
use super::super::parts::{columns_ui, halves, name_ui, note_ui, wrong_ui};
use super::{ask, edit, fault, fault_words};
use crate::model::{ENDPOINT_CN, ENDPOINT_INTL, SubApp};
use crate::state::{DialogAction, DialogFault, DialogField};
use crate::text::accounts as say;
use crate::ui::theme::{self, S4, S8};
use crate::ui::widgets::{Button, Line, MenuItem, hairline, label, menu_item};
use crate::ui::{Actions, Cx, icons};

pub(super) const PROFILE: &str = "profile";
const SUB_APP: &str = "sub app";
const ENDPOINT: &str = "endpoint";
const REGION: &str = "region";

/// The usual regions; others can be typed.
const REGIONS: [&str; 5] = [
    "ap-guangzhou",
    "ap-beijing",
    "ap-shanghai",
    "ap-singapore",
    "na-siliconvalley",
];
/// Room that the caret of a field takes, beside its mark.
const BESIDE_CARET: f32 = 24.0;

pub(super) fn account_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let fault = fault(cx);
    columns_ui(ui, halves(ui), |ui, at| match at {
        0 => profile_ui(ui, cx, fault, out),
        _ => sub_app_ui(ui, cx, fault, out),
    });
    gap(ui);
    columns_ui(ui, halves(ui), |ui, at| match at {
        0 => endpoint_ui(ui, cx, fault, out),
        _ => region_ui(ui, cx, out),
    });
}

fn profile_ui(ui: &mut Ui, cx: &Cx<'_>, fault: Option<DialogFault>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.profile);
    let wrong = fault == Some(DialogFault::NoName);
    let field = Field::new(PROFILE, words.profile)
        .icon(icons::KEY)
        .wrong(wrong);
    let name = &cx.state.live.dialog.profile.name;
    let (typed, chosen) = combo_ui(ui, (field, name), words.profiles, |ui| profiles_ui(ui, cx));
    if let Some(name) = typed {
        edit(out, DialogField::Name(name));
    }
    match chosen {
        Some(Chosen::Kept(index)) => out.push(ask(DialogAction::ChooseProfile(index))),
        Some(Chosen::New) => out.push(ask(DialogAction::NewProfile)),
        Some(Chosen::Delete) => ask_delete(ui.ctx(), true),
        None => {}
    }
    if wrong {
        wrong_ui(ui, cx, fault_words(DialogFault::NoName, cx.text));
    }
    delete_ui(ui, cx, out);
}

/// What was chosen in the menu of profiles.
enum Chosen {
    /// One of those that are kept, by its place.
    Kept(usize),
    New,
    Delete,
}

fn profiles_ui(ui: &mut Ui, cx: &Cx<'_>) -> Option<Chosen> {
    let words = cx.text.accounts;
    let editing = cx.state.live.dialog.editing.as_deref();
    let mut chosen = None;
    ui.set_max_width(256.0);
    for (index, profile) in cx.state.settings.profiles.iter().enumerate() {
        let checked = editing == Some(profile.name.as_str());
        let item = MenuItem::new(&profile.name).icon(icons::KEY);
        if menu_item(ui, item.checked(checked)).clicked() {
            chosen = Some(Chosen::Kept(index));
        }
    }
    if !cx.state.settings.profiles.is_empty() {
        hairline(ui);
    }
    if menu_item(ui, MenuItem::new(words.new_profile).icon(icons::PLUS)).clicked() {
        chosen = Some(Chosen::New);
    }
    let delete = MenuItem::new(words.delete_profile).icon(icons::TRASH);
    if editing.is_some() && menu_item(ui, delete).clicked() {
        chosen = Some(Chosen::Delete);
    }
    chosen
}

fn delete_id() -> Id {
    Id::unique("profile asked to be deleted")
}

fn ask_delete(ctx: &Context, asked: bool) {
    ctx.data_mut(|data| data.insert_temp(delete_id(), asked));
}

/// Takes back a question that was left open.
pub(super) fn keep_profile(ctx: &Context) {
    ask_delete(ctx, false);
}

/// The second step: its keys in the keyring go with it.
fn delete_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let asked: bool = ui.data(|data| data.get_temp(delete_id())).unwrap_or(false);
    let Some(name) = cx.state.live.dialog.editing.as_deref().filter(|_| asked) else {
        return;
    };
    let (p, words) = (cx.palette, cx.text.accounts);
    ui.add_space(S4);
    let question = say::delete_profile(cx.text.lang, name);
    label(ui, &Line::new(&question, theme::caption(), p.fail.text));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = S8 * 1.5;
        let yes = ui.add(Button::link(words.delete_profile_yes)).clicked();
        let no = ui.add(Button::link(words.keep_profile)).clicked();
        if yes {
            out.push(ask(DialogAction::DeleteProfile));
        }
        if yes || no {
            ask_delete(ui.ctx(), false);
        }
    });
}

fn sub_app_ui(ui: &mut Ui, cx: &Cx<'_>, fault: Option<DialogFault>, out: &mut Actions) {
    let (words, dialog) = (cx.text.accounts, &cx.state.live.dialog);
    name_ui(ui, cx, words.sub_app_id);
    let wrong = fault == Some(DialogFault::SubAppId);
    let field = Field::new(SUB_APP, words.sub_app_id).wrong(wrong);
    let field = Field {
        right: BESIDE_CARET,
        ..field
    };
    let rect = next_rect(ui);
    let (typed, chosen) = match apps(cx) {
        Some(apps) => combo_ui(ui, (field, &dialog.sub_app_id), words.sub_apps, |ui| {
            apps_ui(ui, apps, &dialog.sub_app_id)
        }),
        None => (
            super::super::field::text_ui(ui, field, &dialog.sub_app_id),
            None,
        ),
    };
    let mark = mark(cx).filter(|_| !wrong);
    if let Some(mark) = mark {
        let beside = if apps(cx).is_some() { 28.0 } else { 8.0 };
        paint_mark(ui, rect, mark, beside);
    }
    if let Some(text) = typed {
        edit(out, DialogField::SubAppId(text));
    }
    if let Some(id) = chosen {
        out.push(ask(DialogAction::ChooseSubApp(id)));
    }
    if wrong {
        wrong_ui(ui, cx, fault_words(DialogFault::SubAppId, cx.text));
    } else {
        let note = match mark {
            Some(Mark::Untold) => words.sub_app_untold,
            Some(Mark::Found) => words.sub_app_found,
            Some(Mark::Missing) => words.sub_app_missing,
            None => words.sub_app_hint,
        };
        note_ui(ui, cx, note);
    }
}

/// What is known of the application that was typed; nothing of none.
fn mark(cx: &Cx<'_>) -> Option<Mark> {
    let typed = cx.state.live.dialog.sub_app_id.trim();
    if typed.is_empty() {
        return None;
    }
    let is_it = |app: &SubApp| app.id.to_string() == typed;
    Some(match apps(cx) {
        None => Mark::Untold,
        Some(apps) if apps.iter().any(is_it) => Mark::Found,
        Some(_) => Mark::Missing,
    })
}

/// The applications that the test listed.
fn apps<'a>(cx: &Cx<'a>) -> Option<&'a [SubApp]> {
    let tested = cx.state.live.dialog.test.passed()?;
    let apps = tested.sub_apps.as_deref().ok()?;
    (!apps.is_empty()).then_some(apps)
}

fn apps_ui(ui: &mut Ui, apps: &[SubApp], now: &str) -> Option<u64> {
    let mut chosen = None;
    egui::ScrollArea::vertical()
        .max_height(280.0)
        .show(ui, |ui| {
            for app in apps {
                let id = app.id.to_string();
                let status = if app.status.eq_ignore_ascii_case("on") {
                    ""
                } else {
                    app.status.as_str()
                };
                let name = format!("{id}  {}", app.name);
                let item = MenuItem::new(&name).key(status).checked(id == now);
                if menu_item(ui, item).clicked() {
                    chosen = Some(app.id);
                }
            }
        });
    chosen
}

fn endpoint_ui(ui: &mut Ui, cx: &Cx<'_>, fault: Option<DialogFault>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.endpoint);
    let wrong = fault == Some(DialogFault::Endpoint);
    let field = Field::new(ENDPOINT, words.endpoint).wrong(wrong);
    let endpoint = &cx.state.live.dialog.profile.endpoint;
    let sites = [
        (ENDPOINT_CN, words.site_cn),
        (ENDPOINT_INTL, words.site_intl),
    ];
    let (typed, chosen) = combo_ui(ui, (field, endpoint), words.endpoints, |ui| {
        let mut chosen = None;
        for (site, of) in sites {
            let item = MenuItem::new(site).key(of).checked(endpoint == site);
            if menu_item(ui, item).clicked() {
                chosen = Some(site.to_owned());
            }
        }
        chosen
    });
    if let Some(endpoint) = chosen.or(typed) {
        edit(out, DialogField::Endpoint(endpoint));
    }
    if wrong {
        wrong_ui(ui, cx, fault_words(DialogFault::Endpoint, cx.text));
    }
}

fn region_ui(ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
    let words = cx.text.accounts;
    name_ui(ui, cx, words.region);
    let field = Field::new(REGION, words.region).hint(words.optional);
    let region = &cx.state.live.dialog.region;
    let (typed, chosen) = combo_ui(ui, (field, region), words.regions, |ui| {
        let mut chosen = None;
        for name in REGIONS {
            let item = MenuItem::new(name).checked(region == name);
            if menu_item(ui, item).clicked() {
                chosen = Some(name.to_owned());
            }
        }
        chosen
    });
    if let Some(region) = chosen.or(typed) {
        edit(out, DialogField::Region(region));
    }
}
