//! The `afterword` program. Everything is in the library.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    afterword_cli::run(afterword_cli::Cli::parse())
}
