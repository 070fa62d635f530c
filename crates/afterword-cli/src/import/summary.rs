//! What an import did, for people: some lines on the screen, and a file beside the posts.

use crate::content::Kept;
use afterword_core::ids::PostPath;
use afterword_import::report::Report;
use afterword_import::wxr::{ImportError, Placed};
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

/// The account of the import, for people, beside the posts.
pub(super) const REPORT_FILE: &str = "import-report.md";

/// Most posts that are named as kept; more are counted.
const KEPT_MAX: usize = 1000;

/// What an import did.
#[derive(Debug)]
pub struct ImportSummary {
    /// Where the posts are.
    pub out: PathBuf,
    /// What came over and what was odd.
    pub report: Report,
    /// Why the export was not read to its end; the posts before are there.
    pub stopped: Option<ImportError>,
    /// The address that `site.json` gives for the blog.
    pub site_url: Option<String>,
    /// How many posts and pages were not there before.
    pub added: u64,
    /// How many were brought up to date.
    pub changed: u64,
    /// Posts that stay as their owner has changed them, up to a thousand.
    pub kept: Vec<KeptPost>,
    /// How many those are in all.
    pub kept_count: u64,
}

/// A post that was changed by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptPost {
    /// Some of its files stay.
    Changed(PostPath, Kept),
    /// It was removed and stays away.
    Removed(PostPath),
}

impl fmt::Display for KeptPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(path, Kept { post, thread, added }) => {
                let what = match (post, thread) {
                    (true, true) => "the post and its comments were",
                    (true, false) => "the post was",
                    (false, true | false) => "its comments were",
                };
                write!(f, "{path}: {what} changed by hand")?;
                match (thread, added) {
                    (true, 0) | (false, _) => write!(f, " and kept"),
                    (true, 1) => write!(f, " and kept; 1 new comment was added"),
                    (true, added) => write!(f, " and kept; {added} new comments were added"),
                }
            }
            Self::Removed(path) => write!(f, "{path}: it was removed by hand and stays away"),
        }
    }
}

impl ImportSummary {
    pub(super) fn new(out: PathBuf, site_url: Option<String>) -> Self {
        Self {
            out,
            report: Report::default(),
            stopped: None,
            site_url,
            added: 0,
            changed: 0,
            kept: Vec::new(),
            kept_count: 0,
        }
    }

    pub(super) fn keep(&mut self, post: KeptPost) {
        self.kept_count += 1;
        if self.kept.len() < KEPT_MAX {
            self.kept.push(post);
        }
    }

    /// The file. It says the same after each import of the same export, however often, so it counts nothing that is new
    /// or changed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write_report(&self, posts: &[Placed], text: &mut impl Write) -> io::Result<()> {
        write!(text, "# What came over\n\n{}", self.report)?;
        if let Some(error) = &self.stopped {
            write!(text, "\nNot all could be read: {error}. The posts before that are here.\n")?;
        }
        if !self.kept.is_empty() {
            text.write_all(b"\n## Kept as you have it\n\n")?;
            text.write_all(b"`afterword import --overwrite` replaces these with what the export has.\n\n")?;
            for post in &self.kept {
                writeln!(text, "- {post}")?;
            }
            let more = self.kept_count.saturating_sub(self.kept.len() as u64);
            if more > 0 {
                writeln!(text, "- and {more} more")?;
            }
        }
        if !posts.is_empty() {
            text.write_all(b"\n## Old and new addresses\n\n| old | number | new |\n|---|---|---|\n")?;
            for Placed { path, number, link, .. } in posts {
                let number = if *number == 0 { String::new() } else { number.to_string() };
                writeln!(text, "| {} | {number} | {path} |", link.replace('|', "%7C"))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.report)?;
        if let Some(error) = &self.stopped {
            writeln!(f, "\nNot all could be read: {error}. The posts before that are there.")?;
        }
        writeln!(f, "\nNew in the folder: {}. Brought up to date: {}.", self.added, self.changed)?;
        if self.kept_count > 0 {
            let count = self.kept_count;
            writeln!(f, "Changed by hand and kept: {count}; the report names them, --overwrite replaces them.")?;
        }
        if let Some(url) = &self.site_url {
            writeln!(f, "\nsite.json says that the blog is at {url}; change it there if it moves.")?;
        }
        write!(f, "\nWritten to {}. This report is in {REPORT_FILE} there.", self.out.display())
    }
}
