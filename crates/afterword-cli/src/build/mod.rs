//! `afterword build`: content and bundle become a site that any static host can serve.
//!
//! The same input gives the same bytes, on one thread or many, in an empty folder or over an older build; parts of
//! conversations that an older build wrote stay for a while. A post that cannot be read is told and left out; the others
//! are built. Nothing is removed from the target but what an earlier build wrote.
//!
//! Two passes: the first reads every post without keeping its text, and finds out which lists there are and where to
//! read on from each post; the second builds the posts. Then come the lists, which tell how much was said where.

mod address;
mod atom;
mod colour;
mod compress;
mod folder;
mod head;
mod hosts;
mod jobs;
mod json_ld;
mod lists;
mod neighbours;
mod output;
mod page;
mod post_job;
mod record;
mod redirects;
mod sitemap;
mod survey;
mod theme;
mod web_manifest;
mod whole;
mod xml;

use crate::content::{ContentError, ContentFolder, SITE_FILE, read_json, write_file};
use afterword_adapters::json::Value;
use afterword_adapters::static_json::encode_site;
use afterword_core::model::Site;
use head::Frame;
use page::{Template, policy};
use post_job::{PostDone, PostJob};
use record::{Fingerprint, RECORD_FILE, Record};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use survey::{Survey, survey};
use theme::Theme;

/// What is built from what.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The content folder.
    pub content: PathBuf,
    /// The bundle: the app's files and the page that holds them.
    pub bundle: PathBuf,
    /// The folder that is written.
    pub out: PathBuf,
    /// The path under which the site is hosted, instead of what `site.json` says.
    pub base: Option<String>,
    /// Whether compressed copies are written beside the files, for hosts that send them.
    pub compressed: bool,
    /// How many threads work on it; `None` for one on each processor.
    pub threads: Option<usize>,
}

impl BuildOptions {
    /// From a content folder and a bundle into a folder, with all that is customary.
    pub fn new(content: impl Into<PathBuf>, bundle: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        Self {
            content: content.into(),
            bundle: bundle.into(),
            out: out.into(),
            base: None,
            compressed: true,
            threads: None,
        }
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct BuildSummary {
    /// How many posts and pages the site has.
    pub posts: usize,
    /// How many of them were built; the others were as the build before had left them.
    pub built: usize,
    /// How many comments they have.
    pub comments: usize,
    /// What is odd, in words for the owner.
    pub warnings: Vec<String>,
    /// What could not be read; the rest was built without it.
    pub left_out: Vec<ContentError>,
}

impl fmt::Display for BuildSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} posts and {} comments", self.posts, self.comments)?;
        match self.posts - self.built {
            0 => write!(f, " built")?,
            unchanged => write!(f, "; {} built, {unchanged} had not changed", self.built)?,
        }
        for warning in &self.warnings {
            write!(f, "\nwarning: {warning}")?;
        }
        for error in &self.left_out {
            write!(f, "\nleft out: {error}")?;
        }
        Ok(())
    }
}

/// The site's picture in tabs and bookmarks: the owner's, or one of ours.
const ICON: &str = "icon.svg";
const OUR_ICON: &[u8] = include_bytes!("icon.svg");

/// Pictures of the owner that the head names if they are there, and their `rel`.
const OWN_ICONS: [(&str, &str); 3] =
    [("icon", "icon.png"), ("icon", "favicon.ico"), ("apple-touch-icon", "apple-touch-icon.png")];

/// Builds a site.
///
/// # Errors
/// When the site's description or the bundle cannot be read, or something cannot be written.
pub fn build_site(options: &BuildOptions) -> Result<BuildSummary, ContentError> {
    let content = ContentFolder::open(&options.content)?;
    let mut site = content.read_site()?.value;
    if let Some(base) = &options.base {
        site.base_path = match base.trim().trim_matches('/') {
            "" => "/".to_owned(),
            inner => format!("/{inner}/"),
        };
    }
    let document = read_json(&content.root().join(SITE_FILE))?.unwrap_or_default();
    let theme = Theme::read(&document, content.root());
    let icons = OWN_ICONS.into_iter().filter(|(_, file)| content.root().join(file).is_file());
    let frame = Frame {
        policy: policy(&site),
        icons: icons.map(|(rel, file)| (rel, file.to_owned())).collect(),
        colours: theme.page.clone(),
    };
    let template = Template::read(&options.bundle.join("page.html"), &site, frame, theme.style_sheets())?;
    let out = ContentFolder::create(&options.out)?;
    let mut key = Fingerprint::new();
    key.add(program().as_bytes()).add(template.fingerprint().as_bytes()).add(encode_site(&site).as_bytes());
    key.add(&[u8::from(options.compressed)]);
    let build = Build {
        before: Record::read(out.root()),
        key: key.finish(),
        content: &content,
        out: &out,
        site: &site,
        template,
        theme,
        document,
        bundle: &options.bundle,
        compressed: options.compressed,
        threads: options.threads.unwrap_or_else(jobs::thread_count),
    };
    build.run()
}

/// Everything that is known before the first post is read.
struct Build<'a> {
    content: &'a ContentFolder,
    out: &'a ContentFolder,
    site: &'a Site,
    /// `site.json` as it stands there.
    document: Value,
    template: Template,
    theme: Theme,
    bundle: &'a Path,
    compressed: bool,
    threads: usize,
    /// What the build before wrote.
    before: Record,
    /// Everything but the post itself that the files of every post depend on, as one short text.
    key: String,
}

impl Build<'_> {
    fn run(self) -> Result<BuildSummary, ContentError> {
        let mut found = survey(self.content, self.site, self.threads)?;
        let mut now = Record::default();
        // A build that is broken off leaves files of both versions: then nothing counts as unchanged.
        write_file(&self.out.root().join(RECORD_FILE), self.before.without_keys().encode().as_bytes())?;
        let mut summary = self.posts(&mut found, &mut now);
        summary.warnings.extend(self.theme.warnings.iter().cloned());
        now.files = self.whole(&found, &now, &mut summary.warnings)?;
        self.before.remove_stale(&now, self.out.root())?;
        write_file(&self.out.root().join(RECORD_FILE), now.encode().as_bytes())?;
        Ok(summary)
    }

    /// Builds all posts and pages. Those that cannot be built are taken out of what was found; the others learn how much
    /// was said there.
    fn posts(&self, found: &mut Survey, now: &mut Record) -> BuildSummary {
        let mut summary = BuildSummary { left_out: std::mem::take(&mut found.errors), ..BuildSummary::default() };
        let links = neighbours::links(&found.posts);
        let posts = found.posts.iter().zip(links).map(|(post, links)| PostJob { path: post.path(), links });
        let pages = found.pages.iter().map(|page| PostJob { path: page.path(), links: Default::default() });
        let all: Vec<PostJob> = posts.chain(pages).collect();
        let done = jobs::in_parallel(self.threads, "posts built", &all, |job| job.run(self));
        for (job, done) in all.iter().zip(done) {
            match done {
                Ok(PostDone { record, built, errors }) => {
                    summary.posts += 1;
                    summary.built += usize::from(built);
                    summary.comments += record.count as usize;
                    summary.left_out.extend(errors);
                    now.posts.insert(job.path.to_string(), record);
                }
                Err(error) => summary.left_out.push(error),
            }
        }
        for list in [&mut found.posts, &mut found.pages] {
            list.retain_mut(|post| {
                let record = now.posts.get(&post.path().to_string());
                if let Some(record) = record {
                    post.thread.count = record.count;
                    post.thread.updated = record.updated;
                }
                record.is_some()
            });
        }
        summary
    }
}

/// Which program this is: another one may write other pages from the same posts. Length and checksum of its file tell it
/// from the one that was compiled before; where it cannot be read, its version has to do.
fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let Ok(bytes) = std::env::current_exe().and_then(std::fs::read) else {
            return env!("CARGO_PKG_VERSION").to_owned();
        };
        let mut sum = flate2::Crc::new();
        sum.update(&bytes);
        format!("{} {}", bytes.len(), sum.sum())
    })
}

#[cfg(test)]
mod tests {
    use afterword_core::body::RawBody;
    use afterword_core::ids::{PostKind, PostSlug};
    use afterword_core::model::{Post, PostLinks, ThreadInfo};

    /// A post without a date, for tests of lists and links.
    pub(super) fn post(slug: &str, tags: &[&str]) -> Post {
        Post {
            kind: PostKind::Post,
            slug: PostSlug::new(slug),
            id: slug.to_owned(),
            title: slug.to_owned(),
            authors: Vec::new(),
            published: None,
            modified: None,
            summary: None,
            language: None,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            body: RawBody::default(),
            thread: ThreadInfo::default(),
            sticky: false,
            aliases: Vec::new(),
            links: PostLinks::default(),
        }
    }
}
