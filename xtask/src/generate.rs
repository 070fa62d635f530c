//! `generate`: content folders with threads of any size, from a seed, by the project's own program. Never committed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use crate::args::Args;
use crate::process;
use crate::project::Project;
use crate::site;
use crate::steps::step;

/// As many comments as a page is expected to bear with ease.
const COMMENTS_DEFAULT: u64 = 1_000;
/// Any number will do, as long as it is the same for everyone.
const SEED_DEFAULT: u64 = 7;

/// `cargo xtask generate`.
pub(crate) fn command(project: &Project, mut args: Args) -> Result<ExitCode> {
    let comments = args.number("--comments", COMMENTS_DEFAULT)?;
    let seed = args.number("--seed", SEED_DEFAULT)?;
    let out = args.value("--out")?.map_or_else(|| project.target.join(format!("content-{comments}")), PathBuf::from);
    args.finish()?;
    generate(project, comments, seed, &out)?;
    println!("{}", project.shown(&out));
    Ok(ExitCode::SUCCESS)
}

/// Writes a content folder with one post and a thread of `comments`.
pub(crate) fn generate(project: &Project, comments: u64, seed: u64, out: &Path) -> Result<()> {
    let program = site::program(project)?;
    step(&format!("generate {comments} comments from seed {seed}"), || {
        let mut command = project.command(program);
        command.args(["generate", "--comments", &comments.to_string(), "--seed", &seed.to_string()]);
        process::run(command.arg("--out").arg(out))
    })
}
