//! The outbox as a whole: each step of the machine, entries as records, and thousands of sends through a bad network.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "the helpers of tests may panic as tests do")]

mod machine;
mod records;
mod server;
mod world;

use afterword_core::body::RawBody;
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Author, Comment, CommentState};
use afterword_core::outbox::Entry;
use afterword_core::time::Timestamp;
use afterword_core::writing::{Letter, Place, Target, Writer};

fn letter(text: &str, target: Target) -> Letter {
    let post = PostPath::parse("posts/talk/").unwrap();
    Letter {
        place: Place { site: "https://blog.example/".to_owned(), post, target },
        title: "Talk".to_owned(),
        text: text.into(),
        writer: Writer {
            name: "Ann".to_owned(),
            email: "ann@example.org".to_owned(),
            website: "https://ann.example/".to_owned(),
        },
    }
}

fn entry(text: &str) -> Entry {
    let letter = letter(text, Target::Thread);
    Entry::new(letter, String::new(), Some("draft".to_owned()), 900, Some(Vec::new()), 0)
}

fn comment(id: &str, name: &str, text: &str, parent: Option<CommentId>, millis: i64) -> Comment {
    Comment {
        id: CommentId::new(id),
        parent,
        author: Author { name: name.to_owned(), url: None },
        published: Timestamp::from_millis(millis),
        edited: None,
        body: RawBody::Text(text.to_owned()),
        state: CommentState::Published,
        votes: None,
        by_post_author: false,
    }
}
