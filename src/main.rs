//! The `vodscope` program: the window, or the same engine on the command line.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    vodscope::cli::main()
}
