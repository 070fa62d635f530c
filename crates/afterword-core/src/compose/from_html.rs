//! Pasted text with formatting, as Markdown.
//!
//! It goes through the same sanitizer as every stranger's text, and comes out as what somebody could have typed.

use super::markdown::of_body;
use crate::body::{Body, Event, Policy, RawBody, RawHtml, Tag, sanitize};

/// Most bytes of HTML that are read. Office programs put 50 kB of style sheets before one sentence; what is longer than
/// this is pasted as plain text, so that nothing of it is lost.
pub const PASTED_BYTES_MAX: usize = 1_024 * 1_024;

/// What is pasted, as Markdown. `None` where Markdown has nothing to add to the plain text that comes beside the HTML:
/// then the browser pastes that, as it always does. So code out of an editor keeps its blanks, and is not escaped.
pub fn pasted(html: &str) -> Option<String> {
    if html.len() > PASTED_BYTES_MAX {
        return None;
    }
    let body = sanitize(&RawBody::Html(RawHtml::new(without_wrapper(html))), &Policy::comment());
    let markdown = of_body(&body);
    (says_more(&body) && !markdown.is_empty()).then_some(markdown)
}

/// Whether there is anything in a text that its words alone do not say.
fn says_more(body: &Body) -> bool {
    body.events().any(|event| match event {
        Event::Open(element) => matches!(
            element.tag,
            Tag::A
                | Tag::B
                | Tag::Strong
                | Tag::I
                | Tag::Em
                | Tag::S
                | Tag::Del
                | Tag::Code
                | Tag::Kbd
                | Tag::Samp
                | Tag::Pre
                | Tag::Ul
                | Tag::Ol
                | Tag::Blockquote
                | Tag::Hr
        ),
        Event::Text(_) | Event::Close(_) => false,
    })
}

/// Google Docs puts all that is copied into a `b` that is not bold. Without its name it is nothing.
fn without_wrapper(html: &str) -> String {
    const WRAPPER: &str = "docs-internal-guid";
    let wrapper = html.find(WRAPPER).and_then(|at| html.get(..at)?.rfind("<b "));
    match wrapper.and_then(|at| Some((html.get(..at)?, html.get(at + 2..)?))) {
        Some((before, after)) => format!("{before}<span{after}"),
        None => html.to_owned(),
    }
}
