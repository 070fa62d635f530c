//! Requests and answers as values: what an adapter wants to have sent, and what came back.
//!
//! Nobody here sends anything. Who does, keeps to three things: a request is sent once and not again by itself, an
//! answer is read whole or not at all, and cookies go along only where `credentials` says so.

use std::fmt;

/// What is to be done at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// To read.
    Get,
    /// To add, or to do.
    Post,
    /// To change.
    Put,
    /// To remove.
    Delete,
}

impl Method {
    /// The word in the first line of a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A request that somebody is to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is to be done.
    pub method: Method,
    /// An absolute `http:` or `https:` address.
    pub url: String,
    /// Name and value of each header beside those that browsers set by themselves.
    pub headers: Vec<(String, String)>,
    /// What is sent along.
    pub body: Option<String>,
    /// Whether the cookies of the other site go along and are taken: for a back end that knows its writers by them,
    /// and for no other, because servers that answer everybody must refuse such requests.
    pub credentials: bool,
}

/// An answer, read whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Where it came from in the end.
    pub url: String,
    /// Whether the request was led elsewhere on its way.
    pub redirected: bool,
    /// The header `Content-Type`, as it came.
    pub content_type: Option<String>,
    /// The header `Retry-After`, as it came; browsers show it only if the other site allows that.
    pub retry_after: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// Whether the status says that it worked. Not to be trusted alone: back ends refuse with 200.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether it calls itself JSON.
    pub fn is_json(&self) -> bool {
        let essence = self.content_type.as_deref().and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
            || essence.get(essence.len().saturating_sub(5)..).is_some_and(|end| end.eq_ignore_ascii_case("+json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_json_if_it_says_so() {
        let json =
            |kind: Option<&str>| Response { content_type: kind.map(str::to_owned), ..Response::default() }.is_json();
        assert!(json(Some("application/json")) && json(Some("Application/JSON; charset=utf-8")));
        assert!(json(Some("application/problem+json")));
        assert!(!json(None) && !json(Some("text/html")) && !json(Some("json")) && !json(Some("application/json5")));
    }
}
