//! Content folders and sites for tests.

use afterword_cli::build::{BuildOptions, BuildSummary, build_site};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A bundle's page: the slots of the real one, and nothing else.
const PAGE: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <!--afterword:head-->
    <title>Afterword</title>
    <!--/afterword:head-->
    <link rel="stylesheet" href="assets/app.css">
    <!--afterword:script-->
    <script type="module" src="assets/app.js"></script>
    <!--/afterword:script-->
  </head>
  <body>
    <div id="app"><!--afterword:app--></div>
    <!--afterword:data-->
    <!--afterword:noscript-->
  </body>
</html>
"#;

/// A content folder, a bundle and a site, gone with the test.
pub(crate) struct Blog {
    root: PathBuf,
}

impl Blog {
    /// With a bundle, and nothing in it yet.
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("build-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let blog = Self { root };
        blog.put("bundle/page.html", PAGE);
        blog.put("bundle/assets/app.css", "css");
        blog.put("bundle/assets/app.js", "js");
        blog
    }

    /// With a `site.json` that has these fields besides the usual ones.
    pub(crate) fn with_site(name: &str, fields: &str) -> Self {
        let blog = Self::new(name);
        blog.site(fields);
        blog
    }

    /// Writes `site.json` with these fields besides the usual ones.
    pub(crate) fn site(&self, fields: &str) {
        let comma = if fields.is_empty() { "" } else { ", " };
        let text = format!(
            r#"{{"title": "The Loose Screw", "url": "https://blog.example/", "language": "en",
                "description": "Repairs, mostly successful", "author": {{"name": "Mina"}}{comma}{fields}}}"#
        );
        self.put("content/site.json", &text);
    }

    /// Writes a post of this day with these fields besides the usual ones; `path` is like `posts/hello`.
    pub(crate) fn post(&self, path: &str, date: &str, fields: &str) {
        let slug = path.rsplit('/').next().unwrap();
        let body = if fields.contains("\"content_html\"") { "" } else { "\"content_html\": \"<p>Text of it.</p>\", " };
        let comma = if fields.is_empty() { "" } else { ", " };
        let text = format!(
            r#"{{"items": [{{"id": "https://blog.example/{path}/", "title": "About {slug}", {body}
                "date_published": "{date}T08:00:00Z"{comma}{fields}}}]}}"#
        );
        self.put(&format!("content/{path}/post.json"), &text);
    }

    /// Writes the comments of a post: `id`, the parent's id or nothing, and a text.
    pub(crate) fn comments(&self, path: &str, comments: &[(&str, &str, &str)]) {
        let items: Vec<String> = (1..)
            .zip(comments)
            .map(|(minute, (id, parent, text))| {
                let parent = if parent.is_empty() { "null".to_owned() } else { format!("\"{parent}\"") };
                format!(
                    r#"{{"id": "{id}", "content_html": "{text}", "authors": [{{"name": "Ann"}}],
                        "date_published": "2026-03-01T{:02}:{:02}:00Z", "_thread": {{"in_reply_to": {parent}}}}}"#,
                    minute / 60,
                    minute % 60
                )
            })
            .collect();
        self.put(&format!("content/{path}/comments.json"), &format!("{{\"items\": [{}]}}", items.join(",")));
    }

    /// Writes a file below the test's folder.
    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Removes a file or a folder.
    pub(crate) fn remove(&self, name: &str) {
        let path = self.root.join(name);
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }

    /// What the site is built from and to; without compressed copies, which take most of the time.
    pub(crate) fn options(&self) -> BuildOptions {
        let at = |name| self.root.join(name);
        let usual = BuildOptions::new(at("content"), at("bundle"), at("out"));
        BuildOptions { threads: Some(2), compressed: false, ..usual }
    }

    /// Builds it.
    pub(crate) fn build(&self) -> BuildSummary {
        build_site(&self.options()).unwrap()
    }

    /// Builds it; nothing may be odd.
    pub(crate) fn build_clean(&self) -> BuildSummary {
        let summary = self.build();
        assert!(summary.warnings.is_empty() && summary.left_out.is_empty(), "{summary}");
        summary
    }

    /// The text of a file of the site.
    pub(crate) fn out(&self, name: &str) -> String {
        let path = self.root.join("out").join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// All files of the site.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.root.join("out"))
    }

    /// Whether the site has this file.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.root.join("out").join(name).exists()
    }
}

impl Drop for Blog {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// All files below a folder by their names.
pub(crate) fn files_below(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}
