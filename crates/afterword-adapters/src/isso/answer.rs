//! Answers to what a writer or reader did: taken, held, refused, or nobody knows.

use super::comment::{Mode, Read, Reader, votes_of};
use super::{Isso, TEXT_MIN, document};
use crate::back_end::{Fault, Form, Removed, Voted};
use crate::json::Value;
use crate::static_json::DecodeError;
use crate::wire::Response;
use afterword_core::body::{Policy, RawBody, RawHtml, sanitize};
use afterword_core::ids::PostPath;
use afterword_core::model::Comment;
use afterword_core::writing::{Answer, Delay, Letter, Refusal, Target, Unclear};

/// How long Isso's guard looks back when it counts comments, in seconds: after that, the next one is taken.
const GUARD_SECONDS: u32 = 60;

/// How much of an error page is looked at, in bytes: Isso's own have some 200.
const ERROR_BYTES_MAX: usize = 16 * 1024;

/// Longest reason that is shown, in characters.
const REASON_MAX: usize = 300;

impl Isso {
    pub(crate) fn decode_letter(&self, response: &Response, letter: &Letter) -> Answer {
        let post = &letter.place.post;
        if response.is_success() {
            return match self.read_comment(response, post, Form::Shown) {
                Ok(Read { comment, mode: Mode::Held }) => Answer::Held(Some(Box::new(comment))),
                Ok(Read { comment, mode: Mode::Published | Mode::Deleted }) => Answer::Published(Box::new(comment)),
                Err(_) if response.redirected => Answer::Unclear(Unclear::Redirected),
                // A page that is no answer of Isso's: it is all the same whether the comment is behind it or not.
                Err(_) => Answer::Unclear(Unclear::Garbled),
            };
        }
        let editing = matches!(letter.place.target, Target::Edit(_));
        match response.status {
            _ if response.redirected => Answer::Unclear(Unclear::Redirected),
            300..=399 => Answer::Unclear(Unclear::Redirected),
            429 => later(response, Delay::TooMany, None),
            403 if reason(response).contains("ratelimit exceeded") => {
                later(response, Delay::TooMany, Some(GUARD_SECONDS))
            }
            408 | 503 => later(response, Delay::Unwell, None),
            400..=499 => Answer::Refused(refusal(response, editing)),
            // A gateway that gave up does not know whether the server behind it went on.
            500..=599 => Answer::Unclear(Unclear::Failed),
            _ => Answer::Unclear(Unclear::Garbled),
        }
    }

    pub(crate) fn decode_vote(&self, response: &Response) -> Result<Voted, Fault> {
        let document = success(response)?;
        if document == Value::Null {
            return Ok(Voted::Gone);
        }
        let votes = votes_of(&document).ok_or(DecodeError::NoItems)?;
        Ok(if document.get("message").is_some() { Voted::Refused(votes) } else { Voted::Counted(votes) })
    }

    pub(crate) fn decode_own(&self, response: &Response, post: &PostPath) -> Result<Comment, Fault> {
        self.read_comment(response, post, Form::Source).map(|read| read.comment)
    }

    pub(crate) fn decode_delete(&self, response: &Response, post: &PostPath) -> Result<Removed, Fault> {
        match response.status {
            401 | 403 => return Ok(Removed::Refused(Refusal::TooLate)),
            404 => return Ok(Removed::Refused(Refusal::TargetGone)),
            _ => {}
        }
        if success(response)? == Value::Null {
            return Ok(Removed::Gone);
        }
        let Read { comment, .. } = self.read_comment(response, post, Form::Shown)?;
        Ok(Removed::Emptied(Box::new(comment)))
    }

    pub(crate) fn decode_count(&self, response: &Response) -> Result<Vec<u32>, Fault> {
        let document = success(response)?;
        let counts = document.as_array().ok_or(DecodeError::WrongRoot { found: document.kind() })?;
        let counts = counts.iter().map(|count| u32::try_from(count.as_i64()?).ok());
        Ok(counts.collect::<Option<_>>().ok_or(DecodeError::NoItems)?)
    }

    fn read_comment(&self, response: &Response, post: &PostPath, form: Form) -> Result<Read, Fault> {
        let document = success(response)?;
        let mut warnings = Vec::new();
        let mut reader = Reader { mark: self.mark(post), form, warnings: &mut warnings };
        // A number alone would be said by many a page; a comment has a date.
        let read = reader.read(&document, None).filter(|read| read.comment.published.is_some());
        Ok(read.ok_or(DecodeError::NoItems)?)
    }
}

/// The document of an answer that says that it worked.
fn success(response: &Response) -> Result<Value, Fault> {
    if !response.is_success() {
        return Err(Fault::Status(response.status));
    }
    Ok(document(&response.body)?)
}

/// How long to wait: what the answer asks for, else what is known of the server.
fn later(response: &Response, why: Delay, known: Option<u32>) -> Answer {
    let asked = response.retry_after.as_deref().and_then(|seconds| seconds.trim().parse().ok());
    Answer::Later { wait_seconds: asked.or(known), why }
}

/// Why a letter was not taken, by the words of the server: its status says little.
fn refusal(response: &Response, editing: bool) -> Refusal {
    let reason = reason(response);
    let says = |words: &str| reason.contains(words);
    let limit = || reason.split(|c: char| !c.is_ascii_digit()).rfind(|digits| !digits.is_empty())?.parse().ok();
    match response.status {
        404 | 410 if editing => Refusal::TargetGone,
        401 => Refusal::LoginNeeded,
        413 => Refusal::TooLong(0),
        _ if says("too short") => Refusal::TooShort(limit().unwrap_or(TEXT_MIN)),
        _ if says("text is missing") => Refusal::TooShort(TEXT_MIN),
        _ if says("too long") => Refusal::TooLong(limit().unwrap_or_default()),
        _ if says("Website not") || says("arbitrary length limit") => Refusal::WebsiteInvalid,
        _ if says("email address required") || says("rfc5321") => Refusal::EmailInvalid,
        _ if says("author address required") => Refusal::NameMissing,
        // Isso gives no reason then, but the usual words of its framework.
        403 if editing => Refusal::TooLate,
        _ => Refusal::Words(reason),
    }
}

/// The reason on an error page: its paragraph, as plain text; empty where there is none.
fn reason(response: &Response) -> String {
    let shown = response.body.get(..ERROR_BYTES_MAX).unwrap_or(&response.body);
    let page = String::from_utf8_lossy(shown);
    let Some((_, rest)) = page.split_once("<p>") else { return String::new() };
    let paragraph = rest.split_once("</p>").map_or(rest, |(paragraph, _)| paragraph);
    let body = sanitize(&RawBody::Html(RawHtml::new(paragraph)), &Policy::comment());
    let words = body.text().split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(REASON_MAX).collect()
}
