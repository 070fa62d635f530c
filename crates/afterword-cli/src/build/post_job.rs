//! One post or page and everything that lies in its folder.

use super::Build;
use super::atom::encode_comments;
use super::folder::files_below;
use super::head::Head;
use super::json_ld;
use super::lists::way_back;
use super::output::Output;
use super::record::{Fingerprint, PostRecord};
use super::survey::excerpt;
use crate::content::{ContentError, NEWEST_COMMENTS, POST_FILE, encode_post_files, part_names, read_json};
use afterword::pages::article::has_thread;
use afterword::prerender::{ThreadPages, comments_page, post_page};
use afterword_core::body::{Attr, Event, Policy, Tag, sanitize};
use afterword_core::ids::PostPath;
use afterword_core::model::{Post, PostLinks, Site};
use afterword_core::thread::Thread;
use std::path::Path;

/// The kinds of picture that those who show links to pages can show.
const PREVIEW_PICTURES: [&str; 5] = [".png", ".jpg", ".jpeg", ".gif", ".webp"];

/// What is to be built, and where to read on from it.
pub(super) struct PostJob {
    pub(super) path: PostPath,
    pub(super) links: PostLinks,
}

/// What came of it.
pub(super) struct PostDone {
    pub(super) record: PostRecord,
    /// Whether it was built and not found unchanged.
    pub(super) built: bool,
    /// Files of comments that could not be read; the others are in the page.
    pub(super) errors: Vec<ContentError>,
}

impl PostJob {
    /// Builds it, unless everything that it depends on is as it was.
    pub(super) fn run(&self, build: &Build<'_>) -> Result<PostDone, ContentError> {
        let folder = build.content.post_folder(&self.path);
        let beside = files_beside(&folder)?;
        if let Some(before) = build.before.posts.get(&self.path.to_string())
            && !before.key.is_empty()
            && self.key(build, &folder, &before.inputs, &beside) == before.key
            && before.files.iter().all(|file| build.out.root().join(file).is_file())
        {
            return Ok(PostDone { record: before.clone(), built: false, errors: Vec::new() });
        }
        let mut out = Output::new(build.out.root(), build.compressed);
        let (post, inputs, errors) = self.write(build, &folder, &mut out)?;
        for name in &beside {
            out.copy(&folder.join(name), &format!("{}{name}", self.path))?;
        }
        // With a file missing there is nothing to go by: next time it is built again, and the error told again.
        let key = if errors.is_empty() { self.key(build, &folder, &inputs, &beside) } else { String::new() };
        let (count, updated) = (post.thread.count, post.thread.updated);
        let mut files = out.into_files();
        files.sort();
        files.dedup();
        let record = PostRecord { key, inputs, count, updated, files };
        Ok(PostDone { record, built: true, errors })
    }

    /// Everything that the post's files depend on, as one short text.
    fn key(&self, build: &Build<'_>, folder: &Path, inputs: &[String], beside: &[String]) -> String {
        let mut key = Fingerprint::new();
        key.add(build.key.as_bytes());
        key.add(format!("{:?}", self.links).as_bytes());
        key.add_file(&folder.join(POST_FILE));
        for name in inputs {
            key.add(name.as_bytes()).add_file(&build.content.root().join(name));
        }
        for name in beside {
            key.add(name.as_bytes()).add_file(&folder.join(name));
        }
        key.finish()
    }

    /// Writes pages and data; gives the post, and the files that its comments came from.
    fn write(
        &self,
        build: &Build<'_>,
        folder: &Path,
        out: &mut Output<'_>,
    ) -> Result<(Post, Vec<String>, Vec<ContentError>), ContentError> {
        let site = build.site;
        let mut post = build.content.read_post(&self.path)?.value;
        post.links = self.links.clone();
        let read = build.content.read_thread(&post, site.url.as_deref(), true);
        let inputs = read.files.iter().filter_map(|file| name_below(file, build.content.root())).collect();
        let before = read_json(&folder.join(POST_FILE))?;
        let written = encode_post_files(site, post, read.comments, &read.sources, before);
        self.keep_parts(build, out)?;
        for (name, text) in &written.files {
            out.text(&format!("{}{name}", self.path), text)?;
        }
        let post = written.post;
        if has_thread(&post) {
            let newest = written.comments.iter().rev().take(NEWEST_COMMENTS);
            out.text(&format!("{}comments.atom", self.path), &encode_comments(site, &post, newest))?;
        }
        self.write_pages(build, &post, &Thread::build(written.comments), out)?;
        Ok((post, inputs, read.errors))
    }

    fn write_pages(
        &self,
        build: &Build<'_>,
        post: &Post,
        thread: &Thread,
        out: &mut Output<'_>,
    ) -> Result<(), ContentError> {
        let site = build.site;
        let path = self.path.to_string();
        let summary = post.summary.clone().or_else(|| excerpt(&post.body, site));
        let image = first_picture(site, post);
        let facts = json_ld::posting(site, post, thread, summary.as_deref(), image.as_deref());
        let head = Head::of_post(site, post, summary.as_deref(), image);
        let pages = ThreadPages::new(thread, site, post.thread.state);
        let base = way_back(&path);
        let app = post_page(site, post, &pages, &base);
        let further = head.clone();
        let html = build.template.fill(&head.with_json_ld(facts), &base, &app, Some(post));
        out.text(&format!("{path}index.html"), &html)?;
        for page in 1..pages.count() {
            let path = format!("{path}comments/{}/", page + 1);
            let base = way_back(&path);
            let body = comments_page(site, post, &pages, page, &base);
            out.text(
                &format!("{path}index.html"),
                &build.template.fill_static(&further.of_comments(page), &base, &body),
            )?;
        }
        Ok(())
    }

    /// The parts of the version before stay for readers who have it open.
    fn keep_parts(&self, build: &Build<'_>, out: &mut Output<'_>) -> Result<(), ContentError> {
        // What is damaged there is written anew, whatever it was.
        let Ok(Some(before)) = read_json(&build.out.post_file(&self.path)) else { return Ok(()) };
        for name in part_names(&before).into_iter().filter(|name| crate::content::is_part_name(name)) {
            for ending in ["", ".br", ".gz"] {
                let name = format!("{}comments/{name}{ending}", self.path);
                if out.path(&name).is_file() {
                    out.keep(name);
                }
            }
        }
        Ok(())
    }
}

/// What lies beside a post, such as its pictures: names below its folder. Its own files are written anew.
fn files_beside(folder: &Path) -> Result<Vec<String>, ContentError> {
    let is_ours =
        |name: &str| matches!(name, POST_FILE | "comments.json" | "comments.atom" | "index.html" | "comments");
    files_below(folder, |name| !is_ours(name) && !name.starts_with('.'))
}

fn name_below(file: &Path, root: &Path) -> Option<String> {
    let parts = file.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str());
    parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}

/// The address of a post's first picture, if it is of a kind that can be shown beside a link.
fn first_picture(site: &Site, post: &Post) -> Option<String> {
    let addresses = super::address::Addresses::of(site);
    let body = sanitize(&post.body, &Policy::post().with_image_hosts(&site.image_hosts));
    let pictures = body.events().filter_map(|event| match event {
        Event::Open(element) if element.tag == Tag::Img => element.attr(Attr::Src),
        Event::Open(_) | Event::Text(_) | Event::Close(_) => None,
    });
    let path = post.path().to_string();
    let fits = |address: &String| {
        let file = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        address.starts_with("http") && PREVIEW_PICTURES.iter().any(|ending| file.ends_with(ending))
    };
    pictures.map(|src| addresses.resolved(&path, src)).find(fits)
}
