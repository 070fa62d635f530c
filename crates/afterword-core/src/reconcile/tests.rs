//! Which comment is the letter.

use super::*;
use crate::ids::PostPath;
use crate::model::Author;
use crate::outbox::State;
use crate::time::Timestamp;
use crate::writing::{Place, Refusal, Utf16};

fn letter(text: &str, target: Target) -> Letter {
    let post = PostPath::parse("posts/talk/").unwrap();
    Letter {
        place: Place { site: "https://blog.example/".to_owned(), post, target },
        title: String::new(),
        text: text.into(),
        writer: Writer { name: "Ann".to_owned(), ..Writer::default() },
    }
}

fn entry(text: &str, target: Target) -> Entry {
    let created = 30 * 86_400_000;
    let held = State::Held { id: None };
    let known = Some(Vec::new());
    Entry { state: held, ..Entry::new(letter(text, target), String::new(), None, 0, known, created) }
}

fn html(id: &str, name: &str, html: &str) -> Comment {
    Comment {
        id: CommentId::new(id),
        parent: None,
        author: Author { name: name.to_owned(), url: None },
        published: None,
        edited: None,
        body: RawBody::Html(RawHtml::new(html)),
        state: CommentState::Published,
        votes: None,
        by_post_author: false,
    }
}

fn plain(id: &str, text: &str) -> Comment {
    Comment { body: RawBody::Text(text.to_owned()), ..html(id, "Ann", "") }
}

fn answer(id: &str, parent: Option<&str>) -> Comment {
    Comment { parent: parent.map(CommentId::new), ..plain(id, "Hello") }
}

fn at(mut comment: Comment, millis: i64) -> Comment {
    comment.published = Timestamp::from_millis(millis);
    comment
}

fn found(entry: &Entry, comments: &[Comment]) -> Option<String> {
    reconcile(entry, comments, &[]).comment().map(|comment| comment.id.to_string())
}

fn same(source: &str, shown: &str) -> bool {
    text::is_same(&Utf16::from(source), &RawBody::Html(RawHtml::new(shown)), false)
}

#[test]
fn what_a_back_end_made_of_markdown_is_the_same_text() {
    for (source, shown) in [
        ("Hello *world*", "<p>Hello <em>world</em></p>"),
        ("foo**bar**baz", "<p>foo<strong>bar</strong>baz</p>"),
        (
            "See [the page](https://a.example/x_(y) \"T\") now",
            "<p>See <a href=\"https://a.example/x_(y)\">the page</a> now</p>",
        ),
        ("[a](a) a", "<p><a href=\"a\">a</a> a</p>"),
        ("![A cat](cat.png) sat", "<p><img src=\"cat.png\"> sat</p>"),
        ("![A cat](cat.png) sat", "<p><img src=\"cat.png\" alt=\"A cat\"> sat</p>"),
        ("> quoted\n\nanswer", "<blockquote><p>quoted</p></blockquote><p>answer</p>"),
        (
            "1. one\n2) two\n- three\n10. ten",
            "<ol><li>one</li><li>two</li></ol><ul><li>three</li></ul><ol><li>ten</li></ol>",
        ),
        ("- [x] done\n- [ ] not", "<ul><li><input type=\"checkbox\" checked> done</li><li>not</li></ul>"),
        ("```rust\nlet x = 1;\n```\nend", "<pre><code class=\"rust\">let x = 1;\n</code></pre><p>end</p>"),
        ("~~~ sh\nls\n~~~\nend", "<pre><code>ls\n</code></pre><p>end</p>"),
        ("\"Quotes\" -- and ... it's", "<p>“Quotes” – and … it’s</p>"),
        ("a &amp; b &#38; c", "<p>a &amp; b &amp; c</p>"),
        ("`&amp;`", "<p><code>&amp;amp;</code></p>"),
        ("a <b>bold</b> move", "<p>a <b>bold</b> move</p>"),
        ("a <script>x</script> y", "<p>a &lt;script&gt;x&lt;/script&gt; y</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("see https://a.example/x", "<p>see <a href=\"https://a.example/x\">https://a.example/x</a></p>"),
        ("[text][1]\n\n[1]: https://a.example/\nend", "<p><a href=\"https://a.example/\">text</a></p><p>end</p>"),
        ("Über CAFÉ", "<p>über cafe\u{301}</p>"),
        ("好的 👍", "<p>好的 👍</p>"),
        ("* a\n* b", "<p>* a<br>* b</p>"),
    ] {
        assert!(same(source, shown), "{source:?} as {shown:?}");
        assert!(!same(&format!("{source} more"), shown) && !same(source, &format!("{shown}<p>more</p>")), "{source:?}");
    }
}

#[test]
fn a_back_end_for_plain_text_keeps_the_source() {
    for source in
        ["**a** [b](https://c.example/)", "1. one\n2. two", "![x](y) <b>z</b> &amp; [1][2]", "- [x] a\n```rs\nb\n```"]
    {
        assert!(text::is_same(&source.into(), &RawBody::Text(source.to_owned()), false), "{source:?}");
    }
}

#[test]
fn other_texts_are_not_the_same() {
    for (source, shown) in [
        ("Hello", "<p>Hello you</p>"),
        ("Hello you", "<p>Hello</p>"),
        ("1 one", "<p>one</p>"),
        ("12 3. x", "<p>12 x</p>"),
        ("[a]: b c", "<p>b</p>"),
        ("a (b)", "<p>a</p>"),
        ("[x] done", "<p>done</p>"),
        ("- [y] done", "<p>done</p>"),
        ("a & b; c", "<p>a c</p>"),
        ("x </ y >", "<p></p>"),
        ("a < b > c", "<p>a c</p>"),
        (":-)", "<p>:-(</p>"),
        ("???", "<p>!!!</p>"),
        ("+1", "<p>-1 a</p>"),
        ("[a](b", "<p>a</p>"),
        ("[a]:\nb", "<p>a</p>"),
    ] {
        assert!(!same(source, shown), "{source:?} as {shown:?}");
    }
}

#[test]
fn signs_alone_are_compared_as_they_are() {
    assert!(same(":-)", "<p>:-)</p>") && same("? ? ?", "<p>???</p>") && same("“…”", "<p>\"...\"</p>"));
    let with_line = RawBody::Html(RawHtml::new("<p>Answer to Bea</p><p>:-)</p>"));
    assert!(text::is_same(&":-)".into(), &with_line, true) && !text::is_same(&":-)".into(), &with_line, false));
}

#[test]
fn a_text_made_to_confuse_costs_little() {
    let source = "[a](a)".repeat(2_000);
    assert!(!same(&source, &format!("<p>{}</p>", "a".repeat(3_000))));
}

#[test]
fn it_is_not_what_was_there_before() {
    let mut sent = entry("Hello", Target::Thread);
    let comments = [plain("1", "Hello"), plain("2", "Something else"), plain("3", "Hello")];
    assert_eq!(look_alikes(&sent.letter, &comments), ["1", "3"].map(CommentId::new));
    sent.known = Some(look_alikes(&sent.letter, &comments[..1]));
    assert_eq!(found(&sent, &comments[..2]), None);
    assert_eq!(found(&sent, &comments).as_deref(), Some("3"));
    assert_eq!(reconcile(&sent, &comments, &[CommentId::new("3")]), Match::NotFound);
}

#[test]
fn a_thread_that_was_not_known_is_judged_by_dates() {
    let sent = Entry { known: None, ..entry("Hello", Target::Thread) };
    let oldest = sent.created - 3 * 24 * 60 * 60 * 1_000;
    assert_eq!(found(&sent, &[at(plain("1", "Hello"), oldest)]).as_deref(), Some("1"));
    assert_eq!(found(&sent, &[at(plain("1", "Hello"), oldest - 1)]), None);
    assert_eq!(found(&sent, &[plain("1", "Hello")]).as_deref(), Some("1"));
    // Where it was known, clocks may be as wrong as they like.
    assert_eq!(found(&entry("Hello", Target::Thread), &[at(plain("1", "Hello"), 0)]).as_deref(), Some("1"));
}

#[test]
fn of_several_the_first_is_taken() {
    let sent = entry("Hello", Target::Thread);
    let dated = |id, millis| at(plain(id, "Hello"), millis);
    let comments = [dated("9", 3), dated("7", 2), dated("8", 2), dated("6", 3)];
    assert_eq!(reconcile(&sent, &comments, &[]), Match::Several(&comments[1]));
    assert_eq!(reconcile(&sent, &comments[..1], &[]), Match::Found(&comments[0]));
    let many: Vec<Comment> = [dated("2", 2), dated("1", 2)].into();
    assert_eq!(found(&sent, &many).as_deref(), Some("1"));
}

#[test]
fn names_are_compared_loosely() {
    let check = |wanted: &str, given: &str, expected: bool| {
        let mut sent = entry("Hello", Target::Thread);
        sent.letter.writer.name = wanted.to_owned();
        let comment = html("1", given, "<p>Hello</p>");
        assert_eq!(found(&sent, &[comment]).is_some(), expected, "{wanted:?} as {given:?}");
    };
    check(" Ann ", "ann", true);
    check("Ann", "Anne", false);
    check("Tom & Ann", "Tom &amp; Ann", true);
    check("Tom & Ann", "Tom & Ann", true);
    check("", "", true);
    check("", "Anonymous", true);
    check("", "Bea", false);
    check("Anonymous", "", false);
}

#[test]
fn an_answer_stands_where_back_ends_put_it() {
    let thread = [plain("1", "Root"), Comment { parent: Some(CommentId::new("1")), ..plain("2", "Answer") }];
    let check = |to: &str, stored: Option<&str>, expected: bool| {
        let sent = entry("Hello", Target::Reply(CommentId::new(to)));
        let comments = [thread.as_slice(), &[answer("3", stored)]].concat();
        assert_eq!(found(&sent, &comments).is_some(), expected, "answer to {to} under {stored:?}");
    };
    check("2", Some("2"), true);
    // Flattened, and not another thread.
    check("2", Some("1"), true);
    check("1", Some("2"), false);
    check("2", None, false);
    check("2", Some("9"), false);
    // A comment of a file, or one that is gone: the server does not know it.
    check("file-7", None, true);
    check("file-7", Some("file-7"), true);
    check("file-7", Some("1"), false);
    let sent = entry("Hello", Target::Thread);
    assert_eq!(found(&sent, &[answer("3", Some("1"))]), None);
}

#[test]
fn parents_in_a_circle_come_to_an_end() {
    let sent = entry("Hello", Target::Reply(CommentId::new("1")));
    let comments = [answer("1", Some("2")), answer("2", Some("1")), answer("3", Some("9"))];
    let sent = Entry { known: Some(["1", "2"].map(CommentId::new).into()), ..sent };
    assert_eq!(found(&sent, &comments), None);
}

#[test]
fn an_answer_to_a_file_may_begin_with_a_line_of_ours() {
    let marked = html("3", "Ann", "<p>Answer to <a href=\"#comment-7\">Bea</a></p>\n<p>Hello</p>");
    let sent = entry("Hello", Target::Reply(CommentId::new("7")));
    assert!(found(&sent, std::slice::from_ref(&marked)).is_some());
    assert!(found(&entry("Hello", Target::Thread), std::slice::from_ref(&marked)).is_none());
    // The parent may have been read from that line, and then it is no other comment's.
    let below = Comment { parent: Some(CommentId::new("7")), ..marked.clone() };
    assert!(found(&sent, std::slice::from_ref(&below)).is_some());
    assert_eq!(look_alikes(&sent.letter, &[below]), [CommentId::new("3")]);
    let root = plain("1", "Root");
    let answer = Comment { parent: Some(CommentId::new("1")), ..plain("7", "Answer") };
    let flattened = Comment { parent: Some(CommentId::new("1")), ..marked };
    assert!(found(&sent, &[root, answer, flattened]).is_none());
}

#[test]
fn a_change_is_found_by_its_id() {
    let sent = entry("Hello", Target::Edit(CommentId::new("2")));
    let sent = Entry { known: Some(vec![CommentId::new("2")]), ..sent };
    assert_eq!(found(&sent, &[plain("1", "Hello"), html("2", "Whoever", "<p>Hello</p>")]).as_deref(), Some("2"));
    assert_eq!(found(&sent, &[plain("1", "Hello"), plain("2", "As before")]), None);
    let deleted = Comment { state: CommentState::Deleted, ..plain("2", "Hello") };
    assert_eq!(found(&sent, &[deleted]), None);
}

#[test]
fn a_deleted_comment_is_no_letter() {
    let deleted = Comment { state: CommentState::Deleted, ..plain("2", "Hello") };
    assert_eq!(found(&entry("Hello", Target::Thread), &[deleted]), None);
}

#[test]
fn held_entries_show_up() {
    let comments = [plain("1", "Hello"), plain("2", "Changed by the owner")];
    let held = |id: Option<&str>| Entry {
        state: State::Held { id: id.map(CommentId::new) },
        ..entry("Hello", Target::Thread)
    };
    let shown = |entry: &Entry, taken: &[CommentId]| shown_up(entry, &comments, taken).map(|id| id.to_string());
    assert_eq!(shown(&held(Some("2")), &[]).as_deref(), Some("2"));
    assert_eq!(shown(&held(Some("3")), &[]), None);
    assert_eq!(shown(&held(None), &[]).as_deref(), Some("1"));
    assert_eq!(shown(&held(None), &[CommentId::new("1")]), None);
    let refused = Entry { state: State::Rejected(Refusal::Closed), ..held(None) };
    assert_eq!(shown(&refused, &[]), None);
}
