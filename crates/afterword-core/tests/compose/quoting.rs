//! Quotations.

use afterword_core::compose::quote::{QUOTE_CHARACTERS_MAX, Source, quote};
use afterword_core::writing::Markup;

fn check(selected: &str, source: (&str, Option<&str>), markup: Markup, expected: &str) {
    let source = Source { name: source.0, address: source.1 };
    assert_eq!(quote(selected, source, markup), expected, "{selected:?}");
}

#[test]
fn words_are_quoted_with_a_link_back() {
    let ann = ("Ann", Some("https://blog.example/posts/a/#comment-3"));
    check(
        "  One *two*\nthree\n\n\n# four ",
        ann,
        Markup::Markdown,
        "> One \\*two\\*\n> three\n>\n> \\# four\n>\n> — [Ann](https://blog.example/posts/a/#comment-3)",
    );
    check(
        "One *two*\n\nthree",
        ann,
        Markup::Plain,
        "> One *two*\n>\n> three\n>\n> — Ann, https://blog.example/posts/a/#comment-3",
    );
    check("a", ("A_n [n]", None), Markup::Markdown, "> a\n>\n> — A\\_n \\[n]".replace("A\\_n", "A_n").as_str());
    check("a", ("", Some("https://x.example/")), Markup::Markdown, "> a\n>\n> — <https://x.example/>");
    check("a", ("Ann", Some("javascript:alert(1)")), Markup::Markdown, "> a\n>\n> — Ann");
    check(" \n ", ann, Markup::Markdown, "");
}

#[test]
fn long_quotations_end_with_an_ellipsis() {
    let long = quote(&"word ".repeat(1_000), Source { name: "Ann", address: None }, Markup::Plain);
    let first = long.lines().next().unwrap();
    assert!(first.ends_with("word …") && first.chars().count() <= QUOTE_CHARACTERS_MAX + 4, "{first}");
    let one = quote(&"字".repeat(2_000), Source { name: "Ann", address: None }, Markup::Plain);
    assert_eq!(one.matches('字').count(), QUOTE_CHARACTERS_MAX);
}
