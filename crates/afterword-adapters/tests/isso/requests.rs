//! What is asked.

use super::{edit_of, isso, letter, post, reply_to};
use afterword_adapters::back_end::{Form, Live, Part, Vote};
use afterword_adapters::wire::Request;
use afterword_core::ids::CommentId;
use afterword_core::model::BackEnd;
use afterword_core::writing::{Refusal, Target, Writer};
use expect_test::{Expect, expect};

/// A request as text: with `+` those that carry cookies.
fn check(request: Request, expected: Expect) {
    let Request { method, url, headers, body, credentials } = request;
    let mark = if credentials { "+" } else { "" };
    let headers: String = headers.iter().map(|(name, value)| format!("\n{name}: {value}")).collect();
    let body = body.map(|body| format!("\n{body}")).unwrap_or_default();
    expected.assert_eq(&format!("{mark}{method} {url}{headers}{body}"));
}

#[test]
fn lists_are_asked_for_without_cookies() {
    check(
        isso().encode_list(&post(), Part::FIRST, Form::Shown),
        expect![
            "GET https://talk.example/isso/?uri=%2Fsub%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F&sort=oldest&limit=200&nested_limit=200"
        ],
    );
    check(
        isso().encode_list(&post(), Part::Answers(7, 200), Form::Source),
        expect![
            "GET https://talk.example/isso/?uri=%2Fsub%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F&sort=oldest&limit=200&parent=7&offset=200&plain=1"
        ],
    );
    check(
        isso().encode_count(&[post()]),
        expect![[r#"
            POST https://talk.example/isso/count
            Content-Type: application/json
            ["/sub/posts/gr%C3%B6%C3%9Fe/"]"#]],
    );
}

#[test]
fn a_thread_is_known_by_its_path_alone() {
    let live = Live::new(&BackEnd::Isso("https://talk.example".to_owned()), "https://blog.example").unwrap();
    check(
        live.encode_list(&post(), Part::Roots(200), Form::Shown),
        expect![
            "GET https://talk.example/?uri=%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F&sort=oldest&limit=200&nested_limit=200&offset=200"
        ],
    );
    assert_eq!(Live::new(&BackEnd::None, "https://blog.example/"), None);
}

#[test]
fn letters() {
    let sent = |target, text: &str| isso().encode_letter(&letter(target, text), "Bob").unwrap();
    check(
        sent(Target::Thread, "Oh \"dear\"\n\nNo."),
        expect![[r#"
            +POST https://talk.example/isso/new?uri=%2Fsub%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F
            Content-Type: application/json
            {"text":"Oh \"dear\"\n\nNo.","author":"Ann","email":"ann@a.example","website":null,"parent":null,"title":"Size"}"#]],
    );
    check(
        sent(reply_to("isso-12"), "Yes."),
        expect![[r#"
            +POST https://talk.example/isso/new?uri=%2Fsub%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F
            Content-Type: application/json
            {"text":"Yes.","author":"Ann","email":"ann@a.example","website":null,"parent":12,"title":"Size"}"#]],
    );
    check(
        sent(edit_of("isso-12"), "Yes!"),
        expect![[r#"
            +PUT https://talk.example/isso/id/12
            Content-Type: application/json
            {"text":"Yes!"}"#]],
    );
}

#[test]
fn an_answer_to_a_comment_in_a_file_says_so_in_its_first_line() {
    let letter = letter(reply_to("12"), "Yes.");
    check(
        isso().encode_letter(&letter, "Bob *Dylan*").unwrap(),
        expect![[r#"
            +POST https://talk.example/isso/new?uri=%2Fsub%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F
            Content-Type: application/json
            {"text":"[@Bob \\*Dylan\\*](https://blog.example/sub/posts/gr%C3%B6%C3%9Fe/#comment-12)\n\nYes.","author":"Ann","email":"ann@a.example","website":null,"parent":null,"title":"Size"}"#]],
    );
    assert!(isso().sent_text(&letter, "Bob").ends_with("#comment-12)\n\nYes."));
}

#[test]
fn what_would_surely_be_refused_is_not_sent() {
    let refusal = |target, text: &str| isso().encode_letter(&letter(target, text), "").unwrap_err();
    assert_eq!(refusal(Target::Thread, "ab \n"), Refusal::TooShort(3));
    assert_eq!(refusal(reply_to("12"), " \n"), Refusal::TooShort(3), "the line about what is answered is no text");
    assert_eq!(refusal(Target::Thread, &"🎈".repeat(65_536)), Refusal::TooLong(65_535));
    assert!(isso().encode_letter(&letter(Target::Thread, &"é".repeat(65_535)), "").is_ok());
    assert_eq!(refusal(Target::Thread, &"🎈".repeat(65_535)), Refusal::TooLong(0), "more bytes than are taken");
    assert_eq!(refusal(edit_of("isso-1"), &"🎈".repeat(65_535)), Refusal::TooLong(0));
    assert_eq!(refusal(edit_of("12"), "Yes."), Refusal::TargetGone);
    let mut long = letter(Target::Thread, "Yes.");
    long.writer = Writer { email: "a".repeat(255), ..Writer::default() };
    assert_eq!(isso().encode_letter(&long, ""), Err(Refusal::EmailInvalid));
    long.writer = Writer { website: "a".repeat(255), ..Writer::default() };
    assert_eq!(isso().encode_letter(&long, ""), Err(Refusal::WebsiteInvalid));
}

#[test]
fn only_comments_of_the_server_can_be_voted_for_changed_and_deleted() {
    let id = CommentId::new("isso-7");
    check(isso().encode_vote(&id, Vote::Up).unwrap(), expect!["+POST https://talk.example/isso/id/7/like"]);
    check(isso().encode_vote(&id, Vote::Down).unwrap(), expect!["+POST https://talk.example/isso/id/7/dislike"]);
    check(isso().encode_own(&id).unwrap(), expect!["+GET https://talk.example/isso/id/7?plain=1"]);
    check(isso().encode_delete(&id).unwrap(), expect!["+DELETE https://talk.example/isso/id/7"]);
    for other in ["7", "isso-", "isso-7~2", "isso--7", "isso-7/../8", "isso-+7", "isso-99999999999999999999"] {
        let id = CommentId::new(other);
        assert!(!isso().holds(&id), "{other}");
        assert_eq!(isso().encode_vote(&id, Vote::Up), None, "{other}");
        assert_eq!(isso().encode_delete(&id), None, "{other}");
    }
}
