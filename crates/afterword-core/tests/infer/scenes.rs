//! Reads the labelled cases of `cases/*.txt`.
//!
//! ```text
//! = A scene
//!
//! [1] Ann
//! What she wrote.
//!
//! [2] Bob <https://bob.example> -> 1
//! Bob* would be the post's author. The number behind the arrow is the comment that a reader takes this one to answer,
//! where the data says nothing of it; none where it answers the post or nobody. `< 1` is a parent in the data.
//! ```

use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::CommentId;
use afterword_core::model::{Author, Comment, CommentState};
use afterword_core::thread::Thread;
use afterword_core::time::Timestamp;

/// A small thread, and what a reader says of each comment.
pub(crate) struct Scene {
    pub(crate) title: String,
    pub(crate) thread: Thread,
    /// The true parent of each comment, by index.
    pub(crate) truth: Vec<Option<u32>>,
}

/// All scenes of a file.
pub(crate) fn scenes(file: &str) -> Vec<Scene> {
    file.split("\n= ").map(|scene| parse(scene.trim_start_matches("= "))).collect()
}

fn parse(scene: &str) -> Scene {
    let (title, rest) = scene.split_once('\n').unwrap_or((scene, ""));
    let (mut comments, mut truth) = (Vec::new(), Vec::new());
    for block in rest.split("\n[").skip(1) {
        let (head, text) = block.split_once('\n').unwrap_or((block, ""));
        let (id, head) = head.split_once("] ").expect("[1] Name");
        let (head, answers) = head.split_once(" -> ").map_or((head, None), |(head, id)| (head, Some(id)));
        let (head, parent) = head.split_once(" < ").map_or((head, None), |(head, id)| (head, Some(id)));
        let (name, url) = head.split_once(" <").map_or((head, None), |(name, url)| (name, url.strip_suffix('>')));
        assert_eq!(id, (comments.len() + 1).to_string(), "{title}: comments are numbered");
        truth.push(answers.map(|id| id.parse::<u32>().expect("a number") - 1));
        comments.push(comment(id, parent, name, url, text.trim()));
    }
    Scene { title: title.to_owned(), thread: Thread::build(comments), truth }
}

fn comment(id: &str, parent: Option<&str>, name: &str, url: Option<&str>, text: &str) -> Comment {
    let minutes: i64 = id.parse().expect("a number");
    Comment {
        id: CommentId::new(id),
        parent: parent.map(CommentId::new),
        author: Author { name: name.trim_end_matches('*').to_owned(), url: url.map(str::to_owned) },
        published: Timestamp::from_millis(minutes * 60_000),
        edited: None,
        body: if text.starts_with('<') { RawBody::Html(RawHtml::new(text)) } else { RawBody::Text(text.to_owned()) },
        state: CommentState::Published,
        votes: None,
        by_post_author: name.ends_with('*'),
    }
}
