//! How a comment on the server says that it answers a comment in a file: its first line is a link to that comment, with
//! the name of whoever wrote it.
//!
//! The server knows no comment but its own, and nothing else of ours would survive in it. A link is understood by people
//! in any language and by every other program that shows the comment, and read back here it is exact.

use afterword_core::ids::CommentId;

/// Longest name in such a line, in characters: it is for knowing whom, the link knows which.
const NAME_MAX: usize = 60;

/// The words of the link where the name is unknown.
const NAMELESS: &str = "↑";

/// What all such links of one post have in common.
pub(super) struct Mark {
    /// The scheme and host of the site; empty where nobody knows.
    origin: String,
    /// The path of the post's page, in which nothing has a meaning in Markdown or HTML.
    path: String,
}

impl Mark {
    pub(super) fn new(origin: String, uri: &str) -> Self {
        Self { origin, path: plain_path(uri) }
    }

    /// The line, with a blank one after it.
    pub(super) fn line(&self, id: &CommentId, name: &str) -> String {
        let Self { origin, path } = self;
        let words = match name.split_whitespace().collect::<Vec<_>>().join(" ") {
            name if name.is_empty() => NAMELESS.to_owned(),
            name => format!("@{}", escape(&name.chars().take(NAME_MAX).collect::<String>())),
        };
        format!("[{words}]({origin}{path}#{})\n\n", id.element_id())
    }

    /// The comment in a file that a text begins by naming, if it does. Which host the link leads to does not matter: a
    /// blog may have moved.
    pub(super) fn find(&self, html: &str) -> Option<CommentId> {
        let (href, rest) = html.trim_start().strip_prefix("<p><a href=\"")?.split_once('"')?;
        let (address, fragment) = href.split_once('#')?;
        let path = crate::static_json::split_origin(address).map_or(address, |(_, path)| path);
        let is_ours = path == self.path && rest.split_once("</a>").is_some_and(|(_, rest)| rest.starts_with("</p>"));
        CommentId::from_element_id(fragment).filter(|_| is_ours)
    }
}

/// A path in which only letters, digits, slashes and what is harmless stays as it is.
fn plain_path(uri: &str) -> String {
    let mut path = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path
}

/// A text in which nothing has a meaning in Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_leads_back_to_the_comment() {
        let mark = Mark::new("https://blog.example".to_owned(), "/sub/posts/a(b)/");
        let line = mark.line(&CommentId::new("12 x"), " Ann  [x](y) ");
        assert_eq!(line, "[@Ann \\[x\\]\\(y\\)](https://blog.example/sub/posts/a%28b%29/#comment-12_20x)\n\n");
        assert!(mark.line(&CommentId::new("1"), " ").starts_with("[↑](https://"));
        let found = |html: &str| mark.find(html);
        let href = "https://blog.example/sub/posts/a%28b%29/#comment-12_20x";
        let linked = format!("<p><a href=\"{href}\" rel=\"nofollow noopener\">@Ann</a></p>\n<p>Yes</p>");
        assert_eq!(found(&linked), Some(CommentId::new("12 x")));
        assert_eq!(found(&linked.replace("blog.example", "old.example")), Some(CommentId::new("12 x")));
        assert_eq!(found(&linked.replace("/sub", "")), None, "another page");
        assert_eq!(found(&linked.replace("</a></p>", "</a> yes</p>")), None, "no line of its own");
        assert_eq!(found(&linked.replace("#comment", "#other")), None);
        assert_eq!(found("<p>Yes</p>"), None);
    }
}
