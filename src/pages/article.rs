//! A post: head, table of contents, text, who wrote it, and where to read on.

use super::Pen;
use super::listing::title_of;
use crate::render::write::ElementWriter;
use crate::texts::{Key, comment_count, counted, text, with_name};
use afterword_core::body::{Body, Heading, Policy, outline, sanitize};
use afterword_core::model::{Post, PostKind, PostLink};
use afterword_core::words::{direction, reading_minutes};

/// A shorter text is seen at a glance, in minutes.
const CONTENTS_MINUTES_MIN: u32 = 4;
/// Fewer headings are no list.
const CONTENTS_HEADINGS_MIN: usize = 3;

/// The id of the element with a post's text.
pub const POST_BODY: &str = "post-body";

/// Whether a post's page has a conversation: posts always, pages such as "About" where there is one.
pub fn has_thread(post: &Post) -> bool {
    post.kind == PostKind::Post || post.thread.count > 0
}

impl<W: ElementWriter> Pen<'_, W> {
    /// A whole post, without its conversation.
    pub fn article(&mut self, post: &Post) {
        let mut body = sanitize(&post.body, &Policy::post().with_image_hosts(&self.site.image_hosts));
        let headings = outline(&mut body);
        let minutes = reading_minutes(&body);
        if has_thread(post) {
            self.link("skip-link", "#comments", text(Key::SkipToComments));
        }
        self.open("article", "post");
        if let Some(language) = &post.language {
            self.out.attr("lang", language);
            self.out.attr("dir", direction(language).name());
        }
        self.post_head(post, minutes);
        if minutes >= CONTENTS_MINUTES_MIN && headings.len() >= CONTENTS_HEADINGS_MIN {
            self.contents(&headings);
        }
        self.post_body(&body);
        self.post_foot(post);
        self.close("article");
    }

    fn post_head(&mut self, post: &Post, minutes: u32) {
        self.open("header", "post-head");
        self.words("h1", "", title_of(post));
        if post.kind == PostKind::Post {
            self.open("p", "post-meta");
            let authors = post.authors.iter().map(|author| author.name.trim()).filter(|name| !name.is_empty());
            let authors = authors.collect::<Vec<_>>().join(", ");
            if !authors.is_empty() {
                self.words("span", "post-author", &with_name(Key::By, &authors));
            }
            self.day(post.published);
            if minutes > 0 {
                self.words("span", "reading", &counted(Key::MinutesOne, Key::MinutesMany, minutes));
            }
            self.link("post-count", "#comments", &comment_count(post.thread.count));
            self.close("p");
        }
        self.close("header");
    }

    fn contents(&mut self, headings: &[Heading]) {
        self.open("nav", "contents");
        self.out.attr("aria-labelledby", "contents-title");
        self.open("h2", "contents-title");
        self.out.attr("id", "contents-title");
        self.out.text(text(Key::Contents));
        self.close("h2");
        self.open("ol", "");
        for heading in headings {
            self.open("li", if heading.level == 2 { "level-2" } else { "level-3" });
            self.link("", &format!("#{}", heading.id), &heading.text);
            self.close("li");
        }
        self.close("ol");
        self.close("nav");
    }

    fn post_body(&mut self, body: &Body) {
        self.open("div", "post-body text");
        self.out.attr("id", POST_BODY);
        self.out.body(body);
        self.close("div");
    }

    fn post_foot(&mut self, post: &Post) {
        self.open("footer", "post-foot");
        self.tags(&post.tags);
        if post.kind == PostKind::Post {
            self.author_box(post);
        }
        let around = [
            (&post.links.older, "post-link is-older", Key::Older),
            (&post.links.newer, "post-link is-newer", Key::Newer),
        ];
        if around.iter().any(|(link, ..)| link.is_some()) {
            self.open("nav", "post-links");
            self.out.attr("aria-label", text(Key::ReadOn));
            for (link, class, key) in around {
                if let Some(link) = link {
                    self.post_link(link, class, key);
                }
            }
            self.close("nav");
        }
        if !post.links.related.is_empty() {
            self.related(&post.links.related);
        }
        self.close("footer");
    }

    /// Some words about the blog's own author, below what they wrote.
    fn author_box(&mut self, post: &Post) {
        let site = self.site;
        let Some(author) = site.author.as_ref().filter(|author| !author.name.trim().is_empty()) else { return };
        let wrote_it = post.authors.is_empty() || post.authors.iter().any(|one| one.name == author.name);
        if !wrote_it || site.author_about.is_none() && site.author_picture.is_none() {
            return;
        }
        self.open("aside", "author-box");
        self.out.attr("aria-label", text(Key::AboutAuthor));
        if let Some(picture) = site.author_picture.as_deref().filter(|picture| is_own_file(picture)) {
            let src = self.href(picture);
            self.open("img", "author-picture");
            for (name, value) in
                [("src", src.as_str()), ("alt", ""), ("width", "64"), ("height", "64"), ("loading", "lazy")]
            {
                self.out.attr(name, value);
            }
            self.close("img");
        }
        self.open("div", "");
        self.words("p", "author-name", &author.name);
        if let Some(about) = &site.author_about {
            self.words("p", "author-about", about);
        }
        self.close("div");
        self.close("aside");
    }

    fn post_link(&mut self, link: &PostLink, class: &str, key: Key) {
        let href = self.href(&link.path.to_string());
        self.open("a", class);
        self.out.attr("href", &href);
        self.words("span", "post-link-label", text(key));
        self.words("span", "post-link-title", &link.title);
        self.close("a");
    }

    fn related(&mut self, related: &[PostLink]) {
        self.open("section", "related");
        self.out.attr("aria-labelledby", "related-title");
        self.open("h2", "");
        self.out.attr("id", "related-title");
        self.out.text(text(Key::Related));
        self.close("h2");
        self.open("ul", "");
        for link in related {
            let href = self.href(&link.path.to_string());
            self.open("li", "");
            self.link("", &href, &link.title);
            self.close("li");
        }
        self.close("ul");
        self.close("section");
    }

    /// Where a conversation can be followed with a feed reader.
    pub fn thread_feeds(&mut self, post: &Post) {
        let folder = post.path().to_string();
        self.open("p", "thread-feeds");
        self.words("span", "", text(Key::Follow));
        for (file, key) in [("comments.atom", Key::FeedAtom), ("comments.json", Key::FeedJson)] {
            let href = self.href(&format!("{folder}{file}"));
            self.link("", &href, text(key));
        }
        self.close("p");
    }
}

/// Whether a picture is one of the site's own files: no scheme and no host.
fn is_own_file(picture: &str) -> bool {
    !picture.contains(':') && !picture.starts_with('/') && !picture.contains('\\')
}
