//! `cargo xtask trunk …`: Trunk with the tools that the set-up put in the target folder, and with no others.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::args::Args;
use crate::process;
use crate::project::Project;
use crate::setup;

/// Passes every word on to Trunk.
pub(crate) fn command(project: &Project, args: Args) -> Result<ExitCode> {
    setup::for_bundle(project)?;
    setup::for_trunk(project)?;
    process::run(trunk(project)?.args(args.rest()))?;
    Ok(ExitCode::SUCCESS)
}

/// Trunk, ready for its words.
pub(crate) fn trunk(project: &Project) -> Result<Command> {
    let own = [project.tools(), project.browser_tests().join("node_modules/.bin")];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(own.into_iter().chain(std::env::split_paths(&path))).context("PATH cannot be extended")?;
    let mut trunk = project.cargo();
    let cargo_environment = trunk.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned)));
    let cargo_environment: Vec<_> = cargo_environment.collect();
    trunk = project.command(project.tools().join("trunk"));
    for (name, value) in cargo_environment {
        match value {
            Some(value) => trunk.env(name, value),
            None => trunk.env_remove(name),
        };
    }
    // Trunk takes NO_COLOR for a yes or no, and refuses the usual "1".
    trunk.env("PATH", path).env_remove("NO_COLOR");
    Ok(trunk)
}
