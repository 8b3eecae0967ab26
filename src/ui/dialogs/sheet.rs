//! The frame of a dialog that is filled in: its head, a body that scrolls when it must, a foot
//! with its buttons. A click beside it closes nothing: what was typed would be lost.

use egui::{
    Align, Align2, Context, CornerRadius, Event, Frame, Id, Key, Layout as Flow, Margin, Modal,
    Popup, ScrollArea, Sense, Ui, Vec2, vec2,
};

use super::{frame, id};
use crate::state::{Action, AppAction};
use crate::ui::panels::place::within;
use crate::ui::theme::{BUTTON_HEIGHT, S4, S8};
use crate::ui::widgets::{hairline, icon_button, title};
use crate::ui::{Actions, Cx, icons};

const HEAD: f32 = 48.0;
const SIDE: i8 = 20;
/// What stays free above and below, in a window that is hardly high enough.
const AROUND: f32 = 24.0;

/// A dialog with head, body and foot.
pub(super) struct Sheet<'a> {
    pub(super) name: &'static str,
    pub(super) title: &'a str,
    pub(super) width: f32,
}

/// What is known of the present frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// The dialog has just come up: its first field takes the keyboard.
    pub(super) opening: bool,
    /// Enter was pressed, and not for a control of its own.
    pub(super) entered: bool,
}

/// How often it was drawn, and where and how high it was last.
#[derive(Clone, Copy, Default)]
struct Drawn {
    frame: u64,
    times: u32,
    foot: f32,
    /// With all of its body.
    whole: f32,
    /// Where it begins, in a window of that height.
    top: f32,
    window: f32,
}

impl Drawn {
    /// It is put into the middle when it comes up. What it comes to show later makes it longer,
    /// and moves nothing that is being read.
    fn place(&mut self, window: f32) {
        let moved = (window - self.window).abs() > 0.5;
        if self.times <= 2 || moved {
            self.top = ((window - self.whole) / 2.0).floor().max(AROUND);
            self.window = window;
        }
    }
}

impl Sheet<'_> {
    pub(super) fn show(
        &self,
        ui: &Ui,
        (cx, out): (&Cx<'_>, &mut Actions),
        body: impl FnOnce(&mut Ui, Moment, &mut Actions),
        foot: impl FnOnce(&mut Ui, Moment, &mut Actions),
    ) {
        let ctx = ui.ctx();
        let mut drawn = self.drawn(ctx);
        // The first frame only measures, and keeps no focus.
        let opening = drawn.times <= 2;
        let moment = Moment {
            opening,
            entered: !opening && entered(ctx),
        };
        let window = ctx.content_rect().height();
        drawn.place(window);
        let area = Modal::default_area(id(self.name));
        let modal = Modal::new(id(self.name))
            .backdrop_color(cx.palette.scrim)
            .area(area.anchor(Align2::CENTER_TOP, vec2(0.0, drawn.top)));
        modal.frame(frame(cx.palette)).show(ctx, |ui| {
            ui.set_width(self.width);
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            self.head_ui(ui, cx, out);
            hairline(ui);
            let most = window - drawn.top - HEAD - drawn.foot - AROUND;
            let body = self.body_ui(ui, most, |ui| body(ui, moment, out));
            hairline(ui);
            drawn.foot = self.foot_ui(ui, cx, |ui| foot(ui, moment, out));
            drawn.whole = HEAD + body + drawn.foot;
        });
        ctx.data_mut(|data| data.insert_temp(self.drawn_id(), drawn));
    }

    fn drawn_id(&self) -> Id {
        id(self.name).with("drawn")
    }

    fn drawn(&self, ctx: &Context) -> Drawn {
        let frame = ctx.cumulative_frame_nr();
        let kept: Option<Drawn> = ctx.data(|data| data.get_temp(self.drawn_id()));
        let kept = kept.unwrap_or(Drawn {
            foot: BUTTON_HEIGHT + 28.0,
            ..Drawn::default()
        });
        let goes_on = kept.times > 0 && kept.frame + 1 >= frame;
        Drawn {
            frame,
            times: if goes_on { kept.times + 1 } else { 1 },
            ..kept
        }
    }

    fn head_ui(&self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Actions) {
        let size = vec2(self.width, HEAD);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let inner = rect.shrink2(vec2(f32::from(SIDE), 0.0));
        let flow = Flow::left_to_right(Align::Center);
        within(ui, inner, flow, |ui| {
            title(ui, self.title);
        });
        // The cross stands over the edge of the fields.
        let edge = inner.with_max_x(inner.right() + S8);
        let flow = Flow::right_to_left(Align::Center);
        within(ui, edge, flow, |ui| {
            if icon_button(ui, icons::X, cx.text.chrome.close).clicked() {
                out.push(Action::App(AppAction::CloseDialog));
            }
        });
    }

    /// How high all of it is. That there is more than is in sight shows without a pointer.
    fn body_ui(&self, ui: &mut Ui, most: f32, body: impl FnOnce(&mut Ui)) -> f32 {
        const HANDLE: f32 = 0.7;
        let scroll = &mut ui.spacing_mut().scroll;
        scroll.dormant_handle_opacity = HANDLE;
        scroll.fade.strength = 1.0;
        let area = ScrollArea::vertical().id_salt(self.name).max_height(most);
        let shown = area.min_scrolled_height(most).show(ui, |ui| {
            let margin = Margin::symmetric(SIDE, 16);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.set_width(self.width - 2.0 * f32::from(SIDE));
                body(ui);
            });
        });
        shown.content_size.y
    }

    /// How high the foot came to be.
    fn foot_ui(&self, ui: &mut Ui, cx: &Cx<'_>, foot: impl FnOnce(&mut Ui)) -> f32 {
        let radius = CornerRadius {
            nw: 0,
            ne: 0,
            ..crate::ui::theme::RADIUS_DIALOG
        };
        let frame = Frame::new()
            .fill(cx.palette.bg_sunken)
            .corner_radius(radius)
            .inner_margin(Margin::symmetric(SIDE, 14));
        let shown = frame.show(ui, |ui| {
            ui.set_width(self.width - 2.0 * f32::from(SIDE));
            foot(ui);
        });
        shown.response.rect.height()
    }
}

/// The last row of a foot: what is to be said at the left, buttons added from the right.
pub(super) fn buttons_ui(ui: &mut Ui, buttons: impl FnOnce(&mut Ui), said: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), BUTTON_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let flow = Flow::right_to_left(Align::Center);
    within(ui, rect, flow, |ui| {
        ui.spacing_mut().item_spacing.x = S8;
        buttons(ui);
        ui.add_space(S4);
        ui.with_layout(Flow::left_to_right(Align::Center), said);
    });
}

/// Whether Enter was pressed for the dialog itself: a control that was reached with Tab takes it
/// for its own, and one that is held down counts once.
fn entered(ctx: &Context) -> bool {
    let free = ctx.text_edit_focused() || ctx.memory(|memory| memory.focused().is_none());
    let pressed = |event: &Event| {
        matches!(
            event,
            Event::Key {
                key: Key::Enter,
                pressed: true,
                repeat: false,
                modifiers,
                ..
            } if modifiers.is_none()
        )
    };
    free && !Popup::is_any_open(ctx) && ctx.input(|input| input.events.iter().any(pressed))
}
