use super::*;
use afterword_core::compose::markdown::{escape, of_body};
use proptest::prelude::*;

/// What Isso 0.14.0 with mistune 3.4.0 and its own settings answered to `/preview`.
const ISSO: &str = include_str!("isso.txt");

/// Starts of the snippets that come out otherwise.
const OTHERWISE: [&str; 2] = ["[a](https://a.example/x", "\\^a^"];

fn shown(html: &str) -> Body {
    sanitize(&RawBody::Html(RawHtml::new(html)), &Policy::comment())
}

fn shown_markdown(text: &str) -> Body {
    preview(text, Markup::Markdown, &Policy::comment())
}

/// The tree, without line breaks between tags and the empty paragraphs that Isso puts around some texts.
fn picture(body: &Body) -> String {
    body.to_html().replace('\n', "").replace("<p></p>", "").trim().to_owned()
}

#[test]
fn markdown_looks_as_isso_makes_it() {
    let mut count = 0;
    for pair in ISSO.trim_end().split("\n%%%%\n") {
        let (text, answer) = pair.split_once("\n====>\n").unwrap();
        let (ours, theirs) = (picture(&shown_markdown(text)), picture(&shown(answer)));
        let is_other = OTHERWISE.iter().any(|start| text.starts_with(start));
        assert_eq!(ours == theirs, !is_other, "{text}\nours:   {ours}\nIsso's: {theirs}");
        count += 1;
    }
    assert!(count >= 50, "{count} snippets");
}

#[test]
fn plain_text_stays_plain() {
    assert_eq!(preview("*a*\nb", Markup::Plain, &Policy::comment()).to_html(), "<p>*a*<br>b</p>");
}

#[test]
fn what_strangers_type_runs_nothing() {
    for (text, expected) in [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[a](javascript:alert(1))", "<p>a</p>"),
        ("<a@b.c\" onclick=x>", "<p>&lt;a@b.c\" onclick=x&gt;</p>"),
        (
            "[a](<https://b.example/\" onclick=\"x>)",
            "<p><a href=\"https://b.example/&quot;%20onclick=&quot;x\">a</a></p>",
        ),
        ("```\"onload=\"x\nb\n```", "<pre><code>b\n</code></pre>"),
    ] {
        let html = shown_markdown(text).to_html();
        assert_eq!(html.replace(" rel=\"ugc nofollow noopener\"", ""), expected, "{text}");
    }
}

#[test]
fn deep_and_long_texts_take_time_in_proportion() {
    for piece in ["> ", "- ", "*a", "[", "~a", "^", "`", "<b", "1. ", "**a_"] {
        let start = std::time::Instant::now();
        let _ = shown_markdown(&piece.repeat(65_535 / piece.len()));
        assert!(start.elapsed().as_secs() < 5, "{piece}: {:?}", start.elapsed());
    }
}

/// Pieces of HTML and of text that mean something in Markdown.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<s>",
        "</s>",
        "<code>",
        "</code>",
        "<a href=https://a.example/x_(y)>",
        "</a>",
        "<p>",
        "</p>",
        "<ul>",
        "<ol start=7>",
        "<li>",
        "</ul>",
        "</ol>",
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "</pre>",
        "<br>",
        "<hr>",
        "<h2>",
        "</h2>",
        "<table><tr><td>",
        "<td>",
        "</table>",
        "<img src=https://b.example/p.png alt=pic>",
        "a",
        "b c",
        " ",
        "word",
        "*",
        "_",
        "`",
        "``",
        "[x]",
        "!",
        "#",
        "- ",
        "1. ",
        "> ",
        "~",
        "^",
        "&amp;amp;",
        "&lt;b&gt;",
        "\\",
        "=",
        "---",
        "(",
        ")",
        ".",
        "字",
        "é",
        "\n",
        "    ",
        "https://c.example/d_e",
        "|",
        "+",
        "1",
        "🎉",
        "]",
        "<sup>2</sup>",
    ]);
    prop::collection::vec(pieces, 0..10).prop_map(|pieces| pieces.concat())
}

/// The words, without the white space between them: marks within a word part it in one text and not in the other.
fn words(body: &Body) -> String {
    body.text().split_whitespace().collect()
}

proptest! {
    #[test]
    fn what_is_pasted_keeps_its_words(html in pieces()) {
        let pasted = shown(&html);
        let markdown = of_body(&pasted);
        prop_assert_eq!(words(&shown_markdown(&markdown)), words(&pasted), "{}", markdown);
    }

    #[test]
    fn what_is_quoted_keeps_its_words(text in "[a-c *_`#>~^&;<!\\\\\\[\\]().1\n-]{0,30}") {
        let plain = preview(&text, Markup::Plain, &Policy::comment());
        prop_assert_eq!(words(&shown_markdown(&escape(&text))), words(&plain), "{}", escape(&text));
    }
}
