//! `serve` and `build`: content and bundle become a site, by the project's own program.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::args::Args;
use crate::bundle::{self, Mode};
use crate::process;
use crate::project::Project;
use crate::setup;
use crate::steps::{seconds, step};

/// The port that README names.
const PORT_DEFAULT: u64 = 8080;
/// The package and the program that build and serve sites.
const PACKAGE: &str = "afterword-cli";
const PROGRAM: &str = "afterword";
/// Leaves the compressed copies out, for hosts that compress by themselves.
const NO_COMPRESSED: &str = "--no-compressed";

/// `cargo xtask serve`: builds into the target folder, so that a person's `dist/` stays what it is.
pub(crate) fn serve(project: &Project, mut args: Args) -> Result<ExitCode> {
    let begun = Instant::now();
    let port = args.number("--port", PORT_DEFAULT)?;
    let content = content(project, &mut args)?;
    let mode = Mode::from_args(&mut args);
    args.finish()?;
    let out = project.target.join("site");
    make(project, mode, &content, &out, &[])?;
    eprintln!("ready after {}: http://127.0.0.1:{port}/ (Ctrl+C stops)", seconds(begun.elapsed()));
    let mut server = project.command(project.native_binary(PROGRAM, false));
    process::become_program(server.arg("serve").arg(&out).args(["--port", &port.to_string()]))?;
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask build`.
pub(crate) fn build(project: &Project, mut args: Args) -> Result<ExitCode> {
    let begun = Instant::now();
    let content = content(project, &mut args)?;
    let out = args.value("--out")?.map_or_else(|| project.root.join("dist"), PathBuf::from);
    let base = args.value("--base")?;
    let mut more = Vec::new();
    if let Some(base) = &base {
        more.extend(["--base", base]);
    }
    if args.flag(NO_COMPRESSED) {
        more.push(NO_COMPRESSED);
    }
    args.finish()?;
    make(project, Mode::Release, &content, &out, &more)?;
    eprintln!("{} after {}", project.shown(&out), seconds(begun.elapsed()));
    Ok(ExitCode::SUCCESS)
}

/// Sets up, bundles, and builds `content` into `out`; `more` goes to `afterword build` as it is.
pub(crate) fn make(project: &Project, mode: Mode, content: &Path, out: &Path, more: &[&str]) -> Result<()> {
    step("set up", || setup::for_bundle(project))?;
    bundle::bundle(project, mode)?;
    let program = program(project)?;
    step("build the site", || {
        let mut build = project.command(&program);
        build.arg("build").arg("--content").arg(content).arg("--bundle").arg(project.bundle());
        process::run(build.arg("--out").arg(out).args(more))
    })
}

/// The program `afterword`, brought up to date. The dev profile, with optimised dependencies, shares all it compiles with
/// the tests.
pub(crate) fn program(project: &Project) -> Result<PathBuf> {
    step("compile the site builder", || {
        process::run(project.cargo().args(["build", "--quiet", "--package", PACKAGE, "--bin", PROGRAM]))
    })?;
    Ok(project.native_binary(PROGRAM, false))
}

fn content(project: &Project, args: &mut Args) -> Result<PathBuf> {
    let folder = args.value("--content")?.map_or_else(|| project.demo_content(), PathBuf::from);
    if !folder.join("feed.json").is_file() {
        bail!("{} is no content folder: it has no feed.json", folder.display());
    }
    Ok(std::path::absolute(folder)?)
}
