//! Rows: a thread as the flat list that is put on the screen, every visual fact decided before rendering.

use crate::thread::{Order, Thread};

/// Deeper replies keep this indent: a 360 px phone has room for no more and still 24 characters of text.
pub const INDENT_LEVELS_MAX: u8 = 6;

/// One comment at its place on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its index in the [`Thread`].
    pub comment: u32,
    /// How far it is indented: 0 to [`INDENT_LEVELS_MAX`].
    pub indent: u8,
    /// Whether it is inside a collapsed comment.
    pub hidden: bool,
    /// Whether its own replies are hidden.
    pub collapsed: bool,
}

/// The comments whose replies are hidden, by index in the thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collapsed(Vec<u32>);

impl Collapsed {
    /// Hides the replies of a comment, or shows them again.
    pub fn set(&mut self, comment: u32, collapsed: bool) {
        match (self.0.binary_search(&comment), collapsed) {
            (Err(at), true) => self.0.insert(at, comment),
            (Ok(at), false) => {
                self.0.remove(at);
            }
            (Ok(_), true) | (Err(_), false) => {}
        }
    }

    /// Whether the replies of this comment are hidden.
    pub fn contains(&self, comment: u32) -> bool {
        self.0.binary_search(&comment).is_ok()
    }

    /// Opens everything above a comment, so that it can be seen.
    pub fn reveal(&mut self, thread: &Thread, comment: u32) {
        let mut above = thread.placement(comment).parent();
        while let Some(parent) = above {
            self.set(parent, false);
            above = thread.placement(parent).parent();
        }
    }
}

/// The rows of a thread: every comment exactly once, in the order given.
pub fn build_rows(thread: &Thread, order: Order, collapsed: &Collapsed) -> Vec<Row> {
    let mut indents = vec![0_u8; thread.len()];
    let mut rows = Vec::with_capacity(thread.len());
    // Rows deeper than this are hidden, until the walk comes back up to it.
    let mut hidden_below: Option<u32> = None;
    for comment in thread.order(order) {
        let depth = thread.depth(comment);
        if hidden_below.is_some_and(|level| depth <= level) {
            hidden_below = None;
        }
        let indent = indent(thread, comment, &indents);
        indents[comment as usize] = indent;
        let collapsed = collapsed.contains(comment) && thread.replies(comment) > 0;
        rows.push(Row { comment, indent, hidden: hidden_below.is_some(), collapsed });
        if collapsed && hidden_below.is_none() {
            hidden_below = Some(depth);
        }
    }
    rows
}

/// One level more than the parent, but not where two people answer each other and nobody else joins in: such a chain
/// reads as a dialogue and would only run into the margin.
fn indent(thread: &Thread, comment: u32, indents: &[u8]) -> u8 {
    let Some(parent) = thread.placement(comment).parent() else { return 0 };
    let author = |index: u32| thread.comment(index).author.name.as_str();
    let dialogue = thread.answers(parent) == 1
        && thread.placement(parent).parent().is_some_and(|before| {
            thread.answers(before) == 1 && author(before) == author(comment) && author(before) != author(parent)
        });
    let level = indents[parent as usize];
    if dialogue { level } else { (level + 1).min(INDENT_LEVELS_MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::tests::thread;
    use expect_test::{Expect, expect};

    fn check(notation: &str, collapsed: &[u32], expected: Expect) {
        let thread = thread(notation);
        let mut set = Collapsed::default();
        for &index in collapsed {
            set.set(index, true);
        }
        let mut out = String::new();
        for row in build_rows(&thread, Order::Oldest, &set) {
            let id = &thread.comment(row.comment).id;
            let marks = (if row.collapsed { " +" } else { "" }, if row.hidden { " (hidden)" } else { "" });
            out.push_str(&format!("{}{id}{}{}\n", "  ".repeat(row.indent.into()), marks.0, marks.1));
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn a_collapsed_comment_hides_its_whole_subtree_only() {
        check(
            "a; b<a; c<b; d",
            &[0],
            expect![[r#"
            a +
              b (hidden)
                c (hidden)
            d
        "#]],
        );
    }

    #[test]
    fn collapse_inside_a_collapsed_comment_is_remembered() {
        check(
            "a; b<a; c<b; d<a; e",
            &[0, 1],
            expect![[r#"
            a +
              b + (hidden)
                c (hidden)
              d (hidden)
            e
        "#]],
        );
    }

    #[test]
    fn a_comment_without_replies_has_nothing_to_collapse() {
        check(
            "a; b",
            &[0],
            expect![[r#"
            a
            b
        "#]],
        );
    }

    #[test]
    fn the_indent_stops_and_a_dialogue_does_not_deepen() {
        check(
            "a; b<a; c<b; d<c; e<d; f<e; g<f; h<g; i<h",
            &[],
            expect![[r#"
            a
              b
                c
                  d
                    e
                      f
                        g
                        h
                        i
        "#]],
        );
        let names = ["Ann", "Bob", "Ann", "Bob", "Ann", "Cat"];
        let mut comments = thread("a; b<a; c<b; d<c; e<d; f<e").comments().to_vec();
        for (comment, name) in comments.iter_mut().zip(names) {
            comment.author.name = name.to_owned();
        }
        let rows = build_rows(&Thread::build(comments), Order::Oldest, &Collapsed::default());
        assert_eq!(rows.iter().map(|row| row.indent).collect::<Vec<_>>(), [0, 1, 1, 1, 1, 2]);
    }

    #[test]
    fn reveal_opens_all_that_hides_a_comment() {
        let thread = thread("a; b<a; c<b");
        let mut collapsed = Collapsed::default();
        for index in 0..3 {
            collapsed.set(index, true);
        }
        collapsed.reveal(&thread, 2);
        assert!(build_rows(&thread, Order::Oldest, &collapsed).iter().all(|row| !row.hidden));
        assert!(collapsed.contains(2));
    }
}
