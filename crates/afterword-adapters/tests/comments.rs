//! Files of comments: what is read, what is mended, what is told.
//!
//! Long because it is a table of cases: each is short and stands alone.

use afterword_adapters::json::parse;
use afterword_adapters::static_json::{
    CommentsDecoder, CommentsPage, DecodeError, FeedHead, Step, decode_comments, encode_comment_item, encode_comments,
    encode_items, merge_pages, rewrite_comment,
};
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::CommentId;
use afterword_core::model::{Author, Comment, CommentState, Votes, WarningKind};
use afterword_core::time::Timestamp;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn picture_of(comment: &Comment) -> String {
    let mut line = comment.id.to_string();
    if let Some(parent) = &comment.parent {
        line.push_str(&format!("<{parent}"));
    }
    line.push_str(&format!(" {:?}", comment.author.name));
    if let Some(url) = &comment.author.url {
        line.push_str(&format!(" ({url})"));
    }
    for (label, date) in [("", comment.published), ("edited ", comment.edited)] {
        if let Some(date) = date {
            line.push_str(&format!(" {label}{date}"));
        }
    }
    match &comment.body {
        RawBody::Html(html) => line.push_str(&format!(" html {:?}", html.to_encode())),
        RawBody::Text(text) => line.push_str(&format!(" text {text:?}")),
    }
    if comment.state == CommentState::Deleted {
        line.push_str(" deleted");
    }
    if let Some(Votes { up, down }) = comment.votes {
        line.push_str(&format!(" +{up} -{down}"));
    }
    if comment.by_post_author {
        line.push_str(" by the post's author");
    }
    line + "\n"
}

/// Items in; comments and warnings out, a line each.
fn check(items: &str, expected: Expect) {
    let document = format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{items}]}}"#);
    let decoded = decode_comments(document.as_bytes()).unwrap();
    let mut picture: String = decoded.value.comments.iter().map(picture_of).collect();
    for warning in decoded.warnings {
        picture.push_str(&format!("! {} {:?}\n", warning.place, warning.kind));
    }
    expected.assert_eq(&picture);
}

#[test]
fn a_comment_with_everything() {
    check(
        r#"{"id":"7","content_html":"<p>Hi</p>","authors":[{"name":"Ann","url":"https://ann.example/","avatar":"a.png"}],
            "date_published":"2012-01-31T09:15:00+01:00","date_modified":"2012-02-01T00:00:00Z",
            "_thread":{"in_reply_to":"3","state":"published","votes":{"up":4,"down":1},"by_post_author":true}}"#,
        expect![[r#"
            7<3 "Ann" (https://ann.example/) 2012-01-31T08:15:00Z edited 2012-02-01T00:00:00Z html "<p>Hi</p>" +4 -1 by the post's author
        "#]],
    );
}

#[test]
fn a_comment_with_almost_nothing() {
    check(
        r#"{"id":"1","content_text":"Hi"}"#,
        expect![[r#"
        1 "" text "Hi"
    "#]],
    );
    check(
        r#"{"id":"1","content_text":"Hi","date_published":null,"authors":[],"_thread":null}"#,
        expect![[r#"
        1 "" text "Hi"
    "#]],
    );
}

#[test]
fn ids_are_names_whatever_they_are_made_of() {
    check(
        r#"{"id":12,"content_text":"a"},{"id":13.0,"content_text":"b","_thread":{"in_reply_to":12}},
           {"id":9007199254740993,"content_text":"c","_thread":{"in_reply_to":"13"}},{"id":-1,"content_text":"d"},
           {"id":"a b\"<","content_text":"e"},{"id":"","content_text":"f"},{"content_text":"g"},
           {"id":null,"content_text":"h"},{"id":true,"content_text":"i"},{"id":"item-6","content_text":"j"}"#,
        expect![[r#"
            12 "" text "a"
            13<12 "" text "b"
            9007199254740993<13 "" text "c"
            -1 "" text "d"
            a b"< "" text "e"
            item-5 "" text "f"
            item-6~2 "" text "g"
            item-7 "" text "h"
            item-8 "" text "i"
            item-6 "" text "j"
            ! items[8].id WrongType
            ! items[5].id IdMissing
            ! items[6].id IdMissing
            ! items[7].id IdMissing
            ! items[8].id IdMissing
        "#]],
    );
}

#[test]
fn the_second_of_two_with_one_id_gets_another() {
    check(
        r#"{"id":"3","content_text":"a"},{"id":"3","content_text":"b"},{"id":3,"content_text":"a"},
           {"id":"3~2","content_text":"c"},{"id":"4","content_text":"d","_thread":{"in_reply_to":"3"}}"#,
        expect![[r#"
            3 "" text "a"
            3~3 "" text "b"
            3~4 "" text "a"
            3~2 "" text "c"
            4<3 "" text "d"
            ! items[1].id IdDuplicate
            ! items[2].id IdDuplicate
        "#]],
    );
}

#[test]
fn authors_in_every_shape() {
    check(
        r#"{"id":"1","content_text":"a","authors":"Ann"},{"id":"2","content_text":"a","authors":{"name":"Ann"}},
           {"id":"3","content_text":"a","authors":[{"name":7}]},{"id":"4","content_text":"a","authors":[{}]},
           {"id":"5","content_text":"a","authors":[{"url":"javascript:1"}]},{"id":"6","content_text":"a","authors":null},
           {"id":"7","content_text":"a","author":{"name":"Old"}},{"id":"8","content_text":"a","authors":[{"name":[]}]},
           {"id":"9","content_text":"a","authors":[null,{"name":"Second"}]}"#,
        expect![[r#"
            1 "Ann" text "a"
            2 "Ann" text "a"
            3 "7" text "a"
            4 "" text "a"
            5 "" (javascript:1) text "a"
            6 "" text "a"
            7 "Old" text "a"
            8 "" text "a"
            9 "Second" text "a"
            ! items[0].authors WrongType
            ! items[1].authors WrongType
            ! items[2].authors.name WrongType
            ! items[7].authors.name WrongType
            ! items[8].authors WrongType
        "#]],
    );
}

#[test]
fn dates_that_are_none_are_unknown() {
    check(
        r#"{"id":"1","content_text":"a","date_published":""},{"id":"2","content_text":"a","date_published":1e20},
           {"id":"3","content_text":"a","date_published":"9999-12-31T23:59:59+14:00"},
           {"id":"4","content_text":"a","date_published":"0001-01-01T00:00:00Z"},
           {"id":"5","content_text":"a","date_published":"2026-02-30T10:00:00Z"},
           {"id":"6","content_text":"a","date_published":"2026-01-01T10:00:00"},
           {"id":"7","content_text":"a","date_published":{}},{"id":"8","content_text":"a","date_published":"2026-01-01"}"#,
        expect![[r#"
            1 "" text "a"
            2 "" text "a"
            3 "" text "a"
            4 "" text "a"
            5 "" text "a"
            6 "" text "a"
            7 "" text "a"
            8 "" 2026-01-01T00:00:00Z text "a"
            ! items[0].date_published DateInvalid
            ! items[1].date_published DateInvalid
            ! items[2].date_published DateInvalid
            ! items[3].date_published DateInvalid
            ! items[4].date_published DateInvalid
            ! items[5].date_published DateInvalid
            ! items[6].date_published DateInvalid
        "#]],
    );
}

#[test]
fn when_it_was_edited() {
    let dated =
        |rest: &str| format!(r#"{{"id":"1","content_text":"a","date_published":"2020-01-01T00:00:00Z",{rest}}}"#);
    check(
        &dated(r#""date_modified":"2020-01-01T00:00:00Z""#),
        expect![[r#"
        1 "" 2020-01-01T00:00:00Z text "a"
    "#]],
    );
    check(
        &dated(r#""date_modified":"2020-01-02T00:00:00Z","_thread":{"edited":true}"#),
        expect![[r#"
        1 "" 2020-01-01T00:00:00Z edited 2020-01-02T00:00:00Z text "a"
    "#]],
    );
    check(
        &dated(r#""_thread":{"edited":true}"#),
        expect![[r#"
        1 "" 2020-01-01T00:00:00Z edited 2020-01-01T00:00:00Z text "a"
    "#]],
    );
    check(
        &dated(r#""_thread":{"edited":"2020-01-03T00:00:00Z"}"#),
        expect![[r#"
        1 "" 2020-01-01T00:00:00Z edited 2020-01-03T00:00:00Z text "a"
    "#]],
    );
    check(
        &dated(r#""_thread":{"edited":false}"#),
        expect![[r#"
        1 "" 2020-01-01T00:00:00Z text "a"
    "#]],
    );
    check(
        &dated(r#""_thread":{"edited":1}"#),
        expect![[r#"
        1 "" 2020-01-01T00:00:00Z text "a"
        ! items[0]._thread.edited DateInvalid
    "#]],
    );
}

#[test]
fn bodies_and_states() {
    check(
        r#"{"id":"1","content_html":1,"content_text":"kept"},{"id":"2","content_html":["<p>"]},{"id":"3","content_html":" \n"},
           {"id":"4","content_html":"","_thread":{"state":"deleted"}},{"id":"5","_thread":{"state":"deleted"},"content_html":"gone"},
           {"id":"6","content_html":"h","content_text":"t"},{"id":"7","content_text":"a","_thread":{"state":"odd"}},
           {"id":"8","content_text":"a","_thread":"x"},{"id":"9","content_text":"a","_thread":{"in_reply_to":{}}},
           {"id":"10","content_text":"a","_thread":{"votes":{"up":-4,"down":"many"}}},
           {"id":"11","content_text":"a","_thread":{"votes":{"up":3}}},{"id":"12","content_text":"a","_thread":{"votes":[]}}"#,
        expect![[r#"
            1 "" text "kept"
            2 "" text ""
            3 "" text ""
            4 "" text "" deleted
            5 "" text "" deleted
            6 "" html "h"
            7 "" text "a"
            8 "" text "a"
            9 "" text "a"
            10 "" text "a"
            11 "" text "a" +3 -0
            12 "" text "a"
            ! items[0].content_html WrongType
            ! items[1].content_html WrongType
            ! items[1] BodyMissing
            ! items[2] BodyMissing
            ! items[6]._thread.state WrongType
            ! items[7]._thread WrongType
            ! items[8]._thread.in_reply_to WrongType
            ! items[9]._thread.votes WrongType
            ! items[11]._thread.votes WrongType
        "#]],
    );
}

#[test]
fn items_that_are_no_comments_are_left_out_and_counted() {
    let document = br#"{"items":[1,{"id":"a","content_text":"x"},null,{"id":"b",,"content_text":"x"},[],{"id":"c","content_text":"y"}]}"#;
    let decoded = decode_comments(document).unwrap();
    let ids: Vec<_> = decoded.value.comments.iter().map(|comment| comment.id.as_str()).collect();
    assert_eq!((ids, decoded.value.skipped), (vec!["a", "c"], 4));
    let unreadable = decoded.warnings.iter().filter(|warning| warning.kind == WarningKind::ItemUnreadable).count();
    assert_eq!(unreadable, 4);
}

#[test]
fn a_file_of_which_nothing_can_be_shown_says_why() {
    let check = |document: &str, expected: DecodeError, words: &str| {
        let error = decode_comments(document.as_bytes()).unwrap_err();
        assert_eq!((error, error.to_string().as_str()), (expected, words), "{document}");
    };
    use afterword_adapters::json::Kind;
    check("", DecodeError::Empty, "the file is empty");
    check(
        "<!doctype html>",
        DecodeError::Html,
        "this is a web page, not JSON: the file is probably missing on the server",
    );
    check("Not found", DecodeError::NotJson { at: 0 }, "this is not JSON (from byte 0 on)");
    check(r#"{"title": oops}"#, DecodeError::NotJson { at: 10 }, "this is not JSON (from byte 10 on)");
    check(r#"{"title": "x"#, DecodeError::CutOff { at: 12 }, "the file ends too early, after 12 bytes");
    check(r#"{"items": [{"id": "1", "#, DecodeError::CutOff { at: 23 }, "the file ends too early, after 23 bytes");
    check(
        "[]",
        DecodeError::WrongRoot { found: Kind::Array },
        "the file should hold an object {…}, but it holds a list",
    );
    let no_items = "there is no list \"items\" with anything in it";
    check("{}", DecodeError::NoItems, no_items);
    check(r#"{"items": null}"#, DecodeError::NoItems, no_items);
    check(r#"{"items": {}}"#, DecodeError::NoItems, no_items);
    let deep = format!("{{\"items\":{}", "[".repeat(100_000));
    check(&deep, DecodeError::TooDeep { at: 138 }, "the file is nested too deep (at byte 138)");
}

#[test]
fn no_comments_yet_is_no_error() {
    assert_eq!(decode_comments(br#"{"items":[]}"#).unwrap().value, CommentsPage::default());
}

#[test]
fn slices_give_what_one_go_gives() {
    let items: Vec<_> = (0..25).map(|n| format!(r#"{{"id":{},"content_text":"t{n}"}}"#, n / 2)).collect();
    let document = format!(r#"{{"items":[{}],"next_url":"2.json"}}"#, items.join(","));
    let whole = decode_comments(document.as_bytes()).unwrap();
    assert_eq!(whole.value.next_url.as_deref(), Some("2.json"));
    for slice in [1, 7, 25, 100] {
        let mut decoder = CommentsDecoder::new(document.clone().into_bytes());
        let mut steps = 1;
        while decoder.step(slice) == Step::More {
            steps += 1;
        }
        assert_eq!(steps, 25 / slice + 1);
        assert_eq!(decoder.finish().unwrap(), whole);
    }
}

#[test]
fn a_file_of_nothing_but_mistakes_has_a_bounded_list_of_them() {
    let document = format!(r#"{{"items":[{}0]}}"#, "1,".repeat(5_000));
    let decoded = decode_comments(document.as_bytes()).unwrap();
    assert_eq!(decoded.value.skipped, 5_001);
    assert_eq!(decoded.warnings.len(), 1_001);
    assert_eq!(decoded.warnings.last().unwrap().kind, WarningKind::MoreNotListed);
}

fn page(comments: &[(&str, &str)]) -> CommentsPage {
    let comments = comments.iter().map(|(id, text)| comment(id, text)).collect();
    CommentsPage { comments, ..CommentsPage::default() }
}

fn comment(id: &str, text: &str) -> Comment {
    Comment {
        id: CommentId::new(id),
        parent: None,
        author: Author::default(),
        published: None,
        edited: None,
        body: RawBody::Text(text.to_owned()),
        state: CommentState::Published,
        votes: None,
        by_post_author: false,
    }
}

#[test]
fn pages_that_overlap_give_each_comment_once() {
    let merged = merge_pages(vec![
        page(&[("3", "c"), ("2", "b")]),
        page(&[("2", "b"), ("1", "a")]),
        page(&[("2", "other"), ("1", "a")]),
        page(&[("2", "other"), ("2", "third"), ("2~2", "named so")]),
    ]);
    let picture: String = merged.value.iter().map(picture_of).collect();
    expect![[r#"
        3 "" text "c"
        2 "" text "b"
        1 "" text "a"
        2~3 "" text "other"
        2~4 "" text "third"
        2~2 "" text "named so"
    "#]]
    .assert_eq(&picture);
    let kinds: Vec<_> = merged.warnings.iter().map(|warning| (warning.place.as_str(), warning.kind)).collect();
    assert_eq!(
        kinds,
        [("page 3, comment 2", WarningKind::IdDuplicate), ("page 4, comment 2", WarningKind::IdDuplicate)]
    );
}

#[test]
fn rewriting_keeps_what_is_not_ours() {
    let document = r#"{"x":1,"items":[{"_mine":{"a":[1]},"id":"1","content_html":"<p>old</p>","date_published":"2020-01-01T01:00:00.25+01:00",
        "authors":[{"name":"Ann","avatar":"a.png"},{"name":"Bob"}],"_thread":{"in_reply_to":null,"mood":"glad","votes":{"up":1,"down":0}}}]}"#;
    let decoded = CommentsDecoder::new(document.into()).keep_source().finish().unwrap().value;
    let (mut item, mut comment) = (decoded.sources[0].clone(), decoded.comments[0].clone());
    comment.body = RawBody::Html(RawHtml::new("<p>new</p>"));
    comment.votes = None;
    comment.edited = Timestamp::parse_rfc3339("2020-01-03T00:00:00Z");
    rewrite_comment(&mut item, &comment);
    expect![[r#"
        {
         "_mine": {"a": [1]},
         "id": "1",
         "content_html": "<p>new</p>",
         "date_published": "2020-01-01T01:00:00.25+01:00",
         "authors": [{"name": "Ann", "avatar": "a.png"}, {"name": "Bob"}],
         "_thread": {"in_reply_to": null, "mood": "glad"},
         "date_modified": "2020-01-03T00:00:00Z"
        }
    "#]]
    .assert_eq(&item.to_json_pretty());
    assert_eq!(
        decode_comments(encode_items(vec![item], &FeedHead::default()).as_bytes()).unwrap().value.comments,
        [comment]
    );
}

#[test]
fn a_file_of_comments_for_people() {
    let mut answer = comment("2", "");
    answer.parent = Some(CommentId::new("1"));
    answer.author = Author { name: "Ann".to_owned(), url: Some("https://ann.example/".to_owned()) };
    answer.published = Timestamp::parse_rfc3339("2012-01-31T08:15:00Z");
    answer.edited = answer.published;
    answer.body = RawBody::Html(RawHtml::new("<p>\"Quoted\"</p>"));
    answer.votes = Some(Votes { up: 1, down: 0 });
    let mut gone = comment("1", "");
    gone.state = CommentState::Deleted;
    let head = FeedHead {
        title: "Comments on a post".to_owned(),
        home_page_url: Some("https://blog.example/posts/a/".to_owned()),
        next_url: Some("comments/2.json".to_owned()),
        ..FeedHead::default()
    };
    expect![[r#"
        {
         "version": "https://jsonfeed.org/version/1.1",
         "title": "Comments on a post",
         "home_page_url": "https://blog.example/posts/a/",
         "next_url": "comments/2.json",
         "items": [
          {
           "id": "2",
           "content_html": "<p>\"Quoted\"</p>",
           "authors": [{"name": "Ann", "url": "https://ann.example/"}],
           "date_published": "2012-01-31T08:15:00Z",
           "_thread": {"in_reply_to": "1", "edited": true, "votes": {"up": 1, "down": 0}}
          },
          {"id": "1", "content_text": "", "_thread": {"in_reply_to": null, "state": "deleted"}}
         ]
        }
    "#]]
    .assert_eq(&encode_comments(&[answer, gone], &head));
}

fn any_date() -> impl Strategy<Value = Option<Timestamp>> {
    prop::option::of((0_i64..4_000_000_000).prop_map(|seconds| Timestamp::from_millis(seconds * 1_000).unwrap()))
}

/// Any comment that a file can hold as it is: with an id, and a text unless it is deleted.
fn any_comment() -> impl Strategy<Value = Comment> {
    let text = "(\\PC|[\u{2028}\u{0}\n\"\\\\]){0,20}[a-z\"\\\\😀]";
    let author = (any::<String>(), prop::option::of("[a-z:/.]{1,20}"));
    let body = (any::<bool>(), text);
    let votes = prop::option::of((any::<u32>(), any::<u32>()));
    let flags = (any::<bool>(), any::<bool>());
    let parent = prop::option::of("[a-z0-9]{1,4}");
    (parent, author, any_date(), any_date(), body, votes, flags).prop_map(
        |(parent, (name, url), published, edited, (html, text), votes, (deleted, by_post_author))| Comment {
            id: CommentId::new("1"),
            parent: parent.map(CommentId::new),
            author: Author { name: name.chars().take(100).collect(), url },
            published,
            edited,
            body: match (deleted, html) {
                (true, _) => RawBody::default(),
                (false, true) => RawBody::Html(RawHtml::new(text)),
                (false, false) => RawBody::Text(text),
            },
            state: if deleted { CommentState::Deleted } else { CommentState::Published },
            votes: votes.map(|(up, down)| Votes { up, down }),
            by_post_author,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Ids from so few letters that they meet, with made ones and the empty one among them.
    #[test]
    fn every_comment_has_an_id_of_its_own(
        pages in prop::collection::vec(prop::collection::vec(("(a|b|item-[0-2]|a~[23]|)", "[xy]"), 0..6), 1..4),
    ) {
        let mut read = Vec::new();
        for (index, page) in pages.iter().enumerate() {
            // The author tells the pages apart, so that nothing passes for an overlap.
            let items: Vec<_> = page.iter().map(|(id, text)| {
                format!(r#"{{"id":"{id}","content_text":"{text}","authors":[{{"name":"{index}"}}]}}"#)
            }).collect();
            let page_read = decode_comments(format!(r#"{{"items":[{}]}}"#, items.join(",")).as_bytes()).unwrap().value;
            for (id, _) in page.iter().filter(|(id, _)| !id.is_empty()) {
                prop_assert!(page_read.comments.iter().any(|comment| comment.id.as_str() == id.as_str()), "{} is gone", id);
            }
            read.push(page_read);
        }
        let merged = merge_pages(read.clone()).value;
        prop_assert_eq!(merged.len(), pages.iter().map(Vec::len).sum::<usize>());
        let ids: std::collections::HashSet<_> = merged.iter().map(|comment| &comment.id).collect();
        prop_assert_eq!(ids.len(), merged.len());
        // The same pages once more are all overlap.
        let twice: Vec<_> = read.iter().chain(&read).cloned().collect();
        prop_assert_eq!(merge_pages(twice).value.len(), merged.len());
    }

    #[test]
    fn what_is_written_is_read_back(comment in any_comment(), other in any_comment()) {
        let text = encode_comments(std::slice::from_ref(&comment), &FeedHead::default());
        let decoded = decode_comments(text.as_bytes()).unwrap();
        prop_assert_eq!(&decoded.value.comments, std::slice::from_ref(&comment), "{}", text);
        prop_assert_eq!(decoded.warnings, vec![]);
        // Writing anew and rewriting another comment's item come to the same.
        let mut item = encode_comment_item(&other);
        item.set("_extra", parse(b"1").unwrap());
        rewrite_comment(&mut item, &comment);
        prop_assert_eq!(decode_comments(encode_items(vec![item], &FeedHead::default()).as_bytes()).unwrap().value.comments, vec![comment]);
    }
}
