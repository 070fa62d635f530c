//! Comments by hand, into a thread.

use afterword_core::body::{RawBody, RawHtml};
use afterword_core::compose::merge::{Destination, Note, Plan, Refused, Submission, TEXT_CHARACTERS_MAX, Text, plan};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Author, Comment, CommentState, ThreadState};
use afterword_core::time::Timestamp;

fn date(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn submission() -> Submission {
    Submission {
        post: PostPath::parse("posts/a").unwrap(),
        title: "A".to_owned(),
        parent: Some(CommentId::new("1")),
        author: Author { name: "Ann".to_owned(), url: Some("https://ann.example/".to_owned()) },
        email: Some("ann@a.example".to_owned()),
        written: Some(date("2026-03-02")),
        text: Text::Plain("Soap helps.".to_owned()),
    }
}

fn there(id: &str, name: &str, text: &str) -> Comment {
    Comment {
        id: CommentId::new(id),
        parent: None,
        author: Author { name: name.to_owned(), url: None },
        published: Some(date("2026-03-01")),
        edited: None,
        body: RawBody::Html(RawHtml::new(text)),
        state: CommentState::Published,
        votes: None,
        by_post_author: false,
    }
}

fn planned(submission: &Submission, thread: &[Comment]) -> Result<Plan, Refused> {
    let destination = Destination { comments: thread, state: ThreadState::Open };
    plan(submission, destination, date("2026-03-05"), |text| RawHtml::new(format!("<p>{text}</p>")))
}

fn notes(submission: &Submission, thread: &[Comment]) -> Vec<Note> {
    planned(submission, thread).unwrap().notes
}

#[test]
fn a_sound_comment_is_added_with_an_id_of_its_own() {
    let thread = [there("1", "Mina", "It squeaks.")];
    let Plan { comment, notes } = planned(&submission(), &thread).unwrap();
    assert_eq!(notes, []);
    assert_eq!(comment.id, submission().id());
    assert_eq!((comment.parent, comment.published), (Some(CommentId::new("1")), Some(date("2026-03-02"))));
    assert_eq!(comment.body, RawBody::Text("Soap helps.".to_owned()));
    assert!(comment.votes.is_none() && !comment.by_post_author);
    let markdown = Submission { text: Text::Markdown("x".to_owned()), ..submission() };
    assert_eq!(planned(&markdown, &thread).unwrap().comment.body, RawBody::Html(RawHtml::new("<p>x</p>")));
}

#[test]
fn ids_are_stable_and_differ() {
    let id = submission().id();
    assert_eq!(id, submission().id());
    assert!(id.as_str().starts_with("by-hand-"), "{id}");
    for other in [
        Submission { parent: None, ..submission() },
        Submission { text: Text::Markdown("Soap helps.".to_owned()), ..submission() },
        Submission { written: None, ..submission() },
        Submission { post: PostPath::parse("pages/a").unwrap(), ..submission() },
    ] {
        assert_ne!(other.id(), id);
    }
    let taken = [there(id.as_str(), "Bob", "Other")];
    assert_eq!(planned(&submission(), &taken).unwrap().comment.id.as_str(), format!("{id}-2"));
}

#[test]
fn what_is_there_is_not_added_again() {
    let mut same = there("7", " ann ", "<p>Soap\n <b>helps.</b>");
    assert!(planned(&submission(), &[same.clone()]).is_ok(), "another place");
    same.parent = Some(CommentId::new("1"));
    assert_eq!(planned(&submission(), &[same]), Err(Refused::AlreadyThere(CommentId::new("7"))));
}

#[test]
fn what_is_odd_is_told() {
    let mut parent = there("1", "Mina", "It squeaks.");
    assert_eq!(notes(&submission(), &[]), [Note::ParentMissing(CommentId::new("1"))]);
    parent.published = Some(date("2026-03-03"));
    parent.state = CommentState::Deleted;
    assert_eq!(notes(&submission(), &[parent]), [Note::ParentDeleted(CommentId::new("1")), Note::OlderThanParent]);
    let root = Submission { parent: None, ..submission() };
    let future = Submission { written: Some(date("2026-03-06")), ..root.clone() };
    assert_eq!(notes(&future, &[]), [Note::FromTheFuture(date("2026-03-06"))]);
    assert_eq!(planned(&future, &[]).unwrap().comment.published, Some(date("2026-03-05")));
    let soon = Submission { written: Some(date("2026-03-05T00:05:00Z")), ..root.clone() };
    assert_eq!((notes(&soon, &[]), planned(&soon, &[]).unwrap().comment.published), (vec![], Some(date("2026-03-05"))));
    assert_eq!(notes(&Submission { written: None, ..root.clone() }, &[]), [Note::NoDate]);
    let author = Author { name: " \u{200b}".to_owned(), url: Some("javascript:alert(1)".to_owned()) };
    let odd = Submission { author, ..root.clone() };
    assert_eq!(notes(&odd, &[]), [Note::NoName, Note::WebsiteRefused]);
    assert_eq!(planned(&odd, &[]).unwrap().comment.author, Author::default());
    let closed = Destination { comments: &[], state: ThreadState::Closed };
    let plan = plan(&root, closed, date("2026-03-05"), |_| RawHtml::default()).unwrap();
    assert_eq!(plan.notes, [Note::ThreadClosed]);
}

#[test]
fn what_has_no_text_or_too_much_is_refused() {
    let check = |text: Text, expected: Refused| {
        assert_eq!(planned(&Submission { text, ..submission() }, &[]), Err(expected));
    };
    check(Text::Plain(" \u{200b}\n".to_owned()), Refused::NoText);
    check(Text::Html(RawHtml::new("<script>x</script>")), Refused::NoText);
    check(Text::Plain("a".repeat(TEXT_CHARACTERS_MAX + 1)), Refused::TooLong);
}
