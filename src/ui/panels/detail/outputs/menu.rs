//! The context menu of an output.

use egui::{Popup, Response, Ui};

use super::super::values::copy;
use super::row::Row;
use crate::state::{Action, DetailAction, ListAction};
use crate::store::{FacetValue, Sense};
use crate::ui::widgets::{MenuItem, menu_item};
use crate::ui::{Actions, Cx, icons};

pub(super) fn row_menu(response: &Response, cx: &Cx<'_>, row: &Row, out: &mut Actions) {
    Popup::context_menu(response).show(|ui| entries(ui, cx, row, out));
}

fn entries(ui: &mut Ui, cx: &Cx<'_>, row: &Row, out: &mut Actions) {
    let words = cx.text.outputs;
    if menu_item(ui, MenuItem::new(words.copy_row).icon(icons::COPY)).clicked() {
        copy(out, words.copied_row, &row.columns().join("\t"));
    }
    if let Some(url) = &row.url
        && menu_item(ui, MenuItem::new(cx.text.detail.copy_url).icon(icons::LINK)).clicked()
    {
        copy(out, words.url, url);
    }
    if let Some((family, definition)) = &row.template {
        let value = FacetValue::Template {
            family: Some(family.clone()),
            definition: *definition,
        };
        filter_entries(ui, cx, &value, out);
    }
    let raw = MenuItem::new(cx.text.chrome.show_in_raw).icon(icons::BRACKETS_CURLY);
    if let Some(node) = row.node
        && menu_item(ui, raw).clicked()
    {
        out.push(Action::Detail(DetailAction::ShowInRaw(node)));
    }
}

fn filter_entries(ui: &mut Ui, cx: &Cx<'_>, value: &FacetValue, out: &mut Actions) {
    let words = cx.text.chrome;
    let choices = [
        (words.filter_for, icons::PLUS, Sense::Include),
        (words.filter_out, icons::MINUS, Sense::Exclude),
    ];
    for (name, icon, sense) in choices {
        if menu_item(ui, MenuItem::new(name).icon(icon)).clicked() {
            out.push(Action::List(ListAction::Filter {
                value: value.clone(),
                sense,
            }));
        }
    }
}
