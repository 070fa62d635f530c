//! What is searched of a comment, and each kind of term.

use super::{check, comment, found, thread_of};
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::model::CommentState;
use afterword_core::search::{Index, Known, Query};
use afterword_core::thread::Thread;
use std::cell::Cell;

#[test]
fn all_words_must_match_each_anywhere() {
    let bodies = ["Foam roller for the knee", "the knee alone", "rollers of foam"];
    check("knee", &bodies, &[0, 1]);
    check("foam roller", &bodies, &[0, 2]);
    check("\"foam roller\"", &bodies, &[0]);
    check("\"foam rol", &bodies, &[0]);
    check("kn", &bodies, &[0, 1]);
    check("knee nothing", &bodies, &[]);
    check("", &bodies, &[0, 1, 2]);
}

#[test]
fn what_is_shown_is_searched() {
    check("bc", &["a<b>b</b>c", "ab</p><p>c", "b<br>c", "b<!-- x -->c", "<ul><li>b<li>c</ul>"], &[0, 3]);
    check(
        "\"b c\"",
        &["b<br>c", "<p>b</p>\n<p>c</p>", "b&nbsp;\n c", "<table><tr><td>b<td>c</table>", "bc"],
        &[0, 1, 2, 3],
    );
    check(
        "hidden",
        &[
            "<script>hidden</script>",
            "<!--hidden-->",
            "<p class=hidden title=hidden>x",
            "<style>hidden</style>",
            "<hidden>",
        ],
        &[],
    );
    check("r&d", &["R&amp;D", "R&D", "R&amp;amp;D"], &[0, 1]);
    check("<b>", &["<b>x</b>", "&lt;b&gt;"], &[1]);
    check(":-)", &["<img src=smile.gif class=wp-smiley alt=':-)'>", "-"], &[0]);
}

#[test]
fn a_match_stays_in_its_comment() {
    check("\"a b\"", &["a", "b", "a b"], &[2]);
    check("aa", &["a", "a", "", "aaa", "a"], &[3]);
}

#[test]
fn plain_words_may_look_like_fields() {
    let bodies = ["at 12:30, see https://example.org/a", "Note: this", "after: the war", "sauthor:x"];
    check("12:30", &bodies, &[0]);
    check("https://example.org", &bodies, &[0]);
    check("note: this", &bodies, &[1]);
    check("\"after: the\"", &bodies, &[2]);
    check("sauthor:x", &bodies, &[3]);
    check(":", &bodies, &[0, 1, 2, 3]);
}

fn people() -> Thread {
    let text = |text: &str| RawBody::Text(text.to_owned());
    let mut comments = vec![
        comment(0, "Ann Lee", "2011-12-31T23:59:59Z", text("one")),
        comment(1, "Joann", "2012-01-01T00:00:00Z", text("two")),
        comment(2, "ÁNN  LEE", "2012-03-05T12:00:00Z", text("three ann")),
        comment(3, "", "2013-01-01T00:00:00Z", text("four")),
        comment(4, "Bob \"the Rat\" Smith", "", text("five")),
        comment(5, "Ann Lee", "2012-03-05T12:00:00Z", text("gone")),
    ];
    comments[5].state = CommentState::Deleted;
    Thread::build(comments)
}

#[test]
fn authors() {
    let check = |query, expected: &[usize]| assert_eq!(found(&people(), query), expected, "{query}");
    check("author:ann", &[0, 1, 2]);
    check("author: ANN", &[0, 1, 2]);
    check("author:\"Ann Lee\"", &[0, 2]);
    check("author:“ann lee”", &[0, 2]);
    check("author:\"ann\"", &[]);
    check("author:ann author:jo", &[1]);
    check("author:\"\"", &[3]);
    check("author:\"Bob \"the Rat Smith\"", &[4]);
    check("author:\"Bob the Rat Smith\"", &[4]);
    check("ann", &[2]);
}

#[test]
fn dates() {
    let check = |query, expected: &[usize]| assert_eq!(found(&people(), query), expected, "{query}");
    check("after:2012", &[1, 2, 3]);
    check("before:2012", &[0]);
    check("after:2012 before:2013", &[1, 2]);
    check("after:2012-03", &[2, 3]);
    check("after:2012-03-05", &[2, 3]);
    check("after:2012-03-06", &[3]);
    check("before:2012-3-5", &[0, 1]);
    check("before:9999", &[0, 1, 2, 3]);
    check("after:٢٠١٣", &[3]);
}

#[test]
fn links() {
    let bodies = [
        "<a href='https://example.org'>x</a>",
        "see http://example.org/",
        "see www.example.org.",
        "<a href='mailto:a@example.org'>x</a> <a href='../y/'>y</a> <a href='javascript:x'>z</a>",
        "the http:// part, www. alone, awww.so",
        "<img src=x.gif alt=x>",
        "<a href='HTTP://example.org'>x</a>",
    ];
    check("has:link", &bodies, &[0, 1, 2, 6]);
    check("HAS:Link x", &bodies, &[0, 1, 2, 6]);
}

#[test]
fn what_the_caller_knows() {
    let bodies = ["a", "a", "b", "a"];
    check("is:new", &bodies, &[1, 3]);
    check("subject:\"foam roller\"", &bodies, &[0, 1]);
    check("subject:\"foam roller\" is:new a", &bodies, &[1]);
    check("subject:other", &bodies, &[]);
}

#[test]
fn deleted_comments_match_nothing() {
    assert_eq!(found(&people(), "gone"), [0; 0]);
    assert_eq!(found(&people(), ""), [0, 1, 2, 3, 4]);
}

#[test]
fn an_index_is_built_in_slices_and_grows_with_its_thread() {
    let long = "word ".repeat(2000);
    let bodies = vec![long.as_str(); 5];
    let thread = thread_of(&bodies);
    let mut index = Index::default();
    let known = Known { is_new: &|_| false, subject: &|_| vec![7, 99] };
    let matches = |index: &Index, thread: &Thread| index.matches(thread, &Query::parse("word").unwrap(), &known);
    let asked = Cell::new(0);
    let out_of_time = || {
        asked.set(asked.get() + 1);
        true
    };
    assert!(!index.extend(&thread, out_of_time));
    assert_eq!((index.len(), asked.get()), (1, 1));
    assert_eq!(matches(&index, &thread), [true, false, false, false, false]);
    while !index.extend(&thread, out_of_time) {}
    assert_eq!(matches(&index, &thread), [true; 5]);
    let longer = thread_of(&[bodies.as_slice(), &["", "word"]].concat());
    assert_eq!(matches(&index, &longer), [true, true, true, true, true, false, false]);
    assert!(index.extend(&longer, || false));
    assert_eq!(matches(&index, &longer), [true, true, true, true, true, false, true]);
}

#[test]
fn only_what_is_shown_at_first_is_searched() {
    let text = format!("{}end", "word ".repeat(20_000));
    let thread = Thread::build(vec![comment(0, "", "", RawBody::Html(RawHtml::new(text)))]);
    assert_eq!((found(&thread, "word"), found(&thread, "end")), (vec![0], vec![]));
}
