//! What becomes of letters, votes and wishes to delete.

use super::{edit_of, isso, json, letter, picture_of, post, refused};
use afterword_adapters::back_end::{Fault, Removed, Voted};
use afterword_adapters::static_json::DecodeError;
use afterword_adapters::wire::Response;
use afterword_core::model::Votes;
use afterword_core::writing::{Answer, Delay, Refusal, Target, Unclear};

const COMMENT: &str = r#"{"id":56,"parent":1,"created":1795332262.9336638,"modified":null,"mode":1,"text":"<p>Yes.</p>","author":"Ann","website":null,"likes":0,"dislikes":0,"notification":null,"hash":"4505c1eeda98"}"#;

fn answer(response: &Response) -> Answer {
    isso().decode_letter(response, &letter(Target::Thread, "Yes."))
}

fn refusal(response: &Response) -> Refusal {
    match answer(response) {
        Answer::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_comment_is_published_under_the_parent_that_the_server_chose() {
    let Answer::Published(comment) = answer(&json(201, COMMENT)) else { panic!() };
    assert_eq!(picture_of(&comment), "isso-56<isso-1 \"Ann\" 2026-11-22T07:24:22Z html \"<p>Yes.</p>\" +0 -0\n");
    let Answer::Published(edited) = isso().decode_letter(&json(200, COMMENT), &letter(edit_of("isso-56"), "Yes."))
    else {
        panic!()
    };
    assert_eq!(edited, comment);
}

#[test]
fn a_comment_is_held_whatever_the_status() {
    let held = COMMENT.replace("\"mode\":1", "\"mode\":2");
    for status in [200, 201, 202] {
        let Answer::Held(Some(comment)) = answer(&json(status, &held)) else { panic!("{status}") };
        assert_eq!(comment.id.as_str(), "isso-56");
    }
}

#[test]
fn refusals_have_words() {
    assert_eq!(refusal(&refused(400, "text is too short (minimum length: 3)")), Refusal::TooShort(3));
    assert_eq!(refusal(&refused(400, "text is missing")), Refusal::TooShort(3));
    assert_eq!(refusal(&refused(400, "text is too long (maximum length: 65535)")), Refusal::TooLong(65_535));
    assert_eq!(refusal(&refused(400, "Website not Django-conform")), Refusal::WebsiteInvalid);
    assert_eq!(refusal(&refused(400, "http://tools.ietf.org/html/rfc5321#section-4.5.3")), Refusal::EmailInvalid);
    assert_eq!(refusal(&refused(403, "email address required but not provided")), Refusal::EmailInvalid);
    assert_eq!(refusal(&refused(403, "author address required but not provided")), Refusal::NameMissing);
    let words = |words: &str| Refusal::Words(words.to_owned());
    assert_eq!(refusal(&refused(403, "edit time frame is still open")), words("edit time frame is still open"));
    assert_eq!(refusal(&refused(403, "3 direct responses to /a&amp;<b>b</b>/")), words("3 direct responses to /a&b/"));
    assert_eq!(refusal(&refused(403, &"x".repeat(100_000))), words(&"x".repeat(300)));
    assert_eq!(refusal(&Response { status: 404, ..Response::default() }), words(""));
    assert_eq!(refusal(&json(413, "")), Refusal::TooLong(0));
    assert_eq!(refusal(&json(401, "")), Refusal::LoginNeeded);
}

#[test]
fn an_edit_that_comes_too_late() {
    let edited = |response: &Response| isso().decode_letter(response, &letter(edit_of("isso-5"), "Yes."));
    let usual = "You don&#39;t have the permission to access the requested resource.";
    assert_eq!(edited(&refused(403, usual)), Answer::Refused(Refusal::TooLate));
    assert_eq!(edited(&refused(404, "Not found")), Answer::Refused(Refusal::TargetGone));
    assert_eq!(edited(&refused(400, "text is too short (minimum length: 3)")), Answer::Refused(Refusal::TooShort(3)));
}

#[test]
fn a_letter_that_has_to_wait() {
    let later = |wait_seconds, why| Answer::Later { wait_seconds, why };
    let guard = refused(403, "127.0.0.0: ratelimit exceeded (1, 2)");
    assert_eq!(answer(&guard), later(Some(60), Delay::TooMany));
    let asked = |status, seconds: &str| Response { retry_after: Some(seconds.to_owned()), ..refused(status, "") };
    assert_eq!(answer(&asked(403, "7")), Answer::Refused(Refusal::Words(String::new())));
    assert_eq!(answer(&Response { retry_after: Some("7".to_owned()), ..guard }), later(Some(7), Delay::TooMany));
    assert_eq!(answer(&asked(429, " 120 ")), later(Some(120), Delay::TooMany));
    assert_eq!(answer(&asked(503, "Sun, 22 Nov 2026 07:24:22 GMT")), later(None, Delay::Unwell));
    assert_eq!(answer(&refused(503, "")), later(None, Delay::Unwell));
}

#[test]
fn nobody_knows() {
    let unclear = |response: &Response| match answer(response) {
        Answer::Unclear(why) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(unclear(&refused(500, "Internal Server Error")), Unclear::Failed);
    assert_eq!(unclear(&refused(502, "Bad Gateway")), Unclear::Failed);
    assert_eq!(unclear(&refused(504, "Gateway Time-out")), Unclear::Failed);
    assert_eq!(unclear(&refused(200, "Log in to this network")), Unclear::Garbled);
    assert_eq!(unclear(&json(201, &COMMENT[..COMMENT.len() / 2])), Unclear::Garbled);
    assert_eq!(unclear(&json(201, "null")), Unclear::Garbled);
    assert_eq!(unclear(&json(201, r#"{"id":5}"#)), Unclear::Garbled);
    assert_eq!(unclear(&json(0, "")), Unclear::Garbled);
    assert_eq!(unclear(&json(302, "")), Unclear::Redirected);
    let redirected = |response: Response| Response { redirected: true, ..response };
    assert_eq!(unclear(&redirected(refused(200, "Home"))), Unclear::Redirected);
    assert_eq!(unclear(&redirected(refused(404, "Not found"))), Unclear::Redirected);
    assert!(matches!(answer(&redirected(json(201, COMMENT))), Answer::Published(_)), "it says what it stored");
}

#[test]
fn votes() {
    let voted = |response: &Response| isso().decode_vote(response);
    assert_eq!(voted(&json(200, r#"{"likes":1,"dislikes":0}"#)), Ok(Voted::Counted(Votes { up: 1, down: 0 })));
    let twice = r#"{"likes":1,"dislikes":2,"message":"Upvote denied because a vote has already been registered"}"#;
    assert_eq!(voted(&json(200, twice)), Ok(Voted::Refused(Votes { up: 1, down: 2 })));
    assert_eq!(voted(&json(200, "null")), Ok(Voted::Gone));
    assert_eq!(voted(&json(200, "{}")), Err(Fault::Decode(DecodeError::NoItems)));
    assert_eq!(voted(&refused(500, "")), Err(Fault::Status(500)));
}

#[test]
fn deletions() {
    let removed = |response: &Response| isso().decode_delete(response, &post());
    assert_eq!(removed(&json(200, "null")), Ok(Removed::Gone));
    let emptied = COMMENT.replace("\"mode\":1", "\"mode\":4").replace("<p>Yes.</p>", "");
    let Ok(Removed::Emptied(comment)) = removed(&json(200, &emptied)) else { panic!() };
    assert!(picture_of(&comment).contains("html \"\" deleted"));
    assert_eq!(removed(&refused(403, "")), Ok(Removed::Refused(Refusal::TooLate)));
    assert_eq!(removed(&refused(404, "")), Ok(Removed::Refused(Refusal::TargetGone)));
    assert_eq!(removed(&refused(200, "")), Err(Fault::Decode(DecodeError::Html)));
    assert_eq!(removed(&refused(500, "")), Err(Fault::Status(500)));
}

#[test]
fn counts_and_sources() {
    assert_eq!(isso().decode_count(&json(200, "[55, 0]")), Ok(vec![55, 0]));
    assert_eq!(isso().decode_count(&json(200, "[-1]")), Err(Fault::Decode(DecodeError::NoItems)));
    assert!(isso().decode_count(&json(200, "{}")).is_err());
    let own = isso().decode_own(&json(200, &COMMENT.replace("<p>Yes.</p>", "*Yes*")), &post()).unwrap();
    assert!(picture_of(&own).contains("text \"*Yes*\""));
    assert_eq!(isso().decode_own(&refused(403, ""), &post()), Err(Fault::Status(403)));
}
