//! `post.json` and `feed.json`.

use super::address::split_origin;
use super::comments::decode_body;
use super::error::{DecodeError, failure, note_outcome};
use super::fields::{Fields, Notes, Place, next_object};
use crate::json::Value;
use crate::json::items::ItemReader;
use afterword_core::body::RawBody;
use afterword_core::ids::{PostKind, PostPath, PostSlug};
use afterword_core::model::{Decoded, PageRef, Post, PostLink, PostLinks, ThreadInfo, ThreadState, WarningKind};

/// One file of posts: `feed.json` or one of its further pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedPage {
    /// The posts in the order of the file.
    pub posts: Vec<Post>,
    /// The next file, as written; [`super::Pages`] says whether to go there.
    pub next_url: Option<String>,
    /// What the posts have in common, in a site that was built: the name of a tag, a year.
    pub title: Option<String>,
    /// Which page of the list this is, from 1.
    pub page: u32,
    /// How many pages the list has; `None` outside of a site that was built.
    pub pages: Option<u32>,
}

/// Reads `post.json`: a feed whose first item is the post. A post without a text is shown without one.
///
/// # Errors
/// When there is no post in it that can be read.
pub fn decode_post(bytes: &[u8], path: &PostPath) -> Result<Decoded<Post>, DecodeError> {
    let mut notes = Notes::default();
    let mut reader = ItemReader::new(bytes);
    let Some((object, place)) = next_object(&mut reader, &mut notes, &mut 0) else {
        return Err(failure(&reader.finish()).unwrap_or(DecodeError::NoItems));
    };
    let mut fields = Fields::new(object, place, &mut notes);
    let id = fields.name("id").or_else(|| fields.filled_text("url"));
    let post = decode_item(&mut fields, path.clone(), id);
    if post.body == RawBody::default() {
        fields.note("", WarningKind::BodyMissing);
    }
    Ok(Decoded { value: post, warnings: notes.into_warnings() })
}

/// Reads `feed.json` or one of its further pages. A post whose address does not tell its folder is left out.
///
/// # Errors
/// When nothing of the file can be shown.
pub fn decode_feed(bytes: &[u8]) -> Result<Decoded<FeedPage>, DecodeError> {
    let mut notes = Notes::default();
    let mut page = FeedPage::default();
    let mut reader = ItemReader::new(bytes);
    while let Some((object, place)) = next_object(&mut reader, &mut notes, &mut 0) {
        let mut fields = Fields::new(object, place, &mut notes);
        let (id, url) = (fields.name("id"), fields.filled_text("url"));
        let path = [&url, &id].into_iter().flatten().find_map(|address| path_of(address));
        match path {
            Some(path) => page.posts.push(decode_item(&mut fields, path, id.or(url))),
            None => fields.note("url", WarningKind::UrlRefused),
        }
    }
    let outcome = reader.finish();
    if page.posts.is_empty()
        && let Some(error) = failure(&outcome)
    {
        return Err(error);
    }
    note_outcome(&outcome, &mut notes);
    let mut head = Fields::new(outcome.head, Place::ROOT, &mut notes);
    page.next_url = head.filled_text("next_url");
    let mut list = head.object("_afterword");
    page.title = list.filled_text("title");
    page.page = list.count("page").unwrap_or(1).max(1);
    page.pages = list.count("pages").filter(|pages| *pages > 0);
    Ok(Decoded { value: page, warnings: notes.into_warnings() })
}

/// Where a post is, by its address: its slug is the last part, and under `pages/` it is a page. An id without a slash
/// is its own last part.
pub(super) fn path_of(address: &str) -> Option<PostPath> {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let last = parts.next().unwrap_or(path);
    let kind = if parts.next() == Some(PostKind::Page.folder()) { PostKind::Page } else { PostKind::Post };
    // The host of an address without a path is no slug.
    let bare_host = split_origin(path).is_some_and(|(_, path)| path.is_empty());
    if bare_host { None } else { PostSlug::checked(&percent_decoded(last)).map(|slug| PostPath { kind, slug }) }
}

/// `gr%C3%B6%C3%9Fe` as `größe`; what is no UTF-8 then stays as it was and is refused for its `%`.
pub(super) fn percent_decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |index: usize| after.get(index).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

fn decode_item(fields: &mut Fields<'_>, path: PostPath, id: Option<String>) -> Post {
    let mut ours = fields.object("_afterword");
    let sticky = ours.flag("sticky");
    let aliases = texts(&mut ours, "aliases");
    let related = ours.list("related").iter().filter_map(decode_link).collect();
    let mut link = |key| ours.value(key).as_ref().and_then(decode_link);
    let links = PostLinks { newer: link("newer"), older: link("older"), related };
    Post {
        id: id.unwrap_or_else(|| path.slug.as_str().to_owned()),
        kind: path.kind,
        slug: path.slug,
        title: fields.text("title").unwrap_or_default(),
        authors: fields.authors(),
        published: fields.date("date_published"),
        modified: fields.date("date_modified"),
        summary: fields.filled_text("summary"),
        language: fields.filled_text("language"),
        tags: texts(fields, "tags"),
        body: decode_body(fields).unwrap_or_default(),
        thread: decode_thread(&mut fields.object("_thread")),
        sticky,
        aliases,
        links,
    }
}

/// A list of texts; what is none is left out and told.
fn texts(fields: &mut Fields<'_>, key: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for text in fields.list(key) {
        match text {
            Value::String(text) => texts.push(text),
            _ => fields.note(key, WarningKind::WrongType),
        }
    }
    texts
}

fn decode_link(link: &Value) -> Option<PostLink> {
    let text = |key| link.get(key).and_then(Value::as_str);
    Some(PostLink { path: PostPath::parse(&percent_decoded(text("url")?))?, title: text("title")?.to_owned() })
}

fn decode_thread(thread: &mut Fields<'_>) -> ThreadInfo {
    let mut pages = Vec::new();
    for page in thread.list("pages") {
        match page.get("url").and_then(Value::as_str).filter(|url| !url.trim().is_empty()) {
            Some(url) => {
                let count = page.get("count").and_then(Value::as_i64).and_then(|count| u32::try_from(count).ok());
                pages.push(PageRef { url: url.to_owned(), count: count.unwrap_or(0) });
            }
            None => thread.note("pages", WarningKind::WrongType),
        }
    }
    let closed = thread.is_second("state", "open", "closed");
    ThreadInfo {
        comments_url: thread.filled_text("comments_url"),
        count: thread.count("count").unwrap_or(0),
        updated: thread.date("updated"),
        state: if closed { ThreadState::Closed } else { ThreadState::Open },
        pages,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slug_is_the_last_part_of_the_address() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(path_of(address).map(|path| path.to_string()).as_deref(), expected, "{address:?}");
        };
        check("https://blog.example/posts/squeaky-bench/", Some("posts/squeaky-bench/"));
        check("posts/squeaky-bench/index.html?x#y", Some("posts/squeaky-bench/"));
        check("https://blog.example/posts/gr%C3%B6%C3%9Fe/", Some("posts/größe/"));
        check("squeaky-bench", Some("posts/squeaky-bench/"));
        check("https://blog.example/sub/pages/about/", Some("pages/about/"));
        check("https://blog.example/", None);
        check("posts/..", None);
        check("posts/%2e%2e%2fsecret/", None);
        check("posts/a%ff/", None);
        check("", None);
    }
}
