//! The app as files for a host: `target/bundle/` with hashed assets, `bundle.json` and `page.html`.
//!
//! compile (wasm32) → split → bindgen → optimise each part → one script → styles → names, integrity, compressed forms.
//! What comes out depends on nothing but the inputs; when those are what they were, nothing is done.

mod asset;
mod manifest;
mod names;
mod page;
mod script;
mod wasm;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::args::Args;
use crate::bytes;
use crate::project::Project;
use crate::setup;
use crate::steps::step;

pub(crate) use asset::Asset;
pub(crate) use manifest::Manifest;

use asset::AssetFolder;
use page::Page;

/// For whom a bundle is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// For readers: split, optimised, compressed.
    Release,
    /// For the person at the keyboard: quick to build, in one piece, checked arithmetic, nothing compressed.
    Dev,
}

/// `cargo xtask bundle`.
pub(crate) fn command(project: &Project, mut args: Args) -> Result<ExitCode> {
    let mode = Mode::from_args(&mut args);
    args.finish()?;
    setup::for_bundle(project)?;
    bundle(project, mode)?;
    eprintln!("{}", project.shown(&project.bundle()));
    Ok(ExitCode::SUCCESS)
}

/// Brings `target/bundle/` up to date.
pub(crate) fn bundle(project: &Project, mode: Mode) -> Result<()> {
    let raw = step("compile the app for the browser", || wasm::compile(project, mode))?;
    let source = Source::read(project, mode, raw)?;
    let stamp = project.target.join("bundle.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == source.fingerprint) && project.bundle().is_dir() {
        return Ok(());
    }
    step("bundle the app", || source.write(project, mode))?;
    fs::write(&stamp, &source.fingerprint).context("could not note what the bundle was made from")
}

/// The main module of the last release bundle as it was before optimising: with the names of its functions.
pub(crate) fn named_module(project: &Project) -> Result<Vec<u8>> {
    read_file(&wasm::named_module(&project.target.join("bundle-work")))
}

impl Mode {
    /// `--dev` or not.
    pub(crate) fn from_args(args: &mut Args) -> Self {
        if args.flag("--dev") { Self::Dev } else { Self::Release }
    }
}

/// Everything that a bundle is made from.
struct Source {
    raw_wasm: Vec<u8>,
    page: Page,
    /// Scripts and styles that the page names, in its order.
    files: Vec<(PathBuf, Vec<u8>)>,
    fingerprint: String,
}

impl Source {
    fn read(project: &Project, mode: Mode, raw: PathBuf) -> Result<Self> {
        let raw_wasm = fs::read(&raw).with_context(|| format!("cargo left no {}", raw.display()))?;
        let html = fs::read_to_string(project.root.join("index.html")).context("could not read index.html")?;
        let page = Page::parse(&html)?;
        let named = page.styles().chain(page.scripts()).map(|name| project.root.join(name));
        let own = script::SOURCES.iter().map(|name| project.root.join(name));
        let pinned = [project.browser_tests().join("package-lock.json")];
        let program = std::env::current_exe().context("this program does not know its own file")?;
        let files = named
            .chain(own)
            .chain(pinned)
            .chain([program])
            .map(|path| read_file(&path).map(|bytes| (path, bytes)))
            .collect::<Result<Vec<_>>>()?;
        let settings = format!("{mode:?}");
        let pieces = [raw_wasm.as_slice(), html.as_bytes(), settings.as_bytes()];
        let fingerprint = bytes::fingerprint(pieces.into_iter().chain(files.iter().map(|(_, bytes)| bytes.as_slice())));
        Ok(Self { raw_wasm, page, files, fingerprint })
    }

    fn write(&self, project: &Project, mode: Mode) -> Result<()> {
        let work = project.target.join("bundle-work");
        let out = project.target.join("bundle-new");
        for folder in [&work, &out] {
            remove_folder(folder)?;
            fs::create_dir_all(folder)?;
        }
        let modules = wasm::modules(project, mode, &self.raw_wasm, &work)?;
        let mut assets = AssetFolder::create(&out, mode)?;
        let main = assets.add("afterword", "wasm", &modules.main)?;
        let mut parts = Vec::new();
        for part in &modules.parts {
            let file = assets.add(&part.file_stem, "wasm", &part.bytes)?;
            parts.push((part.file_stem.clone(), file));
        }
        let parts = modules.loads(&parts)?;
        let entry = script::entry(project, mode, &work, &modules.glue, &main, &parts)?;
        let entry = assets.add("afterword", "js", &entry)?;
        let style = self.style(project, mode, &work)?;
        let styles = style.map(|css| assets.add("afterword", "css", &css)).transpose()?.into_iter().collect();
        let mut scripts = Vec::new();
        for name in self.page.scripts() {
            let stem = Path::new(name).file_stem().map_or_else(|| "script".into(), |stem| stem.to_string_lossy());
            let minified = script::minify_script(project, mode, &self.file(project, name)?)?;
            scripts.push((name.to_owned(), assets.add(&stem, "js", &minified)?));
        }
        let manifest = Manifest { entry, main, parts, styles, scripts };
        fs::write(out.join("page.html"), self.page.with_assets(&manifest)?)?;
        fs::write(out.join("bundle.json"), manifest.to_json())?;
        assets.finish()?;
        remove_folder(&project.bundle())?;
        fs::rename(&out, project.bundle()).context("could not put the bundle in its place")
    }

    fn file(&self, project: &Project, name: &str) -> Result<Vec<u8>> {
        let path = project.root.join(name);
        let found = self.files.iter().find(|(known, _)| *known == path);
        found.map(|(_, bytes)| bytes.clone()).with_context(|| format!("{name} was not read"))
    }

    fn style(&self, project: &Project, mode: Mode, work: &Path) -> Result<Option<Vec<u8>>> {
        let mut css = Vec::new();
        for name in self.page.styles() {
            css.extend(self.file(project, name)?);
            css.push(b'\n');
        }
        if css.is_empty() {
            return Ok(None);
        }
        script::minify_style(project, mode, work, &css).map(Some)
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    Ok(())
}
