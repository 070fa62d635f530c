//! `afterword import`: an export becomes a content folder, and a report says what came over.
//!
//! Running it again brings the folder up to date: what is new is added, what has changed is replaced as long as the files
//! are as the last import left them, and what its owner has changed stays. An import that was killed is run again and
//! ends as if nothing had happened: each file is written wholly or not at all, and `ledger` knows which are ours.

mod fetch;
mod ledger;
mod progress;
mod redirects;
mod summary;

pub use fetch::MEDIA_BYTES_MAX;
pub use summary::{ImportSummary, KeptPost};

use crate::content::{ContentError, ContentFolder, FileError, Merged, SITE_FILE, Standing};
use afterword_core::ids::PostKind;
use afterword_core::model::{NavLink, Site};
use afterword_import::report::{OddKind, Place};
use afterword_import::wxr::{Before, ImportError, ImportedPost, Survey, Wxr};
use fetch::Fetcher;
use ledger::{Entry, Ledger};
use progress::Progress;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Most pages that a new blog's head links to: what fits beside its name.
const NAVIGATION_PAGES_MAX: usize = 6;

/// What is imported, and how.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The export.
    pub file: PathBuf,
    /// The content folder.
    pub out: PathBuf,
    /// Whether posts that were changed or removed by hand are written anew, and whether a blog that no import has made
    /// is added to.
    pub overwrite: bool,
    /// Whether pictures and other files of the old blog are fetched.
    pub media: bool,
    /// How long to wait before a file is asked for again.
    pub retry_pause: Duration,
}

impl ImportOptions {
    /// An import of this export into this folder, without `--media` and `--overwrite`.
    pub fn new(file: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        let retry_pause = Duration::from_secs(2);
        Self { file: file.into(), out: out.into(), overwrite: false, media: false, retry_pause }
    }
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
/// When there is nothing to import, or the folder has a blog that no import has made and `overwrite` is not set, or
/// something cannot be written. An export that breaks off in the middle is no error here: [`ImportSummary::stopped`]
/// tells.
pub fn import_wxr(options: &ImportOptions) -> Result<ImportSummary, ImportFailure> {
    let ImportOptions { file, out, .. } = options;
    let export_failed = |error| ImportFailure::Export(file.clone(), error);
    let open = || File::open(file).map_err(|error| export_failed(ImportError::Io(error)));
    let input = open()?;
    let total = input.metadata().map(|meta| meta.len()).unwrap_or(0);
    let progress = Progress::on_terminal(total);
    let there = ContentFolder::open(out).ok();
    let ledger = Ledger::read(out)?;
    let before = before(there.as_ref(), &ledger, options.overwrite)?;
    let survey = Survey::read(progress.watch(BufReader::new(input), "Reading"), &before).map_err(export_failed);
    let survey = survey.inspect_err(|_| progress.finish())?;
    drop(before);

    let folder = ContentFolder::create(out)?;
    if folder.is_blog() && !ledger.is_known && !options.overwrite {
        return Err(ContentError::NotEmpty(out.clone()).into());
    }
    let run = Run::begin(options, folder, ledger, &survey, progress.clone())?;
    let done = run.all(progress.watch(BufReader::new(open()?), "Writing"));
    progress.finish();
    Ok(done?)
}

/// The places that are taken, and those that earlier imports gave.
fn before(there: Option<&ContentFolder>, ledger: &Ledger, overwrite: bool) -> Result<Before, ContentError> {
    let placed = ledger.posts().iter().map(|(path, entry)| (entry.identity, path.clone())).collect();
    let mut taken = Vec::new();
    if let Some(folder) = there.filter(|_| !overwrite) {
        for kind in [PostKind::Post, PostKind::Page] {
            taken.extend(folder.paths(kind)?.into_iter().filter(|path| !ledger.has(path)));
        }
    }
    Ok(Before { taken, placed })
}

/// An import that is under way.
struct Run<'a> {
    options: &'a ImportOptions,
    folder: ContentFolder,
    ledger: Ledger,
    survey: &'a Survey,
    site: Site,
    progress: Progress,
    fetcher: Option<Fetcher>,
    summary: ImportSummary,
}

impl<'a> Run<'a> {
    fn begin(
        options: &'a ImportOptions,
        folder: ContentFolder,
        mut ledger: Ledger,
        survey: &'a Survey,
        progress: Progress,
    ) -> Result<Self, ContentError> {
        // The ledger comes first: whatever is written after it is known to be ours.
        ledger.begin(&folder)?;
        if !folder.root().join(SITE_FILE).exists() {
            folder.write_site(&new_site(survey))?;
        }
        let site = folder.read_site()?.value;
        let summary = ImportSummary::new(options.out.clone(), site.url.clone());
        let fetcher = options.media.then(|| Fetcher::new(options.retry_pause, progress.clone()));
        Ok(Self { options, folder, ledger, survey, site, progress, fetcher, summary })
    }

    fn all(mut self, input: impl BufRead) -> Result<ImportSummary, ContentError> {
        let mut wxr = Wxr::new(input, self.survey);
        while let Some(post) = wxr.next() {
            match post {
                Ok(imported) => self.post(imported, &mut wxr)?,
                Err(error) => self.summary.stopped = Some(error),
            }
        }
        self.summary.report = wxr.report().clone();
        drop(wxr);
        let Self { folder, ledger, survey, site, summary, .. } = self;
        folder.write_feed(&site)?;
        redirects::add_redirects(folder.root(), survey.redirects())?;
        stream_file(&folder.root().join(summary::REPORT_FILE), |out| summary.write_report(survey.posts(), out))?;
        ledger.finish()?;
        Ok(summary)
    }

    fn post<R: BufRead>(&mut self, mut imported: ImportedPost, wxr: &mut Wxr<'_, R>) -> Result<(), ContentError> {
        let path = imported.post.path();
        let home = self.folder.post_folder(&path);
        let last = self.ledger.last(&path).filter(|_| !self.options.overwrite);
        let standing = self.folder.standing(&path, last)?;
        match standing {
            // From here to the end of it the post counts as ours, whatever state it is in.
            Standing::New | Standing::Ours(_) => self.ledger.begin_post(&path)?,
            Standing::Changed(..) | Standing::Removed => {}
        }
        if standing != Standing::Removed {
            self.fetch(&imported, &home, wxr)?;
        }
        // Files that an earlier import fetched are used without --media, too.
        let used = imported.use_files(self.survey, |name| home.join(name).is_file());
        let report = wxr.report_mut();
        report.pictures = report.pictures.saturating_sub(used);
        let ImportedPost { post, comments, identity, .. } = imported;
        let (merged, last) = self.folder.merge_post(&self.site, post, comments, (standing, last))?;
        match merged {
            Merged::Added => self.summary.added += 1,
            Merged::Updated(true) => self.summary.changed += 1,
            Merged::Updated(false) => {}
            Merged::Kept(kept) => self.summary.keep(KeptPost::Changed(path.clone(), kept)),
            Merged::Removed => self.summary.keep(KeptPost::Removed(path.clone())),
        }
        self.progress.count_post();
        self.ledger.end_post(path, Entry { identity, last })
    }

    /// Fetches the files of a post, if that was asked for, and notes those that cannot be had.
    fn fetch<R: BufRead>(
        &mut self,
        imported: &ImportedPost,
        home: &Path,
        wxr: &mut Wxr<'_, R>,
    ) -> Result<(), ContentError> {
        let Some(fetcher) = &mut self.fetcher else { return Ok(()) };
        for file in &imported.media {
            if let Err(failure) = fetcher.fetch(&file.url, &home.join(&file.name))? {
                let place = || Place::Post(imported.post.title.clone());
                let detail = format!("{} ({failure})", file.url);
                wxr.report_mut().note(imported.line, place, OddKind::FileMissing, &detail);
            }
        }
        Ok(())
    }
}

/// Writes a file of some megabytes without holding it in memory: beside its place first, then moved there.
fn stream_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), ContentError> {
    let failed = |error| ContentError::file(path, FileError::Io(error));
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{}.{}.tmp", name.trim_start_matches('.'), std::process::id()));
    let mut out = BufWriter::new(File::create(&beside).map_err(failed)?);
    write(&mut out).and_then(|()| out.flush()).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}

/// What `site.json` says about a blog that was not there before.
fn new_site(survey: &Survey) -> Site {
    let head = survey.head();
    let web = |link: &&String| link.starts_with("http://") || link.starts_with("https://");
    let closed = |link: &String| if link.ends_with('/') { link.clone() } else { format!("{link}/") };
    let pages = survey.top_pages().iter().take(NAVIGATION_PAGES_MAX);
    let mut navigation: Vec<NavLink> =
        pages.map(|(title, path)| NavLink { title: title.clone(), url: path.to_string() }).collect();
    if !navigation.is_empty() {
        navigation.insert(0, NavLink { title: "Archive".to_owned(), url: "archive/".to_owned() });
    }
    Site {
        title: head.title.clone(),
        description: head.description.clone(),
        url: head.link.as_ref().filter(web).map(closed),
        base_path: "/".to_owned(),
        language: head.language.clone(),
        navigation,
        ..Site::default()
    }
}
