//! From Rust to WebAssembly modules: compile, split, bindgen, optimise.
//!
//! Splitting needs the relocations of the linker (`--emit-relocs`) and names (`strip = "none"` in the profile). Never pass
//! `--all-features` to wasm-opt: the module then fails in every engine.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::manifest::Part;
use super::{Asset, Mode, names, read_file};
use crate::process;
use crate::project::{APP_BIN, Project, WASM_PROFILE, WASM_TARGET};

/// What rustc's default for this target uses. Every engine of the last three years has these.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
/// What wasm-opt does. Flattening before it looks at the control flow anew, and a second round, are worth 1 % of the
/// compressed size.
const OPTIMISATIONS: [&str; 6] = ["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers"];
/// How the glue imports the loaders of parts; the same name is written by `script`.
pub(super) const LOADER_MODULE: &str = "./__wasm_split.js";

/// The modules of one build, optimised, and the glue of the main one.
pub(super) struct Modules {
    /// The module that starts the app.
    pub(super) main: Vec<u8>,
    /// Files that load later.
    pub(super) parts: Vec<SplitFile>,
    /// The JavaScript that wasm-bindgen wrote for the main module.
    pub(super) glue: String,
    loads: HashMap<String, Vec<String>>,
}

/// One file that was split off.
pub(super) struct SplitFile {
    /// The name that the splitter gave, which the loads speak of.
    split_name: String,
    /// The name that people see: the part's, for a part's own file.
    pub(super) file_stem: String,
    /// The optimised module.
    pub(super) bytes: Vec<u8>,
}

impl Modules {
    /// What each part loads, given the assets that the files (by stem) have become. Sorted by name.
    pub(super) fn loads(&self, assets: &[(String, Asset)]) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        for (name, files) in &self.loads {
            let mut part = Part { name: name.clone(), shared: Vec::new(), own: None };
            for split_name in files {
                let file = self.parts.iter().find(|file| file.split_name == *split_name);
                let stem = &file.with_context(|| format!("the part {name} has no file {split_name}"))?.file_stem;
                let asset = assets.iter().find(|(known, _)| known == stem).map(|(_, asset)| asset.clone());
                let asset = asset.with_context(|| format!("{stem} became no asset"))?;
                if stem == name {
                    part.own = Some(asset);
                } else {
                    part.shared.push(asset);
                }
            }
            parts.push(part);
        }
        parts.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(parts)
    }
}

/// Lets cargo build the app; gives back where the linked module lies.
pub(super) fn compile(project: &Project, mode: Mode) -> Result<PathBuf> {
    let (profile, features, folder) = match mode {
        Mode::Release => (WASM_PROFILE, "hydrate,split", WASM_PROFILE),
        Mode::Dev => ("dev", "hydrate", "debug"),
    };
    let mut cargo = project.cargo();
    cargo.args(["rustc", "--quiet", "--package", "afterword", "--bin", APP_BIN, "--target", WASM_TARGET]);
    cargo.args(["--profile", profile, "--features", features]);
    if mode == Mode::Release {
        // For the last link only: in RUSTFLAGS it would make a second copy of every dependency.
        cargo.args(["--", "-Clink-args=--emit-relocs"]);
    }
    process::run(&mut cargo)?;
    Ok(project.target.join(WASM_TARGET).join(folder).join(format!("{APP_BIN}.wasm")))
}

/// Splits, binds and optimises the linked module; intermediate files go to `work`.
pub(super) fn modules(project: &Project, mode: Mode, raw: &[u8], work: &Path) -> Result<Modules> {
    match mode {
        Mode::Release => split_modules(project, raw, work),
        Mode::Dev => {
            let (glue, main) = bind(raw.to_vec(), false, work)?;
            Ok(Modules { main: read_file(&main)?, parts: Vec::new(), glue, loads: HashMap::new() })
        }
    }
}

fn split_modules(project: &Project, raw: &[u8], work: &Path) -> Result<Modules> {
    let split_folder = work.join("split");
    let main_file = split_folder.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(raw);
    options.output_dir = &split_folder;
    options.main_out_path = &main_file;
    options.link_name = LOADER_MODULE;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting failed: {error:#}"))?;
    let (mut glue, main) = bind(read_file(&main_file)?, true, work)?;
    let mut inputs = vec![main];
    inputs.extend(split.split_modules);
    let mut optimised = optimise_all(project, &inputs)?.into_iter();
    let mut main = optimised.next().context("the main module was lost")?;
    names::take_out_hashes(&mut glue, &mut main);
    let parts = inputs.iter().skip(1).zip(optimised).map(|(path, bytes)| {
        let split_name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let file_stem = split_name.strip_prefix("split_").unwrap_or(&split_name).to_owned();
        SplitFile { split_name, file_stem, bytes }
    });
    Ok(Modules { main, parts: parts.collect(), glue, loads: split.prefetch_map })
}

/// Runs wasm-bindgen's library; gives back the glue and where the module lies.
fn bind(module: Vec<u8>, split: bool, work: &Path) -> Result<(String, PathBuf)> {
    let folder = work.join("bindgen");
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("glue", module).web(true)?.typescript(false).omit_default_module_path(true);
    // Parts take the table and the memory from the exports of the main module.
    bindgen.keep_lld_exports(split);
    bindgen.generate(&folder)?;
    let glue = fs::read_to_string(folder.join("glue.js")).context("wasm-bindgen wrote no glue")?;
    Ok((glue, named_module(work)))
}

/// Where [`bind`] leaves the main module.
pub(super) fn named_module(work: &Path) -> PathBuf {
    work.join("bindgen/glue_bg.wasm")
}

fn optimise_all(project: &Project, inputs: &[PathBuf]) -> Result<Vec<Vec<u8>>> {
    let wasm_opt = project.npm_tool("wasm-opt");
    inputs
        .iter()
        .map(|input| {
            let output = input.with_extension("opt.wasm");
            let mut command = project.command(&wasm_opt);
            command.args(OPTIMISATIONS).args(WASM_FEATURES);
            process::run_quietly(command.arg(input).arg("-o").arg(&output))?;
            read_file(&output)
        })
        .collect()
}
