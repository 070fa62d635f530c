//! Writing the files: model in, text out, the same text for the same model.
//!
//! Every writer is a rewriter of an empty object, so that a file written anew and a file brought up to date cannot
//! differ, and fields of other tools stay where they were.

use super::FEED_VERSION;
use super::fields::sound_date;
use super::site::{BY_HAND, ISSO};
use crate::json::Value;
use afterword_core::body::RawBody;
use afterword_core::ids::PostPath;
use afterword_core::model::{
    Author, BackEnd, ByHand, Comment, CommentState, NavLink, PageRef, Post, PostLink, PostLinks, Site, ThreadInfo,
    ThreadState, Votes,
};
use afterword_core::rows::View;
use afterword_core::time::Timestamp;

/// The fields of a feed beside its items. Empty texts and `None` are not written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHead {
    /// The feed's title.
    pub title: String,
    /// The address of the page that shows what the feed lists.
    pub home_page_url: Option<String>,
    /// The feed's own address.
    pub feed_url: Option<String>,
    /// The next page of the feed.
    pub next_url: Option<String>,
    /// One line about it.
    pub description: Option<String>,
    /// Its language as a BCP 47 tag.
    pub language: Option<String>,
}

/// The text of `site.json`.
pub fn encode_site(site: &Site) -> String {
    let mut document = Value::default();
    rewrite_site(&mut document, site);
    document.to_json_pretty()
}

/// The text of `post.json`: a feed with one item. `site_url` as in [`encode_post_item`].
pub fn encode_post(post: &Post, head: &FeedHead, site_url: &str) -> String {
    encode_items(vec![encode_post_item(post, site_url)], head)
}

/// The text of `feed.json` or one of its further pages: the posts in the order given. `site_url` as in
/// [`encode_post_item`].
pub fn encode_feed(posts: &[Post], head: &FeedHead, site_url: &str) -> String {
    encode_items(posts.iter().map(|post| encode_post_item(post, site_url)).collect(), head)
}

/// The text of a file of comments, in the order given.
pub fn encode_comments(comments: &[Comment], head: &FeedHead) -> String {
    encode_items(comments.iter().map(encode_comment_item).collect(), head)
}

/// The text of a feed from items that were made or rewritten one by one.
pub fn encode_items(items: Vec<Value>, head: &FeedHead) -> String {
    let mut document = Value::default();
    rewrite_head(&mut document, head);
    document.set("items", Value::Array(items));
    document.to_json_pretty()
}

/// A comment as an item of a feed.
pub fn encode_comment_item(comment: &Comment) -> Value {
    let mut item = Value::default();
    rewrite_comment(&mut item, comment);
    item
}

/// A post as an item of a feed. `site_url` is the address of the home page with a closing slash; when it is empty the
/// address of the post is relative to the home page.
pub fn encode_post_item(post: &Post, site_url: &str) -> Value {
    let mut item = Value::default();
    rewrite_post(&mut item, post, site_url);
    item
}

/// Brings the head of a feed up to date; fields that are not ours stay, and so do the items.
pub fn rewrite_head(document: &mut Value, head: &FeedHead) {
    document.set("version", Value::from(FEED_VERSION));
    document.set("title", Value::from(head.title.as_str()));
    set_text(document, "home_page_url", head.home_page_url.as_deref());
    set_text(document, "feed_url", head.feed_url.as_deref());
    set_text(document, "next_url", head.next_url.as_deref());
    set_text(document, "description", head.description.as_deref());
    set_text(document, "language", head.language.as_deref());
}

/// Brings the item that a comment was read from up to date; fields that are not ours stay.
pub fn rewrite_comment(item: &mut Value, comment: &Comment) {
    let Comment { id, parent, author, published, edited, body, state, votes, by_post_author } = comment;
    let edited_at_unknown_time = edited.is_some() && edited == published;
    item.set("id", Value::from(id.as_str()));
    set_body(item, body);
    // A comment of ours has one author; those after the first are none of our business.
    let others = item.get("authors").and_then(Value::as_array).and_then(|list| list.get(1..)).unwrap_or_default();
    let others = others.to_vec();
    set_authors(item, std::slice::from_ref(author), others);
    set_date(item, "date_published", *published);
    set_date(item, "date_modified", edited.filter(|_| !edited_at_unknown_time));

    let mut thread = object_in(item, "_thread");
    thread.set("in_reply_to", parent.as_ref().map_or(Value::Null, |parent| Value::from(parent.as_str())));
    let state = match state {
        CommentState::Published => None,
        CommentState::Deleted => Some("deleted"),
    };
    set_text(&mut thread, "state", state);
    set_flag(&mut thread, "edited", edited_at_unknown_time);
    set_flag(&mut thread, "by_post_author", *by_post_author);
    let votes = votes.map(|Votes { up, down }| {
        let mut value = Value::default();
        value.set("up", Value::from(up));
        value.set("down", Value::from(down));
        value
    });
    set_or_take(&mut thread, "votes", votes);
    item.set("_thread", thread);
}

/// Brings the item that a post was read from up to date; fields that are not ours stay. `site_url` as in
/// [`encode_post_item`].
pub fn rewrite_post(item: &mut Value, post: &Post, site_url: &str) {
    let Post {
        kind: _,
        slug: _,
        id,
        title,
        authors,
        published,
        modified,
        summary,
        language,
        tags,
        body,
        thread,
        sticky,
        aliases,
        links,
    } = post;
    item.set("id", Value::from(id.as_str()));
    item.set("url", Value::from(format!("{site_url}{}", encode_path(&post.path()))));
    item.set("title", Value::from(title.as_str()));
    set_text(item, "summary", summary.as_deref());
    set_date(item, "date_published", *published);
    set_date(item, "date_modified", *modified);
    set_authors(item, authors, Vec::new());
    let tags = tags.iter().map(|tag| Value::from(tag.as_str())).collect();
    set_list(item, "tags", tags);
    set_text(item, "language", language.as_deref());
    set_body(item, body);
    let mut info = object_in(item, "_thread");
    rewrite_thread(&mut info, thread);
    item.set("_thread", info);
    let mut ours = object_in(item, "_afterword");
    set_flag(&mut ours, "sticky", *sticky);
    set_list(&mut ours, "aliases", aliases.iter().map(|alias| Value::from(alias.as_str())).collect());
    let PostLinks { newer, older, related } = links;
    set_or_take(&mut ours, "newer", newer.as_ref().map(encode_link));
    set_or_take(&mut ours, "older", older.as_ref().map(encode_link));
    set_list(&mut ours, "related", related.iter().map(encode_link).collect());
    set_or_take(item, "_afterword", Some(ours).filter(|ours| *ours != Value::default()));
}

/// Brings `site.json` up to date; fields that are not ours stay.
pub fn rewrite_site(document: &mut Value, site: &Site) {
    let Site {
        title,
        description,
        url,
        base_path,
        language,
        author,
        order,
        view,
        image_hosts,
        author_about,
        author_picture,
        navigation,
        footer,
        posts_per_page,
        back_end,
    } = site;
    document.set("title", Value::from(title.as_str()));
    set_text(document, "description", description.as_deref());
    set_text(document, "url", url.as_deref());
    document.set("base_path", Value::from(if base_path.is_empty() { "/" } else { base_path.as_str() }));
    set_text(document, "language", language.as_deref());
    let mut person = object_in(document, "author");
    set_text(&mut person, "name", author.as_ref().map(|author| author.name.as_str()));
    set_text(&mut person, "url", author.as_ref().and_then(|author| author.url.as_deref()));
    set_text(&mut person, "about", author_about.as_deref());
    set_text(&mut person, "avatar", author_picture.as_deref());
    set_or_take(document, "author", Some(person).filter(|person| *person != Value::default()));
    let mut defaults = object_in(document, "defaults");
    defaults.set("order", Value::from(order.name()));
    set_or_take(&mut defaults, "view", (*view != View::default()).then(|| Value::from(view.name())));
    document.set("defaults", defaults);
    let links = navigation.iter().map(|NavLink { title, url }| {
        let mut link = Value::default();
        link.set("title", Value::from(title.as_str()));
        link.set("url", Value::from(url.as_str()));
        link
    });
    set_list(document, "navigation", links.collect());
    set_text(document, "footer", footer.as_deref());
    set_or_take(document, "posts_per_page", posts_per_page.map(Value::from));
    set_list(document, "image_hosts", image_hosts.iter().map(|host| Value::from(host.as_str())).collect());
    rewrite_back_end(document, back_end);
}

/// A way of commenting that we do not know stays as it is written, like any field of another tool.
fn rewrite_back_end(document: &mut Value, back_end: &BackEnd) {
    const KEY: &str = "comments";
    let mut comments = object_in(document, KEY);
    match back_end {
        BackEnd::None => {
            if comments.get("kind").and_then(Value::as_str).is_some_and(|kind| [ISSO, BY_HAND].contains(&kind)) {
                document.take(KEY);
            }
            return;
        }
        BackEnd::Isso(endpoint) => {
            comments.set("kind", Value::from(ISSO));
            comments.set("endpoint", Value::from(endpoint.as_str()));
        }
        BackEnd::ByHand(ByHand { mail, link, copy, download }) => {
            comments.set("kind", Value::from(BY_HAND));
            set_text(&mut comments, "mail", mail.as_deref());
            let link = link.as_ref().map(|(title, url)| {
                let mut value = Value::default();
                value.set("title", Value::from(title.as_str()));
                value.set("url", Value::from(url.as_str()));
                value
            });
            set_or_take(&mut comments, "link", link);
            set_flag(&mut comments, "copy", *copy);
            set_flag(&mut comments, "download", *download);
        }
    }
    document.set(KEY, comments);
}

fn rewrite_thread(value: &mut Value, thread: &ThreadInfo) {
    let ThreadInfo { comments_url, count, updated, state, pages } = thread;
    set_text(value, "comments_url", comments_url.as_deref());
    value.set("count", Value::from(*count));
    set_date(value, "updated", *updated);
    let state = match state {
        ThreadState::Open => "open",
        ThreadState::Closed => "closed",
    };
    value.set("state", Value::from(state));
    let pages = pages.iter().map(|PageRef { url, count }| {
        let mut page = Value::default();
        page.set("url", Value::from(url.as_str()));
        page.set("count", Value::from(*count));
        page
    });
    set_list(value, "pages", pages.collect());
}

fn encode_link(link: &PostLink) -> Value {
    let mut value = Value::default();
    value.set("url", Value::from(encode_path(&link.path)));
    value.set("title", Value::from(link.title.as_str()));
    value
}

/// The address of a post's page, from the root of the site: `posts/gr%C3%B6%C3%9Fe/`.
pub fn encode_path(path: &PostPath) -> String {
    encode_path_text(&path.to_string())
}

/// A path of any page as it stands in an address: `tags/gr%C3%BCn/`. Slashes stay.
pub fn encode_path_text(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        // RFC 3986: what may stand in a path as it is.
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

fn encode_author(author: &Author) -> Value {
    let mut value = Value::default();
    set_text(&mut value, "name", Some(&author.name));
    set_text(&mut value, "url", author.url.as_deref());
    value
}

/// Writes the authors, and after them `others` as they are. Where the same one stood before, what other tools told
/// about them (an avatar, say) stays.
fn set_authors(item: &mut Value, authors: &[Author], others: Vec<Value>) {
    let before = item.get("authors").and_then(Value::as_array).unwrap_or_default();
    let list = authors.iter().enumerate().filter(|(_, author)| **author != Author::default()).map(|(index, author)| {
        let new = encode_author(author);
        match before.get(index) {
            Some(old) if old.get("name") == new.get("name") && old.get("url") == new.get("url") => old.clone(),
            Some(_) | None => new,
        }
    });
    let list = list.chain(others).collect();
    set_list(item, "authors", list);
}

/// Writes the text. JSON Feed wants one of the two fields in every item, even when there is no text.
fn set_body(item: &mut Value, body: &RawBody) {
    let (key, other, text) = match body {
        RawBody::Html(html) => ("content_html", "content_text", html.to_encode()),
        RawBody::Text(text) => ("content_text", "content_html", text.as_str()),
    };
    item.take(other);
    item.set(key, Value::from(text));
}

fn set_text(value: &mut Value, key: &str, text: Option<&str>) {
    set_or_take(value, key, text.filter(|text| !text.is_empty()).map(Value::from));
}

fn set_date(value: &mut Value, key: &str, date: Option<Timestamp>) {
    // A date that already says the same stays as it is written, with its zone and its fractions.
    if date.is_none() || value.get(key).and_then(sound_date) != date {
        set_or_take(value, key, date.map(|date| Value::from(date.to_rfc3339())));
    }
}

fn set_flag(value: &mut Value, key: &str, flag: bool) {
    set_or_take(value, key, flag.then_some(Value::Bool(true)));
}

fn set_list(value: &mut Value, key: &str, list: Vec<Value>) {
    set_or_take(value, key, Some(list).filter(|list| !list.is_empty()).map(Value::Array));
}

fn set_or_take(value: &mut Value, key: &str, part: Option<Value>) {
    match part {
        Some(part) => value.set(key, part),
        None => {
            value.take(key);
        }
    }
}

/// The object in a field, to be changed and put back where it stood; an empty one if there is none.
fn object_in(value: &Value, key: &str) -> Value {
    value.get(key).filter(|part| part.as_object().is_some()).cloned().unwrap_or_default()
}
