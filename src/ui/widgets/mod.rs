//! Controls that every panel shares: painted with the palette, named, and usable from the keyboard.
//!
//! They know colours and sizes but nothing of tasks' storage or state; words come in from the
//! caller.
#![allow(
    dead_code,
    reason = "the kit is whole: a control exists before a panel uses it"
)]

mod bars;
mod busy;
mod button;
mod chip;
mod copy;
mod elide;
mod focus;
mod frame;
mod glyph;
mod group;
mod icon_button;
mod list;
mod memo;
mod menu;
mod notice;
mod scroll;
mod table;
mod tag;
mod text;
mod toast;
mod verdict_bar;

#[cfg(test)]
mod testing;

#[allow(unused_imports, reason = "as above: the panels choose what they need")]
pub(crate) use self::{
    bars::{bar, facet_bar, span_bar},
    busy::{paint_skeleton, progress_line, skeleton, spinner},
    button::{Button, ButtonKind},
    chip::{Chip, ChipAsk, ChipMark, query_chip},
    copy::{CopyAsk, CopyIcon, Copyable, Offers, copyable, value_menu},
    focus::{focus_ring, named},
    frame::{card, hairline, section, sunken},
    glyph::{
        GlyphStyle, outcome_glyph, pending_ring, progress_ring, running_glyph, verdict_glyph,
        verdict_icon,
    },
    group::{Stepped, segmented, stepper},
    icon_button::{IconButton, icon_button, icon_button_small},
    list::{ListResponse, VirtualList},
    memo::memo,
    menu::{MenuItem, dropdown, menu_below, menu_item},
    notice::{banner, empty_state},
    scroll::Extent,
    table::{Column, cell, columns, header_row, row_ground, table_row},
    tag::{Tone, badge, key_cap, paint_badge, paint_tag, pill, tag, verdict_pill},
    text::{
        Line, MISSING, Painted, body, caption, display, label, lead, line_width, missing, mono,
        paint_line, paint_number, small, strong, title, wrapped,
    },
    toast::{Toast, toasts},
    verdict_bar::verdict_bar,
};
