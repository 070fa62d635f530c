//! A comment on its way: the file that a reader sends to the owner of a site without a server.
//!
//! It is a JSON Feed with one item, as a comment is in `comments.json`, and with an `_afterword` that says what a comment
//! in its place does not need to: the post, what the text is written in, and an e-mail address for the owner alone.

use super::encode::{FeedHead, encode_items, encode_path};
use super::error::{DecodeError, failure, note_outcome};
use super::fields::{Fields, Notes, Place, next_object};
use super::post::{path_of, percent_decoded};
use crate::json::Value;
use crate::json::items::ItemReader;
use afterword_core::body::RawHtml;
use afterword_core::compose::merge::{Submission, Text};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::Decoded;
use afterword_core::time::Timestamp;
use afterword_core::writing::Markup;
use std::fmt;

/// What a text is written in, by name.
const MARKUPS: [(&str, Markup); 2] = [("plain", Markup::Plain), ("markdown", Markup::Markdown)];

/// Why a file is no comment on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmissionError {
    /// It cannot be read.
    Decode(DecodeError),
    /// It does not say which post it is for.
    NoPost,
    /// There is no text in it.
    NoText,
    /// It has more than one comment: it is rather a file of comments.
    Several,
}

impl fmt::Display for SubmissionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => write!(f, "{error}"),
            Self::NoPost => f.write_str("it does not say which post it is for: there is no _afterword.post in it"),
            Self::NoText => f.write_str("there is no text in it"),
            Self::Several => f.write_str("it has more than one comment, so it is no file that a reader sends"),
        }
    }
}

impl std::error::Error for SubmissionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::NoPost | Self::NoText | Self::Several => None,
        }
    }
}

/// The name of the file, safe on every disk: `comment-` and the post's own name.
pub fn submission_name(post: &PostPath) -> String {
    format!("comment-{}.json", post.slug)
}

/// The text of the file. `site` is the address of the home page with a closing slash.
pub fn encode_submission(submission: &Submission, site: &str) -> String {
    let Submission { post, title, parent, author, email, written, text } = submission;
    let mut item = Value::default();
    item.set("id", Value::from(submission.id().as_str()));
    let (key, source, markup) = match text {
        Text::Plain(text) => ("content_text", text.as_str(), Some(Markup::Plain)),
        Text::Markdown(text) => ("content_text", text.as_str(), Some(Markup::Markdown)),
        Text::Html(html) => ("content_html", html.to_encode(), None),
    };
    item.set(key, Value::from(source));
    let mut person = Value::default();
    set_filled(&mut person, "name", Some(&author.name));
    set_filled(&mut person, "url", author.url.as_deref());
    if person != Value::default() {
        item.set("authors", Value::Array(vec![person]));
    }
    set_filled(&mut item, "date_published", written.map(Timestamp::to_rfc3339).as_deref());
    let mut thread = Value::default();
    thread.set("in_reply_to", parent.as_ref().map_or(Value::Null, |id| Value::from(id.as_str())));
    item.set("_thread", thread);
    let mut ours = Value::default();
    ours.set("post", Value::from(encode_path(post)));
    let markup = MARKUPS.iter().find(|(_, meant)| Some(*meant) == markup).map(|(name, _)| *name);
    set_filled(&mut ours, "markup", markup);
    set_filled(&mut ours, "email", email.as_deref());
    item.set("_afterword", ours);
    let head = FeedHead {
        title: title.clone(),
        home_page_url: Some(format!("{site}{}", encode_path(post))),
        ..FeedHead::default()
    };
    encode_items(vec![item], &head)
}

fn set_filled(value: &mut Value, key: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        value.set(key, Value::from(text));
    }
}

/// Reads such a file. Its `id`, votes and whatever else a stranger may not decide are not read.
///
/// # Errors
/// When it is no JSON, or not one comment with a text and a post.
pub fn decode_submission(bytes: &[u8]) -> Result<Decoded<Submission>, SubmissionError> {
    let mut notes = Notes::default();
    let mut skipped = 0;
    let mut reader = ItemReader::new(bytes);
    let item = next_object(&mut reader, &mut notes, &mut skipped);
    if item.is_some() && next_object(&mut reader, &mut notes, &mut skipped).is_some() {
        return Err(SubmissionError::Several);
    }
    let outcome = reader.finish();
    let Some((object, place)) = item else {
        return Err(SubmissionError::Decode(failure(&outcome).unwrap_or(DecodeError::NoItems)));
    };
    note_outcome(&outcome, &mut notes);
    let mut head = Fields::new(outcome.head, Place::ROOT, &mut notes);
    let (title, page) = (head.text("title").unwrap_or_default(), head.filled_text("home_page_url"));

    let mut fields = Fields::new(object, place, &mut notes);
    let (html, plain) = (fields.filled_text("content_html"), fields.filled_text("content_text"));
    let author = fields.authors().into_iter().next().unwrap_or_default();
    let written = fields.date("date_published");
    let parent = fields.object("_thread").name("in_reply_to").map(CommentId::new);
    let mut ours = fields.object("_afterword");
    let post = ours.filled_text("post").and_then(|post| PostPath::parse(&percent_decoded(&post)));
    let markup = ours.one_of("markup", &MARKUPS).unwrap_or(Markup::Plain);
    let email = ours.filled_text("email");
    let post = post.or_else(|| path_of(&page?)).ok_or(SubmissionError::NoPost)?;
    // What was typed counts before what somebody made of it.
    let text = match (plain, markup, html) {
        (Some(text), Markup::Plain, _) => Text::Plain(text),
        (Some(text), Markup::Markdown, _) => Text::Markdown(text),
        (None, _, Some(html)) => Text::Html(RawHtml::new(html)),
        (None, _, None) => return Err(SubmissionError::NoText),
    };
    let submission = Submission { post, title, parent, author, email, written, text };
    Ok(Decoded { value: submission, warnings: notes.into_warnings() })
}
