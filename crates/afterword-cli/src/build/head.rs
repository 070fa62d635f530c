//! What the head of a page says: to search engines, to whoever shows a link to it, to feed readers.

use super::survey::clipped;
use super::theme::Colours;
use afterword::page_state::{ListPage, Listing};
use afterword::render::markup::push_text;
use afterword::route::{Index, List, Route};
use afterword::texts::{Key, filled, page_title, page_title_or_site, with_number};
use afterword_adapters::json::Value;
use afterword_adapters::static_json::encode_path_text;
use afterword_core::model::{Post, PostKind, Site};
use afterword_core::time::Timestamp;

/// How many characters of a description search engines show.
const DESCRIPTION_CHARS: usize = 160;

/// The media type of Atom.
pub(super) const ATOM: &str = "application/atom+xml";
/// The media type of JSON Feed.
const JSON_FEED: &str = "application/feed+json";

/// What one page says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// The title of the window.
    title: String,
    /// What it is called without the name of the blog.
    name: String,
    description: Option<String>,
    /// Its path below the site's base, not escaped; `None` for a page that has no address of its own.
    path: Option<String>,
    /// The language of its content, where it is not the site's.
    language: Option<String>,
    /// A picture that stands for it: an absolute address.
    image: Option<String>,
    article: Option<Article>,
    /// Feeds besides the blog's own: media type, title, path below the base.
    feeds: Vec<(&'static str, String, String)>,
    /// Facts for machines.
    json_ld: Option<Value>,
}

#[derive(Clone, Debug)]
struct Article {
    published: Option<Timestamp>,
    modified: Option<Timestamp>,
    tags: Vec<String>,
}

impl Head {
    /// Of a post's or page's own page. `summary` is the post's, or the start of its text.
    pub(super) fn of_post(site: &Site, post: &Post, summary: Option<&str>, image: Option<String>) -> Self {
        let path = post.path().to_string();
        let title = page_title(&post.title, &site.title);
        let feed =
            |media_type, file: &str| (media_type, format!("{}: {}", site.title, post.title), format!("{path}{file}"));
        let has_thread = afterword::pages::article::has_thread(post);
        let feeds = has_thread.then(|| vec![feed(ATOM, "comments.atom"), feed(JSON_FEED, "comments.json")]);
        let article = Article { published: post.published, modified: post.modified, tags: post.tags.clone() };
        Self {
            name: if post.title.trim().is_empty() { title.clone() } else { post.title.clone() },
            title,
            description: summary.map(|summary| clipped(summary, DESCRIPTION_CHARS)).filter(|text| !text.is_empty()),
            language: post.language.clone(),
            image,
            article: (post.kind == PostKind::Post).then_some(article),
            feeds: feeds.unwrap_or_default(),
            path: Some(path),
            ..Self::default()
        }
    }

    /// Of a further page of a post's conversation, from 1.
    pub(super) fn of_comments(&self, page: usize) -> Self {
        let path = self.path.as_ref().map(|path| format!("{path}comments/{}/", page + 1));
        let numbered = |text: &str| format!("{text} ({})", page + 1);
        Self {
            title: numbered(&self.title),
            name: numbered(&self.name),
            path,
            image: None,
            article: None,
            json_ld: None,
            ..self.clone()
        }
    }

    /// Of a page of a list.
    pub(super) fn of_list(site: &Site, page: &ListPage) -> Self {
        let mut title = page_title_or_site(&page.title, &site.title);
        let mut name = if page.title.is_empty() { site.title.clone() } else { page.title.clone() };
        if page.page > 1 {
            let place = filled(&with_number(Key::PageOf, page.page), "to", &page.pages.to_string());
            title = page_title(&place, &title);
            name = page_title(&name, &place);
        }
        let titles = page.posts.iter().map(|post| post.title.trim()).filter(|title| !title.is_empty());
        let titles = titles.collect::<Vec<_>>().join(" · ");
        let own = site.description.clone().filter(|_| page.list == List::Home && page.page == 1);
        let has_feed = matches!(page.list, List::Tag(_));
        let feed = |media_type, file: &str| (media_type, title.clone(), format!("{}{file}", page.list.folder()));
        let feeds = if has_feed { vec![feed(ATOM, "feed.atom"), feed(JSON_FEED, "feed.json")] } else { Vec::new() };
        Self {
            description: Some(clipped(&own.unwrap_or(titles), DESCRIPTION_CHARS)).filter(|text| !text.is_empty()),
            path: Some(page.list.path(page.page)),
            feeds,
            title,
            name,
            ..Self::default()
        }
    }

    /// Of a list of lists.
    pub(super) fn of_index(site: &Site, index: Index, listing: &Listing) -> Self {
        let name = listing.title();
        let description = match listing {
            Listing::Index(_, entries) => {
                entries.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>().join(" · ")
            }
            Listing::Posts(_) => String::new(),
        };
        Self {
            title: page_title(&name, &site.title),
            description: Some(clipped(&format!("{name}: {description}"), DESCRIPTION_CHARS)),
            path: Some(index.path().to_owned()),
            name,
            ..Self::default()
        }
    }

    /// Of the page for addresses that lead nowhere.
    pub(super) fn of_nothing(site: &Site) -> Self {
        Self { title: site.title.clone(), name: site.title.clone(), ..Self::default() }
    }

    /// With facts for machines.
    pub(super) fn with_json_ld(self, json_ld: Value) -> Self {
        Self { json_ld: Some(json_ld), ..self }
    }
}

/// What the heads of all pages have in common.
pub(super) struct Frame {
    /// The policy under which the page runs.
    pub(super) policy: String,
    /// Files beside the site's icon: `rel`, the other attributes, and the name.
    pub(super) icons: Vec<(&'static str, String)>,
    /// The colours of the page, for the browser's own frame around it.
    pub(super) colours: Colours,
}

/// A head as markup, for the slot of the template. `base` leads to the site's root.
pub(super) fn write_head(site: &Site, frame: &Frame, head: &Head, base: &str) -> String {
    let mut out = Tags { out: String::new() };
    out.out.push_str("<title>");
    push_text(&mut out.out, &head.title);
    out.out.push_str("</title>");
    out.meta("http-equiv", "Content-Security-Policy", &frame.policy);
    out.meta("name", "afterword-base", base);
    let below = |path: &str| format!("{base}{}", encode_path_text(path));
    let absolute = |path: &str| site.url.as_ref().map(|home| format!("{home}{}", encode_path_text(path)));
    if let Some(description) = &head.description {
        out.meta("name", "description", description);
    }
    match &head.path {
        Some(path) => {
            if let Some(address) = absolute(path) {
                out.link(&[("rel", "canonical"), ("href", &address)]);
            }
            preview(&mut out, site, head, absolute(path).as_deref());
        }
        None => out.meta("name", "robots", "noindex"),
    }
    // There is no link to the page that comes next: Firefox takes one for a wish to fetch it, which the policy refuses.
    let own = [(ATOM, "feed.atom"), (JSON_FEED, "feed.json")];
    let own = own.map(|(media_type, file)| (media_type, site.title.clone(), file.to_owned()));
    for (media_type, title, path) in own.iter().chain(&head.feeds) {
        out.link(&[("rel", "alternate"), ("type", media_type), ("title", title), ("href", &below(path))]);
    }
    out.link(&[("rel", "icon"), ("type", "image/svg+xml"), ("href", &below(super::ICON))]);
    for (rel, file) in &frame.icons {
        out.link(&[("rel", rel), ("href", &below(file))]);
    }
    out.link(&[("rel", "manifest"), ("href", &below(super::web_manifest::FILE))]);
    let Colours { light, dark } = &frame.colours;
    for (scheme, colour) in [("light", light), ("dark", dark)] {
        let media = format!("(prefers-color-scheme: {scheme})");
        out.tag("meta", &[("name", "theme-color"), ("media", &media), ("content", colour)]);
    }
    if let Some(json_ld) = &head.json_ld {
        out.out.push_str("\n    <script type=\"application/ld+json\">");
        // No text in it can end the element or begin a comment.
        out.out.push_str(&json_ld.to_json().replace('<', "\\u003c"));
        out.out.push_str("</script>");
    }
    out.out
}

/// What others show where somebody links to the page: OpenGraph (ogp.me), which Twitter's cards fall back to.
fn preview(out: &mut Tags, site: &Site, head: &Head, address: Option<&str>) {
    let mut property = |name: &str, content: &str| {
        if !content.is_empty() {
            out.meta("property", name, content);
        }
    };
    property("og:title", &head.name);
    property("og:type", if head.article.is_some() { "article" } else { "website" });
    property("og:site_name", &site.title);
    property("og:description", head.description.as_deref().unwrap_or_default());
    property("og:url", address.unwrap_or_default());
    property("og:image", head.image.as_deref().unwrap_or_default());
    let language = head.language.as_deref().or(site.language.as_deref());
    property("og:locale", &language.and_then(locale).unwrap_or_default());
    if let Some(Article { published, modified, tags }) = &head.article {
        let date = |date: &Option<Timestamp>| date.map(Timestamp::to_rfc3339).unwrap_or_default();
        property("article:published_time", &date(published));
        property("article:modified_time", &date(modified));
        for tag in tags {
            property("article:tag", tag);
        }
    }
    out.meta("name", "twitter:card", if head.image.is_some() { "summary_large_image" } else { "summary" });
}

/// A language as OpenGraph has it, `pt_BR`; `None` where the tag does not name a country.
fn locale(language: &str) -> Option<String> {
    let mut parts = language.split(['-', '_']);
    let first = parts.next().filter(|part| (2..=3).contains(&part.len()))?;
    let country = parts.find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    Some(format!("{}_{}", first.to_ascii_lowercase(), country.to_ascii_uppercase()))
}

/// Elements without content, one to a line.
struct Tags {
    out: String,
}

impl Tags {
    fn meta(&mut self, kind: &str, name: &str, content: &str) {
        self.tag("meta", &[(kind, name), ("content", content)]);
    }

    fn link(&mut self, attributes: &[(&str, &str)]) {
        self.tag("link", attributes);
    }

    fn tag(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.out.push_str("\n    <");
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            push_text(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
    }
}

/// The route of a list's page, for the mark at the link that leads to it.
pub(super) fn route_of(listing: &Listing) -> Route {
    match listing {
        Listing::Posts(page) => Route::List(page.list.clone(), page.page),
        Listing::Index(index, _) => Route::Index(*index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_become_locales() {
        for (language, expected) in
            [("pt-BR", Some("pt_BR")), ("zh-Hant-tw", Some("zh_TW")), ("en", None), ("x-y", None), ("", None)]
        {
            assert_eq!(locale(language).as_deref(), expected, "{language:?}");
        }
    }
}
