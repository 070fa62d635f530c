//! The sanitizer as a whole: real posts, hostile ones, and html5ever on the same input.

mod hostile;
mod limits;
mod reference;
mod references;
mod snippets;
mod soup;
mod urls;

use afterword_core::body::{Body, Policy, RawBody, RawHtml, sanitize};

/// Sanitizes HTML, and makes sure of what must hold for every input: our HTML means our tree to a browser's parser,
/// and to us.
fn sanitized(html: &str, policy: &Policy) -> Body {
    let body = sanitize(&RawBody::Html(RawHtml::new(html)), policy);
    let written = body.to_html();
    assert_eq!(
        reference::parsed(&written),
        reference::own(&body),
        "html5ever sees another tree\n{html:?}\n{written:?}"
    );
    let again = sanitize(&RawBody::Html(RawHtml::new(written.as_str())), policy);
    assert_eq!(again, body, "not stable\n{html:?}\n{written:?}\n{:?}", again.to_html());
    body
}
