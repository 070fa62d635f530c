//! JavaScript and CSS: the entry script out of glue, loader and start; minifying with esbuild.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::manifest::Part;
use super::wasm::LOADER_MODULE;
use super::{Asset, Mode};
use crate::process;
use crate::project::Project;

/// Our own modules in the entry script; the first one is where it starts.
pub(super) const SOURCES: [&str; 2] = ["src/start/site.js", "src/start/parts.js"];
/// The language that engines with all of our WebAssembly features understand.
const JS_TARGET: &str = "--target=es2022";

/// The one script of the app, as an ES module that finds its files beside itself.
pub(super) fn entry(
    project: &Project,
    mode: Mode,
    work: &Path,
    glue: &str,
    main: &Asset,
    parts: &[Part],
) -> Result<Vec<u8>> {
    let folder = work.join("script");
    fs::create_dir_all(&folder)?;
    for source in SOURCES {
        let name = Path::new(source).file_name().context("a source has a name")?;
        fs::copy(project.root.join(source), folder.join(name)).with_context(|| format!("could not read {source}"))?;
    }
    copy_snippets(&work.join("bindgen/snippets"), &folder.join("snippets"))?;
    fs::write(folder.join("glue.js"), glue)?;
    fs::write(folder.join("files.js"), files_module(main, parts))?;
    fs::write(folder.join(LOADER_MODULE), loader_module(parts))?;
    let output = folder.join("entry.js");
    let mut esbuild = esbuild(project, mode);
    esbuild.arg(folder.join("site.js")).args(["--bundle", "--format=esm", JS_TARGET]);
    process::run_quietly(esbuild.arg(format!("--outfile={}", output.display())))?;
    Ok(fs::read(output)?)
}

/// The modules of our own that the glue imports, as wasm-bindgen laid them out; the old ones are removed.
fn copy_snippets(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    let mut folders = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = folders.pop() {
        if !from.exists() {
            continue;
        }
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), to.join(entry.file_name())));
            } else {
                fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
    }
    Ok(())
}

/// A plain script in fewer bytes.
pub(super) fn minify_script(project: &Project, mode: Mode, source: &[u8]) -> Result<Vec<u8>> {
    let folder = project.target.join("bundle-work");
    minify(project, mode, &folder, "plain.js", source)
}

/// Style sheets in fewer bytes.
pub(super) fn minify_style(project: &Project, mode: Mode, work: &Path, source: &[u8]) -> Result<Vec<u8>> {
    minify(project, mode, work, "all.css", source)
}

fn minify(project: &Project, mode: Mode, folder: &Path, name: &str, source: &[u8]) -> Result<Vec<u8>> {
    let (input, output) = (folder.join(name), folder.join(format!("small-{name}")));
    fs::write(&input, source)?;
    let mut esbuild = esbuild(project, mode);
    process::run_quietly(esbuild.arg(&input).arg(format!("--outfile={}", output.display())))?;
    Ok(fs::read(output)?)
}

fn esbuild(project: &Project, mode: Mode) -> std::process::Command {
    let mut esbuild = project.command(project.npm_tool("esbuild"));
    esbuild.args(["--log-level=warning", "--charset=utf8"]);
    if mode == Mode::Release {
        esbuild.arg("--minify");
    }
    esbuild
}

fn files_module(main: &Asset, parts: &[Part]) -> String {
    let list = |files: &mut dyn Iterator<Item = &Asset>| files.map(file_literal).collect::<Vec<_>>().join(", ");
    let mut text = format!("export const main = {};\nexport const parts = {{\n", file_literal(main));
    for part in parts {
        let (shared, own) = (list(&mut part.shared.iter()), list(&mut part.own.iter()));
        let _ = writeln!(text, "  {}: [[{shared}], [{own}]],", part.name);
    }
    text.push_str("};\n");
    text
}

/// A file without the hash in its name, which is part of its integrity: no hash can be compressed, so none is told twice.
fn file_literal(asset: &Asset) -> String {
    let stem = asset.name().rsplit_once('-').map_or(asset.name(), |(stem, _)| stem);
    format!("{{ stem: \"{stem}\", integrity: \"{}\" }}", asset.integrity)
}

/// What the main module imports: one function for each part, under the name that the split macro made up.
fn loader_module(parts: &[Part]) -> String {
    let mut text = "import { loaderOf } from \"./parts.js\";\n".to_owned();
    for Part { name, .. } in parts {
        let _ = writeln!(text, "export const __wasm_split_load_{name} = loaderOf(\"{name}\");");
    }
    text
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::{files_module, loader_module};
    use crate::bundle::Asset;
    use crate::bundle::manifest::Part;

    fn asset(name: &str) -> Asset {
        Asset { file: format!("assets/{name}"), integrity: "sha384-x".to_owned() }
    }

    #[test]
    fn parts_name_their_files_and_their_loaders() {
        let part = Part { name: "help".to_owned(), shared: vec![asset("c.wasm")], own: Some(asset("h.wasm")) };
        expect![[r#"
            export const main = { stem: "a.wasm", integrity: "sha384-x" };
            export const parts = {
              help: [[{ stem: "c.wasm", integrity: "sha384-x" }], [{ stem: "h.wasm", integrity: "sha384-x" }]],
            };
        "#]]
        .assert_eq(&files_module(&asset("a.wasm"), std::slice::from_ref(&part)));
        expect![[r#"
            import { loaderOf } from "./parts.js";
            export const __wasm_split_load_help = loaderOf("help");
        "#]]
        .assert_eq(&loader_module(&[part]));
    }
}
