//! The dialogs as a person meets them: by what is read on the screen, by clicks and keys.

mod archive;
mod keys;
mod lightbox;
mod listen;
mod pictures;
mod pull;
mod reach;
mod replay;

use super::testing::{Made, NOW, Window};
