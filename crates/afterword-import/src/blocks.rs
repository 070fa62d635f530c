//! What WordPress does to a post's text before it shows it: short codes are worked out, block marks are dropped, or
//! paragraphs are made.

use crate::autop::autop;
use crate::footnotes;
use crate::library::Library;
use crate::shortcode;
use crate::text;

const BLOCK_MARK: &str = "<!-- wp:";
const BLOCK_END_MARK: &str = "<!-- /wp:";
const FOOTNOTES: &str = "footnotes";
/// The mark behind a post's beginning, up to words for the link to the rest.
const MORE: &str = "<!--more";
/// The mark between the pages of a long post.
const NEXT_PAGE: &str = "<!--nextpage-->";

/// Most names of missing blocks that are told for one text.
const MISSING_MAX: usize = 20;

/// What a text needs to know of its post.
pub(crate) struct Surroundings<'a> {
    /// The post's number.
    pub(crate) number: &'a str,
    /// The meta field of its footnotes.
    pub(crate) footnotes: &'a str,
    /// All files of the blog.
    pub(crate) library: &'a Library,
}

/// A post's text as a page shows it, and what was seen on the way.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Shown {
    pub(crate) html: String,
    /// What stands before the mark for "read more", as plain text.
    pub(crate) teaser: Option<String>,
    /// Blocks that WordPress fills in when a page is shown, of which nothing is in the export.
    pub(crate) dynamic_blocks: Vec<String>,
    /// Short codes that stay in the text.
    pub(crate) shortcodes: Vec<String>,
}

/// Makes the text that WordPress would show from the text that it keeps. A text written with the block editor has its
/// paragraphs already; any other gets them from [`autop`].
pub(crate) fn shown(kept: &str, around: &Surroundings<'_>) -> Shown {
    // The pages of a long post are one here, and each of them began with a paragraph.
    let joined = kept.contains(NEXT_PAGE).then(|| kept.replace(NEXT_PAGE, "\n\n"));
    let expanded = shortcode::expand(joined.as_deref().unwrap_or(kept), around.number, around.library);
    let mut shown = Shown { shortcodes: expanded.kept, ..Shown::default() };
    shown.html = if expanded.text.contains(BLOCK_MARK) {
        drop_marks(&expanded.text, around.footnotes, &mut shown.dynamic_blocks)
    } else {
        autop(&expanded.text)
    };
    if let Some(at) = shown.html.find(MORE)
        && let Some(len) = shown.html[at..].find("-->")
    {
        shown.teaser = Some(text::plain_line(&shown.html[..at])).filter(|teaser| !teaser.is_empty());
        // Links to the rest of a post lead here.
        shown.html.replace_range(at..at + len + 3, &format!("<span id=\"more-{}\"></span>", digits(around.number)));
    }
    shown
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn drop_marks(text: &str, notes: &str, missing: &mut Vec<String>) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<!-- ") {
        let mark = &rest[at..];
        let is_mark = mark.starts_with(BLOCK_MARK) || mark.starts_with(BLOCK_END_MARK);
        let Some(end) = mark.find("-->").map(|end| end + 3) else { break };
        html.push_str(&rest[..at]);
        if !is_mark {
            html.push_str(&mark[..end]);
        } else if mark[..end].ends_with("/-->") {
            let name = mark[BLOCK_MARK.len()..end].split([' ', '/']).next().unwrap_or_default();
            match name {
                FOOTNOTES => html.push_str(&footnotes::list(notes)),
                // Of these nothing is ever shown but themselves, and WordPress writes them without an end when empty.
                "paragraph" | "spacer" | "separator" | "group" | "column" | "columns" => {}
                _ if missing.len() < MISSING_MAX => missing.push(name.to_owned()),
                _ => {}
            }
        }
        rest = &mark[end..];
    }
    html.push_str(rest);
    squeeze(&html)
}

/// Dropped marks leave empty lines: one newline is enough. Lines inside `<pre>` are text and stay.
fn squeeze(html: &str) -> String {
    if html.contains("<pre") || html.contains("<textarea") {
        return html.trim().to_owned();
    }
    let mut out = String::with_capacity(html.len());
    for line in html.lines().filter(|line| !line.trim().is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(kept: &str) -> Shown {
        let footnotes = r#"[{"id":"f","content":"Note."}]"#;
        shown(kept, &Surroundings { number: "7", footnotes, library: &Library::default() })
    }

    fn check(kept: &str, html: &str, dynamic_blocks: &[&str], shortcodes: &[&str]) {
        let shown = show(kept);
        assert_eq!(shown.html, html, "{kept:?}");
        assert_eq!(
            (&shown.dynamic_blocks[..], &shown.shortcodes[..]),
            (&owned(dynamic_blocks)[..], &owned(shortcodes)[..])
        );
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn block_marks_go_and_paragraphs_stay() {
        check(
            "<!-- wp:paragraph -->\n<p>A\nb</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:quote {\"a\":1} --><blockquote>q</blockquote><!-- /wp:quote -->",
            "<p>A\nb</p>\n<blockquote>q</blockquote>",
            &[],
            &[],
        );
        check("<!-- wp:code -->\n<pre>a\n\n\nb</pre>\n<!-- /wp:code -->", "<pre>a\n\n\nb</pre>", &[], &[]);
    }

    #[test]
    fn dynamic_blocks_and_short_codes_are_named() {
        check(
            "<!-- wp:latest-posts {\"n\":3} /-->\n<p>A</p><!-- keep -->",
            "<p>A</p><!-- keep -->",
            &["latest-posts"],
            &[],
        );
        check("<!-- wp:a/b /--><!-- wp:spacer /-->", "", &["a"], &[]);
        check("[form id=\"1\"]", "<p>[form id=\"1\"]</p>", &[], &["form"]);
    }

    #[test]
    fn footnotes_stand_where_their_block_is() {
        check(
            "<!-- wp:paragraph --><p>A<sup data-fn=\"f\"><a href=\"#f\" id=\"f-link\">1</a></sup></p><!-- /wp:paragraph -->\n<!-- wp:footnotes /-->",
            "<p>A<sup data-fn=\"f\"><a href=\"#f\" id=\"f-link\">1</a></sup></p>\n<ol>\n<li id=\"f\">Note. <a href=\"#f-link\">↩</a></li>\n</ol>",
            &[],
            &[],
        );
    }

    #[test]
    fn a_picture_with_a_caption_becomes_a_figure() {
        check(
            "Look:\n\n[caption id=\"a\" width=\"3\"]<a href=\"b\"><img src=\"c\" /></a> My <em>bench</em>[/caption]\n\nNice.",
            "<p>Look:</p>\n<figure><a href=\"b\"><img src=\"c\" /></a>\n<figcaption>My <em>bench</em></figcaption></figure>\n<p>Nice.</p>",
            &[],
            &[],
        );
    }

    #[test]
    fn what_stands_before_the_mark_is_the_teaser() {
        let check = |kept: &str, html: &str, teaser: Option<&str>| {
            let shown = show(kept);
            assert_eq!((shown.html.as_str(), shown.teaser.as_deref()), (html, teaser), "{kept:?}");
        };
        check(
            "One <b>two</b>\n\n<!--more Read on-->\n\nThree",
            "<p>One <b>two</b></p>\n<span id=\"more-7\"></span>\n<p>Three</p>",
            Some("One two"),
        );
        check(
            "<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n<p>B</p>",
            "<p>A</p>\n<span id=\"more-7\"></span>\n<p>B</p>",
            Some("A"),
        );
        check("<!--more-->All", "<p><span id=\"more-7\"></span>All</p>", None);
        check("One<!--nextpage-->Two", "<p>One</p>\n<p>Two</p>", None);
        check("One", "<p>One</p>", None);
    }

    #[test]
    fn a_mark_that_never_ends_is_text() {
        check("<!-- wp:paragraph <p>a</p>", "<!-- wp:paragraph <p>a</p>", &[], &[]);
    }
}
