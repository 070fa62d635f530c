//! The servers that take comments, for the tests: Isso, in a Python environment of its own in the target folder.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::bytes;
use crate::process;
use crate::project::Project;
use crate::setup;
use crate::steps::step;

/// Debian packages that bring what Isso runs on: Debian's Python cannot make environments without the second.
const PYTHON_PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// Installs what is missing: once for each state of the list of packages.
pub(crate) fn install(project: &Project) -> Result<()> {
    let list = project.root.join("tests/servers/requirements.txt");
    let wanted = bytes::fingerprint([fs::read(&list).context("tests/servers has no requirements.txt")?.as_slice()]);
    let folder = project.servers().join("isso");
    let program = folder.join("bin/isso");
    let installed = folder.join(".installed");
    if program.is_file() && fs::read_to_string(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    python(project)?;
    step("install Isso from PyPI, for this checkout only", || {
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))?;
        }
        process::run_quietly(project.command("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = project.command(folder.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        process::run_quietly(pip.arg("--requirement").arg(&list))?;
        process::run_quietly(project.command(&program).arg("--version"))?;
        fs::write(&installed, &wanted).context("could not note what pip installed")
    })
}

/// Python with all that an environment needs.
fn python(project: &Project) -> Result<()> {
    let is_there = || process::run_quietly(project.command("python3").args(["-c", "import venv, ensurepip"])).is_ok();
    if is_there() {
        return Ok(());
    }
    setup::install_by_apt(project, &PYTHON_PACKAGES)?;
    if !is_there() {
        bail!("Python 3 with its module venv is missing, and {} did not bring it", PYTHON_PACKAGES.join(" and "));
    }
    Ok(())
}
