//! `afterword import`: an export becomes a content folder, and a report says what came over.

use crate::content::{ContentError, ContentFolder, write_file};
use afterword_core::ids::PostSlug;
use afterword_core::model::Site;
use afterword_import::report::Report;
use afterword_import::wxr::{Head, ImportError, Wxr};
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The account of the import, for people, beside the posts.
const REPORT_FILE: &str = "import-report.md";

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
}

/// Nothing was imported, or it could not be written.
#[derive(Debug)]
pub enum ImportFailure {
    /// The export cannot be used.
    Export(PathBuf, ImportError),
    /// The folder cannot be written.
    Content(ContentError),
}

impl From<ContentError> for ImportFailure {
    fn from(error: ContentError) -> Self {
        Self::Content(error)
    }
}

impl fmt::Display for ImportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Export(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Content(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImportFailure {}

/// Reads the export of a WordPress blog and writes it as a content folder: one post at a time, so that the size of the
/// export does not matter.
///
/// # Errors
/// When there is nothing to import, or the folder has a blog already and `overwrite` is not set, or something cannot be
/// written. An export that breaks off in the middle is no error here: [`ImportSummary::stopped`] tells.
pub fn import_wxr(file: &Path, out: &Path, overwrite: bool) -> Result<ImportSummary, ImportFailure> {
    let export_failed = |error| ImportFailure::Export(file.to_owned(), error);
    let input = File::open(file).map_err(|error| export_failed(ImportError::Io(error)))?;
    let mut wxr = Wxr::new(BufReader::new(input));
    let mut next = wxr.next();
    if let Some(Err(error)) = next {
        return Err(export_failed(error));
    }
    let folder = ContentFolder::create(out)?;
    let site = match (folder.is_blog(), overwrite) {
        (true, false) => return Err(ContentError::NotEmpty(out.to_owned()).into()),
        (true, true) if ContentFolder::open(out).is_ok() => folder.read_site()?.value,
        (true | false, _) => {
            let site = site(wxr.head());
            folder.write_site(&site)?;
            site
        }
    };
    let mut stopped = None;
    let mut moved = Vec::new();
    while let Some(post) = next {
        match post {
            Ok(imported) => {
                let slug = imported.post.slug.clone();
                folder.write_post(&site, imported.post, imported.comments)?;
                moved.push(Moved { slug, link: imported.link, number: imported.number });
            }
            Err(error) => stopped = Some(error),
        }
        next = wxr.next();
    }
    folder.write_feed(&site)?;
    let report = wxr.report().clone();
    let summary = ImportSummary { out: out.to_owned(), report, stopped, site_url: site.url };
    write_file(&out.join(REPORT_FILE), report_file(&summary, &moved).as_bytes())?;
    Ok(summary)
}

/// Where a post was and where it is.
struct Moved {
    slug: PostSlug,
    link: Option<String>,
    number: String,
}

fn site(head: Head) -> Site {
    let web = |link: &String| link.starts_with("http://") || link.starts_with("https://");
    let closed = |link: String| if link.ends_with('/') { link } else { format!("{link}/") };
    Site {
        title: head.title,
        description: head.description,
        url: head.link.filter(web).map(closed),
        base_path: "/".to_owned(),
        language: head.language,
        ..Site::default()
    }
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.report)?;
        if let Some(error) = &self.stopped {
            writeln!(f, "\nNot all could be read: {error}. The posts before that are there.")?;
        }
        if let Some(url) = &self.site_url {
            writeln!(f, "\nsite.json says that the blog is at {url}; change it there if it moves.")?;
        }
        write!(f, "\nWritten to {}. This report is in {REPORT_FILE} there.", self.out.display())
    }
}

fn report_file(summary: &ImportSummary, moved: &[Moved]) -> String {
    let mut text = format!("# What came over\n\n{}", summary.report);
    if let Some(error) = &summary.stopped {
        text.push_str(&format!("\nNot all could be read: {error}. The posts before that are here.\n"));
    }
    if !moved.is_empty() {
        text.push_str("\n## Old and new addresses\n\n| old | number | new |\n|---|---|---|\n");
        for Moved { slug, link, number } in moved {
            let link = link.as_deref().unwrap_or("").replace('|', "%7C");
            text.push_str(&format!("| {link} | {number} | posts/{slug}/ |\n"));
        }
    }
    text
}
