//! Isso: comments by anybody, one level of answers, votes, and a quarter of an hour in which writers may change what
//! they wrote. Tried with 0.14.0.
//!
//! It knows a thread by the path of its page, a writer by the cookie that came with the comment, and a voter by the
//! network address. What it stores of a text is Markdown; what it gives is HTML, unless the source is asked for.

mod answer;
mod comment;
mod list;
mod mark;

use crate::back_end::{Form, Part, Vote, Wishes};
use crate::json::{Value, parse};
use crate::static_json::{encode_path, split_origin};
use crate::wire::{Method, Request};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::writing::{Asked, Capabilities, Letter, Markup, Refusal, Replies, Target, Voting};
use mark::Mark;

/// What stands before a comment's number in its id here, so that it never meets the id of a comment in a file.
const ID_PREFIX: &str = "isso-";

/// How many comments that answer nobody, and how many answers to each, are asked for at a time: some 100 kB of text,
/// which a server reads out in well under a second.
const PAGE: u32 = 200;

/// Fewest characters of a text, white space at its end not counted.
const TEXT_MIN: u32 = 3;
/// Most characters of a text.
const TEXT_MAX: u32 = 65_535;
/// Longest body of a request in bytes: beyond that, 65,535 characters or not, the server takes nothing.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// Most characters of an e-mail address and of a web address.
const ADDRESS_MAX: usize = 254;

/// For how long a comment can be changed, in seconds: the server does not say, and this is what it does unless its
/// owner has told it otherwise.
const EDIT_SECONDS: u32 = 15 * 60;

/// A server of Isso, as one site uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isso {
    /// Its absolute address with a closing slash.
    endpoint: String,
    /// The absolute address of the site with a closing slash.
    site: String,
    wishes: Wishes,
}

impl Isso {
    pub(crate) fn new(endpoint: &str, site: &str) -> Self {
        let slashed = |address: &str| format!("{}/", address.trim_end_matches('/'));
        Self { endpoint: slashed(endpoint), site: slashed(site), wishes: Wishes::default() }
    }

    pub(crate) fn capabilities(&self) -> Capabilities {
        let asked = |required| if required { Asked::Required } else { Asked::Optional };
        Capabilities {
            replies: Replies::OneLevel,
            votes: Voting::UpAndDown,
            edit_seconds: EDIT_SECONDS,
            markup: Markup::Markdown,
            name: asked(self.wishes.name),
            email: asked(self.wishes.email),
            website: Asked::Optional,
            text_min: TEXT_MIN,
            text_max: TEXT_MAX,
            // Its guard counts comments and does not know robots, and its owner may have switched it off.
            guards: false,
        }
    }

    pub(crate) fn learn(&mut self, wishes: Wishes) {
        self.wishes = wishes;
    }

    pub(crate) fn holds(&self, id: &CommentId) -> bool {
        number_of(id).is_some()
    }

    pub(crate) fn encode_list(&self, post: &PostPath, part: Part, form: Form) -> Request {
        let mut query = vec![("uri", self.uri(post)), ("sort", "oldest".to_owned()), ("limit", PAGE.to_string())];
        let offset = match part {
            Part::Roots(offset) => {
                query.push(("nested_limit", PAGE.to_string()));
                offset
            }
            Part::Answers(root, offset) => {
                query.push(("parent", root.to_string()));
                offset
            }
        };
        if offset > 0 {
            query.push(("offset", offset.to_string()));
        }
        match form {
            Form::Shown => {}
            Form::Source => query.push(("plain", "1".to_owned())),
        }
        self.request(Method::Get, "", &query, None)
    }

    pub(crate) fn encode_letter(&self, letter: &Letter, answered: &str) -> Result<Request, Refusal> {
        let text = self.sent_text(letter, answered);
        if letter.text.is_blank() {
            return Err(Refusal::TooShort(TEXT_MIN));
        }
        if text.trim_end().chars().count() < TEXT_MIN as usize {
            return Err(Refusal::TooShort(TEXT_MIN));
        }
        if text.chars().count() > TEXT_MAX as usize {
            return Err(Refusal::TooLong(TEXT_MAX));
        }
        let mut body = Value::default();
        body.set("text", Value::from(text));
        let parent = match &letter.place.target {
            Target::Edit(id) => {
                let number = number_of(id).ok_or(Refusal::TargetGone)?;
                // Name and address stay as they are when they are not sent.
                return fitting(self.request(Method::Put, &format!("id/{number}"), &[], Some(&body)));
            }
            Target::Thread => None,
            Target::Reply(id) => number_of(id),
        };
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (email, website) = (filled(&letter.writer.email), filled(&letter.writer.website));
        let too_long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.chars().count() > ADDRESS_MAX);
        if too_long(&email) {
            return Err(Refusal::EmailInvalid);
        }
        if too_long(&website) {
            return Err(Refusal::WebsiteInvalid);
        }
        let uri = self.uri(&letter.place.post);
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::String);
        body.set("author", optional(filled(&letter.writer.name)));
        body.set("email", optional(email));
        body.set("website", optional(website));
        body.set("parent", parent.map_or(Value::Null, |number| Value::Number(number.into())));
        // Without a title, Isso would look for one on the site, and refuse where it cannot.
        body.set("title", Value::String(filled(&letter.title).unwrap_or_else(|| uri.clone())));
        fitting(self.request(Method::Post, "new", &[("uri", uri)], Some(&body)))
    }

    pub(crate) fn sent_text(&self, letter: &Letter, answered: &str) -> String {
        let text = letter.text.to_text();
        match &letter.place.target {
            Target::Reply(id) if number_of(id).is_none() => self.mark(&letter.place.post).line(id, answered) + &text,
            Target::Reply(_) | Target::Thread | Target::Edit(_) => text,
        }
    }

    pub(crate) fn encode_vote(&self, id: &CommentId, vote: Vote) -> Option<Request> {
        let what = match vote {
            Vote::Up => "like",
            Vote::Down => "dislike",
        };
        let path = format!("id/{}/{what}", number_of(id)?);
        // Without a body and its type, browsers need not ask whether they may.
        Some(self.request(Method::Post, &path, &[], None))
    }

    pub(crate) fn encode_own(&self, id: &CommentId) -> Option<Request> {
        let path = format!("id/{}", number_of(id)?);
        Some(self.request(Method::Get, &path, &[("plain", "1".to_owned())], None))
    }

    pub(crate) fn encode_delete(&self, id: &CommentId) -> Option<Request> {
        Some(self.request(Method::Delete, &format!("id/{}", number_of(id)?), &[], None))
    }

    pub(crate) fn encode_count(&self, posts: &[PostPath]) -> Request {
        let uris = posts.iter().map(|post| Value::String(self.uri(post))).collect();
        self.request(Method::Post, "count", &[], Some(&Value::Array(uris)))
    }

    /// What Isso knows the thread of a post by: the path of its page, as it stands in the address.
    fn uri(&self, post: &PostPath) -> String {
        let path = split_origin(&self.site).map_or(self.site.as_str(), |(_, path)| path);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        format!("{path}{}", encode_path(post))
    }

    /// How a text says which comment in a file it answers.
    fn mark(&self, post: &PostPath) -> Mark {
        Mark::new(split_origin(&self.site).map(|(origin, _)| origin).unwrap_or_default(), &self.uri(post))
    }

    fn request(&self, method: Method, path: &str, query: &[(&str, String)], body: Option<&Value>) -> Request {
        let mut url = format!("{}{path}", self.endpoint);
        for (index, (name, value)) in query.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(name);
            url.push('=');
            encode_query(value, &mut url);
        }
        let json = body.map(|_| ("Content-Type".to_owned(), "application/json".to_owned()));
        // What can be read by anybody is read without cookies.
        let is_public = matches!(path, "" | "count");
        Request {
            method,
            url,
            headers: json.into_iter().collect(),
            body: body.map(Value::to_json),
            credentials: !is_public,
        }
    }
}

/// A request that is not too long to be taken.
fn fitting(request: Request) -> Result<Request, Refusal> {
    let fits = request.body.as_ref().is_none_or(|body| body.len() <= BODY_BYTES_MAX);
    // How many characters fit depends on which they are.
    if fits { Ok(request) } else { Err(Refusal::TooLong(0)) }
}

/// The number of a comment on the server; `None` for a comment in a file.
fn number_of(id: &CommentId) -> Option<i64> {
    let digits = id.as_str().strip_prefix(ID_PREFIX)?;
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Escapes what may not stand in the value of a query (RFC 3986), and slashes as well.
fn encode_query(value: &str, url: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The document of an answer, or why there is none.
fn document(body: &[u8]) -> Result<Value, crate::static_json::DecodeError> {
    use crate::static_json::DecodeError;
    parse(body).map_err(|error| match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => DecodeError::Empty,
        Some(b'<') => DecodeError::Html,
        Some(_) => error.into(),
    })
}
