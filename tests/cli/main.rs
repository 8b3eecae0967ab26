//! The command line as scripts meet it: what is printed where, and how the program ends.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

mod documented;
mod ends;
mod members;
mod output;
mod program;
