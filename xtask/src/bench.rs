//! `bench`: the site with made-up threads against a hand-written page, measured in Chromium by `tests/bench/run.mjs`.
//!
//! Here the site is built; what is measured, and what it may cost, is said there.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::args::Args;
use crate::bundle::Mode;
use crate::process;
use crate::project::Project;
use crate::setup;
use crate::site;
use crate::steps::step;

/// Threads as most blogs have them, as busy ones have, as made other pages stop, and as nobody has yet.
const COUNTS: &str = "55,1000,10000,50000";
/// What a run on every change can afford.
const COUNTS_QUICK: &str = "55,1000";
/// The same threads for everyone.
const SEED: &str = "1";

/// One round with the smaller threads, as every test run affords.
///
/// # Errors
/// When something could not be measured; not for a figure over budget.
pub(crate) fn quick(project: &Project) -> Result<()> {
    match command(project, Args::new(vec!["--quick".to_owned()]))? {
        code if code == ExitCode::SUCCESS => Ok(()),
        _ => bail!("the benchmark did not run through"),
    }
}

/// `cargo xtask bench`.
pub(crate) fn command(project: &Project, mut args: Args) -> Result<ExitCode> {
    let quick = args.flag("--quick");
    let counts = args.value("--n")?.unwrap_or_else(|| if quick { COUNTS_QUICK } else { COUNTS }.to_owned());
    let mut passed_on = vec![format!("--n={counts}")];
    passed_on.extend(quick.then(|| "--quick".to_owned()));
    passed_on.extend(args.flag("--check").then(|| "--check".to_owned()));
    for name in ["--rounds", "--profile"] {
        passed_on.extend(args.value(name)?.map(|value| format!("{name}={value}")));
    }
    args.finish()?;
    if counts.split(',').any(|count| count.parse::<u32>().is_err()) {
        bail!("--n wants numbers with commas between them, not `{counts}`");
    }

    setup::debian_packages(project)?;
    let folder = project.target.join("bench");
    let dist = folder.join("dist");
    build_site(project, &counts, &folder.join("content"), &dist)?;
    let mut node = project.command("node");
    node.arg("tests/bench/run.mjs").arg("--dist").arg(dist).arg("--out").arg(&folder).args(passed_on);
    let status = node.status().context("could not start node")?;
    eprintln!("{}", project.shown(&folder.join("bench.json")));
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds a site with one post of each size, and one without comments to compare with.
fn build_site(project: &Project, counts: &str, content: &Path, dist: &Path) -> Result<()> {
    let program = site::program(project)?;
    step(&format!("generate threads of {counts} comments"), || {
        for folder in [content, dist] {
            if folder.exists() {
                std::fs::remove_dir_all(folder).with_context(|| format!("could not remove {}", folder.display()))?;
            }
        }
        let mut generate = project.command(&program);
        generate.args(["generate", "--seed", SEED, "--comments", &format!("0,{counts}")]);
        process::run(generate.arg("--out").arg(content))
    })?;
    site::make(project, Mode::Release, content, dist, &["--base", "/"])
}
