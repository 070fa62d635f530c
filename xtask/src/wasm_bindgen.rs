//! The `wasm-bindgen` program that Trunk calls, as a second face of this one: building the original takes minutes and the
//! library behind it is linked in here anyway. Speaks the few options that Trunk 0.21 uses.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::args::Args;

/// The name under which this program is the other one.
pub(crate) const PROGRAM: &str = "wasm-bindgen";
/// As `Cargo.toml` pins the library; a test holds the two together.
const VERSION: &str = "0.2.130";

/// Whether `program` (the first word of the command line) has that name.
pub(crate) fn is_called_as(program: &str) -> bool {
    Path::new(program).file_stem().is_some_and(|stem| stem == PROGRAM)
}

/// Does what `wasm-bindgen --target web` does.
pub(crate) fn run(words: Vec<String>) -> Result<ExitCode> {
    let mut args = Args::new(words);
    if args.flag("--version") {
        println!("{PROGRAM} {VERSION}");
        return Ok(ExitCode::SUCCESS);
    }
    let target = args.value("--target")?;
    if target.as_deref() != Some("web") {
        bail!("only --target web is known here");
    }
    let folder = args.value("--out-dir")?.context("--out-dir is missing")?;
    let name = args.value("--out-name")?.context("--out-name is missing")?;
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.out_name(&name).typescript(!args.flag("--no-typescript")).keep_debug(args.flag("--keep-debug"));
    bindgen.demangle(!args.flag("--no-demangle"));
    // The library sees for itself whether the module uses them.
    args.flag("--reference-types");
    let module = args.command().context("no module was named")?;
    args.finish()?;
    bindgen.input_path(&module).generate(&folder)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::{VERSION, is_called_as};

    #[test]
    fn the_version_told_is_the_version_linked() {
        let manifest = include_str!("../Cargo.toml");
        assert!(manifest.contains(&format!("wasm-bindgen-cli-support = \"={VERSION}\"")));
    }

    #[test]
    fn the_name_decides() {
        assert!(is_called_as("target/tools/bin/wasm-bindgen"));
        assert!(!is_called_as("target/debug/xtask"));
    }
}
