//! `test`: every check, one after the other; goes on after a failure, so that one run shows all of them.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Result, bail};

use crate::args::Args;
use crate::bench;
use crate::bundle::Mode;
use crate::process;
use crate::project::{APP_BIN, NATIVE_PACKAGES, Project, WASM_TARGET};
use crate::setup;
use crate::site;
use crate::size;
use crate::steps::seconds;
use crate::tally::Tally;
use crate::trunk;

/// How the app is compiled natively.
const NATIVE_FEATURES: [&str; 2] = ["--features", "afterword/ssr"];

/// The run so far.
struct Run {
    tally: Tally,
    failed_steps: Vec<String>,
}

/// `cargo xtask test`.
pub(crate) fn command(project: &Project, args: Args) -> Result<ExitCode> {
    args.finish()?;
    let begun = Instant::now();
    let mut run = Run { tally: Tally::default(), failed_steps: Vec::new() };
    run.prepare("set up", || setup::for_bundle(project).and_then(|()| setup::for_tests(project)));
    lint(project, &mut run);
    native_tests(project, &mut run);
    browser_tests(project, &mut run);
    if !run.failed_steps.is_empty() {
        println!("failed: {}", run.failed_steps.join(", "));
    }
    println!("all of it: {}", seconds(begun.elapsed()));
    println!("{} passed, {} failed", run.tally.passed, run.tally.failed);
    Ok(if run.tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn lint(project: &Project, run: &mut Run) {
    run.check("format", || process::run(project.cargo().args(["fmt", "--all", "--", "--check"])));
    run.check("clippy, native", || {
        let mut clippy = project.cargo();
        clippy.args(["clippy", "--quiet", "--all-targets"]).args(packages()).args(NATIVE_FEATURES);
        process::run(clippy.args(["--", "-D", "warnings"]))
    });
    run.check("clippy, xtask", || {
        let mut clippy = project.cargo();
        process::run(clippy.args(["clippy", "--quiet", "--all-targets", "--package", "xtask", "--", "-D", "warnings"]))
    });
    run.check("clippy, browser", || {
        let mut clippy = project.cargo();
        clippy.args(["clippy", "--quiet", "--package", "afterword", "--lib", "--bin", APP_BIN]);
        clippy.args(["--target", WASM_TARGET, "--features", "hydrate,split"]);
        process::run(clippy.args(["--", "-D", "warnings"]))
    });
}

fn native_tests(project: &Project, run: &mut Run) {
    let mut tests = project.cargo();
    tests.args(["test", "--quiet", "--no-fail-fast"]).args(packages()).args(NATIVE_FEATURES);
    run.counted("native tests", &mut tests, Tally::read_cargo);
    let mut tests = project.cargo();
    run.counted("tests of xtask", tests.args(["test", "--quiet", "--package", "xtask"]), Tally::read_cargo);
}

fn browser_tests(project: &Project, run: &mut Run) {
    let dist = project.target.join("dist-test");
    run.check("build the site", || site::make(project, Mode::Release, &project.demo_content(), &dist, &[]));
    run.check("size", || size::check(project));
    run.check("build with Trunk", || process::run(trunk::trunk(project)?.arg("build")));
    let files = test_files(&project.browser_tests()).and_then(|mut files| {
        files.extend(test_files(&project.root.join("tests/hosting"))?);
        files.extend(test_files(&project.root.join("tests/servers"))?);
        files.extend(test_files(&project.root.join("tests/bench"))?);
        Ok(files)
    });
    match files {
        Ok(files) => {
            let mut node = project.command("node");
            node.args(["--test", "--test-reporter=tap"]).args(files).current_dir(project.browser_tests());
            node.env("AFTERWORD_DIST", &dist).env("AFTERWORD_TRUNK_DIST", project.target.join("trunk"));
            node.env("AFTERWORD_BIN", project.native_binary("afterword", false))
                .env("AFTERWORD_BUNDLE", project.bundle())
                .env("AFTERWORD_HOSTS", project.hosts())
                .env("AFTERWORD_SERVERS", project.servers())
                .env("AFTERWORD_WIRE", project.native_binary("examples/wire", false));
            run.counted("browser tests", &mut node, Tally::read_tap);
        }
        Err(error) => run.check("browser tests", || Err(error)),
    }
    // Its table is for people; the budgets are held by `cargo xtask bench --check` on a quiet machine.
    run.prepare("benchmark, a quick round", || bench::quick(project));
}

fn packages() -> impl Iterator<Item = &'static str> {
    NATIVE_PACKAGES.into_iter().flat_map(|package| ["--package", package])
}

/// `*.test.js` in `folder`, by name.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().ends_with(".test.js")).collect();
    files.sort();
    if files.is_empty() {
        bail!("{} has no *.test.js", folder.display());
    }
    Ok(files)
}

impl Run {
    /// A step that is no test; it counts only when it fails.
    fn prepare(&mut self, name: &str, work: impl FnOnce() -> Result<()>) {
        self.timed(name, || work().map(|()| (Tally::default(), true)));
    }

    /// A step that is one test.
    fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) {
        self.timed(name, || work().map(|()| (Tally::of_one(true), true)));
    }

    /// A step whose program counts its tests itself.
    fn counted(&mut self, name: &str, command: &mut Command, read: impl Fn(&mut Tally, &str)) {
        self.timed(name, || {
            let mut tally = Tally::default();
            let succeeded = process::run_listening(command, |line| read(&mut tally, line))?;
            Ok((tally.settled(succeeded), succeeded))
        });
    }

    fn timed(&mut self, name: &str, work: impl FnOnce() -> Result<(Tally, bool)>) {
        println!("== {name}");
        let begun = Instant::now();
        let (tally, succeeded) = work().unwrap_or_else(|error| {
            println!("{error:#}");
            (Tally::of_one(false), false)
        });
        self.tally.add(tally);
        if !succeeded {
            self.failed_steps.push(name.to_owned());
        }
        let mark = if succeeded { "✓" } else { "✗" };
        println!("{mark} {name}: {}", seconds(begun.elapsed()));
    }
}
