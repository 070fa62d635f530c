//! Bare newlines become paragraphs, as WordPress shows them.
//!
//! WordPress keeps what was typed: paragraphs are blank lines, and its `wpautop` filter makes `<p>` of them when a page
//! is shown. An export holds the typed form, so importing means doing the same. This is an implementation of our own:
//! it goes over the text once, token by token, and differs from WordPress where WordPress writes broken nesting
//! (a blank line within `<strong>` or `<div>`).
//!
//! In goes HTML with bare newlines, out comes HTML with paragraphs. Nothing is checked or made safe here: what comes
//! out is as untrusted as what went in.

mod piece;
mod writer;

use piece::{pieces, spaced_containers};
use writer::Writer;

/// Blocks that hold nothing but other elements: text in them is left alone.
const STRUCTURES: [&str; 10] = ["ul", "ol", "menu", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup"];

/// Blocks in which a blank line makes paragraphs.
#[rustfmt::skip]
const CONTAINERS: [&str; 15] = [
    "address", "article", "aside", "dd", "details", "div", "fieldset", "figcaption", "footer", "form", "header", "li",
    "section", "td", "th",
];

/// The other blocks: a paragraph ends around them, and none begins in them.
#[rustfmt::skip]
const OTHER_BLOCKS: [&str; 18] = [
    "blockquote", "caption", "col", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "legend", "nav", "p",
    "pre", "style", "summary",
];

/// Inline elements that are closed before a blank line and opened again after it.
#[rustfmt::skip]
const FORMATTING: [&str; 19] = [
    "a", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strike",
    "strong", "sub", "u",
];

/// Elements whose inside is shown as it is, or never: no paragraphs are made in them.
const UNTOUCHED: [&str; 7] = ["pre", "script", "style", "svg", "math", "textarea", "iframe"];

/// Makes paragraphs: blank lines part them, single newlines become `<br />`. Blocks, `<pre>` and scripts stay as they
/// are; explicit `<p>` elements are kept.
///
/// ```
/// use afterword_import::autop::autop;
/// assert_eq!(autop("One\nline.\n\n<b>Two</b>"), "<p>One<br />\nline.</p>\n<p><b>Two</b></p>");
/// ```
pub fn autop(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let pieces = pieces(&text);
    let spaced = spaced_containers(&pieces);
    let mut writer = Writer::new(text.len());
    for (index, piece) in pieces.iter().enumerate() {
        writer.take(piece, spaced.contains(&index));
    }
    writer.finish()
}

pub(crate) fn is_block(name: &str) -> bool {
    listed(name, &STRUCTURES) || listed(name, &CONTAINERS) || listed(name, &OTHER_BLOCKS)
}

fn listed(name: &str, list: &[&str]) -> bool {
    list.iter().any(|listed| name.eq_ignore_ascii_case(listed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Kind, Scanner};
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(autop(text), expected, "{text:?}");
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        check("", "");
        check(" \n\n ", "");
        check("One", "<p>One</p>");
        check("One\n\nTwo\n \n\n\tThree\n", "<p>One</p>\n<p>Two</p>\n<p>Three</p>");
        check("One\r\n\r\nTwo\rThree", "<p>One</p>\n<p>Two<br />\nThree</p>");
    }

    #[test]
    fn a_newline_is_a_break() {
        check("One\nTwo", "<p>One<br />\nTwo</p>");
        check("One  \n  Two", "<p>One<br />\nTwo</p>");
        check("One<br>\nTwo", "<p>One<br>\nTwo</p>");
        check("One <br/> Two", "<p>One<br/>Two</p>");
        check("<b>One</b>\n<i>Two</i>\n", "<p><b>One</b><br />\n<i>Two</i></p>");
        check("a <b>b</b> c", "<p>a <b>b</b> c</p>");
    }

    #[test]
    fn two_breaks_part_paragraphs() {
        check("One<br><br />Two<br> \n<BR>Three", "<p>One</p>\n<p>Two</p>\n<p>Three</p>");
    }

    #[test]
    fn blocks_stay_as_they_are() {
        check("<p>One</p>\n\n<p>Two</p>", "<p>One</p>\n<p>Two</p>");
        check(
            "Text\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nMore",
            "<p>Text</p>\n<ul>\n<li>a</li>\n<li>b</li></ul>\n<p>More</p>",
        );
        check("<h2>Title</h2>\nText", "<h2>Title</h2>\n<p>Text</p>");
        check("a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>");
        check("<table><tr><td>a\nb</td></tr></table>", "<table>\n<tr>\n<td>a<br />\nb</td></tr></table>");
        check("<DIV class=\"x\">\na\n</DIV>", "<DIV class=\"x\">a</DIV>");
    }

    #[test]
    fn blank_lines_in_a_container_make_paragraphs_of_all_of_it() {
        check("<div>a\n\nb</div>", "<div>\n<p>a</p>\n<p>b</p></div>");
        check("<div>a</div>", "<div>a</div>");
        check("<ul>\n\n<li>a\n\nb</li>\n\n<li>c</li></ul>", "<ul>\n<li>\n<p>a</p>\n<p>b</p></li>\n<li>c</li></ul>");
        check("<h2>a\n\nb</h2>", "<h2>a<br />\nb</h2>");
    }

    #[test]
    fn a_quotation_has_paragraphs() {
        check("<blockquote>a</blockquote>", "<blockquote>\n<p>a</p></blockquote>");
        check("<blockquote><p>a</p></blockquote>", "<blockquote>\n<p>a</p></blockquote>");
        check(
            "He said:\n<blockquote>a\n\nb</blockquote>\nRight.",
            "<p>He said:</p>\n<blockquote>\n<p>a</p>\n<p>b</p></blockquote>\n<p>Right.</p>",
        );
    }

    #[test]
    fn explicit_paragraphs() {
        check("<p>a\nb</p>", "<p>a<br />\nb</p>");
        check("<p>a\n\nb</p>", "<p>a</p>\n<p>b</p>");
        check("<p>a<p>b", "<p>a</p>\n<p>b");
        check("<p>a<ul><li>b</li></ul></p>\n\nc", "<p>a</p>\n<ul>\n<li>b</li></ul>\n<p>c</p>");
        check("<p>\n\n</p>", "<p></p>");
        check("<ul><</p>a", "<ul>&lt;a");
    }

    #[test]
    fn untouched_insides() {
        check("a\n<pre>x\n\n  y</pre>\nb", "<p>a</p>\n<pre>x\n\n  y</pre>\n<p>b</p>");
        check("<script>\n\nx<y\n</script>", "<script>\n\nx<y\n</script>");
        check("<iframe src=\"x\">\n\n</iframe>", "<p><iframe src=\"x\">\n\n</iframe></p>");
        check("<pre>never\n\nends", "<pre>never\n\nends");
    }

    #[test]
    fn formatting_goes_on_after_a_blank_line() {
        check("<b>a\n\nb</b> c", "<p><b>a</b></p>\n<p><b>b</b> c</p>");
        check("<b>a\n\n</b>c", "<p><b>a</b></p>\n<p>c</p>");
        check(
            "<a href=\"#\"><b>a\n\nb</a></b>",
            "<p><a href=\"#\"><b>a</b></a></p>\n<p><a href=\"#\"><b>b</a></b></p>",
        );
        check("<div><b>a</div>\n\nc", "<div><b>a</div>\n<p>c</p>");
        check("<a href=\"#\"><h2>a</h2></a>", "<a href=\"#\">\n<h2>a</h2>\n</a>");
    }

    #[test]
    fn comments_and_pictures() {
        check("a\n\n<!--more-->\n\nb", "<p>a</p>\n<!--more-->\n<p>b</p>");
        check("<img src=\"a.jpg\">\n\nb", "<p><img src=\"a.jpg\"></p>\n<p>b</p>");
        check("a < b\n\n<3 & <nope", "<p>a < b</p>\n<p>&lt;3 & &lt;nope</p>");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// Nothing that is read is lost or moved: all that is added is `<p>`, `<br />` and formatting.
        #[test]
        fn words_stay_in_order(pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "b ", " c", "\n", "\n\n", "<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<ul>", "<li>", "</ul>",
            "<br>", "<pre>", "</pre>", "<!-- x -->", "<blockquote>", "</blockquote>", "<", "<img>", "<td>", "</i>",
        ]), 0..40)) {
            let text = pieces.concat();
            let letters = |html: &str| -> String {
                Scanner::new(html).filter(|t| t.kind == Kind::Text).flat_map(|t| t.raw.chars())
                    .filter(|c| !c.is_whitespace()).collect::<String>().replace("&lt;", "<")
            };
            prop_assert_eq!(letters(&autop(&text)), letters(&text));
        }
    }

    #[test]
    fn hostile_texts_take_little_room() {
        for unit in [
            "<b>",
            "<b>a\n\n",
            "</div>",
            "<div>",
            "<p>",
            "\n\n",
            "<",
            "<!--",
            "<a '",
            "<a \">",
            "</b>",
            "<pre>",
            "<i><div>x",
            "<br>",
            "<td>\n\n",
        ] {
            let text = unit.repeat(200_000 / unit.len());
            let made = autop(&text);
            assert!(made.len() < text.len() * 24, "{unit:?}: {}", made.len());
        }
    }
}
