//! Rules of the repository that a program can check. Each test names what breaks the rule, and where.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders with nothing of ours in them.
const NOT_OURS: [&str; 4] = [".git", "target", "dist", "node_modules"];
/// Which of our packages a package may use: core ← adapters ← app ← cli, core ← import ← cli.
const MAY_USE: [(&str, &str, &[&str]); 6] = [
    ("crates/afterword-core", "afterword-core", &[]),
    ("crates/afterword-adapters", "afterword-adapters", &["afterword-core"]),
    ("crates/afterword-import", "afterword-import", &["afterword-core"]),
    (".", "afterword", &["afterword-core", "afterword-adapters"]),
    (
        "crates/afterword-cli",
        "afterword-cli",
        &["afterword-core", "afterword-adapters", "afterword-import", "afterword"],
    ),
    ("xtask", "xtask", &[]),
];
/// The only Rust of the app that names the browser's API: the four places of the design, and entries.
const MAY_NAME_WEB_SYS: [&str; 5] = ["src/platform/", "src/render/", "src/embed/", "src/main.rs", "src/lib.rs"];
/// Attributes of items that no browser build has: there a string of markup is what is wanted.
const NATIVE_ONLY: [&str; 2] = ["#[cfg(not(feature = \"browser\"))]", "#[cfg(feature = \"ssr\")]"];
/// Longer files say why, in a comment that begins so.
const REASON_TO_BE_LONG: &str = "Long because";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_owned()
}

/// Files of ours below `folder`, as paths relative to the root with `/`.
fn files(folder: &str) -> Vec<String> {
    let root = root();
    let (mut found, mut waiting) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.filter_map(Result::ok) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && !NOT_OURS.contains(&name.as_str()) {
                waiting.push(path);
            } else if path.is_file() {
                found.push(path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn read(path: &str) -> String {
    fs::read(root().join(path)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// `path:line: text` for each line of code (not of comment) in `paths` that `breaks` the rule.
fn offenders(paths: impl IntoIterator<Item = String>, breaks: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for path in paths {
        for (number, line) in read(&path).lines().enumerate() {
            if !line.trim_start().starts_with("//") && breaks(line) {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    found
}

fn check(rule: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{rule}:\n{}", offenders.join("\n"));
}

/// `code` without top-level items that are compiled natively only. Relies on rustfmt: such an item ends with a line that
/// begins with `}`, or with `;` when it has no body.
fn without_native_items(code: &str) -> String {
    let (mut kept, mut inside) = (String::new(), false);
    for line in code.lines() {
        inside = inside || NATIVE_ONLY.contains(&line);
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
        let ends = line.starts_with('}') || (!line.starts_with([' ', '#']) && line.ends_with([';', '}']));
        inside = inside && !ends;
    }
    kept
}

fn rust_of_the_app() -> impl Iterator<Item = String> {
    files("src").into_iter().filter(|path| path.ends_with(".rs"))
}

/// Names in the dependency tables of a manifest. Ours are written one to a line, or as a table of their own.
fn dependencies(manifest: &str) -> Vec<String> {
    let (mut names, mut inside) = (Vec::new(), false);
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let table = table.trim_matches(['[', ']']);
            inside = table.ends_with("dependencies") && table != "workspace.dependencies";
            if let Some((before, name)) = table.rsplit_once('.')
                && before.ends_with("dependencies")
                && before != "workspace.dependencies"
            {
                names.push(name.to_owned());
            }
        } else if inside && let Some((name, _)) = line.split_once('=') {
            let name = name.trim();
            if !name.starts_with('#') {
                names.push(name.trim_end_matches(".workspace").to_owned());
            }
        }
    }
    names
}

#[test]
fn crates_use_only_what_lies_below_them() {
    let ours: Vec<&str> = MAY_USE.iter().map(|(_, name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (folder, name, allowed) in MAY_USE {
        for used in dependencies(&read(&format!("{folder}/Cargo.toml"))) {
            let used = used.as_str();
            if ours.contains(&used) && used != name && !allowed.contains(&used) {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    check("core <- adapters <- app <- cli, core <- import <- cli", wrong);
}

#[test]
fn the_core_and_the_adapters_do_no_io_and_know_no_clock() {
    let pure = files("crates/afterword-core/src").into_iter().chain(files("crates/afterword-adapters/src"));
    let forbidden = ["std::fs", "std::net", "std::process", "std::env", "std::thread", "SystemTime", "Instant::now"];
    let breaks = |line: &str| forbidden.iter().any(|name| line.contains(name));
    let mut wrong = Vec::new();
    for path in pure.filter(|path| !path.ends_with("/tests.rs")) {
        let text = read(&path);
        // Tests may start a thread with a small stack, to show that nothing recurses.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//") && breaks(line));
        wrong.extend(lines.map(|line| format!("{path}: {}", line.trim())));
    }
    check("pure crates take values and give values", wrong);
}

#[test]
fn browser_code_builds_elements_and_no_markup() {
    let strings = ["view!", "inner_html", "insert_adjacent_html", "outer_html", "document.write"];
    let mut wrong = Vec::new();
    for path in rust_of_the_app().filter(|path| path != "src/prerender.rs") {
        let code = without_native_items(&read(&path));
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let lines = lines.filter(|line| strings.iter().any(|name| line.contains(name)));
        wrong.extend(lines.map(|line| format!("{path}: {}", line.trim())));
    }
    check("no markup string reaches a browser", wrong);
    let scripts = files("src/start").into_iter().chain(files("public")).filter(|path| path.ends_with(".js"));
    let sinks = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"];
    check(
        "no markup string reaches a browser",
        offenders(scripts, |line| sinks.iter().any(|name| line.contains(name))),
    );
}

#[test]
fn only_the_border_names_the_browser() {
    let inside = rust_of_the_app().filter(|path| !MAY_NAME_WEB_SYS.iter().any(|place| path.starts_with(place)));
    check(
        "web_sys stays in platform, render, embed and the entries",
        offenders(inside, |line| line.contains("web_sys")),
    );
}

#[test]
fn styles_are_sheets_that_anyone_can_override() {
    let sheets = files("style").into_iter().filter(|path| path.ends_with(".css"));
    check(
        "no !important, no @import",
        offenders(sheets, |line| line.contains("!important") || line.contains("@import")),
    );
    let pages = rust_of_the_app().chain(["index.html".to_owned()]);
    let inline = |line: &str| line.contains(" style=\"") || line.contains("<style") || line.contains(".attr(\"style\"");
    check("no inline style: the policy refuses it", offenders(pages, inline));
}

#[test]
fn index_html_has_nothing_inline() {
    let page = read("index.html");
    let bare =
        page.split("<script").skip(1).filter(|tag| !tag.split('>').next().is_some_and(|tag| tag.contains("src=")));
    check("scripts have an address: the policy refuses inline ones", bare.map(str::to_owned).collect());
}

#[test]
fn every_dependency_is_explained() {
    let architecture = read("ARCHITECTURE.md");
    if architecture.is_empty() {
        return;
    }
    let mut unexplained = Vec::new();
    for (folder, package, _) in MAY_USE {
        for name in dependencies(&read(&format!("{folder}/Cargo.toml"))) {
            if !name.starts_with("afterword") && !architecture.contains(&format!("`{name}`")) {
                unexplained.push(format!("{package}: {name}"));
            }
        }
    }
    unexplained.sort();
    unexplained.dedup();
    check("ARCHITECTURE.md gives the reason of each dependency", unexplained);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // Put together here, so that this file passes its own test.
    let traces = [["/wo", "rk/"], ["/ro", "ot/"], ["/tmp/", "brief"], ["\"res", "olved\":"], [".carg", "o/registry"]]
        .map(|parts| parts.concat());
    let all = files(".").into_iter().filter(|path| !path.ends_with(".wasm"));
    check(
        "no machine paths, no download addresses",
        offenders(all, |line| traces.iter().any(|trace| line.contains(trace))),
    );
}

#[test]
fn files_stay_short_enough_to_read() {
    const LINES_MAX: usize = 500;
    let rust =
        files("src").into_iter().chain(files("crates")).chain(files("xtask")).filter(|path| path.ends_with(".rs"));
    let long = rust.map(|path| (read(&path).lines().count(), path)).filter(|(lines, _)| *lines > LINES_MAX);
    let long = long.filter(|(_, path)| !read(path).contains(REASON_TO_BE_LONG));
    check(
        "a file over 500 lines says why, in a comment that begins with `Long because`",
        long.map(|(lines, path)| format!("{path}: {lines} lines")).collect(),
    );
}

#[test]
fn dependencies_are_found_in_every_spelling() {
    let manifest = "[dependencies]\na = \"1\"\nb.workspace = true\n[dependencies.c]\nversion = \"1\"\n[lints]\nd = 1\n";
    assert_eq!(dependencies(manifest), ["a", "b", "c"]);
}

#[test]
fn native_items_are_left_out_of_browser_code() {
    let code = "#[cfg(feature = \"ssr\")]\nfn a() {\n    b;\n}\nfn c() {}\n#[cfg(feature = \"ssr\")]\nuse d;\nuse e;\n";
    assert_eq!(without_native_items(code), "fn c() {}\nuse e;\n");
}
