//! Pasted HTML as Markdown.

use afterword_core::compose::from_html::{PASTED_BYTES_MAX, pasted};
use afterword_core::compose::markdown::escape;

fn check(html: &str, expected: &str) {
    assert_eq!(pasted(html).as_deref(), Some(expected), "{html}");
}

#[test]
fn words_keep_their_marks() {
    check("<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p>", "a **b** _c_ ~~d~~ `e`");
    check("a<b> b </b>c", "a **b** c");
    check("<b><i>x</i></b>", "**_x_**");
    check("<i>a</i><b>b</b>", "_a_**b**");
    check("<b>a</b><b>b</b> <b>c</b><i><b>d</b></i>", "**ab c**_**d**_");
    check("x<i>y</i>z <b></b><b> </b>", "x*y*z");
    check("x<b>(y)</b>z <i>k</i>", "x(y)z _k_");
    check("<b>a<br>b</b>", "**a**\n**b**");
    check("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**");
    check("<code>a `b` c</code>", "`` a `b` c ``".replace("`` a `b` c ``", "``a `b` c``").as_str());
    check("<h2>Title</h2><p>x", "**Title**\n\nx");
}

#[test]
fn links_stay_where_they_lead_to_the_web() {
    check("<a href=\"https://a.example/x\">words</a>!", "[words](https://a.example/x)!");
    check("<a href=\"https://a.example/x\">https://a.example/x</a>", "<https://a.example/x>");
    check("<a href=\"https://a.example/(x)_y_\">a]b</a>", "[a\\]b](<https://a.example/(x)_y_>)");
    check("wow!<a href=\"https://a.example\">x</a>", "wow\\![x](https://a.example)");
    check("<a href=\"/here\">a</a> <b>c</b>", "a **c**");
    check("<a href=\"javascript:alert(1)\">a</a> <b>c</b>", "a **c**");
    check("<img src=\"https://a.example/cat.png\" alt=\"A cat\">", "[A cat](https://a.example/cat.png)");
}

#[test]
fn blocks_stay_blocks() {
    check("<ul><li>a<li>b<ul><li>c</ul><li>d</ul><p>e", "- a\n- b\n  - c\n- d\n\ne");
    check("<ol start=9><li>a<li><p>b</p><p>c</p></ol>", "9. a\n10. b\n\n    c");
    check("<blockquote><p>a</p><p>b</p></blockquote><p>c", "> a\n>\n> b\n\nc");
    check("<blockquote>a<ul><li>b</ul></blockquote>", "> a\n>\n> - b");
    check("<pre><code class=\"language-rust\">let a;\n\n  b``` </code></pre>", "````rust\nlet a;\n\n  b```\n````");
    check("<ul><li><pre>x\ny</pre></ul>", "- ```\n  x\n  y\n  ```");
    check("<b>a</b><hr>b", "**a**\n\n***\n\nb");
    check("<table><tr><td>a<td><b>b</b><tr><td>c<td>d</table>", "a **b**\n\nc d");
}

#[test]
fn what_is_plain_stays_plain() {
    for (text, expected) in [
        ("*a* _b_ `c` [d](e) <b>", "\\*a\\* \\_b\\_ \\`c\\` \\[d](e) \\<b>"),
        ("snake_case C:\\dir 1 < 2 & 3 &amp; a\\*", "snake_case C:\\dir 1 < 2 & 3 \\&amp; a\\\\\\*"),
        ("# a", "\\# a"),
        ("- a\n+ b\n1. c\n2) d\n> e\n---\n===", "\\- a\n\\+ b\n1\\. c\n2\\) d\n\\> e\n\\---\n\\==="),
        ("~~a~~ b^2^", "\\~\\~a\\~\\~ b\\^2\\^"),
        ("see https://a.example/b_c_d, ok", "see <https://a.example/b_c_d>, ok"),
        ("a\n\n\nb", "a\n\nb"),
    ] {
        assert_eq!(escape(text), expected, "{text:?}");
    }
}

#[test]
fn what_says_no_more_than_its_words_is_left_to_the_browser() {
    for html in ["", "<p>a</p><div>b</div>", "<span style=\"color:red\">a</span>", "<b></b>", "<meta charset=utf-8>a"] {
        assert_eq!(pasted(html), None, "{html}");
    }
    assert_eq!(pasted(&format!("<b>{}</b>", "a".repeat(PASTED_BYTES_MAX))), None, "too long");
}

#[test]
fn the_wrapper_of_google_docs_is_not_bold() {
    check("<meta><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><p>a <i>b</i></p></b><br>", "a _b_");
}

#[test]
fn many_tags_take_time_in_proportion() {
    for piece in [
        "<b>a",
        "<i>a</i><b>b</b>",
        "<ul><li>a",
        "<blockquote>a",
        "<br><b>a",
        "<code>`a",
        "<a href=https://a.example>[a",
    ] {
        let html = piece.repeat(PASTED_BYTES_MAX / 4 / piece.len());
        let start = std::time::Instant::now();
        assert!(pasted(&html).is_some_and(|markdown| !markdown.is_empty()), "{piece}");
        assert!(start.elapsed().as_secs() < 4, "{piece}");
    }
}
