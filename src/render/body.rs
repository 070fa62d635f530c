//! A text by somebody, as elements, outside of any row.

use super::rows::fill;
use super::words::Words;
use super::write::ElementWriter;
use afterword_core::body::Body;
use web_sys::HtmlElement;

/// Puts a text into an element, in place of what is there.
pub fn show_body(host: &HtmlElement, body: &Body) {
    let mut words = Words::default();
    words.body(body);
    fill(host, words.as_str());
}
