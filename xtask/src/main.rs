//! `cargo xtask`: the commands of this repository. Start at [`COMMANDS`]; each command is a module.
//!
//! The library behind the `wasm-bindgen` program is linked in here, so a fresh machine need not build that program.

mod args;
mod bench;
mod bundle;
mod bytes;
mod code_size;
mod generate;
mod process;
mod project;
mod servers;
mod setup;
mod site;
mod size;
mod steps;
mod tally;
mod test;
mod trunk;
mod wasm_bindgen;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::args::Args;
use crate::project::Project;

const COMMANDS: &str = "\
cargo xtask <command>

  serve     set up, build, and serve on 127.0.0.1   [--port 8080] [--content FOLDER] [--dev]
  test      set up, run every check and test; the last line is \"N passed, N failed\"
  build     write the site to dist/                 [--content FOLDER] [--out FOLDER] [--base PATH] [--no-compressed]
  bundle    write the app alone to target/bundle/   [--dev]
  size      what each file weighs, against the budgets; fails over budget   [--json] [--crates]
  bench     the site against a hand-written page, in Chromium   [--n 55,1000] [--rounds 3] [--quick] [--check] [--profile N]
  generate  content with a large thread             [--comments N] [--seed N] [--out FOLDER]
  trunk     run Trunk with the tools of the set-up  (cargo xtask trunk serve)
  setup     install what is missing, and nothing else   [--tests]
";

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().collect();
    let program = words.remove(0);
    let outcome = if wasm_bindgen::is_called_as(&program) { wasm_bindgen::run(words) } else { run(words) };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: Vec<String>) -> Result<ExitCode> {
    let project = Project::locate()?;
    let mut args = Args::new(words);
    match args.command().as_deref() {
        Some("serve") => site::serve(&project, args),
        Some("build") => site::build(&project, args),
        Some("bundle") => bundle::command(&project, args),
        Some("size") => size::command(&project, args),
        Some("bench") => bench::command(&project, args),
        Some("generate") => generate::command(&project, args),
        Some("test") => test::command(&project, args),
        Some("trunk") => trunk::command(&project, args),
        Some("setup") => setup::command(&project, args),
        None | Some("help" | "--help" | "-h") => {
            print!("{COMMANDS}");
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => bail!("no command `{other}`\n\n{COMMANDS}"),
    }
}
