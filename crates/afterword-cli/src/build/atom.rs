//! Feeds in Atom (RFC 4287) with its thread extension (RFC 4685).

use super::address::Addresses;
use super::head::ATOM;
use super::survey::clipped;
use super::xml::Xml;
use afterword::texts::{Key, text};
use afterword_core::body::url::check_author_link;
use afterword_core::body::{Attr, Body, Event, Policy, Tag, sanitize};
use afterword_core::ids::CommentId;
use afterword_core::model::{Author, Comment, CommentState, Post, Site};
use afterword_core::time::Timestamp;
use afterword_core::words::tag_slug;

/// The date of what has none: RFC 4287 wants one. 1970-01-01.
const NO_DATE: i64 = 0;

/// How many characters of a comment stand for its title, which Atom wants and comments have not.
const TITLE_CHARS: usize = 60;

/// A feed of posts: of the whole blog, or of a tag.
pub(super) struct PostFeed<'a> {
    pub(super) site: &'a Site,
    pub(super) title: &'a str,
    /// The path of the feed, below the site's base.
    pub(super) path: &'a str,
    /// The path of the page that shows the same.
    pub(super) page: &'a str,
    /// The posts, newest first. Those with a text are given with it, others with their summary alone.
    pub(super) posts: &'a [&'a Post],
}

impl PostFeed<'_> {
    /// The feed as text.
    pub(super) fn encode(&self) -> String {
        let addresses = Addresses::of(self.site);
        let mut xml = Xml::new();
        let updated = self.posts.iter().filter_map(|post| updated_of(post)).max();
        open_feed(&mut xml, self.site, self.site.language.as_deref(), self.title, updated, (self.path, self.page));
        for post in self.posts {
            self.entry(&mut xml, addresses, post);
        }
        xml.close("feed");
        xml.finish()
    }

    fn entry(&self, xml: &mut Xml, addresses: Addresses<'_>, post: &Post) {
        let path = post.path().to_string();
        let address = addresses.page(&path);
        let language = post.language.as_deref().map(|language| [("xml:lang", language)]);
        xml.open("entry", language.as_ref().map_or(&[], |language| language));
        xml.text("id", &[], &addresses.post_id(post));
        let title = if post.title.trim().is_empty() { text(Key::Untitled) } else { &post.title };
        xml.text("title", &[], title);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &address)]);
        xml.text("updated", &[], &date(updated_of(post)));
        if post.published.is_some() {
            xml.text("published", &[], &date(post.published));
        }
        for author in post.authors.iter().filter(|author| !author.name.trim().is_empty()) {
            write_author(xml, author);
        }
        for tag in &post.tags {
            xml.empty("category", &[("term", &tag_slug(tag)), ("label", tag)]);
        }
        let (feed, count) = (addresses.page(&format!("{path}comments.atom")), post.thread.count.to_string());
        let updated = post.thread.updated.map(Timestamp::to_rfc3339);
        let mut replies = vec![("rel", "replies"), ("type", ATOM), ("href", &feed), ("thr:count", &count)];
        replies.extend(updated.as_deref().map(|updated| ("thr:updated", updated)));
        xml.empty("link", &replies);
        xml.text("thr:total", &[], &count);
        if let Some(summary) = &post.summary {
            xml.text("summary", &[], summary);
        }
        let policy = Policy::post().with_image_hosts(&self.site.image_hosts);
        let body = sanitize(&post.body, &policy);
        if !body.is_empty() {
            write_content(xml, &body, addresses, &path);
        }
        xml.close("entry");
    }
}

/// The feed of a conversation: `comments` newest first. Deleted ones are not in it.
pub(super) fn encode_comments<'a>(site: &Site, post: &Post, comments: impl Iterator<Item = &'a Comment>) -> String {
    let addresses = Addresses::of(site);
    let path = post.path().to_string();
    let mut xml = Xml::new();
    let title = format!("{}: {}", site.title, if post.title.is_empty() { text(Key::Untitled) } else { &post.title });
    let language = post.language.as_deref().or(site.language.as_deref());
    let updated = post.thread.updated.or(post.published);
    open_feed(&mut xml, site, language, &title, updated, (&format!("{path}comments.atom"), &path));
    let policy = Policy::comment().with_image_hosts(&site.image_hosts);
    let id_of = |id: &CommentId| format!("{}#{}", addresses.id(&path), id.element_id());
    let address_of = |id: &CommentId| format!("{}#{}", addresses.page(&path), id.element_id());
    for comment in comments.filter(|comment| comment.state == CommentState::Published) {
        let body = sanitize(&comment.body, &policy);
        xml.open("entry", &[]);
        xml.text("id", &[], &id_of(&comment.id));
        let name = comment.author.name.trim();
        let name = if name.is_empty() { text(Key::AuthorUnknown) } else { name };
        let words = clipped(&body.text(), TITLE_CHARS);
        xml.text("title", &[], &if words.is_empty() { name.to_owned() } else { format!("{name}: {words}") });
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &address_of(&comment.id))]);
        xml.text("updated", &[], &date(comment.edited.or(comment.published)));
        if comment.published.is_some() {
            xml.text("published", &[], &date(comment.published));
        }
        write_author(&mut xml, &Author { name: name.to_owned(), url: comment.author.url.clone() });
        let (answered, shown_at) = match &comment.parent {
            Some(parent) => (id_of(parent), address_of(parent)),
            None => (addresses.post_id(post), addresses.page(&path)),
        };
        xml.empty("thr:in-reply-to", &[("ref", &answered), ("type", "text/html"), ("href", &shown_at)]);
        write_content(&mut xml, &body, addresses, &path);
        xml.close("entry");
    }
    xml.close("feed");
    xml.finish()
}

/// The head of a feed; `paths` are those of the feed itself and of the page that shows the same.
fn open_feed(
    xml: &mut Xml,
    site: &Site,
    language: Option<&str>,
    title: &str,
    updated: Option<Timestamp>,
    (path, page): (&str, &str),
) {
    let addresses = Addresses::of(site);
    let spaces = [("xmlns", "http://www.w3.org/2005/Atom"), ("xmlns:thr", "http://purl.org/syndication/thread/1.0")];
    let mut attributes = spaces.to_vec();
    attributes.extend(language.map(|language| ("xml:lang", language)));
    // Without a known address, links start where the feed lies: this leads from there to the root of the site.
    let base = "../".repeat(path.matches('/').count());
    if !addresses.is_known() {
        attributes.push(("xml:base", if base.is_empty() { "./" } else { &base }));
    }
    xml.open("feed", &attributes);
    xml.text("id", &[], &addresses.id(path));
    xml.text("title", &[], if title.trim().is_empty() { text(Key::Untitled) } else { title });
    if let Some(description) = site.description.as_ref().filter(|_| page.is_empty()) {
        xml.text("subtitle", &[], description);
    }
    xml.text("updated", &[], &date(updated));
    xml.empty("link", &[("rel", "self"), ("type", ATOM), ("href", &addresses.page(path))]);
    let page = addresses.page(page);
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", if page.is_empty() { "./" } else { &page })],
    );
    // Who wrote what does not say who wrote it.
    match site.author.as_ref().filter(|author| !author.name.trim().is_empty()) {
        Some(author) => write_author(xml, author),
        None if site.title.trim().is_empty() => {
            write_author(xml, &Author { name: text(Key::AuthorUnknown).to_owned(), url: None });
        }
        None => write_author(xml, &Author { name: site.title.clone(), url: None }),
    }
    xml.text("generator", &[], "Afterword");
}

fn write_author(xml: &mut Xml, author: &Author) {
    xml.open("author", &[]);
    xml.text("name", &[], &author.name);
    if let Some(url) = author.url.as_deref().and_then(check_author_link) {
        xml.text("uri", &[], url.as_str());
    }
    xml.close("author");
}

/// A text as escaped HTML. Links lead where they lead on the page at `path`; without a known address they start there.
fn write_content(xml: &mut Xml, body: &Body, addresses: Addresses<'_>, path: &str) {
    let mut attributes = vec![("type", "html")];
    let base = addresses.page(path);
    if !addresses.is_known() {
        attributes.push(("xml:base", &base));
    }
    xml.text("content", &attributes, &absolute_html(body, |link| addresses.resolved(path, link)));
}

/// The tree as HTML like [`Body::to_html`], its addresses passed through `resolve`. What belongs to the page and not to
/// the text (places for links of the page's own, hints for loading) stays away.
fn absolute_html(body: &Body, resolve: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut after_pre = false;
    for event in body.events() {
        match event {
            Event::Open(element) => {
                out.push('<');
                out.push_str(element.tag.name());
                for (attr, value) in &element.attrs {
                    let value = match attr {
                        Attr::Href | Attr::Src | Attr::Poster => resolve(value),
                        Attr::Loading => continue,
                        _ => value.clone(),
                    };
                    out.push(' ');
                    out.push_str(attr.name());
                    out.push_str("=\"");
                    afterword::render::markup::push_text(&mut out, &value);
                    out.push('"');
                }
                out.push('>');
            }
            Event::Text(text) => {
                // Parsers swallow the first line break of a `pre`.
                if after_pre && text.starts_with('\n') {
                    out.push('\n');
                }
                afterword::render::markup::push_text(&mut out, text);
            }
            Event::Close(tag) => {
                if !tag.is_void() {
                    out.push_str("</");
                    out.push_str(tag.name());
                    out.push('>');
                }
            }
        }
        after_pre = matches!(event, Event::Open(element) if element.tag == Tag::Pre);
    }
    out
}

fn updated_of(post: &Post) -> Option<Timestamp> {
    post.modified.or(post.published)
}

fn date(date: Option<Timestamp>) -> String {
    date.or_else(|| Timestamp::from_millis(NO_DATE)).map(Timestamp::to_rfc3339).unwrap_or_default()
}
