//! What there is to say about somebody who wrote in a conversation.

use crate::render::row::author_name;
use afterword_core::body::url::check_author_link;
use afterword_core::search::fold;
use afterword_core::thread::Thread;

/// Somebody in a conversation, as far as a name can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Person {
    /// The name as they wrote it last.
    pub(super) name: String,
    /// How many comments are theirs.
    pub(super) comments: u32,
    /// Their web site, checked, as an address and as the host in it.
    pub(super) site: Option<(String, String)>,
    /// Who answered them directly, with how often; most often first, then by name.
    pub(super) answered_by: Vec<(String, u32)>,
}

impl Person {
    /// Who wrote these comments (for each of the thread, whether they did); `None` where there are none.
    pub(super) fn of(thread: &Thread, theirs: &[bool]) -> Option<Self> {
        let is_theirs = |index: u32| theirs.get(index as usize).is_some_and(|is| *is);
        let mut person: Option<Self> = None;
        // By folded name, so that a capital more or less makes no other person.
        let mut answers: Vec<(String, &str)> = Vec::new();
        for (index, comment) in (0_u32..).zip(thread.comments()) {
            if is_theirs(index) {
                let person = person.get_or_insert_default();
                person.comments += 1;
                author_name(comment).clone_into(&mut person.name);
                let link = comment.author.url.as_deref().and_then(check_author_link);
                let site = link.and_then(|link| Some((link.as_str().to_owned(), link.host()?.to_owned())));
                person.site = site.or_else(|| person.site.take());
            } else if thread.placement(index).parent().is_some_and(is_theirs) {
                let name = author_name(comment);
                answers.push((fold(name), name));
            }
        }
        let mut person = person?;
        answers.sort_unstable();
        let groups = answers.chunk_by(|a, b| a.0 == b.0);
        let named = groups.filter_map(|group| Some((group.first()?.1.to_owned(), u32::try_from(group.len()).ok()?)));
        person.answered_by = named.collect();
        // Stable: names stay sorted among those who answered as often.
        person.answered_by.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Some(person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_core::body::{RawBody, RawHtml};
    use afterword_core::ids::CommentId;
    use afterword_core::model::{Author, Comment, CommentState};

    fn comment(id: &str, parent: Option<&str>, name: &str, url: Option<&str>) -> Comment {
        Comment {
            id: CommentId::new(id),
            parent: parent.map(CommentId::new),
            author: Author { name: name.to_owned(), url: url.map(str::to_owned) },
            published: None,
            edited: None,
            body: RawBody::Html(RawHtml::new("")),
            state: CommentState::Published,
            votes: None,
            by_post_author: false,
        }
    }

    #[test]
    fn a_person_has_comments_a_site_and_those_who_answered() {
        let thread = Thread::build(vec![
            comment("1", None, "Ann", Some("https://ann.example/garden")),
            comment("2", Some("1"), "Zoe", None),
            comment("3", Some("1"), "bob", None),
            comment("4", Some("3"), "Ann", Some("javascript:alert(1)")),
            comment("5", Some("4"), "Bob", None),
            comment("6", Some("2"), "Carl", None),
            comment("7", Some("4"), "Ann", None),
        ]);
        let theirs: Vec<bool> = thread.comments().iter().map(|comment| comment.author.name == "Ann").collect();
        let person = Person::of(&thread, &theirs).unwrap();
        assert_eq!(person.name, "Ann");
        assert_eq!(person.comments, 3);
        assert_eq!(person.site, Some(("https://ann.example/garden".to_owned(), "ann.example".to_owned())));
        assert_eq!(person.answered_by, [("Bob".to_owned(), 2), ("Zoe".to_owned(), 1)]);
    }

    #[test]
    fn nobody_wrote_nothing() {
        let thread = Thread::build(vec![comment("1", None, "Ann", None)]);
        assert_eq!(Person::of(&thread, &[false]), None);
    }
}
