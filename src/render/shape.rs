//! Shapes of rows: rows that are made of the same parts are copies of one row, in which only what differs is written.
//!
//! A browser copies a row with its dozen elements in a third of the time that it takes to make them one by one, and most
//! of what they hold is the same in all of them: classes, the names of buttons, how many comments there are.

use super::row::{RowView, SlotTarget};
use super::words::Words;
use super::write::{ElementWriter, write_row};
use afterword_core::body::{Body, Policy};

/// The shapes that `rows.js` knows, in its order.
#[derive(Default)]
pub(super) struct Shapes(Vec<Shape>);

struct Shape {
    /// Which parts there are, see [`RowView::shape`].
    parts: u64,
    /// What the slots of its first row hold, in the order in which they are filled.
    values: Vec<String>,
}

impl Shapes {
    /// Writes a row as a copy of its shape. Where no row has had it so far, gives the words for the shape, which
    /// `rows.js` has to have first.
    pub(super) fn write(&mut self, words: &mut Words, view: &RowView<'_>, policy: &Policy) -> Option<Words> {
        let parts = view.shape();
        let known = self.0.iter().position(|shape| shape.parts == parts);
        let mut first = None;
        let at = known.unwrap_or_else(|| {
            let mut original = Original::default();
            write_row(&mut original, view, policy);
            self.0.push(Shape { parts, values: original.values });
            first = Some(original.words);
            self.0.len() - 1
        });
        words.copy(at);
        let values = &self.0[at].values;
        write_row(&mut Copy { words, values, at: 0, slots: 0, selected: false, in_slot: false }, view, policy);
        first
    }
}

/// Writes the first row of a shape, without its text.
#[derive(Default)]
struct Original {
    words: Words,
    values: Vec<String>,
    in_slot: bool,
}

impl Original {
    fn note(&mut self, value: &str) {
        if self.in_slot {
            self.values.push(value.to_owned());
        }
    }
}

impl SlotTarget for Original {
    fn attr(&mut self, name: &'static str, value: &str) {
        self.note(value);
        self.words.attr(name, value);
    }

    fn text(&mut self, text: &str) {
        self.note(text);
        self.words.text(text);
    }
}

impl ElementWriter for Original {
    fn open(&mut self, tag: &'static str) {
        self.in_slot = false;
        self.words.open(tag);
    }

    fn slot(&mut self) {
        self.in_slot = true;
        self.words.slot();
    }

    fn body(&mut self, _body: &Body) {}

    fn close(&mut self, tag: &'static str) {
        self.in_slot = false;
        self.words.close(tag);
    }
}

/// Writes what differs from the first row of a shape.
struct Copy<'a> {
    words: &'a mut Words,
    values: &'a [String],
    /// Which of the values comes next.
    at: usize,
    /// How many slots have begun.
    slots: usize,
    /// Whether the words already speak of this slot.
    selected: bool,
    in_slot: bool,
}

impl Copy<'_> {
    /// Whether this value is another one; then the words speak of the slot that it is in.
    fn differs(&mut self, value: &str) -> bool {
        if !self.in_slot {
            return false;
        }
        let other = self.values.get(self.at).is_none_or(|first| first != value);
        self.at += 1;
        if other {
            self.select();
        }
        other
    }

    fn select(&mut self) {
        if !self.selected {
            self.selected = true;
            self.words.select(self.slots - 1);
        }
    }
}

impl SlotTarget for Copy<'_> {
    fn attr(&mut self, name: &'static str, value: &str) {
        if self.differs(value) {
            self.words.attr(name, value);
        }
    }

    fn text(&mut self, text: &str) {
        if self.differs(text) {
            self.words.replace_text(text);
        }
    }
}

impl ElementWriter for Copy<'_> {
    fn open(&mut self, _tag: &'static str) {
        self.in_slot = false;
    }

    fn slot(&mut self) {
        self.slots += 1;
        self.selected = false;
        self.in_slot = true;
    }

    fn body(&mut self, body: &Body) {
        self.select();
        self.words.body(body);
    }

    fn close(&mut self, _tag: &'static str) {
        self.in_slot = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_core::body::{RawBody, RawHtml};
    use afterword_core::ids::CommentId;
    use afterword_core::model::{Author, Comment, CommentState};
    use afterword_core::rows::Row;
    use afterword_core::thread::Thread;

    fn comment(id: &str, name: &str, text: &str) -> Comment {
        Comment {
            id: CommentId::new(id),
            parent: None,
            author: Author { name: name.to_owned(), ..Author::default() },
            published: None,
            edited: None,
            body: RawBody::Html(RawHtml::new(text)),
            state: CommentState::Published,
            votes: None,
            by_post_author: false,
        }
    }

    /// The words for the rows of these comments, with a line for each shape that is new.
    fn words(comments: Vec<Comment>) -> String {
        let thread = Thread::build(comments);
        let (mut shapes, mut words, mut out) = (Shapes::default(), Words::default(), String::new());
        for at in 0..u32::try_from(thread.len()).unwrap() {
            let row = Row { comment: at, indent: 0, hidden: false, collapsed: false, context: false };
            if shapes.write(&mut words, &RowView::new(&thread, row, at), &Policy::comment()).is_some() {
                out.push_str(&format!("shape for {}\n", thread.comment(at).id));
            }
        }
        out + &words.as_str().replace('\0', "\n")
    }

    #[test]
    fn a_second_row_of_a_shape_is_what_differs_from_the_first() {
        let gone = Comment { state: CommentState::Deleted, ..comment("3", "Ann", "") };
        let out = words(vec![comment("1", "Ann", "<p>Hello"), comment("2", "Bob", "Ho"), gone]);
        let first = "shape for 1\nshape for 3\n* \n@&\n<p\n'Hello\n>\n";
        let second = "* \n@ \n#Bcomment-2\n#I2\n@!\n\"B\n@\"\n\"Bob\n@$\n#C#comment-2\n@&\n'Ho\n";
        assert_eq!(out, format!("{first}{second}*!"));
    }
}
