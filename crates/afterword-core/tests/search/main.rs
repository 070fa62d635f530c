//! Search as a whole: what a reader types, and which comments that finds.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as tests do")]

mod errors;
mod folding;
mod languages;
mod matching;
mod terms;

use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::CommentId;
use afterword_core::model::{Author, Comment, CommentState};
use afterword_core::search::{Index, Known, Query};
use afterword_core::thread::Thread;
use afterword_core::time::Timestamp;

fn comment(id: usize, author: &str, date: &str, body: RawBody) -> Comment {
    Comment {
        id: CommentId::new(id.to_string()),
        parent: None,
        author: Author { name: author.to_owned(), url: None },
        published: Timestamp::parse_rfc3339(date),
        edited: None,
        body,
        state: CommentState::Published,
        votes: None,
        by_post_author: false,
    }
}

fn thread_of(bodies: &[&str]) -> Thread {
    let html = |(id, body): (usize, &&str)| comment(id, "", "", RawBody::Html(RawHtml::new(*body)));
    Thread::build(bodies.iter().enumerate().map(html).collect())
}

fn found(thread: &Thread, query: &str) -> Vec<usize> {
    let mut index = Index::default();
    assert!(index.extend(thread, || false));
    let query = Query::parse(query).unwrap();
    // Every comment with an odd index is new; the subject `foam roller` is in the first two.
    let subject = |name: &str| if name == "foam roller" { vec![0, 1] } else { Vec::new() };
    let known = Known { is_new: &|index| index % 2 == 1, subject: &subject };
    let matched = index.matches(thread, &query, &known);
    assert_eq!(matched.len(), thread.len());
    (0..matched.len()).filter(|index| matched[*index]).collect()
}

/// A query, the HTML of the comments, and the indices of those that are found.
fn check(query: &str, bodies: &[&str], expected: &[usize]) {
    assert_eq!(found(&thread_of(bodies), query), expected, "{query:?} in {bodies:?}");
}

/// What a query marks in a text, as the text itself.
fn marked(query: &str, text: &str) -> Vec<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let ranges = Query::parse(query).unwrap().ranges_in(text);
    let cut = |range: std::ops::Range<u32>| &units[range.start as usize..range.end as usize];
    ranges.into_iter().map(|range| String::from_utf16(cut(range)).unwrap()).collect()
}
