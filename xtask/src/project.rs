//! Where things lie and what they are called: the one place that knows the layout of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The target that the browser build is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// The binary of the root package that runs in a browser.
pub(crate) const APP_BIN: &str = "afterword-app";
/// The cargo profile of everything that is shipped to a browser.
pub(crate) const WASM_PROFILE: &str = "wasm-release";
/// Packages with native tests. The root package is tested as the native build uses it, so with the feature `ssr`.
pub(crate) const NATIVE_PACKAGES: [&str; 5] =
    ["afterword-core", "afterword-adapters", "afterword-import", "afterword-cli", "afterword"];

/// A checkout of this repository.
pub(crate) struct Project {
    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder: everything that is built or installed goes below it.
    pub(crate) target: PathBuf,
}

impl Project {
    /// The checkout that this program was compiled from.
    pub(crate) fn locate() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask lies in the repository's folder")?.to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The content that is served and built when nothing else is named.
    pub(crate) fn demo_content(&self) -> PathBuf {
        self.root.join("public/content")
    }

    /// Where the bundle goes.
    pub(crate) fn bundle(&self) -> PathBuf {
        self.target.join("bundle")
    }

    /// Programs that the set-up installed for this checkout alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools/bin")
    }

    /// Where the set-up unpacks the web servers of the tests.
    pub(crate) fn hosts(&self) -> PathBuf {
        self.target.join("tools/hosts")
    }

    /// Where the set-up puts the servers that take comments.
    pub(crate) fn servers(&self) -> PathBuf {
        self.target.join("servers")
    }

    /// The browser tests, whose `package.json` also pins the build tools that come from npm.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/browser")
    }

    /// A program that npm installed.
    pub(crate) fn npm_tool(&self, name: &str) -> PathBuf {
        self.browser_tests().join("node_modules/.bin").join(name)
    }

    /// A file that cargo built: natively, in the dev profile.
    pub(crate) fn native_binary(&self, name: &str, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join(name)
    }

    /// A command that runs in the root of the repository.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// `cargo`, the same that started us, without what it told us about ourselves: those variables would make cargo
    /// believe that other packages had changed.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
                command.env_remove(name);
            }
        }
        command
    }

    /// `path` as a person would type it from the root.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}
