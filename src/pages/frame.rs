//! The head and the foot that every page has.

use super::Pen;
use crate::render::write::ElementWriter;
use crate::route::{Index, Route};
use crate::texts::{Key, text};

impl<W: ElementWriter> Pen<'_, W> {
    /// The blog's name, its line, and the owner's links. The link to the page itself is marked.
    pub fn site_head(&mut self, here: &Route) {
        let site = self.site;
        self.open("div", "site-name");
        let home = self.href("");
        self.link("site-title", &home, &site.title);
        if let Some(description) = &site.description {
            self.words("p", "site-description", description);
        }
        self.close("div");
        if site.navigation.is_empty() {
            return;
        }
        self.open("nav", "site-nav");
        self.out.attr("aria-label", text(Key::Navigation));
        self.open("ul", "");
        for link in &site.navigation {
            self.open("li", "");
            self.open("a", "");
            let href =
                if is_elsewhere(&link.url) { link.url.clone() } else { self.href(link.url.trim_start_matches('/')) };
            self.out.attr("href", &href);
            if *here != Route::Unknown && !is_elsewhere(&link.url) && Route::from_path(&link.url) == *here {
                self.out.attr("aria-current", "page");
            }
            self.out.text(&link.title);
            self.close("a");
            self.close("li");
        }
        self.close("ul");
        self.close("nav");
    }

    /// The owner's line, and the ways to everything: years, tags, feeds.
    pub fn site_foot(&mut self) {
        if let Some(line) = &self.site.footer {
            self.words("p", "site-line", line);
        }
        self.open("ul", "site-links");
        for (path, key) in
            [(Index::Years.path(), Key::Archive), (Index::Tags.path(), Key::Tags), ("feed.atom", Key::FeedAtom)]
        {
            let href = self.href(path);
            self.open("li", "");
            self.link("", &href, text(key));
            self.close("li");
        }
        self.close("ul");
    }
}

fn is_elsewhere(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}
