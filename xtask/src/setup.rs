//! Installs what is missing, each thing where it belongs, and nothing twice. Nothing here asks GitHub for anything:
//! rustup, npm, apt, pip and crates.io through their own programs.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::args::Args;
use crate::bytes;
use crate::process;
use crate::project::{Project, WASM_TARGET};
use crate::servers;
use crate::steps::step;
use crate::wasm_bindgen;

/// The version of Trunk that `trunk build` is tested with; later ones want a newer Rust.
const TRUNK_VERSION: &str = "0.21.14";
/// A program that shows that a Debian package is there, and the package.
const DEBIAN_PACKAGES: [(&str, &str); 2] = [("chromium", "chromium"), ("firefox-esr", "firefox-esr")];
/// Debian packages of the web servers that the examples of docs/hosting are tried with. They are unpacked into the target
/// folder and not installed: that needs no root, and no server begins to listen.
const HOST_PACKAGES: [&str; 3] = ["nginx", "libnginx-mod-http-brotli-static", "caddy"];
/// Files that show that they are there.
const HOST_FILES: [&str; 3] =
    ["usr/sbin/nginx", "usr/lib/nginx/modules/ngx_http_brotli_static_module.so", "usr/bin/caddy"];
/// npm must not fetch browsers: the tests drive the system's.
const NPM_SETTINGS: [(&str, &str); 2] = [("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), ("PUPPETEER_SKIP_DOWNLOAD", "1")];

/// `cargo xtask setup`.
pub(crate) fn command(project: &Project, mut args: Args) -> Result<ExitCode> {
    let tests = args.flag("--tests");
    args.finish()?;
    for_bundle(project)?;
    if tests {
        for_tests(project)?;
    }
    eprintln!("set up");
    Ok(ExitCode::SUCCESS)
}

/// What `serve`, `build` and `bundle` need: the WebAssembly target and the build tools from npm.
pub(crate) fn for_bundle(project: &Project) -> Result<()> {
    wasm_target(project)?;
    npm_packages(project)
}

/// What `test` needs besides: browsers, web servers, servers that take comments, and Trunk.
pub(crate) fn for_tests(project: &Project) -> Result<()> {
    debian_packages(project)?;
    web_servers(project)?;
    servers::install(project)?;
    for_trunk(project)
}

/// Trunk itself, and a `wasm-bindgen` for it.
pub(crate) fn for_trunk(project: &Project) -> Result<()> {
    trunk(project)?;
    wasm_bindgen_program(project)
}

fn wasm_target(project: &Project) -> Result<()> {
    let mut rustc = project.command("rustc");
    let folder = process::run_quietly(rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if PathBuf::from(folder.trim()).is_dir() {
        return Ok(());
    }
    step("install the WebAssembly target", || {
        process::run_quietly(project.command("rustup").args(["target", "add", WASM_TARGET])).map(drop)
    })
}

/// `npm ci` once for each state of the lock file.
fn npm_packages(project: &Project) -> Result<()> {
    let folder = project.browser_tests();
    let lock = fs::read(folder.join("package-lock.json")).context("tests/browser has no package-lock.json")?;
    let installed = folder.join("node_modules/.installed");
    let wanted = bytes::fingerprint([lock.as_slice()]);
    if fs::read_to_string(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    if !process::exists("npm") {
        bail!("Node.js (20 or later, with npm) is missing; on Debian: apt-get install nodejs npm");
    }
    step("install build and test tools from npm", || {
        let mut npm = project.command("npm");
        npm.current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).envs(NPM_SETTINGS);
        process::run_quietly(&mut npm)?;
        fs::write(&installed, &wanted).context("could not note what npm installed")
    })
}

pub(crate) fn debian_packages(project: &Project) -> Result<()> {
    let absent = DEBIAN_PACKAGES.iter().filter(|(program, _)| !on_path(program));
    let missing: Vec<&str> = absent.map(|(_, package)| *package).collect();
    if missing.is_empty() { Ok(()) } else { install_by_apt(project, &missing) }
}

/// Installs Debian packages; where that cannot be done from here, says how.
pub(crate) fn install_by_apt(project: &Project, missing: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get update && apt-get install --no-install-recommends {}", missing.join(" "));
    if !process::exists("apt-get") || !is_root(project) {
        bail!("{} missing; as root: {by_hand}", missing.join(" and "));
    }
    step(&format!("install {} by apt", missing.join(" and ")), || {
        let mut apt = project.command("apt-get");
        process::run_quietly(apt.args(["update", "-qq"]))?;
        let mut apt = project.command("apt-get");
        apt.args(["install", "-qq", "--yes", "--no-install-recommends"]).args(missing);
        process::run_quietly(apt.env("DEBIAN_FRONTEND", "noninteractive"))
            .map(drop)
            .with_context(|| format!("by hand: {by_hand}"))
    })
}

fn web_servers(project: &Project) -> Result<()> {
    let folder = project.hosts();
    if HOST_FILES.iter().all(|file| folder.join(file).is_file()) {
        return Ok(());
    }
    if !process::exists("apt-get") {
        bail!("nginx and Caddy for the tests come from Debian, by apt-get, which is not on this computer");
    }
    let by_hand =
        format!("as root: apt-get update && apt-get install --no-install-recommends {}", HOST_PACKAGES.join(" "));
    step("fetch nginx and Caddy from Debian, for this checkout only", || {
        let packages = folder.join("packages");
        fs::create_dir_all(&packages).with_context(|| format!("could not create {}", packages.display()))?;
        let download = || {
            let mut apt = project.command("apt-get");
            process::run_quietly(apt.args(["download", "-qq"]).args(HOST_PACKAGES).current_dir(&packages))
        };
        // It fails where the lists of packages are missing or old.
        if download().is_err() {
            if !is_root(project) {
                bail!("apt-get does not find {}; as root: apt-get update", HOST_PACKAGES.join(", "));
            }
            process::run_quietly(project.command("apt-get").args(["update", "-qq"]))?;
            download()?;
        }
        for package in fs::read_dir(&packages)? {
            process::run_quietly(project.command("dpkg-deb").arg("--extract").arg(package?.path()).arg(&folder))?;
        }
        fs::remove_dir_all(&packages).context("could not remove the packages")?;
        // Whether the libraries that they need are installed.
        for (program, version) in [("usr/sbin/nginx", "-v"), ("usr/bin/caddy", "version")] {
            process::run_quietly(project.command(folder.join(program)).arg(version))
                .with_context(|| by_hand.clone())?;
        }
        Ok(())
    })
}

fn trunk(project: &Project) -> Result<()> {
    let here = project.tools().join("trunk");
    let version = process::run_quietly(project.command(&here).arg("--version"));
    if version.is_ok_and(|text| text.trim().ends_with(TRUNK_VERSION)) {
        return Ok(());
    }
    let root = project.target.join("tools");
    step(&format!("install Trunk {TRUNK_VERSION} (several minutes, once)"), || {
        let mut cargo = project.cargo();
        cargo.args(["install", "--quiet", "--locked", "--force", "--root"]).arg(&root);
        // Its own target folder: Trunk's dependencies are none of ours.
        cargo.env("CARGO_TARGET_DIR", project.target.join("tools/build"));
        process::run(cargo.args(["--version", TRUNK_VERSION, "trunk"]))?;
        // About a gigabyte that nobody needs again.
        fs::remove_dir_all(root.join("build")).context("could not remove what building Trunk left")
    })
}

/// This program, under the name that Trunk looks for: see [`wasm_bindgen`].
fn wasm_bindgen_program(project: &Project) -> Result<()> {
    let own = std::env::current_exe().context("this program does not know its own file")?;
    let there = project.tools().join(wasm_bindgen::PROGRAM);
    fs::create_dir_all(project.tools())?;
    let made = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified());
    if let (Ok(there), Ok(own)) = (made(&there), made(&own))
        && there >= own
    {
        return Ok(());
    }
    fs::copy(&own, &there).with_context(|| format!("could not write {}", there.display())).map(drop)
}

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

fn is_root(project: &Project) -> bool {
    process::run_quietly(project.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
