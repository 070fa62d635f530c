//! What belongs to the whole site and to no single post: lists, feeds, notes for robots and hosts, the owner's files.

use super::atom::PostFeed;
use super::folder::files_below;
use super::head::{Head, route_of};
use super::jobs::in_parallel;
use super::lists::{PostList, all_lists, index, index_file, page_file, posts_per_page, way_back};
use super::output::Output;
use super::record::Record;
use super::redirects::{self, Redirects};
use super::sitemap::{SitePage, robots, sitemaps};
use super::survey::Survey;
use super::{Build, ICON, OUR_ICON, hosts, json_ld, web_manifest};
use crate::content::{ContentError, SITE_FILE};
use afterword::page_state::Listing;
use afterword::prerender::{list_page, stand_in_page};
use afterword::route::{Index, List};
use afterword_adapters::static_json::{encode_index, rewrite_site};
use afterword_core::model::Post;
use afterword_core::time::Timestamp;
use std::collections::BTreeSet;

/// Folders beside `site.json` that are taken over with all that is in them. Others may be the owner's own affair.
const OWN_FOLDERS: [&str; 5] = ["css", "files", "fonts", "images", "media"];

impl Build<'_> {
    /// Writes all of it; gives the names of the files.
    pub(super) fn whole(
        &self,
        found: &Survey,
        posts: &Record,
        warnings: &mut Vec<String>,
    ) -> Result<Vec<String>, ContentError> {
        let mut out = Output::new(self.out.root(), self.compressed);
        let own = self.own_files(&mut out)?;
        self.assets(&mut out)?;
        let mut document = self.document.clone();
        rewrite_site(&mut document, self.site);
        out.text(SITE_FILE, &document.to_json_pretty())?;
        let mut pages: Vec<SitePage> = Vec::new();
        let mut files = self.lists(found, &mut pages)?;
        let of_posts = found.posts.iter().chain(&found.pages);
        pages.extend(of_posts.map(|post| (post.path().to_string(), changed(post))));
        let page =
            self.template.fill_stand_in(&Head::of_nothing(self.site), &stand_in_page(self.site, &self.site.base_path));
        out.text("404.html", &page)?;
        for (name, text) in sitemaps(self.site, &pages) {
            out.text(&name, &text)?;
        }
        if !own.contains("robots.txt") {
            out.text("robots.txt", &robots(self.site))?;
        }
        if !own.contains(web_manifest::FILE) {
            let text = web_manifest::encode(self.site, &self.theme.page, self.content.root());
            out.text(web_manifest::FILE, &text)?;
        }
        files.extend(out.into_files());
        files.extend(self.moved(found, posts, &files, warnings)?);
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// Home, tags, years: their pages, feeds and indexes. `pages` learns their addresses.
    fn lists(&self, found: &Survey, pages: &mut Vec<SitePage>) -> Result<Vec<String>, ContentError> {
        let lists = all_lists(self.site, &found.posts);
        let jobs: Vec<(&PostList<'_>, u32)> =
            lists.iter().flat_map(|list| (1..=list.pages()).map(move |page| (list, page))).collect();
        let mut files = Vec::new();
        for done in in_parallel(self.threads, "lists written", &jobs, |(list, page)| self.list(list, *page)) {
            files.extend(done?);
        }
        for (list, page) in jobs {
            pages.push((list.list.path(page), list.posts.iter().filter_map(|post| changed(post)).max()));
        }
        let mut out = Output::new(self.out.root(), self.compressed);
        for kind in [Index::Tags, Index::Years] {
            let listing = index(kind, &lists);
            if let Listing::Index(_, entries) = &listing {
                out.text(&index_file(kind), &encode_index(&listing.title(), entries))?;
            }
            let head = Head::of_index(self.site, kind, &listing);
            self.page(&mut out, kind.path(), &head, &listing)?;
            pages.push((kind.path().to_owned(), None));
        }
        files.extend(out.into_files());
        Ok(files)
    }

    /// One page of a list, and with the first page the list's feed.
    fn list(&self, list: &PostList<'_>, number: u32) -> Result<Vec<String>, ContentError> {
        let mut out = Output::new(self.out.root(), self.compressed);
        let page = list.page(number);
        out.text(&list.list.file(number), &list.feed(self.site, &page))?;
        let mut head = Head::of_list(self.site, &page);
        if number == 1 {
            match &list.list {
                List::Home => {
                    head = head.with_json_ld(json_ld::blog(self.site));
                    self.home_feed(list, &mut out)?;
                }
                List::Tag(_) => {
                    let title = format!("{}: {}", self.site.title, list.title);
                    let posts: Vec<&Post> = list.posts.iter().copied().take(posts_per_page(self.site)).collect();
                    self.atom(&mut out, list, &title, &posts)?;
                }
                // Nobody subscribes to a year.
                List::Year(_) => {}
            }
        }
        self.page(&mut out, &list.list.path(number), &head, &Listing::Posts(page))?;
        Ok(out.into_files())
    }

    /// The newest posts with their texts.
    fn home_feed(&self, list: &PostList<'_>, out: &mut Output<'_>) -> Result<(), ContentError> {
        let mut newest = list.posts.clone();
        newest.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.slug.cmp(&b.slug)));
        newest.truncate(posts_per_page(self.site));
        let mut posts = Vec::with_capacity(newest.len());
        for post in newest {
            let thread = post.thread.clone();
            posts.push(Post { thread, ..self.content.read_post(&post.path())?.value });
        }
        self.atom(out, list, &self.site.title, &posts.iter().collect::<Vec<_>>())
    }

    fn atom(
        &self,
        out: &mut Output<'_>,
        list: &PostList<'_>,
        title: &str,
        posts: &[&Post],
    ) -> Result<(), ContentError> {
        let path = format!("{}feed.atom", list.list.folder());
        let feed = PostFeed { site: self.site, title, path: &path, page: &list.list.path(1), posts };
        out.text(&path, &feed.encode())
    }

    fn page(&self, out: &mut Output<'_>, path: &str, head: &Head, listing: &Listing) -> Result<(), ContentError> {
        let base = way_back(path);
        let app = list_page(self.site, &route_of(listing), listing, &base);
        out.text(&page_file(path), &self.template.fill(head, &base, &app, None))
    }

    /// Old addresses: the app's table, the notes for hosts, and pages that lead on. `written` are the other files of the
    /// whole site.
    fn moved(
        &self,
        found: &Survey,
        posts: &Record,
        written: &[String],
        warnings: &mut Vec<String>,
    ) -> Result<Vec<String>, ContentError> {
        let mut out = Output::new(self.out.root(), self.compressed);
        let all = found.posts.iter().chain(&found.pages);
        let redirects = Redirects::collect(self.content.root(), all, warnings)?;
        out.text(redirects::FILE, &redirects.encode())?;
        let mut taken: BTreeSet<String> = posts.all_files().into_iter().map(str::to_owned).collect();
        taken.extend(written.iter().cloned());
        let is_page = |path: &str| taken.contains(&format!("{path}/index.html")) || taken.contains(path);
        let policy = self.template.policy();
        for (name, text) in hosts::files(&redirects, &self.site.base_path, policy, is_page) {
            let own = std::fs::read_to_string(self.content.root().join(name));
            let text = own.map_or_else(|_| text.clone(), |own| format!("{}\n{text}", own.trim_end()));
            out.file(name, text.as_bytes())?;
        }
        // Without this file GitHub Pages hides those that begin with an underscore.
        out.file(".nojekyll", b"")?;
        let before = self.before.all_files();
        for (name, text) in redirects.pages(self.site) {
            let strange = self.out.root().join(&name).exists() && !before.contains(name.as_str());
            if taken.contains(&name) || strange {
                continue;
            }
            // Where a file stands in the way of a folder, there can be no page.
            if let Err(error) = out.file(&name, text.as_bytes()) {
                warnings.push(format!("there is no page for the old address: {error}"));
            }
        }
        Ok(out.into_files())
    }

    /// Copies what lies beside `site.json`, such as the owner's icon. What the build writes itself is left out, and the
    /// report of an import, which is for the owner alone. Gives the names.
    fn own_files(&self, out: &mut Output<'_>) -> Result<BTreeSet<String>, ContentError> {
        let is_folder = |name: &str| self.content.root().join(name).is_dir();
        let is_ours = |name: &str| {
            matches!(name, SITE_FILE | redirects::FILE | "_redirects" | "_headers")
                || name.starts_with("feed")
                || name.starts_with("sitemap")
                || name.ends_with(".html")
                || name.ends_with(".md")
        };
        let is_wanted = |name: &str| if is_folder(name) { OWN_FOLDERS.contains(&name) } else { !is_ours(name) };
        let mut names: BTreeSet<String> = files_below(self.content.root(), is_wanted)?.into_iter().collect();
        names.extend(self.theme.own_sheets.iter().cloned());
        for name in &names {
            out.copy(&self.content.root().join(name), name)?;
        }
        if !names.contains(ICON) {
            out.text(ICON, &String::from_utf8_lossy(OUR_ICON))?;
        }
        Ok(names)
    }

    /// The app's files, which come with their compressed copies, and the owner's theme.
    fn assets(&self, out: &mut Output<'_>) -> Result<(), ContentError> {
        let from = self.bundle.join("assets");
        let is_copy = |name: &str| name.ends_with(".br") || name.ends_with(".gz");
        for name in files_below(&from, |name| self.compressed || !is_copy(name))? {
            let bytes = std::fs::read(from.join(&name))
                .map_err(|error| ContentError::file(&from.join(&name), crate::content::FileError::Io(error)))?;
            out.file(&format!("assets/{name}"), &bytes)?;
        }
        if let Some((name, css)) = &self.theme.sheet {
            out.text(name, css)?;
        }
        Ok(())
    }
}

/// When a page with this post last changed.
fn changed(post: &Post) -> Option<Timestamp> {
    [post.published, post.modified, post.thread.updated].into_iter().flatten().max()
}
