//! `afterword build`: content and bundle become a site that any static host can serve.
//!
//! The same input gives the same bytes. A post that cannot be read is told and left out; the others are built. Nothing
//! is removed from the target but what belongs to posts that are gone.

mod compress;
mod page;

use crate::content::{ContentError, ContentFolder, FileError, write_file};
use afterword::page_state::{ListPage, Listing};
use afterword::prerender::{ThreadPages, comments_page, list_page, post_page, stand_in_page};
use afterword::route::{List, Route};
use afterword_core::ids::{PostKind, PostPath};
use afterword_core::model::{Post, Site};
use afterword_core::thread::Thread;
use compress::{write_compressed, write_text};
use page::{Head, Template};
use std::fmt;
use std::path::{Path, PathBuf};

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
}

/// What came of it.
#[derive(Debug, Default)]
pub struct BuildSummary {
    /// How many posts were built.
    pub posts: usize,
    /// How many comments they have.
    pub comments: usize,
    /// What could not be read; the rest was built without it.
    pub left_out: Vec<ContentError>,
}

impl fmt::Display for BuildSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} posts and {} comments built", self.posts, self.comments)?;
        for error in &self.left_out {
            write!(f, "\nleft out: {error}")?;
        }
        Ok(())
    }
}

/// From a post's page to the root of the site.
const FROM_POST: &str = "../../";
/// From a further page of a thread to the root of the site.
const FROM_COMMENTS: &str = "../../../../";

/// The site's picture in tabs and bookmarks: the owner's, or one of ours.
const ICON: &str = "icon.svg";
const OUR_ICON: &[u8] = include_bytes!("icon.svg");

/// Builds a site.
///
/// # Errors
/// When the site's description or the bundle cannot be read, or something cannot be written.
pub fn build_site(options: &BuildOptions) -> Result<BuildSummary, ContentError> {
    let content = ContentFolder::open(&options.content)?;
    let mut site = content.read_site()?.value;
    if let Some(base) = &options.base {
        site.base_path.clone_from(base);
    }
    let template = Template::read(&options.bundle.join("page.html"), &site)?;
    let build = Build { out: ContentFolder::create(&options.out)?, content, site, template };
    build.copy_assets(&options.bundle.join("assets"))?;
    build.copy_root_files()?;
    build.remove_old_posts()?;

    let mut summary = BuildSummary::default();
    let (entries, errors) = build.content.index()?;
    summary.left_out = errors;
    for entry in &entries {
        match build.post(&entry.path, &mut summary.left_out) {
            Ok(comments) => {
                summary.posts += 1;
                summary.comments += comments;
            }
            Err(error) => summary.left_out.push(error),
        }
    }
    build.lists()?;
    Ok(summary)
}

struct Build {
    content: ContentFolder,
    out: ContentFolder,
    site: Site,
    template: Template,
}

impl Build {
    /// Writes everything of one post; gives how many comments it has.
    fn post(&self, path: &PostPath, left_out: &mut Vec<ContentError>) -> Result<usize, ContentError> {
        let post = self.content.read_post(path)?.value;
        let (comments, errors) = self.content.read_comments(&post);
        left_out.extend(errors);
        let folder = self.out.post_folder(path);
        self.copy_files_of(path)?;
        let post = self.out.write_post(&self.site, post, comments.value.clone())?;
        let thread = Thread::build(comments.value);
        let pages = ThreadPages::new(&thread, &self.site);

        let app = post_page(&self.site, &post, &pages, FROM_POST);
        let html = self.template.fill(&self.head(&post), FROM_POST, &app, Some(&post));
        write_text(&folder.join("index.html"), &html)?;
        for page in 1..pages.count() {
            let body = comments_page(&self.site, &post, &pages, page, FROM_COMMENTS);
            let html = self.template.fill_static(&self.head(&post), FROM_COMMENTS, &body);
            write_text(&folder.join(format!("comments/{}/index.html", page + 1)), &html)?;
        }
        for json in ["post.json", "comments.json"] {
            write_compressed(&folder.join(json))?;
        }
        for part in &post.thread.pages {
            write_compressed(&folder.join(&part.url))?;
        }
        Ok(thread.len())
    }

    /// Writes what lists the posts, and the page for addresses that lead nowhere.
    fn lists(&self) -> Result<(), ContentError> {
        self.out.write_site(&self.site)?;
        self.out.write_feed(&self.site)?;
        for json in ["site.json", "feed.json"] {
            write_compressed(&self.out.root().join(json))?;
        }
        let (feed, _) = self.out.read_feed();
        let home = ListPage { list: List::Home, title: String::new(), page: 1, pages: 1, posts: feed.value };
        let home = Listing::Posts(home);
        let head = Head { title: self.site.title.clone(), description: self.site.description.clone() };
        let html = self.template.fill(&head, "./", &list_page(&self.site, &Route::HOME, &home, "./"), None);
        write_text(&self.out.root().join("index.html"), &html)?;
        write_text(
            &self.out.root().join("404.html"),
            &self.template.fill_stand_in(&head, &stand_in_page(&self.site, &self.site.base_path)),
        )
    }

    fn head(&self, post: &Post) -> Head {
        Head { title: afterword::texts::page_title(&post.title, &self.site.title), description: post.summary.clone() }
    }

    /// Copies what lies beside a post, such as its pictures. Its own files are written anew; those of others in
    /// `post.json` are kept by copying it first.
    fn copy_files_of(&self, path: &PostPath) -> Result<(), ContentError> {
        let (from, to) = (self.content.post_folder(path), self.out.post_folder(path));
        for file in files_in(&from)? {
            let name = file.file_name().unwrap_or_default();
            if name != "comments.json" && name != "index.html" {
                copy(&file, &to.join(name))?;
            }
        }
        Ok(())
    }

    /// Copies what lies beside `site.json`, such as the owner's icon. What the build writes itself is left out, and the
    /// report of an import, which is for the owner alone.
    fn copy_root_files(&self) -> Result<(), ContentError> {
        for file in files_in(self.content.root())? {
            let name = file.file_name().unwrap_or_default();
            let text = name.to_string_lossy();
            let ours =
                text == "site.json" || text.starts_with("feed") || text.ends_with(".html") || text.ends_with(".md");
            if !ours && !text.starts_with('.') {
                copy(&file, &self.out.root().join(name))?;
            }
        }
        if !self.content.root().join(ICON).exists() {
            write_file(&self.out.root().join(ICON), OUR_ICON)?;
        }
        Ok(())
    }

    fn copy_assets(&self, from: &Path) -> Result<(), ContentError> {
        let to = self.out.root().join("assets");
        for file in files_in(from)? {
            copy(&file, &to.join(file.file_name().unwrap_or_default()))?;
        }
        Ok(())
    }

    /// Removes the folders of posts that are no longer in the content.
    fn remove_old_posts(&self) -> Result<(), ContentError> {
        for path in self.out.paths(PostKind::Post)? {
            if !self.content.post_folder(&path).is_dir() {
                let folder = self.out.post_folder(&path);
                std::fs::remove_dir_all(&folder).map_err(|error| ContentError::file(&folder, FileError::Io(error)))?;
            }
        }
        Ok(())
    }
}

/// The files directly in a folder, by name.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, ContentError> {
    let failed = |error| ContentError::file(folder, FileError::Io(error));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn copy(from: &Path, to: &Path) -> Result<(), ContentError> {
    let bytes = std::fs::read(from).map_err(|error| ContentError::file(from, FileError::Io(error)))?;
    write_file(to, &bytes)
}
