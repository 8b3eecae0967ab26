//! Controls that every panel shares: painted with the palette, named, and usable from the keyboard.
//!
//! They know colours and sizes but nothing of tasks' storage or state; words come in from the
//! caller.

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

pub(crate) use self::{
    bars::{bar, facet_bar, span_bar},
    busy::{paint_skeleton, paint_spinner, progress_line, skeleton, spinner},
    button::Button,
    chip::{Chip, ChipAsk, ChipMark, chip_width, query_chip},
    copy::{CopyAsk, CopyIcon, Copyable, Offers, copyable, value_entries, value_menu},
    focus::{focus_ring, named},
    frame::{card, hairline, section, sunken},
    glyph::{GlyphStyle, outcome_glyph, running_glyph, verdict_glyph, verdict_icon},
    group::{Stepped, segmented, stepper},
    icon_button::{IconButton, icon_button, icon_button_small},
    list::{ListResponse, VirtualList},
    memo::memo,
    menu::{MenuItem, dropdown, menu_below, menu_item},
    notice::{banner, empty_state},
    scroll::Extent,
    table::{Column, HEADER_HEIGHT, cell, columns, header_row, row_ground, table_row},
    tag::{
        Tone, badge, badge_width, key_cap, paint_badge, paint_tag, pill_width, tag, tag_width,
        verdict_pill,
    },
    text::{
        Line, MISSING, Painted, caption, label, lead, line_width, mono, paint_line, paint_number,
        small, strong, title, wrapped,
    },
    toast::{Toast, toasts},
    verdict_bar::verdict_bar,
};
