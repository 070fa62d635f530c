//! `post.json` and `feed.json`.

use super::address::split_origin;
use super::comments::decode_body;
use super::error::{DecodeError, failure, note_outcome};
use super::fields::{Fields, Notes, Place, next_object};
use crate::json::Value;
use crate::json::items::ItemReader;
use afterword_core::body::RawBody;
use afterword_core::ids::PostSlug;
use afterword_core::model::{Decoded, PageRef, Post, ThreadInfo, ThreadState, WarningKind};

/// One file of posts: `feed.json` or one of its further pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedPage {
    /// The posts in the order of the file.
    pub posts: Vec<Post>,
    /// The next file, as written; [`super::Pages`] says whether to go there.
    pub next_url: Option<String>,
}

/// Reads `post.json`: a feed whose first item is the post. A post without a text is shown without one.
///
/// # Errors
/// When there is no post in it that can be read.
pub fn decode_post(bytes: &[u8], slug: &PostSlug) -> Result<Decoded<Post>, DecodeError> {
    let mut notes = Notes::default();
    let mut reader = ItemReader::new(bytes);
    let Some((object, place)) = next_object(&mut reader, &mut notes, &mut 0) else {
        return Err(failure(&reader.finish()).unwrap_or(DecodeError::NoItems));
    };
    let mut fields = Fields::new(object, place, &mut notes);
    let id = fields.name("id").or_else(|| fields.filled_text("url"));
    let post = decode_item(&mut fields, slug.clone(), id);
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
        let slug = [&url, &id].into_iter().flatten().find_map(|address| slug_of(address));
        match slug {
            Some(slug) => page.posts.push(decode_item(&mut fields, slug, id.or(url))),
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
    page.next_url = Fields::new(outcome.head, Place::ROOT, &mut notes).filled_text("next_url");
    Ok(Decoded { value: page, warnings: notes.into_warnings() })
}

/// The name of the post's folder: the last part of its address, under `posts/` if that is in it. An id without a
/// slash is its own last part.
fn slug_of(address: &str) -> Option<PostSlug> {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path);
    // The host of an address without a path is no slug.
    let bare_host = split_origin(path).is_some_and(|(_, path)| path.is_empty());
    if bare_host { None } else { PostSlug::checked(&percent_decoded(last)) }
}

/// `gr%C3%B6%C3%9Fe` as `größe`; what is no UTF-8 then stays as it was and is refused for its `%`.
fn percent_decoded(part: &str) -> String {
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

fn decode_item(fields: &mut Fields<'_>, slug: PostSlug, id: Option<String>) -> Post {
    Post {
        id: id.unwrap_or_else(|| slug.as_str().to_owned()),
        slug,
        title: fields.text("title").unwrap_or_default(),
        authors: fields.authors(),
        published: fields.date("date_published"),
        modified: fields.date("date_modified"),
        summary: fields.filled_text("summary"),
        language: fields.filled_text("language"),
        tags: decode_tags(fields),
        body: decode_body(fields).unwrap_or_default(),
        thread: decode_thread(&mut fields.object("_thread")),
    }
}

fn decode_tags(fields: &mut Fields<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in fields.list("tags") {
        match tag {
            Value::String(tag) => tags.push(tag),
            _ => fields.note("tags", WarningKind::WrongType),
        }
    }
    tags
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
            assert_eq!(slug_of(address).as_ref().map(PostSlug::as_str), expected, "{address:?}");
        };
        check("https://blog.example/posts/squeaky-bench/", Some("squeaky-bench"));
        check("posts/squeaky-bench/index.html?x#y", Some("squeaky-bench"));
        check("https://blog.example/posts/gr%C3%B6%C3%9Fe/", Some("größe"));
        check("squeaky-bench", Some("squeaky-bench"));
        check("https://blog.example/", None);
        check("posts/..", None);
        check("posts/%2e%2e%2fsecret/", None);
        check("posts/a%ff/", None);
        check("", None);
    }
}
