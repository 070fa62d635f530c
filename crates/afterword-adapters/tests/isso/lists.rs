//! Lists of comments.

use super::{isso, json, picture_of, post, refused};
use afterword_adapters::back_end::{Fault, Form, Part, Wishes};
use afterword_adapters::static_json::DecodeError;
use expect_test::{Expect, expect};

/// An answer in; comments, what comes next, and warnings out.
fn check_part(part: Part, form: Form, body: &str, expected: Expect) {
    let decoded = isso().decode_list(&json(200, body), &post(), part, form).unwrap();
    let mut picture: String = decoded.value.comments.iter().map(picture_of).collect();
    picture.push_str(&format!(
        "of {:?}, {} skipped, {:?}\n",
        decoded.value.total, decoded.value.skipped, decoded.value.more
    ));
    for warning in decoded.warnings {
        picture.push_str(&format!("! {} {:?}\n", warning.place, warning.kind));
    }
    expected.assert_eq(&picture);
}

fn check(body: &str, expected: Expect) {
    check_part(Part::FIRST, Form::Shown, body, expected);
}

const CONFIG: &str = r#""config":{"reply-to-self":false,"require-email":true,"require-author":false,"gravatar":true,"avatar":false,"feed":true}"#;

#[test]
fn roots_with_their_answers() {
    let body = format!(
        r#"{{"id":null,"total_replies":4,"hidden_replies":0,"replies":[
        {{"id":1,"parent":null,"created":1795332181.698,"modified":null,"mode":1,"text":"<p>One &amp; all</p>","author":"R&amp;D &lt;b&gt;","website":"http://a.example/?a=1&amp;b=2","likes":2,"dislikes":1,"notification":null,"hash":"cd97051916ee","gravatar_image":"https://www.gravatar.com/avatar/x",
          "total_replies":2,"hidden_replies":0,"replies":[
          {{"id":2,"parent":1,"created":1795332190,"modified":1795332200.5,"mode":1,"text":"<p>Two</p>","author":null,"website":null,"likes":0,"dislikes":0,"notification":0,"hash":"5ad09851b0eb"}},
          {{"id":3,"parent":1,"created":1795332191.1,"modified":null,"mode":1,"text":"<p>Three</p>","author":"","website":"javascript:alert(1)","likes":0,"dislikes":0,"hash":"x"}}]}},
        {{"id":4,"parent":null,"created":1795332262.9,"modified":1795332303.6,"mode":4,"text":"<p></p>","author":null,"website":null,"likes":0,"dislikes":0,"total_replies":0,"hidden_replies":0,"replies":[]}}],{CONFIG}}}"#
    );
    check(
        &body,
        expect![[r#"
        isso-1 "R&D <b>" (http://a.example/?a=1&b=2) 2026-11-22T07:23:01Z html "<p>One &amp; all</p>" +2 -1
        isso-2<isso-1 "" 2026-11-22T07:23:10Z edited 2026-11-22T07:23:20Z html "<p>Two</p>" +0 -0
        isso-3<isso-1 "" 2026-11-22T07:23:11Z html "<p>Three</p>" +0 -0
        isso-4 "" 2026-11-22T07:24:22Z edited 2026-11-22T07:25:03Z html "" deleted +0 -0
        of Some(4), 0 skipped, []
    "#]],
    );
    let decoded = isso().decode_list(&json(200, &body), &post(), Part::FIRST, Form::Shown).unwrap();
    assert_eq!(decoded.value.wishes, Some(Wishes { name: false, email: true }));
}

#[test]
fn what_is_hidden_is_asked_for_next() {
    check(
        r#"{"total_replies":55,"hidden_replies":15,"replies":[
        {"id":1,"created":1.5,"mode":1,"text":"a","total_replies":7,"hidden_replies":6,"replies":[{"id":21,"parent":1,"created":2,"text":"b"}]},
        {"id":2,"created":1.5,"mode":1,"text":"c","total_replies":3,"hidden_replies":3,"replies":[]}]}"#,
        expect![[r#"
            isso-1 "" 1970-01-01T00:00:01Z html "a"
            isso-21<isso-1 "" 1970-01-01T00:00:02Z html "b"
            isso-2 "" 1970-01-01T00:00:01Z html "c"
            of Some(55), 0 skipped, [Roots(2), Answers(1, 1), Answers(2, 0)]
        "#]],
    );
    check_part(
        Part::Answers(1, 200),
        Form::Source,
        r#"{"id":1,"total_replies":300,"hidden_replies":99,"replies":[{"id":30,"parent":1,"created":2,"text":"*b*"}]}"#,
        expect![[r#"
            isso-30<isso-1 "" 1970-01-01T00:00:02Z text "*b*"
            of Some(300), 0 skipped, [Answers(1, 201)]
        "#]],
    );
    // Nothing came, so asking for what comes after would never end.
    check(
        r#"{"total_replies":9,"hidden_replies":9,"replies":[]}"#,
        expect![[r#"
        of Some(9), 0 skipped, []
    "#]],
    );
}

#[test]
fn an_answer_to_a_comment_in_a_file_finds_it() {
    let first_line = r#"<p><a href=\"https://blog.example/sub/posts/gr%C3%B6%C3%9Fe/#comment-12\" rel=\"nofollow noopener\">@Bob</a></p>\n<p>Yes.</p>"#;
    check(
        &format!(
            r#"{{"total_replies":2,"hidden_replies":0,"replies":[
            {{"id":1,"parent":null,"created":1,"text":"{first_line}","likes":0,"dislikes":0,"replies":[
              {{"id":2,"parent":1,"created":1,"text":"{first_line}"}}]}}]}}"#
        ),
        expect![[r#"
            isso-1<12 "" 1970-01-01T00:00:01Z html "<p><a href=\"https://blog.example/sub/posts/gr%C3%B6%C3%9Fe/#comment-12\" rel=\"nofollow noopener\">@Bob</a></p>\n<p>Yes.</p>" +0 -0
            isso-2<isso-1 "" 1970-01-01T00:00:01Z html "<p><a href=\"https://blog.example/sub/posts/gr%C3%B6%C3%9Fe/#comment-12\" rel=\"nofollow noopener\">@Bob</a></p>\n<p>Yes.</p>"
            of Some(2), 0 skipped, []
        "#]],
    );
}

#[test]
fn what_is_odd_is_mended_and_told() {
    check(
        r#"{"replies":[
        {"id":1,"parent":1,"created":"yesterday","modified":-5,"mode":9,"text":7,"author":["x"],"website":{},"likes":-1,"dislikes":0},
        {"id":1,"created":1e300,"text":"again","replies":"none","hidden_replies":"many"},
        {"id":"x"}, 7, null, {"replies":[{"id":5,"created":1,"text":"below nobody"}]},
        {"id":6,"created":1,"mode":2,"text":"not approved","replies":[{"id":7,"created":1,"text":"below it"}]}]}"#,
        expect![[r#"
            isso-1 "" html ""
            isso-1~1 "" html "again"
            isso-5 "" 1970-01-01T00:00:01Z html "below nobody"
            isso-7<isso-6 "" 1970-01-01T00:00:01Z html "below it"
            of None, 4 skipped, []
            ! isso-1.author WrongType
            ! isso-1.website WrongType
            ! isso-1.text WrongType
            ! isso-1.created DateInvalid
            ! isso-1.modified DateInvalid
            ! isso-1.text BodyMissing
            ! isso-1.created DateInvalid
            ! isso-1.id IdDuplicate
        "#]],
    );
}

#[test]
fn what_is_no_list_is_an_error() {
    let fault = |response| isso().decode_list(&response, &post(), Part::FIRST, Form::Shown).unwrap_err();
    assert_eq!(fault(refused(400, "limit should be integer")), Fault::Status(400));
    assert_eq!(fault(refused(200, "all is well")), Fault::Decode(DecodeError::Html));
    assert_eq!(fault(json(200, " ")), Fault::Decode(DecodeError::Empty));
    assert_eq!(fault(json(200, "{}")), Fault::Decode(DecodeError::NoItems));
    assert_eq!(fault(json(200, r#"{"replies":{}}"#)), Fault::Decode(DecodeError::NoItems));
    assert_eq!(fault(json(200, r#"{"replies":[{"id":1,"te"#)), Fault::Decode(DecodeError::CutOff { at: 23 }));
    assert!(matches!(fault(json(200, "[]")), Fault::Decode(DecodeError::WrongRoot { .. })));
    assert_eq!(fault(json(503, "{}")), Fault::Status(503));
}
