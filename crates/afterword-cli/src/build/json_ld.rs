//! Facts for search engines, in the words of schema.org: the post as a `BlogPosting` with its `Comment`s.

use super::address::Addresses;
use super::survey::clipped;
use afterword_adapters::json::Value;
use afterword_core::body::url::check_author_link;
use afterword_core::body::{Policy, sanitize_up_to};
use afterword_core::model::{Author, Comment, CommentState, Post, PostKind, Site};
use afterword_core::thread::Thread;
use afterword_core::time::Timestamp;

/// Most comments that are told. The page has the others, and this would have them twice.
pub(super) const COMMENTS_MAX: usize = 50;

/// Deepest nesting of comments. Deeper answers stand beside each other there: readers of JSON have limits of their own.
pub(super) const NESTING_MAX: u32 = 20;

/// How many characters of a comment are told, for the same reason.
const COMMENT_CHARS: usize = 300;

/// So much of a comment is looked at for them, in bytes of its source.
const COMMENT_SOURCE_BYTES: usize = 4 * 1024;

/// Facts about the blog.
pub(super) fn blog(site: &Site) -> Value {
    let mut value = thing("Blog");
    value.set("name", Value::from(site.title.as_str()));
    set(&mut value, "description", site.description.as_deref());
    set(&mut value, "url", site.url.as_deref());
    set(&mut value, "inLanguage", site.language.as_deref());
    if let Some(author) = site.author.as_ref().and_then(person) {
        value.set("author", author);
    }
    value
}

/// Facts about a post and its conversation. `summary` is the post's, or the start of its text.
pub(super) fn posting(site: &Site, post: &Post, thread: &Thread, summary: Option<&str>, image: Option<&str>) -> Value {
    let addresses = Addresses::of(site);
    let path = post.path().to_string();
    let mut value = thing(match post.kind {
        PostKind::Post => "BlogPosting",
        PostKind::Page => "WebPage",
    });
    set(&mut value, "headline", Some(&post.title));
    set(&mut value, "description", summary);
    set(&mut value, "image", image);
    set_date(&mut value, "datePublished", post.published);
    set_date(&mut value, "dateModified", post.modified);
    set(&mut value, "inLanguage", post.language.as_deref().or(site.language.as_deref()));
    let authors: Vec<Value> =
        post.authors.iter().chain(site.author.iter().filter(|_| post.authors.is_empty())).filter_map(person).collect();
    if !authors.is_empty() {
        value.set("author", Value::Array(authors));
    }
    if !post.tags.is_empty() {
        value.set("keywords", Value::Array(post.tags.iter().map(|tag| Value::from(tag.as_str())).collect()));
    }
    if addresses.is_known() {
        let address = addresses.page(&path);
        value.set("url", Value::from(address.as_str()));
        value.set("mainEntityOfPage", Value::from(address));
    }
    value.set("commentCount", Value::from(u32::try_from(thread.len()).unwrap_or(u32::MAX)));
    let comments = comments(site, thread, &path);
    if !comments.is_empty() {
        value.set("comment", Value::Array(comments));
    }
    value
}

/// The first comments in the order of the page, each with its answers in it. Where one was deleted, its answers stand in
/// its place.
fn comments(site: &Site, thread: &Thread, path: &str) -> Vec<Value> {
    let policy = Policy::comment().with_image_hosts(&site.image_hosts);
    // The way from the top to the comment that came last: how deep each is in the thread, and its answers so far.
    let mut open: Vec<(u32, Value, Vec<Value>)> = Vec::new();
    let mut roots = Vec::new();
    let mut told = 0;
    for index in thread.order(site.order) {
        let comment = thread.comment(index);
        let depth = thread.depth(index);
        while open.last().is_some_and(|(above, ..)| *above >= depth.min(NESTING_MAX - 1)) {
            close_last(&mut open, &mut roots);
        }
        if comment.state == CommentState::Deleted {
            continue;
        }
        if told == COMMENTS_MAX {
            break;
        }
        told += 1;
        open.push((depth.min(NESTING_MAX - 1), one(site, comment, path, &policy), Vec::new()));
    }
    while !open.is_empty() {
        close_last(&mut open, &mut roots);
    }
    roots
}

fn close_last(open: &mut Vec<(u32, Value, Vec<Value>)>, roots: &mut Vec<Value>) {
    let Some((_, mut value, answers)) = open.pop() else { return };
    if !answers.is_empty() {
        value.set("comment", Value::Array(answers));
    }
    match open.last_mut() {
        Some((_, _, siblings)) => siblings.push(value),
        None => roots.push(value),
    }
}

fn one(site: &Site, comment: &Comment, path: &str, policy: &Policy) -> Value {
    let addresses = Addresses::of(site);
    let mut value = Value::default();
    value.set("@type", Value::from("Comment"));
    if addresses.is_known() {
        value.set("url", Value::from(format!("{}#{}", addresses.page(path), comment.id.element_id())));
    }
    let text = sanitize_up_to(&comment.body, policy, COMMENT_SOURCE_BYTES).text();
    value.set("text", Value::from(clipped(&text, COMMENT_CHARS)));
    set_date(&mut value, "datePublished", comment.published);
    set_date(&mut value, "dateModified", comment.edited.filter(|edited| Some(*edited) != comment.published));
    if let Some(author) = person(&comment.author) {
        value.set("author", author);
    }
    if let Some(votes) = comment.votes {
        value.set("upvoteCount", Value::from(votes.up));
        value.set("downvoteCount", Value::from(votes.down));
    }
    value
}

fn thing(kind: &str) -> Value {
    let mut value = Value::default();
    value.set("@context", Value::from("https://schema.org"));
    value.set("@type", Value::from(kind));
    value
}

/// A person; `None` without a name.
fn person(author: &Author) -> Option<Value> {
    let mut value = Value::default();
    value.set("@type", Value::from("Person"));
    value.set("name", Value::from(Some(author.name.trim()).filter(|name| !name.is_empty())?));
    let url = author.url.as_deref().and_then(check_author_link);
    set(&mut value, "url", url.as_ref().map(|url| url.as_str()));
    Some(value)
}

fn set(value: &mut Value, key: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        value.set(key, Value::from(text));
    }
}

fn set_date(value: &mut Value, key: &str, date: Option<Timestamp>) {
    set(value, key, date.map(Timestamp::to_rfc3339).as_deref());
}
