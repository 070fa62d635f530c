//! `afterword check`: reads every file of a content folder as the app would and names what is wrong.

use crate::content::ContentFolder;
use afterword_core::ids::PostPath;
use afterword_core::model::{Post, PostKind, Warning, WarningKind};
use std::collections::HashSet;
use std::fmt;
use std::path::Path;

/// What a check found. Lines are for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many posts could be read.
    pub posts: usize,
    /// How many comments could be read.
    pub comments: usize,
    /// What is odd and was mended or left out: file, place, words.
    pub warnings: Vec<String>,
    /// What cannot be shown.
    pub errors: Vec<String>,
}

/// Reads all files below `root`.
pub fn check_folder(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let folder = match ContentFolder::open(root) {
        Ok(folder) => folder,
        Err(error) => {
            findings.errors.push(error.to_string());
            return findings;
        }
    };
    match folder.read_site() {
        Ok(site) => findings.warn("site.json: ", site.warnings),
        Err(error) => findings.errors.push(error.to_string()),
    }
    let paths = folder.paths(PostKind::Post).unwrap_or_else(|error| {
        findings.errors.push(error.to_string());
        Vec::new()
    });
    let pages = folder.paths(PostKind::Page).unwrap_or_default();
    for path in paths.iter().chain(&pages) {
        check_post(&folder, path, &mut findings);
    }
    check_feed(&folder, &paths, &mut findings);
    findings
}

fn check_post(folder: &ContentFolder, path: &PostPath, findings: &mut Findings) {
    let post = match folder.read_post(path) {
        Ok(post) => post,
        Err(error) => return findings.errors.push(error.to_string()),
    };
    findings.posts += 1;
    findings.warn(&format!("{path}post.json: "), post.warnings);
    let (comments, errors) = folder.read_comments(&post.value);
    findings.comments += comments.value.len();
    findings.warn("", comments.warnings);
    let whole = errors.is_empty();
    findings.errors.extend(errors.iter().map(ToString::to_string));
    let told = post.value.thread.count as usize;
    if whole && told != comments.value.len() {
        let found = comments.value.len();
        findings.warnings.push(format!("{path}post.json: it tells of {told} comments, and there are {found}"));
    }
}

fn check_feed(folder: &ContentFolder, paths: &[PostPath], findings: &mut Findings) {
    let (feed, errors) = folder.read_feed();
    findings.errors.extend(errors.iter().map(ToString::to_string));
    findings.warn("", feed.warnings);
    if !errors.is_empty() {
        return;
    }
    let there: HashSet<&PostPath> = paths.iter().collect();
    let listed: HashSet<PostPath> = feed.value.iter().map(Post::path).collect();
    for path in feed.value.iter().map(Post::path).filter(|path| !there.contains(path)) {
        findings.errors.push(format!("feed.json: it lists {path}, which is not there"));
    }
    for path in paths.iter().filter(|path| !listed.contains(*path)) {
        findings.warnings.push(format!("feed.json: {path} is not in it and will not be found"));
    }
}

impl Findings {
    fn warn(&mut self, file: &str, warnings: Vec<Warning>) {
        let line = |warning: Warning| format!("{file}{}: {}", warning.place, words(warning.kind));
        self.warnings.extend(warnings.into_iter().map(line));
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in &self.errors {
            writeln!(f, "error: {error}")?;
        }
        for warning in &self.warnings {
            writeln!(f, "warning: {warning}")?;
        }
        let Self { posts, comments, warnings, errors } = self;
        writeln!(f, "Posts: {posts}. Comments: {comments}. Errors: {}. Warnings: {}.", errors.len(), warnings.len())
    }
}

/// A warning for the owner of the file.
fn words(kind: WarningKind) -> &'static str {
    match kind {
        WarningKind::ItemUnreadable => "it is damaged and was left out",
        WarningKind::CutOff => "the file ends in the middle; what came before was kept",
        WarningKind::WrongType => "this should be of another type; it was ignored",
        WarningKind::IdMissing => "there is no id that can be used; one was made up",
        WarningKind::IdDuplicate => "an earlier one has the same id; this one got a new id",
        WarningKind::DateInvalid => "this is no date like 2012-01-31T08:15:00Z",
        WarningKind::BodyMissing => "there is no text",
        WarningKind::UrlRefused => "this address is not followed",
        WarningKind::PageLoop => "this page was read before; the chain of pages ends here",
        WarningKind::TooManyPages => "there are too many pages; the rest was not read",
        WarningKind::TooLong => "this text is too long; the rest was cut",
        WarningKind::TextMended => "some letters are damaged and show as �",
        WarningKind::MoreNotListed => "there is more that is odd; this list stops here",
    }
}
