//! Lists of posts, and lists of such lists.

use super::Pen;
use crate::page_state::{ListPage, Listing};
use crate::render::row::absolute_date;
use crate::render::write::ElementWriter;
use crate::route::{Index, List};
use crate::texts::{Key, comment_count, counted, filled, text, with_number};
use afterword_core::model::{IndexEntry, Post};
use afterword_core::time::Timestamp;
use afterword_core::words::{direction, tag_slug};

impl<W: ElementWriter> Pen<'_, W> {
    /// A whole list page.
    pub fn listing(&mut self, listing: &Listing) {
        match listing {
            Listing::Posts(page) => self.posts(page),
            Listing::Index(index, entries) => self.index(*index, entries),
        }
    }

    fn posts(&mut self, page: &ListPage) {
        self.open("header", "listing-head");
        match &page.list {
            List::Home => {
                let site = self.site;
                self.words("h1", "for-ears", &site.title);
            }
            List::Tag(_) | List::Year(_) => self.words("h1", "", &page.title),
        }
        if page.page > 1 {
            self.words("p", "listing-note", &place_of(page));
        }
        self.close("header");
        if page.posts.is_empty() {
            self.words("p", "empty", text(Key::NoPosts));
        }
        let compact = matches!(page.list, List::Year(_));
        self.open("ol", if compact { "post-list is-compact" } else { "post-list" });
        for post in &page.posts {
            self.open("li", "");
            self.item(post, compact, page.list == List::Home && page.page == 1);
            self.close("li");
        }
        self.close("ol");
        self.pager(page);
    }

    fn item(&mut self, post: &Post, compact: bool, may_stick: bool) {
        let address = self.href(&post.path().to_string());
        let sticky = post.sticky && may_stick;
        self.open("article", if sticky { "post-item is-sticky" } else { "post-item" });
        if let Some(language) = &post.language {
            self.out.attr("lang", language);
            self.out.attr("dir", direction(language).name());
        }
        self.open("h2", "");
        self.link("", &address, title_of(post));
        self.close("h2");
        self.open("p", "post-meta");
        if sticky {
            self.words("span", "post-sticky", text(Key::Sticky));
        }
        self.day(post.published);
        if post.thread.count > 0 || !compact {
            self.link("post-count", &format!("{address}#comments"), &comment_count(post.thread.count));
        }
        self.close("p");
        if !compact {
            if let Some(summary) = &post.summary {
                self.words("p", "post-summary", summary);
            }
            self.tags(&post.tags);
        }
        self.close("article");
    }

    fn pager(&mut self, page: &ListPage) {
        if page.pages < 2 {
            return;
        }
        self.open("nav", "pager");
        self.out.attr("aria-label", text(Key::Pager));
        let mut link = |class, rel, to: u32, key| {
            let href = self.href(&page.list.path(to));
            self.open("a", class);
            self.out.attr("href", &href);
            self.out.attr("rel", rel);
            self.out.text(text(key));
            self.close("a");
        };
        if page.page > 1 {
            link("pager-newer", "prev", page.page - 1, Key::NewerPosts);
        }
        if page.page < page.pages {
            link("pager-older", "next", page.page + 1, Key::OlderPosts);
        }
        self.words("span", "pager-at", &place_of(page));
        self.close("nav");
    }

    fn index(&mut self, index: Index, entries: &[IndexEntry]) {
        self.open("header", "listing-head");
        self.words(
            "h1",
            "",
            text(match index {
                Index::Tags => Key::Tags,
                Index::Years => Key::Archive,
            }),
        );
        self.close("header");
        if entries.is_empty() {
            self.words("p", "empty", text(Key::NoPosts));
        }
        self.open("ul", "index-list");
        for entry in entries {
            let href = self.href(&index.list(&entry.name).path(1));
            self.open("li", "");
            self.link("", &href, &entry.title);
            self.words("span", "index-count", &counted(Key::PostsOne, Key::PostsMany, entry.count));
            self.close("li");
        }
        self.close("ul");
    }

    /// A date without a time of day. The app writes it in the reader's way.
    pub(super) fn day(&mut self, date: Option<Timestamp>) {
        if let Some(date) = date {
            self.open("time", "day");
            self.out.attr("datetime", &date.to_rfc3339());
            self.out.text(&absolute_date(date));
            self.close("time");
        }
    }

    /// Links to the lists of these tags.
    pub(super) fn tags(&mut self, tags: &[String]) {
        if tags.is_empty() {
            return;
        }
        self.open("ul", "tags");
        self.out.attr("aria-label", text(Key::Tags));
        for tag in tags {
            let href = self.href(&List::Tag(tag_slug(tag)).path(1));
            self.open("li", "");
            self.link("tag", &href, tag);
            self.close("li");
        }
        self.close("ul");
    }
}

/// The title of a post, or what stands for one.
pub(super) fn title_of(post: &Post) -> &str {
    if post.title.trim().is_empty() { text(Key::Untitled) } else { &post.title }
}

fn place_of(page: &ListPage) -> String {
    filled(&with_number(Key::PageOf, page.page), "to", &page.pages.to_string())
}
