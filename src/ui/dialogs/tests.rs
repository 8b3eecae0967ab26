//! The dialogs as a person meets them: by what is read on the screen, by clicks and keys.

mod archive;
mod keys;
mod listen;
mod pull;
mod reach;
mod replay;

use super::testing::{Made, NOW, Window};
