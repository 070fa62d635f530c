//! Files that readers send.

use afterword_adapters::static_json::{
    DecodeError, SubmissionError, decode_comments, decode_submission, encode_submission, submission_name,
};
use afterword_core::body::RawHtml;
use afterword_core::compose::merge::{Submission, Text};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Author, WarningKind};
use afterword_core::time::Timestamp;
use expect_test::expect;

fn submission() -> Submission {
    Submission {
        post: PostPath::parse("posts/größe").unwrap(),
        title: "Size".to_owned(),
        parent: Some(CommentId::new("2")),
        author: Author { name: "Ann".to_owned(), url: Some("https://ann.example/".to_owned()) },
        email: Some("ann@mail.example".to_owned()),
        written: Timestamp::parse_rfc3339("2026-03-04T05:06:07Z"),
        text: Text::Markdown("*Soap*\nhelps".to_owned()),
    }
}

#[test]
fn a_comment_as_a_file() {
    let text = encode_submission(&submission(), "https://blog.example/");
    expect![[r#"
        {
         "version": "https://jsonfeed.org/version/1.1",
         "title": "Size",
         "home_page_url": "https://blog.example/posts/gr%C3%B6%C3%9Fe/",
         "items": [
          {
           "id": "by-hand-0000000000000000",
           "content_text": "*Soap*\nhelps",
           "authors": [{"name": "Ann", "url": "https://ann.example/"}],
           "date_published": "2026-03-04T05:06:07Z",
           "_thread": {"in_reply_to": "2"},
           "_afterword": {"post": "posts/gr%C3%B6%C3%9Fe/", "markup": "markdown", "email": "ann@mail.example"}
          }
         ]
        }
    "#]]
    .assert_eq(&text.replace(submission().id().as_str(), "by-hand-0000000000000000"));
    assert_eq!(submission_name(&submission().post), "comment-größe.json");
}

#[test]
fn what_is_written_is_read() {
    let bare = Submission {
        parent: None,
        author: Author::default(),
        email: None,
        written: None,
        text: Text::Plain("a".to_owned()),
        ..submission()
    };
    let html = Submission { text: Text::Html(RawHtml::new("<p>a")), ..submission() };
    for sent in [submission(), bare, html] {
        let text = encode_submission(&sent, "https://blog.example/");
        let read = decode_submission(text.as_bytes()).unwrap();
        assert_eq!((read.value, read.warnings), (sent, vec![]));
        assert_eq!(decode_comments(text.as_bytes()).unwrap().warnings, vec![], "it is a feed of one comment, too");
    }
}

#[test]
fn what_a_stranger_may_not_decide_is_not_read() {
    let text = r#"{"home_page_url": "https://blog.example/posts/a/", "items": [{"id": "1", "content_text": "a",
        "_thread": {"in_reply_to": 7, "by_post_author": true, "votes": {"up": 99}, "state": "deleted"}}]}"#;
    let read = decode_submission(text.as_bytes()).unwrap().value;
    assert_ne!(read.id(), CommentId::new("1"));
    assert_eq!((read.post.to_string(), read.parent), ("posts/a/".to_owned(), Some(CommentId::new("7"))));
    assert_eq!(read.text, Text::Plain("a".to_owned()));
}

#[test]
fn what_is_none_is_told() {
    let check = |text: &str, expected: SubmissionError| {
        assert_eq!(decode_submission(text.as_bytes()), Err(expected), "{text}");
    };
    check("", SubmissionError::Decode(DecodeError::Empty));
    check("<!doctype html>", SubmissionError::Decode(DecodeError::Html));
    check("{}", SubmissionError::Decode(DecodeError::NoItems));
    check(r#"{"items":[]}"#, SubmissionError::Decode(DecodeError::NoItems));
    check(r#"{"items":[{"content_text":"a"}]}"#, SubmissionError::NoPost);
    check(r#"{"items":[{"content_text":"a","_afterword":{"post":"../x"}}]}"#, SubmissionError::NoPost);
    check(r#"{"items":[{"_afterword":{"post":"posts/x"}}]}"#, SubmissionError::NoText);
    check(r#"{"items":[{"content_text":"a"},{"content_text":"b"}]}"#, SubmissionError::Several);
    let odd =
        r#"{"items":[{"content_text":"a","date_published":"now","_afterword":{"post":"posts/x","markup":"rtf"}}]}"#;
    let kinds: Vec<_> = decode_submission(odd.as_bytes()).unwrap().warnings.into_iter().map(|w| w.kind).collect();
    assert_eq!(kinds, [WarningKind::DateInvalid, WarningKind::WrongType]);
}

#[test]
fn the_example_of_the_page_is_sound() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/format.md")).unwrap();
    let (_, section) = page.split_once("\n## A comment on its way\n").unwrap();
    let example = section.split("```\n").nth(1).unwrap();
    let read = decode_submission(example.as_bytes()).unwrap();
    assert_eq!((read.warnings, read.value.email.as_deref()), (vec![], Some("ann@mail.example")));
    assert_eq!(read.value.text, Text::Markdown("Beeswax is *better*.".to_owned()));
}
